"""Dates as values: how exactly a date is said, whether two agree, and what happened on one."""

import re
from bisect import bisect_right
from functools import lru_cache

from summarize.claims.dates import same_date
from summarize.language import parse
from summarize.records import Claim
from summarize.words import stem

__all__ = ["agree", "exactness", "happening"]

_FORMS = {
    "weekday": re.compile("(?:mon|tues|wednes|thurs|fri|satur|sun)day"),
    "day": re.compile("(?:[0-9]{4}|XXXX)-[0-9]{2}-[0-9]{2}"),
    "month": re.compile("(?:[0-9]{4}|XXXX)-[0-9]{2}"),
    "year": re.compile("[0-9]{4}"),
    "hour": re.compile("T[0-9]{2}:[0-9]{2}"),
}
# What stands between a date and the word that it says the time of: "on", "from", "late".
_BETWEEN = frozenset({"ADP", "NUM", "ADV", "SCONJ", "PUNCT", "DET", "ADJ"})
# Who speaks of a thing does so on several days. Chosen by reading what is listed.
_SPEAKING = frozenset(
    "said saying says told tells wrote added tweeted statement interview".split()  # noqa: SIM905
)
_TIMES_OF_DAY = frozenset(
    "morning noon midday afternoon evening night day time a.m. p.m. overnight".split()  # noqa: SIM905
)
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


@lru_cache(maxsize=_KEPT)
def happening(text: str, date: Claim) -> str:
    """The stem of the word that a date in the sentence `text` says the time of: "voted".

    Empty where that is that somebody spoke.
    """
    doc = parse(text)
    starts = [token.idx for token in doc]
    first, last = (bisect_right(starts, at) - 1 for at in (date.start, date.end - 1))
    token = doc[first : last + 1].root.head
    while token.head.i != token.i and (token.pos_ in _BETWEEN or token.lower_ in _TIMES_OF_DAY):
        token = token.head
    return "" if token.lower_ in _SPEAKING else stem(token.text)
