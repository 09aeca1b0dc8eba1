"""What a number measures, so that values in different spellings and units can be compared."""

import re
from collections.abc import Sequence
from fractions import Fraction

from summarize.claims.matching import DAYS, amounts
from summarize.claims.units import convert, is_measure
from summarize.conflicts.fates import fates
from summarize.records import Claim

__all__ = ["is_converted", "kind_of", "one_measure", "spread"]

# Units that news writes for one another.
_SAME = {"GBP": "pound", "USD": "$", "percentage point": "point", "fortnight": "day"}
# Measures of one kind are compared in the first of them.
_BASES = ("km", "km²", "kg", "litre", "km/h", "MW", "GB")
_SHORT = ("second", "minute", "hour")
_PEOPLE = frozenset("person victim life death fatality casualty other dead soul".split())  # noqa: SIM905
# "180 aboard" are people, though nothing else says so.
_ABOARD = re.compile(r"\s(?:were\s)?(?:aboard|on\s?board)\b")
_AGED = frozenset({"age", "aged", "ages"})
_OLDEST = 120
_SCORE = re.compile(r"[0-9]{1,4}-[0-9]{1,4}")
_VOTED = re.compile(
    r"\b(?:vot(?:e[ds]?|ing)|ballots?|confirm(?:ed|s)?|margin|tally)\b", re.IGNORECASE
)
_BEFORE = 24


def kind_of(text: str, claim: Claim) -> str:
    """What a number of the sentence `text` measures or counts: only one kind is compared.

    Empty where nothing says it.
    """
    if _is_age(text, claim):
        return "age"
    if _SCORE.fullmatch(claim.value):
        return "vote" if _VOTED.search(text) else ""
    unit = _SAME.get(claim.unit, claim.unit)
    if unit in _PEOPLE or (not unit and (_ABOARD.match(text, claim.end) or fates(text, claim))):
        return "people"
    if unit in _SHORT:
        return "hour"
    if unit in DAYS:
        return "day"
    return next((base for base in _BASES if _size(unit, base) is not None), unit)


def _size(unit: str, base: str) -> Fraction | None:
    return convert(Fraction(1), unit, base) if is_measure(unit) and unit != "pound" else None


def _is_age(text: str, claim: Claim) -> bool:
    """Whether a number is somebody's age: "aged 27", "27-year-old", "Ann Lee, 27, said"."""
    before = text[max(0, claim.start - _BEFORE) : claim.start]
    if claim.text.endswith("old") or not _AGED.isdisjoint(before.lower().split()[-2:]):
        return True
    if claim.unit or not claim.value.isdigit() or not 0 < int(claim.value) <= _OLDEST:
        return False
    opens, closes = before.rstrip()[-1:], text[claim.end : claim.end + 1]
    word = re.search(r"([^\W\d_]+)[\s,(]*$", before)
    named = word is not None and word[1][0].isupper()
    return named and (opens, closes) in ((",", ","), (",", "."), ("(", ")"))


def is_converted(kind: str) -> bool:
    """Whether numbers of a kind come in several units."""
    return kind in (*_BASES, "hour", "day")


def one_measure(claim: Claim, kind: str) -> tuple[Fraction, ...]:
    """The amounts of a claim in the one unit in which all of its kind are compared."""
    if kind == "hour" and claim.unit in _SHORT:
        size = convert(Fraction(1), claim.unit, "hour")
    elif kind == "day":
        size = DAYS.get(claim.unit)
    else:
        size = _size(claim.unit, kind) if kind in _BASES else None
    return tuple(amount * (size or 1) for amount in amounts(claim.value))


def spread(claim: Claim, measured: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """By how much each amount may be off as it is written: half a unit of its last digit."""
    return tuple(
        _last_digit(end) / 2 * size / stated if stated else Fraction(0)
        for end, stated, size in zip(
            claim.value.split(".."), amounts(claim.value), measured, strict=True
        )
    )


def _last_digit(value: str) -> Fraction:
    whole, _, decimals = value.partition(".")
    zeros = len(whole) - len(whole.rstrip("0"))
    return Fraction(1, 10 ** len(decimals)) if decimals else Fraction(10**zeros)
