"""What a user relies on when files are read: every article found, every failure named."""

import io
import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.reading import files as reading_files
from summarize.reading import formats, isolated, read_paths
from summarize.reading.build import MAX_TEXT_CHARS
from summarize.reading.exports import jsonl
from summarize.reading.files import InputFile
from summarize.reading.text.dates import parse_date
from summarize.records import Article, Failure

DATA = Path(__file__).parent / "data" / "reading"
SEEDS = Path(__file__).parents[1] / "seeds"
BODY = "The council met on Monday and agreed to repair the old bridge.\n"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def only(path: Path) -> Article:
    articles, failures = read_paths([path])
    assert failures == ()
    assert len(articles) == 1
    return articles[0]


def reason(path: Path) -> str:
    articles, failures = read_paths([path])
    assert articles == ()
    assert len(failures) == 1
    assert failures[0].path == path.as_posix()
    return failures[0].reason


# Folders and paths


def test_a_folder_is_read_recursively_in_sorted_order(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", BODY + "b")
    write(tmp_path, "a/z.txt", BODY + "z")
    write(tmp_path, ".hidden.txt", BODY)
    write(tmp_path, ".git/config.txt", BODY)
    articles, failures = read_paths([tmp_path])
    assert [article.path for article in articles] == ["a/z.txt", "b.txt"]
    assert failures == ()


def test_loops_of_links_end_and_no_file_is_read_twice(tmp_path: Path) -> None:
    write(tmp_path, "real/one.txt", BODY)
    (tmp_path / "a_link").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "up").symlink_to(tmp_path)
    (tmp_path / "copy.txt").symlink_to(tmp_path / "real" / "one.txt")
    articles, failures = read_paths([tmp_path, tmp_path / "real"])
    assert len(articles) == 1
    assert failures == ()


def test_a_linked_folder_outside_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/one.txt", BODY)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "link").symlink_to(tmp_path / "elsewhere")
    articles, _ = read_paths([tmp_path / "news"])
    assert [article.path for article in articles] == ["link/one.txt"]


def test_equal_relative_paths_of_two_folders_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, "monday/one.txt", BODY + "1")
    write(tmp_path, "tuesday/one.txt", BODY + "2")
    write(tmp_path, "tuesday/two.txt", BODY + "3")
    articles, _ = read_paths([tmp_path / "monday", tmp_path / "tuesday"])
    assert [article.path for article in articles] == [
        "monday/one.txt",
        "tuesday/one.txt",
        "two.txt",
    ]


def test_a_file_argument_is_named_by_its_name_and_moving_keeps_the_id(tmp_path: Path) -> None:
    first = only(write(tmp_path, "x/one.txt", BODY))
    second = only(write(tmp_path, "y/two.txt", BODY))
    assert (first.path, second.path) == ("one.txt", "two.txt")
    assert first.id == second.id
    assert len(first.id) == 16


