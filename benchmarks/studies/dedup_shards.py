"""What a shingle index in shards costs and saves: processor time and memory of each process.

    python -m benchmarks.studies.dedup_shards DATA [--articles 20000] [--shards 0 1 2 4]

DATA is as for `dedup`; the articles are those of its `speed`. Shards are searched by as many worker
processes, begun before anything is measured, and what is found is kept in a ledger as the batch
does; with 0 `deduplicate` does it all. `articles a second` counts the processor time of all
processes, `on cores of their own` the busiest worker's and the driver's. Memory is the highest
above what a process has before, which for the driver includes the articles.

Of 20,000 articles of 600 words, on two busy cores; what was found is the same each time:

    shards  articles a second  on cores of their own  driver         a worker, each
    0       2,393              2,393                  8.4 s, 215 MB
    1       1,651              1,651                  7.0 s, 432 MB  5.2 s, 327 MB
    2       1,694              2,168                  6.5 s, 188 MB  2.7 s, 167 MB
    4       1,692              2,412                  6.9 s, 150 MB  1.2 s, 87 MB

A worker's memory falls with the number of shards; what the driver does (it keeps what is shared, a
fifth of all shingles, and decides) stays where it is. So shards save memory, not time. Without
workers `deduplicate` takes as long as before it had shards, of 1,000 articles .24 to .26 s (before:
.23 to .24) and of 10,000 3.25 to 3.27 s (3.19 to 3.34), with 116 MB instead of 166.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.studies.dedup import recombined
from summarize.batch.keys import item
from summarize.batch.ledger import Item, Ledger
from summarize.batch.local import LocalExecutor
from summarize.batch.orders import Search, Shingle
from summarize.codec import pack, unpack_arrays
from summarize.dedup import compared_texts, deduplicate
from summarize.dedup.shared import Shared, joined
from summarize.records import Article

_PATIENCE = 600.0
_PIECE_TEXTS = 500
_TICKS = 100
"""Of the processor a second, in which Linux counts what a process took."""


def memory(pid: int | str, field: str) -> int:
    """Memory of a process in KB: VmRSS now, VmHWM at most."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(field)).split()[1])


def seconds(pid: int) -> float:
    """The processor time that a process has taken."""
    found = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(found[11]) + int(found[12])) / _TICKS


def begun(pid: int | str) -> int:
    """Forget the highest memory of a process; what it has now."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")
    return memory(pid, "VmRSS")


class Study:
    """Workers that do orders, and the ledger that keeps what they find."""

    def __init__(self, workers: int, ledger: Ledger) -> None:
        self._executor = LocalExecutor(max(workers, 1))
        self._ledger = ledger
        self._done(iter([Shingle(pack(("Nothing is here.",)), 0, 1, 1)] * workers))
        self.before = {pid: (begun(pid), seconds(pid)) for pid in self._executor.pids}

    def spent(self) -> list[tuple[int, float]]:
        """For each worker KB of memory at most and processor seconds, both above the beginning."""
        return [
            (memory(pid, "VmHWM") - kilobytes, seconds(pid) - took)
            for pid, (kilobytes, took) in self.before.items()
        ]

    def close(self) -> None:
        """End the workers."""
        self._executor.close()

    def _done(self, orders: Iterator[Any]) -> list[str]:
        """Have orders done; the keys of the results, in the order of the orders."""
        kept: dict[int, Item] = {}
        running, more = 0, True
        while more or running:
            while more and self._executor.free() > 0:
                order = next(orders, None)
                more = order is not None
                if more:
                    kept[len(kept)] = item("compare", "", {"": f"{time.monotonic_ns()}"})
                    self._executor.submit(len(kept) - 1, order, _PATIENCE)
                    running += 1
            for outcome in self._executor.wait(1.0):
                assert outcome.state == "done", outcome.reason
                self._ledger.acknowledge(kept[outcome.ticket], "", 0.0, outcome.value)
                running -= 1
        return [found.key for found in kept.values()]

    def shared(self, articles: Sequence[Article], shards: int) -> Shared:
        """What the articles have in common, found by the workers."""
        texts = compared_texts(articles)
        firsts, count, value = range(0, len(texts), _PIECE_TEXTS), len(texts), self._ledger.value
        pieces = self._done(
            Shingle(pack(texts[first : first + _PIECE_TEXTS]), first, count, shards)
            for first in firsts
        )
        found = self._done(
            Search(tuple(unpack_arrays(value(key), str(shard))[0] for key in pieces), count)
            for shard in range(shards)
        )
        counts = [unpack_arrays(value(key), "sizes", "told") for key in pieces]
        sizes, told = map(np.concatenate, zip(*counts, strict=True))
        return joined(sizes, told, [unpack_arrays(value(key), "found")[0] for key in found])


def measured(articles: Sequence[Article], shards: int) -> dict[str, Any]:
    """The figures for so many shards, and a hash of what is found."""
    with (
        tempfile.TemporaryDirectory(prefix="shards-") as place,
        closing(Ledger(Path(place) / "ledger.sqlite")) as ledger,
        closing(Study(shards, ledger)) as study,
    ):
        kilobytes, began = begun("self"), time.process_time()
        result = deduplicate(articles, study.shared(articles, shards) if shards else None)
        own = time.process_time() - began
        workers = study.spent()
    busiest = max((took for _, took in workers), default=0.0)
    return {
        "shards": shards,
        "articles a second": round(len(articles) / (own + sum(took for _, took in workers))),
        "on cores of their own": round(len(articles) / (own + busiest)),
        "driver, s": round(own, 2),
        "workers, s": [round(took, 2) for _, took in workers],
        "driver, MB": (memory("self", "VmHWM") - kilobytes) // 1000,
        "workers, MB": [most // 1000 for most, _ in workers],
        "found": (len(result.articles), len(result.dropped), hash(result.wires)),
    }


def main() -> None:
    """Print a line of JSON for each number of shards."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--shards", type=int, nargs="+", default=[0, 1, 2, 4])
    asked = parser.parse_args()
    articles = list(recombined(asked.data, asked.articles))
    for shards in asked.shards:
        print(json.dumps(measured(articles, shards)), flush=True)


if __name__ == "__main__":
    main()
