"""One file to its articles: which reader takes it, and what is inside of what."""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from summarize.reading.archives.budget import MAX_DEPTH, MAX_REFUSALS, Budget, Metered
from summarize.reading.archives.salvage import salvaged
from summarize.reading.archives.tar import tar_members
from summarize.reading.archives.zip import (
    DamagedZipError,
    Member,
    expanded,
    inner_name,
    is_word,
    open_zip,
    zip_members,
)
from summarize.reading.build import Record, UnreadableError
from summarize.reading.files import InputFile, decode, load_stream, opened
from summarize.reading.folders import companions, is_page_name, resource_folder
from summarize.reading.found import Result, collected, fault, guarded, joined
from summarize.reading.kinds import HEAD_BYTES, KINDS, kind_of, unsupported
from summarize.reading.web.mhtml import page_text

__all__ = [
    "Part",
    "ReadPart",
    "is_plain",
    "parts",
    "read_file",
]

ReadPart = Callable[[str, bytes], Iterator[Record]]
"""Reads an attachment by its name and bytes; suffixes are relative to it."""

_COMPRESSED = ("gzip", "bzip2", "xz")
_DELIMITERS = {"csv": ",", "tsv": "\t"}


@dataclass(frozen=True, slots=True)
class Part:
    """What can be read, or lost, by itself: a file, a file inside an archive, a page of a crawl.

    `member` is "/" and its path inside the file, or "". `record` tells apart the parts of one
    member. `records` is lazy: nothing is parsed, and nothing expanded in vain, before it is asked.
    """

    member: str
    records: Iterator[Record]
    record: str = ""

    @property
    def label(self) -> str:
        """What its records' names inside the file begin with."""
        return self.member + self.record


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the input file we are: inside which member, at which depth, with what budget."""

    member: str
    name: str
    depth: int
    budget: Budget


def is_plain(file: InputFile, data: bytes | None = None) -> bool:
    """Whether a file is text that needs no parser which could hang or crash."""
    try:
        with _stream(file, data) as stream:
            kind = kind_of(file.location.name, stream.read(HEAD_BYTES))
    except UnreadableError:
        return True
    return kind is None or KINDS[kind].plain


def read_file(file: InputFile, data: bytes | None = None) -> Result:
    """The articles of a file and what failed in it. Never raises: one bad file is one failure.

    `data` are its bytes where there is no file behind it.
    """
    return joined(
        (part.member, result)
        for part in parts(file, data)
        for result in collected(file, part.member, part.record, part.records)
    )


def parts(file: InputFile, data: bytes | None = None) -> Iterator[Part]:
    """Everything in a file that can be read by itself, always in the same order.

    A part is good until the next one is asked for.
    """
    try:
        with _stream(file, data) as stream:
            budget = Budget(stream.seek(0, io.SEEK_END))
            stream.seek(0)
            place = _Place("", file.location.name, 0, budget)
            yield from _inside(Metered(stream, budget.earn).buffered(), place)
    except UnreadableError as error:
        yield Part("", _failed(error))


def _stream(file: InputFile, data: bytes | None) -> Any:
    return opened(file.location) if data is None else io.BytesIO(data)


def _failed(error: UnreadableError) -> Iterator[Record]:
    yield "", error


def _inside(stream: BinaryIO, place: _Place) -> Iterator[Part]:
    """The parts of what is at `place`; what goes wrong between them is a part of its own."""
    try:
        try:
            head = cast("io.BufferedReader", stream).peek(HEAD_BYTES)[:HEAD_BYTES]
        except UnreadableError as error:
            # The records of a web archive are compressed one by one: the next may be whole.
            if kind_of(place.name, b"") != "warc":
                raise
            yield Part(place.member, _failed(error))
            head = b""
        kind = kind_of(place.name, head)
        if kind is None:
            raise UnreadableError(unsupported(place.name))  # noqa: TRY301
        if not head and kind != "warc":
            raise UnreadableError("it is empty")  # noqa: TRY301
        yield from _opened(kind, stream, place)
    except UnreadableError as error:
        yield Part(place.member, _failed(error))
    except Exception as error:  # noqa: BLE001 (a parser's bug must not lose the other files)
        yield Part(place.member, _failed(fault(error)))


def _opened(kind: str, stream: BinaryIO, place: _Place) -> Iterator[Part]:
    if kind not in ("zip", "tar", "warc", *_COMPRESSED):
        yield Part(place.member, _records(kind, stream, place))
        return
    if place.depth == MAX_DEPTH:
        raise UnreadableError(f"archives are nested more than {MAX_DEPTH} deep here")
    inner = replace(place, depth=place.depth + 1)
    if kind in _COMPRESSED:
        inner = replace(inner, name=inner_name(place.name))
        yield from _inside(expanded(kind, stream, place.budget), inner)
    elif kind == "warc":
        for page in _function("warc")(stream, place.budget):
            yield Part(place.member, page.records, page.suffix)
    else:
        yield from _members(kind, stream, inner)


def _members(kind: str, stream: BinaryIO, place: _Place) -> Iterator[Part]:
    """The parts of an archive's members; a Word file is a zip archive, too."""
    if kind == "tar":
        members = tar_members(stream, place.budget)
    else:
        stream = stream if place.depth == 1 else io.BytesIO(load_stream(stream))
        try:
            archive = open_zip(stream)
        except DamagedZipError:
            stream.seek(0)
            members = salvaged(stream, place.budget)
        else:
            if is_word(archive):
                stream.seek(0)
                yield Part(place.member, _records("docx", stream, place))
                return
            members = zip_members(archive, stream.seek(0, io.SEEK_END), place.budget)
    yield from _each(members, place)


