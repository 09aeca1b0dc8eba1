"""What of a folder is looked at: all but what programs put beside articles."""

import os
from html import unescape
from pathlib import Path, PurePosixPath
from unicodedata import normalize
from urllib.parse import unquote

from summarize.config import PROJECT_FILE

__all__ = [
    "companions",
    "is_furniture",
    "is_page_name",
    "is_page_resource",
    "names_in",
    "resource_folder",
]

# Of Windows and of Word, which keeps one beside each open file; names with a dot are all hidden.
_SYSTEM = frozenset(["thumbs.db", "desktop.ini", "__macosx"])
_LOCK = "~$"
# As much of a page as is looked through for the name of its folder; it stands in the head.
_MOST_BYTES = 256 * 1024
_PAGES = (".html", ".htm", ".xhtml")
# What browsers call the folder of a saved page's pictures and scripts, in their languages.
_COMPANIONS = ("_files", "-Dateien", "_fichiers", "_archivos", "_bestanden", "_file")
# What only such a folder holds; browsers that do not open a script call it ".js.download".
_RESOURCES = (".css", ".js", ".css.download", ".js.download")


def names_in(folder: Path) -> list[str]:
    """The names in a folder that may be or hold articles, sorted; raises OSError.

    Left out are hidden files, a project's settings, what systems and office programs leave, and the
    folder that a browser saves beside a page: its advertisements and frames are pages, too. It is
    known by its name, and by the page that names it or else by the scripts and styles in it.
    """
    names = sorted(entry.name for entry in os.scandir(folder))
    present = set(names)
    return [
        name
        for name in names
        if not is_furniture(name)
        and name != PROJECT_FILE.name
        and not _is_companion(folder, name, present)
    ]


def is_furniture(name: str) -> bool:
    """Whether a file or folder of that name is hidden, or a system's or office program's own."""
    return name.startswith((".", _LOCK)) or name.lower() in _SYSTEM


def is_page_name(name: str) -> bool:
    """Whether a file of that name may have a folder that a browser saved beside it."""
    return name.lower().endswith(_PAGES)


def companions(name: str, head: bytes) -> frozenset[str]:
    """What the folder beside a page may be called, by how the page begins; none if it has none."""
    stem = name.rpartition(".")[0]
    text = _unescaped(head)
    folders = (stem + ending for ending in _COMPANIONS)
    return frozenset(folder for folder in folders if _refers(text, folder))


def is_page_resource(name: str) -> bool:
    """Whether a file of that name is a script or a style, which pages need and are not."""
    return name.lower().endswith(_RESOURCES)


def resource_folder(path: str) -> frozenset[str]:
    """The folder that a file in an archive shows to be a saved page's, with the page or without."""
    folder = PurePosixPath(path).parent
    named = any(folder.name.removesuffix(ending) != folder.name for ending in _COMPANIONS)
    return frozenset([str(folder)]) if named and is_page_resource(path) else frozenset()


def _is_companion(folder: Path, name: str, present: set[str]) -> bool:
    for ending in _COMPANIONS:
        stem = name.removesuffix(ending)
        if stem == name:
            continue
        pages = [folder / (stem + suffix) for suffix in _PAGES if stem + suffix in present]
        if any(name in companions(page.name, _head(page)) for page in pages):
            return True
        if _holds_page_resources(folder / name):
            return True
    return False


def _holds_page_resources(folder: Path) -> bool:
    """Whether a folder holds what a page needs: the page itself was renamed, moved or removed."""
    try:
        return any(is_page_resource(path.name) for path in folder.iterdir())
    except OSError:
        return False


def _head(page: Path) -> bytes:
    try:
        if not page.is_file():
            return b""
        with page.open("rb") as stream:
            return stream.read(_MOST_BYTES)
    except OSError:
        return b""


def _unescaped(head: bytes) -> str:
    """The beginning of a page, in which addresses may be escaped as such and as markup."""
    return normalize("NFC", unquote(unescape(head.decode("utf-8", "replace"))))


def _refers(text: str, folder: str) -> bool:
    return normalize("NFC", f"{folder}/") in text
