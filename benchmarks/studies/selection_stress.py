"""What copies, strangers and another order of the articles do to a summary.

    python -m benchmarks.studies.selection_stress DATA [--limit 100]

DATA is a folder with dev/ of JSON Lines. Multi-News stories go through all stages before selection,
and 230 words of them are quoted: as they are; with every article five times, each copy with a line
of its own at its end; with three in ten articles from other stories (one at least); and with the
articles the other way round. ROUGE as in `selection`; "changed" is the share of summaries that
differ.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from math import ceil
from pathlib import Path

import numpy as np

from benchmarks.layouts import json_lines
from benchmarks.records import Example
from benchmarks.studies.selection import rouge, told
from benchmarks.studies.selection_stories import prepare
from summarize.settings import Length

_LENGTH = Length(230, "words")
_COPIES = 5
_STRANGERS = 0.3

Change = Callable[[Example, Sequence[str]], Example]


def copied(example: Example, _: Sequence[str]) -> Example:
    """Every article five times; a last line makes each copy a text of its own."""
    numbers = range(_COPIES)
    copies = [f"{text}\n\n{n + 2} comments" for text in example.documents if text for n in numbers]
    return replace(example, documents=tuple(copies), titles=(), dates=(), sources=())


def mixed(example: Example, others: Sequence[str]) -> Example:
    """With articles that belong to other stories."""
    count = ceil(len(example.documents) * _STRANGERS)
    return replace(example, documents=(*example.documents, *others[:count]))


def turned(example: Example, _: Sequence[str]) -> Example:
    """The articles the other way round."""
    return replace(example, documents=example.documents[::-1])


CHANGES: dict[str, Change] = {
    "as it is": lambda example, _: example,
    "copied": copied,
    "with strangers": mixed,
    "turned": turned,
}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--limit", type=int, default=100)
    arguments = parser.parse_args()
    path = arguments.data / "dev" / "multinews.jsonl.xz"
    examples = list(islice(json_lines(path), arguments.limit))
    plain: list[list[str]] = []
    for name, change in CHANGES.items():
        texts = []
        for number, example in enumerate(examples):
            # The stories behind it are about something else.
            others = [
                examples[(number + step) % len(examples)].documents[0] for step in (7, 13, 31)
            ]
            texts.append([s.text for s in told(prepare(change(example, others)), _LENGTH)])
        plain = plain or texts
        pairs = zip(texts, examples, strict=True)
        scores = np.array([rouge(text, example.references[0]) for text, example in pairs])
        changed = np.mean([one != other for one, other in zip(texts, plain, strict=True)])
        ones, twos, longest = scores.mean(axis=0)
        print(f"{name:15} R1 {ones:.2f}  R2 {twos:.2f}  RL {longest:.2f}  changed {changed:.3f}")


if __name__ == "__main__":
    main()
