"""What a user relies on who has a published data set: it is read whole, or told what is wrong."""

import gzip
import json
import lzma
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.layouts import (
    LAYOUTS,
    LayoutError,
    cnn_dailymail,
    duc,
    json_lines,
    multi_news,
    saved_table,
    wcep,
    xsum,
)
from benchmarks.records import Example
from summarize.errors import UsageError

BRIDGE = "The council met on Monday.\nIt agreed to repair the old bridge."
FERRY = "The ferry to the island stopped on Tuesday."
SUMMARY = "The old bridge is to be repaired."

Reader = Callable[[Path], Iterator[Example]]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def write_rows(folder: Path, *records: object) -> Path:
    return write(folder, "set.jsonl", "".join(json.dumps(record) + "\n" for record in records))


def only(examples: Iterator[Example]) -> Example:
    (found,) = examples
    return found


def complaint(examples: Iterator[Example]) -> str:
    with pytest.raises(LayoutError) as caught:
        list(examples)
    return str(caught.value)


# Our own layout


def test_every_field_of_our_own_layout_is_read(tmp_path: Path) -> None:
    record = {
        "id": "harbour/1",
        "documents": [BRIDGE, FERRY, "Rain."],
        "titles": ["Bridge", None, "Rain"],
        "dates": ["2024-03-05", "2024-03-06T10:30:00+01:00", "last May"],
        "sources": ["Harbour Post", "", ""],
        "summary": SUMMARY,
        "references": ["A bridge is repaired.", SUMMARY],
        "anything": {"else": 1},
    }
    assert only(json_lines(write_rows(tmp_path, record))) == Example(
        id="harbour/1",
        documents=(BRIDGE, FERRY, "Rain."),
        titles=("Bridge", "", "Rain"),
        dates=("2024-03-05", "2024-03-06", ""),
        sources=("Harbour Post", "", ""),
        references=(SUMMARY, "A bridge is repaired."),
    )


def test_one_document_is_enough_and_a_record_without_id_is_named_by_its_line(
    tmp_path: Path,
) -> None:
    line = json.dumps({"document": "One.\r\nTwo.", "references": [SUMMARY]})
    path = write(tmp_path, "set.jsonl", f"\n{line}\n")
    assert only(json_lines(path)) == Example("set/2", ("One.\nTwo.",), references=(SUMMARY,))


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_packed_files_are_read(tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    line = json.dumps({"document": FERRY, "summary": SUMMARY}) + "\n"
    path = write(tmp_path, f"set.jsonl{suffix}", pack(line.encode()))
    assert only(json_lines(path)).documents == (FERRY,)
    damaged = write(tmp_path, f"bad.jsonl{suffix}", pack(line.encode() * 99)[:40])
    assert "bad.jsonl" in complaint(json_lines(damaged))


@pytest.mark.parametrize(("label", "right"), [(1, True), (0, False), (True, True), (False, False)])
def test_a_judge_set_has_the_text_to_judge_and_what_people_found(
    tmp_path: Path, label: object, right: object
) -> None:
    record = {"documents": [BRIDGE], "summary": SUMMARY, "label": label, "error_types": ["EntE"]}
    found = only(json_lines(write_rows(tmp_path, record), task="judge"))
    assert (found.summary, found.right, found.error_types) == (SUMMARY, right, ("EntE",))
    assert found.references == ()


def test_a_document_without_text_goes_with_its_title_and_date(tmp_path: Path) -> None:
    record = {
        "documents": [" \n", FERRY],
        "titles": ["Blank", "Ferry"],
        "dates": ["2024-03-05", "2024-03-06"],
        "summary": SUMMARY,
    }
    found = only(json_lines(write_rows(tmp_path, record)))
    assert (found.documents, found.titles, found.dates) == ((FERRY,), ("Ferry",), ("2024-03-06",))


def test_half_characters_become_writable(tmp_path: Path) -> None:
    path = write(tmp_path, "set.jsonl", '{"document": "a \\ud83d b", "summary": "c"}')
    assert only(json_lines(path)).documents == ("a \N{REPLACEMENT CHARACTER} b",)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no valid JSON"),
        ("[" * 100_000, "no valid JSON"),
        ("[]", "no object"),
        ('{"documents": 3, "summary": "s"}', '"documents" is no list of texts'),
        ('{"documents": ["d", 3], "summary": "s"}', '"documents" is no list of texts'),
        ('{"documents": [" "], "summary": "s"}', '"documents" is missing or holds no text'),
        ('{"summary": "s"}', '"documents" is missing or holds no text'),
        ('{"documents": ["d"], "summary": ["s"]}', '"summary" is no text'),
        ('{"documents": ["d"]}', 'neither "summary" nor "references"'),
        ('{"documents": ["d"], "titles": ["t", "u"], "summary": "s"}', "differ in length"),
        ('{"id": {}, "documents": ["d"], "summary": "s"}', '"id" is no text'),
        ('{"id": "first", "documents": ["d"], "summary": "s"}', "has come before"),
    ],
)
def test_a_malformed_record_is_named_by_file_and_line(
    tmp_path: Path, line: str, reason: str
) -> None:
    first = '{"id": "first", "documents": ["d"], "summary": "s"}'
    message = complaint(json_lines(write(tmp_path, "set.jsonl", f"{first}\n{line}\n")))
    assert "set.jsonl, line 2: " in message
    assert reason in message


