"""Small asides that their form gives away: what can be left out of a sentence, in a few words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarize import timewords

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["FINITE", "MONTHS", "SPEECH", "SUBJECTS", "SURE", "Cut", "asides", "is_set_off"]


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """Tokens `start` to `end` (exclusive) of a parsed sentence that can go, commas not counted."""

    start: int
    end: int
    kind: str


SURE = frozenset({"age", "link", "venue"})
"""Kinds of cuts that need no second opinion: read on training articles, ages were right 32 of 32
times, venues 50 of 51 (the wrong one is mended), links about 30 of 32 in a wider group.

A *connective* ("but", "as a result") is not among them: where the sentence before is told, it says
what the two have to do with each other.
"""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
MONTHS = frozenset(name[:3] for name in timewords.MONTHS)
SPEECH = frozenset(
    """acknowledge add admit announce argue claim confirm declare deny explain insist note say state
    tell tweet warn write""".split()  # noqa: SIM905
)
_VENUES = frozenset(
    """address briefing conference email filing interview letter memo release report speech
    statement tweet""".split()  # noqa: SIM905
)
# A number above it behind a name is no age. Chosen.
_HIGHEST_AGE = 110
_PHRASES = tuple(
    tuple(phrase.split())
    for phrase in (
        "for one thing", "in addition", "in fact", "in other words", "in turn", "of course",
        "on top of that", "to be sure",
    )
)  # fmt: skip
_DASHES = frozenset({"–", "—", "--", "-"})
# Brackets and dashes among so many first tokens belong to a dateline. Chosen.
_DATELINE = 4


def is_set_off(doc: "Doc", start: int, end: int) -> bool:
    """Whether commas stand around the tokens, or a comma and the sentence's end."""
    if start == 0 or doc[start - 1].text != "," or end >= len(doc):
        return False
    return doc[end].text in {",", ".", ";"} and end - start > 1


def _venue(doc: "Doc", token: "Token") -> Iterator[Cut]:
    """What somebody said something in: "in a statement", "at a news conference"."""
    if token.dep_ != "prep" or token.lower_ not in {"at", "during", "in"}:
        return
    start, end = token.left_edge.i, token.right_edge.i + 1
    whole = end - start == sum(1 for _ in token.subtree)
    said = token.head.lemma_ in SPEECH and not any(c.dep_ == "neg" for c in token.head.children)
    venues = [
        child
        for child in token.children
        if child.dep_ == "pobj" and child.lower_ in _VENUES and doc[start + 1].lower_ in {"a", "an"}
    ]
    plain = all(t.is_alpha or t.is_quote or t.text in {"'s", "’s"} for t in doc[start:end])
    more = any(
        t.dep_ == "npadvmod" or t.tag_ == "VB" or t.lower_ in {"on", "after", "that"}
        for t in token.subtree
    )
    following = doc[end].lower_ if end < len(doc) else ""
    bounded = following != "," if start == 0 else following == "to"
    if whole and said and venues and plain and not (more or bounded):
        yield Cut(start, end, "venue")


def _age(doc: "Doc", token: "Token") -> Iterator[Cut]:
    """The number of years behind the name of the one who did something."""
    inside = 1 < token.i < len(doc) - 2 and token.text.isdecimal() and len(token) <= len("110")
    if not inside or int(token.text) > _HIGHEST_AGE:
        return
    name, follows = doc[token.i - 2], doc[token.i + 2]
    commas = doc[token.i - 1].text == doc[token.i + 1].text == ","
    named = name.pos_ == "PROPN" and name.text[:3] not in MONTHS and name.dep_ in SUBJECTS
    if commas and named and follows.tag_ in FINITE:
        yield Cut(token.i, token.i + 1, "age")


def _opening(doc: "Doc") -> Iterator[Cut]:
    """Words with a comma that link the sentence to the one before."""
    for phrase in _PHRASES:
        size = len(phrase)
        opens = len(doc) > size and tuple(t.lower_ for t in doc[:size]) == phrase
        if opens and doc[size].text == ",":
            yield Cut(0, size, "link")


def asides(doc: "Doc") -> Iterator[Cut]:
    """Brackets, dashes, ages, where somebody spoke, and links to the sentence before."""
    for token in doc:
        yield from _venue(doc, token)
        yield from _age(doc, token)
    yield from _bracketed(doc)
    yield from _dashed(doc)
    yield from _opening(doc)
    for token in doc[1:-2]:
        example = token.lower_ == "for" and doc[token.i + 1].lower_ in {"example", "instance"}
        if example and is_set_off(doc, token.i, token.i + 2):
            yield Cut(token.i, token.i + 2, "connective")


def _bracketed(doc: "Doc") -> Iterator[Cut]:
    opened: int | None = None
    for token in doc[_DATELINE:]:
        if token.text == "(":
            opened = token.i
        elif token.text == ")" and opened is not None:
            yield Cut(opened, token.i + 1, "aside")
            opened = None


def _dashed(doc: "Doc") -> Iterator[Cut]:
    """What stands between two dashes, or between one and the end if it is an apposition.

    Before a subject the second dash is needed: "After the storm — the worst yet — ferries stopped".
    """
    dashes = [t.i for t in doc if t.text in _DASHES and t.whitespace_ and doc[t.i - 1].whitespace_]
    if not dashes or dashes[0] <= _DATELINE:
        return
    if len(dashes) == 2 and dashes[1] + 1 < len(doc):
        after = doc[dashes[1] + 1]
        begins = any(t.dep_ in SUBJECTS and t.left_edge == after for t in doc[after.i :])
        if after.tag_ not in {"VBG", "VBN"} and after.dep_ != "cc" and not begins:
            yield Cut(dashes[0], dashes[1] + 1, "aside")
    elif len(dashes) == 1 and doc[-1].text == ".":
        heads = [t for t in doc[dashes[0] + 1 : -1] if t.head.i < dashes[0]]
        if len(heads) == 1 and heads[0].dep_ == "appos" and heads[0].pos_ == "NOUN":
            yield Cut(dashes[0], len(doc) - 1, "aside")
