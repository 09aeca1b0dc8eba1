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
from itertools import chain, groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from summarize.writer.copying_layers import Array, Linear, Numbers, spans_of
from summarize.writer.copying_layout import END, MAX_TARGET, START, UNKNOWN
from summarize.writer.copying_network import Choice, Control, CopyingNetwork, Memory, Sources
from summarize.writer.copying_past import Past
from summarize.writer.copying_reading import Reading, follow
from summarize.writer.copying_rules import Rules

__all__ = ["Bounds", "Hypothesis", "search"]

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


Finished = list[list[list[Hypothesis]]]
"""What has been finished, for each passage and each control."""


class Bounds(NamedTuple):
    """What a search looks for: with so many beams, no word less likely (natural log) than `least`.

    A hypothesis with such a word is dropped when it is made, and gives way to others. So is one
    whose mean would not reach the middle of the beams if it could end at once.
    """

    beams: int
    least: float

    def bar(self, found: Sequence[Hypothesis]) -> float:
        """The mean that a hypothesis has to reach beside those that are finished."""
        means = sorted((h.mean for h in found), reverse=True)
        wanted = max(1, self.beams // 2)
        return means[wanted - 1] if len(means) >= wanted else -math.inf


class Offers(NamedTuple):
    """Continuations of hypotheses: whose each is, with which candidate, and their total score."""

    parents: Numbers
    candidates: Numbers
    scores: Array

    def take(self, places: Sequence[int] | Numbers) -> "Offers":
        """The offers at these places."""
        return Offers(self.parents[places], self.candidates[places], self.scores[places])


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

    def sources(self) -> Sources:
        """The passages, and where the hypotheses of each stand."""
        return Sources(self.memory, spans_of(np.bincount(self.text).tolist()))

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
    bounds: Bounds,
) -> list[list[Hypothesis]]:
    """Finished hypotheses of each passage, best mean first.

    `rules` are those of each passage. `told` are the encoded passages, their word ids (B,S), and
    what may be generated. Each of the `controls` is asked of every passage.
    """
    state = Beams.start(network, told, len(controls.kind))
    finished: Finished = [[[] for _ in controls.kind] for _ in rules]
    for step in range(_MOST):
        copied, generated = _predict(network, state, controls, step)
        chosen = _choose(state, _offers(state, copied, generated, bounds), rules, finished, bounds)
        if not len(chosen.parents):
            break
        _advance(state, chosen, copied, generated, network.layout.vocabulary)
    return [sorted(chain(*found), key=lambda h: -h.mean) for found in finished]


def _predict(
    network: CopyingNetwork, state: Beams, controls: Control, step: int
) -> tuple[Array, Array]:
    """Probabilities of copying each position (R,S) and of generating each candidate (R,C)."""
    sources, reading = state.sources(), state.reading
    state.past.grow(sources.spans)
    control = Control(*(part[state.asked] for part in controls))
    x = network.embed(sources, state.words, reading, control, np.array([step]))
    x = network.decode(sources, x, state.past)
    own = state.own[state.text]
    copied, written = network.predict(sources, x, reading, state.heads, own)
    generated = np.zeros((len(x), state.ids.shape[1]), np.float32)
    generated[:, : written.shape[1]] = np.exp(written)
    return np.exp(copied) * ~state.used, generated


def _offers(state: Beams, copied: Array, generated: Array, bounds: Bounds) -> Offers:
    """What may come next: for each passage and control the likeliest first."""
    likely = _summed(copied, state.held[state.text], generated)
    parents, candidates = np.nonzero(likely >= math.exp(bounds.least))
    scores = np.log(likely[parents, candidates]) + state.scores[parents]
    order = np.lexsort((-scores, state.asked[parents], state.text[parents]))
    return Offers(parents, candidates, scores).take(order)


def _choose(
    state: Beams, offers: Offers, rules: Sequence[Rules], finished: Finished, bounds: Bounds
) -> Offers:
    """The offers that each passage goes on with; sentences that end go to `finished`."""
    text, asked = state.text[offers.parents], state.asked[offers.parents]
    words = state.ids[text, offers.candidates]
    told = zip(text.tolist(), asked.tolist(), strict=True)
    offered = zip(
        told, offers.parents.tolist(), words.tolist(), offers.scores.tolist(), strict=True
    )
    chosen: list[int] = []
    for (row, control), group in groupby(enumerate(offered), lambda offer: offer[1][0]):
        number = state.numbers[row]
        found = finished[number][control]
        bar, kept = bounds.bar(found), 0
        for place, (_, parent, word, score) in group:
            before = state.hypotheses[parent]
            hopeless = kept == bounds.beams or score / (len(before.ids) + 2) < bar
            if (word != END and hopeless) or not rules[number].may_follow(before.ids, word):
                continue
            if word == END:
                found.append(Hypothesis(before.ids, before.positions, score))
            else:
                chosen.append(place)
                kept += 1
    return offers.take(chosen)


def _summed(copied: Array, held: Numbers, generated: Array) -> Array:
    """The probability of each candidate (R,C), copied from any position or generated."""
    # Padding, with nothing to copy, counts for the first candidate.
    place = np.arange(len(held))[:, None] * generated.shape[1] + np.maximum(held, 0)
    found = np.bincount(place.ravel(), copied.ravel(), generated.size)
    return generated + found.astype(np.float32).reshape(generated.shape)


def _advance(state: Beams, chosen: Offers, copied: Array, generated: Array, size: int) -> None:
    """Make the chosen continuations the live hypotheses, and drop passages without any."""
    parents, candidates, scores = chosen
    going, text = np.unique(state.text[parents], return_inverse=True)
    if len(going) < len(state.numbers):
        state.keep(going)
    state.text, state.asked, state.scores = text, state.asked[parents], scores
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
