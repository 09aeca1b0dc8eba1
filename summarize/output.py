"""Where and how a command prints: the form, colours, width, and a file that appears whole."""

import os
import sys
from pathlib import Path
from typing import Literal

from summarize.errors import UsageError

__all__ = ["colour", "form_of", "refuse_output", "width", "write"]


def form_of(output: Path | None) -> Literal["text", "markdown", "json"]:
    """The form that an output file's name asks for."""
    suffix = output.suffix.lower() if output else ""
    if suffix in {".md", ".markdown"}:
        return "markdown"
    return "json" if suffix == ".json" else "text"


def refuse_output(output: Path | None) -> None:
    """Fail before the work when the output could not be written after it."""
    if output is None:
        return
    if output.is_dir():
        raise UsageError(f"{output} is a folder.", "Name a file: -o digest.md")
    if not output.parent.is_dir():
        raise UsageError(f"The folder {output.parent} does not exist.", "Create it first.")
    if not os.access(output.parent, os.W_OK):
        raise UsageError(f"The folder {output.parent} cannot be written to.")


def colour(*, no_color: bool) -> bool:
    """Colours only on a terminal, and as NO_COLOR, FORCE_COLOR and TERM ask."""
    if no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


def width() -> int:
    """Columns of the terminal, at most 100 for easy reading; 80 when piped."""
    import shutil

    return min(100, shutil.get_terminal_size((80, 24)).columns) if sys.stdout.isatty() else 80


def write(text: str, output: Path | None, encoding: str = "utf-8") -> None:
    """To stdout, or to a file that appears whole or not at all."""
    data = text.encode(encoding, "replace")
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    scratch = output.with_name(f".{output.name}.{os.getpid()}.tmp")
    try:
        scratch.write_bytes(data)
        scratch.replace(output)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise UsageError(f"{output} could not be written: {error.strerror}.") from error
