"""What a run would read: which files, and a hash of the bytes of each. Nothing is parsed."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import BinaryIO

from summarize.reading.build import UnreadableError
from summarize.reading.files import InputFile, find_files, opened
from summarize.reading.kinds import HEAD_BYTES, kind_of
from summarize.records import Failure

__all__ = ["Content", "Inputs", "look"]


@dataclass(frozen=True, slots=True)
class Content:
    """A file's names (see `InputFile`), the suffixes that say its kind, and a hash of its bytes.

    Of a file that no reader takes, of the bytes that show this.
    """

    path: str
    shown: str
    suffixes: str
    hash: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files of a run in its order, those that cannot be opened, and a hash of what is piped in.

    `stamps` change whenever a file is written to, also when its bytes are in the end as they were:
    two looks with equal stamps and hashes had the same bytes before them all the time in between.
    """

    files: tuple[Content, ...]
    failures: tuple[Failure, ...]
    piped: str
    stamps: tuple[tuple[int, ...], ...]


def look(paths: Sequence[str | Path], piped: bytes | None = None) -> Inputs:
    """What `read_paths` would read now; `piped` are the bytes behind the path "-"."""
    found, failures = find_files([path for path in paths if str(path) != "-"])
    files, stamps, unreadable = [], [], list(failures)
    for file in found:
        try:
            with opened(file.location) as stream:
                stamps.append(_stamp(stream))
                files.append(_content(file, stream))
        except UnreadableError as error:
            unreadable.append(Failure(file.shown, str(error)))
    return Inputs(
        files=tuple(files),
        failures=tuple(unreadable),
        piped="" if piped is None else blake2b(piped).hexdigest(),
        stamps=tuple(stamps),
    )


def _content(file: InputFile, stream: BinaryIO) -> Content:
    suffixes = "".join(file.location.suffixes).lower()
    head = stream.read(HEAD_BYTES)
    if kind_of(file.location.name, head) is None:
        # Of a film that lies among the articles no more is read.
        return Content(file.path, file.shown, suffixes, blake2b(head).hexdigest())
    stream.seek(0)
    found = file_digest(stream, blake2b)  # type: ignore[arg-type]  # it is a buffered reader
    return Content(file.path, file.shown, suffixes, found.hexdigest())


def _stamp(stream: BinaryIO) -> tuple[int, ...]:
    stat = os.fstat(stream.fileno())
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns
