"""What the copying network is told and how large it is: the same for learning and for writing."""

from dataclasses import dataclass

from summarize.writer.copying_features import FEATURE_WIDTH
from summarize.writer.copying_words import SHAPES

__all__ = [
    "END",
    "KINDS",
    "LENGTHS",
    "MAX_PLACE",
    "MAX_SENTENCES",
    "MAX_TARGET",
    "REACH",
    "START",
    "UNKNOWN",
    "Layout",
]

PAD, START, END, UNKNOWN = range(4)
"""The first entries of every vocabulary."""
KINDS = ("any", "natural", "pruned", "fused", "restored", "identical")
"""What kind of rewriting is asked for: human summaries, cutting, joining, cleaning, copying."""
LENGTHS = (0.3, 0.45, 0.6, 0.75, 0.9)
"""Upper bounds of target words per source word of length classes 1 to 5; 6 is longer, 0 is any."""
MAX_PLACE, MAX_SENTENCES, MAX_TARGET = 64, 4, 64
REACH = 6
"""How far around the place of reading the pointer's score looks, in words."""


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

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The tensors of a network of these sizes, linear layers as (out, in)."""
        wide, inner = self.width, self.inner
        rows = {"shape": len(SHAPES), "sentence": MAX_SENTENCES, "place": MAX_PLACE}
        rows |= {"word": self.vocabulary, "position": MAX_TARGET, "kind": len(KINDS)}
        rows |= {"length": len(LENGTHS) + 2}
        linear: dict[str, tuple[int, ...]]
        linear = dict.fromkeys(("last", "onward", "pointer_key", "pointer_query"), (wide, wide))
        linear |= {"project": (wide, FEATURE_WIDTH), "generate": (wide, wide)}
        linear |= {"reach": (2 * REACH + 2, wide), "gate": (1, wide)}
        norms = ["feature_norm", "encoder_norm", "decoder_norm"]
        stacks = {"encoder": (self.encoder_layers, ["own"])}
        stacks |= {"decoder": (self.decoder_layers, ["own", "source"])}
        for stack, (layers, attentions) in stacks.items():
            for name in (f"{stack}.{number}" for number in range(layers)):
                norms += [f"{name}.norms.{n}" for n in range(len(attentions) + 1)]
                linear |= {f"{name}.inner.0": (inner, wide), f"{name}.inner.2": (wide, inner)}
                for part in (f"{name}.{attention}" for attention in attentions):
                    linear |= {f"{part}.query": (wide, wide), f"{part}.out": (wide, wide)}
                    linear |= {f"{part}.key_value": (2 * wide, wide)}
        return (
            {f"{name}.weight": (count, wide) for name, count in rows.items()}
            | {f"{name}.weight": shape for name, shape in linear.items()}
            | {f"{name}.bias": shape[:1] for name, shape in linear.items()}
            | {f"{name}.{part}": (wide,) for name in norms for part in ("weight", "bias")}
        )
