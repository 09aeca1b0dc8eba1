"""Lines as paragraphs, by the signs a typesetter leaves: gaps, indents and short last lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarize.reading.pdf.hyphens import Joiner
from summarize.reading.pdf.lines import Block, Line
from summarize.reading.pdf.measure import Measure, Style, ended, goes_on, same_size
from summarize.reading.text.plain import header_lines

__all__ = ["Paragraph", "paragraphs"]

_HYPHENATED = re.compile(r"\w[-‐\u00ad\ufffe]$")
_YEAR = re.compile(r"\d{4}")
_BULLET = re.compile(r"[•▪‣◦●■○□➢✓]|(?:[-–*]|\(?\d{1,2}[.)])\s")
# Shorter than this share of the column, a line ends a paragraph also without a full stop.
_SHORT = 0.7


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its text on one line, its font size, and the page it begins on (from 0)."""

    text: str
    size: float
    page: int


@dataclass(slots=True)
class _Run:
    """Lines of a paragraph, in the column where the last of them stands."""

    lines: list[Line]
    page: int
    block: int
    measure: Measure


def paragraphs(pages: Sequence[Sequence[Block]]) -> list[Paragraph]:
    """The paragraphs of a document's pages, joined across columns and pages."""
    blocks = [(page, block) for page, found in enumerate(pages) for block in found if block]
    style = Style([block for _, block in blocks])
    runs: list[_Run] = []
    for number, (page, block) in enumerate(blocks):
        for lines in _divided(block, style):
            run = _Run(lines, page, number, style.measure(block, lines[0].size))
            earlier = _interrupted(runs, run, style)
            if earlier is None:
                runs.append(run)
            else:
                earlier.lines += run.lines
                earlier.block, earlier.measure = run.block, run.measure
    joiner = Joiner([line.text for _, block in blocks for line in block])
    return [
        Paragraph(joiner.joined([line.text for line in run.lines]), run.lines[0].size, run.page)
        for run in runs
    ]


def _divided(block: Block, style: Style) -> list[list[Line]]:
    """The lines of a column, by paragraph."""
    divided = [[block[0]]]
    for index, (above, below) in enumerate(pairwise(block)):
        measure = style.measure(block, above.size)
        # Lines beside a picture are all short: they end where the line above them ends.
        narrowed = len(divided[-1]) > 1 and measure.same_end(block[index - 1], above)
        if _breaks(above, below, measure, style, narrowed=narrowed):
            divided.append([below])
        else:
            divided[-1].append(below)
    return divided


def _breaks(above: Line, below: Line, measure: Measure, style: Style, *, narrowed: bool) -> bool:
    """Whether a paragraph ends between two lines of one column."""
    if style.apart(above, below) or above.cells or below.cells:
        return True
    display = style.is_display(above)
    if not same_size(above, below):
        return display or style.is_display(below) or not goes_on(above, below)
    if _is_date(above) or _is_date(below):
        return True
    short = measure.leaves_room(above, below) and not narrowed
    return not display and _ends(above, below, measure, style, short=short)


def _ends(above: Line, below: Line, measure: Measure, style: Style, *, short: bool) -> bool:
    """Whether indents, line ends and words say that a paragraph ends."""
    if _HYPHENATED.search(above.text):
        return False
    if _BULLET.match(below.text) and (ended(above) or short):
        return True
    if style.indents and measure.indented(below) and not goes_on(above, below):
        return not (style.quotes and measure.indented(above)) or short or ended(above)
    if ended(above):
        return short
    return short and not goes_on(above, below) and measure.share(above) < _SHORT


def _is_date(line: Line) -> bool:
    """Whether the line states when the article was published, and nothing else."""
    if not _YEAR.search(line.text):  # most lines; the headers' patterns take longer
        return False
    return any(field in ("date", "updated") for field, _ in header_lines([line.text]).values())


def _interrupted(runs: Sequence[_Run], run: _Run, style: Style) -> _Run | None:
    """The paragraph of an earlier column that goes on here, None where a new one begins.

    Text of another size (a caption, a footnote) may stand between the two.
    """
    first = run.lines[0]
    alike = next((other for other in reversed(runs) if same_size(other.lines[-1], first)), None)
    if alike is None or alike.block == run.block or style.is_display(first):
        return None
    last = alike.lines[-1]
    if last.cells or first.cells or _BULLET.match(first.text):
        return None
    if goes_on(last, first):
        return alike
    if alike is not runs[-1] or (style.indents and run.measure.indented(first)):
        return None
    return None if alike.measure.leaves_room(last, first) else alike
