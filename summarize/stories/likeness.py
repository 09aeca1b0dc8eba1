"""How alike articles are: the rare words, the rare names and the opening that they share.

An article is three bags of stems: all its words, those of its title and opening (where the news
is), and its names. Each bag is a TF-IDF vector of length 1; the three are laid end to end, scaled
so that the dot product of two articles is the weighted mean of the three cosines. Pairs are found
through an inverted index (a sparse product), so nothing is compared that has no word in common.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summarize.records import Article
from summarize.words import STOP_WORDS, stem, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

__all__ = ["Pairs", "alike", "pairs", "vectors"]

# Shares of all words, of title and opening, and of names in the likeness of two articles, the power
# of the inverse document frequency, and the number of other articles that are thought to lie
# beside those given, so that what few articles have in common is not taken for common words.
# Fitted on train/neus_fulltext and half of dev/ecbplus (benchmarks/studies/stories.py, `--fit`).
_SHARES = (0.4, 0.4, 0.2)
_IDF_POWER = 2
_OTHERS = 100
_OPENING_WORDS = 200
# A word in more articles than this tells no event and would make the work quadratic: 300 groups 900
# stories of train/neus_fulltext as well as 1000 does (F1 .892), hidden dates better (.803 to .797).
_MAX_POSTING = 300
# Rows of the index that are compared at once: bounds the memory.
_ROWS = 256

# Capitals within a sentence; at its start every word has one.
_NAME = re.compile(r"(?<![.!?:\"”“]\s)(?<!^)(?<!^[\"“‘])\b[A-Z][\w’'-]+", re.MULTILINE)

Pairs = tuple["NDArray[np.intp]", "NDArray[np.intp]", "NDArray[np.float64]"]
"""Places of the first and the second article of each pair, and how alike they are."""


def vectors(articles: Sequence[Article]) -> "csr_array":
    """A row for each article; the dot product of two rows is their likeness, from 0 to 1."""
    from scipy.sparse import hstack

    bags = [_bags(article) for article in articles]
    blocks = [
        _weighted([bag[kind] for bag in bags]) * share**0.5 for kind, share in enumerate(_SHARES)
    ]
    return hstack(blocks, format="csr")


def _bags(article: Article) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often each stem stands in the text, in its opening, and in its names."""
    body = article.body or article.text
    title, told = _stems(words(article.title or "")), words(body)
    opening = Counter(title + _stems(told[:_OPENING_WORDS]))
    return (
        opening + Counter(_stems(told[_OPENING_WORDS:])),
        opening,
        Counter(_stems(_NAME.findall(body))),
    )


def _stems(found: Sequence[str]) -> list[str]:
    return [stem(word) for word in found if len(word) > 1 and word.lower() not in STOP_WORDS]


def _weighted(bags: Sequence[Counter[str]]) -> "csr_array":
    """TF-IDF rows of length 1, without the words that are in too many articles."""
    import numpy as np
    from scipy.sparse import csr_array

    columns: dict[str, int] = {}
    places, counts, ends = array("q"), array("d"), array("q", [0])
    for bag in bags:
        places.extend(columns.setdefault(word, len(columns)) for word in bag)
        counts.extend(bag.values())
        ends.append(len(places))
    indices = np.array(places)
    spread = np.bincount(indices, minlength=len(columns))
    weights = (np.log((1 + len(bags) + _OTHERS) / (1 + spread)) + 1) ** _IDF_POWER
    weights[spread > _MAX_POSTING] = 0
    values = np.log1p(np.array(counts)) * weights[indices]
    rows = csr_array((values, indices, np.array(ends)), shape=(len(bags), max(len(columns), 1)))
    lengths = np.sqrt(rows.power(2).sum(axis=1))
    rows.data /= np.repeat(np.where(lengths > 0, lengths, 1), np.diff(ends))
    rows.eliminate_zeros()
    return rows


def alike(rows: "csr_array", one: int, other: int) -> float:
    """The likeness of two of the articles."""
    return float((rows[[one]] @ rows[[other]].T).sum())


def pairs(rows: "csr_array", floor: float) -> Iterator[Pairs]:
    """All pairs that are at least `floor` alike, some hundred articles at a time.

    Places are in increasing order within each pair.
    """
    columns = rows.T.tocsr()
    for start in range(0, rows.shape[0], _ROWS):
        found = (rows[start : start + _ROWS] @ columns).tocoo()
        first, second = found.row + start, found.col
        wanted = (first < second) & (found.data >= floor)
        yield first[wanted], second[wanted], found.data[wanted]
