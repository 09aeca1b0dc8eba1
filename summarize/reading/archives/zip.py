"""What is inside zip archives and compressed files, in memory: nothing is ever unpacked to disk.

Names inside an archive are only names. How far it may expand, `Budget` says.
"""

import bz2
import io
import lzma
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, cast
from zipfile import ZipFile, ZipInfo

from summarize.reading.archives.budget import Budget, Expansion, Metered
from summarize.reading.archives.streams import Gunzipped
from summarize.reading.build import UnreadableError
from summarize.reading.files import shown
from summarize.reading.folders import is_furniture, is_page_name, is_page_resource

__all__ = [
    "TWICE",
    "DamagedZipError",
    "Member",
    "expanded",
    "inner_name",
    "is_hidden",
    "is_word",
    "member_name",
    "open_zip",
    "refused",
    "zip_members",
]

TWICE = "an earlier file of the archive has the same name and is read; unpack it to read this one"

_UNIX = 3
_LINK, _NOT_GIVEN, _FILE = 0o12, 0, 0o10
_ENCRYPTED = 0x1
_WORD = "word/document.xml"
_OFFICE = {
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint file",
    "META-INF/container.xml": "an e-book",
    "content.xml": "an OpenDocument file",
}
_FILE_MARK, _END_MARK = b"PK\x03\x04", b"PK\x05\x06"
# The end of a zip archive: 22 bytes and a comment of up to 64 KB.
_MAX_END = 22 + 0xFFFF
_MORE_THAN_FIT = 0xFFFF
_TARS = (".tgz", ".tbz2", ".txz")
_COMPRESSED = (".gz", ".bz2", ".xz")


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive.

    `name` is its path, fit to be shown. `open` gives its bytes as a stream that is good until the
    next member is asked for, or raises `UnreadableError`.
    """

    name: str
    open: Callable[[], BinaryIO]


class DamagedZipError(UnreadableError):
    """The list of contents of a zip archive cannot be read."""


def member_name(name: str) -> str:
    """A name inside an archive as a relative path with "/", on one line: no "..", no root."""
    parts = shown(name.replace("\\", "/")).split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def is_hidden(name: str) -> bool:
    """Whether a member, or a folder it is in, is not looked at as in folders."""
    return any(is_furniture(part) for part in name.split("/"))


def refused(name: str, reason: str) -> Member:
    """A member that is not read, with the reason."""

    def fail() -> BinaryIO:
        raise UnreadableError(reason)

    return Member(name, fail)


def open_zip(stream: BinaryIO) -> ZipFile:
    """The zip archive in a stream that can seek.

    Raises DamagedZipError when its list of contents cannot be read, UnreadableError when it is a
    file of an office program.
    """
    try:
        archive = ZipFile(stream)
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:
        raise DamagedZipError("its list of contents cannot be read") from error
    if not _is_whole(archive, stream):
        raise DamagedZipError("its list of contents is damaged")
    names = set(archive.namelist())
    for name, what in _OFFICE.items():
        if name in names and (name != "content.xml" or "mimetype" in names):
            raise UnreadableError(f"it is {what}, which is not supported")
    return archive


def _is_whole(archive: ZipFile, stream: BinaryIO) -> bool:
    """Whether the list has as many files as its end says, and there is a file where it says so."""
    stream.seek(max(0, stream.seek(0, io.SEEK_END) - _MAX_END))
    tail = stream.read()
    at = tail.rfind(_END_MARK)
    count = int.from_bytes(tail[at + 10 : at + 12], "little")
    entries = archive.infolist()
    if at >= 0 and count not in (len(entries), _MORE_THAN_FIT):
        return False
    for entry in entries:
        if entry.header_offset < 0:
            return False
        stream.seek(entry.header_offset)
        if stream.read(len(_FILE_MARK)) != _FILE_MARK:
            return False
    return True


def is_word(archive: ZipFile) -> bool:
    """Whether a zip archive is a Word file."""
    return _WORD in archive.namelist()


def zip_members(archive: ZipFile, size: int, budget: Budget) -> Iterator[Member]:
    """The files of a zip archive of `size` bytes by name, hidden ones left out.

    What shows a folder to be one that a browser saved beside a page comes first: scripts, and pages
    before what lies deeper.
    """
    files = [(member_name(entry.filename), entry) for entry in archive.infolist()]
    previous = None
    for name, entry in sorted(files, key=_telling_first):
        if entry.is_dir() or is_hidden(name):
            continue
        budget.count()
        reason = TWICE if name == previous else _obstacle(entry)
        previous = name
        # A list of contents may lie, and name the same bytes for many files.
        paid = min(entry.compress_size, size)
        size -= paid
        opener = partial(_open, archive, entry, paid, budget)
        yield refused(name, reason) if reason else Member(name, opener)


def _telling_first(file: tuple[str, ZipInfo]) -> tuple[bool, bool, int, str, int]:
    name, entry = file
    return (
        not is_page_resource(name),
        not is_page_name(name),
        name.count("/"),
        name,
        entry.header_offset,
    )


def _obstacle(entry: ZipInfo) -> str | None:
    """Why a member will not be opened, or None."""
    mode = entry.external_attr >> 28 if entry.create_system == _UNIX else _NOT_GIVEN
    if mode == _LINK:
        return "it is a link, which is not followed inside an archive"
    if mode not in (_NOT_GIVEN, _FILE):
        return "it is no regular file"
    if entry.flag_bits & _ENCRYPTED:
        return "it is encrypted; unpack the archive with its password first"
    return None


def _open(archive: ZipFile, entry: ZipInfo, paid: int, budget: Budget) -> BinaryIO:
    try:
        stream = cast("BinaryIO", archive.open(entry))
    except NotImplementedError as error:
        raise UnreadableError("it is compressed in a way that is not supported") from error
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError("it is damaged inside the archive") from error
    return Expansion(stream, budget, lambda: paid).buffered()


def expanded(kind: str, stream: BinaryIO, budget: Budget) -> BinaryIO:
    """The content of a file compressed by "gzip", "bzip2" or "xz"."""
    source = Metered(stream)
    opened: BinaryIO
    if kind == "gzip":
        opened = cast("BinaryIO", Gunzipped(source.buffered()))
    elif kind == "bzip2":
        opened = cast("BinaryIO", bz2.BZ2File(source.buffered()))
    else:
        opened = cast("BinaryIO", lzma.LZMAFile(source.buffered()))  # noqa: SIM115
    return Expansion(opened, budget, lambda: source.given).buffered()


def inner_name(name: str) -> str:
    """The name of what a compressed file holds: "news.tar" for "news.tar.gz" and "news.tgz"."""
    stem, dot, suffix = name.rpartition(".")
    if dot + suffix.lower() in _TARS:
        return f"{stem}.tar"
    return stem if dot + suffix.lower() in _COMPRESSED else name
