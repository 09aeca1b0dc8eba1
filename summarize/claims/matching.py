"""When a number of a summary says what a number of a source says."""

from fractions import Fraction

from summarize.claims.numbers import Bound
from summarize.claims.numerals import plain
from summarize.claims.units import convert, is_measure, same_unit
from summarize.records import Claim

__all__ = [
    "DAYS",
    "amounts",
    "bounded",
    "falls_short",
    "follows",
    "is_kind",
    "is_share",
    "kinds_differ",
    "same_counted",
    "same_kind",
    "same_number",
    "same_thing",
    "units_agree",
    "within",
]

# Counted things that are not the same things: a table a class, a line a kind, and a word may be of
# several kinds. All other nouns may stand for one another: of 80 true summaries that count the
# source's things under another noun, none was wrong for it ("six charges" for "six counts").
_CLASSES = """
militant fighter jihadist jihadi insurgent rebel terrorist gunman extremist attacker assailant
soldier troop serviceman marine
police policeman officer cop
civilian resident villager
doctor medic
nurse medic
journalist reporter
teacher
student pupil
lawyer attorney
firefighter
tourist
prisoner inmate detainee
farmer

woman girl wife mother daughter sister schoolgirl
man boy husband father son brother schoolboy

woman wife mother man husband father adult
girl boy schoolgirl schoolboy child kid baby infant toddler

car vehicle
truck lorry vehicle
bus coach vehicle
motorcycle motorbike
helicopter aircraft
plane aircraft jet airliner
ship boat vessel

home house building
school building
hospital building
church building
shop store building
hotel building

game match
season
tournament

goal
penalty

title
medal
"""


def _table(lines: str) -> dict[str, frozenset[int]]:
    rows = [line.split() for line in lines.strip().splitlines()]
    return {
        word: frozenset(n for n, row in enumerate(rows) if word in row)
        for row in rows
        for word in row
    }


_TABLES = tuple(_table(lines) for lines in _CLASSES.strip().split("\n\n"))


