"""The text of a Word document's XML (ECMA-376, part 1), as it shows on the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["Story", "Written"]

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
class Written:
    """A paragraph that has text, and the lower-case name of its style."""

    text: str
    style: str = ""


class Story:
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

    def paragraphs(self) -> list[Written]:
        """Everything that is written, without empty paragraphs."""
        body = self._document.element.body
        found = list(self._blocks(body)) if body is not None else []
        found += [Written(self._carried)] if self._carried else []
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

    def _blocks(self, container: Any) -> Iterator[Written]:
        for child in _elements(container):
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child)
            else:
                yield from self._blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Written]:
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
                yield Written(line, name)
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

    def _table(self, table: Any) -> Iterator[Written]:
        for row in _elements(table, f"{_W}tr"):
            cells = [list(self._blocks(cell)) for cell in _elements(row, f"{_W}tc")]
            filled = [cell for cell in cells if cell]
            if all(len(cell) == 1 and len(cell[0].text) <= _CELL_CHARS for cell in filled):
                if filled:
                    yield Written("\t".join(cell[0].text for cell in filled))
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
