"""What the layers of a transformer do to float32 arrays, in plain NumPy.

Weights are held as (in, out), so that a product reads them row by row.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "NEVER",
    "Array",
    "Linear",
    "Norm",
    "Numbers",
    "attend",
    "attend_apart",
    "gelu",
    "log_softmax",
    "spans_of",
    "standardized",
]

Array = NDArray[np.float32]
Numbers = NDArray[np.int64]
NEVER = np.float32(-1e9)
"""A log-probability that none is below: of what cannot be."""

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


def spans_of(counts: Iterable[int]) -> list[slice]:
    """Where the rows of each text stand, when texts of so many rows stand one below the other."""
    ends = list(accumulate(counts, initial=0))
    return [slice(start, end) for start, end in pairwise(ends)]


def attend(query: Array, kept: Array) -> Array:
    """Attention (N, heads·D) from scaled queries (heads, N, D).

    `kept` are the keys and values (2, heads, M, D) of what is attended to.
    """
    scores = _softmax(query @ kept[0].swapaxes(-1, -2))
    mixed: Array = (scores @ kept[1]).swapaxes(0, 1)
    return mixed.reshape(query.shape[1], -1)


def attend_apart(
    query: Array, kept: Sequence[Array], spans: Sequence[slice], bias: Array | None = None
) -> Array:
    """Attention (N, heads·D) from scaled queries (N, heads·D) of several texts, each to its own.

    `kept` are the keys and values (2, heads, M, D) for the rows at each of the spans; M may differ.
    `bias` (N, most M) is added to the scores: 0 where attention is allowed.
    """
    heads = kept[0].shape[1]
    asked = query.reshape(len(query), heads, -1).swapaxes(0, 1)
    scores = np.full((heads, len(query), max(part.shape[2] for part in kept)), NEVER)
    for span, part in zip(spans, kept, strict=True):
        np.matmul(asked[:, span], part[0].swapaxes(1, 2), out=scores[:, span, : part.shape[2]])
    if bias is not None:
        scores += bias
    _softmax(scores)
    mixed = np.empty((len(query), heads, asked.shape[2]), np.float32)
    for span, part in zip(spans, kept, strict=True):
        np.matmul(scores[:, span, : part.shape[2]], part[1], out=mixed.swapaxes(0, 1)[:, span])
    return mixed.reshape(len(query), -1)


def _softmax(x: Array) -> Array:
    """Shares of exp(x) along the last axis, written into x."""
    x -= x.max(-1, keepdims=True)
    np.exp(x, out=x)
    x /= x.sum(-1, keepdims=True)
    return x


def log_softmax(x: Array) -> Array:
    """Logarithms of the shares of exp(x) along the last axis."""
    found: Array = x - x.max(-1, keepdims=True)
    found -= np.log(np.exp(found).sum(-1, keepdims=True))
    return found
