"""The articles that have little to do with the others."""

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from summarize.records import Article
from summarize.stories.likeness import pairs, vectors
from summarize.stories.linkage import join

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["loners", "strangers"]

# Other articles that were put into single stories of ECB+ and NeuS are found in 100 and 85 of 100
# cases, and 5 and 11 of 1000 of a story's own (`benchmarks.studies.stories DATA --strangers`).
_ACQUAINTED = 0.12


def loners(rows: "csr_array") -> set[int]:
    """The places of the articles that no other one is somewhat alike, by their vectors."""
    alike = {i for ones, others, _ in pairs(rows, _ACQUAINTED) for i in (*ones, *others)}
    return set(range(rows.shape[0])) - alike


def strangers(
    articles: Sequence[Article], wires: Iterable[frozenset[str]] = ()
) -> tuple[Article, ...]:
    """The articles that nothing leads to from most of the others, though one story was asked for.

    One article leads to another that it is somewhat alike, or that is a copy of the same wire.
    Where no more than half of the articles hang together, strangers are those that hang together
    with none, and where none do, there is nothing to be a stranger to.
    """
    place = {article.id: i for i, article in enumerate(articles)}
    alike = (
        pair
        for ones, others, _ in pairs(vectors(articles), _ACQUAINTED)
        for pair in zip(ones.tolist(), others.tolist(), strict=True)
    )
    copies = (
        pair for wire in wires for pair in pairwise(place[id_] for id_ in place if id_ in wire)
    )
    groups = join(len(articles), chain(alike, copies), lambda _, __: True)
    most = max(map(len, groups), default=0)
    least = most if 2 * most > len(articles) else 2
    strange = {i for group in groups if len(group) < least for i in group} if most > 1 else set()
    return tuple(article for i, article in enumerate(articles) if i in strange)
