"""Fine-tuning of any sequence-to-sequence checkpoint on a user's own pairs.

A plain loop: AdamW, warm-up and linear decay, every chance drawn from the seed and the step alone.
So a training that was killed goes on from its last save and ends where it would have ended.
"""

import json
import math
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarize.errors import UsageError
from summarize.models import Model, find_model, fingerprint, prompt_for
from summarize.settings import Device
from summarize.training.finetune_data import (
    Data,
    Example,
    Reader,
    batches,
    faithful,
    read_pairs,
    split,
    tokenize,
)
from summarize.training.finetune_report import Told, write_report
from summarize.training.finetune_saves import Saves, Training, writing

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Job", "Recipe", "finetune"]

Say = Callable[[str], None]

# Peak learning rates for AdamW: 3e-5 is what BART was tuned with on CNN/DM (Lewis et al., 2020);
# T5 wants ten times more, as the documentation of transformers advises.
_RATES = {"t5": 3e-4, "mt5": 3e-4, "umt5": 3e-4, "longt5": 3e-4}
_RATE = 3e-5

_WARM_UP, _CLIP, _DECAY = 0.05, 1.0, 0.01
_MOST_WRITTEN = 512
_FIRST_REPORT = 10


@dataclass(frozen=True, slots=True)
class Recipe:
    """What, with the data and the base, decides the weights.

    `rate` is the peak learning rate, None for the family's; `tokens` are those of a batch, padding
    counted; `steps` ends the training early; `faithful` drops pairs with claims that their source
    does not hold.
    """

    epochs: int = 3
    steps: int | None = None
    rate: float | None = None
    tokens: int = 4096
    seed: int = 13
    faithful: bool = True


@dataclass(frozen=True, slots=True)
class Job:
    """A training: the file of pairs, the model to begin with, the folder to write, and how.

    `jobs` is the number of cores; the state is saved every `save_minutes`.
    """

    data: Path
    base: str
    out: Path
    recipe: Recipe
    jobs: int
    device: Device = "auto"
    save_minutes: float = 5.0


def finetune(job: Job, say: Say = print) -> None:
    """Train; the folder becomes a model's, with the weights of the lowest held-out loss.

    Goes on from the last save when the folder holds one of the same training. Raises UsageError
    when it holds anything else, cannot be written to or no pair is left, and ModelUnavailableError
    when the base cannot be loaded or the device is not there.
    """
    import torch

    from summarize.writer.engines import chosen_device
    from summarize.writer.pytorch import load, stated

    model = find_model(job.base)
    if model.folder is None or model.engine != "checkpoint":
        raise UsageError(f"{job.base} cannot be trained.", "Name a sequence-to-sequence model.")
    where = chosen_device(job.device, has_cuda=torch.cuda.is_available())
    torch.set_num_threads(job.jobs)
    tokenizer, network = load(model.folder)
    saves = Saves(job.out, _signature(job, model))
    facts = stated(network, tokenizer)
    prompt = prompt_for(model, facts.family, separates_documents=facts.marks_documents)
    reads = min(prompt.max_input_tokens, facts.reads or prompt.max_input_tokens)
    writes = min(_MOST_WRITTEN, facts.writes or _MOST_WRITTEN)
    given = _data(job, Reader(tokenizer, prompt, reads, writes), say)
    rate = job.recipe.rate or _RATES.get(facts.family, _RATE)
    network.to(where)
    training = Training(network, torch.optim.AdamW(network.parameters(), rate, weight_decay=_DECAY))
    if saves.restore(training):
        say(f"Going on from step {training.progress.step}.")
    marks = tokenizer.convert_tokens_to_ids(list(prompt.global_tokens))
    _Run(training, given, job, saves, marks, say).all(rate, tokenizer)
    recipe = asdict(job.recipe) | {"rate": rate}
    name = Path(job.base).name
    told = Told(name, fingerprint(model), given.counts, recipe, training.progress)
    with writing(job.out):
        write_report(job.out, told)
        saves.finish()
    say(f"Done: {job.out}")


def _signature(job: Job, model: Model) -> str:
    """What has to be the same for a training to go on."""
    try:
        with job.data.open("rb") as file:
            contents = file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UsageError(f"{job.data} cannot be read: {error.strerror}.") from error
    return json.dumps([contents, fingerprint(model), asdict(job.recipe)])


def _data(job: Job, reader: Reader, say: Say) -> Data:
    counts: Counter[str] = Counter()
    pairs = read_pairs(job.data, counts)
    if job.recipe.faithful:
        pairs = list(faithful(pairs, counts))
    if len(pairs) < 2:
        raise UsageError(
            f"{job.data} leaves {len(pairs)} of {counts['lines']} lines to train on "
            f"({counts['unreadable']} unreadable, {counts['repeated']} repeated, "
            f"{counts['unfaithful']} with a name, number or date that the source does not hold).",
            'A line is {"source": text, "summary": text}, or has "documents": [text, ...].',
        )
    train, held = (tokenize(pairs, reader, counts) for pairs in split(pairs, job.recipe.seed))
    counts |= {"trained on": len(train), "held out": len(held)}
    say("; ".join(f"{count} {name}" for name, count in counts.items() if count))
    return Data(train, held, dict(counts))


