"""How far a sentence reaches: "all" where a source says "two of six", "ever" for "since 2030"."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarize.scoring.grammar import lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["best_ever", "bounded", "part_of", "whole"]

_WHOLE = frozenset({"all", "each", "every"})
_PART = frozenset("few half many most none several some".split())  # noqa: SIM905
_BEST = ("JJS", "RBS")
_EVER = re.compile(
    r"(?i)\b(?:ever|on record|of all time|in living memory"
    r"|in (?:the |its |his |her |their )?history)\b"
)
_SINCE = re.compile(
    r"(?i)\bsince\b|\b(?:in|for) (?:(?:at least|more than|almost|nearly|about|over) )?"
    r"(?:[0-9]{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty"
    r"|fifty|a decade|decades|a century)\b"
)


def whole(doc: "Doc") -> Iterator["Token"]:
    """The nouns of which `doc` means all: "all libraries", "all of the libraries"."""
    for token in doc:
        if token.lower_ in _WHOLE and token.nbor(-1 if token.i else 0).lower_ not in (
            "not",
            "almost",
        ):
            below = [word for word in token.subtree if word.pos_ == "NOUN"]
            noun = token.head if token.head.pos_ == "NOUN" and token.head.i > token.i else None
            found = noun or next(iter(below), None)
            if found is not None and part_of(found, doc) is None:
                yield found


def part_of(noun: "Token", source: "Doc") -> "Token | None":
    """The word by which `source` speaks of only some: "two of its six libraries"."""
    for token in source:
        if token.dep_ == "pobj" and token.head.lower_ == "of" and lemma(token) == lemma(noun):
            some = token.head.head
            if some.lower_ in _PART or some.pos_ == "NUM" or some.like_num:
                return some
    return None


def best_ever(doc: "Doc") -> Iterator["Token"]:
    """The superlatives of `doc` that are said to hold for ever: "the largest gain ever"."""
    ever = _EVER.search(doc.text)
    if ever is not None:
        yield from (t for t in doc if t.tag_ in _BEST and t.idx < ever.start())


def bounded(best: "Token", source: "Doc") -> "Token | None":
    """The same superlative of `source`, where it holds within bounds: "the largest since 2030"."""
    since = _SINCE.search(source.text)
    if since is None or _EVER.search(source.text):
        return None
    same = (t for t in source if t.tag_ in _BEST and lemma(t) == lemma(best))
    return next((t for t in same if t.idx < since.start()), None)
