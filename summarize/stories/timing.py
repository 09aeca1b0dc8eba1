"""What time says about articles being one story: near days speak for it, far ones forbid it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import inf
from typing import TYPE_CHECKING

from summarize.dating import Chronology
from summarize.records import Article

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Times"]

# News of one story keeps coming for this long; articles provably further apart are two stories.
_LONGEST_PAUSE = 14
# Added to the likeness of two articles of one day, and what each day between them takes away.
# Fitted on train/neus_fulltext (benchmarks/studies/stories.py, `--fit`).
_SAME_DAY, _DAY_APART = 0.10, 0.02
# Days speak for one story as far as few other articles are of these days: in full where one in a
# hundred is, the less the more there are (the logarithm of a likelihood ratio), in a folder of one
# day's news hardly. So many articles of other days are thought to lie beside those given, so that
# a folder with a single story is not parted. Of 100 stories of dev/neus_fulltext, F1 was .75
# without this and is .92, all being of one day; .972 and .979 as they are dated. 20 or 40 do about
# the same.
_RARE, _OTHERS = 0.01, 20
# Days that two articles may be apart, and time still speaks for one story.
_NEAR = 4


class Times:
    """When the articles were published, by their places in the sequence given."""

    def __init__(self, articles: Sequence[Article], chronology: Chronology) -> None:
        """Look up each of `articles` in `chronology`; those it does not place may be of any day."""
        placed = [chronology.placements.get(article.id) for article in articles]
        self._earliest = [p.earliest.toordinal() if p and p.earliest else -inf for p in placed]
        self._latest = [p.latest.toordinal() if p and p.latest else inf for p in placed]
        place = {article.id: i for i, article in enumerate(articles)}
        self._parted: dict[int, set[int]] = defaultdict(set)
        for made in chronology.links:
            if made.apart and made.earlier_id in place and made.later_id in place:
                one, other = place[made.earlier_id], place[made.later_id]
                self._parted[one].add(other)
                self._parted[other].add(one)

    def allow(self, ones: Sequence[int], others: Sequence[int]) -> bool:
        """Whether the articles at `ones` and those at `others` may be one story."""
        if max(self._between(ones, others), self._between(others, ones)) > _LONGEST_PAUSE:
            return False
        return not any(
            self._parted[one].intersection(others) for one in ones if one in self._parted
        )

    def _between(self, ones: Sequence[int], others: Sequence[int]) -> float:
        """The days that surely lie between the first of `ones` and the last of `others`."""
        return max(self._earliest[i] for i in others) - min(self._latest[i] for i in ones)

    def in_order(self, places: Iterable[int]) -> list[int]:
        """The places from the earliest to the latest."""
        return sorted(places, key=lambda i: (self._earliest[i], self._latest[i], i))

    def nearness(
        self, ones: "NDArray[np.intp]", others: "NDArray[np.intp]"
    ) -> "NDArray[np.float64]":
        """What to add to the likeness of each pair; 0 where a day is not known."""
        import numpy as np

        earliest, latest = np.array(self._earliest), np.array(self._latest)
        days = np.where(earliest == latest, earliest, np.nan)
        added: NDArray[np.float64] = _SAME_DAY - _DAY_APART * np.abs(days[ones] - days[others])
        telling = _telling(days)
        rarer = np.minimum(telling[ones], telling[others])
        return np.nan_to_num(np.where(added > 0, added * rarer, added))


def _telling(days: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """How much it tells that another article is of those days, from 0 (all are) to 1 (few are)."""
    import numpy as np

    known = np.sort(days[~np.isnan(days)])
    near = np.searchsorted(known, days + _NEAR, "right") - np.searchsorted(known, days - _NEAR)
    share = near / (len(days) + _OTHERS)
    found: NDArray[np.float64] = np.log(np.maximum(share, _RARE)) / np.log(_RARE)
    return found
