"""Word files (.docx): what a reader of the page sees, one paragraph a line."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from summarize.reading.build import Draft, UnreadableError
from summarize.reading.docx_text import Story, Written
from summarize.reading.jsonl import Record
from summarize.reading.text import is_headline

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["MAX_PARTS", "MAX_UNPACKED_BYTES", "MAX_XML_BYTES", "read_docx"]

# Pictures may be large; the XML of two million characters of text is not.
MAX_UNPACKED_BYTES = 256 * 1024**2
MAX_XML_BYTES = 64 * 1024**2
MAX_PARTS = 5_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DAMAGED = "it is damaged or no Word file (.docx)"
_RTF = b"{\\rtf"
_XML_SUFFIXES = (".xml", ".rels")
# No part of a Word file has a document type: it is only good for entities that grow.
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E", re.IGNORECASE)
_TITLE_STYLE = "title"
_HEADING_STYLE = "heading 1"
# Titles that programs fill in by themselves.
_GENERIC = re.compile(
    r"(?:microsoft word|untitled|document|doc|dokument|powerpoint|print|new|blank|template)\b.*"
    r"|.*\.(?:docx?|dotx?|odt|rtf|txt|pdf)",
    re.IGNORECASE,
)


def read_docx(data: bytes) -> Iterator[Record]:
    """The one article of a Word file: paragraphs, lists, table rows, text boxes and notes.

    Insertions that are tracked count, deletions do not. The dates in the file's properties are
    those of writing and saving: no evidence. Raises `UnreadableError` for what is encrypted,
    damaged or too large, and `ModuleNotFoundError` without python-docx.
    """
    _check(data)
    document = _opened(data)
    written = Story(document).paragraphs()
    text = "\n".join(paragraph.text for paragraph in written)
    if not text:
        raise UnreadableError("it has no text")
    yield "", Draft(text, _title(written) or _stated_title(document))


def _check(data: bytes) -> None:
    """Refuse, before anything is parsed, what is no Word file or would unpack without end."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableError("it is encrypted; save it without a password")
        raise UnreadableError("it is an old Word file (.doc); save it as .docx")
    if data.lstrip()[:5] == _RTF:
        raise UnreadableError("it is an RTF file; save it as .docx")
    try:
        with ZipFile(BytesIO(data)) as package:
            _check_parts(package)
    except UnreadableError:
        raise
    except Exception as error:  # zipfile lets those of the decompressors through
        raise UnreadableError(_DAMAGED) from error


def _check_parts(package: ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MAX_PARTS:
        raise UnreadableError(f"it has more than {MAX_PARTS:,} parts")
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableError("it is encrypted; save it without a password")
    xml = [part for part in parts if part.filename.lower().endswith(_XML_SUFFIXES)]
    for listed, limit in ((parts, MAX_UNPACKED_BYTES), (xml, MAX_XML_BYTES)):
        if sum(part.file_size for part in listed) > limit:
            raise UnreadableError(f"it unpacks to more than {limit // 1024**2} MB")
    if any(_DOCTYPE.search(package.read(part)) for part in xml):
        raise UnreadableError("its XML has a document type, which Word files have not")


def _opened(data: bytes) -> "Document":
    import docx
    from docx.oxml.document import CT_Document

    try:
        document = docx.Document(BytesIO(data))
        whole = isinstance(document.element, CT_Document)
    except Exception as error:  # python-docx lets those of its parsers and look-ups through
        raise UnreadableError(_DAMAGED) from error
    if not whole:
        raise UnreadableError(_DAMAGED)
    return document


def _title(written: list[Written]) -> str | None:
    """The first paragraph in style "Title", or the very first one if it is a heading."""
    for index, paragraph in enumerate(written):
        if paragraph.style == _TITLE_STYLE or (index == 0 and paragraph.style == _HEADING_STYLE):
            return paragraph.text
    return None


def _stated_title(document: "Document") -> str | None:
    try:
        stated: Any = document.core_properties.title
    except Exception:  # noqa: BLE001 (a damaged part of which only the title is wanted)
        return None
    usable = stated and is_headline(stated) and not _GENERIC.fullmatch(stated.strip())
    return str(stated) if usable else None
