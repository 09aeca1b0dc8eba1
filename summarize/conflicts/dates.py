"""Dates as values: how exactly a date is said, whether two agree, and what happened on one."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from summarize.claims.dates import same_date
from summarize.claims.numbers import Bound
from summarize.dating.predicates import lookup
from summarize.language import parse
from summarize.posts import dates_a_post
from summarize.records import Claim
from summarize.words import stem

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Happening", "agree", "exactness", "happening", "is_of_reading", "nearly_agree"]

_FORMS = {
    "weekday": re.compile("(?:mon|tues|wednes|thurs|fri|satur|sun)day"),
    "day": re.compile("(?:[0-9]{4}|XXXX)-[0-9]{2}-[0-9]{2}"),
    "month": re.compile("(?:[0-9]{4}|XXXX)-[0-9]{2}"),
    "year": re.compile("[0-9]{4}"),
    "hour": re.compile("T[0-9]{2}:[0-9]{2}"),
}
_AS_OF = re.compile(r"\bas\sof\s(?:\w{1,12}\s)?$", re.IGNORECASE)
_LONGEST_AS_OF = 20
# Minutes by which "around 9 p.m." may be off. Chosen.
_MINUTES = 15
_HALF_A_DAY = 12 * 60

_TIMES_OF_DAY = frozenset(
    "morning noon midday afternoon evening night day time a.m. p.m. am pm overnight".split()  # noqa: SIM905
)
# Verbs that say nothing of what is done: who speaks of a thing does so on several days.
_LIGHT = frozenset("be have do make get take say tell write add speak note state post".split())  # noqa: SIM905
_VERBAL = ("VERB", "AUX")
# Verbs above one that may have its subject. Chosen.
_MOST_ABOVE = 5
_NAMING = frozenset({"compound", "nummod", "nmod", "amod", "npadvmod", "poss"})
# Sentences whose words are kept, as a date is compared with many. Chosen.
_KEPT = 4096


def exactness(value: str) -> str:
    """The smallest unit that a date's value names; empty for spans and what is no date.

    Only dates of one exactness are compared: a Sunday and the 11th may be one day.
    """
    return next((name for name, form in _FORMS.items() if form.fullmatch(value)), "")


def agree(one: str, other: str) -> bool:
    """Whether the values of two dates may be of one time: "27 February" and "27 February 2016"."""
    return same_date(one, other) or same_date(other, one)


def nearly_agree(one: str, other: str, bounds: tuple[Bound, Bound]) -> bool:
    """Whether two dates may be of one time as they are hedged: "around 9 p.m." and 9:10."""
    if agree(one, other):
        return True
    if not any(bounds) or {exactness(one), exactness(other)} != {"hour"}:
        return False
    minutes, others = (int(time[1:3]) * 60 + int(time[4:]) for time in (one, other))
    off = abs(minutes - others) % _HALF_A_DAY
    return min(off, _HALF_A_DAY - off) <= _MINUTES


def is_of_reading(text: str, date: Claim) -> bool:
    """Whether the date says when something was read, not when it happened.

    Such as "As of May 3, 12 homes had burned", "— Ada Wills (@adawills) May 3, 2021".
    """
    before = text[: date.start]
    return dates_a_post(before) or _AS_OF.search(before[-_LONGEST_AS_OF:]) is not None


@dataclass(frozen=True, slots=True)
class Happening:
    """What a date says the time of.

    `words` are the stems from the date up to its verb: "flood" and "broke" of "in the flood of May
    2015 the dam broke", "election" of "the 2016 election"; kinds of events stand beside their words
    ("sign" for "passed"). `who` are the heads of the verb's subject and object, empty where
    pronouns stand there.
    """

    words: frozenset[str]
    who: frozenset[str]


@lru_cache(maxsize=_KEPT)
def happening(text: str, date: Claim) -> Happening:
    """What a date in the sentence `text` says the time of."""
    token = _token_of(text, date)
    passed = []
    while token.head.i != token.i and token.pos_ not in _VERBAL:
        named = token.head.pos_ == "PROPN" and token.dep_ in _NAMING
        token = token.head
        if named or token.pos_ in ("NOUN", "VERB"):
            passed.append(token)
    told = [t for t in passed if t.lemma_.lower() not in _LIGHT and t.lower_ not in _TIMES_OF_DAY]
    words = {w for t in told for w in _meant(t)}
    who = {stem(t.text) for t in _partners(token) if t.pos_ in ("NOUN", "PROPN")}
    return Happening(frozenset(words), frozenset(who))


def _token_of(text: str, claim: Claim) -> "Token":
    """The word that the other words of a claim in the sentence `text` depend on."""
    doc = parse(text)
    starts = [token.idx for token in doc]
    first, last = (bisect_right(starts, at) - 1 for at in (claim.start, claim.end - 1))
    return doc[first : last + 1].root


def _meant(token: "Token") -> set[str]:
    event = lookup(token.lemma_.lower(), noun=token.pos_ != "VERB")
    return {stem(token.text), *([event.name] if event else [])}


def _partners(verb: "Token") -> Iterator["Token"]:
    """The heads of a verb's subject and object, also where another verb has them."""
    for _ in range(_MOST_ABOVE):
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass", "dobj"):
                yield child
            elif child.dep_ == "agent":
                yield from child.children
        if verb.dep_ in ("relcl", "acl"):
            yield verb.head
        if verb.dep_ not in ("conj", "xcomp") or any(
            child.dep_ in ("nsubj", "nsubjpass") for child in verb.children
        ):
            return
        verb = verb.head
