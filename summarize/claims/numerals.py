"""English numerals: the regular expressions that find them and the values they stand for.

The expressions ignore case where they are compiled so, and carry no named groups.
"""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Context, Decimal
from fractions import Fraction

__all__ = ["DIGITS", "LEADS", "LETTERS", "MIXED", "ORDINALS", "PARTS", "SCALES", "SMALL_WORDS"]
__all__ += ["VAGUE", "WORDS"]
__all__ += ["amount", "ascii_digits", "fraction", "interval", "ordinal", "plain"]

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
          "eighteen", "nineteen"]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL: dict[str, int] = {
    "zero": 0,
    **{word: value for value, word in enumerate(_ONES + _TEENS, start=1)},
    **dict(zip(_TENS, range(20, 100, 10), strict=True)),
}

# Words and letters that multiply the number before them.
SCALES: dict[str, int] = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "dozen": 12, "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
LETTERS: dict[str, int] = {
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "mil": 10**6, "b": 10**9, "bn": 10**9,
    "t": 10**12, "tn": 10**12, "trn": 10**12,
}  # fmt: skip

_ORDINAL_ONES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
                 "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth",
                 "sixteenth", "seventeenth", "eighteenth", "nineteenth"]  # fmt: skip
_ORDINAL_WORDS: dict[str, int] = {
    **{word: value for value, word in enumerate(_ORDINAL_ONES, start=1)},
    **{word[:-1] + "ieth": _SMALL[word] for word in _TENS},
    "hundredth": 100,
}
_DENOMINATORS: dict[str, int] = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100,
}  # fmt: skip
_GLYPHS = {
    glyph: Fraction(unicodedata.numeric(glyph)).limit_denominator(10)
    for glyph in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
}
_GLYPH = f"[{''.join(_GLYPHS)}]"


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


SMALL_WORDS = _either(_SMALL)
_BIG = _either(scale for scale in SCALES if scale not in ("hundred", "dozen"))
_UNDER_100 = rf"(?:(?:{_either(_TENS)})(?:[-\s](?:{_either(_ONES)})\b)?|(?:{_either(_SMALL)})\b)"
_UNDER_1000 = (
    rf"(?:(?:{_UNDER_100}|a)[-\s]hundred\b(?:[-\s](?:and[-\s])?{_UNDER_100})?|{_UNDER_100})"
)
WORDS = (
    rf"\b(?:(?:{_UNDER_1000}|a)[-\s](?:{_BIG})\b"
    rf"(?:\s(?:and\s)?{_UNDER_1000}(?:[-\s](?:{_BIG})\b)?)*|{_UNDER_1000})"
)
_FRACTION_DIGITS = r"[0-9]{1,3}[/⁄][0-9]{1,3}(?![/⁄0-9])"
DIGITS = (
    rf"(?:[0-9]+\s{_FRACTION_DIGITS}|{_FRACTION_DIGITS}|(?:[0-9]+\s?)?{_GLYPH}"
    # Tokenised text sets the point apart: "10 . 5 million".
    rf"|[0-9]{{1,3}}\s\.\s[0-9]{{1,2}}(?=\s?(?:%|(?:{_BIG}|per\s?cent)\b))"
    r"|(?:[0-9]{1,3}(?:,[0-9]{2,3})+|[0-9]+)(?:\.[0-9]+)?(?:\s?[×x]\s?10[−-]?[0-9]{1,2}\b)?"
    r"|\.[0-9]+)"
)
_QUARTERS = r"(?:(?:an?|one)[\s-](?:quarter|third)|three[\s-]quarters|two[\s-]thirds)"
MIXED = (
    rf"(?:\b(?:half[\s-]an?[\s-](?:{_either(SCALES)})|a?\s?half[\s-]dozen"
    rf"|{_QUARTERS}\sof\sa[\s-](?:{_BIG})|(?:an?|one)[\s-](?:{_BIG})[\s-]and[\s-]a[\s-]half"
    rf"|(?:{_UNDER_100}|[0-9]{{1,3}})[\s-]and[\s-]a[\s-]half|an?[\s-](?:dozen|couple))\b)"
)
VAGUE = (
    r"\b(?:hundred|thousand|million|dozen)s\s(?:and|upon)\s(?:hundred|thousand|million|dozen)s\b"
    r"|\b(?:(?:several|a\sfew|many|tens|dozens|scores|hundreds|thousands|millions)\s(?:of\s)?)?"
    r"(?:(?:hundred|thousand)s?\s(?:of\s)?)?(?:dozens|hundreds|thousands|millions|billions"
    r"|trillions|lakhs|crores|scores(?=\s(?:of|more|dead|killed|injured|wounded|were|have)\b))\b"
    r"|\b(?:several|a\sfew)\s(?:dozen|hundred|thousand|million|billion)(?:\sthousand)?\b"
)
_NTH = _either(word for word in _DENOMINATORS if word not in ("half", "quarter"))
PARTS = (
    rf"\b(?:(?:a|one)[\s-](?:{_NTH}|quarter)(?=\s(?:of|the|its|their|his|her|as|in|less|more|to|since|on"
    rf"|from|over|during|last|this|after|before|compared)\b"
    rf"|[.,;)]|$)"
    rf"|(?:{_either(_ONES[1:])})[\s-](?:(?:{_NTH}|quarter)s)\b|one-(?:{_NTH}|quarter)\b"
    r"|half(?=\s(?:of|the|an?|its|their|his|her|our|all|as)\b)(?!\sa\s(?:dozen|million|billion)))"
    rf"(?!\sof\sa[\s-](?:{_BIG})\b)"
)
_TENTHS = rf"(?:{_either(_TENS)})-(?:{_either(_ORDINAL_ONES[:9])})"
ORDINALS = (
    rf"\b(?:{_TENTHS}|{_either(word for word in _ORDINAL_WORDS if word != 'first')})\b(?!-degree)"
)

