"""What a written sentence may not do, whatever the network thinks of it."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from summarize.writer.copying_layout import END
from summarize.writer.copying_passage import Passage, Vocabulary
from summarize.writer.copying_words import is_content, match_key

__all__ = ["Rules"]

_TERMINAL = frozenset(".!?")
_CLOSING = frozenset("\"')")
_OPEN_MARKS = frozenset(",;:(-") | {"--"}
_ARTICLES = frozenset({"a", "an", "the"})
_DASHES = frozenset({"-", "--"})
# What a single source sentence holds of these has to be kept: it passes on, doubts or conditions.
_HEDGES = frozenset(
    """according allegedly alleged reportedly apparently suspected if unless provided""".split()  # noqa: SIM905
)
# Words that do not stand before a mark, unless they do in the source.
_LEANING = frozenset(
    """a an the of for from and or but by with because than as at""".split()  # noqa: SIM905
)
_SAYING = frozenset({"said", "says", "say", "told", "added", "wrote", "reported"})
_BAD_STARTS = frozenset(
    """he she it they this these those his her its their them him who which that there and but or
    is are was were be been has have had will would said , . : ; - ) 's ' \"""".split()  # noqa: SIM905
)


class Rules:
    """What may follow in sentences about one passage."""

    def __init__(self, passage: Passage, vocabulary: Vocabulary) -> None:
        numbers = {*passage.ids, *passage.allowed}
        names = {number: key for key, number in passage.extra.items()}
        names |= {i: vocabulary.words[i] for i in numbers if i < len(vocabulary)}
        self._closing = {i for i in numbers if names[i] in _CLOSING}
        self._terminal = {i for i in numbers if names[i] in _TERMINAL}
        self._saying = {i for i in numbers if names[i] in _SAYING}
        self._quotes = {i for i in numbers if names[i] == '"'}
        self._brackets = {i: 1 if names[i] == "(" else -1 for i in numbers if names[i] in "()"}
        self._content = {i for i in numbers if is_content(names[i])}
        firsts = {
            names[i] for i, place in zip(passage.ids, passage.place, strict=True) if not place
        }
        shunned = _BAD_STARTS - (firsts if firsts <= _BAD_STARTS else set())
        self._shunned = {i for i in numbers if names[i] in shunned} | _bound_words(passage)
        self._marks = {i for i in numbers if names[i] in _OPEN_MARKS}
        self._dashes = {i for i in numbers if names[i] in _DASHES}
        self._hedges = _kept_words(passage, names)
        self._paired = sum(i in self._dashes for i in passage.ids) % 2 == 0
        self._leaning = {i for i in numbers if names[i] in _LEANING}
        self._pairs = set(pairwise(passage.ids))
        self._limits: Counter[int] = Counter()
        for sentence in set(passage.sentence):
            own = zip(passage.ids, passage.sentence, strict=True)
            self._limits |= Counter(i for i, n in own if n == sentence)

    def is_whole(self, ids: Sequence[int]) -> bool:
        """Whether the words are a sentence: closed by its mark, all pairs closed, hedges kept."""
        if sum(i in self._quotes for i in ids) % 2 or sum(self._brackets.get(i, 0) for i in ids):
            return False
        if self._paired and sum(i in self._dashes for i in ids) % 2:
            return False
        if not self._hedges <= set(ids) or self._says_nothing(ids):
            return False
        return len(ids) > 4 and self._is_closed(ids)

    def _says_nothing(self, ids: Sequence[int]) -> bool:
        """Whether only "the mayor said" is left of "..., the mayor said"."""
        said = any(i in self._saying for i in ids[-2:-1])
        return said and not any(i in self._marks or i in self._quotes for i in ids)

    def _is_closed(self, ids: Sequence[int]) -> bool:
        end = ids[-2:-1] if ids and ids[-1] in self._closing else ids[-1:]
        return bool(end) and end[0] in self._terminal

    def may_follow(self, ids: Sequence[int], word: int) -> bool:
        """Whether `word` may be the next word."""
        if word == END:
            return self.is_whole(ids)
        if not ids:
            return word not in self._shunned
        if ids[-1] == word or (self._is_closed(ids) and word not in self._closing):
            return False
        mark = ids[-2] if ids[-1] in self._quotes and len(ids) > 1 else ids[-1]
        if mark in self._marks and (word in self._terminal or word in self._marks):
            return False
        if ids[-1] in self._leaning and word in self._terminal | self._marks:
            return (ids[-1], word) in self._pairs
        return word not in ids or not self._repeats(ids, word)

    def _repeats(self, ids: Sequence[int], word: int) -> bool:
        """Whether `word` would be said too often, or end three words that were said before."""
        if word in self._content and ids.count(word) >= max(1, self._limits[word]):
            return True
        last = (*ids[-2:], word)
        return any(ids[i : i + 3] == last for i in range(len(ids) - 2))


def _kept_words(passage: Passage, names: dict[int, str]) -> set[int]:
    """The ids of words that a rewrite of a single sentence has to keep.

    Hedges and conditions, and the verb of a trailing attribution ("..., the mayor said Monday").
    """
    if max(passage.sentence) > 0:
        return set()
    keys = [names[i] for i in passage.ids]
    tail = len(keys) - keys[::-1].index(",") if "," in keys else len(keys)
    saying = {i for i in passage.ids[tail:] if names[i] in _SAYING}
    return saying | {i for i in passage.ids if names[i] in _HEDGES}


def _bound_words(passage: Passage) -> set[int]:
    """The ids of words a sentence cannot begin with in any of their places.

    Those right after an article, and all but the first of a sentence that begins with a quotation,
    for what follows the quotation ("said the mayor") is no sentence without it.
    """
    quoted = {
        number
        for word, number, place in zip(passage.words, passage.sentence, passage.place, strict=True)
        if not place and match_key(word.text) == '"'
    }
    free: set[int] = set()
    before = ("", *(word.text.lower() for word in passage.words))
    for i, last, number, place in zip(
        passage.ids, before, passage.sentence, passage.place, strict=False
    ):
        if place == 0 or (last not in _ARTICLES and number not in quoted):
            free.add(i)
    return set(passage.ids) - free
