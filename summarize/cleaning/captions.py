"""Captions: what stands below a picture is no sentence of the report.

Some carry a credit ("... in Palmyra. REUTERS/Jane Doe"). Others are known by the company they keep:
British papers end no caption with a full stop, and repeat the text in them.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from summarize.cleaning.lines import Line, kept, list_items
from summarize.cleaning.repeats import repeated_share

__all__ = ["mark_captions", "mark_credited"]

# No caption measured is longer: 90 words.
_MAX_CHARS = 800
_AGENCY = (
    r"(?:AP(?: Photo)?|Associated Press|Reuters|REUTERS|AFP|EPA|Getty(?: Images)?"
    r"|Bloomberg(?: News)?|Shutterstock|Alamy|Xinhua|UPI|CQ Roll Call|USA TODAY)"
)
_PERSON = r"[A-Z][\w.'’-]+(?: (?:(?:van|von|de|der|al|el) )?[A-Z][\w.'’-]+){0,3}"
_CREDIT_CHARS = 140
_CREDIT_BEHIND = re.compile(
    # (AP Photo/Jane Doe), (Jane Doe/Pool Photo via AP), (Photo: Jane Doe), (AP photo: Jane Doe)
    rf"\((?:[^()]{{0,60}}[/,:] ?|(?:Photo by|[Ff]ile|[^()]{{2,40}} via) [^()]{{0,60}})?{_AGENCY}"
    r"(?: ?/[^()]{2,60}| via [^()]{2,40})?\)\W*(?:More)?$"
    r"|\(\W*(?:\w+ |[Ff]ile )?(?:[Pp]hoto|[Ii]mage|[Pp]icture)(?: \w+)?: [^()]{2,60}\)\W*(?:More)?$"
    # the same without brackets, behind the caption's full stop
    rf"|\bREUTERS/.{{2,60}}$|\b{_AGENCY}/{_PERSON}\W*$|[a-z\d]{{3}}[.!?][\"”’)]? {_AGENCY}\W*$"
    rf"|\bPhoto(?:graph)?(?: by)?: ?{_PERSON}(?:/.{{2,40}})?\W*$"
    r"|[.!?][\"”’)]? (?:Courtesy of )?(?:[A-Z][\w.'’-]+,? ){0,4}[A-Z][\w.'’-]+ ?[/—] ?"
    r"[A-Z][\w .&'’/-]{2,50}$"
    r"|[a-z\d][.!?][\"”’)]? \([A-Z][\w.'’-]+(?: (?:(?:of|and|the|for) )?[A-Z&][\w.'’/&-]*){1,6}\)$"
    # [Jane Doe/AP Photo], (ESA: Jane Doe), "Photo: Jane Doe for The Courier", "| Image credit: Doe"
    rf"|\[(?:[^\[\]]{{0,60}}[/,:|] ?)?(?:{_AGENCY}|File|AP Photo)(?: ?/[^\[\]]{{2,60}})?\]\W*$"
    r"|\[(?:File: )?(?:[A-Z][\w.'’-]+ ){1,3}?[A-Z][\w.'’-]+/[A-Z][\w .&'’/-]{2,40}\]\W*$"
    r"|\((?:[Ii]ma[Gg][Ee]|[Pp]hoto|[Cc]redit|[Ss]creenshot|Pixabay|iStock"
    r"|Shutterstock)\b[^()]{0,60}\)\W*$"
    r"|\| (?:(?:Image|Photo|Picture)(?: [Cc]redits?)?: ?|[A-Z][^|.!?]{0,60}/)[^|.!?]{2,60}$"
    rf"|\| (?:[^|.!?]{{0,40}}\b)?{_AGENCY}\b(?: and {_AGENCY})?(?: Photos?"
    rf"| Images?)?(?: [A-Z‘'“][^|.!?]{{3,100}})?$"
    rf"|(?:[a-z\d]{{3}}[.!?][\"”’)]?|\bPhotos?:) (?:{_PERSON} ?(?:[—/-] ?"
    rf"|, )[A-Z][\w .&'’/-]{{2,50}}|{_PERSON}) (?:for|via) (?:the |The )?[A-Z][\w .&'’-]{{2,40}}$"
    rf"|[.!?][\"”’)]? (?:Photo|Image|Illustration|Photograph|Credit|Courtesy)s?(?: illustration)?"
    r"(?: by| of|:) [A-Z][^!?]{3,80}$"
    r"|[a-z\d][.!?]?[\"”’)]? (?:Copyright .{2,40}©.{0,10}|© .{2,60})$"
    r"|\b(?:Hide [Cc]aption(?: \d+ of \d+)?|Back to Gallery|View (?:photos|slideshow))$"
)
_CREDIT_BEFORE = re.compile(
    rf"{_PERSON} ?/ ?(?:{_AGENCY}|Staff|File)\b.{{10}}|(?:FILE|FILE PHOTO|File photo"
    rf"|HANDOUT) ?[-–—:]|(?i:image (?:copyright|source)\b.{{2,80}}\bimage caption\b|(?:image"
    rf"|media|hide) caption\b.{{5}}|facebook twitter pinterest\b.{{5}})|CLOSE [A-Z‘“\"']"
    rf"|(?:PHOTOS?|IMAGE|PICTURED|Pictured|SCREENSHOT): ?\S|Related Video [A-Z]"
    r"|(?:This|An?) (?:[\w-]+ ){0,2}(?:photo|image|photograph|picture|frame grab|screenshot)s?"
    r" (?:(?:provided|released|distributed|made available|taken|obtained) (?:by|from|on|in)"
    r"|shows?|from)\b"
    r"|In (?:this|an?) (?:[\w.,]+ ){0,6}(?:file )?(?:photo|image|photograph|frame grab|picture)\b"
    r"(?: (?:from|taken|provided|released|made|by)\b|,)"
)
# Agencies write captions in the present tense and date them: "... speaks in Lima on May 4, 2019."
_STAGED = re.compile(
    r"(?![“\"‘'])[^“”\"]{8,200}?\b(?:speaks?|looks? on|listens?|walks?|arrives?|gestures?|waves?"
    r"|poses?|stands?|sits?|holds?|answers?|address(?:es)?|attends?|leaves?|talks?|departs?"
    r"|delivers?|greets?|testif(?:y|ies)|watch(?:es)?|reacts?|smiles?|shakes? hands|participates?"
    r"|meets?|march(?:es)?|rall(?:y|ies)|gathers?|waits?|carry|carries|prays?|cheers?|celebrates?"
    r"|takes?|pauses?|are seen|is seen|is shown|are shown|speaking|standing|walking"
    r"|holding)\b[^“”\"]{4,200}?"
    r"\b(?:on|in|at|during|outside|near|,) ?(?:[A-Z][a-z]+day,? )?[A-Z][a-z]{2,8}\.? \d{1,2},"
    r" (?:19|20)\d\d\b[^“”\"]{0,120}$"
)
# One on top of a report may name the day only: "Fans wait outside the stadium in Lima on Friday."
# Of 12 such lines third in 6,122 articles of one outlet, all were captions.
_ON_TOP = re.compile(
    r"(?!(?:Here|There|Now|It|He|She|They|This)\b)(?:[\w.'’-]+,? ){1,9}?(?<!to )"
    r"(?:speaks?|looks? on|listens?|walks?|arrives?|gestures?|stands?|sits?|greets?|reacts?|smiles?"
    r"|march(?:es)?|gather|gathers|waits?|carry|carries|pray|prays|cheers?|celebrates?|poses?)\b"
    r"[^“”\"]{4,120}?\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|night|evening"
    r"|afternoon))?\."
)
_TENSED = re.compile(r"\b(?:said|says|told|will|would|was|were|had|has|according)\b")
# What a sentence ends with, and what stands before that where a credit ends so ("(AP Photo).").
_STOPS = ".!?\"”’'"
_CREDIT_ENDS = (
    ")",
    "]",
    "Photo",
    "Photos",
    "photo",
    "photos",
    "Images",
    "Press",
    "Reuters",
    "Times",
)
_SIDES = r"(?:left|right|front|back|L|R|C|l|r)"
_BOTH_SIDES = re.compile(rf".*\((?P<side>{_SIDES})\).*\((?!(?P=side)\)){_SIDES}\)")
_POST = re.compile(r"\(@\w+\)|pic\.twitter\.com|https?://t\.co")
_DATED = re.compile(r"\d, (?:19|20)\d\d\b")
_TOP = 3
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

_POINTING = re.compile(
    r"\((?:[^()]{0,40}\b)?(?:stock|pictured|above|left|right|centre|center|seen|inset|file photo"
    r"|circled)\b[^()]*\)|\((?:L|R|C|L-R)\)|\bis (?:pictured|seen)\b"
    r"|\b[Pp]ictured(?:,|:| (?:above|in|with|on|at|here|left|right)\b)"
)
# A label before the caption's own sentence: Happy news, Wow, or a few quoted words.
_LABELLED = re.compile(
    r"(?:['‘][^'’]{3,80}['’]: |[A-Z][\w'’-]*(?: [\w'’-]+){0,5}(?:: |! ?))['‘A-Z]"
)
# No cast list ("Cast: Jane Doe, John Roe"), and nothing that somebody says ("He added: 'Yes'").
_WORDED = re.compile(
    r"(?![A-Z.’' -]{3,40}: )"
    r"(?!.{0,60}\b(?:said|says|adds|added|wrote|writes|tweeted|asked|replied): )"
    r"(?:.*?(?<![\w'’-])[a-z]+\b){4}"
)
_NO_CAPTION_START = ("'", '"', "‘", "“", "-", "–", "—", "•", "*", "·", "■", "►", "▪", ">")
_ITEM = re.compile(r"[$£€]?\d|(?:\w+ ){1,6}\w+: [$£€]?\d")
_NO_CAPTION_END = (":", ",", ";", "-", "–", "—", "…")
_CAPTION_WORDS = 7
# With these, of 859 unpunctuated lines that the other rules keep, 403 of 674 captions and links go
# and 10 of 185 sentences and list items (`python -m benchmarks.studies.cleaning`, unpunctuated).
_REPEATED = 0.5
_SURE = 2
# Where more of the lines have no full stop, it is the way of the text and says nothing.
_MOST = 0.7


def mark_credited(lines: Sequence[Line]) -> None:
    """Mark captions that hold the photographer's credit, or point at both sides of a picture."""
    for line in kept(lines):
        if len(line.text) <= _MAX_CHARS and _is_credited(line.text):
            line.reason = "caption"


