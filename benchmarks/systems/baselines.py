"""The extractive baselines: classic rankings of the source sentences, one plain function each.

Each function takes the sentences of the documents as `source_sentences` gives them and returns
those it would say, the most wanted first; `Baseline` keeps to the length. What is chosen is put out
in document order, but for round-robin, which is read turn by turn. Ties go to the earlier sentence.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, zip_longest
from types import MappingProxyType, SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.records import Example, Output
from benchmarks.systems.budget import source_sentences, within
from summarize.records import Sentence
from summarize.settings import Length
from summarize.words import content_stems

__all__ = [
    "BASELINES",
    "Baseline",
    "centroid",
    "lead",
    "lexrank",
    "oracle",
    "pagerank",
    "rouge_growth",
    "round_robin",
    "shuffled",
    "textrank",
]

Documents = Sequence[Sequence[Sentence]]
Rank = Callable[[Example, Length], Iterable[Sentence]]
Values = NDArray[np.float64]

_SEED = 13
# Erkan & Radev 2004: their best threshold, and the cosine of their reranker.
_EDGE = 0.1
_REDUNDANT = 0.5
# Both graph rankers took it over from Brin & Page 1998.
_DAMPING = 0.85


@dataclass(frozen=True, slots=True)
class Baseline:
    """A summarizer that says the sentences `rank` puts first, as far as they fit.

    `parameters` names all that `rank` depends on besides its arguments. Sentences come out in
    document order, or as they rank with `as_ranked`.
    """

    name: str
    rank: Rank
    parameters: str = ""
    as_ranked: bool = False
    weights: int = 0

    @property
    def signature(self) -> str:
        """The name with the parameters and the version of the ranking."""
        return " ".join(filter(None, (self.name, self.parameters, "v1")))

    def summarize(self, example: Example, length: Length) -> Output:
        """The chosen sentences, word for word."""
        chosen = within(self.rank(example, length), length)
        if not self.as_ranked:
            chosen.sort(key=lambda sentence: (int(sentence.article_id), sentence.index))
        return Output(tuple(sentence.text for sentence in chosen))


def lead(documents: Documents) -> list[Sentence]:
    """The first document from its first sentence on, then the second one, and so on."""
    return list(chain.from_iterable(documents))


def round_robin(documents: Documents) -> list[Sentence]:
    """The first sentence of every document, then every second sentence, and so on."""
    turns = zip_longest(*documents)
    return [sentence for turn in turns for sentence in turn if sentence is not None]


def shuffled(documents: Documents, seed: str) -> list[Sentence]:
    """All sentences in an order that depends on nothing but `seed` and where each one stands."""

    def draw(sentence: Sentence) -> bytes:
        ticket = f"{seed}:{sentence.article_id}:{sentence.index}"
        return hashlib.sha256(ticket.encode()).digest()

    return sorted(lead(documents), key=draw)


def textrank(documents: Documents) -> list[Sentence]:
    """TextRank (Mihalcea & Tarau 2004), which removes no redundancy but equal texts.

    PageRank over all pairs of sentences, weighted by the content words they share, divided by
    log|a| + log|b|, where |a| is the number of different content words of a sentence.
    """

    def scores(vectors: Any) -> Values:
        present = (vectors > 0).astype(float)
        logs = np.log(np.maximum(np.asarray(present.sum(axis=1)).ravel(), 1.0))
        edges = (present @ present.T).tocoo()
        sizes = logs[edges.row] + logs[edges.col]
        linked = (edges.row != edges.col) & (sizes > 0)
        edges.data = np.divide(edges.data, sizes, out=np.zeros_like(sizes), where=linked)
        return pagerank(edges.tocsr())

    return _ranked(documents, scores)


def lexrank(documents: Documents) -> list[Sentence]:
    """Continuous LexRank (Erkan & Radev 2004) with the redundancy rule of its reranker.

    PageRank over the TF-IDF cosines of content words. Edges keep their weights, but for those of at
    most .1, which are cut as in the paper's variant with equal weights; a sentence is linked to
    itself, as there. One whose cosine to a better one that is kept exceeds .5 is left out.
    """

    def scores(vectors: Any) -> Values:
        cosines = (vectors @ vectors.T).tocsr()
        cosines.data[cosines.data <= _EDGE] = 0.0
        cosines.eliminate_zeros()
        return pagerank(cosines)

    return _ranked(documents, scores, distinct=True)


def centroid(documents: Documents) -> list[Sentence]:
    """Sentences by cosine to the centroid of all of them (Radev et al. 2004).

    Over TF-IDF vectors of content words, as the bag-of-words baseline of Rossiello et al. 2017 but
    with every word in the centroid; redundancy is removed as in `lexrank`.
    """

    def scores(vectors: Any) -> Values:
        middle = np.asarray(vectors.mean(axis=0)).ravel()
        return np.asarray(vectors @ middle) / (np.linalg.norm(middle) or 1.0)

    return _ranked(documents, scores, distinct=True)


def oracle(documents: Documents, references: Sequence[str], length: Length) -> list[Sentence]:
    """The extract that greedily makes ROUGE-1 F1 + ROUGE-2 F1 as high as it can.

    It sees `references`, so it bounds what extraction can reach; best addition first, until no
    sentence that still fits raises the sum. Raises ValueError where there are no references.
    """
    if not references:
        raise ValueError("The oracle needs references.")
    pool: dict[str, Sentence] = {}
    for sentence in lead(documents):
        pool.setdefault(sentence.text, sentence)
    texts = list(pool)
    sizes = np.array([1 if length.unit == "sentences" else len(text.split()) for text in texts])
    growth = rouge_growth(texts, references)
    chosen, best = list[int](), 0.0
    while len(chosen) < len(texts):
        scores = np.where(sizes[chosen].sum() + sizes <= length.count, growth(chosen), 0.0)
        scores[chosen] = 0.0
        pick = int(scores.argmax())
        if scores[pick] <= best:
            break
        best = scores[pick]
        chosen.append(pick)
    return [pool[texts[row]] for row in chosen]


def pagerank(weights: Any) -> Values:
    """The PageRank of each node, damped by .85 (Brin & Page 1998); the values sum to 1.

    `weights` is a square matrix, dense or sparse, of edge weights of at least 0 from row to column.
    A node without edges is taken to lead everywhere.
    """
    count = weights.shape[0]
    degrees = np.asarray(weights.sum(axis=1), dtype=float).ravel()
    lost = degrees == 0
    scale = ~lost / np.where(lost, 1.0, degrees)
    scores, before = np.full(count, 1.0 / count), np.zeros(count)
    while np.abs(scores - before).sum() > 1e-10:
        flow = weights.T @ (scores * scale) + scores[lost].sum() / count
        scores, before = (1 - _DAMPING) / count + _DAMPING * flow, scores
    return scores


def rouge_growth(texts: Sequence[str], references: Sequence[str]) -> Callable[[list[int]], Values]:
    """What each text would make of an extract: ROUGE-1 F1 + ROUGE-2 F1 with it added.

    The returned function takes the rows chosen so far. Each measure is the best over `references`,
    on the Porter stems of the rouge_score package; no bigram spans two texts, so that what a text
    adds does not depend on its neighbours.
    """
    unigrams, bigrams = ([_rouge(texts, reference, n) for reference in references] for n in (1, 2))

    def growth(chosen: list[int]) -> Values:
        rouge1 = np.max([f1(chosen) for f1 in unigrams], axis=0)
        return np.asarray(rouge1 + np.max([f1(chosen) for f1 in bigrams], axis=0))

    return growth


def _rouge(texts: Sequence[str], reference: str, n: int) -> Callable[[list[int]], Values]:
    """The ROUGE-n F1 against `reference` of the chosen rows with each text added."""
    wanted = _grams(reference, n)
    target = np.array(list(wanted.values()), dtype=np.int32)
    grams = [_grams(text, n) for text in texts]
    counts = np.array([[own.get(gram, 0) for gram in wanted] for own in grams], dtype=np.int32)
    sizes = np.array([own.total() for own in grams])

    def f1(chosen: list[int]) -> Values:
        shared = np.minimum(counts[chosen].sum(axis=0) + counts, target).sum(axis=1)
        both = sizes[chosen].sum() + sizes + wanted.total()
        return np.asarray(2 * shared / np.maximum(both, 1))

    return f1


def _grams(text: str, n: int) -> Counter[tuple[str, ...]]:
    from rouge_score.tokenize import tokenize  # type: ignore[import-untyped,unused-ignore]

    tokens = tokenize(text, _stemmer())
    return Counter(zip(*(tokens[start:] for start in range(n)), strict=False))


@cache
def _stemmer() -> SimpleNamespace:
    """The Porter stemmer that rouge_score uses, remembering the words it has seen."""
    from nltk.stem.porter import PorterStemmer  # type: ignore[import-untyped,unused-ignore]

    return SimpleNamespace(stem=lru_cache(maxsize=100_000)(PorterStemmer().stem))


def _ranked(
    documents: Documents, scores: Callable[[Any], Values], *, distinct: bool = False
) -> list[Sentence]:
    """The sentences by falling `scores` of their vectors, without the redundant ones if asked."""
    sentences = lead(documents)
    if not sentences:
        return []
    vectors = _vectors(sentences)
    # Rounded, lest equal sentences come out of order for the last bits of their sums.
    order = np.argsort(-np.round(scores(vectors) * len(sentences), 6), kind="stable").tolist()
    return [sentences[row] for row in (_distinct(order, vectors) if distinct else order)]


def _vectors(sentences: Sequence[Sentence]) -> Any:
    """Sparse TF-IDF rows of unit length; all zero for a sentence without content words."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    stems = [content_stems(sentence.text) for sentence in sentences]
    # "" is no stem: it stands for the vocabulary where no sentence has any.
    vocabulary = sorted({"", *chain.from_iterable(stems)})
    return TfidfVectorizer(analyzer=list, vocabulary=vocabulary).fit_transform(stems)


