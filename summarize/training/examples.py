"""What the copying network is trained on, as index arrays and in batches."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summarize.training.features import FeatureStore
from summarize.writer.copying_layout import END, MAX_TARGET
from summarize.writer.copying_passage import SPECIALS, Passage, Vocabulary
from summarize.writer.copying_words import FREE_WORDS, MARKS, match_key, split_words

__all__ = ["SHARES", "Example", "batches", "examples", "make_vocabulary"]

VOCABULARY = 3_000
POOL, WORDS_PER_BATCH, TARGETS_PER_BATCH = 2_000, 2_000, 40
SHARES = {
    "natural": (0.40, 0.35),
    "pruned": (0.40, 0.50),
    "fused": (0.03, 0.02),
    "restored": (0.10, 0.06),
    "identical": (0.07, 0.07),
}
"""Shares of the kinds of pairs at the start and at the end of training."""


@dataclass(frozen=True, slots=True)
class Example:
    """A passage, the store's numbers of its sentences, and the target's word ids."""

    passage: Passage
    sentences: tuple[int, ...]
    target: tuple[int, ...]
    kind: str


def make_vocabulary(pairs: Sequence[dict[str, Any]], common: set[str]) -> Vocabulary:
    """Marks, function words and the most frequent lower-case words of the targets."""
    counts = Counter(word.text for pair in pairs for word in split_words(pair["target"], common))
    fixed = [*SPECIALS, *MARKS, *sorted(FREE_WORDS)]
    frequent = [w for w, _ in counts.most_common() if w.isalpha() and w.islower() and len(w) > 1]
    extra = [word for word in frequent if word not in FREE_WORDS]
    return Vocabulary([*fixed, *extra[: VOCABULARY - len(fixed)]])


def examples(
    pairs: Sequence[dict[str, Any]], store: FeatureStore, vocabulary: Vocabulary, common: set[str]
) -> list[Example]:
    """The pairs whose sentences have features and whose target words can all be written."""
    found: list[Example] = []
    for pair in pairs:
        if any(source not in store.index for source in pair["sources"]):
            continue
        passage = Passage.read(pair["sources"], vocabulary, common)
        written = [word.text for word in split_words(pair["target"], common)]
        target = passage.number(written, vocabulary)
        if target is None or len(target) > MAX_TARGET - 6:
            continue
        verbatim = match_key(pair["target"]) in map(match_key, pair["sources"])
        numbers = tuple(store.index[source] for source in pair["sources"])
        kind = "identical" if verbatim else pair["kind"]
        found.append(Example(passage, numbers, (*target, END), kind))
    return found


def batches(
    by_kind: Mapping[str, Sequence[Example]], chance: random.Random, done: float
) -> Iterator[list[Example]]:
    """One pool of examples in batches of like length; `done` (0 to 1) sets the mixture."""
    pool: list[Example] = []
    for kind, (first, last) in SHARES.items():
        count = round(POOL * (first + (last - first) * done))
        pool += chance.choices(by_kind[kind], k=count)
    pool.sort(key=lambda e: (len(e.passage.ids) // 8, len(e.target)))
    found: list[list[Example]] = [[]]
    for example in pool:
        full = (len(found[-1]) + 1) * len(example.passage.ids) > WORDS_PER_BATCH
        if full or len(found[-1]) == TARGETS_PER_BATCH:
            found.append([])
        found[-1].append(example)
    chance.shuffle(found)
    yield from (batch for batch in found if batch)
