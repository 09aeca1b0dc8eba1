"""The digest of a run: as it was kept of an earlier run on the same, or made and kept.

A kept digest is found by everything that decides it: names and bytes of the files, settings, the
model's files, the program's source and the versions of its libraries. It is the digest itself,
failures included, so it is shown as a new one would be.
"""

import io
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from summarize.cache.inputs import Inputs, look
from summarize.cache.store import Store
from summarize.errors import ModelUnavailableError
from summarize.language import parser_version
from summarize.models import find_model, fingerprint
from summarize.provenance import READERS, WRITERS, key_of, libraries, program
from summarize.reading.files import MAX_FILE_BYTES
from summarize.records import Digest
from summarize.settings import Settings

if TYPE_CHECKING:
    from summarize.pipeline import Summarizer
    from summarize.updates import Earlier

__all__ = ["Asked", "digest"]

# How a digest is made, but not what is in it; the model is told by what it is made of.
_NOT_TOLD = ("jobs", "model")

# Failures that another run may not have: they tell of this machine at this moment.
_PASSING = re.compile(r"longer than .* seconds|the parser|more memory|cannot be opened")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a run: the arguments of `summarize.pipeline.digest`."""

    paths: Sequence[str | Path]
    settings: Settings
    stdin: BinaryIO | None = None
    since: "Earlier | None" = None


def digest(
    asked: Asked, store: Store | None, progress: Callable[[str], None] = lambda _: None
) -> Digest:
    """As `summarize.pipeline.digest`, but for what `store` has; what it has not, it is given.

    Imports nothing that makes digests when there is one. Without a store nothing is kept.
    """
    conditions = _conditions(asked.settings) if store else ""
    if store is None or not conditions:
        return _made(asked, progress)
    progress("reading")
    piped = None
    if asked.stdin is not None and any(str(path) == "-" for path in asked.paths):
        piped = asked.stdin.read(MAX_FILE_BYTES + 1)
        asked = replace(asked, stdin=io.BytesIO(piped))
    seen = look(asked.paths, piped)
    key = _key(seen, asked.since, conditions)
    found = store.get(Digest, key)
    if found is not None:
        return found
    from summarize.cache.told import told

    places = [os.path.abspath(path) for path in asked.paths]  # noqa: PTH100 (follows no links)
    made = _made(asked, progress, partial(told, store, key_of([places, conditions])))
    # What was read has to be what the key says, and so has the model.
    unchanged = look(asked.paths, piped) == seen and _conditions(asked.settings) == conditions
    if unchanged and _will_last(made, seen):
        store.put(key, made)
    return made


def _made(
    asked: Asked, progress: Callable[[str], None], summarizer: "Summarizer | None" = None
) -> Digest:
    from summarize import pipeline

    saving = (summarizer,) if summarizer else ()
    return pipeline.digest(asked.paths, asked.settings, progress, asked.stdin, asked.since, *saving)


def _conditions(settings: Settings) -> str:
    """The name of what decides a digest beside its input; empty without a model to use."""
    try:
        model = find_model(settings.model)
        decisive = {
            "settings": {
                field.name: str(getattr(settings, field.name))
                for field in fields(settings)
                if field.name not in _NOT_TOLD
            },
            "model": [model.name, model.engine, fingerprint(model)],
            "gpus": _gpus() if model.engine == "checkpoint" else [],
            "program": program(),
            "libraries": libraries((*READERS, *WRITERS)),
            "parser": parser_version(),
        }
    except (ModelUnavailableError, OSError):
        return ""
    return key_of(decisive)


def _gpus() -> list[str]:
    """What decides whether a checkpoint finds a GPU, as far as can be told without asking one."""
    shown = os.environ.get("CUDA_VISIBLE_DEVICES", "all")
    return [shown, *sorted(map(str, Path("/dev").glob("nvidia[0-9]*")))]


def _key(seen: Inputs, since: "Earlier | None", conditions: str) -> str:
    """The name of everything that decides the digest."""
    input_ = {
        "files": [asdict(file) for file in seen.files],
        "failures": [asdict(failure) for failure in seen.failures],
        "piped": seen.piped,
        "since": since.fingerprint if since else "",
    }
    return key_of([input_, conditions])


def _will_last(made: Digest, seen: Inputs) -> bool:
    """Whether all failures are the input's own: a parser may be too slow on a busy machine."""
    return not any(
        failure not in seen.failures and _PASSING.search(failure.reason)
        for failure in made.failures
    )
