"""Order between articles, from the events they share.

One article reports as news what another recalls ("in March"): it is the earlier one, and was
written that March. One expects what another reports: it is the earlier one. One recalls "last
year" what another dates: that fixes the year of the first.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from summarize.bounds import Apart, Constraint, Recurring, Rule, Within, YearsApart
from summarize.events import EventMention
from summarize.records import DateEvidence
from summarize.timeclues import month_windows
from summarize.timex import TimeExpression

__all__ = ["EventLink", "LinkKind", "Links", "link"]

LinkKind = Literal["recalled", "expected"]

# What makes a link strong: one that names the time, one that only says "had", one that expects.
_DATED, _UNDATED, _EXPECTED, _SAME_NEWS = 3.0, 2.0, 1.5, 1.0
# A noun ("the capture of") is further from what was reported than a sentence.
_NOUN = 0.8
# Each further article that says the same; copies of one wire make it less than a new witness.
_SUPPORT = 0.2
# An actor must agree in events that can happen again; they still may be another occurrence.
_AGAIN = 0.8
# News is written within days of its event.
_NEWS_DAYS = 3
# What is expected "next month" is expected within so many days.
_HORIZON_DAYS = {"day": 7, "week": 7, "month": 31, "season": 183, "year": 366}
# What is expected "within 48 hours" may take a few days more.
_LATE_DAYS = 7
# A bare month lies at most a year back; "last March" may be a month more.
_YEAR, _LONG_YEAR = 366, 396
# Events that everybody mentions would give a link for every pair of articles.
_MOST_PARTNERS = 12


@dataclass(frozen=True, slots=True)
class EventLink:
    """`earlier_id` was published before `later_id`, as a shared event shows.

    `kind` is "recalled" when the later article looks back on the earlier one's news, "expected"
    when the earlier one looks ahead to it. `apart` is true when the time named lies at least a
    month back, so that the two are about different news. `weight` orders links by strength. `when` is
    how the later article puts the time ("in March" gives "march"), empty when it does not.
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
        if fresh.predicate.routine and not _tells(past.when):
            continue
        if _ambiguous(fresh, past, news, memory):
            continue
        weight = _strength(past) * (1 if fresh.predicate.once else _AGAIN)
        rules, apart = _time_between(fresh, past)
        earlier, later = names[fresh.article_id], names[past.article_id]
        time = f" (“{past.when.text}”)" if past.when is not None else ""
        evidence = (
            _evidence(fresh, f"reports as news what {later} recalls as past{time}: so before it"),
            _evidence(past, f"recalls as past{time} what {earlier} reports as news: so after it"),
        )
        yield _linked(fresh, past, "recalled", apart, weight, evidence, rules)


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


def _strength(past: EventMention) -> float:
    """Months and dates are remembered better than how many years ago, and in full sentences."""
    exact = _tells(past.when) and not (past.when and past.when.kind == "relative")
    return (_DATED if exact else _UNDATED) * (_NOUN if past.predicate.noun else 1)


def _tells(when: TimeExpression | None) -> bool:
    return when is not None and when.kind in ("absolute", "bare", "relative")


def _time_between(fresh: EventMention, past: EventMention) -> tuple[tuple[Rule, ...], bool]:
    """The rules that a recalled time gives for both articles, and whether it is a month or more."""
    news, memory, when = fresh.article_id, past.article_id, past.when
    if when is None or not _tells(when):
        return (Apart(news, memory),), False
    if when.period is not None:
        last = when.period.last + timedelta(days=_NEWS_DAYS)
        return (Apart(news, memory), Within(news, when.period.first, last)), when.day is None
    if when.kind == "bare":
        most = _LONG_YEAR if when.offset < 0 else _YEAR
        windows = month_windows(when, slack=_NEWS_DAYS)
        return (Apart(news, memory, 0, most), Recurring(news, windows)), when.day is None
    back = -when.offset
    if when.unit == "year":
        if when.text.endswith("ago"):
            least, most = (back * 365 - 183, back * 366 + 183)
            return (Apart(news, memory, least, most),), True
        return (YearsApart(news, memory, back), Apart(news, memory)), back > 0
    if when.unit == "season":
        return (Apart(news, memory, 0, _LONG_YEAR),), True
    days = {"day": 1, "week": 7, "month": 31}[when.unit]
    most = (back + 1) * days + _NEWS_DAYS
    return (Apart(news, memory, 0, most),), when.unit == "month" and back > 0


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
            h for h in map(_horizon, (e for e in expected if e.agrees(done))) if h is not None
        ]
        near = min(horizons) + _LATE_DAYS if horizons and done.aspect == "fresh" else None
        weight = _EXPECTED * (2 if near is not None else 1)
        earlier, later = names[ahead.article_id], names[done.article_id]
        soonest = min(
            (e for e in expected if e.agrees(done)), key=lambda e: (_horizon(e) is None, e.start)
        )
        evidence = (
            _evidence(soonest, f"expects what {later} reports: so before it"),
            _evidence(done, f"reports what {earlier} expects: so after it"),
        )
        rules = (Apart(ahead.article_id, done.article_id, 0, near),)
        yield _linked(ahead, done, "expected", False, weight, evidence, rules)


