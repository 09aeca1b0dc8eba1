"""The words of a source sentence as keys that names are looked for among."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarize.claims.names import PARTICLES, fold
from summarize.claims.words import Word

__all__ = ["Key", "as_key", "initials_of", "run_of"]


@dataclass(frozen=True, slots=True)
class Key:
    """What a name's words at `start` to `end` are compared by (`words.keys`).

    `joined` says that nothing ends a name between them and the words before.
    """

    text: str
    start: int
    end: int
    capital: bool
    joined: bool


# What may stand between two words of a name: no comma, bracket or quotation mark.
_JOINT = re.compile(r"(?:['’][sS]?|\.)?[\s&/–-]*")


def as_key(text: str, words: Sequence[Word], *, cased: bool) -> Key:
    """The key `text` of `words`; where capitals tell nothing (`cased`), all may be names."""
    capital = not cased or any(word.capital or word.text.isdigit() for word in words)
    joined = _JOINT.fullmatch(words[0].gap) is not None
    return Key(text, words[0].start, words[-1].end, capital, joined)


def run_of(row: list[Key], place: int, wanted: list[str]) -> list[Key] | None:
    """The keys from `place` on that are the `wanted` ones; a middle name may stand between them."""
    run = [row[place]]
    for text in wanted[1:]:
        following = row[place + 1 : place + 3]
        if not following or not following[0].joined:
            return None
        if following[0].text != text and following[0].capital:
            following = following[1:]
            place += 1
        if not following or following[0].text != text or not following[0].joined:
            return None
        place += 1
        run.append(row[place])
    return run


def initials_of(words: list[Word]) -> Iterator[tuple[str, int, int]]:
    """The initials of every run of two to six capitalised words, particles left out."""
    for first, word in enumerate(words):
        if not word.text[0].isupper():
            continue
        letters, last = "", first
        for place in range(first, min(first + 9, len(words))):
            text = words[place].text
            if place > first and words[place].gap not in (" ", "-", " & "):
                break
            if text[0].isupper():
                letters, last = letters + text[0], place
                if len(letters) > 1:
                    yield letters, word.start, words[last].end
            elif fold(text) not in PARTICLES and text not in ("and", "on", "in"):
                break
