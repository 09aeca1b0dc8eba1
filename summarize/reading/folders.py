"""What of a folder is looked at: all but what programs put beside articles."""

import os
from html import unescape
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

from summarize.config import PROJECT_FILE

__all__ = ["is_furniture", "names_in"]

# Of Windows and of Word, which keeps one beside each open file; names with a dot are all hidden.
_SYSTEM = frozenset(["thumbs.db", "desktop.ini", "__macosx"])
_LOCK = "~$"
# As much of a page as is looked through for the name of its folder; it stands in the head.
_MOST_BYTES = 256 * 1024
_PAGES = (".html", ".htm", ".xhtml")
# What browsers call the folder of a saved page's pictures and scripts, in their languages.
_COMPANIONS = ("_files", "-Dateien", "_fichiers", "_archivos", "_bestanden", "_file")


def names_in(folder: Path) -> list[str]:
    """The names in a folder that may be or hold articles, sorted; raises OSError.

    Left out are hidden files, a project's settings, what systems and office programs leave, and the
    folder that a browser saves beside a page, if the page names it: its advertisements and frames
    are pages, too.
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


def _is_companion(folder: Path, name: str, present: set[str]) -> bool:
    for ending in _COMPANIONS:
        stem = name.removesuffix(ending)
        if stem == name:
            continue
        pages = [folder / (stem + suffix) for suffix in _PAGES if stem + suffix in present]
        if any(_names(page, f"{name}/") for page in pages):
            return True
    return False


def _names(page: Path, place: str) -> bool:
    """Whether a page refers to a place, which it may escape as an address and as markup."""
    try:
        if not page.is_file():
            return False
        with page.open("rb") as stream:
            text = stream.read(_MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return False
    return normalize("NFC", place) in normalize("NFC", unquote(unescape(text)))
