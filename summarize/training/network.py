"""The copying network as it learns, in PyTorch.

`summarize.writer.copying_network` says what it computes, and is the same network without what only
learning needs. Its tensors are those of `Layout.shapes`.

Shapes: B passages, S source words, T target words, W words that may be generated, D width.
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (its usual name)

from summarize.writer.copying_features import FEATURE_WIDTH
from summarize.writer.copying_layers import Array
from summarize.writer.copying_layout import (
    KINDS,
    LENGTHS,
    MAX_PLACE,
    MAX_SENTENCES,
    MAX_TARGET,
    REACH,
    Layout,
)
from summarize.writer.copying_network import Choice
from summarize.writer.copying_passage import Passage, batch_inputs
from summarize.writer.copying_reading import onward
from summarize.writer.copying_scoring import Targets, read_targets
from summarize.writer.copying_words import SHAPES

__all__ = ["TrainableNetwork", "log_likelihoods"]

_DROPPED = 0.1


class Memory(NamedTuple):
    """An encoded passage batch: states (B,S,D), pointer keys (B,S,D), mask (B,S) true at words."""

    states: Tensor
    keys: Tensor
    mask: Tensor


class Dropout(nn.Module):
    """Drops whole channels of a sequence (B,T,D), the same at each position; cheap on a CPU."""

    def forward(self, x: Tensor) -> Tensor:
        """x, with one channel in ten dropped while training."""
        if not self.training:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2]) >= _DROPPED
        return x * kept / (1 - _DROPPED)


class Attention(nn.Module):
    """Multi-head attention."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key_value = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)

    def split(self, x: Tensor) -> Tensor:
        """(B,T,D) to (B,heads,T,D/heads)."""
        batch, length, width = x.shape
        return x.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

    def forward(self, x: Tensor, source: Tensor, mask: Tensor) -> Tensor:
        """Attend from x (B,T,D) to the source (B,S,D); `mask` is true where that is allowed."""
        keys, values = (self.split(part) for part in self.key_value(source).chunk(2, dim=-1))
        scores = self.split(self.query(x)) @ keys.transpose(2, 3) * keys.shape[-1] ** -0.5
        mixed = scores.masked_fill(~mask, -1e4).softmax(-1).to(values.dtype) @ values
        return self.out(mixed.transpose(1, 2).flatten(2))  # type: ignore[no-any-return]


class Layer(nn.Module):
    """Self-attention, attention to the source where `cross`, and a feed-forward part; pre-norm."""

    def __init__(self, layout: Layout, *, cross: bool) -> None:
        super().__init__()
        width = layout.width
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(3 if cross else 2))
        self.own = Attention(width, layout.heads)
        self.source = Attention(width, layout.heads) if cross else None
        self.inner = nn.Sequential(
            nn.Linear(width, layout.inner), nn.GELU(), nn.Linear(layout.inner, width)
        )
        self.dropout = Dropout()

    def forward(
        self, x: Tensor, mask: Tensor, source: Tensor | None = None, told: Tensor | None = None
    ) -> Tensor:
        """The states (B,T,D) after the layer, with the source's states and their mask."""
        normed = self.norms[0](x)
        x = x + self.dropout(self.own(normed, normed, mask))
        if self.source is not None:
            x = x + self.dropout(self.source(self.norms[1](x), source, told))
        return x + self.dropout(self.inner(self.norms[-1](x)))  # type: ignore[no-any-return]


