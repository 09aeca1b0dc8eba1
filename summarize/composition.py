"""Putting a summary together: to the exact length, nothing twice, in time order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from summarize.dating import Chronology
from summarize.records import Article, Sentence, SummarySentence
from summarize.selection import Passage, hangs, repeats
from summarize.settings import Length
from summarize.writer import Source

__all__ = ["fit", "in_reading_order", "moments", "pack", "reach", "room"]

# How far down the ranking a word budget is filled up, in multiples of the budget.
_REACH = 3

# Within these days the news of a story comes before the background of its older articles: all of 14
# stories of train/ read better so, in six of which two to six days lay between.
_ONE_STORY = timedelta(days=7)


def fit(
    wordings: Iterable[Iterable[SummarySentence]], length: Length
) -> tuple[SummarySentence, ...]:
    """The first sentences that fit `length` and do not repeat each other.

    Each is offered in one or more wordings, the best first, and the first that fits is told. What
    repeats is seen by the source sentences, so that a writer's wording does not change what is
    told. A word budget is never overrun, and filled with what still fits from further down the
    ranking. A sentence that hangs on the one before it in its source needs that one to be told; a
    number of sentences is met exactly as long as there are any, so there it may come without.
    """
    chosen: list[SummarySentence] = []
    spare: list[SummarySentence] = []
    seen = used = 0
    for offered in wordings:
        for sentence in offered:
            fits = used + _size(sentence, length) <= length.count
            if fits:
                break
        if length.unit == "words":
            seen += _size(sentence, length)
        if not any(repeats(sentence.evidence[0], other.evidence[0]) for other in chosen):
            if not _understood(sentence, chosen):
                spare.append(sentence)
            elif fits:
                chosen.append(sentence)
                used += _size(sentence, length)
        if used >= length.count or seen > _REACH * length.count:
            break
    if length.unit == "sentences":
        chosen += spare[: length.count - len(chosen)]
    return tuple(chosen)


def room(sentences: Sequence[SummarySentence], length: Length) -> int | None:
    """How many words a summary of `length` can still take; None if words are not counted."""
    used = sum(_size(sentence, length) for sentence in sentences)
    return length.count - used if length.unit == "words" else None


def _size(sentence: SummarySentence, length: Length) -> int:
    return len(sentence.text.split()) if length.unit == "words" else 1


def _understood(sentence: SummarySentence, told: Iterable[SummarySentence]) -> bool:
    """Whether it hangs on nothing, or what it hangs on is told."""
    source = sentence.evidence[0]
    before = (source.article_id, source.index - 1)
    return not hangs(replace(source, text=sentence.text)) or any(
        (s.evidence[0].article_id, s.evidence[0].index) == before for s in told
    )


def reach(passages: Sequence[Passage], length: Length) -> int:
    """How many of the ranked passages can come into a summary of `length`."""
    if length.unit == "sentences":
        return min(len(passages), length.count)
    words = 0
    for number, passage in enumerate(passages):
        words += len(passage.quote.text.split())
        if words > _REACH * length.count:
            return number
    return len(passages)


def moments(articles: Sequence[Article], chronology: Chronology) -> dict[str, int]:
    """Numbers for the times of `articles`, given in time order, by article id.

    An article shares the number of those before it unless it is known to be later than one of them:
    by a link, or because their intervals do not overlap.
    """
    numbers: dict[str, int] = {}
    together: list[str] = []
    for article in articles:
        start = chronology.placements[article.id].earliest
        ends = [chronology.placements[other].latest for other in together]
        apart = any(end is not None and start is not None and end < start for end in ends)
        if apart or any(chronology.is_linked(other, article.id) for other in together):
            together = []
        numbers[article.id] = (
            numbers.get(together[0], 0) if together else len(set(numbers.values()))
        )
        together.append(article.id)
    return numbers


def in_reading_order(
    sentences: Iterable[SummarySentence],
    moment: Mapping[str, int],
    published: Mapping[str, date] = MappingProxyType({}),
) -> tuple[SummarySentence, ...]:
    """The sentences by when their source was written, then by where it stands in its article.

    Sentences that follow each other in their article stay together. `moment` numbers the articles'
    times, as `moments` does. Unless more than a week lies between the days they were `published`,
    an article of which the first sentence is told comes before those that only give background.
    """
    told = sorted(sentences, key=lambda s: (s.evidence[0].article_id, s.evidence[0].index))
    keys: list[tuple[int, int, str, int]] = []
    for number, sentence in enumerate(told):
        source = sentence.evidence[0]
        before = told[number - 1].evidence[0] if number else None
        follows = before and (before.article_id, before.index + 1) == (
            source.article_id,
            source.index,
        )
        start = keys[-1][1] if follows else source.index
        keys.append((moment[source.article_id], start, source.article_id, source.index))
    return _news_first([told[n] for n in sorted(range(len(told)), key=keys.__getitem__)], published)


def _news_first(
    ordered: Sequence[SummarySentence], published: Mapping[str, date]
) -> tuple[SummarySentence, ...]:
    """The sentences with the background that stands before the first news put behind all.

    Of 700 stories of train/ in 60 words 50 began with background, with this one does. Where it is
    known to be much older, it tells how things were before the news, and stays.
    """
    ids = [sentence.evidence[0].article_id for sentence in ordered]
    first = next((n for n, s in enumerate(ordered) if s.evidence[0].index == 0), 0)
    days = [published[id_] for id_ in ids[: first + 1] if id_ in published]
    if days and max(days) - min(days) > _ONE_STORY:
        first = 0
    return (*ordered[first:], *ordered[:first])


def pack(
    passages: Sequence[Passage],
    documents: Sequence[Sequence[Sentence]],
    room: int,
    size: Callable[[str], int],
) -> Source:
    """The documents as far as they fit a model's `room`, chosen by rank, in reading order.

    Everything when it fits; otherwise each passage's best sentence, most salient first, as long as
    there is room. `size` gives a text's tokens.
    """
    sizes = {sentence: size(sentence.text) for document in documents for sentence in document}
    if sum(sizes.values()) + len(documents) <= room:
        return tuple(tuple(document) for document in documents)
    left = room - len(documents)
    kept: set[Sentence] = set()
    for passage in passages:
        if sizes[passage.quote] <= left:
            kept.add(passage.quote)
            left -= sizes[passage.quote]
    return tuple(tuple(s for s in document if s in kept) for document in documents)
