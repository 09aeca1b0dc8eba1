"""A file of JSON lines that grows one finished example at a time, and survives being killed.

Each line is written and flushed as soon as its example is done. A line cut short by a kill is
dropped when the file is opened again; whole lines are never written twice.
"""

import fcntl
import json
import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

__all__ = ["Journal", "Line", "read_lines", "write_json"]

Line = dict[str, Any]


class Journal:
    """The lines of `path` by their "id"; new ones are appended.

    Opening waits for another process that has the file open. Use as a context manager.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._file = _locked(path)
        lines = _repaired(self._file)
        self.lines: dict[str, Line] = {line["id"]: line for line in lines}
        self._written = len(lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def append(self, line: Line) -> None:
        """Write a line; it is safe from a kill when this returns."""
        self._file.write(_dumps(line))
        self._file.flush()
        self._written += 1
        self.lines[line["id"]] = line

    def keep(self, ids: Iterable[str]) -> None:
        """Leave the last line of each of `ids` only, in their order; all at once or not at all."""
        kept = [self.lines[id_] for id_ in ids if id_ in self.lines]
        if kept == list(self.lines.values()) and self._written == len(kept):
            return
        part = self._path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            file.writelines(_dumps(line) for line in kept)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._path)
        self._file.close()
        self._file = _locked(self._path)
        self.lines = {line["id"]: line for line in kept}
        self._written = len(kept)


def _locked(path: Path) -> IO[str]:
    """The file, held by this process alone; it may have been replaced while we waited."""
    while True:
        file = path.open("a+", encoding="utf-8")
        fcntl.flock(file, fcntl.LOCK_EX)
        if path.exists() and os.fstat(file.fileno()).st_ino == path.stat().st_ino:
            return file
        file.close()


def _repaired(file: IO[str]) -> list[Line]:
    """The whole lines of the file; what a kill left of the last one is cut off."""
    file.seek(0)
    content = file.read()
    whole = content[: content.rfind("\n") + 1]
    if whole != content:
        file.seek(0)
        file.truncate(len(whole.encode()))
    file.seek(0, os.SEEK_END)
    return [json.loads(line) for line in whole.splitlines()]


def read_lines(path: Path) -> list[Line]:
    """The whole lines of a journal, read without changing it; none where it does not exist."""
    if not path.exists():
        return []
    content = path.read_text(encoding="utf-8")
    return [json.loads(line) for line in content[: content.rfind("\n") + 1].splitlines()]


def write_json(path: Path, value: Line) -> None:
    """Write a JSON file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(path)


def _dumps(line: Line) -> str:
    # JSON escapes U+2028 and U+0085 only as ASCII; `splitlines` would cut lines at them.
    return json.dumps(line, ensure_ascii=True) + "\n"
