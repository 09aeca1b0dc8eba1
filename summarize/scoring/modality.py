"""Whether a summary sentence tells as done or certain what its source sentence does not."""

import re
from typing import TYPE_CHECKING

from summarize.scoring.grammar import acted, actors, lemma
from summarize.scoring.negation import (
    DENYING,
    NOT_SAID,
    SAID,
    TOLD,
    is_asked,
    is_negated,
    same_said,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["may_leave_open", "overstates", "reality"]

# What depends on these has not happened: "is poised to retake" is not "retook".
_OPEN = frozenset(
    """aim ask attempt call consider demand eager expect hope intend likely offer plan poise poised
    prepare promise propose ready schedule seek set threaten try urge vow want willing
    wish""".split()  # noqa: SIM905
)
# Nouns of which the same holds: "in talks to sell", "a plan to close".
_AHEAD = frozenset(
    """aim attempt bid demand effort hope idea intention offer option pledge plan promise proposal
    talk threat""".split()  # noqa: SIM905
)
_ALLEGING = frozenset({"accuse", "allege", "claim", "suspect"})
# A sentence with one of these says whose word it gives.
_TELLING = _ALLEGING | frozenset(
    """accord accusation add allegation allegedly alleged argue believe charge complain deny fear
    insist maintain report reportedly say suggest suspicion tell think warn""".split()  # noqa: SIM905
)
_MODALS = frozenset({"could", "may", "might", "must", "should", "will", "wo", "shall"})
_SAYING = frozenset("allege argue boast claim insist maintain report say state".split())  # noqa: SIM905
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "him", "her", "them"})
_POSSIBLE = frozenset({"could", "may", "might", "must", "should"})
_UNSURE = "the source only says that it may"
_LEFT_OPEN = "the source leaves it open"


# Rather too many words than one too few: they only save reading the sentence.
_ROOTS = (
    *sorted({word.rstrip("ey") for word in _OPEN | _AHEAD | _ALLEGING | DENYING}),
    *("sought", "would", "if", "unless", "whether"),
    *sorted(_MODALS),
)
_SIGN = re.compile(rf"\b(?:{'|'.join(_ROOTS)})", re.IGNORECASE)


def reality(verb: "Token", other: "Token") -> str:
    """Told as done, where the source only plans, expects or may, or denies it in other words."""
    if _is_refused(other) and _is_past(verb) and verb.dep_ in TOLD and not is_negated(verb):
        return SAID
    if _is_refused(verb) and _is_told_as_done(other) and not is_negated(other):
        return NOT_SAID if same_said(verb, other) else ""
    if _is_certain(verb) and _is_unsure(other) and _same_people(verb, other):
        return _UNSURE
    if _is_open(verb) or not _is_open(other) or not _same_people(verb, other):
        return ""
    if is_asked(other) and _is_told(verb) and same_said(verb, other):
        return _LEFT_OPEN
    return "the source does not say that it happened" if _is_told_as_done(verb) else ""


def may_leave_open(text: str) -> bool:
    """Whether a sentence has a word by which `overstates` could find that it says less."""
    return _SIGN.search(text) is not None


def overstates(verb: "Token", other: "Token") -> str:
    """Why a verb says more than that of the source; empty where it does not."""
    return reality(verb, other) or _alleged(verb, other)


def _same_people(verb: "Token", other: "Token") -> bool:
    """Whether neither who does it nor to whom it is done are others in the source."""
    found = [(actors(verb), actors(other)), (acted(verb), acted(other))]
    places = [pair for pair in found if _PRONOUNS.isdisjoint(pair[0] | pair[1])]
    return not any(ours and theirs and not ours & theirs for ours, theirs in places)


def _is_told(verb: "Token") -> bool:
    """Whether the sentence states it, by itself or with "..., he said" behind it."""
    said = verb.dep_ == "ccomp" and verb.i < verb.head.i and lemma(verb.head) == "say"
    return said or verb.dep_ in ("ROOT", "conj")


def _is_refused(verb: "Token") -> bool:
    above = verb.head
    return verb.dep_ == "xcomp" and lemma(above) in DENYING and not is_negated(above)


def _is_certain(verb: "Token") -> bool:
    hedged = any(child.lower_ in ("likely", "probably", "possibly") for child in verb.children)
    future = any(child.dep_ == "aux" and child.lower_ in ("will", "wo") for child in verb.children)
    return future and not hedged


def _is_unsure(verb: "Token") -> bool:
    return any(child.dep_ == "aux" and child.lower_ in _POSSIBLE for child in verb.children)


def _alleged(verb: "Token", other: "Token") -> str:
    """Told as a fact, where the source has somebody claim it or accuse another of it."""
    above = other.head
    if other.dep_ == "pcomp" and above.lower_ == "of":
        above = above.head
    blamed = (
        other.dep_ in ("ccomp", "pcomp") and lemma(above) in _ALLEGING and not is_negated(above)
    )
    told = _is_told_as_done(verb) and not any(lemma(t) in _TELLING for t in verb.doc)
    if not blamed or not told or is_negated(verb):
        return ""
    return f"the source only has somebody {_ACTS[lemma(above)]} it"


_ACTS = {"accuse": "accused of", "allege": "allege", "claim": "claim", "suspect": "suspect"}


def _is_told_as_done(verb: "Token") -> bool:
    return _is_past(verb) and verb.dep_ in ("ROOT", "conj")


def _is_past(verb: "Token") -> bool:
    if any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children):
        return False
    passive = any(c.dep_ == "auxpass" and c.tag_ == "VBD" for c in verb.children)
    return verb.tag_ == "VBD" or passive or _is_perfect(verb)


def _is_perfect(verb: "Token") -> bool:
    return any(child.dep_ == "aux" and child.lower_ in ("has", "have") for child in verb.children)


def _is_open(verb: "Token") -> bool:
    if any(child.dep_ == "aux" and child.lower_ in _MODALS for child in verb.children):
        return True
    if any(child.dep_ == "mark" and child.lower_ in ("if", "whether") for child in verb.children):
        return True
    if any(child.lower_ == "would" for child in verb.children):
        return verb.dep_ == "ccomp" and lemma(verb.head) in _SAYING
    if verb.dep_ == "xcomp":
        return lemma(verb.head) in _OPEN
    if verb.dep_ == "acl" and lemma(verb.head) in _AHEAD:
        return any(child.lower_ == "to" for child in verb.children)
    return _shares_auxiliary(verb) and _is_open(verb.head)


def _shares_auxiliary(verb: "Token") -> bool:
    """Whether the verb that it is joined to has its auxiliary: "will be booked and charged"."""
    own = any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for c in verb.children)
    passive = any(c.dep_ == "auxpass" for c in verb.head.children) and not own
    return verb.dep_ == "conj" and (verb.tag_ == "VB" or passive)
