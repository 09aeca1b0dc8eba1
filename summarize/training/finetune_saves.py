"""The folder that a training writes to: the best model so far, and what is needed to go on."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarize.errors import UsageError
from summarize.training.finetune_report import Progress

__all__ = ["Saves", "Training", "writing"]


@dataclass(slots=True)
class Training:
    """A network on its way: what a save holds."""

    network: Any
    optimiser: Any
    progress: Progress = field(default_factory=Progress)


class Saves:
    """The folder a training writes to: the best model so far, and `resume` to go on from."""

    def __init__(self, out: Path, signature: str) -> None:
        """Open the folder for the training that `signature` stands for.

        Raises UsageError when it holds anything else or cannot be written to.
        """
        self._out, self._resume, self._signature = out, out / "resume", signature
        try:
            out.mkdir(parents=True, exist_ok=True)
            stated = self._resume / "signature.json"
            if stated.is_file():
                if stated.read_text(encoding="utf-8") != signature:
                    raise UsageError(
                        f"{out} holds a training with other data, another base or recipe.",
                        "Choose another folder: --out DIR",
                    )
                return
            if any(path.name != "resume" for path in out.iterdir()):
                raise UsageError(f"{out} is not empty.", "Choose a new folder: --out DIR")
            self._resume.mkdir(exist_ok=True)
            _write(stated, signature)
        except OSError as error:
            raise UsageError(f"{out} cannot be written to: {error.strerror}.") from error

    def restore(self, training: Training) -> bool:
        """Put a training where its last save was; whether there is one."""
        from safetensors.torch import load_file

        saved = sorted(self._resume.glob("step-*"))
        if not saved:
            return False
        device = training.network.device
        weights = load_file(saved[-1] / "network.safetensors")
        training.network.load_state_dict(weights, strict=False)
        training.network.tie_weights()
        moments = load_file(saved[-1] / "optimiser.safetensors")
        state = training.optimiser.state
        for number, parameter in enumerate(training.network.parameters()):
            parts = {
                name: moments[f"{number}.{name}"] for name in ("step", "exp_avg", "exp_avg_sq")
                if f"{number}.{name}" in moments
            }  # fmt: skip
            if parts:
                state[parameter] = {
                    name: value if name == "step" else value.to(device)
                    for name, value in parts.items()
                }
        training.progress = Progress.read(saved[-1] / "progress.json")
        return True

    def keep(self, training: Training) -> None:
        """Write what is needed to go on; it appears whole, and replaces the save before."""
        with writing(self._out):
            self._keep(training, f"step-{training.progress.step:09}")

    def _keep(self, training: Training, name: str) -> None:
        from safetensors.torch import save_file

        scratch = self._resume / f".{name}"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        weights = {n: p.detach().cpu() for n, p in training.network.named_parameters()}
        save_file(weights, scratch / "network.safetensors")
        save_file(
            {
                f"{number}.{part}": value.cpu().contiguous()
                for number, parameter in enumerate(training.network.parameters())
                for part, value in training.optimiser.state.get(parameter, {}).items()
            },
            scratch / "optimiser.safetensors",
        )
        training.progress.write(scratch / "progress.json")
        before = [path for path in self._resume.glob("step-*") if path.name != name]
        shutil.rmtree(self._resume / name, ignore_errors=True)
        scratch.rename(self._resume / name)
        for path in before:
            shutil.rmtree(path)

    def publish(self, network: Any, tokenizer: Any) -> None:
        """Write the model as it is now to the folder, file by file in place of the last."""
        scratch = self._resume / ".model"
        with writing(self._out):
            shutil.rmtree(scratch, ignore_errors=True)
            network.save_pretrained(scratch)
            tokenizer.save_pretrained(scratch)
            for path in scratch.iterdir():
                path.replace(self._out / path.name)
            scratch.rmdir()

    def finish(self) -> None:
        """Remove what was needed to go on."""
        shutil.rmtree(self._resume)


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Turn a disk that is full or gone into a UsageError; the last save stays as it is."""
    from safetensors import SafetensorError

    try:
        yield
    except (OSError, SafetensorError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        raise UsageError(
            f"{out} could not be written: {reason}.", "The same command goes on from the last save."
        ) from error


def _write(path: Path, text: str) -> None:
    scratch = path.with_name(f".{path.name}")
    scratch.write_text(text, encoding="utf-8")
    scratch.replace(path)
