"""Running heads, running feet and page numbers: what pages repeat at the same place.

A single page repeats nothing, but shows what browsers print around every page by its form.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from summarize.reading.pdf.pieces import Piece

__all__ = ["without_furniture"]

# Heads and feet are among this many outermost lines of a page.
_EDGE_LINES = 3
_SAME_PLACE_POINTS = 1.5
# Of the pages; left and right ones may have different heads.
_MIN_SHARE = 0.4
_MIN_PAGES = 2
_NUMBER = re.compile(r"[0-9]{1,9}")
# "Page 1 of 3", and "1/3" as browsers print it.
_OF_PAGES = re.compile(r"(?:page )?(\d{1,4}) ?(?:/|of) ?(\d{1,4})", re.IGNORECASE)
# Browsers print the moment of printing, and beside it the title of the page.
_MOMENT = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d(?:\s?[AP]M)?")

# A page's number and a piece at the page's edge.
_Found = tuple[int, Piece]


def without_furniture(pages: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """The pages without the pieces that repeat at the same height of an edge.

    Their text must be the same but for numbers that count with the pages.
    """
    alike: defaultdict[tuple[str, int], list[_Found]] = defaultdict(list)
    for number, pieces in enumerate(pages):
        for piece in _edge(pieces):
            alike[_NUMBER.sub("#", piece.text), piece.angle].append((number, piece))
    wanted = max(_MIN_PAGES, _MIN_SHARE * len(pages))
    repeated = {
        id(piece)
        for found in alike.values()
        for group in _by_place(found)
        if len({number for number, _ in group}) >= wanted and _counts(group)
        for _, piece in group
    }
    for number, pieces in enumerate(pages):
        repeated |= {id(piece) for piece in _printed(pieces, number + 1, len(pages))}
    cleared = [_without(pieces, repeated) for pieces in pages]
    return cleared if any(cleared) else [list(pieces) for pieces in pages]


def _printed(pieces: Sequence[Piece], number: int, count: int) -> Iterable[Piece]:
    """The outermost lines that say which of how many pages it is, or when it was printed."""
    levels = {round(piece.baseline) for piece in pieces}
    for level in {max(levels, default=0), min(levels, default=0)}:
        line = [piece for piece in pieces if round(piece.baseline) == level]
        stated = (_OF_PAGES.fullmatch(piece.text.strip()) for piece in line)
        numbered = any(found and (int(found[1]), int(found[2])) == (number, count)
                       for found in stated)  # fmt: skip
        if numbered or (len(line) > 1 and any(_MOMENT.fullmatch(p.text.strip()) for p in line)):
            yield from line


def _without(pieces: Sequence[Piece], repeated: set[int]) -> list[Piece]:
    """The pieces but for the lines of which every piece is repeated.

    A short word of the text may well stand twice at the same place; a whole line does not.
    """
    kept = {round(piece.baseline) for piece in pieces if id(piece) not in repeated}
    return [piece for piece in pieces if id(piece) not in repeated or round(piece.baseline) in kept]


def _edge(pieces: Sequence[Piece]) -> Iterable[Piece]:
    levels = sorted({round(piece.baseline) for piece in pieces})
    depth = min(_EDGE_LINES, 1 + len(levels) // 4)
    outermost = {*levels[:depth], *levels[-depth:]}
    return (piece for piece in pieces if round(piece.baseline) in outermost)


def _by_place(found: Iterable[_Found]) -> Iterable[list[_Found]]:
    groups: list[list[_Found]] = []
    for number, piece in sorted(found, key=lambda item: (item[1].baseline, item[0])):
        last = groups[-1][-1][1].baseline if groups else None
        if last is not None and piece.baseline - last < _SAME_PLACE_POINTS:
            groups[-1].append((number, piece))
        else:
            groups.append([(number, piece)])
    return groups


def _counts(group: Sequence[_Found]) -> bool:
    """Whether each number in the pieces is the same everywhere or grows with the pages."""
    numbers = [[int(digits) for digits in _NUMBER.findall(piece.text)] for _, piece in group]
    pages = [number for number, _ in group]
    return all(
        len(set(column)) == 1
        or len({value - page for value, page in zip(column, pages, strict=True)}) == 1
        for column in zip(*numbers, strict=True)
    )