def _steps(data: Data, recipe: Recipe) -> int:
    total = sum(
        len(batches(data.train, recipe.tokens, recipe.seed + epoch))
        for epoch in range(recipe.epochs)
    )
    return min(total, recipe.steps) if recipe.steps else total


def _schedule(
    data: Data, recipe: Recipe, total: int, done: int
) -> Iterator[tuple[list[Example], int, bool]]:
    """The batches still to come, each with its number from 1 on and whether it ends an epoch."""
    step = 0
    for epoch in range(recipe.epochs):
        made = batches(data.train, recipe.tokens, recipe.seed + epoch)
        for number, batch in enumerate(made, start=1):
            step += 1
            if step > total:
                return
            if step > done:
                yield batch, step, number == len(made) or step == total


def _share(step: int, total: int) -> float:
    """The share of the peak rate: up to it in the first steps, then down to nothing."""
    warm = max(1, math.ceil(_WARM_UP * total))
    return min(step / warm, (total - step + 1) / max(1, total - warm + 1))


@dataclass(slots=True)
class _Run:
    """The steps of a training, with what they need."""

    training: Training
    data: Data
    job: Job
    saves: Saves
    marks: list[int]
    say: Say
    saved: float = field(default_factory=time.monotonic)

    def all(self, rate: float, tokenizer: Any) -> None:
        """Every step that is still to come, at the peak rate `rate`, with saves and reports."""
        recipe, progress = self.job.recipe, self.training.progress
        if not progress.held:
            self._evaluate()
        total = _steps(self.data, recipe)
        for batch, step, ends in _schedule(self.data, recipe, total, progress.step):
            self._step(batch, step, rate * _share(step, total))
            # Not by the clock: which weights are kept must not depend on the machine's speed.
            if ends and self._evaluate():
                self.saves.publish(self.training.network, tokenizer)
            if ends or time.monotonic() - self.saved >= self.job.save_minutes * 60:
                self._save()

    def _step(self, batch: Sequence[Example], step: int, rate: float) -> None:
        import torch

        network, optimiser = self.training.network, self.training.optimiser
        torch.manual_seed(self.job.recipe.seed * 1_000_003 + step)
        network.train()
        for values in optimiser.param_groups:
            values["lr"] = rate
        loss = self._loss(batch)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), _CLIP)
        optimiser.step()
        self.training.progress.add(step, float(loss.detach()))
        if step == _FIRST_REPORT:
            self.say(f"step {step}: loss {self.training.progress.recent():.3f}")

    def _save(self) -> None:
        """Keep what is needed to go on, and say how far it is."""
        self.saves.keep(self.training)
        self.saved = time.monotonic()
        progress = self.training.progress
        self.say(f"step {progress.step}: loss {progress.recent():.3f}, saved")

    def _evaluate(self) -> bool:
        """Whether the held-out loss is the lowest since training began; says and notes it."""
        import torch

        progress = self.training.progress
        self.training.network.eval()
        summed, count = 0.0, 0
        with torch.inference_mode():
            for batch in batches(self.data.held, self.job.recipe.tokens, 0):
                tokens = sum(len(example.target) for example in batch)
                summed += float(self._loss(batch)) * tokens
                count += tokens
        saved = [loss for step, loss in progress.held if step]
        progress.held.append((progress.step, summed / count))
        self.say(f"step {progress.step}: held-out loss {summed / count:.3f}")
        return not saved or summed / count < min(saved)

    def _loss(self, batch: Sequence[Example]) -> "Tensor":
        import torch

        network = self.training.network
        inputs = _inputs(batch, network.config.pad_token_id, self.marks)
        inputs = {name: value.to(network.device) for name, value in inputs.items()}
        with torch.autocast(
            network.device.type, torch.bfloat16, enabled=network.device.type == "cuda"
        ):
            loss: Tensor = network(**inputs, use_cache=False).loss
        return loss


def _inputs(batch: Sequence[Example], pad: int, marks: list[int]) -> "dict[str, Tensor]":
    """A padded batch; `marks` are tokens that attend to everything (Longformer encoders)."""
    import torch

    def padded(rows: list[tuple[int, ...]], filler: int) -> "Tensor":
        width = max(map(len, rows))
        return torch.tensor([[*row, *[filler] * (width - len(row))] for row in rows])

    source = padded([example.source for example in batch], pad)
    lengths = torch.tensor([len(example.source) for example in batch])
    inputs = {
        "input_ids": source,
        "attention_mask": (torch.arange(source.shape[1]) < lengths[:, None]).long(),
        "labels": padded([example.target for example in batch], -100),
    }
    if marks:
        inputs["global_attention_mask"] = torch.isin(source, torch.tensor(marks)).long()
    return inputs
