"""Where the words written so far stand in the source, without guessing at one alignment.

Computed from the words alone, in training for all steps of a target beforehand, in writing step by
step, so that the network sees the same in both.
"""

from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 (its usual name)

__all__ = ["Reading", "follow"]


class Reading(NamedTuple):
    """What the words so far say about the source, each (B,T,S) from 0 to 1.

    `last`: where the last word stands, 0 if it was generated. `place`: where the last copied word
    stands. `said`: how far each source word has been used.
    """

    last: Tensor
    place: Tensor
    said: Tensor


def follow(reading: Reading, match: Tensor) -> Reading:
    """The reading after one more word; `match` is 1.0 at the source positions that hold it.

    Of several positions, the one right after the last copied word counts most, used ones least.
    """
    onward = F.pad(reading.place, (1, 0))[..., :-1]
    weight = match * (onward + 0.1 * (1 - reading.said) + 0.01)
    total = weight.sum(-1, keepdim=True)
    last = weight / total.clamp(min=1e-9)
    place = torch.where(total > 0, last, reading.place)
    return Reading(last, place, (reading.said + last).clamp(max=1))
