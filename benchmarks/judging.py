"""How well a judge tells wrong summaries from right ones.

A judge gives each summary a suspicion, and flags those it holds to be wrong. To find a wrong
summary is a hit, to flag a right one a false alarm. All sequences are parallel, with one entry per
summary; arrays serve as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Detection",
    "Flags",
    "Scores",
    "auc",
    "balanced_accuracy",
    "by_error_type",
    "cross_fitted",
    "fold_of",
]

Flags = Sequence[bool] | NDArray[np.bool_]
Scores = Sequence[float] | NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Detection:
    """How a judge does on the wrong summaries of one error type, against all right summaries.

    `error_type` is "all" for all wrong summaries. `recall` is the share of the `n_wrong` that is
    flagged, `false_alarms` the share of the `n_right`. A figure is None where a class it needs is
    missing.
    """

    error_type: str
    n_wrong: int
    n_right: int
    recall: float | None
    false_alarms: float | None
    balanced_accuracy: float | None
    auc: float | None


def auc(right: Flags, suspicion: Scores) -> float | None:
    """The probability that a wrong summary is more suspicious than a right one, ties half.

    This is the area under the ROC curve, computed from ranks (Mann and Whitney, 1947); None where
    one class is missing. Raises ValueError where a suspicion is no finite number.
    """
    wrong, scores = ~_flags(right), _scores(suspicion)
    n_wrong, n_right = _counts(wrong)
    if not n_wrong or not n_right:
        return None
    _, place, tied = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = np.cumsum(tied) - (tied - 1) / 2
    wins = ranks[place[wrong]].sum() - n_wrong * (n_wrong + 1) / 2
    return float(wins / (n_wrong * n_right))


def balanced_accuracy(right: Flags, flagged: Flags) -> float | None:
    """The mean of the shares of wrong ones flagged and right ones passed.

    0.5 is chance, however many of them are wrong; None where one class is missing.
    """
    wrong, flags = ~_flags(right), _flags(flagged)
    recall, false_alarms = _share(flags[wrong]), _share(flags[~wrong])
    return None if recall is None or false_alarms is None else (recall + 1 - false_alarms) / 2


def cross_fitted(right: Flags, suspicion: Scores, folds: Sequence[int]) -> list[bool]:
    """Decisions for a judge that has no threshold of its own: whether each summary is flagged.

    Each fold is decided by the threshold that has the best balanced accuracy on the other, so that
    no summary has a say in its own decision. Of thresholds that do equally well the one with fewer
    flags is taken, and none is flagged where the other fold lacks a class. Raises ValueError where
    a suspicion is no finite number.
    """
    wrong, scores, fold = ~_flags(right), _scores(suspicion), np.asarray(folds)
    flagged = np.zeros(len(wrong), dtype=np.bool_)
    for own in np.unique(fold):
        inside = fold == own
        flagged[inside] = scores[inside] >= _threshold(wrong[~inside], scores[~inside])
    return [bool(flag) for flag in flagged]


def fold_of(text: str) -> int:
    """The fold, 0 or 1, of everything that concerns the document; the same in every run."""
    return blake2b(text.encode("utf-8"), digest_size=1).digest()[0] % 2


def by_error_type(
    right: Flags, suspicion: Scores, flagged: Flags, error_types: Sequence[Sequence[str]]
) -> tuple[Detection, ...]:
    """The figures for all wrong summaries, then for each error type in alphabetical order.

    A wrong summary counts under each of its error types; those of a right one are ignored. Raises
    ValueError where a suspicion is no finite number, and where `error_types` has another length.
    """
    passed, flags, scores = _flags(right), _flags(flagged), _scores(suspicion)
    named = zip(passed, error_types, strict=True)
    names = sorted({name for ok, types in named if not ok for name in types})
    found = [_detection("all", passed, scores, flags)]
    for name in names:
        kept = passed | np.array([name in types for types in error_types])
        found.append(_detection(name, passed[kept], scores[kept], flags[kept]))
    return tuple(found)


def _detection(
    name: str,
    right: NDArray[np.bool_],
    scores: NDArray[np.float64],
    flagged: NDArray[np.bool_],
) -> Detection:
    return Detection(
        name,
        *_counts(~right),
        recall=_share(flagged[~right]),
        false_alarms=_share(flagged[right]),
        balanced_accuracy=balanced_accuracy(right, flagged),
        auc=auc(right, scores),
    )


def _threshold(wrong: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    """The least suspicion to flag, for the best balanced accuracy; infinite to flag none."""
    n_wrong, n_right = _counts(wrong)
    falling, place = np.unique(-scores, return_inverse=True)
    # In whole numbers, so that thresholds that do equally well compare as equal.
    gains = np.cumsum(np.bincount(place, np.where(wrong, n_right, -n_wrong), len(falling)))
    return float(np.append(np.inf, -falling)[np.argmax(np.append(0, gains))])


def _counts(wrong: NDArray[np.bool_]) -> tuple[int, int]:
    """How many are wrong, and how many right."""
    return int(wrong.sum()), int((~wrong).sum())


def _share(flags: NDArray[np.bool_]) -> float | None:
    return float(flags.mean()) if flags.size else None


def _flags(flags: Flags) -> NDArray[np.bool_]:
    return np.asarray(flags, dtype=np.bool_)


def _scores(suspicion: Scores) -> NDArray[np.float64]:
    scores = np.asarray(suspicion, dtype=np.float64)
    if not np.isfinite(scores).all():
        raise ValueError("A suspicion is no finite number.")
    return scores
