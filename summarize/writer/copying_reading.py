"""Where the words written so far stand in the source, without guessing at one alignment.

Computed from the words alone, in training for all steps of a target beforehand, in writing step by
step, so that the network sees the same in both.
"""

from typing import NamedTuple

import numpy as np

from summarize.writer.copying_layers import Array, Numbers

__all__ = ["Reading", "follow", "onward", "readings"]


class Reading(NamedTuple):
    """What the words so far say about the source, each (B,N,S) from 0 to 1.

    `last`: where the last word stands, 0 if it was generated. `place`: where the last copied word
    stands. `said`: how far each source word has been used.
    """

    last: Array
    place: Array
    said: Array


def onward(place: Array) -> Array:
    """The places right after the given ones (..., S)."""
    after = np.zeros_like(place)
    after[..., 1:] = place[..., :-1]
    return after


def follow(reading: Reading, match: Array) -> Reading:
    """The reading after one more word; `match` is 1.0 at the source positions that hold it.

    Of several positions, the one right after the last copied word counts most, used ones least.
    """
    weight = match * (
        onward(reading.place) + np.float32(0.1) * (1 - reading.said) + np.float32(0.01)
    )
    total = weight.sum(-1, keepdims=True)
    last = weight / np.maximum(total, np.float32(1e-9))
    place = np.where(total > 0, last, reading.place)
    return Reading(last, place, np.minimum(reading.said + last, np.float32(1)))


def readings(ids: Numbers, target: Numbers) -> Reading:
    """The reading before each word of the targets (B,T), from the ids of the source words (B,S)."""
    match = (ids[:, None] == target[..., None]).astype(np.float32)
    start = np.zeros((len(ids), 1, ids.shape[1]), np.float32)
    found = [Reading(start, start, start)]
    for step in range(target.shape[1] - 1):
        found.append(follow(found[-1], match[:, step : step + 1]))
    return Reading(*(np.concatenate(parts, 1) for parts in zip(*found, strict=True)))
