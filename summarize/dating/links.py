"""Order between articles, from the events they share.

One article reports as news what another recalls ("in March"): it is the earlier one, and was
written that March. One expects what another reports: it is the earlier one. One recalls "last
year" what another dates: that fixes the year of the first.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summarize.dating.bounds import Constraint
from summarize.dating.dayrules import Apart, Within
from summarize.dating.events import EventMention
from summarize.dating.recollection import (
    horizon,
    is_dated,
    is_long_ago,
    strength,
    time_between,
    written,
)
from summarize.records import DateEvidence

__all__ = ["EventLink", "LinkKind", "Links", "link"]

LinkKind = Literal["recalled", "expected"]

# How strong links are that expect, and those by copies of one wire, beside `recollection.strength`.
_EXPECTED, _SAME_NEWS = 1.5, 1.0
# Each further article that says the same; copies of one wire make it less than a new witness.
_SUPPORT = 0.2
# What is expected "within 48 hours" may take a few days more.
_LATE_DAYS = 7
# Events that everybody mentions would give a link for every pair of articles.
_MOST_PARTNERS = 12


@dataclass(frozen=True, slots=True)
class EventLink:
    """`earlier_id` was published before `later_id`, as a shared event shows.

    `kind` is "recalled" when the later article looks back on the earlier one's news, "expected"
    when the earlier one looks ahead to it. `apart` is true when the time named lies at least a
    month back, so that the two are about different news. `weight` orders links by strength.
    `when` is how the later article puts the time ("march"), empty when it does not.
    """

    earlier_id: str
    later_id: str
    kind: LinkKind
    apart: bool
    weight: float
    evidence: tuple[DateEvidence, DateEvidence]
    when: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """Links that order articles, each with its constraint, and constraints that only date them."""

    ordering: tuple[tuple[EventLink, Constraint], ...]
    dating: tuple[Constraint, ...]


@dataclass(frozen=True, slots=True)
class _Views:
    """What one article says about one event, by aspect."""

    article_id: str
    mentions: tuple[EventMention, ...]

    def of(self, *aspects: str) -> tuple[EventMention, ...]:
        return tuple(m for m in self.mentions if m.aspect in aspects)


def link(
    mentions: Mapping[str, Sequence[EventMention]],
    names: Mapping[str, str],
    same_words: Callable[[str, str], bool],
) -> Links:
    """The links between articles, from the `mentions` of events in each of them (by article id).

    `names` is what the reader calls an article; `same_words` says whether two articles are copies
    of one wire, so that their common news is one event.
    """
    ordering: list[tuple[EventLink, Constraint]] = []
    dating: list[Constraint] = []
    for views in _by_event(mentions):
        fresh = [v for v in views if v.of("fresh")]
        for one in views:
            for other in fresh[:_MOST_PARTNERS]:
                if one.article_id != other.article_id:
                    ordering += _recalled(other, one, names)
                    ordering += _expected(one, other, names)
            for other in views[:_MOST_PARTNERS] if one.of("expected") else ():
                if other.article_id != one.article_id and not other.of("fresh"):
                    ordering += _expected(one, other, names)
        dating += _dated(views, names)
        dating += _same_news(fresh, names, same_words)
    return Links(tuple(_supported(ordering)), tuple(dating))


def _supported(
    ordering: Sequence[tuple[EventLink, Constraint]],
) -> Iterator[tuple[EventLink, Constraint]]:
    """The links, heavier where several articles say the same of one ("in March")."""

    def claim(made: EventLink) -> tuple[str, str, str]:
        return made.earlier_id, made.kind, made.when

    support = Counter(claim(made) for made, _ in ordering)
    for made, constraint in ordering:
        weight = made.weight + _SUPPORT * (support[claim(made)] - 1)
        yield replace(made, weight=weight), replace(constraint, weight=weight)


def _by_event(mentions: Mapping[str, Sequence[EventMention]]) -> Iterator[list[_Views]]:
    """The articles that speak of an event, for every event that several speak of."""
    index: dict[tuple[str, str], dict[str, list[EventMention]]] = defaultdict(dict)
    for article, found in sorted(mentions.items()):
        distinct = {(m.key, m.actors, m.aspect, m.when and m.when.text): m for m in reversed(found)}
        for mention in reversed(distinct.values()):
            index[mention.key].setdefault(article, []).append(mention)
    for _, articles in sorted(index.items()):
        if len(articles) > 1:
            yield [_Views(article, tuple(found)) for article, found in articles.items()]


def _agreeing(
    ours: Sequence[EventMention], theirs: Sequence[EventMention]
) -> Iterator[tuple[EventMention, EventMention]]:
    """For each of theirs the first of ours that may be the same event."""
    for other in theirs:
        mine = next((m for m in ours if m.agrees(other)), None)
        if mine is not None:
            yield mine, other


def _recalled(
    news: _Views, memory: _Views, names: Mapping[str, str]
) -> Iterator[tuple[EventLink, Constraint]]:
    """What one article reports as news and the other recalls: the first is the earlier one."""
    for fresh, past in _agreeing(news.of("fresh"), memory.of("past")):
        if fresh.predicate.routine and not is_dated(past.when):
            continue
        if _ambiguous(fresh, past, news, memory):
            continue
        rules = time_between(fresh.article_id, past.article_id, past.when)
        earlier, later = names[fresh.article_id], names[past.article_id]
        time = f" (“{past.when.text}”)" if past.when is not None else ""
        evidence = (
            _evidence(fresh, f"reports as news what {later} recalls as past{time}: so before it"),
            _evidence(past, f"recalls as past{time} what {earlier} reports as news: so after it"),
        )
        when, apart = past.when.text.casefold() if past.when else "", is_long_ago(past.when)
        ids = fresh.article_id, past.article_id
        made = EventLink(*ids, "recalled", apart, strength(past), evidence, when)
        yield made, Constraint(rules, made.weight, evidence)


def _ambiguous(fresh: EventMention, past: EventMention, news: _Views, memory: _Views) -> bool:
    """Whether the one article knows two occurrences of the event, or the two mean different ones.

    "Retakes" as news says that there was an earlier taking, which a plain "took" may mean.
    """
    if any(m.agrees(past) for m in memory.of("fresh")):
        return True
    if any(m.agrees(fresh) for m in news.of("past")):
        return True
    again = any(m.predicate.repeated and m.agrees(fresh) for m in news.of("fresh"))
    return again and not past.predicate.repeated


def _expected(
    hope: _Views, news: _Views, names: Mapping[str, str]
) -> Iterator[tuple[EventLink, Constraint]]:
    """What one article expects and the other reports: the first is the earlier one."""
    expected = hope.of("expected")
    happened = news.of("fresh") or news.of("past", "done")
    for ahead, done in _agreeing(expected, happened[:1]):
        known = any(m.agrees(ahead) for m in hope.of("fresh", "past", "done"))
        if known or any(m.agrees(done) for m in news.of("expected")) or ahead.predicate.routine:
            continue
        horizons = [
            h for h in map(horizon, (e for e in expected if e.agrees(done))) if h is not None
        ]
        near = min(horizons) + _LATE_DAYS if horizons and done.aspect == "fresh" else None
        weight = _EXPECTED * (2 if near is not None else 1)
        earlier, later = names[ahead.article_id], names[done.article_id]
        soonest = min(
            (e for e in expected if e.agrees(done)), key=lambda e: (horizon(e) is None, e.start)
        )
        evidence = (
            _evidence(soonest, f"expects what {later} reports: so before it"),
            _evidence(done, f"reports what {earlier} expects: so after it"),
        )
        rules = (Apart(ahead.article_id, done.article_id, 0, near),)
        ids = ahead.article_id, done.article_id
        made = EventLink(*ids, "expected", apart=False, weight=weight, evidence=evidence)
        yield made, Constraint(rules, weight, evidence)


def _dated(views: Sequence[_Views], names: Mapping[str, str]) -> Iterator[Constraint]:
    """What one article dates, and another recalls as "last year" or as over."""
    past = [m for view in views for m in view.of("past")]
    dated = [m for m in past if m.when is not None and m.when.period is not None]
    for known in dated[:_MOST_PARTNERS]:
        seconded = _seconded(known, dated)
        for vague in (m for view in views for m in view.of("past", "done")):
            if vague.article_id == known.article_id or not known.agrees(vague):
                continue
            days = written(known, vague)
            # One source may err in a date, and everybody may tell of the event.
            if days is None or (vague.when is None and not seconded):
                continue
            day = known.when.text if known.when is not None else ""
            teller, other = names[known.article_id], names[vague.article_id]
            bearing = f"tells of what {teller} dates {day}: so written after it"
            if vague.when is not None:
                bearing = f"“{vague.when.text}” is {day}, says {teller}"
            evidence = (
                _evidence(vague, bearing),
                _evidence(known, f"dates what {other} recalls: {day}"),
            )
            yield Constraint((Within(vague.article_id, *days),), strength(vague), evidence)


def _seconded(known: EventMention, dated: Sequence[EventMention]) -> bool:
    """Whether another article dates the event in the same year."""
    return any(
        other.article_id != known.article_id
        and known.agrees(other)
        and (known.when and known.when.year) == (other.when and other.when.year)
        for other in dated
    )


def _same_news(
    fresh: Sequence[_Views], names: Mapping[str, str], same_words: Callable[[str, str], bool]
) -> Iterator[Constraint]:
    """Two copies of a wire with one event as news are of one week."""
    for place, one in enumerate(fresh):
        for other in fresh[place + 1 : place + 1 + _MOST_PARTNERS]:
            pair = next(_agreeing(one.of("fresh"), other.of("fresh")), None)
            if pair is None or not same_words(one.article_id, other.article_id):
                continue
            evidence = tuple(
                _evidence(own, f"has the news of {names[its.article_id]}, partly word for word")
                for own, its in (pair, pair[::-1])
            )
            rules = (Apart(one.article_id, other.article_id, -_LATE_DAYS, _LATE_DAYS),)
            yield Constraint(rules, _SAME_NEWS, evidence)


def _evidence(mention: EventMention, bearing: str) -> DateEvidence:
    return DateEvidence(mention.article_id, mention.start, mention.end, mention.quote, bearing)
