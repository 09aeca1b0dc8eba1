"""What the time an article gives for an event says about the articles that report or recall it."""

from datetime import date, timedelta

from summarize.dating.dayrules import Apart, Recurring, Rule, Within, YearsApart
from summarize.dating.events import EventMention
from summarize.dating.timex import TimeExpression
from summarize.dating.windows import LONG_YEAR, YEAR, month_windows

__all__ = ["horizon", "is_dated", "is_long_ago", "strength", "time_between", "written"]

# What makes a memory strong: one that names the time, one that only says "had".
_DATED, _UNDATED = 3.0, 2.0
# A noun ("the capture of") is further from what was reported than a sentence.
_NOUN = 0.8
# An actor must agree in events that can happen again; they still may be another occurrence.
_AGAIN = 0.8
# News is written within days of its event.
_NEWS_DAYS = 3
# How far back a unit may reach that is not counted in calendar years.
_UNIT_DAYS = {"day": 1, "week": 7, "month": 31}
# What is expected "next month" is expected within so many days.
_HORIZON_DAYS = {"day": 7, "week": 7, "month": 31, "season": 183, "year": 366}


def is_dated(when: TimeExpression | None) -> bool:
    """Whether the expression says when something was, not only how soon it will be."""
    return when is not None and when.kind != "horizon"


def strength(memory: EventMention) -> float:
    """How much the memory of an event counts.

    Months and dates are remembered better than how many years ago something was, and better in
    full sentences than in passing.
    """
    exact = memory.when is not None and memory.when.kind in ("absolute", "bare")
    often = 1 if memory.predicate.once else _AGAIN
    return (_DATED if exact else _UNDATED) * (_NOUN if memory.predicate.noun else 1) * often


def time_between(news: str, memory: str, when: TimeExpression | None) -> tuple[Rule, ...]:
    """The rules for the article with the news and for the one that recalls it with `when`."""
    if when is None or when.kind == "horizon":
        return (Apart(news, memory),)
    if when.period is not None:
        last = when.period.last + timedelta(days=_NEWS_DAYS)
        return Apart(news, memory), Within(news, when.period.first, last)
    if when.kind == "bare":
        most = LONG_YEAR if when.offset < 0 else YEAR
        windows = month_windows(when, slack=_NEWS_DAYS)
        return Apart(news, memory, 0, most), Recurring(news, windows)
    return _counted_back(news, memory, when, -when.offset)


def _counted_back(news: str, memory: str, when: TimeExpression, back: int) -> tuple[Rule, ...]:
    if when.unit == "season":
        return (Apart(news, memory, 0, LONG_YEAR),)
    if when.unit != "year":
        return (Apart(news, memory, 0, (back + 1) * _UNIT_DAYS[when.unit] + _NEWS_DAYS),)
    if when.text.endswith("ago"):
        return (Apart(news, memory, back * 365 - 183, back * 366 + 183),)
    return YearsApart(news, memory, back), Apart(news, memory)


def is_long_ago(when: TimeExpression | None) -> bool:
    """Whether the time lies a month or more back: a day named in full may be that of the news."""
    if when is None or when.kind == "horizon":
        return False
    if when.kind == "relative":
        return when.unit == "season" or (when.unit in ("month", "year") and when.offset < 0)
    return when.day is None


def written(known: EventMention, vague: EventMention) -> tuple[date, date | None] | None:
    """When an article was written that mentions as `vague` what happened at `known.when`."""
    when, period = vague.when, known.when.period if known.when is not None else None
    if period is None:
        return None
    if when is None:
        # What happens only once had happened by then.
        return (period.first, None) if known.predicate.once else None
    if when.kind == "relative" and when.unit == "year" and not when.text.endswith("ago"):
        year = period.first.year - when.offset
        return date(year, 1, 1), date(year, 12, 31)
    if when.kind == "bare" and when.month == period.first.month and when.offset <= 0:
        return period.first, period.last + timedelta(days=LONG_YEAR if when.offset else YEAR)
    return None


def horizon(mention: EventMention) -> int | None:
    """Within how many days the article expects the event, when it says so."""
    when = mention.when
    if when is None:
        return None
    if when.kind == "horizon":
        return when.offset
    if when.kind == "relative":
        return max(when.offset, 1) * _HORIZON_DAYS[when.unit]
    return None
