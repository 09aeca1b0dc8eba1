"""How sure a figure is: intervals by resampling, and tests of a difference between two systems.

Intervals are 95 % ones. Every random draw comes from a `seed`, so that the same figures give the
same intervals.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "RESAMPLES",
    "Interval",
    "Values",
    "bootstrap_mean",
    "bootstrap_statistic",
    "holm",
    "paired_difference",
    "paired_permutation",
    "wilson",
]

Values = Sequence[float] | NDArray[Any]

# 250 resamples lie beyond each end of a 95 % interval, so that from seed to seed an end moves by
# 2 or 3 % of a standard error, less than a table shows. More only cost time.
RESAMPLES = 10_000

_LEVEL = 0.95

# Resamples are drawn in chunks of so many cells, which keeps memory small whatever the data.
_CELLS = 1 << 18

# Sums that differ by less, relative to the size of their terms, differ by rounding alone.
_ROUNDING = 100 * float(np.finfo(np.float64).eps)


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and the ends of its confidence interval; `n` is the number of units resampled."""

    value: float
    low: float
    high: float
    n: int


def bootstrap_mean(values: Values, *, seed: int, resamples: int = RESAMPLES) -> Interval:
    """The mean with its percentile bootstrap interval (Efron, 1979).

    A single value gives an interval of no width: read `n`. Raises ValueError where there is no
    value, and where one is no finite number.
    """
    array = _finite(values)
    means = [array[rows].mean(axis=1) for rows in _draws(len(array), resamples, seed)]
    return _percentile(float(array.mean()), np.concatenate(means), len(array))


def bootstrap_statistic(
    statistic: Callable[[NDArray[np.intp]], float],
    clusters: Sequence[Hashable],
    *,
    seed: int,
    resamples: int = RESAMPLES,
) -> Interval:
    """A statistic that is no mean, such as an AUC, with its percentile bootstrap interval.

    `statistic` is called with the indices of the resampled values, in which each index occurs as
    often as it was drawn. `clusters` has one entry per value: values of one document are not
    independent, so whole documents are resampled; `range(n)` for independent values. Resamples on
    which the statistic is undefined (nan) are left out. Raises ValueError where there is no value,
    and where the statistic is undefined on the values themselves.
    """
    labels = _labels(clusters)
    value = statistic(np.arange(len(labels)))
    if np.isnan(value):
        raise ValueError("The statistic is undefined on these values.")
    order, sizes = np.argsort(labels, kind="stable"), np.bincount(labels)
    starts = np.cumsum(sizes) - sizes
    draws = (row for rows in _draws(len(sizes), resamples, seed) for row in rows)
    found = np.array([statistic(order[_runs(starts[row], sizes[row])]) for row in draws])
    return _percentile(value, found[~np.isnan(found)], len(sizes))


def paired_difference(values: Values, baseline: Values, *, seed: int) -> Interval:
    """The mean of `values - baseline` with its percentile bootstrap interval.

    `baseline` holds another system's values on the same examples. Errors as for `bootstrap_mean`;
    ValueError too where the two have different lengths.
    """
    return bootstrap_mean(_differences(values, baseline), seed=seed)


def paired_permutation(
    values: Values, baseline: Values, *, seed: int, resamples: int = RESAMPLES
) -> float:
    """The two-sided p-value of the mean of `values - baseline`, by flipping signs at random.

    Of n values all 2^n assignments are counted where `resamples` allows. Otherwise p is (c + 1) /
    (resamples + 1), c being the number of random assignments at least as extreme (Phipson and
    Smyth, 2010). Errors as for `paired_difference`.
    """
    apart = _differences(values, baseline)
    n, total = len(apart), apart.sum()
    exact = 2**n <= resamples
    flips = _all_flips(n) if exact else _random_flips(n, resamples, seed)
    least = abs(total) - _ROUNDING * np.abs(apart).sum()
    extreme = sum(
        int(np.count_nonzero(np.abs(total - 2 * (rows @ apart)) >= least)) for rows in flips
    )
    return extreme / 2**n if exact else (extreme + 1) / (resamples + 1)


def holm(p_values: Sequence[float]) -> list[float]:
    """The p-values adjusted for their number (Holm, 1979), in the order given.

    Rejecting those at most alpha keeps the chance of any false rejection at alpha.
    """
    adjusted, largest = [0.0] * len(p_values), 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        largest = max(largest, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = largest
    return adjusted


def wilson(successes: int, n: int) -> Interval:
    """The share of `successes` in `n` with its score interval (Wilson, 1927).

    Unlike the bootstrap it has a width where the share is 0 or 1. Raises ValueError where `n` is 0
    or `successes` is not between 0 and `n`.
    """
    if n < 1 or not 0 <= successes <= n:
        raise ValueError(f"There is no share of {successes} in {n}.")
    share, z = successes / n, NormalDist().inv_cdf(0.5 + _LEVEL / 2)
    middle = share + z * z / (2 * n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return Interval(share, max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale), n)


def _finite(values: Values) -> NDArray[np.float64]:
    array = np.asarray(values, dtype=np.float64)
    if array.size == 0:
        raise ValueError("There are no values to resample.")
    if not np.isfinite(array).all():
        raise ValueError("A value to resample is no finite number.")
    return array


def _differences(values: Values, baseline: Values) -> NDArray[np.float64]:
    if len(values) != len(baseline):
        raise ValueError(f"{len(values)} values cannot be paired with {len(baseline)}.")
    return _finite(values) - _finite(baseline)


def _labels(clusters: Sequence[Hashable]) -> NDArray[np.intp]:
    """The number of each value's cluster, counted in the order of their first values."""
    if not len(clusters):
        raise ValueError("There are no values to resample.")
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(cluster, len(numbers)) for cluster in clusters])


def _chunks(total: int, width: int) -> Iterator[tuple[int, int]]:
    """The start and end of each chunk of `total` rows of `width` cells."""
    rows = max(1, _CELLS // width)
    for start in range(0, total, rows):
        yield start, min(start + rows, total)


def _draws(units: int, resamples: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """Resamples as rows of unit numbers, drawn with replacement."""
    generator = np.random.default_rng(seed)
    for start, end in _chunks(resamples, units):
        yield generator.integers(units, size=(end - start, units))


def _all_flips(units: int) -> Iterator[NDArray[np.float64]]:
    """Every assignment of signs once, as rows with a 1 where the sign is flipped."""
    for start, end in _chunks(2**units, units):
        yield (np.arange(start, end)[:, None] >> np.arange(units) & 1).astype(np.float64)


def _random_flips(units: int, resamples: int, seed: int) -> Iterator[NDArray[np.float64]]:
    generator = np.random.default_rng(seed)
    for start, end in _chunks(resamples, units):
        bits = generator.integers(2, size=(end - start, units), dtype=np.int8)
        yield bits.astype(np.float64)


def _runs(starts: NDArray[np.intp], sizes: NDArray[np.intp]) -> NDArray[np.intp]:
    """The numbers from each start on, as many as its size, one run after the other."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(sizes.sum())


def _percentile(value: float, found: NDArray[np.float64], n: int) -> Interval:
    if not found.size:
        raise ValueError("The statistic is undefined on every resample.")
    low, high = np.quantile(found, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return Interval(float(value), float(low), float(high), n)
