"""Streams within a stream: a stretch of it, and what its gzip data hold."""

import io
import zlib
from typing import BinaryIO, cast

from summarize.reading.build import UnreadableError

__all__ = ["Gunzipped", "Slice"]

_MAGIC = b"\x1f\x8b\x08"
_CHUNK = 64 * 1024
# A header may have 64 KB of extra fields, and a name and a comment.
_MAX_HEADER = 128 * 1024
_GZIP = 31  # zlib's way to ask for a gzip header and check sum
# Two bytes of the next mark may already stand at the end of what was read.
_OVERLAP = len(_MAGIC) - 1


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


class Gunzipped(io.RawIOBase):
    """The content of a gzip stream of any number of parts.

    Unlike `gzip.GzipFile` it can go on behind damage. Raises `zlib.error` or `EOFError` where the
    data are damaged or end too early. The next read then goes on at the next part that can be
    found: web archives hold each page as one part.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._pending = b""
        self._held = b""  # what a part has taken in before it gave anything
        self._decoder = zlib.decompressobj(_GZIP)
        self._begun = False
        self._damaged = False

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The next bytes."""
        while self._more():
            taken = self._pending
            try:
                data = self._decoder.decompress(taken, len(buffer))
            except zlib.error:
                self._look_behind()
                raise
            self._begun = True
            self._pending = self._decoder.unconsumed_tail
            held = self._held + taken if len(self._held) < _MAX_HEADER else b""
            self._held = b"" if data else held
            if self._decoder.eof:
                self._pending = self._decoder.unused_data.lstrip(b"\0")
                self._restart()
            if data:
                buffer[: len(data)] = data
                return len(data)
        if self._begun:
            self._begun = False
            if self._held:
                self._look_behind()
            message = "the stream ends within a part"
            raise EOFError(message)
        return 0

    def _look_behind(self) -> None:
        """Take back what a damaged part has swallowed: its header may lie about its length."""
        self._pending = (self._held + self._pending)[1:]
        self._held = b""
        self._damaged = True

    def _restart(self) -> None:
        self._decoder = zlib.decompressobj(_GZIP)
        self._begun = False
        self._held = b""

    def _more(self) -> bool:
        """Whether there are bytes to decode, after a damaged part those of the next part."""
        while True:
            if self._damaged:
                at = self._pending.find(_MAGIC)
                self._pending = self._pending[at:] if at >= 0 else self._pending[-_OVERLAP:]
                if at >= 0:
                    self._damaged = False
                    self._restart()
            if self._pending and not self._damaged:
                return True
            chunk = self._stream.read(_CHUNK)
            if not chunk:
                return False
            if not self._begun and not self._pending:
                chunk = chunk.lstrip(b"\0") or b""  # padding between parts, as on tapes
            self._pending += chunk
