"""Time expressions of a news text with their TIMEX3 type and value (TimeML 1.2.1).

`find` in `timex` is the narrower reading that dating rests on: expressions that name a day, month
or year. Here lengths, repetitions, quarters, clock times and references are read too, and all of
them get a value for a known day of publication.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from summarize.dating import anchored, durations
from summarize.dating.scene import Read, Scene
from summarize.dating.tense import looks_ahead
from summarize.dating.timevalues import resolve
from summarize.dating.timex import TimeExpression, find

__all__ = ["Timex", "tag"]

Kind = Literal["DATE", "TIME", "DURATION", "SET"]


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


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    kind: Kind
    value: "object"


def tag(text: str, published: date) -> tuple[Timex, ...]:
    """The time expressions of a whole `text`, published on that day, in order.

    None overlaps another. Expressions that refer back ("a year earlier") are read from those
    before them, so the text is best given at once.
    """
    # A blank line ends a paragraph; no expression reaches over it.
    plain = text.replace("\n\n", "\n\0")
    scene = Scene(published, lambda start, end: looks_ahead(plain, start, end))
    tagged = []
    for start, end, kind, value_of in sorted(_candidates(plain), key=lambda c: c[0]):
        value = value_of(scene)
        if value is not None:
            scene.note(value)
            tagged.append(Timex(start, end, text[start:end], kind, value))
    return tuple(tagged)


def _candidates(text: str) -> Iterator[tuple[int, int, Kind, object]]:
    taken = bytearray(len(text))

    def free(start: int, end: int) -> bool:
        if start == end or taken.find(1, start, end) >= 0:
            return False
        taken[start:end] = b"\1" * (end - start)
        return True

    for rule in (*durations.RULES, *anchored.RULES):
        for match in rule.pattern.finditer(text):
            if free(*match.span()):
                yield *match.span(), rule.kind, (lambda scene, m=match, r=rule: r.read(m, scene))
    for found in find(text):
        if found.kind != "horizon" and free(found.start, found.end):
            yield found.start, found.end, "DATE", (lambda scene, e=found: _resolved(e, scene))
    for rule in anchored.LAST_RULES:
        for match in rule.pattern.finditer(text):
            if free(*match.span()):
                yield *match.span(), rule.kind, (lambda scene, m=match, r=rule: r.read(m, scene))


def _resolved(expression: TimeExpression, scene: Scene) -> str | None:
    ahead = scene.ahead(expression.start, expression.end)
    return resolve(expression, scene.published, future=ahead)
