"""When an article is written that names a month or a day without its year, for every year."""

from collections.abc import Callable
from datetime import date, timedelta

from summarize.dating.timex import Period, TimeExpression, month_period

__all__ = ["LONG_YEAR", "YEAR", "Window", "after", "after_last", "before", "month_windows"]

Window = Callable[[int], Period | None]

# A month named without a year is one of the same calendar year, or near: of 47 past mentions in
# dev/timebank (gold values) 1 was further back than this. "Early", "mid" and "late" go with fresher
# memory: of 203 past "late <month>" in dated US news, 2 % of those across a new year were further.
_REACH = 8  # months
_REACH_OF_PART = 4
# "Last March" is not said of a March one to three months ago in the same year (9 % of 271).
_LAST_AT_LEAST = 92
# A bare month lies at most a year back; "last March" may be a month more.
YEAR, LONG_YEAR = 366, 396


def month_windows(expression: TimeExpression, *, slack: int = 0) -> Window:
    """For each year the days that a bare month or day covers, `slack` days longer.

    None in a year without that day, or where it is not the weekday that is named.
    """

    def window(year: int) -> Period | None:
        whole = month_period(year, expression.month or 1, expression.part)
        if expression.day is None:
            return Period(whole.first, whole.last + timedelta(days=slack))
        try:
            day = date(year, expression.month or 1, expression.day)
        except ValueError:
            return None
        if expression.weekday is not None and day.weekday() != expression.weekday:
            return None
        return Period(day, day + timedelta(days=slack))

    return window


def _in_reach(expression: TimeExpression, period: Period, step: int) -> Period:
    """The last month (`step` 1) or the first (-1) in which it is still named without a year."""
    reach = _REACH_OF_PART if expression.part else _REACH
    months = period.first.year * 12 + period.first.month - 1 + step * reach
    return month_period(months // 12, months % 12 + 1)


def after(expression: TimeExpression) -> Window:
    """When an article is written that tells of a month or day without a year as past.

    A part of a month, or a day, may just have begun.
    """

    def window(period: Period) -> Period:
        began = expression.part or expression.day
        first = period.first if began else period.last + timedelta(days=1)
        return Period(
            first, max(_in_reach(expression, period, 1).last, date(period.first.year, 12, 31))
        )

    return _derived(expression, window)


def after_last(expression: TimeExpression) -> Window:
    """When an article is written that calls a month the last of its name."""

    def window(period: Period) -> Period:
        new_year = date(period.last.year + 1, 1, 1)
        first = min(period.last + timedelta(days=_LAST_AT_LEAST), new_year)
        return Period(first, period.last + timedelta(days=LONG_YEAR))

    return _derived(expression, window)


def before(expression: TimeExpression) -> Window:
    """When an article is written that looks ahead to a month or day without a year."""

    def window(period: Period) -> Period:
        nearest = _in_reach(expression, period, -1).first
        return Period(min(nearest, date(period.first.year, 1, 1)), period.last)

    return _derived(expression, window)


def _derived(expression: TimeExpression, derive: Callable[[Period], Period]) -> Window:
    days = month_windows(expression)

    def window(year: int) -> Period | None:
        period = days(year)
        return None if period is None else derive(period)

    return window