def _value(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except ValueError:
        return None


def amounts(value: str) -> list[Fraction]:
    """The numbers in a claim's value: one, the two ends of a range or score, or none."""
    parts = value.split("..") if ".." in value else [value]
    if len(parts) == 1 and "-" in value[1:]:
        parts = value.split("-", 1)
    values = [_value(part) for part in parts]
    return [value for value in values if value is not None]


def units_agree(claimed: str, stated: str) -> bool:
    """Whether two units or counted nouns may be the same thing; an unnamed one may be anything."""
    if not claimed or not stated or claimed == stated:
        return True
    if {claimed, stated} == {"percentage point", "point"}:
        return True
    if is_measure(claimed) or is_measure(stated):
        return is_measure(claimed) and is_measure(stated) and same_unit(claimed, stated)
    return not kinds_differ(claimed, stated)


def kinds_differ(one: str, other: str) -> bool:
    """Whether two counted nouns are surely not the same things: soldiers and nurses."""
    return any(
        one in table and other in table and not table[one] & table[other] for table in _TABLES
    )


def is_kind(noun: str) -> bool:
    """Whether a counted noun names things of a known kind: soldiers, but not people."""
    return any(noun in table for table in _TABLES)


def same_kind(one: str, other: str) -> bool:
    """Whether two counted nouns are the same or of one known kind: soldiers and troops."""
    return one == other or any(
        table.get(one, frozenset()) & table.get(other, frozenset()) for table in _TABLES
    )


def same_number(claimed: Claim, stated: Claim) -> bool:
    """Whether the source's number is the summary's: the same value, of the same thing.

    An end of a range is stated by the range; "third" may be the third of anything.
    """
    if claimed.value == stated.value and claimed.value[-1].isalpha():
        return True
    if not units_agree(claimed.unit, stated.unit):
        return False
    if claimed.value == stated.value:
        return True
    one, other = amounts(claimed.value), amounts(stated.value)
    if len(one) == 2 and len(other) == 2:
        return sorted(one) == sorted(other)
    return len(one) == 1 and len(other) == 2 and one[0] in other and stated.text[-1] != "s"


def same_counted(claimed: Claim, stated: Claim) -> bool:
    """Whether the numbers are the same and no two different nouns are counted."""
    return same_number(claimed, stated) and same_thing(claimed.unit, stated.unit)


def same_thing(claimed: str, stated: str) -> bool:
    """Whether two units or counted nouns are one, as far as they are named; "others" may be any."""
    other = claimed and stated and stated not in {claimed, "other"}
    return units_agree(claimed, stated) and (not other or is_measure(claimed))


def follows(claimed: Claim, stated: Claim, *, bound: Bound, loosely: bool = False) -> bool:
    """Whether the summary's number follows from one of the same thing by rounding or conversion.

    `bound` is what the words before the number make of it ("about", "more than"). `loosely`, for
    sentences that speak of the same, other nouns may name the thing ("residents" for "people").
    """
    alike = units_agree if loosely else same_thing
    one, other = amounts(claimed.value), amounts(stated.value)
    if len(one) == 2 and len(other) == 1 and not any(c.isdigit() for c in claimed.text):
        return alike(claimed.unit, stated.unit) and one[0] <= other[0] <= one[1]
    if len(one) != 1 or len(other) != 1:
        return False
    if one[0] <= 0 or other[0] <= 0:
        heat = {claimed.unit, stated.unit} == {"°C", "°F"}
        return heat and _is_converted(claimed, stated, bound)
    if "%" in (claimed.unit, stated.unit) and claimed.unit != stated.unit:
        return _share(claimed, stated, bound)
    if alike(claimed.unit, stated.unit):
        return bounded(one[0], other[0], bound) or (
            _is_short(claimed.value) and _rounds(one[0], other[0])
        )
    return claimed.unit != stated.unit and _is_converted(claimed, stated, bound)


def _is_converted(claimed: Claim, stated: Claim, bound: Bound) -> bool:
    value, exact = amounts(claimed.value)[0], amounts(stated.value)[0]
    if claimed.unit in DAYS and stated.unit in DAYS:
        spent = exact * DAYS[stated.unit] / DAYS[claimed.unit]
        if {claimed.unit, stated.unit} == {"week", "month"} and 4 * min(exact, value) == max(
            exact, value
        ):
            return True  # Twelve weeks are called three months.
        return abs(spent - value) <= spent * _SPANS_DIFFER
    converted = convert(exact, stated.unit, claimed.unit)
    if converted is None:
        return False
    return _rounds(value, converted) or (bound != "" and bounded(value, converted, bound))


def bounded(value: Fraction, exact: Fraction, bound: Bound) -> bool:
    """Whether `exact` may be called "about", "more than" or "nearly" `value`.

    That needs a rounder value: "at least 135,205" does not tell of 142,981, nor "over 6" of eight.
    """
    return (value == exact or _is_rounder(value, exact)) and within(value, exact, bound)


def within(value: Fraction, exact: Fraction, bound: Bound) -> bool:
    """Whether `exact` is about, more than or nearly `value`, whatever their digits."""
    lowest, highest = _MARGINS.get(bound, (Fraction(1), Fraction(1)))
    return exact * lowest <= value <= exact * highest


def _is_rounder(value: Fraction, exact: Fraction) -> bool:
    """Whether `value` has fewer digits than `exact`, ends in a five, or is a simple part."""
    if value < 1 and abs(value - value.limit_denominator(10)) < _THIRDS_DIFFER:
        return True
    ours, theirs = _digits(value), _digits(exact)
    return len(ours) < len(theirs) or ours == "1" or (1 < len(ours) < 4 and ours[-1] == "5")


def _digits(value: Fraction) -> str:
    return f"{float(value):.12e}".split("e")[0].replace(".", "").rstrip("0")


def falls_short(claimed: Claim, stated: Claim, *, bound: Bound) -> bool:
    """Whether a round number is said to be less than the source's: "over 3,000" of 3,100 people.

    Other nouns may name what is counted.
    """
    one, other = amounts(claimed.value), amounts(stated.value)
    if len(one) != 1 or len(other) != 1 or bound not in ("above", "near") or one[0] < _SMALLEST:
        return False
    digits = plain(one[0]).rstrip("0")
    margin = _FALLS_SHORT if bound == "above" else _NEAR
    close = 0 <= other[0] - one[0] <= margin * one[0]
    return len(digits) == 1 and close and units_agree(claimed.unit, stated.unit)


# Days of the spans of time that calendars do not make exact, and by how much these may differ.
DAYS = {"day": Fraction(1), "week": Fraction(7), "month": Fraction(3044, 100),
        "year": Fraction(36525, 100)}  # fmt: skip
_SPANS_DIFFER = Fraction("0.03")
# A third is written 0.3333.
_THIRDS_DIFFER = Fraction(1, 1000)

# A round number that any sentence may bear out is not small, and close to the source's.
_SMALLEST = 100
_FALLS_SHORT = Fraction("0.1")
_NEAR = Fraction("0.03")

# How far a rounded number may be from the exact one, as a share of that: 1,213 is more than 1,000,
# 290 is nearly 300, 1.19 or 1.21 million about 1.2 million.
_MARGINS: dict[Bound, tuple[Fraction, Fraction]] = {
    "above": (Fraction("0.75"), Fraction(1)),
    "below": (Fraction(1), Fraction("1.12")),
    "near": (Fraction("0.95"), Fraction("1.05")),
}


def is_share(claim: Claim) -> bool:
    """Whether a number is a part of a whole: 35 percent, a third of the homes."""
    values = amounts(claim.value)
    part = len(values) == 1 and 0 < values[0] < 1 and not is_measure(claim.unit)
    return claim.unit == "%" or part


def _share(claimed: Claim, stated: Claim, bound: Bound) -> bool:
    """A quarter is 25 percent, and 52 percent more than half."""
    values = [
        amounts(claim.value)[0] * (1 if claim.unit == "%" else 100) for claim in (claimed, stated)
    ]
    if not (is_share(claimed) and is_share(stated)):
        return False
    close = abs(values[0] - values[1]) <= 1
    return close or bounded(values[0] / 100, values[1] / 100, bound)


def _is_short(value: str) -> bool:
    """Whether a value is written as a rounded one is: 1.2 million, 7.4."""
    return "." in value or value.endswith("00000")


def _rounds(rounded: Fraction, exact: Fraction) -> bool:
    """Whether `exact` is `rounded` when written with as many digits."""
    digits = len(_digits(rounded))
    return float(f"{float(exact):.{digits}g}") == float(rounded)
