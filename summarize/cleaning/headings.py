"""Crossheads, and headlines of other articles."""

import re
from collections.abc import Sequence

from summarize.cleaning.lines import Line, is_title_case, kept, list_items

__all__ = ["mark_headings", "mark_link_lists"]

# Longest of a heading, and of a link to another article, in words. Chosen by reading.
_HEADING_WORDS = 6
_RELATED_WORDS = 20
# Where 85 % of the lines end as sentences, short lines that do not are links, crossheads and pull
# quotes: 137 of 145 judged by hand, the others captions and lists, none a sentence of the text.
_TIDY_SHARE = 0.85
_TIDY_LINES = 6
_STRAY_WORDS = 12
_FIGURE = re.compile(r"(?!^)\d|^\d+(?! [a-z])")
_BULLETS = "-–—•*·■►▪"
_NO_LABEL_END = tuple(".!?…:;,\"'”’»)]-–—")
_LIST_LABELS = ("read more", "section trail")


def mark_link_lists(lines: Sequence[Line]) -> None:
    """Mark the headlines that stand below a label such as "Related stories"."""
    listed = False
    for line in lines:
        short = line.reason is None and len(line.key) <= _RELATED_WORDS
        if (
            listed
            and short
            and not line.text.endswith(":")
            and (not line.sentence or line.text.endswith("?"))
        ):
            line.reason = "related headline"
        else:
            listed = line.reason in _LIST_LABELS and not line.sentence


def mark_headings(lines: Sequence[Line]) -> None:
    """Mark crossheads and stray headlines, unless the text hardly uses full stops at all."""
    content = kept(lines)
    ends = [index for index, line in enumerate(content) if line.sentence]
    if not ends or 2 * len(ends) < len(content):
        return
    tidy = len(content) >= _TIDY_LINES and len(ends) >= _TIDY_SHARE * len(content)
    trail = len(content) - ends[-1] > 2
    for index, (line, item) in enumerate(zip(content, list_items(content), strict=True)):
        follower = content[index + 1].text if index + 1 < len(content) else ""
        # A line that goes on in small letters is a sentence that was cut in two.
        if not item and not follower[:1].islower():
            stray = tidy or (trail and index > ends[-1])
            line.reason = _heading_reason(line, stray=stray)


def _heading_reason(line: Line, *, stray: bool) -> str | None:
    text, words = line.text, len(line.key)
    if line.sentence or text[0] in _BULLETS or not words:
        return None
    if text.isupper() and 3 <= words <= _RELATED_WORDS and not text.endswith((":", ",")):
        return "related headline"
    # Figures are what readers check, so a line that has some is kept ("5 things to know" has none).
    if text.endswith(_NO_LABEL_END) or _FIGURE.search(text):
        return None
    if is_title_case(text) and 3 <= words <= _RELATED_WORDS:
        return "related headline"
    if words <= _HEADING_WORDS and text[0].isupper():
        return "heading"
    return "related headline" if stray and words <= _STRAY_WORDS else None