@pytest.mark.parametrize("label", [2, "1", None, [], 0.5])
def test_a_judge_set_needs_a_label_that_is_one_or_zero(tmp_path: Path, label: object) -> None:
    record = {"documents": [BRIDGE], "summary": SUMMARY, "label": label}
    assert '"label"' in complaint(json_lines(write_rows(tmp_path, record), task="judge"))


def test_a_judge_set_needs_the_text_to_judge(tmp_path: Path) -> None:
    record = {"documents": [BRIDGE], "summary": " ", "label": 1}
    assert '"summary"' in complaint(json_lines(write_rows(tmp_path, record), task="judge"))


def test_bytes_that_are_no_utf_8_are_named_by_line(tmp_path: Path) -> None:
    path = write(tmp_path, "set.jsonl", b'\n{"document": "caf\xe9", "summary": "s"}\n')
    assert "set.jsonl, line 2: it is no UTF-8" in complaint(json_lines(path))


def test_a_layout_error_is_what_the_command_line_reports_as_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"missing\.jsonl cannot be read \(no such file"):
        list(json_lines(tmp_path / "missing.jsonl"))


def test_records_before_a_malformed_one_are_delivered(tmp_path: Path) -> None:
    path = write(tmp_path, "set.jsonl", '{"document": "d", "summary": "s"}\n{\n')
    reader = json_lines(path)
    assert next(reader).documents == ("d",)
    with pytest.raises(LayoutError):
        next(reader)


# Multi-News

RAW = "The council met.NEWLINE_CHAR NEWLINE_CHAR It voted. |||||The ferry stopped. |||||"
PREPROCESSED = "the council met . story_separator_special_tag the ferry stopped ."


@pytest.mark.parametrize("ending", ["", ".cleaned", ".txt"])
def test_multi_news_pairs_the_lines_of_two_files(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path, f"test.src{ending}", f"{RAW}\n{PREPROCESSED}\n")
    write(tmp_path, f"test.tgt{ending}", "– A vote was held.\n– a ferry stopped .\n")
    assert list(multi_news(path)) == [
        Example(
            "test/1",
            ("The council met.\nIt voted.", "The ferry stopped."),
            references=("A vote was held.",),
        ),
        Example(
            "test/2",
            ("the council met .", "the ferry stopped ."),
            references=("a ferry stopped .",),
        ),
    ]


def test_a_cluster_without_documents_is_left_out_and_renames_no_other(tmp_path: Path) -> None:
    path = write(tmp_path, "test.src", f"{FERRY}\n |||||\n{FERRY}\n")
    write(tmp_path, "test.tgt", "One.\nTwo.\nThree.\n")
    names = [(found.id, found.references) for found in multi_news(path)]
    assert names == [("test/1", ("One.",)), ("test/3", ("Three.",))]


def test_multi_news_needs_as_many_summaries_as_clusters(tmp_path: Path) -> None:
    path = write(tmp_path, "test.src", "One.\nTwo.\n")
    assert "test.tgt cannot be read" in complaint(multi_news(path))
    write(tmp_path, "test.tgt", "One.\n")
    assert "test.tgt has fewer lines than" in complaint(multi_news(path))
    write(tmp_path, "test.tgt", "One.\nTwo.\nThree.\n")
    assert "test.src has fewer lines than" in complaint(multi_news(path))
    write(tmp_path, "test.tgt", "One.\n\n")
    assert "test.tgt, line 2: the summary is empty" in complaint(multi_news(path))
    assert "is no .src file" in complaint(multi_news(tmp_path / "test.tgt"))


