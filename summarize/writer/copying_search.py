"""Beam search for the copying network, all passages of a batch at once.

Keys and values of the words so far are kept, so a step costs the same at every position. Passages
do not influence each other. No source position is copied twice; what else a sentence may not do
is in `copying_rules`.

Shapes as in `copying_network`, and R live hypotheses of all passages, C candidates: the words that
may be generated, then the other words of the passage.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarize.writer.copying_layers import Array, Linear, Numbers, spans_of
from summarize.writer.copying_layout import END, MAX_TARGET, START, UNKNOWN
from summarize.writer.copying_network import Choice, Control, CopyingNetwork, Memory
from summarize.writer.copying_past import Past
from summarize.writer.copying_reading import Reading, follow
from summarize.writer.copying_rules import Rules

__all__ = ["Hypothesis", "search"]

_MOST = MAX_TARGET - 4


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Word ids so far, and the source position each was copied from (-1: generated).

    `score` is the total log-probability.
    """

    ids: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    score: float = 0.0

    @property
    def mean(self) -> float:
        """Mean log-probability per word, the end counted as one."""
        return self.score / (len(self.ids) + 1)


@dataclass(slots=True)
class Beams:
    """The passages that are still being written, their live hypotheses, and the arrays of both.

    `ids` (B,C) are the candidates' word ids (-1: no candidate), `held` (B,S) the candidate at each
    source position (-1: padding). The hypotheses stand in the order of their passages, whose row
    is `text` (R,), and of which control was `asked` (R,). `used` (R,S) is true at source positions
    that were copied.
    """

    numbers: list[int]
    memory: list[Memory]
    heads: Linear
    own: Numbers
    ids: Numbers
    held: Numbers
    past: Past
    hypotheses: list[Hypothesis]
    text: Numbers
    asked: Numbers
    scores: Array
    words: Numbers
    reading: Reading
    used: NDArray[np.bool_]

    @classmethod
    def start(
        cls, network: CopyingNetwork, told: tuple[list[Memory], Numbers, Choice], controls: int
    ) -> "Beams":
        """Beams before the first word: a hypothesis for each passage and control."""
        memory, source, choice = told
        passages, length = source.shape
        count, layout = passages * controls, network.layout
        nothing = np.zeros((count, length), np.float32)
        return cls(
            list(range(passages)),
            memory,
            network.heads(choice.words),
            choice.own,
            *_candidates(source, choice.ids),
            Past(layout.decoder_layers, layout.heads, passages, count),
            [Hypothesis()] * count,
            np.repeat(np.arange(passages), controls),
            np.tile(np.arange(controls), passages),
            np.zeros(count, np.float32),
            np.full(count, START),
            Reading(nothing, nothing, nothing),
            nothing > 0,
        )

    def spans(self) -> list[slice]:
        """Where the hypotheses of each passage stand."""
        return spans_of(np.bincount(self.text).tolist())

    def keep(self, going: Numbers) -> None:
        """Go on with the passages of these rows only."""
        rows = going.tolist()
        self.numbers = [self.numbers[row] for row in rows]
        self.memory = [self.memory[row] for row in rows]
        self.own, self.ids, self.held = self.own[going], self.ids[going], self.held[going]
        self.past.keep(rows)


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
    told: tuple[list[Memory], Numbers, Choice],
    controls: Control,
    beams: int,
    least: float,
) -> list[list[Hypothesis]]:
    """Finished hypotheses of each passage, best mean first; no word is less likely than `least`.

    `rules` are those of each passage. `told` are the encoded passages, their word ids (B,S), and
    what may be generated: their arrays are used up. Every one of the `controls` is asked of every
    passage, for so many `beams`.
    """
    asked = len(controls.kind)
    state = Beams.start(network, told, asked)
    finished: list[list[list[Hypothesis]]] = [[[] for _ in range(asked)] for _ in rules]
    for step in range(_MOST):
        copied, generated = _predict(network, state, controls, step)
        parents, candidates, scores = _choose(state, copied, generated, rules, finished, beams, least)
        if not len(parents):
            break
        going, text = np.unique(state.text[parents], return_inverse=True)
        if len(going) < len(state.numbers):
            state.keep(going)
        _advance(state, text, parents, candidates, scores, copied, generated, network.layout.vocabulary)
    return [
        sorted((h for found in each for h in found), key=lambda h: -h.mean) for each in finished
    ]


