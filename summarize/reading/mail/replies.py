"""The text of a mail: forwarded messages with their headers, quoted replies and signatures."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarize.reading.build import MIN_WORDS

__all__ = ["Letter", "is_cover_note", "letters"]

# Such as "---------- Forwarded message ---------" and "Begin forwarded message:".
_FORWARDED = re.compile(
    r"[-_ ]*(?:begin )?forwarded (?:message|mail)[-_: ]*|[-_ ]+forwarded by .{1,200}", re.IGNORECASE
)
# A line "-----Original Message-----" stands above forwarded messages and above those answered.
_ORIGINAL = re.compile(r"[-_ ]+original (?:message|mail|appointment)[-_ ]*", re.IGNORECASE)
_FIELD = re.compile(
    r"\*?(?P<name>from|sent|date|subject|to|cc|bcc|reply-to)\*?[ \t]*:\*?[ \t]*(?P<value>.*)",
    re.IGNORECASE,
)
_NAMES = {"sent": "date", "from": "sender"}
_HEADER_LINES = 12
_QUOTED = re.compile(r"\A[ \t]*>[ \t]?")
_MAX_QUOTES = 20
_ADDRESS = re.compile(r"[^\s<>@]{1,100}@[^\s<>@]{1,100}")
_ATTRIBUTION_CHARS = 300
# The custom is four lines; legal notices run on, but a longer "signature" is a part of the text.
_SIGNATURE_LINES = 15
_SIGNATURE = ("--", "-- ")
_NOTE_WORDS = 40
_MAX_FORWARDS = 20
# What a note says that only sends something along: what it is, or how letters begin and end.
_SENDS = re.compile(
    r"\b(?:attach(?:ed|ing|ments?)|enclos(?:ed|ing|ures?))\b(?! (?:to|by)\b)"
    r"|\b(?:fyi|pfa|for your (?:information|records))\b"
    r"|^[ \t]*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^.\n]{0,60}[,:!\n-]"
    r"|^[ \t]*(?:(?:with )?(?:best|kind|warm)(?:est)?(?: (?:regards|wishes))?|regards|cheers"
    r"|(?:many )?thanks(?: again)?|thank you|sincerely|yours(?: \w+)?)[ \t]*[,.!]?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A text somebody wrote, and what the header lines above it in the mail state, if any."""

    text: str
    subject: str | None = None
    sender: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class _Header:
    """The header lines of a message inside a text: `lines[start:end]`."""

    start: int
    end: int
    fields: Mapping[str, str]


def letters(text: str, *, reply: bool) -> tuple[Letter, ...]:
    """The letters in a mail's text: its own words, or the message it forwards, at least one.

    Quoted answers and signatures are left out. What stands above a forwarded message is a letter
    of its own from 40 words on; what is shorter says "see below". `reply` says whether the mail
    answers another, whose text is then no news.
    """
    lines = _unquoted(text.replace("\r\n", "\n").split("\n"))
    found: list[Letter] = []
    fields: Mapping[str, str] = {}
    for _ in range(_MAX_FORWARDS):
        header = _forwarded(lines, reply=reply)
        if header is None:
            break
        note = _own_words(lines[: header.start], reply=reply)
        if len(note.split()) >= _NOTE_WORDS:
            found.append(Letter(note, **fields))
        lines, fields = _unquoted(lines[header.end :]), header.fields
    return (*found, Letter(_own_words(lines, reply=reply), **fields))


def is_cover_note(text: str) -> bool:
    """Whether a mail's text is short and written as what only sends along what is attached."""
    return len(text.split()) < _NOTE_WORDS and _SENDS.search(text) is not None


def _unquoted(lines: Sequence[str]) -> list[str]:
    """The lines, without their ">" if every one has it, as some programs forward messages."""
    for _ in range(_MAX_QUOTES):
        inked = [line for line in lines if line.strip()]
        if not inked or not all(_QUOTED.match(line) for line in inked):
            break
        lines = [_QUOTED.sub("", line) for line in lines]
    return list(lines)


def _forwarded(lines: Sequence[str], *, reply: bool) -> _Header | None:
    for index, line in enumerate(lines):
        text = _QUOTED.sub("", line).strip()
        if _FORWARDED.fullmatch(text) or (not reply and _ORIGINAL.fullmatch(text)):
            header = _header(lines, index + 1)
            if header is not None:
                return _Header(index, header.end, header.fields)
        elif not reply and _opens_header(lines, index):
            return _header(lines, index)
    return None


def _opens_header(lines: Sequence[str], index: int) -> bool:
    """Whether sender, date and subject follow without a line that says what they are."""
    if not lines[index].lstrip("> *").lower().startswith("from"):
        return False
    header = _header(lines, index)
    return header is not None and {"sender", "date", "subject"} <= header.fields.keys()


def _header(lines: Sequence[str], start: int) -> _Header | None:
    fields: dict[str, str] = {}
    for index in range(start, min(start + _HEADER_LINES, len(lines))):
        text = _QUOTED.sub("", lines[index]).strip()
        if match := _FIELD.fullmatch(text):
            name = match["name"].lower()
            fields.setdefault(_NAMES.get(name, name), match["value"])
        elif fields and (not text or "sender" in fields or "subject" in fields):
            return _known(start, index, fields)
        elif text:
            return None
    return _known(start, min(start + _HEADER_LINES, len(lines)), fields)


def _known(start: int, end: int, fields: Mapping[str, str]) -> _Header | None:
    known = {name: fields[name] for name in ("subject", "sender", "date") if name in fields}
    return _Header(start, end, known) if "sender" in known or "subject" in known else None


def _own_words(lines: Sequence[str], *, reply: bool) -> str:
    """The text without signature and quoted messages; all of it where hardly a word is left."""
    kept = _without_quotes(_without_signature(lines), reply=reply)
    text = "\n".join(kept).strip()
    if len(text.split()) >= MIN_WORDS:
        return text
    return "\n".join(_QUOTED.sub("", line) for line in lines).strip()


def _without_signature(lines: Sequence[str]) -> Sequence[str]:
    for index in range(len(lines) - 1, max(-1, len(lines) - 1 - _SIGNATURE_LINES), -1):
        if lines[index] in _SIGNATURE:
            return lines[:index]
    return lines


def _without_quotes(lines: Sequence[str], *, reply: bool) -> list[str]:
    kept: list[str] = []
    index = 0
    while index < len(lines):
        if reply and (_ORIGINAL.fullmatch(lines[index].strip()) or _opens_header(lines, index)):
            break
        length = _attribution(lines, index, reply=reply)
        if not length:
            kept.append(lines[index])
            index += 1
            continue
        index += length
        end = index
        while end < len(lines) and (not lines[end].strip() or _QUOTED.match(lines[end])):
            end += 1
        if not any(_QUOTED.match(line) for line in lines[index:end]):
            break  # quoted without marks: nothing tells where it ends
        index = end
    return kept


def _attribution(lines: Sequence[str], index: int, *, reply: bool) -> int:
    """How many lines (0 to 2) say that somebody "wrote:" what is quoted next.

    Without an address, in a mail that answers none, the line may be one of an article.
    """
    start = lines[index].lstrip()
    if len(start) > _ATTRIBUTION_CHARS or not (start.lower().startswith("on ") or "@" in start):
        return 0
    for length in (1, 2):
        text = " ".join(line.strip() for line in lines[index : index + length])
        if len(text) <= _ATTRIBUTION_CHARS and text.lower().endswith("wrote:"):
            addressed = _ADDRESS.search(text) is not None
            return length if addressed or (reply and any(map(str.isdigit, text))) else 0
    return 0
