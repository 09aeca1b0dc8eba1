"""PDF files: their text layer as an article. Scanned pages have none and are named."""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from summarize.reading.build import MAX_TEXT_CHARS, Draft, Record, UnreadableError
from summarize.reading.pdf.furniture import without_furniture
from summarize.reading.pdf.lines import blocks
from summarize.reading.pdf.paragraphs import Paragraph, paragraphs
from summarize.reading.pdf.pieces import Piece, page_pieces

if TYPE_CHECKING:
    import pypdfium2

__all__ = ["MAX_PAGES", "read_pdf"]

# Longer than any newspaper: a book.
MAX_PAGES = 500

_OCR = "scanned pages need OCR first"
# Private characters and U+FFFD stand where a font does not say what its glyphs are.
_UNKNOWN = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_MAX_UNKNOWN_SHARE = 0.3
_TITLE_WORDS = range(3, 26)
_LARGER = 1.15
_WORD = re.compile(r"\w+")


def read_pdf(data: bytes) -> Iterator[Record]:
    """The one article of a PDF file, its paragraphs a line each, and pages without text layer.

    Running heads and feet are left out, and so is every date that the file itself does not show:
    the one in its metadata is the day of printing. Raises `UnreadableError` for what is encrypted,
    damaged, too long or only scanned, and `ModuleNotFoundError` without pypdfium2.
    """
    with closing(_opened(data)) as document:
        count = len(document)
        if count > MAX_PAGES:
            raise UnreadableError(
                f"it has {count:,} pages, more than the {MAX_PAGES} that are read"
            )
        stated = document.get_metadata_value("Title")
        pages: list[list[Piece]] = []
        failed: dict[int, str] = {}
        left = MAX_TEXT_CHARS
        for number in range(count):
            try:
                pages.append(_pieces(document, number, left))
            except _PageError as error:
                pages.append([])
                failed[number] = str(error)
            left -= sum(len(piece.text) for piece in pages[-1])
    if not any(pages):
        raise UnreadableError(_no_text(failed))
    yield "", _draft(pages, stated)
    for number, reason in failed.items():
        yield f"#page{number + 1}", UnreadableError(f"page {number + 1} {reason}")


class _PageError(Exception):
    """A page gives no text; the message goes on after "page 3"."""


def _opened(data: bytes) -> "pypdfium2.PdfDocument":
    import pypdfium2
    import pypdfium2.raw

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            reason = "it is encrypted; save it without a password"
        elif error.err_code == pypdfium2.raw.FPDF_ERR_SECURITY:
            reason = "it is encrypted in a way that is not supported"
        else:
            reason = "it is damaged or no PDF"
        raise UnreadableError(reason) from error


def _pieces(document: "pypdfium2.PdfDocument", number: int, most: int) -> list[Piece]:
    import pypdfium2

    try:
        with closing(document[number]) as page, closing(page.get_textpage()) as text:
            if text.count_chars() > most:
                raise UnreadableError(f"its text has more than {MAX_TEXT_CHARS:,} characters")
            pieces = page_pieces(text)
            if not pieces and _has_image(page):
                raise _PageError(f"has no text layer; {_OCR}")
            return pieces
    except pypdfium2.PdfiumError as error:
        raise _PageError("is damaged") from error


def _has_image(page: "pypdfium2.PdfPage") -> bool:
    import pypdfium2.raw

    return next(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]), None) is not None


def _no_text(failed: dict[int, str]) -> str:
    if failed and all(reason == "is damaged" for reason in failed.values()):
        return "its pages are damaged"
    return f"it has no text layer; {_OCR}"


def _draft(pages: Sequence[Sequence[Piece]], stated: str) -> Draft:
    found = paragraphs([blocks(pieces) for pieces in without_furniture(pages)])
    text = "\n".join(paragraph.text for paragraph in found)
    if len(_UNKNOWN.findall(text)) > _MAX_UNKNOWN_SHARE * len(text):
        raise UnreadableError("its fonts do not say which characters they show; it needs OCR")
    return Draft(text, _title([paragraph for paragraph in found if paragraph.page == 0], stated))


def _title(first_page: Sequence[Paragraph], stated: str) -> str | None:
    """The title that the metadata state, if the first page shows it, else its largest text."""
    for paragraph in first_page:
        if _key(stated) == _key(paragraph.text) and len(_key(stated)) in _TITLE_WORDS:
            return paragraph.text
    headlines = [
        paragraph for paragraph in first_page if len(paragraph.text.split()) in _TITLE_WORDS
    ]
    largest = max(headlines, key=lambda paragraph: paragraph.size, default=None)
    sizes = sorted(
        size for paragraph in first_page for size in [paragraph.size] * len(paragraph.text)
    )
    if largest is None or largest.size < _LARGER * sizes[len(sizes) // 2]:
        return None
    return largest.text


def _key(text: str) -> list[str]:
    return _WORD.findall(text.lower())
