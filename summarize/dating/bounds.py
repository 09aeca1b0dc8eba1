"""Narrow down unknown days from rules about them, and give up the weaker rule in a contradiction.

Every article has an interval of days on which it may have been published. A rule takes the
intervals it speaks about and narrows them; that is repeated until nothing changes. Strong rules
come first, and a weaker one that would leave no day at all is given up. Each bound remembers what
it rests on, so that a reader can be told why.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from summarize.dating.dayrules import FIRST, LAST, Rule
from summarize.dedup.index import Groups
from summarize.records import DateEvidence

__all__ = ["Bounds", "Constraint", "Solution", "solve"]


@dataclass(frozen=True, slots=True)
class Constraint:
    """Rules that stand or fall together, with what they rest on.

    `weight` is how much is lost when it is given up; an infinite one never is. `evidence` names
    the articles concerned. `likely` is true of what holds for most articles and is told by none:
    giving it up contradicts nobody.
    """

    rules: tuple[Rule, ...]
    weight: float
    evidence: tuple[DateEvidence, ...]
    likely: bool = False

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of all articles its rules speak about."""
        return tuple(dict.fromkeys(a for rule in self.rules for a in rule.articles))

    @property
    def order(self) -> tuple[float, tuple[tuple[str, int, str], ...]]:
        """A sort key, weakest first, that does not depend on the order of input."""
        return self.weight, tuple((e.article_id, e.start, e.bearing) for e in self.evidence)


@dataclass(frozen=True, slots=True)
class _Reason:
    constraint: Constraint
    parents: tuple["_Reason", ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The days between which an article appeared, and why (None: open, for no reason)."""

    first: date = FIRST
    last: date = LAST
    why_first: _Reason | None = None
    why_last: _Reason | None = None

    @property
    def reasons(self) -> tuple[_Reason, ...]:
        """The reasons of both bounds."""
        return tuple(r for r in (self.why_first, self.why_last) if r is not None)

    def rests_on(self) -> tuple[Constraint, ...]:
        """The constraints both bounds follow from, directly or not, the nearest first."""
        queue, seen = deque(self.reasons), dict.fromkeys(map(id, self.reasons))
        found: dict[int, Constraint] = {}
        while queue:
            reason = queue.popleft()
            found.setdefault(id(reason.constraint), reason.constraint)
            for parent in reason.parents:
                if id(parent) not in seen:
                    seen[id(parent)] = None
                    queue.append(parent)
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Solution:
    """The bounds of every article, and the constraints that had to be given up for them."""

    bounds: dict[str, Bounds]
    given_up: tuple[Constraint, ...]


def solve(articles: Sequence[str], constraints: Sequence[Constraint]) -> Solution:
    """The narrowest intervals that the constraints leave.

    A constraint that contradicts stronger ones is given up. The result does not depend on the
    order of either argument.
    """
    bounds = {article: Bounds() for article in articles}
    given_up: list[Constraint] = []
    for group in _components(articles, constraints):
        given_up += _solve_component(group, bounds)
    return Solution(bounds, tuple(given_up))


def _components(
    articles: Sequence[str], constraints: Sequence[Constraint]
) -> list[list[Constraint]]:
    """The constraints, parted so that no article is in two parts."""
    place = {article: number for number, article in enumerate(articles)}
    together = Groups(len(place))
    for constraint in constraints:
        for one, other in pairwise(constraint.articles):
            together.join(place[one], place[other])
    parts: dict[int, list[Constraint]] = defaultdict(list)
    for constraint in sorted(constraints, key=lambda c: c.order, reverse=True):
        parts[together.find(place[constraint.articles[0]])].append(constraint)
    return list(parts.values())


def _solve_component(
    constraints: Sequence[Constraint], bounds: dict[str, Bounds]
) -> Iterator[Constraint]:
    """Narrow `bounds`, by the strongest constraints first; give back those that leave no day."""
    speaking: dict[str, list[Constraint]] = defaultdict(list)
    for constraint in constraints:
        for article in constraint.articles:
            speaking[article].append(constraint)
        if not _propagate(constraint, bounds, speaking):
            for article in constraint.articles:
                speaking[article].pop()
            yield constraint


def _propagate(
    added: Constraint, bounds: dict[str, Bounds], speaking: Mapping[str, list[Constraint]]
) -> bool:
    """Narrow `bounds` until nothing changes; leave them as they were when no day remains."""
    before: dict[str, Bounds] = {}
    queue, waiting = deque((added,)), {id(added)}
    while queue:
        constraint = queue.popleft()
        waiting.discard(id(constraint))
        for article in _apply(constraint, bounds, before):
            if bounds[article].first > bounds[article].last:
                bounds.update(before)
                return False
            for other in speaking[article]:
                if id(other) not in waiting:
                    waiting.add(id(other))
                    queue.append(other)
    return True


def _apply(
    constraint: Constraint, bounds: dict[str, Bounds], before: dict[str, Bounds]
) -> list[str]:
    """Narrow by one constraint; the articles whose bounds changed, as they were, go to `before`."""
    changed = []
    for rule in constraint.rules:
        for article, (first, last) in [*rule.narrow(lambda a: (bounds[a].first, bounds[a].last))]:
            mine = bounds[article]
            if first <= mine.first and last >= mine.last:
                continue
            before.setdefault(article, mine)
            parents = tuple(r for source in rule.sources(article) for r in bounds[source].reasons)
            reason = _Reason(constraint, parents)
            if first > mine.first:
                mine = replace(mine, first=first, why_first=reason)
            if last < mine.last:
                mine = replace(mine, last=last, why_last=reason)
            bounds[article] = mine
            changed.append(article)
    return changed
