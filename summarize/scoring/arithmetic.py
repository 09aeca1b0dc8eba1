"""Numbers of a summary that no source states but that follow from two it states.

A share ("8 of 23 = 34.8 %"), a multiple ("300 / 150 = 2"), a sum or difference ("12 + 7 = 19"), the
percent by which one is more or less than the other, and the years between two dates. By chance many
numbers follow from some others, so the caller offers only those of a sentence or of two neighbours,
and the words of the claim must ask for the working: a difference is "7 more", a sum "19 in all".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import combinations
from math import ceil

from summarize.claims.matching import DAYS, amounts, bounded, is_share, same_thing, within
from summarize.claims.numbers import Bound
from summarize.claims.numerals import plain
from summarize.claims.units import is_measure
from summarize.records import Claim

__all__ = ["Working", "worked_out"]

_COMPARED = re.compile(
    r"\b(?:more|fewer|less|higher|lower|shorter|longer|older|younger|rose|risen|grew|grown|fell"
    r"|fallen|dropped|increas\w+|decreas\w+|gap|margin|lead|differ\w*|difference|another|further"
    r"|remain\w*|left|rest|others?|missing|apart|later|earlier|ahead|behind|by|cut|added|up|down"
    r"|complete\w*|than)\b",
    re.IGNORECASE,
)
_SUMMED = re.compile(
    r"\b(?:all|total|totall?ing|altogether|together|combined|overall|both|aboard|between them"
    r"|toll|sum|some|spent|including|on board|casualties"
    r"|(?:dead|killed|died|injured|hurt) (?:or|and) (?:missing|injured|wounded|hurt))\b",
    re.IGNORECASE,
)


# Before a percentage these tell of a change, and which of two numbers is the one before it.
_HEDGES = r"(?:\s(?:by|of|about|around|nearly|almost|over|some|roughly|more than|less than))*\s$"
_ROSE = re.compile(
    r"\b(?:rose|risen|rise|rising|up|grew|grown|growth|growing|gain\w*|climb\w*|jump\w*|surg\w+"
    rf"|soar\w*|increas\w+|rais\w+){_HEDGES}",
    re.IGNORECASE,
)
_FELL = re.compile(
    r"\b(?:fell|fallen|fall|falling|down|drop\w*|declin\w+|decreas\w+|slump\w*|plung\w+|shrank"
    rf"|shrunk|cut|reduc\w+|slash\w*|los[et]|tumbl\w+|slid\w*){_HEDGES}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Working:
    """How a number follows: `text` is the calculation, `stated` its first operand."""

    text: str
    stated: Claim


@dataclass(frozen=True, slots=True)
class _Result:
    text: str
    value: Fraction


def worked_out(claim: Claim, text: str, stated: Sequence[Claim], bound: Bound) -> Working | None:
    """How `claim`, a number in the sentence `text`, follows from two of the numbers `stated`.

    `bound` is what the words before it make of it ("about", "more than"). None where it does not
    follow.
    """
    wanted = amounts(claim.value)
    if len(wanted) != 1 or wanted[0] <= 0 or claim.value[-1].isalpha():
        return None
    known = [(c, value) for c in _ends(stated) if (value := _amount(c, claim.unit))]
    # A span between two dates is known to the year: "over three years" from 2019 to 2023.
    follows = within if claim.unit in DAYS else bounded
    for (one, first), (two, second) in combinations(known, 2):
        high, low = max(first, second), min(first, second)
        for result in _results(claim, text, (one, two), (high, low)):
            if (
                follows(wanted[0], result.value, bound)
                or _rounded(claim, result.value)
                or (bound == "below" and claim.unit == "%" and wanted[0] == ceil(result.value))
            ):
                return Working(result.text, one)
    return None


def _ends(stated: Sequence[Claim]) -> Iterator[Claim]:
    """The numbers, a range as its two ends ("rose from 100 to 120")."""
    for claim in stated:
        digits = any(c.isdigit() for c in claim.text) or " to " in claim.text
        digits = digits and claim.kind == "number"
        for value in claim.value.split("..") if digits else [claim.value]:
            yield replace(claim, value=value)


def _amount(claim: Claim, wanted: str) -> Fraction | None:
    """The value of a single positive number; of a date, its year (1 for a day of any year)."""
    if claim.kind == "date":
        if claim.value.startswith("XXXX") and wanted in DAYS:
            return Fraction(1)
        year = re.match(r"[12][0-9]{3}(?![0-9])", claim.value)
        return Fraction(year[0]) if year and ".." not in claim.value else None
    values = amounts(claim.value)
    single = len(values) == 1 and not claim.value[-1].isalpha() and ":" not in claim.value
    return values[0] if single and values[0] > 0 else None


# A third is written 0.3333.
_THIRDS_DIFFER = Fraction(1, 1000)


def _rounded(claim: Claim, exact: Fraction) -> bool:
    """Whether a share or multiple in the claim's digits is `exact`, rounded to as many."""
    if is_share(claim) and claim.unit != "%":
        return abs(amounts(claim.value)[0] - exact) < _THIRDS_DIFFER
    if claim.unit not in ("%", "time"):
        return False
    places = len(claim.value.partition(".")[2])
    return abs(amounts(claim.value)[0] - exact) * 2 <= Fraction(1, 10**places)


