"""Fits the learned judges and the closeness of wording, and states how often all judges err.

    python -m benchmarks.studies.support DATA [--write]

DATA is the folder with `dev/` and `train/`. Every model is fitted on the articles of one half of
FRANK and judged on the other, both ways:

* verdicts: a summary is flagged where a claim or statement is absent or contradicted (not fitted);
* support: a logistic model of a sentence's wording, with human summaries as right ones beside
  FRANK's; a summary counts as the geometric mean of its sentences;
* ours: a logistic model of a sentence's wording and of the verdicts on it, fitted to FRANK alone; a
  summary counts as the product of its sentences.

The labels are those of summaries. What is fitted is the chance of a sentence to be right, such that
the product over a summary is the chance of the summary: one wrong sentence makes it wrong.

SummEdits is judged by the same models; "own threshold" is the best one of its other half. With
`--write` the weights of the package and of the judges, and `benchmarks/results/scorer.json`, are
written anew. Needs SciPy. What else was tried on these sets, and of no use on the half it was not
made on, is in `summarize/models/support/README.md`.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.datasets import find_dataset, load
from benchmarks.judging import by_error_type, cross_fitted, fold_of
from benchmarks.records import Example
from benchmarks.systems.learned import WEIGHTS, Reader, Told, fails

# Inverse strength of the ridge on standardised features. On random halves of FRANK the AUC is .867
# with .003, .869 with .01 and .02, .866 with .05.
_C = 0.01

# Human summaries in all weigh this much of FRANK's. With .05, .1 and .2 the AUC on FRANK is .866,
# .864 and .860, that of CNN's editors against FRANK's wrong ones .645, .658 and .671; where a tenth
# of the editors' are flagged, 39, 46 and 52 % of the roundups of NeuS are.
_HUMAN = 0.05
_HUMANS = 400

# XSum's summarizers are those trained on it; their names end the ids.
_XSUM = ("BERTS2S", "PtGen", "TConvS2S", "TranS2S")

# Quantiles (of 97) on either side that a threshold's accuracy is averaged over.
_AROUND = 7

_ROOT = Path(__file__).parents[2]
_SHIPPED = _ROOT / "summarize/models/support/weights.json"
_TABLE = _ROOT / "benchmarks/results/scorer.json"

Matrix = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Set:
    """Summaries with the sentences of each."""

    examples: tuple[Example, ...]
    told: tuple[list[Told], ...]

    @property
    def right(self) -> Flags:
        return np.array([example.right for example in self.examples])

    @property
    def failing(self) -> Flags:
        """Whether a verdict on the summary fails."""
        return np.array([any(fails(e) for one in told for e in one.evidence) for told in self.told])

    @property
    def folds(self) -> NDArray[np.int_]:
        return np.array([fold_of("\n".join(example.documents)) for example in self.examples])

    @property
    def sizes(self) -> NDArray[np.int_]:
        """How many sentences each summary has."""
        return np.array([len(told) for told in self.told])

    def matrix(self, names: Sequence[str]) -> Matrix:
        """The features of these names, a row for each sentence of each summary in turn."""
        rows = [one.features for told in self.told for one in told]
        return np.array([[row[name] for name in names] for row in rows])

    def part(self, inside: Flags) -> "_Set":
        kept = np.flatnonzero(inside)
        return _Set(tuple(self.examples[i] for i in kept), tuple(self.told[i] for i in kept))


@dataclass(frozen=True, slots=True)
class _Model:
    names: tuple[str, ...]
    weights: Matrix
    intercept: float
    pooled: str
    threshold: float = 0.5

    def chance(self, found: _Set) -> Matrix:
        """The probability of each summary to be right."""
        logits = found.matrix(self.names) @ self.weights + self.intercept
        logs = _product(logits, found.sizes)
        return np.asarray(np.exp(logs / found.sizes if self.pooled == "mean" else logs))

    def stored(self) -> dict[str, Any]:
        weights = zip(self.names, self.weights, strict=True)
        return {
            "weights": {name: round(float(w), 5) for name, w in weights},
            "intercept": round(self.intercept, 5),
            "threshold": round(self.threshold, 3),
        }


def main(data: Path, *, write: bool) -> None:
    """Print the tables; write them and the weights if asked to."""
    frank, summedits, cnn, neus = (
        _read(load(find_dataset(name), data)) for name in ("frank", "summedits", "cnn", "neus")
    )
    train = find_dataset(f"jsonl:{data / 'train/cnn.jsonl.xz'}@3s")
    human = _read(load(train, None, limit=_HUMANS))
    first = frank.told[0][0]
    models = {
        "support": (tuple(sorted(first.wording)), human),
        "ours": (tuple(sorted(first.features)), None),
    }
    halves = {
        name: [_fit(names, frank.part(frank.folds != fold), extra) for fold in (0, 1)]
        for name, (names, extra) in models.items()
    }
    table = _table(halves, {"frank": frank, "summedits": summedits})
    table["human summaries flagged"] = _humans(halves, {"cnn": cnn, "neus": neus})
    print(json.dumps(table, indent=1))
    if write:
        _dump(_SHIPPED, _fit(models["support"][0], frank, human).stored())
        _dump(WEIGHTS, {name: [m.stored() for m in pair] for name, pair in halves.items()})
        _dump(_TABLE, table)


def _read(examples: Sequence[Example]) -> _Set:
    """The sentences of summaries to be judged, or of the first human summary."""
    reader = Reader()
    rows = [replace(e, summary=e.summary or e.references[0]) for e in examples]
    rows = [row for row in rows if any(map(str.isalnum, row.summary))]
    return _Set(tuple(rows), tuple(reader.sentences(row) for row in rows))


def _fit(names: tuple[str, ...], frank: _Set, human: _Set | None) -> _Model:
    """The model of sentences on standardised features, with weights for the features as they are.

    FRANK's right and wrong summaries weigh the same in all, so that one half is the threshold; with
    human summaries it is chosen, where these count as much as the right ones of FRANK.
    """
    whole, true = frank, frank.right
    counts = np.where(true, 0.5 / true.mean(), 0.5 / (~true).mean())
    if human is not None:
        number = len(human.examples)
        whole = _Set(frank.examples + human.examples, frank.told + human.told)
        counts = np.append(counts, np.full(number, _HUMAN * len(counts) / number))
    x = whole.matrix(names)
    mean, scale = x.mean(0), x.std(0) + 1e-9
    given = ((x - mean) / scale, whole.sizes, whole.right, counts)
    start, options = np.zeros(len(names) + 1), {"maxiter": 1000}
    found = minimize(_loss, start, given, jac=True, method="L-BFGS-B", options=options).x
    weights, pooled = found[:-1] / scale, "product" if human is None else "mean"
    model = _Model(names, weights, float(found[-1] - weights @ mean), pooled)
    if human is None:
        return model
    share = true.sum() / len(human.examples)
    balanced = np.append(np.ones(len(true)), np.full(len(human.examples), share))
    return replace(model, threshold=_threshold(whole.right, model.chance(whole), balanced))


def _loss(
    found: Matrix, x: Matrix, sizes: NDArray[np.int_], right: Flags, counts: Matrix
) -> tuple[float, Matrix]:
    """Log loss of the summaries with the ridge, and its gradient; `found` ends in the intercept."""
    logits = x @ found[:-1] + found[-1]
    true = np.minimum(_product(logits, sizes), -1e-9)
    false = np.log(-np.expm1(true))
    loss = -counts @ np.where(right, true, false) + found[:-1] @ found[:-1] / (2 * _C)
    slopes = np.repeat(counts * np.where(right, -1, np.exp(true - false)), sizes)
    slopes = slopes / (1 + np.exp(logits))
    return float(loss), np.append(x.T @ slopes + found[:-1] / _C, slopes.sum())


def _product(logits: Matrix, sizes: NDArray[np.int_]) -> Matrix:
    """The log of the product of the sentences' chances, for each summary."""
    owners = np.repeat(np.arange(len(sizes)), sizes)
    return np.bincount(owners, -np.logaddexp(0, -logits), len(sizes)).astype(np.float64)


