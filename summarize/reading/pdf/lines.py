"""Pieces of a page as lines in reading order: columns found, drop capitals put to their words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from summarize.reading.pdf.pieces import Piece

__all__ = ["Block", "Line", "blocks"]

# Shares of the font size. Pieces closer than this are one word; wider apart, cells of a table.
_SAME_WORD_EM = 0.1
_CELL_EM = 2.0
_ALIKE_EM = 0.2
# Leading is rarely below the font size, and a footnote's mark is raised by a third of it.
_SAME_LINE_EM = 0.45
# A gutter is at least this wide, and a column of text this (a narrower one is a table's).
_GUTTER_EM = 0.6
_COLUMN_EM = 8.0
_COLUMN_LINES = 3
_LONG_COLUMN_LINES = 8
# In the page's median size, and in the headline's own.
_HEADLINE = 1.15
_HEADLINE_LEADING = 1.6
_EDGE_POINTS = 2.0
_MAX_EDGES = 24
_MAX_DEPTH = 12
_DROP_CAPITAL = 1.6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column; lengths as in `Piece`. `cells`: it is a table's row."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    first: float
    cells: bool = False


# The lines of one column of one page, from top to bottom.
Block = tuple[Line, ...]


def blocks(pieces: Sequence[Piece]) -> list[Block]:
    """The columns of a page in reading order; text of each direction by itself, longest first."""
    found: list[Block] = []
    amounts = Counter[int]()
    for piece in pieces:
        amounts[piece.angle] += len(piece.text)
    for angle, _ in sorted(amounts.items(), key=lambda item: (-item[1], item[0])):
        level = [piece for piece in pieces if piece.angle == angle]
        level.sort(key=lambda piece: (-piece.baseline, piece.left))
        found += [_lines(region) for region in _ordered(_with_capitals(level), 0)]
    return found


def _ordered(pieces: list[Piece], depth: int) -> list[list[Piece]]:
    """The regions of one column each, in reading order."""
    bands = _bands(pieces) if depth < _MAX_DEPTH else None
    if bands is None:
        return [pieces]
    return [region for band in bands for region in _ordered(band, depth + 1)]


def _bands(pieces: list[Piece]) -> list[list[Piece]] | None:
    """The page divided at its best gutter, in reading order; None where it has no gutter."""
    size = median(piece.size for piece in pieces)
    first = min(piece.left for piece in pieces) + _COLUMN_EM * size
    starts = Counter(round(piece.left) for piece in pieces if piece.left > first)
    tied = [_belongs(piece, before, size) for before, piece in pairwise(pieces)]
    divisions = [
        _divided(pieces, tied, edge - _EDGE_POINTS, size)
        for edge, _ in starts.most_common(_MAX_EDGES)
    ]
    # The gutter that has most lines on its thinner side.
    lines, bands = max(divisions, key=lambda division: division[0], default=(0, []))
    return bands if lines else None


def _divided(
    pieces: Sequence[Piece], tied: Sequence[bool], edge: float, size: float
) -> tuple[int, list[list[Piece]]]:
    """The parts above, left, right and below by a gutter that ends at `edge`.

    Pieces that cross the gutter (a title, say) divide the page: what is above them comes before.
    With it the number of lines on the gutter's thinner side, 0 if it is none. `tied` says of each
    piece but the first whether it belongs to the one before it.
    """
    gutter = edge - _GUTTER_EM * size
    across = [piece.left < edge and piece.right > gutter for piece in pieces]
    for above, belongs in enumerate(tied):
        across[above + 1] = across[above + 1] or (belongs and across[above])
    for above in reversed(range(len(tied))):
        across[above] = across[above] or (tied[above] and across[above + 1])
    if all(across):
        return 0, []
    bands: list[list[Piece]] = [[]]
    thinner, proven = 0, False
    for crosses, run in groupby(range(len(pieces)), across.__getitem__):
        band = [pieces[index] for index in run]
        left = [piece for piece in band if piece.left < edge]
        right = [piece for piece in band if piece.left >= edge]
        if crosses or not left or not right:
            bands[-1] += band
            continue
        bands += [left, right, []]
        thinner += min(len(left), len(right))
        proven = proven or _are_columns(left, right)
    return thinner if proven else 0, [band for band in bands if band]


def _are_columns(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether these are columns of text. A last line or two may stand beside a long one."""
    fewer, more = sorted((left, right), key=_levels)
    if _levels(fewer) < _COLUMN_LINES:
        return _levels(more) >= _LONG_COLUMN_LINES and _column_width(more) >= _COLUMN_EM
    return min(map(_column_width, (left, right))) >= _COLUMN_EM


