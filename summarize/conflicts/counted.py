"""The signs that two numbers count others: other fates, other places, other groups, or a part."""

import re

from summarize.conflicts.fates import fates
from summarize.conflicts.mentions import Mention
from summarize.conflicts.same_fact import around
from summarize.words import stem

__all__ = ["one_is_part", "other_fates", "other_groups", "other_scopes"]

_PART = re.compile(r"\sof\s(?:the|those|these|them|its|their|which|whom)\b")
_PLACES = frozenset("city town village county district state region country nation world".split())  # noqa: SIM905
_WIDE = frozenset(
    "nationwide countrywide statewide worldwide globally elsewhere altogether overall".split()  # noqa: SIM905
)
_IN = frozenset({"in", "across", "throughout", "around"})
# Words on each side of a number that may say where it was counted. Chosen.
_SCOPED = 8
# "Percent of likely Wills supporters".
_OF_WHOM = re.compile(r"(?:\s[^\W\d_]+)?\sof(?:\s[\w’'.-]+){1,4}")
_NAME = re.compile(r"\b[A-Z][\w.-]*(?!['’\w.-])")


def other_fates(one: Mention, other: Mention) -> bool:
    """12 killed and 15 injured; of "12 others" nobody knows who the first were."""
    if one.unit != "people":
        return False
    became, its = (fates(m.sentence.text, m.claim) for m in (one, other))
    others = "other" in (one.claim.unit, other.claim.unit)
    return became.isdisjoint(its) and (others or bool(became and its))


def other_scopes(one: Mention, other: Mention) -> bool:
    """120 in the city and 160 in the country, or nationwide."""
    scopes, its = (_scopes(m) for m in (one, other))
    wider = (scopes | its) & _WIDE
    return scopes.isdisjoint(its) and bool(wider or (scopes and its))


def _scopes(mention: Mention) -> set[str]:
    before, after = around(mention)
    near = [*before[-_SCOPED:], "", *after[:_SCOPED]]
    placed = {
        word
        for place, word in enumerate(near)
        if word in _PLACES and _IN & {*near[max(0, place - 3) : place]}
    }
    return placed | {word for word in near if word in _WIDE}


def other_groups(one: Mention, other: Mention) -> bool:
    """42 percent of Wills supporters and 65 percent of Brown supporters."""
    groups, its = (_group(m) for m in (one, other))
    return bool(groups and its) and groups.isdisjoint(its)


def _group(mention: Mention) -> set[str]:
    """The names in what a number is a part of."""
    text = mention.sentence.text[mention.claim.end :]
    match = _OF_WHOM.match(text)
    return {stem(name) for name in _NAME.findall(match[0])} if match else set()


def one_is_part(one: Mention, other: Mention) -> bool:
    """48 of those arrested are not all of them."""
    parts = [_PART.match(m.sentence.text, m.claim.end) is not None for m in (one, other)]
    return parts[0] != parts[1]
