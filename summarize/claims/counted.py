"""What a number of a parsed sentence counts, and which number words count nothing."""

from bisect import bisect_left
from typing import TYPE_CHECKING

from summarize.claims.numbers import Number

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["counted", "is_number"]

# "One day", "at one point", "one way or another" count nothing.
_IDIOMS = frozenset({"day", "point", "time", "way", "thing", "hand", "side", "reason", "another"})


def is_number(doc: "Doc", text: str, number: Number) -> bool:
    """Whether the words of `number` mean one: not the pronoun "one" and not the noun "second".

    `text` is that of `doc`, which would put it together anew for every number.
    """
    word = text[number.start : number.end].lower()
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


def counted(doc: "Doc", text: str, number: Number) -> str:
    """The noun that a number in `text`, parsed as `doc`, counts: its lemma, or empty."""
    token = _last_token(doc, number)
    if token is None or _is_set_off(text, number):
        return ""
    last = token
    if text[number.end : number.end + 1] == "-" and last.i + 2 < len(doc):
        # A three-bedroom house counts bedrooms.
        joined = _noun(doc[last.i + 2])
        if joined:
            return joined
    while number.start <= token.head.idx < number.end and token.head != token:
        token = token.head
    if token.dep_ in ("nummod", "amod", "compound", "quantmod") and token.head.i > token.i:
        head = token.head
        while head.dep_ in ("nummod", "quantmod", "compound") and head.head.i > head.i:
            head = head.head
        return _noun(head)
    return _of_what(last)


def _of_what(last: "Token") -> str:
    """The noun of "300 of the militants", "dozens or so of them" gives none."""
    following = last.doc[last.i + 1 : last.i + 4]
    of = next((word for word in following if word.lower_ == "of"), None)
    if of is None or any(
        word.lower_ not in ("or", "so", "of") for word in last.doc[last.i + 1 : of.i]
    ):
        return ""
    return next((noun for word in of.children if (noun := _noun(word))), "")


def _last_token(doc: "Doc", number: Number) -> "Token | None":
    """The token in which the number ends; `Doc.char_span` reads the whole text for each."""
    following = bisect_left(range(len(doc)), number.end, key=lambda place: doc[place].idx)
    return doc[following - 1] if following else None


def _is_set_off(text: str, number: Number) -> bool:
    """Whether the number is an age after a name: "Ann Lee, 27, said", "Ann Lee (27)"."""
    before = text[max(0, number.start - 3) : number.start].rstrip()
    after = text[number.end : number.end + 3].lstrip()
    return before[-1:] in (",", "(") and after[:1] in (",", ")")


def _noun(token: "Token") -> str:
    if token.pos_ not in ("NOUN", "PROPN"):
        return ""
    return token.lower_.removesuffix("s") if token.tag_ == "NNPS" else token.lemma_.lower()
