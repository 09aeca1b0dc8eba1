"""The digest as an Atom feed (RFC 4287), an entry for each story."""

from collections.abc import Iterable

from summarize.records import Article, Digest
from summarize.render.markup import filled, urn
from summarize.render.phrases import last_day

__all__ = ["news_time", "to_atom"]


def to_atom(digest: Digest) -> str:
    """The feed. A story keeps its id as long as it has the same articles.

    Entries are updated when the newest article was written, as far as that is known: nothing in a
    digest depends on when it was made.
    """
    entries = [
        (story, urn("story", story.id), news_time(digest, story.told)) for story in digest.stories
    ]
    return filled(
        "atom.xml",
        digest,
        id=urn("digest", *(story.id for story in digest.stories)),
        updated=max((time for *_, time in entries), default=news_time(digest, ())),
        entries=entries,
    )


def news_time(digest: Digest, articles: Iterable[Article]) -> str:
    """The last day known of some articles, as a time: "2016-04-03T00:00:00Z"; 1970 if none is."""
    day = last_day(digest.placements[article.id] for article in articles)
    return f"{day.isoformat() if day else '1970-01-01'}T00:00:00Z"