# The words, in small letters, that any of the expressions can begin with.
LEADS = frozenset((
    *_SMALL, *_ORDINAL_WORDS, *SCALES, *(f"{scale}s" for scale in SCALES), "a", "an", "half",
    "tens", "several", "many", "scores",
))  # fmt: skip

_TOKEN = re.compile(rf"[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+|{_GLYPH}|[a-z]+")


def ascii_digits(text: str) -> str:
    """`text`, character by character, with the digits and number signs of any script in ASCII.

    A narrow or hard space between groups of three digits becomes a comma, as does a plain one
    before three noughts ("12 000").
    """
    if not text.isascii():
        text = _FOREIGN.sub(lambda match: _ascii(match[0]), text)
        text = _THIN.sub(",", text)
    return _NOUGHTS.sub(",", text) if " 000" in text else text


_FOREIGN = re.compile(r"[^\W\x00-\x7f]|[٪٫٬％＄￡￥．，：／－＋]")
_SIGNS = dict(zip("٪٫٬％＄￡￥．，：／－＋", "%.,%$£¥.,:/-+", strict=True))
_THIN = re.compile(r"(?<=[0-9])[\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_NOUGHTS = re.compile(r"(?<=[0-9])\s(?=000(?![0-9]))")


def _ascii(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else _SIGNS.get(sign, sign)


def amount(text: str) -> Fraction:
    """The value of a number in digits, words or both ("2,000", "1 1/2", "two and a half")."""
    text = re.sub(r"\s", " ", text.lower().replace("-", " "))
    if " of a " in text:
        part, scale = text.split(" of a ")
        return fraction(part) * SCALES[scale]
    if text.endswith("and a half"):
        return _and_a_half(text.removesuffix(" and a half").split())
    if "half" in text:
        return Fraction(SCALES[text.split()[-1]], 2)
    if "/" in text or "⁄" in text:
        numbers = [int(digits) for digits in re.findall("[0-9]+", text)]
        whole = numbers[0] if len(numbers) == 3 else 0
        return whole + Fraction(numbers[-2], numbers[-1] or 1)
    if re.search("[×x]", text) and text[0] in "0123456789":
        mantissa, power = re.split(r"\s?[×x]\s?10", text)
        sign = -1 if re.search(r"[− ]", power) else 1
        return Fraction(mantissa.replace(",", "")) * Fraction(10) ** (sign * int(power.strip("− ")))
    return _sum(_TOKEN.findall(text.replace(" . ", ".")))


def _and_a_half(words: list[str]) -> Fraction:
    """Two and a half are 2.5, a million and a half 1.5 million."""
    scale = SCALES.get(words[-1], 1)
    return _sum(words) + Fraction(scale, 2)


def _sum(tokens: list[str]) -> Fraction:
    total, current = Fraction(0), Fraction(0)
    one = Fraction(1)
    for word in tokens:
        if word in _GLYPHS:
            current += _GLYPHS[word]
        elif word[0] in ".0123456789":
            current += Fraction(word.replace(",", ""))
        elif word in _SMALL:
            current += _SMALL[word]
        elif word == "couple":
            current = Fraction(2)
        elif word in ("hundred", "dozen"):
            current = (current or one) * SCALES[word]
        elif word in SCALES:
            total, current = total + (current or one) * SCALES[word], Fraction(0)
    return total + current


def fraction(text: str) -> Fraction:
    """The value of a spelt fraction: "two-thirds", "a quarter", "half"."""
    words = re.split(r"[\s-]", text.lower())
    return Fraction(_SMALL.get(words[0], 1), _DENOMINATORS[words[-1].removesuffix("s")])


def ordinal(text: str) -> str:
    """An ordinal in digits: "21st" for "21st" and "twenty-first"."""
    words = re.split(r"[\s-]", text.lower())
    if words[0][0].isdigit():
        value = int(re.findall("[0-9]+", words[0])[0])
    else:
        value = sum(_ORDINAL_WORDS.get(word, _SMALL.get(word, 0)) for word in words)
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10)
    return f"{value}{ending or 'th'}"


def interval(text: str) -> tuple[Fraction, Fraction]:
    """What a vague plural may mean: dozens are 12 to 120, tens of thousands 10,000 to 100,000."""
    low = Fraction(1)
    text = re.split(r"\b(?:and|upon)\b", text.lower())[-1]
    for word in re.findall("[a-z]+", text):
        low *= {"ten": 10, "score": 20, **SCALES}.get(word.removesuffix("s"), 1)
    return low, low * 10


def plain(value: Fraction) -> str:
    """`value` in plain decimal notation; a recurring decimal is cut after four digits."""
    digits = Context(prec=40).divide(Decimal(value.numerator), Decimal(value.denominator))
    if Fraction(digits) != value:
        digits = Context(prec=4).plus(digits)
    text = f"{digits:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
