"""Which kinds of file there are, and how a file shows its kind: by its first bytes, else its name.

The bytes decide where they are unmistakable, as downloads and mail programs name files wrongly.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from summarize.reading.build import one_line

__all__ = ["HEAD_BYTES", "KINDS", "SUFFIXES", "Kind", "guess", "kind_of", "unsupported"]

# What the marks of all kinds lie within; the mark of a tar archive is at byte 257.
HEAD_BYTES = 1024


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its `suffixes` and what reads it.

    `module` and `function` of `summarize.reading` are imported when the first such file comes.
    `library` is what they need beyond the package's own dependencies, `extra` the extra of the
    package that installs it. `plain` kinds are read in the caller's process, others in a worker.
    """

    suffixes: tuple[str, ...]
    module: str
    function: str
    library: str = ""
    extra: str = ""
    plain: bool = False


KINDS: Mapping[str, Kind] = {
    "text": Kind((".txt", ".text"), "text.plain", "read_text", plain=True),
    "markdown": Kind((".md", ".markdown"), "text.plain", "read_markdown", plain=True),
    "page": Kind((".html", ".htm", ".xhtml", ".mhtml", ".mht"), "web.html", "read_html"),
    "json": Kind((".json",), "exports.jsonl", "read_json"),
    "lines": Kind((".jsonl", ".ndjson"), "exports.jsonl", "read_lines"),
    "pdf": Kind((".pdf",), "pdf.document", "read_pdf", "pypdfium2", "pdf"),
    "docx": Kind((".docx",), "docx", "read_docx", "python-docx", "docx"),
    "mail": Kind((".eml",), "mail.messages", "read_mail"),
    "mailbox": Kind((".mbox",), "mail.messages", "read_mailbox"),
    "feed": Kind((".rss", ".atom", ".xml"), "web.feed", "read_feed"),
    "csv": Kind((".csv",), "exports.table", "read_table"),
    "tsv": Kind((".tsv",), "exports.table", "read_table"),
    "warc": Kind((".warc",), "web.warc", "pages"),
    "zip": Kind((".zip",), "archives.zip", "zip_members"),
    "tar": Kind((".tar",), "archives.tar", "tar_members"),
    "gzip": Kind((".gz", ".tgz"), "archives.zip", "expanded"),
    "bzip2": Kind((".bz2", ".tbz2"), "archives.zip", "expanded"),
    "xz": Kind((".xz", ".txz"), "archives.zip", "expanded"),
}

_BY_SUFFIX = {suffix: name for name, kind in KINDS.items() for suffix in kind.suffixes}
SUFFIXES = tuple(_BY_SUFFIX)

_MARKS = (
    ("pdf", re.compile(rb"%PDF-\d")),
    ("zip", re.compile(rb"PK(?:\x03\x04|\x05\x06)")),
    ("gzip", re.compile(rb"\x1f\x8b\x08")),
    ("bzip2", re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")),
    ("xz", re.compile(rb"\xfd7zXZ\0")),
    ("tar", re.compile(rb".{257}ustar[\0 ]", re.DOTALL)),
    ("warc", re.compile(rb"WARC/\d\.\d\r?\n")),
    # The header of a page that a browser saved in one file (MHTML).
    ("page", re.compile(rb"From: <Saved by ")),
    # A sentence may begin with "From", but has no time of day in that place and no header below.
    ("mailbox", re.compile(rb"From \S+ .{0,40}\d\d:\d\d.{0,40}\d{4}.{0,20}\n[!-9;-~]+:\s")),
)  # fmt: skip
_SPACE = rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*"
_PAGE = re.compile(_SPACE + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(_SPACE + rb"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL)
_MAIL = re.compile(
    rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
    rb"(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version):",
    re.IGNORECASE,
)
# What programs write that can also write what is read.
_OFFICE_TEXTS = (".doc", ".odt", ".pages", ".rtf", ".wpd")
_OPENINGS = {b"{": "json", b"[": "json", b"<": "page"}


def kind_of(name: str, head: bytes) -> str | None:
    """The key in `KINDS` of a file called `name` that begins with `head`; None when unsupported."""
    suffix = PurePosixPath(name).suffix.lower()
    named = _BY_SUFFIX.get(suffix)
    shown = next((kind for kind, mark in _MARKS if mark.match(head)), None)
    if shown == "zip" and named == "docx":
        return named
    if shown is not None:
        return shown
    # Sites call their pages .shtml, .php and .aspx, and send a page where a file is gone.
    if _PAGE.match(head):
        return "page"
    return named or (None if suffix else guess(head))


def guess(head: bytes) -> str:
    """The kind of bytes that have neither a mark nor a telling name."""
    if _FEED.match(head):
        return "feed"
    if _MAIL.match(head):
        return "mail"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return _OPENINGS.get(start, "text")


def unsupported(name: str) -> str:
    """Why a file of that name is not read, as a sentence for the user."""
    suffix = PurePosixPath(name).suffix
    hint = "; save it as .docx" if suffix.lower() in _OFFICE_TEXTS else ""
    return f'"{one_line(suffix)}" files are not supported{hint}'
