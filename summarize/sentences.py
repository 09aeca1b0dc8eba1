"""Sentences that know where they stand.

syntok splits, we keep the character offsets and mend what it gets wrong in news
(`tests/test_sentences.py` has the traps).
"""

import re
from collections.abc import Iterator

from summarize.records import Article, Sentence, Span

__all__ = ["sentence_spans", "split_sentences"]


def split_sentences(article: Article) -> tuple[Sentence, ...]:
    """The sentences of the article's paragraphs, in order, numbered from 0."""
    spans = [
        Span(paragraph.start + span.start, paragraph.start + span.end)
        for paragraph in article.paragraphs
        for span in sentence_spans(article.text[paragraph.start : paragraph.end])
    ]
    return tuple(
        Sentence(article.id, index, span.start, span.end, article.text[span.start : span.end])
        for index, span in enumerate(spans)
    )


# A sentence does not begin with a dash: syntok cuts "BEIRUT (AP)" from "-- Islamic State ...".
_DASH_START = re.compile(r"[-–—]{1,3}\s")


def sentence_spans(text: str) -> Iterator[Span]:
    """Where the sentences of one paragraph stand in it; white space around them is left out."""
    from syntok import segmenter

    pending: Span | None = None
    for paragraph in segmenter.analyze(text):
        for tokens in paragraph:
            span = Span(tokens[0].offset, tokens[-1].offset + len(tokens[-1].value))
            if pending is not None and _DASH_START.match(text, span.start):
                pending = Span(pending.start, span.end)
                continue
            if pending is not None:
                yield pending
            pending = span
    if pending is not None:
        yield pending
