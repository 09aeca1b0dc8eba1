"""What comes with the text of a mail: files to be read, and what only decorates or signs it."""

from collections.abc import Sequence
from itertools import count
from pathlib import PurePosixPath

from summarize.reading.mail.mime import Part, file_name

__all__ = ["enclosures"]

# Logos, tracking pixels, invitations, cards, proofs of who wrote: they hold no article. A scanned
# page is a picture, too, so who finds no article in a mail names them after all.
_PICTURES = ("image/", "font/")
_OTHER_DECORATION = frozenset([
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
    """The parts to be read, and those that only decorate the mail, each with its own name."""
    read: dict[str, Part] = {}
    decoration: dict[str, Part] = {}
    for number, part in enumerate(parts, start=1):
        name = file_name(part, number)
        stem, dot, suffix = name.rpartition(".")
        tries = (f"{stem} ({n}){dot}{suffix}" for n in count(2))
        while name in read or name in decoration:
            name = next(tries)
        (decoration if _is_decoration(part, name) else read)[name] = part
    return read, decoration


def _is_decoration(part: Part, name: str) -> bool:
    if part.kind == _BYTES:
        return PurePosixPath(name.lower()).suffix in _SUFFIXES
    return part.kind.startswith(_PICTURES) or part.kind in _OTHER_DECORATION
