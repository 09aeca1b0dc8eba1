"""Which shingles several texts have: an index in shards, which need not be in one place.

A shard holds the shingles of a range of hashes. Each is sorted and searched by itself, and what
they find, one behind another, is what a single index of all shingles would find.

    shingled    texts → their shingles, cut for the shards       where the texts are
    in_company  the shingles of a shard → those of several texts  where the shard is
    joined      what all shards found → `Shared`                  where it is used
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from summarize.dedup.shingles import Hasher, Hashes, spoken

__all__ = ["Shared", "Shingled", "in_company", "joined", "shared_shingles", "shingled"]

_PIECE_TEXTS = 500
# A shard in this process is as large as the shingles of so many texts. Of 10,000 texts shards of
# 1,000 to 5,000 take 106 to 110 MB, one of all 161 MB, in the same time.
_SHARD_TEXTS = 2000


@dataclass(frozen=True, slots=True)
class Shared:
    """The shingles that several texts have, numbered from 0.

    `sizes` counts all different shingles of each text, `told` those outside quotation marks. Those
    of text `t` that others have too are `ids[starts[t] : starts[t + 1]]`, ascending. `frequencies`
    counts the texts that have each shingle, and `spoken` says whether it is speech in one of them.
    """

    sizes: NDArray[np.intp]
    told: NDArray[np.intp]
    starts: NDArray[np.intp]
    ids: NDArray[np.intp]
    frequencies: NDArray[np.intp]
    spoken: NDArray[np.bool_]

    def of(self, text: int) -> NDArray[np.intp]:
        """The shared shingles of a text."""
        return self.ids[self.starts[text] : self.starts[text + 1]]

    def count(self, chosen: NDArray[np.bool_]) -> NDArray[np.intp]:
        """How many of the chosen shingles each text has."""
        sums = np.concatenate((np.zeros(1, np.intp), np.cumsum(chosen[self.ids])))
        return np.diff(sums[self.starts])


@dataclass(frozen=True, slots=True)
class Shingled:
    """The shingles of some texts: `sizes` and `told` as in `Shared`, and `parts` for the shards.

    A shingle, whether it is speech, and its text are packed into one number, so that one sort
    brings equal shingles together. With 50,000 texts 47 bits are left for the shingle: of 30
    million different ones about three pairs are then taken for each other, which a comparison by
    dozens does not notice.
    """

    sizes: NDArray[np.intp]
    told: NDArray[np.intp]
    parts: tuple[Hashes, ...]


def shared_shingles(texts: Iterable[str], count: int, hasher: Hasher) -> Shared:
    """Which shingles of `count` texts stand in more than one of them.

    Beside all shingles, 8 bytes each, only those of one shard are held at a time.
    """
    shards, left = 1 + count // _SHARD_TEXTS, iter(texts)
    pieces = [
        shingled(islice(left, _PIECE_TEXTS), first, count, shards, hasher)
        for first in range(0, count, _PIECE_TEXTS)
    ]
    found = [in_company([piece.parts[shard] for piece in pieces], count) for shard in range(shards)]
    none = np.zeros(0, np.intp)
    sizes = np.concatenate([none, *(piece.sizes for piece in pieces)])
    told = np.concatenate([none, *(piece.told for piece in pieces)])
    return joined(sizes, told, found)


def shingled(texts: Iterable[str], first: int, count: int, shards: int, hasher: Hasher) -> Shingled:
    """The shingles of some of `count` texts, numbered from `first` on, cut for so many shards."""
    speech = _speech(count)
    behind = speech | (speech - np.uint64(1))
    packed, sizes, told = [np.zeros(0, np.uint64)], [], []
    for number, text in enumerate(texts, first):
        found, starts = hasher.shingles(text)
        found &= ~behind
        found |= spoken(text, starts) * speech
        found.sort()
        found = found[_firsts(found, speech)] | np.uint64(number)
        sizes.append(len(found))
        told.append(np.count_nonzero(found & speech == 0))
        packed.append(found)
    parts = _cut(np.concatenate(packed), shards, ~behind)
    return Shingled(np.array(sizes, np.intp), np.array(told, np.intp), parts)


def in_company(parts: Sequence[Hashes], count: int) -> Hashes:
    """The shingles of a shard, given in parts by `shingled`, that several of `count` texts have."""
    entries = np.concatenate(parts) if parts else np.zeros(0, np.uint64)
    entries.sort()
    speech = _speech(count)
    first = _firsts(entries, speech | (speech - np.uint64(1)))
    lone = first.copy()
    lone[:-1] &= first[1:]
    return entries[~lone]


def joined(sizes: NDArray[np.intp], told: NDArray[np.intp], found: Sequence[Hashes]) -> Shared:
    """What the shards found, in their order; `sizes` and `told` are those of all texts."""
    speech = _speech(len(sizes))
    entries = np.concatenate(found)
    texts = (entries & (speech - np.uint64(1))).astype(np.intp)
    ids = np.cumsum(_firsts(entries, speech | (speech - np.uint64(1)))) - 1
    order = np.lexsort((ids, texts))
    starts = np.searchsorted(texts[order], np.arange(len(sizes) + 1))
    frequencies = np.bincount(ids)
    spoken = np.bincount(ids[entries & speech != 0], minlength=len(frequencies)) > 0
    return Shared(sizes, told, starts, ids[order], frequencies, spoken)


def _speech(count: int) -> np.uint64:
    """The bit above the number of each of `count` texts."""
    return np.uint64(1 << max(count - 1, 1).bit_length())


def _cut(entries: Hashes, shards: int, hashed: np.uint64) -> tuple[Hashes, ...]:
    """The entries by shard; `hashed` masks the bits that decide."""
    if shards == 1:
        return (entries,)
    entries.sort()
    edges = np.array([(shard << 64) // shards for shard in range(1, shards)], np.uint64) & hashed
    return tuple(np.split(entries, np.searchsorted(entries, edges)))


def _firsts(ordered: Hashes, ignored: np.uint64) -> NDArray[np.bool_]:
    """The first of each run of numbers that are equal but for the ignored bits."""
    first = np.ones(len(ordered), bool)
    first[1:] = ordered[1:] ^ ordered[:-1] > ignored
    return first