def _each(members: Iterable[Member], place: _Place) -> Iterator[Part]:
    """The parts of each member; of a bomb with many members only the first ones.

    Not of those in a folder that a browser saved beside a page, if the page or a script of the
    folder comes first.
    """
    empty, refused = True, 0
    beside: set[str] = set()
    for member in members:
        empty, before = False, place.budget.refusals
        beside |= resource_folder(member.name)
        if beside and not beside.isdisjoint(map(str, PurePosixPath(member.name).parents)):
            continue
        inside = replace(place, member=f"{place.member}/{member.name}", name=member.name)
        try:
            content = member.open()
        except UnreadableError as error:
            yield Part(inside.member, _failed(error))
        else:
            beside |= _companions(member.name, content)
            yield from _inside(content, inside)
        refused += place.budget.refusals > before
        if refused == MAX_REFUSALS:
            raise UnreadableError(f"{refused} of its files expand too far; the rest is not read")
    if empty:
        raise UnreadableError("the archive holds no files")


def _companions(name: str, content: BinaryIO) -> frozenset[str]:
    """The folders beside a member that its beginning names, if it is a saved page."""
    if not is_page_name(name):
        return frozenset()
    page = PurePosixPath(name)
    try:
        beside = companions(page.name, cast("io.BufferedReader", content).peek())
        return frozenset(str(page.with_name(folder)) for folder in beside)
    except UnreadableError:
        return frozenset()  # who reads it is told


def _function(kind: str) -> Callable[..., Any]:
    """The reader of a kind, imported when the first file of the kind comes."""
    module = import_module(f"summarize.reading.{KINDS[kind].module}")
    function: Callable[..., Any] = getattr(module, KINDS[kind].function)
    return function


def _records(kind: str, stream: BinaryIO, place: _Place) -> Iterator[Record]:
    """The records of a file of one kind."""
    try:
        read = _function(kind)
        if kind == "lines":
            yield from read(stream)
            return
        data = load_stream(stream)
        if kind in ("text", "markdown"):
            yield "", read(decode(data))
        elif kind == "page":
            yield "", read(page_text(data))
        elif kind == "json":
            yield from read(decode(data))
        elif kind in ("mail", "mailbox"):
            yield from read(data, partial(_nested, place))
        elif kind in _DELIMITERS:
            yield from read(data, _DELIMITERS[kind])
        else:
            yield from read(data)
    except ModuleNotFoundError as error:
        raise UnreadableError(_missing(kind)) from error


def _missing(kind: str) -> str:
    suffix, extra = KINDS[kind].suffixes[0], KINDS[kind].extra
    if not extra:
        return f"{suffix} files are not supported by this installation"
    return f'reading it needs {KINDS[kind].library}: pip install "summarize[{extra}]"'


def _nested(place: _Place, name: str, data: bytes) -> Iterator[Record]:
    """The records of an attachment, for the reader of the file it is in."""
    if place.depth == MAX_DEPTH:
        yield "", UnreadableError(f"files are nested more than {MAX_DEPTH} deep here")
        return
    inside = replace(place, member="", name=name, depth=place.depth + 1)
    for part in _inside(cast("BinaryIO", io.BufferedReader(io.BytesIO(data))), inside):
        for suffix, draft in guarded(part.records):
            yield part.label + suffix, draft
