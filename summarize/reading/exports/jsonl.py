"""Articles as JSON: one object, a list of them, or one object a line."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import BinaryIO

from summarize.reading.build import DIGEST, Draft, Record, UnreadableError
from summarize.reading.files import decode
from summarize.reading.text.dates import parse_date
from summarize.reading.web.html import is_page, plain_text, read_html, tagged

__all__ = [
    "MAX_LINE_BYTES",
    "known_fields",
    "read_json",
    "read_lines",
    "read_record",
    "text_fields",
]

MAX_LINE_BYTES = 32 * 1024 * 1024

# Names in order of preference, folded: "publishedAt", "published_at" and "@published" are one. They
# stand in the documentation of schema.org, JSON Feed, Wallabag, Omnivore, Readwise Reader,
# Raindrop, Pocket, Feedly, Inoreader, Miniflux, WordPress, news-please, newspaper and trafilatura.
_TITLE = ("title", "headline", "name", "titlepage", "titlerss", "resolvedtitle", "giventitle")
_SOURCE = (
    # Before "source", where Readwise says how the article came in and trafilatura its address.
    "sitename", "publisher", "source", "outlet", "site", "sourcename", "publication", "origin",
    "feed", "feedtitle", "sourcehostname", "domainname", "sourcedomain", "hostname", "domain",
)  # fmt: skip
# When something was saved, crawled, downloaded or changed is no publication: "created_at" of
# Wallabag, "crawled" of Feedly, "date_download" of news-please, "timestamp" of Instapaper and C4.
_DATE = (
    "published", "date", "pubdate", "datepublished", "publishedat", "publisheddate", "publishdate",
    "publicationdate", "publishedon", "datepublish", "firstpublished", "datecreated",
)  # fmt: skip
_TEXT = (
    "text", "body", "content", "articlebody", "fulltext", "maintext", "contenttext", "contenthtml",
    "rawtext", "fullcontent", "htmlcontent", "bodytext", "bodyhtml", "articletext", "html",
)  # fmt: skip
# Feed readers put the whole article there, wrapped as {"content": ...}; else it is a summary.
_WRAPPED_TEXT = ("summary",)
_ADDRESS = ("url", "link", "resolvedurl", "givenurl", "uri", "permalink")
_LISTS = (
    "articles", "items", "graph", "documents", "records", "data", "results", "entries", "list",
    "bookmarks", "posts", "raindrops",
)  # fmt: skip
_WRAPPERS = ("embedded",)
_NOT_IN_NAMES = re.compile(r"[\W_]+")
_HOST = re.compile(r"https?://(?:www\.)?([^/?#]+)", re.IGNORECASE)

Fields = Mapping[str, object]


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
        yield "", read_record(value)
        return
    if not any(isinstance(record, Mapping) for record in records):
        raise UnreadableError("its JSON holds no articles")
    feed = _feed_title(value)
    for number, record in enumerate(records, start=1):
        draft = read_record(record)
        if isinstance(draft, Draft) and draft.source is None:
            draft = replace(draft, source=feed)
        yield f"#{number}", draft


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
        draft = read_record(_loaded(line if isinstance(line, str) else decode(line)))
    except UnreadableError as error:
        draft = error
    return UnreadableError(f"line {number}: {draft}") if isinstance(draft, Exception) else draft


def _loaded(text: str) -> object:
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        what = error.msg.lower().removesuffix(" at")
        where = f"line {error.lineno}, column {error.colno}"
        raise UnreadableError(f"it is broken JSON ({what} at {where})") from error
    except RecursionError as error:
        raise UnreadableError("its JSON is nested too deeply") from error
    except ValueError as error:
        raise UnreadableError("its JSON holds a number that is too long") from error
    return value


def _fold(name: object) -> str:
    return _NOT_IN_NAMES.sub("", str(name).lower())


def _folded(value: object) -> dict[str, object]:
    if not isinstance(value, Mapping):
        return {}
    fields: dict[str, object] = {}
    for name, content in value.items():
        fields.setdefault(_fold(name), content)
    return fields


def _records(value: object) -> Sequence[object] | None:
    """The list of articles a file holds, None when the value is itself the one article."""
    if isinstance(value, list):
        return value
    if _is_digest(value):
        raise UnreadableError(DIGEST)
    fields = _folded(value)
    for name in _WRAPPERS:
        if isinstance(inner := fields.get(name), Mapping):
            fields = _folded(inner)
    if _text(fields) is None:
        for name in _LISTS:
            listed = fields.get(name)
            if isinstance(listed, list):
                return listed
            # Pocket lists its items under their numbers.
            if isinstance(listed, Mapping) and all(isinstance(v, Mapping) for v in listed.values()):
                return list(listed.values())
    return None


def _is_digest(value: object) -> bool:
    made = value.get("generator") if isinstance(value, Mapping) else None
    return isinstance(made, Mapping) and made.get("name") == "summarize"


def _feed_title(value: object) -> str | None:
    """The name of a JSON Feed, which its items do not repeat."""
    fields = _folded(value)
    return _string(fields, ("title",)) if "jsonfeed" in str(fields.get("version")) else None


def _is_bare(fields: Fields) -> bool:
    """Whether a record without a text is one of a link, or leaves empty where it would stand."""
    linked = any(isinstance(fields.get(name), str) for name in _ADDRESS)
    return linked or any(not str(fields[name] or "").strip() for name in _TEXT if name in fields)


def text_fields(names: Sequence[str]) -> list[str]:
    """Those of some field names that hold an article's text."""
    return [name for name in names if _fold(name) in _TEXT]


