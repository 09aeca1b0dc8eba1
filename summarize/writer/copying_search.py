"""Beam search for the copying network, all passages of a batch at once.

Keys and values of the words so far are kept, so a step costs the same at every position. Passages
do not influence each other. What a sentence may not do is forbidden here: copy a position twice,
repeat a word or three words, use a content word more often than one source sentence does, end without a mark.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from summarize.writer.copying_network import (
    END,
    MAX_TARGET,
    START,
    UNKNOWN,
    Choice,
    Control,
    CopyingNetwork,
    Memory,
    Reading,
    follow,
)
from summarize.writer.copying_passage import Passage, Vocabulary
from summarize.writer.copying_words import is_content

__all__ = ["Hypothesis", "search"]

_TERMINAL = frozenset(".!?")
_CLOSING = frozenset("\"')")
_BAD_STARTS = frozenset(
    "he she it they this these those his her its their them him who which that there and but or"
    " is are was were be been has have had will would said , . : ; - ) 's '".split()
)
_NEVER = -1e8


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Word ids so far, the source position each was copied from (-1: generated), total log-prob."""

    ids: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    score: float = 0.0

    @property
    def mean(self) -> float:
        """Mean log-probability per word, the end counted as one."""
        return self.score / (len(self.ids) + 1)


class Rules:
    """What may follow in sentences about one passage."""

    def __init__(self, passage: Passage, vocabulary: Vocabulary) -> None:
        numbers = {*passage.ids, *passage.allowed}
        names = {number: key for key, number in passage.extra.items()}
        names |= {i: vocabulary.words[i] for i in numbers if i < len(vocabulary)}
        self._closing = {i for i in numbers if names[i] in _CLOSING}
        self._terminal = {i for i in numbers if names[i] in _TERMINAL}
        self._quotes = {i for i in numbers if names[i] == '"'}
        self._brackets = {i: 1 if names[i] == "(" else -1 for i in numbers if names[i] in "()"}
        self._content = {i for i in numbers if is_content(names[i])}
        firsts = {names[i] for i, place in zip(passage.ids, passage.place, strict=True) if not place}
        shunned = _BAD_STARTS - (firsts if firsts <= _BAD_STARTS else set())
        self._shunned = {i for i in numbers if names[i] in shunned}
        self._limits: Counter[int] = Counter()
        for sentence in set(passage.sentence):
            own = zip(passage.ids, passage.sentence, strict=True)
            self._limits |= Counter(i for i, n in own if n == sentence)

    def is_whole(self, ids: Sequence[int]) -> bool:
        """Whether the words are a sentence: closed by its mark, quotes and brackets in pairs."""
        if sum(i in self._quotes for i in ids) % 2 or sum(self._brackets.get(i, 0) for i in ids):
            return False
        return len(ids) > 4 and self._is_closed(ids)

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
        if word not in ids:
            return True
        if word in self._content and ids.count(word) >= max(1, self._limits[word]):
            return False
        last = (*ids[-2:], word)
        return all(ids[i : i + 3] != last for i in range(len(ids) - 2))


@dataclass(slots=True)
class Beams:
    """The live hypotheses of P passages, K each, and what the network keeps about them."""

    hypotheses: list[list[Hypothesis]]
    scores: Tensor
    words: Tensor
    reading: Reading
    used: Tensor
    past: list[tuple[Tensor, Tensor]] | None = None

    @classmethod
    def start(cls, passages: int, beams: int, source: int) -> "Beams":
        """Beams before the first word; all but the first of a passage are ruled out."""
        scores = torch.full((passages, beams), _NEVER)
        scores[:, 0] = 0
        nothing = torch.zeros(passages, beams, source)
        return cls(
            [[Hypothesis() for _ in range(beams)] for _ in range(passages)],
            scores,
            torch.full((passages, beams), START),
            Reading(nothing, nothing, nothing),
            nothing.bool(),
        )


