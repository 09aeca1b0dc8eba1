"""Who a sentence says does something, or says something: names with what is told of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarize.claims.words import keys, words_of
from summarize.records import Claim
from summarize.scoring.grammar import VERBAL, filling, lemma
from summarize.words import STOP_WORDS, stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Deed", "are_one", "deeds", "told_in"]

SAYING = frozenset(
    """add admit announce argue claim comment complain conclude confirm declare explain insist
    note promise recall remark reply say state stress suggest tell warn write""".split()  # noqa: SIM905
)
_SUBJECTS = ("nsubj", "nsubjpass")
_LIGHT = frozenset({"be", "have", "do"})
_DOING = ("nsubj", "agent")
_DONE_TO = ("dobj", "nsubjpass")


@dataclass(frozen=True, slots=True)
class Deed:
    """What is told of the one named `name`: the `verb` and the words that go with it.

    `words` holds for each of them the stems by which another sentence may have it. The named one
    has one of the places `roles` of the verb; of a verb of saying `words` are what is said.
    """

    name: str
    verb: "Token"
    roles: tuple[str, ...]
    words: tuple[frozenset[str], ...]

    @property
    def is_said(self) -> bool:
        """Whether the named one says something."""
        return self.roles == _DOING and _is_saying(self.verb)

    def share(self, stems: frozenset[str]) -> float:
        """The share of the words that `stems` holds."""
        return sum(not forms.isdisjoint(stems) for forms in self.words) / len(self.words)


def deeds(doc: "Doc", names: Sequence[Claim]) -> Iterator[Deed]:
    """What `doc` tells of one who is named."""
    for verb in doc:
        if not _is_full(verb):
            continue
        for roles in (_DOING, _DONE_TO):
            tokens = holders(verb, roles)
            found = {c.text for token in tokens if (c := _name_of(token, names))}
            if len(found) == 1 and not any(token.conjuncts for token in tokens):
                words = tuple(_forms(token) for token in _told(verb, tokens))
                if words:
                    yield Deed(found.pop(), verb, roles, words)


def told_in(deed: Deed, source: "Doc") -> "Iterator[tuple[Token, list[Token]]]":
    """The verbs of `source` that tell much the same of somebody, with the words for whom."""
    for verb in source:
        if not _is_full(verb):
            continue
        alike = _is_saying(verb) if deed.is_said else _same(verb, deed.verb)
        if alike and (tokens := holders(verb, deed.roles)):
            yield verb, tokens


def stems_of(verb: "Token", tokens: "list[Token]") -> frozenset[str]:
    return frozenset().union(*(_forms(token) for token in _told(verb, tokens)))


def holders(verb: "Token", roles: tuple[str, ...]) -> "list[Token]":
    """The words in these places of the verb; without a subject of its own, that of the one above."""
    found = filling(verb, roles)
    subject = _DONE_TO if _is_passive(verb) else _DOING
    if found or roles != subject or any(c.dep_ in _SUBJECTS for c in verb.children):
        return found
    shares = verb.dep_ == "conj" or (verb.dep_ == "advcl" and _is_saying(verb))
    return _subject(verb.head) if shares and verb.head.pos_ in VERBAL else []


def _subject(verb: "Token") -> "list[Token]":
    return holders(verb, _DONE_TO if _is_passive(verb) else _DOING)


def _is_passive(verb: "Token") -> bool:
    return any(child.dep_ == "auxpass" for child in verb.children)


def _is_full(verb: "Token") -> bool:
    """Whether the verb says by itself what is done."""
    return verb.pos_ in VERBAL and not verb.dep_.startswith("aux") and lemma(verb) not in _LIGHT


def _is_saying(verb: "Token") -> bool:
    """Whether the verb gives somebody's words; to call a thing "a door" does."""
    called = lemma(verb) in ("call", "describe", "dub") and any(t.is_quote for t in verb.doc)
    return called or lemma(verb) in SAYING


def _same(verb: "Token", other: "Token") -> bool:
    return stem(verb.lemma_) == stem(other.lemma_)


def _told(verb: "Token", tokens: "list[Token]") -> "Iterator[Token]":
    """The words of content below the verb, but for those who do it and what is joined by "and"."""
    above = {token.i for token in tokens}
    if verb.dep_ == "parataxis":
        aside = {token.i for token in verb.subtree}
        yield from (t for t in verb.doc if t.i not in aside and _tells(t))
        return
    for child in verb.children:
        if child.i in above or any(token.is_ancestor(child) or child.is_ancestor(token) for token in tokens):
            continue
        if child.dep_ == "conj" and child.pos_ in VERBAL:
            continue
        yield from (t for t in child.subtree if _tells(t) and t.i not in above)
    if not _is_saying(verb):
        yield verb


def _tells(token: "Token") -> bool:
    return (token.is_alpha or token.like_num) and token.lower_ not in STOP_WORDS


def _forms(token: "Token") -> frozenset[str]:
    return frozenset({stem(token.text), stem(token.lemma_)})


def _name_of(token: "Token", names: Sequence[Claim]) -> Claim | None:
    return next((c for c in names if c.kind == "entity" and c.start <= token.idx < c.end), None)


def are_one(name: str, other: str) -> bool:
    """Whether two names may name one: "Okafor", "Maria Okafor"; but not "Sean Maddox", "Paul Maddox"."""
    ours, theirs = ({key for key, _, _ in keys(words_of(n))} for n in (name, other))
    return ours <= theirs or theirs <= ours
