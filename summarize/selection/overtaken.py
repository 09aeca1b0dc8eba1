"""What was still to come when an article was written, and a later one of its story has overtaken.

An editor tells what happened, not what was expected of it. Of 229 stories of train/ with articles
of different days 15 began with what an earlier one expected.
"""

import re
from collections.abc import Mapping, Sequence

from summarize.records import Article, Sentence
from summarize.speech import without_speech

__all__ = ["overtaken"]

# The first of these verbs is that of the sentence, but behind a "who": "who was due to retire".
_VERB = re.compile(
    r"(?<!\bwho )(?<!\bwhich )(?<!\bthat )(?<![\w'’-])(?:(?P<ahead>"
    r"(?:will|won['’]t|would|wouldn['’]t|shall)(?! later)|"
    r"(?:is|are|was|were|it['’]s) (?:not |also |still |now |widely |reportedly )?"
    r"(?:expected|(?:about|due|going|likely|poised|scheduled|set|slated) (?:for|to))|"
    r"(?:expect|hope|intend|plan)s? to)|"
    r"am|are|be|been|did|do|does|had|has|have|is|was|were|\w+ed|"
    r"became|began|broke|came|cut|drew|fell|found|gave|got|held|kept|led|left|lost|made|met|put|ran|"
    r"rose|said|sa[wy]|says|sent|set|shot|sought|spoke|struck|told|took|went|won|wrote)(?![\w'’-])",
    re.IGNORECASE,
)


def overtaken(
    articles: Sequence[Article],
    sentences: Mapping[str, Sequence[Sentence]],
    times: Mapping[str, int],
) -> frozenset[Sentence]:
    """The sentences that look ahead, of articles that are known to be older than another one.

    `sentences` holds those of each article by its id, `times` the number of its moment, as
    `composition.moments` gives it; without numbers, nothing is known to be older.
    """
    last = max((times.get(article.id, 0) for article in articles), default=0)
    return frozenset(
        sentence
        for article in articles
        if times.get(article.id, 0) < last
        for sentence in sentences[article.id]
        if _looks_ahead(sentence.text)
    )


def _looks_ahead(text: str) -> bool:
    verb = _VERB.search(without_speech(text))
    return verb is not None and verb["ahead"] is not None
