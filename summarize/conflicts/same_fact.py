"""Whether two numbers that sources state are of one fact.

`sameness` is a logistic model of how much their sentences are the same; `two_things` has the signs
that they are of two facts whatever else is the same.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from summarize.claims.matching import amounts
from summarize.claims.units import is_measure
from summarize.conflicts.mentions import Mention, stems
from summarize.language import parse
from summarize.words import stem

__all__ = ["TIME", "far_apart", "features", "sameness", "two_things"]

TIME = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "time"})

_WORD = re.compile(r"[^\W_]+(?:['’.\-,][^\W_]+)*")
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
# Log odds above which only the values themselves can say that two numbers are of two things.
# Chosen by reading what is listed on training stories.
_CERTAIN = 3.5

# Words at a number that say which one of several it is.
_MARKS = frozenset(
    """additional another average earlier extra first further last least less maximum median minimum
    more most new next other others previous remaining second""".split()  # noqa: SIM905
)
_NEGATIONS = frozenset("no not never without lost lack lacked".split())  # noqa: SIM905
# Shares of these are measured again and again: two values are of two moments or of two polls.
_REPEATED = frozenset(
    stem(word)
    for word in """closed trading dow nasdaq market markets shares stocks futures poll polls
    polling survey surveyed respondents surveys approval rating favorability crude futures
    gallon barrel""".split()  # noqa: SIM905
)
_MOVING = frozenset({"%", "$", "USD", "EUR", "GBP", "point", "percentage point"})
_SYNONYMS = tuple(
    frozenset(stem(word) for word in line.split())
    for line in (
        "kill die leave shoot gun slay murder claim perish slaughter massacre lose",
        "injure wound hurt",
        "arrest detain charge",
    )
)

# Fitted by `benchmarks/studies/conflicts.py fit` to pairs of numbers of one unit in two articles of
# one story: equal values tell one fact, unequal ones (nearly always) two.
_BASE = -2.18
_WEIGHTS = {
    "words": -1.25,
    "words near": 1.92,
    "part": -2.89,
    "part near": 3.27,
    "shared": 3.43,
    "sides": 1.42,
    "numbers": 1.02,
    "verb": 0.35,
    "other verb": 0.19,
    "neighbours": -0.18,
    "bounds": -1.0,
    "time": 0.74,
    "%": -0.54,
    "counted": 0.3,
}


def sameness(one: Mention, other: Mention) -> float:
    """How likely two numbers of one unit tell one fact, as log odds."""
    values = features(one, other)
    return _BASE + sum(weight * values[name] for name, weight in _WEIGHTS.items())


def features(one: Mention, other: Mention) -> dict[str, float]:
    """What `sameness` judges by; none depends on the two values."""
    shared = one.whole.keys() & other.whole.keys()
    verbs = _verb(one), _verb(other)
    synonyms = any(verbs[0] in line and verbs[1] in line for line in _SYNONYMS)
    unit = one.unit
    return {
        "words": _overlap(one.whole, other.whole),
        "words near": _overlap(one.near, other.near),
        "part": _part(one.whole, other.whole),
        "part near": _part(one.near, other.near),
        "shared": min(len(shared), _MANY) / _MANY,
        "sides": _equal_sides(one, other),
        "numbers": float(bool(_other_numbers(one) & _other_numbers(other))),
        "verb": float(bool(verbs[0]) and (verbs[0] == verbs[1] or synonyms)),
        "other verb": float(all(verbs) and not synonyms
                            and verbs[0] not in other.whole and verbs[1] not in one.whole),
        "neighbours": float(_other_neighbours(one, other)),
        "bounds": float(one.bound != other.bound),
        "time": float(unit in TIME),
        "%": float(unit == "%"),
        "counted": float(not is_measure(unit) and unit != "age"),
    }  # fmt: skip


def _overlap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sorted(one.keys() & other.keys())
    total = sum(one.values()) * sum(other.values())
    return sum((one[word] * other[word]) ** 0.5 for word in shared) / total**0.5 if total else 0.0


def _part(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The share of the lighter one's weight that the other has too."""
    least = min(sum(one.values()), sum(other.values()))
    shared = sorted(one.keys() & other.keys())
    return min(1.0, sum(min(one[word], other[word]) for word in shared) / least) if least else 0.0


