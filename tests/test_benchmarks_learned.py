"""The judges with fitted weights."""

import pytest

from benchmarks.records import Example
from benchmarks.systems.judges import JUDGES

SOURCE = (
    "The mayor of Larkford, Ida Holm, opened the rebuilt harbour bridge on Tuesday.\n"
    "The bridge had been closed since a barge struck its middle pier in March 2019."
)


@pytest.mark.parametrize("name", ["support", "ours"])
def test_copied_words_are_less_suspicious_than_invented_ones(name: str) -> None:
    judge = JUDGES[name][1]()
    copied = "ida holm opened the rebuilt harbour bridge on tuesday ."
    invented = "a burglar from denmark was jailed for 9 years after robbing a jeweller ."
    low, high = (
        judge.judge(Example("1", (SOURCE,), summary=text)).suspicion for text in (copied, invented)
    )
    assert 0 <= low < 0.5 < high <= 1
    assert judge.judge(Example("1", (SOURCE,), summary=invented)).flagged
    assert judge.judge(Example("1", (SOURCE,), summary="")).suspicion <= 1
