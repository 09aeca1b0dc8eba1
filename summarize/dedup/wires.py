"""Articles that carry one wire copy, in whatever shape their editors gave it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarize.dedup.evidence import compare, one_passage
from summarize.dedup.index import MIN_SHARED, Groups
from summarize.dedup.repeats import Kept
from summarize.dedup.shingles import Hasher, Shared
from summarize.records import Article, WirePair

__all__ = ["SAME_WIRE", "Wire", "find_wires"]

# Copies of one wire among the sample articles: .165 to .365; all other pairs: .006 at most.
SAME_WIRE = 0.10
# Less is a wire copy too if it is spread over several passages: one alone is a notice of the site
# or a statement that both outlets print. Chosen on one half of made-up rewrites that keep 10 to
# 90 % of the sentences; on the other half precision is .998, recall .917, F1 .955, or .942 if pairs
# on one event that share wire text count as wrong. That half was seen while the rules were made
# (`python -m benchmarks.studies.dedup DATA rewrites`).
EDITED_WIRE = 0.04
# A shingle in this many stories that otherwise differ is boilerplate.
BOILERPLATE_STORIES = 10


@dataclass(frozen=True, slots=True, order=True)
class Wire:
    """Articles (by id, sorted) that carry the same wire copy: one witness, however many there are.

    `pairs` are the overlaps that show it; two of the articles may be joined through a third.
    """

    article_ids: tuple[str, ...]
    pairs: tuple[WirePair, ...]


def find_wires(
    articles: Sequence[Article], shared: Shared, kept: Kept, hasher: Hasher
) -> tuple[Wire, ...]:
    """The wires among the kept articles."""
    known = {article.id: article for article in articles}
    groups = Groups(len(articles))
    place = {article.id: number for number, article in enumerate(articles)}
    links = list[WirePair]()
    for pair in sorted(_candidates(articles, shared, kept), key=_closest_first):
        one, other = place[pair.first], place[pair.second]
        # Articles that are joined already need no further look.
        joined = pair.similarity >= SAME_WIRE or groups.find(one) == groups.find(other)
        if joined or not one_passage(articles[one], articles[other], hasher):
            groups.join(one, other)
            links.append(pair)
    pairs: dict[int, list[WirePair]] = defaultdict(list)
    for pair in links:
        pairs[groups.find(place[pair.first])].append(pair)
    return tuple(sorted(_wire(found, known, hasher) for found in pairs.values()))


def _closest_first(pair: WirePair) -> tuple[float, str, str]:
    return -pair.similarity, pair.first, pair.second


def _candidates(articles: Sequence[Article], shared: Shared, kept: Kept) -> set[WirePair]:
    """The pairs that share enough told in the outlets' own words, boilerplate aside."""
    common = kept.index.spread(kept.stories.roots()) >= BOILERPLATE_STORIES
    telling = ~(common | shared.spoken)
    sizes = shared.told - shared.count(common & ~shared.spoken)
    pairs = set[WirePair]()
    for text in kept.overlapping:
        for other, count in kept.index.overlaps(text, MIN_SHARED, telling):
            similarity = min(count / max(int(min(sizes[text], sizes[other])), 1), 1.0)
            if similarity >= EDITED_WIRE and other != text:
                first, second = sorted((articles[text].id, articles[other].id))
                pairs.add(WirePair(first, second, similarity))
    return pairs


def _wire(pairs: Sequence[WirePair], articles: dict[str, Article], hasher: Hasher) -> Wire:
    """The wire of these pairs, closest first, with a passage for the closest of each article."""
    seen, shown = set[str](), list[WirePair]()
    for pair in pairs:
        if not seen.issuperset((pair.first, pair.second)):
            compared = compare(articles[pair.first], articles[pair.second], hasher)
            pair = replace(pair, passage=compared.passage)  # noqa: PLW2901
        seen.update((pair.first, pair.second))
        shown.append(pair)
    return Wire(tuple(sorted(seen)), tuple(sorted(shown)))
