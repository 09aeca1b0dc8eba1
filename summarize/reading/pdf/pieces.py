"""The text of a PDF page as pieces that stand on one line, with their places on the page."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pypdfium2

__all__ = ["HYPHEN", "SPLIT_EM", "Piece", "page_pieces"]

# What pdfium gives for a hyphen at the end of a line, instead of the line's end.
HYPHEN = "\ufffe"
# A wider gap (in font sizes) may be a gutter between columns. Spaces of justified text can be as
# wide; `lines` puts such pieces together again where no other line confirms the gutter.
SPLIT_EM = 0.8
# Within a line, baselines differ by less than this (in font sizes).
_LEVEL_EM = 0.15
# A mark that hangs on a word is smaller, and raised or lowered within these bounds. A raised digit
# stays apart from the text's numbers: "2016" with the mark 3 is not 20163.
_LEAST_MARK, _MARK_SIZE = 0.4, 0.85
_MARK_CHARS = 4
_MARK_GAP_EM = 0.3
_MARK_SPACE_EM = 0.1
_LOWEST_MARK_EM, _HIGHEST_MARK_EM = -0.4, 0.7
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_OVERLAP_EM = 0.5
_WORD = re.compile(rf"[^\s{HYPHEN}]*{HYPHEN}|[^\s{HYPHEN}]+")
# A soft hyphen stays at the end of a word, where it may divide it.
_UNSEEN = re.compile("[\0\u200b-\u200d\u2060\ufeff]|\u00ad(?!$)")
_HALF = re.compile("[\ud800-\udfff]")
_HYPHEN_UNIT = 2
_UNIT = 0xFFFF
_MIN_SIZE = 0.1


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words on one line. Lengths are points, in the direction the text is read in.

    `first` is the width of the first word, `size` the font size, `angle` the direction in degrees.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    first: float
    angle: int = 0


class _Word(NamedTuple):
    text: str
    spaced: bool
    left: float
    right: float
    baseline: float
    size: float
    angle: int
    mark: bool = False


def page_pieces(page: "pypdfium2.PdfTextPage") -> list[Piece]:
    """The pieces of a page in the order of the file."""
    glyphs = _Glyphs(page)
    pieces: list[Piece] = []
    run: list[_Word] = []
    for start, end, after_space in _words(glyphs.text):
        for measured in glyphs.measured(start, end, spaced=after_space):
            word = _hung(run[-1], measured) if run else measured
            if run and not _goes_on(run[-1], word):
                pieces.append(_piece(run))
                run = []
            run.append(word)
    return [*pieces, _piece(run)] if run else pieces


def _words(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each word, and whether a space stands before it."""
    last = -1
    for match in _WORD.finditer(text):
        start, end = match.span()
        yield start, end, start > last
        last = end


def _hung(before: _Word, word: _Word) -> _Word:
    """A raised or lowered mark put on the line of the word it hangs on, its digits as such.

    pdfium ends a line at such a mark and at what follows it, so the gap decides about a space.
    """
    small = word.size < _MARK_SIZE * before.size and len(word.text) <= _MARK_CHARS
    if not small and not before.mark:
        return word
    raised = (word.baseline - before.baseline) / before.size
    near = abs(word.left - before.right) < _MARK_GAP_EM * before.size
    small = small and word.angle == before.angle and word.size > _LEAST_MARK * before.size
    if not (small and near and _LOWEST_MARK_EM < raised < _HIGHEST_MARK_EM):
        tied = before.mark and word.left - before.right < _MARK_SPACE_EM * word.size
        return word._replace(spaced=False) if tied else word
    text = word.text.translate(_RAISED) if raised > 0 else word.text
    return word._replace(
        text=text, spaced=False, baseline=before.baseline, size=before.size, mark=True
    )


def _goes_on(before: _Word, word: _Word) -> bool:
    size = min(before.size, word.size)
    return (
        before.angle == word.angle
        and abs(before.baseline - word.baseline) < _LEVEL_EM * size
        and -_OVERLAP_EM * size < word.left - before.right < SPLIT_EM * size
    )


