"""Clauses that say more than the sources: done for planned, certain for open, all for some.

A clause is compared with the sentences that tell nearly the same, wherever the rest of its sentence
comes from; one that tells as much as the clause does bears it out.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarize.scoring.deeds import Deed, clauses, tells
from summarize.scoring.extent import best_ever, bounded, part_of, whole
from summarize.scoring.modality import may_leave_open, overstates
from summarize.scoring.passages import Passages
from summarize.scoring.statements import Finding

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["overstated"]


def overstated(doc: "Doc", passages: Passages) -> Iterator[tuple[int, Finding]]:
    """The words of `doc` that say too much, each with the number of the sentence that says less."""
    everything, best = [*whole(doc)], [*best_ever(doc)]
    for clause in clauses(doc):
        numbers = passages.telling(clause)
        yield from _unreal(clause, passages, numbers)
        nouns = [noun for noun in everything if clause.verb.is_ancestor(noun)]
        for number in numbers if nouns or best else ():
            source = passages.doc(number)
            less = [(noun, part_of(noun, source)) for noun in nouns]
            less += [(word, bounded(word, source)) for word in best]
            for word, other in less:
                if other is not None:
                    yield number, _finding(word, f"the source says “{other.text}”", other)


def _unreal(clause: Deed, passages: Passages, numbers: list[int]) -> Iterator[tuple[int, Finding]]:
    found: list[tuple[int, Finding]] = []
    if not any(may_leave_open(passages.text(number)) for number in numbers):
        return
    for number in numbers:
        for other in passages.doc(number):
            if tells(clause, other):
                reason = overstates(clause.verb, other)
                if not reason:
                    return
                found.append((number, _finding(clause.verb, reason, other)))
    yield from found[:1]


def _finding(word: "Token", reason: str, other: "Token") -> Finding:
    ends = word.idx + len(word), other.idx + len(other)
    return Finding(word.idx, ends[0], reason, other.idx, ends[1])
