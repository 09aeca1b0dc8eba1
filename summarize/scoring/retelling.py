"""Claims of a summary sentence that stand in the place of others in the sentence it retells."""

import re
from collections.abc import Iterator
from dataclasses import replace

from summarize.claims import extract
from summarize.claims.matching import (
    amounts,
    bounded,
    follows,
    is_kind,
    kinds_differ,
    same_kind,
    same_number,
)
from summarize.claims.names import ALIASES, DEMONYMS, TITLE_MODIFIERS, TITLES, fold
from summarize.claims.numbers import bound
from summarize.claims.units import is_measure
from summarize.claims.words import keys, words_of
from summarize.records import Claim
from summarize.scoring.alignment import Change, changes
from summarize.words import content_stems

__all__ = ["rivals"]


# Said of anybody: a near copy that counts soldiers here says more than its source.
_ANYBODY = frozenset({"people", "person"})
_KNOWN = frozenset((*DEMONYMS.values(), *ALIASES.values()))


def rivals(text: str, source: str) -> Iterator[tuple[Claim, Claim]]:
    """The claims of `text` where `source` has another of the same kind, each with that one."""
    ours, theirs = extract(text), extract(source)
    found = list(changes(text, source))
    for claim in ours:
        change = next((c for c in found if _is_in(claim, c)), None)
        if change is not None:
            stated = [c for c in theirs if _overlaps(c, change) and c.kind == claim.kind]
            other = _replaced(text, source, claim, stated, change)
            if other is not None and not _is_named(other, ours) and not _is_named(claim, theirs):
                yield claim, other
        if claim.kind == "number":
            yield from _recounted(claim, theirs, found)


def _is_in(claim: Claim, change: Change) -> bool:
    """Whether words of the claim were put where the source has others."""
    replaced = change.start < change.end and change.source_start < change.source_end
    return replaced and change.start < claim.end and claim.start < change.end


def _overlaps(claim: Claim, change: Change) -> bool:
    return claim.start < change.source_end and change.source_start < claim.end


def _replaced(
    text: str, source: str, claim: Claim, stated: list[Claim], change: Change
) -> Claim | None:
    """The one claim of the source's words in place of this one, where nothing else was put."""
    if stated and _APPOSITION.fullmatch(source[stated[0].end : change.source_end]):
        change = replace(change, source_end=stated[0].end)
        stated = stated[:1]
    if len(stated) != 1:
        return None
    other = stated[0]
    if claim.kind == "number" and is_measure(claim.unit) != is_measure(other.unit):
        return None  # "dead at 71" says nothing of "three decades"
    rest = text[change.start : claim.start] + text[claim.end : change.end]
    if claim.kind == "date" and content_stems(rest):
        return None  # "returned on Tuesday" says nothing of "painted in 1632"
    if claim.kind == "entity":
        before = source[change.source_start : other.start] + source[other.end : change.source_end]
        titled = _is_titles(rest) and _is_titles(before)
        if not titled or _are_related(claim, other) or _is_bracketed(source, other):
            return None
        if _is_described(text, claim) and not (_is_known(claim) and _is_known(other)):
            return None
    return None if _is_rounded(text, claim, other) else other


def _is_rounded(text: str, claim: Claim, other: Claim) -> bool:
    """Whether two numbers are (nearly) one, told in other words or digits: 3.6 for 3.655."""
    if claim.kind != "number":
        return False
    if follows(claim, other, bound=bound(text, claim.start)) or follows(other, claim, bound=""):
        return True
    values = amounts(claim.value), amounts(other.value)
    if any(len(value) != 1 for value in values):
        return False
    shorter = len(claim.value.rstrip("0")) < len(other.value.rstrip("0"))
    return shorter and bounded(values[0][0], values[1][0], "near")


# What is said of the one who is named: "Ann Lee, 27, said", "Ann Lee, who won, said".
_APPOSITION = re.compile(r"\s?[,(]\s?[^,()]*[,)]?")


def _is_bracketed(text: str, claim: Claim) -> bool:
    """Whether the name stands alone in brackets, as that of the agency that tells: "(CNN) --"."""
    return text[: claim.start].endswith("(") and text[claim.end :].startswith(")")


def _is_titles(text: str) -> bool:
    """Whether there is nothing but titles and articles, which say who but not what."""
    return all(
        fold(word.text) in TITLES | TITLE_MODIFIERS | {"the", "a", "an", "s"}
        for word in words_of(text)
    )


def _is_described(text: str, claim: Claim) -> bool:
    """Whether one word with an article may stand for any longer name: "the Cabinet"."""
    return " " not in claim.text and text[: claim.start].lower().endswith("the ")


def _is_known(claim: Claim) -> bool:
    """Whether it is a country, people, party or religion, which tells: "the Dutch troops"."""
    return claim.value in _KNOWN


def _is_of_people(claim: Claim) -> bool:
    """Whether it may name one by the country: "the Spaniard" for a player."""
    return claim.value in DEMONYMS and fold(claim.text) != claim.value


def _are_related(one: Claim, other: Claim) -> bool:
    if _is_known(one) != _is_known(other) and any(map(_is_of_people, (one, other))):
        return True
    initials = ["".join(w[0] for w in c.text.split() if w[0].isupper()) for c in (one, other)]
    if one.text == initials[1] or other.text == initials[0]:
        return True
    words = [{key for key, _, _ in keys(words_of(claim.text))} for claim in (one, other)]
    return bool(words[0] & words[1])


def _is_named(claim: Claim, claims: tuple[Claim, ...]) -> bool:
    """Whether one of `claims` says what `claim` says: a longer name says what its part does."""
    same = [c for c in claims if c.kind == claim.kind]
    if claim.kind == "number":
        return any(same_number(claim, c) for c in same)
    return any(set(claim.value.split()) <= set(c.value.split()) for c in same)


def _recounted(
    claim: Claim, theirs: tuple[Claim, ...], found: list[Change]
) -> Iterator[tuple[Claim, Claim]]:
    """The same value of another thing, where the source has it of no other."""
    same = [c for c in theirs if c.kind == "number" and amounts(c.value) == amounts(claim.value)]
    if len(same) == 1 and amounts(claim.value) and kinds_differ(claim.unit, same[0].unit):
        yield claim, same[0]
    for other in same:
        renamed = any(
            0 <= change.start - claim.end <= 1 and 0 <= change.source_start - other.end <= 1
            for change in found
            if change.start < change.end
        )
        known = is_kind(claim.unit) and (is_kind(other.unit) or other.unit in _ANYBODY)
        if renamed and known and not same_kind(claim.unit, other.unit):
            yield claim, other
