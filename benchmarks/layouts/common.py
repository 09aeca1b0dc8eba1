"""What the readers share: files, lines, rows of named fields, and the example made of them."""

import bz2
import gzip
import json
import lzma
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from benchmarks.records import Example
from summarize.errors import UsageError
from summarize.reading.build import UnreadableError, printable
from summarize.reading.files import MAX_FILE_BYTES, load
from summarize.reading.text.dates import parse_date

__all__ = [
    "Document",
    "LayoutError",
    "Row",
    "clean",
    "day",
    "example",
    "existing",
    "files_under",
    "lines",
    "read",
    "required",
    "row_of",
    "rows",
    "shown",
    "stem",
    "text",
    "texts",
]

_OPENERS: Mapping[str, Callable[..., Any]] = {".gz": gzip.open, ".xz": lzma.open, ".bz2": bz2.open}
_DAMAGE = (EOFError, OSError, lzma.LZMAError, zlib.error)
# A half of a character, which JSON can spell but no file can hold.
_SURROGATE = re.compile("[\ud800-\udfff]")


class LayoutError(UsageError):
    """A data set is not in the layout that it is read as: where, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as a data set states it; "" for what it does not state, `date` in ISO form."""

    text: str
    title: str = ""
    date: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A record: its fields by name, where it stands (for messages), and a name for it."""

    fields: Mapping[str, object]
    where: str
    name: str


def shown(path: Path) -> str:
    """A path that can be printed, whatever its bytes are."""
    return printable(path.as_posix())


def existing(path: Path) -> Path:
    """The path, behind which there must be something."""
    if not path.exists():
        raise LayoutError(f"There is no {shown(path)}.")
    return path


def stem(path: Path) -> str:
    """The file's name up to its first dot: "test" for test.jsonl.gz."""
    return printable(path.name).split(".")[0]


def clean(value: str) -> str:
    """The text with line feeds as its only line ends and no white space around it."""
    value = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value)
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def day(stated: object) -> str:
    """The stated date in ISO form; "" where none is, or where it is unclear which is meant."""
    found = parse_date(stated)
    return found.isoformat() if found else ""


def read(path: Path) -> str:
    """The text of a small file, with U+FFFD for what is no UTF-8."""
    try:
        return load(path).decode("utf-8-sig", errors="replace")
    except UnreadableError as error:
        raise LayoutError(f"{shown(path)} cannot be read: {error}.") from error


def files_under(path: Path, suffixes: Iterable[str]) -> list[Path]:
    """The file itself, or all files with such an extension in a folder, by name; at least one."""
    wanted = tuple(suffixes)
    if existing(path).is_file():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.suffix in wanted and file.is_file())
    if not found:
        raise LayoutError(f"{shown(path)} holds no {' or '.join(wanted)} file.")
    return found


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a UTF-8 file, numbered from 1; .gz, .xz and .bz2 are unpacked on the way."""
    with _opened(path) as file:
        chunks = iter(partial(file.readline, MAX_FILE_BYTES + 1), b"")
        for number, line in enumerate(chunks, start=1):
            where = f"{shown(path)}, line {number}"
            if len(line) > MAX_FILE_BYTES:
                limit = MAX_FILE_BYTES // 1024**2
                raise LayoutError(f"{where}: the line is longer than {limit} MB.")
            try:
                yield number, line.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise LayoutError(f"{where}: it is no UTF-8.") from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        with _OPENERS.get(path.suffix, open)(path, "rb") as file:
            yield file
    except _DAMAGE as error:
        reason = getattr(error, "strerror", None) or "it is damaged"
        raise LayoutError(f"{shown(path)} cannot be read ({reason.lower()}).") from error


def rows(path: Path) -> Iterator[Row]:
    """The objects of a JSON Lines file, blank lines skipped; named by file and line."""
    for number, line in lines(path):
        where = f"{shown(path)}, line {number}"
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise LayoutError(f"{where}: it is no valid JSON.") from error
        yield row_of(record, where, f"{stem(path)}/{number}")


def row_of(record: object, where: str, name: str) -> Row:
    """The record as a row, under its own "id" if it has one."""
    if not isinstance(record, dict):
        raise LayoutError(f"{where}: it is no object with named fields.")
    row = Row(record, where, name)
    given = record.get("id")
    own = str(given) if isinstance(given, int) else text(row, "id")
    return Row(record, where, own or name)


def text(row: Row, field: str) -> str:
    """The field's text; "" when it is missing or null."""
    value = row.fields.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise LayoutError(f'{row.where}: "{field}" is no text.')
    return clean(value)


def required(row: Row, field: str) -> str:
    """The field's text, of which there must be some."""
    if value := text(row, field):
        return value
    raise LayoutError(f'{row.where}: "{field}" is missing or empty.')


def texts(row: Row, field: str) -> list[str]:
    """The field's list of texts ("" for null); a lone text is a list of one, a missing one none."""
    value = row.fields.get(field)
    if value is None:
        return []
    found = []
    for item in value if isinstance(value, list) else [value]:
        if item is not None and not isinstance(item, str):
            raise LayoutError(f'{row.where}: "{field}" is no list of texts.')
        found.append(clean(item or ""))
    return found


def example(
    name: str, documents: Iterable[Document], references: Sequence[str]
) -> Iterator[Example]:
    """An example of the documents that have text; none when no document has."""
    kept = [document for document in documents if document.text]
    if kept:
        yield Example(
            id=name,
            documents=tuple(document.text for document in kept),
            titles=_known(document.title for document in kept),
            dates=_known(document.date for document in kept),
            sources=_known(document.source for document in kept),
            references=tuple(references),
        )


def _known(values: Iterable[str]) -> tuple[str, ...]:
    found = tuple(values)
    return found if any(found) else ()
