"""Train the copying network, one process on every core.

    torchrun --nproc-per-node 2 -m summarize.training.train PAIRS FEATURES OUT MINUTES [FROM]

PAIRS holds `common.txt` and `*.jsonl`, FEATURES what `summarize.training.features` wrote. Writes
the model's `decoder.safetensors` (running mean of the weights, float16), `config.json`,
`vocabulary.txt` and `common.txt` to OUT every few minutes. FROM is an earlier OUT to go on from.
"""

import json
import random
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
import torch
import torch.distributed as group
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from summarize.training.examples import SHARES, Example, batches, examples, make_vocabulary
from summarize.training.features import FeatureStore
from summarize.training.lines import read_lines
from summarize.training.network import TrainableNetwork, log_likelihoods
from summarize.writer.copying_layout import KINDS, Layout
from summarize.writer.copying_passage import Vocabulary, length_class

__all__ = ["loss", "train"]

# Warm-up in steps; the rate stays at its peak until the last `DECAY` of the time.
PEAK_RATE, LEAST_RATE, WARM_UP, DECAY, CLIP = 1e-3, 1e-5, 100, 0.6, 1.0
AVERAGE = 0.996
HIDDEN_CONTROLS = 0.1
REPORT_SECONDS = 180
HELD_OUT = 400


@dataclass(frozen=True)
class Data:
    """Training and held-out examples by kind, the features, and the vocabulary."""

    train: dict[str, list[Example]]
    held: dict[str, list[Example]]
    store: FeatureStore
    vocabulary: Vocabulary


def loss(
    network: TrainableNetwork, batch: Sequence[Example], store: FeatureStore, hide: float = 0.0
) -> tuple[Tensor, int]:
    """Summed negative log-probability of the targets, and their number of words.

    With probability `hide` each of the controls is replaced by "any".
    """
    vectors = [
        np.concatenate([store[n].astype("float32") for n in example.sentences]) for example in batch
    ]
    kind = torch.tensor([KINDS.index(e.kind) for e in batch])
    length = torch.tensor([length_class(len(e.target) - 1, len(e.passage.ids)) for e in batch])
    hidden = (x.masked_fill(torch.rand(len(batch)) < hide, 0) for x in (kind, length))
    with torch.autocast("cpu", torch.bfloat16):
        likely, real = log_likelihoods(
            network,
            [e.passage for e in batch],
            vectors,
            (next(hidden), next(hidden)),
            [e.target for e in batch],
        )
    return -(likely * real).sum(), int(real.sum())


@torch.no_grad()
def evaluate(network: TrainableNetwork, data: Data) -> dict[str, float]:
    """Loss in nats a word on the held-out examples of each kind."""
    network.eval()
    found: dict[str, float] = {}
    for kind, some in data.held.items():
        ordered = sorted(some, key=lambda e: len(e.passage.ids))
        sums = [loss(network, ordered[i : i + 40], data.store) for i in range(0, len(ordered), 40)]
        found[kind] = round(float(sum(s for s, _ in sums)) / sum(n for _, n in sums), 3)
    return found


class Average:
    """The running mean of a network's weights."""

    def __init__(self, network: nn.Module) -> None:
        self.weights = {k: v.clone() for k, v in network.state_dict().items()}
        self.count = 0

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        """Take in the weights as they are now."""
        self.count += 1
        share = max(1 - AVERAGE, 1 / self.count)
        for name, value in network.state_dict().items():
            self.weights[name].lerp_(value, share)

    def network(self, layout: Layout) -> TrainableNetwork:
        """A network with the mean weights."""
        mean = TrainableNetwork(layout)
        mean.load_state_dict(self.weights)
        return mean


def save(out: Path, network: TrainableNetwork, average: Average, vocabulary: Vocabulary) -> None:
    """Write the model and, to go on from, the weights as they are now."""
    out.mkdir(parents=True, exist_ok=True)
    half = {name: value.half().contiguous() for name, value in average.weights.items()}
    for name, values in (("decoder", half), ("last", dict(network.state_dict()))):
        save_file(values, out / f"{name}.tmp")
        (out / f"{name}.tmp").replace(out / f"{name}.safetensors")
    config = {"format": 1, **asdict(network.layout)}
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    (out / "vocabulary.txt").write_text("\n".join(vocabulary.words) + "\n", encoding="utf-8")


def shared(value: float) -> float:
    """The value that the first process has, so that all stop at the same step."""
    held = torch.tensor([value])
    group.broadcast(held, 0)
    return float(held)