class TrainableNetwork(nn.Module):
    """Encoder layers over frozen word features, decoder layers, pointer, gate and generator."""

    def __init__(self, layout: Layout) -> None:
        super().__init__()
        width = layout.width
        self.layout = layout
        self.project = nn.Linear(FEATURE_WIDTH, width)
        self.shape = nn.Embedding(len(SHAPES), width)
        self.sentence = nn.Embedding(MAX_SENTENCES, width)
        self.place = nn.Embedding(MAX_PLACE, width)
        self.feature_norm = nn.LayerNorm(width)
        self.encoder = nn.ModuleList(
            Layer(layout, cross=False) for _ in range(layout.encoder_layers)
        )
        self.encoder_norm = nn.LayerNorm(width)
        self.word = nn.Embedding(layout.vocabulary, width)
        self.position = nn.Embedding(MAX_TARGET, width)
        self.kind = nn.Embedding(len(KINDS), width)
        self.length = nn.Embedding(len(LENGTHS) + 2, width)
        self.last = nn.Linear(width, width)
        self.onward = nn.Linear(width, width)
        self.decoder = nn.ModuleList(
            Layer(layout, cross=True) for _ in range(layout.decoder_layers)
        )
        self.decoder_norm = nn.LayerNorm(width)
        self.pointer_key = nn.Linear(width, width)
        self.pointer_query = nn.Linear(width, width)
        self.reach = nn.Linear(width, 2 * REACH + 2)
        self.gate = nn.Linear(width, 1)
        self.generate = nn.Linear(width, width)
        self.dropout = Dropout()
        for part in self.modules():
            if isinstance(part, nn.Embedding):
                nn.init.normal_(part.weight, std=width**-0.5)

    def encode(
        self, features: Tensor, shape: Tensor, sentence: Tensor, place: Tensor, words: Tensor
    ) -> Memory:
        """As `copying_network.CopyingNetwork.encode`."""
        mask = torch.arange(features.shape[1]) < words[:, None]
        x = self.project(features) + self.shape(shape) + self.sentence(sentence)
        x = self.dropout(self.feature_norm(x + self.place(place.clamp(max=MAX_PLACE - 1))))
        for layer in self.encoder:
            x = layer(x, mask[:, None, None])
        states = self.encoder_norm(x)
        return Memory(states, self.pointer_key(states), mask)

    def decode(self, memory: Memory, targets: Targets, control: tuple[Tensor, Tensor]) -> Tensor:
        """Decoder states (B,T,D) before each word of the targets; control is kind and length."""
        last = torch.from_numpy(targets.reading.last).to(memory.states.dtype)
        after = torch.from_numpy(onward(targets.reading.place)) * memory.mask[:, None]
        steps = last.shape[1]
        x = self.word(torch.from_numpy(targets.before)) + self.last(last @ memory.states)
        x = x + self.onward(after.to(memory.states.dtype) @ memory.states)
        asked = self.kind(control[0]) + self.length(control[1])
        x = self.dropout(x + self.position(torch.arange(steps)) + asked[:, None])
        causal = torch.ones(steps, steps, dtype=torch.bool).tril()
        for layer in self.decoder:
            x = layer(x, causal, memory.states, memory.mask[:, None, None])
        return self.decoder_norm(x)  # type: ignore[no-any-return]

    def predict(
        self, memory: Memory, states: Tensor, targets: Targets, choice: Choice
    ) -> tuple[Tensor, Tensor]:
        """Log-probabilities of copying each position (B,T,S) and of generating a word (B,T,W)."""
        place, said = map(torch.from_numpy, targets.reading[1:])
        query = self.pointer_query(states)
        pointer = (query @ memory.keys.transpose(1, 2)).float() * self.layout.width**-0.5
        near, cover = self.reach(states).float().split([2 * REACH + 1, 1], dim=-1)
        around = F.pad(place, (REACH, REACH)).unfold(-1, 2 * REACH + 1, 1)
        pointer = pointer + (around @ near[..., None])[..., 0] + cover * said
        pointer = pointer.masked_fill(~memory.mask[:, None], -1e9).log_softmax(-1)
        words = self.word(torch.from_numpy(choice.words))
        scores = (self.generate(states) @ words.T.to(states.dtype)).float()
        own = torch.from_numpy(choice.own)[:, None].expand(-1, scores.shape[1], -1)
        scores = scores.gather(-1, own.clamp(min=0))
        written = scores.masked_fill(own < 0, -1e9).log_softmax(-1)
        gate = self.gate(states).float()
        return pointer + F.logsigmoid(gate), written + F.logsigmoid(-gate)


def log_likelihoods(
    network: TrainableNetwork,
    passages: Sequence[Passage],
    features: Sequence[Array],
    control: tuple[Tensor, Tensor],
    targets: Sequence[Sequence[int]],
) -> tuple[Tensor, Tensor]:
    """Natural log-probability of each word (B,T) of the targets, and which are words (B,T).

    The passages have their word features, and a kind and a length class each as control; the
    targets, one a passage, are word ids with the end.
    """
    inputs, ids, choice = batch_inputs(passages, features)
    asked = read_targets(targets, ids, choice, network.layout.vocabulary)
    memory = network.encode(*map(torch.from_numpy, inputs))
    states = network.decode(memory, asked, control)
    copied, written = network.predict(memory, states, asked, choice)
    pointed = copied.masked_fill(~torch.from_numpy(asked.match), -1e9).logsumexp(-1)
    index = torch.from_numpy(asked.written)
    generated = written.gather(-1, index.clamp(min=0)[..., None])[..., 0]
    total = torch.logaddexp(pointed, torch.where(index >= 0, generated, -1e9))
    return total, torch.from_numpy(asked.real)
