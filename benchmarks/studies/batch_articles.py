"""What an article costs a batch: processor seconds, bytes sent to and fro, bytes kept.

    python -m benchmarks.studies.batch_articles DATA [--articles 100] [--each 5] [--model copyist]

DATA is a folder with `neus_fulltext.jsonl.xz` and `cnn.jsonl.xz`. Stories of the first have two or
three articles; the second fills its folders with articles that stand alone. One worker, which is
this process with one thread: what loading the libraries and the model takes is told apart. The
seconds of `driver` are all that is not work: hashing, the ledger, writing outputs.
"""

import argparse
import json
import os
import pickle
import resource
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))

from benchmarks.studies.data import records
from summarize.batch.executor import Outcome
from summarize.batch.job import Options, ledger_path, run
from summarize.batch.tasks import Tools
from summarize.batch.watching import Watcher
from summarize.batch.worker import answer
from summarize.settings import Settings


def _cpu() -> float:
    own, children = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, -1))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


@dataclass(slots=True)
class Weighing:
    """One worker, which is this process; what each kind of order takes and how large it is."""

    tools: Tools = field(default_factory=Tools)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    number: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    received: Counter[str] = field(default_factory=Counter)
    _ended: list[Outcome] = field(default_factory=list)

    def free(self) -> int:
        """How many orders would be begun at once."""
        return 1 - len(self._ended)

    def submit(self, ticket: int, order: Any, patience: float) -> None:
        """Do the order."""
        del patience
        kind, began = type(order).__name__, _cpu()
        state, value, seconds = answer(self.tools, order)
        self.seconds[kind] += _cpu() - began
        self.number[kind] += 1
        self.sent[kind] += len(pickle.dumps(order))
        self.received[kind] += len(pickle.dumps(value))
        done = state == "done"
        kept, reason = (value, "") if done else (None, str(value))
        self._ended = [Outcome(ticket, "done" if done else "failed", kept, reason, seconds)]

    def wait(self, seconds: float) -> list[Outcome]:
        """What ended."""
        del seconds
        ended, self._ended = self._ended, []
        return ended

    def close(self) -> None:
        """End the parser."""
        self.tools.parser.stop()


def fill(inbox: Path, data: Path, articles: int, each: int) -> int:
    """Write folders of so many articles, in turn of a story and of single ones; their bytes."""
    sources = (_documents(data, name) for name in ("neus_fulltext", "cnn"))
    turns = chain.from_iterable(zip_longest(*sources, fillvalue=()))
    texts = [text for documents in turns for text in documents]
    for number, text in enumerate(texts[:articles]):
        path = inbox / f"{number // each:04}" / f"{number % each}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return sum(len(text.encode()) for text in texts[:articles])


def _documents(folder: Path, name: str) -> list[tuple[str, ...]]:
    return [
        tuple(
            f"{title}\n\n{text}" for title, text in zip_longest(r.get("titles", ()), r["documents"])
        )
        for r in records(folder, name)
    ]


def size(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    """Print the figures as one line of JSON, those by kind for each article."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--each", type=int, default=5)
    parser.add_argument("--model", default="copyist")
    asked = parser.parse_args()
    settings, weighing = Settings(model=asked.model, jobs=1), Weighing()
    with tempfile.TemporaryDirectory(prefix="batch-") as place:
        base = Path(place)
        read = fill(base / "in", asked.data, asked.articles, asked.each)
        fill(base / "warm", asked.data, 2, 2)
        began = _cpu()
        options = Options((base / "warm",), base / "warmed", settings, executor=lambda _: weighing)
        run(options, Watcher(quiet=True))
        loading = _cpu() - began
        tools, weighing = weighing.tools, Weighing()
        weighing.tools = tools
        began, clock = _cpu(), time.monotonic()
        run(
            Options((base / "in",), base / "out", settings, executor=lambda _: weighing),
            Watcher(quiet=True),
        )
        spent, clock = _cpu() - began, time.monotonic() - clock
        n = asked.articles
        told = {
            "articles": n,
            "loading, s": round(loading, 1),
            "ms by kind": {k: round(1000 * s / n, 1) for k, s in weighing.seconds.items()},
            "ms driver": round(1000 * (spent - sum(weighing.seconds.values())) / n, 1),
            "ms in all": round(1000 * spent / n, 1),
            "orders": {k: v / n for k, v in weighing.number.items()},
            "KB sent": {k: round(v / n / 1000, 1) for k, v in weighing.sent.items()},
            "KB received": {k: round(v / n / 1000, 1) for k, v in weighing.received.items()},
            "KB read": round(read / n / 1000, 1),
            "KB outputs": round(size(base / "out" / "digests") / n / 1000, 1),
            "KB ledger": round(size(ledger_path(base / "out").parent) / n / 1000, 1),
            "MB memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000,
            "wall, s": round(clock, 1),
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
