"""How a command ends: errors become a line on stderr and an exit code."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from summarize.errors import SummarizeError

__all__ = ["EXIT_FAILED", "reported"]

EXIT_FAILED = 1
_EXIT_INTERRUPTED = 130


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
    except BrokenPipeError as error:
        # The reader (head, less) closed the pipe; Python would complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(EXIT_FAILED) from error
    except Exception as error:
        if os.environ.get("SUMMARIZE_DEBUG"):
            raise
        typer.echo(
            f"Error: {type(error).__name__}: {error}. This is a fault in summarize; "
            "set SUMMARIZE_DEBUG=1 to see where.",
            err=True,
        )
        raise typer.Exit(EXIT_FAILED) from error
