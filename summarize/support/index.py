"""Source sentences prepared once, so that many summary sentences can be looked up in them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarize.support.tokens import is_content, tokens, weight

__all__ = ["Fragment", "TokenIndex"]

# Sentences that are looked at more closely.
_LOOKED_AT = 24


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of summary tokens, `start` to `end`, that the source `sentence` holds at `place`."""

    start: int
    end: int
    sentence: int
    place: int


class TokenIndex:
    """The tokens of source sentences, by word and by pair of words."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.texts = list(sentences)
        self.rows = [tokens(text) for text in self.texts]
        self.sets = [frozenset(row) for row in self.rows]
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._pairs: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        self._triples: set[tuple[str, str, str]] = set()
        for number, row in enumerate(self.rows):
            for place, word in enumerate(row):
                self._places[word].append((number, place))
            for place, pair in enumerate(zip(row, row[1:], strict=False)):
                self._pairs[pair].append((number, place))
            self._triples.update(zip(row, row[1:], row[2:], strict=False))

    def has(self, word: str) -> bool:
        """Whether any sentence holds the token."""
        return word in self._places

    def has_pair(self, pair: tuple[str, str]) -> bool:
        """Whether the two tokens stand beside each other in a sentence."""
        return pair in self._pairs

    def has_triple(self, triple: tuple[str, str, str]) -> bool:
        """Whether the three tokens stand one after the other in a sentence."""
        return triple in self._triples

    def sentences_with(self, word: str) -> list[int]:
        """The numbers of the sentences that hold the token."""
        return sorted({number for number, _ in self._places.get(word, ())})

    def closest(self, said: Sequence[str], most: int) -> list[int]:
        """The sentences that hold most of the weight of `said`; runs of words count again."""
        gains: dict[int, float] = defaultdict(float)
        for word in dict.fromkeys(said):
            if is_content(word):
                for number in self.sentences_with(word):
                    gains[number] += weight(word)
        for pair in dict.fromkeys(zip(said, said[1:], strict=False)):
            for number in {number for number, _ in self._pairs.get(pair, ())}:
                gains[number] += 0.25
        return sorted(gains, key=lambda number: (-gains[number], number))[:most]

    def evidence(self, said: Sequence[str], most: int) -> list[int]:
        """The fewest sentences that hold what is said, up to `most`; the closest comes first."""
        left = {word for word in said if is_content(word)}
        close = self.closest(said, _LOOKED_AT)
        chosen = close[:1]
        while chosen and len(chosen) < most:
            left -= self.sets[chosen[-1]]
            gains = [
                (sum(weight(w) for w in left if w in self.sets[n]), -place, n)
                for place, n in enumerate(close)
                if n not in chosen
            ]
            if not gains or max(gains)[0] <= 0:
                break
            chosen.append(max(gains)[2])
        return chosen

    def fragments(self, said: Sequence[str]) -> list[Fragment]:
        """The longest copied runs, greedily from the left (Grusky et al. 2018)."""
        found: list[Fragment] = []
        start = 0
        while start < len(said):
            best = self._longest(said, start)
            if best is None:
                start += 1
                continue
            found.append(best)
            start = best.end
        return found

    def _longest(self, said: Sequence[str], start: int) -> Fragment | None:
        pair = tuple(said[start : start + 2])
        places = self._pairs.get(pair, ()) if len(pair) == 2 else ()  # type: ignore[call-overload]
        if not places:
            single = self._places.get(said[start])
            return Fragment(start, start + 1, *single[0]) if single else None
        best = Fragment(start, start, 0, 0)
        for number, place in places:
            row, length = self.rows[number], 2
            while (
                start + length < len(said)
                and place + length < len(row)
                and row[place + length] == said[start + length]
            ):
                length += 1
            if length > best.end - best.start:
                best = Fragment(start, start + length, number, place)
        return best
