"""Which columns each row names, and how often: what the choice of sentences is computed from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Floats", "Incidence"]

Floats = NDArray[np.float64]
Weights = Floats | NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """A sparse matrix as its cells: `row` and `column` of each, in this order, and its `value`.

    A story has so few that numpy sums them in less time than scipy takes to look at its arguments.
    """

    row: NDArray[np.intp]
    column: NDArray[np.intp]
    value: Floats
    shape: tuple[int, int]

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]], width: int) -> "Incidence":
        """How often each row names each of `width` columns."""
        row = np.repeat(np.arange(len(rows)), [len(named) for named in rows])
        named = np.array([column for named in rows for column in named], dtype=np.intp)
        cells, counts = np.unique(row * width + named, return_counts=True)
        return cls(*np.divmod(cells, width), counts.astype(float), (len(rows), width))

    def present(self) -> "Incidence":
        """Whether each row names each column: 1 for every cell."""
        return replace(self, value=np.ones_like(self.value))

    def by_row(self, weights: Weights | None = None) -> Floats:
        """The sum of each row, its columns weighed by `weights`."""
        values = self.value if weights is None else self.value * weights[self.column]
        return np.asarray(np.bincount(self.row, values, self.shape[0]), np.float64)

    def by_column(self, weights: Weights | None = None) -> Floats:
        """The sum of each column, its rows weighed by `weights`."""
        values = self.value if weights is None else self.value * weights[self.row]
        return np.asarray(np.bincount(self.column, values, self.shape[1]), np.float64)

    def columns_of(self, row: int) -> NDArray[np.intp]:
        """The columns that a row names."""
        start, end = np.searchsorted(self.row, (row, row + 1))
        return self.column[start:end]

    def spread(self, group: NDArray[np.intp]) -> Floats:
        """In how many groups of rows each column is named; `group` numbers that of each row."""
        width = self.shape[1]
        cells = np.unique(group[self.row] * width + self.column)
        return np.bincount(cells % width, minlength=width).astype(float)

    def products(self) -> Any:
        """The matrix as scipy multiplies it with others."""
        from scipy.sparse import csr_array

        starts = np.searchsorted(self.row, np.arange(self.shape[0] + 1))
        return csr_array((self.value, self.column, starts), shape=self.shape, copy=True)
