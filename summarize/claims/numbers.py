"""The number grammar: every number and quantity of an English news sentence, with its place.

`scan` reads the text alone, without a parser. Values are strings:

    "300", "0.2", "1200000", "-5"   plain decimal; half a million, one in five, $1.2m are worked out
    "12..15"                        a range, ends as written; vague plurals too: dozens = "12..120"
    "2-0"                           a score, in the order written
    "21st"                          an ordinal, or a rank ("No. 1" = "1st"); "first" is left out
    "1:36.6"                        a running time or ratio, as written

`unit` is a unit of measure (`units`), "time" for multiples (threefold), or empty: what a
plain number counts is found by `summarize.claims` in the parsed sentence. Bounds and hedges (at
least, nearly) stand outside the number. Codes and names (T4, 555-1234) are no numbers; dates and
clock times are left to `summarize.claims.dates`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from summarize.claims import numerals
from summarize.claims.units import ATTACHED_FORMS, CURRENCY_PREFIXES, UNIT_FORMS, same_unit

__all__ = ["Bound", "Number", "bound", "scan"]


# "more than 300" is above, "nearly 300" below, "about 300" near.
Bound = Literal["", "above", "below", "near"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number at `start` to `end` of a text; see the module for `value` and `unit`.

    `amount` is the value of a single number, None for ranges, ordinals and the like, `scale` the
    power of ten in its scale word ("million"); `ranks` is true of "No. 1".
    """

    start: int
    end: int
    value: str
    unit: str = ""
    amount: Fraction | None = None
    scale: int = 1
    ranks: bool = False


def _either(forms: Iterable[str]) -> str:
    longest_first = sorted(forms, key=len, reverse=True)
    return "|".join(re.escape(form).replace(r"\ ", r"[\s-]") for form in longest_first)


_UNIT = (
    rf"(?:[\s-]?(?P<unit>{_either(UNIT_FORMS)})|(?P<attached>{_either(ATTACHED_FORMS)}))"
    r"(?![^\W_])(?P<old>[\s-]olds?\b)?"
)
_CURRENCY = (
    rf"(?<![^\W_])(?P<currency>(?:US|HK|A|C|S|NZ)\s\$|{_either(CURRENCY_PREFIXES)})[\s=]{{0,2}}"
)
_SCALE = (
    rf"(?:[\s-]?(?P<scale>(?i:{'|'.join(numerals.SCALES)})s?)(?![^\W_])"
    r"|(?P<letter>mln|mil|mn|bn|tn|[kKmMbBT])(?![^\W_]))"
)
_SINGLE = (
    r"(?P<minus>\b(?i:minus)[\s-]|(?<![\w)\].,%])[-−](?=[0-9$€£.]))?"
    rf"(?:{_CURRENCY}|(?<![\w.,]))(?P<number>{numerals.DIGITS}|(?i:{numerals.MIXED}"
    rf"|{numerals.WORDS}))(?![0-9])(?:{_SCALE})?(?:{_UNIT})?"
)
_MULTIPLE = (
    rf"\b(?:(?P<times>{numerals.SMALL_WORDS}|hundred|{numerals.DIGITS})[\s-]?fold"
    r"|(?P<grown>doubl|tripl|quadrupl)(?:ed|ing|es?(?=\s(?:the|its|their|his|her|that|what|last)\b))"
    r")\b"
)
_ORDINAL = (
    rf"(?P<ordinal>(?<![\w.,])[0-9]{{1,4}}(?:st|nd|rd|th)\b|{numerals.ORDINALS}"
    rf"|\b(?:no\.?\s(?=[0-9])|number\s)(?P<rank>[0-9]{{1,3}}(?![\w,.]*[0-9])|{numerals.WORDS}))"
)
_PIECE = re.compile(
    r"(?P<clock>(?<![\w.,:/])[0-9]{1,6}(?::[0-9]{1,6})+(?:\.[0-9]+)?(?![\w:]))"
    rf"|(?i:(?P<vague>{numerals.VAGUE})|(?P<multiple>{_MULTIPLE})|{_ORDINAL}"
    rf"|(?P<part>{numerals.PARTS}))|(?P<single>{_SINGLE})"
)

