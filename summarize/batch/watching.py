"""What can be seen of a run: counts for run.json and Prometheus, a bar or a log for people."""

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import typer

from summarize.batch.files import put
from summarize.records import Failure
from summarize.render.phrases import harmless

__all__ = ["KINDS", "Watcher"]

KINDS = ("read", "compare", "outline", "summary", "probe", "finish", "digest")
"""Kinds of work, in the order of a digest's course."""

_METRIC_SECONDS = 10.0
# Of one digest: an archive of pictures would fill the log.
_TOLD_FAILURES = 20


class Watcher:
    """Counts what happens, and tells it: on a terminal as a bar, else as lines of JSON on stderr.

    `failures` is what could not be read or made, files that were tried by an earlier run included.

    Use as a context manager. Nothing it does changes an output; a metrics file that cannot be
    written raises OutputError.
    """

    def __init__(self, *, quiet: bool = False, metrics: Path | None = None) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.failures = 0
        self._quiet = quiet
        self._metrics = metrics
        self._bar: Any = None
        self._task: Any = None
        self._began = time.monotonic()
        self._written = self._began

    def __enter__(self) -> Self:
        if not self._quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                Progress,
                SpinnerColumn,
                TextColumn,
                TimeRemainingColumn,
            )

            self._bar = Progress(
                SpinnerColumn(), MofNCompleteColumn(), TextColumn("digests"), BarColumn(),
                TimeRemainingColumn(), TextColumn("{task.description}", markup=False),
                console=Console(stderr=True), transient=True,
            )  # fmt: skip
            self._task = self._bar.add_task("", total=None)
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    @property
    def on_terminal(self) -> bool:
        """Whether there is a bar, which wants to know how many digests there are."""
        return self._bar is not None

    def expect(self, digests: int) -> None:
        """So many digests are to be made."""
        if self._bar is not None:
            self._bar.update(self._task, total=digests)

    def began(self, kind: str, subject: str) -> None:
        """A worker begins something."""
        if self._bar is not None:
            failed = sum(n for (_, how), n in self.counts.items() if how == "failed")
            rate = self.counts["summary", "made"] / max(time.monotonic() - self._began, 1e-9)
            self._bar.update(
                self._task,
                description=f"{rate:.1f} summaries/s, {failed} failed · {kind} "
                f"{harmless(subject)[:40]}",
            )

    def count(self, kind: str, how: str, seconds: float = 0.0) -> None:
        """Something of a kind was "made", "reused" or has "failed"."""
        self.counts[kind, how] += 1
        self.seconds[kind] += seconds
        if kind == "digest" and self._bar is not None:
            self._bar.advance(self._task)

    def tell(self, event: str, **facts: Any) -> None:
        """Something that a log should have. On a terminal only what failed is shown."""
        if self._quiet:
            return
        if self._bar is None:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            line = json.dumps({"time": now, "event": event, **facts}, ensure_ascii=True)
            sys.stderr.write(line + "\n")
        elif "reason" in facts:
            self._bar.console.print(harmless(f"{facts.get('subject')}: {facts['reason']}"),
                                    markup=False, highlight=False)  # fmt: skip

    def tell_failures(self, digest: str, failures: Sequence[Failure]) -> None:
        """What failed of a digest that was made: said once, and also where all else is kept quiet.

        A run that finds it as it was says nothing of it, so that a log has what is new.
        """
        told = [(failure.path, failure.reason) for failure in failures[:_TOLD_FAILURES]]
        if len(failures) > len(told):
            told.append((digest, f"{len(failures) - len(told)} more failed, see run.json"))
        for path, reason in told:
            if self._quiet:
                typer.echo(harmless(f"{path}: {reason}"), err=True)
            else:
                self.tell("failed", digest=digest, subject=path, reason=reason)

    def tick(self) -> None:
        """Time goes by: write the metrics now and then."""
        if self._metrics and time.monotonic() - self._written > _METRIC_SECONDS:
            self.write_metrics()

    def write_metrics(self, *, finished: bool = False) -> None:
        """The counts in Prometheus' text format, for its node exporter to collect."""
        if self._metrics is None:
            return
        self._written = time.monotonic()
        put(self._metrics, "".join(self._lines(finished=finished)).encode())

    def _lines(self, *, finished: bool) -> list[str]:
        lines = [
            "# HELP summarize_items Pieces of work of the run, by kind and by what became of it.\n",
            "# TYPE summarize_items gauge\n",
        ]
        lines += [
            f'summarize_items{{kind="{kind}",outcome="{how}"}} {self.counts[kind, how]}\n'
            for kind in KINDS
            for how in ("made", "reused", "failed")
        ]
        lines += [
            "# HELP summarize_work_seconds Time that workers spent, by kind of work.\n",
            "# TYPE summarize_work_seconds gauge\n",
        ]
        lines += [
            f'summarize_work_seconds{{kind="{kind}"}} {self.seconds[kind]:.3f}\n' for kind in KINDS
        ]
        lines += [
            "# HELP summarize_run_seconds How long the run has taken so far.\n",
            "# TYPE summarize_run_seconds gauge\n",
            f"summarize_run_seconds {time.monotonic() - self._began:.3f}\n",
            "# HELP summarize_run_finished Whether the run came to its end.\n",
            "# TYPE summarize_run_finished gauge\n",
            f"summarize_run_finished {int(finished)}\n",
        ]
        if finished:
            lines += [
                "# HELP summarize_failures What could not be read or made; exit code 1 if any.\n",
                "# TYPE summarize_failures gauge\n",
                f"summarize_failures {self.failures}\n",
            ]
        return lines