def mark_captions(lines: Sequence[Line]) -> None:
    """Mark captions above a photographer's credit, and those written as captions are."""
    for index, (line, below) in enumerate(pairwise(lines)):
        beside = below.reason == "credit" and " | " in below.text and line.reason is None
        if beside and (index < _TOP or not line.sentence or _YEAR.search(line.text)):
            line.reason = "caption"
    for line in kept(lines)[1:_TOP]:
        if _ON_TOP.fullmatch(line.text) and not _TENSED.search(line.text):
            line.reason = "caption"
    _mark_unpunctuated(kept(lines))


def _is_credited(text: str) -> bool:
    plain = text[-1] in _STOPS and not text.rstrip(_STOPS).endswith(_CREDIT_ENDS)
    credited = (
        (not plain and _CREDIT_BEHIND.search(text[-_CREDIT_CHARS:]) is not None)
        or _CREDIT_BEFORE.match(text) is not None
        or (
            _DATED.search(text) is not None
            and _TENSED.search(text) is None
            and _STAGED.match(text) is not None
        )
        or ("(" in text and _BOTH_SIDES.match(text) is not None)
    )
    return credited and not _POST.search(text)


def _mark_unpunctuated(lines: Sequence[Line]) -> None:
    """Mark captions without a full stop, where the sentences of the text have one."""
    followers = [*(line.text for line in lines[1:]), ""]
    doubtful = [
        line
        for line, item, follower in list(zip(lines, list_items(lines), followers, strict=False))[1:]
        if not item and _may_be_caption(line) and not follower[:1].islower()
    ]
    if not doubtful or len(doubtful) > _MOST * len(lines):
        return
    triples: set[tuple[str, ...]] = set()
    for line in lines:
        if line.sentence:
            triples.update(zip(line.key, line.key[1:], line.key[2:], strict=False))
    sure = [line for line in doubtful if _is_caption(line, triples)]
    for line in sure:
        line.reason = "caption"
    if len(sure) >= _SURE:
        for line in doubtful:
            if not line.text.startswith(_NO_CAPTION_START) and not _ITEM.match(line.text):
                line.reason = "caption"


def _may_be_caption(line: Line) -> bool:
    return (
        not line.sentence
        and len(line.key) >= _CAPTION_WORDS
        and len(line.text) <= _MAX_CHARS
        and not line.text.endswith(_NO_CAPTION_END)
        and _WORDED.match(line.text) is not None
        and not _POST.search(line.text)
    )


def _is_caption(line: Line, triples: AbstractSet[tuple[str, ...]]) -> bool:
    return (
        _POINTING.search(line.text) is not None
        or _LABELLED.match(line.text) is not None
        or repeated_share(line, triples) >= _REPEATED
    )
