"""Which digests there are: the folders of an inbox that hold files, or all of it as one pool."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from summarize.errors import NothingToReadError
from summarize.reading.files import InputFile, find_files, shown
from summarize.reading.folders import names_in
from summarize.records import Failure

__all__ = ["POOL", "Group", "groups"]

POOL = "all"
"""The name of the one digest that `--group-all` makes of everything."""


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one digest. `name` is its folder's path inside the inbox, with "/"."""

    name: str
    places: tuple[Path, ...]

    def files(self) -> tuple[tuple[InputFile, ...], tuple[Failure, ...]]:
        """Its files, sorted by path, and what is no file that can be opened."""
        return find_files(self.places)


def groups(inboxes: Sequence[Path], out: Path, *, pooled: bool) -> Iterator[Group]:
    """The digests that are to be made of the inboxes, one at a time, in a fixed order.

    What lies in `out` is no input. Raises NothingToReadError when an inbox is no folder.
    """
    for inbox in inboxes:
        if not inbox.is_dir():
            raise NothingToReadError(f"There is no folder {shown(inbox)}.", "Name the inbox.")
    if pooled:
        yield Group(POOL, _outside(inboxes, out))
        return
    several = len(inboxes) > 1
    taken: set[str] = set()
    for inbox in inboxes:
        top = shown(inbox.resolve().name) or "inbox"
        for folder, files in _folders(inbox, out):
            inside = folder.relative_to(inbox).as_posix()
            parts = [top] if inside == "." else [top, inside] if several else [inside]
            yield Group(_free(shown("/".join(parts)), taken), files)


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number where two inboxes end in the same name."""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name} ({number})"
    taken.add(found)
    return found


def _outside(inboxes: Sequence[Path], out: Path) -> tuple[Path, ...]:
    """The files of all inboxes but those of the output folder."""
    return tuple(path for inbox in inboxes for _, files in _folders(inbox, out) for path in files)


def _folders(inbox: Path, out: Path) -> Iterator[tuple[Path, tuple[Path, ...]]]:
    """Every folder that holds something to read, with the paths of that, as `names_in` gives them.

    A folder that cannot be opened is given as its own content, so that reading it says why.
    """
    waiting, visited = [inbox], {os.path.realpath(out)}
    while waiting:
        folder = waiting.pop()
        real = os.path.realpath(folder)
        if real in visited:
            continue
        visited.add(real)
        try:
            paths = [folder / name for name in names_in(folder)]
        except OSError:
            yield folder, (folder,)
            continue
        # What cannot be told is read as a file, which says why it is none.
        below = {path for path in paths if os.path.isdir(path)}  # noqa: PTH112
        waiting += [path for path in reversed(paths) if path in below]
        if files := tuple(path for path in paths if path not in below):
            yield folder, files
