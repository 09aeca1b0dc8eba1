"""Beam search for the copying network, all passages of a batch at once.

Keys and values of the words so far are kept, so a step costs the same at every position. Passages
do not influence each other. No source position is copied twice; what else a sentence may not do
is in `copying_rules`.
"""

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
)
from summarize.writer.copying_passage import Passage, Vocabulary
from summarize.writer.copying_reading import Reading, follow
from summarize.writer.copying_rules import Rules

__all__ = ["Hypothesis", "search"]

_NEVER = -1e8


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Word ids so far, and the source position each was copied from (-1: generated).

    `score` is the total log-probability, `least` that of the least probable word.
    """

    ids: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    score: float = 0.0
    least: float = 0.0

    @property
    def mean(self) -> float:
        """Mean log-probability per word, the end counted as one."""
        return self.score / (len(self.ids) + 1)


@dataclass(slots=True)
class Beams:
    """The passages that are still being written, K live hypotheses each, and their tensors."""

    numbers: list[int]
    hypotheses: list[list[Hypothesis]]
    memory: Memory
    source: list[tuple[Tensor, Tensor]]
    ids: Tensor
    choice: Choice
    control: Control
    scores: Tensor
    words: Tensor
    reading: Reading
    used: Tensor
    past: list[tuple[Tensor, Tensor]] | None = None

    @classmethod
    def start(
        cls, network: CopyingNetwork, asked: tuple[Memory, Tensor, Choice, Control], beams: int
    ) -> "Beams":
        """Beams before the first word; all but the first of a passage are ruled out."""
        memory, ids, choice, control = asked
        passages = len(ids)
        scores = torch.full((passages, beams), _NEVER)
        scores[:, 0] = 0
        nothing = torch.zeros(passages, beams, ids.shape[1])
        return cls(
            list(range(passages)),
            [[Hypothesis() for _ in range(beams)] for _ in range(passages)],
            memory,
            network.source_keys(memory),
            ids,
            choice,
            control,
            scores,
            torch.full((passages, beams), START),
            Reading(nothing, nothing, nothing),
            nothing.bool(),
        )

    def keep(self, rows: list[int]) -> None:
        """Go on with these rows only."""
        index = torch.tensor(rows)
        beams = self.scores.shape[1]
        flat = (index[:, None] * beams + torch.arange(beams)).flatten()
        self.numbers = [self.numbers[row] for row in rows]
        self.hypotheses = [self.hypotheses[row] for row in rows]
        self.memory = Memory(*(part[index] for part in self.memory))
        self.source = [(keys[index], values[index]) for keys, values in self.source]
        self.choice = self.choice._replace(allowed=self.choice.allowed[index])
        self.control = Control(*(part[index] for part in self.control))
        self.reading = Reading(*(part[index] for part in self.reading))
        self.ids, self.used = self.ids[index], self.used[index]
        self.scores, self.words = self.scores[index], self.words[index]
        self.past = [(keys[flat], values[flat]) for keys, values in self.past or ()]


@torch.inference_mode()
def search(
    network: CopyingNetwork,
    passages: Sequence[Passage],
    asked: tuple[Memory, Tensor, Choice, Control],
    vocabulary: Vocabulary,
    beams: int,
) -> list[list[Hypothesis]]:
    """Finished hypotheses of each passage, best mean first.

    `asked` are the encoded passages, their word ids (P,S), what may be generated, and the control.
    """
    rules = [Rules(passage, vocabulary) for passage in passages]
    state = Beams.start(network, asked, beams)
    finished: list[list[Hypothesis]] = [[] for _ in passages]
    for step in range(MAX_TARGET - 4):
        copied, generated = _predict(network, state, step, len(vocabulary))
        chosen = _choose(state, (copied, generated), rules, finished)
        _advance(state, chosen, copied, generated)
        state.words.masked_fill_(state.words >= len(vocabulary), UNKNOWN)
        going = zip(state.numbers, state.hypotheses, strict=True)
        rows = [row for row, (n, live) in enumerate(going) if not _is_done(finished[n], live)]
        if not rows:
            break
        if len(rows) < len(state.numbers):
            state.keep(rows)
    return [sorted(found, key=lambda h: -h.mean) for found in finished]


def _predict(network: CopyingNetwork, state: Beams, step: int, size: int) -> tuple[Tensor, Tensor]:
    """Log-probabilities of copying each position (P,K,S), probabilities to generate ids (P,K,X)."""
    position = torch.tensor([step])
    x = network.embed(state.memory, state.words, state.reading, state.control, position)
    x, state.past = network.step(state.memory, state.source, x, state.past)
    copied, written = network.predict(state.memory, x, state.reading, state.choice)
    generated = torch.zeros(*written.shape[:2], max(size, int(state.ids.max()) + 1))
    generated[..., state.choice.words] = written.exp()
    return copied.masked_fill(state.used, _NEVER), generated


def _choose(
    state: Beams,
    scores: tuple[Tensor, Tensor],
    rules: Sequence[Rules],
    finished: list[list[Hypothesis]],
) -> list[list[tuple[int, int, float]]]:
    """The next (beam, word, score) of each passage; sentences that end go to `finished`."""
    copied, generated = scores
    index = state.ids.clamp(min=0)[:, None].expand_as(copied)
    total = generated.scatter_add(2, index, copied.exp()).clamp(min=1e-30).log()
    beams, words = total.shape[1:]
    values, places = (state.scores[..., None] + total).flatten(1).topk(4 * beams, dim=1)
    chosen: list[list[tuple[int, int, float]]] = []
    for row, number in enumerate(state.numbers):
        kept: list[tuple[int, int, float]] = []
        for value, place in zip(values[row].tolist(), places[row].tolist(), strict=True):
            beam, word = divmod(place, words)
            before = state.hypotheses[row][beam]
            if value < _NEVER / 2 or not rules[number].may_follow(before.ids, word):
                continue
            if word == END:
                least = min(before.least, value - before.score)
                finished[number].append(Hypothesis(before.ids, before.positions, value, least))
            elif len(kept) < beams:
                kept.append((beam, word, value))
        chosen.append(kept + [(0, UNKNOWN, _NEVER)] * (beams - len(kept)))
    return chosen


def _advance(
    state: Beams, chosen: list[list[tuple[int, int, float]]], copied: Tensor, generated: Tensor
) -> None:
    """Make the chosen continuations the live hypotheses."""
    beams = len(chosen[0])
    parent = torch.tensor([[beam for beam, _, _ in row] for row in chosen])
    word = torch.tensor([[word for _, word, _ in row] for row in chosen])
    row = torch.arange(len(chosen))[:, None]
    flat = (row * beams + parent).flatten()
    state.scores = torch.tensor([[score for _, _, score in row] for row in chosen])
    state.past = [(keys[flat], values[flat]) for keys, values in state.past or ()]
    match = state.ids[:, None] == word[..., None]
    before = Reading(*(part[row, parent] for part in state.reading))
    state.reading = follow(before, match.float())
    pointer, place = copied[row, parent].masked_fill(~match, _NEVER).max(-1)
    place = torch.where(pointer.exp() > generated[row, parent, word], place, -1)
    state.used = state.used[row, parent] | (torch.arange(match.shape[2]) == place[..., None])
    places = place.tolist()
    state.hypotheses = [
        [
            Hypothesis(
                (*old[beam].ids, w),
                (*old[beam].positions, places[n][k]),
                score,
                min(old[beam].least, score - old[beam].score),
            )
            for k, (beam, w, score) in enumerate(kept)
        ]
        for n, (old, kept) in enumerate(zip(state.hypotheses, chosen, strict=True))
    ]
    state.words = word


def _is_done(found: list[Hypothesis], live: list[Hypothesis]) -> bool:
    """Whether no live hypothesis is likely to beat the finished ones."""
    hope = max(h.score / (len(h.ids) + 1) for h in live)
    if not found or hope < _NEVER / 100:
        return hope < _NEVER / 100
    means = sorted((h.mean for h in found), reverse=True)
    return hope < means[: len(live) // 2][-1]
