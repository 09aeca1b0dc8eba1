"""The words of a sentence as names are read in them, and what they are compared by."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarize.claims.names import ALIASES, DEMONYMS, PARTICLES, fold

__all__ = ["Word", "is_cased", "is_headline", "keys", "words_of"]

_LONGEST_ALIAS = max(len(form) for form in ALIASES)
_ALIAS_STARTS = frozenset(form[0] for form in ALIASES if len(form) > 1)
_WORD = re.compile(
    r"(?:[A-Z]\.){2,}|[^\W_]*[A-Z][^\W_]*-[0-9]+[^\W_]*|(?:St|Mt|Ft)\.(?=\s[A-Z])|[^\W_]+(?:&[^\W_]+|['’](?!s\b|S\b)[^\W_]+)*"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text at `start` to `end`; `gap` is what stands between it and the word before."""

    text: str
    start: int
    end: int
    gap: str

    @property
    def capital(self) -> bool:
        """Whether a capital letter stands in it ("Homs", "iPhone", "T4")."""
        return any(c.isupper() for c in self.text)


def words_of(text: str) -> list[Word]:
    """The words of `text`: abbreviations keep their dots, possessive endings belong to no word."""
    words: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        if match[0] in "sS" and text[match.start() - 1 : match.start()] in "'’":
            continue
        words.append(Word(match[0], match.start(), match.end(), text[last : match.start()]))
        last = match.end()
    return words


def is_cased(words: Sequence[Word]) -> bool:
    """Whether capitals tell names apart: not in headlines in capitals and lower-cased text."""
    texts = [word.text for word in words if word.text[0].isalpha() and len(word.text) > 1]
    capital = sum(text[0].isupper() for text in texts)
    upper = sum(text.isupper() for text in texts)
    return capital > 0 and (upper < 0.7 * len(texts) or len(texts) < 4)


def keys(words: Sequence[Word], *, cased: bool = True) -> list[tuple[str, int, int]]:
    """What `words` are compared by: (key, index of the first word, index after the last).

    Aliases of several words become one key, peoples become their country, particles are left out.
    """
    folded = [fold(word.text) for word in words]
    found: list[tuple[str, int, int]] = []
    index = 0
    while index < len(words):
        size, key = _alias(words, folded, index, cased=cased)
        if key not in PARTICLES:
            found.append((key, index, index + size))
        index += size
    return found or [(key, place, place + 1) for place, key in enumerate(folded)]


def _alias(words: Sequence[Word], folded: list[str], index: int, *, cased: bool) -> tuple[int, str]:
    first = folded[index]
    if first in _ALIAS_STARTS:
        for size in range(min(_LONGEST_ALIAS, len(words) - index), 1, -1):
            key = ALIASES.get(tuple(folded[index : index + size]))
            if key:
                return size, key
    capitals = words[index].text.replace(".", "")
    key = ALIASES.get((capitals,)) if cased and capitals.isupper() else None
    return 1, key or ALIASES.get((first,)) or DEMONYMS.get(first, first)


def is_headline(words: Sequence[Word]) -> bool:
    """Whether a text of `words` has capitals where others have none: "Boat Sinks Off Port Elmo"."""
    long = [word for word in words if len(word.text) > 3 and word.text[0].isalpha()]
    capital = sum(word.text[0].isupper() for word in long)
    return len(words) > 2 and len(long) > 1 and capital > 0.75 * len(long)
