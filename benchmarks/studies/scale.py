"""What each stage before selection costs when a folder grows: CPU seconds and memory.

    python -m benchmarks.studies.scale DATA [--sizes 1000 3000 10000] [--dating 1000] [--undated]
                                            [--files] [--cut 200]

DATA is a folder with `allsides_articles.jsonl.xz` (in it or below it). Articles of 590 to 910 words
are drawn at random, so that there are as many stories as in a mixed folder. `--dating` is the
largest size that is placed in time by its texts, which parses every sentence; beyond it only the
dates that are stated are used. `--undated` hides these. `--files` begins with text files on disk,
without dates, and ends with what all stages cost together; the bar is that an article of 10,000
costs at most 1.5 times what one of 1,000 does. `--cut` leaves so many words of each article, since
parsing 10,000 whole ones takes the better part of an hour and costs the same for each. Memory is
the peak above what was in use when the stage began (Linux only).
"""

import argparse
import random
import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks.studies.data import records
from benchmarks.studies.stories import dated
from summarize.cleaning import clean_all
from summarize.dating import place
from summarize.dedup import deduplicate
from summarize.reading import read_paths
from summarize.reading.build import Draft, UnreadableError, line_spans, to_article
from summarize.records import Article
from summarize.stories import group

COLLECTION = "allsides_articles"
SEED = 3
WORDS = range(590, 911)

Result = TypeVar("Result")


def read(folder: Path, count: int, words: range = WORDS) -> list[Article]:
    """Random articles of the collection with title and date as stated, not yet cleaned."""
    fitting = [r for r in records(folder, COLLECTION) if len(r["documents"][0].split()) in words]
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


def write(articles: list[Article], folder: Path) -> None:
    """A text file for each article: its title above its text."""
    for article in articles:
        words = f"{article.title}\n\n{article.text}"
        (folder / article.path).write_text(words, encoding="utf-8")


def cut(article: Article, count: int) -> Article:
    """The article with its first `count` words and their line ends."""
    words = re.match(rf"(?:\S+\s*){{0,{count}}}", article.text.lstrip())
    text = words[0] if words else ""
    return replace(article, text=text, paragraphs=line_spans(text))


def from_files(articles: list[Article], *, parse: bool) -> int:
    """Write the articles to files and run all stages on these; the number of stories."""
    with TemporaryDirectory() as folder:
        write(articles, Path(folder))

        def run() -> int:
            read_again, _ = measured("reading", len(articles), lambda: read_paths([folder]))
            return stages(list(read_again), parse=parse)

        return measured("together", len(articles), run)


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
    parser.add_argument("--files", action="store_true")
    parser.add_argument("--cut", type=int)
    options = parser.parse_args()
    articles = read(options.data, max(options.sizes))
    if options.undated:
        articles = [replace(article, published=None) for article in articles]
    if options.cut:
        articles = [cut(article, options.cut) for article in articles]
    # Imports and caches are not what a stage costs for each article.
    warm = articles[:50]
    group(warm, place(warm[:2]) if options.dating else dated(warm))
    print("articles  stage       seconds  ms/article  peak MB")
    for size in options.sizes:
        run = from_files if options.files else stages
        count = run(articles[:size], parse=size <= options.dating)
        print(f"{size:8}  {count} stories")


if __name__ == "__main__":
    main()
