"""Which form a digest takes, and where it goes."""

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summarize.cli import app
from summarize.commands.output import digest_form_of, form_of, refuse_terminal, write
from summarize.errors import UsageError


@pytest.mark.parametrize(
    ("name", "digest", "score"),
    [
        (None, "text", "text"),
        ("digest", "text", "text"),
        ("digest.txt", "text", "text"),
        ("digest.md", "markdown", "markdown"),
        ("digest.JSON", "json", "json"),
        ("digest.html", "html", None),
        ("digest.HTM", "html", None),
        ("feed.xml", "atom", None),
        ("feed.atom", "atom", None),
        ("digest.eml", "eml", None),
        ("digest.epub", "epub", None),
    ],
)
def test_the_name_of_the_file_says_the_form(
    name: str | None, digest: str, score: str | None
) -> None:
    path = Path(name) if name else None
    assert digest_form_of(path) == digest
    if score:
        assert form_of(path) == score
    else:
        with pytest.raises(UsageError, match="Markdown or JSON"):
            form_of(path)


def test_a_book_is_not_printed_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(UsageError, match=r"no text for a terminal\. Name a file: -o digest\.epub"):
        refuse_terminal("epub", None)
    refuse_terminal("epub", Path("digest.epub"))
    refuse_terminal("html", None)


def test_a_book_goes_down_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False)
    refuse_terminal("epub", None)


def test_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    write(b"\xff\x00\r\n", tmp_path / "book")
    assert (tmp_path / "book").read_bytes() == b"\xff\x00\r\n"
    assert [path.name for path in tmp_path.iterdir()] == ["book"]


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("digest.html", b"<!DOCTYPE html>"),
        ("digest.atom", b"<?xml"),
        ("digest.eml", b"Subject: Digest of 1 article in 1 story"),
        ("digest.epub", b"PK"),
    ],
)
def test_run_writes_what_the_name_of_the_file_says(
    tmp_path: Path, name: str, begins: bytes
) -> None:
    article = tmp_path / "harbour.txt"
    article.write_text("The harbour of Norville was closed on Monday. Ships wait.\n", "utf-8")
    made = tmp_path / name
    result = CliRunner().invoke(app, ["run", str(article), "--model", "quote", "-o", str(made)])
    assert result.exit_code == 0, result.output
    assert made.read_bytes().startswith(begins)
    form = {".atom": "atom", ".eml": "eml", ".epub": "epub", ".html": "html"}[made.suffix]
    arguments = ["run", str(article), "--model", "quote", "--format", form]
    assert CliRunner().invoke(app, arguments).stdout_bytes == made.read_bytes()
