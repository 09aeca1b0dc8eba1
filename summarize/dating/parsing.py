"""What an article tells dating, and which of its sentences are parsed for that.

Those are parsed whose words may hold an event or put a date behind or ahead: parsing is nearly all
that dating costs, and three quarters of the text have neither. Of 397 events in dev/timebank, the
timeline and 150 articles of train/allsides_articles 396 are left, and all clues.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from summarize.cleaning.datelines import dateline
from summarize.dating.eventwords import may_tell_event
from summarize.dating.timeclues import needs_grammar
from summarize.language import parse_all
from summarize.records import Article, Sentence
from summarize.sentences import split_sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["parse_told", "told_by"]


def told_by(article: Article) -> tuple[Sentence, ...]:
    """The title, where the text has it, the dateline and the sentences: all say when it was.

    Every different sentence comes once: a repeated one is no second witness.
    """
    sentences = (*_dateline(article), *split_sentences(article))
    title = article.title or ""
    start = article.text.find(title) if title else -1
    if start >= 0 and not (sentences and start >= sentences[0].start):
        sentences = (Sentence(article.id, -1, start, start + len(title), title), *sentences)
    return tuple({s.text: s for s in reversed(sentences)}.values())[::-1]


def _dateline(article: Article) -> Iterator[Sentence]:
    """The dateline that cleaning has cut off before the first paragraph."""
    start, first = 0, article.paragraphs[0].start if article.paragraphs else 0
    for line in article.text[:first].splitlines(keepends=True):
        text = line.strip()
        if text and dateline(text).length >= len(text):
            yield Sentence(article.id, -1, start, start + len(text), text)
        start += len(line)


def parse_told(
    documents: Sequence[Sequence[Sentence]], dated: Collection[str] = (), *, events: bool = True
) -> "list[list[Doc | None]]":
    """The sentences of each article, parsed where that may tell something; the others are None.

    The articles `dated` (ids) are of a known day, which makes dates in them tell nothing; without
    `events` those do not. Parsed in one go: by article it takes half as long again.
    """
    needed = [
        _needed(sentences, events=events, dates=sentences[0].article_id not in dated)
        for sentences in documents
    ]
    rows = zip(documents, needed, strict=True)
    chosen = [s.text for row, tells in rows for s, tell in zip(row, tells, strict=True) if tell]
    docs = iter(parse_all(chosen))
    return [[next(docs) if tell else None for tell in tells] for tells in needed]


def _needed(sentences: Sequence[Sentence], *, events: bool, dates: bool) -> list[bool]:
    clues = needs_grammar(sentences) if dates else [False] * len(sentences)
    return [
        clue or (events and may_tell_event(sentence.text))
        for sentence, clue in zip(sentences, clues, strict=True)
    ]
