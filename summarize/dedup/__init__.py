"""Articles that repeat each other: the same document twice, or copies of one wire story.

Two texts are compared by the 5-word shingles they share. It is exact (an index of all shingles, no
sampling), because copies of a wire story overlap far less than what sampling methods are tuned for:
of made-up rewrites that keep half of the sentences 99 % are found, MinHash at .3 finds 1 %. Time
and memory grow with the number of words, 11 KB for an article of 600 words beside its text. The
index is cut into shards by hash, which others may search (`shared`; measured by
`benchmarks/studies/dedup_shards.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarize.dedup.repeats import stated, without_repeats
from summarize.dedup.shared import Shared, shared_shingles
from summarize.dedup.shingles import Hasher
from summarize.dedup.wires import SAME_WIRE, Wire, find_wires
from summarize.records import Article, Dropped

__all__ = ["SAME_WIRE", "Deduplicated", "compared_texts", "deduplicate"]


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """What is left: `articles` in the given order, the `dropped` repeats, and the `wires`."""

    articles: tuple[Article, ...]
    dropped: tuple[Dropped, ...]
    wires: tuple[Wire, ...]


def compared_texts(articles: Sequence[Article]) -> list[str]:
    """The texts that `deduplicate` compares, in the order in which `Shared` numbers them."""
    return [article.body for article in _identical(articles)[0]]


def deduplicate(articles: Sequence[Article], shared: Shared | None = None) -> Deduplicated:
    """Drop articles that repeat another one, and group those that carry the same wire copy.

    An article goes when another one has four fifths of its shingles and all but three of its
    sentences. Which copy stays does not depend on the order given: of two versions that one source
    published on different days the later; else the longer, and among about equally long ones the
    one that states its title and date. A short text that stands in a long one is dropped too.
    `shared` are the shingles of `compared_texts`, where others have found them already.
    """
    unique, others = _identical(articles)
    hasher = Hasher()
    if shared is None:
        shared = shared_shingles((article.body for article in unique), len(unique), hasher)
    kept, repeats = without_repeats(unique, shared, hasher)
    gone = {drop.article.id: drop for drop in repeats}
    same = [
        replace(gone[other.id], article=other)
        if other.id in gone
        else Dropped(other, other.id, 1.0, "same text")
        for other in others
    ]
    left = tuple(article for article in unique if article.id not in gone)
    return Deduplicated(left, (*same, *repeats), find_wires(unique, shared, kept, hasher))


def _identical(articles: Sequence[Article]) -> tuple[list[Article], list[Article]]:
    """One article of each text, in the given order, and the others, by path."""
    best: dict[str, Article] = {}
    for article in sorted(articles, key=stated):
        best.setdefault(article.id, article)
    unique, others, seen = [], [], set[str]()
    for article in articles:
        if article is best[article.id] and article.id not in seen:
            seen.add(article.id)
            unique.append(article)
        else:
            others.append(article)
    return unique, sorted(others, key=lambda article: article.path)
