"""Whether the words of a summary sentence stand in the relations they have in its sources.

Dependency arcs are compared by the tokens at their ends, prepositions passed over (after Goyal and
Durrett 2020, "Evaluating Factuality in Generation with Dependency-level Entailment").
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summarize.support.tokens import is_content, tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["relation_features"]

_SUBJECTS = frozenset({"nsubj", "agent", "csubj"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "dative", "csubjpass"})
_BETWEEN = frozenset({"prep", "agent", "dative"})


def relation_features(doc: "Doc", sources: "Sequence[Doc]") -> dict[str, float]:
    """Shares of the arcs between content words that no source sentence has."""
    arcs = list(_arcs(doc))
    known: dict[tuple[str, str], set[str]] = {}
    held = [{key for token in source if (key := _key(token))} for source in sources]
    for source in sources:
        for head, child, role in _arcs(source):
            known.setdefault((head, child), set()).add(role)
    loose, torn, turned = 0, 0, 0
    for head, child, role in arcs:
        roles = known.get((head, child), set()) | known.get((child, head), set())
        if not roles:
            loose += 1
            torn += any(head in words and child in words for words in held)
        elif role in ("subject", "object") and not {role, "other"} & roles:
            turned += 1
    count = max(1, len(arcs))
    verbs = [t for t in doc if t.pos_ == "VERB" and _key(t)]
    lost = sum(not any(_key(t) in words for words in held) for t in verbs)
    nouns = [t for t in doc if t.pos_ in ("NOUN", "PROPN") and _key(t)]
    gone = sum(not any(_key(t) in words for words in held) for t in nouns)
    return {
        "loose_arcs": loose / count,
        "loose_count": float(loose),
        "torn_arcs": torn / count,
        "turned_arcs": turned / count,
        "new_verbs": lost / max(1, len(verbs)),
        "new_nouns": gone / max(1, len(nouns)),
        "new_nouns_count": float(gone),
    }


def _key(token: "Token") -> str:
    found = tokens(token.text) if not token.is_punct else ()
    return found[0] if len(found) == 1 and is_content(found[0]) else ""


def _arcs(doc: "Doc") -> Iterator[tuple[str, str, str]]:
    """Head, child and role of each pair of content words that the tree joins."""
    for token in doc:
        child, head = _key(token), token.head
        role = "subject" if token.dep_ in _SUBJECTS else "other"
        role = "object" if token.dep_ in _OBJECTS else role
        while head.dep_ in _BETWEEN and head.head != head:
            role = "subject" if head.dep_ == "agent" else role
            head = head.head
        if child and head != token and (key := _key(head)):
            yield key, child, role
