"""Lines put together: which hyphens at line ends belong to the word."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from summarize.reading.pieces import HYPHEN
from summarize.words import STOP_WORDS, stem

__all__ = ["Joiner"]

_SOFT = "\u00ad"
_LETTERS = r"[^\W\d_]+(?:['’][^\W\d_]+)*"
_WORD = re.compile(rf"{_LETTERS}(?:-{_LETTERS})*")
_BROKEN = re.compile(rf"((?:{_LETTERS}-)*)({_LETTERS})[-‐{HYPHEN}]$")
_GOING_ON = re.compile(_LETTERS)
# A dash or hyphen without a space before it: none follows it either.
_TIED = re.compile(rf"\S[-‐–—{HYPHEN}]$")
# Where hyphens divide words, more lines end in one. Text that is not divided: at most .01.
_DIVIDED_SHARE = 0.02


class Joiner:
    """Puts the lines of one document together, by the words it has elsewhere."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._words = Counter[str]()
        broken = [_BROKEN.search(line) for line in lines]
        rests = [None, *broken[:-1]]
        for line, end, before in zip(lines, broken, rests, strict=True):
            start = _GOING_ON.match(line) if before else None
            inner = line[start.end() if start else 0 : end.start() if end else len(line)]
            self._words.update(word.lower() for word in _WORD.findall(inner))
        self._stems = Counter[str]()
        for word, count in self._words.items():
            self._stems[stem(word)] += count
        self._divides = self._divided(lines)

    def joined(self, lines: Sequence[str]) -> str:
        """The lines of one paragraph as its text."""
        linked = [self._linked(above, below) for above, below in pairwise(lines)]
        return "".join([*linked, lines[-1]]).replace(HYPHEN, "-").replace(_SOFT, "")

    def _linked(self, above: str, below: str) -> str:
        """The upper line with what stands between it and the next one."""
        if above.endswith(_SOFT):
            return above
        end, start = _BROKEN.search(above), _GOING_ON.match(below)
        if end and start:
            kept = end[1] or self._belongs(end[2], start[0])
            return above[:-1] + ("-" if kept else "")
        return above + ("" if _TIED.search(above) else " ")

    def _divided(self, lines: Sequence[str]) -> bool:
        """Whether the document divides words at line ends."""
        proofs = Counter[bool]()
        ends = 0
        for above, below in pairwise(lines):
            end, start = _BROKEN.search(above), _GOING_ON.match(below)
            if end and start and not end[1]:
                ends += 1
                whole, compound = self._seen(end[2], start[0])
                proofs[whole > compound] += whole != compound
        if proofs[True] != proofs[False]:
            return proofs[True] > proofs[False]
        return ends > _DIVIDED_SHARE * len(lines)

    def _seen(self, left: str, right: str) -> tuple[int, int]:
        """How often the document has the word without the hyphen, and with it."""
        return self._stems[stem(left + right)], self._words[f"{left}-{right}".lower()]

    def _belongs(self, left: str, right: str) -> bool:
        """Whether the hyphen between two parts is the word's own."""
        if right[0].isupper():
            return True
        whole, compound = self._seen(left, right)
        if whole != compound:
            return compound > whole
        return not self._divides or all(map(self._is_word, (left, right)))

    def _is_word(self, part: str) -> bool:
        return part.lower() in STOP_WORDS or self._words[part.lower()] > 0
