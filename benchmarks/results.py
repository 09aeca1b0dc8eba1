"""What a folder of runs says: every system's values, read from the files alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.journal import Line, read_lines
from benchmarks.judging import Detection, auc, balanced_accuracy, by_error_type, cross_fitted
from benchmarks.runs import Run, find_runs
from benchmarks.statistics import Interval, bootstrap_statistic
from summarize.errors import UsageError

__all__ = ["SEED", "Judging", "Result", "judging_of", "read_results", "results_of"]

SEED = 13
# A statistic is called for each resample, where means are made of all at once.
_RESAMPLES = 1_000


@dataclass(frozen=True, slots=True)
class Result:
    """One system on one dataset: `run` says which, all else is parallel to `ids`.

    `values` holds the metrics by name (None: nothing to measure); it is empty for a judge, whose
    `judged` lines hold what it said and what people said. `seconds` (by the
    clock), `processor_seconds` and `source_words` (what there was to read) are per example;
    `megabytes` is the peak memory of its process.
    """

    run: Run
    ids: tuple[str, ...]
    values: Mapping[str, tuple[float | None, ...]]
    judged: tuple[Line, ...]
    seconds: tuple[float, ...]
    processor_seconds: tuple[float, ...]
    source_words: tuple[int, ...]
    megabytes: float
    failed: int

    def measured(self, metric: str) -> list[float]:
        """The values of a metric where there is one."""
        return [value for value in self.values.get(metric, ()) if value is not None]


def read_results(out: Path) -> tuple[Result, ...]:
    """All results below `out`; raises UsageError where there is none."""
    results = tuple(_read(run, folder) for run, folder in find_runs(out))
    results = tuple(result for result in results if result.ids)
    if not results:
        raise UsageError(f"There is no scored run in {out}.", "Make one: python -m benchmarks run")
    return results


def results_of(results: Sequence[Result], dataset: str) -> tuple[Result, ...]:
    """The results on one dataset, cut to the examples that all of them have."""
    mine = [result for result in results if result.run.dataset == dataset]
    if not mine:
        known = ", ".join(sorted({result.run.dataset for result in results}))
        raise UsageError(f"There is no run on {dataset}.", f"There are runs on {known}.")
    lengths = {result.run.length for result in mine}
    if len(lengths) > 1:
        raise UsageError(
            f"The runs on {dataset} were made at different lengths: {', '.join(sorted(lengths))}.",
            "Keep them in different folders.",
        )
    common = set(mine[0].ids).intersection(*(result.ids for result in mine))
    return tuple(_only(result, common) for result in mine)


def _read(run: Run, folder: Path) -> Result:
    scores = read_lines(folder / "scores.jsonl")
    costs = {line["id"]: line for line in read_lines(folder / "outputs.jsonl")}
    names = [] if run.task == "judge" else list(scores[0]["values"]) if scores else []
    return Result(
        run=run,
        ids=tuple(line["id"] for line in scores),
        values={name: tuple(line["values"].get(name) for line in scores) for name in names},
        judged=tuple(scores) if run.task == "judge" else (),
        seconds=tuple(costs[line["id"]]["seconds"] for line in scores),
        processor_seconds=tuple(costs[line["id"]]["processor_seconds"] for line in scores),
        source_words=tuple(line.get("source_words", 0) for line in scores),
        megabytes=max((costs[line["id"]]["megabytes"] for line in scores), default=0),
        failed=sum(line["failed"] for line in scores),
    )


def _only(result: Result, ids: set[str]) -> Result:
    if ids.issuperset(result.ids):
        return result
    kept = [number for number, id_ in enumerate(result.ids) if id_ in ids]
    return Result(
        run=result.run,
        ids=tuple(result.ids[i] for i in kept),
        values={name: tuple(row[i] for i in kept) for name, row in result.values.items()},
        judged=tuple(result.judged[i] for i in kept if result.judged),
        seconds=tuple(result.seconds[i] for i in kept),
        processor_seconds=tuple(result.processor_seconds[i] for i in kept),
        source_words=tuple(result.source_words[i] for i in kept),
        megabytes=result.megabytes,
        failed=result.failed,
    )


@dataclass(frozen=True, slots=True)
class Judging:
    """How a judge did: its decision and order on all summaries, and by error type.

    `fitted` says that it has no threshold of its own: for each half of the documents the one is
    used that was best on the other half. Intervals are over documents.
    """

    balanced_accuracy: Interval | None
    auc: Interval | None
    detections: tuple[Detection, ...]
    fitted: bool


def judging_of(result: Result) -> Judging:
    """The figures of a judge's result, from the lines it left."""
    lines = result.judged
    right = np.array([line["right"] for line in lines], dtype=bool)
    suspicion = np.array([line["suspicion"] for line in lines], dtype=float)
    fitted = any(line["flagged"] is None for line in lines)
    flags = (
        cross_fitted(right, suspicion, [line["fold"] for line in lines])
        if fitted
        else [line["flagged"] for line in lines]
    )
    flagged = np.array(flags, dtype=bool)
    clusters = [line["cluster"] for line in lines]
    both = bool(right.any() and not right.all())
    types = [line["error_types"] for line in lines]
    return Judging(
        balanced_accuracy=bootstrap_statistic(
            lambda rows: _or_nan(balanced_accuracy(right[rows], flagged[rows])),
            clusters, seed=SEED, resamples=_RESAMPLES,
        ) if both else None,
        auc=bootstrap_statistic(
            lambda rows: _or_nan(auc(right[rows], suspicion[rows])),
            clusters, seed=SEED, resamples=_RESAMPLES,
        ) if both else None,
        detections=by_error_type(right, suspicion, flagged, types),
        fitted=fitted,
    )  # fmt: skip


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value
