"""Which source sentences say the same thing, and how alike each is to every article."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarize.records import Sentence
from summarize.selection.incidence import Floats
from summarize.selection.material import Material

__all__ = ["Likeness", "Passage", "compare", "same_thing"]

# Two sentences say the same when their TF-IDF cosine reaches this. In the sample articles all pairs
# from .42 up do, and pairs about different events reach .39.
SAME = 0.45

# Rows compared at once with all others: 256 rows of 6,000 sentences take 12 MB.
_BLOCK = 256


@dataclass(frozen=True, slots=True)
class Passage:
    """Source sentences that say the same thing; the one worth quoting comes first.

    `witnesses` counts the articles that say it, those of one outlet and copies of one wire
    as one.
    """

    sentences: tuple[Sentence, ...]
    witnesses: int = 1

    @property
    def quote(self) -> Sentence:
        """The sentence to quote."""
        return self.sentences[0]


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """How alike sentences are.

    `nearest` is each row's highest cosine to a sentence of each article, 0 for its own; `same` are
    for each row the later rows that say the same by `SAME`.
    """

    nearest: Floats
    same: tuple[NDArray[np.intp], ...]


def compare(material: Material) -> Likeness:
    """All sentences with all, a block of rows at a time, so that memory stays flat."""
    count = len(material.sentences)
    across = material.tfidf.T.tocsr()
    nearest = np.zeros((count, len(material.articles)))
    same: list[NDArray[np.intp]] = []
    for start in range(0, count, _BLOCK):
        block = (material.tfidf[start : start + _BLOCK] @ across).toarray()
        nearest[start : start + _BLOCK] = np.maximum.reduceat(block, material.starts, axis=1)
        same += [row + 1 + np.flatnonzero(cells[row + 1 :] >= SAME)
                 for row, cells in enumerate(block, start)]  # fmt: skip
    nearest[np.arange(count), material.article] = 0.0
    return Likeness(nearest, tuple(same))


def same_thing(likeness: Likeness) -> list[list[int]]:
    """Groups of rows with a first member each other one is alike to (leader clustering)."""
    groups: list[list[int]] = []
    taken: set[int] = set()
    for row, alike in enumerate(likeness.same):
        if row not in taken:
            groups.append([row, *(other for other in alike.tolist() if other not in taken)])
            taken.update(groups[-1])
    return groups
