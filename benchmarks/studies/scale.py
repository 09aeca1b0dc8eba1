"""What each stage before selection costs when a folder grows: CPU seconds and memory.

    python -m benchmarks.studies.scale DATA [--sizes 1000 3000 10000] [--dating 1000] [--undated]

DATA is a folder with `allsides_articles.jsonl.xz` (in it or below it). Articles of 590 to 910 words
are drawn at random, so that there are as many stories as in a mixed folder. `--dating` is the
largest size that is placed in time by its texts, which parses every sentence; beyond it only the
dates that are stated are used. `--undated` hides these. Memory is the peak above what was in use
when the stage began (Linux only).
"""

import argparse
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from benchmarks.studies.cleaning import records
from benchmarks.studies.stories import dated
from summarize.cleaning import clean_all
from summarize.dating import place
from summarize.dedup import deduplicate
from summarize.reading.build import Draft, UnreadableError, to_article
from summarize.records import Article
from summarize.stories import group

COLLECTION = "allsides_articles"
SEED = 3
WORDS = range(590, 911)

Result = TypeVar("Result")


def read(folder: Path, count: int) -> list[Article]:
    """Random articles of the collection with title and date as stated, not yet cleaned."""
    fitting = [r for r in records(folder, COLLECTION) if len(r["documents"][0].split()) in WORDS]
    random.Random(SEED).shuffle(fitting)  # noqa: S311
    articles: list[Article] = []
    for record in fitting:
        try:
            stated = record["dates"][0]
            day = date.fromisoformat(stated) if stated else None
            draft = Draft(record["documents"][0], record["titles"][0], None, day)
            articles.append(to_article(draft, f"{len(articles):05}.txt"))
        except (UnreadableError, ValueError):
            continue
    return articles[:count]


def memory(key: str) -> float:
    """Megabytes that this process uses ("VmRSS") or has used at most ("VmHWM")."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(row.split()[1]) / 1024 for row in status.splitlines() if row.startswith(key))


def measured(name: str, size: int, stage: Callable[[], Result]) -> Result:
    """Print what the stage costs, and return what it gives."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, begin = memory("VmRSS"), time.process_time()
    result = stage()
    seconds, peak = time.process_time() - begin, memory("VmHWM") - before
    print(
        f"{size:8}  {name:9}  {seconds:8.2f}  {1000 * seconds / size:10.2f}  {peak:7.0f}",
        flush=True,
    )
    return result


def stages(articles: list[Article], *, parse: bool) -> int:
    """Run the stages one after the other; the number of stories."""
    size = len(articles)
    cleaned, _ = measured("cleaning", size, lambda: clean_all(articles))
    unique = measured("dedup", size, lambda: deduplicate(cleaned))
    left = unique.articles
    chronology = measured("dating", size, lambda: place(left)) if parse else dated(left)
    wires = [frozenset(wire.article_ids) for wire in unique.wires]
    return len(measured("grouping", size, lambda: group(left, chronology, wires)))


def main() -> None:
    """Print a line for each stage and size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 3000, 10_000])
    parser.add_argument("--dating", type=int, default=0)
    parser.add_argument("--undated", action="store_true")
    options = parser.parse_args()
    articles = read(options.data, max(options.sizes))
    if options.undated:
        articles = [replace(article, published=None) for article in articles]
    # Imports and caches are not what a stage costs for each article.
    group(articles[:50], dated(articles[:50]))
    print("articles  stage       seconds  ms/article  peak MB")
    for size in options.sizes:
        count = stages(articles[:size], parse=size <= options.dating)
        print(f"{size:8}  {count} stories")


if __name__ == "__main__":
    main()
