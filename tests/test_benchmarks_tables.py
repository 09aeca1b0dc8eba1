"""What the tables say, on results made by hand."""

import pytest

from benchmarks.results import Result
from benchmarks.runs import Run
from benchmarks.tables import comparison, report
from summarize.errors import UsageError


def result(system: str, values: list[float | None], dataset: str = "demo") -> Result:
    run = Run(dataset, "test", "summarize", "0" * 64, None, "60w", system, "v1", 0,
              {"python": "3.11"}, {"cpu": "test"})  # fmt: skip
    ids = tuple(f"e{number}" for number in range(len(values)))
    return Result(
        run,
        ids,
        {"rouge2": tuple(values)},
        (),
        (0.5,) * len(ids),
        (0.5,) * len(ids),
        (100,) * len(ids),
        50,
        0,
    )


LOW = [0.10 + 0.001 * (i % 7) for i in range(30)]
HIGH = [value + 0.05 + 0.001 * (i % 3) for i, value in enumerate(LOW)]


def test_a_real_difference_is_told_from_none() -> None:
    results = [result("lead", list(LOW)), result("ours", list(HIGH)), result("same", list(LOW))]
    text = comparison(results, "demo", "lead", ["rouge2"])
    rows = {line.split(" | ")[0].strip("| "): line.split(" | ") for line in text.splitlines()}
    assert rows["ours"][1] == "30"
    assert rows["ours"][2].startswith("+5.10 [")
    assert float(rows["ours"][4].rstrip(" |")) < 0.01
    assert float(rows["same"][4].rstrip(" |")) == 1.0


def test_only_examples_that_all_systems_have_are_compared() -> None:
    text = report([result("lead", list(LOW)), result("ours", list(HIGH[:20]))], ["rouge2"])
    assert "n = 20" in text


def test_a_metric_without_value_is_no_zero() -> None:
    text = report([result("lead", [0.5, None, 0.7])], ["rouge2"])
    assert "60.0 [50.0, 70.0] (n 2)" in text


def test_the_interval_is_shown_where_the_mean_is_zero() -> None:
    assert "0.0 [0.0, 0.0]" in report([result("nothing", [0.0, 0.0])], ["rouge2"])


def test_an_unknown_metric_or_baseline_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="rouge1, rouge2"):
        report([result("lead", list(LOW))], ["bleu"])
    with pytest.raises(UsageError, match="lead"):
        comparison([result("lead", list(LOW))], "demo", "ours", ["rouge2"])


def test_every_figure_says_what_it_was_made_with() -> None:
    text = report([result("lead", list(LOW))], ["rouge2"])
    assert "demo · lead: `v1`" in text
    assert "seed 13" in text
    assert "cpu test" in text
