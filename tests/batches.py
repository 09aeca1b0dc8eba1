"""A batch in this process: the same driver, with a worker that can be told to die."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from summarize.batch.executor import Outcome
from summarize.batch.job import Options, run
from summarize.batch.tasks import Tools
from summarize.batch.watching import Watcher
from summarize.batch.worker import answer
from summarize.settings import Length, Settings

BRIDGE = """Bridge collapses in Norville

The Harbor Bridge in Norville collapsed on Monday, killing four workers, police said.

Mayor Ada Wills said the 60-year-old bridge had been inspected in May 2021.

Engineers had warned of cracks for two years, the Norville Herald reported.
"""
SCHOOL = """Pupils of Hallen plant trees

Pupils of the primary school of Hallen planted two hundred oaks along the cycle path on Friday.

The oaks were given by a nursery whose owner, Greta Holm, once went to the school herself.

The path is to be opened for the summer fair, when the school turns fifty years old.
"""
BAKERY = """Old bakery of Norvik closes

The bakery on the harbour of Norvik, which has sold rye bread for ninety years, closes in May.

Its owner, Pia Lund, found nobody who wanted to rise at three in the morning.
"""

_TOOLS = Tools()


def stop_parser() -> None:
    """End the process that parses what is no plain text."""
    _TOOLS.parser.stop()


@dataclass(slots=True)
class Inline:
    """One worker, which is this process. `dies` says over which orders a real one would die."""

    dies: Callable[[Any], bool] = lambda _: False
    done: list[Any] = field(default_factory=list)
    _given: list[tuple[int, Any]] = field(default_factory=list)

    def free(self) -> int:
        """How many orders would be begun at once."""
        return 1 - len(self._given)

    def submit(self, ticket: int, order: Any, patience: float) -> None:
        """Begin an order."""
        assert patience > 0
        self._given.append((ticket, order))

    def wait(self, seconds: float) -> list[Outcome]:
        """What ended."""
        assert seconds >= 0
        ticket, order = self._given.pop()
        if self.dies(order):
            return [Outcome(ticket, "lost", reason="it killed the worker (SIGSEGV)")]
        state, value, took = answer(_TOOLS, order)
        self.done.append(order)
        if state == "done":
            return [Outcome(ticket, "done", value, seconds=took)]
        assert state in ("failed", "unusable")
        return [Outcome(ticket, "failed", reason=str(value))]

    def close(self) -> None:
        """Nothing to stop."""


def batch(
    inbox: Path,
    out: Path,
    *,
    dies: Callable[[Any], bool] = lambda _: False,
    pooled: bool = False,
    length: str | None = None,
    metrics: Path | None = None,
    since: bool = False,
) -> tuple[bool, Watcher]:
    """Run a batch; whether no input failed, and the counts."""
    settings = Settings(model="quote", jobs=1, length=Length.parse(length) if length else None)
    options = Options(
        (inbox,), out, settings, pooled=pooled, since=since, executor=lambda _: Inline(dies)
    )
    watcher = Watcher(quiet=True, metrics=metrics)
    return run(options, watcher), watcher


def invoke(*args: str) -> Result:
    """The command line in this process."""
    from summarize.cli import app

    return CliRunner().invoke(app, args)


def inbox_of(place: Path, files: dict[str, str]) -> Path:
    """A folder with these files."""
    for name, text in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return place


def outputs(out: Path) -> dict[str, bytes]:
    """The output files by path, but for the one that says when they were made."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != "run.json" and path.parent.name != ".summarize"
    }
