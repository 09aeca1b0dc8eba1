"""Finds names in source sentences: where the words of a name stand one after the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from summarize.claims.entities import name_claim
from summarize.claims.names import (
    ACRONYMS,
    ALIASES,
    DEMONYMS,
    common_words,
    fold,
    folded,
)
from summarize.claims.rows import Key, as_key, initials_of, run_of
from summarize.claims.spellings import one_apart, skeleton, variants
from summarize.claims.words import Word, is_cased, is_headline, keys, words_of
from summarize.records import Claim
from summarize.words import stem

__all__ = ["NameIndex", "Place"]

_KNOWN = frozenset(ALIASES.values()) | frozenset(DEMONYMS.values())


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of the `sentence`-th source sentence, as offsets into that sentence."""

    sentence: int
    start: int
    end: int


# A word as `entities` cuts it, but for codes.
_WORD = re.compile(r"[^\W_]+(?:['’](?!s\b|S\b)[^\W_]+)*")


def _single(word: str) -> str:
    """The key of a folded word that stands alone."""
    return ALIASES.get((word,)) or DEMONYMS.get(word, word)


@lru_cache(maxsize=10_000)
def _signs(key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a text with the key holds: one of some folded words, or one of some in capitals."""
    forms = [form[0] for form, name in ALIASES.items() if name == key]
    forms += [word for word, country in DEMONYMS.items() if country == key]
    small = {form for form in forms if not form.isupper()}
    return (key, *sorted(small - {key})), tuple(form for form in forms if form.isupper())


class NameIndex:
    """Many sentences, so prepared that a name is found without reading them all again.

    The words of a sentence are only read where its folded text holds the name that is looked for:
    reading all of them took a quarter of the time of a whole scoring.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        self._texts = sentences
        self._folded = [folded(text) for text in sentences]
        self._rows: dict[int, list[Key]] = {}
        self._words: dict[str, None] = {}
        self._stems: dict[bool, set[str]] | None = None

    def _row(self, number: int) -> list[Key]:
        """The keys of a sentence."""
        if number not in self._rows:
            words = words_of(self._texts[number])
            cased = is_cased(words)
            self._rows[number] = [
                as_key(key, words[first:last], cased=cased)
                for key, first, last in keys(words, cased=cased)
            ]
        return self._rows[number]

    def _postings(self, key: str) -> Iterator[tuple[int, int]]:
        """The sentences with `key`, and its place among the keys of each."""
        signs, capitals = _signs(key)
        for number, text in enumerate(self._folded):
            if any(sign in text for sign in signs) or (
                capitals and any(c in self._texts[number].replace(".", "") for c in capitals)
            ):
                for place, held in enumerate(self._row(number)):
                    if held.text == key:
                        yield number, place

    def find(self, name: str) -> Iterator[Place]:
        """Where `name` is named, in the order of the sentences."""
        yield from self._literal(name)
        wanted = [key for key, _, _ in keys(words_of(name))]
        if not wanted:
            return
        yield from self._runs(wanted)
        capitals = name.replace(".", "")
        if capitals.isupper() and capitals.isalpha():
            yield from self._spelt_out(capitals)
        if name in ACRONYMS:
            yield from self._written(ACRONYMS[name])
        for variant in variants(wanted):
            yield from self._runs(variant)
        yield from self._compound(name)
        spelt = [self._spelling(key) for key in wanted]
        if spelt != wanted:
            yield from self._runs(spelt)

    def are_joined(self, one: str, other: str) -> bool:
        """Whether two names stand side by side somewhere: "Harrison" and "Ford", "Rome, Italy"."""
        names = re.escape(one), re.escape(other)
        joint = r"\W+(?:(?:s|and|or|in|of|the|near)\W+)?"
        pairs = [rf"\b{first}{joint}{second}(?!\w)" for first, second in (names, names[::-1])]
        pattern = re.compile("|".join(pairs))
        return any(one in text and other in text and pattern.search(text) for text in self._texts)

    def _written(self, phrase: str) -> Iterator[Place]:
        """Where common words stand."""
        for number, text in enumerate(self._texts):
            start = text.casefold().find(phrase)
            if start >= 0:
                yield Place(number, start, start + len(phrase))

    def _spelt_out(self, initials: str) -> Iterator[Place]:
        """The names with these initials."""
        for number, text in enumerate(self._texts):
            signs = iter(text)
            if all(letter in signs for letter in initials):
                for found, start, end in initials_of(words_of(text)):
                    if found == initials:
                        yield Place(number, start, end)

    def read(self, text: str, claims: Sequence[Claim]) -> list[Claim]:
        """The claims of `text`, with its names as far as only the sentences here tell them.

        Where capitals tell nothing, the words that are names here are names there; and a name that
        a headline runs into its verb ("Bo Reed Recaptures Elmo") is cut where it is written small.
        """
        words = words_of(text)
        if not is_cased(words):
            return sorted([*claims, *self._uncased(text, words, claims)], key=lambda c: c.start)
        if not is_headline(words):
            return [part for claim in claims for part in self._apart(text, words, claim)]
        return [part for claim in claims for part in self._cut(text, words, claim)]

    def _apart(self, text: str, words: Sequence[Word], claim: Claim) -> Iterator[Claim]:
        """The name, or the two that were run into one, each long enough for a name of its own.

        "A Pacific Star Boeing 777" names an airline and a plane.
        """
        run = [w for w in words if claim.start <= w.start and w.end <= claim.end]
        if claim.kind == "entity" and len(run) > 3 and not self._is_found(claim.text):
            for place in range(2, len(run) - 1):
                parts = [name_claim(text, run[:place]), name_claim(text, run[place:])]
                if all(self._is_found(part.text) for part in parts):
                    yield from parts
                    return
        yield claim

    def _uncased(
        self, text: str, words: Sequence[Word], claims: Sequence[Claim]
    ) -> Iterator[Claim]:
        barred = [any(c.start < w.end and w.start < c.end for c in claims) for w in words]
        names = [not bar and self._is_proper(w) for bar, w in zip(barred, words, strict=True)]
        start = 0
        while start < len(words):
            end = start + 1
            if names[start]:
                while end < len(words) and names[end] and words[end].gap == " ":
                    if not self._is_found(text[words[start].start : words[end].end]):
                        break
                    end += 1
                yield name_claim(text, words[start:end])
            start = end

    def _is_proper(self, word: Word) -> bool:
        """Whether the sentences write the word with a capital alone, and not only at their start.

        Sentences in which capitals tell nothing are left out.
        """
        key = fold(word.text)
        if len(key) < 3 or not key.isalpha() or key in common_words():
            return False
        found = [
            (self._row(number)[place].capital, place)
            for number, place in self._postings(key)
            if self._tells(number)
        ]
        return all(capital for capital, _ in found) and any(place for _, place in found)

    def _tells(self, number: int) -> bool:
        words = words_of(self._texts[number])
        return is_cased(words) and not is_headline(words)

    def _is_found(self, name: str) -> bool:
        return next(self.find(name), None) is not None

    def _cut(self, text: str, words: Sequence[Word], claim: Claim) -> Iterator[Claim]:
        """The name, or where nobody has it, its parts between words that are written small."""
        run = [w for w in words if claim.start <= w.start and w.end <= claim.end]
        if claim.kind != "entity" or len(run) < 2 or self._is_found(claim.text):
            yield claim
            return
        small = [self._is_small(word.text) for word in run]
        for is_small, group in groupby(zip(small, run, strict=True), key=itemgetter(0)):
            if not is_small:
                yield name_claim(text, [word for _, word in group])

    def _is_small(self, word: str) -> bool:
        """Whether the sentences have a form of the word in small letters, and none in capitals."""
        if self._stems is None:
            cut = (
                w for n, text in enumerate(self._texts) if self._tells(n) for w in words_of(text)
            )
            self._stems = {True: set(), False: set()}
            for found in cut:
                self._stems[found.capital].add(stem(found.text))
        return stem(word) in self._stems[False] - self._stems[True]

    def _spelling(self, key: str) -> str:
        """The spelling of `key` in the sources, where that is another transliteration of it."""
        if len(key) <= 4 or next(self._postings(key), None) is not None:
            return key
        consonants = skeleton(key)
        alike = (w for w in self._vocabulary() if len(w) > 4 and skeleton(w) == consonants)
        return next((w for w in alike if one_apart(key, w) and self._is_capital(w)), key)

    def _vocabulary(self) -> dict[str, None]:
        """The words of all sentences as keys, in order."""
        if not self._words:
            found = dict.fromkeys(word for text in self._texts for word in _WORD.findall(text))
            self._words = dict.fromkeys(_single(fold(word)) for word in found)
        return self._words

    def _is_capital(self, key: str) -> bool:
        return any(self._row(number)[place].capital for number, place in self._postings(key))

    def _compound(self, name: str) -> Iterator[Place]:
        """Two names that a hyphen or stroke joins, where both are named ("Bush-Clinton")."""
        parts = [part for part in re.split("[-/]", name) if len(part) > 2]
        if len(parts) > 1 and "".join(parts).isalpha():
            places = [
                next(self._runs([key for key, _, _ in keys(words_of(p))]), None) for p in parts
            ]
            if None not in places:
                yield from (place for place in places if place)

    def _literal(self, name: str) -> Iterator[Place]:
        holding = [number for number, text in enumerate(self._texts) if name in text]
        if holding:
            pattern = re.compile(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])")
            for number in holding:
                for match in pattern.finditer(self._texts[number]):
                    yield Place(number, *match.span())

    def _runs(self, wanted: list[str]) -> Iterator[Place]:
        lower: list[Place] = []
        for number, place in self._postings(wanted[0]):
            run = run_of(self._row(number), place, wanted)
            if run is None:
                continue
            found = Place(number, run[0].start, run[-1].end)
            if all(key.capital for key in run):
                yield found
            elif all(key.capital or key.text not in _KNOWN for key in run) and len(run[0].text) > 2:
                lower.append(found)
        yield from lower