# WCEP


def test_original_wcep_has_articles_with_title_time_and_address(tmp_path: Path) -> None:
    article = {
        "text": BRIDGE,
        "title": "Bridge",
        "time": "2018-05-06T00:00:00+00:00",
        "url": "https://www.harbourpost.example/bridge",
        "state": "successful",
    }
    failed = {"archive_url": "https://archive.example/1", "state": "failed", "error": "404"}
    undated = {"text": FERRY, "title": None, "time": None, "url": "http://[harbour"}
    record = {"id": "abc", "summary": SUMMARY, "articles": [article, failed, undated]}
    assert only(wcep(write_rows(tmp_path, record))) == Example(
        id="abc",
        documents=(BRIDGE, FERRY),
        titles=("Bridge", ""),
        dates=("2018-05-06", ""),
        sources=("harbourpost.example", ""),
        references=(SUMMARY,),
    )


def test_wcep_10_has_a_list_of_documents(tmp_path: Path) -> None:
    record = {"document": [BRIDGE, FERRY], "summary": SUMMARY}
    expected = Example("set/1", (BRIDGE, FERRY), references=(SUMMARY,))
    assert only(wcep(write_rows(tmp_path, record))) == expected


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"summary": "s"}, 'neither "articles" nor "document"'),
        ({"summary": "s", "articles": {}}, '"articles" is no list'),
        ({"summary": "s", "articles": ["a"]}, "line 1, article 1: it is no object"),
        ({"summary": "s", "articles": [{"text": 1}]}, 'line 1, article 1: "text" is no text'),
        ({"summary": "", "document": ["d"]}, '"summary" is missing or empty'),
    ],
)
def test_malformed_wcep_is_named(tmp_path: Path, record: object, reason: str) -> None:
    assert reason in complaint(wcep(write_rows(tmp_path, record)))


# DUC and TAC

WRAPPED = """<DOC>
<DOCNO> APW19981016.0240 </DOCNO>
<DATE_TIME> 10/17/1998 09:00:00 </DATE_TIME>
<HEADLINE>
Council &AMP; bridge
</HEADLINE>
<TEXT>
The council met on Monday and agreed
to repair the bridge.&UR;
   The work &lt;begins&gt; in May.
</TEXT>
</DOC>
"""
TAGGED = """<DOC id="AFP_ENG_20050115.0485" type="story" >
<TEXT>
<P>
The ferry to the island
stopped on Tuesday.
<P>
No one was hurt.
</P>
</TEXT>
"""


def write_topic(folder: Path) -> Path:
    write(folder, "docs/d30001t/APW19981016.0240", WRAPPED)
    write(folder, "models/2/D30001.M.100.T.A", "First line.\nSecond line.\n")
    write(folder, "models/2/D30001.M.100.T.C", b"Caf\xe9 line.\n")
    write(folder, "peers/2/D30001.M.100.T.7", "By a system.\n")
    write(folder, "models/1/D30001.P.10.T.A.APW19981016.0240", "Of one document.\n")
    return folder


def test_a_duc_topic_has_all_its_models_as_references(tmp_path: Path) -> None:
    assert only(duc(write_topic(tmp_path))) == Example(
        id="docs/d30001t",
        documents=(
            "The council met on Monday and agreed to repair the bridge.\nThe work <begins> in May.",
        ),
        titles=("Council & bridge",),
        dates=("1998-10-16",),
        sources=("APW",),
        references=("First line.\nSecond line.", "Caf\N{REPLACEMENT CHARACTER} line."),
    )


def test_tac_document_sets_are_topics_of_their_own(tmp_path: Path) -> None:
    write(tmp_path, "docs/D0801A/D0801A-A/AFP_ENG_20050115.0485.sgm", TAGGED)
    write(tmp_path, "docs/D0801A/D0801A-B/AFP_ENG_20050116.0001.sgm", TAGGED)
    write(tmp_path, "ROUGE/models/D0801-A.M.100.A.H", "Before.")
    write(tmp_path, "ROUGE/models/D0801-B.M.100.A.H", "Later.")
    write(tmp_path, "manual/models/D0801-B.M.100.A.H", "Later.")
    first, second = duc(tmp_path)
    assert (first.id, first.references) == ("docs/D0801A/D0801A-A", ("Before.",))
    assert (second.id, second.references) == ("docs/D0801A/D0801A-B", ("Later.",))
    paragraphs = "The ferry to the island stopped on Tuesday.\nNo one was hurt."
    assert (first.documents, first.dates) == ((paragraphs,), ("2005-01-15",))


