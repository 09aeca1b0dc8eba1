"""What is known of a sentence, and of a pair of words, before it is known what matters.

Every function gives named columns; `weights` says how much each counts, and why a feature is here
is measured there. Features do not depend on the order in which the articles were read.
"""

import re
from typing import Any

import numpy as np

from summarize.selection.incidence import Floats
from summarize.selection.material import Material, unit_rows
from summarize.selection.units import SAME, Likeness
from summarize.words import different_stems, words

__all__ = ["pair_features", "pair_salience", "sentence_features"]

_OPENS_WITH_PRONOUN = re.compile(
    r"[\"'“‘]?(?:he|she|it|they|we|i|you|his|her|its|their|our|my|this|that|these|those)\b",
    re.IGNORECASE,
)
_SPEECH = re.compile(r"[“\"]([^”\"]*)[”\"]")
_LEAD = 3


def sentence_features(material: Material, likeness: Likeness) -> dict[str, Floats]:
    """Columns with a value for each sentence."""
    return {
        **_places(material),
        **_forms(material),
        **_centralities(material),
        **_retellings(material, likeness),
        **_titles(material),
    }


def _places(material: Material) -> dict[str, Floats]:
    """Where it stands in its article, and how long that is."""
    place = material.place
    counts = np.bincount(material.article)
    opens = {(a.id, span.start) for a in material.articles for span in a.paragraphs}
    first = [(s.article_id, s.start) in opens for s in material.sentences]
    return {
        "first": (place == 0).astype(float),
        "second": (place == 1).astype(float),
        "inverse place": 1 / (1 + place),
        "log place": np.log1p(place),
        "relative place": place / counts[material.article],
        "near the end": (place >= counts[material.article] - 2).astype(float),
        "opens a paragraph": np.array(first, dtype=float),
        "log article length": np.log(counts)[material.article],
        "relative article length": (counts / counts.mean())[material.article],
    }


def _forms(material: Material) -> dict[str, Floats]:
    """What can be seen of it without reading."""
    texts = [sentence.text for sentence in material.sentences]
    speech = np.array([sum(map(len, _SPEECH.findall(text))) / len(text) for text in texts])
    found = [words(text) for text in texts]
    capital = [sum(word[0].isupper() for word in row[1:]) / max(1, len(row)) for row in found]
    digits = [min(3, sum(word[0].isdigit() for word in row)) for row in found]
    return {
        "log words": np.log1p(material.sizes),
        "up to ten words": (material.sizes < 11).astype(float),
        "over 45 words": (material.sizes > 45).astype(float),
        "opens with a pronoun": np.array(
            [bool(_OPENS_WITH_PRONOUN.match(t)) for t in texts], float
        ),
        "speech": speech,
        "mostly speech": (speech > 0.4).astype(float),
        "numbers": np.array(digits, dtype=float),
        "capitals": np.array(capital),
    }


def _centralities(material: Material) -> dict[str, Floats]:
    """How much it is about what the story, its article and the articles' leads are about."""
    tfidf, article = material.tfidf, material.article
    rows, lead = np.arange(len(article)), material.place < _LEAD
    whole = _by_article(material, np.ones(len(article)))
    leads = _by_article(material, lead.astype(float))
    total = unit_rows(whole @ tfidf)
    to_articles = (tfidf @ total.T).toarray()
    to_leads = (tfidf @ unit_rows(leads @ tfidf).T).toarray()
    own, own_lead = to_articles[rows, article], to_leads[rows, article]
    to_articles[rows, article] = to_leads[rows, article] = 0.0
    others = max(1, len(material.articles) - 1)
    between = (total @ total.T).toarray()
    central = (between.sum(axis=1) - between.diagonal()) / others
    return {
        "to the story": _cosine_to_sum(tfidf, np.ones(len(article))),
        "to all leads": _cosine_to_sum(tfidf, lead.astype(float)),
        "to its article": own,
        "to its lead": own_lead,
        "to other articles": to_articles.sum(axis=1) / others,
        "to other leads": to_leads.sum(axis=1) / others,
        "to the nearest other lead": to_leads.max(axis=1),
        "central article": (central - central.mean())[article],
    }


