"""Whether two numbers that sources state are of one fact.

`sameness` is a logistic model of how much their sentences are the same; `two_things` has the signs
that they are of two facts whatever else is the same.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from math import log

from summarize.claims.matching import amounts
from summarize.claims.units import convert, is_measure
from summarize.conflicts.mentions import Mention, reconciled, stems
from summarize.words import stem

__all__ = ["TIME", "alike", "far_apart", "features", "sameness", "two_things"]

TIME = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "time"})

_WORD = re.compile(r"[^\W_]+(?:['’.\-,][^\W_]+)*")
# What joins some of a number to it: "four of five", "six of the state's eight".
_OF = re.compile(r"\s(?:out\s)?of(?:\s(?:the|all|its|their))?(?:\s\S+['’]s?)?\s")
# Values further apart than this are of two things, ages already than the second. Chosen by reading
# what is listed on train and dev stories: most is right below, and little above.
_RATIO = 2
_AGE_RATIO = 1.25
# A name this near to a number, in characters, says what it is the number of. Chosen.
_NEAR = 30
# Words on each side of a number that are compared one by one. Chosen.
_SIDE = 2
# More words shared than this tell nothing more. Chosen.
_MANY = 8
# A "not" this near to a number, in words, denies it. Chosen.
_DENIED = 5
# Mentions whose surroundings are kept, as every mention is compared with many. Chosen.
_KEPT = 4096
# The share of the shorter sentence's stems that makes two say much the same, as in
# `summarize.words.says_the_same`.
_SAME = 0.6

# Words at a number that say which one of several it is.
_MARKS = frozenset(
    """additional another average earlier extra first further last least less maximum median minimum
    more most new next other others previous remaining second""".split()  # noqa: SIM905
)
_NEGATIONS = frozenset("no not never without lost lack lacked".split())  # noqa: SIM905
# Who lacks a thing is the rest of those who have it. Looked for further off. Chosen.
_LACKING = frozenset({"without", "lack", "lacked", "lost"})
_LACKED = 8
# These are measured again and again: two values are of two moments or of two polls.
_STORMS = frozenset("storm storms hurricane winds".split())  # noqa: SIM905
_MARKETS = frozenset(
    """closed trading dow nasdaq market markets shares stocks futures crude gallon
    barrel""".split()  # noqa: SIM905
)
_POLLS = frozenset(
    """poll polls polling survey surveyed respondents surveys approval rating
    favorability""".split()  # noqa: SIM905
)
_REPEATED = {
    **dict.fromkeys(("mph", "km/h", "mile", "km"), _STORMS),
    **dict.fromkeys(("$", "USD", "EUR", "GBP"), _MARKETS),
    **dict.fromkeys(("%", "point", "percentage point"), _MARKETS | _POLLS),
}
_SPEEDS = frozenset({"mph", "km/h"})
# A word of these this near to a number, in words, says that it is measured again; of a speed it may
# stand anywhere. Chosen likewise.
_MOMENT = 10

# Fitted by `benchmarks/studies/conflicts.py fit` to pairs of numbers of one unit in two articles of
# one story: equal values tell one fact, unequal ones (nearly always) two. How many values of the
# unit the articles state tells most: without it the average precision falls from .84 to .80.
_BASE = -0.23
_WEIGHTS = {
    "words near": 3.94,
    "shared": 1.7,
    "sides": 2.23,
    "numbers": 0.7,
    "choices": -0.74,
    "bounds": -0.47,
    "counted": -0.83,
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
        "numbers": _equal_numbers(one, other),
        "choices": log(one.choices * other.choices),
        "bounds": float(one.bound != other.bound),
        "counted": float(not is_measure(one.unit) and one.unit != "age"),
    }


def _overlap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sorted(one.keys() & other.keys())
    total = sum(one.values()) * sum(other.values())
    return sum((one[word] * other[word]) ** 0.5 for word in shared) / total**0.5 if total else 0.0


def _equal_sides(one: Mention, other: Mention) -> float:
    """The share of the words right before and right after the numbers that are equal."""
    (before, after), (its_before, its_after) = _around(one), _around(other)
    sides = ((before[: -_SIDE - 1 : -1], its_before[: -_SIDE - 1 : -1]), (after, its_after))
    equal = sum(
        a == b for mine, its in sides for a, b in zip(mine[:_SIDE], its[:_SIDE], strict=False)
    )
    return equal / (2 * _SIDE)


def _equal_numbers(one: Mention, other: Mention) -> float:
    """1 where the sentences share another number, -1 where they give others of one unit, else 0."""
    numbers, others = _other_numbers(one), _other_numbers(other)
    if numbers & others:
        return 1.0
    units = {unit for _, unit in numbers} & {unit for _, unit in others}
    return -float(bool(units - {"number", "date"}))


@lru_cache(maxsize=_KEPT)
def _other_numbers(mention: Mention) -> set[tuple[str, str]]:
    """The other numbers of the sentence, and its dates but for weekdays."""
    return {
        (claim.value, claim.unit or claim.kind)
        for claim in mention.claims
        if claim.start != mention.claim.start
        and claim.kind != "entity"
        and (claim.kind == "number" or any(c.isdigit() for c in claim.value))
    }


def alike(one: Mention, other: Mention, fewest: int) -> bool:
    """Whether the sentences of two numbers say much the same, in at least `fewest` shared words."""
    shorter = min(len(one.whole), len(other.whole))
    shared = len(one.whole.keys() & other.whole.keys())
    return shared >= max(fewest, _SAME * shorter)


def two_things(one: Mention, other: Mention, *, words: bool = True) -> str:
    """Which sign says that two numbers are of two things, "" for none.

    Without `words` what sentences that say much the same may differ in is no sign.
    """
    signs = _ALWAYS | _WORDS if words else _ALWAYS
    return next((name for name, shows in signs.items() if shows(one, other)), "")


def _stands_there(one: Mention, other: Mention) -> bool:
    """One of the numbers stands in the other's sentence, for another thing."""
    return _holds(one, other) or _holds(other, one)


