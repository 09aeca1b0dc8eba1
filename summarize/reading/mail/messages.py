"""Mails: a message in a file of its own, and mailboxes with many.

`mime` takes a message apart; here is what its parts mean to a reader.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from summarize.reading.build import MAX_TEXT_CHARS, Draft, Record, UnreadableError
from summarize.reading.files import decode
from summarize.reading.mail.enclosures import enclosures
from summarize.reading.mail.mime import Limits, Part, field, parse_message, sender
from summarize.reading.mail.replies import Letter, is_cover_note, letters
from summarize.reading.text.dates import parse_date
from summarize.reading.text.plain import read_text
from summarize.reading.web.html import declared_charset, is_page, plain_text, read_html

__all__ = ["ReadPart", "read_mail", "read_mailbox"]

# What reads an attachment: its name, whose suffix tells the format, and its bytes.
ReadPart = Callable[[str, bytes], Iterator[Record]]

# The line above each mail of a mailbox: an address and a time, then the first header line. The year
# tells it from a sentence of a mail that was not quoted as it should be.
_FROM = re.compile(
    rb"^From [^\n]{0,200}\d:\d\d[^\n]{0,50}\b\d{4}\b[^\n]{0,50}\n(?=[!-9;-~]{1,100}:|>From )",
    re.MULTILINE,
)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_REPLY = re.compile(r"\s*(?:re|aw|sv|antw)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
_PREFIXES = re.compile(
    r"\A(?:\s*(?:re|aw|sv|antw|fwd?|wg|tr)\s*(?:\[\d+\])?\s*:)+\s*", re.IGNORECASE
)
_MAX_TEXT_BYTES = 4 * MAX_TEXT_CHARS  # no encoding takes more
_LINK = re.compile(r"<?https?://\S+")
# A plain part with fewer than half of the words of the HTML part says "open this in a browser".
_STUB_SHARE = 0.5
# A mail has no menus: an extraction that leaves out a quarter of it lost articles.
_EXTRACTED_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class _Text:
    """A text in one or two forms."""

    plain: Part | None
    marked_up: Part | None


def read_mail(data: bytes, read_part: ReadPart | None = None) -> Iterator[Record]:
    """The article in a mail (""), and those in its attachments ("/name").

    The subject is the title, the sender's name the source and the mail's date the published day;
    what is stated above a forwarded message comes before that. `read_part` reads attachments; a
    note that only sends an article with it is none itself.
    """
    return _read(data, "", read_part, Limits())


def read_mailbox(data: bytes, read_part: ReadPart | None = None) -> Iterator[Record]:
    """The mails of a mailbox, numbered from 1 ("#1"), each as `read_mail` reads it."""
    starts = _FROM.finditer(data)
    first = next(starts, None)
    begin = first.end() if first else 0
    number = 1
    for start in starts:
        yield from _numbered(data[begin : start.start()], number, read_part)
        begin, number = start.end(), number + 1
    yield from _numbered(data[begin:], number, read_part)


def _numbered(data: bytes, number: int, read_part: ReadPart | None) -> Iterator[Record]:
    return _read(_QUOTED_FROM.sub(rb"\1", data), f"#{number}", read_part, Limits())


def _read(data: bytes, prefix: str, read_part: ReadPart | None, limits: Limits) -> Iterator[Record]:
    try:
        mail = parse_message(data, limits)
    except UnreadableError as error:
        yield prefix, error
        return
    texts, others = _sorted_out(mail)
    attachments, dress = enclosures(others)
    drafts = _drafts(mail, texts)

    def read(parts: Mapping[str, Part]) -> Iterator[Record]:
        for name, part in parts.items():
            yield from _attachment(f"{prefix}/{name}", name, part, read_part, limits)

    attached: Iterable[Record] = read(attachments)
    if others and _are_notes(drafts):
        attached = list(attached)
        if any(isinstance(draft, Draft) for _, draft in attached):
            drafts = []
        elif drafts:
            # What it sends along may be a picture of an article.
            sent = {name: part for name, part in dress.items() if part.sent_along}
            attached = [*attached, *read(sent)]
            dress = {name: part for name, part in dress.items() if name not in sent}
    if not others and not drafts:
        drafts = [Draft("", field(mail.header, "subject") or None)]
    elif not drafts and not attachments:
        yield prefix, UnreadableError("the mail has no text")
    own = ((prefix + _numbered_forward(number), draft) for number, draft in enumerate(drafts))
    day = parse_date(field(mail.header, "date"))
    yield from _with_mail(chain(own, attached), tuple(dress), day)


def _numbered_forward(number: int) -> str:
    """What tells the texts of a mail apart: its own is the first."""
    return "" if not number else "/forwarded" if number == 1 else f"/forwarded {number}"


def _with_mail(
    records: Iterable[Record], dress: tuple[str, ...], day: date | None
) -> Iterator[Record]:
    """The records with what their mail tells of them: the first one, what it was dressed with."""
    for suffix, draft in records:
        if isinstance(draft, Draft):
            received = draft.received or (None if draft.published else day)
            enclosed = (*draft.enclosed, *dress)
            yield suffix, replace(draft, received=received, enclosed=enclosed)
            dress = ()
        else:
            yield suffix, draft


def _are_notes(drafts: Sequence[Draft | UnreadableError]) -> bool:
    """Whether all that a mail says by itself is that something is attached."""
    return all(isinstance(draft, Draft) and is_cover_note(draft.text) for draft in drafts)


def _sorted_out(part: Part) -> tuple[list[_Text], list[Part]]:
    """The texts of a mail, in order, and its other parts."""
    if part.kind == "multipart/alternative":
        leaves = [leaf for leaf in part.walk() if not leaf.parts]
        plain, marked_up = (
            next((leaf for leaf in leaves if leaf.kind == kind and not leaf.attached), None)
            for kind in ("text/plain", "text/html")
        )
        if plain or marked_up:
            others = [leaf for leaf in leaves if not leaf.kind.startswith("text/") or leaf.attached]
            return [_Text(plain, marked_up)], others
    if part.parts:
        sorted_out = [_sorted_out(inner) for inner in part.parts]
        return [text for texts, _ in sorted_out for text in texts], [
            other for _, others in sorted_out for other in others
        ]
    if part.attached or part.kind not in ("text/plain", "text/html"):
        return [], [part]
    return [_Text(part, None) if part.kind == "text/plain" else _Text(None, part)], []


def _drafts(mail: Part, texts: Sequence[_Text]) -> list[Draft | UnreadableError]:
    reply = _REPLY.match(field(mail.header, "subject")) is not None
    try:
        plain = [text for part in texts if (text := _plain(part, reply=reply)).strip()]
    except UnreadableError as error:
        return [error]
    whole = "\n\n".join(plain)
    if len(whole) > MAX_TEXT_CHARS:
        return [UnreadableError(f"its text has more than {MAX_TEXT_CHARS:,} characters")]
    found = letters(whole, reply=reply)
    return [_draft(mail, letter) for letter in found if letter.text.strip()]


def _draft(mail: Part, letter: Letter) -> Draft:
    found = read_text(letter.text)
    title = _PREFIXES.sub("", letter.subject or field(mail.header, "subject"))
    source = sender(letter.sender or "") or sender(field(mail.header, "from"))
    day = parse_date(letter.date) or parse_date(field(mail.header, "date"))
    return Draft(
        text=found.text,
        title=title or found.title,
        source=source or found.source,
        published=day or found.published,
        mailed=True,
    )


def _plain(text: _Text, *, reply: bool) -> str:
    """The better form of a text: the plain one, unless it is a stub."""
    plain = _decoded(text.plain) if text.plain else ""
    if is_page(plain):
        return _without_markup(plain, reply=reply)
    if text.marked_up is None:
        return _unfolded(plain, text.plain)
    page = _decoded(text.marked_up)
    whole = _LINK.sub("", plain_text(page))
    if len(_LINK.sub("", plain).split()) >= _STUB_SHARE * len(whole.split()):
        return _unfolded(plain, text.plain)
    return _without_markup(page, reply=reply)


def _decoded(part: Part) -> str:
    data = part.content()
    if len(data) > _MAX_TEXT_BYTES:
        raise UnreadableError(f"its text has more than {MAX_TEXT_CHARS:,} characters")
    charset = part.header.get_content_charset() or declared_charset(data)
    return decode(data, charset).replace("\r\n", "\n")


def _unfolded(text: str, part: Part | None) -> str:
    """The text with its paragraphs on one line each, where the mail marks the others (RFC 3676)."""
    if part is None or part.parameter("format").lower() != "flowed":
        return text
    end = "" if part.parameter("delsp").lower() == "yes" else " "
    return re.sub(r"(?<!^--) \n(?![>\n])", end, text, flags=re.MULTILINE)


def _without_markup(page: str, *, reply: bool) -> str:
    whole = plain_text(page)
    first, *others = letters(whole, reply=reply)
    if others or first.subject or first.sender or len(first.text) < len(whole.strip()):
        return whole
    try:
        text = read_html(page).text
    except UnreadableError:
        return whole
    return text if len(text.split()) >= _EXTRACTED_SHARE * len(whole.split()) else whole


def _attachment(
    path: str, name: str, part: Part, read_part: ReadPart | None, limits: Limits
) -> Iterator[Record]:
    if part.kind == "message/rfc822":
        yield from _read(part.content(), path, read_part, replace(limits, mails=limits.mails - 1))
        return
    if read_part is None:
        yield path, _blamed(name, "attachments are not read")
        return
    try:
        for suffix, draft in read_part(name, part.content()):
            yield path + suffix, _blamed(name, draft) if isinstance(draft, Exception) else draft
    except UnreadableError as error:
        yield path, _blamed(name, error)
    except Exception as error:  # noqa: BLE001 (a parser's bug must not lose the other parts)
        yield path, _blamed(name, f"it could not be read ({type(error).__name__})")


def _blamed(name: str, reason: object) -> UnreadableError:
    return UnreadableError(f'its attachment "{name}" was not read: {reason}')
