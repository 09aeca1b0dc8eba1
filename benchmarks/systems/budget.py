"""Keeping to a length, the same way for every system that picks sentences."""

from collections.abc import Iterable

from benchmarks.records import Example
from summarize.reading.build import line_spans
from summarize.records import Article, Sentence
from summarize.sentences import split_sentences
from summarize.settings import Length

__all__ = ["source_sentences", "within"]


def within(ranked: Iterable[Sentence], length: Length) -> list[Sentence]:
    """The first sentences that fit, the most wanted first; each text once.

    A sentence is kept whole: a word budget is filled with what still fits from further down, and
    never overrun. Words are white-space separated tokens.
    """
    chosen: dict[str, Sentence] = {}
    used = 0
    for sentence in ranked:
        size = 1 if length.unit == "sentences" else len(sentence.text.split())
        if used >= length.count:
            break
        if used + size <= length.count and sentence.text not in chosen:
            chosen[sentence.text] = sentence
            used += size
    return list(chosen.values())


def source_sentences(example: Example) -> list[tuple[Sentence, ...]]:
    """The sentences of each document as it stands, with nothing cleaned away.

    The `article_id` of a sentence is the document's number.
    """
    return [split_sentences(_article(*row)) for row in enumerate(example.documents)]


def _article(number: int, text: str) -> Article:
    return Article(str(number), str(number), text, paragraphs=line_spans(text))
