"""A score as JSON, described by `score.schema.json`: the same report gives the same bytes."""

import json
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from importlib.resources import files
from typing import Any, get_args

from summarize.records import (
    Article,
    Evidence,
    Verdict,
)
from summarize.scoring.scores import LOOKED_UP, KeyClaim, ScoredSentence, ScoreReport

__all__ = ["FORMAT_VERSION", "line", "schema", "to_json"]

FORMAT_VERSION = "1.0"
"""Raised by .1 when something is added, by 1 when something that was there changes."""


def schema() -> str:
    """The JSON Schema (2020-12) of a score, as text."""
    return (files("summarize.render") / "score.schema.json").read_text(encoding="utf-8")


def to_json(report: ScoreReport) -> str:
    """The whole report as indented JSON, with the sources' texts that its offsets point into."""
    value = _report(report)
    for shown, article in zip(value["sources"], report.sources, strict=True):
        shown["text"] = article.text
    return _dumped(value, indent=2)


def line(report: ScoreReport, number: int, id_: str | None) -> str:
    """The report as one line, for the `number`-th line of a pairs file; without the texts."""
    return _dumped({"line": number, "id": id_, **_report(report)})


def _dumped(value: Any, indent: int | None = None) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    # A name of a file may hold bytes that are no text; they must not break the output.
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"


def _report(report: ScoreReport) -> dict[str, Any]:
    return {
        "version": FORMAT_VERSION,
        "generator": {"name": "summarize", "version": version("summarize")},
        "signature": report.signature,
        "overall": _rounded(report.overall),
        "interval": [_rounded(end) for end in report.interval] if report.interval else None,
        "recall": _rounded(report.recall),
        "claims": _counts(report.evidence),
        "by_kind": {
            kind: _counts([e for e in report.evidence if e.claim.kind == kind])
            for kind in LOOKED_UP
        },
        "contradicted_statements": report.contradicted_statements,
        "summary": report.summary,
        "sentences": [_sentence(sentence) for sentence in report.sentences],
        "important": [_important(key) for key in report.key_claims],
        "sources": [_source(article) for article in report.sources],
    }


def _counts(evidence: Sequence[Evidence]) -> dict[str, Any]:
    verdicts = Counter(e.verdict for e in evidence)
    held = verdicts["supported"] + verdicts["derived"]
    return {
        "total": len(evidence),
        **{verdict: verdicts[verdict] for verdict in get_args(Verdict)},
        "accuracy": _rounded(held / len(evidence)) if evidence else None,
    }


def _sentence(sentence: ScoredSentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "held": _rounded(sentence.held),
        "closeness": _rounded(sentence.closeness),
        "verdicts": [_verdict(found, sentence.start) for found in sentence.evidence],
    }


def _verdict(evidence: Evidence, offset: int) -> dict[str, Any]:
    claim = evidence.claim
    stated = evidence.start < evidence.end
    found = {
        "article_id": evidence.article_id,
        "start": evidence.start if stated else None,
        "end": evidence.end if stated else None,
        "quote": evidence.quote,
    }
    return {
        "text": claim.text,
        "kind": claim.kind,
        "value": claim.value,
        "unit": claim.unit,
        "start": offset + claim.start,
        "end": offset + claim.end,
        "verdict": evidence.verdict,
        "working": evidence.working,
        "evidence": found if evidence.article_id else None,
    }


def _important(key: KeyClaim) -> dict[str, Any]:
    titled = key.start < 0
    return {
        "text": key.claim.text,
        "kind": key.claim.kind,
        "value": key.claim.value,
        "unit": key.claim.unit,
        "article_id": key.article_id,
        "start": None if titled else key.start,
        "end": None if titled else key.end,
        "weight": key.weight,
        "stated_in": list(key.stated_in),
    }


def _source(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "path": article.path,
        "title": article.title,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
    }


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 4)
