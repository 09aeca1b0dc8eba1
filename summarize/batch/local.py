"""Workers as processes on this machine."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from summarize.batch.errors import StoppedError
from summarize.batch.executor import Outcome

__all__ = ["LocalExecutor", "Process"]

# So many workers in a row that end before they begin are no accident.
_MOST_STILLBORN = 3
_LAST_SECONDS = 2.0
_DEBUG = "SUMMARIZE_DEBUG=1 shows what the workers say."


class Process(Protocol):
    """What is needed of a worker process; `subprocess.Popen` has it."""

    pid: int

    def poll(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, waited for; raises subprocess.TimeoutExpired."""

    def kill(self) -> None:
        """End it at once."""


@dataclass(slots=True)
class _Child:
    """A worker process, and the order it is at, if any, until when; `ready` once it has begun."""

    process: Process
    link: Connection
    ready: bool = False
    ticket: int | None = None
    order: Any = None
    began: float = 0.0
    deadline: float = 0.0


class LocalExecutor:
    """Up to `jobs` processes, each with a writer of its own and one thread; begun when needed."""

    def __init__(
        self, jobs: int, start: Callable[[], tuple[Process, Connection]] | None = None
    ) -> None:
        """`start` begins a process that calls `worker.serve` on the other end of the link."""
        self._jobs = jobs
        self._start = start or _start
        self._children: list[_Child] = []
        self._lost: list[Outcome] = []
        self._stillborn = 0

    @property
    def pids(self) -> tuple[int, ...]:
        """The process numbers of the workers."""
        return tuple(child.process.pid for child in self._children)

    def free(self) -> int:
        """How many orders would be begun at once."""
        return self._jobs - sum(child.ticket is not None for child in self._children)

    def submit(self, ticket: int, order: Any, patience: float) -> None:
        """Begin an order; it is given up as lost after `patience` seconds."""
        child = self._idle()
        child.ticket, child.order, child.began = ticket, order, time.monotonic()
        child.deadline = child.began + patience
        with suppress(OSError):  # a dead worker is found by its silent end of the link
            child.link.send(order)

    def wait(self, seconds: float) -> list[Outcome]:
        """What ended, after at most so many seconds; empty when nothing did."""
        found, self._lost = self._lost, []
        busy = {child.link: child for child in self._children if child.ticket is not None}
        if not busy:
            return found
        now = time.monotonic()
        nearest = min(child.deadline for child in busy.values()) - now
        for link in wait(list(busy), 0 if found else max(0.0, min(seconds, nearest))):
            assert isinstance(link, Connection)
            found += self._received(busy.pop(link))
        for child in busy.values():
            if time.monotonic() >= child.deadline:
                took = f"it took longer than {child.deadline - child.began:g} seconds"
                found.append(self._bury(child, took))
        return found

    def close(self) -> None:
        """Stop all workers, whatever they do."""
        for child in self._children:
            child.process.kill()
        for child in self._children:
            child.process.wait()
            child.link.close()
        self._children.clear()

    def _idle(self) -> _Child:
        for child in self._children:
            if child.ticket is None:
                if child.process.poll() is None:
                    return child
                self._bury(child, "")
                break
        try:
            child = _Child(*self._start())
        except OSError as error:
            raise StoppedError(f"No worker can be started: {error.strerror}.") from error
        self._children.append(child)
        return child

    def _received(self, child: _Child) -> list[Outcome]:
        """What a worker says: that it is ready, or how its order ended; or that it is dead."""
        assert child.ticket is not None
        try:
            state, value, seconds = child.link.recv()
        except (EOFError, OSError):
            return [self._bury(child, "")] if child.ready else self._reborn(child)
        if state == "ready":
            child.ready, self._stillborn = True, 0
            return []
        ticket, child.ticket, child.order = child.ticket, None, None
        if state == "done":
            return [Outcome(ticket, "done", value, seconds=seconds)]
        return [Outcome(ticket, state, reason=value, seconds=seconds)]

    def _reborn(self, child: _Child) -> list[Outcome]:
        """A new worker for one that died before it could begin, unless that goes on and on."""
        lost = self._bury(child, "")
        self._stillborn += 1
        if self._stillborn > _MOST_STILLBORN:
            raise StoppedError(f"No worker can be started: {lost.reason}.", _DEBUG)
        self.submit(lost.ticket, child.order, child.deadline - child.began)
        return []

    def _bury(self, child: _Child, reason: str) -> Outcome:
        """Take a dead worker, or one to be given up, out of the number."""
        if reason:
            child.process.kill()
        try:
            code = child.process.wait(_LAST_SECONDS)
        except subprocess.TimeoutExpired:
            child.process.kill()
            code = child.process.wait()
        child.link.close()
        self._children.remove(child)
        seconds = time.monotonic() - child.began
        return Outcome(child.ticket or 0, "lost", reason=reason or _death(code), seconds=seconds)


def _death(code: int) -> str:
    """How a process died, for a reader."""
    if code >= 0:
        return f"it ended the worker (exit code {code})"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = str(-code)
    hint = ", perhaps for lack of memory" if -code == signal.SIGKILL else ""
    return f"it killed the worker ({name}{hint})"


def _start() -> tuple[Process, Connection]:
    ours, theirs = socket.socketpair()
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    environment = {
        **os.environ, **threads, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }  # fmt: skip
    quiet = None if os.environ.get("SUMMARIZE_DEBUG") else subprocess.DEVNULL
    with theirs:
        process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
            [
                sys.executable,
                "-c",
                f"from summarize.batch.worker import serve; serve({theirs.fileno()})",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=quiet,
            pass_fds=[theirs.fileno()],
            env=environment,
        )
    return process, Connection(ours.detach())
