"""A sparse matrix of what stands in which sentence sums as the full one does."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from summarize.selection.incidence import Incidence

WIDTH = 5
ROWS = st.lists(st.lists(st.integers(0, WIDTH - 1), max_size=8), min_size=1, max_size=6)


@given(ROWS)
def test_sums_are_those_of_the_full_matrix(rows: list[list[int]]) -> None:
    full = np.array([[named.count(column) for column in range(WIDTH)] for named in rows], float)
    found = Incidence.of(rows, WIDTH)
    across, down = np.linspace(0.5, 2, WIDTH), np.linspace(-1.5, 3, len(rows))
    assert np.allclose(found.by_row(), full.sum(axis=1))
    assert np.allclose(found.by_row(across), full @ across)
    assert np.allclose(found.by_column(down), full.T @ down)
    assert np.allclose(found.present().by_column(), (full > 0).sum(axis=0))
    assert [list(found.columns_of(n)) for n in range(len(rows))] == [sorted(set(r)) for r in rows]


@given(ROWS)
def test_a_column_spreads_over_the_groups_of_rows_that_name_it(rows: list[list[int]]) -> None:
    halves = np.arange(len(rows)) // 2
    named = [
        {half for half, row in zip(halves.tolist(), rows, strict=True) if column in row}
        for column in range(WIDTH)
    ]
    assert Incidence.of(rows, WIDTH).spread(halves).tolist() == [len(found) for found in named]


def test_what_is_multiplied_may_be_changed() -> None:
    found = Incidence.of([[0, 2], [1]], 3)
    product = found.products()
    product.data[0] = 0
    product.eliminate_zeros()
    assert found.by_column().tolist() == [1, 1, 1]
