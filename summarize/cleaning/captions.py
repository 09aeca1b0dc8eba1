"""Captions: what stands below a picture is no sentence of the report."""

import re
from collections.abc import Sequence

from summarize.cleaning.lines import Line, kept
from summarize.cleaning.repeats import repeated_share

__all__ = ["mark_captions"]

_AGENCY = (
    r"(?:AP(?: Photo)?|Associated Press|Reuters|REUTERS|AFP|EPA|Getty(?: Images)?|Bloomberg(?: News)?"
    r"|Shutterstock|Alamy|Xinhua|UPI|CQ Roll Call|USA TODAY)"
)
_PERSON = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"
# A credit at the end ("... in Palmyra. REUTERS/Jane Doe", "(AP Photo/Jane Doe)") or before it.
_CREDITED = re.compile(
    rf".*(?:\((?:[^()]{{0,60}}[/,:] ?|Photo by [^()]{{2,60}}|[Ff]ile [^()]{{0,40}})?{_AGENCY}"
    rf"(?: ?/[^()]{{2,60}}| via [^()]{{2,40}}|)\)|\bREUTERS/.{{2,60}}|\b{_AGENCY}/{_PERSON}"
    rf"|[.!?][\"”’)]? {_AGENCY}|\bPhoto(?:graph)?(?: by)?: ?{_PERSON}(?:/.{{2,40}})?\)?)\W*$"
    rf"|{_PERSON} ?/ ?(?:{_AGENCY}|Staff|File)\b.{{10,}}"
    r"|(?i:image (?:copyright|source)\b.{2,80}\bimage caption\b|media caption\b"
    r"|facebook twitter pinterest\b).{5,}"
    r"|(?:FILE|FILE PHOTO|File photo|HANDOUT) ?[-–—:].{10,}"
    r"|(?:Hide [Cc]aption\b|.{10,}\b(?:Hide [Cc]aption|Back to Gallery|View (?:photos|slideshow))\b).*"
    r"|.{10,}\(\W*(?:[Ff]ile |[Ss]tock )?(?:[Pp]hoto|[Ii]mage|[Pp]icture)(?: \w+)?: [^()]{2,60}\)\W*"
    r"|.{10,}\([A-Z]\w+ (?:[Ff]ile )?photo: [^()]{2,40}\)\W*(?:More)?"
    r"|.{10,}[.!?][\"”’)]? (?:Courtesy of )?(?:[A-Z][\w.'’-]+,? ){1,5}?(?:[/—] ?|/ )[A-Z][\w .&'’/-]{2,50}"
    r"|.{20,}[a-z\d][.!?][\"”’)]? \([A-Z][\w.'’-]+(?: (?:(?:of|and|the|for) )?[A-Z&][\w.'’/&-]*){1,6}\)"
    r"|In (?:this|an?) (?:[\w.,]+ ){0,6}(?:file )?(?:photo|image|photograph|frame grab|picture)\b"
    r"(?: (?:from|taken|provided|released|made|by)\b|,).{10,}",
)
_CREDITED_WORDS = 90
_POINTING = re.compile(
    r"\((?:[^()]{0,40}\b)?(?:stock|pictured|above|left|right|centre|center|seen|inset|file photo|circled)"
    r"\b[^()]*\)|\((?:L|R|C|L-R)\)|\b[Pp]ictured(?:,|:| (?:above|in|with|on|at|here|left|right)\b)"
    r"|\bis (?:pictured|seen)\b"
)
# "Happy news: The couple ...", "Wow! The singer ...", "'It was love': The singer ...", but neither
# "Cast: Jane Doe, John Roe" nor "He added: 'Yes'".
_LABELLED = re.compile(
    r"(?!.{0,60}\b(?:said|says|adds|added|wrote|writes|tweeted|asked|replied|official): )"
    r"(?:['‘][^'’]{3,80}['’]: |[A-Z][\w'’-]*(?: [\w'’-]+){0,5}(?:: |! ?))['‘A-Z]"
    r"(?:.*?(?<![\w'’-])[a-z]+\b){4}"
)
_BOTH_SIDES = re.compile(r"(?:.*\((?:left|right|front|L|R|C|l|r)\)){2}|.*\bfrom left\b.*\bright\b")
_POST = re.compile(r"\(@\w+\)|pic\.twitter\.com|https?://t\.co")
_NO_CAPTION_START = ("'", '"', "‘", "“", "-", "–", "—", "•", "*", "·", "■", "►", "▪", ">")
_NO_CAPTION_END = (":", ",", ";", "-", "–", "—", "…")
_CAPTION_WORDS = 7
_TOP = 3
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def mark_captions(lines: Sequence[Line]) -> None:
    """Mark lines with a photographer's credit, beside one, or written as captions are."""
    for line in kept(lines):
        if len(line.key) <= _CREDITED_WORDS and not _POST.search(line.text):
            if _CREDITED.fullmatch(line.text) or _BOTH_SIDES.match(line.text):
                line.reason = "caption"
    for index, (line, below) in enumerate(zip(lines, lines[1:], strict=False)):
        if line.reason is None and below.reason == "credit" and " | " in below.text:
            if index < _TOP or not line.sentence or _YEAR.search(line.text):
                line.reason = "caption"
    _mark_unpunctuated(kept(lines))


def _mark_unpunctuated(lines: Sequence[Line]) -> None:
    """Mark captions without a full stop, where the sentences of the text have one."""
    doubtful = [
        line
        for line, below in zip(lines[1:], [*(line.text for line in lines[2:]), ""], strict=False)
        if not line.sentence
        and len(line.key) >= _CAPTION_WORDS
        and not line.text.endswith(_NO_CAPTION_END)
        and not below[:1].islower()
        and not _POST.search(line.text)
    ]
    if not doubtful or _MOST * len(lines) < len(doubtful):
        return
    triples = frozenset(
        triple
        for line in lines
        if line.sentence
        for triple in zip(line.key, line.key[1:], line.key[2:], strict=False)
    )
    sure = [line for line in doubtful if _is_caption(line, triples)]
    for line in sure:
        line.reason = "caption"
    if len(sure) >= _SURE:
        for line in doubtful:
            if not line.text.startswith(_NO_CAPTION_START):
                line.reason = "caption"


_SURE = 2
_REPEATED = 0.5
# Where more of the lines have no full stop, it is the way of the text and says nothing.
_MOST = 0.7


def _is_caption(line: Line, triples: frozenset[tuple[str, ...]]) -> bool:
    return (
        _POINTING.search(line.text) is not None
        or _LABELLED.match(line.text) is not None
        or repeated_share(line, triples) >= _REPEATED
    )
