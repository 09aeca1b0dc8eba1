"""What a user relies on when tables are read: each row an article, or why there is none."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.reading.build import Draft, UnreadableError
from summarize.reading.exports.table import read_table

BODY = "The council met on Monday and agreed to repair the old bridge."


def drafts(data: str | bytes, delimiter: str | None = None) -> list[Draft]:
    found = read_table(data.encode() if isinstance(data, str) else data, delimiter)
    return [draft for _, draft in found if isinstance(draft, Draft)]


def reason(data: str) -> str:
    with pytest.raises(UnreadableError) as error:
        list(read_table(data.encode()))
    return str(error.value)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_columns_have_the_names_of_json_fields(mark: str) -> None:
    rows = [["id", "Published At", "Headline", "Publisher", "Full text"],
            ["1", "2019-06-03", '"A, new; bridge | road"', "The Gazette", f'"{BODY}"']]  # fmt: skip
    text = "\n".join(mark.join(row) for row in rows)
    assert drafts(text) == [Draft(BODY, "A, new; bridge | road", "The Gazette", date(2019, 6, 3))]


def test_line_ends_and_marks_inside_quotes() -> None:
    (draft,) = drafts(f'\ufefftitle,text\r\n"A ""new"" bridge","{BODY}\r\n\r\nMore, too."\r\n')
    assert draft.title == 'A "new" bridge'
    assert draft.text.split() == f"{BODY} More, too.".split()


def test_markup_in_a_cell_becomes_text() -> None:
    assert drafts(f"title,content\nx,<p>{BODY}</p><p>AT&amp;T agreed.</p>\n")[0].text == (
        f"{BODY}\nAT&T agreed."
    )


def test_rows_of_other_lengths_and_empty_rows() -> None:
    text = f"title,text,date\nx,{BODY}\n\n,,\ny,{BODY},2019-06-03,more,and more\nz\n"
    records = list(read_table(text.encode()))
    assert [suffix for suffix, _ in records] == ["#1", "#2", "#3"]
    assert "no text" in str(records[2][1])


def test_the_first_of_two_columns_with_one_name_counts() -> None:
    assert drafts(f"text,text\n{BODY},other\n")[0].text == BODY


def test_a_field_as_long_as_a_book_is_no_crash() -> None:
    assert len(drafts(f'text\n"{BODY * 10_000}"\n{BODY}\n')) == 2


def test_a_quotation_mark_that_is_never_closed_is_named() -> None:
    text = f'title,text\nx,{BODY}\ny,"{BODY}\nz,{BODY}\n'
    records = list(read_table(text.encode()))
    assert isinstance(records[0][1], Draft)
    assert "never closed" in str(records[1][1])


@pytest.mark.parametrize(
    "header",
    [
        "URL,Title,Selection,Folder,Timestamp,Tags",
        "title,url,time_added,tags,status",
        "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen",
        "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite",
    ],
)
def test_exports_of_links_say_so(header: str) -> None:
    row = ",".join("x" * (header.count(",") + 1))
    assert "links or titles, not the texts" in reason(f"{header}\n{row}\n")
    assert header.partition(",")[0] in reason(f"{header}\n{row}\n")


def test_columns_nobody_knows_are_named() -> None:
    assert "it is: foo, bar" in reason("foo,bar\n1,2\n")
    assert "no column with texts" in reason("")


def test_a_table_without_rows_says_so() -> None:
    assert "no rows" in str(list(read_table(b"title,text\n")))


def test_a_delimiter_that_is_given_is_used() -> None:
    text = f"text;title;date\ttext\nx;y;z\t{BODY}\n"
    assert [draft.text for draft in drafts(text)] == ["x"]
    assert [draft.text for draft in drafts(text, "\t")] == [BODY]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='ab",;\t|\n\r \\é', max_size=60))
def test_any_text_gives_records_or_a_reason(text: str) -> None:
    for whole in (text, "title,text\n" + text):
        with suppress(UnreadableError):
            assert list(read_table(whole.encode()))