def _horizon(mention: EventMention) -> int | None:
    """Within how many days the article expects the event, when it says so."""
    when = mention.when
    if when is None:
        return None
    if when.kind == "horizon":
        return when.offset
    if when.kind == "relative":
        return max(when.offset, 1) * _HORIZON_DAYS[when.unit]
    return None


def _linked(
    earlier: EventMention,
    later: EventMention,
    kind: LinkKind,
    apart: bool,  # noqa: FBT001
    weight: float,
    evidence: tuple[DateEvidence, DateEvidence],
    rules: tuple[Rule, ...],
) -> tuple[EventLink, Constraint]:
    when = later.when.text.casefold() if kind == "recalled" and later.when else ""
    made = EventLink(earlier.article_id, later.article_id, kind, apart, weight, evidence, when)
    return made, Constraint(rules, weight, evidence)


def _dated(views: Sequence[_Views], names: Mapping[str, str]) -> Iterator[Constraint]:
    """What one article dates and another recalls: "last year" gives its year, else a lower bound."""
    past = [m for view in views for m in view.of("past")]
    dated = [m for m in past if m.when is not None and m.when.period is not None]
    for known in dated[:_MOST_PARTNERS]:
        for vague in (m for view in views for m in view.of("past", "done")):
            if vague.article_id == known.article_id or not known.agrees(vague):
                continue
            days = _written(known, vague)
            if days is None:
                continue
            time = vague.when.text if vague.when is not None else vague.predicate.name
            date_given = known.when.text if known.when is not None else ""
            evidence = (
                _evidence(vague, f"“{time}” is {date_given}, says {names[known.article_id]}"),
                _evidence(known, f"dates what {names[vague.article_id]} recalls: {date_given}"),
            )
            weight = _strength(vague) * (1 if known.predicate.once else _AGAIN)
            yield Constraint((Within(vague.article_id, *days),), weight, evidence)


def _written(known: EventMention, vague: EventMention) -> tuple[date, date | None] | None:
    """When an article was written that mentions as `vague` what happened at `known.when`."""
    when, period = vague.when, known.when.period if known.when is not None else None
    if period is None:
        return None
    if when is None:
        # What happens only once had happened by then.
        return (period.first, None) if known.predicate.once else None
    if when.kind == "relative" and when.unit == "year" and not when.text.endswith("ago"):
        year = period.first.year - when.offset
        return date(year, 1, 1), date(year, 12, 31)
    if when.kind == "bare" and when.month == period.first.month and when.offset <= 0:
        return period.first, period.last + timedelta(days=_LONG_YEAR if when.offset else _YEAR)
    return None


def _same_news(
    fresh: Sequence[_Views], names: Mapping[str, str], same_words: Callable[[str, str], bool]
) -> Iterator[Constraint]:
    """Two copies of a wire with one event as news are of one week."""
    for place, one in enumerate(fresh):
        for other in fresh[place + 1 : place + 1 + _MOST_PARTNERS]:
            pair = next(_agreeing(one.of("fresh"), other.of("fresh")), None)
            if pair is None or not same_words(one.article_id, other.article_id):
                continue
            mine, theirs = pair
            evidence = (
                _evidence(
                    mine, f"has the news of {names[theirs.article_id]}, partly word for word"
                ),
                _evidence(
                    theirs, f"has the news of {names[mine.article_id]}, partly word for word"
                ),
            )
            ours, other_id = one.article_id, other.article_id
            rules = (Apart(ours, other_id, -_LATE_DAYS, _LATE_DAYS),)
            yield Constraint(rules, _SAME_NEWS, evidence)


def _evidence(mention: EventMention, bearing: str) -> DateEvidence:
    return DateEvidence(mention.article_id, mention.start, mention.end, mention.quote, bearing)
