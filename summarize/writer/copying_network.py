"""The copying network: a small transformer that writes by pointing at source words.

Each target word is either copied or generated. Its probability is

    gate · (sum of the pointer over all source positions that hold the word)
    + (1 - gate) · (its share among the words that may be generated)

so that no alignment has to be guessed. What the decoder knows of the words before (where it reads
in the source, what it has said) follows from the words alone: see `copying_reading`.

This is the network as it writes, in NumPy; `summarize.training.network` is the same one as it
learns. Shapes: B passages, S source words, N target words (or beams of one step), M of those so
far, W words that may be generated, V vocabulary, H heads, D width.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from summarize.writer.copying_layers import (
    NEVER,
    Array,
    Linear,
    Norm,
    Numbers,
    attend_apart,
    gelu,
    log_softmax,
    spans_of,
    standardized,
)
from summarize.writer.copying_layout import MAX_PLACE, REACH, Layout
from summarize.writer.copying_past import Past
from summarize.writer.copying_reading import Reading, onward

__all__ = ["Choice", "Control", "CopyingNetwork", "Inputs", "Memory", "Sources"]

_EPSILON = 1e-5
_LATER = np.float32(-1e4)

Extend = Callable[[Array], Sequence[Array]]
Spans = Sequence[slice]


class Inputs(NamedTuple):
    """Passages to be encoded, padded to one length.

    Features (B,S,FEATURE_WIDTH); shape, sentence number and place in it (B,S); and how many `words`
    (B,) each passage has.
    """

    features: Array
    shape: Numbers
    sentence: Numbers
    place: Numbers
    words: Numbers


class Memory(NamedTuple):
    """An encoded passage, with all that is computed from it once.

    `keys` (S,D) of the pointer; `read` (2S,D), what the decoder is told of each place when it was
    read last and when it comes next; for each decoder layer in `source` the keys and values
    (2,H,S,D/H).
    """

    keys: Array
    read: Array
    source: tuple[Array, ...]


class Sources(NamedTuple):
    """Encoded passages, and where the rows of each stand among those of all."""

    memory: Sequence[Memory]
    spans: Spans


class Choice(NamedTuple):
    """What may be generated for any of some passages, and for each.

    `words` are vocabulary indices in ascending order, `own` (B,W) places in them, -1 as padding.
    """

    words: Numbers
    own: Numbers

    @property
    def ids(self) -> Numbers:
        """The vocabulary indices (B,W) for each passage, -1 as padding."""
        return np.where(self.own < 0, -1, self.words[self.own])

    def take(self, rows: Numbers) -> "Choice":
        """The choice for the passages of the given rows."""
        return Choice(self.words, self.own[rows])


class Control(NamedTuple):
    """What is asked for: indices (R,) into `KINDS` and the length classes of `LENGTHS`."""

    kind: Numbers
    length: Numbers


class _Layer:
    """Self-attention, attention to the source where `cross`, and a feed-forward part; pre-norm.

    Each norm is part of the layer that reads it.
    """

    def __init__(
        self, layout: Layout, weights: Mapping[str, Any], name: str, *, cross: bool
    ) -> None:
        self.heads, width = layout.heads, layout.width
        scale = (width // layout.heads) ** -0.5

        def read(norm: int, *names: str) -> Linear:
            part = Norm.read(weights, f"{name}.norms.{norm}", _EPSILON)
            return part.into(Linear.read(weights, *(f"{name}.{n}" for n in names)))

        self.own = read(0, "own.query", "own.key_value").scaled(width, scale)
        self.own_out = Linear.read(weights, f"{name}.own.out")
        if cross:
            self.query = read(1, "source.query").scaled(width, scale)
            self.key_value = Linear.read(weights, f"{name}.source.key_value")
            self.source_out = Linear.read(weights, f"{name}.source.out")
        self.inner = read(2 if cross else 1, "inner.0")
        self.outer = Linear.read(weights, f"{name}.inner.2")

    def split(self, x: Array) -> Array:
        """Keys and values (R,2D) as (2,H,R,D/H)."""
        # Products of a few rows with what is not contiguous take three times as long.
        return np.ascontiguousarray(x.reshape(len(x), 2, self.heads, -1).transpose(1, 2, 0, 3))

    def self_attend(
        self, x: Array, spans: Spans, bias: Array | None, extend: Extend | None = None
    ) -> Array:
        """The states (R,D) after attention among the rows of a text; `bias` is 0 where they may.

        `extend` makes for each text all keys and values that are attended to from those of x.
        """
        mine = self.own(standardized(x, _EPSILON))
        query, new = np.split(mine, [x.shape[1]], -1)
        kept = extend(new) if extend else _apart(self.split(new), spans)
        return x + self.own_out(attend_apart(query, kept, spans, bias))

    def source_attend(self, x: Array, spans: Spans, source: Sequence[Array]) -> Array:
        """The states (R,D) after attention to each source's keys and values (2,H,S,D/H)."""
        query = self.query(standardized(x, _EPSILON))
        return x + self.source_out(attend_apart(query, source, spans))

    def feed(self, x: Array) -> Array:
        """The states (R,D) after the feed-forward part."""
        return x + self.outer(gelu(self.inner(standardized(x, _EPSILON))))


def _apart(kept: Array, spans: Spans) -> list[Array]:
    return [kept[:, :, span] for span in spans]


