"""Articles that repeat each other: the same document twice, or copies of one wire story.

Two texts are compared by containment: the share of the smaller one's 5-word shingles that the other
has. It is exact (an inverted index, no sampling), because copies of a wire story overlap far less
than what sampling methods are tuned for.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import chain
from math import log

from summarize.records import Article, Dropped

__all__ = ["SAME_DOCUMENT", "SAME_WIRE", "Deduplicated", "Wire", "WirePair", "deduplicate"]

SAME_DOCUMENT = 0.80
# Copies of one wire story among the sample articles: .165 to .365; all other pairs: .005 at most.
# Of made-up rewrites that keep a fifth of the sentences 85 % are found, of those that keep three
# tenths 99 %, and no other pair (`python -m benchmarks.studies.dedup`).
SAME_WIRE = 0.10

_SHINGLE_WORDS = 5
# A shared quotation or standing phrase is no shared story: 15 shingles are 19 words in a row.
_MIN_SHARED = 15
# A shingle in this many stories that otherwise differ is boilerplate.
_BOILERPLATE_STORIES = 10
# From here on a shingle is not followed up at all, so that no phrase makes the work quadratic.
_MAX_POSTING = 100
# Two texts that share half of the smaller one are one story, whatever phrases they share.
_CLEARLY_ONE_STORY = 0.50
# Lengths within a tenth count as equal when the better copy is chosen.
_LENGTH_STEP = log(1.1)

_TOKEN = re.compile(r"\w+")

Postings = dict[int, list[int]]


@dataclass(frozen=True, slots=True, order=True)
class WirePair:
    """Two articles of one wire, and the share of the smaller one's shingles the other has."""

    first: str
    second: str
    similarity: float


@dataclass(frozen=True, slots=True, order=True)
class Wire:
    """Articles (by id, sorted) that carry the same wire copy: one witness, however many there are.

    `pairs` are the overlaps that show it; two of the articles may be joined through a third.
    """

    article_ids: tuple[str, ...]
    pairs: tuple[WirePair, ...]


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """What is left: `articles` in the given order, the `dropped` repeats, and the `wires`."""

    articles: tuple[Article, ...]
    dropped: tuple[Dropped, ...]
    wires: tuple[Wire, ...]


@dataclass(slots=True)
class _Text:
    """An article under comparison: how many shingles it has, and those that others have too."""

    article: Article
    size: int
    shared: list[int]


def deduplicate(articles: Sequence[Article]) -> Deduplicated:
    """Drop articles that repeat another one, and group those that carry the same wire copy.

    Which copy stays does not depend on the order given: the longest, and among about equally long
    ones the one that states its title and date. A short text that stands in a long one is dropped
    too, as nothing of it is lost.
    """
    unique, others = _identical(articles)
    texts = sorted(_shingled(unique), key=_preference)
    index, repeats = _same_documents(texts)
    gone = {drop.article.id: drop for drop in repeats}
    paths = {article.id: article.path for article in unique}
    same = [
        replace(gone[other.id], article=other)
        if other.id in gone
        else Dropped(other, other.id, 1.0, f"the same text as {paths[other.id]}")
        for other in others
    ]
    left = tuple(article for article in unique if article.id not in gone)
    return Deduplicated(left, (*same, *repeats), _wires(index))


def _stated(article: Article) -> tuple[int, str]:
    """Sort key: the article that states more comes first."""
    return -sum(map(bool, (article.title, article.published, article.source))), article.path


def _identical(articles: Sequence[Article]) -> tuple[list[Article], list[Article]]:
    """One article of each text, in the given order, and the others, by path."""
    best: dict[str, Article] = {}
    for article in sorted(articles, key=_stated):
        best.setdefault(article.id, article)
    unique, others, seen = [], [], set[str]()
    for article in articles:
        if article is best[article.id] and article.id not in seen:
            seen.add(article.id)
            unique.append(article)
        else:
            others.append(article)
    return unique, sorted(others, key=lambda article: article.path)


class _WordHashes(dict[str, int]):
    """A number for each word that is the same on every machine and in every run."""

    def __missing__(self, word: str) -> int:
        digest = blake2b(word.encode("utf-8"), digest_size=8).digest()
        number = self[word] = int.from_bytes(digest, "little")
        return number