# Codes: web and mail addresses, telephone numbers, versions, dates in digits, words with digits.
_CODE = re.compile(
    r"\S+@\S+|https?://\S+|www\.\S+|[0-9]{16,}|(?<![\w,.])[0-9]+(?:\.[0-9]+){2,}"
    r"|(?<![\w$€£.,])\+?0[0-9]{2,4}(?:[\s-][0-9]{3,})+|(?<![\w$€£.,])[0-9]{3}-[0-9]{3,4}(?:-[0-9]{4})?\b"
    r"|\+[0-9]{1,3}(?:[\s-]?\(?[0-9]{2,4}\)?){2,}|\([0-9]{3}\)\s?[0-9]{3}-[0-9]{4}"
    r"|\b(?:24/7|9/11|7/7|50/50)\b|(?<![\w/])[0-9]+/[0-9]+/[0-9]+"
)
_WORD_WITH_DIGITS = re.compile(
    r"(?<![\w.,$€£])(?:[^\W\d_]+[0-9]|[^\W\d_]*[A-Z][^\W\d_]*-[0-9]|[0-9]+[^\W\d_])\w*(?:-\w+)*"
)


def _mask(text: str) -> str:
    for match in _CODE.finditer(text):
        text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
    for match in _WORD_WITH_DIGITS.finditer(text):
        if _is_quantity(text, match):
            continue
        text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
    return text


def _is_quantity(text: str, word: re.Match[str]) -> bool:
    """Whether a word with digits is a number with its unit ("10kW") and not a code ("9AB8")."""
    piece = _PIECE.match(text, word.start())
    if piece is None or text[piece.end() : piece.end() + 1].isalnum():
        return False
    return piece.end() >= word.end() or text[piece.end()] == "-"


def scan(text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Number]:
    """The numbers of `text` in order, without the stretches `taken` (dates, names)."""
    for start, end in taken:
        text = text[:start] + "\0" * (end - start) + text[end:]
    text = _mask(text)
    found = [number for match in _PIECE.finditer(text) if (number := _read(text, match))]
    return _joined(text, found)


def _read(text: str, match: re.Match[str]) -> Number | None:
    start, end = match.span()
    if match["clock"]:
        return Number(start, end, match["clock"])
    if match["ordinal"]:
        return Number(start, end, _ordinal(match), ranks=match["rank"] is not None)
    if match["vague"]:
        low, high = numerals.interval(match["vague"])
        return Number(start, end, f"{numerals.plain(low)}..{numerals.plain(high)}")
    if match["multiple"]:
        words = {"doubl": "2", "tripl": "3", "quadrupl": "4"}
        grown = (match["grown"] or "").lower()
        amount = numerals.amount(match["times"] or words[grown])
        return Number(start, end, numerals.plain(amount), "time", amount)
    if match["part"]:
        amount = numerals.fraction(match["part"])
        return Number(start, end, numerals.plain(amount), "", amount)
    return _single(text, match)


def _ordinal(match: re.Match[str]) -> str:
    if match["rank"] is None:
        return numerals.ordinal(match["ordinal"])
    return numerals.ordinal(numerals.plain(numerals.amount(match["rank"])))


# After these a "m" that touches a number is a metre: a 37m tower, 400m away, the 100m final.
_METRES = re.compile(
    r"[\s-]?(?:\(|long|high|tall|wide|deep|away|from|above|below|under|over|off|sprint|race|final"
    r"|freestyle|butterfly|backstroke|hurdles|relay|title|champion|north|south|east|west|down|up"
    r"|tower|wall|drop|fence|exclusion|to\sthe)"
)


def _single(text: str, match: re.Match[str]) -> Number:
    amount = numerals.amount(match["number"])
    unit = _unit(match)
    scale = 1
    if match["scale"]:
        scale = numerals.SCALES[match["scale"].lower().removesuffix("s")]
    elif match["letter"] == "m" and not unit and _METRES.match(text, match.end()):
        unit = "m"
    elif match["letter"]:
        scale = numerals.LETTERS[match["letter"].lower()]
    amount *= -scale if match["minus"] else scale
    return Number(match.start(), match.end(), numerals.plain(amount), unit, amount, scale)


def _unit(match: re.Match[str]) -> str:
    if match["currency"]:
        return CURRENCY_PREFIXES[re.sub(r"\s", "", match["currency"])]
    if match["attached"]:
        return ATTACHED_FORMS[match["attached"]]
    form = re.sub(r"\s", " ", match["unit"] or "")
    return UNIT_FORMS.get(form) or UNIT_FORMS.get(form.replace("-", " "), "")


