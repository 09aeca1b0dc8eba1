"""Running systems on datasets: one folder for each pair, resumable at any moment.

    OUT/DATASET/SYSTEM/run.json        what was run on what: dataset, system, settings, versions
    OUT/DATASET/SYSTEM/outputs.jsonl   an output per example, with its seconds and memory
    OUT/DATASET/SYSTEM/scores.jsonl    the metrics of each output (`benchmarks.scores`)

A system works in a process of its own, so that its memory is its own and its crash is its own.
"""

import hashlib
import inspect
import json
import multiprocessing
import os
import platform
import re
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.datasets import Dataset, dataset_checksum, find_dataset, load
from benchmarks.journal import Journal, Line, write_json
from benchmarks.records import Example, Output, Task
from benchmarks.systems import Judge, Summarizer, budget
from benchmarks.systems.table import load_system
from summarize.errors import SummarizeError, UsageError
from summarize.settings import Length

__all__ = ["COSTS", "Run", "Work", "find_runs", "output_of", "slug", "work"]

COSTS = frozenset({"seconds", "processor_seconds", "megabytes"})
"""What a line of outputs says of its making; it changes from run to run."""

# Changes when lines of an older format can no longer be read.
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Work:
    """What is asked for: a system on the first `limit` examples of a dataset's split.

    `length` "" is the dataset's own budget. `data` is the folder that holds the datasets.
    """

    dataset: str
    system: str
    data: Path | None = None
    split: str | None = None
    limit: int | None = None
    length: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """What was done: all that makes a folder of outputs what they are.

    `checksum` is the dataset file's SHA-256, `length` the budget ("" for judges), `signature` and
    `weights` (bytes) are the system's own; `versions` and `hardware` say where it ran.
    """

    dataset: str
    split: str
    task: Task
    checksum: str
    limit: int | None
    length: str
    system: str
    signature: str
    weights: int
    versions: dict[str, str]
    hardware: dict[str, str]
    format: int = _FORMAT

    def folder(self, out: Path) -> Path:
        """Where its files lie below `out`."""
        return out / slug(self.dataset) / slug(self.system)


def work(job: Work, out: Path, *, restart: bool = False) -> int:
    """Have the system do the examples that are not done yet; the number that failed.

    A failure is an output of its own (with its reason), and is tried again by the next call.
    Raises UsageError, before any work, for a dataset or a system that cannot be had, and when `out`
    holds outputs made by other means and `restart` (which throws them away) is not set.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        try:
            return pool.submit(_generate, job, out, os.getpid(), restart=restart).result()
        except BrokenProcessPool:
            raise UsageError(
                f"{job.system} died on {job.dataset}.",
                "What it had finished is kept; the same command goes on from there.",
            ) from None


def _generate(job: Work, out: Path, parent: int, *, restart: bool) -> int:
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()
    dataset = find_dataset(job.dataset)
    examples = load(dataset, job.data, job.split, job.limit)
    system = load_system(job.system)
    if isinstance(system, Judge) != (dataset.task == "judge"):
        does = "judges" if isinstance(system, Judge) else "writes"
        wants = "judged" if dataset.task == "judge" else "written"
        raise UsageError(f"{system.name} {does} summaries; those of {dataset.name} are {wants}.")
    run = _describe(job, dataset, system)
    folder = run.folder(out)
    _refuse_other(folder / "run.json", run, restart=restart)
    write_json(folder / "run.json", asdict(run))
    with Journal(folder / "outputs.jsonl") as journal:
        done = [] if restart else [e for e in examples if _is_done(journal.lines.get(e.id), e)]
        journal.keep(e.id for e in done)
        for example in examples:
            if example.id in journal.lines:
                continue
            journal.append(_line(example, system, run))
        journal.keep(e.id for e in examples)
        return sum("error" in line for line in journal.lines.values())


def _die_with(parent: int) -> None:
    """End this process when `parent` is gone: a killed run must not go on unseen."""
    while os.getppid() == parent:
        time.sleep(0.2)
    os._exit(1)


def _describe(job: Work, dataset: Dataset, system: Summarizer | Judge) -> Run:
    return Run(
        dataset=dataset.name,
        split=job.split or dataset.split,
        task=dataset.task,
        checksum=dataset_checksum(dataset, job.data, job.split),
        limit=job.limit,
        length=(job.length or dataset.length) if dataset.task == "summarize" else "",
        system=system.name,
        signature=f"{system.signature}|harness:{_code(system)}",
        weights=system.weights,
        versions=_versions(),
        hardware=_hardware(),
    )


def _code(system: Summarizer | Judge) -> str:
    """8 hex digits that change with the harness's own code of the system."""
    sources = [inspect.getsourcefile(type(system)), inspect.getsourcefile(budget)]
    code = b"".join(Path(source).read_bytes() for source in sources if source)
    return hashlib.sha256(code).hexdigest()[:8]


