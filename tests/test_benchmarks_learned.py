"""The judges with fitted weights."""

import pytest

from benchmarks.records import Example
from benchmarks.studies.support import _fit, _Set
from benchmarks.systems.judges import JUDGES
from benchmarks.systems.learned import Told

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


@pytest.mark.parametrize("name", ["support", "ours"])
def test_a_wrong_sentence_makes_a_right_summary_suspicious(name: str) -> None:
    judge = JUDGES[name][1]()
    copied = "ida holm opened the rebuilt harbour bridge on tuesday ."
    closed = "the bridge had been closed since a barge struck its middle pier ."
    invented = "a burglar from denmark was jailed for 9 years after robbing a jeweller ."
    right, wrong = (
        judge.judge(Example("1", (SOURCE,), summary=f"{copied}\n{other}")).suspicion
        for other in (closed, invented)
    )
    assert right < wrong


def test_which_sentence_is_wrong_is_learned_from_judgements_of_whole_summaries() -> None:
    told = [Told({"new": new, "long": long}, ()) for new in (0.0, 1.0) for long in (0.0, 1.0)]
    pairs = [(one, other) for one in told for other in told] * 5
    examples = tuple(
        Example(str(number), (SOURCE,), right=not any(one.wording["new"] for one in pair))
        for number, pair in enumerate(pairs)
    )
    summaries = _Set(examples, tuple(map(list, pairs)))
    model = _fit(("long", "new"), summaries, None)
    assert list(model.chance(summaries) > model.threshold) == [e.right for e in examples]
    plain, long, new, both = model.chance(_Set(examples[:4], tuple([one] for one in told)))
    assert max(new, both) < min(plain, long)
