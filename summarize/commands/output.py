"""Where and how a command prints: the form, colours, width, and a file that appears whole."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from summarize.errors import UsageError

if TYPE_CHECKING:
    from summarize.render import DigestFormat

__all__ = [
    "colour",
    "digest_form_of",
    "form_of",
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


def refuse_output(output: Path | None) -> None:
    """Fail before the work when the output could not be written after it."""
    if output is None:
        return
    refuse_folder(output, "Name a file: -o digest.md")
    if not output.parent.is_dir():
        raise UsageError(f"The folder {output.parent} does not exist.", "Create it first.")
    if not os.access(output.parent, os.W_OK):
        raise UsageError(f"The folder {output.parent} cannot be written to.")


def refuse_folder(output: Path | None, hint: str = "Name a file.") -> None:
    """Fail before the work when a file that is to be written is a folder."""
    if output is not None and output.is_dir():
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
    """To stdout, or to a file that appears whole or not at all; `encoding` is that of a text."""
    data = content.encode(encoding, "replace") if isinstance(content, str) else content
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
