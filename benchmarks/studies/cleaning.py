"""Measure what cleaning takes out of news articles, and how fast.

    python -m benchmarks.studies.cleaning DATA [--articles 100] [--seed 1] [--show 130]

DATA is a folder with `allsides_articles`, `cnn`, `dailymail2020` and `multinews` (`.jsonl.xz`, in
it or below it): a record a line with `documents` and, where known, `titles`. `--show` prints random
removed lines, and kept lines that look like boilerplate (short, or without a full stop), to be
judged by hand: no rule can tell how good the rules are.
"""

import argparse
import json
import lzma
import random
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from summarize.cleaning import clean
from summarize.cleaning.boilerplate import ends_sentence
from summarize.reading.build import Draft, UnreadableError, to_article
from summarize.records import Article

NAMES = ("allsides_articles", "cnn", "dailymail2020", "multinews")
POOL = 3000
SUSPICIOUS_WORDS = 10


def records(folder: Path, name: str) -> Iterator[dict[str, list[str]]]:
    """The records of one collection."""
    path = min(folder.rglob(f"{name}.jsonl.xz"))
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def sample(folder: Path, count: int, seed: int) -> Iterator[Article]:
    """Random articles of each collection."""
    source = random.Random(seed)  # noqa: S311
    for name in NAMES:
        pool = list(islice(records(folder, name), POOL))
        for record in source.sample(pool, min(count, len(pool))):
            titles = record.get("titles") or [""] * len(record["documents"])
            for text, title in zip(record["documents"], titles, strict=True):
                try:
                    yield to_article(Draft(text, title or None), name)
                except UnreadableError:
                    continue


def main() -> None:
    """Print how much goes for which reason, the speed, and lines to judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=int, default=100, help="records of each collection")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="lines to print for judging")
    args = parser.parse_args()
    articles = list(sample(args.data, args.articles, args.seed))
    start = time.process_time()
    results = [clean(article) for article in articles]
    seconds = time.process_time() - start
    removed = [item for _, items in results for item in items]
    kept = [
        article.text[span.start : span.end] for article, _ in results for span in article.paragraphs
    ]
    suspicious = [
        line for line in kept if not ends_sentence(line) or len(line.split()) <= SUSPICIOUS_WORDS
    ]
    print(f"{len(articles)} articles, {len(articles) / seconds:.0f} a second of processor time")
    print(f"{len(kept)} lines kept ({len(suspicious)} to be doubted), {len(removed)} removed")
    ends = Counter(item.reason for item in removed if ends_sentence(item.text))
    for reason, count in Counter(item.reason for item in removed).most_common():
        print(f"{count:6} {reason}, {ends[reason]} of them with a full stop")
    drawn = random.Random(args.seed)  # noqa: S311
    for item in drawn.sample(removed, min(args.show, len(removed))):
        print(f"REMOVED {item.reason} | {item.text[:150]}")
    for line in drawn.sample(suspicious, min(args.show, len(suspicious))):
        print(f"KEPT {line[:150]}")


if __name__ == "__main__":
    main()
