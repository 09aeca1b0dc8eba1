"""Who does what to whom in a parsed sentence: the words that fill the places of a verb."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarize.words import stem

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["VERBAL", "acted", "actors", "fillers", "filling", "is_pronoun", "key", "lemma"]

VERBAL = frozenset({"VERB", "AUX"})
_SUBJECTS = ("nsubj", "nsubjpass")
# Verbs without a subject of their own have that of the verb above ("sued them and won").
_SHARING = frozenset({"conj", "xcomp", "advcl"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})


def lemma(token: "Token") -> str:
    """The token's lemma in small letters."""
    return str(token.lemma_).lower()


def key(token: "Token") -> str:
    """What words of two sentences are compared by."""
    return stem(token.lemma_ if token.pos_ in VERBAL else token.text)


def is_pronoun(token: "Token") -> bool:
    """Whether the word may stand for any name: "he", but not "nobody"."""
    return token.tag_ in ("PRP", "WP")


def fillers(verb: "Token", roles: tuple[str, ...]) -> set[str]:
    """The keys of the words in the places `roles` (dependency labels) of `verb`.

    What is joined to them by "and" or stands beside them ("the minister, Ann Lee") fills the place
    too; "who" stands for the word it follows.
    """
    return {key(word) for word in filling(verb, roles)}


def filling(verb: "Token", roles: tuple[str, ...]) -> list["Token"]:
    """The words whose keys are the `fillers`."""
    return [
        word
        for head in _heads(verb, roles)
        for word in (head, *head.conjuncts, *(c for c in head.children if c.dep_ == "appos"))
    ]


def _heads(verb: "Token", roles: tuple[str, ...]) -> Iterator["Token"]:
    for child in verb.children:
        if child.dep_ not in roles:
            continue
        if child.dep_ == "agent":
            yield from (below for below in child.children if below.dep_ == "pobj")
        elif child.lower_ in ("none", "neither", "all", "both"):
            below = [word for of in child.children for word in of.children]
            yield from below or [child]
        elif verb.dep_ == "relcl" and child.lower_ in _RELATIVE:
            yield verb.head
        else:
            yield child


def actors(verb: "Token") -> set[str]:
    """Who does it: the subject, or of a passive the word after "by"."""
    return _with_above(verb, ("nsubj", "agent"))


def acted(verb: "Token") -> set[str]:
    """To whom it is done: the object, or the subject of a passive."""
    return fillers(verb, ("dobj", "nsubjpass"))


def _with_above(verb: "Token", roles: tuple[str, ...]) -> set[str]:
    found = fillers(verb, roles)
    own = any(child.dep_ in _SUBJECTS for child in verb.children)
    if not own and verb.dep_ in _SHARING and verb.head.pos_ in VERBAL:
        found |= fillers(verb.head, roles)
    return found
