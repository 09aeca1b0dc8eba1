"""Fits the weights of `summarize.selection` on human summaries, and prints them as that module.

    python -m benchmarks.studies.selection_fit DATA --cache DIR > summarize/selection/weights.py

DATA is a folder with train/ of JSON Lines (documents, summary). Each story goes through the
pipeline's stages once; what comes out is kept in DIR. Weights for short summaries come from
neus_fulltext, cnn and neus_excerpts (43 to 69 words), for long ones from multinews (221 words).

1. Salience: the weights whose softmax over the sentences of a story puts most of its mass on
   sentences whose pairs of stems stand in the human summary (expected share, L2 penalty).
2. Values of pairs: logistic regression of "stands in the human summary", given the salience that
   weights of the other four fifths of the stories give.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.studies.selection_stories import Prepared, stories
from summarize.selection.features import pair_features, pair_salience, sentence_features
from summarize.selection.incidence import Floats
from summarize.selection.material import Material, material_of
from summarize.selection.units import compare
from summarize.words import stem, words

__all__ = ["Sample", "fit_pairs", "fit_salience", "sample"]

SHORT, LONG = 60, 230
_FOLDS = 5
_TEMPERATURE = 0.03
# Tried on the even half of dev/: .003 to .1; there is little between them.
_PENALTY = {"salience": 0.03, "pairs": 0.1}
_SETS = {
    "short": (("neus_fulltext", 700), ("cnn", 500), ("neus_excerpts", 500)),
    "long": (("multinews", None),),
}


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A story with its features and what of it the human summary says."""

    material: Material
    features: dict[str, Floats]
    pairs: Floats
    shares: Floats


def sample(story: Prepared) -> Sample | None:
    """The story as features and targets; None without any sentence."""
    material = material_of(story.articles, story.sentences)
    if material is None:
        return None
    stems = [stem(word) for word in words(story.references[0])]
    wanted = set(pairwise(stems))
    name = material.vocabulary
    pairs = [(name[a], name[b]) in wanted for a, b in material.pair_stems]
    pairs[0] = False
    hit = np.array(pairs, dtype=float)
    shares = material.pairs.by_row(hit) / np.maximum(1.0, material.pairs.by_row())
    return Sample(material, sentence_features(material, compare(material)), hit, shares)


def fit_salience(samples: Sequence[Sample]) -> dict[str, float]:
    """Weights per feature, scaled so that salience differs as the shares of pairs do."""
    from scipy.optimize import minimize

    names = [*samples[0].features]
    rows = np.vstack([np.column_stack([*one.features.values()]) for one in samples])
    target = np.concatenate([one.shares for one in samples])
    size = np.concatenate([one.material.sizes for one in samples])
    starts = np.cumsum([0, *(len(one.shares) for one in samples[:-1])])
    story = np.repeat(np.arange(len(samples)), [len(one.shares) for one in samples])
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    rows = (rows - middle) / spread

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = rows @ weights
        mass = size * np.exp(scores - np.maximum.reduceat(scores, starts)[story])
        mass /= np.add.reduceat(mass, starts)[story]
        gain = np.add.reduceat(mass * target, starts)
        slope = rows.T @ (mass * (target - gain[story])) / len(samples)
        penalty = _PENALTY["salience"]
        return penalty * weights @ weights - gain.mean(), 2 * penalty * weights - slope

    best = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x
    scores = rows @ best
    scale = np.cov(scores, target, aweights=size)
    values = best * scale[0, 1] / scale[0, 0] / spread
    found = dict(zip(names, values.tolist(), strict=True))
    return {**found, "always": float(np.average(target, weights=size) - middle @ values)}


def salience(one: Sample, weights: dict[str, float]) -> Floats:
    """The weighted sum of the features."""
    features = {**one.features, "always": np.ones(1)}
    return np.asarray(sum(features[name] * value for name, value in weights.items()))


def fit_pairs(samples: Sequence[Sample]) -> dict[str, float]:
    """Logistic weights per feature of a pair, with "always" for the intercept."""
    from sklearn.linear_model import LogisticRegression

    tables, hits = [], []
    for fold in range(_FOLDS):
        others = [one for number, one in enumerate(samples) if number % _FOLDS != fold]
        weights = fit_salience(others)
        for one in samples[fold::_FOLDS]:
            material = one.material
            by_sentence = pair_salience(material, salience(one, weights))
            columns = {**pair_features(material), **by_sentence}
            tables.append(np.column_stack([*columns.values()])[1:])
            hits.append(one.pairs[1:])
    rows = np.vstack(tables)
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    model = LogisticRegression(C=_PENALTY["pairs"], max_iter=300)
    model.fit((rows - middle) / spread, np.concatenate(hits))
    values = model.coef_[0] / spread
    found = dict(zip(columns, values, strict=True))
    return {**found, "always": float(model.intercept_[0] - middle @ values)}


def _table(name: str, short: dict[str, float], long: dict[str, float]) -> str:
    lines = [f'        "{key}": ({short[key]:.4f}, {long[key]:.4f}),' for key in short]
    head = f"{name}: Mapping[str, tuple[float, float]] = MappingProxyType("
    return "\n".join([head, "    {", *lines, "    }", ")"])


def module(short: Sequence[Sample], long: Sequence[Sample]) -> str:
    """The source of `summarize.selection.weights`."""
    return "\n".join(
        [
            '"""How much each feature counts: for short summaries, and for long ones.',
            "",
            "Made by `benchmarks/studies/selection_fit.py`, which says from what; do not edit.",
            "Between the two lengths, in words, weights go with the logarithm of the length.",
            '"""',
            "",
            "from collections.abc import Mapping",
            "from types import MappingProxyType",
            "",
            '__all__ = ["LONG", "PAIRS", "SENTENCES", "SHORT"]',
            "",
            f"SHORT, LONG = {SHORT}, {LONG}",
            "",
            _table("SENTENCES", fit_salience(short), fit_salience(long)),
            "",
            _table("PAIRS", fit_pairs(short), fit_pairs(long)),
        ]
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    arguments = parser.parse_args()
    short, long = (
        [
            found
            for name, limit in _SETS[kind]
            for story in stories(arguments.data, "train", name, arguments.cache, limit)
            if (found := sample(story)) is not None
        ]
        for kind in ("short", "long")
    )
    print(module(short, long))


if __name__ == "__main__":
    main()
