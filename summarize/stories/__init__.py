"""Which articles are about one event.

Articles are alike when they share rare words and rare names, most of all in their openings, and
when they are of the same days; the most alike are joined first, by average link. Time decides
against words: the same city and the same actors months apart are two stories, however alike the
texts.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from summarize.dating import Chronology, in_time_order
from summarize.records import Article, Story
from summarize.stories.likeness import alike, pairs, vectors
from summarize.stories.linkage import average_link, join
from summarize.stories.strangers import loners, strangers
from summarize.stories.timing import Times
from summarize.stories.titles import headline

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["group", "headline", "strangers"]

# Articles this much alike on average are one story, and pairs less alike than the floor count as
# not alike at all. Fitted like the shares of words and names (`likeness`).
_NEAREST = 0.16
_FLOOR = 0.04
# A follow-up needs this much in common with what it follows; at .05 wrong ones cost NeuS, dates
# hidden, .02 (`benchmarks/studies/stories.py --place`).
_FOLLOW_UP_ALIKE = 0.11


def group(
    articles: Sequence[Article],
    chronology: Chronology,
    wires: Iterable[frozenset[str]] = (),
    repeated: Collection[str] = (),
    *,
    one_story: bool = False,
) -> tuple[Story, ...]:
    """The stories of the articles, ordered by their first article; each in time order.

    Of stories that began on one day, those that more articles tell come first.

    `wires` are sets of ids of articles that are copies of one agency text: they are one story
    unless time forbids it. `repeated` are ids of articles of which copies were left out before, so
    that they are not the only ones on their topic. `one_story` puts everything into one. The result
    does not depend on the order of `articles`.
    """
    known = sorted({article.id: article for article in articles}.values(), key=lambda a: a.id)
    if not known:
        return ()
    wires = tuple(wires)
    if one_story:
        groups = [known]
        strange = {article.id for article in strangers(known, wires)}
    else:
        rows = vectors(known)
        groups = _clusters(known, rows, chronology, wires)
        alone = {found[0].id for found in groups if len(found) == 1 < len(known)}
        strange = alone.intersection(known[i].id for i in loners(rows)).difference(repeated)
    place = {article.id: i for i, article in enumerate(in_time_order(known, chronology))}
    ordered = [tuple(sorted(found, key=lambda a: place[a.id])) for found in groups]
    ordered.sort(key=lambda found: place[found[0].id])
    told = _most_told_first(ordered, chronology)
    return tuple(_story(found, strange) for found in told)


def _most_told_first(
    ordered: Sequence[tuple[Article, ...]], chronology: Chronology
) -> Iterator[tuple[Article, ...]]:
    """Of stories in a row that began on one and the same day, those of more articles first."""

    def day(story: tuple[Article, ...]) -> tuple[date | None, str]:
        placed = chronology.placements.get(story[0].id)
        known = placed is not None and placed.earliest == placed.latest and placed.earliest
        return (placed.earliest, "") if placed and known else (None, story[0].id)

    for _, same in groupby(ordered, day):
        yield from sorted(same, key=lambda story: -len(story))


def _story(articles: tuple[Article, ...], strange: Collection[str]) -> Story:
    off_topic = tuple(article.id for article in articles if article.id in strange)
    story = Story(_identity(articles), "", articles, off_topic)
    return replace(story, title=headline(story.told))


def _identity(articles: Sequence[Article]) -> str:
    ids = "\n".join(sorted(article.id for article in articles))
    return blake2b(ids.encode(), digest_size=8).hexdigest()


def _clusters(
    articles: Sequence[Article],
    rows: "csr_array",
    chronology: Chronology,
    wires: Sequence[frozenset[str]],
) -> list[list[Article]]:
    place = {article.id: i for i, article in enumerate(articles)}
    times = Times(articles, chronology)
    certain = [*_copies(wires, place, times), *_follow_ups(chronology, place, rows)]
    groups = join(len(articles), certain, times.allow)
    found = average_link(groups, _likenesses(rows, times), _NEAREST, times.allow)
    return [[articles[member] for member in members] for members in found]


def _copies(
    wires: Sequence[frozenset[str]], place: dict[str, int], times: Times
) -> Iterator[tuple[int, int]]:
    """Each copy of a wire with the next one in time."""
    for wire in wires:
        yield from pairwise(times.in_order(place[key] for key in wire if key in place))


def _follow_ups(
    chronology: Chronology, place: dict[str, int], rows: "csr_array"
) -> Iterator[tuple[int, int]]:
    """What one article expects and another reports is one story."""
    for made in chronology.links:
        if made.kind == "expected" and made.earlier_id in place and made.later_id in place:
            one, other = place[made.earlier_id], place[made.later_id]
            if alike(rows, one, other) >= _FOLLOW_UP_ALIKE:
                yield one, other


def _likenesses(rows: "csr_array", times: Times) -> Iterator[tuple[int, int, float]]:
    """The pairs that words do not part at once, and how much words and time speak for each."""
    for ones, others, likeness in pairs(rows, _FLOOR):
        together = likeness + times.nearness(ones, others)
        near = together >= _FLOOR
        yield from zip(
            ones[near].tolist(), others[near].tolist(), together[near].tolist(), strict=True
        )