def mean_gradients(network: nn.Module) -> None:
    """Replace the gradients by their mean over the processes."""
    gradients = [p.grad for p in network.parameters() if p.grad is not None]
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    group.all_reduce(flat)
    flat /= group.get_world_size()
    start = 0
    for gradient in gradients:
        gradient.copy_(flat[start : start + gradient.numel()].view_as(gradient))
        start += gradient.numel()


def train(network: TrainableNetwork, data: Data, out: Path, minutes: float) -> None:
    """Train for so many minutes of wall time, writing the model to `out` every few minutes."""
    average = Average(network)
    chance = random.Random(group.get_rank())  # noqa: S311 (no secret)
    optimiser = torch.optim.AdamW(network.parameters(), PEAK_RATE, (0.9, 0.98), weight_decay=0.01)
    begin = reported = time.monotonic()
    step, recent, done = 0, list[float](), 0.0
    pool = iter(list[list[Example]]())
    while done < 1:
        batch = next(pool, None)
        if batch is None:
            pool = batches(data.train, chance, done)
            batch = next(pool)
        done = shared((time.monotonic() - begin) / 60 / minutes)
        rate = PEAK_RATE * min(1, step / WARM_UP, (1 - done) / DECAY)
        for values in optimiser.param_groups:
            values["lr"] = max(rate, LEAST_RATE)
        total, words = loss(network, batch, data.store, HIDDEN_CONTROLS)
        optimiser.zero_grad()
        (total / words).backward()  # type: ignore[no-untyped-call]
        mean_gradients(network)
        nn.utils.clip_grad_norm_(network.parameters(), CLIP)
        optimiser.step()
        average.update(network)
        step += 1
        recent = [*recent[-299:], float(total.detach()) / words]
        due = time.monotonic() - reported > REPORT_SECONDS or done >= 1
        if due and group.get_rank() == 0:
            reported = time.monotonic()
            save(out, network, average, data.vocabulary)
            losses = evaluate(average.network(network.layout), data)
            minute = (reported - begin) / 60
            print(f"{minute:.1f} min, step {step}, train {sum(recent) / len(recent):.3f}", losses)
            sys.stdout.flush()


def load_data(pairs: Path, store: FeatureStore, vocabulary: Vocabulary | None) -> Data:
    """The examples of a folder of pairs, with a vocabulary made from them unless one is given."""
    common = set((pairs / "common.txt").read_text(encoding="utf-8").split())
    names = ("natural", "synthetic", "dev_natural")
    natural, synthetic, dev = (list(read_lines(pairs / f"{name}.jsonl")) for name in names)
    vocabulary = vocabulary or make_vocabulary(natural, common)
    by_kind: dict[str, list[Example]] = {kind: [] for kind in SHARES}
    for example in examples(natural + synthetic, store, vocabulary, common):
        by_kind[example.kind].append(example)
    held = {"pruned": by_kind["pruned"][:HELD_OUT]}
    by_kind["pruned"] = by_kind["pruned"][HELD_OUT:]
    held["dev"] = examples(dev, store, vocabulary, common)
    return Data(by_kind, held, store, vocabulary)


def main(folders: Sequence[Path], minutes: float, start: Path | None) -> None:
    """Load the data in the folders PAIRS and FEATURES, train, and write to the folder OUT."""
    pairs, features, out = folders
    group.init_process_group("gloo", timeout=timedelta(hours=2))
    torch.set_num_threads(1)
    torch.manual_seed(0)
    out.mkdir(parents=True, exist_ok=True)
    vocabulary = None
    if start:
        vocabulary = Vocabulary((start / "vocabulary.txt").read_text(encoding="utf-8").split())
    data = load_data(pairs, FeatureStore(features), vocabulary)
    network = TrainableNetwork(Layout(len(data.vocabulary)))
    if start:
        network.load_state_dict(load_file(start / "last.safetensors"))
    if group.get_rank() == 0:
        shutil.copy(pairs / "common.txt", out / "common.txt")
        print({kind: len(found) for kind, found in data.train.items()})
        print(f"{sum(p.numel() for p in network.parameters()) / 1e6:.1f} million parameters")
    torch.manual_seed(group.get_rank())
    train(network, data, out, minutes)


if __name__ == "__main__":
    main(
        [Path(argument) for argument in sys.argv[1:4]],
        minutes=float(sys.argv[4]),
        start=Path(sys.argv[5]) if len(sys.argv) > 5 else None,
    )
