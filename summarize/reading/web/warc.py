"""Web archives (ISO 28500): the pages among the responses they hold, one record in memory.

Everything that is no page, such as requests, pictures and errors of servers, is passed over.
"""

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO
from urllib.parse import urlsplit

from summarize.reading.archives.budget import MAX_RATIO, Budget, TooMuchError
from summarize.reading.archives.streams import Slice
from summarize.reading.build import Draft, Record, UnreadableError, one_line
from summarize.reading.files import MAX_FILE_BYTES, decode, load_stream
from summarize.reading.web.html import declared_charset, read_html

__all__ = ["Page", "pages"]

_VERSION = re.compile(rb"WARC/\d\.\d\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
_CHUNK_SIZE = re.compile(rb"\s*([0-9A-Fa-f]{1,8})\s*(?:;[^\n]{0,200})?\r?\n")
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_KINDS = (
    "warcinfo",
    "response",
    "resource",
    "request",
    "metadata",
    "revisit",
    "conversion",
    "continuation",
)
_DAMAGED = "it is damaged; some of its records are lost"
_MAX_LINE = 64 * 1024
_MAX_HEADERS = 500
_MAX_ADDRESS = 300
_LENGTH = re.compile(r"[0-9]{1,18}", re.ASCII)
_FOUND = re.compile(rb"HTTP/\d(?:\.\d)? 200\b")
_WINDOW_BITS = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}
# A page begins with a tag, compressed data have one "<" in 256 bytes.
_LOOK = 16
# Where a damaged part begins like a good one, reading fails several times at one place.
_MAX_STUCK = 100


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a web archive: "#" and its address, and its one record, read when asked for."""

    suffix: str
    records: Iterator[Record]


def pages(stream: BinaryIO, budget: Budget) -> Iterator[Page]:
    """The pages of a web archive in their order.

    Raises UnreadableError at the end when the archive is damaged or holds no page; all pages that
    could be found have been given by then.
    """
    seen: Counter[str] = Counter()
    damage: UnreadableError | None = None
    stuck = 0
    while stuck < _MAX_STUCK:
        try:
            line = stream.readline(_MAX_LINE)
            if not line:
                break
            stuck = 0
            if _VERSION.fullmatch(line):
                yield from _record(stream, seen, budget)
            elif line.strip() and damage is None:
                damage = UnreadableError(_DAMAGED)
        except TooMuchError:
            raise
        except UnreadableError as error:
            damage, stuck = damage or error, stuck + 1
    if damage or not seen:
        raise damage or UnreadableError("it holds no web pages")


def _record(stream: BinaryIO, seen: Counter[str], budget: Budget) -> Iterator[Page]:
    """The record whose version line was read, if it is a page."""
    headers = _headers(stream)
    length = headers.get("content-length", "")
    if not _LENGTH.fullmatch(length):
        raise UnreadableError(_DAMAGED)
    body = Slice(stream, int(length))
    kind, content = headers.get("warc-type"), headers.get("content-type", "")
    address = one_line(headers.get("warc-target-uri", "").strip("<>")) or ""
    if kind == "response" and "http" in content.lower():
        page = body.buffered()
        status = page.readline(_MAX_LINE)
        if not status.startswith(b"HTTP/"):
            raise UnreadableError(_DAMAGED)
        answer = _headers(page)
        if _FOUND.match(status) and _is_page(answer.get("content-type", "")):
            budget.count()
            yield _page(address, _answer(address, answer, page, budget), seen)
    elif kind == "resource" and _is_page(content):
        budget.count()
        yield _page(address, _resource(address, content, body.buffered()), seen)
    elif kind not in _KINDS:
        raise UnreadableError(_DAMAGED)
    if not body.skip():
        raise UnreadableError("it is cut off; what follows its last record is lost")


def _page(address: str, records: Iterator[Record], seen: Counter[str]) -> Page:
    seen[address] += 1
    times = f" ({seen[address]})" if seen[address] > 1 else ""
    return Page(f"#{address[:_MAX_ADDRESS]}{times}", records)


def _is_page(content: str) -> bool:
    return content.partition(";")[0].strip().lower() in _PAGE_TYPES


def _headers(stream: BinaryIO) -> Mapping[str, str]:
    """Header lines up to the blank one, by their names in lower case; the first of a name."""
    found: dict[str, str] = {}
    for _ in range(_MAX_HEADERS):
        line = stream.readline(_MAX_LINE)
        if not line.strip():
            return found
        name, _, value = line.decode("utf-8", "replace").partition(":")
        found.setdefault(name.strip().lower(), value.strip())
    raise UnreadableError(_DAMAGED)


def _resource(address: str, content: str, stream: BinaryIO) -> Iterator[Record]:
    yield "", _draft(address, content, load_stream(stream))


def _answer(
    address: str, headers: Mapping[str, str], stream: BinaryIO, budget: Budget
) -> Iterator[Record]:
    data = load_stream(stream)
    if "chunked" in headers.get("transfer-encoding", "").lower():
        data = _unchunked(data)
    coding = headers.get("content-encoding", "").strip().lower()
    yield "", _draft(address, headers.get("content-type", ""), _decoded(data, coding, budget))


def _draft(address: str, content: str, data: bytes) -> Draft:
    charset = _CHARSET.search(content)
    draft = read_html(decode(data, charset[1] if charset else declared_charset(data)))
    return replace(draft, source=draft.source or _host(address))


def _host(address: str) -> str | None:
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _unchunked(data: bytes) -> bytes:
    """The body without the sizes between its chunks.

    As it is when it has none: some tools take them out and leave the header.
    """
    chunks, at = [], 0
    while size := _CHUNK_SIZE.match(data, at):
        length = int(size[1], 16)
        if length == 0:
            break
        chunks.append(data[size.end() : size.end() + length])
        at = size.end() + length
    return b"".join(chunks) if chunks else data


def _decoded(data: bytes, coding: str, budget: Budget) -> bytes:
    """The body without its content coding; as it is when a tool has taken that out before."""
    if coding in ("", "identity"):
        return data
    if coding not in _WINDOW_BITS:
        raise UnreadableError(f'its encoding "{one_line(coding[:20])}" is not supported')
    for bits in _WINDOW_BITS[coding]:
        decoder = zlib.decompressobj(bits)
        try:
            body = decoder.decompress(data, MAX_FILE_BYTES + 1)
        except zlib.error:
            continue
        budget.spend(len(body), max(0, len(body) - MAX_RATIO * len(data)))
        return load_stream(io.BytesIO(body))
    if b"<" in data[:_LOOK]:
        return data
    raise UnreadableError("its compressed data are damaged")
