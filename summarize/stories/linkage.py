"""Average link over a sparse graph: work grows with the pairs that have something in common.

The clusters whose members are most alike on average are joined first, until none are alike enough.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from heapq import heapify, heappop, heappush

__all__ = ["average_link", "join"]

Allowed = Callable[[Sequence[int], Sequence[int]], bool]


def join(count: int, pairs: Iterable[tuple[int, int]], allowed: Allowed) -> list[list[int]]:
    """The numbers below `count`, those of each pair in one group as far as it is allowed."""
    group_of = {number: [number] for number in range(count)}
    for one, other in pairs:
        ours, theirs = group_of[one], group_of[other]
        if ours is not theirs and allowed(ours, theirs):
            ours += theirs
            group_of.update((number, ours) for number in theirs)
    return list({id(group): group for group in group_of.values()}.values())


def average_link(
    groups: Sequence[Sequence[int]],
    pairs: Iterable[tuple[int, int, float]],
    nearest: float,
    allowed: Allowed,
) -> list[list[int]]:
    """Join `groups` while two of them are at least `nearest` alike on average.

    `pairs` are the likenesses of members; pairs that are missing count as not alike at all.
    `allowed` says whether two clusters may be joined; once it forbids, it must forbid whatever
    else joins them. Ties go to the groups that come first.
    """
    clusters = {place: list(group) for place, group in enumerate(groups)}
    likeness = _sums(groups, pairs)

    def mean(one: int, other: int) -> float:
        return likeness[one][other] / (len(clusters[one]) * len(clusters[other]))

    heap = [
        (-mean(one, other), one, other)
        for one, others in likeness.items()
        for other in others
        if one < other and mean(one, other) >= nearest
    ]
    heapify(heap)
    new = len(groups)
    while heap:
        _, one, other = heappop(heap)
        if one not in clusters or other not in clusters:
            continue
        if not allowed(clusters[one], clusters[other]):
            continue
        clusters[new] = clusters.pop(one) + clusters.pop(other)
        _join(likeness, one, other, new)
        for third in likeness[new]:
            if mean(third, new) >= nearest:
                heappush(heap, (-mean(third, new), third, new))
        new += 1
    return list(clusters.values())


def _sums(
    groups: Sequence[Sequence[int]], pairs: Iterable[tuple[int, int, float]]
) -> dict[int, dict[int, float]]:
    """The likenesses summed up between each two groups that have any."""
    group_of = {member: place for place, group in enumerate(groups) for member in group}
    sums: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for first, second, value in pairs:
        one, other = group_of[first], group_of[second]
        if one != other:
            sums[one][other] += value
            sums[other][one] += value
    return sums


def _join(likeness: dict[int, dict[int, float]], one: int, other: int, new: int) -> None:
    """Replace two groups by one that is as alike to each third as they are together."""
    joined: dict[int, float] = defaultdict(float)
    for old in (one, other):
        for third, value in likeness.pop(old).items():
            if third not in (one, other):
                del likeness[third][old]
                joined[third] += value
    for third, value in joined.items():
        likeness[third][new] = value
    likeness[new] = joined
