"""What can hold between the days on which articles appeared, as rules that narrow intervals."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from summarize.dating.timex import Period

__all__ = ["FIRST", "LAST", "Apart", "Interval", "Recurring", "Rule", "Within", "YearsApart"]

# Publication days beyond these are unknown; no news text is dated outside them.
FIRST, LAST = date(1800, 1, 1), date(2199, 12, 31)
_LONGEST_SEARCH = 12  # years; a day of a month falls on each weekday at least that often
# Windows that exclude each other push a bound on, year after year, until no year is left: an
# article that is driven so far has contradicted itself.
_TOO_EARLY = FIRST.replace(year=FIRST.year + _LONGEST_SEARCH)
_TOO_LATE = LAST.replace(year=LAST.year - _LONGEST_SEARCH)

Interval = tuple[date, date]
Intervals = Callable[[str], Interval]


class Rule(Protocol):
    """What must hold between the publication days of some articles."""

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of the articles it speaks about."""

    def narrow(self, of: Intervals) -> Iterator[tuple[str, Interval]]:
        """Intervals that follow for its articles from the present ones."""

    def sources(self, article: str) -> tuple[str, ...]:
        """The articles whose intervals the one it gives for `article` follows from."""


@dataclass(frozen=True, slots=True)
class Within:
    """The article appeared within a period; either side may be open (None)."""

    article: str
    first: date | None
    last: date | None

    @property
    def articles(self) -> tuple[str, ...]:
        """The one article."""
        return (self.article,)

    def sources(self, article: str) -> tuple[str, ...]:
        """None: the period is given."""
        del article
        return ()

    def narrow(self, of: Intervals) -> Iterator[tuple[str, Interval]]:
        """The period itself."""
        del of
        yield self.article, (self.first or FIRST, self.last or LAST)


@dataclass(frozen=True, slots=True)
class Recurring:
    """The article appeared within one of the periods that `window` gives for each year."""

    article: str
    window: Callable[[int], Period | None] = field(compare=False)

    @property
    def articles(self) -> tuple[str, ...]:
        """The one article."""
        return (self.article,)

    def sources(self, article: str) -> tuple[str, ...]:
        """The one article."""
        return (article,)

    def narrow(self, of: Intervals) -> Iterator[tuple[str, Interval]]:
        """From the first window that ends in time to the last that begins in time."""
        first, last = of(self.article)
        if first > _TOO_LATE or last < _TOO_EARLY:
            yield self.article, (LAST, FIRST)
            return
        if first > FIRST:
            ahead = self._windows(range(first.year - 1, first.year + _LONGEST_SEARCH))
            first = next((max(first, w.first) for w in ahead if w.last >= first), first)
        if last < LAST:
            back = self._windows(range(last.year + 1, last.year - _LONGEST_SEARCH, -1))
            last = next((min(last, w.last) for w in back if w.first <= last), last)
        yield self.article, (first, last)

    def _windows(self, years: range) -> Iterator[Period]:
        found = (self.window(year) for year in years if FIRST.year < year < LAST.year)
        return (window for window in found if window is not None)


@dataclass(frozen=True, slots=True)
class _Pair:
    """What two articles have to do with each other."""

    earlier: str
    later: str

    @property
    def articles(self) -> tuple[str, ...]:
        """The earlier and the later article."""
        return (self.earlier, self.later)

    def sources(self, article: str) -> tuple[str, ...]:
        """The other one of the two."""
        return (self.later,) if article == self.earlier else (self.earlier,)


@dataclass(frozen=True, slots=True)
class Apart(_Pair):
    """`later` appeared at least `least` and at most `most` days after `earlier` (None: open)."""

    least: int = 0
    most: int | None = None

    def narrow(self, of: Intervals) -> Iterator[tuple[str, Interval]]:
        """What the one interval leaves of the other."""
        (a_first, a_last), (b_first, b_last) = of(self.earlier), of(self.later)
        most = self.most
        yield (
            self.later,
            (_move(a_first, self.least), LAST if most is None else _move(a_last, most)),
        )
        yield (
            self.earlier,
            (FIRST if most is None else _move(b_first, -most), _move(b_last, -self.least)),
        )


@dataclass(frozen=True, slots=True)
class YearsApart(_Pair):
    """`later` appeared in the calendar year `years` after that of `earlier`."""

    years: int

    def narrow(self, of: Intervals) -> Iterator[tuple[str, Interval]]:
        """Whole years, moved."""
        yield self.later, _years(of(self.earlier), self.years)
        yield self.earlier, _years(of(self.later), -self.years)


def _move(day: date, days: int) -> date:
    """The day moved, except that an open end stays open."""
    if day in (FIRST, LAST):
        return day
    return min(LAST, max(FIRST, day + timedelta(days=days)))


def _years(interval: Interval, years: int) -> Interval:
    first, last = interval
    return (
        FIRST if first <= FIRST else date(max(FIRST.year, first.year + years), 1, 1),
        LAST if last >= LAST else date(min(LAST.year, last.year + years), 12, 31),
    )
