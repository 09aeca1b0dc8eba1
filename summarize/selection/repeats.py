"""Whether two source sentences tell a reader the same news."""

import re
from functools import lru_cache

from summarize.dating.timewords import WEEKDAYS
from summarize.records import Sentence
from summarize.words import different_stems, says_the_same

__all__ = ["repeats"]

# Sentences of two articles about one day that share so much of their different content stems tell
# one thing, each in its own words: of 38 such pairs of train/ that were read 30 do, and 5 more tell
# of one event from two sides. Without that day, of 25 pairs at .3, only 13 do
# (`benchmarks/studies/selection_repeats.py`).
_SHARED = 0.2
_DAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b")


def repeats(one: Sentence, other: Sentence) -> bool:
    """Whether one who has read one of the sentences has read the other's news."""
    return says_the_same(one.text, other.text) or _retells(one, other)


def _retells(one: Sentence, other: Sentence) -> bool:
    """Whether two articles tell one thing of one day."""
    if one.article_id == other.article_id or not _days(one.text) & _days(other.text):
        return False
    stems, others = different_stems(one.text), different_stems(other.text)
    return len(stems & others) >= _SHARED * len(stems | others)


@lru_cache(maxsize=20_000)
def _days(text: str) -> frozenset[str]:
    return frozenset(_DAY.findall(text))
