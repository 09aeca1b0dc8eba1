"""One file to its articles, by format."""

from collections.abc import Iterable

from summarize.reading.build import UnreadableError, to_article
from summarize.reading.files import InputFile, decode, load, opened
from summarize.reading.html import declared_charset, read_html
from summarize.reading.jsonl import Record, read_json, read_lines
from summarize.reading.text import read_markdown, read_text
from summarize.records import Article, Failure

__all__ = ["PAGE_SUFFIXES", "Result", "read_bytes", "read_file"]

PAGE_SUFFIXES = (".html", ".htm")

Result = tuple[tuple[Article, ...], tuple[Failure, ...]]


def read_file(file: InputFile) -> Result:
    """The articles of a file and what failed in it. Never raises: one bad file is one failure."""
    suffix = file.location.suffix.lower()
    try:
        if suffix == ".jsonl":
            with opened(file.location) as stream:
                return _collected(file, read_lines(stream))
        return _collected(file, _records(load(file.location), suffix))
    except UnreadableError as error:
        return (), (Failure(file.shown, str(error)),)
    except Exception as error:  # noqa: BLE001 (a parser's bug must not lose the other files)
        return (), (Failure(file.shown, f"it could not be read ({type(error).__name__})"),)


def read_bytes(data: bytes, file: InputFile) -> Result:
    """As `read_file` for bytes without a file name: the first character tells the format."""
    try:
        start = decode(data).lstrip()[:1]
        suffix = {"{": ".json", "[": ".json", "<": ".html"}.get(start, ".txt")
        return _collected(file, _records(data, suffix))
    except UnreadableError as error:
        return (), (Failure(file.shown, str(error)),)
    except Exception as error:  # noqa: BLE001
        return (), (Failure(file.shown, f"it could not be read ({type(error).__name__})"),)


def _records(data: bytes, suffix: str) -> Iterable[Record]:
    if suffix in PAGE_SUFFIXES:
        return [("", read_html(decode(data, declared_charset(data))))]
    if suffix == ".json":
        return read_json(decode(data))
    return [("", (read_markdown if suffix == ".md" else read_text)(decode(data)))]


def _collected(file: InputFile, records: Iterable[Record]) -> Result:
    articles: list[Article] = []
    failures: list[Failure] = []
    for suffix, draft in records:
        try:
            if isinstance(draft, UnreadableError):
                raise draft
            articles.append(to_article(draft, file.path + suffix))
        except UnreadableError as error:
            failures.append(Failure(file.shown + suffix, str(error)))
    if not articles and not failures:
        failures.append(Failure(file.shown, "the file is empty"))
    return tuple(articles), tuple(failures)
