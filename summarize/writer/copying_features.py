"""The frozen sentence encoder: what each word of a sentence means there.

A plain BERT forward pass (MiniLM, 6 layers, width 384) over the weights of all-MiniLM-L6-v2. The
feature of a word is the mean over its word pieces of the output of a middle layer, which knows more
about grammar, beside that of the last, which knows more about meaning.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 (its usual name)

__all__ = ["FEATURE_WIDTH", "SentenceEncoder"]

_LAYERS, _WIDTH, _HEADS, _PIECES = 6, 384, 12, 30_522
_MIDDLE = 3
_MAX_PIECES = 256
_PIECES_PER_BATCH = 4_096
_EPSILON = 1e-12
FEATURE_WIDTH = 2 * _WIDTH
"""Width of a word's feature."""


class SentenceEncoder:
    """Turns the words of sentences into features. Sentences do not influence each other."""

    def __init__(self, weights: dict[str, Tensor], tokenizer: Any) -> None:
        self._weights = weights
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, folder: Path, dtype: torch.dtype = torch.float32) -> "SentenceEncoder":
        """Load `encoder.safetensors` and `tokenizer.json`; ValueError if they do not fit."""
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
        return cls({name: stored[name].to(dtype) for name in _shapes()}, tokenizer)

    @torch.inference_mode()
    def features(self, sentences: Sequence[Sequence[str]]) -> list[Tensor]:
        """For each sentence of n words an (n, `FEATURE_WIDTH`) float32 tensor.

        Words past the 256th word piece get zeros.
        """
        pieces = [self._tokenizer.encode(list(words), is_pretokenized=True) for words in sentences]
        order = sorted(range(len(pieces)), key=lambda i: len(pieces[i].ids))
        found: list[Tensor] = [torch.empty(0)] * len(pieces)
        start = 0
        while start < len(order):
            end = start + 1
            while end < len(order) and _cost(pieces[order[end]]) * (end + 1 - start) <= (
                _PIECES_PER_BATCH
            ):
                end += 1
            batch = order[start:end]
            states = self._forward([pieces[i].ids[:_MAX_PIECES] for i in batch])
            for row, i in enumerate(batch):
                found[i] = _word_means(states[row], pieces[i].word_ids, len(sentences[i]))
            start = end
        return found

    def _forward(self, rows: list[list[int]]) -> Tensor:
        w = self._weights
        length = max(map(len, rows))
        ids = torch.zeros(len(rows), length, dtype=torch.long)
        mask = torch.zeros(len(rows), 1, 1, length, dtype=torch.bool)
        for i, row in enumerate(rows):
            ids[i, : len(row)] = torch.tensor(row)
            mask[i, ..., : len(row)] = True
        state = (
            w["embeddings.word_embeddings.weight"][ids]
            + w["embeddings.position_embeddings.weight"][:length]
            + w["embeddings.token_type_embeddings.weight"][0]
        )
        state = self._norm(state, "embeddings.LayerNorm")
        middle = state
        for layer in range(_LAYERS):
            state = self._layer(state, mask, f"encoder.layer.{layer}.")
            middle = state if layer + 1 == _MIDDLE else middle
        return torch.cat([middle, state], dim=-1).float()

    def _layer(self, state: Tensor, mask: Tensor, name: str) -> Tensor:
        batch, length, _ = state.shape
        query, key, value = (
            self._linear(state, f"{name}attention.self.{part}")
            .view(batch, length, _HEADS, _WIDTH // _HEADS)
            .transpose(1, 2)
            for part in ("query", "key", "value")
        )
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(batch, length, _WIDTH)
        mixed = self._linear(mixed, f"{name}attention.output.dense")
        state = self._norm(state + mixed, f"{name}attention.output.LayerNorm")
        inner = F.gelu(self._linear(state, f"{name}intermediate.dense"))
        inner = self._linear(inner, f"{name}output.dense")
        return self._norm(state + inner, f"{name}output.LayerNorm")

    def _linear(self, state: Tensor, name: str) -> Tensor:
        return F.linear(state, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _norm(self, state: Tensor, name: str) -> Tensor:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return F.layer_norm(state, (_WIDTH,), weight, bias, _EPSILON)


def _cost(encoding: Any) -> int:
    return min(len(encoding.ids), _MAX_PIECES)


def _word_means(states: Tensor, word_ids: list[int | None], count: int) -> Tensor:
    held = [(place, word) for place, word in enumerate(word_ids) if word is not None]
    places, words = torch.tensor(held, dtype=torch.long).view(-1, 2).T
    inside = places < len(states)
    places, words = places[inside], words[inside]
    total = torch.zeros(count, states.shape[1]).index_add_(0, words, states[places])
    pieces = torch.bincount(words, minlength=count).clamp(min=1)
    return total / pieces[:, None]


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
