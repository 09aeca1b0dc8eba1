"""One run of the batch, from the inboxes to the last page."""

import json
import time
from collections.abc import Callable, Container, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from summarize.batch.courses import course
from summarize.batch.errors import OutputError
from summarize.batch.executor import Executor
from summarize.batch.files import put
from summarize.batch.formats import FORMATS
from summarize.batch.inbox import groups
from summarize.batch.keys import conditions
from summarize.batch.ledger import Ledger
from summarize.batch.local import LocalExecutor
from summarize.batch.lock import locked
from summarize.batch.pages import atom, index
from summarize.batch.scheduler import Course, Scheduler
from summarize.batch.watching import KINDS, Watcher
from summarize.batch.works import Job
from summarize.errors import UsageError
from summarize.settings import Settings

__all__ = ["Options", "ledger_path", "run"]

# Digests under way for each worker: while one is read or finished, another has summaries to make.
_OPEN_PER_WORKER = 2


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is told.

    `attempts` a piece of work gets before it has failed, each of `patience` seconds; `since` asks
    for updates to the digests before; `executor` makes the workers.
    """

    inboxes: tuple[Path, ...]
    out: Path
    settings: Settings
    pooled: bool = False
    formats: tuple[str, ...] = tuple(FORMATS)
    attempts: int = 3
    patience: float = 300.0
    wait: bool = False
    since: bool = False
    executor: Callable[[int], Executor] = LocalExecutor


def ledger_path(out: Path) -> Path:
    """Where the ledger of an output folder is."""
    return out / ".summarize" / "ledger.sqlite"


def run(options: Options, watcher: Watcher) -> bool:
    """Bring the outputs up to date; whether no input failed.

    Raises OutputError, LockedError, ModelUnavailableError, NothingToReadError or StoppedError; what
    was acknowledged before that is kept.
    """
    options = _resolved(options)
    told = conditions(options.settings, options.formats, pooled=options.pooled)
    lock = options.out / ".summarize" / "lock"
    with (
        locked(lock, wait=options.wait, waiting=lambda who: watcher.tell("waiting", reason=who)),
        closing(Ledger(ledger_path(options.out))) as ledger,
    ):
        job = Job(
            options.out, options.settings, options.formats, options.pooled, told, ledger, watcher,
            options.since,
        )  # fmt: skip
        began, started = time.monotonic(), _now()
        ledger.begin_run()
        try:
            names = _work(options, job)
            _forget(job, names)
            report = _report(options, job, names, started, time.monotonic() - began)
            _close(job, names, report)
        except BaseException:
            with suppress(OutputError):
                ledger.end_run("stopped")
            raise
        watcher.failures = len(report["failures"])
        watcher.write_metrics(finished=True)
        watcher.tell("finished", **{kind: report["work"][kind] for kind in KINDS},
                     seconds=report["seconds"], failures=len(report["failures"]))  # fmt: skip
        return not report["failures"]


def _resolved(options: Options) -> Options:
    """The options with folders that stay the same wherever the run goes."""
    for inbox in options.inboxes:
        if inbox.resolve() == options.out.resolve():
            raise UsageError(f"{inbox} is both inbox and output.", "Name another --out.")
    return replace(options, out=options.out.absolute())


def _work(options: Options, job: Job) -> set[str]:
    """Make all digests that are not made yet; the names of all that the inboxes have."""
    names: set[str] = set()
    if job.watcher.on_terminal:
        job.watcher.expect(sum(1 for _ in groups(options.inboxes, options.out, pooled=job.pooled)))
    jobs = options.settings.jobs
    executor = options.executor(jobs)
    scheduler = Scheduler(
        job.ledger, executor, job.watcher, attempts=options.attempts, patience=options.patience
    )
    try:
        scheduler.run(_courses(options, job, names), _OPEN_PER_WORKER * jobs)
    finally:
        executor.close()
    return names


def _courses(options: Options, job: Job, names: set[str]) -> Iterator[Course]:
    for group in groups(options.inboxes, options.out, pooled=job.pooled):
        names.add(group.name)
        yield course(group, job)


def _forget(job: Job, names: Container[str]) -> None:
    """Forget the digests of which neither the folder nor a page is left."""
    gone = [
        made.name
        for made in job.ledger.digests()
        if made.name not in names and not any((job.out / path).exists() for path in made.outputs)
    ]
    job.ledger.forget(gone)


def _close(job: Job, names: Container[str], report: dict[str, Any]) -> None:
    """The pages about all digests, and what the run was."""
    put(job.out / "index.html", index(_pages(job.ledger, names), _failed(job.ledger)))
    put(job.out / "feed.xml", atom(_pages(job.ledger, names)))
    put(job.out / "run.json", (json.dumps(report, indent=2) + "\n").encode())
    job.ledger.end_run("finished")


def _pages(ledger: Ledger, names: Container[str]) -> Iterator[dict[str, Any]]:
    """What the index says of each page, and whether its folder has left the inboxes."""
    for made in ledger.digests():
        yield from ({**page, "left": made.name not in names} for page in made.pages)


def _failed(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """The folders of which there is no page, each with the first reason."""
    for made in ledger.digests():
        if made.state == "failed" and not made.pages:
            yield made.name, next((reason for _, reason in made.failures), "nothing could be read")


def _report(
    options: Options, job: Job, names: Container[str], started: str, seconds: float
) -> dict[str, Any]:
    """What ran, with which versions; how much of it; what failed of the digests with `names`."""
    from summarize.versions import versions

    failures = [
        {"digest": made.name, "path": path, "reason": reason}
        for made in job.ledger.digests()
        if made.name in names
        for path, reason in made.failures
    ]
    return {
        "run": job.ledger.run,
        "started": started,
        "seconds": round(seconds, 3),
        "inboxes": [str(inbox) for inbox in options.inboxes],
        "settings": dict(job.conditions.digest),
        "versions": versions(),
        "jobs": options.settings.jobs,
        "work": {
            kind: {how: job.watcher.counts[kind, how] for how in ("made", "reused", "failed")}
            for kind in KINDS
        },
        "work_seconds": {kind: round(job.watcher.seconds[kind], 3) for kind in KINDS},
        "failures": failures,
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
