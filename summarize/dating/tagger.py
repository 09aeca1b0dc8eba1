"""Time expressions of a news text with their TIMEX3 type and value (TimeML 1.2.1).

`find` in `timex` is the narrower reading that dating rests on: expressions that name a day, month
or year. Here lengths, repetitions, quarters, clock times and references are read too, and all of
them get a value for a known day of publication. On dev/timebank (benchmarks/studies/timex.py) value
F1 is .858 on the half that the rules were made on and .775 on the other.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import itemgetter

from summarize.dating import daytimes, durations, quarters, references
from summarize.dating.scene import Kind, Rule, Scene
from summarize.dating.tense import looks_ahead
from summarize.dating.timevalues import resolve
from summarize.dating.timex import TimeExpression, claim, find

__all__ = ["Timex", "tag"]

Ahead = Callable[[str, int, int], bool]

_RULES = (*durations.RULES, *daytimes.RULES, *quarters.RULES, *references.RULES)
_LAST_RULES = (*references.LAST_RULES, *durations.LAST_RULES)


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression at `start` to `end` of a text.

    `kind` is its TIMEX3 type; `value` its TIMEX3 value: an ISO date or part of one ("1998-08-07",
    "1989-Q3", "1998-W11", "198X"), a length ("P3D", "PXM"), or a reference ("PRESENT_REF").
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: str


# Where an expression stands, its type, and how its value is found once those before it are read.
_Candidate = tuple[int, int, Kind, Callable[[Scene], str | None]]


def tag(text: str, published: date, ahead: Ahead = looks_ahead) -> tuple[Timex, ...]:
    """The time expressions of a whole `text`, published on that day, in order.

    None overlaps another. Expressions that refer back ("a year earlier") are read from those
    before them, so the text is best given at once. `ahead` tells of a text and the start and end
    of an expression in it whether that lies ahead ("will meet on Monday").
    """
    # A blank line ends a paragraph; no expression reaches over it.
    plain = text.replace("\n\n", "\n\0")
    scene = Scene(published, partial(ahead, plain))
    tagged = []
    for start, end, kind, read in sorted(_candidates(plain), key=itemgetter(0)):
        try:
            value = read(scene)
            scene.note(value or "")
        except (OverflowError, ValueError):  # a day that the calendar does not have
            continue
        if value is not None:
            tagged.append(Timex(start, end, text[start:end], kind, value))
    return tuple(tagged)


def _candidates(text: str) -> Iterator[_Candidate]:
    """What the rules find, without what overlaps an earlier find."""
    taken = bytearray(len(text))
    for start, end, kind, read in _matches(text):
        if claim(taken, start, end):
            yield start, end, kind, read


def _matches(text: str) -> Iterator[_Candidate]:
    """All that looks like a time expression, the surest rules first."""
    yield from _by_rules(text, _RULES)
    for found in find(text):
        if found.kind != "horizon":
            yield found.start, found.end, "DATE", partial(_resolved, found)
    yield from _by_rules(text, _LAST_RULES)


def _by_rules(text: str, rules: Sequence[Rule]) -> Iterator[_Candidate]:
    for rule in rules:
        for match in rule.pattern.finditer(text):
            yield *match.span(), rule.kind, partial(rule.read, match)


def _resolved(expression: TimeExpression, scene: Scene) -> str | None:
    open_ = expression.kind == "bare" or expression.weekday is not None
    ahead = open_ and scene.ahead(expression.start, expression.end)
    return resolve(expression, scene.published, future=ahead)