def _distinct(order: Iterable[int], vectors: Any) -> list[int]:
    """The rows of `order` that are not too close to one kept before them."""
    close = (vectors @ vectors.T).tocsr() > _REDUNDANT
    covered = np.zeros(vectors.shape[0], dtype=bool)
    kept = []
    for row in order:
        if not covered[row]:
            kept.append(row)
            covered[close.indices[close.indptr[row] : close.indptr[row + 1]]] = True
    return kept


def _blind(rank: Callable[[Documents], list[Sentence]]) -> Rank:
    """`rank` as a function of an example of which it sees nothing but the sentences."""
    return lambda example, _: rank(source_sentences(example))


def _random(example: Example, _length: Length) -> list[Sentence]:
    return shuffled(source_sentences(example), f"{_SEED}:{example.id}")


def _oracle(example: Example, length: Length) -> list[Sentence]:
    return oracle(source_sentences(example), example.references, length)


# "nothing" says nothing: its time is what the harness itself takes.
_ALL = (
    Baseline("nothing", lambda _example, _length: ()),
    Baseline("lead", _blind(lead)),
    Baseline("round-robin", _blind(round_robin), as_ranked=True),
    Baseline("random", _random, f"seed={_SEED}"),
    Baseline("textrank", _blind(textrank), f"damping={_DAMPING}"),
    Baseline("lexrank", _blind(lexrank), f"edge={_EDGE} damping={_DAMPING} cosine={_REDUNDANT}"),
    Baseline("centroid", _blind(centroid), f"cosine={_REDUNDANT}"),
    Baseline("oracle", _oracle, "rouge1+rouge2"),
)
BASELINES: Mapping[str, Baseline] = MappingProxyType({system.name: system for system in _ALL})