def known_fields(names: Sequence[str]) -> list[str]:
    """Those of some field names that are read, or would be an article's address."""
    known = {*_TITLE, *_SOURCE, *_DATE, *_TEXT, *_ADDRESS}
    return [name for name in names if _fold(name) in known]


def read_record(value: object) -> Draft | UnreadableError:
    """The article in the fields of an object, whatever tool wrote it, or why there is none."""
    if not isinstance(value, Mapping):
        return UnreadableError("it is no JSON object with an article")
    fields = _folded(value)
    text = _text(fields)
    if text is None and _is_bare(fields):
        text = ""
    if text is None:
        return UnreadableError("it has no text field (text, body, content or articleBody)")
    try:
        found = _marked_up(text)
    except UnreadableError as error:
        return error
    published = next((day for name in _DATE if (day := parse_date(fields.get(name)))), None)
    return Draft(
        found.text,
        _string(fields, _TITLE) or found.title,
        _source(fields) or found.source,
        published or found.published,
    )


def _source(fields: Fields) -> str | None:
    """The first name of a publisher; the host of an address only where nothing else is stated."""
    stated = [value for name in _SOURCE if (value := _string(fields, (name,)))]
    hosts = [match[1] for value in stated if (match := _HOST.match(value.strip()))]
    return next((value for value in stated if not _HOST.match(value.strip())), None) or next(
        iter(hosts), None
    )


def _marked_up(text: str) -> Draft:
    if is_page(text):
        return read_html(text)
    return Draft(plain_text(text) if tagged(text) else text)


def _text(fields: Fields) -> str | None:
    for name in (*_TEXT, *_WRAPPED_TEXT):
        value = fields.get(name)
        if isinstance(value, Mapping):
            value = _inner(value, ("content", "rendered", "text", "value"))
        elif name in _WRAPPED_TEXT:
            continue
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
            value = _inner(value, ("name", "title", "rendered"))
        if isinstance(value, str) and value.strip():
            return plain_text(value) if tagged(value) else value
    return None


def _inner(value: Mapping[object, object], names: Sequence[str]) -> object:
    return next((value[name] for name in names if isinstance(value.get(name), str)), None)
