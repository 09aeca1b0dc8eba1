"""The number grammar: every number and quantity of an English news sentence, with its place.

`scan` reads the text alone, without a parser. Values are strings:

    "300", "0.2", "1200000", "-5"   plain decimal; half a million, one in five, $1.2m are worked out
    "12..15"                        a range, ends as written; vague plurals too: dozens = "12..120",
                                    and decades of a life: in her 40s = "40..49"
    "2-0"                           a score, in the order written
    "21st"                          an ordinal, or a rank ("No. 1" = "1st"); "first" is left out
    "1:36.6"                        a running time or ratio, as written ("3 to 1" = "3:1")

`unit` is a unit of measure (`units`; "year" for "aged 17"), "time" for multiples (threefold, twice,
ten times), or empty: what a plain number counts is found by `counted` in the parsed sentence.
Bounds and hedges (at least, nearly) stand outside the number. Codes and names (T4, 555-1234, S&P
500) are no numbers (`codes`); dates and clock times are left to `summarize.claims.dates`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from summarize.claims import numerals
from summarize.claims.bounds import Bound, bound_between
from summarize.claims.codes import blanked, matches_at, without_codes
from summarize.claims.ranges import joined
from summarize.claims.units import ATTACHED_FORMS, CURRENCY_PREFIXES, UNIT_FORMS

__all__ = ["Bound", "Number", "bound", "scan"]


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


# A bare C or F needs two digits or a minus ("20C", "-5C"): "5F" is a code. Tens with an "s" are
# decades of a life or a century.
_TOUCHING = _either(form for form in ATTACHED_FORMS if form not in ("C", "F", "s"))
_UNIT = (
    rf"(?:(?:\s?-\s?|\s)?(?P<unit>{_either(UNIT_FORMS)})"
    rf"|(?P<attached>{_TOUCHING}|(?<=[-−0-9][0-9])[CF]|(?<!0)s))"
    r"(?![^\W_])(?P<old>(?:\s?-\s?|\s)olds?\b)?"
)
_CURRENCY = rf"(?<![^\W_])(?P<currency>(?:US|HK|S|NZ)\s\$|{_either(CURRENCY_PREFIXES)})[\s=]{{0,2}}"
# Letters touch their number or, as tokenised text has them, follow an amount of money.
_SCALE = (
    rf"(?:[\s-]?(?P<scale>(?i:{'|'.join(numerals.SCALES)})s?)(?![^\W_])"
    r"|(?:\s(?=(?:bn|mln|mn|trn|[BM]\s(?:people|users|shares|views|dollars|euros))\b)|(?(currency)\s(?![A-Za-z]-)|(?!)))?"
    r"(?P<letter>mln|mil|mn|bn|trn|tn|[kKmMbBT])(?![^\W_]))"
)
_SINGLE = (
    r"(?P<minus>\b(?i:minus)[\s-]|(?<![\w)\].,%])[-−](?=[0-9$€£.]))?"
    rf"(?:{_CURRENCY}|(?<![\w.,]))(?P<number>{numerals.DIGITS}|(?i:{numerals.MIXED}"
    rf"|{numerals.WORDS}))(?![0-9])(?:{_SCALE})?(?:{_UNIT})?"
)
_MULTIPLE = (
    rf"\b(?:(?P<times>{numerals.SMALL_WORDS}|hundred|(?<![\w.,])[0-9]{{1,4}}(?:\.[0-9]{{1,3}})?)"
    r"[\s-]?fold|(?P<grown>(?<!think\s)(?<!thinks\s)(?<!thought\s)twice|thrice|(?:doubl|tripl|trebl|quadrupl|quintupl|halv)(?:ed|ing)"
    r"|(?:doubl|tripl|trebl|quadrupl|halv)es?(?=\s(?:the|its|their|his|her|that|what|last)\b)))\b"
)
_STEMS: dict[str, int | Fraction] = {
    "doubl": 2,
    "tripl": 3,
    "trebl": 3,
    "quadrupl": 4,
    "quintupl": 5,
    "halv": Fraction(1, 2),
}
_GROWN = {
    "twice": Fraction(2),
    "thrice": Fraction(3),
    **{f"{stem}{end}": Fraction(times) for stem, times in _STEMS.items()
       for end in ("e", "es", "ed", "ing")},
}  # fmt: skip
_ORDINAL = (
    rf"(?P<ordinal>(?<![\w.,])[0-9]{{1,4}}(?:st|nd|rd|th)\b|{numerals.ORDINALS}"
    rf"|\b(?:no\.?\s(?=[0-9])|number\s)(?P<rank>[0-9]{{1,3}}(?![\w,.]*[0-9])|{numerals.WORDS}))"
)
# "Her late 40s", "in their thirties", "over-65s": years of age.
_DECADES = {word: str(10 * tens) for tens, word in enumerate(
    ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"),
    start=2)}  # fmt: skip
_TEN = f"[2-9]0s|{'|'.join(_DECADES)}|teens"
_AGE = (
    r"(?:\b(?:her|his|their|my|our|your)\s(?:(?:early|mid|late)(?:\s|-\s?))?(?:to\s(?:mid|late)[\s-])?"
    rf"(?P<tens>{_TEN})(?:\s(?:or|and|to)\s(?P<until>{_TEN}))?\b"
    r"|\b(?:over|under)-(?P<past>[0-9]{2})s\b)"
)
_AGES = re.compile(rf"{_AGE}$", re.IGNORECASE)
_LONGEST_AGES = 32
_TENS = re.compile("[2-9]0s")
# Parts of one unit: "half an hour", "a quarter of a mile", "an hour and a half".
_WHOLE = (
    "second|minute|hour|day|week|month|year|decade|century|mile|metre|meter|kilometre|kilometer"
    "|inch|foot|acre|tonne|ton|litre|liter|percentage[\\s-]point|percent|per[\\s-]cent|point"
)
_PART_OF_ONE = (
    rf"\b(?:an?[\s-](?P<whole>{_WHOLE})[\s-]and[\s-]a[\s-]half"
    r"|(?P<share>half|(?:a|one)[\s-]quarter|three[\s-]quarters|(?:a|one)[\s-]third|two[\s-]thirds)"
    rf"(?:\sof)?[\s-]an?[\s-](?P<piece>{_WHOLE}))\b"
)
_PIECE = re.compile(
    r"(?P<clock>(?<![\w.,:/])[0-9]{1,6}(?::[0-9]{1,6})+(?:\.[0-9]+)?(?![\w:]))"
    rf"|(?i:(?P<vague>{numerals.VAGUE})|(?P<multiple>{_MULTIPLE})|(?P<age>{_AGE})|{_ORDINAL}"
    rf"|(?P<piece_of>{_PART_OF_ONE})|(?P<part>{numerals.PARTS}))|(?P<single>{_SINGLE})"
)
_SIGNS = "".join(sorted({s for form in CURRENCY_PREFIXES for s in form if not s.isalnum()}))
# A piece begins with a digit, a sign or one of these words.
_LEAD = re.compile(rf"[^\W\d_]+|[-−.0-9]|[{re.escape(_SIGNS)}]")
_CURRENCY_LEADS = frozenset(
    letters[0] for form in CURRENCY_PREFIXES if (letters := re.match("[A-Za-z]+", form))
)
_LEADS = frozenset((
    *numerals.LEADS, *(f"{word}fold" for word in numerals.LEADS), *_GROWN, "no", "number", "minus",
    "her", "his", "their", "my", "our", "your", "over", "under",
))  # fmt: skip


# A number has a digit, a sign that stands for one or one of these words. Most sentences have none.
_ALPHA = re.compile("[a-z]+")
_DIGIT = re.compile("[0-9¼-¾⅐-⅞]")
_NUMBER_WORDS = numerals.LEADS - {"a", "an", "several", "many"} | {
    "quarter",
    "couple",
    "teens",
    *_GROWN,
    *_DECADES,
    *(f"{word}fold" for word in numerals.LEADS),
}


def may_hold_number(text: str) -> bool:
    """Whether `text` has any sign of a number; where it has none, `scan` finds none."""
    return _may_hold(numerals.ascii_digits(text))


def _may_hold(plain: str) -> bool:
    words = _ALPHA.findall(plain.casefold())
    return not _NUMBER_WORDS.isdisjoint(words) or _DIGIT.search(plain) is not None


def _is_lead(word: str) -> bool:
    return not word.isalpha() or word.lower() in _LEADS or word in _CURRENCY_LEADS


def scan(text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Number]:
    """The numbers of `text` in order, without the stretches `taken` (dates, names).

    Digits of other scripts, full-width ones, and thin or hard spaces between thousands are read;
    time is linear in the length of the text.
    """
    plain = numerals.ascii_digits(text)
    if not _may_hold(plain):
        return []
    # Codes first: the name that makes "Fortune 500" one may be among the stretches taken.
    plain = blanked(without_codes(plain, _is_quantity), taken)
    pieces = matches_at(_PIECE, _LEAD, plain, _is_lead)
    return joined(plain, [_READERS[match.lastgroup or ""](plain, match) for match in pieces])


def _is_quantity(text: str, word: re.Match[str]) -> bool:
    """Whether a word with digits is a number with its unit ("10kW") and not a code ("9AB8")."""
    start, end = word.span()
    if _TENS.fullmatch(text, start, end):
        return _AGES.search(text, max(0, start - _LONGEST_AGES), end) is not None
    piece = _PIECE.match(text, start)
    if piece is None or text[piece.end() : piece.end() + 1].isalnum():
        return False
    return piece.end() >= end or text[piece.end()] == "-"


def _clock(_: str, match: re.Match[str]) -> Number:
    return Number(*match.span(), match["clock"])


def _ordinal(_: str, match: re.Match[str]) -> Number:
    if match["rank"] is None:
        return Number(*match.span(), numerals.ordinal(match["ordinal"]))
    rank = numerals.plain(numerals.amount(match["rank"]))
    return Number(*match.span(), numerals.ordinal(rank), ranks=True)


def _vague(_: str, match: re.Match[str]) -> Number:
    low, high = numerals.interval(match["vague"])
    return Number(*match.span(), f"{numerals.plain(low)}..{numerals.plain(high)}")


def _multiple(_: str, match: re.Match[str]) -> Number:
    grown = (match["grown"] or "").lower()
    amount = _GROWN[grown] if grown else numerals.amount(match["times"])
    return Number(*match.span(), numerals.plain(amount), "time", amount)


def _age(_: str, match: re.Match[str]) -> Number:
    if match["past"]:
        return Number(*match.span("past"), match["past"], "year", Fraction(match["past"]))
    first, last = (_decade(match[name] or match["tens"]) for name in ("tens", "until"))
    end = max(match.end("tens"), match.end("until"))
    return Number(match.start("tens"), end, f"{first[0]}..{last[1]}", "year")


def _decade(word: str) -> tuple[int, int]:
    if word.lower() == "teens":
        return 13, 19
    first = int(_DECADES.get(word.lower(), word[:2]))
    return first, first + 9


def _part_of_one(_: str, match: re.Match[str]) -> Number:
    word = re.sub(r"[\s-]", " ", match["whole"] or match["piece"]).lower()
    unit = UNIT_FORMS.get(word, word)
    amount = Fraction(3, 2) if match["whole"] else numerals.fraction(match["share"])
    return Number(*match.span(), numerals.plain(amount), unit, amount)


def _part(_: str, match: re.Match[str]) -> Number:
    amount = numerals.fraction(match["part"])
    return Number(*match.span(), numerals.plain(amount), "", amount)


# After these a "m" that touches a number is a metre: a 37m tower, 400m away, the 100m final.
_METRES = re.compile(
    r"[\s-]?(?:\(|long|high|tall|wide|deep|away|from|above|below|under|over|off|sprint|race|final"
    r"|freestyle|butterfly|backstroke|hurdles|relay|title|champion|north|south|east|west|down|up"
    r"|tower|wall|drop|fence|exclusion|to\sthe)"
)
_AGED = re.compile(r"\b(?:aged?|ages)(?:\s(?:of|between|from|about|just|only))?\s$", re.IGNORECASE)
_LONGEST_AGED = 14


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
    elif not unit and _AGED.search(text, max(0, match.start() - _LONGEST_AGED), match.start()):
        unit = "year"
    amount *= -scale if match["minus"] else scale
    return Number(*match.span(), numerals.plain(amount), unit, amount, scale)


def _unit(match: re.Match[str]) -> str:
    if match["currency"]:
        return CURRENCY_PREFIXES[re.sub(r"\s", "", match["currency"])]
    if match["attached"]:
        return ATTACHED_FORMS[match["attached"]]
    form = re.sub(r"\s", " ", match["unit"] or "")
    return UNIT_FORMS.get(form) or UNIT_FORMS.get(form.replace("-", " "), "")


_READERS: dict[str, Callable[[str, re.Match[str]], Number]] = {
    "clock": _clock,
    "vague": _vague,
    "multiple": _multiple,
    "age": _age,
    "ordinal": _ordinal,
    "piece_of": _part_of_one,
    "part": _part,
    "single": _single,
}


def bound(text: str, start: int) -> Bound:
    """What the words around the number at `start` make of it; empty when it is meant exactly."""
    piece = _PIECE.match(text, start)
    return bound_between(text, start, piece.end() if piece else start)
