"""The regression gate: figures on the shipped tiny sets may not fall below their pinned floors.

The sets are small, so the floors say nothing about how good a system is; they are there to notice
when it changes. A floor only sinks with a reason, which is kept beside it.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from benchmarks import metrics
from benchmarks.datasets import find_dataset, load
from benchmarks.judging import by_error_type
from benchmarks.systems import Judge, Summarizer
from benchmarks.systems.table import load_system
from summarize.errors import UsageError
from summarize.settings import Length

__all__ = ["BASELINE", "TOLERANCE", "check", "falls", "measure", "pin"]

BASELINE = Path(__file__).parent / "baseline.json"

# How far below its floor, relative to it, a figure may be: beam search over floating point numbers
# may choose another word on another processor. A fall of 3 % has to be seen.
TOLERANCE = 0.02

_SUMMARIZERS = ("ours:quote", "ours:copyist")
_JUDGES = ("scorer",)
_QUALITY = ("rouge1", "rouge2", "rougeL", "precision", "coverage", "citation_support")


def check(baseline: Path = BASELINE) -> list[str]:
    """Measure, and name what fell below its floor, one sentence each; none if all is well."""
    return falls(measure(), json.loads(baseline.read_text(encoding="utf-8"))["floors"])


def falls(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """What is missing or lower than its floor by more than the tolerance."""
    found = []
    for name, floor in floors.items():
        figure = figures.get(name)
        if figure is None:
            found.append(f"{name} is not measured any more; its floor is {floor:.4f}.")
        elif figure < floor * (1 - TOLERANCE):
            change = 100 * (figure / floor - 1)
            found.append(f"{name} fell to {figure:.4f} from {floor:.4f} ({change:+.1f} %).")
    return found


def pin(*, reason: str = "", baseline: Path = BASELINE) -> str:
    """Make the present figures the floors; a sentence on what changed.

    Raises UsageError when a floor would sink (or vanish) and no `reason` is given.
    """
    figures = measure()
    old = json.loads(baseline.read_text(encoding="utf-8")) if baseline.exists() else {}
    sinking = [n for n, floor in old.get("floors", {}).items() if figures.get(n, -1.0) < floor]
    if sinking and not reason:
        raise UsageError(
            f"These floors would sink: {', '.join(sinking)}.",
            "If that is meant, say why: --allow-lower REASON",
        )
    reasons = old.get("reasons", [])
    if sinking:
        reasons = [*reasons, {"lowered": sinking, "reason": reason}]
    new = {"floors": figures, "reasons": reasons}
    baseline.write_text(json.dumps(new, indent=2) + "\n", encoding="utf-8")
    return f"{len(figures)} floors pinned, {len(sinking)} of them lower than before."


def measure() -> dict[str, float]:
    """All figures of the gate, higher is better, by "dataset/system/figure"."""
    figures: dict[str, float] = {}
    for name in _SUMMARIZERS:
        system = load_system(name)
        assert isinstance(system, Summarizer)
        figures |= _quality(system)
    for name in _JUDGES:
        judge = load_system(name)
        assert isinstance(judge, Judge)
        for dataset in ("tiny-judged", "tiny-corrupted"):
            figures |= _detection(judge, dataset)
    return figures


def _quality(system: Summarizer) -> dict[str, float]:
    """The mean of each metric over the stories; a story where it has no value counts as 0."""
    dataset = find_dataset("tiny")
    length = Length.parse(dataset.length)
    rows = [
        metrics.score(example, system.summarize(example, length), length)
        for example in load(dataset, None)
    ]
    return {
        f"{dataset.name}/{system.name}/{name}": round(
            sum(row[name] or 0 for row in rows) / len(rows), 4
        )
        for name in _QUALITY
    }


def _detection(judge: Judge, name: str) -> dict[str, float]:
    """Share of the right summaries left alone, AUC, and share of each error type flagged."""
    examples = load(find_dataset(name), None)
    judgements = [judge.judge(example) for example in examples]
    whole, *types = by_error_type(
        [example.right for example in examples],
        [judgement.suspicion for judgement in judgements],
        [bool(judgement.flagged) for judgement in judgements],
        [example.error_types for example in examples],
    )
    found = {"left_alone": 1 - (whole.false_alarms or 0), "auc": whole.auc or 0}
    found |= {f"flagged:{d.error_type}": d.recall or 0 for d in types}
    return {f"{name}/{judge.name}/{figure}": round(value, 4) for figure, value in found.items()}
