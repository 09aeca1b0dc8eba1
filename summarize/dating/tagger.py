"""The one grammar of time expressions in news text.

`tag` gives them the TIMEX3 types and values (TimeML 1.2.1) that they have on a known day of
publication; `expressions` what they tell while that day is still sought. On dev/timebank
(benchmarks/studies/timex.py) value F1 is .858 on the half that the rules were made on and .775 on
the other.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Literal

from summarize.dating import daytimes, durations, quarters, references
from summarize.dating.cues import cues_in
from summarize.dating.scene import Kind, Rule, Scene
from summarize.dating.tense import looks_ahead
from summarize.dating.timevalues import period_of, resolve
from summarize.dating.timex import CUES, TimeExpression, claim, find

__all__ = ["Timex", "expressions", "tag"]

Ahead = Callable[[str, int, int], bool]

_RULES = (*durations.RULES, *daytimes.RULES, *quarters.RULES, *references.RULES)
_LAST_RULES = (*references.LAST_RULES, *durations.LAST_RULES)
# Every time expression has one of these words.
_CUES = CUES.union(*(rule.cues for rule in (*_RULES, *_LAST_RULES)))


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
    """Where an expression stands, its type, and how its value is read after those before it.

    `calendar` is what the words of the calendar say without the day of publication.
    """

    start: int
    end: int
    kind: Kind
    read: Callable[[Scene], str | None]
    calendar: TimeExpression | None = None


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
    for found in _candidates(plain, _matches(plain, find(plain))):
        value = _value(found, scene)
        if value is not None:
            start, end = found.start, found.end
            tagged.append(Timex(start, end, text[start:end], found.kind, value))
    return tuple(tagged)


# Two days of publication that have nothing in common: what an expression means on both of them
# does not depend on the day.
_DAYS = date(1904, 5, 19), date(2093, 10, 8)
# Sentences whose expressions are kept, for selection, which asks again when all are dated: 10,000
# articles have 360,000. A sentence takes 150 bytes, and .4 milliseconds each time (200 of train).
_CACHE_SIZE = 400_000


@lru_cache(maxsize=_CACHE_SIZE)
def expressions(sentence: str) -> tuple[TimeExpression, ...]:
    """What the time expressions of a sentence tell, in order, the day of publication unknown.

    Lengths, repetitions and what cannot be told without that day ("the third quarter") are left
    out, except that a length ahead ("within the next 48 hours") is a horizon.
    """
    if _CUES.isdisjoint(cues_in(sentence)):
        return ()
    scenes = [Scene(day, lambda _start, _end: False) for day in _DAYS]
    told, words = [], find(sentence)
    for found in _candidates(sentence, (*_horizons(words), *_matches(sentence, words))):
        values = [_value(found, scene) for scene in scenes]
        expression = found.calendar or _told(found, sentence, values)
        if expression is not None:
            told.append(expression)
    return tuple(told)


def _told(found: _Candidate, sentence: str, values: Sequence[str | None]) -> TimeExpression | None:
    """What an expression that is not of the calendar's words tells by its values on `_DAYS`."""
    one, other = values
    period = period_of(one) if one else None
    again = period_of(other) if other else None
    if period is None or again is None or found.kind not in ("DATE", "TIME"):
        return None
    text, first = sentence[found.start : found.end], period.first
    make = partial(TimeExpression, found.start, found.end, text)
    if one == other:
        day = first.day if period.last == first else None
        month = first.month if day else None
        unit: Literal["day", "year"] = "day" if day else "year"
        return make("absolute", unit, first.year, month, day, covers=period)
    if text.lower().endswith("ago") and len(one or "") == 4:
        return make("relative", "year", offset=first.year - _DAYS[0].year)
    if found.kind == "TIME":
        steps = [(at.first - day).days for at, day in zip((period, again), _DAYS, strict=True)]
        if steps[0] == steps[1]:
            return make("relative", "day", offset=steps[0])
        return make("relative", "day", weekday=first.weekday())
    return None


def _value(found: _Candidate, scene: Scene) -> str | None:
    try:
        value = found.read(scene)
        scene.note(value or "")
    except (OverflowError, ValueError):  # a day that the calendar does not have
        return None
    return value


def _candidates(text: str, matches: Iterable[_Candidate]) -> list[_Candidate]:
    """The matches without those that overlap an earlier one, in the order of the text."""
    taken = bytearray(len(text))
    left = [found for found in matches if claim(taken, found.start, found.end)]
    return sorted(left, key=lambda found: found.start)


def _matches(text: str, calendar: Iterable[TimeExpression]) -> Iterator[_Candidate]:
    """All that looks like a time expression, the surest rules first.

    `calendar` is what `timex.find` finds in the text.
    """
    cues = cues_in(text)
    yield from _by_rules(text, cues, _RULES)
    for found in calendar:
        if found.kind != "horizon":
            yield _Candidate(found.start, found.end, "DATE", partial(_resolved, found), found)
    yield from _by_rules(text, cues, _LAST_RULES)


def _horizons(calendar: Iterable[TimeExpression]) -> Iterator[_Candidate]:
    for found in calendar:
        if found.kind == "horizon":
            yield _Candidate(found.start, found.end, "DURATION", lambda _scene: None, found)


def _by_rules(text: str, cues: frozenset[str], rules: Sequence[Rule]) -> Iterator[_Candidate]:
    """The matches of the rules, of which those are asked that the text has a cue for."""
    for rule in rules:
        if not rule.cues.isdisjoint(cues):
            for match in rule.pattern.finditer(text):
                yield _Candidate(*match.span(), rule.kind, partial(rule.read, match))


def _resolved(expression: TimeExpression, scene: Scene) -> str | None:
    open_ = expression.kind == "bare" or expression.weekday is not None
    ahead = open_ and scene.ahead(expression.start, expression.end)
    return resolve(expression, scene.published, future=ahead)
