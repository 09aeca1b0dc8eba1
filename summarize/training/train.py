"""Train the copying network, on every core one process:

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
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import torch
import torch.distributed as group
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from summarize.training.features import FeatureStore
from summarize.writer.copying_network import (
    END,
    KINDS,
    START,
    UNKNOWN,
    Control,
    CopyingNetwork,
    Layout,
    Reading,
    follow,
)
from summarize.writer.copying_passage import (
    SPECIALS,
    Passage,
    Vocabulary,
    batch_inputs,
    length_class,
)
from summarize.writer.copying_words import FREE_WORDS, MARKS, match_key, split_words

__all__ = ["Example", "loss", "train"]

VOCABULARY = 3_000
# Warm-up in steps; the rate stays at its peak until the last `DECAY` of the time.
PEAK_RATE, WARM_UP, DECAY, CLIP = 1e-3, 100, 0.6, 1.0
POOL, WORDS_PER_BATCH, TARGETS_PER_BATCH = 2_000, 2_000, 40
AVERAGE = 0.996
EVALUATE_SECONDS = 180
HELD_OUT = 400
# Shares of the kinds at the start and at the end of training.
SHARES = {
    "natural": (0.45, 0.60),
    "pruned": (0.30, 0.25),
    "fused": (0.08, 0.06),
    "restored": (0.10, 0.04),
    "identical": (0.07, 0.05),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A passage, the store's numbers of its sentences, and the target's word ids."""

    passage: Passage
    sentences: tuple[int, ...]
    target: tuple[int, ...]
    kind: str