def _equal_sides(one: Mention, other: Mention) -> float:
    """The share of the words right before and right after the numbers that are equal."""
    (before, after), (its_before, its_after) = _around(one), _around(other)
    sides = ((before[: -_SIDE - 1 : -1], its_before[: -_SIDE - 1 : -1]), (after, its_after))
    equal = sum(
        a == b for mine, its in sides for a, b in zip(mine[:_SIDE], its[:_SIDE], strict=False)
    )
    return equal / (2 * _SIDE)


@lru_cache(maxsize=_KEPT)
def _other_numbers(mention: Mention) -> set[tuple[str, str]]:
    """The other numbers of the sentence."""
    return {(claim.value, claim.unit) for claim in mention.claims
            if claim.kind == "number" and claim.start != mention.claim.start}  # fmt: skip


def two_things(one: Mention, other: Mention, score: float) -> str:
    """Which sign says that two numbers of the sameness `score` are of two things, "" for none."""
    signs = _VALUES if score > _CERTAIN else _VALUES | _WORDS
    return next((name for name, shows in signs.items() if shows(one, other)), "")


def _stands_there(one: Mention, other: Mention) -> bool:
    """One of the numbers stands in the other's sentence, for another thing."""
    values = [
        {c.value for c in m.claims if c.kind == "number" and c.unit in ("", one.claim.unit)}
        for m in (one, other)
    ]
    return other.claim.value in values[0] or one.claim.value in values[1]


def far_apart(one: Mention, other: Mention) -> bool:
    """Whether the values differ by so much that they are of two things."""
    if one.claim.value == other.claim.value:
        return False
    values = amounts(one.claim.value) + amounts(other.claim.value)
    ratio = _AGE_RATIO if one.unit == "age" else _RATIO
    return min(values) <= 0 or max(values) > ratio * min(values)


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
    near = ["", *before[-2:], "", *after[:2], ""]
    marks = {
        word
        for place, word in enumerate(near)
        if word in _MARKS and near[place - 1] != "at" and near[place + 1] != "than"
    }
    return marks | ({"of"} if _is_total(mention) else set())


def _is_total(mention: Mention) -> bool:
    """Whether the number is that of which the sentence counts some: "four of five"."""
    before = mention.sentence.text[: mention.claim.start].lower()
    ends = {claim.end for claim in mention.claims if claim.kind == "number"}
    return any(before[end:].strip() in ("of", "of the", "out of", "of all") for end in ends)


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
    moves = one.claim.unit in _MOVING
    return moves and not _REPEATED.isdisjoint([*one.whole, *other.whole])


def _other_names(one: Mention, other: Mention) -> bool:
    names, others = (
        {n for c in m.claims if c.kind == "entity" for n in stems(c.text)} for m in (one, other)
    )
    return bool(names and others) and not names & others


def _other_neighbours(one: Mention, other: Mention) -> bool:
    """Other names stand right before or right after the two numbers."""
    sides = zip(_neighbours(one), _neighbours(other), strict=True)
    return any(mine and its and not mine & its for mine, its in sides)


@lru_cache(maxsize=_KEPT)
def _neighbours(mention: Mention) -> tuple[set[str], set[str]]:
    names = [claim for claim in mention.claims if claim.kind == "entity"]
    start, end = mention.claim.start, mention.claim.end
    before = [name for name in names if start - _NEAR <= name.start and name.end <= start]
    after = [name for name in names if end <= name.start and name.end <= end + _NEAR]
    return stems(before[-1].text) if before else set(), stems(after[0].text) if after else set()


@lru_cache(maxsize=_KEPT)
def _verb(mention: Mention) -> str:
    """The stem of the verb that governs the number; empty for "be" and "have" as auxiliaries."""
    token = next(t for t in parse(mention.sentence.text) if t.idx + len(t) > mention.claim.start)
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    return stem(token.lemma_) if token.pos_ == "VERB" else ""


def _other_marks(one: Mention, other: Mention) -> bool:
    return _marks(one) != _marks(other)


def _one_denied(one: Mention, other: Mention) -> bool:
    return _is_denied(one) != _is_denied(other)


_Sign = Callable[[Mention, Mention], bool]

_VALUES: dict[str, _Sign] = {
    "stands there": _stands_there,
    "far apart": far_apart,
    "rest": _rest_of_whole,
}
_WORDS: dict[str, _Sign] = {
    "dates": _other_dates,
    "marks": _other_marks,
    "denied": _one_denied,
    "measured again": _measured_again,
    "names": _other_names,
}
