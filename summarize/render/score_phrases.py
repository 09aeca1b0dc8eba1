"""What the text and the Markdown view of a score share: numbered claims, quotes, figures."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarize.records import Article, Evidence, Sentence
from summarize.render.phrases import count
from summarize.scoring.scores import LOOKED_UP, ScoredSentence, ScoreReport
from summarize.sentences import split_sentences

__all__ = ["ERRORS", "Quote", "Quotes", "figures", "numbered", "pieces"]

_NAMES = {"entity": "names", "number": "numbers", "date": "dates"}

ERRORS = "How often these verdicts are wrong: benchmarks/results/scorer.json in the sources."
"""Where a reader finds the scorer's own error rate."""

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
        # The verb of a statement may stand inside a name: "Google" in "Google Pay".
        yield sentence.text[max(last, claim.start) : claim.end], number, found
        last = max(last, claim.end)
    if last < len(sentence.text):
        yield sentence.text[last:], 0, None


class Quotes:
    """Finds the sentences that verdicts rest on; each source is split once, when first quoted."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = {article.id: article for article in articles}
        self._sentences: dict[str, tuple[Sentence, ...]] = {}

    def around(self, evidence: Evidence) -> Quote | None:
        """The sentence around the evidence; None when there is none.

        What the file states beside its text has no matched words, only the title in `before`.
        """
        article = self._articles.get(evidence.article_id)
        if article is None:
            return None
        if evidence.start == evidence.end:
            return Quote(article.path, article.title or "", "", "")
        start, end = self._sentence(article, evidence)
        before, after = article.text[start : evidence.start], article.text[evidence.end : end]
        matched = article.text[evidence.start : evidence.end]
        room = max(0, _QUOTE_LENGTH - len(matched)) // 2
        if len(before) > room:
            before = "… " + before[len(before) - room :].partition(" ")[2]
        if len(after) > room:
            after = after[:room].rpartition(" ")[0] + " …"
        return Quote(article.path, before, matched, after)

    def _sentence(self, article: Article, evidence: Evidence) -> tuple[int, int]:
        """Where the sentence stands that holds the evidence."""
        if article.id not in self._sentences:
            self._sentences[article.id] = split_sentences(article)
        sentences = self._sentences[article.id]
        place = bisect_right(sentences, evidence.start, key=lambda s: s.start) - 1
        if place < 0:
            return evidence.start, evidence.end
        return sentences[place].start, max(evidence.end, sentences[place].end)


def figures(report: ScoreReport) -> Iterator[tuple[str, str]]:
    """Name and value of each figure, the overall one last."""
    for kind in LOOKED_UP:
        found = [e for e in report.evidence if e.claim.kind == kind]
        yield f"{_NAMES[kind]} in the sources", _share(report.accuracy(kind), found)
    # There is no share of them: a statement is only reported where it is contradicted.
    yield "statements contradicted", str(report.contradicted_statements)
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
