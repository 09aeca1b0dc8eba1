"""Whether two values that sources state are of one fact, by how much their sentences are the same.

`sameness` is a logistic model; what says that they are of two facts all the same is in `signs`.
"""

from collections.abc import Mapping
from functools import lru_cache
from math import inf, log

from summarize.claims.units import is_measure
from summarize.conflicts.dates import happening
from summarize.conflicts.mentions import Mention
from summarize.language import parse_all
from summarize.records import Claim
from summarize.words import words

__all__ = ["alike", "around", "equal_numbers", "features", "is_sure", "other_numbers", "sameness"]

# Words on each side of a number that are compared one by one. Chosen.
_SIDE = 2
# More words shared than this tell nothing more. Chosen.
_MANY = 8
# The logarithm of the choices beyond which more tell nothing more, as in tables. Chosen: to 2 to 4
# the weights fit as well as without a limit (average precision .92).
_CHOICES = 3
# Mentions whose surroundings are kept, as every mention is compared with many. Chosen.
_KEPT = 4096
# The share of the shorter sentence's stems that makes two say much the same, as in
# `summarize.words.says_the_same`, and that two of one fact have at least. Below the second 4 of 19
# values that were listed on training stories are real.
_SAME, _LEAST = 0.6, 0.4

# The least log odds that two values tell one fact: numbers of sentences that say much the same, and
# of others; dates of one happening, and of what the same people did. Spans of time and shares, of
# which articles have several, must be surer. Chosen by reading what is listed on training stories.
_SURE_ALIKE = -0.3
_SURE = 1.85
_SURE_HAPPENING, _SURE_PARTNERS = 0.0, 1.5
_SURER = 0.5
_SEVERAL = frozenset(
    {"second", "minute", "hour", "day", "week", "month", "year", "decade", "time", "%"}
)
# Words without which a sentence does not say what its number is of.
_FEWEST = 4
# Shared words from which sentences that say much the same are taken for that. Chosen likewise.
_FEW = 3

# Fitted by `benchmarks/studies/conflicts.py fit` to pairs of numbers of one unit in two articles of
# one story: equal values tell one fact, unequal ones (nearly always) two. How many values of the
# unit the articles state tells most: without it the average precision falls from .84 to .80.
_BASE = -0.18
_WEIGHTS = {
    "words near": 3.89,
    "shared": 1.74,
    "sides": 2.23,
    "numbers": 0.68,
    "choices": -0.88,
    "bounds": -0.45,
    "counted": -0.8,
}


def sameness(one: Mention, other: Mention) -> float:
    """How likely two numbers of one unit tell one fact, as log odds."""
    values = features(one, other)
    return _BASE + sum(weight * values[name] for name, weight in _WEIGHTS.items())


def features(one: Mention, other: Mention) -> dict[str, float]:
    """What `sameness` judges by; none depends on the two values."""
    shared = one.whole.keys() & other.whole.keys()
    return {
        "words near": _overlap(one.near, other.near),
        "shared": min(len(shared), _MANY) / _MANY,
        "sides": _equal_sides(one, other),
        "numbers": equal_numbers(one, other),
        "choices": min(log(one.choices * other.choices), _CHOICES),
        "bounds": float(one.bound != other.bound),
        "counted": float(not (one.is_date or is_measure(one.unit) or one.unit == "age")),
    }


def _overlap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sorted(one.keys() & other.keys())
    total = sum(one.values()) * sum(other.values())
    return sum((one[word] * other[word]) ** 0.5 for word in shared) / total**0.5 if total else 0.0


def _equal_sides(one: Mention, other: Mention) -> float:
    """The share of the words right before and right after the numbers that are equal."""
    (before, after), (its_before, its_after) = (
        around(m.sentence.text, m.claim) for m in (one, other)
    )
    sides = ((before[: -_SIDE - 1 : -1], its_before[: -_SIDE - 1 : -1]), (after, its_after))
    equal = sum(
        a == b for mine, its in sides for a, b in zip(mine[:_SIDE], its[:_SIDE], strict=False)
    )
    return equal / (2 * _SIDE)


def equal_numbers(one: Mention, other: Mention) -> float:
    """1 where the sentences share another number, -1 where they give others of one unit, else 0."""
    numbers, others = other_numbers(one), other_numbers(other)
    if numbers & others:
        return 1.0
    units = {unit for _, unit in numbers} & {unit for _, unit in others}
    return -float(bool(units - {"number", "date"}))


@lru_cache(maxsize=_KEPT)
def other_numbers(mention: Mention) -> set[tuple[str, str]]:
    """The other numbers of the sentence, and its dates but for weekdays."""
    return {
        (claim.value, claim.unit or claim.kind)
        for claim in mention.figures
        if claim.start != mention.claim.start
        and (claim.kind == "number" or any(c.isdigit() for c in claim.value))
    }


def is_sure(one: Mention, other: Mention, score: float) -> bool:
    """Whether a `sameness` is enough for two values to be taken for those of one fact."""
    if min(len(one.whole), len(other.whole)) < _FEWEST:
        return False
    near = alike(one, other, _FEW)
    if one.is_date:
        return near and score >= _sure_of_dates(one, other)
    least = (_SURE_ALIKE if near else _SURE) + _SURER * (one.unit in _SEVERAL)
    return score >= least and alike(one, other, _FEW, _LEAST) and _has_verb(one, other)


def _has_verb(*mentions: Mention) -> bool:
    """Whether the sentences say something: "Shares: $2.10, against $1.90" is a line of a table."""
    docs = parse_all(mention.sentence.text for mention in mentions)
    return all(any(token.pos_ in {"VERB", "AUX"} for token in doc) for doc in docs)


def _sure_of_dates(one: Mention, other: Mention) -> float:
    """The least log odds for two dates: they may say when one thing happened, or two."""
    happened, its = (happening(m.sentence.text, m.claim) for m in (one, other))
    if happened.words & its.words:
        return _SURE_HAPPENING
    # What somebody said on a day is not what was done on one.
    spoken = bool(happened.words) != bool(its.words)
    return _SURE_PARTNERS if happened.who & its.who and not spoken else inf


def alike(one: Mention, other: Mention, fewest: int, share: float = _SAME) -> bool:
    """Whether the sentences of two numbers share so much of the shorter one's words.

    They share at least `fewest`.
    """
    shorter = min(len(one.whole), len(other.whole))
    shared = len(one.whole.keys() & other.whole.keys())
    return shared >= max(fewest, share * shorter)


@lru_cache(maxsize=_KEPT)
def around(text: str, claim: Claim) -> tuple[list[str], list[str]]:
    """The words before and after a claim in the sentence `text`, in small letters."""
    text = text.lower()
    return words(text[: claim.start]), words(text[claim.end :])
