"""Files are parsed in worker processes: one that hangs or crashes a parser costs only itself.

The workers are plain child processes that call `serve`, not `multiprocessing` ones, which would
import the caller's main module again.
"""

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from queue import SimpleQueue
from typing import IO, Any

from summarize.reading.files import InputFile
from summarize.reading.formats import parts
from summarize.reading.found import Result, collected, joined
from summarize.records import Failure

__all__ = [
    "FILE_SECONDS",
    "MEMORY_BYTES",
    "Parser",
    "Patience",
    "Request",
    "read_isolated",
    "serve",
]

# A thousand times the mean page (0.06 s): what takes longer does not end.
FILE_SECONDS = 60.0
# What each article that comes adds to the time that is left: a page takes 0.06 s on average, so an
# archive of any size has time enough, and one of ten thousand slow pages ends.
_EARNED_SECONDS = 1.0
# A page of 8 MB takes 0.36 GB in trafilatura: twice what the largest page that is read would take.
MEMORY_BYTES = 3 * 1024**3
# How often a file may cost a worker before what is left of it is given up.
_MAX_LOSSES = 4
_LENGTH_BYTES = 8

# An interrupt from the keyboard reaches the child as well, which has nothing to say about it.
_SERVE = (
    "import signal; signal.signal(signal.SIGINT, signal.SIG_DFL); "
    f"from {__name__} import serve; serve()"
)

Request = tuple[InputFile, bytes | None]
"""A file, and its bytes where it has no place on disk."""


def read_isolated(
    requests: Sequence[Request], jobs: int, *, seconds: float = FILE_SECONDS
) -> list[Result]:
    """`read_file` of each file, in order, on up to `jobs` worker processes.

    `seconds` is how long a worker may be silent; see `Patience`.
    """
    if not requests:
        return []
    idle: SimpleQueue[Parser] = SimpleQueue()
    workers = [Parser(seconds) for _ in range(min(jobs, len(requests)))]
    for worker in workers:
        idle.put(worker)

    def read(request: Request) -> Result:
        worker = idle.get()
        try:
            return worker.read(request)
        finally:
            idle.put(worker)

    try:
        with ThreadPoolExecutor(len(workers)) as threads:
            return list(threads.map(read, requests))
    finally:
        for worker in workers:
            worker.stop()


class Parser:
    """Parses files in a child process, started when first asked and again after it died."""

    def __init__(self, seconds: float) -> None:
        """`seconds` is how long the child may be silent; see `Patience`."""
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, request: Request) -> Result:
        """All parts of a file. After a part that cost the worker, a new one goes on behind it."""
        found: list[tuple[str, Result]] = []
        done = 0
        for _ in range(_MAX_LOSSES):
            lost = self._read_from(request, done, found)
            if lost is None:
                return joined(found)
            done = lost
        reason = f"{_MAX_LOSSES} of its files cost the parser its life; the rest is not read"
        return joined([*found, ("", _lost(request[0].shown, reason))])

    def _read_from(
        self, request: Request, done: int, found: list[tuple[str, Result]]
    ) -> int | None:
        """Read the parts behind the first `done`; how many are done when a worker died over one."""
        process = self._process = self._process or _start()
        patience = Patience(self._seconds, process.kill)
        member = label = ""
        begun = done
        try:
            _send(process.stdin, (*request, done))
            while message := _receive(process.stdout):
                if isinstance(message[0], str):
                    member, label = message
                    begun += 1
                else:
                    patience.renew()
                    found.append((member, message))
        except (OSError, EOFError):
            self.stop()
            reason = patience.reason or "it crashed the parser"
            found.append((member, _lost(request[0].shown + label, reason)))
            return begun if label and begun > done else None
        finally:
            patience.stop()
            if patience.reason:
                self.stop()
        return None

    def stop(self) -> None:
        """End the child, whatever it does."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


class Patience:
    """Calls `give_up` when `seconds` have passed; each renewal gives a second more, up to that.

    `reason` then says why, as a sentence for the user; until then it is None.
    """

    def __init__(self, seconds: float, give_up: Callable[[], None]) -> None:
        self.reason: str | None = None
        self._most = seconds
        self._give_up = give_up
        self._deadline = time.monotonic() + seconds
        self._over = threading.Event()
        self._lock = threading.Lock()
        threading.Thread(target=self._watch, daemon=True).start()

    def renew(self) -> None:
        """Something came."""
        latest = time.monotonic() + self._most
        self._deadline = min(self._deadline + _EARNED_SECONDS, latest)

    def stop(self) -> None:
        """It is done; `give_up` is not called any more."""
        with self._lock:
            self._over.set()

    def _watch(self) -> None:
        while (left := self._deadline - time.monotonic()) > 0:
            if self._over.wait(left):
                return
        with self._lock:
            if not self._over.is_set():
                self.reason = f"it took longer than {self._most:g} seconds"
                self._give_up()


def _lost(path: str, reason: str) -> Result:
    return (), (Failure(path, reason),)


def _start() -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(  # noqa: S603 (our own interpreter and module)
        [sys.executable, "-c", _SERVE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )


def _send(stream: IO[bytes] | None, message: object) -> None:
    assert stream is not None
    data = pickle.dumps(message)
    stream.write(len(data).to_bytes(_LENGTH_BYTES) + data)
    stream.flush()


def _receive(stream: IO[bytes] | None) -> Any:
    assert stream is not None
    size = stream.read(_LENGTH_BYTES)
    data = stream.read(int.from_bytes(size))
    if len(size) < _LENGTH_BYTES or len(data) < int.from_bytes(size):
        raise EOFError
    return pickle.loads(data)  # noqa: S301 (written by ourselves)


def serve() -> None:
    """The child's side: requests in, results out, until the pipe closes.

    For each request, the label of each part, followed by its results; None when all is read.
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints must not get between the answers
    _limit_memory()
    with suppress(EOFError):
        while True:
            file, data, done = _receive(sys.stdin.buffer)
            for part in islice(parts(file, data), done, None):
                _send(answers, (part.member, part.label))
                for result in collected(file, part.member, part.record, part.records):
                    _send(answers, result)
            _send(answers, None)


def _limit_memory() -> None:
    """Let allocations fail beyond the limit, where the system knows such limits."""
    try:
        import resource
    except ImportError:  # Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
