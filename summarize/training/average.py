"""The mean of two states of the copying network, which can be better than both.

    python -m summarize.training.average ONE OTHER SHARE OUT

ONE and OTHER are decoder.safetensors of runs of which the second went on from the first, SHARE (0
to 1) is the weight of OTHER, and the mean is written to OUT as float16. The shipped weights are the
mean of the state before the last run and the state at its end, at .7: on dev the last run had gone
on learning to cut, and had begun to learn the human summaries by heart.
"""

import argparse
from pathlib import Path

from safetensors.torch import load_file, save_file

__all__ = ["average"]


def average(one: Path, other: Path, share: float, out: Path) -> None:
    """Write (1 - share)·one + share·other to `out`; both must hold the same tensors."""
    first, second = load_file(one), load_file(other)
    if {k: v.shape for k, v in first.items()} != {k: v.shape for k, v in second.items()}:
        raise ValueError(f"{one} and {other} are not states of one network.")
    mean = {k: (1 - share) * first[k].float() + share * second[k].float() for k in first}
    save_file({name: value.half() for name, value in mean.items()}, out)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("one", type=Path)
    parser.add_argument("other", type=Path)
    parser.add_argument("share", type=float)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    average(arguments.one, arguments.other, arguments.share, arguments.out)


if __name__ == "__main__":
    main()
