"""The adapter of any program that reads texts and writes a summary."""

import hashlib
import os
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.records import Example
from benchmarks.systems.tools_common import Tool, text_sentences
from summarize.errors import SummarizeError, UsageError
from summarize.records import Sentence
from summarize.settings import Length

__all__ = ["ToolFailedError", "command"]

_PLACEHOLDER = re.compile(r"\{(input|folder|words|sentences)\}")

# Seconds for one summary.
_PATIENCE = 600.0

# How much of a program's last line is repeated in an error, in characters.
_LAST_LINE = 200


class ToolFailedError(SummarizeError):
    """A program that was to write a summary failed, took too long or wrote something else."""


def command(line: str, timeout: float = _PATIENCE) -> Tool:
    """The program that the command line `line` starts, without a shell; its output is the summary.

    `{input}` stands for a text file, UTF-8, with the documents separated by a blank line,
    `{folder}` for a folder with a file for each document, `{words}` and `{sentences}` for the
    length asked for. Without the first two the documents are on standard input.

    The signature covers the line, the program and the files that it names, not the libraries those
    use. Raises UsageError for a line that cannot be run; `summarize` raises UsageError for a length
    in the other unit than the line has, and ToolFailedError when the program fails, is not done
    after `timeout` seconds, or writes something that is no UTF-8 text.
    """
    parts = _split(line)

    def choose(example: Example, length: Length) -> Sequence[Sentence]:
        return text_sentences(_answer(parts, example, length, timeout))

    return Tool(f"command:{line}", f"command:{line} {_fingerprint(parts)} v1", choose)


def _split(line: str) -> list[str]:
    """The program and its arguments."""
    try:
        parts = shlex.split(line)
    except ValueError as error:
        raise UsageError(f"The command '{line}' cannot be read: {error}.") from error
    if not parts:
        raise UsageError("The command is empty.", "Write a program with its arguments.")
    if shutil.which(parts[0]) is None:
        raise UsageError(
            f"There is no program '{parts[0]}' to run.", "Install it or name its path."
        )
    return parts


def _fingerprint(parts: Sequence[str]) -> str:
    """16 hex digits that change with the files on the command line."""
    digest = hashlib.blake2b(digest_size=8)
    for path in (Path(shutil.which(parts[0]) or parts[0]), *map(Path, parts[1:])):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _answer(parts: Sequence[str], example: Example, length: Length, timeout: float) -> str:
    """What the program writes about the example."""
    documents = [_without_blank_lines(document) for document in example.documents]
    with TemporaryDirectory() as scratch:
        values = {
            "input": str(_write_file(Path(scratch), documents)),
            "folder": str(_write_folder(Path(scratch), documents)),
            length.unit: str(length.count),
        }
        if missing := _wanted(parts) - values.keys():
            raise UsageError(
                f"The command asks for {{{missing.pop()}}}, but the length is {length}.",
                "Write a number there, or ask for a length in that unit.",
            )
        filled = [_PLACEHOLDER.sub(lambda match: values[match[1]], part) for part in parts]
        from_files = _wanted(parts) & {"input", "folder"}
        return _run(filled, "" if from_files else "\n\n".join(documents), timeout)


def _wanted(parts: Sequence[str]) -> set[str]:
    return {name for part in parts for name in _PLACEHOLDER.findall(part)}


def _without_blank_lines(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.strip())


def _write_file(scratch: Path, documents: Sequence[str]) -> Path:
    path = scratch / "documents.txt"
    path.write_text("\n\n".join(documents) + "\n", encoding="utf-8")
    return path


def _write_folder(scratch: Path, documents: Sequence[str]) -> Path:
    folder = scratch / "documents"
    folder.mkdir()
    for number, document in enumerate(documents, 1):
        (folder / f"{number:04}.txt").write_text(document + "\n", encoding="utf-8")
    return folder


def _run(parts: Sequence[str], text: str, timeout: float) -> str:
    """The program's standard output."""
    try:
        code, written, complaints = _finish(parts, text.encode(), timeout)
    except subprocess.TimeoutExpired as error:
        raise ToolFailedError(
            f"{parts[0]} was not done after {timeout:g} seconds.", "Give it fewer or shorter texts."
        ) from error
    except OSError as error:
        raise ToolFailedError(f"{parts[0]} could not be started: {error.strerror}.") from error
    if code:
        raise ToolFailedError(
            f"{parts[0]} failed with exit code {code}: {_last_line(complaints)}",
            "Try the command by hand.",
        )
    try:
        return written.decode()
    except UnicodeDecodeError as error:
        raise ToolFailedError(
            f"{parts[0]} wrote something that is no UTF-8 text: {_last_line(complaints)}",
            "Let it write plain text.",
        ) from error


def _finish(parts: Sequence[str], text: bytes, timeout: float) -> tuple[int, bytes, bytes]:
    """Exit code, standard output and standard error of the program."""
    with subprocess.Popen(  # noqa: S603 (what the user asked to run, no shell)
        parts,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            written, complaints = process.communicate(text, timeout)
        except BaseException:
            # With all that it has started: a grandchild would keep the pipes open.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            raise
        return process.returncode, written, complaints


def _last_line(complaints: bytes) -> str:
    """The last line on standard error, fit for a terminal."""
    lines = complaints.decode(errors="replace").strip().splitlines() or ["(it did not say why)"]
    return "".join(mark for mark in lines[-1] if mark.isprintable())[:_LAST_LINE]