# "rose 3 percent to 40 dollars" is a change and its result, "from 3 to 5 percent" a range.
_MOVED = re.compile(r"\b(?:by|up|down|rose|fell|grew|lost|won|\w+ed)\s$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:[\w$]+\s){0,2}$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s(?:[\w$]+\s){0,2}$", re.IGNORECASE)
_RATIO = re.compile(r"\s(?:in|out\sof)\s(?:every\s)?|-in-", re.IGNORECASE)


def _joined(text: str, numbers: list[Number]) -> list[Number]:
    joined: list[Number] = []
    for number in numbers:
        pair = _pair(text, joined[-1], number) if joined else None
        if pair is None:
            joined.append(number)
        else:
            joined[-1] = pair
    return joined


def _pair(text: str, first: Number, second: Number) -> Number | None:
    """The range, score or ratio that two neighbouring numbers form, if they form one."""
    if first.amount is None or second.amount is None:
        return None
    gap = text[first.end : second.start]
    if _RATIO.fullmatch(gap):
        return None if second.unit else _ratio(gap, first, second)
    low, high = first.amount, second.amount
    if not _is_range(text, gap, (first, second), high - low):
        return None
    if gap in "-–" and _is_score(text, (first, second), (low, high)):
        return Number(first.start, second.end, f"{numerals.plain(low)}-{numerals.plain(high)}")
    if first.scale == 1 and 0 < low < 1000 and low < high / second.scale:
        low *= second.scale
    value = f"{numerals.plain(low)}..{numerals.plain(high)}"
    return Number(first.start, second.end, value, second.unit or first.unit)


def _is_range(text: str, gap: str, pair: tuple[Number, Number], rise: Fraction) -> bool:
    first, second = pair
    before = text[max(0, first.start - 40) : first.start]
    if first.unit and second.unit and not same_unit(first.unit, second.unit):
        return False
    if re.fullmatch(r"\s?[-–—]\s?", gap):
        return len(gap) == 1 or rise > 0
    if re.fullmatch(r"(?:[\s-]to[\s-]|\sto-)", gap, re.IGNORECASE):
        apart = not second.unit or _MOVED.search(before)
        return not (first.unit and apart and not _FROM.search(before))
    if re.fullmatch(r"\sand\s", gap, re.IGNORECASE):
        return _BETWEEN.search(before) is not None
    return gap.lower() == " or " and not first.unit and rise == second.scale


def _is_score(text: str, pair: tuple[Number, Number], ends: tuple[Fraction, Fraction]) -> bool:
    if any(number.unit or number.scale != 1 for number in pair):
        return False
    return ends[0] >= ends[1] or (ends[1] <= 20 and not _COUNTED.match(text, pair[1].end))


# A word that a number may count: any but those that follow a score ("won 2-0 at home").
_COUNTED = re.compile(
    r"[\s-](?!(?:in|at|on|to|by|over|against|with|and|after|before|for|from|as|thanks|but|when|away"
    r"|up|down|win|lead|loss|defeat|victory|draw|record|home|last|this|against)\b)[a-z]"
)


def _ratio(gap: str, first: Number, second: Number) -> Number | None:
    """One in five is 0.2; "20 in 10 games" and "two in 12 days" are two numbers."""
    part, whole = first.amount or Fraction(0), second.amount or Fraction(0)
    common = part == 1 or whole in (10, 100) or "out" in gap.lower()
    if not common or not 0 < part < whole or whole.denominator != 1:
        return None
    share = part / whole
    return Number(first.start, second.end, numerals.plain(share), "", share)


_BOUNDS: tuple[tuple[Bound, str], ...] = (
    ("above", r"more\sthan|over|at\sleast|above|upwards\sof|in\sexcess\sof|as\s(?:many|much)\sas"),
    ("below", r"nearly|almost|(?:less|fewer)\sthan|under|at\smost|up\sto|below|close\sto"),
    ("near", r"about|around|some|approximately|roughly|approx\.?|circa|estimated|or\sso"),
)


def bound(text: str, start: int) -> Bound:
    """What the words before the number at `start` make of it; empty when it is meant exactly."""
    before = text[max(0, start - 24) : start]
    if before.endswith("~"):
        return "near"
    return next((name for name, found in _BEFORE if found.search(before)), "")


_BEFORE = [(name, re.compile(rf"\b(?:{words})[\s-]$", re.IGNORECASE)) for name, words in _BOUNDS]
