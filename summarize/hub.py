"""Models from the Hugging Face hub: what is here, and fetching one when a user asks for it.

Only configuration, tokenizer and safetensors files are fetched: no pickles, no code. Every file is
checked against the checksum that the hub states before a run can find the model.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarize.errors import ModelUnavailableError

__all__ = ["Plan", "cached", "fetch", "plan"]

_WEIGHTS = re.compile(r"model(-\d{5}-of-\d{5})?\.safetensors")
_OTHERS = frozenset(
    {
        "added_tokens.json", "config.json", "generation_config.json", "merges.txt",
        "model.safetensors.index.json", "sentencepiece.bpe.model", "special_tokens_map.json",
        "spiece.model", "tokenizer.json", "tokenizer.model", "tokenizer_config.json", "vocab.json",
    }
)  # fmt: skip

_OFFLINE_HINT = "Fetch it on a machine with network and pass its folder: --model DIR"


@dataclass(frozen=True, slots=True)
class Plan:
    """What fetching a model means: its files with their checksums, and `size` in bytes.

    A checksum is the SHA-256 of a large file, the Git blob's SHA-1 of a small one.
    """

    name: str
    commit: str
    files: tuple[tuple[str, str], ...]
    size: int
    endpoint: str


def cached(name: str) -> Path | None:
    """The folder of a hub model in the local Hugging Face cache, if all of it was fetched.

    Raises ModelUnavailableError for a name that no model can have.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        # config.json is fetched last, so where it is the other files are.
        folder = Path(
            snapshot_download(name, allow_patterns=["config.json"], local_files_only=True)
        )
    except HFValidationError as error:
        raise ModelUnavailableError(f"'{name}' is no model name.") from error
    except (LocalEntryNotFoundError, OSError):
        return None
    return folder if (folder / "config.json").is_file() else None


def plan(name: str) -> Plan:
    """Ask the hub what a model consists of. Needs the network.

    Raises ModelUnavailableError when the hub cannot be reached, does not have the model, or offers
    no safetensors weights of it.
    """
    from huggingface_hub import HfApi, constants

    with _explained(name):
        info = HfApi().model_info(name, files_metadata=True, timeout=30)
    found = info.siblings or []
    wanted = [f for f in found if f.rfilename in _OTHERS or _WEIGHTS.fullmatch(f.rfilename)]
    names = {file.rfilename for file in wanted}
    if "config.json" not in names or not any(_WEIGHTS.fullmatch(name) for name in names):
        raise ModelUnavailableError(
            f"{name} has no config.json with safetensors weights; pickled ones are never loaded.",
            "Choose another model: summarize models list",
        )
    return Plan(
        name=name,
        commit=info.sha or "",
        files=tuple((file.rfilename, _checksum(file)) for file in wanted),
        size=sum(file.size or 0 for file in wanted),
        endpoint=constants.ENDPOINT,
    )


def fetch(wanted: Plan, progress: Callable[[str], None]) -> Path:
    """Download what is planned into the Hugging Face cache, check it, and say where it is.

    `progress` is called with each file's name. Files that are there already are not fetched again.
    Raises ModelUnavailableError when the network fails or a file is not what the hub stated; a
    model that is not whole is not found by a run.
    """
    from huggingface_hub import hf_hub_download
    from huggingface_hub.utils.tqdm import disable_progress_bars

    disable_progress_bars()
    last = Path()
    # config.json comes last: see `cached`.
    for name, checksum in sorted(wanted.files, key=lambda file: (file[0] == "config.json", file)):
        progress(name)
        with _explained(wanted.name):
            last = Path(hf_hub_download(wanted.name, name, etag_timeout=30))
        if last.parent.name != wanted.commit or _sum(last, checksum) != checksum:
            last.resolve().unlink()
            last.unlink()
            raise ModelUnavailableError(
                f"{name} of {wanted.name} did not arrive as the hub states it.",
                f"Try again: summarize models pull {wanted.name}",
            )
    return last.parent


def _checksum(file: Any) -> str:
    return str(file.lfs.sha256 if file.lfs else file.blob_id)


def _sum(path: Path, like: str) -> str:
    """The checksum of a file, of the kind that `like` is."""
    size = path.stat().st_size
    known = (
        hashlib.sha256()
        if len(like) == 64
        else hashlib.sha1(f"blob {size}\0".encode(), usedforsecurity=False)
    )
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            known.update(chunk)
    return known.hexdigest()


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Turn what the hub's library raises into a ModelUnavailableError."""
    from huggingface_hub.errors import (
        HFValidationError,
        OfflineModeIsEnabled,
        RepositoryNotFoundError,
    )

    try:
        yield
    except HFValidationError as error:
        raise ModelUnavailableError(f"'{name}' is no model name.", "Write owner/name.") from error
    except RepositoryNotFoundError as error:
        raise ModelUnavailableError(
            f"The hub has no model {name}, or does not show it to everybody.",
            "See: summarize models list",
        ) from error
    except OfflineModeIsEnabled as error:
        raise ModelUnavailableError("HF_HUB_OFFLINE forbids the network.", _OFFLINE_HINT) from error
    except Exception as error:
        reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise ModelUnavailableError(
            f"{name} could not be fetched from the hub: {reason}.", _OFFLINE_HINT
        ) from error
