"""The support network: reads a summary sentence and source sentences side by side.

The lower layers of the bundled sentence encoder read each sentence alone (they stay frozen, and a
source sentence is read once however often it is asked for); the upper layers, trained here, read
them together. Out come the logit that the sentence is supported, and for each of its word pieces
the logit that it is not.

Shapes: B pairs, T pieces of sentence and sources together, D width.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (its usual name)

__all__ = ["LOWER", "SupportNetwork", "Reader"]

_LAYERS, _WIDTH, _HEADS = 6, 384, 12
LOWER = 3
"""Layers that read each sentence alone."""
_PARTS = 4
_LONGEST = 64
_DROPPED = 0.1


class _Layer(nn.Module):
    """A BERT layer, post-norm."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(_WIDTH, 3 * _WIDTH)
        self.out = nn.Linear(_WIDTH, _WIDTH)
        self.norm1 = nn.LayerNorm(_WIDTH, eps=1e-12)
        self.inner = nn.Linear(_WIDTH, 4 * _WIDTH)
        self.outer = nn.Linear(4 * _WIDTH, _WIDTH)
        self.norm2 = nn.LayerNorm(_WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(_DROPPED)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """The states (B,T,D) after the layer; `mask` (B,1,1,T) is true at pieces."""
        batch, length, _ = x.shape
        query, key, value = (
            part.view(batch, length, _HEADS, -1).transpose(1, 2)
            for part in self.qkv(x).chunk(3, dim=-1)
        )
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(batch, length, _WIDTH)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.outer(F.gelu(self.inner(x)))))  # type: ignore[no-any-return]


def _copy(layer: _Layer, weights: dict[str, Tensor], number: int) -> None:
    head = f"encoder.layer.{number}."
    names = [f"{head}attention.self.{part}" for part in ("query", "key", "value")]
    pairs = [
        (layer.out, "attention.output.dense"), (layer.norm1, "attention.output.LayerNorm"),
        (layer.inner, "intermediate.dense"), (layer.outer, "output.dense"),
        (layer.norm2, "output.LayerNorm"),
    ]  # fmt: skip
    with torch.no_grad():
        layer.qkv.weight.copy_(torch.cat([weights[f"{name}.weight"] for name in names]))
        layer.qkv.bias.copy_(torch.cat([weights[f"{name}.bias"] for name in names]))
        for module, name in pairs:
            module.weight.copy_(weights[f"{head}{name}.weight"])
            module.bias.copy_(weights[f"{head}{name}.bias"])


class SupportNetwork(nn.Module):
    """The trained part: the upper layers and two heads."""

    def __init__(self) -> None:
        super().__init__()
        self.part = nn.Embedding(_PARTS, _WIDTH)
        self.layers = nn.ModuleList(_Layer() for _ in range(_LAYERS - LOWER))
        self.verdict = nn.Linear(_WIDTH, 1)
        self.piece = nn.Linear(_WIDTH, 1)
        nn.init.zeros_(self.part.weight)

    def start_from(self, weights: dict[str, Tensor]) -> None:
        """Take the encoder's upper layers as they are."""
        for number, layer in enumerate(self.layers):
            _copy(layer, weights, LOWER + number)  # type: ignore[arg-type]

    def forward(self, states: Tensor, parts: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of support (B,) and of each piece being unsupported (B,T).

        `states` (B,T,D) are those of the lower layers, the sentence first, `parts` (B,T) is 0 at
        the sentence and counts the sources after it, `mask` (B,T) is true at pieces.
        """
        x = states + self.part(parts)
        for layer in self.layers:
            x = layer(x, mask[:, None, None])
        return self.verdict(x[:, 0])[:, 0].float(), self.piece(x)[..., 0].float()


class Reader:
    """The frozen lower layers."""

    def __init__(self, weights: dict[str, Tensor], tokenizer: Any) -> None:
        self._weights, self._tokenizer = weights, tokenizer
        self._layers = [_Layer().eval() for _ in range(LOWER)]
        for number, layer in enumerate(self._layers):
            _copy(layer, weights, number)

    def pieces(self, text: str) -> Any:
        """The encoding of `text` in word pieces, with its marks of beginning and end."""
        return self._tokenizer.encode(text)

    @torch.no_grad()
    def read(self, texts: Sequence[str]) -> list[Tensor]:
        """For each text the states (T,D) of its first pieces."""
        rows = [self.pieces(text).ids[:_LONGEST] for text in texts]
        length = max(map(len, rows))
        ids, mask = torch.zeros(len(rows), length, dtype=torch.long), torch.zeros(len(rows), length, dtype=torch.bool)
        for i, row in enumerate(rows):
            ids[i, : len(row)] = torch.tensor(row)
            mask[i, : len(row)] = True
        w = self._weights
        x = (
            w["embeddings.word_embeddings.weight"][ids]
            + w["embeddings.position_embeddings.weight"][:length]
            + w["embeddings.token_type_embeddings.weight"][0]
        )
        norm = "embeddings.LayerNorm"
        x = F.layer_norm(x, (_WIDTH,), w[f"{norm}.weight"], w[f"{norm}.bias"], 1e-12)
        for layer in self._layers:
            x = layer(x, mask[:, None, None])
        return [x[i, : len(row)] for i, row in enumerate(rows)]


def joined(parts: Sequence[Sequence[Tensor]]) -> tuple[Tensor, Tensor, Tensor]:
    """States, part numbers and mask of pairs: each the states of a sentence and of its sources."""
    rows = [torch.cat(list(row)) for row in parts]
    length = max(map(len, rows))
    states = torch.zeros(len(rows), length, _WIDTH)
    numbers = torch.zeros(len(rows), length, dtype=torch.long)
    mask = torch.zeros(len(rows), length, dtype=torch.bool)
    for i, (row, texts) in enumerate(zip(rows, parts, strict=True)):
        states[i, : len(row)] = row
        mask[i, : len(row)] = True
        numbers[i, : len(row)] = torch.cat(
            [torch.full((len(text),), min(k, _PARTS - 1)) for k, text in enumerate(texts)]
        )
    return states, numbers, mask
