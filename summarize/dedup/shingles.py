"""Word 5-shingles as numbers, computed from the characters without cutting the text into words.

A text is one long polynomial over its letters, modulo 2^64 (Karp and Rabin, 1987): the number of
any stretch is a difference of two prefix sums, moved to the origin by an inverse power. So numpy
does in a dozen passes what a loop over words does in six hundred steps.
"""

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

__all__ = ["SHINGLE_WORDS", "Hasher", "Hashes", "spoken"]

SHINGLE_WORDS = 5

Hashes = NDArray[np.uint64]

# Speech in double, curly or single quotation marks. What is not closed ends with its line, but a
# mark that another opening one follows counts for nothing.
# Each branch begins with its mark, for which the expression then skips at once. A single mark may
# be an apostrophe: the longest speech in 28,402 articles of train/ has 16 of them, and without a
# limit a line of marks that none closes takes time that grows with its square.
_SPEECH = re.compile(
    r""""(?<![^\s(\[—–-]")(?=\S)[^"\n]*(?:(?<=\S)"|$)|“[^“”\n]*(?:”|$)"""
    r"""|‘(?:[^‘’\n]|’\w)*’|'(?<!\S')(?=\S)(?:[^'\n]*+'(?=\w)){0,20}[^'\n]*+(?<=\S)'""",
    re.MULTILINE,
)

# Odd, so that it has an inverse; 5 modulo 8, so that its powers come round as late as can be.
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)


class Hasher:
    """Turns texts into numbers: the same number for the same words on every machine.

    Words are runs of letters, digits and "_", compared without case; all between two words counts
    as one blank. The tables grow with the longest text and the highest character met.
    """

    def __init__(self) -> None:
        self._letters = np.zeros(0, np.uint64)
        self._powers = np.zeros(0, np.uint64)
        self._inverses = np.zeros(0, np.uint64)

    def shingles(self, text: str) -> tuple[Hashes, NDArray[np.intp]]:
        """The number of each 5 words in a row, repeats included, and where each word starts."""
        values = self._values(text + " ")
        letters = values != 0
        starts = np.flatnonzero(letters[1:] > letters[:-1]) + 1
        if letters[0]:
            starts = np.concatenate(([0], starts))
        # One blank is left behind each word.
        letters[1:] |= letters[:-1]
        values = values[letters]
        ends = np.flatnonzero(values == 0)
        self._reach(len(values))
        values *= self._powers[: len(values)]
        sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(values)[ends]))
        if len(starts) < SHINGLE_WORDS:
            return np.zeros(0, np.uint64), starts
        begins = np.concatenate(([0], ends[:-SHINGLE_WORDS] + 1))
        return (sums[SHINGLE_WORDS:] - sums[:-SHINGLE_WORDS]) * self._inverses[begins], starts

    def _values(self, text: str) -> Hashes:
        """A number for each letter of `text`, 0 for what stands between words."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        highest = int(codes.max(initial=0))
        if highest >= len(self._letters):
            more = range(len(self._letters), max(highest + 1, 256))
            self._letters = np.concatenate((self._letters, _scattered(map(_folded, more))))
        return self._letters[codes]

    def _reach(self, length: int) -> None:
        if length > len(self._powers):
            self._powers, self._inverses = _powers(_BASE, length), _powers(_INVERSE, length)


def spoken(text: str, starts: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which shingles of `text` stand in quotation marks, judged by their middle word."""
    edges = [edge for match in _SPEECH.finditer(text) for edge in match.span()]
    middle = SHINGLE_WORDS // 2
    inside: NDArray[np.bool_] = np.searchsorted(edges, starts[middle:-middle], "right") % 2 == 1
    return inside


def _folded(code: int) -> int:
    """The letter's lower case, or 0 for what is no letter (nor digit nor "_")."""
    letter = chr(code)
    return ord(letter.lower()[0]) if letter.isalnum() or letter == "_" else 0


def _scattered(codes: Iterable[int]) -> Hashes:
    """64 even bits for each code, 0 for 0 (the finalizer of SplitMix64; Steele et al., 2014)."""
    numbers = np.fromiter(codes, np.uint64) * np.uint64(_BASE)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    scattered: Hashes = numbers ^ (numbers >> np.uint64(31))
    return scattered


def _powers(base: int, count: int) -> Hashes:
    factors = np.full(count, base, np.uint64)
    factors[0] = 1
    powers: Hashes = np.multiply.accumulate(factors)
    return powers
