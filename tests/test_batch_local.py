"""Worker processes: what is said of one that dies, hangs or cannot start."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from summarize.batch.errors import StoppedError
from summarize.batch.executor import Outcome
from summarize.batch.local import LocalExecutor, Process
from summarize.batch.orders import Read

READY = "driver.send(('ready', None, 0.0)); "


def starting(code: str) -> Callable[[], tuple[Process, Connection]]:
    """Starts processes that run `code`, in which `driver` is the link."""

    def start() -> tuple[Process, Connection]:
        ours, theirs = socket.socketpair()
        with theirs:
            head = "import os, sys, time; from multiprocessing.connection import Connection; "
            link = f"driver = Connection({theirs.fileno()}); "
            process = subprocess.Popen(
                [sys.executable, "-c", head + link + code], pass_fds=[theirs.fileno()]
            )
        return process, Connection(ours.detach())

    return start


def outcomes(executor: LocalExecutor) -> list[Outcome]:
    """What ends next."""
    for _ in range(600):
        if found := executor.wait(0.1):
            return found
    raise TimeoutError


@pytest.fixture
def closing() -> Iterator[Callable[[LocalExecutor], LocalExecutor]]:
    """Closes the executors it is given."""
    made: list[LocalExecutor] = []

    def keep(executor: LocalExecutor) -> LocalExecutor:
        made.append(executor)
        return executor

    yield keep
    for executor in made:
        executor.close()


Keep = Callable[[LocalExecutor], LocalExecutor]


def test_an_order_is_done_by_a_real_worker(tmp_path: Path, closing: Keep) -> None:
    executor = closing(LocalExecutor(1))
    text = "The bridge of Norville fell on Monday, police said."
    executor.submit(7, Read(tmp_path / "a.txt", text.encode(), "another hash"), 60.0)
    assert executor.free() == 0
    (outcome,) = outcomes(executor)
    assert (outcome.ticket, outcome.state) == (7, "failed")
    assert "changed while it was read" in outcome.reason
    assert executor.free() == 1


def test_a_worker_that_dies_is_replaced_and_its_order_lost(closing: Keep) -> None:
    code = READY + "driver.recv() and os.kill(os.getpid(), 11)"
    executor = closing(LocalExecutor(1, starting(code)))
    for ticket in (1, 2):
        executor.submit(ticket, "order", 60.0)
        (outcome,) = outcomes(executor)
        assert (outcome.ticket, outcome.state) == (ticket, "lost")
        assert outcome.reason == "it killed the worker (SIGSEGV)"


def test_a_worker_that_hangs_is_given_up(closing: Keep) -> None:
    executor = closing(LocalExecutor(1, starting(READY + "time.sleep(600)")))
    executor.submit(1, "order", 1.5)
    (outcome,) = outcomes(executor)
    assert (outcome.state, outcome.reason) == ("lost", "it took longer than 1.5 seconds")
    assert executor.pids == ()


def test_workers_that_cannot_start_are_not_an_article_s_fault(closing: Keep) -> None:
    executor = closing(LocalExecutor(1, starting("sys.exit(3)")))
    executor.submit(1, "order", 60.0)
    with pytest.raises(StoppedError, match="exit code 3"):
        outcomes(executor)

    def refused() -> tuple[Process, Connection]:
        raise OSError(11, "Resource temporarily unavailable")

    with pytest.raises(StoppedError, match="temporarily unavailable"):
        LocalExecutor(1, refused).submit(1, "order", 60.0)


def test_an_idle_worker_that_was_killed_costs_no_order(closing: Keep) -> None:
    code = READY + "[driver.send(('done', driver.recv(), 0.0)) for _ in range(9)]"
    executor = closing(LocalExecutor(1, starting(code)))
    executor.submit(1, "one", 60.0)
    assert [outcome.value for outcome in outcomes(executor)] == ["one"]
    (pid,) = executor.pids
    os.kill(pid, signal.SIGKILL)
    while Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
        time.sleep(0.01)
    executor.submit(2, "two", 60.0)
    assert [outcome.value for outcome in outcomes(executor)] == ["two"]


def test_workers_end_with_their_driver() -> None:
    code = (
        "import time; from summarize.batch.local import LocalExecutor; "
        "executor = LocalExecutor(1); executor.submit(1, object(), 60.0); "
        "print(executor.pids[0], flush=True); time.sleep(600)"
    )
    driver = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert driver.stdout is not None
    pid = int(driver.stdout.readline())
    driver.kill()
    driver.communicate()
    for _ in range(600):
        if not Path(f"/proc/{pid}").exists():
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("the worker lives on")
