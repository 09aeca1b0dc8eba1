"""One run at a time for each output folder."""

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from summarize.batch.errors import LockedError, writing

__all__ = ["is_held", "locked"]

_POLL_SECONDS = 0.2


def is_held(path: Path) -> bool:
    """Whether a run holds the lock file `path` now."""
    import fcntl

    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


@contextmanager
def locked(path: Path, *, wait: bool, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock file `path`; the system lets it go when this process ends, however it ends.

    With `wait` it is waited for, and `waiting` is called once with who holds it. Raises
    LockedError otherwise, and OutputError when the file cannot be made.
    """
    import fcntl

    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        told = False
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                who = os.pread(handle, 200, 0).decode("utf-8", "replace") or "another run"
                if not wait:
                    raise LockedError(
                        f"{path.parent.parent} is in use by {who}.",
                        "Wait for it with --wait, or name another --out.",
                    ) from error
                if not told:
                    waiting(f"Waiting for {who}.")
                    told = True
            time.sleep(_POLL_SECONDS)
        with writing(path):
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"process {os.getpid()} on {socket.gethostname()}".encode(), 0)
        yield
    finally:
        os.close(handle)
