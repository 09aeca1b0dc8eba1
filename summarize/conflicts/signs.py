"""The signs that two values are of two things, whatever else their sentences share."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

from summarize.claims.matching import amounts
from summarize.claims.units import convert
from summarize.conflicts.dates import agree
from summarize.conflicts.fates import fates
from summarize.conflicts.mentions import Mention, reconciled
from summarize.conflicts.moving import measured_again
from summarize.conflicts.same_fact import alike, equal_numbers, other_numbers
from summarize.records import Claim
from summarize.words import different_stems, words

__all__ = ["far_apart", "other_fates", "two_things"]

# What joins some of a number to it: "four of five", "six of the state's eight".
_OF = re.compile(r"\s(?:out\s)?of(?:\s(?:the|all|its|their))?(?:\s\S+['’]s?)?\s")
_ZONE = re.compile(r"\b(?:GMT|UTC|BST|[ECMP][DS]?T|[A-Z][a-z]+\stime)\b")
# Values further apart than this are of two things, ages already than the second, years than the
# third. Chosen by reading what is listed on train and dev stories: most is right below, and little
# above.
_RATIO = 2
_AGE_RATIO = 1.25
_YEARS = 5
# A name this near to a number, in characters, says what it is the number of. Chosen.
_NEAR = 30
# Words on each side of a number that may say which of several it is. Chosen.
_SIDE = 2
# Words at a number that say which one of several it is.
_MARKS = frozenset(
    """additional another average extra further least less maximum median minimum more most next
    other others remaining""".split()  # noqa: SIM905
)
_OTHERS = frozenset({"other", "others", "another", "additional", "more", "further"})
# Shared words from which another mark or name in one of two sentences that say much the same does
# not make them tell of two things. Chosen by reading what is listed on training stories.
_MANY = 6


def two_things(one: Mention, other: Mention) -> str:
    """Which sign says that two numbers are of two things, "" for none."""
    return next((name for name, shows in _SIGNS.items() if shows(one, other)), "")


def _stands_there(one: Mention, other: Mention) -> bool:
    """One of the numbers stands in the other's sentence, for another thing."""
    return _holds(one, other) or _holds(other, one)


def _holds(mention: Mention, other: Mention) -> bool:
    """Whether the sentence of `mention` has another value that may be the one of `other`."""
    if mention.is_date:
        return any(agree(other.claim.value, value) for value in mention.values("date"))
    both = {value for value, _ in other_numbers(other)}
    return any(
        claim.kind == "number"
        and claim.unit in ("", mention.claim.unit)
        and claim != mention.claim
        and claim.value not in both
        and amounts(claim.value)
        and not far_apart(held := replace(mention, claim=claim, bound=""), other)
        and reconciled(held, other)
        for claim in mention.figures
    )


def far_apart(one: Mention, other: Mention) -> bool:
    """Whether the values differ by so much that they are of two things."""
    if one.unit == other.unit == "date: year":
        return abs(int(one.value) - int(other.value)) > _YEARS
    if one.is_date or one.value == other.value:
        return False
    ratio = _AGE_RATIO if one.unit == "age" else _RATIO
    a, b = (sorted(m.amounts) for m in (one, other))
    ends = zip(a, b, strict=True) if len(a) == len(b) else [(a[0], b[-1]), (a[-1], b[0])]
    return any(min(pair) <= 0 or max(pair) > ratio * min(pair) for pair in ends)


def other_fates(one: Mention, other: Mention) -> bool:
    """12 killed and 15 injured; of "12 others" nobody knows who the first were."""
    if one.unit != "people":
        return False
    became, its = (fates(m.sentence.text, m.claim) for m in (one, other))
    others = "other" in (one.claim.unit, other.claim.unit)
    return became.isdisjoint(its) and (others or bool(became and its))


def _other_dates(one: Mention, other: Mention) -> bool:
    """Both sentences name further dates, and none is the same or a part of another ("2018")."""
    days, others = one.values("date"), other.values("date")
    same = any(a in b or b in a for a in days for b in others)
    return _may_differ(one, other) and bool(days and others) and not same


def _marks(mention: Mention) -> set[str]:
    text, claim = mention.sentence.text, mention.claim
    # A capital, but for the first word's, is a name's: "New York".
    text = text[:1].lower() + text[1:]
    before, after = words(text[: claim.start]), words(text[claim.end :])
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
    ends = {claim.end for claim in mention.figures if claim.kind == "number"}
    return any(_OF.fullmatch(before[end:]) for end in ends)


def _other_names(one: Mention, other: Mention) -> bool:
    """Each of two numbers stands with a name that the other's article does not know."""
    if one.is_date or not _may_differ(one, other):
        return False
    names, others = (_stems(mention.names) for mention in (one, other))
    return bool(names - other.told and others - one.told)


def _elsewhere(one: Mention, other: Mention) -> bool:
    """Two distances from or to places with other names."""
    if convert(Fraction(1), one.claim.unit, "m") is None:
        return False
    sides = zip(_neighbours(one), _neighbours(other), strict=True)
    return any(mine and its and not mine & its for mine, its in sides)


def _neighbours(mention: Mention) -> tuple[set[str], set[str]]:
    """The stems of the names right before and right after the number."""
    names = mention.names
    start, end = mention.claim.start, mention.claim.end
    before = [name for name in names if start - _NEAR <= name.start and name.end <= start]
    after = [name for name in names if end <= name.start and name.end <= end + _NEAR]
    return _stems(before[-1:]), _stems(after[:1])


def _stems(names: Iterable[Claim]) -> set[str]:
    return {stem for name in names for stem in different_stems(name.text)}


def _other_marks(one: Mention, other: Mention) -> bool:
    return _may_differ(one, other) and _marks(one) != _marks(other)


def _may_differ(one: Mention, other: Mention) -> bool:
    """Whether the sentences say so little of the same that a word makes them tell of two things."""
    return not alike(one, other, _MANY)


def _other_counts(one: Mention, other: Mention) -> bool:
    """12 arrested on Monday and 15 on Friday."""
    return one.is_date and equal_numbers(one, other) < 0


def _one_counts_others(one: Mention, other: Mention) -> bool:
    """The captain and three others are four people."""
    if one.is_date:
        return False
    rest, whole = sorted((one, other), key=lambda mention: mention.amounts)
    beside = [bool(_OTHERS & {m.claim.unit, *_marks(m)}) for m in (rest, whole)]
    return beside == [True, False] and whole.amounts[0] - rest.amounts[0] == 1


def _other_zones(one: Mention, other: Mention) -> bool:
    """A moment may be on another day somewhere else: "Sunday Japan time"."""
    if not one.is_date:
        return False
    zones, its = (set(_ZONE.findall(m.sentence.text)) for m in (one, other))
    return zones != its


_Sign = Callable[[Mention, Mention], bool]

_SIGNS: dict[str, _Sign] = {
    "stands there": _stands_there,
    "total": _one_is_total,
    "elsewhere": _elsewhere,
    "counts": _other_counts,
    "zones": _other_zones,
    "measured again": measured_again,
    "others": _one_counts_others,
    "dates": _other_dates,
    "marks": _other_marks,
    "names": _other_names,
}
