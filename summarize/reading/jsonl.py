"""Articles as JSON: one object, a list of them, or one object a line."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from summarize.reading.build import Draft, UnreadableError
from summarize.reading.dates import parse_date
from summarize.reading.files import decode
from summarize.reading.html import is_page, plain_text, read_html, tagged

__all__ = ["MAX_LINE_BYTES", "Record", "read_json", "read_lines"]

MAX_LINE_BYTES = 32 * 1024 * 1024

# Names in order of preference, folded: "publishedAt", "published_at" and "@published" are one.
_TITLE = ("title", "headline", "name")
_SOURCE = ("source", "publisher", "outlet", "site", "sitename", "sourcename", "publication")
_DATE = (
    "published", "date", "pubdate", "datepublished", "publishedat", "publisheddate", "publishdate",
    "publicationdate", "publishedon", "firstpublished", "datecreated", "timestamp",
)  # fmt: skip
_TEXT = (
    "text", "body", "content", "articlebody", "fulltext", "maintext", "contenttext", "contenthtml",
)  # fmt: skip
_LISTS = ("articles", "items", "graph", "documents", "records", "data", "results")
_NOT_IN_NAMES = re.compile(r"[\W_]+")

Fields = Mapping[str, object]
# The suffix that tells a file's records apart, and the article or why there is none.
Record = tuple[str, Draft | UnreadableError]


def read_json(text: str) -> Iterator[Record]:
    """Every article of a JSON text; records of a list are numbered from 1 ("#1")."""
    try:
        value = _loaded(text)
    except UnreadableError:
        # Tools also write one object a line into files called ".json".
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines):
            raise
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield f"#{number}", _line(line, number)
        return
    records = _records(value)
    if records is None:
        yield "", _draft(value)
        return
    if not records:
        raise UnreadableError("its JSON holds no articles")
    for number, record in enumerate(records, start=1):
        yield f"#{number}", _draft(record)


def read_lines(stream: BinaryIO) -> Iterator[Record]:
    """Every article of a JSON Lines stream, with the line's number; one line in memory."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES):
        number += 1
        if len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE_BYTES)
            limit = MAX_LINE_BYTES // 1024**2
            yield f"#{number}", UnreadableError(f"line {number} is longer than {limit} MB")
        elif line.strip():
            yield f"#{number}", _line(line, number)


def _line(line: bytes | str, number: int) -> Draft | UnreadableError:
    try:
        draft = _draft(_loaded(line if isinstance(line, str) else decode(line)))
    except UnreadableError as error:
        draft = error
    return UnreadableError(f"line {number}: {draft}") if isinstance(draft, Exception) else draft


def _loaded(text: str) -> object:
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise UnreadableError(f"it is broken JSON ({error.msg.lower()} at {where})") from error
    except RecursionError as error:
        raise UnreadableError("its JSON is nested too deeply") from error
    except ValueError as error:
        raise UnreadableError("its JSON holds a number that is too long") from error
    return value


def _folded(value: object) -> dict[str, object]:
    if not isinstance(value, Mapping):
        return {}
    fields: dict[str, object] = {}
    for name, content in value.items():
        fields.setdefault(_NOT_IN_NAMES.sub("", str(name).lower()), content)
    return fields


def _records(value: object) -> Sequence[object] | None:
    """The list of articles a file holds, None when the value is itself the one article."""
    if isinstance(value, list):
        return value
    fields = _folded(value)
    if _text(fields) is None:
        for name in _LISTS:
            if isinstance(listed := fields.get(name), list):
                return listed
    return None


def _draft(value: object) -> Draft | UnreadableError:
    if not isinstance(value, Mapping):
        return UnreadableError("it is no JSON object with an article")
    fields = _folded(value)
    text = _text(fields)
    if text is None:
        return UnreadableError("it has no text field (text, body, content or articleBody)")
    try:
        found = _marked_up(text)
    except UnreadableError as error:
        return error
    title, source = _string(fields, _TITLE), _string(fields, _SOURCE)
    published = next((day for name in _DATE if (day := parse_date(fields.get(name)))), None)
    return Draft(
        found.text,
        title or found.title,
        source or found.source,
        published or found.published,
    )


def _marked_up(text: str) -> Draft:
    if is_page(text):
        return read_html(text)
    return Draft(plain_text(text) if tagged(text) else text)


def _text(fields: Fields) -> str | None:
    for name in _TEXT:
        value = fields.get(name)
        if isinstance(value, list):
            value = "\n".join(part for part in value if isinstance(part, str))
        if isinstance(value, str) and value.strip():
            return value
    return None


def _string(fields: Fields, names: Sequence[str]) -> str | None:
    """The first field that holds a text; JSON-LD wraps publishers as {"name": ...}."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, Mapping):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return plain_text(value) if tagged(value) else value
    return None
