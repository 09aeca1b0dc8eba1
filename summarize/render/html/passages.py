"""The articles' texts cut where something points into them, so that every receipt can be opened."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summarize.records import Article, Digest, Removed, Span, Summary
from summarize.render.phrases import article_numbers

__all__ = ["Anchors", "Block", "Part", "Passage", "disjoint"]

_NO_REASON = "no part of the text"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a passage; `id` is empty where nothing points at it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a block: a sentence that is cited, or (`id` is empty) what stands between."""

    id: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of an article, its title, or a stretch that was left out, with the reason."""

    kind: Literal["told", "title", "cut"]
    reason: str
    passages: tuple[Passage, ...]


class Anchors:
    """The places of a digest's articles that receipts point at, and their names in the page.

    "a2" is article 2, "a2-59" the passage that begins at its character 59, "a2-75q" the words of
    it that a claim was found in.
    """

    def __init__(self, digest: Digest) -> None:
        self._numbers = article_numbers(digest)
        articles = [article for story in digest.stories for article in story.articles]
        self._blocks = _blocks(articles, digest.removed)
        sentences, quotes = _pointed_at(digest)
        self._passages = {
            a.id: _passages(sentences.get(a.id, ()), quotes.get(a.id, ()), len(a.text))
            for a in articles
        }
        self._quotes = {a.id: disjoint(_valid(quotes.get(a.id, ()), len(a.text))) for a in articles}

    def blocks(self, article: Article) -> Iterator[Block]:
        """The article from its first to its last character, with what cleaning left out."""
        for span, reason in self._blocks[article.id]:
            pieces = _cut(span, self._passages[article.id])
            words = " ".join(article.text[span.start : span.end].split())
            titled = reason == _NO_REASON and words == " ".join((article.title or "").split())
            yield Block(
                "title" if titled else "cut" if reason else "told",
                reason,
                tuple(self._passage(article, piece, cited) for piece, cited in pieces),
            )

    def _passage(self, article: Article, piece: Span, cited: Span | None) -> Passage:
        if cited is None:
            return Passage("", (Part("", article.text[piece.start : piece.end]),))
        return Passage(
            # One that goes on in the next block is named once.
            self.place(article.id, cited.start) if piece.start == cited.start else "",
            tuple(
                Part(
                    f"{self._name(article.id)}-{part.start}q" if quoted == part else "",
                    article.text[part.start : part.end],
                )
                for part, quoted in _cut(piece, self._quotes[article.id])
            ),
        )

    def place(self, article_id: str, start: int) -> str:
        """The name of the passage that holds the character `start`, or of the article."""
        found = _holding(self._passages.get(article_id, ()), start)
        return f"{self._name(article_id)}-{found.start}" if found else self._name(article_id)

    def quote(self, article_id: str, start: int) -> str:
        """The name of the words at `start` that a claim was found in, or of their passage."""
        found = _holding(self._quotes.get(article_id, ()), start)
        whole = _holding(self._passages.get(article_id, ()), start)
        blocks = [span for span, _ in self._blocks.get(article_id, ())]
        inside = found and whole and found.end <= whole.end
        block = found and _holding(blocks, found.start)
        if found and inside and block and found.end <= block.end:
            return f"{self._name(article_id)}-{found.start}q"
        return self.place(article_id, start)

    def _name(self, article_id: str) -> str:
        return f"a{self._numbers[article_id]}"


def disjoint(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, without those that overlap an earlier or a longer one."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def _valid(spans: Iterable[Span], length: int) -> Iterator[Span]:
    return (span for span in spans if 0 <= span.start < span.end <= length)


def _holding(spans: Sequence[Span], at: int) -> Span | None:
    """Which of the spans, in order and disjoint, holds the character `at`."""
    index = bisect_right(spans, at, key=lambda s: s.start) - 1
    return spans[index] if index >= 0 and at < spans[index].end else None


def _passages(sentences: Iterable[Span], quotes: Iterable[Span], length: int) -> tuple[Span, ...]:
    """The sentences, and the quotes that stand in none of them."""
    cited = disjoint(_valid(sentences, length))
    loose = [q for q in _valid(quotes, length) if not any(_meets(q, s) for s in cited)]
    return disjoint((*cited, *loose))


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _cut(whole: Span, cuts: Sequence[Span]) -> Iterator[tuple[Span, Span | None]]:
    """The pieces of `whole`, each with the cut it belongs to."""
    at = whole.start
    for cut in cuts:
        start, end = max(cut.start, whole.start), min(cut.end, whole.end)
        if start >= end:
            continue
        if at < start:
            yield Span(at, start), None
        yield Span(start, end), cut
        at = end
    if at < whole.end:
        yield Span(at, whole.end), None


def _blocks(
    articles: Iterable[Article], removed: Iterable[Removed]
) -> Mapping[str, list[tuple[Span, str]]]:
    """The paragraphs and the removed stretches of each article, in order; gaps are of no reason."""
    reasons: dict[str, dict[Span, str]] = {}
    for line in removed:
        reasons.setdefault(line.article_id, {})[Span(line.start, line.end)] = line.reason
    found = {}
    for article in articles:
        told = reasons.get(article.id, {})
        length = len(article.text)
        spans = disjoint(_valid((*article.paragraphs, *told), length))
        found[article.id] = [
            (span, told.get(known, "") if known else _NO_REASON)
            for span, known in _cut(Span(0, length), spans)
            if known or article.text[span.start : span.end].strip()
        ]
    return found


def _pointed_at(digest: Digest) -> tuple[dict[str, list[Span]], dict[str, list[Span]]]:
    """The sentences and the words that something in the digest rests on, by article."""
    sentences: dict[str, list[Span]] = {}
    quotes: dict[str, list[Span]] = {}
    for summary in _summaries(digest):
        for sentence in summary.sentences:
            for source in sentence.evidence:
                sentences.setdefault(source.article_id, []).append(Span(source.start, source.end))
            for found in sentence.verdicts:
                quotes.setdefault(found.article_id, []).append(Span(found.start, found.end))
    for conflict in digest.conflicts:
        for value in conflict.values:
            source = value.sentence
            sentences.setdefault(source.article_id, []).append(Span(source.start, source.end))
    for placement in digest.placements.values():
        for fact in placement.evidence:
            quotes.setdefault(fact.article_id, []).append(Span(fact.start, fact.end))
    return sentences, quotes


def _summaries(digest: Digest) -> Iterator[Summary]:
    yield from digest.story_summaries.values()
    yield from digest.article_summaries.values()
