"""What the layers of a transformer do to float32 arrays, in plain NumPy.

Weights are held as (in, out), so that a product reads them row by row.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Array",
    "Linear",
    "Norm",
    "Numbers",
    "Rows",
    "attend",
    "gelu",
    "log_softmax",
    "standardized",
]

Array = NDArray[np.float32]
Numbers = NDArray[np.int64]

# 1 - Φ(x) for x >= 0 after Abramowitz and Stegun 7.1.26: a polynomial of 1 / (1 + rate·x), times
# exp(-x²/2). Off by 7.5e-8 at most, which is the precision of a float32 near 1.
_RATE = 0.3275911 / 2**0.5
_TAIL = tuple(c / 2 for c in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592))
# Values worked on at a time, so that they stay in the cache of a core.
_BLOCK = 32_768


class Linear(NamedTuple):
    """x @ weight + bias, with a weight (in, out)."""

    weight: Array
    bias: Array

    @classmethod
    def read(cls, weights: Mapping[str, Any], *names: str) -> "Linear":
        """The layer of a name, stored as (out, in); several names are one layer side by side."""
        weight = np.concatenate([weights[f"{name}.weight"] for name in names])
        bias = np.concatenate([weights[f"{name}.bias"] for name in names])
        return cls(np.ascontiguousarray(weight.T, np.float32), bias.astype(np.float32))

    def __call__(self, x: Array) -> Array:
        """(..., in) to (..., out)."""
        found = x.reshape(-1, x.shape[-1]) @ self.weight
        found += self.bias
        return found.reshape(*x.shape[:-1], -1)

    def scaled(self, columns: int, factor: float) -> "Linear":
        """The layer with its first columns multiplied by a factor."""
        scale = np.ones(len(self.bias), np.float32)
        scale[:columns] = factor
        return Linear(self.weight * scale, self.bias * scale)


class Norm(NamedTuple):
    """Layer normalisation of the last axis."""

    weight: Array
    bias: Array
    epsilon: float

    @classmethod
    def read(cls, weights: Mapping[str, Any], name: str, epsilon: float) -> "Norm":
        """The normalisation of a name."""
        weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
        return cls(weight.astype(np.float32), bias.astype(np.float32), epsilon)

    def __call__(self, x: Array) -> Array:
        """The values x with mean `bias` and standard deviation `weight`."""
        found = standardized(x, self.epsilon)
        found *= self.weight
        found += self.bias
        return found

    def into(self, layer: Linear) -> Linear:
        """What does to standardised values what the layer does to normalised ones."""
        return Linear(self.weight[:, None] * layer.weight, self.bias @ layer.weight + layer.bias)


class Rows(NamedTuple):
    """Which of some texts each row is of, and which of the text's rows it is.

    What works on single rows does not pay for padding so; what works on texts spreads the rows.
    `shape` is how many texts there are, and the most rows of one.
    """

    text: Numbers
    place: Numbers
    shape: tuple[int, int]

    @classmethod
    def where(cls, real: NDArray[np.bool_]) -> "Rows":
        """The rows that are true in an array of texts and places."""
        text, place = np.nonzero(real)
        return cls(text, place, (real.shape[0], real.shape[1]))

    @classmethod
    def of(cls, text: Numbers, texts: int) -> "Rows":
        """Rows of the given texts, in ascending order."""
        place = np.arange(len(text)) - np.searchsorted(text, text)
        return cls(text, place, (texts, int(place.max()) + 1))

    def spread(self, x: Array) -> Array:
        """Rows (R,D) as padded texts (B,N,D), with zeros as padding."""
        found = np.zeros((*self.shape, x.shape[-1]), x.dtype)
        found[self.text, self.place] = x
        return found

    def gather(self, x: Array) -> Array:
        """The rows (R,D) of padded texts (B,N,D)."""
        return x[self.text, self.place]


def standardized(x: Array, epsilon: float) -> Array:
    """The values x less their mean over the last axis, over its standard deviation there."""
    width = x.shape[-1]
    flat = x.reshape(-1, width)
    mean = np.full((width, 1), 1 / width, np.float32)
    found = flat - flat @ mean
    found /= np.sqrt((found * found) @ mean + np.float32(epsilon))
    return found.reshape(x.shape)


def gelu(x: Array) -> Array:
    """x·Φ(x) for each value, written into the contiguous array x."""
    values = x.reshape(-1)
    for start in range(0, len(values), _BLOCK):
        part = values[start : start + _BLOCK]
        size = np.abs(part)
        near = size * np.float32(_RATE)
        near += 1
        np.reciprocal(near, out=near)
        tail = near * np.float32(_TAIL[0])
        for coefficient in _TAIL[1:]:
            tail += np.float32(coefficient)
            tail *= near
        tail *= size
        np.square(size, out=size)
        size *= np.float32(-0.5)
        tail *= np.exp(size, out=size)
        np.maximum(part, 0, out=part)
        part -= tail
    return x


def attend(query: Array, kept: Array, bias: Array | None = None) -> Array:
    """Attention (..., N, heads·D) from scaled queries (..., heads, N, D).

    `kept` are the keys and values (2, ..., heads, M, D) of what is attended to.
    `bias` (..., 1 or heads, N, M) is added to the scores: 0 where attention is allowed.
    """
    scores = query @ kept[0].swapaxes(-1, -2)
    if bias is not None:
        scores += bias
    scores -= scores.max(-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(-1, keepdims=True)
    mixed: Array = (scores @ kept[1]).swapaxes(-3, -2)
    return mixed.reshape(*mixed.shape[:-2], -1)


def log_softmax(x: Array) -> Array:
    """Logarithms of the shares of exp(x) along the last axis."""
    found: Array = x - x.max(-1, keepdims=True)
    found -= np.log(np.exp(found).sum(-1, keepdims=True))
    return found
