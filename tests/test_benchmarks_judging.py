"""What the figures for judges promise, by hand, by brute force and against scikit-learn."""

from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.judging import (
    Detection,
    auc,
    balanced_accuracy,
    by_error_type,
    cross_fitted,
    fold_of,
)

# Suspicions from so few values that ties are common.
judged = st.lists(
    st.tuples(st.booleans(), st.sampled_from([0.0, 0.1, 0.3, 0.7, 1.0]), st.integers(0, 1)),
    min_size=1,
    max_size=24,
)


def test_auc_is_the_share_of_pairs_in_the_right_order() -> None:
    # Wrong: .9, .4. Right: .1, .4. Of four pairs three are in order, one ties.
    assert auc([False, False, True, True], [0.9, 0.4, 0.1, 0.4]) == 0.875
    assert auc([True, False], [0.9, 0.1]) == 0.0
    assert auc([True, False, True], [0.5, 0.5, 0.5]) == 0.5


@given(judged)
def test_auc_equals_counting_every_pair(rows: list[tuple[bool, float, int]]) -> None:
    right = [s for passed, s, _ in rows if passed]
    wrong = [s for passed, s, _ in rows if not passed]
    wins = [(w > r) + (w == r) / 2 for w in wrong for r in right]
    found = auc([row[0] for row in rows], [row[1] for row in rows])
    assert found == (pytest.approx(sum(wins) / len(wins)) if wins else None)


@pytest.mark.parametrize("seed", range(5))
def test_figures_equal_those_of_scikit_learn(seed: int) -> None:
    from sklearn.metrics import balanced_accuracy_score, roc_auc_score

    generator = np.random.default_rng(seed)
    right = generator.random(400) < 0.7
    suspicion = np.round(generator.random(400) - 0.2 * right, 1)
    flagged = suspicion > 0.5
    assert auc(right, suspicion) == pytest.approx(roc_auc_score(~right, suspicion))
    assert balanced_accuracy(right, flagged) == pytest.approx(
        balanced_accuracy_score(~right, flagged)
    )


def test_balanced_accuracy_is_not_moved_by_the_share_that_is_wrong() -> None:
    flagged = [True, False, True, False, False, False]
    assert balanced_accuracy([False, False, True, True, True, True], flagged) == 0.625
    assert balanced_accuracy([False] + [True] * 99, [False] * 100) == 0.5
    assert balanced_accuracy([False, True], [True, False]) == 1.0


def test_figures_that_need_both_classes_are_none_without() -> None:
    for right in ([True, True], [False, False], []):
        assert auc(right, [0.3, 0.4][: len(right)]) is None
        assert balanced_accuracy(right, [True, False][: len(right)]) is None


def test_a_suspicion_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="suspicion"):
        auc([True, False], [0.2, nan])
    with pytest.raises(ValueError, match="suspicion"):
        cross_fitted([True, False], [0.2, nan], [0, 1])


def test_each_fold_is_decided_by_the_threshold_of_the_other() -> None:
    # Fold 0 is split best from .8 up, fold 1 from .4 up.
    right = [True, True, False, True, False, False]
    suspicion = [0.2, 0.6, 0.8, 0.3, 0.4, 0.9]
    folds = [0, 0, 0, 1, 1, 1]
    assert cross_fitted(right, suspicion, folds) == [False, True, True, False, False, True]


def test_of_equal_thresholds_the_one_with_fewer_flags_is_taken() -> None:
    # In fold 1 a third of the wrong ones is flagged from .9 up without false alarms, and from .5
    # up all are, with two thirds of the right ones.
    right = [False, True, True, False, False, True]
    suspicion = [0.9, 0.8, 0.7, 0.6, 0.5, 0.1]
    decided = cross_fitted([*right, True, True], [*suspicion, 0.85, 0.95], [1] * 6 + [0] * 2)
    assert decided[6:] == [False, True]


def test_a_judge_that_is_worse_than_chance_flags_none() -> None:
    right = [True, False, True, False]
    assert cross_fitted(right, [0.9, 0.1, 0.8, 0.2], [0, 0, 1, 1]) == [False] * 4


def test_without_both_classes_to_fit_on_none_is_flagged() -> None:
    assert cross_fitted([False, True, False], [0.9, 0.2, 0.9], [0, 0, 0]) == [False] * 3
    decided = cross_fitted([False, False, True, False], [0.9, 0.8, 0.1, 0.9], [0, 0, 1, 1])
    assert decided == [True, False, False, False]


@given(judged)
@settings(max_examples=60)
def test_no_summary_has_a_say_in_its_own_decision(rows: list[tuple[bool, float, int]]) -> None:
    right, suspicion = [row[0] for row in rows], [row[1] for row in rows]
    folds = [row[2] for row in rows]
    turned = [passed != (fold == 0) for passed, fold in zip(right, folds, strict=True)]
    before = cross_fitted(right, suspicion, folds)
    after = cross_fitted(turned, suspicion, folds)
    assert [b for b, fold in zip(before, folds, strict=True) if fold == 0] == [
        a for a, fold in zip(after, folds, strict=True) if fold == 0
    ]


@given(judged)
@settings(max_examples=60)
def test_no_other_threshold_does_better_on_the_fold_it_is_fitted_on(
    rows: list[tuple[bool, float, int]],
) -> None:
    # The same summaries in both folds: each decides the other as itself.
    right, suspicion = [row[0] for row in rows], [row[1] for row in rows]
    folds = [0] * len(rows) + [1] * len(rows)
    flagged = cross_fitted(right * 2, suspicion * 2, folds)[: len(rows)]
    best = balanced_accuracy(right, flagged)
    for threshold in (0.0, 0.1, 0.3, 0.7, 1.0, 2.0):
        others = [s >= threshold for s in suspicion]
        other = balanced_accuracy(right, others)
        if best is None or other is None:
            assert not any(flagged)
        else:
            assert other < best + 1e-12
            assert other < best - 1e-12 or sum(others) >= sum(flagged)


def test_folds_are_of_about_one_size_and_stay_as_they_are() -> None:
    texts = [f"The river rose {number} centimetres overnight." for number in range(1000)]
    folds = [fold_of(text) for text in texts]
    assert set(folds) == {0, 1}
    assert 420 <= sum(folds) <= 580
    assert folds[:8] == [1, 1, 1, 1, 1, 0, 1, 1]


def test_each_error_type_is_set_against_all_right_ones() -> None:
    right = [True, True, False, False, False]
    suspicion = [0.1, 0.6, 0.9, 0.5, 0.2]
    flagged = [False, True, True, True, False]
    types = [("date",), (), ("name", "date"), ("name", "name"), ()]
    everything, date, name = by_error_type(right, suspicion, flagged, types)
    assert (everything.error_type, everything.n_wrong, everything.n_right) == ("all", 3, 2)
    assert everything.recall == pytest.approx(2 / 3)
    assert everything.balanced_accuracy == pytest.approx((2 / 3 + 1 / 2) / 2)
    assert everything.auc == pytest.approx(4 / 6)
    assert date == Detection("date", 1, 2, 1.0, 0.5, 0.75, 1.0)
    assert name == Detection("name", 2, 2, 1.0, 0.5, 0.75, 0.75)


def test_without_wrong_ones_only_false_alarms_are_known() -> None:
    (found,) = by_error_type([True, True], [0.1, 0.7], [False, True], [(), ("name",)])
    assert found == Detection("all", 0, 2, None, 0.5, None, None)
