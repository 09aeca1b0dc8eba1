"""How likely the copying network finds given sentences: all words at once, no search."""

from collections.abc import Sequence

import torch
from torch import Tensor

from summarize.writer.copying_network import START, UNKNOWN, Choice, Control, CopyingNetwork, Memory
from summarize.writer.copying_reading import Reading, follow

__all__ = ["log_likelihoods"]


def log_likelihoods(
    network: CopyingNetwork,
    asked: tuple[Memory, Tensor, Choice, Control],
    targets: Sequence[Sequence[int]],
) -> tuple[Tensor, Tensor]:
    """Natural log-probability of each word (B,T) of the targets, and which are words (B,T).

    `asked` are encoded passages, their word ids (B,S), what may be generated, and the control; the
    targets, one a passage, are word ids with the end.
    """
    memory, ids, choice, control = asked
    size = network.layout.vocabulary
    steps = max(map(len, targets))
    target = torch.full((len(targets), steps), -2)
    for row, found in enumerate(targets):
        target[row, : len(found)] = torch.tensor(found)
    match = (ids[:, None] == target[..., None]).float()
    before = torch.cat([torch.full((len(targets), 1), START), target[:, :-1]], 1)
    before = torch.where((before >= size) | (before < 0), UNKNOWN, before)
    reading = _readings(match)
    x = network.embed(memory, before, reading, control, torch.arange(steps))
    copied, written = network.predict(memory, network.decode(memory, x), reading, choice)
    copied = copied.masked_fill(match == 0, -1e9).logsumexp(-1)
    number = torch.full((size + 1,), -1).scatter(0, choice.words, torch.arange(len(choice.words)))
    index = number[torch.where((target >= size) | (target < 0), size, target)]
    written = written.gather(-1, index.clamp(min=0)[..., None])[..., 0]
    total = torch.logaddexp(copied, torch.where(index >= 0, written, -1e9))
    return total, target >= 0


def _readings(match: Tensor) -> Reading:
    """The reading before each word of the targets, from where each word stands (B,T,S)."""
    start = torch.zeros_like(match[:, 0])
    reading = Reading(start, start, start)
    found = [reading]
    for step in range(match.shape[1] - 1):
        reading = follow(reading, match[:, step])
        found.append(reading)
    return Reading(*(torch.stack(parts, 1) for parts in zip(*found, strict=True)))
