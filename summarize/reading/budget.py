"""How far one input file may expand while it is read: what a bomb asks for, no news archive needs.

Measured on 100 MB of news (benchmarks/studies/archives.py): text and pages expand 3 to 8 times,
a solid archive of near copies up to 60 times; bombs expand 1,000 times and more.
"""

import io
from collections.abc import Callable
from typing import BinaryIO, cast

from summarize.reading.build import UnreadableError

__all__ = [
    "FREE_BYTES",
    "MAX_DEPTH",
    "MAX_EXPANDED",
    "MAX_MEMBERS",
    "MAX_RATIO",
    "Budget",
    "Metered",
    "TooMuchError",
]

# Every archive may expand to two of the largest files that are read: this costs no more than they.
FREE_BYTES = 64 * 1024**2
# Beyond that, each compressed byte that was read pays for so many expanded ones.
MAX_RATIO = 100
# Twenty times the largest collection at hand (34,585 articles, 200 MB); more is no single digest.
MAX_EXPANDED = 4 * 1024**3
# Three times as many files as that collection has articles.
MAX_MEMBERS = 100_000
# A compressed tar of zips in a mail has four. Some archives contain themselves.
MAX_DEPTH = 5

_CHUNK = 64 * 1024


class TooMuchError(UnreadableError):
    """An archive asks for more than its budget; nothing more of it is read."""


class Budget:
    """What reading one input file of `size` bytes may still cost, with everything nested in it."""

    def __init__(self, size: int) -> None:
        self._most = FREE_BYTES + MAX_RATIO * size
        self._allowed = FREE_BYTES
        self._spent = 0
        self._members = 0

    def earn(self, size: int) -> None:
        """So many bytes of the file itself were read."""
        self._allowed = min(self._allowed + MAX_RATIO * size, self._most)

    def spend(self, size: int) -> None:
        """So many bytes came out of an archive; raises TooMuchError when they are too many.

        What is refused costs nothing, so that a bomb never takes its neighbours' share.
        """
        if self._spent + size > MAX_EXPANDED:
            limit = MAX_EXPANDED // 1024**3
            raise TooMuchError(f"the archive expands to more than {limit} GB; unpack it first")
        if self._spent + size > self._allowed:
            raise TooMuchError(
                f"it expands more than {MAX_RATIO}-fold, as no news does, and was not read further"
            )
        self._spent += size

    def count(self) -> None:
        """One more file inside; raises TooMuchError when there are too many."""
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise TooMuchError(
                f"it holds more than {MAX_MEMBERS:,} files; those after them were not read"
            )


class Metered(io.RawIOBase):
    """A stream that reports every byte it gives to `account`, which may refuse.

    Whatever a damaged stream raises becomes an `UnreadableError`.
    """

    def __init__(self, stream: BinaryIO, account: Callable[[int], None]) -> None:
        self._stream = stream
        self._account = account

    def buffered(self) -> BinaryIO:
        """This stream with a buffer, so that it can be peeked into and read line by line."""
        return cast("BinaryIO", io.BufferedReader(self, _CHUNK))

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Whether the stream below can seek."""
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move the stream below."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Where the stream below is."""
        return self._stream.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The next bytes."""
        try:
            data = self._stream.read(len(buffer))
        except (UnreadableError, MemoryError):
            raise
        except Exception as error:
            raise UnreadableError("its compressed data are damaged or cut off") from error
        self._account(len(data))
        buffer[: len(data)] = data
        return len(data)
