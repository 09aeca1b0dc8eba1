"""What the clauses of a parsed sentence tell, and of whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarize.claims.words import keys, words_of
from summarize.records import Claim
from summarize.scoring.grammar import VERBAL, filling, lemma
from summarize.words import STOP_WORDS, stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Deed", "are_one", "clauses", "deeds", "tells", "told_of"]

DOING = ("nsubj", "agent")
DONE_TO = ("dobj", "nsubjpass")
_SAYING = frozenset(
    """add admit announce argue claim comment complain conclude confirm declare explain insist
    note promise recall remark reply say state stress suggest tell warn write""".split()  # noqa: SIM905
)
# To call a thing "a door" is to say so; to call the police is not.
_CALLING = frozenset({"call", "describe", "dub"})
# Two sentences share these without telling the same.
_LIGHT = frozenset({"be", "have", "do"})

# Share of the words of a clause that one of the source has which tells the same. Of 80 errors 50
# are caught with .5 to .8, 48 with .9 (benchmarks/studies/thresholds.py); with .6 a highlight of
# train/cnn was flagged, with .7 none of the first 300 articles.
_ALIKE = 0.7
# The same of the words of a deed: 50 are caught with .4 to .6, 49 with .7 and .8.
_SAME_DEED = 0.6


@dataclass(frozen=True, slots=True)
class Deed:
    """What a clause tells with its `verb`: for each word the stems by which a source may have it.

    `name` is the one of whom it is told, in one of the places `roles` of the verb; then `words` are
    without that one, and without the verb where it is one of saying. A clause that is told of
    anybody has none.
    """

    verb: "Token"
    words: tuple[frozenset[str], ...]
    name: str = ""
    roles: tuple[str, ...] = ()

    @property
    def is_said(self) -> bool:
        """Whether the named one says it."""
        return self.roles == DOING and _is_saying(self.verb)

    def share(self, stems: frozenset[str]) -> float:
        """The share of the words that `stems` holds."""
        held = sum(not forms.isdisjoint(stems) for forms in self.words)
        return held / len(self.words) if self.words else 0.0


def deeds(doc: "Doc", names: Sequence[Claim]) -> Iterator[Deed]:
    """What one of the `names` alone does or says in `doc`, and what is done to them."""
    for verb in filter(_is_full, doc):
        for roles in (DOING, DONE_TO):
            held = _holders(verb, roles)
            named = {c.text for token in held for c in names if c.start <= token.idx < c.end}
            if len(named) == 1 and not any(token.conjuncts for token in held):
                words = tuple(_forms(token) for token in _told(verb, held))
                yield Deed(verb, words, named.pop(), roles)


def clauses(doc: "Doc") -> Iterator[Deed]:
    """What each full verb of `doc` is told with, whoever does it."""
    for verb in filter(_is_full, doc):
        if not _is_saying(verb):
            yield Deed(verb, tuple(_forms(t) for t in (verb, *_below(verb)) if _has_content(t)))


def tells(clause: Deed, verb: "Token") -> bool:
    """Whether a verb of a source sentence is the clause's, with much the same words."""
    if not _is_full(verb) or not _is_same(verb, clause.verb):
        return False
    around = (*verb.subtree, *_holders(verb, DOING), *_holders(verb, DONE_TO))
    return clause.share(frozenset().union(*map(_forms, around))) >= _ALIKE


def told_of(deed: Deed, source: "Doc") -> "Iterator[list[Token]]":
    """The words for those of whom `source` tells much the same as the deed."""
    for verb in filter(_is_full, source):
        alike = _is_saying(verb) if deed.is_said else _is_same(verb, deed.verb)
        held = _holders(verb, deed.roles) if alike else []
        if held and deed.share(frozenset().union(*map(_forms, _told(verb, held)))) >= _SAME_DEED:
            yield held


def are_one(name: str, other: str) -> bool:
    """Whether two names may name one: "Lee", "Ann Lee"; but not "Ann Lee", "Bo Lee"."""
    ours, theirs = ({key for key, _, _ in keys(words_of(n))} for n in (name, other))
    return ours <= theirs or theirs <= ours


def _is_full(verb: "Token") -> bool:
    return verb.pos_ in VERBAL and not verb.dep_.startswith("aux") and lemma(verb) not in _LIGHT


def _is_saying(verb: "Token") -> bool:
    called = lemma(verb) in _CALLING and any(token.is_quote for token in verb.doc)
    return called or lemma(verb) in _SAYING


def _is_same(verb: "Token", other: "Token") -> bool:
    return stem(verb.lemma_) == stem(other.lemma_)


def _holders(verb: "Token", roles: tuple[str, ...]) -> "list[Token]":
    """The words in these places of the verb, whose subject may stand with the verb above."""
    found = filling(verb, roles)
    own = any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
    if found or own or roles != _subject(verb) or verb.head.pos_ not in VERBAL:
        return found
    shares = verb.dep_ == "conj" or (verb.dep_ == "advcl" and _is_saying(verb))
    return _holders(verb.head, _subject(verb.head)) if shares else []


def _subject(verb: "Token") -> tuple[str, ...]:
    """The places of which one is the subject's."""
    return DONE_TO if any(child.dep_ == "auxpass" for child in verb.children) else DOING


def _told(verb: "Token", held: "list[Token]") -> "Iterator[Token]":
    """The words that tell the deed: not those for whom it is told, nor what "and" joins to it."""
    if verb.dep_ == "parataxis":
        aside = {token.i for token in verb.subtree}
        yield from (t for t in verb.doc if t.i not in aside and _has_content(t))
        return
    inside = {token.i for token in held}
    for child in verb.children:
        joined = child.dep_ == "conj" and child.pos_ in VERBAL
        if not joined and not any(
            t == child or t.is_ancestor(child) or child.is_ancestor(t) for t in held
        ):
            yield from (t for t in child.subtree if _has_content(t) and t.i not in inside)
    if not _is_saying(verb):
        yield verb


def _below(verb: "Token") -> "Iterator[Token]":
    """The words below the verb, but for other clauses."""
    for child in verb.children:
        if child.dep_ not in ("conj", "advcl", "parataxis", "ccomp"):
            yield child
            yield from _below(child)


def _has_content(token: "Token") -> bool:
    return (token.is_alpha or token.like_num) and token.lower_ not in STOP_WORDS


def _forms(token: "Token") -> frozenset[str]:
    return frozenset({stem(token.text), stem(token.lemma_)})
