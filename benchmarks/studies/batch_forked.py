"""The batch with workers that begin at once, so that a hundred of its runs can be killed.

The driver and its workers are real processes of the same code; only their start is different: they
are forked off a process that has loaded the libraries, which a run spends most of its start on.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from summarize.batch.job import Options, run
from summarize.batch.local import LocalExecutor, Process
from summarize.batch.watching import Watcher
from summarize.batch.worker import serve
from summarize.settings import Settings

__all__ = ["Forked", "Noting", "child", "driver", "preload", "wait_for"]

_POLL_SECONDS = 0.005


@dataclass(slots=True)
class Forked:
    """A forked child, used like a `subprocess.Popen`."""

    pid: int
    code: int | None = None

    def poll(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.code = os.waitstatus_to_exitcode(status) if pid else None
        return self.code

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, waited for."""
        end = time.monotonic() + (timeout if timeout is not None else 3600)
        while (code := self.poll()) is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired("fork", timeout or 0)
            time.sleep(_POLL_SECONDS)
        return code

    def kill(self) -> None:
        """End it at once."""
        if self.poll() is None:
            os.kill(self.pid, 9)


class Noting(Watcher):
    """Notes every piece of work that begins, and every worker, as lines of a file."""

    def __init__(self, notes: Path) -> None:
        super().__init__(quiet=True)
        self._notes = notes.open("a", buffering=1)

    def began(self, kind: str, subject: str) -> None:
        """A worker begins something."""
        self._notes.write(f"{kind} {subject}\n")

    def worker(self, pid: int) -> None:
        """A worker process begins."""
        self._notes.write(f"worker {pid}\n")


def preload() -> None:
    """Load what workers need, by making a digest of a few words."""
    from summarize.pipeline import digest_articles
    from summarize.reading.build import Draft, to_article
    from summarize.writer import load_writer

    text = "The bridge of Norville fell on Monday, and four workers were hurt, police said."
    article = to_article(Draft(text), "a.txt")
    digest_articles([article], Settings(model="quote"), load_writer("quote", 1))


def child(do: Callable[[], None]) -> Forked:
    """A forked process that does something and ends."""
    pid = os.fork()
    if pid:
        return Forked(pid)
    try:
        do()
    except BaseException as error:  # noqa: BLE001 (a child must not go on as its parent)
        code = getattr(error, "exit_code", 70)
        if code == 70 and not isinstance(error, SystemExit):
            print(repr(error), file=sys.stderr)
        os._exit(code)
    os._exit(0)


def driver(inbox: Path, out: Path, notes: Path, jobs: int = 2) -> Forked:
    """A driver process that makes the digests of `inbox` and notes what it begins."""
    watcher = Noting(notes)

    def start() -> tuple[Process, Connection]:
        ours, theirs = socket.socketpair()

        def work() -> None:
            ours.close()
            serve(theirs.detach())

        worker = child(work)
        watcher.worker(worker.pid)
        theirs.close()
        return worker, Connection(ours.detach())

    def drive() -> None:
        settings = Settings(model="quote", jobs=jobs)
        options = Options(
            (inbox,), out, settings, wait=True, executor=lambda n: LocalExecutor(n, start)
        )
        with watcher:
            fine = run(options, watcher)
        os._exit(0 if fine else 1)

    return child(drive)


def wait_for(process: Forked, seconds: float = 300.0) -> int:
    """The exit code of a process; kills it and raises when it takes too long."""
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
