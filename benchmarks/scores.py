"""The scores of outputs: every metric of every example, kept beside the outputs they belong to.

Scoring never runs a system. A score is used again as long as the output, the example and the code
and settings of the metrics are the same.
"""

import hashlib
import inspect
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Literal

from benchmarks import metrics, similarity
from benchmarks.datasets import dataset_checksum, find_dataset, load
from benchmarks.journal import Journal, Line, read_lines
from benchmarks.judging import fold_of
from benchmarks.records import Example
from benchmarks.runs import COSTS, Run, example_hash, find_runs, output_of
from summarize.errors import UsageError
from summarize.provenance import program
from summarize.settings import Length

__all__ = ["Extent", "score_runs", "scoring_signature"]

Extent = Literal["quick", "full", "meaning"]
"""What is scored: ROUGE and surface measures; the package's scorer too; and embeddings as well."""


@dataclass(frozen=True, slots=True)
class _Todo:
    """An example with the outputs of it that want scoring: line, length and folder of each."""

    example: Example
    outputs: tuple[tuple[Line, str, Path], ...]


def score_runs(
    out: Path, data: Path | None, *, extent: Extent = "full", jobs: int = 1
) -> list[tuple[Run, Path]]:
    """Score all outputs below `out` that are not scored yet; the runs with their folders.

    Raises UsageError where a dataset cannot be had any more.
    """
    runs = [*find_runs(out)]
    for _, group in groupby(runs, key=lambda row: (row[0].dataset, row[0].split)):
        _score(tuple(group), data, extent=extent, jobs=jobs)
    return runs


def scoring_signature(extent: Extent) -> str:
    """All that changes a score: settings, versions, and the code of metrics and scorer."""
    code = hashlib.sha256(Path(inspect.getfile(metrics)).read_bytes()).hexdigest()[:8]
    parts = [metrics.signature(faithfulness=extent != "quick"), f"code:{code}"]
    if extent != "quick":
        parts.append(f"package:{program()}")
    if extent == "meaning":
        parts.append(similarity.signature())
    return "|".join(parts)


def _score(
    runs: Sequence[tuple[Run, Path]], data: Path | None, *, extent: Extent, jobs: int
) -> None:
    first = runs[0][0]
    dataset = find_dataset(first.dataset)
    if dataset_checksum(dataset, data, first.split) != first.checksum:
        raise UsageError(f"The file of {dataset.name} is not the one these outputs were made of.")
    examples = load(dataset, data, first.split)
    signature = scoring_signature(extent)
    with ExitStack() as files:
        journals = {
            folder: files.enter_context(Journal(folder / "scores.jsonl")) for _, folder in runs
        }
        todo = [*_todo(runs, examples, journals, signature)]
        scored = partial(_scored, task=first.task, signature=signature, extent=extent)
        if jobs > 1 and len(todo) > jobs:
            pool = files.enter_context(ProcessPoolExecutor(jobs))
            results = pool.map(scored, todo, chunksize=4)
        else:
            results = map(scored, todo)
        for lines in results:
            for folder, line in lines:
                journals[folder].append(line)
        for journal in journals.values():
            journal.keep(example.id for example in examples)


def _todo(
    runs: Sequence[tuple[Run, Path]],
    examples: Sequence[Example],
    journals: dict[Path, Journal],
    signature: str,
) -> Iterator[_Todo]:
    """The examples with outputs whose score is missing or was made by other means."""
    outputs = {
        folder: {line["id"]: line for line in read_lines(folder / "outputs.jsonl")}
        for _, folder in runs
    }
    for example in examples:
        wanted = []
        for run, folder in runs:
            line = outputs[folder].get(example.id)
            old = journals[folder].lines.get(example.id)
            if line is None or line["example"] != example_hash(example):
                continue
            if old is None or old["key"] != _key(line, signature):
                wanted.append((line, run.length, folder))
        if wanted:
            yield _Todo(example, tuple(wanted))


def _scored(todo: _Todo, *, task: str, signature: str, extent: Extent) -> list[tuple[Path, Line]]:
    found = []
    for line, length, folder in todo.outputs:
        values = (
            _judged(todo.example, line)
            if task == "judge"
            else _measured(todo.example, line, length, extent)
        )
        head = {"id": todo.example.id, "key": _key(line, signature)}
        found.append((folder, head | values | {"failed": "error" in line}))
    return found


def _measured(example: Example, line: Line, length: str, extent: Extent) -> Line:
    output = output_of(line)
    values = metrics.score(example, output, Length.parse(length), faithfulness=extent != "quick")
    if extent == "meaning":
        values[similarity.SIMILARITY.name] = (
            similarity.similarity(output.text, example.references) if example.references else None
        )
    words = sum(len(text.split()) for text in example.documents)
    return {
        "values": {name: None if v is None else round(v, 6) for name, v in values.items()},
        "source_words": words,
    }


def _judged(example: Example, line: Line) -> Line:
    return {
        "right": example.right,
        "error_types": list(example.error_types),
        "cluster": hashlib.sha256("\n".join(example.documents).encode()).hexdigest()[:16],
        "fold": fold_of("\n".join(example.documents)),
        "suspicion": line.get("suspicion", 0.0),
        "flagged": line.get("flagged"),
    }


def _key(line: Line, signature: str) -> str:
    """Changes with whatever the score depends on; not with what the output cost."""
    parts = {name: value for name, value in line.items() if name not in COSTS}
    text = json.dumps([parts, signature], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
