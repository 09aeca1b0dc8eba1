"""What runs a checkpoint: CTranslate2 where it knows the family, PyTorch otherwise.

Both are given the same texts and the same `Decoding`, and give candidates with the same scores.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from summarize.errors import ModelUnavailableError

if TYPE_CHECKING:
    from pathlib import Path

    from summarize.records import Candidate
    from summarize.settings import Device

__all__ = [
    "NO_REPEAT",
    "Decoding",
    "Engine",
    "Facts",
    "chosen_device",
    "engine_for",
    "tidy",
]

# A summary that says the same three words twice is degenerate (Paulus et al., 2018).
NO_REPEAT = 3

# The families whose conversion is tested. CTranslate2 knows more, for translation; LED, PRIMERA,
# LongT5 and copying networks it does not know.
_CONVERTED = frozenset({"bart", "mt5", "pegasus", "t5"})

# DistilBART writes "The bridge fell . Four died ." as its training data did.
_BLANK_BEFORE = re.compile(r" ([.,?!])(?= |$)")


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a text is searched: beam width (2 or more), `least` to `most` new tokens, length penalty.

    Candidates are compared by their summed log-probability over length to the power of
    `length_penalty`; 1 compares the mean per token.
    """

    beams: int
    least: int
    most: int
    length_penalty: float


@dataclass(frozen=True, slots=True)
class Facts:
    """What a checkpoint's own files say of it.

    `reads` and `writes` are its limits in tokens, None where it has none; `least` is how many
    tokens it wants to write at least, `first` the token it has to begin with, if any.
    """

    family: str
    reads: int | None
    writes: int | None
    marks_documents: bool
    least: int
    length_penalty: float
    first: str | None


class Engine(Protocol):
    """A checkpoint that is ready to write. `signature` names what else changes its output."""

    signature: str
    facts: Facts

    def size(self, text: str) -> int:
        """How many of the model's tokens `text` is, without the marks at its ends."""

    def generate(self, texts: Sequence[str], decoding: Decoding) -> list[tuple["Candidate", ...]]:
        """As many candidates for each text as the search has beams, the likeliest first."""


def _family(folder: "Path") -> str:
    """The family that a checkpoint's config.json states; empty when it states none."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return ""
    family = config.get("model_type") if isinstance(config, dict) else None
    return family if isinstance(family, str) else ""


def engine_for(folder: "Path") -> Literal["ctranslate2", "pytorch"]:
    """Which engine is to run the checkpoint in a folder, by its family."""
    return "ctranslate2" if _family(folder) in _CONVERTED else "pytorch"


def chosen_device(device: "Device", *, has_cuda: bool) -> Literal["cpu", "cuda"]:
    """The device to use. Raises ModelUnavailableError when it has to be a GPU and there is none."""
    if device == "cuda" and not has_cuda:
        raise ModelUnavailableError("No CUDA device can be used here.", "Use --device cpu or auto.")
    return "cuda" if has_cuda and device != "cpu" else "cpu"


def tidy(text: str) -> str:
    """A decoded text as it is meant: no line marks of PEGASUS, no blank before a full stop."""
    return _BLANK_BEFORE.sub(r"\1", " ".join(text.replace("<n>", " ").split()))
