"""What `summarize score` reads: a summary, its sources, or many pairs of both."""

import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from summarize.errors import NothingToReadError, UsageError
from summarize.reading import read_paths
from summarize.reading.build import UnreadableError, one_line, printable
from summarize.reading.files import MAX_FILE_BYTES, decode, load
from summarize.reading.kinds import HEAD_BYTES, kind_of
from summarize.reading.text.dates import find_date
from summarize.records import Article, Failure

__all__ = ["BadPair", "Pair", "read_pairs", "read_sources", "read_summary", "source_article"]


def read_summary(path: str, stdin: BinaryIO, jobs: int = 1) -> str:
    """The text of the one summary in a file of any known format, or in `stdin` for "-".

    A summary may be empty, or shorter than an article may be. Raises UsageError when the file
    cannot be read or holds several texts.
    """
    data = stdin.read(MAX_FILE_BYTES + 1) if path == "-" else None
    if Path(path).is_dir():
        raise UsageError(f"{path} is a folder.", "Name the file that holds the summary.")
    given = io.BytesIO(data) if data is not None else None
    articles, failures = read_paths([path], jobs=jobs, stdin=given)
    if len(articles) > 1:
        raise UsageError(
            f"{path} holds {len(articles)} texts, not one summary.",
            "Score many summaries with --pairs.",
        )
    if articles:
        return _with_title(articles[0])
    text = _short_text(path, data)
    if text is not None:
        return text
    reason = failures[0].reason if failures else "it holds no text"
    raise UsageError(f"The summary {path} was not read: {reason}.")


def _with_title(article: Article) -> str:
    """The text, below the title where a format keeps that apart: its claims are checked, too."""
    if not article.title or article.title in article.text:
        return article.text
    return f"{article.title}\n{article.text}"


def _short_text(path: str, data: bytes | None) -> str | None:
    """A plain text that is too short, or too empty, to be an article; None for anything else."""
    try:
        data = load(Path(path)) if data is None else data
    except UnreadableError:
        data = b"" if Path(path).is_file() and not Path(path).stat().st_size else None
    if data is None or kind_of(Path(path).name, data[:HEAD_BYTES]) not in ("text", "markdown"):
        return None
    try:
        return printable(decode(data)).replace("\r\n", "\n").replace("\r", "\n")
    except UnreadableError:
        return None


def read_sources(
    paths: Sequence[str], stdin: BinaryIO, jobs: int = 1
) -> tuple[tuple[Article, ...], tuple[Failure, ...]]:
    """The articles under `paths`, uncleaned, and what could not be read.

    Raises NothingToReadError when there is no article at all.
    """
    articles, failures = read_paths(paths, jobs=jobs, stdin=stdin)
    if not articles:
        reasons = "; ".join(f"{failure.path}: {failure.reason}" for failure in failures[:3])
        raise NothingToReadError(
            f"There is no source in {', '.join(paths)}.", f"{reasons}." if reasons else ""
        )
    return articles, failures


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of a pairs file: a summary with its sources. `id` is what the line says, or None."""

    line: int
    id: str | None
    summary: str
    sources: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class BadPair:
    """A line that holds no pair, and why; with its `id` where it can be told."""

    line: int
    reason: str
    id: str | None = None


def read_pairs(stream: BinaryIO) -> Iterator[Pair | BadPair]:
    """The pairs of JSON Lines, one by one; blank lines are passed over.

    A line is {"id"?, "summary": text, "sources": [text or {"text", "title"?, "published"?,
    "source"?}]}; other fields are passed over. Only one line of the file is held at a time, of at
    most `MAX_FILE_BYTES`.
    """
    for number, line in _lines(stream):
        if line is None:
            yield BadPair(number, f"it is longer than {MAX_FILE_BYTES // 1024**2} MB")
        elif line.strip():
            yield _pair(number, line)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; None for one that is too long."""
    number = 0
    while line := stream.readline(MAX_FILE_BYTES + 1):
        number += 1
        if len(line) <= MAX_FILE_BYTES or line.endswith(b"\n"):
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_FILE_BYTES)
        yield number, None


def _pair(number: int, line: bytes) -> Pair | BadPair:
    id_ = None
    try:
        value = json.loads(line.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
        id_ = _id(value)
        return _checked(number, id_, value)
    except UnicodeDecodeError:
        return BadPair(number, "it is not UTF-8")
    except json.JSONDecodeError as error:
        return BadPair(number, f"it is no JSON ({error.msg} at character {error.pos + 1})")
    except RecursionError:
        return BadPair(number, "it is nested too deep")
    except (ValueError, UnreadableError) as error:
        return BadPair(number, str(error), id_)


def _id(value: Any) -> str | None:
    """The id of a parsed line, if it has one; ValueError says what is wrong with it."""
    if not isinstance(value, dict):
        raise ValueError("it is no JSON object")  # noqa: TRY004 (a fault of the data, not of the code)
    id_ = value.get("id")
    if id_ is not None and not isinstance(id_, str | int):
        raise ValueError('its "id" is neither text nor a number')
    return None if id_ is None else printable(str(id_))


def _checked(number: int, id_: str | None, value: Mapping[str, Any]) -> Pair:
    """The pair in a parsed line; ValueError says what is wrong with it."""
    summary, sources = value.get("summary"), value.get("sources")
    if not isinstance(summary, str):
        raise ValueError('its "summary" is no text')  # noqa: TRY004
    if not isinstance(sources, list):
        raise ValueError('its "sources" are no list')  # noqa: TRY004
    articles = tuple(_source(place, source) for place, source in enumerate(sources, start=1))
    return Pair(number, id_, printable(summary), articles)


def _source(place: int, value: Any) -> Article:
    fields = {"text": value} if isinstance(value, str) else value
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise ValueError(f'its source {place} is neither a text nor an object with a "text"')  # noqa: TRY004
    facts = {name: fields.get(name) for name in ("title", "source", "published")}
    if any(not isinstance(fact, str | None) for fact in facts.values()):
        raise ValueError(f"the title, source or date of its source {place} is no text")
    published = find_date(facts["published"] or "")
    if facts["published"] and published is None:
        raise ValueError(f"the date of its source {place} is not understood")
    article = source_article(fields["text"], place)
    title, publisher = one_line(facts["title"]), one_line(facts["source"])
    return replace(article, title=title, source=publisher, published=published)


def source_article(text: str, number: int) -> Article:
    """The `number`-th source, given as a text of any length; no offset changes."""
    text = printable(text)
    id_ = hashlib.blake2b(text.encode("utf-8"), digest_size=8).hexdigest()
    return Article(id_, f"source {number}", text)
