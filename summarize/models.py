"""The writers' models: the known ones as a table, and how a name becomes a folder.

Weights are loaded from safetensors only; pickled weights and code that comes with a model are never
touched. Nothing here downloads: that is `summarize models pull` (`summarize.hub`).
"""

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from summarize.errors import ModelUnavailableError
from summarize.settings import BUNDLED_MODEL

__all__ = [
    "KNOWN_MODELS",
    "PUBLISHED_SCORES",
    "KnownModel",
    "Model",
    "Prompt",
    "find_model",
    "fingerprint",
    "prompt",
    "prompt_for",
]

Engine = Literal["quote", "copying", "checkpoint"]


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A row of the table: `parameters` in millions, `reads` the input limit in tokens."""

    name: str
    parameters: int
    reads: int
    prompt: str
    licence: str
    about: str


# Sizes, limits and licences of hub models are for orientation and were not checked against their
# cards; what a checkpoint can read is taken from its own files when it is loaded.
KNOWN_MODELS: tuple[KnownModel, ...] = (
    KnownModel(BUNDLED_MODEL, 30, 140, "copyist", "Apache-2.0", "bundled; rewrites by copying"),
    KnownModel("quote", 0, 0, "", "-", "no model: the best source sentences, verbatim"),
    KnownModel("google-t5/t5-small", 61, 512, "t5", "Apache-2.0", "small, general"),
    KnownModel("google-t5/t5-base", 223, 512, "t5", "Apache-2.0", "general"),
    KnownModel("google/flan-t5-small", 77, 512, "t5", "Apache-2.0", "small, instructed"),
    KnownModel("google/flan-t5-base", 248, 512, "t5", "Apache-2.0", "instructed"),
    KnownModel("facebook/bart-large-cnn", 406, 1024, "bart", "MIT", "single articles"),
    KnownModel("sshleifer/distilbart-cnn-12-6", 306, 1024, "bart", "Apache-2.0", "single articles"),
    KnownModel("sshleifer/distilbart-cnn-6-6", 230, 1024, "bart", "Apache-2.0", "single articles"),
    KnownModel("google/pegasus-cnn_dailymail", 568, 1024, "pegasus", "-", "single articles"),
    KnownModel("google/pegasus-multi_news", 568, 1024, "pegasus", "-", "several articles"),
    KnownModel("allenai/PRIMERA", 447, 4096, "primera", "Apache-2.0", "several articles"),
    KnownModel("allenai/PRIMERA-multinews", 447, 4096, "primera", "Apache-2.0", "several articles"),
    KnownModel("allenai/led-base-16384", 162, 16384, "led", "Apache-2.0", "needs tuning"),
    KnownModel("google/long-t5-tglobal-base", 248, 16384, "longt5", "Apache-2.0", "needs tuning"),
)  # fmt: skip

PUBLISHED_SCORES = {
    "facebook/bart-large-cnn": "CNN/DM 21.06/30.63",
    "sshleifer/distilbart-cnn-12-6": "CNN/DM 21.26/30.59",
    "sshleifer/distilbart-cnn-6-6": "CNN/DM 20.17/29.70",
    "google/pegasus-cnn_dailymail": "CNN/DM 44.16/21.56/41.30",
    "google/pegasus-multi_news": "Multi-News 47.65/18.75/24.95",
    "allenai/PRIMERA": "Multi-News 42.0/13.6/20.8",
    "allenai/PRIMERA-multinews": "Multi-News 49.9/21.1/25.9",
}
"""Test set and ROUGE-1/2/L (or -2/L, where no more is given) that the models' authors publish."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """How a model family wants its source presented, from `prompts/NAME.toml`.

    `prefix` stands before the source, `separator` between documents; `max_input_tokens` bounds
    what is read, also where the model's own limit is higher; `beams` is the beam width and
    `global_tokens` the tokens that attend to everything (Longformer encoders).
    """

    name: str
    prefix: str
    separator: str
    max_input_tokens: int
    beams: int
    global_tokens: tuple[str, ...]

    def present(self, documents: Iterable[str]) -> str:
        """The documents as the family wants to see them; empty ones are passed over."""
        return self.prefix + self.separator.join(text for text in documents if text)


@dataclass(frozen=True, slots=True)
class Model:
    """A model found on this machine. `folder` is None for the writer that needs none."""

    name: str
    engine: Engine
    folder: Path | None


def _package_folder(name: str) -> Path:
    """A data folder: inside the installed package, or beside it in a source checkout."""
    package = Path(str(files("summarize")))
    installed = package / name
    return installed if installed.is_dir() else package.parent / name


@cache
def prompt(name: str) -> Prompt:
    """The prompt of that name. Raises KeyError when there is none."""
    path = _package_folder("prompts") / f"{name}.toml"
    if not path.is_file():
        raise KeyError(name)
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Prompt(
        name=name,
        prefix=data["prefix"],
        separator=data["separator"],
        max_input_tokens=data["max_input_tokens"],
        beams=data["beams"],
        global_tokens=tuple(data.get("global_tokens", ())),
    )


def find_model(name: str) -> Model:
    """The model behind a known name, a hub name ("owner/name") or a folder. Downloads nothing.

    A hub name is looked up in the local Hugging Face cache. Raises ModelUnavailableError when
    nothing is found.
    """
    if name == "quote":
        return Model(name, "quote", None)
    if name == BUNDLED_MODEL:
        return Model(name, "copying", _package_folder("models") / BUNDLED_MODEL)
    folder = Path(name).expanduser()
    # As a path, an empty name would be the current folder.
    if name and folder.is_dir():
        return Model(folder.resolve().name, "checkpoint", folder)
    if name and folder.exists():
        raise ModelUnavailableError(
            f"'{name}' is a file, not a model folder.",
            "Name the folder that holds config.json and the safetensors weights.",
        )
    if name.count("/") != 1 or name.startswith((".", "/", "~")):
        raise ModelUnavailableError(
            f"There is no model folder '{name}' and no known model of that name.",
            "See: summarize models list",
        )
    from summarize.hub import cached

    here = cached(name)
    if here is None:
        raise ModelUnavailableError(
            f"The model {name} is not on this machine.",
            f"Get it with: summarize models pull {name}, or on a machine with network, and pass "
            "its folder: --model DIR",
        )
    return Model(name, "checkpoint", here)


def prompt_for(model: Model, family: str, *, separates_documents: bool) -> Prompt:
    """The prompt for a checkpoint: by its known name, else by the family its config states.

    `separates_documents` says whether its tokenizer knows PRIMERA's document mark.
    """
    by_name = {known.name: known.prompt for known in KNOWN_MODELS}
    if model.name in by_name:
        return prompt(by_name[model.name])
    if family == "led" and separates_documents:
        return prompt("primera")
    try:
        return prompt(family)
    except KeyError:
        return prompt("default")


def fingerprint(model: Model) -> str:
    """16 hex digits that change when the model's weights, configuration or tokenizer change."""
    digest = hashlib.blake2b(model.engine.encode(), digest_size=8)
    if model.folder is not None:
        for path in sorted(model.folder.iterdir()):
            if path.suffix in {".safetensors", ".json", ".model", ".txt"}:
                digest.update(path.name.encode())
                with path.open("rb") as file:
                    while chunk := file.read(1 << 20):
                        digest.update(chunk)
    return digest.hexdigest()
