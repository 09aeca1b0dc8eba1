"""Summaries as some models put them out: in small letters and cut into tokens ("assad 's men .").

Names are found by their capitals, so these are put back as the sources have them. Every character
keeps its place: what is found in the restored text stands at the same offsets of the one given.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from summarize.records import Span
from summarize.sentences import sentence_spans

__all__ = ["Casing", "summary_spans"]

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
_LONE_MARK = re.compile(r"(?<=\s[.?!])\s+")


def summary_spans(text: str) -> Iterator[Span]:
    """Where the sentences of one paragraph stand; one also ends at a mark between blanks."""
    start = 0
    for end in [*(match.end() for match in _LONE_MARK.finditer(text)), len(text)]:
        for span in sentence_spans(text[start:end]):
            yield Span(start + span.start, start + span.end)
        start = end


class Casing:
    """How source sentences write their words, for summaries without capitals."""

    def __init__(self, source_sentences: Iterable[str]) -> None:
        self._unread = tuple(source_sentences)
        self._forms: dict[str, Counter[str]] = defaultdict(Counter)
        self._pairs: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)

    def _read(self, words: list[str]) -> None:
        if all(word.isupper() or not word.isalpha() for word in words):
            return  # a headline in capitals tells nothing
        # The first word of a sentence has a capital anyway, unless a name goes on behind it.
        if words[0].istitle() and not "".join(words[1:2])[:1].isupper():
            words = [words[0].lower(), *words[1:]]
        for word in words:
            self._forms[word.lower()][word] += 1
        for one, other in pairwise(words):
            self._pairs[one.lower(), other.lower()][one, other] += 1

    def restored(self, sentence: str) -> str:
        """The sentence with the capitals its words have in the sources, of the same length.

        A sentence that has a capitalised word already comes back as it is.
        """
        found = list(_WORD.finditer(sentence))
        if any(match[0].istitle() for match in found):
            return sentence
        # Not before: few summaries need it, and it takes a tenth of the time of a score.
        for text in self._unread:
            self._read(_WORD.findall(text))
        self._unread = ()
        letters = list(sentence)
        for place, match in enumerate(found):
            before = found[place - 1][0].lower() if place else ""
            after = found[place + 1][0].lower() if place + 1 < len(found) else ""
            form = self._form(before, match[0].lower(), after) or match[0]
            if place == 0:
                form = form[:1].upper() + form[1:]
            if len(form) == len(match[0]):
                letters[match.start() : match.end()] = form
        return "".join(letters)

    def _form(self, before: str, word: str, after: str) -> str:
        """The usual form between these neighbours, else anywhere; empty for an unknown word."""
        counts: Counter[str] = Counter()
        for (_, form), count in self._pairs.get((before, word), Counter()).items():
            counts[form] += count
        for (form, _), count in self._pairs.get((word, after), Counter()).items():
            counts[form] += count
        counts = counts or self._forms.get(word, Counter())
        return max(counts, key=lambda form: (counts[form], form)) if counts else ""
