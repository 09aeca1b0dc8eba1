"""Sentences that know where they stand.

syntok splits, we keep the character offsets and mend what it gets wrong in news
(`tests/test_sentences.py` has the traps).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from summarize.records import Article, Sentence, Span

__all__ = ["sentence_spans", "split_sentences"]


# Articles whose sentences are kept: three stages go through all articles and ask for them. They
# take 13 KB an article (200 of train), and 1.5 of its 73 milliseconds each time they are made.
_CACHE_SIZE = 16_384


@lru_cache(maxsize=_CACHE_SIZE)
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


# Nor with the day of a month: syntok cuts "since Jan. 18.Shares fell", where lines were glued.
_CUT_DATE = re.compile(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.\s[0-9]$")


# Nor with the name behind a title that syntok does not know.
_TITLE_BEFORE = re.compile(
    r"(?:^|(?<=[\s(“\"'‘-]))(?:Reps?|Govs?|Sens|Lt|Col|Sgt|Capt|Cmdr|Maj|Adm|Atty|Det|Supt|Cpl|Pvt|"
    r"Pfc|Del|Dels|Pres|Hon|Msgr|Insp)\.$"
)
_LONGEST_TITLE = 7


def sentence_spans(text: str) -> Iterator[Span]:
    """Where the sentences of one paragraph stand in it; white space around them is left out."""
    pending: Span | None = None
    for span in _split(text):
        start = span.start
        if pending is not None and (
            _DASH_START.match(text, start)
            or _CUT_DATE.search(text, max(pending.start, pending.end - 6), start + 1)
            or _ends_in_title(text, pending)
        ):
            pending = Span(pending.start, span.end)
            continue
        if pending is not None:
            yield pending
        pending = span
    if pending is not None:
        yield pending


def _ends_in_title(text: str, span: Span) -> bool:
    tail = text[max(span.start, span.end - _LONGEST_TITLE) : span.end]
    return _TITLE_BEFORE.search(tail) is not None


# Brackets, line ends and signs of other scripts, which syntok reads beyond their neighbours, but
# for a short aside that is no sentence.
_FAR = re.compile(r"[(\[{\n\r\u200b\u203c\u203d\u2047-\u2049\u2190-\U0010ffff]")
_ASIDE = re.compile(r"\([^()\[\]{}.!?;\n\r]{0,45}\)")
# Where syntok cuts after a word that is no abbreviation.
_PLAIN_END = re.compile(
    r"(?<![^\W_])(?<!\.)(?P<word>[A-Z]?[a-z]+)[.!?][\"”’]?(?P<gap>[ \xa0])(?=[\"“‘]?[A-Z])"
)
# What it never cuts: no stop but the last, or only within words and before small letters; no aside
# behind the first word or another aside.
_WHOLE = re.compile(
    rf"(?=[^\s(]+\s[^\s(]+\s|[^(]*$)(?:[^.!?;(]++|(?<=[a-z0-9]\s){_ASIDE.pattern}"
    r"|(?<=[A-Z0-9])\.(?=[A-Za-z0-9])|(?<=[a-z])\.(?=[a-z0-9])"
    r"|[.!?](?=[\"”’]?[ \xa0][a-z])|\.(?=,)|;(?=[ \xa0][a-z]))*+"
    r"(?:(?<=[^\s.!?;(])[.!?][\"”’]?)?"
)


# syntok may begin a sentence behind a bracket, as it does behind "(Reuters)".
_BEGINS_BEHIND_ASIDE = re.compile(r"\)\s+[^\sa-z]")


def _split(text: str) -> Iterator[Span]:
    """The sentences as syntok cuts them, which is only asked where there is a choice.

    Most sentences of news are plain ones, and syntok took a seventh of the time of a scoring.
    """
    plain = text and text == text.strip() and not _FAR.search(_ASIDE.sub("", text))
    if not plain or _BEGINS_BEHIND_ASIDE.search(text):
        yield from _segmented(text, 0)
        return
    start = 0
    for end in (*_plain_ends(text), len(text)):
        if _WHOLE.fullmatch(text, start, end):
            yield Span(start, end)
        else:
            yield from _segmented(text[start:end], start)
        start = end + 1


def _plain_ends(text: str) -> Iterator[int]:
    from syntok._segmentation_states import State

    short = State.abbreviations | State.months | State.roman_numerals | {"no", "No"}
    for match in _PLAIN_END.finditer(text):
        if len(match["word"]) > 1 and match["word"] not in short:
            yield match.start("gap")


def _segmented(text: str, offset: int) -> Iterator[Span]:
    from syntok import segmenter

    for paragraph in segmenter.analyze(text):
        for tokens in paragraph:
            start, last = tokens[0].offset, tokens[-1]
            yield Span(offset + start, offset + last.offset + len(last.value))
