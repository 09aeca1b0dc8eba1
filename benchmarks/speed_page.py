"""The page and the picture of what `benchmarks.speed` measured."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Measured", "write_page"]

_PICTURE = "speed-stages.svg"
_COLOURS = ("#4d4d4d", "#878787", "#bababa", "#e0e0e0", "#d1e5f0", "#92c5de", "#4393c3", "#2166ac",
            "#fddbc7", "#f4a582", "#d6604d", "#b2182b")  # fmt: skip
_SIZE = (7.0, 3.0)
_TELLING = 500  # articles
_ABOUT = (
    "Made by `python -m benchmarks speed` in {:.0f} CPU seconds. All are CPU seconds of one "
    "thread, which on a machine with busy neighbours vary by a third; ratios within one run hold "
    "better."
)

Digests = Mapping[int, Mapping[str, Any]]
"""What digests of so many articles cost: see `speed.digest`."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything the page tells."""

    quote: Digests
    writer: Digests
    story: Digests
    seeds: Mapping[str, float]
    rates: Mapping[str, float | None]
    machine: Mapping[str, float]
    writing: Mapping[str, float]
    engine: Sequence[str]


def write_page(measured: Measured, out: Path, spent: float) -> Path:
    """Write `speed.md` and its picture into `out`; the page's path. `spent` are CPU seconds."""
    out.mkdir(parents=True, exist_ok=True)
    _draw(measured, out / _PICTURE)
    page = out / "speed.md"
    parts = [
        "# Speed",
        _ABOUT.format(spent),
        *_digests("Digests with quotes only", measured.quote),
        *_digests("Digests with the bundled writer", measured.writer),
        *_digests("One story of many articles, with quotes", measured.story),
        "## Stages",
        _stages(measured),
        f"![Share of each stage]({_PICTURE})",
        *_commands(measured.seeds),
        *_rates(measured),
        *_writer(measured),
        *(
            ["## Engine", "```text\n" + "\n".join(measured.engine) + "\n```"]
            * bool(measured.engine)
        ),
    ]
    page.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return page


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _digests(title: str, digests: Digests) -> Iterator[str]:
    if not digests:
        return
    yield f"## {title}"
    rows = [
        [
            f"{count:,}",
            f"{made['seconds']:.1f}",
            f"{made['seconds'] / count:.3f}",
            f"{made['megabytes']:.0f}",
            f"{made['stories']:,}",
            f"{made['written']:.2f}",
            f"{1 - made['stages'].get('writer', 0.0) / made['seconds']:.2f}",
        ]
        for count, made in digests.items()
    ]
    yield _table(
        ["articles", "seconds", "an article", "peak MB", "stories", "sentences written",
         "share of stages but the writer"],
        rows,
    )  # fmt: skip
    few, many = min(digests), max(digests)
    if few < many:
        flat = digests[many]["seconds"] / many / (digests[few]["seconds"] / few)
        more = digests[many]["megabytes"] - digests[few]["megabytes"]
        # Of fewer, most is what the stages load: it does not go on so.
        known = many >= _TELLING
        memory = f"; a further thousand articles take {1000 * more / (many - few):.0f} MB"
        yield f"An article of {many:,} costs {flat:.2f} times one of {few:,}{memory * known}."


def _commands(seeds: Mapping[str, float]) -> Iterator[str]:
    yield "## `summarize run seeds/`"
    yield _table(
        ["model", "CPU seconds, from the start of Python"],
        [[name, f"{seconds:.2f}"] for name, seconds in seeds.items()],
    )
    yield "Where nothing changed, the digest is kept from the run before: no model is loaded."


def _rates(measured: Measured) -> Iterator[str]:
    yield "## Single stages, and libraries that do the same"
    rows = [
        [name, "not installed" if rate is None else f"{rate:.1f}"]
        for name, rate in measured.rates.items()
    ]
    yield _table(["what", "articles a second"], rows)
    theirs = measured.rates.get("a ranking: sumy's LexRank")
    for name, digests in (("quotes only", measured.quote), ("the bundled writer", measured.writer)):
        if theirs and digests:
            count = max(digests)
            ours = count / digests[count]["seconds"]
            yield (
                f"Whole digests with {name}: {ours:.1f} articles a second ({count:,} articles), "
                f"{ours / theirs:.2f} times the rate of sumy's LexRank."
            )


def _writer(measured: Measured) -> Iterator[str]:
    machine, writing = measured.machine, measured.writing
    yield "## The bundled writer and this machine"
    rate = writing["gflop"] / writing["seconds"]
    yield (
        f"One thread multiplies matrices at {machine['gflops']:.0f} GFLOP a second (float32) and "
        f"copies memory at {machine['gigabytes']:.1f} GB a second. The writer takes "
        f"{writing['seconds'] / writing['passages']:.3f} seconds and "
        f"{writing['gflop'] / writing['passages']:.2f} GFLOP a passage: {rate:.0f} GFLOP a second, "
        f"{100 * rate / machine['gflops']:.0f} % of what the matrix product reaches."
    )
    if "before" in writing:
        yield (
            f"The version before takes {writing['before'] / writing['passages']:.3f} seconds a "
            f"passage, {writing['before'] / writing['seconds']:.2f} times as long."
        )


def _bars(measured: Measured) -> dict[str, Mapping[str, float]]:
    """The seconds of each stage, of the largest digest of each kind."""
    kinds = {
        "quotes": measured.quote,
        "bundled writer": measured.writer,
        "one story": measured.story,
    }
    return {
        f"{name}, {max(made):,}": made[max(made)]["stages"] for name, made in kinds.items() if made
    }


def _stages(measured: Measured) -> str:
    bars = _bars(measured)
    stages = dict.fromkeys(stage for bar in bars.values() for stage in bar)
    rows = [
        [stage, *(f"{100 * bar.get(stage, 0.0) / sum(bar.values()):.1f}" for bar in bars.values())]
        for stage in stages
    ]
    return _table(["share of CPU time, %", *bars], rows)


def _draw(measured: Measured, path: Path) -> None:
    """A bar for the largest digest of each kind, divided by stages."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    bars = _bars(measured)
    stages = list(dict.fromkeys(stage for bar in bars.values() for stage in bar))
    with mpl.rc_context({"svg.hashsalt": "summarize", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=_SIZE, layout="constrained")
        axes = figure.subplots()
        axes.spines[["top", "right"]].set_visible(False)
        left = [0.0] * len(bars)
        for number, stage in enumerate(stages):
            shares = [100 * bar.get(stage, 0.0) / sum(bar.values()) for bar in bars.values()]
            colour = _COLOURS[number % len(_COLOURS)]
            axes.barh([*bars], shares, left=left, label=stage, color=colour)
            left = [one + other for one, other in zip(left, shares, strict=True)]
        axes.set_xlabel("share of CPU time, %")
        axes.invert_yaxis()
        axes.legend(loc="upper left", bbox_to_anchor=(1, 1), fontsize=8, frameon=False)
        figure.savefig(path, metadata={"Date": None})
