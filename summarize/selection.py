"""What to say: the source sentences worth telling, ranked, each thing once.

Knows positions, words and events; does not know models or lengths. The
ranking is greedy maximal marginal relevance (Carbonell and Goldstein, 1998) over a salience that is
a weighted sum of features; the weights are fitted on development data by
`benchmarks/studies/selection.py`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.dating.events import EventMention
from summarize.records import Article, Sentence
from summarize.words import content_stems, words

__all__ = ["Passage", "Weights", "rank", "stands_alone"]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature counts in a sentence's salience.

    `position` falls with the sentence's place in its article, `centrality` is its cosine to the
    story's centroid, `title` the share of the title's words it holds, `retold` grows with the
    number of articles that say it (copies of one wire too: their editors kept it); `redundancy` is
    what likeness to a chosen sentence costs.

    Fitted on 120 records each of train/cnn, neus_fulltext and multinews. On dev, at the length of
    the human summary, F1 of shared stems against the first sentences: cnn .292 (lead .270),
    neus_fulltext .360 (.308), multinews .447 (.416).
    """

    position: float = 0.25
    centrality: float = 1.5
    title: float = 0.3
    retold: float = 0.15
    redundancy: float = 0.5


@dataclass(frozen=True, slots=True)
class Passage:
    """Source sentences that say the same thing; the one worth quoting comes first."""

    sentences: tuple[Sentence, ...]

    @property
    def quote(self) -> Sentence:
        """The sentence to quote."""
        return self.sentences[0]


# Two sentences say the same when their TF-IDF cosine reaches this. In the sample articles all pairs
# from .42 up do, and pairs about different events reach .39.
_SAME = 0.45

# A sentence nobody would quote alone loses this much salience: more than any feature can give, so
# it is told only when nothing else is left.
_UNFIT = 10.0

_SHORT, _LONG = 6, 60

_OPENING = re.compile(
    r"[\"'“‘]?(?:but|and|or|nor|so|yet|still|also|however|instead|meanwhile|moreover|furthermore|"
    r"then|thus|therefore|besides|otherwise|he|she|it|they|we|i|you|his|her|its|their|our|my|"
    r"this|that|these|those|such|another|both|others|here|there|later|earlier|afterwards?|"
    r"in addition|as a result|after all|for example|for instance|at the same time|during that|"
    r"after that)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:he|she|they|him|his|hers?|them|their|it|its)\b")
_NAME_OR_NOUN = re.compile(r"(?<=\s)[A-Z]|\b(?:the|a|an)\s+\w+")
_CAPTION = re.compile(
    r"\b(?:in this|file|handout|undated|aerial) (?:picture|photo|photograph|image|frame|still)\b|"
    r"\b(?:is|are) (?:seen|pictured|shown) (?:in|on|at|here|during|after)\b|"
    r"\bphoto(?:graph)? by\b|\b(?:Photo|Picture|Image|Credit)s?:|/(?:AP|AFP|Reuters|Getty)\b",
)
# Words between quotation marks and nothing else: the reader cannot tell who says them.
_ONLY_QUOTED = re.compile(r"[“\"‘][^“”\"]*[”\"’]?[.!?]?[”\"’]?[.]?")
_ENDED = re.compile(r"[.!?…][\"'”’)\]]*$")


_OPENS_A_CLAUSE = frozenset(
    """after although as at because before by despite during for from if in on once since though to
    until when while with without""".split()  # noqa: SIM905
)


def stands_alone(text: str) -> bool:
    """Whether a reader understands the sentence without the one before it, and without a picture.

    A check of form, not a parse: it ends like a statement, is no caption and no bare quotation, its
    quotation marks and brackets pair up, it does not open with a connective or a pronoun, and no
    pronoun precedes the first noun.
    """
    if _OPENING.match(text) or _CAPTION.search(text) or not _ENDED.search(text) or "?" in text[-3:]:
        return False
    if text.count("“") != text.count("”") or text.count('"') % 2:
        return False
    if text.count("(") != text.count(")") or _ONLY_QUOTED.fullmatch(text):
        return False
    pronoun, noun = _PRONOUN.search(text), _NAME_OR_NOUN.search(text)
    if pronoun is None or text.split(maxsplit=1)[0].lower() not in _OPENS_A_CLAUSE:
        return True
    return noun is not None and noun.start() < pronoun.start()


def rank(
    articles: Sequence[Article],
    sentences: Mapping[str, Sequence[Sentence]],
    news: Mapping[Sentence, Sequence[EventMention]] = MappingProxyType({}),
    weights: Weights = Weights(),
) -> tuple[Passage, ...]:
    """Every source sentence of `articles` in the order in which it deserves to be told.

    `sentences` holds each article's sentences by its id; `news` are the events that sentences
    report as news or recall as past. Sentences that say the same thing, or tell of one event, come
    as one passage. Deterministic: ties are broken by the articles' order and the place in the
    article.
    """
    pool = [sentence for article in articles for sentence in sentences[article.id]]
    if not pool:
        return ()
    vectors = _vectors([sentence.text for sentence in pool])
    groups = _same_thing(pool, vectors, news)
    salience = _salience(pool, vectors, groups, articles, weights)
    named = {article.id for article in articles if article.source}
    sourced = np.array([sentence.article_id in named for sentence in pool])
    groups = [_quotable_first(group, vectors, salience, sourced) for group in groups]
    order = _greedy(vectors, groups, salience, weights)
    return tuple(Passage(tuple(pool[i] for i in groups[group])) for group in order)