def _levels(pieces: Sequence[Piece]) -> int:
    """How many lines the pieces are of."""
    return len({round(piece.baseline) for piece in pieces})


def _column_width(pieces: Sequence[Piece]) -> float:
    """The width of the wider pieces in font sizes: a list's short lines stand in a column too."""
    widths = sorted((piece.right - piece.left) / piece.size for piece in pieces)
    return widths[-1 - len(widths) // 10]


def _belongs(piece: Piece, other: Piece, size: float) -> bool:
    """Whether a piece stands on another's line, or is the next line of the same headline."""
    headline = min(piece.size, other.size) > _HEADLINE * size and piece.size == other.size
    near = abs(piece.baseline - other.baseline) < _HEADLINE_LEADING * piece.size
    return _same_level(piece, other) or (headline and near)


def _same_level(one: Piece, other: Piece) -> bool:
    return abs(one.baseline - other.baseline) < _SAME_LINE_EM * max(one.size, other.size)


def _with_capitals(pieces: list[Piece]) -> list[Piece]:
    """The pieces with each drop capital put before its word.

    The lines beside it get its left edge: they are not indented, they make room.
    """
    if not pieces:
        return pieces
    size = median(piece.size for piece in pieces)
    for capital in [p for p in pieces if len(p.text) == 1 and p.size > _DROP_CAPITAL * size]:
        beside = [
            piece
            for piece in pieces
            if 0 <= piece.left - capital.left < capital.right - capital.left + size
            and capital.baseline - size < piece.baseline < capital.baseline + capital.size
            and piece is not capital
        ]
        if capital.text.isalpha() and len(beside) > 1:
            moved = {id(piece): replace(piece, left=capital.left) for piece in beside}
            start = moved[id(beside[0])]
            moved[id(beside[0])] = replace(start, text=capital.text + start.text)
            pieces = [moved.get(id(piece), piece) for piece in pieces if piece is not capital]
    return pieces


def _lines(pieces: Iterable[Piece]) -> Block:
    """The lines of one column, from pieces sorted from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in pieces:
        if rows and _same_level(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return tuple(_line(row) for row in rows)


def _line(row: list[Piece]) -> Line:
    row.sort(key=lambda piece: piece.left)
    longest = max(row, key=lambda piece: len(piece.text))
    text = row[0].text
    gaps = []
    for before, piece in pairwise(row):
        gap = (piece.left - before.right) / longest.size
        mark = before.text[-1].isdigit() and piece.text[0].isdigit()
        text += (" " if gap > _SAME_WORD_EM or mark else "") + piece.text
        gaps.append(gap)
    return Line(
        text=text,
        left=row[0].left,
        right=max(piece.right for piece in row),
        baseline=longest.baseline,
        size=longest.size,
        first=row[0].first,
        cells=_is_row(gaps),
    )


def _is_row(gaps: Sequence[float]) -> bool:
    """Whether gaps (in font sizes) are those of a table's row; a justified line's are all alike."""
    wide = [gap for gap in gaps if gap > _CELL_EM]
    return len(wide) > 1 and max(wide) - min(wide) > _ALIKE_EM