def _shingled(articles: Sequence[Article]) -> Iterator[_Text]:
    """Each article with its shingles. Most occur once and are forgotten here, to save memory."""
    import numpy as np

    hashes = _WordHashes()
    # Odd factors keep the words' order in the sum, which wraps around at 64 bits.
    factors = [pow(0x9E3779B97F4A7C15, power, 1 << 64) for power in range(_SHINGLE_WORDS)]
    documents = []
    for article in articles:
        tokens = _TOKEN.findall(article.body.lower())
        words = np.array([hashes[token] for token in tokens], np.uint64)
        count = max(len(words) - _SHINGLE_WORDS + 1, 0)
        shingles = np.zeros(count, np.uint64)
        for power, factor in enumerate(factors):
            shingles += words[power : power + count] * np.uint64(factor)
        documents.append(np.unique(shingles))
    everything = np.sort(np.concatenate(documents)) if documents else np.zeros(0, np.uint64)
    frequent = np.unique(everything[1:][everything[1:] == everything[:-1]])
    del everything
    for article, document in zip(articles, documents, strict=True):
        # A document is small against all that is shared, so it is looked up there, not merged.
        places = np.searchsorted(frequent, document)
        inside = places < len(frequent)
        inside[inside] = frequent[places[inside]] == document[inside]
        yield _Text(article, len(document), places[inside].tolist())


def _preference(text: _Text) -> tuple[int, int, int, str]:
    """Sort key: the copy to keep comes first."""
    length = -round(log(text.size + 1) / _LENGTH_STEP)
    return length, _stated(text.article)[0], -text.size, text.article.id


class _Index:
    """The texts kept so far, where each shingle occurs in them, and which are one story."""

    def __init__(self) -> None:
        self.kept: list[_Text] = []
        self.postings: Postings = defaultdict(list)
        self.stories = _Groups()

    def add(self, text: _Text, overlaps: Sequence[tuple[float, int]]) -> None:
        number = self.stories.add()
        for similarity, other in overlaps:
            if similarity >= _CLEARLY_ONE_STORY:
                self.stories.join(number, other)
        for shingle in text.shared:
            if len(self.postings[shingle]) <= _MAX_POSTING:
                self.postings[shingle].append(number)
        self.kept.append(text)

    def overlaps(self, text: _Text, postings: Postings) -> list[tuple[float, int]]:
        """The similarity to each kept text that shares a passage with this one."""
        found = map(postings.get, text.shared)
        counts = Counter(chain.from_iterable(p for p in found if p and len(p) <= _MAX_POSTING))
        return [
            (count / min(text.size, self.kept[number].size), number)
            for number, count in counts.items()
            if count >= _MIN_SHARED or count >= SAME_DOCUMENT * text.size
        ]

    def telling(self) -> Postings:
        """The postings without boilerplate."""
        return {
            shingle: posting
            for shingle, posting in self.postings.items()
            if len(posting) < _BOILERPLATE_STORIES
            or len(set(map(self.stories.find, posting))) < _BOILERPLATE_STORIES
        }


def _same_documents(texts: Sequence[_Text]) -> tuple[_Index, list[Dropped]]:
    """Go through the texts, best first; drop those that one kept before contains or repeats."""
    index = _Index()
    dropped = []
    for text in texts:
        overlaps = index.overlaps(text, index.postings)
        similarity, number = max(overlaps, key=lambda pair: (pair[0], -pair[1]), default=(0.0, 0))
        if similarity >= SAME_DOCUMENT:
            other = index.kept[number].article
            reason = f"{similarity:.0%} of the shorter text is also in {other.path}"
            dropped.append(Dropped(text.article, other.id, similarity, reason))
        else:
            index.add(text, overlaps)
    return index, sorted(dropped, key=lambda drop: drop.article.path)


def _wires(index: _Index) -> tuple[Wire, ...]:
    postings, wires = index.telling(), _Groups()
    links: list[tuple[int, WirePair]] = []
    for text in index.kept:
        number, id_ = wires.add(), text.article.id
        for similarity, other in index.overlaps(text, postings):
            if other < number and similarity >= SAME_WIRE:
                wires.join(number, other)
                first, second = sorted((id_, index.kept[other].article.id))
                links.append((number, WirePair(first, second, similarity)))
    pairs: dict[int, list[WirePair]] = defaultdict(list)
    for number, pair in links:
        pairs[wires.find(number)].append(pair)
    return tuple(
        sorted(
            Wire(tuple(sorted({id_ for p in found for id_ in (p.first, p.second)})), tuple(found))
            for found in map(sorted, pairs.values())
        )
    )


class _Groups:
    """Union-find over the numbers from 0."""

    def __init__(self) -> None:
        self._parents: list[int] = []

    def add(self) -> int:
        self._parents.append(len(self._parents))
        return self._parents[-1]

    def find(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def join(self, first: int, second: int) -> None:
        first, second = sorted((self.find(first), self.find(second)))
        self._parents[second] = first
