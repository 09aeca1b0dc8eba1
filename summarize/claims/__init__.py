"""What a sentence says that can be looked up: names, numbers and dates, with their places.

Dates are read first, then numbers with a unit ("US$5", "10kW"), names, and other numbers, and no
stretch is read twice: the "11" of "iPhone 11" is the name's, the "2015" of "May 2015" the date's.
The forms of the values stand in the modules `dates`, `entities` and `numbers` of this package.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from summarize.claims.dates import find_dates
from summarize.claims.entities import find_entities
from summarize.claims.numbers import Number, scan
from summarize.language import parse
from summarize.records import Claim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["extract"]


@lru_cache(maxsize=20_000)
def extract(text: str) -> tuple[Claim, ...]:
    """The claims of the sentence `text`, in order and apart: `text[c.start:c.end] == c.text`.

    The `unit` of a number is a unit of measure or, in the singular, the noun it counts.
    """
    if not text.strip():
        return ()
    doc = parse(text)
    dates = find_dates(text)
    taken = [(claim.start, claim.end) for claim in dates]
    measured = [n for n in scan(text, taken) if n.unit or n.scale != 1 or n.ranks]
    taken += [(number.start, number.end) for number in measured]
    names = find_entities(doc, taken)
    taken = [(claim.start, claim.end) for claim in [*dates, *names]]
    numbers = [_claim(doc, number) for number in scan(text, taken) if _is_number(doc, number)]
    return tuple(sorted([*dates, *names, *numbers], key=lambda claim: claim.start))


def _claim(doc: "Doc", number: Number) -> Claim:
    text = doc.text[number.start : number.end]
    unit = number.unit or _counted(doc, number)
    return Claim(text, "number", number.value, unit, number.start, number.end)


def _last_token(doc: "Doc", number: Number) -> "Token | None":
    span = doc.char_span(number.start, number.end, alignment_mode="expand")
    return span[-1] if span else None


# "One day", "at one point", "one way or another" count nothing.
_IDIOMS = frozenset({"day", "point", "time", "way", "thing", "hand", "side", "reason", "another"})


def _is_number(doc: "Doc", number: Number) -> bool:
    """The pronoun "one" and the noun "second" are no numbers."""
    word = doc.text[number.start : number.end].lower()
    token = _last_token(doc, number)
    if token is None:
        return False
    if word == "one":
        counts = token.dep_ == "nummod" and token.head.i > token.i
        return counts and token.head.lower_ not in _IDIOMS
    if word == "one day":
        return doc[max(0, token.i - 2)].tag_ != "MD"
    if word == "second":
        return token.tag_ != "NN"
    return True


def _counted(doc: "Doc", number: Number) -> str:
    """The noun that a number counts, as a lemma in small letters; empty when it stands alone."""
    token = _last_token(doc, number)
    if token is None or _is_set_off(doc.text, number):
        return ""
    while token.head.idx >= number.start and token.head.idx < number.end and token.head != token:
        token = token.head
    if token.dep_ in ("nummod", "amod", "compound", "quantmod") and token.head.i > token.i:
        head = token.head
        while head.dep_ in ("nummod", "quantmod", "compound") and head.head.i > head.i:
            head = head.head
        return _noun(head)
    for child in token.children:
        if child.lower_ == "of" and child.i > token.i:
            return next((noun for word in child.children if (noun := _noun(word))), "")
    return ""


def _is_set_off(text: str, number: Number) -> bool:
    """Whether the number is an age after a name: "Ann Lee, 27, said", "Ann Lee (27)"."""
    before, after = text[: number.start].rstrip(), text[number.end :].lstrip()
    return before[-1:] in (",", "(") and after[:1] in (",", ")")


def _noun(token: "Token") -> str:
    if token.pos_ not in ("NOUN", "PROPN"):
        return ""
    return token.lower_.removesuffix("s") if token.tag_ == "NNPS" else token.lemma_.lower()