def _threshold(right: Flags, chance: Matrix, counts: Matrix) -> float:
    """The probability with the best balanced accuracy, which is smoothed over its neighbours.

    The single best one is chosen by a few summaries, and cost .02 on the other half.
    """
    grid = np.quantile(chance, np.linspace(0.02, 0.98, 97))
    passed = np.array([np.average(chance[right] >= t, weights=counts[right]) for t in grid])
    caught = np.array([(chance[~right] < t).mean() for t in grid])
    around = np.pad(passed + caught, _AROUND, "edge")
    return float(grid[np.argmax(np.convolve(around, np.ones(2 * _AROUND + 1), "valid"))])


def _judged(pair: Sequence[_Model], found: _Set) -> tuple[Matrix, Flags]:
    """Suspicion and decision on each summary, by the model of the other half."""
    chances = np.array([model.chance(found) for model in pair])
    limits = np.array([model.threshold for model in pair])[found.folds]
    chance = chances[found.folds, np.arange(len(found.examples))]
    return 1 - chance, chance < limits


def _table(halves: dict[str, list[_Model]], sets: dict[str, _Set]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for name, found in sets.items():
        table[name] = {"verdicts": _figures(found, found.failing.astype(float), found.failing)}
        for judge, pair in halves.items():
            suspicion, flagged = _judged(pair, found)
            table[name][judge] = _figures(found, suspicion, flagged)
            if name == "frank":
                xsum = np.array([e.id.endswith(_XSUM) for e in found.examples])
                for part, inside in (("within XSum", xsum), ("within CNN/DM", ~xsum)):
                    table[name][f"{judge}, {part}"] = _all(found, suspicion, flagged, inside)
            else:
                own = np.array(cross_fitted(found.right, suspicion, list(found.folds)))
                table[name][f"{judge}, own threshold"] = _all(found, suspicion, own)
    return table


def _figures(found: _Set, suspicion: Matrix, flagged: Flags) -> dict[str, Any]:
    """Figures of all wrong summaries and of each error type; precision is against all right ones.

    The precision of one type is of the flags on it and on right summaries.
    """
    types = [example.error_types for example in found.examples]
    rows = {}
    for row in by_error_type(found.right, suspicion, flagged, types):
        hits, alarms = (row.recall or 0) * row.n_wrong, (row.false_alarms or 0) * row.n_right
        rows[row.error_type] = {
            "wrong": row.n_wrong,
            "right": row.n_right,
            "precision": _rounded(hits / (hits + alarms) if hits + alarms else None),
            "recall": _rounded(row.recall),
            "false alarms": _rounded(row.false_alarms),
            "balanced accuracy": _rounded(row.balanced_accuracy),
            "AUC": _rounded(row.auc),
        }
    return rows


def _all(
    found: _Set, suspicion: Matrix, flagged: Flags, inside: Flags | None = None
) -> dict[str, Any]:
    kept = np.ones(len(found.examples), dtype=np.bool_) if inside is None else inside
    return {"all": _figures(found.part(kept), suspicion[kept], flagged[kept])["all"]}


def _humans(halves: dict[str, list[_Model]], sets: dict[str, _Set]) -> dict[str, Any]:
    """The share of human summaries that each judge flags."""
    return {
        name: {"verdicts": _rounded(found.failing.mean())}
        | {judge: _rounded(_judged(pair, found)[1].mean()) for judge, pair in halves.items()}
        for name, found in sets.items()
    }


def _rounded(figure: Any) -> float | None:
    return None if figure is None else round(float(figure), 3)


def _dump(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), write="--write" in sys.argv)
