"""The gate: what ships passes it, and a planted regression does not."""

import json
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from benchmarks.gate import BASELINE, falls, measure, pin
from benchmarks.records import Example, Output
from benchmarks.systems.ours import OurPipeline
from summarize.claims import extract
from summarize.errors import UsageError
from summarize.records import Claim
from summarize.settings import Length

FLOORS = json.loads(BASELINE.read_text(encoding="utf-8"))["floors"]


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    return measure()


def test_what_ships_is_not_below_its_floors(figures: dict[str, float]) -> None:
    assert falls(figures, FLOORS) == []


def test_every_floor_is_low_enough_to_be_reached_and_high_enough_to_notice() -> None:
    assert falls({name: floor * 0.99 for name, floor in FLOORS.items()}, FLOORS) == []
    worse = falls({name: floor * 0.97 for name, floor in FLOORS.items()}, FLOORS)
    assert len(worse) == sum(floor > 0 for floor in FLOORS.values())


def shortened(write: Callable[[OurPipeline, Example, Length], Output]) -> object:
    """A pipeline that loses every tenth word."""

    def summarize(self: OurPipeline, example: Example, length: Length) -> Output:
        made = write(self, example, length)
        words = [sentence.split() for sentence in made.sentences]
        cut = tuple(" ".join(w for i, w in enumerate(row, 1) if i % 10) for row in words)
        return Output(cut, made.citations)

    return summarize


def test_a_writer_that_got_a_little_worse_is_noticed_by_name() -> None:
    worse = shortened(OurPipeline.summarize)
    with (
        patch("benchmarks.gate._SUMMARIZERS", ("ours:quote",)),
        patch("benchmarks.gate._JUDGES", ()),
        patch.object(OurPipeline, "summarize", worse),
    ):
        found = measure()
    floors = {name: floor for name, floor in FLOORS.items() if "/ours:quote/" in name}
    named = falls(found, floors)
    assert any(name.startswith("tiny/ours:quote/rouge2 fell to") for name in named)


def test_a_scorer_blind_to_numbers_is_noticed_by_name() -> None:
    def blind(text: str) -> tuple[Claim, ...]:
        return tuple(claim for claim in extract(text) if claim.kind != "number")

    with (
        patch("benchmarks.gate._SUMMARIZERS", ()),
        patch("summarize.scoring.index.extract", blind),
    ):
        found = measure()
    floors = {name: floor for name, floor in FLOORS.items() if "/scorer/" in name}
    named = falls(found, floors)
    assert any(name.startswith("tiny-corrupted/scorer/flagged:number fell") for name in named)


def test_a_figure_that_is_gone_is_noticed() -> None:
    assert "not measured any more" in falls({}, {"tiny/x/rouge1": 0.4})[0]


def test_a_floor_sinks_only_with_a_reason_that_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    with patch("benchmarks.gate.measure", lambda: {"a": 0.5, "b": 0.2}):
        pin(baseline=path)
    with patch("benchmarks.gate.measure", lambda: {"a": 0.4, "b": 0.3}):
        with pytest.raises(UsageError, match="would sink: a"):
            pin(baseline=path)
        assert json.loads(path.read_text())["floors"] == {"a": 0.5, "b": 0.2}
        assert "1 of them lower" in pin(reason="a was measured wrongly", baseline=path)
    kept = json.loads(path.read_text())
    assert kept["floors"] == {"a": 0.4, "b": 0.3}
    assert kept["reasons"] == [{"lowered": ["a"], "reason": "a was measured wrongly"}]
