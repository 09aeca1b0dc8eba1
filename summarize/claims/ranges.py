"""What two neighbouring numbers form together: a range, a score, a share or a ratio."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from summarize.claims.numerals import plain
from summarize.claims.units import same_unit

if TYPE_CHECKING:
    from summarize.claims.numbers import Number

__all__ = ["joined"]


def joined(text: str, numbers: "list[Number]") -> "list[Number]":
    """The numbers of `text` in order, with those that belong together as one."""
    together: list[Number] = []
    for number in numbers:
        pair = _pair(text, together[-1], number) if together else None
        if pair is None:
            together.append(number)
        else:
            together[-1] = pair
    return together


_LONGEST_GAP = 24
_HEDGE = r"(?:\s(?:about|around|nearly|almost|over|some|roughly|perhaps|even))?"
_DASH = re.compile(r"\s?[-–—]\s?")
_TO = re.compile(rf"(?:[\s-]to{_HEDGE}[\s-]|\sto-)", re.IGNORECASE)
_AND = re.compile(rf"\sand{_HEDGE}\s", re.IGNORECASE)
_PROPORTION = re.compile(r"\s(?:in|out\sof)\s(?:every\s)?|-in-|-out-of-", re.IGNORECASE)


def _pair(text: str, first: "Number", second: "Number") -> "Number | None":
    """The range, score, share or ratio that two neighbouring numbers form, if they form one."""
    if first.amount is None or second.amount is None or second.start - first.end > _LONGEST_GAP:
        return None
    gap = text[first.end : second.start]
    if _PROPORTION.fullmatch(gap):
        return None if second.unit else _proportion(gap, first, second)
    low, high = first.amount, second.amount
    if not _is_range(text, gap, (first, second), (low, high)):
        return None
    whole = replace(first, end=second.end, unit="", amount=None, scale=1)
    if _TO.fullmatch(gap) and _RATIO.search(text, max(0, first.start - 12), first.start):
        return replace(whole, value=f"{plain(low)}:{plain(high)}")
    if gap in "-–" and _is_score(text, (first, second), (low, high)):
        return replace(whole, value=f"{plain(low)}-{plain(high)}")
    if first.scale == 1 and 0 < low < 1000 and low < high / second.scale:
        low *= second.scale
    value = f"{plain(low)}..{plain(high)}"
    # A range of a unit or scale is no name's: "$5-10", "5-10 million".
    scale = max(first.scale, second.scale)
    return replace(whole, value=value, unit=second.unit or first.unit, scale=scale)


# "rose 3 percent to 40 dollars", "fell by a fifth to 300" are a change and its result, "from 3 to 5
# percent" a range.
_MOVED = re.compile(r"\b(?:by|up|down|rose|fell|grew|lost|won|\w{1,20}ed)\s$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|aged?|ages)\s(?:[\w$]+\s){0,2}$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s(?:[\w$]+\s){0,3}$", re.IGNORECASE)
_RATIO = re.compile(r"\b(?:ratio|odds)\s(?:of|is|was)\s$", re.IGNORECASE)


def _is_range(
    text: str, gap: str, pair: "tuple[Number, Number]", ends: tuple[Fraction, Fraction]
) -> bool:
    first, second = pair
    low, high = ends
    before = text[max(0, first.start - 40) : first.start]
    if first.unit and second.unit and not same_unit(first.unit, second.unit):
        return False
    if _DASH.fullmatch(gap):
        return len(gap) == 1 or low < high
    if _TO.fullmatch(gap):
        share = text[first.start].isalpha() and low < 1 <= high
        apart = (first.unit and not second.unit) or (
            (first.unit or share) and _MOVED.search(before)
        )
        return not apart or _FROM.search(before) is not None
    if _AND.fullmatch(gap):
        return _BETWEEN.search(before) is not None
    # "8 or $9" states two prices, "8 or 9" and "8 or 9 miles" a stretch.
    one = gap.lower() == " or " and not first.unit and text[second.start].isalnum()
    return one and high - low == second.scale


def _is_score(text: str, pair: "tuple[Number, Number]", ends: tuple[Fraction, Fraction]) -> bool:
    if any(number.unit or number.scale != 1 for number in pair):
        return False
    return ends[0] >= ends[1] or (ends[1] <= 20 and not _COUNTED.match(text, pair[1].end))


# A word that a number may count: any but those that follow a score ("won 2-0 at home").
_COUNTED = re.compile(
    r"[\s-](?!(?:in|at|on|to|by|over|against|with|and|after|before|for|from|as|thanks|but|when|away"
    r"|up|down|win|lead|loss|defeat|victory|draw|record|home|last|this|against)\b)[a-z]"
)


def _proportion(gap: str, first: "Number", second: "Number") -> "Number | None":
    """One in five is 0.2; "20 in 10 games" and "two in 12 days" are two numbers."""
    part, whole = first.amount or Fraction(0), second.amount or Fraction(0)
    common = part == 1 or whole in (10, 100) or "out" in gap.lower()
    if not common or not 0 < part < whole or whole.denominator != 1:
        return None
    share = part / whole
    return replace(first, end=second.end, value=plain(share), unit="", amount=share, scale=1)
