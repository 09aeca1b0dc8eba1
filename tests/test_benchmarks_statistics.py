"""What the intervals and tests promise, against closed forms, simulations and SciPy."""

from collections.abc import Callable
from importlib import import_module
from math import inf, nan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from benchmarks.statistics import (
    Interval,
    bootstrap_mean,
    bootstrap_statistic,
    holm,
    paired_difference,
    paired_permutation,
    wilson,
)

Floats = NDArray[np.float64]
FEW = 500
scores = st.lists(st.floats(-1, 1, allow_subnormal=False), min_size=1, max_size=12)
pairs = st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=1, max_size=9)


def drawn(seed: int, n: int) -> Floats:
    """Scores between 0 and 1, skewed as overlap scores are."""
    return np.random.default_rng(seed).beta(2, 5, n)


def width(interval: Interval) -> float:
    return interval.high - interval.low


def scipy_p(values: Floats, baseline: Floats, resamples: float = inf) -> float:
    stats = import_module("scipy.stats")
    result = stats.permutation_test(
        (values, baseline),
        lambda one, other, axis: np.mean(one - other, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=resamples,
        random_state=5,
    )
    return float(result.pvalue)


def test_the_interval_of_a_mean_is_the_normal_one_on_large_samples() -> None:
    values = drawn(1, 2000)
    found = bootstrap_mean(values, seed=0)
    error = values.std() / sqrt(2000)
    assert found.value == pytest.approx(values.mean())
    assert found.n == 2000
    assert found.low == pytest.approx(values.mean() - 1.96 * error, abs=0.15 * error)
    assert found.high == pytest.approx(values.mean() + 1.96 * error, abs=0.15 * error)


def test_intervals_hold_the_true_mean_as_often_as_they_say() -> None:
    simulations = [bootstrap_mean(drawn(seed, 40), seed=seed, resamples=FEW) for seed in range(200)]
    held = np.mean([found.low <= 2 / 7 <= found.high for found in simulations])
    assert 0.89 <= held <= 0.99


def test_more_resamples_do_not_narrow_the_interval() -> None:
    values = drawn(2, 100)
    few = bootstrap_mean(values, seed=0, resamples=1000)
    many = bootstrap_mean(values, seed=0, resamples=20_000)
    assert width(many) == pytest.approx(width(few), rel=0.1)


def test_a_mean_of_zero_has_an_interval_too() -> None:
    found = bootstrap_mean([-1.0, 1.0] * 50, seed=0)
    assert found.value == 0.0
    assert found.low == pytest.approx(-0.196, abs=0.03)
    assert found.high == pytest.approx(0.196, abs=0.03)


def test_a_seed_fixes_the_figures_and_zero_is_a_seed() -> None:
    values, baseline = drawn(3, 30), drawn(4, 30)
    figures: list[Callable[[int], object]] = [
        lambda seed: bootstrap_mean(values, seed=seed),
        lambda seed: bootstrap_statistic(lambda i: float(values[i].mean()), range(30), seed=seed),
        lambda seed: paired_permutation(values, baseline, seed=seed),
    ]
    for figure in figures:
        assert figure(0) == figure(0)
        assert figure(0) != figure(1)


def test_values_that_repeat_within_clusters_count_once() -> None:
    values = drawn(5, 60)
    repeated = np.repeat(values, 5)
    clusters = [f"document {number // 5}" for number in range(300)]
    naive = bootstrap_mean(repeated, seed=0)
    clustered = bootstrap_statistic(
        lambda indices: float(repeated[indices].mean()), clusters, seed=0
    )
    assert (naive.n, clustered.n) == (300, 60)
    assert width(clustered) == pytest.approx(sqrt(5) * width(naive), rel=0.1)
    single = bootstrap_mean(values, seed=0)
    assert (clustered.low, clustered.high) == pytest.approx((single.low, single.high))


@given(scores, st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_an_interval_stays_among_the_values_and_follows_a_shift(
    values: list[float], seed: int
) -> None:
    found = bootstrap_mean(values, seed=seed, resamples=FEW)
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9
    moved = bootstrap_mean([value + 3 for value in values], seed=seed, resamples=FEW)
    assert (moved.low - 3, moved.high - 3) == pytest.approx((found.low, found.high), abs=1e-9)


def test_a_statistic_sees_whole_clusters() -> None:
    clusters = ["a", "b", "a", "c", "b", "a"]
    seen: list[list[int]] = []

    def statistic(indices: NDArray[np.intp]) -> float:
        seen.append(np.bincount(indices, minlength=6).tolist())
        return 0.0

    bootstrap_statistic(statistic, clusters, seed=0, resamples=50)
    assert seen[0] == [1] * 6
    assert all(row[0] == row[2] == row[5] and row[1] == row[4] for row in seen)
    assert all(row[0] + row[1] + row[3] == 3 for row in seen)
    assert len({tuple(row) for row in seen}) > 5


def test_resamples_on_which_a_statistic_is_undefined_are_left_out() -> None:
    def share_of_first(indices: NDArray[np.intp]) -> float:
        return float(np.mean(indices == 0)) if 0 in indices else nan

    found = bootstrap_statistic(share_of_first, range(4), seed=0)
    assert (found.value, found.low) == (0.25, 0.25)
    with pytest.raises(ValueError, match="undefined"):
        bootstrap_statistic(lambda _: nan, range(4), seed=0)


@pytest.mark.parametrize(
    ("figure", "message"),
    [
        (lambda: bootstrap_mean([], seed=0), "no values"),
        (lambda: bootstrap_statistic(lambda _: 0.0, [], seed=0), "no values"),
        (lambda: paired_permutation([], [], seed=0), "no values"),
        (lambda: bootstrap_mean([0.2, nan], seed=0), "finite"),
        (lambda: paired_difference([0.1, 0.2], [0.2], seed=0), "2 values cannot be paired with 1"),
        (lambda: wilson(0, 0), "no share"),
        (lambda: wilson(3, 2), "no share"),
    ],
)
def test_figures_of_what_has_none_are_refused(figure: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        figure()


def test_pairing_finds_a_difference_that_the_spread_of_examples_hides() -> None:
    baseline = drawn(7, 80)
    values = baseline + np.random.default_rng(8).normal(0.02, 0.02, 80)
    found = paired_difference(values, baseline, seed=0)
    assert found.value == pytest.approx(values.mean() - baseline.mean())
    assert found.low > 0
    assert width(found) < width(bootstrap_mean(values, seed=0)) / 4
    swapped = paired_difference(baseline, values, seed=0)
    assert (swapped.low, swapped.high) == pytest.approx((-found.high, -found.low))


def test_systems_that_do_alike_and_single_examples_show_no_difference() -> None:
    values = drawn(9, 50)
    assert paired_difference(values, values, seed=0) == Interval(0.0, 0.0, 0.0, 50)
    assert paired_permutation(values, values, seed=0) == 1.0
    assert paired_permutation(values[:5], values[:5], seed=0) == 1.0
    assert paired_permutation([0.9], [0.1], seed=0) == 1.0


@pytest.mark.parametrize("n", [2, 3, 5, 10, 13])
def test_an_exact_permutation_test_equals_scipys(n: int) -> None:
    values, baseline = drawn(n, n) + 0.1, drawn(n + 1, n)
    assert paired_permutation(values, baseline, seed=0) == pytest.approx(scipy_p(values, baseline))


def test_ties_are_counted_whatever_their_rounding() -> None:
    generator = np.random.default_rng(16)
    for _ in range(20):
        tenths, baseline = generator.integers(0, 8, (2, 8))
        whole = paired_permutation(tenths, baseline, seed=0)
        assert whole == pytest.approx(scipy_p(tenths, baseline))
        assert paired_permutation(tenths / 10, baseline / 10, seed=0) == whole
    # These cancel out, though in binary their sum is no zero.
    assert paired_permutation([0.1, 0.2, -0.3], [0.0, 0.0, 0.0], seed=0) == 1.0


@given(pairs)
@settings(max_examples=60, deadline=None)
def test_a_permutation_test_does_not_care_which_system_comes_first(
    rows: list[tuple[float, float]],
) -> None:
    values, baseline = [row[0] for row in rows], [row[1] for row in rows]
    p = paired_permutation(values, baseline, seed=0)
    assert 2 ** (1 - len(rows)) <= p <= 1
    assert paired_permutation(baseline, values, seed=0) == p


def test_a_random_permutation_test_agrees_with_scipys() -> None:
    for shift in (0.0, 0.03, 0.05):
        values, baseline = drawn(10, 60) + shift, drawn(11, 60)
        p = paired_permutation(values, baseline, seed=0)
        assert p == pytest.approx(scipy_p(values, baseline, resamples=49_999), abs=0.02)
        assert p * 10_001 == pytest.approx(round(p * 10_001))
    assert paired_permutation(np.ones(60), np.zeros(60), seed=0, resamples=999) == 1 / 1000


def test_a_random_permutation_test_agrees_with_the_exact_one() -> None:
    values, baseline = drawn(12, 12) + 0.08, drawn(13, 12)
    exact = paired_permutation(values, baseline, seed=0, resamples=4096)
    chance = paired_permutation(values, baseline, seed=0, resamples=4095)
    assert exact == pytest.approx(scipy_p(values, baseline))
    assert exact != chance
    assert chance == pytest.approx(exact, abs=0.03)


def test_holm_adjusts_as_by_hand() -> None:
    # .005 x 4, .01 x 3, .03 x 2, and .04 x 1, which is no less than the one before it.
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.6, 0.7]) == [1.0, 1.0]
    assert holm([0.04]) == [0.04]
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_keeps_the_order_and_only_ever_raises(p_values: list[float]) -> None:
    adjusted = holm(p_values)
    assert all(p <= q <= 1 for p, q in zip(p_values, adjusted, strict=True))
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    assert [adjusted[i] for i in order] == sorted(adjusted)
    bonferroni = [min(1.0, len(p_values) * p) for p in p_values]
    assert all(q <= p for p, q in zip(bonferroni, adjusted, strict=True))


def test_wilson_gives_published_figures() -> None:
    # Newcombe (1998), table I, score method without continuity correction.
    for successes, n, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        found = wilson(successes, n)
        assert (found.value, found.n) == (successes / n, n)
        assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
@settings(max_examples=50, deadline=None)
def test_wilson_equals_scipys(case: tuple[int, int]) -> None:
    result = import_module("scipy.stats").binomtest(*case)
    found, expected = wilson(*case), result.proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert 0 <= found.low <= found.high <= 1
