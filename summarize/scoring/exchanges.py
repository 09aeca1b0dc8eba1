"""Two claims of one kind that changed places: "up from 71 percent to 64" for "from 64 to 71"."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from summarize.claims.matching import same_number
from summarize.claims.names import fold
from summarize.claims.words import words_of
from summarize.records import Claim
from summarize.scoring.alignment import changes, likeness

__all__ = ["exchanged"]

# Words that stand for the two claims, so that only what is around them is compared.
_FIRST, _SECOND = " claimone ", " claimtwo "
# What stands between the members of a list, and what two do to each other: any order says the same.
_LISTED = frozenset("and or nor the a an both as well".split())  # noqa: SIM905
_MUTUAL = frozenset(
    """with than between versus vs v meet met meets face faced faces play played plays fight fought
    fights married marries agree agreed clash clashed""".split()  # noqa: SIM905
)
# Between the two, these turn a sentence round: "hit", "was hit by".
_TURNING = frozenset("by from to of".split())  # noqa: SIM905
# Share of the words around the two, and of those between them, that the source must have in order.
# With .5 to .9 the same errors are caught and nothing true is flagged
# (benchmarks/studies/thresholds.py).
_NEARLY = 0.7


def exchanged(
    text: str, source: str, ours: Sequence[Claim], theirs: Sequence[Claim]
) -> Iterator[tuple[Claim, Claim]]:
    """The claims of `text` that each stand where `source` has the other, with that one.

    Only claims that each says once, in words that else are nearly the same.
    """
    known = [(claim, other) for claim in ours if (other := _only(claim, ours, theirs))]
    for (one, first), (two, second) in combinations(known, 2):
        if one.kind != two.kind or first.start < second.start or one.value == two.value:
            continue
        middles = text[one.end : two.start], source[second.end : first.start]
        if _is_same_between(*middles) and _is_same_around(
            _masked(text, one, two), _masked(source, second, first)
        ):
            yield one, second
            yield two, first


def _only(claim: Claim, ours: Sequence[Claim], theirs: Sequence[Claim]) -> Claim | None:
    """The claim of the source that says `claim`, where each sentence says it once."""
    said = [other for other in theirs if _says(claim, other)]
    again = [other for other in ours if _says(claim, other)]
    return said[0] if len(said) == len(again) == 1 else None


def _says(claim: Claim, other: Claim) -> bool:
    if claim.kind != other.kind:
        return False
    if claim.kind == "number":
        return same_number(claim, other)
    return claim.value == other.value


def _is_same_between(ours: str, theirs: str) -> bool:
    words, others = _folded(ours), _folded(theirs)
    if _LISTED.issuperset(words) or not _MUTUAL.isdisjoint(words):
        return False
    added = [word for word in others if word not in words]
    return likeness(ours, theirs) >= _NEARLY and _TURNING.isdisjoint(added)


def _folded(text: str) -> list[str]:
    return [fold(word.text) for word in words_of(text)]


def _masked(text: str, first: Claim, second: Claim) -> str:
    parts = text[: first.start], _FIRST, text[first.end : second.start], _SECOND
    return "".join((*parts, text[second.end :]))


def _is_same_around(text: str, source: str) -> bool:
    if likeness(text, source) < _NEARLY:
        return False
    moved = " ".join(text[change.start : change.end] for change in changes(text, source))
    return not {_FIRST.strip(), _SECOND.strip()} & set(moved.split())
