"""What the decoder keeps of the words that the live hypotheses of a search consist of.

Hypotheses of one passage have most words in common: a word's keys and values are kept once, and
each hypothesis knows the slots of its own. Slots whose word no hypothesis has are used again.

Shapes: B passages, K hypotheses of each, M slots, H heads, D width.
"""

import numpy as np

from summarize.writer.copying_layers import Array, Numbers

__all__ = ["Past"]

# Added to the score of attention to a word of another hypothesis.
_FOREIGN = np.float32(-1e4)
_SLOTS = 48


class Past:
    """Keys and values of words, for each decoder layer.

    `bias` (B,1,K,M) is 0 at the slots of a hypothesis's words, very low at others.
    """

    def __init__(self, layers: int, passages: int, hypotheses: int) -> None:
        self.bias = np.zeros((passages, 1, hypotheses, 0), np.float32)
        self._slots: Numbers = np.zeros((passages, hypotheses), np.int64)
        self._kept: list[Array | None] = [None] * layers

    def grow(self) -> None:
        """Take a slot for the next word of each hypothesis."""
        passages, _, hypotheses, _ = self.bias.shape
        room = np.full((passages, 1, hypotheses, hypotheses), _FOREIGN)
        bias = np.concatenate([self.bias, room], -1)
        taken = (bias == 0).any((1, 2))
        self._slots = np.argsort(taken, 1, kind="stable")[:, :hypotheses]
        bias[np.arange(passages)[:, None], 0, np.arange(hypotheses), self._slots] = 0
        self.bias = bias[..., : 1 + max(self._slots.max(), taken.nonzero()[1].max(initial=0))]

    def extend(self, layer: int, new: Array) -> Array:
        """All keys and values (2,B,H,M,D/H) of a layer, with the new ones (2,B,H,K,D/H)."""
        kept, slots = self._kept[layer], self.bias.shape[-1]
        if kept is None or kept.shape[3] < slots:
            _, passages, heads, _, each = new.shape
            # Slots of other passages may be read before they are written: they have to be numbers.
            more = np.zeros((passages, 2, heads, _SLOTS, each), np.float32)
            kept = more if kept is None else np.concatenate([kept, more], 3)
            self._kept[layer] = kept
        kept[np.arange(len(kept))[:, None], :, :, self._slots] = new.transpose(1, 3, 0, 2, 4)
        return kept[..., :slots, :].swapaxes(0, 1)

    def follow(self, parents: Numbers) -> None:
        """Go on with hypotheses that begin as the given ones (B,K) do."""
        self.bias = self.bias[np.arange(len(parents))[:, None], 0, parents][:, None]

    def keep(self, count: int, holes: list[int], last: list[int]) -> None:
        """Go on with so many passages, the `last` ones in the places of those at the holes."""
        slots = self.bias.shape[-1]
        for number, kept in enumerate(self._kept):
            if kept is not None:
                kept[holes, ..., :slots, :] = kept[last, ..., :slots, :]
                self._kept[number] = kept[:count]
        self.bias[holes] = self.bias[last]
        self.bias = self.bias[:count]
