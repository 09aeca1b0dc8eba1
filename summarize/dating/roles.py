"""The names among the actors of an event, and the name it happens to.

Works on the tokens that `summarize.language.parse` gives. Only names count: "the army" is nobody
in particular, "the city" is the one the article names "the city of ...".
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from summarize.claims.names import TITLES
from summarize.dating.namestems import stem, stems
from summarize.dating.predicates import Predicate
from summarize.language import parse, parse_all

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["KINDS", "Names", "actors", "patient"]

# Words for one kind of thing, so that "the town" can be what was named "the city of ...".
KINDS = {
    word: kind
    for kind, words in {
        "settlement": "city town village capital settlement port",
        "region": "province region state district county area territory",
        "country": "country nation republic kingdom",
        "company": "company firm group maker giant carrier airline retailer bank",
        "law": "bill law act legislation measure treaty deal agreement pact accord",
        "vessel": "ship vessel ferry boat tanker",
        "craft": "plane jet aircraft airliner helicopter",
    }.items()
    for word in words.split()
}
# "The city of N", "N city", "N, the company".
_KIND = rf"(?i:{'|'.join(KINDS)})"
_NAMED_KIND = re.compile(
    rf"\b(?:{_KIND}\s(?:of|called|named)\s(?:the\s)?[A-Z]|[A-Z][\w’'-]+,?\s(?:(?:the|an?)\s)?{_KIND}\b"
    rf"|{_KIND},?\s[A-Z])"
)
_CAPITAL = re.compile(r"\b[A-Z][^\W\d_]*")
# What one holds of a place when one holds the place.
_HOLD = frozenset("control hold possession command charge".split())  # noqa: SIM905
# A part or a neighbour of a place is not the place.
_PARTS = frozenset(
    "suburb neighborhood neighbourhood outskirts outskirt edge airport base castle district part "  # noqa: SIM905
    "quarter village office embassy official resident people citizen man woman soldier troop "
    "force".split()
)


# Of what can share its subject with others.
_SHARING = ("VERB", "ADJ", "AUX", "NOUN")
# In a list without an end each item hangs on the one before. Chosen: no sentence is so deep.
_MOST_ABOVE, _MOST_NAMED = 20, 50


class Names:
    """What the common nouns and pronouns of one article stand for.

    Of 1,563 words for events in 200 articles 178 need that: what tells it is parsed only then.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """`texts` are all sentences of the article: a name may be given after it is needed."""
        self._texts = texts
        self._place = {text: place for place, text in enumerate(texts)}

    def _subject_before(self, place: int) -> str | None:
        """The name that is the subject of the sentence before."""
        subject = None
        for token in parse(self._texts[place - 1]) if place else ():
            if token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ == "ROOT":
                subject = stem(token.text) if token.pos_ == "PROPN" else None
        return subject

    @cached_property
    def _meant(self) -> dict[str, str]:
        """The stem of the name given to each kind of thing; of several the most frequent."""
        named: dict[str, Counter[str]] = defaultdict(Counter)
        for doc in parse_all(filter(_NAMED_KIND.search, self._texts)):
            for token in doc:
                kind = KINDS.get(token.lemma_.lower())
                for name in _given_names(token) if kind else ():
                    named[kind or ""][stem(name.text)] += 1
        often = Counter(stem(word) for text in self._texts for word in _CAPITAL.findall(text))
        return {
            kind: max(sorted(found), key=lambda name: (often[name], found[name]))
            for kind, found in named.items()
        }

    def meant_by(self, token: "Token") -> str | None:
        """The stem of the name that a noun like "the city" or an "it" stands for."""
        if token.pos_ == "PRON" and token.lower_ in ("it", "he", "she", "they"):
            return self._subject_before(self._place[token.doc.text])
        definite = any(c.dep_ == "det" and c.lower_ in ("the", "this") for c in token.children)
        kind = KINDS.get(token.lemma_.lower())
        return self._meant.get(kind or "") if definite else None


