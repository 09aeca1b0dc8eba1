"""Checkpoints converted for CTranslate2, once, and kept in the user's cache folder.

A conversion is named by the contents it was made from, so a changed checkpoint is converted anew.
It appears whole or not at all, one process makes it while others wait, and one whose files no
longer match their checksums is made again. Where nothing can be written, it is made for this run.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from hashlib import blake2b, file_digest
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

__all__ = ["FACTS", "TOKENIZER", "Unconvertible", "cache_folder", "converted"]

FACTS, TOKENIZER, _MANIFEST = "facts.json", "tokenizer.json", "manifest.json"

# Part of a conversion's name: raise it when what is written here changes.
_FORMAT = 1

# A conversion has to give a text the probability that the original gives, within so many nats a
# token. Of networks with random weights, int8 was .001 to .018 off (benchmarks.studies.engine).
_TOLERANCE = 0.1
_PROBE = "Four workers were killed on Monday when the old bridge in Norville collapsed."


class Unconvertible(Exception):  # noqa: N818 (not an error: PyTorch runs it)
    """CTranslate2 cannot stand in for this checkpoint."""


def cache_folder() -> Path:
    """Where conversions are kept: under XDG_CACHE_HOME or ~/.cache."""
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "summarize" / "converted"


@contextmanager
def converted(checkpoint: Path, contents: str, kind: str) -> Iterator[Path]:
    """The folder of `checkpoint` converted to the weight type `kind`, which may go afterwards.

    `contents` is the checkpoint's fingerprint. Raises Unconvertible, and ModelUnavailableError
    for a checkpoint that cannot be loaded.
    """
    import ctranslate2

    name = f"{contents}-{kind}-{ctranslate2.__version__}-{_FORMAT}"
    try:
        base = cache_folder()
        base.mkdir(parents=True, exist_ok=True)
        with _alone(base / f".{name}.lock"):
            folder = _kept(checkpoint, kind, base, name)
    except OSError:
        with TemporaryDirectory(prefix="summarize-") as scratch:
            _convert(checkpoint, kind, Path(scratch))
            yield Path(scratch)
        return
    yield folder


def _kept(checkpoint: Path, kind: str, base: Path, name: str) -> Path:
    """The conversion in the cache folder, made if it is missing or damaged."""
    folder = base / name
    if not _is_whole(folder):
        # With the lock held, what was begun under this name was left by a process that died.
        for left in (folder, *base.glob(f".{name}.*.tmp")):
            shutil.rmtree(left, ignore_errors=True)
        scratch = Path(mkdtemp(prefix=f".{name}.", suffix=".tmp", dir=base))
        try:
            _convert(checkpoint, kind, scratch)
            scratch.rename(folder)
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
    return folder


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock file `path`; where the system has no such locks, go on without."""
    try:
        from fcntl import LOCK_EX, flock
    except ImportError:
        yield
        return
    with path.open("w") as file:
        flock(file, LOCK_EX)
        yield


def _checksums(folder: Path) -> dict[str, str]:
    sums = {}
    for path in sorted(folder.iterdir()):
        if path.name != _MANIFEST:
            with path.open("rb") as file:
                sums[path.name] = file_digest(file, blake2b).hexdigest()
    return sums


def _is_whole(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        return bool(manifest == _checksums(folder))
    except (OSError, ValueError):
        return False


def _convert(checkpoint: Path, kind: str, folder: Path) -> None:
    """Write the conversion with its tokenizer and facts to `folder`, and its checksums last."""
    from summarize.writer.pytorch import load, stated

    tokenizer, network = load(checkpoint)
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise Unconvertible(f"{checkpoint} has no tokenizer that runs without transformers")
    facts, expected = stated(network, tokenizer), _original(network, tokenizer)
    try:
        # This scales the network's weights in place: what is asked of it is asked before.
        _write_weights(network, tokenizer, kind, folder)
    except (AttributeError, KeyError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Unconvertible(str(error)) from error
    backend.save(str(folder / TOKENIZER))
    (folder / FACTS).write_text(json.dumps(asdict(facts)), encoding="utf-8")
    if abs(_probability(folder, tokenizer) - expected) > _TOLERANCE:
        raise Unconvertible(f"{checkpoint} and its conversion do not agree")
    (folder / _MANIFEST).write_text(json.dumps(_checksums(folder)), encoding="utf-8")


def _write_weights(network: Any, tokenizer: Any, kind: str, folder: Path) -> None:
    from ctranslate2.converters import TransformersConverter

    class Loaded(TransformersConverter):  # type: ignore[misc]
        """Converts what is loaded already, so that nothing is loaded in another way."""

        def load_model(self, *_: Any, **__: Any) -> Any:
            # Read by the converter; configurations saved by transformers 5 no longer have them.
            is_pegasus = network.config.model_type == "pegasus"
            for name, value in (
                ("normalize_before", is_pegasus),
                ("normalize_embedding", not is_pegasus),
            ):
                if not hasattr(network.config, name):
                    setattr(network.config, name, value)
            return network

        def load_tokenizer(self, *_: Any, **__: Any) -> Any:
            return tokenizer

    Loaded(network.config.name_or_path).convert(str(folder), quantization=kind, force=True)


def _probability(folder: Path, tokenizer: Any) -> float:
    """Mean log-probability per token that the conversion gives to a sentence after itself."""
    import ctranslate2

    translator = ctranslate2.Translator(str(folder), device="cpu")
    source = tokenizer.convert_ids_to_tokens(tokenizer(_PROBE)["input_ids"])
    target = tokenizer.convert_ids_to_tokens(tokenizer(_PROBE, add_special_tokens=False).input_ids)
    [scored] = translator.score_batch([source], [target])
    return float(sum(scored.log_probs)) / len(scored.log_probs)


def _original(network: Any, tokenizer: Any) -> float:
    """The same of the checkpoint itself."""
    import torch

    source = tokenizer(_PROBE, return_tensors="pt")["input_ids"]
    target = tokenizer(_PROBE, add_special_tokens=False, return_tensors="pt")["input_ids"]
    end = torch.tensor([[network.config.eos_token_id]])
    with torch.inference_mode():
        return -float(network(input_ids=source, labels=torch.cat([target, end], 1)).loss)
