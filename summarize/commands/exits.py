"""How a command ends: errors become a line on stderr and an exit code."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import typer
from typer.core import TyperGroup

from summarize.errors import SummarizeError

__all__ = ["EXIT_FAILED", "Commands", "printed", "reported"]

EXIT_FAILED = 1
_EXIT_INTERRUPTED = 130
# What a shell says of a program that was ended by SIGPIPE, as most are: 128 + 13.
_EXIT_CLOSED = 141
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def reported() -> Iterator[None]:
    """Turn errors into a line on stderr and an exit code; into a trace with SUMMARIZE_DEBUG."""
    try:
        yield
    except SummarizeError as error:
        # Not at the top: only what fails needs it. Names of files are anybody's.
        from summarize.render.phrases import harmless

        typer.echo(f"Error: {harmless(str(error))}", err=True)
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        typer.echo("Interrupted; nothing was written.", err=True)
        raise typer.Exit(_EXIT_INTERRUPTED) from error
    except Exception as error:
        if isinstance(error, OSError) and error.errno in (errno.EPIPE, *_NO_SPACE):
            raise
        if os.environ.get("SUMMARIZE_DEBUG"):
            raise
        typer.echo(
            f"Error: {type(error).__name__}: {error}. This is a fault in summarize; "
            "set SUMMARIZE_DEBUG=1 to see where.",
            err=True,
        )
        raise typer.Exit(EXIT_FAILED) from error


@contextmanager
def printed() -> Iterator[None]:
    """End with a sentence when the disk is full, quietly when the reader has closed the pipe."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        if error.errno not in (errno.EPIPE, *_NO_SPACE):
            raise
        if error.errno != errno.EPIPE:
            with suppress(OSError):
                typer.echo(f"Error: The output could not be written: {error.strerror}.", err=True)
        # Python would try again at exit, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = _EXIT_CLOSED if error.errno == errno.EPIPE else SummarizeError.exit_code
        raise typer.Exit(code) from error


class Commands(TyperGroup):
    """Commands whose output may go down a pipe or into a file, their help included."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """As typer does it, which prints the help from here."""
        with printed():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        """As typer does it."""
        with printed():
            return super().invoke(ctx)
