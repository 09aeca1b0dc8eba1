"""Passages and vocabularies as index arrays, the same for training and for writing."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from summarize.writer.copying_layers import Array, Numbers
from summarize.writer.copying_layout import END, LENGTHS, MAX_SENTENCES, UNKNOWN
from summarize.writer.copying_network import Choice, Inputs
from summarize.writer.copying_words import (
    FREE_WORDS,
    MARKS,
    Word,
    is_content,
    match_key,
    same_stem,
    split_words,
)

__all__ = ["SPECIALS", "Passage", "Vocabulary", "batch_inputs", "length_class"]

SPECIALS = ("<pad>", "<start>", "<end>", "<unknown>")
"""The entries every vocabulary begins with."""


class Vocabulary:
    """The lower-case words and marks that can be generated, by index."""

    def __init__(self, words: Sequence[str]) -> None:
        """`words` begin with `SPECIALS`; ValueError if they do not, or repeat."""
        if tuple(words[: len(SPECIALS)]) != SPECIALS or len(set(words)) != len(words):
            raise ValueError("a vocabulary begins with its special entries and repeats no word")
        self.words = tuple(words)
        self.index = {word: i for i, word in enumerate(words)}
        self.free = [END] + [
            self.index[w] for w in (*MARKS, *sorted(FREE_WORDS)) if w in self.index
        ]
        """What may be generated for any passage."""
        self._by_start: dict[str, list[int]] = defaultdict(list)
        for word, i in self.index.items():
            if word.isalpha() and word not in FREE_WORDS:
                self._by_start[word[:3]].append(i)
        self._forms: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self.words)

    def forms(self, word: str) -> list[int]:
        """The indices of other forms of a lower-case word."""
        if word not in self._forms:
            near = self._by_start.get(word[:3], ())
            self._forms[word] = [
                i for i in near if self.words[i] != word and same_stem(word, self.words[i])
            ]
        return self._forms[word]


@dataclass(frozen=True)
class Passage:
    """One to four source sentences as words.

    `ids` number the words for matching: vocabulary indices, and from `len(vocabulary)` upwards the
    words of this passage that are not in it (`extra`).
    """

    words: tuple[Word, ...]
    sentence: tuple[int, ...]
    place: tuple[int, ...]
    ids: tuple[int, ...]
    extra: dict[str, int]
    allowed: tuple[int, ...]

    @classmethod
    def read(
        cls, sentences: Sequence[str], vocabulary: Vocabulary, common: Collection[str]
    ) -> "Passage":
        """Split and number the words of the sentences."""
        split = [split_words(sentence, common) for sentence in sentences]
        words = tuple(word for part in split for word in part)
        extra: dict[str, int] = {}
        for word in words:
            key = match_key(word.text)
            if key not in vocabulary.index:
                extra.setdefault(key, len(vocabulary) + len(extra))
        keys = [match_key(word.text) for word in words]
        lower = {key for key in keys if key.islower() and is_content(key)}
        forms = {i for key in lower for i in vocabulary.forms(key)}
        forms -= {vocabulary.index[key] for key in lower if key in vocabulary.index}
        return cls(
            words,
            tuple(min(n, MAX_SENTENCES - 1) for n, part in enumerate(split) for _ in part),
            tuple(place for part in split for place in range(len(part))),
            tuple(vocabulary.index.get(key, extra.get(key, UNKNOWN)) for key in keys),
            extra,
            tuple(vocabulary.free) + tuple(sorted(forms)),
        )

    def number(self, target: Sequence[str], vocabulary: Vocabulary) -> list[int] | None:
        """The ids of target words; None if one is neither in the passage nor allowed."""
        held, allowed = set(self.ids), set(self.allowed)
        found = [
            vocabulary.index.get(key, self.extra.get(key, -1)) for key in map(match_key, target)
        ]
        return found if all(i in held or i in allowed for i in found) else None


def length_class(target: int, source: int) -> int:
    """The length class (see `copying_layout.LENGTHS`) of a target for a source, in words."""
    return 1 + sum(target / max(1, source) >= bound for bound in LENGTHS)


def batch_inputs(
    passages: Sequence[Passage], features: Sequence[Array]
) -> tuple[Inputs, Numbers, Choice]:
    """Inputs of `CopyingNetwork.encode`, word ids (B,S; -1 as padding), what to generate."""
    shape = (len(passages), max(len(p.words) for p in passages))
    number = {name: np.zeros(shape, np.int64) for name in ("shape", "sentence", "place")}
    ids = np.full(shape, -1)
    vectors = np.zeros((*shape, features[0].shape[1]), np.float32)
    for row, passage in enumerate(passages):
        count = len(passage.words)
        vectors[row, :count] = features[row]
        number["shape"][row, :count] = [word.shape for word in passage.words]
        number["sentence"][row, :count] = passage.sentence
        number["place"][row, :count] = passage.place
        ids[row, :count] = passage.ids
    words = np.array([len(passage.words) for passage in passages])
    return Inputs(vectors, **number, words=words), ids, _choice(passages)


def _choice(passages: Sequence[Passage]) -> Choice:
    words = np.array(sorted({i for passage in passages for i in passage.allowed}))
    own = np.full((len(passages), max(len(passage.allowed) for passage in passages)), -1)
    for row, passage in zip(own, passages, strict=True):
        row[: len(passage.allowed)] = np.searchsorted(words, passage.allowed)
    return Choice(words, own)
