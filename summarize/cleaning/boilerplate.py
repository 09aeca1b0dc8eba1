"""Which lines of a news page are not the article: shares, trails, credits, appeals.

Every rule looks at one line alone. A line that ends like a sentence is only taken where its words
leave no doubt ("Sign up for our newsletter."): a lost sentence costs more than a kept trail.
"""

import re
from collections.abc import Sequence

from summarize.cleaning.labels import GLUED, LABEL, TRAIL, WHOLE
from summarize.cleaning.lines import Line, ends_sentence, kept
from summarize.cleaning.phrases import ANYWHERE, CERTAIN

__all__ = ["boilerplate_reason", "cut_tails"]

_QUOTES = ("'", '"', "‘", "“")
# A longer line is a paragraph that mentions such words. Longest true one measured: 58 words.
_CERTAIN_WORDS = 70
_TRAIL_WORDS = 30
_MAX_CHARS = 800
_LABEL_CHARS = 30


def boilerplate_reason(line: str) -> str | None:
    """What kind of boilerplate a line is, or None for all that may be content."""
    if len(line) > _MAX_CHARS:
        return None
    for reason, pattern in WHOLE.items():
        if pattern.fullmatch(line):
            return reason
    words = len(line.split())
    sentence = ends_sentence(line)
    rules = []
    if words <= _CERTAIN_WORDS and not (sentence and line.startswith(_QUOTES)):
        rules += [CERTAIN, ANYWHERE]
    labelled = line.endswith(("?", "!")) and ":" in line[:_LABEL_CHARS]
    if words <= _TRAIL_WORDS and (labelled or not sentence):
        if LABEL.match(line) or GLUED.fullmatch(line):
            return "read more"
        rules.append(TRAIL)
    for rule in rules:
        for reason, pattern in rule.items():
            if pattern.search(line):
                return reason
    return None


_TAIL_ENDS = ("»", ")", "]", "d")
_TAIL = re.compile(
    r"\s*[\[(] ?(?:RELATED|READ|ALSO|WATCH|SEE|MORE|VIDEO|PHOTOS?)(?: (?:MORE|ALSO|NOW))?: "
    r"[^()\[\]]{5,160}[\])]$"
    r"|(?<=[.!?”\"’'])\s+(?:[A-Z][^.!?»]{5,120} »|E-?mail to a friend\W*)$"
)


def cut_tails(lines: Sequence[Line]) -> list[tuple[int, int, str]]:
    """Cut the link that a paragraph ends with ("(RELATED: ...)"); return the stretches."""
    stretches = []
    for line in kept(lines):
        if line.text[-1:] in _TAIL_ENDS and (found := _TAIL.search(line.text, 1)):
            ink = found.start() + len(found[0]) - len(found[0].lstrip())
            stretches.append((line.start + ink, line.end, "read more"))
            line.cut(back=len(line.text) - found.start())
    return stretches
