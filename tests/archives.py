"""Archives made for the tests."""

import gzip
from collections.abc import Iterable

BODY = "The council met on Monday and agreed to repair the old bridge.\n"
PAGE = (
    b"<!doctype html><html><head><title>Bridge to be repaired</title></head><body><article>"
    b"<h1>Bridge to be repaired</h1>"
    b"<p>The council met on Monday and agreed to repair the old bridge over the river.</p>"
    b"<p>Work is to begin in May and will take about six weeks, the council said on Monday.</p>"
    b"</article></body></html>"
)


def articles(*names: str) -> list[tuple[str, bytes]]:
    """One short article a name, each different."""
    return [(name, f"{BODY}This is report number {n}.\n".encode()) for n, name in enumerate(names)]


def warc_record(
    address: str,
    body: bytes = PAGE,
    *headers: str,
    kind: str = "response",
    status: str = "200 OK",
    content: str = "text/html; charset=utf-8",
) -> bytes:
    """One record of a web archive: what a server answered."""
    answer = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {content}", *headers, "", ""])
    if kind == "resource":
        answer = ""
    data = answer.encode() + body
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\n"
        f"Content-Type: {content if kind == 'resource' else 'application/http; msgtype=response'}"
        f"\r\nContent-Length: {len(data)}\r\n\r\n"
    ).encode() + data + b"\r\n\r\n"  # fmt: skip


def gzipped_records(records: Iterable[bytes]) -> bytes:
    """A web archive as crawlers write it: each record compressed by itself."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)
