"""Measure how fast repeats are found, and how far a copy may be rewritten and still be found.

    python -m benchmarks.studies.dedup DATA [--articles 10000] [--rewrites 300]

DATA is a folder with `allsides_articles.jsonl.xz` (in it or below it). Rewrites are made from real
articles: a share of the sentences is kept, in another order and with some words replaced, and the
rest comes from articles about something else. All other pairs count as different.
"""

import argparse
import random
import re
import resource
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.studies.cleaning import records
from summarize.cleaning import clean
from summarize.dedup import deduplicate
from summarize.reading.build import Draft, UnreadableError, to_article
from summarize.records import Article

COLLECTION = "allsides_articles"
SHARES = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9)
REPLACED_WORDS = 0.05
SEED = 1
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def read(folder: Path, count: int) -> list[Article]:
    """Cleaned articles with their titles."""
    articles = []
    for number, record in enumerate(islice(records(folder, COLLECTION), count)):
        try:
            draft = Draft(record["documents"][0], record["titles"][0])
            articles.append(clean(to_article(draft, f"{number}"))[0])
        except UnreadableError:
            continue
    return articles


def rewritten(
    article: Article, filler: Iterator[str], share: float, source: random.Random
) -> Article:
    """A text as long as the article that keeps a share of its sentences; no filler comes twice."""
    sentences = _SENTENCE.split(article.body)
    kept = source.sample(sentences, max(1, round(share * len(sentences))))
    words = " ".join(kept).split()
    for place in range(len(words)):
        if source.random() < REPLACED_WORDS:
            words[place] = "something"
    rest = islice(filler, len(sentences) - len(kept))
    return to_article(Draft(" ".join([*words, *rest])), f"{article.path}'")


def rewrites(articles: list[Article], count: int) -> None:
    """Print precision, recall and F1 of finding the rewrites, for each share kept."""
    originals, others = articles[:count], articles[count : 4 * count]
    known = {
        frozenset((pair.first, pair.second))
        for wire in deduplicate(originals).wires
        for pair in wire.pairs
    }
    ids = {article.path: article.id for article in originals}

    def origin(article: Article) -> str:
        return ids[article.path.rstrip("'")]

    print("share kept    P     R     F1")
    for share in SHARES:
        source = random.Random(SEED)  # noqa: S311
        pool = [s for article in others for s in _SENTENCE.split(article.body)]
        filler = iter(source.sample(pool, len(pool)))
        copies = [rewritten(article, filler, share, source) for article in originals]
        gold = {frozenset(pair) for pair in zip(originals, copies, strict=True)}
        by_id = {article.id: article for article in [*originals, *copies]}
        result = deduplicate([*originals, *copies])
        pairs = [(p.first, p.second) for wire in result.wires for p in wire.pairs]
        pairs += [(drop.article.id, drop.duplicate_of) for drop in result.dropped]
        found = {frozenset((by_id[first], by_id[second])) for first, second in pairs}
        # Where two originals are copies of one wire, so are their rewrites: that is no mistake.
        found = {pair for pair in found if frozenset(map(origin, pair)) not in known}
        right = len(found & gold)
        precision, recall = right / max(len(found), 1), right / len(gold)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"{share:10.0%} {precision:6.3f} {recall:5.3f} {f1:6.3f}")


def main() -> None:
    """Print the speed on many articles, then how well rewrites are found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rewrites", type=int, default=300)
    args = parser.parse_args()
    articles = read(args.data, args.articles)
    words = sum(len(article.body.split()) for article in articles)
    start = time.process_time()
    result = deduplicate(articles)
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(articles)} articles of {words / len(articles):.0f} words, {memory} MB at most")
    speed = words / seconds / 1e6
    print(f"{len(articles) / seconds:.0f} articles, {speed:.2f} million words a second")
    widest = max((len(wire.article_ids) for wire in result.wires), default=0)
    print(f"{len(result.dropped)} dropped, {len(result.wires)} wires, the widest of {widest}")
    rewrites(articles, args.rewrites)


if __name__ == "__main__":
    main()
