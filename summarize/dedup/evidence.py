"""What two articles share, for a reader to see, and what only one of them says."""

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from summarize.dedup.shingles import SHINGLE_WORDS, Hasher, Hashes, spoken
from summarize.records import Article

__all__ = ["Compared", "compare", "one_passage", "sentences"]

_QUOTE_CHARACTERS = 200
# Shorter sentences ("No," he said) are no news.
_SENTENCE_WORDS = 5
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+|\n")


@dataclass(frozen=True, slots=True)
class Compared:
    """What an article shares with another one.

    `passage` is the longest wording that both have, cut to 200 characters with "…"; `lost` counts
    the sentences of the article of which the other has less than half.
    """

    passage: str
    lost: int


def compare(article: Article, other: Article, hasher: Hasher) -> Compared:
    """What of `article` stands in `other`, word for word."""
    body = article.body
    shingles, starts = hasher.shingles(body)
    found = _found(shingles, hasher.shingles(other.body)[0])
    return Compared(_passage(body, starts, found), _lost(body, starts, found))


def one_passage(article: Article, other: Article, hasher: Hasher) -> bool:
    """Whether most of what `article` shares with `other`, speech aside, stands in a row."""
    shingles, starts = hasher.shingles(article.body)
    found = _found(shingles, hasher.shingles(other.body)[0]) & ~spoken(article.body, starts)
    edges = _edges(found)
    longest = int((edges[1::2] - edges[::2]).max(initial=0))
    return 2 * longest > int(np.count_nonzero(found))


def sentences(body: str) -> list[str]:
    """The text cut behind the marks and lines that end a sentence."""
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(body)), len(body)]
    return [body[start:end] for start, end in pairwise(cuts)]


def _found(shingles: Hashes, others: Hashes) -> NDArray[np.bool_]:
    """Which shingles are among the others; `numpy.isin` takes several times as long."""
    if not len(others):
        return np.zeros(len(shingles), bool)
    ordered = np.sort(others)
    places = np.minimum(np.searchsorted(ordered, shingles), len(ordered) - 1)
    found: NDArray[np.bool_] = ordered[places] == shingles
    return found


def _edges(found: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Where runs begin and end, in turns."""
    return np.flatnonzero(np.diff(np.concatenate(([0], found.view(np.int8), [0]))))


def _passage(body: str, starts: NDArray[np.intp], found: NDArray[np.bool_]) -> str:
    edges = _edges(found)
    if not len(edges):
        return ""
    firsts, behind = edges[::2], edges[1::2]
    longest = int(np.argmax(behind - firsts))
    last = _WORD.match(body, int(starts[behind[longest] + SHINGLE_WORDS - 2]))
    passage = " ".join(body[starts[firsts[longest]] : last.end() if last else None].split())
    if len(passage) <= _QUOTE_CHARACTERS:
        return passage
    return passage[:_QUOTE_CHARACTERS].rsplit(" ", 1)[0] + " …"


def _lost(body: str, starts: NDArray[np.intp], found: NDArray[np.bool_]) -> int:
    covered = np.convolve(found, np.ones(SHINGLE_WORDS, np.intp)) > 0 if len(found) else starts < 0
    cuts = [match.end() for match in _SENTENCE_END.finditer(body)]
    words = np.concatenate(([0], np.searchsorted(starts, cuts), [len(starts)]))
    sums = np.concatenate(([0], np.cumsum(covered)))
    lengths, known = np.diff(words), sums[words[1:]] - sums[words[:-1]]
    return int(np.count_nonzero((lengths >= _SENTENCE_WORDS) & (2 * known < lengths)))