@pytest.mark.parametrize(
    ("name", "stated", "expected"),
    [
        ("AP880217-0100", "", "1988-02-17"),
        ("LA010189-0001", "<DATE><P>January 1, 1989, Sunday</P></DATE>", "1989-01-01"),
        ("FT923-5089", "<DATE>x</DATE>", ""),
    ],
)
def test_the_date_of_a_document_is_in_its_name_or_stated(
    tmp_path: Path, name: str, stated: str, expected: str
) -> None:
    content = f"<DOC><DOCNO>{name}</DOCNO>{stated}<TEXT>{FERRY}</TEXT></DOC>"
    write(write_topic(tmp_path), "docs/d30001t/APW19981016.0240", content)
    assert only(duc(tmp_path)).dates == ((expected,) if expected else ())


def test_nothing_that_a_document_names_is_loaded(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.txt", "secret")
    entity = f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    write(write_topic(tmp_path), "docs/d30001t/APW19981016.0240", f"{entity}<TEXT>A &e; b.</TEXT>")
    assert only(duc(tmp_path)).documents == ("A &e; b.",)


def test_what_a_duc_folder_lacks_is_named(tmp_path: Path) -> None:
    assert "There is no" in complaint(duc(tmp_path / "missing"))
    assert "no topic folder such as d30001t" in complaint(duc(tmp_path))
    write_topic(tmp_path)
    write(tmp_path, "docs/d30002t/NYT19981016.0001", WRAPPED)
    assert "docs/d30002t has no model summary" in complaint(duc(tmp_path))
    write(tmp_path, "models/2/D30002.M.100.T.A", "Short.")
    write(tmp_path, "models/2/D30002.M.200.T.A", "Long.")
    assert "docs/d30002t has model summaries of several lengths" in complaint(duc(tmp_path))
    write(tmp_path, "docs/d30001t/readme", "no markup")
    assert "docs/d30001t/readme holds a document without <TEXT>" in complaint(duc(tmp_path))


# CNN/Daily Mail and XSum

STORY = "(CNN) -- The council met.\n\nIt voted.\n\n@highlight\n\nA vote\n\n@highlight\n\nA bridge\n"
BBC = (
    "[SN]URL[SN]\nhttp://bbc.example/1\n\n[SN]TITLE[SN]\nBridge\n\n[SN]FIRST-SENTENCE[SN]\n"
    "A bridge is repaired.\n\n[SN]RESTBODY[SN]\nShare this with\nEmail\n"
    "The council met.\nIt voted.\n"
)


def test_a_story_has_one_highlight_a_line(tmp_path: Path) -> None:
    write(tmp_path, "dailymail/stories/b.story", STORY)
    write(tmp_path, "cnn/stories/a.story", STORY)
    write(tmp_path, "cnn/stories/empty.story", "@highlight\n\nNo article\n")
    first, second = cnn_dailymail(tmp_path)
    assert first == Example(
        "cnn/stories/a",
        ("(CNN) -- The council met.\nIt voted.",),
        references=("A vote\nA bridge",),
    )
    assert second.id == "dailymail/stories/b"
    assert only(cnn_dailymail(tmp_path / "cnn/stories/a.story")).id == "a"


def test_the_first_sentence_is_the_reference_of_xsum(tmp_path: Path) -> None:
    write(tmp_path, "1.summary", BBC)
    extracted = BBC.replace("[SN]FIRST-SENTENCE[SN]", "[XSUM]INTRODUCTION[XSUM]")
    write(tmp_path, "2.data", extracted.replace("[SN]", "[XSUM]"))
    document, reference = ("The council met.\nIt voted.",), ("A bridge is repaired.",)
    assert list(xsum(tmp_path)) == [
        Example("1", document, references=reference),
        Example("2", document, references=reference),
    ]


@pytest.mark.parametrize(
    ("reader", "name", "content", "reason"),
    [
        (cnn_dailymail, "a.story", "The council met.", "a.story has no @highlight"),
        (cnn_dailymail, "a.story", "Met.\n\n@highlight\n\n", "a.story has no @highlight"),
        (cnn_dailymail, "a.txt", STORY, "holds no .story file"),
        (xsum, "1.summary", "The council met.", "1.summary has no [SN]FIRST-SENTENCE[SN]"),
        (xsum, "1.summary", BBC.partition("[SN]REST")[0], "1.summary has no [SN]RESTBODY[SN]"),
        (xsum, "1.txt", BBC, "holds no .summary or .data file"),
    ],
)
def test_malformed_files_of_one_article_are_named(
    tmp_path: Path, reader: Reader, name: str, content: str, reason: str
) -> None:
    write(tmp_path, name, content)
    assert reason in complaint(reader(tmp_path))


# Saved tables


def library(monkeypatch: pytest.MonkeyPatch, table: object) -> None:
    """A stand-in of the library: what it would load from any folder."""
    stand_in = ModuleType("datasets")
    stand_in.load_from_disk = lambda _: table  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "datasets", stand_in)


