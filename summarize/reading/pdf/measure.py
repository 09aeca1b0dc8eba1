"""What a document's lines tell about how it is set: edges, leading, indents, sizes."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarize.reading.pdf.lines import Block, Line

__all__ = ["Measure", "Style", "ended", "goes_on", "same_size"]

# Shares of the font size (em) or of the leading: chosen, like those of `lines`, `pieces` and
# `paragraphs`, by how type is set, and checked with the layouts of benchmarks/studies/pdf.py.
_SAME_SIZE = 0.04
_DISPLAY = 1.15
_GAP = 1.18
_INDENT_EM = 0.5
_MAX_INDENT_EM = 4.0
_SPACE_EM = 0.2
_SAME_END_POINTS = 1.0
# Without lines to learn it from, leading is no more than this share of the size.
_WIDE_LEADING = 1.5
# A distance or an edge that this share of the lines has is no exception.
_USUAL = 0.1
_MIN_LINES = 4
_FULL_STOP = re.compile(r"[.!?…:][\"'”’»)\]]*$")


def same_size(one: Line, other: Line) -> bool:
    """Whether two lines are set in the same font size."""
    return abs(one.size - other.size) <= _SAME_SIZE * max(one.size, other.size)


def ended(line: Line) -> bool:
    """Whether a line ends as a sentence does."""
    return _FULL_STOP.search(line.text) is not None


def goes_on(line: Line, following: Line) -> bool:
    """Whether the words show that a sentence goes on from one line to the next."""
    return following.text[0].islower() and not ended(line)


@dataclass(frozen=True, slots=True)
class Measure:
    """The edges between which a column's lines of one size are set."""

    left: float
    right: float

    def indented(self, line: Line) -> bool:
        """Whether a line begins to the right of the others."""
        return _INDENT_EM * line.size < line.left - self.left < _MAX_INDENT_EM * line.size

    def leaves_room(self, line: Line, following: Line) -> bool:
        """Whether the next line's first word had fitted: the line was ended on purpose."""
        return line.right + _SPACE_EM * line.size + following.first < self.right

    def share(self, line: Line) -> float:
        """How much of the column's width the line takes."""
        return (line.right - self.left) / max(self.right - self.left, 1.0)

    @staticmethod
    def same_end(one: Line, other: Line) -> bool:
        """Whether two lines end below each other."""
        return abs(one.right - other.right) < _SAME_END_POINTS


class Style:
    """How a document is set."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        amounts = Counter[int]()
        self._distances: defaultdict[int, Counter[int]] = defaultdict(Counter)
        self._lefts: defaultdict[int, Counter[int]] = defaultdict(Counter)
        self._rights: dict[tuple[int, int], float] = {}
        self._measures: dict[tuple[int, int], Measure] = {}
        for block in blocks:
            for line in block:
                amounts[_points(line.size)] += len(line.text)
                self._lefts[_points(line.size)][round(line.left)] += 1
            for above, below in pairwise(block):
                if same_size(above, below):
                    distance = above.baseline - below.baseline
                    self._distances[_points(above.size)][_points(distance)] += 1
        self.body = max(amounts, key=lambda size: (amounts[size], size), default=0) / 2
        self._leadings = {
            size: _leading(size / 2, found) for size, found in self._distances.items()
        }
        for block in blocks:
            self._learn(block)
        self.indents = self._indents(blocks)
        self.quotes = self._quotes(blocks)

    def is_display(self, line: Line) -> bool:
        """Whether a line is set larger than the text: a headline."""
        return line.size > _DISPLAY * self.body

    def apart(self, above: Line, below: Line) -> bool:
        """Whether the lines are further apart than lines of a paragraph."""
        distance = above.baseline - below.baseline
        leading = self._leadings.get(_points(above.size), _WIDE_LEADING * above.size)
        return distance > _GAP * leading

    def measure(self, block: Block, size: float) -> Measure:
        """The edges of a column's lines of a size."""
        key = (id(block), _points(size))
        if key not in self._measures:
            self._measures[key] = self._measured(block, size)
        return self._measures[key]

    def _learn(self, block: Block) -> None:
        """Keep the edges of a column that has lines enough, for those that have not."""
        for points, size in {_points(line.size): line.size for line in block}.items():
            measure = self.measure(block, size)
            if sum(_points(line.size) == points for line in block) >= _MIN_LINES:
                key = (points, round(measure.left))
                self._rights[key] = max(self._rights.get(key, 0.0), measure.right)

    def _measured(self, block: Block, size: float) -> Measure:
        lines = [line for line in block if abs(line.size - size) <= _SAME_SIZE * size]
        lefts = Counter(round(line.left) for line in lines)
        rights = sorted(line.right for line in lines)
        enough = max(2.0, _USUAL * len(lines))
        left = min((edge for edge, count in lefts.items() if count >= enough), default=min(lefts))
        right = rights[-1 - len(rights) // 20]
        if len(lines) >= _MIN_LINES:
            return Measure(left, right)
        usual = self._lefts[_points(size)]
        least = left - _MAX_INDENT_EM * size
        left = max(
            (edge for edge in usual if least <= edge <= left + 1),
            key=lambda edge: (usual[edge], edge),
            default=left,
        )
        return Measure(left, max(right, self._rights.get((_points(size), left), right)))

    def _indents(self, blocks: Sequence[Block]) -> bool:
        """Whether paragraphs begin with an indent.

        Lists hang the other way round: there the line above an indented one goes on.
        """
        votes = Counter[bool]()
        for block in blocks:
            for above, line, below in zip(block, block[1:], block[2:], strict=False):
                measure = self.measure(block, line.size)
                first = measure.indented(line) and not measure.indented(below)
                if first and same_size(line, below) and same_size(above, line):
                    votes[not goes_on(above, line)] += 1
        return votes[True] >= 2 and votes[True] > 2 * votes[False]

    def _quotes(self, blocks: Sequence[Block]) -> bool:
        """Whether there are paragraphs that are indented as a whole."""
        return any(
            goes_on(above, below) and measure.indented(above) and measure.indented(below)
            for block in blocks
            for above, below in pairwise(block)
            if same_size(above, below) and (measure := self.measure(block, below.size))
        )


def _points(length: float) -> int:
    """A length in half points, as a key."""
    return round(2 * length)


def _leading(size: float, distances: Counter[int]) -> float:
    """The least distance between lines that is usual."""
    enough = max(2.0, _USUAL * distances.total())
    found = [distance / 2 for distance, count in distances.items() if count >= enough and distance]
    return min((distance for distance in found if distance > 0), default=_WIDE_LEADING * size)
