"""Which lines of a news page are not the article: shares, trails, credits, appeals.

Every rule looks at one line alone. A line that ends like a sentence is only taken where its words
leave no doubt ("Sign up for our newsletter."): a lost sentence costs more than a kept trail.

All rules of cleaning together, on 110 articles labelled line by line and not looked at before
(`python -m benchmarks.studies.cleaning`, held_out): 90.4 % of 447 lines of boilerplate go (91.9 %
without captions), and 3 of 4,415 sentences are lost. Most left are captions that read as sentences.
"""

import re
from collections.abc import Iterable, Sequence

from summarize.cleaning.labels import GLUED, LABEL, TRAIL, WHOLE
from summarize.cleaning.lines import Line, kept, unmarked
from summarize.cleaning.phrases import ANYWHERE, CERTAIN, CUES
from summarize.cleaning.pointers import POINTER

__all__ = ["boilerplate_reason", "cut_tails"]

_QUOTES = ("'", '"', "‘", "“")
# A longer line is a paragraph that mentions such words. Longest true one measured: 58 words.
_CERTAIN_WORDS = 70
# But for one that speaks of "you" and "us" throughout: of 51 that go from 20,000 articles for their
# words, 50 are appeals that the page ends with, and one is an editor's note.
_SPEAKING = frozenset(("you", "your", "we", "us", "our"))
_SPEAKING_WORDS = 6
_TRAIL_WORDS = 30
# A sentence of more words is looked at only if one of them is a cue.
_SHORT_WORDS = 12
_MAX_CHARS = 800
_LABEL_CHARS = 30


def boilerplate_reason(line: Line) -> str | None:
    """What kind of boilerplate a line is, or None for all that may be content."""
    text, words = unmarked(line.text), len(line.key)
    cued = not CUES.isdisjoint(line.key)
    if len(text) > _MAX_CHARS or (
        line.sentence and words > _SHORT_WORDS and not cued and "@" not in text
    ):
        return None
    reason = _named((pattern.fullmatch(text), reason) for reason, pattern in WHOLE.items())
    short = words <= _CERTAIN_WORDS or sum(w in _SPEAKING for w in line.key) >= _SPEAKING_WORDS
    if not reason and short and not (line.sentence and text.startswith(_QUOTES)):
        reason = _phrase_reason(text, cued=cued)
    labelled = text.endswith(("?", "!")) and ":" in text[:_LABEL_CHARS]
    if not reason and words <= _TRAIL_WORDS and (labelled or not line.sentence):
        if LABEL.match(text) or GLUED.fullmatch(text):
            return "read more"
        reason = _named((pattern.match(text), reason) for reason, pattern in TRAIL.items())
    return reason


def _phrase_reason(text: str, *, cued: bool) -> str | None:
    reason = _named((pattern.match(text), reason) for reason, pattern in CERTAIN.items())
    if reason or POINTER.match(text):
        return reason or "read more"
    if not cued:
        return None
    return _named((pattern.search(text), reason) for reason, pattern in ANYWHERE.items())


def _named(found: Iterable[tuple[re.Match[str] | None, str]]) -> str | None:
    return next((reason for match, reason in found if match), None)


# Longest stretch that is cut off the end of a line. Chosen.
_TAIL_CHARS = 240
_TAIL_ENDS = ("»", ")", "]", "friend", "friend.", "more", "More", "MORE", "reading", "here")
_TAIL_SIGNS = " .…>→"
_TAIL = re.compile(
    r"\s*[\[(] ?(?:RELATED|READ|ALSO|WATCH|SEE|MORE|VIDEO|PHOTOS?)(?: (?:MORE|ALSO|NOW))?: "
    r"[^()\[\]]{5,160}[\])]$"
    r"|(?<=[.!?”\"’'])\s+(?:[A-Z][^.!?»]{5,120} »|E-?mail to a friend\W*)$"
    r"|(?<=[.!?”\"’'…\]])\s+(?:(?:Read|READ|Learn|See) (?:[Mm]ore|MORE)|Continue reading"
    r"|Click here)[ .…>→]*$"
)


def cut_tails(lines: Sequence[Line]) -> list[tuple[int, int, str]]:
    """Cut the link that a paragraph ends with ("(RELATED: ...)"); return the stretches."""
    stretches = []
    for line in kept(lines):
        ahead = max(1, len(line.text) - _TAIL_CHARS)
        ending = line.text.rstrip(_TAIL_SIGNS)
        if ending.endswith(_TAIL_ENDS) and (found := _TAIL.search(line.text, ahead)):
            ink = found.end() - len(found[0].lstrip())
            stretches.append((line.start + ink, line.end, "read more"))
            line.cut(back=len(line.text) - found.start())
    return stretches
