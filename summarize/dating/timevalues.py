"""What a time expression means in an article of a known day, as an ISO date or a part of one."""

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

from summarize.dating.timex import Period, TimeExpression, month_period
from summarize.timewords import SEASONS

__all__ = ["moved", "on_weekday", "period_of", "resolve"]

# The month by which a season has ended.
_SEASON_END = {"SP": 6, "SU": 9, "FA": 12, "WI": 3}


def resolve(expression: TimeExpression, published: date, *, future: bool = False) -> str | None:
    """The ISO date, or the part of one, that `expression` means in an article of that day.

    `future` says whether the sentence looks ahead ("will meet on Sunday"). None for a horizon.
    """
    if expression.kind == "horizon":
        return None
    if expression.kind == "absolute":
        return _iso(expression.year, expression.month, expression.day)
    if expression.kind == "bare":
        return _resolve_bare(expression, published, future=future)
    if expression.weekday is not None:
        shifted, ahead = expression.offset != 0, future or expression.offset > 0
        return on_weekday(expression.weekday, published, future=ahead, shifted=shifted).isoformat()
    return _resolve_relative(expression, published)


def _iso(year: int | None, month: int | None, day: int | None) -> str:
    return "-".join(f"{value:02d}" for value in (year, month, day) if value is not None)


# A month this many months back is rather the coming one, unless it is called the last: of 203 past
# "late <month>" in dated US news, 9 to 11 months back were all announcements.
_RATHER_AHEAD = 9


def _resolve_bare(expression: TimeExpression, published: date, *, future: bool) -> str:
    month, year = expression.month or 1, published.year
    back = (published.month - month) % 12
    if expression.day and not expression.offset:
        near = _nearby_year(month, expression.day, published)
        if near is not None:
            return _iso(near, month, expression.day)
    rather = future or back >= _RATHER_AHEAD
    ahead = expression.offset > 0 or (not expression.offset and rather)
    here, there = (published.month, published.day), (month, expression.day or published.day)
    if ahead and there < here:
        year += 1
    if not ahead and there > here:
        year -= 1
    if expression.offset < 0 and month == published.month:
        year -= 1
    return _iso(year, month, expression.day)


# A day without a year that is at most this far off is meant, whatever the tense. Chosen.
_NEAR_DAYS = 90


def _nearby_year(month: int, day: int, published: date) -> int | None:
    """The year in which that day is near the publication, if there is one."""
    for year in (published.year, published.year - 1, published.year + 1):
        # A year without 29 February has its last day instead.
        if 1 <= year <= MAXYEAR:
            then = date(year, month, min(day, monthrange(year, month)[1]))
            if abs((then - published).days) <= _NEAR_DAYS:
                return year
    return None


# "Last Friday" is neither today nor yesterday: of 30 that articles of a Friday or a Saturday tell
# (read in train/allsides_articles) nearly all were of the week before.
_TODAY_OR_YESTERDAY = 2


def on_weekday(weekday: int, published: date, *, future: bool, shifted: bool = False) -> date:
    """The last such weekday (0 = Monday) up to the day of publication, or the next one from it.

    `shifted` is one that is called the last or the next: of the week before or after where that is
    the day of publication.
    """
    back = (published.weekday() - weekday) % 7
    if future:
        return published + timedelta(days=(7 - back) % 7 or 7 * shifted)
    return published - timedelta(days=back + 7 * (shifted and back < _TODAY_OR_YESTERDAY))


def _resolve_relative(expression: TimeExpression, published: date) -> str | None:
    if expression.unit == "year":
        return _iso(published.year + expression.offset, expression.month, expression.day)
    if expression.unit == "season":
        sign = SEASONS[expression.part]
        year = published.year - (expression.offset < 0 and published.month < _SEASON_END[sign])
        return f"{year + (expression.offset > 0)}-{sign}"
    return moved(published, expression.unit, expression.offset)


def moved(start: date, unit: str, steps: int) -> str | None:
    """The hour, day, week, month, year or decade `steps` before (-) or after that of `start`.

    Hours give the day. None outside the calendar.
    """
    if unit in ("year", "decade"):
        year = start.year + steps * (10 if unit == "decade" else 1)
        return f"{year:04}" if MINYEAR <= year <= MAXYEAR else None
    if unit == "month":
        months = start.year * 12 + start.month - 1 + steps
        return f"{months // 12:04}-{months % 12 + 1:02}" if 12 <= months < 120_000 else None
    try:
        day = start + timedelta(**{"hours": 0, f"{unit}s": steps})
    except OverflowError:
        return None
    if unit == "week":
        return "{:04}-W{:02}".format(*day.isocalendar()[:2])
    return day.isoformat()


_PARTS_OF_YEAR = {  # first and last month
    **{f"Q{n}": (3 * n - 2, 3 * n) for n in range(1, 5)},
    "H1": (1, 6),
    "H2": (7, 12),
    "SP": (3, 6),
    "SU": (6, 9),
    "FA": (9, 12),
}
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<part>Q[1-4]|H[12]|SP|SU|FA)|-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T.*)?)?)?"
)


def period_of(value: str) -> Period | None:
    """The days that a TIMEX3 value covers ("1987-Q3", "1998-08-07", "198X"); None for any other.

    Raises ValueError for a day that the calendar does not have.
    """
    if re.fullmatch(r"\d{3}X", value):
        return Period(date(int(value[:3]) * 10, 1, 1), date(int(value[:3]) * 10 + 9, 12, 31))
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    year = int(match["year"])
    if match["day"]:
        day = date.fromisoformat(value[:10])
        return Period(day, day)
    if match["month"]:
        return month_period(year, int(match["month"]))
    first, last = _PARTS_OF_YEAR.get(match["part"], (1, 12))
    return Period(date(year, first, 1), month_period(year, last).last)
