"""How likely the copying network finds given sentences: all words at once, no search."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from summarize.writer.copying_layers import NEVER, Array, Numbers, spans_of
from summarize.writer.copying_layout import START, UNKNOWN
from summarize.writer.copying_network import Choice, Control, CopyingNetwork, Memory, Sources
from summarize.writer.copying_reading import Reading, readings

__all__ = ["Targets", "log_likelihoods", "read_targets"]


class Targets(NamedTuple):
    """Sentences of T words at most, as the network is asked for them.

    `before` (B,T) is the vocabulary index of the word before each, `reading` what the words before
    say about the source, `real` (B,T) true at words, `match` (B,T,S) true at the source positions
    that hold the word, and `written` (B,T) its place in what the passage may have generated, -1 if
    it is not there.
    """

    before: Numbers
    reading: Reading
    real: NDArray[np.bool_]
    match: NDArray[np.bool_]
    written: Numbers


def read_targets(
    targets: Sequence[Sequence[int]], ids: Numbers, choice: Choice, vocabulary: int
) -> Targets:
    """Targets as word ids with the end, for the ids of the source words (B,S), one a passage."""
    target = np.full((len(targets), max(map(len, targets))), -2)
    for row, found in enumerate(targets):
        target[row, : len(found)] = found
    known = (target >= 0) & (target < vocabulary)
    before = np.full_like(target, START)
    before[:, 1:] = np.where(known, target, UNKNOWN)[:, :-1]
    match = ids[:, None] == target[..., None]
    held = choice.ids[:, None] == target[..., None]
    written = np.where(held.any(-1), held.argmax(-1), -1)
    return Targets(before, readings(ids, target), target >= 0, match, written)


def log_likelihoods(
    network: CopyingNetwork, asked: tuple[Sequence[Memory], Choice, Control], targets: Targets
) -> Array:
    """Natural log-probability (B,T) of each word of the targets, one a passage; 0 at padding."""
    memory, choice, control = asked
    real = targets.real
    text, position = np.nonzero(real)
    sources = Sources(memory, spans_of(real.sum(1).tolist()))
    before, match, place = targets.before[real], targets.match[real], targets.written[real]
    reading = Reading(*(part[real] for part in targets.reading))
    told = Control(*(part[text] for part in control))
    x = network.embed(sources, before, reading, told, position)
    states = network.decode(sources, x)
    heads = network.heads(choice.words)
    copied, written = network.predict(sources, states, reading, heads, choice.own[text])
    pointed = np.logaddexp.reduce(np.where(match, copied, NEVER), -1)
    generated = np.take_along_axis(written, np.maximum(place, 0)[:, None], -1)[:, 0]
    found = np.zeros(real.shape, np.float32)
    found[real] = np.logaddexp(pointed, np.where(place >= 0, generated, NEVER))
    return found