def _holds(mention: Mention, other: Mention) -> bool:
    """Whether the sentence of `mention` has a number that may be the one of `other`."""
    both = {value for value, _ in _other_numbers(other)}
    return any(
        claim.kind == "number"
        and claim.unit in ("", mention.claim.unit)
        and claim != mention.claim
        and claim.value not in both
        and amounts(claim.value)
        and not far_apart(held := replace(mention, claim=claim, bound=""), other)
        and reconciled(held, other)
        for claim in mention.claims
    )


def far_apart(one: Mention, other: Mention) -> bool:
    """Whether the values differ by so much that they are of two things."""
    if one.claim.value == other.claim.value:
        return False
    ratio = _AGE_RATIO if one.unit == "age" else _RATIO
    a, b = (sorted(amounts(m.claim.value)) for m in (one, other))
    ends = zip(a, b, strict=True) if len(a) == len(b) else [(a[0], b[-1]), (a[-1], b[0])]
    return any(min(pair) <= 0 or max(pair) > ratio * min(pair) for pair in ends)


def _other_dates(one: Mention, other: Mention) -> bool:
    """Both sentences name dates, and none is the same or a part of another ("2018")."""
    days, others = one.values("date"), other.values("date")
    same = any(a in b or b in a for a in days for b in others)
    return bool(days and others) and not same


def _marks(mention: Mention) -> set[str]:
    text, claim = mention.sentence.text, mention.claim
    # A capital, but for the first word's, is a name's: "New York".
    text = text[:1].lower() + text[1:]
    before, after = _WORD.findall(text[: claim.start]), _WORD.findall(text[claim.end :])
    # "At least" and "more than" are bounds.
    near = ["", *before[-_SIDE:], "", *after[:_SIDE], ""]
    return {
        word
        for place, word in enumerate(near)
        if word in _MARKS and near[place - 1] != "at" and near[place + 1] != "than"
    }


