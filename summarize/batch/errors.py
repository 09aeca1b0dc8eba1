"""What can stop a batch run as a whole, each with its exit code (see `summarize.errors`)."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from summarize.errors import SummarizeError

__all__ = ["LockedError", "OutputError", "StoppedError", "writing"]


class OutputError(SummarizeError):
    """The output folder cannot be written: full, read-only, damaged."""

    exit_code = 4


class LockedError(SummarizeError):
    """Another run works on the same output folder."""

    exit_code = 5


class StoppedError(SummarizeError):
    """The run cannot go on, for a reason that no single article is to blame for."""

    exit_code = 1


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Turn what the system or SQLite refuses while `place` is written into an `OutputError`."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise OutputError(f"{place} cannot be written: {reason}.", _NEXT) from error
    except sqlite3.DatabaseError as error:
        raise OutputError(f"{place} cannot be written: {error}.", _NEXT) from error


_NEXT = "What was done is kept; free some space or give access, and run it again."
