"""Pairs of numbers and of dates of one fact that cannot both be right, joined to conflicts."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from summarize.claims.units import is_measure
from summarize.conflicts.dates import agree
from summarize.conflicts.fates import fates, is_running
from summarize.conflicts.mentions import Mention, mentions, reconciled
from summarize.conflicts.same_fact import is_sure, sameness
from summarize.conflicts.signs import far_apart, other_fates, two_things
from summarize.records import Conflict, Sentence, StatedValue, Story
from summarize.words import STOP_WORDS, stem, words

__all__ = ["candidates", "find_conflicts"]

# The log odds from which an equal value says that both articles know it. Chosen, not measured.
_MAYBE = 0.0
# So many log odds below those of a rival an equal value is of something else. Chosen likewise.
_FAR_SURER = 3.0
# Only numbers that share one of this many of their rarest words are compared, each with so many of
# the next ones that hold it, so that the time grows with the mentions and not with their square.
# Chosen: the second binds stories of a hundred articles and more.
_KEYS, _NEXT = 6, 100
# The log odds from which a pair counts for what two articles have in common, and the values in
# which articles on one event may differ, however few others they have in common. Chosen: of values
# changed in one of two articles on one event none is lost with it.
_ALIKE, _DIFFER = 1.85, 3
# Words of the subject that a reader sees. Chosen.
_SUBJECT_WORDS = 3

_Pair = tuple[Mention, Mention]


class _Compared(NamedTuple):
    """Two mentions, how likely they tell one fact, and whether both articles state one's value."""

    pair: _Pair
    score: float
    agreed: bool


def find_conflicts(
    story: Story,
    sentences: Mapping[str, Sequence[Sentence]],
    times: Mapping[str, int],
    wires: Collection[Collection[str]] = (),
) -> tuple[Conflict, ...]:
    """The conflicts between the articles that a story is told from, as they come up in them.

    `sentences` and `times` are by the articles' ids; equal times are those whose order is not
    known. `wires` are groups of ids that carry one agency copy.
    """
    found = mentions([sentences[article.id] for article in story.told])
    units = defaultdict(list)
    for mention in found:
        units[mention.unit].append(mention)
    compared = [item for unit in units.values() for item in _compared(unit)]
    occasions = _on_two_occasions(compared)
    pairs = [item.pair for item in compared if _is_one_fact(item)]
    rivals = [
        pair
        for pair in pairs
        if not reconciled(*pair) and (_articles(pair) not in occasions or _is_running(*pair))
    ]
    places = {mention: number for number, mention in enumerate(found)}
    order = {mention: (times[mention.sentence.article_id], places[mention]) for mention in found}
    return tuple(
        _conflict(story.id, group, pairs, order, wires) for group in _joined(rivals, places)
    )


def _compared(found: Sequence[Mention]) -> Iterator[_Compared]:
    """Pairs of mentions in two articles that may tell one fact: each other's most alike there."""
    scores = {
        pair: sameness(*pair)
        for pair in candidates(found)
        if not far_apart(*pair) and not other_fates(*pair)
    }
    stated = _stated(scores)
    best: dict[tuple[Mention, str], float] = {}
    for pair, score in scores.items():
        for one, other in (pair, pair[::-1]):
            key = (one, other.sentence.article_id)
            best[key] = max(best.get(key, score), score)
    for pair, score in scores.items():
        one, other = pair
        ids = [mention.sentence.article_id for mention in pair]
        if best[one, ids[1]] == score == best[other, ids[0]]:
            agreed = _states(stated[one, ids[1]], one, score) or _states(
                stated[other, ids[0]], other, score
            )
            yield _Compared(pair, score, agreed)


def _is_one_fact(item: _Compared) -> bool:
    """Whether two mentions tell one fact, and no value of it that both articles state."""
    if not is_sure(*item.pair, item.score):
        return False
    return reconciled(*item.pair) or not (item.agreed or two_things(*item.pair))


def _on_two_occasions(compared: Sequence[_Compared]) -> set[frozenset[str]]:
    """The pairs of articles that tell of the like: other quarters, matches, products.

    They differ in most of what they have in common.
    """
    common = [item.pair for item in compared if item.score >= _ALIKE]
    told = Counter(_articles(pair) for pair in common)
    differing = Counter(_articles(pair) for pair in common if not reconciled(*pair))
    return {ids for ids, number in differing.items() if number > max(_DIFFER, told[ids] - number)}


def _articles(pair: _Pair) -> frozenset[str]:
    return frozenset(mention.sentence.article_id for mention in pair)


def _is_running(*mentions: Mention) -> bool:
    """Whether they are of a running count, which changes from each article to the next."""
    return all(is_running(mention.sentence.text, mention.claim) for mention in mentions)


