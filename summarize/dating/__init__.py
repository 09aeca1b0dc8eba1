"""When each article was published, as far as the texts tell.

A date the file states is taken as it is. Otherwise an interval follows from the dates an article
mentions and from the events it shares with others (`links`); every interval comes with
the words it rests on. The days files were written are never looked at.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING, Literal

from summarize.dating.bounds import Bounds, Constraint, solve
from summarize.dating.chronology import Chronology, in_time_order, likely_day
from summarize.dating.dayrules import FIRST, LAST, Within
from summarize.dating.events import EventMention, mentions
from summarize.dating.links import EventLink, link
from summarize.dating.parsing import parse_told, told_by
from summarize.dating.timeclues import clues
from summarize.dedup import SAME_WIRE
from summarize.dedup.shingles import Hasher
from summarize.records import Article, DateEvidence, Placement, Removed, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Chronology", "in_time_order", "likely_day", "place"]

# Named as evidence for one article: the nearest reasons of its interval, the strongest links.
_MOST_REASONS = 6
_MOST_LINKS = 3
_MOST_CONTRADICTED = 3
# What cleaning calls the words below a picture.
_CAPTIONS = frozenset({"caption", "credit"})
# Articles parsed at once: enough sentences for full batches, few enough to stay in the cache.
_TOGETHER = 64


def place(articles: Sequence[Article], removed: Sequence[Removed] = ()) -> Chronology:
    """Date the articles, by their own words and by each other's; a stated day is taken as it is.

    `removed` is what cleaning took from them, of which captions have dates. The result does not
    depend on the order of `articles`.
    """
    known = {article.id: article for article in sorted(articles, key=lambda a: (a.id, a.path))}
    told: dict[str, tuple[EventMention, ...]] = {}
    constraints = [c for article in known.values() if (c := _beside(article))]
    captions = _captions(removed)
    for sentences, parsed in _parsed(tuple(known.values())):
        key = sentences[0].article_id
        told[key] = mentions(sentences, parsed)
        if not known[key].published:
            constraints += clues(sentences, parsed, captions.get(key, ()))
    names = {key: article.path or key for key, article in known.items()}
    found = link(told, names, _Wording(known).alike)
    kept = _without_cycles([made for made, _ in found.ordering])
    constraints += [constraint for made, constraint in found.ordering if made in kept]
    constraints += found.dating
    solution = solve(tuple(known), constraints)
    given_up = set(map(id, solution.given_up))
    told_of = _contradicted(found.ordering, kept, solution.given_up)
    links = tuple(
        made
        for made, constraint in found.ordering
        if made in kept and id(constraint) not in given_up
    )
    about: dict[str, list[EventLink]] = defaultdict(list)
    for made in links:
        about[made.earlier_id].append(made)
        about[made.later_id].append(made)
    placements = {
        key: _placement(article, solution.bounds[key], about[key], told_of[key])
        for key, article in known.items()
    }
    return Chronology(placements, links)


def _captions(removed: Sequence[Removed]) -> dict[str, list[Sentence]]:
    found: dict[str, list[Sentence]] = defaultdict(list)
    for one in removed:
        if one.reason in _CAPTIONS:
            found[one.article_id].append(Sentence(one.article_id, -1, one.start, one.end, one.text))
    return found


def _parsed(
    articles: Sequence[Article],
) -> Iterator[tuple[tuple[Sentence, ...], "Sequence[Doc | None]"]]:
    """What each article that tells something tells, and the grammar of it.

    An event orders articles, so that one by itself has none.
    """
    dated = {article.id for article in articles if article.published}
    for start in range(0, len(articles), _TOGETHER):
        told = [told_by(article) for article in articles[start : start + _TOGETHER]]
        documents = [sentences for sentences in told if sentences]
        parsed = parse_told(documents, dated, events=len(articles) > 1)
        yield from zip(documents, parsed, strict=True)


def _contradicted(
    ordering: Sequence[tuple[EventLink, Constraint]],
    kept: frozenset[EventLink],
    given_up: Sequence[Constraint],
) -> dict[str, list[DateEvidence]]:
    """What each article tells that stronger evidence contradicts, the strongest first."""
    cut = [constraint for made, constraint in ordering if made not in kept]
    told = [constraint for constraint in given_up if not constraint.likely]
    by_article: dict[str, list[DateEvidence]] = defaultdict(list)
    for constraint in sorted((*cut, *told), key=lambda c: c.order, reverse=True):
        for evidence in constraint.evidence:
            by_article[evidence.article_id].append(evidence)
    return by_article


def _beside(article: Article) -> Constraint | None:
    """What holds of an article's day beside its text: a stated day, or that of its letter."""
    if day := article.published:
        rule, bearing = Within(article.id, day, day), "the file states this day"
    elif day := article.received:
        rule = Within(article.id, None, day)
        bearing = f"by {day.day} {day:%B %Y}, when it was mailed"
    else:
        return None
    return Constraint((rule,), inf, (DateEvidence(article.id, 0, 0, "", bearing),))


