"""Where the sources of a story disagree, as text and as JSON."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from summarize.records import Conflict, Digest, Evidence, StatedValue, Story, SummarySentence
from summarize.render.phrases import (
    PLACES_SHOWN,
    article_numbers,
    harmless,
    more_places,
    place_of,
)

__all__ = ["conflict_lines", "conflicts_json", "disputed"]


def conflict_lines(story: Story, digest: Digest, numbers: Mapping[str, int]) -> Iterator[str]:
    """One line for each conflict: "Sources differ: people (killed): 49 [2:1], 50 [3:4] (newest)".

    A running count that later articles give anew is "Updated: people (killed): 49 [1:1], then 50
    [3:4] (newest)". `numbers` are those of the articles.
    """
    for conflict in _of(story, digest):
        values: dict[str, list[StatedValue]] = {}
        for stated in conflict.values:
            values.setdefault(stated.value, []).append(stated)
        listed = (", then " if conflict.update else ", ").join(
            _value(same, numbers) + (" (newest)" if value == conflict.newest else "")
            for value, same in values.items()
        )
        copies = " (copies of one wire)" if conflict.copies else ""
        subject = f"{harmless(conflict.subject)}: " if conflict.subject else ""
        said = "Updated" if conflict.update else "Sources differ"
        yield f"{said}: {subject}{listed}{copies}"


def _value(same: list[StatedValue], numbers: Mapping[str, int]) -> str:
    places = _listed(place_of(stated.sentence, numbers) for stated in same)
    return f"{harmless(same[0].claim.text)} [{places}]"


def _of(story: Story, digest: Digest) -> list[Conflict]:
    return [conflict for conflict in digest.conflicts if conflict.story_id == story.id]


def disputed(sentence: SummarySentence, story: Story, digest: Digest) -> tuple[str, ...]:
    """The values of a story's summary sentence for which sources have others, with these.

    Such as "disputed: 49 (53 in [2], [3])", or "outdated: 49 (53 in [2])" for a running count that
    a later article gives anew; articles are named by the numbers they are shown with.
    """
    numbers = article_numbers(digest)
    marks: dict[str, list[str]] = {}
    for evidence in sentence.verdicts:
        for conflict in _of(story, digest):
            if others := _others(evidence, conflict):
                mark = "outdated" if conflict.update else "disputed"
                said = f"{harmless(evidence.claim.text)} ({_named(others, numbers)})"
                marks.setdefault(mark, []).append(said)
    return tuple(f"{mark}: {', '.join(said)}" for mark, said in marks.items())


def _others(evidence: Evidence, conflict: Conflict) -> list[StatedValue]:
    """What is stated instead of the value that a verdict rests on, if it rests on one.

    Of a running count that is what is stated later.
    """
    held = [n for n, stated in enumerate(conflict.values) if _rests_on(evidence, stated)]
    values = {conflict.values[n].value for n in held}
    rivals = conflict.values[max(held) :] if held and conflict.update else conflict.values
    return [v for v in rivals if v.value not in values] if held else []


def _named(values: list[StatedValue], numbers: Mapping[str, int]) -> str:
    """The values with the articles that state them: "53 in [2], [3]; 60 in [4]"."""
    places: dict[str, list[StatedValue]] = {}
    for stated in values:
        places.setdefault(stated.value, []).append(stated)
    return "; ".join(
        f"{harmless(same[0].claim.text)} in "
        + _listed(f"[{numbers[v.sentence.article_id]}]" for v in same)
        for same in places.values()
    )


def _listed(places: Iterable[str]) -> str:
    """Each place once; of many the first ones."""
    found = list(dict.fromkeys(places))
    return ", ".join(found[:PLACES_SHOWN]) + more_places(found)


def _rests_on(evidence: Evidence, stated: StatedValue) -> bool:
    start, end = (stated.sentence.start + at for at in (stated.claim.start, stated.claim.end))
    return (
        evidence.claim.kind == stated.claim.kind
        and evidence.article_id == stated.sentence.article_id
        and evidence.start < end
        and start < evidence.end
    )


def conflicts_json(story: Story, digest: Digest) -> list[dict[str, Any]]:
    """The conflicts of a story; offsets count from the article's beginning.

    `in_summary` are the numbers, from 0, of the sentences of the story's summary that state one of
    the values.
    """
    sentences = digest.story_summaries[story.id].sentences
    return [
        {
            "subject": conflict.subject,
            "update": conflict.update,
            "same_wire": conflict.copies,
            "values": [_stated(v, newest=v.value == conflict.newest) for v in conflict.values],
            "in_summary": [
                number
                for number, sentence in enumerate(sentences)
                if any(_rests_on(e, v) for e in sentence.verdicts for v in conflict.values)
            ],
        }
        for conflict in _of(story, digest)
    ]


def _stated(stated: StatedValue, *, newest: bool) -> dict[str, Any]:
    sentence, claim = stated.sentence, stated.claim
    return {
        "text": claim.text,
        "value": claim.value,
        "unit": claim.unit,
        "article_id": sentence.article_id,
        "start": sentence.start + claim.start,
        "end": sentence.start + claim.end,
        "quote": sentence.text,
        "newest": newest,
    }