def _predict(network, state, controls, step) -> tuple[Array, Array]:
    """Probabilities of copying each position (R,S) and of generating each candidate (R,C)."""
    spans = state.spans()
    state.past.grow(spans)
    control = Control(*(part[state.asked] for part in controls))
    position = np.array([step])
    x = network.embed(state.memory, spans, state.words, state.reading, control, position)
    x = network.decode(state.memory, spans, x, state.past)
    copied, written = network.predict(state.memory, spans, x, state.reading, state.heads, state.own[state.text])
    generated = np.zeros((len(x), state.ids.shape[1]), np.float32)
    generated[:, : written.shape[1]] = np.exp(written)
    return np.exp(copied) * ~state.used, generated


def _choose(state, copied, generated, rules, finished, beams, least):
    """How each passage goes on; sentences that end go to `finished`."""
    likely = _summed(copied, state.held[state.text], generated)
    row, candidate = np.nonzero(likely >= math.exp(least))
    text, asked = state.text[row], state.asked[row]
    values = np.log(likely[row, candidate]) + state.scores[row]
    words = state.ids[text, candidate]
    order = np.lexsort((-values, asked, text))
    chosen = []
    group, count, bar = (-1, -1), 0, 0.0
    for n, p, a, r, c, w, value in zip(order.tolist(), *(x[order].tolist() for x in (text, asked, row, candidate, words, values)), strict=True):
        number = state.numbers[p]
        found = finished[number][a]
        if (p, a) != group:
            group, count, bar = (p, a), 0, _bar(found, beams)
        before = state.hypotheses[r]
        if w != END and (count == beams or value < bar * (len(before.ids) + 2)):
            continue
        if not rules[number].may_follow(before.ids, w):
            continue
        if w == END:
            found.append(Hypothesis(before.ids, before.positions, value))
        else:
            chosen.append(n)
            count += 1
    return row[chosen], candidate[chosen], values[chosen]


def _bar(found: list[Hypothesis], beams: int) -> float:
    means = sorted((h.mean for h in found), reverse=True)
    wanted = beams // 2
    return means[wanted - 1] if len(means) >= wanted else -math.inf


def _summed(copied: Array, held: Numbers, generated: Array) -> Array:
    """The probability of each candidate (R,C), copied from any position or generated."""
    # Padding, with nothing to copy, counts for the first candidate.
    place = np.arange(len(held))[:, None] * generated.shape[1] + np.maximum(held, 0)
    found = np.bincount(place.ravel(), copied.ravel(), generated.size)
    return generated + found.astype(np.float32).reshape(generated.shape)


def _advance(state, text, parents, candidates, scores, copied, generated, size) -> None:
    """Make the chosen continuations the live hypotheses."""
    state.text = text
    state.asked = state.asked[parents]
    state.scores = scores
    state.past.follow(parents)
    match = state.held[text] == candidates[:, None]
    before = Reading(*(part[parents] for part in state.reading))
    state.reading = follow(before, match.astype(np.float32))
    pointed = np.where(match, copied[parents], np.float32(0))
    place = pointed.argmax(-1)
    place[pointed.max(-1) <= generated[parents, candidates]] = -1
    state.used = state.used[parents] | (np.arange(match.shape[1]) == place[:, None])
    words = state.ids[text, candidates]
    state.words = np.where(words < size, words, UNKNOWN)
    old = [state.hypotheses[parent] for parent in parents.tolist()]
    new = zip(old, words.tolist(), place.tolist(), scores.tolist(), strict=True)
    state.hypotheses = [
        Hypothesis((*h.ids, word), (*h.positions, at), score) for h, word, at, score in new
    ]