class _Wording:
    """Which articles share wording; shingles are made only for those that are asked about."""

    def __init__(self, articles: dict[str, Article]) -> None:
        self._articles = articles
        self._hasher = Hasher()
        self._shingles: dict[str, frozenset[int]] = {}

    def _of(self, key: str) -> frozenset[int]:
        if key not in self._shingles:
            found, _ = self._hasher.shingles(self._articles[key].body)
            self._shingles[key] = frozenset(found.tolist())
        return self._shingles[key]

    def alike(self, one: str, other: str) -> bool:
        """Whether the two are copies of one wire."""
        ours, theirs = self._of(one), self._of(other)
        smaller = min(len(ours), len(theirs))
        return bool(smaller) and len(ours & theirs) >= SAME_WIRE * smaller


def _without_cycles(links: Sequence[EventLink]) -> frozenset[EventLink]:
    """The links without those that contradict stronger ones, directly or by way of others."""
    weights: dict[tuple[str, str], float] = defaultdict(float)
    for made in links:
        weights[made.earlier_id, made.later_id] += made.weight
    after: dict[str, set[str]] = defaultdict(set)
    kept = set()
    for (earlier, later), _ in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        if not _leads(later, earlier, after):
            after[earlier].add(later)
            kept.add((earlier, later))
    return frozenset(made for made in links if (made.earlier_id, made.later_id) in kept)


def _leads(start: str, goal: str, after: dict[str, set[str]]) -> bool:
    """Whether `goal` can be reached from `start`."""
    seen, stack = {start}, [start]
    while stack:
        here = stack.pop()
        if here == goal:
            return True
        stack += after[here] - seen
        seen |= after[here]
    return False


def _placement(
    article: Article,
    bounds: Bounds,
    about: Sequence[EventLink],
    contradicted: Sequence[DateEvidence],
) -> Placement:
    given_up = [
        replace(e, bearing=f"set aside, as stronger evidence contradicts it: {e.bearing}")
        for e in dict.fromkeys(contradicted)
    ][:_MOST_CONTRADICTED]
    if article.published:
        day = article.published
        return Placement(article.id, day, day, "stated", (_statement(article), *given_up))
    reasons = [c for c in bounds.rests_on() if article.id in c.articles]
    resting = [e for reason in reasons[:_MOST_REASONS] for e in reason.evidence]
    strongest = sorted(about, key=lambda made: (-made.weight, made.earlier_id, made.later_id))
    ordering = [e for made in strongest[:_MOST_LINKS] for e in made.evidence]
    evidence = tuple(dict.fromkeys((*resting, *ordering)))
    earliest = bounds.first if bounds.first > FIRST else None
    latest = bounds.last if bounds.last < LAST else None
    confidence: Literal["inferred", "unknown"] = "inferred" if evidence else "unknown"
    return Placement(article.id, earliest, latest, confidence, (*evidence, *given_up))


def _statement(article: Article) -> DateEvidence:
    """Where the text itself has the stated date, or an empty quote when it stands beside it."""
    stated = article.published.isoformat() if article.published else ""
    start = article.text.find(stated)
    if start < 0:
        return DateEvidence(article.id, 0, 0, "", "the file states this day")
    end = start + len(stated)
    return DateEvidence(article.id, start, end, stated, "the file states this day")
