"""Tar archives as a stream, in one pass and in memory.

`tarfile` stops without a word at a damaged header and seeks in the stream; here the header after
the damage is looked for, and the damage is reported.
"""

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from summarize.reading.archives.budget import Budget
from summarize.reading.archives.streams import Slice
from summarize.reading.archives.zip import TWICE, Member, is_hidden, member_name, refused
from summarize.reading.build import UnreadableError

__all__ = ["tar_members"]

_BLOCK = tarfile.BLOCKSIZE
_ZEROS = bytes(_BLOCK)
_CUT_OFF = "it is cut off; what follows its last file is lost"
# A long name or a set of extended headers; Linux allows paths of 4,096 bytes.
_MAX_EXTENSION = 64 * 1024
_FOLDERS = (tarfile.DIRTYPE, b"D", b"V", b"M")
_EXTENDING = (tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE)
_ASIDE = (tarfile.GNUTYPE_LONGLINK, tarfile.XGLTYPE)
_SPARSE = tarfile.GNUTYPE_SPARSE
_LENGTH = re.compile(rb"(\d{1,9}) ")
_SIZE = re.compile(rb"\d{1,18}")
_UNSUITABLE = {
    tarfile.LNKTYPE: "it is a link, which is not followed inside an archive",
    tarfile.SYMTYPE: "it is a link, which is not followed inside an archive",
    tarfile.CHRTYPE: "it is no regular file",
    tarfile.BLKTYPE: "it is no regular file",
    tarfile.FIFOTYPE: "it is no regular file",
    _SPARSE: "it is a sparse file, which is not supported",
}


@dataclass(frozen=True, slots=True)
class _Extension:
    """What extended headers say about the next member."""

    name: str | None = None
    size: int | None = None
    sparse: bool = False


def tar_members(stream: BinaryIO, budget: Budget) -> Iterator[Member]:
    """The files of a tar archive in their order, hidden ones left out.

    Raises UnreadableError at the end when the archive is damaged or cut off; all members that
    could be found have been given by then.
    """
    seen: set[str] = set()
    extension = _Extension()
    damage: int | None = None
    position, ended = 0, False
    while block := stream.read(_BLOCK):
        header_at, position = position, position + len(block)
        ended = ended or block == _ZEROS
        if block == _ZEROS:
            continue
        header = _header(block)
        if header is None:
            damage = header_at if damage is None else damage
            continue
        size = _size(header, extension)
        part = Slice(stream, size)
        position += size + -size % _BLOCK
        if header.type in _EXTENDING and size <= _MAX_EXTENSION:
            extension = _extended(extension, header.type, part.buffered().read())
        elif header.type not in _ASIDE:
            name = member_name(extension.name or header.name)
            if header.type not in _FOLDERS and not is_hidden(name):
                budget.count()
                yield _member(name, header.type, extension, part, seen)
            extension = _Extension()
        if not part.skip() or not Slice(stream, -size % _BLOCK).skip():
            raise UnreadableError(_CUT_OFF)
    if damage is not None:
        raise UnreadableError(f"it is damaged at byte {damage:,}; what stood there is lost")
    if not ended:
        raise UnreadableError("it has no end mark: it may be cut off")


def _header(block: bytes) -> tarfile.TarInfo | None:
    """The header in a block; None when it is none, or a damaged one."""
    if len(block) < _BLOCK:
        raise UnreadableError(_CUT_OFF)
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return None


def _size(header: tarfile.TarInfo, extension: _Extension) -> int:
    """How many bytes follow a header."""
    if header.type in _FOLDERS or (header.type in _UNSUITABLE and header.type != _SPARSE):
        return 0
    return max(0, header.size if extension.size is None else extension.size)


def _extended(extension: _Extension, kind: bytes, data: bytes) -> _Extension:
    """What is known of the next member with one extended header more."""
    if kind == tarfile.GNUTYPE_LONGNAME:
        return replace(extension, name=_text(data.rstrip(b"\0")))
    for key, value in _fields(data):
        if key == b"path":
            extension = replace(extension, name=_text(value))
        elif key == b"size" and _SIZE.fullmatch(value):
            extension = replace(extension, size=int(value))
        elif key.startswith(b"GNU.sparse."):
            extension = replace(extension, sparse=True)
    return extension


def _fields(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The fields of an extended header: each says how long it is, as values may hold any byte."""
    at = 0
    while length := _LENGTH.match(data, at):
        end = at + int(length[1])
        key, _, value = data[length.end() : end].removesuffix(b"\n").partition(b"=")
        yield key, value
        at = max(end, length.end())


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _member(name: str, kind: bytes, extension: _Extension, part: Slice, seen: set[str]) -> Member:
    """The member, if it is a file that was not there before; else why it is not read."""
    reason = _UNSUITABLE[_SPARSE] if extension.sparse else _UNSUITABLE.get(kind)
    if reason is None and name in seen:
        reason = TWICE
    seen.add(name)
    if reason:
        return refused(name, reason)
    return Member(name, part.buffered)
