"""Which source sentence a summary sentence retells, and where its words differ from it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from summarize.claims.names import fold
from summarize.words import STOP_WORDS

__all__ = ["Change", "changes", "exchange", "likeness"]

_TOKEN = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*\.?(?<=[^.])|[^\W_]|[$€£%]")


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a summary sentence, `start` to `end`, that stand for others in a source sentence.

    Both stretches are offsets into their sentence; either may be empty, but not both.
    """

    start: int
    end: int
    source_start: int
    source_end: int


def _tokens(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    found = list(_TOKEN.finditer(text))
    return [fold(match[0]) for match in found], [match.span() for match in found]


def _span(spans: Sequence[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
    """The stretch of the tokens `first` to `last`; an empty one stands where the next begins."""
    if first < last:
        return spans[first][0], spans[last - 1][1]
    place = spans[first][0] if first < len(spans) else (spans[-1][1] if spans else 0)
    return place, place


def likeness(text: str, source: str) -> float:
    """The share (0 to 1) of the words of `text` that `source` has in the same order."""
    words, _ = _tokens(text)
    blocks = _matcher(words, _tokens(source)[0]).get_matching_blocks()
    return sum(block.size for block in blocks) / len(words) if words else 0.0


def _matcher(words: list[str], others: list[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(lambda word: word in STOP_WORDS, words, others, autojunk=False)


def changes(text: str, source: str) -> Iterator[Change]:
    """Where the words of `text` differ from those of `source`, in order."""
    (words, spans), (others, other_spans) = _tokens(text), _tokens(source)
    for tag, first, last, other, other_last in _matcher(words, others).get_opcodes():
        if tag != "equal":
            ours, theirs = _trimmed(words, others, range(first, last), range(other, other_last))
            if ours or theirs:
                place = _span(spans, ours.start, ours.stop)
                yield Change(*place, *_span(other_spans, theirs.start, theirs.stop))


def _trimmed(
    words: list[str], others: list[str], ours: range, theirs: range
) -> tuple[range, range]:
    """The stretches without the words that both begin or end with: "Khan said" for "Asif said".

    The matcher leaves common words in that stand beside no other match.
    """
    while ours and theirs and words[ours[-1]] == others[theirs[-1]]:
        ours, theirs = ours[:-1], theirs[:-1]
    while ours and theirs and words[ours[0]] == others[theirs[0]]:
        ours, theirs = ours[1:], theirs[1:]
    return ours, theirs


def exchange(text: str, source: str) -> Change | None:
    """The words around which two stretches changed places ("A beat B" for "B beat A").

    None where the texts differ in anything else.
    """
    (words, spans), (others, other_spans) = _tokens(text), _tokens(source)
    if len(words) != len(others) or words == others or sorted(words) != sorted(others):
        return None
    differ = [n for n, pair in enumerate(zip(words, others, strict=True)) if pair[0] != pair[1]]
    first, last = differ[0], differ[-1] + 1
    ours, theirs = words[first:last], others[first:last]
    for end in range(1, len(ours) - 1):
        for start in range(end + 1, len(ours)):
            if theirs == ours[start:] + ours[end:start] + ours[:end]:
                moved = first + len(ours) - start
                return Change(
                    *_span(spans, first + end, first + start),
                    *_span(other_spans, moved, moved + start - end),
                )
    return None
