"""How far one input file may expand while it is read: what a bomb asks for, no news archive needs.

Measured by benchmarks/studies/archives.py: articles expand 2 to 4 times, pages 5 to 8 times, and
only a solid archive of a hundred copies of each article 190 times; bombs expand 1,000 times and
more with each level.
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
    "MAX_REFUSALS",
    "Budget",
    "Expansion",
    "Metered",
    "TooMuchError",
]

# Each compressed byte pays for so many expanded ones: six times what pages need.
MAX_RATIO = 50
# What all streams of one input file together may expand beyond that: 0.6 s of work, and enough for
# 3,000 copies of articles in one solid archive.
FREE_BYTES = 16 * 1024**2
# Twenty times the largest collection at hand (34,585 articles, 200 MB); more is no single digest.
MAX_EXPANDED = 4 * 1024**3
# Three times as many files as that collection has articles.
MAX_MEMBERS = 100_000
# So many members may be refused before the rest of their archive is, too: a bomb of ten thousand
# members takes 1.5 ms for each.
MAX_REFUSALS = 20
# A compressed tar of zips in a mail has four. Some archives contain themselves.
MAX_DEPTH = 5

_CHUNK = 64 * 1024


class TooMuchError(UnreadableError):
    """An archive asks for more than its budget; nothing more of it is read."""


class Budget:
    """What reading one input file of `size` bytes may still cost, with everything nested in it.

    `refusals` counts how often something expanded too far.
    """

    def __init__(self, size: int) -> None:
        self._most = FREE_BYTES + MAX_RATIO * size
        self._allowed = FREE_BYTES
        self._spent = 0
        self._excess = 0
        self._members = 0
        self.refusals = 0

    def earn(self, size: int) -> None:
        """So many bytes of the input file itself were read."""
        self._allowed = min(self._allowed + MAX_RATIO * size, self._most)

    def spend(self, size: int, excess: int = 0) -> None:
        """So many bytes came out of an archive, `excess` of them beyond `MAX_RATIO`.

        Raises TooMuchError when they are too many. What is refused costs nothing, so that a bomb
        never takes its neighbours' share.
        """
        if self._spent + size > MAX_EXPANDED:
            limit = MAX_EXPANDED // 1024**3
            raise TooMuchError(f"the archive expands to more than {limit} GB; unpack it first")
        if self._spent + size > self._allowed or self._excess + excess > FREE_BYTES:
            self.refusals += 1
            raise TooMuchError(
                f"it expands more than {MAX_RATIO}-fold, as no news does, and was not read further"
            )
        self._spent += size
        self._excess += excess

    def count(self) -> None:
        """One more file inside; raises TooMuchError when there are too many."""
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise TooMuchError(
                f"it holds more than {MAX_MEMBERS:,} files; those after them were not read"
            )


class Metered(io.RawIOBase):
    """A stream that counts the bytes it has `given` and reports them to `account`.

    Whatever a damaged stream raises becomes an `UnreadableError`.
    """

    def __init__(self, stream: BinaryIO, account: Callable[[int], None] = lambda _: None) -> None:
        self._stream = stream
        self._account = account
        self.given = 0

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
        self.given += len(data)
        buffer[: len(data)] = data
        return len(data)


class Expansion(Metered):
    """A stream that comes out of a compressed one, within a budget.

    `paid` says how many compressed bytes have gone into it.
    """

    def __init__(self, stream: BinaryIO, budget: Budget, paid: Callable[[], int]) -> None:
        super().__init__(stream, self._spend)
        self._budget = budget
        self._paid = paid
        self._excess = 0

    def _spend(self, size: int) -> None:
        excess = max(self._excess, self.given + size - MAX_RATIO * self._paid())
        self._budget.spend(size, excess - self._excess)
        self._excess = excess
