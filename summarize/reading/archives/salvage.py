"""Zip archives whose list of contents is damaged or cut off: what stands before each file helps."""

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from summarize.reading.archives.budget import MAX_RATIO, Budget
from summarize.reading.archives.zip import TWICE, Member, is_hidden, member_name, refused
from summarize.reading.build import UnreadableError
from summarize.reading.files import MAX_FILE_BYTES

__all__ = ["salvaged"]

# Such an archive is held in memory whole: four times the largest file that is read otherwise.
_MAX_BYTES = 4 * MAX_FILE_BYTES
_MARK = b"PK\x03\x04"
_DESCRIPTOR = b"PK\x07\x08"
_HEADER = struct.Struct("<4s5H3I2H")
_CRC = struct.Struct("<I")
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 0x1, 0x8, 0x800
_STORED, _DEFLATED = 0, 8


@dataclass(frozen=True, slots=True)
class _Entry:
    """What stands before a file: `start` is where its bytes begin, `crc` None when it follows."""

    name: str
    start: int
    size: int
    method: int
    encrypted: bool
    crc: int | None


def salvaged(stream: BinaryIO, budget: Budget) -> Iterator[Member]:
    """The files of a damaged zip archive in their order, hidden ones left out.

    Raises UnreadableError at the end, as there may have been more.
    """
    data = stream.read(_MAX_BYTES)
    seen: set[str] = set()
    for entry in _entries(data):
        if entry.name.endswith("/") or is_hidden(entry.name):
            continue
        budget.count()
        if entry.name in seen:
            yield refused(entry.name, TWICE)
        elif entry.encrypted:
            yield refused(entry.name, "it is encrypted")
        else:
            yield Member(entry.name, partial(_content, data, entry, budget))
        seen.add(entry.name)
    found = "the files that could be found in it were read" if seen else "no file was found in it"
    raise UnreadableError(f"it is damaged: its list of contents cannot be read; {found}")


def _entries(data: bytes) -> Iterator[_Entry]:
    at = data.find(_MARK)
    while 0 <= at <= len(data) - _HEADER.size:
        _, _, flags, method, _, _, crc, size, _, name_size, extra = _HEADER.unpack_from(data, at)
        begin = at + _HEADER.size
        start = begin + name_size + extra
        raw = data[begin : begin + name_size]
        name = member_name(raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace"))
        folder = "/" if raw.endswith(b"/") else ""
        follows = bool(flags & _SIZES_FOLLOW)
        if name:
            encrypted = bool(flags & _ENCRYPTED)
            yield _Entry(name + folder, start, size, method, encrypted, None if follows else crc)
        # Past the content where its size is right, so that a zip inside is not taken apart here.
        beyond = start + size
        at = data.find(_MARK, beyond if data[beyond : beyond + 2] == b"PK" else begin)


def _content(data: bytes, entry: _Entry, budget: Budget) -> BinaryIO:
    """The bytes of a file, once its check sum is right."""
    if entry.method == _STORED and entry.crc is not None:
        content, crc = data[entry.start : entry.start + entry.size], entry.crc
        used = len(content)
    elif entry.method == _DEFLATED:
        content, crc, used = _inflated(data, entry)
    else:
        raise UnreadableError("it is compressed in a way that is not supported")
    budget.spend(len(content), max(0, len(content) - MAX_RATIO * used))
    if len(content) <= MAX_FILE_BYTES and zlib.crc32(content) != crc:
        raise UnreadableError("it is damaged inside the archive")
    return io.BufferedReader(io.BytesIO(content))


def _inflated(data: bytes, entry: _Entry) -> tuple[bytes, int, int]:
    decoder = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = decoder.decompress(memoryview(data)[entry.start :], MAX_FILE_BYTES + 1)
    except zlib.error as error:
        raise UnreadableError("it is damaged inside the archive") from error
    rest = len(decoder.unconsumed_tail) + len(decoder.unused_data)
    used = len(data) - entry.start - rest
    if entry.crc is not None:
        return content, entry.crc, used
    after = decoder.unused_data[:8].removeprefix(_DESCRIPTOR)
    return content, _CRC.unpack_from(after)[0] if len(after) >= _CRC.size else -1, used
