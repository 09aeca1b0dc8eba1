"""Articles that say nothing new: the same document again, or an earlier version of another."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, log

import numpy as np

from summarize.dedup.evidence import Compared, compare
from summarize.dedup.index import MIN_SHARED, Groups, Index
from summarize.dedup.shingles import Hasher, Shared
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


@dataclass(frozen=True, slots=True)
class Kept:
    """The `texts` that stay, best first, their `index`, and the repeats `dropped`.

    `stories` holds those together of which one has half of the other.
    """

    texts: list[int]
    index: Index
    stories: Groups
    dropped: tuple[Dropped, ...]


def stated(article: Article) -> tuple[int, str]:
    """Sort key: the article that states more comes first."""
    return -sum(map(bool, (article.title, article.published, article.source))), article.path


def without_repeats(articles: Sequence[Article], shared: Shared) -> Kept:
    """Drop the earlier versions of a source's articles, then what others have nearly all of."""
    search = _Search(articles, shared)

    def preference(text: int) -> tuple[int, int, int, str]:
        size, article = int(shared.sizes[text]), articles[text]
        return -round(log(size + 1) / _LENGTH_STEP), stated(article)[0], -size, article.id

    order = sorted(range(len(articles)), key=preference)
    dated = [text for text in order if articles[text].source and articles[text].published]
    dated.sort(key=lambda text: articles[text].published or 0, reverse=True)
    search.sweep(dated, search.is_newer)
    left = [text for text in order if text not in search.repeats]
    kept, index = search.sweep(left, lambda other, text: not search.is_newer(text, other))
    return search.finished(kept, index)


@dataclass(frozen=True, slots=True)
class _Search:
    """The texts under comparison; `repeats` names the one that each dropped text repeats."""

    articles: Sequence[Article]
    shared: Shared
    repeats: dict[int, int] = field(default_factory=dict)
    hasher: Hasher = field(default_factory=Hasher)

    def is_newer(self, text: int, other: int) -> bool:
        """Whether `text` is a later publication of the source of `other`."""
        mine, theirs = self.articles[text], self.articles[other]
        if not mine.source or not mine.published or not theirs.source or not theirs.published:
            return False
        same = mine.source.casefold() == theirs.source.casefold()
        return same and mine.published > theirs.published

    def sweep(
        self, order: Iterable[int], may_replace: Callable[[int, int], bool]
    ) -> tuple[list[int], Index]:
        """Go through texts, best first, and keep those that none kept before may replace."""
        kept, index = list[int](), Index(self.shared)
        place: dict[int, int] = {}
        for text in order:
            needed = ceil(SAME_DOCUMENT * int(self.shared.sizes[text])) or 1
            having = [
                (-count, place[other], other)
                for other, count in index.overlaps(text, needed)
                if may_replace(other, text)
            ]
            if having and self._loses_little(text, min(having)[2]):
                self.repeats[text] = min(having)[2]
            else:
                place[text] = len(kept)
                kept.append(text)
                index.add(text)
        return kept, index

    def _similarity(self, text: int, other: int) -> float:
        common = np.intersect1d(self.shared.of(text), self.shared.of(other), assume_unique=True)
        return len(common) / int(self.shared.sizes[text])

    def _compared(self, text: int, other: int) -> Compared:
        return compare(self.articles[text], self.articles[other], self.hasher)

    def _loses_little(self, text: int, other: int) -> bool:
        return self._compared(text, other).lost <= MAX_LOST

    def finished(self, kept: list[int], index: Index) -> Kept:
        """Name for each repeat an article that stays; without one that has it, it stays too."""
        for text, other in list(self.repeats.items()):
            last = other
            while last in self.repeats:
                last = self.repeats[last]
            if last == other:
                continue
            if self._similarity(text, last) >= SAME_DOCUMENT and self._loses_little(text, last):
                self.repeats[text] = last
            else:
                del self.repeats[text]
                kept.append(text)
                index.add(text)
        dropped = sorted(map(self._dropped, self.repeats), key=lambda drop: drop.article.path)
        return Kept(kept, index, self._stories(kept, index), tuple(dropped))

    def _dropped(self, text: int) -> Dropped:
        other = self.repeats[text]
        compared = self._compared(text, other)
        reason = "earlier version" if self.is_newer(other, text) else "same document"
        if compared.lost:
            only = "sentence stands" if compared.lost == 1 else "sentences stand"
            reason += f", {compared.lost} {only} only there"
        article, kept = self.articles[text], self.articles[other].id
        return Dropped(article, kept, self._similarity(text, other), reason, compared.passage)

    def _stories(self, kept: Sequence[int], index: Index) -> Groups:
        stories, sizes = Groups(len(self.articles)), self.shared.sizes
        for text in kept:
            for other, count in index.overlaps(text, MIN_SHARED):
                if count >= _CLEARLY_ONE_STORY * min(sizes[text], sizes[other]):
                    stories.join(text, other)
        return stories
