"""Judges of summaries: the package's scorer, and simple ones it has to beat."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.datasets import checksum
from benchmarks.records import Example, Judgement
from benchmarks.systems.learned import WEIGHTS, Learned, Reader, fails
from summarize.provenance import program
from summarize.records import ClaimKind
from summarize.scoring.scores import LOOKED_UP
from summarize.words import content_stems, words

__all__ = ["JUDGES", "SimpleJudge", "load_learned", "load_scorer"]

_SEED = 13


@dataclass(frozen=True, slots=True)
class SimpleJudge:
    """A judge that is one function."""

    name: str
    signature: str
    weigh: Callable[[Example], Judgement]
    weights: int = 0

    def judge(self, example: Example) -> Judgement:
        """What the function says."""
        return self.weigh(example)


class _Scorer:
    """The package's scorer: flags a summary in which any claim of the `kinds` is not borne out."""

    def __init__(self, kinds: tuple[ClaimKind, ...]) -> None:
        self._kinds = kinds
        self._reader = Reader()

    def __call__(self, example: Example) -> Judgement:
        told = (e for one in self._reader.sentences(example) for e in one.evidence)
        evidence = [e for e in told if e.claim.kind in self._kinds]
        bad = sum(map(fails, evidence))
        return Judgement(bad / len(evidence) if evidence else 0.0, bad > 0)


_KINDS: dict[str, tuple[ClaimKind, ...]] = {
    "scorer": (*LOOKED_UP, "statement"),
    "scorer-names": ("entity",),
    "scorer-numbers": ("number", "date"),
}


def load_scorer(name: str) -> SimpleJudge:
    """The package's scorer on all claims, or on one kind of them."""
    return SimpleJudge(name, f"package:{program()}", _Scorer(_KINDS[name]))


def load_learned(name: str) -> SimpleJudge:
    """A judge that was fitted to FRANK: "support" or "ours"."""
    held = checksum(WEIGHTS)
    return SimpleJudge(name, f"package:{program()}|{held}", Learned(name))


def _new_words(example: Example) -> Judgement:
    """The share of the summary's content words that stand in no document."""
    held = {stem for text in example.documents for stem in content_stems(text)}
    stems = content_stems(example.summary)
    return Judgement(sum(stem not in held for stem in stems) / max(1, len(stems)))


def _new_pairs(example: Example) -> Judgement:
    """The share of the summary's word pairs that stand in no document (1 - ROUGE-2 precision)."""
    pairs, held = _pairs(example.summary), Counter[tuple[str, str]]()
    for text in example.documents:
        held.update(_pairs(text))
    return Judgement(sum((pairs - held).values()) / max(1, pairs.total()))


def _pairs(text: str) -> Counter[tuple[str, str]]:
    folded = [word.lower() for word in words(text)]
    return Counter(pairwise(folded))


def _chance(example: Example) -> Judgement:
    return Judgement(random.Random(f"{_SEED}{example.id}").random())  # noqa: S311


JUDGES: dict[str, tuple[str, Callable[[], SimpleJudge]]] = {
    "scorer": ("the package's scorer, all claims", lambda: load_scorer("scorer")),
    "scorer-names": ("the package's scorer, names only", lambda: load_scorer("scorer-names")),
    "scorer-numbers": (
        "the package's scorer, numbers and dates only",
        lambda: load_scorer("scorer-numbers"),
    ),
    "support": (
        "closeness of wording, fitted to FRANK and human summaries (the package's)",
        lambda: load_learned("support"),
    ),
    "ours": (
        "wording and verdicts of the package together, fitted to FRANK",
        lambda: load_learned("ours"),
    ),
    "new-words": (
        "share of content words that no document has",
        lambda: SimpleJudge("new-words", "new-words:1", _new_words),
    ),
    "new-pairs": (
        "share of word pairs that no document has",
        lambda: SimpleJudge("new-pairs", "new-pairs:1", _new_pairs),
    ),
    "chance": (
        "a seeded random number",
        lambda: SimpleJudge("chance", f"chance:1|seed:{_SEED}", _chance),
    ),
}
