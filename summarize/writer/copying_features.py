"""The frozen sentence encoder: what each word of a sentence means there.

A plain BERT forward pass (MiniLM, 6 layers, width 384) over the weights of all-MiniLM-L6-v2. The
feature of a word is the mean over its word pieces of the output of a middle layer, which knows more
about grammar, beside that of the last, which knows more about meaning.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from summarize.writer.copying_layers import Array, Linear, Norm, attend, gelu, spans_of

__all__ = ["FEATURE_WIDTH", "SentenceEncoder"]

_LAYERS, _WIDTH, _HEADS, _PIECES = 6, 384, 12, 30_522
_MIDDLE = 3
_MAX_PIECES = 256
# About what keeps a batch's states in the cache of a core.
_PIECES_PER_BATCH = 384
_EPSILON = 1e-12
FEATURE_WIDTH = 2 * _WIDTH
"""Width of a word's feature."""


class _Layer(NamedTuple):
    """Self-attention (query, key and value in one) and a feed-forward part; norms come after."""

    own: Linear
    own_out: Linear
    own_norm: Norm
    inner: Linear
    outer: Linear
    outer_norm: Norm


class SentenceEncoder:
    """Turns the words of sentences into features. Sentences do not influence each other."""

    def __init__(self, weights: Mapping[str, Any], tokenizer: Any) -> None:
        # A sentence needs a few rows of this: they are widened when they are looked up.
        self._pieces = weights["embeddings.word_embeddings.weight"]
        token_type = weights["embeddings.token_type_embeddings.weight"][0].astype(np.float32)
        self._position = weights["embeddings.position_embeddings.weight"] + token_type
        self._norm = Norm.read(weights, "embeddings.LayerNorm", _EPSILON)
        self._layers = [_layer(weights, f"encoder.layer.{n}") for n in range(_LAYERS)]
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, folder: Path) -> "SentenceEncoder":
        """Load `encoder.safetensors` and `tokenizer.json`; ValueError if they do not fit."""
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        stored = load_file(folder / "encoder.safetensors")
        for name, shape in _shapes().items():
            if name not in stored or tuple(stored[name].shape) != shape:
                raise ValueError(
                    f"{folder / 'encoder.safetensors'}: {name} is not of shape {shape}"
                )
        path = folder / "tokenizer.json"
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:
            raise ValueError(f"{path} is no tokenizer: {error}") from error
        if tokenizer.get_vocab_size() > _PIECES:
            raise ValueError(f"{path} has more than the encoder's {_PIECES} word pieces")
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(stored, tokenizer)

    def features(self, sentences: Sequence[Sequence[str]]) -> list[Array]:
        """For each sentence of n words an (n, `FEATURE_WIDTH`) array.

        Words past the 256th word piece get zeros.
        """
        pieces = [self._tokenizer.encode(list(words), is_pretokenized=True) for words in sentences]
        rows = [encoding.ids[:_MAX_PIECES] for encoding in pieces]
        found: list[Array] = []
        for batch in _batches(rows):
            found += self._forward(batch)
        return [
            _word_means(states, encoding.word_ids, len(words))
            for states, encoding, words in zip(found, pieces, sentences, strict=True)
        ]

    def _forward(self, rows: list[list[int]]) -> list[Array]:
        """States of the pieces of each sentence (pieces, `FEATURE_WIDTH`).

        The sentences stand one below the other, without padding; only attention parts them.
        """
        spans = spans_of(map(len, rows))
        state = self._pieces[[piece for row in rows for piece in row]].astype(np.float32)
        for span in spans:
            state[span] += self._position[: span.stop - span.start]
        state = middle = self._norm(state)
        for number, layer in enumerate(self._layers):
            state = _through(layer, state, spans)
            middle = state if number + 1 == _MIDDLE else middle
        both = np.concatenate([middle, state], -1)
        return [both[span] for span in spans]


def _through(layer: _Layer, state: Array, spans: Sequence[slice]) -> Array:
    """A layer's output for the sentences at the spans of the state (pieces, width)."""
    heads = layer.own(state).reshape(len(state), 3, _HEADS, -1).transpose(1, 2, 0, 3)
    # Products with what is not contiguous take longer than copying it.
    heads = np.ascontiguousarray(heads)
    mixed = np.concatenate([attend(heads[0][:, span], heads[1:, :, span]) for span in spans])
    state = layer.own_norm(state + layer.own_out(mixed))
    return layer.outer_norm(state + layer.outer(gelu(layer.inner(state))))


def _layer(weights: Mapping[str, Any], name: str) -> _Layer:
    own = Linear.read(weights, *(f"{name}.attention.self.{p}" for p in ("query", "key", "value")))
    return _Layer(
        own.scaled(_WIDTH, (_WIDTH // _HEADS) ** -0.5),
        Linear.read(weights, f"{name}.attention.output.dense"),
        Norm.read(weights, f"{name}.attention.output.LayerNorm", _EPSILON),
        Linear.read(weights, f"{name}.intermediate.dense"),
        Linear.read(weights, f"{name}.output.dense"),
        Norm.read(weights, f"{name}.output.LayerNorm", _EPSILON),
    )


def _batches(rows: Sequence[list[int]]) -> Iterator[list[list[int]]]:
    """The rows in order, as many at a time as stay below `_PIECES_PER_BATCH`, at least one."""
    batch: list[list[int]] = []
    for row in rows:
        if batch and sum(map(len, batch)) + len(row) > _PIECES_PER_BATCH:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _word_means(states: Array, word_ids: Sequence[int | None], count: int) -> Array:
    """The mean state of each of `count` words; zeros for a word without pieces."""
    held = [(place, word) for place, word in enumerate(word_ids) if word is not None]
    places, words = np.array(held, np.int64).reshape(-1, 2).T
    inside = places < len(states)
    places, words = places[inside], words[inside]
    found = np.zeros((count, states.shape[1]), np.float32)
    if len(words):
        known, starts, pieces = np.unique(words, return_index=True, return_counts=True)
        found[known] = np.add.reduceat(states[places], starts) / pieces[:, None]
    return found


def _shapes() -> dict[str, tuple[int, ...]]:
    """The tensors of the encoder file."""
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (_PIECES, _WIDTH),
        "embeddings.position_embeddings.weight": (512, _WIDTH),
        "embeddings.token_type_embeddings.weight": (2, _WIDTH),
    }
    linear = {"attention.self.query": (_WIDTH, _WIDTH), "attention.self.key": (_WIDTH, _WIDTH)}
    linear |= {"attention.self.value": (_WIDTH, _WIDTH), "attention.output.dense": (_WIDTH, _WIDTH)}
    linear |= {"intermediate.dense": (4 * _WIDTH, _WIDTH), "output.dense": (_WIDTH, 4 * _WIDTH)}
    norms = ["embeddings.LayerNorm"]
    for layer in range(_LAYERS):
        prefix = f"encoder.layer.{layer}."
        for name, shape in linear.items():
            shapes[f"{prefix}{name}.weight"] = shape
            shapes[f"{prefix}{name}.bias"] = shape[:1]
        norms += [f"{prefix}attention.output.LayerNorm", f"{prefix}output.LayerNorm"]
    for name in norms:
        shapes[f"{name}.weight"] = shapes[f"{name}.bias"] = (_WIDTH,)
    return shapes