def _states(values: Mapping[str, float], mention: Mention, score: float) -> bool:
    """Whether one of the values is that of a mention, and about as sure to be of its fact."""
    if mention.is_date:
        agreeing = (at for value, at in values.items() if agree(value, mention.claim.value))
    else:
        agreeing = (at for value, at in values.items() if value == mention.value)
    return any(at >= score - _FAR_SURER for at in agreeing)


def _stated(scores: Mapping[_Pair, float]) -> Mapping[tuple[Mention, str], dict[str, float]]:
    """The values that an article states of what may be the fact of another article's mention.

    Each with how likely it is of that fact, as log odds.
    """
    stated: dict[tuple[Mention, str], dict[str, float]] = defaultdict(dict)
    for pair, score in scores.items():
        for one, other in (pair, pair[::-1]):
            if score >= _MAYBE:
                values, value = stated[one, other.sentence.article_id], other.value
                values[value] = max(score, values.get(value, score))
    return stated


def candidates(found: Sequence[Mention]) -> Iterator[_Pair]:
    """Pairs of mentions of one unit, in two articles, that share a rare word, in order."""
    holders = defaultdict(list)
    articles = defaultdict(set)
    for place, mention in enumerate(found):
        for word in mention.whole:
            holders[word].append(place)
            articles[word].add(mention.sentence.article_id)
    pairs: set[tuple[int, int]] = set()
    for place, mention in enumerate(found):
        shared = [word for word in mention.whole if len(articles[word]) > 1]
        # What is rare in the one may be rare in the other alone by other words.
        for word in sorted(shared, key=lambda word: (len(holders[word]), word))[:_KEYS]:
            after = bisect_right(holders[word], place)
            near = holders[word][max(0, after - 1 - _NEXT) : after + _NEXT]
            pairs.update((min(place, other), max(place, other)) for other in near)
    for one, other in sorted(pairs):
        if found[one].sentence.article_id != found[other].sentence.article_id:
            yield found[one], found[other]


def _joined(rivals: Sequence[_Pair], places: Mapping[Mention, int]) -> list[list[Mention]]:
    """The rivals that are linked by a mention, as groups in reading order."""
    group_of: dict[Mention, set[Mention]] = {}
    for one, other in rivals:
        both = group_of.get(one, {one}) | group_of.get(other, {other})
        group_of.update(dict.fromkeys(both, both))
    groups = {min(places[m] for m in group): group for group in group_of.values()}
    return [sorted(groups[first], key=places.__getitem__) for first in sorted(groups)]


def _conflict(
    story_id: str,
    group: Sequence[Mention],
    pairs: Sequence[_Pair],
    order: Mapping[Mention, tuple[int, int]],
    wires: Collection[Collection[str]],
) -> Conflict:
    """The conflict of a group, with the other articles that state one of its values.

    `order` has the time of each mention's article and its place in the story.
    """
    members = list(group)
    for pair in pairs:
        for one, other in (pair, pair[::-1]):
            if one in group and other not in members and one.value == other.value:
                members.append(other)
    members.sort(key=order.__getitem__)
    ids = [m.sentence.article_id for m in members]
    latest = [m.value for m in members if order[m][0] == order[members[-1]][0]]
    return Conflict(
        story_id=story_id,
        subject=_subject(members),
        values=tuple(StatedValue(m.sentence, m.claim, m.value) for m in members),
        newest=latest[0] if len(set(latest)) == 1 else None,
        copies=any(set(ids) <= set(wire) for wire in wires),
        update=_is_update(members, order),
    )


def _is_update(members: Sequence[Mention], order: Mapping[Mention, tuple[int, int]]) -> bool:
    """Whether a running count is given anew: at each time all articles give one."""
    counts: dict[int, set[str]] = defaultdict(set)
    for member in members:
        counts[order[member][0]].add(member.value)
    values = [value for said in counts.values() for value in said]
    return _is_running(*members) and not members[0].is_date and len(values) == len(counts) > 1


def _subject(members: Sequence[Mention]) -> str:
    """What the values are of: the unit, and the words nearest to the number that all share."""
    first = members[0]
    shared = set.intersection(*(set(m.near) for m in members))
    heaviest = sorted(shared, key=lambda word: (-first.near[word], word))[:_SUBJECT_WORDS]
    said = [w for w in words(first.sentence.text) if w.lower() not in STOP_WORDS]
    # The last form: a dateline is in capitals.
    by_stem = {stem(word): word for word in said}
    told = [w for w in dict.fromkeys(by_stem[stem(w)] for w in said) if stem(w) in heaviest]
    unit = "date" if first.is_date else first.unit
    if unit == "people":
        became = frozenset.intersection(*(fates(m.sentence.text, m.claim) for m in members))
        unit = " ".join((unit, *sorted(became)))
    if is_measure(unit):
        return ", ".join(told)
    others = [w for w in told if stem(w) != stem(unit)]
    return f"{unit} ({', '.join(others)})" if others else unit
