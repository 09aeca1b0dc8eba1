"""Articles that carry one wire copy, in whatever shape their editors gave it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarize.dedup.evidence import compare, one_passage
from summarize.dedup.index import MIN_SHARED, Groups
from summarize.dedup.repeats import Kept
from summarize.dedup.shingles import Hasher, Shared
from summarize.records import Article

__all__ = ["SAME_WIRE", "Wire", "WirePair", "find_wires"]

# Copies of one wire among the sample articles: .165 to .365; all other pairs: .006 at most.
SAME_WIRE = 0.10
# Less is a wire copy too if it is spread over several passages: one alone is a notice of the site
# or a statement that both outlets print. Chosen on one half of made-up rewrites that keep 10 to
# 90 % of the sentences; on the other half F1 is REPORT
# (`python -m benchmarks.studies.dedup DATA rewrites`).
EDITED_WIRE = 0.04
# A shingle in this many stories that otherwise differ is boilerplate.
_BOILERPLATE_STORIES = 10


@dataclass(frozen=True, slots=True, order=True)
class WirePair:
    """Two articles of one wire, and the share of the smaller one's shingles the other has.

    Shingles of boilerplate and speech are not counted: two who were there quote the same words.
    `passage` is the longest wording both have, cut to 200 characters; it is given for the closest
    pair of each article.
    """

    first: str
    second: str
    similarity: float
    passage: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Wire:
    """Articles (by id, sorted) that carry the same wire copy: one witness, however many there are.

    `pairs` are the overlaps that show it; two of the articles may be joined through a third.
    """

    article_ids: tuple[str, ...]
    pairs: tuple[WirePair, ...]


def find_wires(articles: Sequence[Article], shared: Shared, kept: Kept) -> tuple[Wire, ...]:
    """The wires among the kept articles."""
    common = kept.index.spread(kept.stories.roots()) >= _BOILERPLATE_STORIES
    telling = ~(common | shared.spoken)
    sizes = shared.told - shared.count(common & ~shared.spoken)
    groups, links, hasher = Groups(len(articles)), list[tuple[int, WirePair]](), Hasher()
    for text in kept.texts:
        one = articles[text]
        for other, count in kept.index.overlaps(text, MIN_SHARED, telling):
            two = articles[other]
            similarity = min(count / max(int(min(sizes[text], sizes[other])), 1), 1.0)
            if one is two or similarity < EDITED_WIRE:
                continue
            # Articles that are joined already need no further look.
            joined = similarity >= SAME_WIRE or groups.find(text) == groups.find(other)
            if joined or not one_passage(one, two, hasher):
                groups.join(text, other)
                first, second = sorted((one.id, two.id))
                links.append((text, WirePair(first, second, similarity)))
    pairs: dict[int, set[WirePair]] = defaultdict(set)
    for text, pair in links:
        pairs[groups.find(text)].add(pair)
    known = {article.id: article for article in articles}
    return tuple(sorted(_wire(sorted(found), known, hasher) for found in pairs.values()))


def _wire(pairs: Sequence[WirePair], articles: dict[str, Article], hasher: Hasher) -> Wire:
    """The wire of these pairs, with a passage shown for the closest pair of each article."""
    closest: dict[str, WirePair] = {}
    for pair in sorted(pairs, key=lambda pair: pair.similarity):
        closest[pair.first] = closest[pair.second] = pair
    shown = set(closest.values())
    return Wire(
        tuple(sorted(closest)),
        tuple(
            replace(
                pair, passage=compare(articles[pair.first], articles[pair.second], hasher).passage
            )
            if pair in shown
            else pair
            for pair in pairs
        ),
    )
