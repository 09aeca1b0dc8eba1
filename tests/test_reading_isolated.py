"""A parser that hangs, crashes or eats memory costs only what it was reading."""

import io
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.packing import zipped
from summarize.reading import formats, isolated, kinds, read_paths
from summarize.reading.build import Draft, Record, UnreadableError
from summarize.reading.files import InputFile
from summarize.reading.formats import read_file
from summarize.reading.found import Result
from summarize.reading.isolated import Patience
from tests.archives import BODY, PAGE, articles

HOSTILE = """
import os, sys, types
from summarize.reading.build import Draft

def read_feed(data):
    if data.startswith(b"hang"):
        while True:
            pass
    if data.startswith(b"crash"):
        os.kill(os.getpid(), 9)
    if data.startswith(b"eat"):
        held = bytearray(1 << 42)
    yield "#1", Draft(data.decode() + " The council met on Monday to agree.")

module = types.ModuleType("summarize.reading.web.feed")
module.read_feed = read_feed
sys.modules["summarize.reading.web.feed"] = module
from summarize.reading.isolated import serve
serve()
"""


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers whose reader of feeds hangs, crashes or takes all memory when the text says so."""

    def start() -> object:
        import subprocess

        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        return subprocess.Popen(
            [sys.executable, "-c", HOSTILE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )

    monkeypatch.setattr(isolated, "_start", start)


def read(name: str, data: bytes, seconds: float = 60) -> Result:
    file = InputFile(name, name, Path(name))
    [result] = isolated.read_isolated([(file, data)], 1, seconds=seconds)
    return result


@pytest.mark.usefixtures("hostile")
def test_only_the_member_that_costs_the_worker_is_lost() -> None:
    members = [*articles("a.txt", "z.txt"), ("m.xml", b"crash"), ("n.xml", b"Fine news.")]
    found, failures = read("a.zip", zipped(members))
    assert [article.path for article in found] == ["a.zip/a.txt", "a.zip/n.xml#1", "a.zip/z.txt"]
    assert [(f.path, f.reason) for f in failures] == [("a.zip/m.xml", "it crashed the parser")]


@pytest.mark.usefixtures("hostile")
def test_a_member_that_hangs_is_lost_and_a_file_that_costs_too_much_given_up() -> None:
    hanging = zipped([*articles("a.txt", "z.txt"), ("m.xml", b"hang")])
    found, failures = read("a.zip", hanging, seconds=3)
    assert [article.path for article in found] == ["a.zip/a.txt", "a.zip/z.txt"]
    assert [(f.path, f.reason) for f in failures] == [
        ("a.zip/m.xml", "it took longer than 3 seconds")
    ]
    many = zipped([*articles("a.txt", "z.txt"), *((f"{n}.xml", b"crash") for n in range(9))])
    found, failures = read("b.zip", many)
    assert found == ()
    assert len(failures) == 5
    assert "the rest is not read" in failures[0].reason


@pytest.mark.usefixtures("hostile")
@pytest.mark.skipif(sys.platform != "linux", reason="the limit is the system's")
def test_memory_is_limited() -> None:
    found, failures = read("a.zip", zipped([("m.xml", b"eat"), *articles("z.txt")]))
    assert [article.path for article in found] == ["a.zip/z.txt"]
    assert "memory" in failures[0].reason


@pytest.mark.usefixtures("hostile")
def test_standard_input_is_read_by_a_worker_too() -> None:
    data = zipped([("m.xml", b"crash"), *articles("z.txt")])
    found, failures = read_paths(["-"], stdin=io.BytesIO(data))
    assert [article.path for article in found] == ["-/z.txt"]
    assert [failure.path for failure in failures] == ["-/m.xml"]


def test_plain_text_starts_no_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_start", None)
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "b.md").write_text(BODY)
    assert len(read_paths([tmp_path])[0]) == 2


def test_patience_grows_with_what_comes_and_ends() -> None:
    ends: list[str] = []
    patience = Patience(0.05, lambda: ends.append("over"))
    patience.stop()
    impatient = Patience(0.01, lambda: ends.append("late"))
    time.sleep(0.3)
    assert ends == ["late"]
    assert patience.reason is None
    assert impatient.reason == "it took longer than 0.01 seconds"


# Readers that are imported when needed


def fake(monkeypatch: pytest.MonkeyPatch, module: str, **functions: object) -> None:
    made = ModuleType(f"summarize.reading.{module}")
    for name, function in functions.items():
        setattr(made, name, function)
    monkeypatch.setitem(sys.modules, made.__name__, made)


def here(name: str, data: bytes) -> Result:
    return read_file(InputFile(name, name, Path(name)), data)


@pytest.mark.parametrize(
    ("name", "data", "module", "function"),
    [
        ("a.pdf", b"%PDF-1.7 x", "pdf.document", "read_pdf"),
        ("wrong.txt", b"%PDF-1.7 x", "pdf.document", "read_pdf"),
        ("a.docx", zipped([("word/document.xml", b"<w/>")]), "docx", "read_docx"),
        ("wrong.zip", zipped([("word/document.xml", b"<w/>")]), "docx", "read_docx"),
        ("a.rss", b"<rss/>", "web.feed", "read_feed"),
        ("noname", b"<?xml version='1.0'?>\n<rss></rss>", "web.feed", "read_feed"),
    ],
)
def test_each_format_has_its_reader(
    monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, module: str, function: str
) -> None:
    def reader(given: bytes) -> Iterator[Record]:
        assert given == data
        yield "#1", Draft(BODY, "Title")
        yield "#2", UnreadableError("this one is empty")

    fake(monkeypatch, module, **{function: reader})
    found, failures = here(name, data)
    assert [(article.path, article.title) for article in found] == [(f"{name}#1", "Title")]
    assert [(f.path, f.reason) for f in failures] == [(f"{name}#2", "this one is empty")]


@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.tsv", "\t")])
def test_tables_are_read_with_their_delimiter(
    monkeypatch: pytest.MonkeyPatch, name: str, delimiter: str
) -> None:
    def reader(data: bytes, given: str) -> Iterator[Record]:
        yield "#2", Draft(f"{BODY}{given == delimiter} {data!r}")

    fake(monkeypatch, "exports.table", read_table=reader)
    assert "True" in here(name, b"title,text\n")[0][0].text


MAIL = b"Return-Path: <a@example.org>\r\nSubject: x\r\nFrom: a@example.org\r\n\r\nHello\r\n"
MAILBOX = b"From a@example.org Mon Jun  3 10:15:00 2019\r\nSubject: x\r\n\r\nHello\r\n"


@pytest.mark.parametrize(
    ("name", "data", "function"),
    [
        ("a.eml", MAIL, "read_mail"),
        ("noname", MAIL, "read_mail"),
        ("a.mbox", MAILBOX, "read_mailbox"),
        ("wrong.txt", MAILBOX, "read_mailbox"),
    ],
)
def test_attachments_are_read_as_files_are(
    monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, function: str
) -> None:
    def reader(given: bytes, read_part: formats.ReadPart) -> Iterator[Record]:
        yield "", Draft(given.decode() + BODY)
        for attached, content in (("a.zip", zipped(articles("a.txt"))), ("b.html", PAGE)):
            for suffix, draft in read_part(attached, content):
                yield f"/{attached}{suffix}", draft

    fake(monkeypatch, "mail.messages", **{function: reader})
    found, failures = here(name, data)
    assert failures == ()
    assert [article.path for article in found] == [name, f"{name}/a.zip/a.txt", f"{name}/b.html"]


def test_mails_in_mails_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def reader(data: bytes, read_part: formats.ReadPart) -> Iterator[Record]:
        yield from read_part("again.eml", data)

    fake(monkeypatch, "mail.messages", read_mail=reader)
    found, failures = here("a.eml", MAIL)
    assert found == ()
    assert ["nested" in failure.reason for failure in failures] == [True]


@pytest.mark.parametrize(
    ("name", "data", "extra"),
    [("a.pdf", b"%PDF-1.7", "pdf"), ("a.docx", zipped([("word/document.xml", b"")]), "docx")],
)
def test_a_missing_library_is_named_with_what_installs_it(
    monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, extra: str
) -> None:
    def reader(_: bytes) -> Iterator[Record]:
        raise ModuleNotFoundError(name="some_library")
        yield

    kind = kinds.KINDS[extra]
    fake(monkeypatch, kind.module, **{kind.function: reader})
    [failure] = here(name, data)[1]
    assert f'pip install "summarize[{extra}]"' in failure.reason


def test_a_fault_of_a_reader_costs_only_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def reader(_: bytes) -> Iterator[Record]:
        yield "#1", Draft(BODY)
        raise ZeroDivisionError

    fake(monkeypatch, "web.feed", read_feed=reader)
    found, failures = here("a.zip", zipped([("m.xml", b"<rss/>"), *articles("z.txt")]))
    assert [article.path for article in found] == ["a.zip/m.xml#1", "a.zip/z.txt"]
    assert [f.reason for f in failures] == ["it could not be read (ZeroDivisionError)"]


def test_a_worker_says_nothing_when_it_is_interrupted(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    process = isolated._start()
    text = InputFile("one.txt", "one.txt", tmp_path / "one.txt")
    isolated._send(process.stdin, (text, b"The council met on Monday.", 0))
    assert isolated._receive(process.stdout) == ("", "")
    # It waits for what to read next, as most workers do when Ctrl-C reaches all of a terminal.
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert capfd.readouterr().err == ""
