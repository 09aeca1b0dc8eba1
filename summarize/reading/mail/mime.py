"""Messages as mail programs send them (RFC 5322, 2045 to 2047), taken apart within limits.

The standard library's parser calls itself for each part in a part and tries every line against the
boundaries of all of them, so that a small file keeps it busy for hours. Here parts are cut out by
their boundaries to a limited depth; the library reads parameters and encoded words.
"""

import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from dataclasses import field as default
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from quopri import decodestring

from summarize.reading.build import UnreadableError, one_line

__all__ = ["MAX_MAILS", "Limits", "Part", "field", "file_name", "parse_message", "sender"]

MAX_PARTS = 1000
MAX_DEPTH = 20
MAX_MAILS = 10
_MAX_HEADER_BYTES = 256 * 1024
_MAX_FIELD_CHARS = 2000
_MAX_NAME_CHARS = 100

_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:>?From [^\n]*\n)?")
_FIELD = re.compile(
    rb"^([!-9;-~]{1,100})[ \t]*:[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)", re.MULTILINE
)
_FOLD = re.compile(rb"\r?\n[ \t]+")
_BLANK = re.compile(rb"^[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
_FIRST_RULE = re.compile(rb"^--([^\s-][^\r\n]{0,98}|-[^\r\n]{0,68}[^\s-])[ \t]*\r?$", re.MULTILINE)
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\s]")
_MAX_FOREIGN_SHARE = 0.01
_ENCODED = re.compile(r"(=\?[^?\s]{1,40}\?[bq]\?[^?\s]*\?=)\s+(?==\?)", re.IGNORECASE)
_SEPARATORS = re.compile(r"[/\\:]+")
_ENCRYPTED = frozenset(["multipart/encrypted", "application/pkcs7-mime"])
# Every mail has one of these.
_USUAL = ("from", "date", "subject", "to", "received", "message-id", "content-type")

_WANTED = frozenset([
    *_USUAL, "content-disposition", "content-transfer-encoding",
])  # fmt: skip

