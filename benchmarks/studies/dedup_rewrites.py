"""How far a copy may be rewritten and still be found: the study `rewrites` of `dedup`.

It keeps 10 to 90 % of an article's sentences, cut at the end or in another order, fills up with
sentences of another article of the same outlet and topic, deletes, inserts or swaps 5 to 15 % of
the words, and adds a new headline and a notice of the site. Pairs that are no copies are articles
on one event by different outlets, articles on one topic within a week, and articles of one outlet
with its notice. Thresholds are chosen on the even articles and reported on the odd ones. With
datasketch installed MinHash stands beside it.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, islice
from pathlib import Path
from unittest.mock import patch

from benchmarks.studies.data import records
from summarize.dedup import deduplicate
from summarize.dedup.index import MIN_SHARED
from summarize.dedup.shingles import Hasher
from summarize.dedup.wires import EDITED_WIRE, SAME_WIRE
from summarize.reading.build import Draft, UnreadableError, to_article
from summarize.records import Article

__all__ = ["SEED", "Piece", "made", "pieces", "rewrites", "rewritten"]

Pair = frozenset[str]
Rule = tuple[float, float, int]
"""EDITED_WIRE, SAME_WIRE and MIN_SHARED."""

SHARES = (0.1, 0.2, 0.3, 0.5, 0.7, 0.9)
RULES: tuple[Rule, ...] = (
    *((limit, limit, 15) for limit in (0.04, 0.06, 0.08, 0.10, 0.15)),
    *((low, 0.10, least) for low in (0.03, 0.04, 0.05, 0.06) for least in (10, 15, 20)),
)
# Pairs of one event that share more than this are copies, not counterexamples.
SURELY_COPIES = 0.30
SEED = 1
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
NOTICE = (
    "Thank you for reading {0}. To see more of our reporting sign up for the morning letter of "
    "{0}, follow us wherever you like to read, and tell us what you think of this report by "
    "writing to the editors of {0} at the address on our front page; comments are open until the "
    "evening."
)


@dataclass(frozen=True, slots=True)
class Piece:
    """An article with what the collection says about it."""

    article: Article
    outlet: str
    topic: str
    day: date | None


def made(text: str, path: str) -> Article:
    """An article of this text."""
    return to_article(Draft(text), path)


def pieces(folder: Path, count: int) -> list[Piece]:
    """Articles of 300 to 1,200 words."""
    found = []
    for record in islice(records(folder, "allsides_articles"), count):
        text = record["documents"][0]
        if not 300 <= len(text.split()) <= 1200:
            continue
        try:
            day = date.fromisoformat(record["dates"][0][:10])
        except ValueError:
            day = None
        topic = str(record.get("topic") or "")
        found.append(Piece(made(text, record["id"]), record["sources"][0], topic, day))
    return found


def changed(words: list[str], rate: float, source: random.Random) -> Iterator[str]:
    """The words, a share of them deleted, doubled by another one, or swapped for another one."""
    for word in words:
        if source.random() >= rate:
            yield word
            continue
        kind = source.randrange(3)
        if kind == 1:
            yield word
        if kind:
            yield source.choice(words)


def rewritten(piece: Piece, filler: Piece, share: float, source: random.Random) -> Article:
    """A text as long as the article that keeps a share of its sentences."""
    sentences = _SENTENCE.split(piece.article.body)
    count = max(1, round(share * len(sentences)))
    kept = sentences[:count] if source.random() < 0.5 else source.sample(sentences, count)
    rate = source.uniform(0.05, 0.15)
    edited = [" ".join(changed(sentence.split(), rate, source)) for sentence in kept]
    rest = _SENTENCE.split(filler.article.body)[: len(sentences) - count]
    headline = " ".join(source.sample(filler.article.body.split(), 8))
    text = "\n".join([headline, *edited, *rest, NOTICE.format(piece.outlet)])
    return made(text, f"{piece.article.path}'{share}")


def found_pairs(articles: Sequence[Article], rule: Rule) -> dict[Pair, float]:
    """The similarity of each pair of paths that the rule takes for copies."""
    paths = {article.id: article.path for article in articles}
    with (
        patch("summarize.dedup.wires.EDITED_WIRE", rule[0]),
        patch("summarize.dedup.wires.SAME_WIRE", rule[1]),
        patch("summarize.dedup.repeats.MIN_SHARED", rule[2]),
        patch("summarize.dedup.wires.MIN_SHARED", rule[2]),
    ):
        result = deduplicate(articles)
    pairs = {
        frozenset((paths[pair.first], paths[pair.second])): pair.similarity
        for wire in result.wires
        for pair in wire.pairs
    }
    for drop in result.dropped:
        pairs[frozenset((drop.article.path, paths[drop.duplicate_of]))] = drop.similarity
    return pairs


def fillers(pool: Sequence[Piece], count: int, source: random.Random) -> list[tuple[Piece, Piece]]:
    """Pairs of articles of one outlet and topic, no article twice."""
    shelves: dict[tuple[str, str], list[Piece]] = defaultdict(list)
    for piece in source.sample(pool, len(pool)):
        shelves[piece.outlet, piece.topic].append(piece)
    pairs = [
        pair for shelf in shelves.values() for pair in zip(shelf[::2], shelf[1::2], strict=False)
    ]
    return source.sample(pairs, min(count, len(pairs)))


def one_event(folder: Path) -> tuple[list[Article], set[Pair]]:
    """Articles by different outlets, and the pairs on one event."""
    articles, pairs = [], set()
    for record in records(folder, "neus_fulltext"):
        cluster = []
        for number, text in enumerate(record["documents"]):
            try:
                cluster.append(made(text, f"{record['id']}:{number}"))
            except UnreadableError:
                continue
        articles += cluster
        pairs |= {frozenset((one.path, other.path)) for one, other in combinations(cluster, 2)}
    return articles, pairs


def same_topic(pool: Sequence[Piece]) -> set[Pair]:
    """Pairs of articles on one topic within a week, by different outlets."""
    days: dict[str, list[Piece]] = defaultdict(list)
    for piece in pool:
        if piece.day:
            days[piece.topic].append(piece)
    return {
        frozenset((one.article.path, other.article.path))
        for shelf in days.values()
        for one, other in combinations(shelf, 2)
        if one.outlet != other.outlet and abs((one.day - other.day).days) <= 7  # type: ignore[operator]
    }


@dataclass(frozen=True, slots=True)
class Trial:
    """What one collection gave: copies found, other pairs found, and how many copies there are."""

    name: str
    right: int
    wrong: int
    copies: int


Collection = tuple[str, list[Article], set[Pair]]


def tried(collection: Collection, rule: Rule) -> Trial:
    """A trial on a collection in which only the gold pairs, and real copies, are copies."""
    name, articles, gold = collection
    found = found_pairs(articles, rule)

    def origins(pair: Pair) -> Pair:
        return frozenset(path.split("'")[0] for path in pair)

    others = {pair: value for pair, value in found.items() if pair not in gold}
    real = {origins(pair) for pair, value in others.items() if value >= SURELY_COPIES}
    wrong = sum(origins(pair) not in real for pair in others)
    return Trial(name, len(found.keys() & gold), wrong, len(gold))


def collections(
    chosen: Sequence[tuple[Piece, Piece]], events: list[Article]
) -> list[tuple[str, list[Article], set[Pair]]]:
    """The originals with the rewrites of each share, and the articles on one event."""
    source, sets = random.Random(SEED), []  # noqa: S311
    originals = [piece.article for piece, _ in chosen]
    for share in SHARES:
        copies = [rewritten(piece, filler, share, source) for piece, filler in chosen]
        gold = {
            frozenset((one.path, other.path)) for one, other in zip(originals, copies, strict=True)
        }
        sets.append((f"{share:.0%} kept", originals + copies, gold))
    return [*sets, ("one event", events, set())]


def f1(found: Sequence[Trial]) -> str:
    """Precision, recall and F1 over the trials."""
    right, wrong = sum(trial.right for trial in found), sum(trial.wrong for trial in found)
    precision = right / max(right + wrong, 1)
    recall = right / max(sum(trial.copies for trial in found), 1)
    value = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"P {precision:.3f} R {recall:.3f} F1 {value:.3f} wrong {wrong}"


def minhash(sets: Sequence[tuple[str, list[Article], set[Pair]]], limits: Sequence[float]) -> None:
    """Print what MinHash of 128 permutations finds of the copies, compared pair by pair."""
    try:
        from datasketch import MinHash
    except ImportError:
        print("MinHash: datasketch is not installed")
        return
    hasher = Hasher()
    for name, articles, gold in sets:
        signatures = {}
        for article in articles if gold else ():
            signatures[article.path] = MinHash(num_perm=128)
            signatures[article.path].update_batch(
                [shingle.tobytes() for shingle in hasher.shingles(article.body)[0]]
            )
        values = [signatures[a].jaccard(signatures[b]) for a, b in map(tuple, gold)]
        recalls = [sum(value >= limit for value in values) / max(len(gold), 1) for limit in limits]
        stated = ", ".join(
            f"at {limit}: R {recall:.3f} F1 at most {2 * recall / (1 + recall):.3f}"
            for limit, recall in zip(limits, recalls, strict=True)
        )
        if gold:
            print(f"  MinHash {name:10} {stated}")


def rewrites(folder: Path, count: int) -> None:
    """Choose the threshold on one half and print how it does on the other."""
    pool = pieces(folder, 12_000)
    chosen = fillers(pool, count, random.Random(SEED))  # noqa: S311
    articles, one_topic = [piece.article for piece in pool], same_topic(pool)
    events, event_pairs = one_event(folder)
    cut = len(events) // 2
    halves = [collections(chosen[::2], events[:cut]), collections(chosen[1::2], events[cut:])]
    for rule in RULES:
        found = [tried(collection, rule) for collection in halves[0]]
        print(f"choose {rule}: {f1(found)}; without the pairs of one event {f1(found[:-1])}")
    rule = EDITED_WIRE, SAME_WIRE, MIN_SHARED
    found = [tried(collection, rule) for collection in halves[1]]
    print(f"report {rule}: {f1(found)}; without the pairs of one event {f1(found[:-1])}")
    for trial in found:
        print(f"  {trial.name:10} {f1([trial])}")
    minhash(halves[1], (0.7, 0.3))
    pairs = {p for p, v in found_pairs(articles, rule).items() if v < SURELY_COPIES} & one_topic
    print(f"of {len(one_topic)} pairs on one topic in a week {len(pairs)}")
    pairs = {p for p, v in found_pairs(events, rule).items() if v < SURELY_COPIES} & event_pairs
    print(f"of {len(event_pairs)} pairs on one event {len(pairs)}")
