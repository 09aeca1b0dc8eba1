"""Files that appear whole or not at all, also when the power fails."""

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from summarize.batch.errors import writing

__all__ = ["TEMPORARY", "content_hash", "file_hash", "put", "remove"]

TEMPORARY = ".part"
"""Ends the name of a file that is being written; what a killed run leaves of it is no output."""

_CHUNK = 1 << 20


def put(path: Path, data: bytes) -> None:
    """Write `path` through a temporary file beside it; raises OutputError when that fails.

    A pipe or a device is written to, and never replaced by a file.
    """
    scratch = path.with_name(f".{path.name}{TEMPORARY}")
    with writing(path):
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with scratch.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            scratch.replace(path)
        except OSError:
            with suppress(OSError):
                scratch.unlink(missing_ok=True)
            raise
        _sync(path.parent)


def remove(path: Path) -> None:
    """Remove a file, if it is there, and the folders it leaves empty up to the first that is not.

    Raises OutputError.
    """
    with writing(path):
        path.unlink(missing_ok=True)
    with suppress(OSError):
        path.parent.rmdir()


def content_hash(data: bytes) -> str:
    """32 hex digits that stand for the bytes."""
    return blake2b(data, digest_size=16).hexdigest()


def file_hash(path: Path) -> str | None:
    """`content_hash` of a file, which is never held in memory as a whole; None if unreadable."""
    found = blake2b(digest_size=16)
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                found.update(chunk)
    except OSError:
        return None
    return found.hexdigest()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