_EXTENSIONS = {
    "text/plain": ".txt", "text/html": ".html", "text/markdown": ".md", "text/csv": ".csv",
    "text/calendar": ".ics", "application/json": ".json", "application/pdf": ".pdf",
    "application/rss+xml": ".rss", "application/atom+xml": ".atom", "application/rtf": ".rtf",
    "application/zip": ".zip", "message/rfc822": ".eml", "image/gif": ".gif", "image/jpeg": ".jpg",
    "image/png": ".png",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a message is read: `parts` gives a number for each, `mails` is the depth left."""

    parts: Iterator[int] = default(default_factory=lambda: iter(range(MAX_PARTS)))
    mails: int = MAX_MAILS


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message: its media type, and the parts in it or else what it holds, encoded."""

    header: Message
    kind: str
    body: bytes
    parts: tuple["Part", ...] = ()

    @property
    def attached(self) -> bool:
        """Whether it is a file of its own and not a piece of the mail's text."""
        return self.sent_along or bool(_stated_name(self))

    @property
    def sent_along(self) -> bool:
        """Whether the mail says that it is attached, and not shown within its text."""
        disposition = field(self.header, "content-disposition").partition(";")[0]
        return disposition.strip().lower() == "attachment"

    def parameter(self, name: str) -> str:
        """A parameter of its Content-Type, "" when it is not given or broken."""
        return _lenient(lambda: self.header.get_param(name))

    def walk(self) -> Iterator["Part"]:
        """This part and all in it."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def content(self) -> bytes:
        """What it holds, decoded as its Content-Transfer-Encoding says if that can be true."""
        encoding = field(self.header, "content-transfer-encoding").strip().lower()
        if encoding == "quoted-printable":
            return decodestring(self.body)
        if encoding == "base64":
            return _from_base64(self.body)
        return self.body


def parse_message(data: bytes, limits: Limits) -> Part:
    """A message with its parts; `UnreadableError` where it is none or passes a limit."""
    if limits.mails <= 0:
        raise UnreadableError(f"its mails are nested more than {MAX_MAILS} deep")
    start = _START.match(data)
    message = _parsed(data[start.end() if start else 0 :], limits, MAX_DEPTH, "text/plain")
    if not any(name in message.header for name in _USUAL):
        raise UnreadableError("it is no mail: it has no header lines such as From: and Subject:")
    if any(part.kind in _ENCRYPTED for part in message.walk()):
        raise UnreadableError("it is encrypted")
    return message


def _parsed(data: bytes, limits: Limits, depth: int, usual: str) -> Part:
    if depth <= 0:
        raise UnreadableError(f"its parts are nested more than {MAX_DEPTH} deep")
    if next(limits.parts, None) is None:
        raise UnreadableError(f"it has more than {MAX_PARTS:,} parts")
    end = _BLANK.search(data)
    header = _header(data[: end.start()] if end else data)
    header.set_default_type(usual)
    kind, body = header.get_content_type(), data[end.end() :] if end else b""
    if not kind.startswith("multipart/"):
        return Part(header, kind, body)
    inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
    pieces = _pieces(body, _lenient(header.get_boundary))
    parts = tuple(_parsed(piece, limits, depth - 1, inner) for piece in pieces)
    return Part(header, kind, body, parts) if parts else Part(header, "text/plain", body)


def _header(data: bytes) -> Message:
    """The fields of a header. Lines that are no field are passed over, not taken for the text."""
    if len(data) > _MAX_HEADER_BYTES:
        raise UnreadableError(f"its header is longer than {_MAX_HEADER_BYTES // 1024} KB")
    header = Message()
    for match in _FIELD.finditer(data):
        name = match[1].decode("ascii").lower()
        if name in _WANTED and name not in header:
            header[name] = _text(_FOLD.sub(b" ", match[2]))[:_MAX_FIELD_CHARS].replace("\r", " ")
    return header


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


def _pieces(body: bytes, boundary: str) -> Iterator[bytes]:
    """What stands between the lines with the boundary, or with the first rule if none is named."""
    if not boundary:
        rule = _FIRST_RULE.search(body)
        if rule is None:
            return
        boundary = rule[1].decode("utf-8", "replace")
    line = re.compile(
        rb"^--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*\r?(?:\n|\Z)",
        re.MULTILINE,
    )
    begin = None
    for rule in line.finditer(body):
        if begin is not None:
            yield body[begin : rule.start()]
        begin = rule.end()
        if rule[1]:
            return
    if begin is not None and body[begin:].strip():
        yield body[begin:]  # cut off: the last line is missing


def _from_base64(body: bytes) -> bytes:
    foreign = len(_NOT_BASE64.findall(body))
    if foreign > _MAX_FOREIGN_SHARE * len(body):
        return body  # said to be encoded, and plainly is not
    digits = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
    return binascii.a2b_base64(digits[: len(digits) // 4 * 4] + _rest(digits))


def _rest(digits: bytes) -> bytes:
    # A single digit at the end holds no whole byte.
    last = digits[len(digits) // 4 * 4 :]
    return last + b"=" * (4 - len(last)) if len(last) > 1 else b""


def _lenient(read: Callable[[], object]) -> str:
    """A parameter, where the library does not stumble over how it is written."""
    try:
        value = read()
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""
    return value if isinstance(value, str) else ""


def field(header: Message, name: str) -> str:
    """A field with its encoded words decoded (RFC 2047), "" when it is not there."""
    return _words(str(header.get(name) or ""))


def _words(value: str) -> str:
    if "=?" not in value:
        return value
    try:
        return "".join(
            text if isinstance(text, str) else text.decode(charset or "ascii", "replace")
            for text, charset in decode_header(_ENCODED.sub(r"\1", value))
        )
    except (HeaderParseError, ValueError, LookupError):
        return value


def sender(value: str) -> str | None:
    """Who sent a mail: the name beside the address, else the address's host."""
    name, address = _lenient_address(value)
    return one_line(name.strip("\"' ")) or one_line(address.rpartition("@")[2].lower())


def _lenient_address(value: str) -> tuple[str, str]:
    name, bracket, _ = value.partition("<")
    if bracket and name.strip():
        return name, ""
    try:
        shown, address = parseaddr(value[:_MAX_FIELD_CHARS])
    except RecursionError:  # comments in comments
        shown = address = ""
    if "@" in address:
        return shown, address
    return re.sub(r"[\[(<].*", "", value[:_MAX_FIELD_CHARS]), ""


def file_name(part: Part, number: int) -> str:
    """A name for a part that can stand in a path, with the suffix of its format."""
    name = _SEPARATORS.sub("_", one_line(_stated_name(part)) or "")
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem:
        base = "message" if part.kind == "message/rfc822" else "part"
        return f"{name[:_MAX_NAME_CHARS] or f'{base} {number}'}{_EXTENSIONS.get(part.kind, '')}"
    return f"{stem[:_MAX_NAME_CHARS]}.{suffix[:_MAX_NAME_CHARS]}"


def _stated_name(part: Part) -> str:
    return _words(_lenient(part.header.get_filename))
