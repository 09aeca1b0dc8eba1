"""Dates that count from the day of publication: "yesterday", "last Friday", "27 February".

The reading is that of `summarize.dating`; here it becomes claims in the forms of `dates`: a day, a
month or a year in ISO form, a week as its first and last day, a season as "2016-summer".
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from summarize.claims.numerals import ascii_digits
from summarize.records import Claim
from summarize.timewords import MONTHS, WEEKDAY_NUMBER, WEEKDAYS

if TYPE_CHECKING:
    from summarize.dating.timex import TimeExpression

__all__ = ["is_day", "resolved", "working"]

_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_SHIFTED = re.compile(r"\b(?:(?P<last>last|past)|next|(?P<each>every|each))\s$", re.IGNORECASE)
_LONGEST_SHIFT = 8


def resolved(text: str, dates: Iterable[Claim], published: date) -> list[Claim]:
    """The claims `dates` of `text` and its relative dates, resolved for the day of publication.

    What recurs ("Sundays", "every March") and what the calendar does not have stays as it is, and
    so does a day or month of no year that would lie ahead where nothing says that it does.
    """
    # `dating` reads names through this package.
    from summarize.dating.timex import find

    left = list(dates)
    found = []
    for expression in find(text):
        start, end = expression.start, expression.end
        inside = [claim for claim in left if claim.start < end and start < claim.end]
        named = expression.month is not None or expression.weekday is not None
        if expression.kind not in ("bare", "relative") or named > bool(inside):
            continue
        if any(claim.start < start or end < claim.end for claim in inside):
            continue
        value = "" if _recurs(text, start, end) else _iso(text, expression, published)
        if value:
            left = [claim for claim in left if claim not in inside]
            found.append(Claim(text[start:end], "date", value, "", start, end))
    found += [_settled(text, claim, published) for claim in left]
    return sorted(found, key=lambda claim: claim.start)


def _recurs(text: str, start: int, end: int) -> bool:
    match = _SHIFTED.search(text, max(0, start - _LONGEST_SHIFT), start)
    # "Sundays", also where the expression ends before the "s".
    return bool(match and match["each"]) or "days" in text[end - 4 : end + 1].lower()


def _iso(text: str, expression: "TimeExpression", published: date) -> str:
    """What `expression` means, in the form of a claim's value; empty where nothing is known."""
    from summarize.dating.tense import looks_ahead
    from summarize.dating.timevalues import resolve

    ahead = looks_ahead(text, expression.start, expression.end)
    try:
        value = resolve(expression, published, future=ahead) or ""
        if len(value) == len("2016-12-11"):
            date.fromisoformat(value)
    except (OverflowError, ValueError):  # 30 February; before the year 1 or after 9999
        return ""
    if expression.kind == "bare" and expression.offset <= 0 and not ahead:
        return value if value <= published.isoformat() else ""
    if value[-2:] in _SEASONS:
        return value.replace(value[-2:], _SEASONS[value[-2:]])
    if "-W" in value:
        year, week = value.split("-W")
        first = date.fromisocalendar(int(year), int(week), 1)
        return f"{first}..{first + timedelta(days=6)}"
    return value


def _settled(text: str, claim: Claim, published: date) -> Claim:
    """A weekday or a day of no year that `find` leaves ("last friday", "Sept. 20-24"), resolved."""
    if _recurs(text, claim.start, claim.end):
        return claim
    shift = _SHIFTED.search(text, max(0, claim.start - _LONGEST_SHIFT), claim.start)
    offset = 0 if shift is None else -1 if shift["last"] else 1
    expressions = [_expression(claim, part, offset) for part in claim.value.split("..")]
    ends = [_iso(text, expression, published) for expression in expressions if expression]
    if not all(ends) or len(ends) < len(expressions):
        return claim
    return replace(claim, value="..".join(ends))


def _expression(claim: Claim, value: str, offset: int) -> "TimeExpression | None":
    """`value` of a claim as `dating` reads it, where that depends on the day of publication."""
    from summarize.dating.timex import TimeExpression

    place = (claim.start, claim.end, claim.text)
    if value in WEEKDAY_NUMBER:
        weekday = WEEKDAY_NUMBER[value]
        return TimeExpression(*place, "relative", "day", weekday=weekday, offset=offset)
    if not value.startswith("XXXX-"):
        return None
    month, _, day = value.removeprefix("XXXX-").partition("-")
    if not day:
        return TimeExpression(*place, "bare", "month", month=int(month), offset=offset)
    return TimeExpression(*place, "bare", "day", month=int(month), day=int(day), offset=offset)


def is_day(claimed: str, stated: str, published: date) -> bool:
    """Whether a resolved date says a claim, which may also name the weekday of a day nearby.

    A weekday alone means the last one or the coming one, in a text as in its summary.
    """
    from summarize.claims.dates import same_date

    if claimed in WEEKDAY_NUMBER and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", stated):
        day = date.fromisoformat(stated)
        return day.weekday() == WEEKDAY_NUMBER[claimed] and abs((day - published).days) <= len(
            WEEKDAYS
        )
    return same_date(claimed, stated)


def working(claim: Claim, published: date) -> str:
    """How the value of a resolved date follows from the day of publication, as a sentence.

    Empty for a date that does not need that day.
    """
    ends = [_spoken(value) for value in claim.value.split("..")]
    if not all(ends) or re.search("[0-9]{4}", ascii_digits(claim.text)):
        return ""
    meant = " to ".join(ends)
    return f"“{claim.text}” in an article of {_spoken(published.isoformat())} is {meant}."


def _spoken(value: str) -> str:
    """A value in words: "Friday 9 December 2016", "December 2016", "summer 2016"; else empty."""
    season = re.fullmatch(r"([0-9]{4})-([a-z]+)", value)
    if season:
        return f"{season[2]} {season[1]}"
    if not re.fullmatch(r"[0-9]{4}(?:-[0-9]{2}){0,2}", value):
        return ""
    year, *rest = (int(part) for part in value.split("-"))
    if not rest:
        return str(year)
    if len(rest) == 1:
        return f"{MONTHS[rest[0] - 1]} {year}"
    weekday = WEEKDAYS[date(year, *rest).weekday()]
    return f"{weekday} {rest[1]} {MONTHS[rest[0] - 1]} {year}"
