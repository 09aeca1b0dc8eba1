"""Scores a summary against its sources: every claim judged, the important ones looked for.

A source counts with its whole text as read, and its title, publisher and date: what cleaning would
leave out (captions, by-lines) may still be what a summary rests on.

The interval of the overall figure is a percentile bootstrap (Efron and Tibshirani 1993, chapter 13)
with `RESAMPLES` resamples and a fixed seed. The sentences of the summary are drawn again for the
accuracy, the sources' important claims for the recall: drawn sentences would repeat some claims and
miss others, so that recall would only fall.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version

from summarize.cleaning import clean_all
from summarize.language import parse_all, parser_version
from summarize.reading.build import line_spans, one_line, printable
from summarize.records import Article, Evidence, Sentence, Span
from summarize.scoring import SIGNATURE, SourceIndex
from summarize.scoring.importance import OPENING, key_claims, openings
from summarize.scoring.inputs import source_article
from summarize.scoring.scores import KeyClaim, ScoredSentence, ScoreReport, harmonic
from summarize.scoring.tokenised import Casing, summary_spans
from summarize.sentences import split_sentences
from summarize.support import SupportIndex

__all__ = ["RESAMPLES", "SEED", "score", "signature"]

RESAMPLES = 1000
SEED = 13
_TAIL = 0.025

# Characters. What has no full stop for longer is no sentence (a table, a list, an attack), and the
# time to read one grows with its square.
_LONGEST = 2000

# Several summaries of the same sources often come one after the other.
_KEPT = 2


def score(summary: str, sources: Iterable[str | Article]) -> ScoreReport:
    """Judge every name, number and date of `summary`; see `summarize.score`.

    Raises ModelUnavailableError when the language model is not installed.
    """
    summary, articles = printable(summary), _unique(sources)
    sentences = _summary_sentences(summary)
    index, casing, wording, opening = _prepared(articles)
    # In one batch: parsing sentence by sentence takes three times as long.
    cased = [casing.restored(sentence.text) for sentence in sentences]
    parse_all([*cased, *(s.text for s in opening)])
    judged = [_judged(s.text, text, index) for s, text in zip(sentences, cased, strict=True)]
    keys = key_claims(opening, judged)
    scored = tuple(
        ScoredSentence(s.text, s.start, s.end, e, wording.judge(s.text).score)
        for s, e in zip(sentences, judged, strict=True)
    )
    interval = _interval(scored, keys)
    return ScoreReport(summary, articles, scored, keys, signature(), interval)


@lru_cache(maxsize=1)
def signature() -> str:
    """Every rule, setting and version that can change a score, as one line."""
    return "|".join(
        (
            f"summarize:{version('summarize')}",
            SIGNATURE,
            f"parser:{parser_version()}",
            "capitals:restored|closeness:3",
            f"important:title+{OPENING}-sentence,weight:sources",
            "overall:harmonic",
            f"interval:percentile-95,resamples:{RESAMPLES},seed:{SEED}",
        )
    )


@lru_cache(maxsize=_KEPT)
def _prepared(
    articles: tuple[Article, ...],
) -> tuple[SourceIndex, Casing, SupportIndex, tuple[Sentence, ...]]:
    """The sources' claims, capitals and wording, and their titles and opening sentences."""
    texts = [_bounded(split_sentences(article)) for article in articles]
    cleaned, _ = clean_all(articles)
    told = [s for text in texts for s in text] + list(_stated(articles))
    index = SourceIndex(told, None, {a.id: a.published for a in articles if a.published})
    words = [sentence.text for sentence in told]
    return index, Casing(words), SupportIndex(words), tuple(openings(cleaned, texts))


def _judged(text: str, cased: str, index: SourceIndex) -> tuple[Evidence, ...]:
    """The evidence in the order of the words, of the sentence as it is and judged as `cased`."""
    found = sorted(index.judge(cased), key=lambda e: (e.claim.start, e.claim.end))
    return tuple(
        replace(e, claim=replace(e.claim, text=text[e.claim.start : e.claim.end])) for e in found
    )


def _unique(sources: Iterable[str | Article]) -> tuple[Article, ...]:
    """The sources with their whole texts as content; the same text twice is one source."""
    found: dict[str, Article] = {}
    for number, source in enumerate(sources, start=1):
        article = source_article(source, number) if isinstance(source, str) else source
        found.setdefault(article.id, _whole(article))
    return tuple(found.values())


def _whole(article: Article) -> Article:
    text = printable(article.text)
    return replace(
        article,
        path=printable(article.path),
        text=text,
        title=one_line(article.title),
        source=one_line(article.source),
        paragraphs=line_spans(text),
    )


def _summary_sentences(summary: str) -> list[Sentence]:
    spans = [
        Span(line.start + span.start, line.start + span.end)
        for line in line_spans(summary)
        for span in summary_spans(summary[line.start : line.end])
    ]
    return _bounded(
        Sentence("", number, span.start, span.end, summary[span.start : span.end])
        for number, span in enumerate(spans)
    )


def _bounded(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The sentences, numbered anew; an endless one in pieces, cut at a blank where it has one."""
    bounded: list[Sentence] = []
    for whole in sentences:
        start = 0
        while start < len(whole.text):
            end = _cut(whole.text, start)
            place = whole.start + start
            text = whole.text[start:end]
            bounded.append(Sentence(whole.article_id, len(bounded), place, place + len(text), text))
            start = end
    return bounded


def _cut(text: str, start: int) -> int:
    """Where the piece that begins at `start` ends: behind its last blank, if it has to be cut."""
    end = start + _LONGEST
    if end >= len(text):
        return len(text)
    return text.rfind(" ", start, end) + 1 or end


def _stated(articles: Iterable[Article]) -> Iterator[Sentence]:
    """What the files state of their articles; evidence there has no place in the text (-1)."""
    for article in articles:
        published = article.published.isoformat() if article.published else None
        for fact in (article.title, article.source, article.author, published):
            if fact:
                yield Sentence(article.id, -1, 0, 0, fact)


def _interval(
    sentences: Sequence[ScoredSentence], keys: Sequence[KeyClaim]
) -> tuple[float, float] | None:
    """Between which values `ScoreReport.overall` lies in 95 of 100 resamples."""
    if len(sentences) < 2:
        return None
    drawn = random.Random(SEED)  # noqa: S311 (a fixed seed, so that results repeat)
    held = [
        (sum(e.verdict in ("supported", "derived") for e in s.evidence), len(s.evidence))
        for s in sentences
    ]
    stated = [(key.weight if key.stated_in else 0, key.weight) for key in keys]
    found = [harmonic(_share(held, drawn), _share(stated, drawn)) for _ in range(RESAMPLES)]
    figures = sorted(figure or 0.0 for figure in found)
    last = len(figures) - 1
    return figures[round(_TAIL * last)], figures[round((1 - _TAIL) * last)]


def _share(rows: Sequence[tuple[int, int]], drawn: random.Random) -> float | None:
    """The share that a resample of (part, whole) pairs gives."""
    chosen = drawn.choices(rows, k=len(rows)) if rows else []
    whole = sum(row[1] for row in chosen)
    return sum(row[0] for row in chosen) / whole if whole else None
