"""What a newer version of an article changed: sentences that came and went, figures that moved."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from summarize.dedup.evidence import compare, sentences
from summarize.dedup.shingles import Hasher
from summarize.records import Article, Revision

__all__ = ["revision"]

_FIGURE = re.compile(
    r"\d|^(?:no|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six"
    r"|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty\b.*|dozens?|hundreds?"
    r"|thousands?|millions?)$",
    re.IGNORECASE,
)
_MARKS = ".,;:!?\"'“”‘’()[]"
# A list for the reader, not a report of all differences.
_MOST_FIGURES = 5
_LONGEST_FIGURE = 5
# Comparing words one by one takes time that grows with the square of the length.
_LONGEST_SENTENCE = 80
_MOST_SENTENCES = 100


def revision(old: Article, new: Article, hasher: Hasher) -> Revision:
    """What `new`, a later version of `old`, has more, has no more, and says with another figure."""
    figures = dict.fromkeys(_figures(_own(old, new), _own(new, old)))
    return Revision(
        added=compare(new, old, hasher).lost,
        removed=compare(old, new, hasher).lost,
        figures=tuple(figures)[:_MOST_FIGURES],
    )


def _own(article: Article, other: Article) -> list[list[str]]:
    """The words of the sentences of `article` that `other` does not have, as far as they count."""
    known = {" ".join(sentence) for sentence in _worded(other)}
    new = [sentence for sentence in _worded(article) if " ".join(sentence) not in known]
    return [s for s in new if len(s) <= _LONGEST_SENTENCE and any(map(_FIGURE.search, s))][
        :_MOST_SENTENCES
    ]


def _worded(article: Article) -> list[list[str]]:
    split = (sentence.split() for sentence in sentences(article.body))
    return [[word for part in parts if (word := part.strip(_MARKS))] for parts in split]


def _figures(olds: Sequence[list[str]], news: Sequence[list[str]]) -> Iterator[tuple[str, str]]:
    """The wording around each figure that stands in another's place, before and after."""
    for old in olds:
        alike = max(news, key=lambda new: len({*old} & {*new}) / len({*old, *new}), default=[])
        if 2 * len({*old} & {*alike}) >= len({*old, *alike}):
            yield from _replaced(old, alike)


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, begin, stop in matcher.get_opcodes():
        before, after = old[start:end], new[begin:stop]
        if kind != "replace" or max(len(before), len(after)) > _LONGEST_FIGURE:
            continue
        figures, others = _figured(before), _figured(after)
        if figures and others and figures != others:
            # The word behind it says what is counted.
            unit = old[end : end + 1]
            yield " ".join([*before, *unit]), " ".join([*after, *unit])


def _figured(words: Sequence[str]) -> list[str]:
    return [word for word in words if _FIGURE.search(word)]
