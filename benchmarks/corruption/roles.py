"""Wrong roles: who did it and whom it was done to change places."""

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmarks.corruption.common import put, shuffled

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

__all__ = ["other_roles"]

# Verbs that say the same of both, whichever is the subject, or whose object can be no subject.
_ONE_WAY = frozenset(
    """attend battle be become call carry challenge date divorce enter face fight have join leave
    marry match meet name oppose play quit reach resemble tie visit win""".split()  # noqa: SIM905
)
_ACTORS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
# Nouns that act and are acted on as names do.
_PEOPLE = frozenset(
    """activist actor administration agency agent army attacker attorney aunt authority boss boy
    brother candidate captain child citizen client coach colleague committee company congressman
    council court critic daughter defendant democrat deputy detective director doctor driver editor
    employee family fan father friend girl government governor group guard gunman husband immigrant
    investigator journalist judge jury king lawmaker lawyer leader man mayor militant minister
    mother neighbor nurse officer official opponent owner parent passenger patient player police
    politician president prime prisoner prosecutor protester rebel refugee reporter republican
    researcher resident rival senator sheriff sister soldier son spokesman spokeswoman student
    suspect teacher team teenager troop victim voter wife witness woman worker""".split()  # noqa: SIM905
)


def other_roles(doc: "Doc", chance: random.Random) -> Iterator[str]:
    """Of "A beat B" and "A was beaten by B", the sentences with A and B exchanged."""
    text = doc.text
    for verb in shuffled((token for token in doc if token.pos_ == "VERB"), chance):
        subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
        objects = [c for c in verb.children if c.dep_ == "dobj"] + [
            c for by in verb.children if by.dep_ == "agent" for c in by.children
        ]
        if verb.lemma_ in _ONE_WAY or len(subjects) != 1 or len(objects) != 1:
            continue
        one, other = _phrase(subjects[0]), _phrase(objects[0])
        reported = verb.lemma_ == "tell" and other.root.ent_type_ != "PERSON"
        if one.end <= verb.i < other.start and _may_change_places(one, other) and not reported:
            changed = put(text, other.start_char, other.end_char, _inside(one))
            yield put(changed, one.start_char, one.end_char, _inside(other))


def _phrase(head: "Token") -> "Span":
    return head.doc[head.left_edge.i : head.right_edge.i + 1]


def _may_change_places(one: "Span", other: "Span") -> bool:
    """Whether both are simple, are headed by actors (places act too), and agree in number."""
    labels = {_label(one.root), _label(other.root)}
    plural = [
        span.root.tag_ in ("NNS", "NNPS") or any(True for _ in span.root.conjuncts)
        for span in (one, other)
    ]
    simple = all(
        len(span) <= 8 and not any(t.pos_ in ("ADP", "VERB", "AUX", "PRON") for t in span)
        for span in (one, other)
    )
    return simple and labels <= _ACTORS and plural[0] == plural[1]


def _label(head: "Token") -> str:
    return "PERSON" if head.lemma_.lower() in _PEOPLE else str(head.ent_type_)


def _inside(phrase: "Span") -> str:
    """The phrase as it is written within a sentence."""
    common = phrase[0].pos_ != "PROPN" and not phrase[0].ent_type_
    if common or phrase[0].lower_ in ("the", "a", "an"):
        return phrase.text[0].lower() + phrase.text[1:]
    return phrase.text
