"""What the time expressions of one article say about the day it was published.

A past event with a date is a lower bound, a future one an upper bound; news is seldom written many
years after the latest date it tells; a month without a year is one that readers can tell without
it, so it is near. Dates whose sentence does not say which side of today they are on say nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from summarize.dating.bounds import Constraint
from summarize.dating.dayrules import Recurring, Rule, Within
from summarize.dating.sides import Side, by_words, side_of
from summarize.dating.tagger import expressions
from summarize.dating.timex import Period, TimeExpression
from summarize.dating.windows import after, after_last, before, month_windows
from summarize.records import DateEvidence, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["clues", "needs_grammar"]

_LONGEST_QUOTE = 160
# Explicit dates of one side that are kept: the nearest decides, and the next where it is given up.
# Chosen, not measured.
_TIGHTEST = 3
# How often each kind of clue held in dev/timebank decides what gives way to what.
_WEIGHTS = {
    "dateline": 8.0,
    "posted": 4.0,
    "past": 4.0,
    "soon posted": 2.0,
    "ahead": 2.0,
    "bare": 1.5,
    "last": 1.0,
    "dateline day": 3.0,
    "latest": 0.5,
}
# Of 3,920 dated articles of 1987 to 2026 (benchmarks/studies/latest_date.py), 95 % were published
# within 2.4 years of the latest past date they tell where it is a day (664), and within 8.6 where
# they tell at least two dates (1,614). After a single month or year it is 46 years.
_YEARS_AFTER_DAY, _YEARS_AFTER_DATES = 3, 9
# Of 727 articles that show posts of a social network (measured likewise), 99 % were published at
# most a day before the date of the latest one (zones differ), 95 % at most so many days after it.
_ZONES, _SOON = timedelta(days=1), timedelta(days=20)
_STANDING_ALONE = re.compile(
    r"^\W*(?:(?:page|first|last|published|posted|updated|modified|created|date|on|at|mon|tue|wed|thu|"
    r"fri|sat|sun|\d{1,2}[:.]\d\d|gmt|utc|bst|e[sd]?t|p[sd]?t|[ap]\.?m)\W+)*$",
    re.IGNORECASE,
)
_DATELINE_BEFORE = re.compile(r"^[A-Z][\w .,'’/()-]{0,40}[,(]\s*$")
_DATELINE_AFTER = re.compile(r"^\s*(?:\([^)]{2,40}\)|[-–—_:])")
_UPDATED_BEFORE = re.compile(
    r"\b(?:updated|modified)(?:\s+(?:on|at|[\d:.]+|[A-Z]{3}))*[\s,:]*$", re.IGNORECASE
)
_UPDATED_AFTER = re.compile(r"\W*last\s+(?:updated|modified)\b", re.IGNORECASE)
_WORDS_AFTER_DATE = 6  # a time of day and its zone
_HEAD = 400  # characters; a dateline stands above or at the start of the text


class _Clue(NamedTuple):
    """A time expression, the side of the article it is on, and what follows."""

    expression: TimeExpression
    side: Side
    says: Constraint


def clues(
    sentences: Sequence[Sentence],
    parsed: Sequence["Doc | None"],
    captions: Sequence[Sentence] = (),
) -> tuple[Constraint, ...]:
    """The constraints on the day of publication that one article's own words give.

    `parsed` are its sentences as spaCy sees them; None does where no grammar is needed. A day in
    its `captions` is past: of 843 articles with such a day 9 were published before it.
    """
    found = [clue for caption in captions for clue in _pictured(caption)]
    datelines: list[Constraint] = []
    for sentence, doc in zip(sentences, parsed, strict=True):
        for expression in expressions(sentence.text):
            dateline = None if datelines else _dateline(sentence, expression)
            if dateline is not None and expression.period is not None:
                return (dateline, *(clue.says for clue in found))
            if dateline is not None:  # the year is still to be found
                datelines = [dateline]
                continue
            side = side_of(sentence.text, doc, expression)
            says = _clue(sentence, expression, side) if side else None
            if says is not None and side is not None:
                found.append(_Clue(expression, side, says))
    return (*datelines, *_telling(found))


def _pictured(caption: Sentence) -> Iterator[_Clue]:
    for expression in expressions(caption.text):
        says = _clue(caption, expression, "past") if expression.period and expression.day else None
        if says is not None:
            yield _Clue(expression, "past", says)


def _telling(found: Sequence[_Clue]) -> Iterator[Constraint]:
    """Of the bounds by explicit dates only the tightest few; of the others each month once."""
    periods = [(clue.expression.period, clue) for clue in found]
    past = [(period, clue) for period, clue in periods if period and clue.side == "past"]
    ahead = [(period, clue) for period, clue in periods if period and clue.side == "ahead"]
    past.sort(key=lambda row: row[0].first, reverse=True)
    ahead.sort(key=lambda row: row[0].last)
    posted = [(period, clue) for period, clue in periods if period and clue.side == "posted"]
    if posted:
        yield from _shown(*max(posted, key=lambda row: row[0].last))
    if past:
        yield from _soon_after([clue.expression for _, clue in past], past[0][1].says)
    tightest = [clue for _, clue in (*past[:_TIGHTEST], *ahead[:_TIGHTEST])]
    seen: set[tuple[object, ...]] = set()
    for e, side, says in (*tightest, *(clue for period, clue in periods if not period)):
        key = (e.year, e.month, e.day, e.part, e.offset, side)
        if key not in seen:
            seen.add(key)
            yield says


def _shown(day: Period, latest: _Clue) -> Iterator[Constraint]:
    """What the latest of the posts that an article shows tells, and when it was posted."""
    yield latest.says
    rule = Within(latest.says.articles[0], None, day.last + _SOON)
    bearing = f"the latest post it shows is of {latest.expression.text}: written soon after"
    evidence = tuple(replace(e, bearing=bearing) for e in latest.says.evidence)
    yield Constraint((rule,), _WEIGHTS["soon posted"], evidence, likely=True)


def _soon_after(past: Sequence[TimeExpression], told: Constraint) -> Iterator[Constraint]:
    """The years that may have passed since the latest of the past dates, which `told` rests on."""
    periods = {expression.period for expression in past}
    latest = past[0].period
    years = _YEARS_AFTER_DAY if past[0].day else _YEARS_AFTER_DATES
    if latest is None or (not past[0].day and len(periods) < 2) or latest.last.year + years > 9999:
        return
    last = latest.last + timedelta(days=366 * years)
    bearing = f"{past[0].text} is the latest date it tells: hardly written {years} years later"
    evidence = tuple(replace(e, bearing=bearing) for e in told.evidence)
    rules = (Within(told.articles[0], None, last),)
    yield Constraint(rules, _WEIGHTS["latest"], evidence, likely=True)


def _dateline(sentence: Sentence, expression: TimeExpression) -> Constraint | None:
    """A date that stands where news prints its own."""
    start = sentence.start + expression.start
    if start > _HEAD or expression.unit != "day" or expression.day is None:
        return None
    before, after = sentence.text[: expression.start], sentence.text[expression.end :]
    if expression.period and (_UPDATED_BEFORE.search(before) or _UPDATED_AFTER.match(after)):
        day = expression.period.last
        # News is updated on its own day or the next.
        rule: Rule = Within(sentence.article_id, day - timedelta(days=1), day)
        return _constraint(
            sentence, expression, "dateline", rule, f"last updated on {expression.text}"
        )
    alone = _STANDING_ALONE.match(before) and len(after.split()) <= _WORDS_AFTER_DATE
    if not (alone or (_DATELINE_BEFORE.match(before) and _DATELINE_AFTER.match(after))):
        return None
    text, article = expression.text, sentence.article_id
    if expression.period is None:
        rule = Recurring(article, month_windows(expression, slack=1))
        bearing = f"its dateline says {text}, without a year"
        return _constraint(sentence, expression, "dateline day", rule, bearing)
    first = expression.period.first
    rule = Within(article, first, first + timedelta(days=1))
    return _constraint(sentence, expression, "dateline", rule, f"its dateline says {text}")


def needs_grammar(sentences: Sequence[Sentence]) -> list[bool]:
    """Of each sentence of an article, whether only its grammar tells the side of a date in it."""
    needs, ended = [], False
    for sentence in sentences:
        dates = expressions(sentence.text)
        # Nothing after a dateline with its year counts.
        ended = ended or any(e.period and _dateline(sentence, e) is not None for e in dates)
        needs.append(not ended and any(by_words(sentence.text, e) == "open" for e in dates))
    return needs


def _clue(sentence: Sentence, expression: TimeExpression, side: Side) -> Constraint | None:
    article, text, period = sentence.article_id, expression.text, expression.period
    told = partial(_constraint, sentence, expression)
    if period is not None:
        return told(side, *_bound(article, period, text, side))
    if expression.offset < 0:
        rule = Recurring(article, after_last(expression))
        return told("last", rule, f"written within a year after {text}")
    if side == "past":
        bearing = f"written after {text}, later in that year or soon after it"
        return told("bare", Recurring(article, after(expression)), bearing)
    if expression.offset == 0:
        bearing = f"written before {text}, earlier in that year or shortly before"
        return told("bare", Recurring(article, before(expression)), bearing)
    return None


def _bound(article: str, period: Period, text: str, side: Side) -> tuple[Rule, str]:
    """What a date on that side says, and in words."""
    if side == "posted":
        return Within(article, period.first - _ZONES, None), f"shows a post of {text}"
    if side == "past":
        return Within(article, period.first, None), f"written in or after {text}"
    return Within(article, None, period.last), f"written in or before {text}"


def _constraint(
    sentence: Sentence, expression: TimeExpression, kind: str, rule: Rule, bearing: str
) -> Constraint:
    """What a clue of a kind of `_WEIGHTS` says, with its sentence as evidence."""
    return Constraint((rule,), _WEIGHTS[kind], (_evidence(sentence, bearing, expression),))


def _evidence(sentence: Sentence, bearing: str, expression: TimeExpression) -> DateEvidence:
    """The sentence as evidence, cut at words around the expression when it is long."""
    start, end = 0, len(sentence.text)
    if end > _LONGEST_QUOTE:
        margin = max(0, _LONGEST_QUOTE - (expression.end - expression.start)) // 2
        start, end = max(0, expression.start - margin), min(end, expression.end + margin)
        start = sentence.text.find(" ", start, expression.start) + 1 if start else 0
        cut = sentence.text.rfind(" ", expression.end, end) if end < len(sentence.text) else end
        end = cut if cut > expression.end else end
    return DateEvidence(
        sentence.article_id,
        sentence.start + start,
        sentence.start + end,
        sentence.text[start:end],
        bearing,
    )