def _retellings(material: Material, likeness: Likeness) -> dict[str, Floats]:
    """How far other articles say it too, as a sentence, in pairs of words and in words."""
    others = max(1, len(material.articles) - 1)
    holding = material.stems.spread(material.article)
    content = material.content.astype(float)
    present = material.stems.present()
    own = np.maximum(1.0, present.by_row(content))
    shared = (material.pairs.spread(material.article) > 1).astype(float)
    telling = shared * material.content[material.pair_stems].any(axis=1)
    pairs = np.maximum(1.0, material.pairs.by_row())
    frequent = np.log1p(material.stems.by_column()) * content
    return {
        "nearest retelling": likeness.nearest.max(axis=1),
        "mean retelling": likeness.nearest.sum(axis=1) / others,
        "log retellings": np.log1p((likeness.nearest > SAME).sum(axis=1)),
        "words of other articles": present.by_row(content * (holding - 1)) / others / own,
        "frequency of words": present.by_row(frequent) / own,
        "log frequency of words": np.log1p(present.by_row(frequent)),
        "shared pairs": material.pairs.by_row(shared) / pairs,
        "shared telling pairs": material.pairs.by_row(telling) / pairs,
        "log shared telling pairs": np.log1p(material.pairs.by_row(telling)),
    }


def _titles(material: Material) -> dict[str, Floats]:
    """The share of the words of its title, and of all titles, that it holds."""
    stems = [different_stems(sentence.text) for sentence in material.sentences]
    titles = [different_stems(article.title or "") for article in material.articles]
    every = frozenset[str]().union(*titles)
    own = [titles[number] for number in material.article]
    return {
        "own title": np.array(
            [len(t & s) / max(1, len(t)) for s, t in zip(stems, own, strict=True)]
        ),
        "all titles": np.array([len(every & s) / max(1, len(every)) for s in stems]),
    }


def pair_features(material: Material) -> dict[str, Floats]:
    """Columns with a value for each pair of words."""
    pairs, count = material.pairs, material.pairs.by_column()
    earliest = np.full(len(count), np.inf)
    np.minimum.at(earliest, pairs.column, material.place[pairs.row])
    earliest = np.where(count > 0, earliest, 0.0)
    articles = pairs.spread(material.article)
    left, right = material.pair_stems.T
    content = material.content.astype(float)
    frequency = material.stems.by_column()
    widely = content * material.stems.spread(material.article) / len(material.articles)
    rarer = np.maximum(1.0, np.minimum(frequency[left], frequency[right]))
    digit = np.array(
        [not one.isalpha() and any(map(str.isdigit, one)) for one in material.vocabulary]
    )
    return {
        "log count": np.log1p(count),
        "log articles": np.log1p(articles),
        "share of articles": articles / len(material.articles),
        "several articles": (articles > 1).astype(float),
        "log earliest place": np.log1p(earliest),
        "inverse earliest place": 1 / (1 + earliest),
        "in a first sentence": np.minimum(1.0, pairs.by_column(material.place == 0)),
        "in leads": np.minimum(3.0, pairs.by_column(material.place < _LEAD)),
        "telling": np.maximum(content[left], content[right]),
        "both telling": content[left] * content[right],
        "frequency of the first": np.log1p(frequency[left]) * content[left],
        "frequency of the second": np.log1p(frequency[right]) * content[right],
        "articles of the first": widely[left],
        "articles of the second": widely[right],
        "bound": count / rarer,
        "number": (digit[left] | digit[right]).astype(float),
    }


def pair_salience(material: Material, salience: Floats) -> dict[str, Floats]:
    """Further such columns, by the salience of the sentences that hold the pair."""
    pairs, count = material.pairs, material.pairs.by_column()
    best = np.full(len(count), -np.inf)
    np.maximum.at(best, pairs.column, salience[pairs.row])
    return {
        "best salience": np.where(count > 0, best, 0.0),
        "mean salience": pairs.by_column(salience) / np.maximum(1.0, count),
    }


def _by_article(material: Material, weights: Floats) -> Any:
    """A sparse matrix that sums weighted rows article by article."""
    from scipy.sparse import csr_array

    rows = np.arange(len(weights))
    shape = (len(material.articles), len(weights))
    return csr_array((weights, (material.article, rows)), shape=shape)


def _cosine_to_sum(tfidf: Any, weights: Floats) -> Floats:
    total = tfidf.T @ weights
    return np.asarray(tfidf @ total / (np.linalg.norm(total) or 1.0))
