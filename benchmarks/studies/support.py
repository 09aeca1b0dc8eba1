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
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.datasets import find_dataset, load
from benchmarks.judging import by_error_type, cross_fitted, fold_of
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

# XSum's summarizers are those trained on it; their names end the ids.
_XSUM = ("BERTS2S", "PtGen", "TConvS2S", "TranS2S")

# Quantiles (of 97) on either side that a threshold's accuracy is averaged over.
_AROUND = 7

Matrix = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Judged:
    """Summaries with the probability each is given to be right, and whether it is flagged."""

    examples: Sequence[Example]
    right: Flags
    chance: Matrix
    flagged: Flags

    def part(self, inside: Flags) -> "_Judged":
        """Those of them that are `inside`."""
        kept = [self.examples[int(i)] for i in np.flatnonzero(inside)]
        return _Judged(kept, self.right[inside], self.chance[inside], self.flagged[inside])


def main(data: Path, weights: Path | None) -> None:
    """Print the tables; write the weights if asked to."""
    frank, summedits = (_read(data, name) for name in ("frank", "summedits"))
    names = sorted(frank[0][1])
    x, right, folds = _arrays(frank, names)
    _measure([example for example, _ in frank], x, right, folds)
    model = _fitted(x, right)
    threshold = _best_threshold(right, model.predict_proba(x)[:, 1])
    x, right, folds = _arrays(summedits, names)
    chance = model.predict_proba(x)[:, 1]
    examples = [example for example, _ in summedits]
    judged = _Judged(examples, right, chance, chance < threshold)
    _report("SummEdits, threshold of FRANK", judged)
    own = np.array(cross_fitted(right, -chance, list(folds)))
    _report("SummEdits, threshold of its other half", replace(judged, flagged=own))
    if weights is not None:
        _write(weights, names, model, threshold)


def _measure(examples: Sequence[Example], x: Matrix, right: Flags, folds: NDArray[np.int_]) -> None:
    """The figures on FRANK, each half judged by the model and the threshold of the other."""
    chance, flagged = np.zeros(len(right)), np.zeros(len(right), dtype=np.bool_)
    for fold in (0, 1):
        inside = folds == fold
        model = _fitted(x[~inside], right[~inside])
        chance[inside] = model.predict_proba(x[inside])[:, 1]
        threshold = _best_threshold(right[~inside], model.predict_proba(x[~inside])[:, 1])
        flagged[inside] = chance[inside] < threshold
    judged = _Judged(examples, right, chance, flagged)
    xsum = np.array([example.id.endswith(_XSUM) for example in examples])
    _report("FRANK, half 0", judged.part(folds == 0))
    _report("FRANK, half 1", judged.part(folds == 1))
    _report("FRANK, both halves", judged)
    _report("FRANK, within XSum", judged.part(xsum))
    _report("FRANK, within CNN/DM", judged.part(~xsum))
    _calibration(right, chance)


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
) -> tuple[Matrix, Flags, NDArray[np.int_]]:
    x = np.array([[found[name] for name in names] for _, found in read])
    right = np.array([example.right for example, _ in read])
    return x, right, np.array([fold_of("\n".join(example.documents)) for example, _ in read])


def _fitted(x: Matrix, right: Flags) -> Any:
    """A logistic regression on standardised features, with weights for the features as they are.

    So firm a regularisation orders well but stays near the mean; its logits are scaled afterwards
    to fit the shares of right summaries (Platt 1999).
    """
    mean, scale = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(C=_C, max_iter=5000).fit((x - mean) / scale, right)
    logits = model.decision_function((x - mean) / scale)[:, None]
    platt = LogisticRegression(C=1e6).fit(logits, right)
    slope = platt.coef_[0, 0]
    intercept = model.intercept_ - (model.coef_ / scale) @ mean
    model.intercept_ = slope * intercept + platt.intercept_
    model.coef_ = slope * model.coef_ / scale
    return model


def _best_threshold(right: Flags, chance: Matrix) -> float:
    """The probability with the best balanced accuracy, which is smoothed over its neighbours.

    The single best one is chosen by a few summaries, and cost .02 on the other half.
    """
    grid = np.quantile(chance, np.linspace(0.02, 0.98, 97))
    accuracy = np.array([(chance[right] >= t).mean() + (chance[~right] < t).mean() for t in grid])
    around = np.pad(accuracy, _AROUND, "edge")
    smooth = np.convolve(around, np.ones(2 * _AROUND + 1), "valid")
    return float(grid[np.argmax(smooth)])


def _report(name: str, judged: _Judged) -> None:
    right, flagged = judged.right, judged.flagged
    precision = (~right)[flagged].mean()
    print(f"\n{name}: {len(right)} summaries, {sum(right)} right, precision {precision:.3f}")
    print(f"{'error':30} {'n':>4} {'recall':>6} {'false':>6} {'BA':>6} {'AUC':>6}")
    types = [example.error_types for example in judged.examples]
    for row in by_error_type(right, -judged.chance, flagged, types):
        figures = (row.recall, row.false_alarms, row.balanced_accuracy, row.auc)
        told = " ".join(f"{figure or 0:6.3f}" for figure in figures)
        print(f"{row.error_type:30} {row.n_wrong:4} {told}")


def _calibration(right: Flags, chance: Matrix) -> None:
    """Mean score and share of right ones in each fifth of the summaries."""
    fifths = np.array_split(np.argsort(chance), 5)
    rows = [(chance[fifth].mean(), right[fifth].mean()) for fifth in fifths]
    print("\nscore: share right  ", "  ".join(f"{p:.2f}: {share:.2f}" for p, share in rows))


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
