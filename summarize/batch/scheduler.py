"""Keeps the workers at work: whose turn it is, what is known already, what is tried again.

Each digest is a generator that yields the work it waits for and is sent the results, so that its
course can be read from top to bottom while many of them share the workers.
"""

import heapq
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import Any

from summarize.batch.executor import Executor, Outcome
from summarize.batch.keys import because
from summarize.batch.ledger import Item, Ledger
from summarize.batch.watching import Watcher
from summarize.errors import ModelUnavailableError

__all__ = ["Course", "Result", "Scheduler", "Work"]

_POLL_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Work:
    """Something for a worker to do: `order` makes the order when it is begun.

    The result of an `item` is kept in the ledger and never made twice; without one it is handed
    over. `kind` and `subject` say what it is. `weight` stretches the patience with it.
    """

    kind: str
    subject: str
    order: Callable[[], Any]
    item: Item | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Result:
    """How work ended: the `value` of what is not kept, or the `error` of what failed for good."""

    value: Any = None
    error: str = ""


Course = Generator[list[Work], list[Result], None]


@dataclass(slots=True)
class _Open:
    """A digest under way, and the results it still waits for."""

    number: int
    course: Course
    results: list[Result] = field(default_factory=list)
    missing: int = 0


@dataclass(slots=True)
class _Job:
    """Work that is waited for, by whom, at which place of their results."""

    work: Work
    waiting: list[tuple[_Open, int]]
    attempts: int = 0


class Scheduler:
    """Runs many digests side by side, the earlier ones first."""

    def __init__(
        self,
        ledger: Ledger,
        executor: Executor,
        watcher: Watcher,
        *,
        attempts: int,
        patience: float,
    ) -> None:
        """`attempts` a piece of work gets, each of `patience` seconds for a weight of 1."""
        self._ledger = ledger
        self._executor = executor
        self._watcher = watcher
        self._attempts = attempts
        self._patience = patience
        self._ready: list[tuple[int, int, _Job]] = []
        self._running: dict[int, _Job] = {}
        self._by_key: dict[str, _Job] = {}
        self._tickets = 0
        self._open = 0

    def run(self, courses: Iterator[Course], most_open: int) -> None:
        """Go through all courses, at most `most_open` at a time.

        Raises OutputError, ModelUnavailableError or StoppedError when nothing more can be done.
        """
        number, more = 0, True
        while True:
            while more and self._open < most_open and len(self._ready) < most_open:
                course = next(courses, None)
                more = course is not None
                if course is not None:
                    number += 1
                    self._open += 1
                    self._advance(_Open(number, course), None)
            self._begin()
            if not self._running:
                if not more and not self._ready:
                    return
                continue
            for outcome in self._executor.wait(_POLL_SECONDS):
                self._settle(outcome)
            self._watcher.tick()

    def _advance(self, opened: _Open, results: list[Result] | None) -> None:
        """Let a digest go on until it waits for something that is not known yet."""
        while True:
            try:
                works = next(opened.course) if results is None else opened.course.send(results)
            except StopIteration:
                self._open -= 1
                return
            opened.results = [Result()] * len(works)
            opened.missing = 0
            for place, work in enumerate(works):
                if (known := self._known(work)) is not None:
                    opened.results[place] = known
                else:
                    opened.missing += 1
                    self._await(work, opened, place)
            if opened.missing:
                return
            results = opened.results

    def _known(self, work: Work) -> Result | None:
        """What the ledger says of a kept item that is at its end, good or bad."""
        state = self._ledger.state(work.item.key) if work.item else None
        if state is None or state.state == "retrying":
            return None
        if state.state == "done":
            self._watcher.count(work.kind, "reused")
            return Result()
        self._watcher.count(work.kind, "failed")
        return Result(error=_tried(state.error, state.attempts))

    def _await(self, work: Work, opened: _Open, place: int) -> None:
        """Have work done, unless another digest waits for the same already."""
        key = work.item.key if work.item else ""
        if key in self._by_key:
            self._by_key[key].waiting.append((opened, place))
            return
        job = _Job(work, [(opened, place)])
        if key:
            self._by_key[key] = job
        self._queue(job)

    def _queue(self, job: _Job) -> None:
        self._tickets += 1
        heapq.heappush(self._ready, (job.waiting[0][0].number, self._tickets, job))

    def _begin(self) -> None:
        while self._ready and self._executor.free() > 0:
            _, ticket, job = heapq.heappop(self._ready)
            try:
                order = job.work.order()
            except OSError as error:
                reason = (error.strerror or type(error).__name__).lower()
                self._resolve(job, Result(error=f"it cannot be opened any more ({reason})"))
                continue
            self._running[ticket] = job
            self._watcher.began(job.work.kind, job.work.subject)
            self._executor.submit(ticket, order, self._patience * job.work.weight)

    def _settle(self, outcome: Outcome) -> None:
        """Keep a result, or try again."""
        job = self._running.pop(outcome.ticket)
        if outcome.state == "unusable":
            raise ModelUnavailableError(outcome.reason)
        done = outcome.state == "done"
        result = self._kept(job.work, outcome) if done else self._lost(job, outcome)
        if result is None:
            self._queue(job)
        else:
            self._resolve(job, result)

    def _resolve(self, job: _Job, result: Result) -> None:
        """Give a result to all who wait for it, and let go on who waits for nothing else."""
        if job.work.item:
            del self._by_key[job.work.item.key]
        for opened, place in job.waiting:
            opened.results[place] = result
            opened.missing -= 1
            if not opened.missing:
                self._advance(opened, opened.results)

    def _kept(self, work: Work, outcome: Outcome) -> Result:
        self._watcher.count(work.kind, "made", outcome.seconds)
        if work.item is None:
            return Result(outcome.value)
        reason = because(work.item.basis, self._ledger.last_basis(work.item))
        self._ledger.acknowledge(work.item, reason, outcome.seconds, outcome.value)
        return Result()

    def _lost(self, job: _Job, outcome: Outcome) -> Result | None:
        """None when there is another attempt, else what to say of the failure."""
        work, error = job.work, outcome.reason
        job.attempts += 1
        attempts, over = job.attempts, job.attempts >= self._attempts
        if work.item is not None:
            reason = because(work.item.basis, self._ledger.last_basis(work.item))
            state = self._ledger.count_failure(work.item, reason, error, self._attempts)
            attempts, over = state.attempts, state.state == "failed"
        self._watcher.tell(
            "attempt failed", kind=work.kind, subject=work.subject, reason=error, attempt=attempts
        )
        if not over:
            return None
        self._watcher.count(work.kind, "failed")
        return Result(error=_tried(error, attempts))


def _tried(error: str, attempts: int) -> str:
    return f"{error} (tried {attempts} times)" if attempts > 1 else error