def _piece(run: Sequence[_Word]) -> Piece:
    words = [(" " if word.spaced else "") + word.text for word in run]
    longest = max(run, key=lambda word: len(word.text))
    end = next((word for word in run[1:] if word.spaced), None)
    first = run[: run.index(end)] if end else run
    start = run[0]
    return Piece(
        text="".join(words).strip(),
        left=start.left,
        right=max(word.right for word in run),
        baseline=start.baseline,
        size=longest.size,
        first=first[-1].right - start.left,
        angle=start.angle,
    )


class _Glyphs:
    """The characters of a page by index: what they are, and where they stand."""

    def __init__(self, page: "pypdfium2.PdfTextPage") -> None:
        import ctypes

        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._page = page.raw
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box_at, self._matrix_at = ctypes.byref(self._box), ctypes.byref(self._matrix)
        self._x_at, self._y_at = ctypes.byref(self._x), ctypes.byref(self._y)
        self.text = self._text(page.count_chars())

    def _text(self, count: int) -> str:
        import ctypes

        # One call instead of one a character, where no character is left out of the page's text.
        buffer = (ctypes.c_ushort * (count + 1))()
        if self._pdfium.FPDFText_GetText(self._page, 0, count, buffer) == count + 1:
            return _characters(buffer[:count])
        unit = self._pdfium.FPDFText_GetUnicode
        return _characters([unit(self._page, index) for index in range(count)])

    def measured(self, start: int, end: int, *, spaced: bool) -> Iterator[_Word]:
        """The word as a piece; several where it changes its level, as at a footnote's mark."""
        while start < end:
            size, angle = self._size(start)
            level = self._level(start, angle)
            stop = end
            if abs(self._level(end - 1, angle) - level) >= _LEVEL_EM * size:
                stop = start + 1
                while abs(self._level(stop, angle) - level) < _LEVEL_EM * size:
                    stop += 1
            text = _plain(self.text[start:stop])
            left, right = self._edges(start, angle)[0], self._edges(stop - 1, angle)[1]
            if text and math.isfinite(left + right + level + size):
                yield _Word(text, spaced, left, right, level, size, angle)
            start, spaced = stop, False

    def _size(self, index: int) -> tuple[float, int]:
        self._pdfium.FPDFText_GetMatrix(self._page, index, self._matrix_at)
        matrix = self._matrix
        size = self._pdfium.FPDFText_GetFontSize(self._page, index)
        angle = round(math.degrees(math.atan2(matrix.b, matrix.a)))
        return max(_MIN_SIZE, abs(size) * math.hypot(matrix.c, matrix.d)), angle

    def _level(self, index: int, angle: int) -> float:
        self._pdfium.FPDFText_GetCharOrigin(self._page, index, self._x_at, self._y_at)
        return _turned(self._x.value, self._y.value, angle)[1]

    def _edges(self, index: int, angle: int) -> tuple[float, float]:
        self._pdfium.FPDFText_GetLooseCharBox(self._page, index, self._box_at)
        box = self._box
        if angle == 0:
            return box.left, box.right
        corners = [(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
        along = [_turned(x, y, angle)[0] for x, y in corners]
        return min(along), max(along)


def _turned(x: float, y: float, angle: int) -> tuple[float, float]:
    """A point in a frame in which text of this direction runs from left to right."""
    if angle == 0:
        return x, y
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return x * cosine + y * sine, y * cosine - x * sine


def _characters(units: Iterable[int]) -> str:
    """One character for each code unit, so that indexes stay those of the page."""
    return "".join([HYPHEN if unit == _HYPHEN_UNIT else chr(unit & _UNIT) for unit in units])


def _plain(word: str) -> str:
    """A word without marks that do not show, its halves of characters put together."""
    word = _UNSEEN.sub("", word)
    if _HALF.search(word):
        return word.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return word
