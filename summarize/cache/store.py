"""Kept results: a file each, in a folder that only its user can read.

An entry appears whole or not at all, and one that is damaged counts as none. The folder holds the
text of articles, so it is private; one that another user could have written to is not used. Nothing
here ever fails: where nothing can be kept, nothing is.
"""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

from summarize.codec import pack, unpack
from summarize.writer.conversion import cache_folder

__all__ = ["LIMIT_BYTES", "Store", "digests_folder"]

LIMIT_BYTES = 256 * 1024**2
"""How large the folder may become; what was not used for longest goes first."""

_SUFFIX, _PART = ".kept", ".part"
# What is being written longer than this was left by a process that died.
_ABANDONED_SECONDS = 3600

_T = TypeVar("_T")


def digests_folder() -> Path:
    """Where digests are kept: beside the converted checkpoints in the user's cache folder."""
    return cache_folder().with_name("digests")


@dataclass(frozen=True, slots=True)
class Store:
    """What is kept in `folder`, of `limit` bytes in all."""

    folder: Path
    limit: int = LIMIT_BYTES

    def get(self, kind: type[_T], key: str) -> _T | None:
        """What is kept under the key, if it is of that kind. It counts as used now."""
        path = self._path(key)
        try:
            if not _is_own(self.folder):
                return None
            # Its own key tells that a file is under the right name.
            own_key, found = unpack(tuple[str, kind], path.read_bytes())  # type: ignore[valid-type]
        except (OSError, ValueError, TypeError, AttributeError, LookupError, RecursionError):
            return None
        if own_key != key:
            return None
        with suppress(OSError):
            os.utime(path)
        value: _T = found
        return value

    def put(self, key: str, value: object) -> bool:
        """Keep what `codec` can pack, and let go of others for it; whether it is kept."""
        data = pack([key, value])
        if len(data) > self.limit:
            return False
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_own(self.folder):
                return False
            self._write(self._path(key), data)
            self._shrink()
        except OSError:
            return False
        return True

    def sizes(self) -> tuple[int, ...]:
        """How many bytes each kept result has."""
        return tuple(status.st_size for _, status in self._files(_SUFFIX))

    def clear(self) -> None:
        """Let go of everything. Raises OSError where they cannot be removed."""
        for path, _ in [*self._files(_SUFFIX), *self._files(_PART)]:
            path.unlink(missing_ok=True)

    def is_usable(self) -> bool:
        """Whether something can be kept here, as far as can be told without trying."""
        try:
            there = next(path for path in (self.folder, *self.folder.parents) if path.exists())
            writable = there.is_dir() and os.access(there, os.W_OK)
            return writable and (there != self.folder or _is_own(there))
        except OSError:
            return False

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_SUFFIX}"

    def _write(self, path: Path, data: bytes) -> None:
        # Such a file is for nobody else to read.
        with NamedTemporaryFile(dir=self.folder, suffix=_PART, delete=False) as file:
            scratch = Path(file.name)
            try:
                file.write(data)
                file.close()
                scratch.replace(path)
            except BaseException:
                scratch.unlink(missing_ok=True)
                raise

    def _shrink(self) -> None:
        """Remove what was not used for longest until the rest is within the limit."""
        kept = sorted(self._files(_SUFFIX), key=lambda file: file[1].st_mtime_ns, reverse=True)
        used = 0
        for path, status in kept:
            used += status.st_size
            if used > self.limit:
                path.unlink(missing_ok=True)
        for path, status in self._files(_PART):
            if time.time() - status.st_mtime > _ABANDONED_SECONDS:
                path.unlink(missing_ok=True)

    def _files(self, suffix: str) -> Iterator[tuple[Path, os.stat_result]]:
        for path in sorted(self.folder.glob(f"*{suffix}")):
            # Another process may have removed it.
            with suppress(FileNotFoundError):
                yield path, path.stat()


def _is_own(folder: Path) -> bool:
    """Whether nobody else can have written to the folder; readable by others it is made private."""
    status = folder.stat()
    if hasattr(os, "getuid") and status.st_uid != os.getuid():
        return False
    mode = stat.S_IMODE(status.st_mode)
    if os.name != "posix" or not mode & 0o077:
        return True
    if mode & 0o022:
        return False
    folder.chmod(0o700)
    return True
