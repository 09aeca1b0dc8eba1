"""The performance page says what was measured, and each stage counts its own time only."""

import time
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.speed import _Clock
from benchmarks.speed_page import Measured, write_page


def made(seconds: float, megabytes: float) -> dict[str, object]:
    stages = {"dating": seconds / 4, "writer": 3 * seconds / 4}
    return {"seconds": seconds, "stages": stages, "megabytes": megabytes, "stories": 4,
            "written": 0.25}  # fmt: skip


def test_the_page_tells_growth_shares_and_what_is_missing(tmp_path: Path) -> None:
    measured = Measured(
        quote={10: made(2, 300), 1010: made(303, 400)},
        writer={10: made(8, 500), 60: made(48, 600)},
        story={},
        seeds={"quote": 3.2, "quote, nothing changed": 0.35},
        rates={"a ranking: sumy's LexRank": 5.0, "duplicates: datasketch": None},
        machine={"gflops": 50.0, "gigabytes": 8.0},
        writing={"passages": 10, "seconds": 2.0, "gflop": 20.0, "before": 5.0},
        engine=(),
    )
    page = write_page(measured, tmp_path, 99).read_text(encoding="utf-8")
    assert "An article of 1,010 costs 1.50 times one of 10" in page
    assert page.count("a further thousand articles take") == 1
    assert "a further thousand articles take 100 MB" in page
    assert "| duplicates: datasketch | not installed |" in page
    assert "| quote, nothing changed | 0.35 |" in page
    assert "20 % of what the matrix product reaches" in page
    assert "2.50 times as long" in page
    assert "writer" in (tmp_path / "speed-stages.svg").read_text(encoding="utf-8")


def test_a_stage_inside_another_counts_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(100))
    monkeypatch.setattr(time, "process_time", lambda: float(next(ticks)))
    module = ModuleType("stages_for_a_test")
    module.inner = lambda: None  # type: ignore[attr-defined]
    monkeypatch.setitem(__import__("sys").modules, module.__name__, module)
    clock = _Clock()
    clock.watch(module.__name__, "inner", "inner")
    with clock.running("outer"):
        module.inner()
    assert clock.seconds == {"other": 1.0, "outer": 2.0, "inner": 1.0}
