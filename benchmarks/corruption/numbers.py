"""Wrong numbers: another value in the same form, or the same value of another unit."""

import random
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from benchmarks.corruption.common import MODIFIES, Source, claims_of, keeps_article, put, shuffled
from summarize.claims import extract
from summarize.claims.matching import amounts
from summarize.claims.numbers import bound
from summarize.records import Claim

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["other_numbers", "other_units", "units"]

_SMALL = """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
    ninety""".split()  # noqa: SIM905
_WORDS = dict(zip(_SMALL, [*range(2, 20), *range(20, 100, 10)], strict=True))
_NUMERAL = re.compile(
    rf"[0-9][0-9,]*(?:\.[0-9]+)?|\b(?:{'|'.join(_SMALL)})\b(?!-(?:one|{'|'.join(_SMALL[:8])})\b)",
    re.IGNORECASE,
)
# Round the clock, the numbers to call for help, years, ages such as "20s", and 3-D.
_FIXED = re.compile(r"(?:24|911|999|1[0-9]{3}|20[0-9]{2})(?![,.]?\w)|[0-9]+s|\w+-[A-Z]")
_LIST = re.compile(r"\W+(?:(?:and|or|to|even|by)\W+)*")


def other_numbers(doc: "Doc", source: Source, chance: random.Random) -> Iterator[str]:
    """The sentence with another value in the same form, which is no number of the article."""
    text = doc.text
    for claim in claims_of(doc, "number", chance):
        found, values = list(_NUMERAL.finditer(claim.text)), amounts(claim.value)
        if len(found) != 1 or len(values) != 1 or values[0] <= 1 or _is_listed(text, claim):
            continue
        old, start, value = found[0][0], claim.start + found[0].start(), values[0]
        if _FIXED.match(text, start) or value % _value(old):
            continue
        limit = bound(text, claim.start)
        for numeral in _numerals(old, chance):
            new = value * _value(numeral) / _value(old)
            apart = all(abs(new - other) * 20 > abs(other) for other in source.numbers)
            entailed = limit == ("above" if new < value else "below")
            possible = claim.unit not in ("%", "year", "") or value > 100 or new <= 100
            if apart and possible and not entailed and keeps_article(text, start, numeral):
                yield put(text, start, start + len(old), numeral)


def _is_listed(text: str, claim: Claim) -> bool:
    """Whether another number stands right beside it: "three, four or five", "5 feet 10 inches"."""
    others = [c for c in extract(text) if c.kind == "number" and c != claim]
    return any(
        _LIST.fullmatch(text[min(claim.end, c.end) : max(claim.start, c.start)]) for c in others
    )


def _value(numeral: str) -> Fraction:
    return Fraction(_WORDS.get(numeral.lower()) or numeral.replace(",", ""))


def _numerals(old: str, chance: random.Random) -> Iterator[str]:
    """Numerals of the form of `old`, about as round, 20 to 80 % off and more than one."""
    value = _value(old)
    for percent in shuffled([*range(20, 81, 3), *range(-80, -19, 3)], chance):
        wanted = value * (100 + percent) / 100
        if old[0].isalpha():
            new = min(_WORDS, key=lambda word: abs(_WORDS[word] - wanted))
        else:
            new = _rounded(old, wanted)
        alike = old[0].isdigit() or (_value(new) < 10) == (value < 10)
        off = abs(_value(new) / value - 1) * 100
        if alike and _value(new) > 1 and 20 <= off <= 80 and not re.search(r"\.[0-9]*0$", new):
            yield new


def _rounded(old: str, value: Fraction) -> str:
    """`value` in digits, with the decimal places of `old` or as many zeros at its end."""
    digits = old.replace(",", "")
    places = len(digits.partition(".")[2])
    zeros = 0 if places else len(digits) - len(digits.rstrip("0"))
    step = 10 ** (zeros - (zeros > 0 and digits[0] == "1"))
    number = float(value) if places else round(value / step) * step
    comma = "," if "," in old or len(digits) < 4 else ""
    return f"{number:{comma}.{places}f}"


# Units and things that may be counted in each other's place: a class a line, "/" between synonyms.
_KINDRED = """
seconds|minutes|hours
days|weeks|months|years|decades
hour|day|week|month|year
miles|kilometers/kilometres|yards
mile|kilometer/kilometre|yard
feet|meters/metres|inches
foot|meter/metre|inch
square miles|square kilometers|acres|hectares
square feet|square meters
kilograms|ounces|tons/tonnes
gallons|liters/litres|barrels
mph|kph
miles per hour|kilometers per hour
percent|percentage points
dollars|euros|yen
Fahrenheit|Celsius
people|men|women|boys|girls|children|soldiers/troops|civilians|police officers/officers|\
militants/rebels/insurgents/gunmen/fighters|doctors|nurses|teachers|students|lawyers|\
journalists/reporters|firefighters|tourists|passengers|prisoners/inmates|farmers
cars/vehicles|trucks|buses|motorcycles|helicopters|planes/aircraft|ships/boats
homes/houses/buildings|schools|hospitals|churches|shops/stores|hotels
games/matches|seasons|tournaments
goals|penalties
titles|medals
"""
# These say too little of who is counted: in place of another noun they may well be true.
_GENERAL = frozenset({"people", "men", "children", "passengers"})
_KIN = {
    form: [first for other in line.split("|") if group != other for first in other.split("/")[:1]]
    for line in _KINDRED.strip().split("\n")
    for group in line.split("|")
    for form in group.split("/")
}
_UNIT = re.compile(
    rf"[\s-](?P<form>{'|'.join(sorted(_KIN, key=len, reverse=True))})(?![\w’'])"
    r"(?!(?:[\s-]old|\sof\sage|\s[0-9])\b)"
)
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound"}
_CHANGED_BY = re.compile(r"\b(?:by|up|down|rose|fell|grew|\w+ed)\s$")


def units(text: str) -> Iterator[tuple[Claim, re.Match[str]]]:
    """The numbers of `text` with the known unit or counted noun right after them."""
    for claim in extract(text):
        unit = _UNIT.search(text, claim.start)
        if claim.kind == "number" and unit and unit.start() <= claim.end <= unit.end():
            yield claim, unit


def other_units(doc: "Doc", source: Source, chance: random.Random) -> Iterator[str]:
    """The sentence with the same value of another unit, counted thing or currency."""
    text, known = doc.text, source.text.lower()
    for claim, unit in shuffled(units(text), chance):
        span = doc.char_span(*unit.span("form"))
        modifier = span is None or (unit[0][0] == " " and span.root.dep_ in MODIFIES)
        limited = bound(text, claim.start) in ("above", "below")
        if claim.value == "1" or modifier or limited or _is_listed(text, claim):
            continue
        if unit["form"].startswith("percent") and not _CHANGED_BY.search(text[: claim.start]):
            continue
        offers = [new for new in shuffled(_KIN[unit["form"]], chance) if new not in _GENERAL]
        for new in sorted(offers, key=lambda form: form not in source.counted):
            said = claim.value in source.counted.get(new, ())
            if not said and (new in source.counted or new not in known):
                yield put(text, unit.start("form"), unit.end("form"), new)
    for claim in claims_of(doc, "number", chance):
        for sign, name in shuffled(_SIGNS.items(), chance) if claim.text[0] in _SIGNS else ():
            if sign not in known and name not in known:
                yield put(text, claim.start, claim.start + 1, sign)