def _refuse_other(path: Path, run: Run, *, restart: bool) -> None:
    """Outputs are only added to those of the same system on the same work."""
    if restart or not path.exists():
        return
    old = json.loads(path.read_text(encoding="utf-8"))
    for name in ("dataset", "split", "checksum", "length", "system", "signature", "format"):
        if old.get(name) != asdict(run)[name]:
            raise UsageError(
                f"{path.parent} holds outputs with another {name}: {old.get(name)!r}, "
                f"now {asdict(run)[name]!r}.",
                "Write elsewhere with --out, or throw the old ones away with --restart.",
            )


def _is_done(line: Line | None, example: Example) -> bool:
    return line is not None and "error" not in line and line["example"] == example_hash(example)


def _line(example: Example, system: Summarizer | Judge, run: Run) -> Line:
    """The journal's line for an example: its output, or why there is none, and what it cost."""
    began, used = time.perf_counter(), _processor_seconds()
    made: dict[str, Any]
    try:
        if isinstance(system, Judge):
            made = asdict(system.judge(example))
        else:
            made = asdict(system.summarize(example, Length.parse(run.length)))
    except Exception as error:  # noqa: BLE001  # one example's failure is that example's result
        reason = str(error) if isinstance(error, SummarizeError) else repr(error)
        made = {"error": reason}
    return {
        "id": example.id,
        "example": example_hash(example),
        **made,
        "seconds": round(time.perf_counter() - began, 4),
        "processor_seconds": round(_processor_seconds() - used, 4),
        "megabytes": _peak_memory(),
    }


def output_of(line: Line) -> Output:
    """The summary in a line of outputs; an empty one where the system failed."""
    return Output(
        tuple(line.get("sentences", ())), tuple(tuple(c) for c in line.get("citations", ()))
    )


def find_runs(out: Path) -> Iterator[tuple[Run, Path]]:
    """The runs below `out` with their folders, in the order of their paths."""
    for path in sorted(out.glob("*/*/run.json")):
        yield Run(**json.loads(path.read_text(encoding="utf-8"))), path.parent


def example_hash(example: Example) -> str:
    """16 hex digits that change with anything a system or a metric can see of the example."""
    text = json.dumps(asdict(example), ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def slug(name: str) -> str:
    """`name` as a folder's name: readable, and different for different names."""
    plain = re.sub(r"[^A-Za-z0-9.]+", "-", name).strip("-.")[:60]
    if plain == name:
        return name
    return f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:6]}".lstrip("-")


def _processor_seconds() -> float:
    """What this process and the programs it ran have used; other work on the machine counts not."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def _peak_memory() -> float:
    """The largest resident set of this process so far, in MB.

    `getrusage` would count what the parent had when it started us, so Linux is asked itself.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


_LIBRARIES: Sequence[str] = (
    "summarize", "torch", "transformers", "spacy", "scikit-learn", "numpy", "rouge-score",
    "sumy", "pytextrank", "bert-extractive-summarizer",
)  # fmt: skip


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _hardware() -> dict[str, str]:
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [x for x in info.read_text(encoding="utf-8").splitlines() if "model name" in x]
        cpu = names[0].partition(":")[2].strip() if names else cpu
    return {"system": platform.system(), "cpu": cpu, "cores": str(os.cpu_count() or 1)}
