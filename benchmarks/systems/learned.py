"""Judges that are fitted to judgements by people: features of a summary, and stored weights.

Each half of the documents (`fold_of`) is judged by weights that were fitted to FRANK's other half,
so that figures on FRANK are held out. `benchmarks.studies.support` fits them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import exp, log
from pathlib import Path

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
from summarize.support.tokens import tokens

__all__ = [
    "WEIGHTS",
    "Learned",
    "Reader",
    "claim_features",
    "fails",
    "weakest_features",
    "wording_features",
]

WEIGHTS = Path(__file__).with_name("learned.json")

# A summary is as true as its worst sentence: what the sources hold of a sentence, and lack.
_HELD = ("one_holds", "two_hold", "near_hold", "kept_of_one")
_LACKING = ("left", "new_weight", "apart", "torn")

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


class Reader:
    """Reads summaries against their documents; those of the last example are kept."""

    def __init__(self) -> None:
        self._kept: _Sources | None = None

    def evidence(self, example: Example) -> tuple[Evidence, ...]:
        """The verdicts on all claims and statements of the summary."""
        sources = self._sources(example)
        texts = (sources.casing.restored(text) for text in _sentences(example.summary))
        return tuple(found for text in texts for found in sources.claims.judge(text))

    def wording(self, example: Example) -> dict[str, float]:
        """The features of the summary's wording."""
        return wording_features(example.summary, self._sources(example).words)

    def weakest(self, example: Example) -> dict[str, float]:
        """The features of the summary's weakest sentences."""
        return weakest_features(example.summary, self._sources(example).words)

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


def wording_features(summary: str, index: TokenIndex) -> dict[str, float]:
    """The mean of the sentences' features by length; empty for a summary without words."""
    told = _told(summary, index)
    size = sum(length for length, _ in told)
    names = told[0][1] if told else ()
    return {name: sum(n * found[name] for n, found in told) / size for name in names}


def weakest_features(summary: str, index: TokenIndex) -> dict[str, float]:
    """The features of support of the sentence that has least of each."""
    found = [row for _, row in _told(summary, index)]
    if not found:
        return {}
    least = {f"least_{name}": min(row[name] for row in found) for name in _HELD}
    return least | {f"most_{name}": max(row[name] for row in found) for name in _LACKING}


def _told(summary: str, index: TokenIndex) -> list[tuple[int, dict[str, float]]]:
    """The length in words and the features of each sentence with words."""
    rows = [[token.key for token in tokens(text)] for text in _sentences(summary)]
    return [(len(row), features(row, index, index.closest(row, CLOSEST))) for row in rows if row]


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


# Logits beyond this are rounding.
_SURE = 50.0


class Learned:
    """A judge with stored weights for each half of the documents."""

    def __init__(self, name: str) -> None:
        self._models = _stored()[name]
        self._reader = Reader()

    def __call__(self, example: Example) -> Judgement:
        """The suspicion is the logistic model's; flagged is what exceeds its threshold."""
        verdicts = claim_features(self._reader.evidence(example))
        found = self._reader.wording(example) | self._reader.weakest(example) | verdicts
        model = self._models[fold_of("\n".join(example.documents))]
        told = sum(w * found.get(name, 0.0) for name, w in model.weights.items())
        right = 1 / (1 + exp(-max(-_SURE, min(_SURE, model.intercept + told))))
        return Judgement(1 - right, right < model.threshold)


@cache
def _stored() -> dict[str, list[_Model]]:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {name: [_Model(**model) for model in pair] for name, pair in stored.items()}
