"""From files to articles. Whatever gives no article gives a `Failure` with the reason.

Nothing here writes or downloads anything, and the result depends only on the paths and the bytes
behind them.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from summarize.reading.files import MAX_FILE_BYTES, InputFile, find_files
from summarize.reading.formats import PAGE_SUFFIXES, Result, read_bytes, read_file
from summarize.reading.isolated import read_isolated
from summarize.records import Failure

__all__ = ["read_paths"]

_STDIN = InputFile("-", "-", Path("-"))


def read_paths(
    paths: Sequence[str | Path], *, jobs: int = 1, stdin: BinaryIO | None = None
) -> Result:
    """The articles, and the failures, behind files, folders and "-" (what `stdin` holds).

    Articles come in the order of the arguments, sorted by path within a folder, stdin last. Files
    that several arguments reach are read once. `jobs` is the number of processes that parse web
    pages; the result is the same for any.
    """
    files, failures = find_files([path for path in paths if str(path) != _STDIN.shown])
    pages = [file for file in files if file.location.suffix.lower() in PAGE_SUFFIXES]
    parsed = dict(zip(pages, read_isolated(pages, jobs), strict=True)) if pages else {}
    results = [parsed.get(file) or read_file(file) for file in files]
    if any(str(path) == _STDIN.shown for path in paths):
        results.append(_read_stdin(stdin))
    articles = tuple(article for found, _ in results for article in found)
    return articles, failures + tuple(failure for _, failed in results for failure in failed)


def _read_stdin(stdin: BinaryIO | None) -> Result:
    data = stdin.read(MAX_FILE_BYTES + 1) if stdin is not None else b""
    if len(data) > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 1024**2
        return (), (Failure(_STDIN.shown, f"it is larger than {limit} MB"),)
    return read_bytes(data, _STDIN)
