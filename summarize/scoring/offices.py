"""Offices and jobs: "Judge Ann Lee", where the sources call another one judge and her a lawyer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarize.claims.names import TITLES, fold
from summarize.records import Claim
from summarize.words import STOP_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Office", "holders_of", "is_called", "offices"]

# Only one in a story is that, or few; there may be any number of senators.
_OWN = frozenset(
    """boss captain ceo chairman chairwoman chancellor chief coach defendant director founder
    goalkeeper governor judge king lawyer leader manager mayor owner plaintiff pope premier
    president prosecutor queen speaker""".split()  # noqa: SIM905
)
# These tell nothing of what somebody does.
_CIVIL = frozenset("mr mrs ms miss sir dame lord lady dr".split())  # noqa: SIM905
_NAME = r"[A-Z][\w.'’-]{0,20}(?:\s[A-Z][\w.'’-]{0,20}){0,3}"


@dataclass(frozen=True, slots=True)
class Office:
    """What somebody is called: `name`, and the noun at `start` to `end`.

    `of` is the word before it, which may say of what: the "party" of "party leader".
    """

    name: str
    noun: str
    start: int
    end: int
    of: str


def offices(doc: "Doc", names: Sequence[Claim]) -> Iterator[Office]:
    """The nouns that a sentence sets before a name or beside it."""
    for claim in names:
        inside = [t for t in doc if claim.start <= t.idx < claim.end]
        if claim.kind != "entity" or not inside:
            continue
        for noun in _beside(inside):
            if noun.lower_ in _OWN:
                of = _last_word(doc.text[: noun.idx])
                yield Office(claim.text, noun.text, noun.idx, noun.idx + len(noun), of)


def _beside(name: "list[Token]") -> "Iterator[Token]":
    first, last = name[0], name[-1]
    if first.i:
        before = first.doc[first.i - 1]
        if before.pos_ in ("NOUN", "PROPN") and before.is_alpha and before.whitespace_:
            yield before
    if last.dep_ == "appos" and last.head.pos_ == "NOUN":
        yield last.head
    yield from (c for c in last.children if c.dep_ == "appos" and c.pos_ == "NOUN")


def _last_word(text: str) -> str:
    """The word that `text` ends in, if it says something."""
    last = fold(text.rsplit(maxsplit=1)[-1]) if text[-1:].isspace() and text.strip() else ""
    return "" if last in STOP_WORDS else last


def holders_of(office: Office, text: str) -> Iterator[Claim]:
    """The names in `text` beside the noun: "Judge Ann Lee", "Ann Lee, a judge".

    A leader of the house says nothing of who is the party's.
    """
    word = re.escape(office.noun)
    behind = re.finditer(rf"\b(?i:{word})(?:\sof\s[\w\s’'-]{{1,40}},|,)?\s({_NAME})", text)
    before = re.finditer(rf"({_NAME}),\s(?:[\w’'-]{{1,20}}\s){{0,3}}(?i:{word})\b", text)
    for match in (*behind, *before):
        noun = text.lower().find(office.noun.lower(), match.start())
        of = _last_word(text[:noun])
        if not of or not office.of or of == office.of:
            yield Claim(match[1], "entity", fold(match[1]), "", *match.span(1))


def is_called(name: str, text: str) -> bool:
    """Whether `text` says by a title or beside the name what the one of that name is."""
    last = re.escape(name.rsplit(maxsplit=1)[-1])
    for match in re.finditer(rf"\b{last}\b", text):
        before = [
            fold(word) for word in text[max(0, match.start() - _REACH) : match.start()].split()
        ]
        titled = any(word.strip(".,") in TITLES - _CIVIL for word in before[-len(name.split()) :])
        apart = _APART.search(text, max(0, match.start() - _REACH), match.start())
        if titled or apart or _BESIDE.match(text, match.end()):
            return True
    return False


_REACH = 40
_APART = re.compile(r"[a-z],\s(?:[A-Z][\w.'’-]*\s)?$")
_BESIDE = re.compile(r",\s(?:an?|the|his|her|their|its|who)\s")
