"""Words as the stages compare them."""

import re
from functools import lru_cache

__all__ = [
    "STOP_WORDS",
    "WORD",
    "content_stems",
    "different_stems",
    "says_the_same",
    "stem",
    "words",
]

WORD = re.compile(r"[^\W_]+(?:['’.\-,][^\W_]+)*")

# Function words of English: they say how a sentence is built, not what it is about.
STOP_WORDS = frozenset(
    """a about above after again against all also although am among an and another any are around
    as at away back be became because been before being below between both but by came can could
    did do does doing down during each either else even ever every few for from further get gets
    got had has have having he her here hers him himself his how however i if in into is it its
    itself just let like made make many may me might more most much must my near neither never no
    nor not now of off on once one only onto or other our out over own per quite rather said same
    say says she should since so some still such than that the their them themselves then there
    these they this those though through thus to together too toward towards under until up upon us
    very via was we well were what when where whether which while who whom whose why will with
    within without would yet you your""".split()  # noqa: SIM905
)

# Two sentences repeat each other when the smaller one's content stems are shared to this degree.
# Of 1,480 pairs of sentences of one roundup it takes 10 for repeats (with .5 36, with .7 3), of 152
# paraphrases all (with .7 150, with .8 121; benchmarks/studies/thresholds.py).
_REPEATS = 0.6

_SUFFIXES = ("ations", "ation", "ments", "ment", "ings", "ing", "ers", "er", "ies", "ied", "ed",
             "es", "ly", "s", "e", "y")  # fmt: skip


def words(text: str) -> list[str]:
    """The words and numbers of `text`, in order, as written ("al-Assad's" is one word)."""
    return WORD.findall(text)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """`word` folded for comparison: lower case, no possessive, no common ending.

    A light suffix stripper: "recaptured", "recapturing" and "recaptures" become one; it never
    leaves fewer than four letters, and leaves anything with a digit alone.
    """
    folded = word.lower().replace("’", "'")
    folded = folded.removesuffix("'s").removesuffix("'").replace(".", "")
    if any(character.isdigit() for character in folded):
        return folded
    for suffix in _SUFFIXES:
        if folded.endswith(suffix) and len(folded) - len(suffix) >= 4:
            return folded[: -len(suffix)]
    return folded


def content_stems(text: str) -> list[str]:
    """The stems of the words of `text` that are no function words, in order."""
    return [stem(word) for word in words(text) if word.lower() not in STOP_WORDS]


def says_the_same(text: str, other: str) -> bool:
    """Whether most of the content words of the shorter text stand in the other one."""
    stems, others = different_stems(text), different_stems(other)
    smaller = min(len(stems), len(others))
    return smaller > 0 and len(stems & others) >= _REPEATS * smaller


@lru_cache(maxsize=20_000)
def different_stems(text: str) -> frozenset[str]:
    """The `content_stems` of `text`, each once."""
    return frozenset(content_stems(text))
