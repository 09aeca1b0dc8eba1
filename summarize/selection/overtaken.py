"""What was still to come when an article was written, and what a later one of its story reports.

An editor tells what happened, not what was expected of it. Of 229 stories of train/ with articles
of different days 15 began with what an older one expected.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from summarize.records import Article, Sentence
from summarize.speech import without_speech
from summarize.words import different_stems

__all__ = ["overtaken"]

# The first of these verbs is that of the sentence, but behind a "who": "who was due to retire".
# That something will not come is news in itself.
_VERB = re.compile(
    r"(?<!\bwho )(?<!\bwhich )(?<!\bthat )(?<![\w'’-])(?:(?P<ahead>"
    r"(?:shall|will|would)(?! (?:later|never|no|not)\b)|"
    r"(?:is|are|was|were|it['’]s) (?:also |still |now |widely |reportedly )?"
    r"(?:expected|(?:about|due|going|likely|poised|scheduled|set|slated) (?:for|to))|"
    r"(?:expect|hope|intend|plan)s? to)|"
    r"shall|will|won['’]t|would|wouldn['’]t|am|are|be|been|did|do|does|had|has|have|is|was|were|\w+ed|"
    r"became|began|broke|came|cut|drew|fell|found|gave|got|held|kept|led|left|lost|made|met|put|ran|"
    r"rose|said|sa[wy]|says|sent|set|shot|sought|spoke|struck|told|took|went|won|wrote)(?![\w'’-])",
    re.IGNORECASE,
)


# So many, and so much, of the content stems of what is expected stand in what reports it: of 33
# pairs of train/ that were read 13 are that, in 10 more the later article tells of the same matter.
_SHARED, _FEWEST = 1 / 3, 3
_TOP = 8

# Of a long story the newest articles tell what has come. Chosen: it keeps the time linear.
_NEWEST = 30


def overtaken(
    articles: Sequence[Article],
    sentences: Mapping[str, Sequence[Sentence]],
    times: Mapping[str, int],
) -> frozenset[Sentence]:
    """The sentences that look ahead to what an article known to be later has at its top.

    `sentences` holds those of each article by its id, `times` the number of its moment, as
    `composition.moments` gives it; without numbers, nothing is known to be later.
    """
    if len({times.get(article.id, 0) for article in articles}) < 2:
        return frozenset()
    newest = sorted(articles, key=lambda article: times.get(article.id, 0))[-_NEWEST:]
    reported = [
        (times.get(article.id, 0), different_stems(text))
        for article in newest
        for text in _reported(article, sentences[article.id])
    ]
    return frozenset(
        sentence
        for article in articles
        for sentence, expected in _looking_ahead(sentences[article.id])
        if any(
            times.get(article.id, 0) < time and _is_reported(expected, stems)
            for time, stems in reported
        )
    )


def _looking_ahead(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, frozenset[str]]]:
    """The sentences that look ahead, with the stems of the clause that does."""
    for sentence in sentences:
        own = without_speech(sentence.text)
        verb = _VERB.search(own)
        if verb is not None and verb["ahead"]:
            yield sentence, different_stems(own[: verb.end()] + own[verb.end() :].split(",", 1)[0])


def _reported(article: Article, sentences: Sequence[Sentence]) -> Iterator[str]:
    """What an article has at its top that does not look ahead itself."""
    for text in (article.title or "", *(sentence.text for sentence in sentences[:_TOP])):
        verb = _VERB.search(without_speech(text))
        if verb is None or not verb["ahead"]:
            yield text


def _is_reported(expected: frozenset[str], reported: frozenset[str]) -> bool:
    return len(expected & reported) >= max(_FEWEST, _SHARED * len(expected))
