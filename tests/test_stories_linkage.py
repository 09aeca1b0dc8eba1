"""Average link over a sparse graph does what the textbook method does on a full matrix."""

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.stories.linkage import average_link, join


def whatever(_: object, __: object) -> bool:
    return True


def sets(groups: list[list[int]]) -> list[list[int]]:
    return sorted(sorted(group) for group in groups)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 14), st.integers(), st.floats(0.2, 0.8))
def test_with_all_pairs_it_is_the_textbook_method(count: int, seed: int, nearest: float) -> None:
    import numpy as np
    from sklearn.cluster import AgglomerativeClustering

    draw = random.Random(seed)  # noqa: S311
    pairs = [(one, other, draw.random()) for one, other in combinations(range(count), 2)]
    far = np.zeros((count, count))
    for one, other, value in pairs:
        far[one, other] = far[other, one] = 1 - value
    textbook = AgglomerativeClustering(
        n_clusters=None,
        metric="precomputed",
        linkage="average",
        distance_threshold=1 - nearest,
    )
    labels = textbook.fit_predict(far).tolist()
    expected = [[i for i in range(count) if labels[i] == label] for label in set(labels)]
    alone = [[i] for i in range(count)]
    assert sets(average_link(alone, pairs, nearest, whatever)) == sets(expected)


def test_a_chain_of_likenesses_is_no_cluster() -> None:
    chain = [(0, 1, 0.9), (1, 2, 0.5), (2, 3, 0.9)]
    found = average_link([[0], [1], [2], [3]], chain, 0.4, whatever)
    assert sets(found) == [[0, 1], [2, 3]]


def test_what_is_forbidden_stays_apart_however_alike() -> None:
    def allowed(ones: object, others: object) -> bool:
        assert isinstance(ones, list)
        assert isinstance(others, list)
        return {0, 1} - {*ones, *others} != set()

    pairs = [(0, 1, 1.0), (1, 2, 0.9), (0, 2, 0.8)]
    assert sets(average_link([[0], [1], [2]], pairs, 0.5, allowed)) == [[0], [1, 2]]


def test_groups_that_are_given_stay_together() -> None:
    found = average_link([[0, 3], [1], [2]], [(1, 2, 0.9)], 0.5, whatever)
    assert sets(found) == [[0, 3], [1, 2]]


def test_of_equal_likenesses_the_first_counts() -> None:
    pairs = [(1, 2, 0.6), (0, 1, 0.6)]
    assert sets(average_link([[0], [1], [2]], pairs, 0.5, whatever)) == [[0, 1], [2]]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [([], [[0], [1], [2]]), ([(0, 1), (1, 2), (2, 0)], [[0, 1, 2]]), ([(2, 1)], [[0], [1, 2]])],
)
def test_joining_pairs(pairs: list[tuple[int, int]], expected: list[list[int]]) -> None:
    assert sets(join(3, pairs, whatever)) == expected
