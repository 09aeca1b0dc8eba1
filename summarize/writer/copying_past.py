"""What the decoder keeps of the words that the live hypotheses of a search consist of.

Hypotheses of one passage have most words in common: a word's keys and values are kept once, and
each hypothesis knows the slots of its own. Slots whose word no hypothesis has are used again.

Shapes: B passages, R hypotheses of all of them, K most of one, M slots, H heads, D width.
"""

import numpy as np
from numpy.typing import NDArray

from summarize.writer.copying_layers import Array, Numbers, Rows

__all__ = ["Past"]

# Added to the score of attention to a word of another hypothesis.
_FOREIGN = np.float32(-1e4)
_SLOTS = 48


class Past:
    """Keys and values of words, for each decoder layer, of hypotheses that begin without any.

    `bias` (B,1,K,M) is 0 at the slots of a hypothesis's words, very low at others.
    """

    def __init__(self, layers: int, heads: int, hypotheses: int) -> None:
        self._heads = heads
        self._own: NDArray[np.bool_] = np.zeros((hypotheses, 0), np.bool_)
        self._kept: list[Array | None] = [None] * layers
        self._text = self._slot = np.zeros(0, np.int64)
        self.bias = np.zeros((0, 1, 0, 0), np.float32)

    def grow(self, rows: Rows) -> None:
        """Take a slot for the next word of each hypothesis."""
        count, most = len(self._own), rows.shape[1]
        own = np.concatenate([self._own, np.zeros((count, most), np.bool_)], -1)
        free = np.argsort(rows.spread(own).any(1), 1, kind="stable")
        self._text, self._slot = rows.text, free[rows.text, rows.place]
        own[np.arange(count), self._slot] = True
        self._own = own[:, : 1 + own.any(0).nonzero()[0].max()]
        self.bias = rows.spread(np.where(self._own, np.float32(0), _FOREIGN))[:, None]

    def extend(self, layer: int, new: Array) -> Array:
        """All keys and values (2,B,H,M,D/H) of a layer, with the new ones (R,2D)."""
        kept, (passages, _, _, slots) = self._kept[layer], self.bias.shape
        split = new.reshape(len(new), 2, self._heads, -1)
        if kept is None or kept.shape[3] < slots:
            # Slots of other passages may be read before they are written: they have to be numbers.
            more = np.zeros((passages, 2, self._heads, _SLOTS, split.shape[-1]), np.float32)
            kept = more if kept is None else np.concatenate([kept, more], 3)
            self._kept[layer] = kept
        kept[self._text, :, :, self._slot] = split
        return kept[..., :slots, :].swapaxes(0, 1)

    def follow(self, parents: Numbers) -> None:
        """Go on with hypotheses that begin as the given ones (R,) do."""
        self._own = self._own[parents]

    def keep(self, count: int, holes: list[int], last: list[int]) -> None:
        """Go on with so many passages, the `last` ones in the places of those at the holes."""
        slots = self._own.shape[1]
        for number, kept in enumerate(self._kept):
            if kept is not None:
                kept[holes, ..., :slots, :] = kept[last, ..., :slots, :]
                self._kept[number] = kept[:count]