@torch.inference_mode()
def search(
    network: CopyingNetwork,
    memory: Memory,
    inputs: tuple[Sequence[Passage], Tensor, Choice],
    control: Control,
    vocabulary: Vocabulary,
    beams: int,
) -> list[list[Hypothesis]]:
    """Finished hypotheses of each passage, best mean first.

    `inputs` are the passages, their word ids (P,S) and what may be generated for them.
    """
    passages, ids, choice = inputs
    rules = [Rules(passage, vocabulary) for passage in passages]
    source = network.source_keys(memory)
    state = Beams.start(len(passages), beams, ids.shape[1])
    finished: list[list[Hypothesis]] = [[] for _ in passages]
    for step in range(min(MAX_TARGET - 4, ids.shape[1] + 4)):
        position = torch.tensor([step])
        x = network.embed(memory, state.words, state.reading, control, position)
        x, state.past = network.step(memory, source, x, state.past)
        copied, written = network.predict(memory, x, state.reading, choice)
        copied = copied.masked_fill(state.used, _NEVER)
        size = max(len(vocabulary), int(ids.max()) + 1)
        generated = torch.zeros(*written.shape[:2], size)
        generated[..., choice.words] = written.exp()
        index = ids.clamp(min=0)[:, None].expand_as(copied)
        total = generated.scatter_add(2, index, copied.exp()).clamp(min=1e-30).log()
        chosen = _choose(state, total, rules, finished)
        _advance(state, chosen, (copied, generated, ids), len(vocabulary))
        if all(map(_is_done, finished, state.hypotheses)):
            break
    return [sorted(found, key=lambda h: -h.mean) for found in finished]


def _choose(
    state: Beams, total: Tensor, rules: Sequence[Rules], finished: list[list[Hypothesis]]
) -> list[list[tuple[int, int, float]]]:
    """The next (beam, word, score) of each passage; sentences that end go to `finished`."""
    beams, words = total.shape[1:]
    flat = (state.scores[..., None] + total).flatten(1)
    values, places = flat.topk(4 * beams, dim=1)
    chosen: list[list[tuple[int, int, float]]] = []
    for row, (scores, where) in enumerate(zip(values.tolist(), places.tolist(), strict=True)):
        kept: list[tuple[int, int, float]] = []
        for score, place in zip(scores, where, strict=True):
            beam, word = divmod(place, words)
            before = state.hypotheses[row][beam]
            if score < -60 - 8 * len(before.ids) or not rules[row].may_follow(before.ids, word):
                continue
            if word == END:
                finished[row].append(Hypothesis(before.ids, before.positions, score))
            elif len(kept) < beams:
                kept.append((beam, word, score))
        chosen.append(kept + [(0, UNKNOWN, _NEVER)] * (beams - len(kept)))
    return chosen


def _advance(
    state: Beams,
    chosen: list[list[tuple[int, int, float]]],
    scores: tuple[Tensor, Tensor, Tensor],
    size: int,
) -> None:
    """Make the chosen continuations the live hypotheses."""
    copied, generated, ids = scores
    beams = len(chosen[0])
    parent = torch.tensor([[beam for beam, _, _ in row] for row in chosen])
    word = torch.tensor([[word for _, word, _ in row] for row in chosen])
    state.scores = torch.tensor([[score for _, _, score in row] for row in chosen])
    state.words = torch.where(word >= size, UNKNOWN, word)
    rows = (torch.arange(len(chosen))[:, None] * beams + parent).flatten()
    assert state.past is not None
    state.past = [(keys[rows], values[rows]) for keys, values in state.past]
    wide = parent[..., None].expand(-1, -1, ids.shape[1])
    match = ids[:, None] == word[..., None]
    before = Reading(*(part.gather(1, wide) for part in state.reading))
    state.reading = follow(before, match.float())
    pointer, place = copied.gather(1, wide).masked_fill(~match, _NEVER).max(-1)
    other = generated[torch.arange(len(chosen))[:, None], parent, word]
    place = torch.where(pointer.exp() > other, place, -1)
    used = state.used.gather(1, wide)
    state.used = used | (torch.arange(ids.shape[1]) == place[..., None])
    places = place.tolist()
    state.hypotheses = [
        [
            Hypothesis((*old[beam].ids, w), (*old[beam].positions, places[row][k]), score)
            for k, (beam, w, score) in enumerate(kept)
        ]
        for row, (old, kept) in enumerate(zip(state.hypotheses, chosen, strict=True))
    ]


def _is_done(found: list[Hypothesis], live: list[Hypothesis]) -> bool:
    """Whether no live hypothesis is likely to beat the finished ones."""
    hope = max(h.score / (len(h.ids) + 1) for h in live)
    if not found or hope < _NEVER / 100:
        return hope < _NEVER / 100
    means = sorted((h.mean for h in found), reverse=True)
    return hope < means[: len(live) // 2][-1]
