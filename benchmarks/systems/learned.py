"""Judges that are fitted to judgements by people: features of a summary, and stored weights.

Each half of the documents (`fold_of`) is judged by weights that were fitted to FRANK's other half,
so that figures on FRANK are held out. `benchmarks.studies.support` fits them.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from math import exp, log, prod
from pathlib import Path
from statistics import geometric_mean

from benchmarks.judging import fold_of
from benchmarks.records import Example, Judgement
from benchmarks.systems.budget import source_sentences
from summarize.records import Evidence
from summarize.scoring import SourceIndex
from summarize.scoring.scores import LOOKED_UP
from summarize.scoring.tokenised import Casing, summary_spans
from summarize.support import CLOSEST
from summarize.support.features import features
from summarize.support.index import TokenIndex
from summarize.support.tokens import keys

__all__ = [
    "WEIGHTS",
    "Learned",
    "Reader",
    "Told",
    "claim_features",
    "fails",
]

WEIGHTS = Path(__file__).with_name("learned.json")

_FAILING = ("absent", "contradicted")


def fails(evidence: Evidence) -> bool:
    """Whether the sources do not bear the claim out."""
    return evidence.verdict in _FAILING


@dataclass(frozen=True, slots=True)
class _Sources:
    """The documents of an example, read for all judges."""

    documents: tuple[str, ...]
    words: TokenIndex
    casing: Casing
    claims: SourceIndex


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a summary: the features of its wording, and the verdicts on its claims."""

    wording: dict[str, float]
    evidence: tuple[Evidence, ...]

    @property
    def features(self) -> dict[str, float]:
        """Those of the wording, and of the verdicts."""
        return self.wording | claim_features(self.evidence)


class Reader:
    """Reads summaries against their documents; those of the last example are kept."""

    def __init__(self) -> None:
        self._kept: _Sources | None = None

    def sentences(self, example: Example) -> list[Told]:
        """The sentences of the summary that have words."""
        sources, found = self._sources(example), []
        for text in _sentences(example.summary):
            if said := keys(text):
                wording = features(said, sources.words, sources.words.closest(said, CLOSEST))
                found.append(Told(wording, sources.claims.judge(sources.casing.restored(text))))
        return found

    def _sources(self, example: Example) -> _Sources:
        if self._kept is None or self._kept.documents != example.documents:
            read = [sentence for row in source_sentences(example) for sentence in row]
            texts = [sentence.text for sentence in read]
            self._kept = _Sources(
                example.documents, TokenIndex(texts), Casing(texts), SourceIndex(read)
            )
        return self._kept


def _sentences(summary: str) -> Iterator[str]:
    for line in summary.split("\n"):
        for span in summary_spans(line):
            yield line[span.start : span.end]


def claim_features(evidence: tuple[Evidence, ...]) -> dict[str, float]:
    """Whether claims of each kind are absent or contradicted, and how many fail in all."""
    held = {(found.claim.kind, found.verdict) for found in evidence}
    bad = sum(map(fails, evidence))
    found = {
        f"{kind}_{verdict}": float((kind, verdict) in held)
        for kind in LOOKED_UP
        for verdict in _FAILING
    }
    return found | {
        "statement": float(("statement", "contradicted") in held),
        "bad_count": log(1 + bad),
        "bad_share": bad / max(1, len(evidence)),
        "claims": log(1 + sum(e.claim.kind != "statement" for e in evidence)),
    }


@dataclass(frozen=True, slots=True)
class _Model:
    weights: dict[str, float]
    intercept: float
    threshold: float

    def chance(self, told: Told) -> float:
        """The probability of the sentence to be right."""
        found = told.features
        logit = self.intercept + sum(w * found[name] for name, w in self.weights.items())
        return 1 / (1 + exp(-max(-_SURE, min(_SURE, logit))))


# Logits beyond this are rounding.
_SURE = 50.0

# How the chances of sentences make one of the summary. That all are right is their product. It
# falls with every sentence and would flag summaries by people, which are longer than FRANK's: from
# those the mean tells FRANK's wrong ones with an AUC of .65, the product with .26.
_POOLED: dict[str, Callable[[list[float]], float]] = {"support": geometric_mean, "ours": prod}


class Learned:
    """A judge with stored weights for each half of the documents."""

    def __init__(self, name: str) -> None:
        self._models = _stored()[name]
        self._pooled = _POOLED[name]
        self._reader = Reader()

    def __call__(self, example: Example) -> Judgement:
        """The suspicion is the logistic model's; flagged is what exceeds its threshold."""
        model = self._models[fold_of("\n".join(example.documents))]
        chances = [model.chance(told) for told in self._reader.sentences(example)]
        right = self._pooled(chances) if chances else 1.0
        return Judgement(1 - right, right < model.threshold)


@cache
def _stored() -> dict[str, list[_Model]]:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {name: [_Model(**model) for model in pair] for name, pair in stored.items()}
