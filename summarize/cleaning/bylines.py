"""Who wrote and who published: by-lines, writers' biographies, the agency of a text."""

import re
from collections.abc import Sequence

from summarize.cleaning.datelines import agency_named
from summarize.cleaning.lines import Line, is_title_case, kept

__all__ = ["author_of", "mark_bylines"]

# Lines from the top and from the end in which a writer's name and biography may stand.
_TOP = 2
_TAIL = 4
_BIOGRAPHY_TAIL = 6
_BYLINE_CHARS = 100
_BIOGRAPHY_CHARS = 900
_BYLINE = re.compile(
    r"[_*]*(?:By|BY|by|[-–—]{1,3})\s*(?P<names>[^\W\d_][^.!?_*]*(?:\b[A-Z]\.[^.!?_*]*)*)\.?[_*]*"
)
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
    rf"|{_NAME}is (?:an? )?(?:\w+ )?(?:nonprofit|non-profit|nonpartisan)"
    rf" .{{3,80}}\b(?:dedicated|that)\b"
    r"|.{0,300}\b[Ff]ollow (?:him|her|them|me) (?:on|at|@)"
)
_GOES_ON = re.compile(
    r"(?:He|She|They|His|Her|Their|Prior|Previously|Before|A former|As an?|As of) "
)
_DISCLAIMER = re.compile(
    r".*\b(?:views|opinions) expressed\b.{0,60}\b(?:own|solely|alone|those of|author['’]?s?)\b"
)


def author_of(line: str) -> tuple[str, str | None] | None:
    """The writer that a by-line names, and the agency behind the name.

    "By Jane Doe, Reuters" is a by-line, "By nightfall it was over." is none.
    """
    match = _BYLINE.fullmatch(line) if len(line) <= _BYLINE_CHARS else None
    if match is None or not is_title_case(match["names"]):
        return None
    name, *rest = _AFFILIATION.split(match["names"].strip(), maxsplit=1)
    return name, agency_named(rest[0]) if rest else None


def mark_bylines(lines: Sequence[Line]) -> None:
    """Mark by-lines near the top and the end, and what introduces the writer there."""
    content = kept(lines)
    for line in content[:_TAIL] + content[-_TAIL:]:
        if author_of(line.text) or _SIGN_OFF.fullmatch(line.text):
            line.reason = "byline"
    for line in kept(lines)[:_TOP]:
        if len(line.text) <= _BIOGRAPHY_CHARS and _DISCLAIMER.match(line.text):
            line.reason = "writer's biography"
    introduced = False
    for line in kept(lines)[-_BIOGRAPHY_TAIL:]:
        short, text = len(line.text) <= _BIOGRAPHY_CHARS, line.text.strip("_")
        introduced = short and (
            _BIOGRAPHY.match(text) is not None
            or _DISCLAIMER.match(text) is not None
            or (introduced and _GOES_ON.match(text) is not None)
        )
        if introduced:
            line.reason = "writer's biography"
