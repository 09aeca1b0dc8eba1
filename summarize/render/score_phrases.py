"""What the text and the Markdown view of a score share: numbered claims, quotes, figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from summarize.records import Article, ClaimKind, Evidence, ScoredSentence, ScoreReport
from summarize.render.phrases import count
from summarize.sentences import sentence_spans

__all__ = ["Quote", "figures", "numbered", "pieces", "quote_of"]

_NAMES = {"entity": "names", "number": "numbers", "date": "dates"}

# A quoted sentence longer than this is cut around the words that matter.
_QUOTE_LENGTH = 240


@dataclass(frozen=True, slots=True)
class Quote:
    """The source sentence a verdict rests on: the matched words, and what stands around them."""

    path: str
    before: str
    matched: str
    after: str


def numbered(report: ScoreReport) -> Iterator[tuple[int, Evidence]]:
    """The claims of the summary with their numbers, from 1."""
    return enumerate(report.evidence, start=1)


def pieces(sentence: ScoredSentence, first: int) -> Iterator[tuple[str, int, Evidence | None]]:
    """The sentence in pieces: (text, 0, None) between claims, (text, number, evidence) for a claim.

    `first` is the number of its first claim.
    """
    last = 0
    for number, found in enumerate(sentence.evidence, start=first):
        claim = found.claim
        if claim.start > last:
            yield sentence.text[last : claim.start], 0, None
        yield claim.text, number, found
        last = claim.end
    if last < len(sentence.text):
        yield sentence.text[last:], 0, None


def quote_of(evidence: Evidence, articles: dict[str, Article]) -> Quote | None:
    """The sentence around the evidence; what the file states (a title) has no matched words."""
    article = articles.get(evidence.article_id)
    if article is None:
        return None
    if evidence.start == evidence.end:
        return Quote(article.path, article.title or "", "", "")
    start, end = _around(article.text, evidence.start, evidence.end)
    before, after = article.text[start : evidence.start], article.text[evidence.end : end]
    room = max(0, _QUOTE_LENGTH - (evidence.end - evidence.start)) // 2
    if len(before) > room:
        before = "… " + before[-room:].partition(" ")[2]
    if len(after) > room:
        after = after[:room].rpartition(" ")[0] + " …"
    return Quote(article.path, before, article.text[evidence.start : evidence.end], after)


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence of `text` that holds `start` to `end`."""
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    for span in sentence_spans(text[line:stop]):
        if line + span.start <= start < line + span.end:
            return line + span.start, max(end, line + span.end)
    return line, stop


def figures(report: ScoreReport) -> Iterator[tuple[str, str]]:
    """Name and value of each figure, the overall one last."""
    for kind in get_args(ClaimKind):
        found = [e for e in report.evidence if e.claim.kind == kind]
        yield f"{_NAMES[kind]} in the sources", _share(report.accuracy(kind), found)
    yield "accuracy", _share(report.accuracy(), list(report.evidence))
    stated = sum(bool(key.stated_in) for key in report.key_claims)
    of = f"{stated} of {count(len(report.key_claims), 'important claim')}, by weight"
    yield "recall", _rate(report.recall, of)
    between = (
        f"95 %: {report.interval[0]:.2f} to {report.interval[1]:.2f}" if report.interval else ""
    )
    yield "overall", _rate(report.overall, between, digits=2)


def _share(rate: float | None, found: list[Evidence]) -> str:
    held = sum(e.verdict in ("supported", "derived") for e in found)
    return _rate(rate, f"{held} of {len(found)}")


def _rate(rate: float | None, why: str, digits: int = 0) -> str:
    if rate is None:
        return "nothing to measure"
    shown = f"{rate:.2f}" if digits else f"{100 * rate:.1f} %"
    return f"{shown} ({why})" if why else shown
