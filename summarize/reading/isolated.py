"""Pages are parsed in worker processes: one that hangs or crashes the parser costs only itself.

The workers are plain child processes that call `serve`, not `multiprocessing` ones, which would
import the caller's main module again.
"""

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import cast

from summarize.reading.files import InputFile
from summarize.reading.formats import Result, read_file
from summarize.records import Failure

__all__ = ["PAGE_SECONDS", "read_isolated", "serve"]

# A thousand times the mean page (0.06 s): what takes longer does not end.
PAGE_SECONDS = 60.0
_LENGTH_BYTES = 8


def read_isolated(
    files: Sequence[InputFile], jobs: int, *, seconds: float = PAGE_SECONDS
) -> list[Result]:
    """`read_file` of each file, in order, on up to `jobs` worker processes."""
    idle: SimpleQueue[_Worker] = SimpleQueue()
    workers = [_Worker(seconds) for _ in range(max(1, min(jobs, len(files))))]
    for worker in workers:
        idle.put(worker)

    def read(file: InputFile) -> Result:
        worker = idle.get()
        try:
            return worker.read(file)
        finally:
            idle.put(worker)

    try:
        with ThreadPoolExecutor(len(workers)) as threads:
            return list(threads.map(read, files))
    finally:
        for worker in workers:
            worker.stop()


class _Worker:
    """A child process, started when first asked and again after it died."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, file: InputFile) -> Result:
        process = self._process = self._process or _start()
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            _send(process, file)
            return _receive(process)
        except (OSError, EOFError):
            self.stop()
            reason = (
                f"it took longer than {self._seconds:g} seconds"
                if late.is_set()
                else ("it crashed the parser")
            )
            return (), (Failure(file.shown, reason),)
        finally:
            timer.cancel()

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _start() -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(  # noqa: S603 (our own interpreter and module)
        [sys.executable, "-c", f"from {__name__} import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )


def _send(process: subprocess.Popen[bytes], file: InputFile) -> None:
    assert process.stdin is not None
    data = pickle.dumps(file)
    process.stdin.write(len(data).to_bytes(_LENGTH_BYTES) + data)
    process.stdin.flush()


def _receive(process: subprocess.Popen[bytes]) -> Result:
    assert process.stdout is not None
    size = process.stdout.read(_LENGTH_BYTES)
    data = process.stdout.read(int.from_bytes(size))
    if len(size) < _LENGTH_BYTES or len(data) < int.from_bytes(size):
        raise EOFError
    return cast("Result", pickle.loads(data))  # noqa: S301 (written by our own child)


def serve() -> None:
    """The child's side: files in, results out, until the pipe closes."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints must not get between the answers
    while size := sys.stdin.buffer.read(_LENGTH_BYTES):
        file = pickle.loads(sys.stdin.buffer.read(int.from_bytes(size)))  # noqa: S301
        data = pickle.dumps(read_file(file))
        answers.write(len(data).to_bytes(_LENGTH_BYTES) + data)
        answers.flush()
