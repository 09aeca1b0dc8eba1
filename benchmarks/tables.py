"""Results as Markdown: figures with intervals and n, differences with corrected p-values, costs."""

from collections.abc import Iterable, Sequence
from statistics import median

from benchmarks.metrics import METRICS, Metric
from benchmarks.published import PUBLISHED
from benchmarks.results import SEED, Judging, Result, judging_of, results_of
from benchmarks.similarity import SIMILARITY
from benchmarks.statistics import (
    Interval,
    bootstrap_mean,
    holm,
    paired_difference,
    paired_permutation,
    wilson,
)
from summarize.errors import UsageError

__all__ = ["COLUMNS", "comparison", "dataset_report", "metric_named", "report"]

COLUMNS = ("rouge1", "rouge2", "rougeL", "words", "precision", "coverage", "citation_support")
"""The metrics a table shows when none are named."""

# Counted, not shares: shown as they are, all others times 100.
_COUNTS = {"words", "sentences", "claims"}

_ARROWS = {"higher": " ↑", "lower": " ↓", "neither": ""}


def metric_named(name: str) -> Metric:
    """The metric of that name; raises UsageError with the names there are."""
    for metric in (*METRICS, SIMILARITY):
        if metric.name == name:
            return metric
    known = ", ".join(metric.name for metric in (*METRICS, SIMILARITY))
    raise UsageError(f"There is no metric '{name}'.", f"Known are {known}.")


def report(results: Sequence[Result], metrics: Sequence[str] = COLUMNS) -> str:
    """Every dataset's tables, and what they were made with."""
    datasets = dict.fromkeys(result.run.dataset for result in results)
    parts = [dataset_report(results, name, metrics) for name in datasets]
    return "\n\n".join([*parts, _provenance(results)]) + "\n"


def dataset_report(
    results: Sequence[Result], dataset: str, metrics: Sequence[str] = COLUMNS
) -> str:
    """One dataset's tables: quality with 95 % intervals, then cost."""
    mine = results_of(results, dataset)
    run = mine[0].run
    n = len(mine[0].ids)
    head = f"## {dataset} ({run.split}, n = {n}" + (f", {run.length})" if run.length else ")")
    quality = _judges(mine) if run.task == "judge" else [_quality(mine, metrics)]
    return "\n\n".join([head, *quality, *_published(dataset), _cost(mine)])


def _quality(results: Sequence[Result], names: Sequence[str]) -> str:
    metrics = [metric_named(name) for name in names]
    shown = [m for m in metrics if any(result.measured(m.name) for result in results)]
    rows = [
        [result.run.system, *(_mean(result, metric) for metric in shown)]
        for result in _sorted(results, shown)
    ]
    return _markdown(["system", *(m.label + _ARROWS[m.better] for m in shown)], rows)


def _published(dataset: str) -> list[str]:
    """The published figures for the dataset, if there are any."""
    rows = [
        [row.system, f"{row.parameters} M" if row.parameters else "–"]
        + [f"{value:.1f}" for value in (row.rouge1, row.rouge2, row.rougeL)]
        + [row.source]
        for row in PUBLISHED
        if row.dataset == dataset
    ]
    if not rows:
        return []
    head = ["published", "parameters", "ROUGE-1", "ROUGE-2", "ROUGE-L", "where"]
    return ["Published by others, not measured here, on other examples:", _markdown(head, rows)]


def _sorted(results: Sequence[Result], metrics: Sequence[Metric]) -> list[Result]:
    """By the second metric (ROUGE-2 unless others were named), best first."""
    if not metrics:
        return list(results)
    key = metrics[min(1, len(metrics) - 1)].name

    def rank(result: Result) -> tuple[float, str]:
        found = result.measured(key)
        return (-sum(found) / len(found) if found else 0.0, result.run.system)

    return sorted(results, key=rank)


def _mean(result: Result, metric: Metric) -> str:
    found = result.measured(metric.name)
    if not found:
        return "–"
    interval = bootstrap_mean(found, seed=SEED)
    n = "" if len(found) == len(result.ids) else f" (n {len(found)})"
    return _with_interval(interval, scale=1 if metric.name in _COUNTS else 100) + n


def _with_interval(interval: Interval, *, scale: int = 100) -> str:
    value, low, high = (x * scale for x in (interval.value, interval.low, interval.high))
    return f"{value:.1f} [{low:.1f}, {high:.1f}]"


def _judges(results: Sequence[Result]) -> list[str]:
    found = [(result, judging_of(result)) for result in results]
    rows = [_judge_row(result, judging) for result, judging in found]
    head = ["judge", "balanced accuracy ↑", "AUC ↑", "recall ↑", "false alarms ↓", "threshold"]
    types = [d.error_type for d in found[0][1].detections[1:]]
    if not types:
        return [_markdown(head, rows)]
    by_type = [
        [name, str(found[0][1].detections[number + 1].n_wrong)]
        + [_detection(judging, number + 1) for _, judging in found]
        for number, name in enumerate(types)
    ]
    return [
        _markdown(head, rows),
        "By error type, AUC (and share flagged):",
        _markdown(["error type", "n", *(result.run.system for result, _ in found)], by_type),
    ]