def _vectors(texts: Sequence[str]) -> Any:
    """Unit-length TF-IDF rows over content stems; a sentence without any gets a zero row."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    if not any(content_stems(text) for text in texts):
        texts = [f"{text} -" for text in texts]
    vectorizer = TfidfVectorizer(
        analyzer=lambda text: content_stems(text) or ["-"], sublinear_tf=True
    )
    return vectorizer.fit_transform(texts)


def _same_thing(
    pool: Sequence[Sentence], vectors: Any, news: Mapping[Sentence, Sequence[EventMention]]
) -> list[list[int]]:
    """Groups of row numbers with a first member each other one is alike to (leader clustering)."""
    alike = (vectors @ vectors.T).tocsr()
    reporting = [row for row, sentence in enumerate(pool) if news.get(sentence)]
    groups: list[list[int]] = []
    taken: set[int] = set()
    for row in range(len(pool)):
        if row in taken:
            continue
        start, end = alike.indptr[row], alike.indptr[row + 1]
        cells = zip(alike.indices[start:end], alike.data[start:end], strict=True)
        near = {int(other) for other, value in cells if value >= _SAME}
        if news.get(pool[row]):
            near |= {other for other in reporting if _same_news(pool[row], pool[other], news)}
        groups.append([row, *sorted(other for other in near - taken if other > row)])
        taken.update(groups[-1])
    return groups


def _same_news(
    one: Sentence, other: Sentence, news: Mapping[Sentence, Sequence[EventMention]]
) -> bool:
    """Whether two sentences report one event: as news in two articles, or as past anywhere."""
    return any(
        mine.aspect == theirs.aspect
        and (mine.aspect == "past" or one.article_id != other.article_id)
        and mine.agrees(theirs)
        for mine in news[one]
        for theirs in news[other]
    )


def _salience(
    pool: Sequence[Sentence],
    vectors: Any,
    groups: Sequence[Sequence[int]],
    articles: Sequence[Article],
    weights: Weights,
) -> NDArray[np.float64]:
    """The salience of each sentence of the pool."""
    centroid = np.asarray(vectors.mean(axis=0)).ravel()
    norm = float(np.linalg.norm(centroid)) or 1.0
    central = np.asarray(vectors @ centroid).ravel() / norm
    titles = {article.id: set(content_stems(article.title or "")) for article in articles}
    told_by = np.ones(len(pool))
    for group in groups:
        told_by[list(group)] = len({pool[i].article_id for i in group})
    salience = weights.centrality * central + weights.retold * np.log2(told_by)
    for i, sentence in enumerate(pool):
        title = titles[sentence.article_id]
        if title:
            held = len(title.intersection(content_stems(sentence.text))) / len(title)
            salience[i] += weights.title * held
        salience[i] += weights.position / (1.0 + sentence.index)
        count = len(words(sentence.text))
        if not _SHORT <= count <= _LONG or not stands_alone(sentence.text):
            salience[i] -= _UNFIT
    return salience


def _quotable_first(
    group: Sequence[int],
    vectors: Any,
    salience: NDArray[np.float64],
    sourced: NDArray[np.bool_],
) -> list[int]:
    """The group with the sentence worth quoting first: fit to stand alone, most like the others.

    What most of the group says in its words is likelier right than what one of them says; among
    equals an article that names its source comes first, then the earlier one.
    """
    if len(group) == 1:
        return list(group)
    rows = vectors[group]
    likeness = np.asarray((rows @ rows.T).sum(axis=1)).ravel().round(6)
    place = {row: number for number, row in enumerate(group)}
    first = max(
        group, key=lambda i: (salience[i] > -_UNFIT / 2, likeness[place[i]], sourced[i], -i)
    )
    return [first, *(i for i in group if i != first)]


def _greedy(
    vectors: Any,
    groups: Sequence[Sequence[int]],
    salience: NDArray[np.float64],
    weights: Weights,
) -> list[int]:
    """The groups' numbers, best marginal gain first."""
    leaders = [group[0] for group in groups]
    rows = vectors[leaders]
    value, likeness = salience[leaders].copy(), np.zeros(len(leaders))
    order: list[int] = []
    for _ in leaders:
        best = int(np.argmax(value - weights.redundancy * likeness))
        order.append(best)
        value[best] = -np.inf
        likeness = np.maximum(likeness, np.asarray((rows @ rows[best].T).todense()).ravel())
    return order
