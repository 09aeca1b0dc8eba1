"""What a user relies on when PDF files are read: the paragraphs as they were written."""

import re
import string
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.studies.typesetting import Layout, Placed, pdf, typeset
from summarize.reading.build import Draft, UnreadableError
from summarize.reading.pdf import document as reading_pdf
from summarize.reading.pdf.document import read_pdf

TITLE = "Harbour towns count the cost of a record storm"
PARAGRAPHS = (
    """\
The ferry company said on Tuesday that two of its five ships would stay in port until the
spring, after waves broke the windows of the bridge and flooded the lower car deck.

About 1,400 passengers were brought ashore in small boats, and the coastguard praised the crew’s
“calm and disciplined” work in the long-term interest of the island.

“We have never seen the sea like this,” said the harbour master, Jonas Berg.

Insurers expect claims of £38.5m – twice the amount of the storm of 2009 – but said that the
final figure would depend on how many of the fishing boats can be repaired. The government has
promised loans to their owners, and a decision is expected by the end of the month.

The council will vote on a new sea wall next week. Engineers say that it would take three years
to build, and that no wall could have kept out waves of nine metres.

Schools open again on Monday, the council said. Buses will run as far as the market square and
turn there until the coast road, which lost its outer lane, has been made safe.""".replace(
        "\n\n", "|"
    )
    .replace("\n", " ")
    .split("|")
)
# A text long enough for several pages and columns, in which no two paragraphs are the same.
LONG = [
    re.sub(r"\b(Tuesday|Monday|week)\b", rf"\1 {number}", paragraph) + f" Report {number}."
    for number in range(8)
    for paragraph in PARAGRAPHS
]


def only(data: bytes) -> Draft:
    records = list(read_pdf(data))
    assert [suffix for suffix, _ in records] == [""]
    draft = records[0][1]
    assert isinstance(draft, Draft)
    return draft


def lines(*texts: str, size: float = 10.0, top: float = 700.0) -> list[Placed]:
    """Lines below each other, each as wide as its text needs."""
    return [Placed(56, top - 12 * row, text, size) for row, text in enumerate(texts)]


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        list(read_pdf(data))
    return str(caught.value)


@pytest.mark.parametrize(
    "layout",
    [
        Layout(gap=6),
        Layout(indent=14),
        Layout(indent=14, justified=True, hyphenated=True, size=9, leading=11),
        Layout(columns=2, indent=10, justified=True, hyphenated=True),
        Layout(columns=2, gap=5, font="Helvetica", size=9),
        Layout(columns=3, indent=8, size=9, leading=10.5, justified=True, hyphenated=True),
        Layout(columns=2, indent=10, justified=True, running="The Northern Ledger", height=420),
        Layout(gap=8, running="The Northern Ledger", height=420),
    ],
)
def test_an_article_comes_back_as_it_was_before_it_was_set(layout: Layout) -> None:
    draft = only(typeset(TITLE, LONG, layout))
    assert draft.title == TITLE
    assert draft.text.split("\n") == [TITLE, *LONG]


def test_a_headline_over_two_lines_is_one_and_stands_before_the_columns() -> None:
    title = "Harbour towns on both sides of the sound count the cost of a storm without precedent"
    draft = only(typeset(title, LONG, Layout(columns=2, indent=10, justified=True)))
    assert draft.title == title
    assert draft.text.startswith(f"{title}\n{LONG[0]}\n")


def test_columns_are_read_one_after_the_other_however_the_file_orders_them() -> None:
    data = typeset(TITLE, LONG[:24], Layout(columns=2, indent=10, justified=True))
    shown = re.findall(rb"BT .* ET", data)
    rows = sorted(shown, key=lambda line: -float(line.split(b" Tm")[0].split()[-1]))
    assert rows != shown
    draft = only(pdf([b"\n".join(rows)]))
    assert draft.text.split("\n") == [TITLE, *LONG[:24]]


def test_a_last_line_alone_in_the_second_column_comes_last() -> None:
    left = [f"line {number} of the column on the left side goes on" for number in range(12)]
    page = [*lines(*left), Placed(320, 700, "and it ends.")]
    assert only(pdf([page])).text.endswith("goes on and it ends.")


@pytest.mark.parametrize(
    ("above", "below", "wanted"),
    [
        ("officials told the inter-", "national press on Monday.", "international press"),
        ("they signed the long-", "term plan on Monday at noon.", "long-term plan"),
        ("the treaty of the Anglo-", "Saxon world on Monday.", "Anglo-Saxon world"),
        ("the season of 2010-", "11 began on a Monday.", "2010-11 began"),
        ("a company that is US-", "based since that Monday.", "US-based since"),
        ("the storm – the worst –", "came on Monday at noon.", "the worst – came on"),
        ("the storm—the worst—", "came on Monday at noon.", "worst—came on"),
    ],
)
def test_hyphens_at_line_ends_go_only_where_they_divide_a_word(
    above: str, below: str, wanted: str
) -> None:
    page = lines(
        "On Monday the govern-", "ment met the mayors, and all", above, below, "So it went."
    )
    assert wanted in only(pdf([page])).text


