"""Which files there are, and their bytes as text."""

import codecs
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePath, PurePosixPath
from typing import BinaryIO

from summarize.reading.build import UnreadableError, printable
from summarize.reading.folders import names_in
from summarize.records import Failure

__all__ = [
    "MAX_FILE_BYTES",
    "InputFile",
    "decode",
    "find_files",
    "load",
    "load_stream",
    "opened",
    "shown",
]

MAX_FILE_BYTES = 32 * 1024 * 1024

# One control character in a hundred: text has next to none, compressed data one in eight.
_MAX_CONTROL_SHARE = 0.01
# Of the letters. Icelandic, which has the most of the languages of Windows-1252, has 13 %.
_MAX_ACCENTED_SHARE = 0.4
_ACCENTED = re.compile("[\xaa\xb5\xba\xc0-\xff\u0100-\u02ff]")
_PLAIN = re.compile("[A-Za-z]")
_BOMS = (  # UTF-32 before UTF-16, whose mark begins the same way
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Quotes, dashes and dots of Mac Roman where the letters that these bytes are in Windows-1252 (ÒÓÔÕ
# ÐÑÉ) do not stand: behind a small letter or a stop, alone, before a capital and a small letter. Of
# 10,000 articles in Windows-1252 none has enough of them, of 7,800 in Mac Roman 94 % have.
_MAC_MARKS = re.compile(
    rb"(?<=[a-z,.?!])[\xc9\xd0-\xd5]|(?<= )[\xd0\xd1](?= )|[\xd2\xd4](?=[A-Z][a-z])"
)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_MIN_MAC_SHARE = 0.2
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LINE_ENDS = re.compile("[\t\n\v\f\r\x85\u2028-\u202e\u2066-\u2069]")
_MULTIBYTE = re.compile("[\x80-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read: `path` for `Article.path`, `shown` as the user named it, and where it is."""

    path: str
    shown: str
    location: Path


def find_files(paths: Sequence[str | Path]) -> tuple[tuple[InputFile, ...], tuple[Failure, ...]]:
    """All files behind the arguments, in their order and sorted within a folder, each once."""
    found: list[InputFile] = []
    failures: list[Failure] = []
    seen: set[str] = set()
    for given in paths:
        if given == "":
            # A variable that a script has not set; as a path it would be the current folder.
            failures.append(Failure('""', "an empty name is no file or folder"))
            continue
        files = sorted(_walk(Path(given)), key=lambda file: file.path)
        for file in files:
            if reason := _obstacle(file.location):
                failures.append(Failure(file.shown, reason))
                continue
            # The real path, so that a link beside its target does not double an article.
            real = os.path.realpath(file.location)
            if real not in seen:
                seen.add(real)
                found.append(file)
    return _told_apart(found), tuple(failures)


def shown(path: PurePath | str) -> str:
    """A path with "/" that can be printed on one line, whatever its bytes are."""
    return _LINE_ENDS.sub("\N{REPLACEMENT CHARACTER}", printable(PurePath(path).as_posix()))


def _walk(argument: Path) -> Iterator[InputFile]:
    """The files of one argument. Real folders come first, so that a link never hides its target."""
    if not _is_folder(argument):
        yield InputFile(shown(argument.name), shown(argument), argument)
        return
    folders, visited = [argument], set[str]()
    links: list[Path] = []
    while folders or links:
        folder = folders.pop() if folders else links.pop(0)
        real = os.path.realpath(folder)
        if real in visited:
            continue
        visited.add(real)
        try:
            names = names_in(folder)
        except OSError:
            yield _input(argument, folder)
            continue
        for path in (folder / name for name in names):
            if not _is_folder(path):
                yield _input(argument, path)
            elif path.is_symlink():
                links.append(path)
            else:
                folders.append(path)


def _is_folder(path: Path) -> bool:
    # Unlike `Path.is_dir`, this says no instead of raising where access is refused.
    return os.path.isdir(path)  # noqa: PTH112


def _input(argument: Path, path: Path) -> InputFile:
    relative = shown(path.relative_to(argument))
    return InputFile(relative, shown(path), path)


def _obstacle(path: Path) -> str | None:
    """Why the file will not be opened, or None."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "the link leads nowhere" if path.is_symlink() else "there is no such file or folder"
    except OSError as error:
        return _refusal(error)
    except ValueError:
        return "its name is no valid path"
    if stat.S_ISDIR(mode):
        return "the folder cannot be opened (permission denied)"
    return None if stat.S_ISREG(mode) else "it is no regular file"


def _told_apart(files: Sequence[InputFile]) -> tuple[InputFile, ...]:
    """Where two arguments hold the same relative path, longer paths until all differ."""
    result = list(files)
    for depth in range(1, 1 + max((len(file.location.parts) for file in files), default=0)):
        counts = Counter(file.path for file in result)
        clashing = [index for index, file in enumerate(result) if counts[file.path] > 1]
        if not clashing:
            break
        for index in clashing:
            file = files[index]
            keep = len(PurePosixPath(file.path).parts) + depth
            parts = file.location.absolute().parts[1:]
            result[index] = replace(file, path=shown("/".join(parts[-keep:])))
    return tuple(result)


@contextmanager
def opened(location: Path) -> Iterator[BinaryIO]:
    """The file for reading; what the system refuses becomes an `UnreadableError`."""
    try:
        with location.open("rb") as file:
            yield file
    except OSError as error:
        raise UnreadableError(_refusal(error)) from error


def _refusal(error: OSError) -> str:
    return f"it cannot be opened ({(error.strerror or type(error).__name__).lower()})"


def load(location: Path) -> bytes:
    """The bytes of a file within the size limit; `UnreadableError` says what stands in the way."""
    with opened(location) as file:
        return load_stream(file)


def load_stream(stream: BinaryIO) -> bytes:
    """The rest of a stream, as `load` gives a file."""
    data = stream.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableError(f"it is larger than {MAX_FILE_BYTES // 1024**2} MB")
    if not data:
        raise UnreadableError("it is empty")
    return data


def decode(data: bytes, declared: str | None = None) -> str:
    """Bytes as text: byte order mark, strict UTF-8, the declared charset, Mac Roman, Windows-1252.

    Nothing is replaced: bytes that fit none of them raise `UnreadableError`, as a text full of
    wrong letters would be quoted as the source's words.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], name))
    if b"\0" in data:
        raise UnreadableError("it is not text (it contains NUL bytes)")
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if declared and (text := _declared(data, declared)):
            return _checked(text)
        if _damaged_utf8(data):
            raise UnreadableError(
                f"it is damaged UTF-8 (at byte {error.start:,}); save it again as UTF-8"
            ) from error
    marks = len(_MAC_MARKS.findall(data))
    mac = marks > _MIN_MAC_SHARE * len(_NOT_ASCII.findall(data))
    return _checked(_western(_strict(data, "mac_roman" if mac else "cp1252")))


def _western(text: str) -> str:
    """What was taken for Windows-1252; Cyrillic or Chinese in a code page of theirs is not."""
    accented = len(_ACCENTED.findall(text))
    if accented > _MAX_ACCENTED_SHARE * (accented + len(_PLAIN.findall(text))):
        raise UnreadableError("it is in an encoding that it does not state; save it as UTF-8")
    return text


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        shown = "UTF-8 or Windows-1252" if name == "cp1252" else name.upper()
        raise UnreadableError(
            f"it is not text, or not {shown} (at byte {error.start:,}); save it as UTF-8"
        ) from error


def _declared(data: bytes, name: str) -> str | None:
    # Browsers read "ISO-8859-1" and "US-ASCII" pages as Windows-1252, and so pages are written.
    folded = name.lower().replace("_", "-")
    if folded in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"):
        folded = "cp1252"
    try:
        return data.decode(folded)
    except (LookupError, ValueError):
        return None


def _damaged_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII is well-formed UTF-8: Windows-1252 hardly ever is."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    return len(_MULTIBYTE.findall(text)) - broken > broken


def _checked(text: str) -> str:
    if len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * len(text):
        raise UnreadableError("it is not text (too many control characters)")
    return text
