"""Words as support is measured on them: any spelling of the same words gives the same tokens.

Summaries of models come lower-cased and cut into tokens ("jolie 's", "do n't"); sources come as
written. Both fold to one form here.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files
from math import log

from summarize.words import STOP_WORDS, stem

__all__ = ["NEGATIONS", "is_content", "is_number", "tokens", "weight"]

NEGATIONS = frozenset(
    "not no never none neither nor nobody nothing without hardly cannot".split()  # noqa: SIM905
)

_BRACKETS = re.compile(r"-(?:lrb|rrb|lsb|rsb|lcb|rcb)-", re.IGNORECASE)
_NOT = re.compile(r"n['’]t\b", re.IGNORECASE)
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_CLITICS = frozenset({"s", "re", "ve", "ll", "d", "m", "t"})
_WHOLE = {"ca": "can", "wo": "will", "sha": "shall"}
_NUMERALS = frozenset(
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    thousand million billion dozen""".split()  # noqa: SIM905
)


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[str, ...]:
    """The folded words and numbers of `text`, in order: "Jolie's can't" is jolie, can, not."""
    plain = _BRACKETS.sub(" ", text).replace("’", "'")
    plain = _DOTTED.sub(lambda match: match[0].replace(".", ""), plain)
    found = _TOKEN.findall(_NOT.sub(" not ", plain).lower())
    kept: list[str] = []
    for place, word in enumerate(found):
        if word in _CLITICS and kept:
            continue
        following = found[place + 1] if place + 1 < len(found) else ""
        word = _WHOLE.get(word, word) if following == "not" else word
        kept.append(word if word in STOP_WORDS else stem(word.replace(",", "")))
    return tuple(kept)


def is_content(token: str) -> bool:
    """Whether it says what a sentence is about."""
    return token not in STOP_WORDS


def is_number(token: str) -> bool:
    """Whether it is a number in digits or letters."""
    return token[0].isdigit() or token in _NUMERALS


@cache
def _ranks() -> dict[str, int]:
    text = files("summarize").joinpath("models/copyist/common.txt").read_text(encoding="utf-8")
    ranks: dict[str, int] = {}
    for rank, word in enumerate(text.split()):
        ranks.setdefault(stem(word), rank)
    return ranks


@lru_cache(maxsize=100_000)
def weight(token: str) -> float:
    """How much a token says, 0 to 1: the log of its rank among the common words; 1 for rare ones."""
    ranks = _ranks()
    return log(2 + ranks.get(token, len(ranks))) / log(2 + len(ranks))
