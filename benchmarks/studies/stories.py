"""How well articles are grouped into stories: B-cubed, and how many strangers join a story.

    python -m benchmarks.studies.stories DATA [--place] [--fit | --strangers]

DATA is a folder with `dev/ecbplus.jsonl.xz` (topic and sub-event are a story),
`dev/neus_fulltext.jsonl.xz` (a record is a story of two or three articles) and
`train/allsides_articles.jsonl.xz`. `--place` dates the articles by their texts where no date is
stated (minutes); without it such articles may be of any day. `--fit` tries constants on
`train/neus_fulltext.jsonl.xz` and the first half of the topics of ECB+ (an hour). `--strangers`
puts one or two other articles into single stories of both and tries how alike acquaintances must
be.
"""

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from importlib import import_module
from itertools import islice, product
from pathlib import Path
from statistics import mean

from benchmarks.studies.data import records
from summarize import stories
from summarize.cleaning import clean_all
from summarize.dating import Chronology, place
from summarize.reading.build import Draft, UnreadableError, line_spans, to_article
from summarize.records import Article, Placement
from summarize.stories import likeness, timing

# The package's name for it is that of the function.
strange = import_module("summarize.stories.strangers")

ACQUAINTED = (0.06, 0.08, 0.10, 0.12, 0.14, 0.16)
SEEDS = (13, 1, 2, 3, 4)
STORIES, STRANGERS = 100, 50
# A folder of a user: few stories of few articles; drawn so many times.
FOLDERS, FEW_STORIES, FEW_ARTICLES = 15, 6, 5
GRID = {
    "shares": ((0.5, 0.5, 0.0), (0.4, 0.4, 0.2), (0.35, 0.35, 0.3)),
    "power": (1, 2),
    "others": (0, 100),
    "same day": ((0.06, 0.02), (0.10, 0.02)),
    "other days": (20, 40, 100),
    "nearest": (0.14, 0.16, 0.18, 0.20),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A folder to group: its articles, and the story each belongs to."""

    articles: tuple[Article, ...]
    gold: tuple[str, ...]


def b_cubed(gold: Sequence[str], found: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a grouping, averaged over the items."""
    of_gold, of_found = Counter(gold), Counter(found)
    both = Counter(zip(gold, found, strict=True))
    precision = sum(n * n / of_found[f] for (_, f), n in both.items()) / len(gold)
    recall = sum(n * n / of_gold[g] for (g, _), n in both.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def read(folder: Path) -> Sample:
    """The articles of ECB+, without dates."""
    articles, gold = [], []
    for record in records(folder, "ecbplus"):
        articles.append(as_article(record["id"], record["documents"][0]))
        gold.append(record["topic"] + "/" + record["sub_event"])
    return Sample(tuple(articles), tuple(gold))


def as_article(name: str, text: str) -> Article:
    """A text as an article whose paragraphs are its lines."""
    key = blake2b(f"{name}\n{text}".encode(), digest_size=16).hexdigest()
    return Article(key, name, text, paragraphs=line_spans(text))


def published(folder: Path, name: str, count: int | None = None) -> Sample:
    """Cleaned articles with title and date as stated; those of a record are a story."""
    drafts = []
    for record in islice(records(folder, name), count):
        for i, text in enumerate(record["documents"]):
            title, stated = record["titles"][i] or None, record["dates"][i]
            try:
                day = date.fromisoformat(stated[:10]) if stated else None
                draft = Draft(text, title, None, day)
                drafts.append((to_article(draft, f"{record['id']}/{i}"), record["id"]))
            except (UnreadableError, ValueError):
                continue
    cleaned, _ = clean_all([article for article, _ in drafts])
    return Sample(tuple(cleaned), tuple(story for _, story in drafts))


def some(sample: Sample, count: int, seed: int, most: int | None = None) -> Sample:
    """Articles of so many of the stories, shuffled."""
    draw = random.Random(seed)  # noqa: S311
    members: dict[str, list[int]] = {}
    for i, story in enumerate(sample.gold):
        members.setdefault(story, []).append(i)
    chosen = draw.sample(sorted(members), min(count, len(members)))
    places = [i for s in chosen for i in draw.sample(members[s], min(most or 999, len(members[s])))]
    draw.shuffle(places)
    return Sample(tuple(sample.articles[i] for i in places), tuple(sample.gold[i] for i in places))


def halves(sample: Sample) -> tuple[Sample, Sample]:
    """Every other topic of ECB+, and the others."""
    topics = sorted({story.split("/")[0] for story in sample.gold}, key=int)
    both = zip(sample.articles, sample.gold, strict=True)
    kept = [(article, story, topics.index(story.split("/")[0]) % 2) for article, story in both]
    first, second = ([(a, s) for a, s, half in kept if half == wanted] for wanted in (0, 1))
    return (
        Sample(tuple(a for a, _ in first), tuple(s for _, s in first)),
        Sample(tuple(a for a, _ in second), tuple(s for _, s in second)),
    )


def hidden(sample: Sample) -> Sample:
    """The same without the dates."""
    return replace(sample, articles=tuple(replace(a, published=None) for a in sample.articles))


def of_one_day(sample: Sample) -> Sample:
    """The same as a night's folder is, in which a day tells nothing."""
    day = date(2020, 3, 2)
    return replace(sample, articles=tuple(replace(a, published=day) for a in sample.articles))


def dated(articles: Sequence[Article]) -> Chronology:
    """The dates that are stated, and nothing that would follow from the texts."""
    placements = {
        a.id: Placement(a.id, a.published, a.published, "stated", ())
        for a in articles
        if a.published
    }
    return Chronology(placements, ())


def grouped(articles: Sequence[Article], chronology: Chronology) -> list[str]:
    """The story of each article."""
    found = stories.group(articles, chronology)
    of = {article.id: story.id for story in found for article in story.articles}
    return [of[article.id] for article in articles]


def score(sample: Sample, *, placed: bool = False) -> tuple[float, float, float]:
    """B-cubed of grouping the sample."""
    chronology = place(sample.articles) if placed else dated(sample.articles)
    return b_cubed(sample.gold, grouped(sample.articles, chronology))


def joined(sample: Sample, strangers: Sequence[Article]) -> int:
    """How many of the strangers are put into a story with an article of the sample."""
    articles = (*sample.articles, *strangers)
    found = grouped(articles, dated(articles))
    return len([s for s in found[len(sample.articles) :] if s in found[: len(sample.articles)]])


def report(data: Path, *, placed: bool) -> None:
    """Print the scores of everything that is held back from fitting."""
    neus, both = published(data / "dev", "neus_fulltext"), read(data / "dev")
    print("sample                          P     R     F1")

    def line(name: str, samples: Sequence[Sample]) -> None:
        columns = zip(*(score(sample, placed=placed) for sample in samples), strict=True)
        print(f"{name:30}  {'  '.join(f'{mean(c):.3f}' for c in columns)}", flush=True)

    fitted, held = halves(both)
    line("ECB+, all", [both])
    line("ECB+, topics fitted on", [fitted])
    line("ECB+, other topics", [held])
    line(
        "ECB+, other topics, small",
        [some(held, FEW_STORIES, n, FEW_ARTICLES) for n in range(FOLDERS)],
    )
    for name, sample in (
        ("dated", neus), ("hidden", hidden(neus)), ("one day", of_one_day(neus)),
    ):  # fmt: skip
        for seed in SEEDS:
            line(f"NeuS, {STORIES}, seed {seed}, {name}", [some(sample, STORIES, seed)])
        line(f"NeuS, all, {name}", [some(sample, len(neus.gold), SEEDS[0])])
    line(
        "NeuS, one day, small",
        [of_one_day(some(neus, FEW_STORIES, n, FEW_ARTICLES)) for n in range(FOLDERS)],
    )
    others = published(data / "train", "allsides_articles", 3000).articles
    for name, sample in (("dated", neus), ("hidden", hidden(neus))):
        counts = []
        for seed in SEEDS:
            strangers = random.Random(seed).sample(others, STRANGERS)  # noqa: S311
            if name == "hidden":
                strangers = [replace(a, published=None) for a in strangers]
            counts.append(joined(some(sample, STORIES, seed), strangers))
        print(f"strangers that join a story, of {STRANGERS}, {name}: {counts}", flush=True)


def fit(data: Path) -> None:
    """Print the best constants, and how they do."""
    neus = published(data / "train", "neus_fulltext")
    ecb, _ = halves(read(data / "dev"))
    kinds = {
        "100 dated": [some(neus, STORIES, seed) for seed in SEEDS[:2]],
        "100 hidden": [hidden(some(neus, STORIES, seed)) for seed in SEEDS[:2]],
        "10 dated": [some(neus, 10, seed) for seed in range(FOLDERS)],
        "10 hidden": [hidden(some(neus, 10, seed)) for seed in range(FOLDERS)],
        "100 one day": [of_one_day(some(neus, STORIES, seed)) for seed in SEEDS[:2]],
        "10 one day": [of_one_day(some(neus, 10, seed)) for seed in range(FOLDERS)],
        "ecb": [ecb],
        "ecb small": [some(ecb, FEW_STORIES, n, FEW_ARTICLES) for n in range(FOLDERS)],
    }
    results = []
    for shares, power, others, day, elsewhere, nearest in product(*GRID.values()):
        likeness._SHARES, likeness._IDF_POWER, likeness._OTHERS = shares, power, others  # type: ignore[assignment]  # noqa: SLF001
        timing._SAME_DAY, timing._DAY_APART = day  # type: ignore[misc]  # noqa: SLF001
        timing._OTHERS = elsewhere  # type: ignore[assignment]  # noqa: SLF001
        stories._NEAREST = nearest  # type: ignore[assignment]  # noqa: SLF001
        scores = {name: mean(score(s)[2] for s in samples) for name, samples in kinds.items()}
        results.append(
            (mean(scores.values()), (shares, power, others, day, elsewhere, nearest), scores)
        )
    for total, constants, scores in sorted(results, key=lambda r: -r[0])[:20]:
        print(f"{total:.4f}", constants, {name: round(s, 3) for name, s in scores.items()})


def named(data: Path) -> None:
    """Print how many strangers in single stories are named, and how many of the stories' own."""
    draw = random.Random(SEEDS[0])  # noqa: S311
    others = published(data / "train", "allsides_articles", 3000).articles
    neus = published(data / "train", "neus_fulltext", 500)
    print("collection  alike  own named  strangers named")
    for name, sample in (("ECB+", read(data / "dev")), ("NeuS", neus)):
        folders = []
        for story in sorted(set(sample.gold)):
            own = [a for a, s in zip(sample.articles, sample.gold, strict=True) if s == story]
            if len(own) >= 3:
                most = draw.choice((3, 4, 5, 8))
                own = draw.sample(own, min(len(own), most))
                folders.append((own, draw.sample(others, draw.choice((1, 1, 2)))))
        for least in ACQUAINTED:
            strange._ACQUAINTED = least  # type: ignore[attr-defined]  # noqa: SLF001
            found = [{a.id for a in stories.strangers((*own, *added))} for own, added in folders]
            shares = [
                mean(a.id in ids for ids, both in zip(found, folders, strict=True) for a in both[i])
                for i in (0, 1)
            ]
            print(f"{name:10}  {least:5.2f}  {shares[0]:9.3f}  {shares[1]:15.3f}", flush=True)


def main() -> None:
    """Print B-cubed of every sample, or fit the constants."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--place", action="store_true")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--strangers", action="store_true")
    arguments = parser.parse_args()
    if arguments.fit:
        fit(arguments.data)
    elif arguments.strangers:
        named(arguments.data)
    else:
        report(arguments.data, placed=arguments.place)


if __name__ == "__main__":
    main()
