"""Who wrote and who published: by-lines, writers' biographies, the agency of a text."""

import re
from collections.abc import Sequence

from summarize.cleaning.datelines import agency_named
from summarize.cleaning.labels import MONTH, WEEKDAY
from summarize.cleaning.lines import Line, is_title_case, kept, unmarked

__all__ = ["author_of", "mark_bylines", "writer_of"]

# Lines from the top and from the end in which a writer's name and biography may stand.
_TOP = 2
_TAIL = 4
_BIOGRAPHY_TAIL = 6
_BYLINE_CHARS = 100
_BIOGRAPHY_CHARS = 900
_BYLINE = re.compile(
    r"[_*]*(?:By|BY|by|[-–—]{1,3})\s*(?P<names>[^\W\d_][^.!?_*]*(?:\b[A-Z]\.[^.!?_*]*)*)\.?[_*]*"
)
# The day of publication behind the name.
_DATED = re.compile(
    rf"[\s,|/·•–—-]+(?:on |updated:? |published:? |posted:? )?(?:{WEEKDAY},? )?"
    rf"(?:{MONTH} \d|\d{{1,2}}(?:st|nd|rd|th)? {MONTH}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2}}"
    r"|(?:19|20)\d\d-\d\d).*",
    re.IGNORECASE,
)
_PERSON = r"[A-ZÀ-Þ][\w.'’-]*(?: (?:(?:van|von|de|der|al|el|di|la) )?[A-ZÀ-Þ][\w.'’-]*){1,3}"
_PERSONS = re.compile(rf"(?!The ){_PERSON}(?:(?:,| and|, and| &) {_PERSON})*")
_AFFILIATION = re.compile(r"\s*[,|/]\s*")
_SIGN_OFF = re.compile(
    r"(?:And )?I['’]m [A-Z]\w+ [A-Z][\w-]+\.|[A-Z].{3,60} wrote this story for .*"
)
_NAME = r"(?:[A-ZÀ-Þ][\w.'’-]+,? ){1,5}"
_MEDIA = (
    r"(?:reporter|editor|correspondent|columnist|contributor|writer|journalist|freelancer|host"
    r"|commentator|blogger|anchor|author)s?"
)
_BIOGRAPHY = re.compile(
    rf"[-–—•*⦁] ?(?:[A-ZÀ-Þ][\w.'’-]+,? ){{2,5}}(?:is|are|serves|was|represents|writes|covers) "
    rf"|{_NAME}reported from [A-Z].{{2,60}}$"
    rf"|(?:{_NAME})(?:is|are|was|serves as|works as) (?:also )?(?:an?|the|our|\w+['’]s)\b"
    rf"[^.]{{0,90}}\b(?:{_MEDIA}|fellow|professor|analyst|[Hh]ead of [Ee]ditorial)\b"
    r"(?:,| (?:at|for|of|with|and|in|who|that|based|[A-Z]\w+)\b)"
    rf"|(?:{_NAME})(?:is|are) (?:an?|the) [^.]{{0,70}}\b{_MEDIA}\.?$"
    rf"|(?:{_NAME}|[HS]e |They )(?:also )?(?:covers|writes|authors) .{{3,200}}\b(?:for|at) "
    r"(?:the )?[A-Z]"
    rf"|{_NAME}(?:joined|has (?:been )?(?:written|worked|reported|covered|covering)) .{{3,300}}"
    r"\b(?:previously|prior to|freelance|publications?|joined)\b"
    rf"|{_NAME}(?:is|has been) .{{5,200}}\b(?:latest|new|forthcoming) book\b"
    rf"|{_NAME}?(?:[A-Z][\w-]+['’]s? |[Hh](?:is|er) )(?:latest|new|forthcoming) book(?:s|,| is\b)"
    r"|[A-Z].{3,200}\b(?:can be (?:reached|contacted) (?:at|by|via|on))\b"
    rf"|{_NAME}is (?:an? )?(?:\w+ )?(?:nonprofit|non-profit|nonpartisan) .{{3,80}}\b(?:dedicated"
    rf"|that)\b|.{{0,300}}\b[Ff]ollow (?:him|her|them|me) (?:on|at|@)"
)
_GOES_ON = re.compile(
    r"(?:He|She|They|His|Her|Their|Prior|Previously|Before|A former|As an?|As of) "
)
# "Jane Doe, a former officer, is a fellow at ...": a name, what it is or does, and a profession.
_INTRODUCED = re.compile(
    r"(?:(?:Dr|Rev|Fr|Sen|Rep|Gov|Col|Gen|Lt|Prof|Sir|Ret|Mr|Ms|Mrs)\.? ){0,2}"
    r"(?!The |President |Fox |CNN |News )[A-ZÀ-Þ][\w'’.-]*"
    r"(?: (?:[A-Z]\.|(?:(?:van|von|de|der|al|el|di"
    r"|la) )?(?P<surname>[A-ZÀ-Þ][\w-]+))){1,3}(?<!['’]s)"
    r"(?:,? (?:Jr\.|Sr\.|I{2,3}|Ph\.?D\.?|M\.?D\.?),?| \([^()]{2,40}\)|, [^.]{2,120},)? "
    r"(?:(?:also |currently |most recently |previously )?(?:(?:is|was|has been|serves as"
    r"|served as) (?:an?|the|our|[A-Z]\S+|former|senior|chief|vice|managing|deputy|executive"
    r"|associate|assistant|contributing|visiting|founding|professor|president|editor|author"
    r"|chair\w*|director|founder|co-?founder|host|digital|national|political|legal|staff)|covers"
    r"|writes|blogs|tweets|teaches|hosts|directs|edits|lives in|has (?:written|covered|taught))\b)"
)
_PROFESSION = re.compile(
    rf"\b(?:{_MEDIA}|professors?|fellow|director|founder|co-?founder|president (?:of|at|and)"
    rf"|lecturer|counsel|attorney|analyst|scholar|adviser|advisor|historian|economist|consultant"
    rf"|strategist|researcher|executive|CEO|chair(?:man|woman)?|manager|officer|producer|physician"
    rf"|novelist|psychologist|scientist|pastor|teaches|books?|covers|covering|writes|writing|blogs"
    rf"|tweets|degree|graduate|reporting|contributing)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"[“”\"]$|\b(?:said|says|told|according to|has (?:denied|called|declined))\b"
)
_DISCLAIMER = re.compile(
    r".*\b(?:views|opinions) expressed\b.{0,60}\b(?:own|solely|alone|those of|author['’]?s?)\b"
)


def author_of(line: str) -> tuple[str, str | None] | None:
    """The writer that a by-line names, and the agency behind the name.

    "By Jane Doe, Reuters" is a by-line, "By nightfall it was over." is none.
    """
    if len(line) > _BYLINE_CHARS:
        return None
    match = _BYLINE.fullmatch(_DATED.sub("", line))
    if match is None or not is_title_case(match["names"]):
        return None
    name, *rest = _AFFILIATION.split(match["names"].strip(), maxsplit=1)
    return name, agency_named(rest[0]) if rest else None


def writer_of(line: str) -> tuple[str, str | None] | None:
    """What `author_of` finds, if it is a person: "-- The Evening Show" signs a quotation."""
    found = author_of(line)
    return found if found and _PERSONS.fullmatch(found[0]) else None


def mark_bylines(lines: Sequence[Line]) -> None:
    """Mark by-lines near the top and the end, and what introduces the writer there."""
    content = kept(lines)
    for line in content[:_TAIL] + content[-_TAIL:]:
        if author_of(line.text) or _SIGN_OFF.fullmatch(line.text):
            line.reason = "byline"
    for line in kept(lines)[:_TOP]:
        if len(line.text) <= _BIOGRAPHY_CHARS and _DISCLAIMER.match(line.text):
            line.reason = "writer's biography"
    content = kept(lines)
    if len(content) > _TOP + _TAIL and _introduces(content[0], content):
        content[0].reason = "writer's biography"
    introduced = False
    for line in content[-_BIOGRAPHY_TAIL:]:
        short, text = len(line.text) <= _BIOGRAPHY_CHARS, unmarked(line.text)
        introduced = short and (
            _BIOGRAPHY.match(text) is not None
            or _DISCLAIMER.match(text) is not None
            or (introduced and _GOES_ON.match(text) is not None)
            or (len(content) > _TOP + _TAIL and _introduces(line, content))
        )
        if introduced:
            line.reason = "writer's biography"


def _introduces(line: Line, content: Sequence[Line]) -> bool:
    """Whether a line introduces a person whom no other line names, as it does with a writer."""
    text = unmarked(line.text)
    found = _INTRODUCED.match(text) if len(text) <= _BIOGRAPHY_CHARS else None
    if not found or not found["surname"] or not _PROFESSION.search(text) or _REPORTED.search(text):
        return False
    return not any(found["surname"] in other.text for other in content if other is not line)
