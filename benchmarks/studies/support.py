"""Fits the learned judges and the closeness of wording, and states how often all judges err.

    python -m benchmarks.studies.support DATA [--write]

DATA is the folder with `dev/` and `train/`. Every model is fitted on the articles of one half of
FRANK and judged on the other, both ways:

* verdicts: a summary is flagged where a claim or statement is absent or contradicted (not fitted);
* support: a logistic model of the wording, with human summaries as right ones beside FRANK's;
* ours: a logistic model of the wording, of the weakest sentence's wording and of the verdicts,
  fitted to FRANK alone.

SummEdits is judged by the same models; "own threshold" is the best one of its other half. With
`--write` the weights of the package and of the judges, and `benchmarks/results/scorer.json`, are
written anew. Needs scikit-learn.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.datasets import find_dataset, load
from benchmarks.judging import by_error_type, cross_fitted, fold_of
from benchmarks.records import Example
from benchmarks.systems.learned import WEIGHTS, Reader, claim_features, fails

# Of .001 to .3 the best on FRANK's halves; all within .006 of AUC.
_C = 0.003

# Human summaries in all weigh this much of FRANK's. AUC on FRANK stays .857 from 0 to .1, and falls
# to .832 with .4 and .788 with 1; their share flagged hardly falls after .1.
_HUMAN = 0.1
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
Found = list[dict[str, float]]


@dataclass(frozen=True, slots=True)
class _Set:
    """Summaries with their features, and whether a verdict on them fails."""

    examples: tuple[Example, ...]
    wording: Found
    further: Found
    failing: Flags

    @property
    def right(self) -> Flags:
        return np.array([example.right for example in self.examples])

    @property
    def folds(self) -> NDArray[np.int_]:
        return np.array([fold_of("\n".join(example.documents)) for example in self.examples])

    def matrix(self, names: Sequence[str]) -> Matrix:
        """The features of these names, a row for each summary."""
        rows = [w | c for w, c in zip(self.wording, self.further, strict=True)]
        return np.array([[row[name] for name in names] for row in rows])


@dataclass(frozen=True, slots=True)
class _Model:
    names: tuple[str, ...]
    weights: Matrix
    intercept: float
    threshold: float = 0.5

    def chance(self, found: _Set) -> Matrix:
        """The probability of each summary to be right."""
        logits = found.matrix(self.names) @ self.weights + self.intercept
        return np.asarray(1 / (1 + np.exp(-logits)))

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
    wording = tuple(sorted(frank.wording[0]))
    models = {
        "support": (wording, human),
        "ours": ((*wording, *sorted(frank.further[0])), None),
    }
    halves = {
        name: [_fit(names, frank, frank.folds != fold, extra) for fold in (0, 1)]
        for name, (names, extra) in models.items()
    }
    table = _table(halves, {"frank": frank, "summedits": summedits})
    table["human summaries flagged"] = _humans(halves, {"cnn": cnn, "neus": neus})
    print(json.dumps(table, indent=1))
    if write:
        everything = np.ones(len(frank.examples), dtype=np.bool_)
        _dump(_SHIPPED, _fit(wording, frank, everything, human).stored())
        _dump(WEIGHTS, {name: [m.stored() for m in pair] for name, pair in halves.items()})
        _dump(_TABLE, table)


def _read(examples: Sequence[Example]) -> _Set:
    """The features of summaries to be judged, or of the first human summary."""
    reader = Reader()
    rows = [replace(e, summary=e.summary or e.references[0]) for e in examples]
    rows = [row for row in rows if any(map(str.isalnum, row.summary))]
    evidence = [reader.evidence(row) for row in rows]
    return _Set(
        tuple(rows),
        [reader.wording(row) for row in rows],
        [claim_features(f) | reader.weakest(r) for f, r in zip(evidence, rows, strict=True)],
        np.array([any(map(fails, found)) for found in evidence]),
    )


def _fit(names: tuple[str, ...], frank: _Set, inside: Flags, human: _Set | None) -> _Model:
    """A logistic regression on standardised features, with weights for the features as they are.

    So firm a regularisation orders well but stays near the mean; its logits are scaled afterwards
    to fit the shares of right summaries (Platt 1999). For the threshold human summaries count as
    much as the right ones of FRANK.
    """
    x, right = frank.matrix(names)[inside], frank.right[inside]
    counts, balanced = np.ones(len(x)), np.ones(len(x))
    if human is not None:
        size = len(human.examples)
        counts = np.append(counts, np.full(size, _HUMAN * len(x) / size))
        balanced = np.append(balanced, np.full(size, right.sum() / size))
        x, right = np.vstack([x, human.matrix(names)]), np.append(right, human.right)
    mean, scale = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(C=_C, max_iter=5000).fit((x - mean) / scale, right, counts)
    logits = model.decision_function((x - mean) / scale)
    platt = LogisticRegression(C=1e6).fit(logits[:, None], right, counts)
    slope = float(platt.coef_[0, 0])
    weights = slope * model.coef_[0] / scale
    intercept = slope * float(model.intercept_[0]) + float(platt.intercept_[0]) - weights @ mean
    chance = 1 / (1 + np.exp(-(x @ weights + intercept)))
    return _Model(names, weights, float(intercept), _threshold(right, chance, balanced))


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
    kept = np.arange(len(found.examples))[slice(None) if inside is None else inside]
    part = _Set(tuple(found.examples[i] for i in kept), [], [], found.failing[kept])
    return {"all": _figures(part, suspicion[kept], flagged[kept])["all"]}


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
