"""Which side of the day of publication a date lies on, as the words around it tell."""

import re
from typing import TYPE_CHECKING, Literal

from summarize.dating.tense import governing_verb, outlook
from summarize.dating.timex import TimeExpression
from summarize.posts import dates_a_post

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Side", "by_words", "side_of"]

Side = Literal["past", "ahead", "posted"]
"""*Posted* is the day of a post that the article shows."""
# "Closed until 2018" and "a budget for 2018" tell neither side.
_SIDELESS = re.compile(
    r"\b(?:until|till|by|before|through|for|to|than|of|due)\s+(?:\w+\s+)?$", re.IGNORECASE
)
# "The year ending June 30, 2031", "notes due 2031", "expects to open in 2031": ahead in any case.
_COMING = re.compile(r"\b(?:ending|maturing|(?:notes|bonds|debentures)\s+due)\s+$", re.IGNORECASE)
_LOOKING = re.compile(
    r"\b(?:will|expects?|plans|intends?|hopes|(?:is|are)\s+(?:set|due|scheduled|expected|planning))\b",
    re.IGNORECASE,
)
# What had been planned for a day when something came between, or was ahead of it.
_PLANNED = re.compile(
    r"\b(?:was|were|been)\s+(?:due|set|scheduled|expected|supposed|planned|to)\b|\bahead\s+of\b",
    re.IGNORECASE,
)
# "The 8 October concert": the date belongs to the name, not to the verb.
_WITHIN_NAMES = ("compound", "nmod", "amod", "poss", "nummod")
_SINCE = re.compile(r"\bsince\s+(?:early\s+|late\s+)?$", re.IGNORECASE)
_CLOCK_BEFORE = re.compile(r"\d[:.]\d\d(?:\s?[ap]\.?m\.?)?,?\s+(?:on\s+)?$", re.IGNORECASE)
_CLOCK_AFTER = re.compile(r"\s*(?:[-–—,|]|at)?\s*\d?\d[:.]\d\d\b")
# Characters before a date in which a word may tell its side. In a sentence without an end, a table
# or a list of dates, looking back to its beginning takes time that grows with the square.
_LOOKED_BACK = 500


def side_of(text: str, doc: "Doc | None", expression: TimeExpression) -> Side | None:
    """Whether the sentence puts the expression behind or ahead of the article."""
    side = by_words(text, expression)
    if side != "open":
        return side
    return _by_grammar(text, doc, expression) if doc is not None else None


def by_words(text: str, expression: TimeExpression) -> Side | Literal["open"] | None:
    """The side that the words at the expression tell, None for neither, "open" when they do not."""
    if expression.kind not in ("absolute", "bare"):
        return None
    before = _words_before(text, expression)
    if dates_a_post(before):
        return "posted" if expression.period and expression.day else None
    if expression.offset < 0 or _SINCE.search(before):
        return "past"
    if expression.offset > 0 or _COMING.search(before):
        return "ahead"
    stamp = _CLOCK_BEFORE.search(before) or _CLOCK_AFTER.match(text, expression.end)
    # A clock time beside the day is a comment's, which readers leave afterwards.
    sideless = stamp or _SIDELESS.search(before) or _PLANNED.search(before)
    return None if sideless else "open"


def _words_before(text: str, expression: TimeExpression) -> str:
    return text[max(0, expression.start - _LOOKED_BACK) : expression.start]


def _by_grammar(text: str, doc: "Doc", expression: TimeExpression) -> Side | None:
    span = doc.char_span(expression.start, expression.end, alignment_mode="expand")
    if span is None or span.root.dep_ in _WITHIN_NAMES:
        return None
    verb = governing_verb(span.root)
    while verb is not None and verb.tag_ == "VBG" and outlook(verb) == "open":
        verb = governing_verb(verb)
    return _by_verb(verb, text, expression) if verb is not None else None


def _by_verb(verb: "Token", text: str, expression: TimeExpression) -> Side | None:
    tense = outlook(verb)
    if tense in ("past", "pluperfect"):
        return "past"
    # "Would" may look ahead from some past.
    will = any(c.lower_ in ("will", "'ll", "’ll") for c in verb.children)
    looking = will or _LOOKING.search(_words_before(text, expression))
    return "ahead" if tense == "ahead" and looking else None
