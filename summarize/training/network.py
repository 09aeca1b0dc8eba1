"""The copying network: a small transformer that writes by pointing at source words.

Each target word is either copied or generated. Its probability is

    gate · (sum of the pointer over all source positions that hold the word)
    + (1 - gate) · (its share among the words that may be generated)

so that no alignment has to be guessed. What the decoder knows of the words before (where it reads
in the source, what it has said) follows from the words alone: see `copying_reading`.

Shapes: B passages, S source words, T target words (or beams of one step), V vocabulary, D width.
"""

from dataclasses import dataclass
from typing import NamedTuple, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (its usual name)

from summarize.writer.copying_features import FEATURE_WIDTH
from summarize.writer.copying_reading import Reading
from summarize.writer.copying_words import SHAPES

__all__ = [
    "END",
    "KINDS",
    "LENGTHS",
    "START",
    "UNKNOWN",
    "Choice",
    "Control",
    "CopyingNetwork",
    "Layout",
    "Memory",
]

PAD, START, END, UNKNOWN = range(4)
"""The first entries of every vocabulary."""
KINDS = ("any", "natural", "pruned", "fused", "restored", "identical")
"""What kind of rewriting is asked for: human summaries, cutting, joining, cleaning, copying."""
LENGTHS = (0.3, 0.45, 0.6, 0.75, 0.9)
"""Upper bounds of target words per source word of length classes 1 to 5; 6 is longer, 0 is any."""
MAX_PLACE, MAX_SENTENCES, MAX_TARGET = 64, 4, 64
# How far around the place of reading the pointer's score looks, in words.
_REACH = 6
_DROPPED = 0.1


@dataclass(frozen=True, slots=True)
class Layout:
    """Sizes of the network. ValueError if they are out of range."""

    vocabulary: int
    width: int = 320
    heads: int = 5
    inner: int = 640
    encoder_layers: int = 2
    decoder_layers: int = 3

    def __post_init__(self) -> None:
        bounds = {"vocabulary": (8, 50_000), "width": (8, 1024), "heads": (1, 16)}
        bounds |= {"inner": (8, 4096), "encoder_layers": (1, 8), "decoder_layers": (1, 8)}
        for name, (low, high) in bounds.items():
            value = getattr(self, name)
            if type(value) is not int or not low <= value <= high:
                raise ValueError(f"{name} is {value!r}, not a whole number from {low} to {high}")
        if self.width % self.heads:
            raise ValueError(f"width {self.width} is not a multiple of heads {self.heads}")


class Memory(NamedTuple):
    """An encoded passage batch: states (B,S,D), pointer keys (B,S,D), mask (B,S) true at words."""

    states: Tensor
    keys: Tensor
    mask: Tensor


class Choice(NamedTuple):
    """What may be generated: vocabulary indices (W,), and for each passage which of them (B,W)."""

    words: Tensor
    allowed: Tensor


class Control(NamedTuple):
    """What is asked for: indices (B,) into `KINDS` and the length classes of `LENGTHS`."""

    kind: Tensor
    length: Tensor


class Dropout(nn.Module):
    """Drops whole channels of a sequence (B,T,D), the same at each position; cheap on a CPU."""

    def forward(self, x: Tensor) -> Tensor:
        """x, with one channel in ten dropped while training."""
        if not self.training:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2]) >= _DROPPED
        return x * kept / (1 - _DROPPED)


