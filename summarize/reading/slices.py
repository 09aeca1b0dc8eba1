"""A stretch of a stream, as a stream of its own."""

import io
from typing import BinaryIO, cast

from summarize.reading.build import UnreadableError

__all__ = ["Slice"]

_CHUNK = 64 * 1024


class Slice(io.RawIOBase):
    """The next `size` bytes of a stream; raises UnreadableError when the stream ends before."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._left = size

    def buffered(self) -> BinaryIO:
        """This stream with a buffer, so that it can be peeked into and read line by line."""
        return cast("BinaryIO", io.BufferedReader(self, _CHUNK))

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The next bytes."""
        data = self._stream.read(min(len(buffer), self._left))
        if not data and self._left:
            raise UnreadableError("it is cut off: the archive ends within it")
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)

    def skip(self) -> bool:
        """Go past what was not read; False when the stream ends before."""
        while self._left:
            data = self._stream.read(min(_CHUNK, self._left))
            if not data:
                return False
            self._left -= len(data)
        return True