class Table(list[Mapping[str, object]]):
    def __init__(self, rows: Iterable[Mapping[str, object]]) -> None:
        super().__init__(rows)
        self.column_names = list(self[0])

    def select_columns(self, names: list[str]) -> "Table":
        return Table({name: row[name] for name in names} for row in self)


def test_without_the_library_its_name_and_the_next_step_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    assert "pip install datasets" in complaint(saved_table(tmp_path))
    assert "There is no" in complaint(saved_table(tmp_path / "cnn_dailymail"))


@pytest.mark.parametrize(
    ("row", "documents", "references"),
    [
        ({"article": FERRY, "highlights": "A\nB", "id": "x"}, (FERRY,), ("A\nB",)),
        ({"document": "One.\n |||||Two. ", "summary": "– Three."}, ("One.", "Two."), ("Three.",)),
        ({"document": "One.</s>Two.", "summary": "Three."}, ("One.", "Two."), ("Three.",)),
        ({"document": ["One.", "", "Two."], "summary": ["A", "B"]}, ("One.", "Two."), ("A", "B")),
    ],
)
def test_the_columns_of_well_known_sets_are_understood(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    row: Mapping[str, object],
    documents: tuple[str, ...],
    references: tuple[str, ...],
) -> None:
    library(monkeypatch, Table([row]))
    write(tmp_path, "test/state.json", "{}")
    name = str(row.get("id", "test/0"))
    expected = Example(name, documents, references=references)
    assert only(saved_table(tmp_path / "test")) == expected


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ({"train": [], "test": []}, "holds the splits test, train. Name the folder of one."),
        (Table([{"document": 1, "summary": "s"}]), 'row 0: "document" is no list of texts'),
        (Table([{"document": "d", "summary": ""}]), 'row 0: "summary" is missing or empty'),
        (None, "cannot be read at row 0"),
    ],
)
def test_a_table_that_is_no_summarization_set_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: object, reason: str
) -> None:
    library(monkeypatch, table)
    write(tmp_path, "state.json", "{}")
    assert reason in complaint(saved_table(tmp_path))


def test_a_table_without_the_columns_of_a_known_set_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library(monkeypatch, Table([{"image": "x"}]))
    write(tmp_path, "state.json", "{}")
    assert "has no columns article/highlights or" in complaint(saved_table(tmp_path))


def test_parquet_files_of_several_splits_are_not_mixed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library(monkeypatch, None)
    assert "neither a saved data set nor" in complaint(saved_table(tmp_path))
    write(tmp_path, "test-00000-of-00001.parquet", b"")
    write(tmp_path, "train-00000-of-00001.parquet", b"")
    assert "holds several splits" in complaint(saved_table(tmp_path))


# All layouts


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=60) | st.text('{}[]<>/"@|&;:,\nDOCTEXSN12 ').map(str.encode))
def test_whatever_the_bytes_are_the_answer_is_examples_or_a_layout_error(
    tmp_path: Path, content: bytes
) -> None:
    write(tmp_path, "models/D30001.M.100.T.A", "A model.")
    for name, at in [
        ("a.src", "a.src"),
        ("a.tgt", "a.src"),
        ("a.story", ""),
        ("a.summary", ""),
        ("docs/d30001t/a.sgm", ""),
    ]:
        write(tmp_path, name, content)
        for reader in LAYOUTS.values():
            try:
                found = list(reader(tmp_path / at))
            except LayoutError:
                continue
            assert all(example.documents and example.references for example in found)
