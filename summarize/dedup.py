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


def _shingled(articles: Sequence[Article]) -> Iterator[_Text]:
    """Each article with its shingles. Most occur once and are forgotten here, to save memory."""
    import numpy as np

    hashes: dict[str, int] = {}
    # Odd multipliers of the order of the words; sums wrap around at 64 bits.
    factors = [pow(0x9E3779B97F4A7C15, power, 1 << 64) for power in range(_SHINGLE_WORDS)]
    documents = []
    for article in articles:
        tokens = _TOKEN.findall(article.body.lower())
        words = np.fromiter((_hash(token, hashes) for token in tokens), np.uint64, len(tokens))
        count = max(len(words) - _SHINGLE_WORDS + 1, 0)
        shingles = np.zeros(count, np.uint64)
        for power, factor in enumerate(factors):
            shingles += words[power : power + count] * np.uint64(factor)
        documents.append(np.unique(shingles))
    everything = np.sort(np.concatenate([np.zeros(0, np.uint64), *documents]))
    frequent = np.unique(everything[1:][everything[1:] == everything[:-1]])
    del everything
    for article, document in zip(articles, documents, strict=True):
        places = np.searchsorted(frequent, document)
        shared = (
            places[frequent.take(places, mode="clip") == document] if len(frequent) else places[:0]
        )
        yield _Text(article, len(document), shared.tolist())


def _hash(token: str, known: dict[str, int]) -> int:
    """A number for a word that is the same on every machine and in every run."""
    number = known.get(token)
    if number is None:
        digest = blake2b(token.encode("utf-8"), digest_size=8).digest()
        number = known[token] = int.from_bytes(digest, "little")
    return number


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
        most = max(((_similarity(n, text, kept[i]), -i) for i, n in counts.items()), default=None)
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
    counts: Counter[int] = Counter()
    for shingle in text.shared:
        posting = postings.get(shingle, ())
        if len(posting) <= _MAX_POSTING:
            counts.update(posting)
    return counts


def _wires(kept: Sequence[_Text], postings: Postings) -> tuple[Wire, ...]:
    stories = _Groups(len(kept))
    for number, text in enumerate(kept):
        for other, count in _counts(text, postings).items():
            if other < number and _similarity(count, text, kept[other]) >= _CLEARLY_ONE_STORY:
                stories.join(number, other)
    telling = {
        shingle: posting
        for shingle, posting in postings.items()
        if len({stories.find(number) for number in posting}) < _BOILERPLATE_STORIES
    }
    wires, pairs = _Groups(len(kept)), []
    for number, text in enumerate(kept):
        for other, count in _counts(text, telling).items():
            similarity = _similarity(count, text, kept[other])
            if other < number and count >= _MIN_SHARED and similarity >= SAME_WIRE:
                wires.join(number, other)
                first, second = sorted((text.article.id, kept[other].article.id))
                pairs.append((number, WirePair(first, second, similarity)))
    members: dict[int, tuple[list[str], list[WirePair]]] = defaultdict(lambda: ([], []))
    for number, text in enumerate(kept):
        members[wires.find(number)][0].append(text.article.id)
    for number, pair in pairs:
        members[wires.find(number)][1].append(pair)
    return tuple(
        sorted(
            Wire(tuple(sorted(ids)), tuple(sorted(found)))
            for ids, found in members.values()
            if len(ids) > 1
        )
    )


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
