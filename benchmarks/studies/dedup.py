"""Measure how far a copy may be rewritten and still be found, and how fast.

    python -m benchmarks.studies.dedup DATA rewrites [--articles 600]
    python -m benchmarks.studies.dedup DATA speed [--articles 50000]
    python -m benchmarks.studies.dedup DATA versions
    python -m benchmarks.studies.dedup DATA chains [--articles 6000]

DATA is a folder with `allsides_articles`, `neus_fulltext`, `cnn_july2024` and, for `speed`, the
collections of POOL (`.jsonl.xz`, in it or below it). `rewrites` is told of in `dedup_rewrites`;
`versions` compares articles with later ones of the same outlet, `chains` looks for wires that are
wider than any real one.
"""

import argparse
import random
import re
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, islice, product
from pathlib import Path
from unittest.mock import patch

from benchmarks.studies.data import records
from benchmarks.studies.dedup_rewrites import SEED, made, pieces, rewrites, rewritten
from summarize.cleaning import clean
from summarize.dedup import deduplicate
from summarize.dedup.evidence import compare
from summarize.dedup.index import MIN_SHARED, Index
from summarize.dedup.repeats import MAX_LOST
from summarize.dedup.shared import shared_shingles
from summarize.dedup.shingles import Hasher
from summarize.reading.build import Draft, UnreadableError, to_article
from summarize.records import Article

POOL = ("allsides_articles", "dailymail2020", "cnn", "newsagg2026", "bbc", "reuters21578")
# Articles that are rewritten over and over, to see whether all copies are found to be one wire's.
WIRES = 20
WORDS = 600


def recombined(folder: Path, count: int) -> Iterator[Article]:
    """Articles of WORDS words cut from train text; a tenth repeats half of the one before."""
    rest, last, number = list[str](), list[str](), 0
    for record in chain.from_iterable(records(folder, name) for name in POOL):
        rest += record["documents"][0].split(" ")
        while len(rest) >= WORDS and number < count:
            copied = last[: WORDS // 2] if number % 10 == 9 else []
            last, rest = copied + rest[: WORDS - len(copied)], rest[WORDS - len(copied) :]
            yield made(" ".join(last), f"{number}")
            number += 1


def speed(folder: Path, count: int) -> None:
    """Print articles a second of processor time, and the memory."""
    articles = list(recombined(folder, count))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    start = time.process_time()
    result = deduplicate(articles)
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(articles)} articles: {len(articles) / seconds:.0f} a second of processor time")
    print(f"{memory} MB at most, {before} of them the articles")
    widest = max((len(wire.article_ids) for wire in result.wires), default=0)
    print(f"{len(result.dropped)} dropped, {len(result.wires)} wires, the widest of {widest}")


def versions(folder: Path) -> None:
    """Print how many sentences an article loses of which a later one has most."""
    found = sorted(records(folder, "cnn_july2024"), key=lambda record: record["dates"][0])
    articles = [made(record["documents"][0], str(number)) for number, record in enumerate(found)]
    hasher, lost = Hasher(), defaultdict[int, list[int]](list)
    shared = shared_shingles((article.body for article in articles), len(articles), hasher)
    index = Index(shared)
    for text, article in enumerate(articles):
        for other, count in index.overlaps(text, MIN_SHARED):
            share = count / int(shared.sizes[other])
            if found[other]["dates"] < found[text]["dates"]:
                lost[int(share * 10)].append(compare(articles[other], article, hasher).lost)
        index.add(text)
    for tenth, counts in sorted(lost.items()):
        few = sum(count <= MAX_LOST for count in counts)
        print(
            f"{tenth / 10:.1f} of it in a later one: {len(counts)}, {few} lose at most {MAX_LOST}"
        )
    dated = [
        replace(article, source="CNN", published=date.fromisoformat(record["dates"][0][:10]))
        for article, record in zip(articles, found, strict=True)
    ]
    result = deduplicate(dated)
    reasons = Counter(re.sub(r", .*", "", drop.reason) for drop in result.dropped)
    print(f"{len(dated)} articles: {dict(reasons)}, {len(result.wires)} wires among the others")


def widest(articles: Sequence[Article]) -> list[int]:
    """How many articles the wires have, the widest first."""
    return sorted((len(wire.article_ids) for wire in deduplicate(articles).wires), reverse=True)


def chains(folder: Path, count: int) -> None:
    """Print the widest wires of one outlet, and how many groups rewrites of one article make."""
    articles = []
    for number, record in enumerate(islice(records(folder, "dailymail2020"), count)):
        text, title = record["documents"][0], record["titles"][0]
        try:
            articles.append(clean(to_article(Draft(text, title), str(number)))[0])
        except UnreadableError:
            continue
    pool, source = pieces(folder, count), random.Random(SEED)  # noqa: S311
    wires = [
        [rewritten(piece, filler, share, source) for filler in source.sample(pool, copies)]
        for copies, share in product((5, 20), (0.3, 0.5))
        for piece in source.sample(pool, WIRES)
    ]
    for cohesion in (0.0, 0.2, 0.25, 1 / 3, 0.5):
        with patch("summarize.dedup.wires.COHESION", cohesion):
            groups = [len(copies) - sum(n - 1 for n in widest(copies)) for copies in wires]
            found = [
                sum(groups[start : start + WIRES]) / WIRES for start in range(0, len(wires), WIRES)
            ]
            print(f"{cohesion:.2f}: widest {widest(articles)[:4]}, groups of 5, 5, 20, 20: {found}")


def main() -> None:
    """Run one of the studies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("study", choices=("rewrites", "speed", "versions", "chains"))
    parser.add_argument("--articles", type=int, default=None)
    args = parser.parse_args()
    if args.study == "rewrites":
        rewrites(args.data, args.articles or 600)
    elif args.study == "speed":
        speed(args.data, args.articles or 50_000)
    elif args.study == "chains":
        chains(args.data, args.articles or 6000)
    else:
        versions(args.data)


if __name__ == "__main__":
    main()
