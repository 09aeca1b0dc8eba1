"""Articles that carry one wire copy, in whatever shape their editors gave it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarize.dedup.evidence import compare, one_passage
from summarize.dedup.index import MIN_SHARED
from summarize.dedup.repeats import Kept
from summarize.dedup.shared import Shared
from summarize.dedup.shingles import Hasher
from summarize.records import Article, WirePair

__all__ = ["SAME_WIRE", "Wire", "find_wires"]

# Copies of one wire among the sample articles: .165 to .365; all other pairs: .006 at most.
SAME_WIRE = 0.10
# Less is a wire copy too if it is spread over several passages: one alone is a notice of the site
# or a statement that both outlets print. Chosen on one half of made-up rewrites that keep 10 to
# 90 % of the sentences; on the other half precision is .998, recall .917, F1 .955, or .943 if pairs
# on one event that share wire text count as wrong. That half was seen while the rules were made
# (`python -m benchmarks.studies.dedup DATA rewrites`).
EDITED_WIRE = 0.04
# Two groups become one when this share of the pairs between them share wording, so that background
# one outlet repeats does not chain its articles. Of 6,000 Daily Mail articles the widest wire has
# 22, chained by any pair 185; 20 copies that each keep half of a text are taken for 4.1 wires
# (chained: 2.2; at a half: 5.2), and 5 copies for one (`benchmarks.studies.dedup DATA chains`).
COHESION = 0.25
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
    place = {article.id: number for number, article in enumerate(articles)}

    def of_one_wire(pair: WirePair) -> bool:
        one, other = articles[place[pair.first]], articles[place[pair.second]]
        return pair.similarity >= SAME_WIRE or not one_passage(one, other, hasher)

    links = sorted(filter(of_one_wire, _candidates(articles, shared, kept)), key=_closest_first)
    groups = _groups([(place[link.first], place[link.second]) for link in links])
    pairs: dict[int, list[WirePair]] = defaultdict(list)
    for link in links:
        if groups[place[link.first]] == groups[place[link.second]]:
            pairs[groups[place[link.first]]].append(link)
    known = {article.id: article for article in articles}
    return tuple(sorted(_wire(found, known, hasher) for found in pairs.values()))


def _groups(links: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The number that stands for each linked article's group.

    Groups are joined in the order of the links, again and again until no two cohere any more.
    """
    linked: dict[int, set[int]] = defaultdict(set)
    for one, other in links:
        linked[one].add(other)
        linked[other].add(one)
    group = {number: number for number in linked}
    members = {number: {number} for number in linked}

    def joined(link: tuple[int, int]) -> bool:
        small, large = sorted((group[number] for number in link), key=lambda g: len(members[g]))
        ours, theirs = members[small], members[large]
        between = sum(len(linked[number] & theirs) for number in ours)
        if small == large or between < COHESION * len(ours) * len(theirs):
            return False
        theirs |= members.pop(small)
        group.update(dict.fromkeys(ours, large))
        return True

    while sum(map(joined, links)):
        links = [(one, other) for one, other in links if group[one] != group[other]]
    return group


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
