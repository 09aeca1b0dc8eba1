"""Where and how a command prints: the form, colours, width, and a file that appears whole."""
# ruff: noqa: PTH110, PTH112, PTH113 (unlike `Path`, they say no to a name that is too long)

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from os import path
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from summarize.errors import UsageError

if TYPE_CHECKING:
    from summarize.render import DigestFormat

__all__ = [
    "colour",
    "digest_form_of",
    "form_of",
    "json_lines_to",
    "refuse_folder",
    "refuse_output",
    "refuse_terminal",
    "width",
    "write",
]

_FORMS: "dict[str, DigestFormat]" = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".atom": "atom",
    ".xml": "atom",
    ".eml": "eml",
    ".epub": "epub",
}

# Names that promise what no form is: text under them could not be opened.
_NOT_WRITTEN = (
    ".pdf", ".docx", ".doc", ".odt", ".rtf", ".xlsx", ".csv", ".tsv", ".jsonl", ".mobi", ".mbox",
    ".zip", ".gz",
)  # fmt: skip


def digest_form_of(output: Path | None) -> "DigestFormat":
    """The form of a digest that an output file's name asks for; UsageError where there is none."""
    if output is None:
        return "text"
    suffix = output.suffix.lower()
    if suffix in _NOT_WRITTEN:
        raise UsageError(
            f"{suffix} files cannot be written.", "Name another: -o digest.html, or give --format."
        )
    return _FORMS.get(suffix, "text")


def form_of(output: Path | None) -> Literal["text", "markdown", "json"]:
    """The form of a score that an output file's name asks for; UsageError where it has none."""
    form = digest_form_of(output)
    if form in ("text", "markdown", "json"):
        return form
    raise UsageError(f"A score is text, Markdown or JSON, not {form}.", "Name a file: -o score.md")


def json_lines_to(output: Path | None) -> None:
    """UsageError when the output file's name promises something else than lines of JSON."""
    suffix = output.suffix.lower() if output else ""
    if suffix != ".jsonl" and (suffix in _NOT_WRITTEN or _FORMS.get(suffix, "json") != "json"):
        raise UsageError(
            f"--pairs gives lines of JSON, and {output} would be none.", "Name a file: -o p.jsonl"
        )


def refuse_output(output: Path | None, inputs: Sequence[str] = ()) -> None:
    """Fail before the work when the output could not be written after it, or would be an input."""
    if output is None or _is_stream(output):
        return
    refuse_folder(output, "Name a file: -o digest.md")
    target = output.resolve()
    if any(given not in ("", "-") and Path(given).resolve() == target for given in inputs):
        raise UsageError(f"{output} is one of the inputs.", "Name another file.")
    if not target.parent.is_dir():
        raise UsageError(f"The folder {output.parent} does not exist.", "Create it first.")
    if not os.access(target.parent, os.W_OK):
        raise UsageError(f"The folder {output.parent} cannot be written to.")
    if path.exists(target) and not os.access(target, os.W_OK):
        raise UsageError(f"{output} may not be written to.")


def _is_stream(output: Path) -> bool:
    """Whether it is a pipe or a device, which is written to and never replaced by a file."""
    return path.exists(output) and not path.isfile(output) and not path.isdir(output)


def refuse_folder(output: Path | None, hint: str = "Name a file.") -> None:
    """Fail before the work when a file that is to be written is a folder."""
    if output is not None and path.isdir(output):
        raise UsageError(f"{output} is a folder.", hint)


def refuse_terminal(form: "DigestFormat", output: Path | None) -> None:
    """Fail before the work when a form that is no text would be printed on a terminal."""
    if form == "epub" and output is None and sys.stdout.isatty():
        raise UsageError("An EPUB is no text for a terminal.", "Name a file: -o digest.epub")


def colour(*, no_color: bool) -> bool:
    """Colours only on a terminal, and as NO_COLOR, FORCE_COLOR and TERM ask."""
    if no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


def width() -> int:
    """Columns of the terminal, at most 100 for easy reading; 80 when piped."""
    import shutil

    return min(100, shutil.get_terminal_size((80, 24)).columns) if sys.stdout.isatty() else 80


def write(content: str | bytes, output: Path | None, encoding: str = "utf-8") -> None:
    """To stdout, or to a file that appears whole or not at all; `encoding` is that of a text.

    A file that is there keeps who may read it, and a link what it leads to.
    """
    data = content.encode(encoding, "replace") if isinstance(content, str) else content
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    try:
        if _is_stream(output):
            output.write_bytes(data)
        else:
            _replace(output.resolve(), data)
    except OSError as error:
        raise UsageError(f"{output} could not be written: {error.strerror}.") from error


def _replace(target: Path, data: bytes) -> None:
    scratch = target.with_name(f".summarize.{os.getpid()}.tmp")
    try:
        scratch.touch()
        if target.exists():
            scratch.chmod(target.stat().st_mode & 0o777)
        scratch.write_bytes(data)
        scratch.replace(target)
    except OSError:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)
        raise
