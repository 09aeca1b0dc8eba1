"""What the decoder keeps of the words that the live hypotheses of a search consist of.

Hypotheses of one passage have most words in common: a word's keys and values are kept once, and
each hypothesis knows the slots of its own. Slots whose word no hypothesis has are used again.

Shapes: R hypotheses of all passages, M slots, H heads, D width.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from summarize.writer.copying_layers import Array, Numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Past"]

# Added to the score of attention to a word of another hypothesis.
_FOREIGN = np.float32(-1e4)
_SLOTS = 32


class Past:
    """Keys and values of words, for each passage and decoder layer.

    `bias` (R,M) is 0 at the slots of a hypothesis's words, very low at others.
    """

    def __init__(self, layers: int, heads: int, passages: int, hypotheses: int) -> None:
        self._heads = heads
        self._own: NDArray[np.bool_] = np.zeros((hypotheses, 0), np.bool_)
        self._kept: list[list[Array | None]] = [[None] * layers for _ in range(passages)]
        self._spans: Sequence[slice] = ()
        self._slots: list[Numbers] = []
        self._sizes: list[int] = []
        self.bias = np.zeros((hypotheses, 0), np.float32)

    def grow(self, spans: Sequence[slice]) -> None:
        """Take a slot for the next word of each hypothesis; `spans` are those of the passages."""
        most = max(span.stop - span.start for span in spans)
        own = np.concatenate([self._own, np.zeros((len(self._own), most), np.bool_)], -1)
        starts = [span.start for span in spans]
        taken = np.logical_or.reduceat(own, starts)
        free = np.argsort(taken, 1, kind="stable")
        self._slots = [row[: span.stop - span.start] for row, span in zip(free, spans, strict=True)]
        own[np.arange(len(own)), np.concatenate(self._slots)] = True
        last = own.shape[1] - np.logical_or.reduceat(own, starts)[:, ::-1].argmax(1)
        self._sizes, self._spans = last.tolist(), spans
        self._own = own[:, : max(self._sizes)]
        self.bias = np.where(self._own, np.float32(0), _FOREIGN)

    def extend(self, layer: int, new: Array) -> list[Array]:
        """For each passage all keys and values (2,H,M,D/H) of a layer, with new ones (R,2D)."""
        split = new.reshape(len(new), 2, self._heads, -1).transpose(1, 2, 0, 3)
        found = []
        steps = zip(self._kept, self._spans, self._slots, self._sizes, strict=True)
        for layers, span, slots, size in steps:
            kept = layers[layer]
            if kept is None or kept.shape[2] < size:
                more = np.empty((2, self._heads, _SLOTS, split.shape[3]), np.float32)
                kept = more if kept is None else np.concatenate([kept, more], 2)
                layers[layer] = kept
            kept[:, :, slots] = split[:, :, span]
            found.append(kept[:, :, :size])
        return found

    def follow(self, parents: Numbers) -> None:
        """Go on with hypotheses that begin as the given ones (R,) do."""
        self._own = self._own[parents]

    def keep(self, passages: Sequence[int]) -> None:
        """Go on with these passages only."""
        self._kept = [self._kept[passage] for passage in passages]
