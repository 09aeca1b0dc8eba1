"""A small typesetter: articles as PDF files in the layouts that newspapers use.

The files are plain PDF 1.4 with the standard fonts, whose widths come from matplotlib's copy of
the Adobe metrics. Nothing but what the readers are measured on is supported.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["PAGE", "Layout", "Placed", "pdf", "typeset"]

PAGE = (595.0, 842.0)
_MARGIN = 56.0
_GUTTER = 18.0
_SYLLABLE = re.compile(r"(?<=[aeiouy][b-df-hj-np-tv-xz])(?=[b-df-hj-np-tv-xz][aeiouy])")
_SHORTEST = 3
_FONTS = ("Helvetica", "Helvetica-Bold", "Times-Roman")
# Where Adobe's standard encoding differs from ASCII.
_NAMES = {
    "quotesingle": "'", "grave": "`", "quoteleft": "‘", "quoteright": "’", "quotedblleft": "“",
    "quotedblright": "”", "endash": "–", "emdash": "—",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """How an article is set. Lengths are points; articles of one page have no `running` head."""

    columns: int = 1
    size: float = 10.0
    leading: float = 12.0
    gap: float = 0.0
    indent: float = 0.0
    justified: bool = False
    hyphenated: bool = False
    running: str = ""
    font: str = "Times-Roman"
    height: float = PAGE[1]


@dataclass(frozen=True, slots=True)
class Placed:
    """A stretch of text on a page: left end of its baseline, and how far its spaces stretch."""

    x: float
    y: float
    text: str
    size: float = 10.0
    stretch: float = 0.0
    font: str = "Times-Roman"


@cache
def _widths(font: str) -> dict[str, float]:
    """The width of the usual characters in thousandths of the font size."""
    import matplotlib as mpl

    path = Path(mpl.get_data_path()) / "fonts" / "pdfcorefonts" / f"{font}.afm"
    metric = re.compile(r"^C (-?\d+) ; WX (\d+) ; N (\w+)", re.MULTILINE)
    widths = {}
    for code, width, name in metric.findall(path.read_text(encoding="latin-1")):
        character = _NAMES.get(name, chr(int(code)) if int(code) in range(32, 127) else "")
        widths[character] = float(width)
    return widths


def _width(text: str, size: float, font: str) -> float:
    widths = _widths(font)
    return sum(widths.get(character, 500.0) for character in text) * size / 1000


def _syllables(word: str) -> Iterator[tuple[str, str]]:
    """The ways to divide a word, longest beginning first, with the hyphen."""
    for match in reversed(list(_SYLLABLE.finditer(word))):
        start, end = word[: match.start()], word[match.start() :]
        if len(start) >= _SHORTEST and len(end) >= _SHORTEST and word.isalpha() and word.islower():
            yield start + "-", end


def _lines(text: str, layout: Layout, width: float, size: float) -> list[str]:
    """Greedy line breaking, also after hyphens that the words have."""
    pieces = [piece for word in text.split() for piece in [*_parts(word), " "]][:-1]
    lines = [""]
    room = width - layout.indent
    pending = list(reversed(pieces))
    while pending:
        piece = pending.pop()
        if _width(lines[-1] + piece, size, layout.font) <= room or not lines[-1].strip():
            lines[-1] += piece
            continue
        if layout.hyphenated and piece.isalpha():
            for start, end in _syllables(piece):
                if _width(lines[-1] + start, size, layout.font) <= room:
                    lines[-1] += start
                    piece = end
                    break
        lines.append("" if piece == " " else piece)
        room = width
    return [line.strip() for line in lines]


def _parts(word: str) -> list[str]:
    return re.split(r"(?<=\w-)(?=\w)", word)


def typeset(title: str, paragraphs: Sequence[str], layout: Layout) -> bytes:
    """A PDF of the article: the title across the page, then the paragraphs in columns."""
    width = (PAGE[0] - 2 * _MARGIN - _GUTTER * (layout.columns - 1)) / layout.columns
    pages: list[list[Placed]] = [[]]
    top = layout.height - _MARGIN
    for line in _lines(title, Layout(font=layout.font), PAGE[0] - 2 * _MARGIN, 20.0):
        top -= 24.0
        pages[-1].append(Placed(_MARGIN, top, line, 20.0, font=layout.font))
    top -= 18.0
    column, y = 0, top
    for paragraph in paragraphs:
        lines = _lines(paragraph, layout, width, layout.size)
        for index, line in enumerate(lines):
            if y - layout.leading < _MARGIN:
                column += 1
                if column == layout.columns:
                    pages.append([])
                    column, top = 0, layout.height - _MARGIN
                y = top
            y -= layout.leading
            indent = layout.indent if index == 0 else 0.0
            spare = width - indent - _width(line, layout.size, layout.font)
            stretched = layout.justified and index < len(lines) - 1 and " " in line
            stretch = spare / line.count(" ") if stretched else 0.0
            x = _MARGIN + column * (width + _GUTTER) + indent
            pages[-1].append(Placed(x, y, line, layout.size, stretch, layout.font))
        y -= layout.gap
    if layout.running and len(pages) > 1:
        for number, page in enumerate(pages, start=1):
            page.insert(0, Placed(_MARGIN, layout.height - 36, layout.running, 8.0))
            page.append(Placed(PAGE[0] / 2, 30, str(number), 8.0))
    return pdf(pages, title=title, height=layout.height)


def pdf(
    pages: Sequence[Sequence[Placed] | bytes], *, title: str = "", height: float = PAGE[1]
) -> bytes:
    """A PDF file of pages of placed text, or of operators; `title` goes into its metadata."""
    names = " ".join(
        f"/{font} << /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>"
        for font in _FONTS
    )
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Title " + _string(title) + b" >>",
    ]
    for index, page in enumerate(pages):
        content = page if isinstance(page, bytes) else b"\n".join(map(_shown, page))
        box = f"[0 0 {PAGE[0]:g} {height:g}]"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Resources << /Font << {names} >> >>"
            f" /Contents {5 + 2 * index} 0 R >>".encode(),
            f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream",
        ]
    return _file(objects)


def _string(text: str) -> bytes:
    data = text.encode("cp1252", "replace")
    return b"(" + re.sub(rb"([\\()])", rb"\\\1", data) + b")"


def _shown(placed: Placed) -> bytes:
    set_up = (
        f"BT /{placed.font} {placed.size:g} Tf {placed.stretch:.3f} Tw"
        f" 1 0 0 1 {placed.x:.2f} {placed.y:.2f} Tm "
    )
    return set_up.encode() + _string(placed.text) + b" Tj ET"


def _file(objects: Sequence[bytes]) -> bytes:
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R >>\n"
    return data + f"{head}{trailer}startxref\n{len(data)}\n%%EOF\n".encode()
