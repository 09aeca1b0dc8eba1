"""When a number of a summary says what a number of a source says."""

from fractions import Fraction

from summarize.records import Claim
from summarize.units import convert, is_measure, same_unit

__all__ = ["amounts", "follows", "same_number", "units_agree"]

# What people are counted as; two words of different lines are not the same people.
_PEOPLE = """
militant fighter jihadist jihadi insurgent rebel terrorist gunman extremist attacker assailant suspect
soldier troop serviceman marine
police policeman officer cop
civilian resident villager
child kid boy girl teenager pupil toddler infant baby youngster schoolgirl schoolboy
woman girl wife mother lady
man boy husband father male
doctor nurse medic
student pupil
journalist reporter
migrant refugee asylum
prisoner inmate detainee hostage
worker employee staff job
tourist passenger traveler traveller
player footballer
"""
_GROUPS: dict[str, frozenset[int]] = {}
for _number, _line in enumerate(_PEOPLE.strip().splitlines()):
    for _word in _line.split():
        _GROUPS[_word] = _GROUPS.get(_word, frozenset()) | {_number}


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
    if is_measure(claimed) and is_measure(stated):
        return same_unit(claimed, stated)
    one, other = _GROUPS.get(claimed), _GROUPS.get(stated)
    return one is None or other is None or bool(one & other)


def same_number(claimed: Claim, stated: Claim) -> bool:
    """Whether the source's number is the summary's: the same value, of the same thing."""
    if not units_agree(claimed.unit, stated.unit):
        return False
    if claimed.value == stated.value:
        return True
    one, other = amounts(claimed.value), amounts(stated.value)
    if len(one) == 2 and len(other) == 2:
        return sorted(one) == sorted(other)
    return len(one) == 1 and len(other) == 2 and one[0] in other and "dozens" not in stated.text


def follows(claimed: Claim, stated: Claim, *, hedged: bool) -> bool:
    """Whether the summary's number follows from the source's by rounding or conversion."""
    one, other = amounts(claimed.value), amounts(stated.value)
    if len(one) == 2 and len(other) == 1 and ".." in claimed.value:
        return units_agree(claimed.unit, stated.unit) and one[0] <= other[0] <= one[1]
    if len(one) != 1 or len(other) != 1 or not one[0] or not other[0]:
        return False
    if claimed.unit == stated.unit or units_agree(claimed.unit, stated.unit):
        return (hedged or _is_short(claimed.value)) and _rounds(one[0], other[0])
    if not is_measure(claimed.unit) or not is_measure(stated.unit):
        return _share(claimed, stated)
    converted = convert(other[0], stated.unit, claimed.unit)
    return converted is not None and _rounds(one[0], converted, digits=1)


def _share(claimed: Claim, stated: Claim) -> bool:
    """A quarter is 25 percent."""
    one, other = amounts(claimed.value)[0], amounts(stated.value)[0]
    if claimed.unit == "%":
        return other < 1 and abs(one - other * 100) <= 1
    return stated.unit == "%" and one < 1 and abs(one * 100 - other) <= 1


def _is_short(value: str) -> bool:
    """Whether a value is written as a rounded one is: 1.2 million, 7.4."""
    return "." in value or value.endswith("00000")


def _rounds(rounded: Fraction, exact: Fraction, digits: int = 2) -> bool:
    """Whether `exact` becomes `rounded` when cut to as many digits as that has, at least `digits`."""
    significant = len(f"{float(abs(rounded)):.12g}".replace(".", "").strip("0")) or 1
    for count in {max(significant, digits), max(significant, digits) - 1 or 1}:
        if count >= significant and float(f"{float(exact):.{count}g}") == float(rounded):
            return True
    return False
