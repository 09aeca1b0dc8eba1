"""One digest as one a day."""

from collections import defaultdict
from dataclasses import replace

from summarize.pipeline import closed
from summarize.records import Digest, Placement, Story

__all__ = ["UNDATED", "by_day"]

UNDATED = "undated"
"""The name of the digest of stories whose day cannot be told."""


def by_day(digest: Digest) -> dict[str, Digest]:
    """The digest of each day, by its ISO date, in order; what cannot be dated comes last.

    A story is of the day of its newest article, so that it moves on as it goes on. What failed, and
    what was left out of articles that are in no story, is in all of them; the stories that an
    update leaves out, and what it knew, are in none.
    """
    days: defaultdict[str, list[Story]] = defaultdict(list)
    for story in digest.stories:
        days[_day_of(story, digest.placements)].append(story)
    return {day: _part(digest, tuple(days[day])) for day in sorted(days)}


def _day_of(story: Story, placements: dict[str, Placement]) -> str:
    found = [placements[article.id] for article in story.told]
    days = [p.latest for p in found if p.latest is not None and p.latest == p.earliest]
    return max(days).isoformat() if days else UNDATED


def _part(digest: Digest, stories: tuple[Story, ...]) -> Digest:
    """The digest of some of its stories."""
    ids = {article.id for story in stories for article in story.articles}
    others = {article.id for story in digest.stories for article in story.articles} - ids
    names = {story.id for story in stories}
    wires = (tuple(id_ for id_ in wire if id_ in ids) for wire in digest.wires)
    part = replace(
        digest,
        unchanged=(),
        known=(),
        stories=stories,
        story_summaries={id_: s for id_, s in digest.story_summaries.items() if id_ in names},
        article_summaries={id_: s for id_, s in digest.article_summaries.items() if id_ in ids},
        placements={id_: p for id_, p in digest.placements.items() if id_ not in others},
        wires=tuple(wire for wire in wires if len(wire) > 1),
        removed=tuple(r for r in digest.removed if r.article_id not in others),
        dropped=tuple(d for d in digest.dropped if d.duplicate_of not in others),
        wire_pairs=tuple(p for p in digest.wire_pairs if ids.issuperset((p.first, p.second))),
        ties=tuple(tie for tie in digest.ties if ids.issuperset(tie)),
        conflicts=tuple(c for c in digest.conflicts if c.story_id in names),
    )
    return closed(part)
