"""Results as pictures: what quality costs in time and in faithfulness, and how time grows.

SVG files whose bytes depend on the results alone.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.results import SEED, Result, results_of
from benchmarks.runs import slug
from benchmarks.statistics import bootstrap_mean

__all__ = ["draw"]

_QUALITY = "rouge2"

# The oracle sees the references, the no-op says nothing: neither is a choice anyone has.
_NOT_SHOWN = {"oracle", "nothing"}

_OURS, _OTHERS = "#b2182b", "#4d4d4d"
_SIZE = (7.0, 4.5)


def draw(results: Sequence[Result], folder: Path) -> Iterator[Path]:
    """Write the pictures of every dataset of summaries into `folder`; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for dataset in dict.fromkeys(r.run.dataset for r in results if r.run.task == "summarize"):
        mine = [r for r in results_of(results, dataset) if r.run.system not in _NOT_SHOWN]
        pictures: dict[str, Callable[[Any, Sequence[Result]], None]] = {
            "speed": _against_speed,
            "faithfulness": _against_faithfulness,
            "scaling": _scaling,
        }
        for name, picture in pictures.items():
            path = folder / f"{slug(dataset)}-{name}.svg"
            _save(path, dataset, picture, mine)
            yield path


def _save(
    path: Path, dataset: str, picture: Callable[[Any, Sequence[Result]], None], mine: list[Result]
) -> None:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "summarize", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=_SIZE, layout="constrained")
        axes = figure.subplots()
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(visible=True, alpha=0.25)
        picture(axes, mine)
        axes.set_title(f"{dataset}, n = {len(mine[0].ids)}", loc="left")
        figure.savefig(path, metadata={"Date": None})


def _against_speed(axes: Any, results: Sequence[Result]) -> None:
    def seconds(result: Result) -> tuple[float, float, float]:
        value = max(median(result.processor_seconds), 1e-4)
        return value, value, value

    _scatter(axes, results, seconds)
    axes.set_xscale("log")
    axes.set_xlabel("processor seconds per example (median)")


def _against_faithfulness(axes: Any, results: Sequence[Result]) -> None:
    def precision(result: Result) -> tuple[float, float, float]:
        return _percent(result, "precision")

    _scatter(axes, [r for r in results if r.measured("precision")], precision)
    axes.set_xlabel("names, numbers and dates that the sources support, %")


def _scatter(
    axes: Any, results: Sequence[Result], across: Callable[[Result], tuple[float, float, float]]
) -> None:
    """A point with its interval for each system, named beside it."""
    for result in results:
        x, left, right = across(result)
        y, low, high = _percent(result, _QUALITY)
        ours = result.run.system.startswith("ours:")
        axes.errorbar(
            x, y, xerr=[[x - left], [right - x]], yerr=[[y - low], [high - y]],
            fmt="o", color=_OURS if ours else _OTHERS, elinewidth=0.6, markersize=4,
        )  # fmt: skip
        axes.annotate(
            result.run.system, (x, y), xytext=(5, 4), textcoords="offset points",
            color=_OURS if ours else _OTHERS, fontsize=8,
        )  # fmt: skip
    axes.set_ylabel("ROUGE-2, % (with 95 % interval)")


def _scaling(axes: Any, results: Sequence[Result]) -> None:
    """Seconds against source words: the median of each fifth of the examples, by size."""
    for result in results:
        rows = sorted(zip(result.source_words, result.processor_seconds, strict=True))
        fifths = [rows[i * len(rows) // 5 : (i + 1) * len(rows) // 5] for i in range(5)]
        points = [
            (median(w for w, _ in part), max(median(s for _, s in part), 1e-4))
            for part in fifths
            if part
        ]
        color = _OURS if result.run.system.startswith("ours:") else _OTHERS
        axes.plot(*zip(*points, strict=True), marker=".", linewidth=1, color=color)
        axes.annotate(
            result.run.system, points[-1], xytext=(4, 0), textcoords="offset points",
            color=color, fontsize=8,
        )  # fmt: skip
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("words of the sources (medians of fifths)")
    axes.set_ylabel("processor seconds per example")


def _percent(result: Result, metric: str) -> tuple[float, float, float]:
    """The mean with its interval, times 100."""
    found = bootstrap_mean(result.measured(metric), seed=SEED)
    return 100 * found.value, 100 * found.low, 100 * found.high
