"""Finds names in source sentences: where the words of a name stand one after the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarize.claims.entities import Word, is_cased, keys, words_of
from summarize.claims.names import ALIASES, DEMONYMS, PARTICLES, common_words, fold, folded

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


@dataclass(frozen=True, slots=True)
class _Key:
    text: str
    start: int
    end: int
    capital: bool
    joined: bool


class NameIndex:
    """Many sentences, so prepared that a name is found without reading them all again.

    The words of a sentence are only read where its folded text holds the name that is looked for:
    reading all of them took a quarter of the time of a whole scoring.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        self._texts = sentences
        self._folded = [folded(text) for text in sentences]
        self._rows: dict[int, list[_Key]] = {}
        self._words: dict[str, None] = {}

    def _row(self, number: int) -> list[_Key]:
        """The keys of a sentence."""
        if number not in self._rows:
            words = words_of(self._texts[number])
            cased = is_cased(words)
            self._rows[number] = [
                _key(key, words[first:last], cased=cased)
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
        for variant in _variants(wanted):
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

    def _spelt_out(self, initials: str) -> Iterator[Place]:
        """The names with these initials."""
        for number, text in enumerate(self._texts):
            signs = iter(text)
            if all(letter in signs for letter in initials):
                for found, start, end in _initials(words_of(text)):
                    if found == initials:
                        yield Place(number, start, end)

    def _spelling(self, key: str) -> str:
        """The spelling of `key` in the sources, where that is another transliteration of it."""
        if len(key) <= 4 or next(self._postings(key), None) is not None:
            return key
        skeleton = _skeleton(key)
        alike = (w for w in self._vocabulary() if len(w) > 4 and _skeleton(w) == skeleton)
        return next((w for w in alike if _one_apart(key, w) and self._is_capital(w)), key)

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
            run = _run(self._row(number), place, wanted)
            if run is None:
                continue
            found = Place(number, run[0].start, run[-1].end)
            if all(key.capital for key in run):
                yield found
            elif all(key.capital or key.text not in _KNOWN for key in run) and len(run[0].text) > 2:
                lower.append(found)
        yield from lower


# What may stand between two words of a name: no comma, bracket or quotation mark.
_JOINT = re.compile(r"(?:['’][sS]?|\.)?[\s&/–-]*")


def _key(text: str, words: Sequence[Word], *, cased: bool) -> _Key:
    capital = not cased or any(word.capital or word.text.isdigit() for word in words)
    joined = _JOINT.fullmatch(words[0].gap) is not None
    return _Key(text, words[0].start, words[-1].end, capital, joined)


def _run(row: list[_Key], place: int, wanted: list[str]) -> list[_Key] | None:
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


def _initials(words: list[Word]) -> Iterator[tuple[str, int, int]]:
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


# "Gazans" are of Gaza, "Londoners" of London.
_PEOPLE_ENDINGS = (
    "ans",
    "an",
    "ns",
    "n",
    "ians",
    "ian",
    "ers",
    "er",
    "is",
    "i",
    "ese",
    "ites",
    "ite",
)


def _variants(wanted: list[str]) -> Iterator[list[str]]:
    """Other forms of the name: plural or singular, the place of a people, no common first word."""
    last = wanted[-1]
    if last.endswith("s") and len(last) > 4:
        yield [*wanted[:-1], last[:-1]]
    elif len(last) > 3:
        yield [*wanted[:-1], f"{last}s"]
    for ending in _PEOPLE_ENDINGS:
        if last.endswith(ending) and len(last) - len(ending) > 3:
            yield [*wanted[:-1], last.removesuffix(ending)]
    if len(wanted) > 1 and wanted[0] in common_words():
        yield wanted[1:]
    if len(wanted) > 2 and any(len(key) == 1 for key in wanted[1:-1]):
        yield [wanted[0], *(key for key in wanted[1:-1] if len(key) > 1), wanted[-1]]


def _simple(word: str) -> str:
    for letters, sound in (("dh", "d"), ("gh", "g"), ("kh", "k"), ("q", "k"), ("ph", "f")):
        word = word.replace(letters, sound)
    return re.sub(r"(.)\1", r"\1", word.replace("ou", "u").replace("y", "i"))


def _skeleton(word: str) -> str:
    """The first letter and the consonants; other words than names share it too."""
    simple = _simple(word)
    return simple[0] + re.sub("[aeiou]", "", simple[1:])


def _one_apart(one: str, other: str) -> bool:
    """Whether two words with one skeleton of at least three letters differ in one vowel at most."""
    one, other = _simple(one), _simple(other)
    if len(_skeleton(one)) < 3 or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    short, long = sorted((one, other), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
