"""All systems by name."""

from collections.abc import Iterator

from benchmarks.systems import Judge, Summarizer
from benchmarks.systems.baselines import BASELINES
from benchmarks.systems.judges import JUDGES
from benchmarks.systems.ours import ABLATIONS, load_ours
from benchmarks.systems.tools import TOOLS, load_tool
from summarize.errors import UsageError

__all__ = ["list_systems", "load_system"]


def load_system(name: str) -> Summarizer | Judge:
    """The system of that name, ready to work; raises UsageError."""
    if name in BASELINES:
        return BASELINES[name]
    if name in JUDGES:
        return JUDGES[name][1]()
    kind, colon, rest = name.partition(":")
    if kind == "ours" and rest:
        return load_ours(rest)
    if colon or kind in TOOLS:
        return load_tool(name)
    raise UsageError(
        f"There is no system '{name}'.", "`python -m benchmarks systems` lists them all."
    )


def list_systems() -> Iterator[tuple[str, str]]:
    """Name (or its pattern) and description of every system."""
    yield "ours:MODEL", "the package's pipeline with one of its writers, or a model folder"
    yield "ours:MODEL-no-PART", f"the same without a part: {', '.join(ABLATIONS)}"
    yield from ((name, "baseline") for name in BASELINES)
    yield from TOOLS.items()
    yield from ((name, f"judge: {about}") for name, (about, _) in JUDGES.items())
