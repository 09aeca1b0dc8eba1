"""Articles that say nothing new: the same document again, or an earlier version of another."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil, log

import numpy as np

from summarize.dedup.evidence import Compared, compare
from summarize.dedup.index import MIN_SHARED, Groups, Index
from summarize.dedup.revisions import revision
from summarize.dedup.shared import Shared
from summarize.dedup.shingles import Hasher
from summarize.records import Article, Dropped

__all__ = ["MAX_LOST", "SAME_DOCUMENT", "Kept", "stated", "without_repeats"]

SAME_DOCUMENT = 0.80
# Of 328 articles of which a later version by the same source has four fifths, 89 % lose no more
# sentences than this; the others stay (`python -m benchmarks.studies.dedup DATA versions`).
MAX_LOST = 3
# Two texts that share half of the smaller one are one story, whatever phrases they share.
_CLEARLY_ONE_STORY = 0.50
# Lengths within a tenth count as equal when the better copy is chosen.
_LENGTH_STEP = log(1.1)


class Kept:
    """The texts that stay, in an index.

    `overlapping` are those that share a passage with another one; `stories` holds those together
    of which one has half of the other.
    """

    def __init__(self, shared: Shared) -> None:
        self.index = Index(shared)
        self.overlapping = set[int]()
        self.stories = Groups(len(shared.sizes))
        self._sizes = shared.sizes

    def overlaps(self, text: int) -> list[tuple[int, int]]:
        """The texts kept that share a passage with this one, or most of it, and how much."""
        needed = ceil(SAME_DOCUMENT * int(self._sizes[text])) or 1
        return list(self.index.overlaps(text, min(needed, MIN_SHARED)))

    def add(self, text: int, overlaps: Iterable[tuple[int, int]]) -> None:
        """Keep `text`, which has these overlaps."""
        self.index.add(text)
        for other, count in overlaps:
            self.overlapping.update((text, other))
            if count >= _CLEARLY_ONE_STORY * min(self._sizes[text], self._sizes[other]):
                self.stories.join(text, other)


def stated(article: Article) -> tuple[float, str]:
    """Sort key: the article that states more comes first.

    The day and the sender of a letter count half of one: with them it is better than an article
    that has a title only, and not as good as one that has its own day or source, too.
    """
    own = () if article.mailed else (article.published, article.source)
    letter = 0.5 if article.mailed and article.published else 0.0
    return -sum(map(bool, (article.title, *own))) - letter, article.path


def without_repeats(
    articles: Sequence[Article], shared: Shared, hasher: Hasher
) -> tuple[Kept, list[Dropped]]:
    """What stays, and, by path, what goes.

    First go the earlier versions of a source's articles, then those of which others have most.
    """
    search = _Search(articles, shared, hasher)

    def preference(text: int) -> tuple[int, float, int, str]:
        size, article = int(shared.sizes[text]), articles[text]
        return -round(log(size + 1) / _LENGTH_STEP), stated(article)[0], -size, article.id

    order = sorted(range(len(articles)), key=preference)
    days = [(article.source and article.published) or date.min for article in articles]
    dated = [text for text in order if days[text] > date.min]
    search.sweep(sorted(dated, key=days.__getitem__, reverse=True), search.is_newer)
    left = [text for text in order if text not in search.repeats]
    kept = search.sweep(left, lambda other, text: not search.is_newer(text, other))
    search.settle(kept)
    return kept, sorted(map(search.dropped, search.repeats), key=lambda drop: drop.article.path)


@dataclass(frozen=True, slots=True)
class _Search:
    """The texts under comparison; `repeats` names the one that each dropped text repeats."""

    articles: Sequence[Article]
    shared: Shared
    hasher: Hasher
    repeats: dict[int, int] = field(default_factory=dict)

    def is_newer(self, text: int, other: int) -> bool:
        """Whether `text` is a later publication of the source of `other`."""
        mine, theirs = self.articles[text], self.articles[other]
        if mine.mailed and not theirs.mailed:
            return False  # it was sent later, whenever it was written
        if not mine.source or not mine.published or not theirs.source or not theirs.published:
            return False
        same = mine.source.casefold() == theirs.source.casefold()
        return same and mine.published > theirs.published

    def sweep(self, order: Iterable[int], may_replace: Callable[[int, int], bool]) -> Kept:
        """Go through texts, best first, and keep those that none kept before may replace."""
        kept, places = Kept(self.shared), dict[int, int]()
        for text in order:
            overlaps = kept.overlaps(text)
            needed = SAME_DOCUMENT * int(self.shared.sizes[text])
            having = [
                (-count, places[other], other)
                for other, count in overlaps
                if count >= needed and may_replace(other, text)
            ]
            if having and self._compared(text, min(having)[2]).lost <= MAX_LOST:
                self.repeats[text] = min(having)[2]
            else:
                places[text] = len(places)
                kept.add(text, overlaps)
        return kept

    def settle(self, kept: Kept) -> None:
        """Name for each repeat an article that stays; what none of them has, stays too."""
        for text, other in list(self.repeats.items()):
            last = other
            while last in self.repeats:
                last = self.repeats[last]
            if last == other:
                continue
            enough = self._similarity(text, last) >= SAME_DOCUMENT
            if enough and self._compared(text, last).lost <= MAX_LOST:
                self.repeats[text] = last
            else:
                del self.repeats[text]
                kept.add(text, kept.overlaps(text))

    def _similarity(self, text: int, other: int) -> float:
        common = np.intersect1d(self.shared.of(text), self.shared.of(other), assume_unique=True)
        return len(common) / int(self.shared.sizes[text])

    def _compared(self, text: int, other: int) -> Compared:
        return compare(self.articles[text], self.articles[other], self.hasher)

    def dropped(self, text: int) -> Dropped:
        """What the reader learns about a repeat."""
        other = self.repeats[text]
        article, kept = self.articles[text], self.articles[other]
        compared, similarity = self._compared(text, other), self._similarity(text, other)
        if self.is_newer(other, text):
            changes = revision(article, kept, self.hasher)
            return Dropped(
                article, kept.id, similarity, "earlier version", compared.passage, changes
            )
        reason = "same document"
        if compared.lost:
            only = "sentence stands" if compared.lost == 1 else "sentences stand"
            reason += f", {compared.lost} {only} only there"
        return Dropped(article, kept.id, similarity, reason, compared.passage)
