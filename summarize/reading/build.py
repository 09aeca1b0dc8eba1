"""From what a format module found to an `Article`, with the limits and the clean-up all share."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from summarize.records import Article, Span

__all__ = [
    "DIGEST",
    "MAX_TEXT_CHARS",
    "MIN_WORDS",
    "Draft",
    "NoTextError",
    "Record",
    "UnreadableError",
    "line_spans",
    "one_line",
    "printable",
    "to_article",
]

# The longest of 34,585 news articles measured has 77 thousand characters: what is 26 times that is
# a book or a broken export.
MAX_TEXT_CHARS = 2_000_000
MIN_WORDS = 5

_WORD = re.compile(r"\w+")
# Everything a terminal would obey instead of showing it, and halves of characters that cannot be
# written in any encoding. Tab, line feed and the other white space stay.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# How a digest and the pages of a batch are headed, in all their forms: told again, their sentences
# would seem another source's.
_DIGEST = re.compile(
    r"(?:# )?(?:Digest of |What is new: )?\d[\d,]* articles? in \d[\d,]* stor(?:y|ies)\s*"
    r"|\d[\d,]* digests? of \d[\d,]* articles?|Digests of summarize"
)
_INK = re.compile(r"\S(?:[^\n]*\S)?")


DIGEST = "it is a digest, not an article; keep digests in another folder"
"""Why what this program wrote is not read."""


class UnreadableError(Exception):
    """This input gives no article; the message is the reason a user reads."""


class NoTextError(UnreadableError):
    """There is hardly a word in it, or only links: that of an entry of a list is no failure."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file states about one article (see `Article`), before limits are checked.

    An entry of a list that has a title and no text is one with an empty text.
    """

    text: str
    title: str | None = None
    source: str | None = None
    published: date | None = None
    mailed: bool = False
    received: date | None = None
    enclosed: tuple[str, ...] = ()


Record = tuple[str, Draft | UnreadableError]
"""The suffix that tells a file's records apart, and the article or why there is none."""


def printable(text: str) -> str:
    """The text with control characters and lone surrogates as U+FFFD, one for one."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str | None) -> str | None:
    """A title or name fit to be shown: one line, no direction marks; None when nothing is left."""
    if text is None:
        return None
    return " ".join(_BIDI.sub("", printable(text)).split()) or None


def line_spans(text: str) -> tuple[Span, ...]:
    """The non-blank lines without the white space (also no-break) around them."""
    return tuple(Span(*match.span()) for match in _INK.finditer(text))


def to_article(draft: Draft, path: str, named: str = "") -> Article:
    """The article, or `UnreadableError` when its text is too long or hardly there."""
    text = printable(draft.text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise NoTextError("it has no text")
    first = text.lstrip().partition("\n")[0]
    if any(_DIGEST.fullmatch(line or "") for line in (draft.title, draft.source, first)):
        raise UnreadableError(DIGEST)
    if len(text) > MAX_TEXT_CHARS:
        raise UnreadableError(
            f"its text has {len(text):,} characters, more than the {MAX_TEXT_CHARS:,} of an article"
        )
    words = sum(1 for _, _ in zip(_WORD.finditer(text), range(MIN_WORDS), strict=False))
    if words < MIN_WORDS:
        raise NoTextError(f"it has fewer than {MIN_WORDS} words of text")
    return Article(
        id=hashlib.blake2b(text.encode("utf-8"), digest_size=8).hexdigest(),
        path=path,
        named=named or path,
        text=text,
        title=one_line(draft.title),
        source=one_line(draft.source),
        published=draft.published,
        mailed=draft.mailed,
        received=draft.received,
        enclosed=tuple(one_line(name) or "" for name in draft.enclosed),
        paragraphs=line_spans(text),
    )