class CopyingNetwork:
    """Encoder layers over frozen word features, decoder layers, pointer, gate and generator."""

    def __init__(self, layout: Layout, weights: Mapping[str, Any]) -> None:
        """The weights are the tensors of `layout.shapes()`."""
        self.layout = layout
        self._rows = {
            name: np.asarray(weights[f"{name}.weight"], np.float32)
            for name in ("shape", "sentence", "place", "word", "position", "kind", "length")
        }
        self._project = Linear.read(weights, "project")
        self._feature_norm = Norm.read(weights, "feature_norm", _EPSILON)
        self._encoder_norm = Norm.read(weights, "encoder_norm", _EPSILON)
        self._encoder = [
            _Layer(layout, weights, f"encoder.{n}", cross=False)
            for n in range(layout.encoder_layers)
        ]
        self._decoder = [
            _Layer(layout, weights, f"decoder.{n}", cross=True)
            for n in range(layout.decoder_layers)
        ]
        self._pointer_key = Linear.read(weights, "pointer_key")
        self._last, self._onward = (Linear.read(weights, name) for name in ("last", "onward"))
        self._rows["position"] = self._rows["position"] + self._last.bias + self._onward.bias
        self._generate = Linear.read(weights, "generate")
        self._point = Linear.read(weights, "pointer_query", "reach", "gate")
        self._decoder_norm = Norm.read(weights, "decoder_norm", _EPSILON)

    def encode(self, inputs: Inputs) -> list[Memory]:
        """The passages as the decoder reads them."""
        real = np.arange(inputs.features.shape[1]) < inputs.words[:, None]
        spans = spans_of(inputs.words.tolist())
        shape, sentence, place = (part[real] for part in inputs[1:4])
        x = (
            self._project(inputs.features[real])
            + self._rows["shape"][shape]
            + self._rows["sentence"][sentence]
        )
        x = self._feature_norm(x + self._rows["place"][np.minimum(place, MAX_PLACE - 1)])
        for layer in self._encoder:
            x = layer.feed(layer.self_attend(x, spans, None))
        states = self._encoder_norm(x)
        keys = self._pointer_key(states)
        read = [states @ part.weight for part in (self._last, self._onward)]
        source = [_apart(layer.split(layer.key_value(states)), spans) for layer in self._decoder]
        return [
            Memory(keys[span], np.concatenate([part[span] for part in read]), tuple(told))
            for span, *told in zip(spans, *source, strict=True)
        ]

    def embed(
        self,
        sources: Sources,
        words: Numbers,
        reading: Reading,
        control: Control,
        position: Numbers,
    ) -> Array:
        """Decoder input (R,D) for the words before: vocabulary indices (R,) and the reading.

        `position` says how many words stand before each.
        """
        after = onward(reading.place)
        x = self._rows["word"][words]
        x += self._rows["position"][position]
        x += self._rows["kind"][control.kind] + self._rows["length"][control.length]
        for one, span in zip(sources.memory, sources.spans, strict=True):
            size = len(one.keys)
            x[span] += reading.last[span, :size] @ one.read[:size]
            x[span] += after[span, :size] @ one.read[size:]
        return x

    def decode(self, sources: Sources, x: Array, past: Past | None = None) -> Array:
        """Decoder states (R,D) from its input: the words of each passage one after the other.

        With a past they are the next words of hypotheses, and are added to it.
        """
        memory, spans = sources
        bias = past.bias if past else _causal(spans)
        for number, layer in enumerate(self._decoder):
            x = layer.self_attend(x, spans, bias, partial(past.extend, number) if past else None)
            source = [one.source[number] for one in memory]
            x = layer.feed(layer.source_attend(x, spans, source))
        return x

    def heads(self, words: Numbers) -> Linear:
        """The last layer where these words may be generated, for `predict`.

        Its columns: the query of the pointer, what it adds near the place of reading and for words
        said before, the gate, and the scores of the words.
        """
        point = self._point.scaled(self.layout.width, self.layout.width**-0.5)
        chosen = self._rows["word"][words].T
        weight = np.concatenate([point.weight, self._generate.weight @ chosen], 1)
        bias = np.concatenate([point.bias, self._generate.bias @ chosen])
        return self._decoder_norm.into(Linear(weight, bias))

    def predict(
        self, sources: Sources, states: Array, reading: Reading, heads: Linear, own: Numbers
    ) -> tuple[Array, Array]:
        """Log-probabilities of copying each position (R,S) and of generating a word (R,W).

        `own` (R,W) are the columns of each row's passage among those of the words of the heads:
        `Choice.own`.
        """
        ends = np.cumsum([self.layout.width, 2 * REACH + 1, 1, 1])
        query, near, cover, gate, scores = np.split(heads(standardized(states, _EPSILON)), ends, -1)
        pointer: Array = np.full_like(reading.place, NEVER)
        for one, span in zip(sources.memory, sources.spans, strict=True):
            pointer[span, : len(one.keys)] = query[span] @ one.keys.T
        around = np.zeros((len(query), pointer.shape[1] + 2 * REACH), np.float32)
        around[:, REACH:-REACH] = reading.place
        pointer += np.einsum("nsr,nr->ns", sliding_window_view(around, 2 * REACH + 1, -1), near)
        pointer += cover * reading.said
        scores = np.take_along_axis(scores, np.maximum(own, 0), -1)
        scores += np.where(own < 0, NEVER, np.float32(0))
        zero = np.float32(0)
        return (
            log_softmax(pointer) - np.logaddexp(zero, -gate),
            log_softmax(scores) - np.logaddexp(zero, gate),
        )


def _causal(spans: Spans) -> Array:
    """The bias of attention of each row to those of its text that are not behind it."""
    place = np.concatenate([np.arange(span.stop - span.start) for span in spans])
    return np.where(np.arange(place.max() + 1) > place[:, None], _LATER, np.float32(0))