class Attention(nn.Module):
    """Multi-head attention whose keys and values can be computed once and kept."""

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

    def keys_values(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values of the states (B,S,D)."""
        keys, values = self.key_value(x).chunk(2, dim=-1)
        return self.split(keys), self.split(values)

    def forward(self, x: Tensor, kept: tuple[Tensor, Tensor], mask: Tensor | None) -> Tensor:
        """Attend from x (B,T,D) to kept keys and values; `mask` is true where that is allowed."""
        keys, values = kept
        scores = self.split(self.query(x)) @ keys.transpose(2, 3) * keys.shape[-1] ** -0.5
        if mask is not None:
            scores = scores.masked_fill(~mask, -1e4)
        mixed = scores.softmax(-1).to(values.dtype) @ values
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

    def self_attend(
        self, x: Tensor, past: tuple[Tensor, Tensor] | None, mask: Tensor | None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """The states after self-attention, and all keys and values (`past` and those of x)."""
        normed = self.norms[0](x)
        kept = self.own.keys_values(normed)
        if past is not None:
            kept = (torch.cat([past[0], kept[0]], 2), torch.cat([past[1], kept[1]], 2))
        return x + self.dropout(self.own(normed, kept, mask)), kept

    def source_attend(self, x: Tensor, kept: tuple[Tensor, Tensor], mask: Tensor) -> Tensor:
        """The states after attention to the source."""
        assert self.source is not None
        return x + self.dropout(self.source(self.norms[1](x), kept, mask))  # type: ignore[no-any-return]

    def feed(self, x: Tensor) -> Tensor:
        """The states after the feed-forward part."""
        return x + self.dropout(self.inner(self.norms[-1](x)))  # type: ignore[no-any-return]


def _layers(stack: nn.ModuleList) -> list[Layer]:
    return cast("list[Layer]", list(stack))


class CopyingNetwork(nn.Module):
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
        self.reach = nn.Linear(width, 2 * _REACH + 2)
        self.gate = nn.Linear(width, 1)
        self.generate = nn.Linear(width, width)
        self.dropout = Dropout()
        for part in self.modules():
            if isinstance(part, nn.Embedding):
                nn.init.normal_(part.weight, std=width**-0.5)

    def encode(
        self, features: Tensor, shape: Tensor, sentence: Tensor, place: Tensor, mask: Tensor
    ) -> Memory:
        """Encode features (B,S,FEATURE_WIDTH); shape, sentence number and place in it (B,S)."""
        x = self.project(features) + self.shape(shape) + self.sentence(sentence)
        x = self.dropout(self.feature_norm(x + self.place(place.clamp(max=MAX_PLACE - 1))))
        for layer in _layers(self.encoder):
            x, _ = layer.self_attend(x, None, mask[:, None, None])
            x = layer.feed(x)
        states = self.encoder_norm(x)
        return Memory(states, self.pointer_key(states), mask)

    def source_keys(self, memory: Memory) -> list[tuple[Tensor, Tensor]]:
        """What each decoder layer needs of the source, to be computed once a passage."""
        attentions = (layer.source for layer in _layers(self.decoder))
        return [source.keys_values(memory.states) for source in attentions if source is not None]

    def embed(
        self, memory: Memory, words: Tensor, reading: Reading, control: Control, position: Tensor
    ) -> Tensor:
        """Decoder input (B,T,D) for the words before: vocabulary indices (B,T) and the reading."""
        # The place after a passage's last word is padding, whose state depends on the batch.
        onward = F.pad(reading.place, (1, 0))[..., :-1] * memory.mask[:, None]
        x = self.word(words) + self.last(reading.last.to(memory.states.dtype) @ memory.states)
        x = x + self.onward(onward.to(memory.states.dtype) @ memory.states)
        asked = self.kind(control.kind) + self.length(control.length)
        return self.dropout(x + self.position(position) + asked[:, None])  # type: ignore[no-any-return]

    def decode(self, memory: Memory, x: Tensor) -> Tensor:
        """Decoder states (B,T,D) of a whole target, for training."""
        steps = x.shape[1]
        causal = torch.ones(steps, steps, dtype=torch.bool).tril()
        for layer, kept in zip(_layers(self.decoder), self.source_keys(memory), strict=True):
            x, _ = layer.self_attend(x, None, causal)
            x = layer.feed(layer.source_attend(x, kept, memory.mask[:, None, None]))
        return self.decoder_norm(x)  # type: ignore[no-any-return]

    def predict(
        self, memory: Memory, states: Tensor, reading: Reading, choice: Choice
    ) -> tuple[Tensor, Tensor]:
        """Log-probabilities of copying each position (B,T,S) and of generating a word (B,T,W)."""
        query = self.pointer_query(states)
        pointer = (query @ memory.keys.transpose(1, 2)).float() * self.layout.width**-0.5
        near, cover = self.reach(states).float().split([2 * _REACH + 1, 1], dim=-1)
        around = F.pad(reading.place, (_REACH, _REACH)).unfold(-1, 2 * _REACH + 1, 1)
        pointer = pointer + (around @ near[..., None])[..., 0] + cover * reading.said
        pointer = pointer.masked_fill(~memory.mask[:, None], -1e9).log_softmax(-1)
        scores = (self.generate(states) @ self.word(choice.words).T.to(states.dtype)).float()
        written = scores.masked_fill(~choice.allowed[:, None], -1e9).log_softmax(-1)
        gate = self.gate(states).float()
        return pointer + F.logsigmoid(gate), written + F.logsigmoid(-gate)

    def step(
        self,
        memory: Memory,
        source: list[tuple[Tensor, Tensor]],
        x: Tensor,
        past: list[tuple[Tensor, Tensor]] | None,
    ) -> tuple[Tensor, list[tuple[Tensor, Tensor]]]:
        """One step of B passages with K beams each: states (B,K,D) from input x (B,K,D).

        `past` are the self-attention keys and values of the steps before, with B·K rows.
        """
        batch, beams, width = x.shape
        kept: list[tuple[Tensor, Tensor]] = []
        for number, layer in enumerate(_layers(self.decoder)):
            flat, own = layer.self_attend(
                x.reshape(batch * beams, 1, width), past[number] if past else None, None
            )
            kept.append(own)
            x = layer.source_attend(
                flat.view(batch, beams, width), source[number], memory.mask[:, None, None]
            )
            x = layer.feed(x)
        return self.decoder_norm(x), kept
