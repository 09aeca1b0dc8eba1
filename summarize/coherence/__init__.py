"""A summary's sentences put right for a reader who has not read the articles.

A sentence that stood in an article of a known day may say "on Sunday"; in a summary it says which
day that was, and where the day is not known "today" is left out. One that names a person by
surname, as second mentions do, gets the full name at the first mention, and "the town" its name.
Headlines that a page hangs behind a name are taken out. Nothing inside quotation marks is touched,
and a sentence is changed only if every name, number and date of the changed one is found in its
sources.
"""

from collections.abc import Sequence

from summarize.coherence.changes import Judge, changed
from summarize.coherence.days import dated_wordings, year_changes
from summarize.coherence.names import name_changes
from summarize.records import Article, SummarySentence

__all__ = ["dated_wordings", "put_right"]


def put_right(
    sentences: Sequence[SummarySentence],
    articles: Sequence[Article],
    judge: Judge,
    room: int | None,
) -> tuple[SummarySentence, ...]:
    """The sentences, in reading order, with names put right where they come first.

    Days come as dates from `dated_wordings`, before it is known which of them is told first: where
    a date's year is the last one told, it is left out again. `room` is how many words may be added
    in all, None if any number.
    """
    told: list[SummarySentence] = []
    for sentence in sentences:
        before = " ".join(earlier.text for earlier in told)
        changes = [*name_changes(sentence, articles, before), *year_changes(sentence, before)]
        right = changed(sentence, changes, judge)
        added = len(right.text.split()) - len(sentence.text.split())
        if room is not None and added > room:
            right, added = sentence, 0
        room = None if room is None else room - added
        told.append(right)
    return tuple(told)
