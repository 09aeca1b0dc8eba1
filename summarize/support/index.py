"""Source sentences prepared once, so that many summary sentences can be looked up in them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarize.support.tokens import is_content, keys, weight

__all__ = ["Fragment", "TokenIndex", "overlap"]

# Of pairs that stand in a sentence, each counts as much as a common word: copied wording tells the
# sentence that was meant from another about the same things. Chosen, not measured.
_PAIR = 0.25

# Words that are about one another stand this near. Between 6 and 8 it makes no difference.
_REACH = 7

# Bounds on hostile input: places of one pair of words that are tried, and words that are compared
# in order. Sentences of news have 25 words.
_MOST_PLACES, _MOST_WORDS = 200, 300


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of words, `start` to `end`, that the source `sentence` holds at `place`."""

    start: int
    end: int
    sentence: int
    place: int

    @property
    def size(self) -> int:
        """The number of words."""
        return self.end - self.start


class TokenIndex:
    """The words of source sentences: single, in pairs and in threes."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.rows = [keys(text) for text in sentences]
        self.sets = [frozenset(row) for row in self.rows]
        self.triples = {t for row in self.rows for t in zip(row, row[1:], row[2:], strict=False)}
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._pairs: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            for place, word in enumerate(row):
                self._places[word].append((number, place))
            for place, pair in enumerate(pairwise(row)):
                self._pairs[pair].append((number, place))

    def has(self, word: str) -> bool:
        """Whether any sentence holds the word."""
        return word in self._places

    def has_pair(self, pair: tuple[str, str]) -> bool:
        """Whether the two words stand beside each other in a sentence."""
        return pair in self._pairs

    def together(self, one: str, other: str) -> bool:
        """Whether a sentence holds both words."""
        places = min(self._places[one], self._places[other], key=len)
        return any(one in self.sets[n] and other in self.sets[n] for n, _ in places)

    def near(self, one: str, other: str) -> bool:
        """Whether the two words stand within `_REACH` words of each other in a sentence."""
        rarer, far = sorted((one, other), key=lambda word: len(self._places.get(word, ())))
        return any(
            far in self.rows[number][max(0, place - _REACH) : place + _REACH + 1]
            for number, place in self._places.get(rarer, [])[:_MOST_PLACES]
        )

    def closest(self, said: Sequence[str], most: int) -> list[int]:
        """Up to `most` sentences, first the one that holds most of the weight of `said`."""
        gains: Counter[int] = Counter()
        for word in dict.fromkeys(filter(is_content, said)):
            for number in {number for number, _ in self._places.get(word, ())}:
                gains[number] += weight(word)  # type: ignore[assignment]
        for pair in dict.fromkeys(pairwise(said)):
            for number in {number for number, _ in self._pairs.get(pair, ())}:
                gains[number] += _PAIR  # type: ignore[assignment]
        return sorted(gains, key=lambda number: (-round(gains[number], 9), number))[:most]

    def fragments(self, said: Sequence[str]) -> list[Fragment]:
        """The longest copied runs, greedily from the left (Grusky et al. 2018, "Newsroom")."""
        found: list[Fragment] = []
        start = 0
        while start < len(said):
            best = self._longest(said, start)
            if best is not None:
                found.append(best)
            start = best.end if best else start + 1
        return found

    def _longest(self, said: Sequence[str], start: int) -> Fragment | None:
        places = self._places.get(said[start], [])
        if start + 1 < len(said):
            places = self._pairs.get((said[start], said[start + 1])) or places[:1]
        sizes = [
            _shared(said, start, self.rows[number], place)
            for number, place in places[:_MOST_PLACES]
        ]
        if not sizes:
            return None
        size = max(sizes)
        return Fragment(start, start + size, *places[sizes.index(size)])


def _shared(said: Sequence[str], start: int, row: Sequence[str], place: int) -> int:
    size = 0
    while start + size < len(said) and place + size < len(row):
        if said[start + size] != row[place + size]:
            break
        size += 1
    return size


def overlap(said: Sequence[str], row: Sequence[str]) -> int:
    """How many words stand in both in the same order (longest common subsequence)."""
    row = row[:_MOST_WORDS]
    last = [0] * (len(row) + 1)
    for word in said[:_MOST_WORDS]:
        diagonal = 0
        for place, other in enumerate(row, 1):
            above = last[place]
            last[place] = diagonal + 1 if word == other else max(above, last[place - 1])
            diagonal = above
    return last[-1]
