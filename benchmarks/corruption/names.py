"""Wrong names: in place of one, another that the article does not name, or another that it does."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.corruption.common import MODIFIES, Source, claims_of, keeps_article, put, shuffled
from summarize.claims import extract
from summarize.claims.names import ALIASES, DEMONYMS, ORGANISATIONS, TITLES, common_words, fold
from summarize.claims.words import keys, words_of
from summarize.records import Claim
from summarize.words import STOP_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["invented_names", "sure_names", "swapped_names"]

_COUNTRIES = {*DEMONYMS.values(), *ALIASES.values()} - {"islam", "islamic state"}


def sure_names(docs: "Iterable[Doc]", text: str) -> dict[str, str]:
    """The names whose class is sure, with their class; one class fits the same places."""
    votes: dict[Claim, Counter[str]] = defaultdict(Counter)
    for doc in docs:
        for claim in extract(doc.text):
            label = _label(doc, claim)
            if claim.kind == "entity" and label:
                votes[replace(claim, start=0, end=0)][label] += 1
    labels = {claim: count.most_common(1)[0][0] for claim, count in votes.items()}
    surnames = {
        claim.text.split()[-1]
        for claim, label in labels.items()
        if label == "PERSON" and " " in claim.text
    }
    classes = {c.text: _class(c, label, text, surnames) for c, label in labels.items()}
    return {name: kind for name, kind in classes.items() if kind}


def _label(doc: "Doc", claim: Claim) -> str:
    """The entity label that all words of the name have, with "the" before it or a people's tag.

    Places and bodies that only modify a noun have none.
    """
    span = doc.char_span(claim.start, claim.end)
    if span is None or len({token.ent_type_ for token in span}) != 1:
        return ""
    label = span.root.ent_type_
    if label == "NORP":
        return f"NORP {span.root.tag_}"
    if label == "PERSON" or not label:
        return label
    article = "the " if span.start and doc[span.start - 1].lower_ == "the" else ""
    return "" if span.root.dep_ in MODIFIES else article + label


def _class(claim: Claim, label: str, text: str, surnames: set[str]) -> str:
    """What fits where the name stands, the label first ("the GPE country"); empty if unsure."""
    name, words, kind = claim.text, claim.text.split(), label.removeprefix("the ")
    common = any(fold(word) in common_words() or fold(word) in DEMONYMS for word in words)
    if kind == "PERSON" and not common and all(w.isalpha() and w.istitle() for w in words):
        full = 2 <= len(words) <= 3
        return f"{label} full" if full else f"{label} surname" if name in surnames else ""
    if kind == "GPE" and (claim.value in _COUNTRIES or f"in {name}" in text):
        return f"{label} {'country' if claim.value in _COUNTRIES else 'place'}"
    if kind == "ORG" and len(words) > 1 and fold(words[-1]) in ORGANISATIONS:
        return f"{label} body"
    return label if kind.startswith("NORP") and fold(name) in DEMONYMS else ""


_BEFORE_NAMES = TITLES | STOP_WORDS
_GENDERED = re.compile(
    r"\b(?:he|she|his|hers?|him|(?:him|her)self|mr|mrs|ms|miss|lady|king|queen|prince(?:ss)?|actress"
    r"|father|mother|husband|wife|widow|son|daughter|brother|sister|\w*(?:man|woman|boy|girl))\b",
    re.IGNORECASE,
)


def _renamings(
    doc: "Doc", source: Source, pool: Mapping[str, str], chance: random.Random
) -> Iterator[tuple[Claim, str]]:
    """The names of the sentence, each with names of the pool that fit its place."""
    text = doc.text
    said = {key for key, _, _ in keys(words_of(text))}
    for claim in claims_of(doc, "entity", chance):
        kind = source.names.get(claim.text, "")
        if (
            kind
            and kind.startswith(_label(doc, claim) or "-")
            and _is_replaceable(text, claim, kind)
        ):
            for new in shuffled((name for name in pool if pool[name] == kind), chance):
                named = said & {key for key, _, _ in keys(words_of(new))}
                if not named and keeps_article(text, claim.start, new):
                    yield claim, new


def _is_replaceable(text: str, claim: Claim, kind: str) -> bool:
    """Whether nothing around the name belongs to it or hangs on it."""
    before, after = text[: claim.start], text[claim.end :]
    if text.count(claim.text) > 1 or re.match(r"\s(?:and the )?[A-Z]|-|['’]\W", after):
        return False
    word = re.search(r"([A-Z][\w.]*)\s$", before)
    if word and fold(word[1]) not in _BEFORE_NAMES:
        return False
    if kind.startswith("PERSON"):
        return not _GENDERED.search(text)
    part = re.search(r"(?:[A-Z][\w.]+(?:,|\sand|\sof|\sfor)|['’]s)\s$", before)
    return not part and not re.match(r",\s[A-Z]", after)


def invented_names(
    doc: "Doc", source: Source, pool: Mapping[str, str], chance: random.Random
) -> Iterator[str]:
    """The sentence with a name of `pool` that the article does not name."""
    for claim, new in _renamings(doc, source, pool, chance):
        if next(source.index.find(new), None) is None:
            yield put(doc.text, claim.start, claim.end, new)


def swapped_names(doc: "Doc", source: Source, chance: random.Random) -> Iterator[str]:
    """The sentence with an unrelated name of the article in place of another."""
    for claim, new in _renamings(doc, source, source.names, chance):
        if not _are_related(claim.text, new, source.text):
            yield put(doc.text, claim.start, claim.end, new)


def _are_related(one: str, other: str, text: str) -> bool:
    """Whether two names share a word or stand side by side in the article ("Austin, Texas")."""
    words = [{key for key, _, _ in keys(words_of(name))} for name in (one, other)]
    if words[0] & words[1]:
        return True
    names = (re.escape(one), re.escape(other))
    return any(
        re.search(rf"\b{first}\W+(?:(?:s|and|or|in|of|the|near)\W+)?{second}(?!\w)", text)
        for first, second in (names, names[::-1])
    )
