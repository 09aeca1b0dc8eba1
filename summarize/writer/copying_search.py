"""Beam search for the copying network, all passages of a batch at once.

Keys and values of the words so far are kept, so a step costs the same at every position. Passages
do not influence each other. No source position is copied twice; what else a sentence may not do
is in `copying_rules`.

Shapes as in `copying_network`, and K beams, C candidates: the words that may be generated, then the
other words of the passage.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from summarize.writer.copying_layers import Array, Linear, Numbers
from summarize.writer.copying_layout import END, MAX_TARGET, START, UNKNOWN
from summarize.writer.copying_network import Choice, Control, CopyingNetwork, Memory
from summarize.writer.copying_past import Past
from summarize.writer.copying_reading import Reading, follow
from summarize.writer.copying_rules import Rules

__all__ = ["Hypothesis", "search"]

T = TypeVar("T", bound=np.generic)

_NEVER = -1e8
_MOST = MAX_TARGET - 4


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


Chosen = list[list[tuple[int, int, float]]]
"""For each passage the (beam, candidate, score) to go on with; candidate -1 stands for none."""


@dataclass(slots=True)
class Beams:
    """The passages that are still being written, K live hypotheses each, and their arrays.

    `ids` (B,C) are the candidates' word ids (-1: no candidate), `held` (B,S) the candidate at each
    source position (-1: padding), `used` (B,K,S) is true at source positions that were copied.
    """

    numbers: list[int]
    hypotheses: list[list[Hypothesis]]
    memory: Memory
    control: Control
    heads: Linear
    own: Numbers
    ids: Numbers
    held: Numbers
    past: Past
    scores: Array
    words: Numbers
    reading: Reading
    used: NDArray[np.bool_]

    @classmethod
    def start(
        cls,
        network: CopyingNetwork,
        asked: tuple[Memory, Numbers, Choice, Control],
        beams: int,
    ) -> "Beams":
        """Beams before the first word; all but the first of a passage are ruled out."""
        memory, source, choice, control = asked
        passages, length = source.shape
        scores = np.full((passages, beams), _NEVER, np.float32)
        scores[:, 0] = 0
        nothing = np.zeros((passages, beams, length), np.float32)
        return cls(
            list(range(passages)),
            [[Hypothesis()] * beams for _ in range(passages)],
            memory,
            control,
            network.heads(choice.words),
            choice.own,
            *_candidates(source, choice.ids),
            Past(network.layout.decoder_layers, passages, beams),
            scores,
            np.full((passages, beams), START),
            Reading(nothing, nothing, nothing),
            nothing > 0,
        )

    def keep(self, rows: list[int]) -> None:
        """Go on with these rows only: the last of them fill the gaps of those that are left."""
        count, going = len(rows), set(rows)
        holes = [row for row in range(count) if row not in going]
        last = [row for row in rows if row >= count]

        def kept(part: NDArray[T]) -> NDArray[T]:
            part[holes] = part[last]
            return part[:count]

        numbers, hypotheses = self.numbers, self.hypotheses
        for hole, row in zip(holes, last, strict=True):
            numbers[hole], hypotheses[hole] = numbers[row], hypotheses[row]
        self.numbers, self.hypotheses = numbers[:count], hypotheses[:count]
        memory = self.memory
        source = tuple(kept(part) for part in memory.source)
        self.memory = Memory(kept(memory.keys), kept(memory.read), kept(memory.bias), source)
        self.control = Control(*map(kept, self.control))
        self.reading = Reading(*map(kept, self.reading))
        self.ids, self.own = kept(self.ids), kept(self.own)
        self.held, self.words = kept(self.held), kept(self.words)
        self.scores, self.used = kept(self.scores), kept(self.used)
        self.past.keep(count, holes, last)


def _candidates(source: Numbers, generated: Numbers) -> tuple[Numbers, Numbers]:
    """The candidates' word ids (B,C), and which candidate each source position (B,S) holds.

    The first candidates are the words that may be `generated` (B,W).
    """
    width = generated.shape[1]
    known: list[dict[int, int]] = []
    for may, held in zip(generated.tolist(), source.tolist(), strict=True):
        place = {word: n for n, word in enumerate(may) if word >= 0}
        others = dict.fromkeys(word for word in held if word >= 0 and word not in place)
        known.append(place | {word: width + n for n, word in enumerate(others)})
    ids = np.full((len(source), 1 + max(max(place.values()) for place in known)), -1)
    for row, place in zip(ids, known, strict=True):
        row[list(place.values())] = list(place)
    rows = zip(source.tolist(), known, strict=True)
    return ids, np.array([[place.get(word, -1) for word in held] for held, place in rows])


def search(
    network: CopyingNetwork,
    rules: Sequence[Rules],
    asked: tuple[Memory, Numbers, Choice, Control],
    beams: int,
    least: float,
) -> list[list[Hypothesis]]:
    """Finished hypotheses of each passage, best mean first; no word is less likely than `least`.

    `rules` are those of each passage. `asked` are the encoded passages, their word ids (B,S), what
    may be generated, and the control: its arrays are used up.
    """
    state = Beams.start(network, asked, beams)
    finished: list[list[Hypothesis]] = [[] for _ in rules]
    for step in range(_MOST):
        copied, generated = _predict(network, state, step)
        chosen = _choose(state, copied, generated, rules, finished)
        _advance(state, chosen, copied, generated, network.layout.vocabulary)
        going = zip(state.numbers, state.hypotheses, strict=True)
        rows = [
            row for row, (n, live) in enumerate(going) if not _is_done(finished[n], live, least)
        ]
        if not rows:
            break
        if len(rows) < len(state.numbers):
            state.keep(rows)
    wanted = ([h for h in found if h.least >= least] for found in finished)
    return [sorted(found, key=lambda h: -h.mean) for found in wanted]


def _predict(network: CopyingNetwork, state: Beams, step: int) -> tuple[Array, Array]:
    """Probabilities of copying each position (B,K,S) and of generating each candidate (B,K,C)."""
    passages, beams = state.words.shape
    state.past.grow()
    position = np.array([step])
    x = network.embed(state.memory, state.words, state.reading, state.control, position)
    x = network.decode(state.memory, x, state.past)
    copied, written = network.predict(state.memory, x, state.reading, state.heads, state.own)
    generated = np.zeros((passages, beams, state.ids.shape[1]), np.float32)
    generated[..., : written.shape[2]] = np.exp(written)
    return np.exp(copied) * ~state.used, generated


def _choose(
    state: Beams,
    copied: Array,
    generated: Array,
    rules: Sequence[Rules],
    finished: list[list[Hypothesis]],
) -> Chosen:
    """How each passage goes on; sentences that end go to `finished`."""
    passages, beams, count = generated.shape
    with np.errstate(divide="ignore"):
        total = np.log(_summed(copied, state.held, generated)) + state.scores[..., None]
    flat = total.reshape(passages, -1)
    places = np.sort(np.argpartition(flat, -4 * beams, 1)[:, -4 * beams :], 1)
    values = np.take_along_axis(flat, places, 1)
    order = np.argsort(-values, 1, kind="stable")
    places, values = np.take_along_axis(places, order, 1), np.take_along_axis(values, order, 1)
    words = np.take_along_axis(state.ids, places % count, 1)
    chosen: Chosen = []
    for row, number in enumerate(state.numbers):
        kept: list[tuple[int, int, float]] = []
        offered = zip(values[row].tolist(), places[row].tolist(), words[row].tolist(), strict=True)
        for value, place, word in offered:
            beam, candidate = divmod(place, count)
            before = state.hypotheses[row][beam]
            full = len(kept) == beams and word != END
            if value < _NEVER / 2 or full or not rules[number].may_follow(before.ids, word):
                continue
            if word == END:
                least = min(before.least, value - before.score)
                finished[number].append(Hypothesis(before.ids, before.positions, value, least))
            else:
                kept.append((beam, candidate, value))
        chosen.append(kept + [(0, -1, _NEVER)] * (beams - len(kept)))
    return chosen


def _summed(copied: Array, held: Numbers, generated: Array) -> Array:
    """The probability of each candidate (B,K,C), copied from any position or generated."""
    passages, beams, count = generated.shape
    row = np.arange(passages * beams).reshape(passages, beams, 1) * count
    # Padding, with nothing to copy, counts for the first candidate.
    place = row + np.maximum(held, 0)[:, None]
    found = np.bincount(place.ravel(), copied.ravel(), generated.size)
    return generated + found.astype(np.float32).reshape(generated.shape)


def _advance(state: Beams, chosen: Chosen, copied: Array, generated: Array, size: int) -> None:
    """Make the chosen continuations the live hypotheses."""
    parent = np.array([[beam for beam, _, _ in row] for row in chosen])
    candidate = np.array([[candidate for _, candidate, _ in row] for row in chosen])
    row = np.arange(len(chosen))[:, None]
    state.scores = np.array([[score for _, _, score in row] for row in chosen], np.float32)
    state.past.follow(parent)
    match = state.held[:, None] == np.where(candidate < 0, -2, candidate)[..., None]
    before = Reading(*(part[row, parent] for part in state.reading))
    state.reading = follow(before, match.astype(np.float32))
    pointed = np.where(match, copied[row, parent], np.float32(0))
    place = pointed.argmax(-1)
    place[pointed.max(-1) <= generated[row, parent, candidate]] = -1
    state.used = state.used[row, parent] | (np.arange(match.shape[2]) == place[..., None])
    words = np.where(candidate < 0, UNKNOWN, state.ids[row, candidate])
    state.words = np.where(words < size, words, UNKNOWN)
    state.hypotheses = [
        [
            Hypothesis(
                (*old[beam].ids, word),
                (*old[beam].positions, position),
                score,
                min(old[beam].least, score - old[beam].score),
            )
            for (beam, _, score), word, position in zip(kept, told, at, strict=True)
        ]
        for old, kept, told, at in zip(
            state.hypotheses, chosen, words.tolist(), place.tolist(), strict=True
        )
    ]


def _is_done(found: list[Hypothesis], live: list[Hypothesis], least: float) -> bool:
    """Whether no live hypothesis is wanted, or likely to beat the finished ones."""
    if all(h.least < least for h in live):
        return True
    hope = max(h.score / (len(h.ids) + 1) for h in live)
    if not found or hope < _NEVER / 100:
        return hope < _NEVER / 100
    means = sorted((h.mean for h in found), reverse=True)
    return hope < means[: len(live) // 2][-1]
