"""What the adapters of other tools share: the length they keep, imports, and model folders."""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.records import Example, Output
from benchmarks.systems.budget import source_sentences, within
from summarize.errors import ModelUnavailableError, UsageError
from summarize.models import Model, find_model, fingerprint
from summarize.records import Sentence
from summarize.settings import Length

__all__ = [
    "ModelFolder",
    "Tool",
    "flat",
    "import_library",
    "load_part",
    "model_folder",
    "no_method",
    "quiet_transformers",
    "text_sentences",
    "versions",
]

# The end of a sentence as models trained on tokenized text write it: "it fell . nobody was hurt .",
# which has no capital that would tell.
_FREE_STANDING = re.compile(r"(?<= [.!?]) ")


@dataclass(slots=True)
class Tool:
    """A summarizer that says what `choose` returns, the most wanted first, as far as it fits.

    What is said comes out in document order. `choose` may return sentences of the documents or of
    a text of its own.
    """

    name: str
    signature: str
    choose: Callable[[Example, Length], Iterable[Sentence]]
    weights: int = 0

    def summarize(self, example: Example, length: Length) -> Output:
        """Whole sentences within `length`, filled by the rule of `budget.within`."""
        chosen = within(self.choose(example, length), length)
        chosen.sort(key=lambda sentence: (int(sentence.article_id), sentence.index))
        return Output(tuple(sentence.text for sentence in chosen))


def text_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text that a tool has written, in order; none spans two lines."""
    lines = "\n".join(text.splitlines())
    return source_sentences(Example("", (_FREE_STANDING.sub("\n", lines),)))[0]


def import_library(module: str, package: str) -> ModuleType:
    """The module of another tool. Raises UsageError, with the command that installs `package`."""
    library = module.partition(".")[0]
    try:
        # Some libraries print when they are imported, in the midst of results.
        with redirect_stdout(StringIO()):
            import_module(library)
            return import_module(module)
    except ImportError as error:
        missing = error.name == library
        problem = "is not installed" if missing else f"could not be imported: {error}"
        raise UsageError(
            f"{package} {problem}.", f"Install it with: pip install {package}"
        ) from error


def versions(*packages: str) -> str:
    """The names and versions of installed packages, as a part of a signature."""
    return " ".join(f"{package} {version(package)}" for package in packages)


def no_method(tool: str, method: str, methods: Iterable[str]) -> UsageError:
    """The error for a method that a tool does not have."""
    return UsageError(
        f"{tool} has no method '{method}' here.", f"Use one of: {', '.join(methods)}."
    )


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A checkpoint on this machine that is safe to load; `weights` is its size in bytes."""

    model: Model
    path: Path
    weights: int

    @property
    def fingerprint(self) -> str:
        """Changes with the weights, the configuration and the tokenizer."""
        return fingerprint(self.model)


def model_folder(name: str) -> ModelFolder:
    """The checkpoint behind a folder or a hub name that was downloaded before.

    Raises ModelUnavailableError where there is none, where it has no safetensors weights (pickled
    ones are never loaded), and where it wants to run code of its own.
    """
    model = find_model(name)
    if model.folder is None or model.engine != "checkpoint":
        raise ModelUnavailableError(f"'{name}' is no Hugging Face checkpoint.", "Name a folder.")
    files = sorted(model.folder.glob("*.safetensors"))
    if not files or not (model.folder / "config.json").is_file():
        raise ModelUnavailableError(
            f"{model.folder} has no config.json with safetensors weights.",
            "Name the folder of a checkpoint that save_pretrained() wrote.",
        )
    for path in model.folder.glob("*.json"):
        if '"auto_map"' in path.read_text(encoding="utf-8", errors="replace"):
            raise ModelUnavailableError(
                f"The model in {model.folder} wants to run code of its own, which is never done.",
                "Use a checkpoint of a family that transformers knows.",
            )
    return ModelFolder(model, model.folder, sum(path.stat().st_size for path in files))


def load_part(folder: ModelFolder, load: Callable[[Path], Any]) -> Any:
    """What `load` reads from the folder. Raises ModelUnavailableError with its first words."""
    quiet_transformers()
    try:
        return load(folder.path)
    except Exception as error:
        reason = next(iter(str(error).strip().splitlines()), repr(error))
        raise ModelUnavailableError(
            f"The model in {folder.path} could not be loaded: {reason}",
            "Check that the folder is a complete checkpoint of the right kind.",
        ) from error


def quiet_transformers() -> None:
    """Keep transformers from writing progress and advice between the results."""
    from transformers.utils.logging import disable_progress_bar, set_verbosity_error

    disable_progress_bar()
    set_verbosity_error()


def flat(documents: Iterable[Sequence[Sentence]]) -> list[Sentence]:
    """All sentences in document order."""
    return [sentence for document in documents for sentence in document]
