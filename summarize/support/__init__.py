"""How close the wording of a summary sentence is to its sources.

A logistic model over features of the wording (`features`), fitted to people's judgements of
models' summaries (FRANK), of which all sentences are true or some are not, and to summaries by
people, which are right. It sees invented content,
sentences put together from scattered parts and statements that no source sentence makes. It does
not understand: a true paraphrase in other words scores low, and one changed word in a long copied
sentence may score high. So it orders a model's summaries well and is no verdict on one of them;
what is wrong with a sentence is for `summarize.scoring` to say.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import exp

from summarize.records import Span
from summarize.support.features import features
from summarize.support.index import TokenIndex
from summarize.support.tokens import Token, is_content, tokens, weight

__all__ = ["CLOSEST", "Support", "SupportIndex", "support", "threshold"]

CLOSEST = 4
"""Source sentences that are compared with a sentence word by word."""

_MOST_WEAK = 3


@dataclass(frozen=True, slots=True)
class Support:
    """How close the wording of a sentence is to its sources.

    `score` is 0 to 1, higher for wording that is more often true in FRANK; `supported` says whether
    it reaches the `threshold`. `evidence` is the index of the source sentence that holds most of
    it, None where no source shares a word with it. `weakest` are up to three words of the sentence,
    in its order, that the sources bear out least: `sentence[w.start:w.end]`.
    """

    score: float
    evidence: int | None
    weakest: tuple[Span, ...]

    @property
    def supported(self) -> bool:
        """Whether the score reaches the threshold."""
        return self.score >= threshold()


@dataclass(frozen=True, slots=True)
class _Model:
    """A logistic model: weights of the features as they come, and the threshold of its scores."""

    weights: Mapping[str, float]
    intercept: float
    threshold: float


@cache
def _model() -> _Model:
    text = files("summarize").joinpath("models/support/weights.json").read_text(encoding="utf-8")
    stored = json.loads(text)
    return _Model(stored["weights"], stored["intercept"], stored["threshold"])


def threshold() -> float:
    """The score from which a sentence counts as supported."""
    return _model().threshold


class SupportIndex:
    """Source sentences prepared once, so that many summary sentences can be judged against them."""

    def __init__(self, source_sentences: Iterable[str]) -> None:
        self._index = TokenIndex(source_sentences)
        self._whole = {row: number for number, row in reversed([*enumerate(self._index.rows)])}

    def judge(self, sentence: str) -> Support:
        """How well the source sentences support `sentence`.

        A source sentence itself has score 1. A sentence without words says nothing that could be
        wrong, and scores 1 too.
        """
        read = tokens(sentence)
        said = tuple(token.key for token in read)
        if not said or said in self._whole:
            return Support(1.0, self._whole.get(said), ())
        close = self._index.closest(said, CLOSEST)
        score = 1 / (1 + exp(-self._logit(said, close)))
        return Support(score, close[0] if close else None, self._weakest(read, close))

    def _logit(self, said: Sequence[str], close: Sequence[int]) -> float:
        model, found = _model(), features(said, self._index, close)
        total = model.intercept + sum(w * found[name] for name, w in model.weights.items())
        return max(-_SURE, min(_SURE, total))

    def _weakest(self, read: Sequence[Token], close: Sequence[int]) -> tuple[Span, ...]:
        """Content words no source has, then those the closest ones lack, then torn pairs."""
        held = frozenset().union(*(self._index.sets[number] for number in close[:2]))
        doubts = dict.fromkeys(range(len(read)), 0.0)
        for place, token in enumerate(read):
            if is_content(token.key) and token.key not in held:
                doubts[place] = weight(token.key) + 2 * (not self._index.has(token.key))
        for place, (one, other) in enumerate(pairwise(read)):
            torn = not self._index.has_pair((one.key, other.key))
            doubts[place + 1] += 0.5 * torn * is_content(other.key)
        worst = sorted((p for p in doubts if doubts[p] > 0), key=lambda p: (-doubts[p], p))
        return tuple(Span(read[p].start, read[p].end) for p in sorted(worst[:_MOST_WEAK]))


# Logits beyond this are rounding: scores stay within .0001 and .9999.
_SURE = 9.0


def support(sentence: str, source_sentences: Iterable[str]) -> Support:
    """How well `source_sentences` support a summary sentence; see `SupportIndex` for many."""
    return SupportIndex(source_sentences).judge(sentence)
