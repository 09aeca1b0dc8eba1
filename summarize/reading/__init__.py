"""From files to articles. Whatever gives no article gives a `Failure` with the reason.

Nothing here writes or downloads anything, and the result depends only on the paths and the bytes
behind them. The way of a file, one module a step:

- `files`: which files there are behind the arguments, and bytes as text
- `kinds`: which kind of file it is, and the table of kinds and their readers: a new one goes there
- `isolated`: worker processes, as a parser may hang or crash; they call
- `formats`: a file to its parts (files inside archives, attachments), each to its reader
- `found`: what it gave as articles and failures, by
- `build`: what a reader found (`Draft`) as an `Article`, within limits that all share

The readers are in packages by topic, and import their libraries when first used: `text`, `web`
(pages, feeds, crawls), `pdf`, `docx`, `mail`, `exports` (JSON, tables) and `archives`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from summarize.reading.files import MAX_FILE_BYTES, InputFile, find_files
from summarize.reading.formats import is_plain, read_file
from summarize.reading.found import Result
from summarize.reading.isolated import read_isolated

__all__ = ["read_paths"]

_STDIN = InputFile("-", "-", Path("-"))


def read_paths(
    paths: Sequence[str | Path], *, jobs: int = 1, stdin: BinaryIO | None = None
) -> Result:
    """The articles, and the failures, behind files, folders and "-" (what `stdin` holds).

    Articles come in the order of the arguments, sorted by path within a folder and within an
    archive, stdin last. Files that several arguments reach are read once. `jobs` is the number of
    processes that parse what is no plain text; the result is the same for any.
    """
    found, failures = find_files([path for path in paths if str(path) != _STDIN.shown])
    requests: list[tuple[InputFile, bytes | None]] = [(file, None) for file in found]
    if any(str(path) == _STDIN.shown for path in paths):
        data = stdin.read(MAX_FILE_BYTES + 1) if stdin is not None else b""
        requests.append((_STDIN, data))
    complex_ = [request for request in requests if not is_plain(*request)]
    parsed = dict(zip((file for file, _ in complex_), read_isolated(complex_, jobs), strict=True))
    results = [parsed.get(file) or read_file(file, data) for file, data in requests]
    articles = tuple(article for found, _ in results for article in found)
    return articles, failures + tuple(failure for _, failed in results for failure in failed)