def _results(
    claim: Claim, text: str, stated: tuple[Claim, Claim], values: tuple[Fraction, Fraction]
) -> Iterator[_Result]:
    """What two numbers, the higher first, give that the claim may say."""
    (one, two), (high, low) = stated, values
    if "date" in (one.kind, two.kind):
        yield from _apart(claim, one, two, high - low if low > 1 else Fraction(0))
    elif claim.unit == "%" and (base := _before(claim, text, values)):
        if same_thing(one.unit, two.unit) and one.unit != "%":
            change = (high - low) / base * 100
            shown = f"({_shown(high)} - {_shown(low)}) / {_shown(base)} = {float(change):.3g} %"
            yield _Result(shown, change)
    elif is_share(claim):
        yield from _shares(claim, stated, values)
    elif claim.unit == "time":
        if (same_thing(one.unit, two.unit) or _are_votes(one, two)) and low < high:
            ratio = high / low
            yield _Result(f"{_shown(high)} / {_shown(low)} = {float(ratio):.3g}", ratio)
    elif _counts(claim, one) and _counts(claim, two):
        if _SUMMED.search(text):
            yield _Result(f"{_shown(high)} + {_shown(low)} = {_shown(high + low)}", high + low)
        if high > low and _COMPARED.search(text):
            yield _Result(f"{_shown(high)} - {_shown(low)} = {_shown(high - low)}", high - low)


def _before(claim: Claim, text: str, values: tuple[Fraction, Fraction]) -> Fraction | None:
    """Which of two numbers, the higher first, a change to the other is measured by; else None."""
    told = text[: claim.start]
    if _ROSE.search(told):
        return values[1]
    return values[0] if _FELL.search(told) else None


_LARGE = (("trillion", 10**12), ("billion", 10**9), ("million", 10**6))


def _shown(value: Fraction) -> str:
    """A number for the reader: "9.8 billion", "14,000", "0.5"."""
    for word, scale in _LARGE:
        if value >= scale and (value / scale * 1000).denominator == 1:
            return f"{plain(value / scale)} {word}"
    return f"{int(value):,}" if value.denominator == 1 and value >= 10**4 else plain(value)


def _apart(claim: Claim, one: Claim, two: Claim, years: Fraction) -> Iterator[_Result]:
    """The time between two dates, in what the claim counts."""
    days = _days(one, two)
    if days and claim.unit in DAYS and claim.unit != "year":
        yield _Result(f"{one.text} to {two.text} = {days} days", days / DAYS[claim.unit])
    if one.kind == two.kind and claim.unit == "year" and years > 0:
        first, last = sorted(claim.value[:4] for claim in (one, two))
        yield _Result(f"{last} - {first} = {plain(years)}", years)


def _shares(
    claim: Claim, stated: tuple[Claim, Claim], values: tuple[Fraction, Fraction]
) -> Iterator[_Result]:
    """What part the lower number is of the higher, and each vote of all."""
    pairs = [(values[1], values[0])] if _is_part_of(stated, values) else []
    if _are_votes(*stated):
        pairs += [(votes, sum(values, Fraction(0))) for votes in values]
    for part, whole in pairs:
        share = part / whole
        shown = f"{_shown(part)} of {_shown(whole)} = {float(share * 100):.3g} %"
        yield _Result(shown, share * (100 if claim.unit == "%" else 1))


def _days(one: Claim, two: Claim) -> Fraction | None:
    """The days between two dates that name month and day."""
    values = [re.fullmatch(r"(XXXX|[0-9]{4})-([0-9]{2})-([0-9]{2})", c.value) for c in (one, two)]
    if one.kind != "date" or two.kind != "date" or not (values[0] and values[1]):
        return None
    known = next((match[1] for match in values if match and match[1] != "XXXX"), "2001")
    try:
        first, last = (
            date.fromisoformat(f"{known if m[1] == 'XXXX' else m[1]}-{m[2]}-{m[3]}")
            for m in values
            if m
        )
    except ValueError:
        return None
    return Fraction(abs((last - first).days)) or None


# Characters between the two numbers of one vote or score: "188 votes to 61".
_VOTES_APART = 12


def _are_votes(one: Claim, two: Claim) -> bool:
    """Whether two numbers are those for and against, which are all."""
    if one.start == two.start:
        return " to " in one.text or "-" in one.text
    return "vote" in (one.unit, two.unit) and 0 <= two.start - one.end <= _VOTES_APART


def _is_part_of(stated: tuple[Claim, Claim], values: tuple[Fraction, Fraction]) -> bool:
    """Whether the lower number may count a part of the higher."""
    units = [claim.unit for claim in stated]
    whole = all(value.denominator == 1 for value in values)
    if "%" in units or "year" in units or values[0] == values[1]:
        return False
    if any(is_measure(unit) for unit in units):
        return units[0] == units[1]
    return whole and values[1] > 1


def _counts(claim: Claim, stated: Claim) -> bool:
    """Whether a stated number is one of what the claim counts."""
    if is_measure(claim.unit) or is_measure(stated.unit):
        both = {claim.unit, stated.unit}
        return len(both) == 1 or both == {"%", "percentage point"}
    return same_thing(claim.unit, stated.unit)
