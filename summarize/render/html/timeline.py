"""When the articles of a story were written, as bars on a scale of days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from summarize.records import Article, Placement, Story
from summarize.render.notes import credit
from summarize.render.phrases import article_name, shortened, when

__all__ = ["Bar", "Timeline", "timeline"]

# The bars use this stretch of the width, in percent; what is open on a side runs to the edge.
_LEFT, _RIGHT = 4.0, 96.0
# Percent: a label, which begins at its tick, takes so much of the width of a phone.
_TICK_WIDTH = 26.0
_SOURCE_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """One article: its interval from `x` over `width` percent, and what is said beside it."""

    number: int
    x: float
    width: float
    confidence: str
    label: str
    title: str
    opens_left: bool
    opens_right: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The articles' bars in order, and the scale's ticks: place in percent, and label."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]


def timeline(
    story: Story, placements: Mapping[str, Placement], numbers: Mapping[str, int]
) -> Timeline | None:
    """The timeline of a story of several articles; None where no date is known."""
    placed = [placements[article.id] for article in story.articles]
    days = [day for p in placed for day in (p.earliest, p.latest) if day]
    if len(placed) < 2 or not days:
        return None
    first, last = min(days), max(days) + timedelta(days=1)
    scale = _Scale(first, max(last, first + timedelta(days=7)))
    bars = tuple(
        _bar(article, placements[article.id], numbers[article.id], scale)
        for article in story.articles
    )
    return Timeline(bars, tuple(scale.ticks()))


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def __call__(self, day: date) -> float:
        share = (day - self.first) / (self.last - self.first)
        return round(_LEFT + share * (_RIGHT - _LEFT), 2)

    def ticks(self) -> list[tuple[float, str]]:
        """The first days of years, else of months, else some days, as far apart as labels need."""
        months = list(_months(self.first, self.last))
        days = [self.first + timedelta(days=n) for n in range((self.last - self.first).days)]
        for starts, form in (([d for d in months if d.month == 1], "{0.year}"),
                             (months, "{0:%b} {0.year}"),
                             (days, "{0.day} {0:%b} {0.year}")):  # fmt: skip
            ticks = [(self(day), form.format(day)) for day in self._spaced(starts)]
            if len(ticks) > 1:
                return ticks
        return []

    def _spaced(self, days: Iterable[date]) -> Iterator[date]:
        free = 0.0
        for day in days:
            if free <= self(day) <= 100 - _TICK_WIDTH:
                free = self(day) + _TICK_WIDTH
                yield day


def _months(first: date, last: date) -> Iterator[date]:
    day = first.replace(day=1)
    while day < last:
        if day >= first:
            yield day
        if (day.year, day.month) == (date.max.year, 12):
            return
        day = (day + timedelta(days=31)).replace(day=1)


def _bar(article: Article, placement: Placement, number: int, scale: _Scale) -> Bar:
    start = scale(placement.earliest) if placement.earliest else 0.0
    end = scale(placement.latest + timedelta(days=1)) if placement.latest else 100.0
    source = next(iter(credit(article)), "")
    short = source if len(source) <= _SOURCE_LENGTH else source[: _SOURCE_LENGTH - 1] + "…"
    return Bar(
        number=number,
        x=start,
        width=round(max(end - start, 0.8), 2),
        confidence=placement.confidence,
        label=" · ".join(part for part in (when(placement), short) if part),
        title=shortened(article_name(article)),
        opens_left=placement.earliest is None,
        opens_right=placement.latest is None,
    )
