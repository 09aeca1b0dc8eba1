"""Where articles stand in time, and the order that follows."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from heapq import heapify, heappop, heappush

from summarize.dating.dayrules import LAST
from summarize.dating.links import EventLink
from summarize.records import Article, Placement

__all__ = ["Chronology", "in_time_order", "likely_day"]

# In a wider interval an article stands at its beginning: most are written soon after the latest
# date they tell (three quarters in the same year, `timeclues`).
_NARROW_DAYS = 366


@dataclass(frozen=True, slots=True)
class Chronology:
    """Where the articles stand in time.

    `placements` has every article by its id. `links` order pairs of articles; none of them
    contradicts another, also not by way of a third article.
    """

    placements: dict[str, Placement]
    links: tuple[EventLink, ...]
    _later: Mapping[str, frozenset[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Look up by article what the links say."""
        later: dict[str, set[str]] = defaultdict(set)
        for made in self.links:
            later[made.earlier_id].add(made.later_id)
        object.__setattr__(self, "_later", {key: frozenset(ids) for key, ids in later.items()})

    def is_linked(self, earlier: str, later: str) -> bool:
        """Whether a link puts the article `earlier` before the other."""
        return later in self._later.get(earlier, ())

    def order(self, one: str, other: str) -> int:
        """-1 when the article `one` is known to be the earlier of the two, 1 when the later.

        0 when neither a link nor their intervals tell, so that they are tied.
        """
        if self.is_linked(one, other) or self.is_linked(other, one):
            return -1 if self.is_linked(one, other) else 1
        mine, its = self.placements[one], self.placements[other]
        if mine.latest and its.earliest and mine.latest < its.earliest:
            return -1
        return int(bool(its.latest and mine.earliest and its.latest < mine.earliest))


def in_time_order(articles: Sequence[Article], chronology: Chronology) -> tuple[Article, ...]:
    """The articles from the earliest to the latest.

    Links and intervals that do not overlap are obeyed; among the rest the likeliest day decides,
    then the bounds, then the path. `Chronology.order` tells which neighbours are so tied. Articles
    of which nothing is known come last, and so, as far as their intervals allow, those that are
    only known to be later than some day before all stated ones.
    """
    known = {article.id: article for article in articles}
    placed = (chronology.placements[key] for key in known if key in chronology.placements)
    stated = sorted(p.earliest for p in placed if p.earliest and p.earliest == p.latest)
    moment = partial(_moment, chronology=chronology, stated=stated)
    waiting_for: dict[str, set[str]] = {key: set() for key in known}
    after: dict[str, set[str]] = defaultdict(set)
    for made in chronology.links:
        if made.earlier_id in known and made.later_id in known:
            waiting_for[made.later_id].add(made.earlier_id)
            after[made.earlier_id].add(made.later_id)
    ready = [moment(known[key]) for key, before in waiting_for.items() if not before]
    heapify(ready)
    ordered = []
    while ready:
        *_, key = heappop(ready)
        ordered.append(known[key])
        for later in after[key]:
            waiting_for[later].discard(key)
            if not waiting_for[later]:
                heappush(ready, moment(known[later]))
    return tuple(ordered)


def _moment(
    article: Article, chronology: Chronology, stated: Sequence[date]
) -> tuple[date, bool, date, date, str, str]:
    """A sort key: days inside the interval, so that disjoint intervals keep their order."""
    placement = chronology.placements.get(article.id)
    day = likely_day(placement) if placement is not None else None
    first = placement and placement.earliest
    last = placement and placement.latest
    reached = bisect_right(stated, last or LAST)
    only_later = bool(reached and day and day == first != last and day < stated[0])
    if only_later:
        day = stated[reached - 1]
    return day or LAST, only_later, first or LAST, last or LAST, article.path, article.id


def likely_day(placement: Placement) -> date | None:
    """The best guess of a single day: the middle of a year or less, else the one or first bound."""
    first, last = placement.earliest, placement.latest
    if first and last and (last - first).days <= _NARROW_DAYS:
        return date.fromordinal((first.toordinal() + last.toordinal()) // 2)
    return first or last
