"""The digest as JSON, described by `digest.schema.json`.

The same digest gives the same bytes: keys in a fixed order, no times of the run, no machine paths.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import partial
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from typing import Any, get_args

from summarize.records import (
    Article,
    Digest,
    Dropped,
    Evidence,
    Placement,
    Sentence,
    Story,
    Summary,
    SummarySentence,
    Verdict,
    WirePair,
)
from summarize.render.conflicts import conflicts_json
from summarize.render.notes import told_wires
from summarize.render.phrases import witnesses
from summarize.scoring.scores import LOOKED_UP

__all__ = ["FORMAT_VERSION", "encoded", "schema", "to_json"]

FORMAT_VERSION = "1.3"
"""Raised by .1 when something is added, by 1 when something that was there changes.

The schema's description has the rules that readers can rely on.
"""


def schema() -> str:
    """The JSON Schema (2020-12) of the digest, as text."""
    return (files("summarize.render") / "digest.schema.json").read_text(encoding="utf-8")


def to_json(digest: Digest) -> str:
    """The whole digest as indented JSON with every quote, offset and reason."""
    return encoded(digest).decode("utf-8")


def encoded(digest: Digest) -> bytes:
    """`to_json` in UTF-8, made piece by piece: of 1,000 articles it takes 25 MB instead of 250."""
    value = {
        "version": FORMAT_VERSION,
        "generator": {"name": "summarize", "version": version("summarize")},
        # The encoder asks for what a story holds when it comes to it.
        "stories": digest.stories,
        "scores": {
            "stories": _scores(digest.story_summaries.values()),
            "articles": _scores(digest.article_summaries.values()),
        },
        "same_wire": [_wire(wire, pairs) for wire, pairs in told_wires(digest)],
        "dropped": [_dropped(dropped) for dropped in digest.dropped],
        "unchanged": list(digest.unchanged),
        "known": [asdict(known) for known in digest.known],
        "failures": [{"path": f.path, "reason": f.reason} for f in digest.failures],
        "settings": digest.settings,
    }
    encoder = json.JSONEncoder(ensure_ascii=False, indent=2, default=partial(_story, digest=digest))
    made = BytesIO()
    for piece in encoder.iterencode(value):
        # A name of a file may hold bytes that are no text; they must not break the output.
        made.write(piece.encode("utf-8", "replace"))
    made.write(b"\n")
    return made.getvalue()


def _story(story: Story, digest: Digest) -> dict[str, Any]:
    ids = {article.id for article in story.articles}
    copies = [[id_ for id_ in wire if id_ in ids] for wire in digest.wires]
    return {
        "id": story.id,
        "title": story.title,
        "independent_sources": witnesses(story, digest.wires),
        "same_wire": [found for found in copies if len(found) > 1],
        "ties": [list(tie) for tie in digest.ties if ids.issuperset(tie)],
        "summary": _summary(digest.story_summaries[story.id]),
        "conflicts": conflicts_json(story, digest),
        "articles": [_article(article, story, digest) for article in story.articles],
    }


def _wire(wire: Sequence[str], pairs: Iterable[WirePair]) -> dict[str, Any]:
    return {
        "article_ids": list(wire),
        "pairs": [
            {
                "article_ids": [pair.first, pair.second],
                "similarity": round(pair.similarity, 4),
                "passage": pair.passage,
            }
            for pair in pairs
        ],
    }


def _dropped(dropped: Dropped) -> dict[str, Any]:
    changes = dropped.revision
    return {
        "id": dropped.article.id,
        "path": dropped.article.path,
        "title": dropped.article.title,
        "duplicate_of": dropped.duplicate_of,
        "similarity": round(dropped.similarity, 4),
        "reason": dropped.reason,
        "passage": dropped.passage,
        "revision": changes
        and {
            "added": changes.added,
            "removed": changes.removed,
            "figures": [{"before": was, "after": now} for was, now in changes.figures],
        },
    }


def _article(article: Article, story: Story, digest: Digest) -> dict[str, Any]:
    summary = digest.article_summaries.get(article.id)
    return {
        "id": article.id,
        "path": article.path,
        "title": article.title,
        "source": article.source,
        "author": article.author,
        "place": article.place,
        "agency": article.agency,
        "published": article.published.isoformat() if article.published else None,
        "enclosed": list(article.enclosed),
        "off_topic": article.id in story.off_topic,
        "placed": _placement(digest.placements[article.id]),
        "text": article.text,
        "removed": [
            {"start": r.start, "end": r.end, "text": r.text, "reason": r.reason}
            for r in digest.removed
            if r.article_id == article.id
        ],
        "summary": _summary(summary) if summary else None,
    }


def _placement(placement: Placement) -> dict[str, Any]:
    return {
        "earliest": placement.earliest.isoformat() if placement.earliest else None,
        "latest": placement.latest.isoformat() if placement.latest else None,
        "confidence": placement.confidence,
        "evidence": [
            {
                "article_id": e.article_id,
                "start": e.start,
                "end": e.end,
                "quote": e.quote,
                "bearing": e.bearing,
            }
            for e in placement.evidence
        ],
    }


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "text": summary.text,
        "model": summary.model,
        "input_read": round(summary.input_read, 4),
        "missed": [_citation(source) for source in summary.missed],
        "sentences": [_sentence(sentence) for sentence in summary.sentences],
    }


def _sentence(sentence: SummarySentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "origin": sentence.origin,
        "citations": [_citation(source) for source in sentence.evidence],
        "verdicts": [_verdict(evidence) for evidence in sentence.verdicts],
    }


def _citation(source: Sentence) -> dict[str, Any]:
    return {
        "article_id": source.article_id,
        "start": source.start,
        "end": source.end,
        "quote": source.text,
    }


def _verdict(evidence: Evidence) -> dict[str, Any]:
    claim = evidence.claim
    found = {
        "article_id": evidence.article_id,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
    }
    return {
        "text": claim.text,
        "kind": claim.kind,
        "value": claim.value,
        "unit": claim.unit,
        "start": claim.start,
        "end": claim.end,
        "verdict": evidence.verdict,
        "working": evidence.working,
        "evidence": found if evidence.article_id else None,
    }


def _scores(summaries: Iterable[Summary]) -> dict[str, Any]:
    """Counts of sentences by origin and of claims by verdict, and the share of claims that hold."""
    sentences = [sentence for summary in summaries for sentence in summary.sentences]
    evidence = [e for sentence in sentences for e in sentence.verdicts]
    origins = Counter(sentence.origin for sentence in sentences)
    return {
        "sentences": len(sentences),
        "written": origins["written"],
        "repaired": origins["repaired"],
        "quoted": origins["quoted"],
        "claims": _claims(evidence),
        "by_kind": {
            kind: _claims([e for e in evidence if e.claim.kind == kind]) for kind in LOOKED_UP
        },
        "contradicted_statements": sum(e.claim.kind == "statement" for e in evidence),
    }


def _claims(evidence: list[Evidence]) -> dict[str, Any]:
    verdicts = Counter(e.verdict for e in evidence)
    held = verdicts["supported"] + verdicts["derived"]
    return {
        "total": len(evidence),
        **{verdict: verdicts[verdict] for verdict in get_args(Verdict)},
        "accuracy": round(held / len(evidence), 4) if evidence else None,
    }
