"""Tables of articles (CSV, TSV): a row each, with the field names of JSON in the first."""

import csv
import io
from collections.abc import Iterator, Sequence

from summarize.reading.build import Record, UnreadableError
from summarize.reading.exports.jsonl import known_fields, read_record, text_fields
from summarize.reading.files import decode

__all__ = ["read_table"]

_DELIMITERS = (",", "\t", ";", "|")
_SHOWN_COLUMNS = 10
_SHOWN_CHARS = 30


def read_table(data: bytes, delimiter: str | None = None) -> Iterator[Record]:
    """The articles of a table, numbered from 1 ("#1") without the row of names.

    Where no `delimiter` is given, it is the one of comma, tab, semicolon and bar with which the
    first row holds the most names that are known.
    """
    text = decode(data)
    # Fields may be as long as the file; what is too long for an article is refused as its text.
    csv.field_size_limit(max(len(text), 1))
    delimiter = delimiter or _delimiter(text)
    rows = (row for row in _rows(text, delimiter) if any(cell.strip() for cell in row))
    try:
        names = next(rows, [])
        if not text_fields(names):
            raise UnreadableError(_missing(names))
        number = 0
        for number, row in enumerate(rows, start=1):
            # The first of two columns with one name counts.
            fields = dict(
                zip(reversed(names[: len(row)]), reversed(row[: len(names)]), strict=True)
            )
            broken = UnreadableError("a quotation mark is never closed, so rows run together")
            yield f"#{number}", broken if _open_ended(row, text) else read_record(fields)
    except csv.Error as error:
        raise UnreadableError(f"it is a broken table ({error})") from error
    if not number:
        yield "", UnreadableError("the table has no rows")


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    headers = {mark: next(_rows(first, mark), []) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: (len(known_fields(headers[mark])), len(headers[mark])))


def _missing(names: Sequence[str]) -> str:
    printable = ("".join(filter(str.isprintable, name)) for name in names[:_SHOWN_COLUMNS])
    shown = ", ".join(name.strip()[:_SHOWN_CHARS] for name in printable)
    more = ", ..." if len(names) > _SHOWN_COLUMNS else ""
    if known_fields(names):
        return f"it holds links or titles, not the texts of articles (its columns: {shown}{more})"
    return f"its first row names no column with texts (text, body, content); it is: {shown}{more}"


def _open_ended(row: Sequence[str], text: str) -> bool:
    """Whether a quotation mark that is never closed made one field of the rest of the file."""
    last = row[-1]
    return "\n" in last and text.endswith(last) and not text.endswith('"')
