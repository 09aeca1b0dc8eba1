"""How well articles are grouped into stories: B-cubed on ECB+ (topic and sub-event are a story).

    python -m benchmarks.studies.stories DATA

DATA is a folder with `ecbplus.jsonl.xz`: a record a line with `documents`, `topic`, `sub_event`.
"""

import argparse
import json
import lzma
import random
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from statistics import mean

from summarize import stories
from summarize.dating import Chronology, place
from summarize.records import Article, Span

CUTS = (0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90)
SEED = 1
# A folder of a user: few stories of few articles; drawn so many times.
SMALL_FOLDERS, SMALL_STORIES, SMALL_ARTICLES = 30, 6, 5


def b_cubed(gold: Sequence[str], found: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a grouping, averaged over the items."""
    of_gold, of_found = Counter(gold), Counter(found)
    both = Counter(zip(gold, found, strict=True))
    precision = sum(n * n / of_found[f] for (_, f), n in both.items()) / len(gold)
    recall = sum(n * n / of_gold[g] for (g, _), n in both.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def read(folder: Path) -> tuple[list[Article], list[str]]:
    """The articles and the story each belongs to."""
    articles, gold = [], []
    with lzma.open(folder / "ecbplus.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            articles.append(as_article(record["id"], record["documents"][0]))
            gold.append(record["topic"] + "/" + record["sub_event"])
    return articles, gold


def as_article(name: str, text: str) -> Article:
    """A text as an article whose paragraphs are its lines."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    key = blake2b(f"{name}\n{text}".encode(), digest_size=16).hexdigest()
    return Article(key, name, text, paragraphs=tuple(spans))


def folders(gold: Sequence[str]) -> dict[str, list[list[int]]]:
    """Samples to group: everything at once, small folders, and the two stories of one topic."""
    draw = random.Random(SEED)  # noqa: S311
    members: dict[str, list[int]] = {}
    for i, story in enumerate(gold):
        members.setdefault(story, []).append(i)

    def sample(names: Sequence[str]) -> list[int]:
        few = (draw.sample(members[s], min(SMALL_ARTICLES, len(members[s]))) for s in names)
        return [i for found in few for i in found]

    topics = sorted({story.split("/")[0] for story in gold})
    names = sorted(members)
    return {
        "all": [list(range(len(gold)))],
        "small": [sample(draw.sample(names, SMALL_STORIES)) for _ in range(SMALL_FOLDERS)],
        "twins": [sample([s for s in names if s.split("/")[0] == topic]) for topic in topics],
    }


def grouped(articles: Sequence[Article], chronology: Chronology) -> list[str]:
    """The story of each article."""
    found = stories.group(articles, chronology)
    of = {article.id: story.id for story in found for article in story.articles}
    return [of[article.id] for article in articles]


def main() -> None:
    """Print B-cubed for every way of grouping and every cut."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    articles, gold = read(parser.parse_args().data)
    timeless = Chronology({}, ())
    print("folders  features               cut    P     R     F1")
    for name, samples in folders(gold).items():
        chronologies = [place([articles[i] for i in sample]) for sample in samples]
        for features, share, timed in (
            ("words", 0.0, False),
            ("words, names", 0.5, False),
            ("words, names, time", 0.5, True),
        ):
            for cut in CUTS:
                stories._NAME_SHARE, stories._FURTHEST = share, cut  # noqa: SLF001
                scores = [
                    b_cubed(
                        [gold[i] for i in sample],
                        grouped([articles[i] for i in sample], known if timed else timeless),
                    )
                    for sample, known in zip(samples, chronologies, strict=True)
                ]
                figures = "  ".join(f"{mean(column):.3f}" for column in zip(*scores, strict=True))
                print(f"{name:8} {features:22} {cut:.2f}  {figures}", flush=True)


if __name__ == "__main__":
    main()
