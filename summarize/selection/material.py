"""The sentences of a story as numbers: what salience and choice are computed from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.posts import in_posts
from summarize.records import Article, Sentence
from summarize.selection.incidence import Floats, Incidence
from summarize.selection.overtaken import overtaken
from summarize.selection.standing import Standing, in_open_speech, standing
from summarize.words import STOP_WORDS, stem, words

__all__ = ["Material", "material_of", "unit_rows"]


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """The sentences of some articles, article by article, and what they have in common.

    `starts` are the rows at which the articles begin, `article` each row's article. `sizes` count
    white-space separated words. The matrices have a row for each sentence: `tfidf` (scipy's, unit
    length) over content stems, `stems` how often each stem stands in it, `pairs` which pairs of
    neighbouring stems do; `pair_stems` are the two columns of `stems` of each pair, `content`
    tells which stems are no function words.
    """

    articles: tuple[Article, ...]
    sentences: tuple[Sentence, ...]
    standing: tuple[Standing, ...]
    starts: NDArray[np.intp]
    article: NDArray[np.intp]
    place: Floats
    sizes: Floats
    vocabulary: tuple[str, ...]
    content: NDArray[np.bool_]
    pair_stems: NDArray[np.intp]
    stems: Incidence
    tfidf: Any
    pairs: Incidence


def material_of(
    articles: Sequence[Article],
    sentences: Mapping[str, Sequence[Sentence]],
    times: Mapping[str, int] = MappingProxyType({}),
) -> Material | None:
    """The sentences of `articles` as numbers, whatever the order of the articles; None without any.

    `sentences` holds each article's by its id; `times` are those of `overtaken`.
    """
    told = tuple(sorted((a for a in articles if sentences[a.id]), key=lambda a: a.id))
    pool = tuple(sentence for article in told for sentence in sentences[article.id])
    if not pool:
        return None
    counts = [len(sentences[article.id]) for article in told]
    stemmed = [[stem(word) for word in words(sentence.text)] for sentence in pool]
    columns: dict[str, int] = {"": 0}
    rows = [[columns.setdefault(one, len(columns)) for one in found] for found in stemmed]
    pair_columns: dict[tuple[int, int], int] = {(0, 0): 0}
    pair_rows = [
        [pair_columns.setdefault(pair, len(pair_columns)) for pair in pairwise(row)] for row in rows
    ]
    content = np.array([one not in _FUNCTION_STEMS and len(one) > 1 for one in columns])
    stems = Incidence.of(rows, len(columns))
    return Material(
        articles=told,
        sentences=pool,
        standing=_standings(told, sentences, times),
        starts=np.cumsum([0, *counts[:-1]]),
        article=np.repeat(np.arange(len(told)), counts),
        place=np.concatenate([np.arange(count) for count in counts]).astype(float),
        sizes=np.array([max(1, len(sentence.text.split())) for sentence in pool], dtype=float),
        vocabulary=tuple(columns),
        content=content,
        pair_stems=np.array([*pair_columns]),
        stems=stems,
        tfidf=_tfidf(stems, content),
        pairs=Incidence.of(pair_rows, len(pair_columns)).present(),
    )


def _standings(
    articles: Sequence[Article],
    sentences: Mapping[str, Sequence[Sentence]],
    times: Mapping[str, int],
) -> tuple[Standing, ...]:
    unfit = set(overtaken(articles, sentences, times))
    for article in articles:
        unfit |= in_open_speech(article, sentences[article.id])
        unfit |= in_posts(article, sentences[article.id])
    return tuple(
        "unfit" if sentence in unfit else standing(sentence.text)
        for article in articles
        for sentence in sentences[article.id]
    )


_FUNCTION_STEMS = STOP_WORDS | {stem(word) for word in STOP_WORDS}


def _tfidf(stems: Incidence, content: NDArray[np.bool_]) -> Any:
    """Unit rows of (1 + log tf) · idf over content stems, idf as scikit-learn smooths it."""
    holding = stems.present().by_column()
    idf = np.log((1 + stems.shape[0]) / (1 + holding)) + 1
    weighed = replace(stems, value=(1 + np.log(stems.value)) * (idf * content)[stems.column])
    rows = weighed.products()
    rows.eliminate_zeros()
    return unit_rows(rows)


def unit_rows(matrix: Any) -> Any:
    """The rows at length 1; rows of zeros stay."""
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    lengths = np.sqrt(np.bincount(row, matrix.data**2, matrix.shape[0]))
    scaled = matrix.copy()
    scaled.data *= (1 / np.where(lengths > 0, lengths, 1.0))[row]
    return scaled