def _judge_row(result: Result, judging: Judging) -> list[str]:
    whole = judging.detections[0]
    recall = wilson(round((whole.recall or 0) * whole.n_wrong), whole.n_wrong)
    alarms = wilson(round((whole.false_alarms or 0) * whole.n_right), whole.n_right)
    return [
        result.run.system,
        _with_interval(judging.balanced_accuracy) if judging.balanced_accuracy else "–",
        _with_interval(judging.auc) if judging.auc else "–",
        f"{_with_interval(recall)} (n {whole.n_wrong})",
        f"{_with_interval(alarms)} (n {whole.n_right})",
        "from the other half" if judging.fitted else "its own",
    ]


def _detection(judging: Judging, number: int) -> str:
    found = judging.detections[number]
    if found.auc is None or found.recall is None:
        return "–"
    return f"{100 * found.auc:.1f} ({100 * found.recall:.0f} %)"


def _cost(results: Sequence[Result]) -> str:
    rows = [
        [
            result.run.system,
            f"{median(result.seconds):.3f}",
            f"{median(result.processor_seconds):.3f}",
            f"{sum(result.source_words) / max(sum(result.processor_seconds), 1e-9):,.0f}",
            f"{result.megabytes:,.0f}",
            f"{result.run.weights / 1e6:.0f}" if result.run.weights else "–",
            str(result.failed),
        ]
        for result in sorted(results, key=lambda r: (median(r.processor_seconds), r.run.system))
    ]
    head = ["system", "s per example (median)", "processor s", "source words per processor s",
            "peak MB", "weights MB", "failed"]  # fmt: skip
    if results[0].run.task == "judge":
        rows = [[*row[:3], *row[4:]] for row in rows]
        head = [*head[:3], *head[4:]]
    return _markdown(head, rows)


def comparison(
    results: Sequence[Result], dataset: str, baseline: str, metrics: Sequence[str]
) -> str:
    """The differences of every system to `baseline`, paired by example, as Markdown.

    Intervals are paired bootstrap (95 %), p-values two-sided randomization tests, corrected by
    Holm's method over the systems of a metric. Examples where either has no value are left out.
    """
    mine = results_of(results, dataset)
    base = next((result for result in mine if result.run.system == baseline), None)
    if base is None:
        known = ", ".join(result.run.system for result in mine)
        raise UsageError(f"{baseline} was not run on {dataset}.", f"There are {known}.")
    others = [result for result in mine if result is not base]
    if not others:
        raise UsageError(f"Only {baseline} was run on {dataset}.", "Run another system on it, too.")
    parts = [_compared(base, others, metric_named(name)) for name in metrics]
    return "\n\n".join([f"## {dataset}, against {baseline}", *parts]) + "\n"


def _compared(base: Result, others: Sequence[Result], metric: Metric) -> str:
    rows, chances = [], []
    for other in others:
        at = dict(zip(base.ids, base.values.get(metric.name, ()), strict=False))
        pairs = [
            (value, ours)
            for id_, value in zip(other.ids, other.values.get(metric.name, ()), strict=False)
            if value is not None and (ours := at.get(id_)) is not None
        ]
        if not pairs:
            continue
        values, reference = zip(*pairs, strict=True)
        scale = 1 if metric.name in _COUNTS else 100
        difference = paired_difference(values, reference, seed=SEED)
        low, high = difference.low * scale, difference.high * scale
        chances.append(paired_permutation(values, reference, seed=SEED))
        shown = f"{difference.value * scale:+.2f} [{low:+.2f}, {high:+.2f}]"
        rows.append([other.run.system, str(difference.n), shown])
    for row, chance, corrected in zip(rows, chances, holm(chances), strict=True):
        row += [f"{chance:.4f}", f"{corrected:.4f}"]
    head = ["system", "n", f"difference in {metric.label}", "p", "p (Holm)"]
    return _markdown(head, rows)


def _provenance(results: Iterable[Result]) -> str:
    """How the figures were made: seed, signatures, versions, machine."""
    intervals = "95 % percentile bootstrap over examples (for judges over documents)"
    lines = [f"Intervals: {intervals}, seed {SEED}; shares of summaries: Wilson.", ""]
    for result in results:
        run = result.run
        lines.append(f"- {run.dataset} · {run.system}: `{run.signature}`")
    first = next(iter(results)).run
    versions = ", ".join(f"{name} {number}" for name, number in first.versions.items())
    hardware = ", ".join(f"{name} {value}" for name, value in first.hardware.items())
    return "\n".join([*lines, "", f"Versions: {versions}. Hardware: {hardware}."])


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
                     for row in lines)  # fmt: skip
