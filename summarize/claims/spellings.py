"""Other forms of a name: plurals, the place of a people, another transliteration."""

import re
from collections.abc import Iterator

from summarize.claims.names import common_words

__all__ = ["one_apart", "skeleton", "variants"]

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


def variants(wanted: list[str]) -> Iterator[list[str]]:
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


def skeleton(word: str) -> str:
    """The first letter and the consonants; other words than names share it too."""
    simple = _simple(word)
    return simple[0] + re.sub("[aeiou]", "", simple[1:])


def one_apart(one: str, other: str) -> bool:
    """Whether two words with one skeleton of at least three letters differ in one vowel at most."""
    one, other = _simple(one), _simple(other)
    if len(skeleton(one)) < 3 or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    short, long = sorted((one, other), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