def test_the_document_itself_says_which_hyphens_are_its_own() -> None:
    page = lines(
        "The sky-walk of the resort of Kolvik opens on Monday, and so",
        "does Kolvikana, a hotel. The owners hope that the sky-",
        "walk will make the town richer, and that Kolvik-",
        "ana will be full in every one of the summer months of 2031.",
    )
    text = only(pdf([page])).text
    assert "the sky-walk will" in text
    assert "that Kolvikana will" in text


# Heads, feet and page numbers


def test_heads_and_page_numbers_go_but_content_at_the_same_place_stays() -> None:
    towns = ["Northport and its pier", "Eastby and its market", "Kolvik and its old hotel"]
    pages = [
        [
            Placed(56, 806, "The Northern Ledger", 8),
            *lines(f"{town} opened on a Monday in spring.", "Nobody was hurt.", *PARAGRAPHS[:2]),
            Placed(300, 30, f"Page {number} of 3", 8),
        ]
        for number, town in enumerate(towns, start=1)
    ]
    text = only(pdf(pages)).text
    assert "The Northern Ledger" not in text
    assert "of 3" not in text
    assert all(town in text for town in towns)


def test_numbers_that_do_not_count_with_the_pages_are_content() -> None:
    body = ["The claims of each town follow in thousands of pounds.", "Northport and Eastby"]
    pages = [
        [Placed(56, 806, number, 8), *lines(*body, f"pay {number} thousand in this year.")]
        for number in ("120 41", "333 12", "78 90")
    ]
    text = only(pdf(pages)).text
    assert all(number in text.split("\n") for number in ("120 41", "333 12", "78 90"))


def test_a_head_on_a_single_page_stays_as_nothing_shows_that_it_is_one() -> None:
    page = [Placed(56, 806, "The Northern Ledger", 8), *lines(*PARAGRAPHS[0].split(", "))]
    assert "The Northern Ledger" in only(pdf([page])).text


@pytest.mark.parametrize("foot", ["1/1", "Page 1 of 1"])
def test_what_a_browser_prints_around_a_single_page_goes(foot: str) -> None:
    page = [
        Placed(24, 820, "11/23/26, 5:59 PM", 8),
        Placed(177, 820, "Sea wall vote next week | Northern Ledger", 8),
        *lines(*PARAGRAPHS[0].split(", ")),
        Placed(24, 17, "https://ledger.example/sea-wall", 8),
        Placed(550, 17, foot, 8),
    ]
    text = only(pdf([page])).text
    assert "PM" not in text
    assert "https" not in text
    assert foot not in text
    assert PARAGRAPHS[0].split(", ")[0] in text


@pytest.mark.parametrize(("foot", "head"), [("1/2", "3/14/26, 5:59 PM"), ("Page 2", "1 of 3")])
def test_what_only_looks_like_it_stays(foot: str, head: str) -> None:
    page = [
        Placed(56, 806, head, 8),
        *lines(*PARAGRAPHS[0].split(", ")),
        Placed(56, 17, foot, 8),
    ]
    text = only(pdf([page])).text
    assert head in text
    assert foot in text


def test_pages_that_are_all_the_same_keep_their_text() -> None:
    page = lines("The same notice stands on every page of it.")
    assert only(pdf([page, page])).text.startswith("The same notice stands on every page of it.")


# Titles and dates


def test_the_stated_title_counts_only_if_the_first_page_shows_it() -> None:
    page = [Placed(56, 750, "Sea wall vote next week in Northport"), *lines(*PARAGRAPHS[:2])]
    assert only(pdf([page], title="Sea wall vote next week in Northport")).title == (
        "Sea wall vote next week in Northport"
    )
    assert only(pdf([page], title="Microsoft Word - final version 3.docx")).title is None


def test_the_largest_line_is_the_title_if_it_is_larger_than_the_text() -> None:
    page = [Placed(56, 750, TITLE, 18), *lines(*PARAGRAPHS[:2])]
    assert only(pdf([page], title="untitled")).title == TITLE
    page[0] = replace(page[0], text="LEDGER")
    assert only(pdf([page])).title is None


def test_a_date_line_stays_a_line_and_the_day_of_printing_is_no_evidence() -> None:
    page = lines("By Mara Quill, Northern Ledger", "Published: 4 March 2021", *PARAGRAPHS[:1])
    data = pdf([page]).replace(b"/Title ()", b"/CreationDate (D:20240102030405Z)")
    draft = only(data)
    assert b"20240102" in data
    assert "Published: 4 March 2021" in draft.text.split("\n")
    assert draft.published is None


# Lines that are set in an unusual way


def test_a_raised_mark_stays_with_its_word_and_apart_from_its_number() -> None:
    page = [
        Placed(56, 700, "The storm of 2009"),
        Placed(128.5, 704, "3", 6),
        Placed(134, 700, "was weaker than the one of this week, he said."),
    ]
    assert only(pdf([page])).text == (
        "The storm of 2009³ was weaker than the one of this week, he said."
    )


