"""What the scorer's chosen limits do: each is moved, and what that changes is counted.

    python -m benchmarks.studies.thresholds DATA_FOLDER [--only PART_OF_A_NAME]

DATA_FOLDER holds `dev/` and `train/`. For each value of a limit are printed

* of sentences with one error put in (`benchmarks.corruption`; CNN and NeuS of train/), how many are
  caught, and of the true ones how many are flagged;
* of summaries by people (CNN of train/), how many claims and statements are contradicted;
* of the wrong summaries of `retellings` and of SummEdits (even documents), how many are caught.

For `_REPEATS` of `summarize.words` it is how many pairs of sentences it takes for repeats: of one
summary by an editor (none repeats another), and of a right summary of SummEdits and the one that it
paraphrases.
"""

import argparse
import json
import lzma
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

from benchmarks.corruption import corrupt
from benchmarks.datasets import find_dataset, load
from benchmarks.records import Example
from benchmarks.studies.retellings import LOOKED_AT, RIGHT, WRONG, flags
from benchmarks.studies.verdicts import sources, summary_sentences
from benchmarks.systems.learned import Reader, fails
from summarize import words
from summarize.scoring import (
    SourceIndex,
    deeds,
    exchanges,
    negation,
    passages,
    people,
    quotations,
)

SEED = 13
STORIES = 25
HUMAN = 40


@dataclass(frozen=True, slots=True)
class Limit:
    """A constant of a module, and the values to try; the middle one is shipped."""

    module: ModuleType
    name: str
    values: tuple[float, ...]


LIMITS = (
    Limit(exchanges, "_NEARLY", (0.5, 0.6, 0.7, 0.8, 0.9)),
    Limit(negation, "_LONGEST", (2, 4, 6, 9, 20)),
    Limit(passages, "_SHARE", (0.4, 0.5, 0.6, 0.7, 0.8)),
    Limit(passages, "_FEWEST", (1, 2, 3, 4, 5)),
    Limit(passages, "_MOST", (1, 2, 3, 5, 8)),
    Limit(deeds, "_ALIKE", (0.5, 0.6, 0.7, 0.8, 0.9)),
    Limit(deeds, "_SAME_DEED", (0.4, 0.5, 0.6, 0.7, 0.8)),
    Limit(people, "_BACK", (0, 1, 2, 3, 4)),
    Limit(quotations, "_SHORTEST", (2, 3, 4, 6, 8)),
    Limit(quotations, "_QUOTED", (0.4, 0.5, 0.6, 0.7, 0.8)),
    Limit(quotations, "_LONGEST", (1, 2, 3, 5, 8)),
)
REPEATS = (0.4, 0.5, 0.6, 0.7, 0.8)


def _train(data: Path, name: str, limit: int) -> tuple[Example, ...]:
    return tuple(
        load(find_dataset(f"jsonl:{data / 'train' / name}.jsonl.xz@3s"), None, limit=limit)
    )


def even_edits(data: Path) -> list[Example]:
    """The summaries of SummEdits of every other document."""
    found = load(find_dataset("summedits"), data)
    documents = list(dict.fromkeys(example.documents for example in found))
    return [example for example in found if documents.index(example.documents) % 2 == 0]


class Trial:
    """All texts, so that every setting judges the same ones."""

    def __init__(self, data: Path) -> None:
        cnn, neus = _train(data, "cnn", STORIES + HUMAN), _train(data, "neus_fulltext", STORIES)
        self._made = [
            example
            for rows in (cnn[:STORIES], neus)
            for example in corrupt(rows, seed=SEED, per_article=5)
        ]
        self._human = cnn[STORIES:]
        self._edits = even_edits(data)
        self._kept: tuple[tuple[str, ...], SourceIndex] | None = None

    def counts(self) -> Counter[str]:
        """What is caught and flagged with the limits as they are."""
        found: Counter[str] = Counter()
        for example in self._made:
            verdicts = {e.verdict for e in self._index(example).judge(example.summary)}
            kind = (*example.error_types, "true: flagged")[0]
            found[kind] += bool(verdicts & {"absent", "contradicted"})
        for example in self._human:
            for text in summary_sentences(example):
                evidence = self._index(example).judge(text)
                found["people: contradicted"] += sum(e.verdict == "contradicted" for e in evidence)
        reader = Reader()
        for example in self._edits:
            failing = any(fails(e) for told in reader.sentences(example) for e in told.evidence)
            found["edits: flagged" if example.right else "edits"] += failing
        retold = flags()
        found["retold"] = sum(retold[WRONG, LOOKED_AT])
        found["retold: flagged"] = sum(retold[RIGHT, LOOKED_AT])
        return found

    def _index(self, example: Example) -> SourceIndex:
        if self._kept is None or self._kept[0] != example.documents:
            self._kept = example.documents, SourceIndex(sources(example))
        return self._kept[1]


def repeats(data: Path) -> Iterator[tuple[str, str, str]]:
    """Pairs of texts that do not repeat each other, and pairs that do."""
    for example in _train(data, "neus_fulltext", 961):
        for one, other in combinations(summary_sentences(example), 2):
            yield "told apart", one, other
    with lzma.open(data / "dev/summedits_news.jsonl.xz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["label"] == 1:
                yield "told twice", record["summary"], record["seed_summary"]


def _sweep(limit: Limit, counts: Callable[[], Counter[str]]) -> None:
    rows = []
    for value in limit.values:
        with patch.object(limit.module, limit.name, value):
            rows.append(counts())
    print(f"{limit.module.__name__}.{limit.name}: {', '.join(map(str, limit.values))}")
    for kind in sorted(set().union(*rows)):
        if len({row[kind] for row in rows}) > 1:
            print(f"    {kind:22}" + "".join(f"{row[kind]:6}" for row in rows), flush=True)


def main() -> None:
    """Print what each limit changes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    if asked.only in ("", "_REPEATS"):
        pairs = list(repeats(asked.data))

        def taken() -> Counter[str]:
            return Counter(kind for kind, *pair in pairs if words.says_the_same(*pair))

        print(Counter(kind for kind, *_ in pairs))
        _sweep(Limit(words, "_REPEATS", REPEATS), taken)
    limits = [x for x in LIMITS if asked.only in f"{x.module.__name__}.{x.name}"]
    trial = Trial(asked.data) if limits else None
    for limit in limits if trial else ():
        _sweep(limit, trial.counts if trial else Counter)


if __name__ == "__main__":
    main()
