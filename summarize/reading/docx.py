"""Word files (.docx): what a reader of the page sees, one paragraph a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from summarize.reading.build import Draft, Record, UnreadableError
from summarize.reading.text.plain import is_headline

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

# The XML of Word: ECMA-376, part 1.
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NOTES = {f"{_W}footnoteReference": "footnotes", f"{_W}endnoteReference": "endnotes"}
_CHARACTERS = {
    f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}ptab": " ",
}  # fmt: skip
_TEXTS = (f"{_W}t", f"{_M}t")
# Deleted or moved away, properties, phonetic guides.
_UNSEEN = frozenset(
    f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sectPr", "sdtPr", "rt", "tblPr")
)
# Rows of longer cells are text in columns: their paragraphs stay apart.
_CELL_CHARS = 60
_PRIVATE = range(0xE000, 0xF900)


@dataclass(frozen=True, slots=True)
class _Written:
    """A paragraph that has text, and the lower-case name of its style."""

    text: str
    style: str = ""


def read_docx(data: bytes) -> Iterator[Record]:
    """The one article of a Word file: paragraphs, lists, table rows, text boxes and notes.

    Insertions that are tracked count, deletions do not. The dates in the file's properties are
    those of writing and saving: no evidence. Raises `UnreadableError` for what is encrypted,
    damaged or too large, and `ModuleNotFoundError` without python-docx.
    """
    _check(data)
    document = _opened(data)
    written = _Body(document).paragraphs()
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


def _title(written: list[_Written]) -> str | None:
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


class _Body:
    """The paragraphs of a document in order: text boxes where they hang, notes last."""

    def __init__(self, document: "Document") -> None:
        self._document = document
        self._styles = {
            style.get(f"{_W}styleId"): (name.get(f"{_W}val") or "").lower()
            for style in document.styles.element.iter(f"{_W}style")
            for name in style.iter(f"{_W}name")
        }
        self._referred: list[tuple[str, str]] = []
        self._carried = ""

    def paragraphs(self) -> list[_Written]:
        """Everything that is written, without empty paragraphs."""
        body = self._document.element.body
        found = list(self._blocks(body)) if body is not None else []
        found += [_Written(self._carried)] if self._carried else []
        notes = {kind: self._notes(kind) for kind, _ in self._referred}
        for kind, number in self._referred:
            note = notes[kind].pop(number, None)
            found += self._blocks(note) if note is not None else ()
        return found

    def _notes(self, kind: str) -> dict[str, Any]:
        """The notes of a kind by number."""
        from docx.oxml.parser import parse_xml

        for relation in self._document.part.rels.values():
            if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
                part: Any = parse_xml(relation.target_part.blob)
                return {note.get(f"{_W}id"): note for note in part if isinstance(note.tag, str)}
        return {}

    def _blocks(self, container: Any) -> Iterator[_Written]:
        for child in _elements(container):
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child)
            else:
                yield from self._blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[_Written]:
        """The lines of a paragraph, then of the text boxes that hang on it."""
        boxes: list[Any] = []
        text = self._carried + "".join(self._inline(paragraph, boxes))
        self._carried = ""
        if paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
            self._carried = text  # its end is deleted: the next paragraph goes on in it
            text = ""
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = self._styles.get(style.get(f"{_W}val"), "") if style is not None else ""
        for line in text.split("\n"):
            if line := " ".join(line.split()):
                yield _Written(line, name)
        for box in boxes:
            yield from self._blocks(box)

    def _inline(self, element: Any, boxes: list[Any]) -> Iterator[str]:
        for child in _elements(element):
            if child.tag in _TEXTS:
                yield child.text or ""
            elif child.tag in _CHARACTERS:
                yield _CHARACTERS[child.tag]
            elif child.tag in _NOTES:
                self._referred.append((_NOTES[child.tag], child.get(f"{_W}id") or ""))
            elif child.tag == f"{_W}sym":
                yield _symbol(child.get(f"{_W}char") or "")
            elif child.tag == f"{_W}txbxContent":
                boxes.append(child)
            else:
                yield from self._inline(child, boxes)

    def _table(self, table: Any) -> Iterator[_Written]:
        for row in _elements(table, f"{_W}tr"):
            cells = [list(self._blocks(cell)) for cell in _elements(row, f"{_W}tc")]
            filled = [cell for cell in cells if cell]
            if all(len(cell) == 1 and len(cell[0].text) <= _CELL_CHARS for cell in filled):
                if filled:
                    yield _Written("\t".join(cell[0].text for cell in filled))
            else:
                for cell in filled:
                    yield from cell


def _elements(parent: Any, wanted: str | None = None) -> Iterator[Any]:
    """The child elements that show on the page; with `wanted`, those, also inside wrappers."""
    for child in parent:
        if not isinstance(child.tag, str) or child.tag in _UNSEEN or _hidden(child):
            continue
        if child.tag == f"{_MC}AlternateContent":
            # The same content for newer and for older programs.
            choice = child.find(f"{_MC}Choice")
            choice = choice if choice is not None else child.find(f"{_MC}Fallback")
            if choice is not None:
                yield from _elements(choice, wanted)
        elif wanted is None or child.tag == wanted:
            yield child
        else:
            yield from _elements(child, wanted)


def _hidden(element: Any) -> bool:
    """Whether it is a hidden run, a placeholder's text, or a row that is deleted."""
    if element.tag == f"{_W}r":
        mark = element.find(f"{_W}rPr/{_W}vanish")
        return mark is not None and mark.get(f"{_W}val") not in ("0", "false", "off")
    if element.tag == f"{_W}sdt":
        return element.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
    return element.tag == f"{_W}tr" and element.find(f"{_W}trPr/{_W}del") is not None


def _symbol(code: str) -> str:
    """A character of a symbol font, if it is one of Unicode's."""
    try:
        number = int(code, 16)
        return "" if number in _PRIVATE else chr(number)
    except (ValueError, OverflowError):
        return ""
