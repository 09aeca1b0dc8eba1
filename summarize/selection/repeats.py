"""Whether two source sentences tell a reader the same news."""

import re
from functools import lru_cache

from summarize.records import Sentence
from summarize.speech import quoted, without_speech
from summarize.timewords import WEEKDAYS
from summarize.words import different_stems, says_the_same

__all__ = ["repeats"]

# Sentences of two articles about one day that share so much of their different content stems tell
# one thing, each in its own words: of 38 such pairs of train/ that were read 30 do, and 5 more tell
# of one event from two sides. Without that day, of 25 pairs at .3, only 13 do
# (`benchmarks/studies/selection_repeats.py`).
_SHARED = 0.2
_DAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b")

# Speech that stands soon behind what it bears out, and holds so many of the same content stems:
# of 24 such pairs of train/ that were read 19 say one thing twice (the same study, `--speech`). A
# "he" who speaks is one more.
_SPEECH = 0.4
_NEAR = 3
_BORNE_OUT, _FEWEST = 1 / 3, 4
_PRONOUN = re.compile(r"\b(?:he|she|they|it)\b", re.IGNORECASE)


def repeats(one: Sentence, other: Sentence) -> bool:
    """Whether one who has read one of the sentences has read the other's news."""
    if one.article_id != other.article_id:
        return says_the_same(one.text, other.text) or _retells(one, other)
    first, second = sorted((one, other), key=lambda sentence: sentence.index)
    return says_the_same(one.text, other.text) or _bears_out(second, first)


def _retells(one: Sentence, other: Sentence) -> bool:
    """Whether two articles tell one thing of one day."""
    if not _days(one.text) & _days(other.text):
        return False
    stems, theirs = different_stems(one.text), different_stems(other.text)
    return len(stems & theirs) >= _SHARED * len(stems | theirs)


@lru_cache(maxsize=20_000)
def _days(text: str) -> frozenset[str]:
    return frozenset(_DAY.findall(text))


def _bears_out(speech: Sentence, told: Sentence) -> bool:
    """Whether the words that an article quotes are those it has just reported."""
    if speech.index - told.index > _NEAR or not _is_speech(speech.text) or _is_speech(told.text):
        return False
    stems = different_stems(speech.text)
    by_pronoun = _PRONOUN.search(without_speech(speech.text)) is not None
    shared = len(stems & different_stems(told.text)) + by_pronoun
    return shared >= max(_FEWEST, _BORNE_OUT * (len(stems) + by_pronoun))


@lru_cache(maxsize=20_000)
def _is_speech(text: str) -> bool:
    return sum(end - start for start, end in quoted(text)) > _SPEECH * len(text)
