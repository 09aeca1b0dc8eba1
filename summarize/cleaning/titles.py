"""The title, its repeats, and what stands around it."""

import re
from collections.abc import Sequence

from summarize.cleaning.datelines import dateline
from summarize.cleaning.lines import Line, folded, kept
from summarize.reading.text.plain import FURNITURE, PANEL, is_headline

__all__ = ["TITLE", "cut_panels", "mark_titles", "stated_title"]

TITLE = "title"
# A line that repeats the title but ends so is its first sentence.
_FULL_STOPS = (".", '."', ".'", ".”", ".’")
# "News World" before a title, "Example Courier" behind it.
_TRAIL_WORDS = 4
# What pages append to whatever is copied from them.
_COPIED_TAIL = re.compile(r"\s+Read more(?: at)?: ?https?://.*", re.DOTALL)
# Lines from the top in which a title may stand.
_REGION = 6
_SUBTITLE_WORDS = 40
# A shorter title may begin a sentence of the text.
_LONG_TITLE = 6


def cut_panels(lines: Sequence[Line]) -> list[tuple[int, int, str]]:
    """Cut what a page puts above a list of points from the first of them; return the stretches."""
    stretches = []
    for line in kept(lines)[:_REGION]:
        if panel := PANEL.match(line.text):
            stretches.append((line.start, line.start + len(panel[0].rstrip()), "section trail"))
            line.cut(panel.end())
    return stretches


def mark_titles(lines: Sequence[Line], stated: str | None) -> str | None:
    """Find the title, mark its line, its repeats and what stands around it; return the title."""
    title = _title(kept(lines)[:_REGION], stated)
    key = folded(title or "")
    if not key:
        return title
    candidates = [line for line in kept(lines) if not line.text.endswith(_FULL_STOPS)]
    own = next((line for line in candidates if line.key == key), None)
    for line in candidates:
        if line is own:
            line.reason = TITLE
        elif line.key == key or _has_trail(line.key, key):
            line.reason = "repeated title"
    # The deck and the title, or a caption and the title, are often one line.
    top = next(iter(kept(lines)), None)
    if top and top in candidates and _holds(top.key, key):
        top.reason = "repeated title"
    if own is not None:
        _mark_around(lines, own)
    return title


def stated_title(stated: str | None) -> str | None:
    """What a file states as its title, if it is one and not what a page puts beside one."""
    if stated is None or FURNITURE.match(stated):
        return None
    return _COPIED_TAIL.sub("", PANEL.sub("", stated))


def _title(top: Sequence[Line], stated: str | None) -> str | None:
    """The stated title without a section trail, else the first line if it is a headline."""
    headlines = [line for line in top if is_headline(line.text) and not dateline(line.text).length]
    for line in headlines:
        for other in headlines:
            guess = stated is None or folded(stated) == other.key
            if guess and other.key != line.key and other.key[-len(line.key) :] == line.key:
                return line.text
    if stated is None and headlines[:1] == list(top[:1]) and any(line.sentence for line in top[1:]):
        return headlines[0].text if headlines else None
    return stated


def _holds(key: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """Whether a line begins or ends with the title, and the title is too long for chance."""
    size = len(title)
    return size >= _LONG_TITLE and title in (key[:size], key[-size:])


def _has_trail(key: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """Whether a line is the title with a section before it or an outlet behind it."""
    extra = len(key) - len(title)
    return 0 < extra <= _TRAIL_WORDS and title in (key[extra:], key[:-extra])


def _mark_around(lines: Sequence[Line], own: Line) -> None:
    place = next(index for index, line in enumerate(lines) if line is own)
    for line in kept(lines[:place]):
        if not line.sentence:
            line.reason = "section trail" if len(line.key) <= _TRAIL_WORDS else "subtitle"
    after = kept(lines[place:])[:2]
    if (
        len(after) == 2
        and not after[0].text.endswith((":", ",", ";"))
        and not after[0].sentence
        and after[1].sentence
        and len(after[0].key) <= _SUBTITLE_WORDS
        and not dateline(after[0].text).length
    ):
        after[0].reason = "subtitle"
