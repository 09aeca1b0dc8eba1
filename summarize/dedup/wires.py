"""Articles that carry one wire copy, in whatever shape their editors gave it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from summarize.dedup.evidence import compare
from summarize.dedup.index import MIN_SHARED, Groups
from summarize.dedup.repeats import Kept
from summarize.dedup.shingles import Hasher, Shared
from summarize.records import Article

__all__ = ["SAME_WIRE", "Wire", "WirePair", "find_wires"]

SAME_WIRE = 0.10
# A shingle in this many stories that otherwise differ is boilerplate.
_BOILERPLATE_STORIES = 10


@dataclass(frozen=True, slots=True, order=True)
class WirePair:
    """Two articles of one wire, and the share of the smaller one's shingles the other has.

    Shingles of boilerplate are not counted. `passage` is the longest wording both have, cut to 200
    characters; it is given for the closest pair of each article.
    """

    first: str
    second: str
    similarity: float
    passage: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Wire:
    """Articles (by id, sorted) that carry the same wire copy: one witness, however many there are.

    `pairs` are the overlaps that show it; two of the articles may be joined through a third.
    """

    article_ids: tuple[str, ...]
    pairs: tuple[WirePair, ...]


def find_wires(articles: Sequence[Article], shared: Shared, kept: Kept) -> tuple[Wire, ...]:
    """The wires among the kept articles."""
    telling = _telling(kept)
    sizes = shared.sizes - shared.count(~telling)
    groups, links = Groups(len(articles)), list[tuple[int, WirePair]]()
    for text in kept.texts:
        for other, count in kept.index.overlaps(text, MIN_SHARED, telling):
            similarity = count / int(min(sizes[text], sizes[other]))
            first, second = sorted((articles[text].id, articles[other].id))
            if first < second and similarity >= SAME_WIRE:
                groups.join(text, other)
                links.append((text, WirePair(first, second, similarity)))
    pairs: dict[int, set[WirePair]] = defaultdict(set)
    for text, pair in links:
        pairs[groups.find(text)].add(pair)
    known, hasher = {article.id: article for article in articles}, Hasher()
    return tuple(sorted(_wire(sorted(found), known, hasher) for found in pairs.values()))


def _telling(kept: Kept) -> NDArray[np.bool_]:
    """Which shingles are no boilerplate."""
    spread: NDArray[np.bool_] = kept.index.spread(kept.stories.roots()) < _BOILERPLATE_STORIES
    return spread


def _wire(pairs: Sequence[WirePair], articles: dict[str, Article], hasher: Hasher) -> Wire:
    """The wire of these pairs, with a passage shown for the closest pair of each article."""
    closest: dict[str, WirePair] = {}
    for pair in sorted(pairs, key=lambda pair: pair.similarity):
        closest[pair.first] = closest[pair.second] = pair
    shown = set(closest.values())
    return Wire(
        tuple(sorted(closest)),
        tuple(
            replace(
                pair, passage=compare(articles[pair.first], articles[pair.second], hasher).passage
            )
            if pair in shown
            else pair
            for pair in pairs
        ),
    )