def test_paths_that_lead_nowhere_are_failures(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    assert "no such file" in reason(tmp_path / "missing.txt")
    assert "link leads nowhere" in reason(tmp_path / "gone.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert "cannot be opened" in reason(tmp_path / "self.txt")
    assert "cannot be opened" in reason(tmp_path / ("x" * 300))
    assert read_paths(["a\0b"])[1][0].reason == "its name is no valid path"


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "no regular file" in reason(tmp_path / "pipe.txt")


def test_other_file_types_are_named_not_skipped(tmp_path: Path) -> None:
    write(tmp_path, "ok.txt", BODY)
    write(tmp_path, "photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF")
    articles, failures = read_paths([tmp_path])
    assert len(articles) == 1
    assert [failure.path for failure in failures] == [(tmp_path / "photo.jpg").as_posix()]
    assert '".jpg" files are not supported' in failures[0].reason


def test_a_file_that_may_not_be_read_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "locked.txt", BODY)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert reason(path) == "it cannot be opened (permission denied)"


def test_a_file_name_that_is_no_text_can_still_be_shown(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9\n.txt", "wb") as file:  # noqa: PTH123
        file.write(BODY.encode())
    articles, _ = read_paths([tmp_path])
    assert articles[0].path.encode("utf-8")
    assert "\n" not in articles[0].path


# Bytes to text


@pytest.mark.parametrize("encoding", ["mac_roman", "cp1252"])
@pytest.mark.parametrize(
    "text",
    [
        "“We won’t wait,” the mayor said. The ferry – the last one – left at noon.",
        "The port isn’t open yet… Ólafur Ágústsson, of São Paulo’s Café Ñandú, said on Monday.",
        "“The bridge holds,” she said. The company employs 1,200 people — most of them in Malmö.",
    ],
)
def test_old_code_pages_are_told_apart(tmp_path: Path, text: str, encoding: str) -> None:
    ((article,), _) = read_paths([write(tmp_path, "old.txt", text.encode(encoding))])
    assert article.text == text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"]
)
def test_usual_encodings_give_the_same_article(tmp_path: Path, encoding: str) -> None:
    text = "The café’s owner said “no” – twice, on Monday.\n"
    data = text.encode(encoding)
    if encoding == "utf-16-be":
        data = b"\xfe\xff" + data
    assert only(write(tmp_path, "one.txt", data)).text == text


def test_line_ends_become_line_feeds_and_nothing_else_changes(tmp_path: Path) -> None:
    article = only(write(tmp_path, "one.txt", "“One” fine day\r\n\xa0 It’s  two.\rThree four.\n"))
    assert article.text == "“One” fine day\n\xa0 It’s  two.\nThree four.\n"
    spans = [article.text[span.start : span.end] for span in article.paragraphs]
    assert spans == ["“One” fine day", "It’s  two.", "Three four."]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\n", "no text"),
        (b"Too few words", "fewer than 5 words"),
        (b"MZ\x00\x01 a program is not an article", "not text"),
        (bytes(range(1, 32)) * 20 + b" with a few words at the end", "control characters"),
        ("Schöne Grüße aus Köln, schrieb die Zeitung".encode()[:-5] + b"\xff", "damaged UTF-8"),
        (b"One two three four five \x81\x8d\x8f", "not UTF-8 or Windows-1252"),
        (
            "В Норвилле обрушился мост, погибли четверо рабочих.".encode("koi8-r"),
            "save it as UTF-8",
        ),
        (
            "В Норвилле обрушился мост, погибли четверо рабочих.".encode("cp1251"),
            "save it as UTF-8",
        ),
        ("大桥在暴风雨中倒塌,四名工人遇难。".encode("gbk"), "UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(
    tmp_path: Path, data: bytes, words: str
) -> None:
    assert words in reason(write(tmp_path, "one.txt", data))


def test_control_characters_cannot_reach_a_terminal(tmp_path: Path) -> None:
    article = only(write(tmp_path, "one.txt", "A \x1b[31mred\x1b[0m word in a long report.\n" * 9))
    assert "\x1b" not in article.text
    assert len(article.text) == len("A \x1b[31mred\x1b[0m word in a long report.\n" * 9)


def test_limits_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "characters" in reason(write(tmp_path, "long.txt", "word " * (MAX_TEXT_CHARS // 4)))
    monkeypatch.setattr(reading_files, "MAX_FILE_BYTES", 1024**2)
    assert "larger than 1 MB" in reason(write(tmp_path, "big.txt", "word " * (1024**2 // 4)))


# Plain text and Markdown


def test_header_lines_give_title_source_and_date(tmp_path: Path) -> None:
    article = only(
        write(
            tmp_path,
            "one.txt",
            "Bridge to be repaired at last\nSource: Example Gazette\n"
            f"Published: Monday, 3 June 2019 10:15 GMT\nBy Jane Doe\n{BODY}",
        )
    )
    assert article.title == "Bridge to be repaired at last"
    assert article.source == "Example Gazette"
    assert article.published == date(2019, 6, 3)


def test_a_date_in_the_text_is_not_the_articles_date(tmp_path: Path) -> None:
    article = only(write(tmp_path, "one.txt", "It was built on 3 June 1887. " + BODY))
    assert article.published is None
    assert article.title is None


def test_a_date_below_a_sentence_is_not_the_articles_date(tmp_path: Path) -> None:
    text = f"The bridge was opened with a parade.\nMonday, 3 June 1887\n{BODY}"
    assert only(write(tmp_path, "one.txt", text)).published is None


def test_a_change_is_not_the_day_of_publication(tmp_path: Path) -> None:
    text = f"Bridge to be repaired\nUpdated: 4 June 2019\nPublished: 3 June 2019\n{BODY}"
    assert only(write(tmp_path, "one.txt", text)).published == date(2019, 6, 3)


@pytest.mark.parametrize(
    "title",
    ["Bridge to be repaired", "Gov. Jane Doe opens the new bridge", "Who will pay for the bridge?"],
)
def test_a_headline_on_the_first_line_is_the_title(tmp_path: Path, title: str) -> None:
    assert only(write(tmp_path, "one.txt", f"{title}\n{BODY}")).title == title


def test_the_first_sentence_is_no_title(tmp_path: Path) -> None:
    assert only(write(tmp_path, "one.txt", BODY + BODY)).title is None


def test_lines_cut_at_a_width_are_joined_in_place(tmp_path: Path) -> None:
    text = (
        "Bridge to be repaired at last\n\n"
        "The council met on Monday and agreed to repair the old\n"
        "bridge, which has been closed since a storm damaged one\n"
        "of its piers in the spring.\n\n"
        "Work is to begin in May and will take about six weeks,\n"
        "the council said.\n"
    )
    article = only(write(tmp_path, "one.txt", text))
    assert len(article.text) == len(text)
    assert article.body.split("\n")[2] == (
        "Work is to begin in May and will take about six weeks, the council said."
    )
    assert article.title == "Bridge to be repaired at last"


def test_markdown_loses_its_markup_and_front_matter() -> None:
    article = only(DATA / "note.md")
    assert (article.title, article.source, article.published) == (
        "Library extends opening hours",
        "Example Gazette",
        date(2021, 9, 2),
    )
    assert article.body.split("\n") == [
        "Library extends opening hours",
        "The town library will stay open until nine from Monday, the council said.",
        "What changes",
        "We listened to readers, said the head librarian, Joan Pike.",
    ]


def test_items_of_a_list_that_are_sentences_lose_their_bullets(tmp_path: Path) -> None:
    text = f"{BODY}\n\n- **18:55** The bridge opens in May.\n* It took a year.\n- A new road\n"
    lines = only(write(tmp_path, "live.md", text)).body.split("\n")
    assert lines[-3:] == ["18:55 The bridge opens in May.", "It took a year.", "- A new road"]


# HTML


def test_a_page_without_metadata_is_dated_by_its_lines(tmp_path: Path) -> None:
    page = (
        "<html><body><div>Most read: 1 January 2020</div><h1>Bridge to be repaired</h1>"
        "<div>Updated: June 4, 2019 at 8:01 AM EDT</div><div>Published: June 3, 2019</div>"
        f"<p>{BODY}</p><div>Copyright 2020</div></body></html>"
    )
    assert only(write(tmp_path, "page.html", page)).published == date(2019, 6, 3)


def test_a_page_gives_its_article_and_what_its_markup_states() -> None:
    article = only(DATA / "page.html")
    assert (article.title, article.source, article.published) == (
        "Harbour bridge reopens after storm repairs",
        "The Example Courier",
        date(2019, 3, 14),
    )
    assert "replaced 14 steel beams" in article.text
    for absent in ("tracker", "Most read", "Sport", "All rights reserved"):
        assert absent not in article.text


def test_the_declared_charset_of_a_page_is_used(tmp_path: Path) -> None:
    page = (DATA / "page.html").read_text("utf-8").replace("utf-8", "windows-1251")
    page = page.replace("Anne Whitcombe", "Анна").replace("“", '"').replace("”", '"')
    assert "Mayor Анна" in only(write(tmp_path, "one.html", page.encode("cp1251"))).text


def test_a_page_without_an_article_is_a_failure(tmp_path: Path) -> None:
    assert "no article text" in reason(write(tmp_path, "one.html", "<html><body></body></html>"))


def test_results_do_not_depend_on_the_number_of_jobs(tmp_path: Path) -> None:
    page = (DATA / "page.html").read_text("utf-8")
    for number in range(6):
        write(tmp_path, f"{number}.html", page.replace("14 steel", f"{number} steel"))
    write(tmp_path, "broken.html", b"")
    alone = read_paths([tmp_path])
    assert read_paths([tmp_path], jobs=3) == alone
    assert len(alone[0]) == 6
    assert len(alone[1]) == 1


def test_a_page_that_takes_too_long_costs_only_itself(tmp_path: Path) -> None:
    page = write(tmp_path, "slow.html", (DATA / "page.html").read_bytes())
    file = InputFile("slow.html", "slow.html", page)
    ((articles, failures),) = isolated.read_isolated([(file, None)], 1, seconds=0.001)
    assert articles == ()
    assert failures == (Failure("slow.html", "it took longer than 0.001 seconds"),)


def test_a_crash_of_the_parser_costs_only_one_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [write(tmp_path, f"{n}.html", (DATA / "page.html").read_bytes()) for n in range(2)]
    requests = [(InputFile(page.name, page.name, page), None) for page in pages]
    start = isolated._start
    started = []

    def crash_first() -> object:
        process = start()
        started.append(process)
        if len(started) == 1:
            process.kill()
        return process

    monkeypatch.setattr(isolated, "_start", crash_first)
    first, second = isolated.read_isolated(requests, 1)
    assert first == ((), (Failure("0.html", "it crashed the parser"),))
    assert [article.path for article in second[0]] == ["1.html"]


# JSON


RECORD = {
    "headline": "Bridge to be repaired",
    "publishedAt": "2019-06-03T10:15:00Z",
    "publisher": {"@type": "Organization", "name": "Example Gazette"},
    "articleBody": BODY,
}


@pytest.mark.parametrize(
    ("value", "paths"),
    [
        (RECORD, ["one.json"]),
        ([RECORD], ["one.json#1"]),
        ({"articles": [RECORD, {**RECORD, "articleBody": BODY * 2}]}, ["one.json#1", "one.json#2"]),
        ({"@context": "https://schema.org", "@graph": [RECORD]}, ["one.json#1"]),
    ],
)
def test_json_articles_in_their_usual_wrappings(
    tmp_path: Path, value: object, paths: list[str]
) -> None:
    articles, failures = read_paths([write(tmp_path, "one.json", json.dumps(value))])
    assert failures == ()
    assert [article.path for article in articles] == paths
    assert articles[0].title == "Bridge to be repaired"
    assert articles[0].source == "Example Gazette"
    assert articles[0].published == date(2019, 6, 3)
    assert articles[0].text == BODY


def test_json_text_that_is_html_loses_its_tags(tmp_path: Path) -> None:
    record = {"title": "A <em>new</em> bridge", "content": f"<p>{BODY}</p><p>AT&amp;T agreed.</p>"}
    article = only(write(tmp_path, "one.json", json.dumps(record)))
    assert article.text == f"{BODY.strip()}\nAT&T agreed."
    assert article.title == "A new bridge"


def test_a_bad_line_costs_only_itself_and_is_named_by_its_number(tmp_path: Path) -> None:
    lines = [json.dumps(RECORD), "", "{broken", json.dumps({"title": "No text"}), "[1]"]
    path = write(tmp_path, "feed.jsonl", "\n".join([*lines, json.dumps(RECORD)]))
    articles, failures = read_paths([path])
    assert [article.path for article in articles] == ["feed.jsonl#1", "feed.jsonl#6"]
    assert [failure.path for failure in failures] == [f"{path.as_posix()}#{n}" for n in (3, 4, 5)]
    assert failures[0].reason.startswith("line 3: it is broken JSON")
    assert "no text field" in failures[1].reason


def test_a_line_over_the_limit_is_skipped_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 1000)
    path = write(tmp_path, "feed.jsonl", "x" * 3500 + "\n" + json.dumps(RECORD))
    articles, failures = read_paths([path])
    assert [article.path for article in articles] == ["feed.jsonl#2"]
    assert len(failures) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 100_000 + "]" * 100_000, "nested too deeply"),
        ('{"text": ' + "9" * 10_000 + "}", "number that is too long"),
        ("{", "broken JSON"),
        ("[]", "no articles"),
        ('"just a string"', "no JSON object"),
    ],
)
def test_hostile_json_is_a_failure(tmp_path: Path, text: str, words: str) -> None:
    assert words in reason(write(tmp_path, "one.json", text))


def test_half_characters_in_json_can_be_hashed_and_printed(tmp_path: Path) -> None:
    record = (
        '{"title": "Odd \\ud800\\u202e title", "text": "One \\ud83d two \\u0000 three four five."}'
    )
    article = only(write(tmp_path, "one.json", record))
    assert article.text == "One \ufffd two \ufffd three four five."
    assert article.title == "Odd \ufffd title"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2016-12-11", date(2016, 12, 11)),
        ("2016-12-11T09:30:00+02:00", date(2016, 12, 11)),
        ("Sun, 11 Dec 2016 10:00:00 GMT", date(2016, 12, 11)),
        ("Dec. 11, 2016", date(2016, 12, 11)),
        ("11th of December 2016", date(2016, 12, 11)),
        ("20161211", date(2016, 12, 11)),
        ("13/12/2016", date(2016, 12, 13)),
        (1481414400, date(2016, 12, 11)),
        (1481414400000.0, date(2016, 12, 11)),
        ("11/12/2016", None),
        ("2016-13-45", None),
        ("yesterday", None),
        (True, None),
        ({"day": 1}, None),
    ],
)
def test_dates_are_read_or_left_open(value: object, expected: date | None) -> None:
    assert parse_date(value) == expected


# Standard input


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (BODY.encode(), "-"),
        (json.dumps(RECORD).encode(), "-"),
        (b"\n".join([json.dumps(RECORD).encode()] * 2), "-#1"),
        ((DATA / "page.html").read_bytes(), "-"),
    ],
)
def test_standard_input_of_any_format(data: bytes, path: str) -> None:
    articles, failures = read_paths(["-"], stdin=io.BytesIO(data))
    assert failures == ()
    assert articles[0].path == path


def test_empty_standard_input_is_a_failure() -> None:
    assert read_paths(["-"], stdin=io.BytesIO(b"")) == ((), (Failure("-", "it is empty"),))


# Whatever comes


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=400), suffix=st.sampled_from([".txt", ".md", ".json", ".jsonl"]))
def test_any_bytes_give_articles_or_failures(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    path = write(tmp_path_factory.mktemp("any"), f"one{suffix}", data)
    articles, failures = formats.read_file(InputFile("one", "one", path))
    assert articles or failures
    for article in articles:
        article.text.encode("utf-8")
        assert all(
            article.text[span.start : span.end].strip() == article.text[span.start : span.end]
            for span in article.paragraphs
        )


@settings(max_examples=30, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_page_gives_articles_or_failures(data: bytes) -> None:
    articles, failures = formats.read_file(InputFile("-", "-", Path("-")), b"<p>" + data)
    assert articles or failures


def test_the_sample_articles_are_read() -> None:
    articles, failures = read_paths([SEEDS])
    assert failures == ()
    assert [article.path[:3] for article in articles] == ["000", "001", "002", "003", "004"]
    assert all(article.text == (SEEDS / article.path).read_text("utf-8") for article in articles)
