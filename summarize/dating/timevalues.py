"""What a time expression means in an article of a known day, as an ISO date or a part of one."""

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

from summarize.dating.timex import TimeExpression

__all__ = ["resolve"]

# Season: its sign in ISO-like values and the month by which it has ended.
_SEASONS = {
    "spring": ("SP", 6),
    "summer": ("SU", 9),
    "fall": ("FA", 12),
    "autumn": ("FA", 12),
    "winter": ("WI", 3),
}


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
        return _resolve_weekday(expression, published, future=future).isoformat()
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
    ahead = future or expression.offset > 0 or (not expression.offset and back >= _RATHER_AHEAD)
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


def _resolve_weekday(expression: TimeExpression, published: date, *, future: bool) -> date:
    distance = (published.weekday() - (expression.weekday or 0)) % 7
    if future or expression.offset > 0:
        return published + timedelta(days=(7 - distance) % 7)
    return published - timedelta(days=distance)


def _resolve_relative(expression: TimeExpression, published: date) -> str | None:
    if expression.unit == "year":
        return _iso(published.year + expression.offset, expression.month, expression.day)
    if expression.unit == "season":
        sign, ended = _SEASONS[expression.part]
        year = published.year - (expression.offset < 0 and published.month < ended)
        return f"{year + (expression.offset > 0)}-{sign}"
    if expression.unit == "month":
        months = published.year * 12 + published.month - 1 + expression.offset
        return _iso(months // 12, months % 12 + 1, None)
    span = 7 if expression.unit == "week" else 1
    day = published + timedelta(days=span * expression.offset)
    if expression.unit == "week":
        return "{}-W{:02d}".format(*day.isocalendar()[:2])
    return day.isoformat()