def _given_names(token: "Token") -> Iterator["Token"]:
    """The names in "the city of N", "N city" and "N, the company"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "called", "named"):
            yield from (c for c in child.children if c.dep_ == "pobj" and c.pos_ == "PROPN")
        if child.dep_ in ("compound", "appos", "nmod") and child.pos_ == "PROPN":
            yield child
    if token.dep_ == "appos" and token.head.pos_ == "PROPN":
        yield token.head


def patient(event: "Token", predicate: Predicate, names: Names) -> tuple[str, frozenset[str]]:
    """The stem of the name the event happens to, and those of its other words ("John" Smith).

    The stem is empty when no name is known, the words when it stands alone or has only a title.
    """
    for token in _patients(event, predicate):
        found = _name_of(token, names)
        if found is not None:
            return found, _given(token) if token.pos_ == "PROPN" else frozenset()
    return "", frozenset()


def _given(name: "Token") -> frozenset[str]:
    """The other words of a name; a title says nothing about who bears it."""
    words = (c for c in name.children if c.dep_ == "compound" and c.pos_ == "PROPN")
    return frozenset(stem(c.text) for c in words if c.text.strip(".").casefold() not in TITLES)


def _patients(event: "Token", predicate: Predicate) -> Iterator["Token"]:
    if predicate.noun:
        yield from _objects_of(event, "of")
        yield from (c for c in event.children if c.dep_ == "poss")
        return
    if predicate.patient == "subject":
        yield from _subjects(event)
        return
    if _is_passive(event):
        yield from _subjects(event)
    for child in event.children:
        if child.dep_ in ("dobj", "obj"):
            held = child.lemma_.lower() in _HOLD
            yield from _objects_of(child, "of") if held else (child,)


def _objects_of(token: "Token", preposition: str) -> Iterator["Token"]:
    for child in token.children:
        if child.dep_ in ("prep", "agent") and child.lower_ == preposition:
            yield from (c for c in child.children if c.dep_ == "pobj")


def _is_passive(verb: "Token") -> bool:
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return True
    return any(
        c.dep_ == "nsubjpass" or (c.dep_ == "auxpass" and not c.text.isupper())
        for c in verb.children
    )


def _subjects(verb: "Token") -> Iterator["Token"]:
    """The subjects of a verb, its own or those it shares with a verb above it."""
    for _ in range(_MOST_ABOVE):
        own = list(_own_subjects(verb))
        yield from own
        if own or verb.head is verb:
            return
        if verb.dep_ == "acl":
            yield verb.head
            return
        # "are poised to take": the subject stands with the "are".
        if verb.dep_ not in ("conj", "xcomp", "advcl") or verb.head.pos_ not in _SHARING:
            return
        verb = verb.head


def _own_subjects(verb: "Token") -> Iterator["Token"]:
    near = [verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass"))]
    own = [c for v in near for c in v.children if c.dep_ in ("nsubj", "nsubjpass", "csubj")]
    # A group whose name is spelt like a verb ("IS") is taken for an auxiliary.
    own += [
        c
        for c in verb.children
        if c.dep_ in ("aux", "auxpass") and len(c.text) > 1 and c.text.isupper()
    ]
    for token in own:
        relative = token.tag_ in ("WDT", "WP") or token.lower_ == "that"
        yield verb.head if relative and verb.dep_ == "relcl" else token


def _name_of(token: "Token", names: Names) -> str | None:
    if token.pos_ == "PROPN":
        return stem(token.text)
    if token.lemma_.lower() in KINDS or token.pos_ == "PRON":
        given = next(_given_names(token), None)
        return stem(given.text) if given is not None else names.meant_by(token)
    part = token.lemma_.lower() in _PARTS
    compound = [c for c in token.children if c.dep_ == "compound" and c.pos_ == "PROPN"]
    return stem(compound[-1].text) if compound and not part else None


def actors(event: "Token", predicate: Predicate) -> frozenset[str]:
    """The stems of the names among those who made the event happen; empty when none is named."""
    found: set[str] = set()
    for token in _actors(event, predicate):
        found |= _stems_in(token)
    return frozenset(found)


def _actors(event: "Token", predicate: Predicate) -> Iterator["Token"]:
    yield from _objects_of(event, "by")
    if predicate.noun:
        yield from (c for c in event.children if c.dep_ in ("poss", "compound"))
    elif predicate.patient == "object" and not _is_passive(event):
        subjects = list(_subjects(event))
        yield from subjects
        # "a campaign by the army to take": who campaigns stands with the noun.
        for subject in subjects:
            if event.dep_ == "acl":
                yield from _objects_of(subject, "by")


def _stems_in(token: "Token") -> set[str]:
    """The stems of the names in a noun phrase: "Danish troops and N militants" has two."""
    phrases = islice(_coordinated(token), _MOST_NAMED)
    return {stem for phrase in phrases for stem in _stems_of(phrase)}


def _coordinated(token: "Token") -> Iterator["Token"]:
    """A noun, and those that an "and" puts beside it."""
    waiting = [token]
    while waiting:
        head = waiting.pop()
        yield head
        waiting += [c for c in head.children if c.dep_ == "conj"]


def _stems_of(head: "Token") -> set[str]:
    found: set[str] = set()
    run: list[str] = []
    for part in head.subtree:
        if part != head and not _belongs(part, head):
            continue
        if (
            part.text[:1].isupper()
            and part.pos_ in ("PROPN", "ADJ", "NOUN", "AUX")
            and part.tag_ != "DT"
        ):
            run.append(part.text)
        else:
            found |= stems(tuple(run))
            run = []
    return found | stems(tuple(run))


def _belongs(part: "Token", head: "Token") -> bool:
    """Whether a token is a modifier within the noun phrase of `head`."""
    while part != head:
        if part.dep_ not in ("compound", "amod", "nmod", "poss", "case", "det"):
            return False
        part = part.head
    return True
