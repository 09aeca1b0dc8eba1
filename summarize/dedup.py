"""Articles that repeat each other: the same document twice, or copies of one wire story.

Two texts are compared by containment: the share of the smaller one's 5-word shingles that the other
has. It is exact (an inverted index, no sampling), because copies of a wire story overlap far less
than what sampling methods are tuned for.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from math import log

from summarize.records import Article, Dropped

__all__ = ["SAME_DOCUMENT", "SAME_WIRE", "Deduplicated", "Wire", "WirePair", "deduplicate"]

SAME_DOCUMENT = 0.80
# Copies of one wire story among the sample articles: .145 to .361; all other pairs: .007 at most.
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
    unique, identical = _identical(articles)
    texts = sorted(_shingled(unique), key=_preference)
    kept, postings, repeats = _same_documents(texts)
    stays = {text.article.id for text in kept}
    left = tuple(article for article in unique if article.id in stays)
    return Deduplicated(left, (*identical, *repeats), _wires(kept, postings))


def _stated(article: Article) -> tuple[int, str]:
    """Sort key: the article that states more comes first."""
    return -sum(map(bool, (article.title, article.published, article.source))), article.path


def _identical(articles: Sequence[Article]) -> tuple[list[Article], list[Dropped]]:
    best: dict[str, Article] = {}
    for article in sorted(articles, key=_stated):
        best.setdefault(article.id, article)
    unique = [article for article in articles if article is best[article.id]]
    others = [article for article in articles if article is not best[article.id]]
    return unique, [
        Dropped(other, other.id, 1.0, f"the same text as {best[other.id].path}")
        for other in sorted(others, key=lambda article: article.path)
    ]


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


def _similarity(count: int, first: _Text, second: _Text) -> float:
    return count / min(first.size, second.size)


Postings = dict[int, list[int]]


def _same_documents(texts: Sequence[_Text]) -> tuple[list[_Text], Postings, list[Dropped]]:
    """Go through the texts, best first; drop those that one kept before contains or repeats."""
    kept: list[_Text] = []
    postings: Postings = defaultdict(list)
    dropped = []
    for text in texts:
        counts = _counts(text, postings)
        enough = SAME_DOCUMENT * min(text.size, min((kept[i].size for i in counts), default=0))
        most = max(
            ((_similarity(n, text, kept[i]), -i) for i, n in counts.items() if n >= enough),
            default=None,
        )
        if most is not None and most[0] >= SAME_DOCUMENT:
            other = kept[-most[1]].article
            reason = f"{most[0]:.0%} of the shorter text is also in {other.path}"
            dropped.append(Dropped(text.article, other.id, most[0], reason))
            continue
        for shingle in text.shared:
            if len(postings[shingle]) <= _MAX_POSTING:
                postings[shingle].append(len(kept))
        kept.append(text)
    return kept, postings, sorted(dropped, key=lambda drop: drop.article.path)


def _counts(text: _Text, postings: Postings) -> Counter[int]:
    """How many shingles the text shares with each text before it."""
    found = map(postings.get, text.shared)
    return Counter(chain.from_iterable(p for p in found if p and len(p) <= _MAX_POSTING))


def _wires(kept: Sequence[_Text], postings: Postings) -> tuple[Wire, ...]:
    stories = _Groups(len(kept))
    for number, other, _ in _linked(kept, postings, _CLEARLY_ONE_STORY):
        stories.join(number, other)
    telling = {
        shingle: posting
        for shingle, posting in postings.items()
        if len(posting) < _BOILERPLATE_STORIES
        or len(set(map(stories.find, posting))) < _BOILERPLATE_STORIES
    }
    wires = _Groups(len(kept))
    links = list(_linked(kept, telling, SAME_WIRE))
    members: dict[int, set[str]] = defaultdict(set)
    pairs: dict[int, list[WirePair]] = defaultdict(list)
    for number, other, _ in links:
        wires.join(number, other)
    for number, other, similarity in links:
        first, second = sorted((kept[number].article.id, kept[other].article.id))
        members[wires.find(number)] |= {first, second}
        pairs[wires.find(number)].append(WirePair(first, second, similarity))
    return tuple(
        sorted(Wire(tuple(sorted(members[root])), tuple(sorted(pairs[root]))) for root in members)
    )


def _linked(
    kept: Sequence[_Text], postings: Postings, threshold: float
) -> Iterator[tuple[int, int, float]]:
    """The pairs that overlap by the threshold at least, the later text first."""
    for number, text in enumerate(kept):
        for other, count in _counts(text, postings).items():
            if other < number and count >= _MIN_SHARED:
                similarity = _similarity(count, text, kept[other])
                if similarity >= threshold:
                    yield number, other, similarity


class _Groups:
    """Union-find over numbers."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def find(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def join(self, first: int, second: int) -> None:
        first, second = sorted((self.find(first), self.find(second)))
        self._parents[second] = first