def _one_is_total(one: Mention, other: Mention) -> bool:
    return _is_total(one) != _is_total(other)


def _is_total(mention: Mention) -> bool:
    """Whether the number is that of which the sentence counts some: "four of five"."""
    before = mention.sentence.text[: mention.claim.start].lower()
    ends = {claim.end for claim in mention.claims if claim.kind == "number"}
    return any(_OF.fullmatch(before[end:]) for end in ends)


@lru_cache(maxsize=_KEPT)
def _around(mention: Mention) -> tuple[list[str], list[str]]:
    text, claim = mention.sentence.text.lower(), mention.claim
    return _WORD.findall(text[: claim.start]), _WORD.findall(text[claim.end :])


def _is_denied(mention: Mention) -> bool:
    before, after = _around(mention)
    return not _NEGATIONS.isdisjoint([*before[-_DENIED:], *after[:_DENIED]])


def _rest_of_whole(one: Mention, other: Mention) -> bool:
    """30 percent and 70 percent: who has the one has not the other."""
    return one.claim.unit == "%" and sum(
        amounts(one.claim.value) + amounts(other.claim.value)
    ) == 100  # fmt: skip


def _measured_again(one: Mention, other: Mention) -> bool:
    repeated = _REPEATED.get(one.claim.unit, frozenset())
    reach = None if one.claim.unit in _SPEEDS else _MOMENT
    return any(
        not repeated.isdisjoint([*before[::-1][:reach], *after[:reach]])
        for before, after in (_around(one), _around(other))
    )


def _other_names(one: Mention, other: Mention) -> bool:
    names, others = (
        {n for c in m.claims if c.kind == "entity" for n in stems(c.text)} for m in (one, other)
    )
    return bool(names and others) and not names & others


def _elsewhere(one: Mention, other: Mention) -> bool:
    """Two distances from or to places with other names."""
    if convert(Fraction(1), one.claim.unit, "m") is None:
        return False
    sides = zip(_neighbours(one), _neighbours(other), strict=True)
    return any(mine and its and not mine & its for mine, its in sides)


def _neighbours(mention: Mention) -> tuple[set[str], set[str]]:
    """The stems of the names right before and right after the number."""
    names = [claim for claim in mention.claims if claim.kind == "entity"]
    start, end = mention.claim.start, mention.claim.end
    before = [name for name in names if start - _NEAR <= name.start and name.end <= start]
    after = [name for name in names if end <= name.start and name.end <= end + _NEAR]
    return stems(before[-1].text) if before else set(), stems(after[0].text) if after else set()


def _other_marks(one: Mention, other: Mention) -> bool:
    return _marks(one) != _marks(other)


def _one_denied(one: Mention, other: Mention) -> bool:
    return _is_denied(one) != _is_denied(other)


def _one_lacks(one: Mention, other: Mention) -> bool:
    """Two shares, of those who have a thing and of those who have it not."""
    if one.claim.unit != "%":
        return False
    lacks = [
        not _LACKING.isdisjoint([*before[-_LACKED:], *after[:_LACKED]])
        for before, after in (_around(one), _around(other))
    ]
    return lacks[0] != lacks[1]


_Sign = Callable[[Mention, Mention], bool]

_ALWAYS: dict[str, _Sign] = {
    "stands there": _stands_there,
    "far apart": far_apart,
    "rest": _rest_of_whole,
    "total": _one_is_total,
    "elsewhere": _elsewhere,
    "lacked": _one_lacks,
    "measured again": _measured_again,
}
_WORDS: dict[str, _Sign] = {
    "dates": _other_dates,
    "denied": _one_denied,
    "marks": _other_marks,
    "names": _other_names,
}
