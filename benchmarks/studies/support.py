"""Fits and measures the support model: `python -m benchmarks.studies.support DATA [WEIGHTS]`.

DATA is the folder with `dev/frank.jsonl.xz` and `dev/summedits_news.jsonl.xz`. The model is fitted
on the articles of one half of FRANK and judged on the other, both ways; the figures printed are
those of the two together. With WEIGHTS the model fitted on all of it is written to that file.
Needs scikit-learn.
"""

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.datasets import find_dataset, load
from benchmarks.judging import Detection, auc, by_error_type, cross_fitted, fold_of
from benchmarks.records import Example
from benchmarks.systems.budget import source_sentences
from summarize.sentences import sentence_spans
from summarize.support import CLOSEST
from summarize.support.features import features
from summarize.support.index import TokenIndex
from summarize.support.tokens import tokens

# Of .001 to .3 the best on FRANK's halves; all within .006 of AUC.
_C = 0.003

# Model summaries are cut into tokens: sentences end at a lone mark.
_LONE_MARK = re.compile(r"(?<=\s[.?!])\s+")

Matrix = NDArray[np.float64]


def main(data: Path, weights: Path | None) -> None:
    """Print the tables; write the weights if asked to."""
    frank, summedits = (_read(data, name) for name in ("frank", "summedits"))
    names = sorted(frank[0][1])
    x, right, folds = _arrays(frank, names)
    scores = np.zeros(len(right))
    for fold in (0, 1):
        inside = folds == fold
        scores[inside] = _fitted(x[~inside], right[~inside]).decision_function(x[inside])
    _report("FRANK", [example for example, _ in frank], right, -scores, folds)
    other, other_right, other_folds = _arrays(summedits, names)
    whole = _fitted(x, right)
    examples = [example for example, _ in summedits]
    _report("SummEdits", examples, other_right, -whole.decision_function(other), other_folds)
    for fold in (0, 1):
        inside = folds == fold
        half = _fitted(x[~inside], right[~inside]).decision_function(x[inside])
        print(f"fitted on half {1 - fold}: AUC {auc(right[inside], -half):.3f} on {sum(inside)}")
    if weights is not None:
        _write(weights, names, whole, _best_threshold(right, whole, x))


def _read(data: Path, name: str) -> list[tuple[Example, dict[str, float]]]:
    """The examples, each with the mean of its sentences' features by length."""
    found, documents, index = [], None, TokenIndex(())
    for example in load(find_dataset(name), data, "dev"):
        if documents != example.documents:
            documents = example.documents
            index = TokenIndex(s.text for row in source_sentences(example) for s in row)
        found.append((example, _described(example.summary, index)))
    return found


def _described(summary: str, index: TokenIndex) -> dict[str, float]:
    parts = (part for line in summary.split("\n") for part in _LONE_MARK.split(line))
    texts = [part[span.start : span.end] for part in parts for span in sentence_spans(part)]
    rows = [row for row in ([token.key for token in tokens(text)] for text in texts) if row]
    told = [features(row, index, index.closest(row, CLOSEST)) for row in rows]
    size = sum(map(len, rows))
    return {
        name: sum(f[name] * len(row) for f, row in zip(told, rows, strict=True)) / size
        for name in told[0]
    }


def _arrays(
    read: Sequence[tuple[Example, dict[str, float]]], names: Sequence[str]
) -> tuple[Matrix, NDArray[np.bool_], NDArray[np.int_]]:
    x = np.array([[found[name] for name in names] for _, found in read])
    right = np.array([example.right for example, _ in read])
    return x, right, np.array([fold_of("\n".join(example.documents)) for example, _ in read])


def _fitted(x: Matrix, right: NDArray[np.bool_]) -> Any:
    """A logistic regression on standardised features, its weights turned back to the raw ones."""
    mean, scale = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(C=_C, max_iter=5000).fit((x - mean) / scale, right)
    model.coef_ = model.coef_ / scale
    model.intercept_ = model.intercept_ - model.coef_ @ mean
    return model


def _best_threshold(right: NDArray[np.bool_], model: Any, x: Matrix) -> float:
    """The probability with the best balanced accuracy, smoothed over its neighbours."""
    p = model.predict_proba(x)[:, 1]
    grid = np.linspace(0.05, 0.95, 181)
    accuracy = [(p[right] >= t).mean() + (p[~right] < t).mean() for t in grid]
    return float(grid[np.argmax(np.convolve(accuracy, np.ones(9), "valid")) + 4])


def _report(
    name: str,
    examples: Sequence[Example],
    right: NDArray[np.bool_],
    suspicion: Matrix,
    folds: NDArray[np.int_],
) -> None:
    flagged = cross_fitted(right, suspicion, list(folds))
    print(f"\n{name}: {len(right)} summaries, {sum(right)} right")
    print(f"{'error':30} {'n':>4} {'recall':>7} {'false':>6} {'BA':>6} {'AUC':>6}")
    types = [example.error_types for example in examples]
    for row in by_error_type(right, suspicion, flagged, types):
        _print(row)
    flags = np.array(flagged)
    print(f"precision of a flag {(~right[flags]).mean():.3f}")
    if name == "FRANK":
        for part, inside in _parts(examples).items():
            kept = [types[i] for i in np.flatnonzero(inside)]
            row = by_error_type(right[inside], suspicion[inside], flags[inside], kept)[0]
            print(f"within {part}:")
            _print(row)


def _parts(examples: Sequence[Example]) -> dict[str, NDArray[np.bool_]]:
    """XSum's summarizers are those trained on it; their names end the ids."""
    ours = ("BERTS2S", "PtGen", "TConvS2S", "TranS2S")
    xsum = np.array([example.id.endswith(ours) for example in examples])
    return {"XSum": xsum, "CNN/DM": ~xsum}


def _print(row: Detection) -> None:
    figures = (row.recall, row.false_alarms, row.balanced_accuracy, row.auc)
    told = " ".join(f"{figure or 0:6.3f}" for figure in figures)
    print(f"{row.error_type:30} {row.n_wrong:4} {told}")


def _write(path: Path, names: Sequence[str], model: Any, threshold: float) -> None:
    held = {name: round(float(w), 5) for name, w in zip(names, model.coef_[0], strict=True)}
    stored = {
        "weights": held,
        "intercept": round(float(model.intercept_[0]), 5),
        "threshold": round(threshold, 3),
    }
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