def read_pairs(path: Path) -> list[dict[str, Any]]:
    """The pairs of a file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def make_vocabulary(pairs: Sequence[dict[str, Any]], common: set[str]) -> Vocabulary:
    """Marks, function words and the most frequent lower-case words of the targets."""
    counts = Counter(word.text for pair in pairs for word in split_words(pair["target"], common))
    fixed = [*SPECIALS, *MARKS, *sorted(FREE_WORDS)]
    frequent = [w for w, _ in counts.most_common() if w.isalpha() and w.islower() and len(w) > 1]
    extra = [word for word in frequent if word not in FREE_WORDS]
    return Vocabulary([*fixed, *extra[: VOCABULARY - len(fixed)]])


def examples(
    pairs: Sequence[dict[str, Any]], store: FeatureStore, vocabulary: Vocabulary, common: set[str]
) -> list[Example]:
    """The pairs whose sentences have features and whose target words can all be written."""
    found: list[Example] = []
    for pair in pairs:
        if any(source not in store.index for source in pair["sources"]):
            continue
        passage = Passage.read(pair["sources"], vocabulary, common)
        written = [word.text for word in split_words(pair["target"], common)]
        target = passage.number(written, vocabulary)
        if target is None or len(target) > 58:
            continue
        verbatim = match_key(pair["target"]) in map(match_key, pair["sources"])
        numbers = tuple(store.index[source] for source in pair["sources"])
        kind = "identical" if verbatim else pair["kind"]
        found.append(Example(passage, numbers, (*target, END), kind))
    return found


def loss(
    network: CopyingNetwork, batch: Sequence[Example], store: FeatureStore, hide: float = 0.0
) -> tuple[Tensor, int]:
    """Summed negative log-probability of the targets, and their number of words.

    With probability `hide` each of the controls is replaced by "any".
    """
    size = network.layout.vocabulary
    vectors = [
        torch.cat([torch.from_numpy(store[n].astype("float32")) for n in example.sentences])
        for example in batch
    ]
    inputs, ids, choice = batch_inputs([e.passage for e in batch], vectors)
    steps = max(len(e.target) for e in batch)
    target = torch.full((len(batch), steps), -2)
    for row, example in enumerate(batch):
        target[row, : len(example.target)] = torch.tensor(example.target)
    kind = torch.tensor([KINDS.index(e.kind) for e in batch])
    length = torch.tensor([length_class(len(e.target) - 1, len(e.passage.ids)) for e in batch])
    control = Control(*(x.masked_fill(torch.rand(len(batch)) < hide, 0) for x in (kind, length)))
    match = (ids[:, None] == target[..., None]).float()
    reading = readings(match)
    before = torch.cat([torch.full((len(batch), 1), START), target[:, :-1]], 1)
    before = torch.where((before >= size) | (before < 0), UNKNOWN, before)
    with torch.autocast("cpu", torch.bfloat16):
        memory = network.encode(**inputs)
        x = network.embed(memory, before, reading, control, torch.arange(steps))
        copied, written = network.predict(memory, network.decode(memory, x), reading, choice)
    copied = copied.masked_fill(match == 0, -1e9).logsumexp(-1)
    number = torch.full((size + 1,), -1).scatter(0, choice.words, torch.arange(len(choice.words)))
    index = number[torch.where((target >= size) | (target < 0), size, target)]
    written = written.gather(-1, index.clamp(min=0)[..., None])[..., 0]
    total = torch.logaddexp(copied, torch.where(index >= 0, written, -1e9))
    real = target >= 0
    return -(total * real).sum(), int(real.sum())


def readings(match: Tensor) -> Reading:
    """The reading before each word of the targets, from where each word stands (B,T,S)."""
    start = torch.zeros_like(match[:, 0])
    reading = Reading(start, start, start)
    found = [reading]
    for step in range(match.shape[1] - 1):
        reading = follow(reading, match[:, step])
        found.append(reading)
    return Reading(*(torch.stack(parts, 1) for parts in zip(*found, strict=True)))


def batches(
    by_kind: dict[str, list[Example]], chance: random.Random, done: float
) -> Iterator[list[Example]]:
    """One pool of examples in batches of like length; `done` (0 to 1) sets the mixture."""
    pool: list[Example] = []
    for kind, (first, last) in SHARES.items():
        count = round(POOL * (first + (last - first) * done))
        pool += chance.choices(by_kind[kind], k=count)
    pool.sort(key=lambda e: (len(e.passage.ids) // 8, len(e.target)))
    found: list[list[Example]] = [[]]
    for example in pool:
        full = (len(found[-1]) + 1) * len(example.passage.ids) > WORDS_PER_BATCH
        if full or len(found[-1]) == TARGETS_PER_BATCH:
            found.append([])
        found[-1].append(example)
    chance.shuffle(found)
    yield from (batch for batch in found if batch)


@torch.no_grad()
def evaluate(
    network: CopyingNetwork, held: dict[str, list[Example]], store: FeatureStore
) -> dict[str, float]:
    """Loss in nats a word on the held-out examples of each kind."""
    network.eval()
    found: dict[str, float] = {}
    for kind, some in held.items():
        ordered = sorted(some, key=lambda e: len(e.passage.ids))
        sums = [loss(network, ordered[i : i + 40], store) for i in range(0, len(ordered), 40)]
        found[kind] = float(sum(s for s, _ in sums)) / sum(n for _, n in sums)
    network.train()
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


def save(out: Path, network: CopyingNetwork, average: Average, vocabulary: Vocabulary) -> None:
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
    parts = flat.split([gradient.numel() for gradient in gradients])
    for gradient, part in zip(gradients, parts, strict=True):
        gradient.copy_(part.view_as(gradient))


def train(
    network: CopyingNetwork,
    data: tuple[dict[str, list[Example]], dict[str, list[Example]]],
    store: FeatureStore,
    vocabulary: Vocabulary,
    out: Path,
    minutes: float,
) -> None:
    """Train on `data` (training and held-out examples by kind) for so many minutes of wall time."""
    by_kind, held = data
    average, chance = Average(network), random.Random(group.get_rank())
    optimiser = torch.optim.AdamW(network.parameters(), PEAK_RATE, (0.9, 0.98), weight_decay=0.01)
    begin = reported = time.monotonic()
    step, recent, done = 0, list[float](), 0.0
    pool = iter(list[list[Example]]())
    while done < 1:
        batch = next(pool, None)
        if batch is None:
            pool = batches(by_kind, chance, done)
            batch = next(pool)
        done = shared((time.monotonic() - begin) / 60 / minutes)
        rate = PEAK_RATE * max(0.0, min(1, step / WARM_UP, (1 - done) / DECAY))
        for values in optimiser.param_groups:
            values["lr"] = rate + 1e-5
        total, words = loss(network, batch, store, hide=0.1)
        optimiser.zero_grad()
        (total / words).backward()
        mean_gradients(network)
        nn.utils.clip_grad_norm_(network.parameters(), CLIP)
        optimiser.step()
        average.update(network)
        step += 1
        recent = [*recent[-299:], float(total.detach()) / words]
        due = time.monotonic() - reported > EVALUATE_SECONDS or done >= 1
        if group.get_rank() == 0 and due:
            reported = time.monotonic()
            mean = CopyingNetwork(network.layout)
            mean.load_state_dict(average.weights)
            report = {k: round(v, 3) for k, v in evaluate(mean, held, store).items()}
            minute = (reported - begin) / 60
            print(f"{minute:.1f} min, step {step}, train {sum(recent) / len(recent):.3f}", report)
            sys.stdout.flush()
            save(out, network, average, vocabulary)


def main(pairs: Path, features: Path, out: Path, minutes: float, start: Path | None) -> None:
    """Load the data and train."""
    group.init_process_group("gloo", timeout=timedelta(hours=2))
    torch.set_num_threads(1)
    torch.manual_seed(0)
    out.mkdir(parents=True, exist_ok=True)
    common = set((pairs / "common.txt").read_text(encoding="utf-8").split())
    natural, synthetic = read_pairs(pairs / "natural.jsonl"), read_pairs(pairs / "synthetic.jsonl")
    vocabulary = (
        Vocabulary((start / "vocabulary.txt").read_text(encoding="utf-8").split())
        if start
        else make_vocabulary(natural, common)
    )
    store = FeatureStore(features)
    by_kind: dict[str, list[Example]] = {kind: [] for kind in SHARES}
    for example in examples(natural + synthetic, store, vocabulary, common):
        by_kind[example.kind].append(example)
    held = {"pruned": by_kind["pruned"][:HELD_OUT]}
    by_kind["pruned"] = by_kind["pruned"][HELD_OUT:]
    held["dev"] = examples(read_pairs(pairs / "dev_natural.jsonl"), store, vocabulary, common)
    if group.get_rank() == 0:
        shutil.copy(pairs / "common.txt", out / "common.txt")
        print({k: len(v) for k, v in (*by_kind.items(), *held.items())}, flush=True)
    network = CopyingNetwork(Layout(len(vocabulary)))
    torch.manual_seed(group.get_rank())
    if start:
        network.load_state_dict(load_file(start / "last.safetensors"))
    print(sum(p.numel() for p in network.parameters()) / 1e6, "million parameters", flush=True)
    train(network, (by_kind, held), store, vocabulary, out, minutes)


if __name__ == "__main__":
    main(
        *(Path(argument) for argument in sys.argv[1:4]),
        minutes=float(sys.argv[4]),
        start=Path(sys.argv[5]) if len(sys.argv) > 5 else None,
    )
