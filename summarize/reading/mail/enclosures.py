"""What comes with the text of a mail: files to be read, and what only dresses or signs it."""

from collections.abc import Sequence
from itertools import count
from pathlib import PurePosixPath

from summarize.reading.mail.mime import Part, file_name

__all__ = ["enclosures"]

# Logos, tracking pixels, invitations, cards, proofs of who wrote: they hold no article. A scanned
# page is a picture, too, so who finds no article in a mail names them after all.
_DRESS = ("image/", "font/")
_DRESSES = frozenset([
    "application/pgp-keys", "application/pgp-signature", "application/pkcs7-signature",
    "application/x-pkcs7-signature", "application/ics", "text/calendar", "text/css",
    "text/directory", "text/vcard", "text/x-vcard",
])  # fmt: skip
# Some programs send every file as a row of bytes; then its name says what it is.
_BYTES = "application/octet-stream"
_SUFFIXES = frozenset([
    ".asc", ".bmp", ".css", ".gif", ".heic", ".ics", ".jpeg", ".jpg", ".p7s", ".png", ".sig",
    ".svg", ".tif", ".tiff", ".vcf", ".webp",
])  # fmt: skip


def enclosures(parts: Sequence[Part]) -> tuple[dict[str, Part], dict[str, Part]]:
    """The parts to be read, and those that dress the mail, each with a name of its own."""
    read: dict[str, Part] = {}
    dress: dict[str, Part] = {}
    for number, part in enumerate(parts, start=1):
        name = file_name(part, number)
        stem, dot, suffix = name.rpartition(".")
        tries = (f"{stem} ({n}){dot}{suffix}" for n in count(2))
        while name in read or name in dress:
            name = next(tries)
        (dress if _is_dress(part, name) else read)[name] = part
    return read, dress


def _is_dress(part: Part, name: str) -> bool:
    if part.kind == _BYTES:
        return PurePosixPath(name.lower()).suffix in _SUFFIXES
    return part.kind.startswith(_DRESS) or part.kind in _DRESSES
