"""Which texts share how much: an index of the shingles, and groups of texts that grow together."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from summarize.dedup.shared import Shared

__all__ = ["MAX_POSTING", "MIN_SHARED", "Groups", "Index"]

# A shared quotation or standing phrase is no shared story: 20 shingles are 24 words in a row.
MIN_SHARED = 20

# A text is compared with this many that came before it and have the shingle, so that no phrase
# makes the work quadratic. Of 389,000 shingles that 20,000 articles of 600 words share, 139 are in
# more: two to an article (`python -m benchmarks.studies.dedup DATA speed`).
MAX_POSTING = 100


class Index:
    """The texts added so far, by number, and where each shared shingle stands in them."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        rooms = np.minimum(shared.frequencies, MAX_POSTING)
        self._offsets = np.concatenate((np.zeros(1, np.intp), np.cumsum(rooms)))
        self._texts = np.zeros(int(self._offsets[-1]), np.int32)
        self._lengths = np.zeros(len(rooms), np.intp)

    def add(self, text: int) -> None:
        """Let `text` be found from now on."""
        ids = self._shared.of(text)
        ids = ids[self._lengths[ids] < MAX_POSTING]
        self._texts[self._offsets[ids] + self._lengths[ids]] = text
        self._lengths[ids] += 1

    def overlaps(
        self, text: int, minimum: int, telling: NDArray[np.bool_] | None = None
    ) -> Iterable[tuple[int, int]]:
        """The texts added that share at least `minimum` (telling) shingles, and how many."""
        ids = self._shared.of(text)
        if telling is not None:
            ids = ids[telling[ids]]
        lengths = self._lengths[ids]
        if np.count_nonzero(lengths) < minimum:
            return ()
        found = np.sort(self._texts[_ranges(self._offsets[ids], lengths)])
        edges = np.flatnonzero(np.concatenate(([True], found[1:] != found[:-1], [True])))
        counts = np.diff(edges)
        enough = counts >= minimum
        return zip(found[edges[:-1]][enough].tolist(), counts[enough].tolist(), strict=True)

    def spread(self, groups: NDArray[np.intp]) -> NDArray[np.intp]:
        """Of how many groups the texts are that have each shingle. `groups` gives each text's."""
        ids = np.repeat(np.arange(len(self._lengths)), self._lengths)
        places = _ranges(self._offsets[:-1], self._lengths)
        pairs = np.sort(ids * len(groups) + groups[self._texts[places]])
        ids = pairs[np.diff(pairs, prepend=-1) != 0] // max(len(groups), 1)
        return np.bincount(ids, minlength=len(self._lengths))


def _ranges(starts: NDArray[np.intp], lengths: NDArray[np.intp]) -> NDArray[np.intp]:
    """The numbers from each start on, as many as its length."""
    ends = np.cumsum(lengths)
    ranges: NDArray[np.intp] = np.repeat(starts - ends + lengths, lengths)
    return ranges + np.arange(len(ranges))


class Groups:
    """Union-find over the numbers from 0 to `count` - 1."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def find(self, number: int) -> int:
        """The number that stands for the group."""
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def join(self, first: int, second: int) -> None:
        """Make one group of two."""
        first, second = sorted((self.find(first), self.find(second)))
        self._parents[second] = first

    def roots(self) -> NDArray[np.intp]:
        """What `find` gives for each number."""
        return np.array([self.find(number) for number in range(len(self._parents))], np.intp)
