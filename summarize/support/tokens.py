"""Words as support is measured on them: any spelling of the same words gives the same tokens.

Summaries of models come lower-cased and cut into tokens ("jolie 's", "do n't"); sources come as
written. Both fold to one form here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import log

from summarize.words import STOP_WORDS, stem

__all__ = ["NEGATIONS", "Token", "is_content", "is_number", "keys", "tokens", "weight"]

NEGATIONS = frozenset(
    "not no never none neither nor nobody nothing without hardly cannot".split()  # noqa: SIM905
)

_WORD = re.compile(
    r"-(?:lrb|rrb|lsb|rsb|lcb|rcb)-"  # brackets, as corpora write them
    r"|n['’]t\b"
    r"|\d+(?:[.,:]\d+)*"
    r"|(?:[^\W\d_]\.){2,}"
    r"|[^\W\d_]+?(?=n['’]t\b)|[^\W\d_]+",
    re.IGNORECASE,
)
_CLITICS = frozenset({"s", "re", "ve", "ll", "d", "m", "t"})
_WHOLE = {"ca": "can", "wo": "will", "sha": "shall"}
_NUMERALS = frozenset(
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    thousand million billion dozen""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word or number: `text[start:end]` of the sentence, compared by `key`."""

    key: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[Token, ...]:
    """The words and numbers of `text`, in order: "Jolie's can't" is jolie, can, not."""
    return tuple(Token(*folded) for folded in _folded(text))


@lru_cache(maxsize=20_000)
def keys(text: str) -> tuple[str, ...]:
    """The keys of the tokens of `text`, without their places."""
    return tuple(key for key, _, _ in _folded(text))


def _folded(text: str) -> Iterator[tuple[str, int, int]]:
    found = [match for match in _WORD.finditer(text) if match[0][0] != "-"]
    for place, match in enumerate(found):
        word = match[0].lower().replace("’", "'")
        if place and word in _CLITICS:
            continue
        following = found[place + 1][0].lower() if place + 1 < len(found) else ""
        if word == "n't":
            word = "not"
        elif following.startswith("n") and following[1:] in ("'t", "’t"):
            word = _WHOLE.get(word, word)
        yield _key(word), *match.span()


def _key(word: str) -> str:
    return word if word in STOP_WORDS else stem(word.replace(",", ""))


def is_content(key: str) -> bool:
    """Whether it says what a sentence is about."""
    return key not in STOP_WORDS


def is_number(key: str) -> bool:
    """Whether it is a number in digits or letters."""
    return key[:1].isdigit() or key in _NUMERALS


@cache
def _ranks() -> dict[str, int]:
    text = files("summarize").joinpath("models/copyist/common.txt").read_text(encoding="utf-8")
    ranks: dict[str, int] = {}
    for rank, word in enumerate(text.split()):
        ranks.setdefault(stem(word), rank)
    return ranks


@lru_cache(maxsize=100_000)
def weight(key: str) -> float:
    """How much a word says, 0 to 1: the log of its rank among the common words; rare ones 1."""
    ranks = _ranks()
    return log(2 + ranks.get(key, len(ranks))) / log(2 + len(ranks))