def test_a_drop_capital_is_the_first_letter_of_its_word() -> None:
    page = [
        Placed(56, 676, "T", 42),
        Placed(84, 700, "he ferry company said on Tuesday that two of its five ships would"),
        Placed(84, 688, "stay in port until the spring, after waves broke the windows of"),
        Placed(84, 676, "the bridge and flooded the lower car deck of the newest ship in"),
        Placed(56, 664, "its fleet, and that it was sorry."),
    ]
    text = only(pdf([page])).text
    assert text.startswith("The ferry company said")
    assert text.endswith("the newest ship in its fleet, and that it was sorry.")
    assert "\n" not in text


def test_a_caption_between_columns_does_not_cut_a_sentence() -> None:
    left = [f"line {number} of the column on the left side goes on" for number in range(9)]
    right = ["A photo of the pier.", "and ends in the other column of the page."]
    page = [*lines(*left), Placed(320, 700, right[0], 7), Placed(320, 680, right[1])]
    assert "goes on and ends in the other column" in only(pdf([page])).text


def test_turned_pages_and_scaled_fonts_are_read_as_they_are_shown() -> None:
    rows = PARAGRAPHS[0].split(", ")
    shown = b"\n".join(
        f"BT /Times-Roman 1 Tf 0 10 -10 0 {100 + 12 * row} 50 Tm ({text}) Tj ET".encode()
        for row, text in enumerate(rows)
    )
    assert only(pdf([shown])).text.replace("\n", " ") == " ".join(rows)


# What gives no article


IMAGE = b"q 500 0 0 500 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"


def test_a_scan_is_named_and_a_scanned_page_among_others_too() -> None:
    assert reason(pdf([IMAGE])) == "it has no text layer; scanned pages need OCR first"
    (_, draft), (suffix, failure) = read_pdf(pdf([lines(*PARAGRAPHS[:2]), IMAGE]))
    assert isinstance(draft, Draft)
    assert suffix == "#page2"
    assert str(failure) == "page 2 has no text layer; scanned pages need OCR first"


def test_an_empty_page_is_no_scan() -> None:
    assert "ferry" in only(pdf([lines(*PARAGRAPHS[:2]), b""])).text


def test_an_encrypted_file_is_refused() -> None:
    data = typeset(TITLE, PARAGRAPHS, Layout())
    key = b"<" + b"41" * 32 + b">"
    locked = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O " + key + b" /U " + key + b" >>"
    encrypted = data.replace(b"/Root 1 0 R", b"/Root 1 0 R /ID [<41><41>] " + locked)
    assert reason(encrypted) == "it is encrypted; save it without a password"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"<html>no</html>", b"%PDF-1.4\n" + b"\0" * 99])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    assert reason(data) == "it is damaged or no PDF"


def answer(data: bytes) -> str:
    """The first article's text, or the reason why there is none."""
    try:
        draft = next(read_pdf(data))[1]
    except UnreadableError as error:
        return str(error)
    return draft.text if isinstance(draft, Draft) else str(draft)


def test_a_cut_file_gives_what_is_left_or_a_reason() -> None:
    data = typeset(TITLE, LONG, Layout(gap=6))
    assert all(answer(data[:length]) for length in range(0, len(data), 997))


def test_limits_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    page = lines(*PARAGRAPHS[:2])
    monkeypatch.setattr(reading_pdf, "MAX_TEXT_CHARS", 300)
    assert "more than 300 characters" in reason(pdf([page, page]))
    monkeypatch.setattr(reading_pdf, "MAX_PAGES", 2)
    assert reason(pdf([page] * 3)) == "it has 3 pages, more than the 2 that are read"


@pytest.mark.parametrize("number", ["1e38", "-2147483648", "0", "0.0000001", "99999999999"])
def test_sizes_and_places_beyond_reason_end_in_an_answer(number: str) -> None:
    page = pdf([[*lines(*PARAGRAPHS[:3]), *lines(*PARAGRAPHS, top=400)]])
    for old in (b" 10 Tf", b" 56.00 ", b" 700.00 ", b" 0 0 1 "):
        new = b" ".join([b"", number.encode(), *old.split()[1:], b""])
        assert answer(page.replace(old, new, 2))


PLACES = st.tuples(st.sampled_from([56, 200, 350]), st.integers(1, 30))
WORDS = st.text(string.ascii_letters, min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(PLACES, WORDS, min_size=1, max_size=40),
    st.sampled_from([(9, 9, 9), (7, 11, 15)]),
)
def test_no_letter_of_a_page_is_lost_or_doubled(
    words: dict[tuple[int, int], str], sizes: tuple[int, ...]
) -> None:
    page = [Placed(x, 800 - 24 * row, word, sizes[row % 3]) for (x, row), word in words.items()]
    found = "".join(only(pdf([page])).text.split())
    assert sorted(found) == sorted("".join(words.values()))
