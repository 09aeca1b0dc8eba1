"""What a story is called."""

import re
from collections.abc import Sequence

from summarize.records import Article
from summarize.sentences import split_sentences

__all__ = ["headline"]

_DATELINE = re.compile(
    r"^[A-Z][\w .,'’/]{1,40}(?:\([^)]{2,30}\))?\s*(?:[-–—_]+|\s:)\s+(?=[A-Z“\"‘])"
)
_LONGEST_TITLE = 90
_SHORTEST_TITLE = 30
_TITLE_WORDS = range(4, 26)


def headline(articles: Sequence[Article]) -> str:
    """A title for a story: the full headline of its latest article that has one.

    The news of a story is where it ended. `articles` are in time order; without any headline the
    first sentence serves, cut at a clause or a word.
    """
    for article in reversed(articles):
        title = " ".join((article.title or "").split())
        if len(title.split()) in _TITLE_WORDS and not title.endswith(("…", "...")):
            return title
    for article in articles:
        if article.title and article.title.strip():
            return _shortened(" ".join(article.title.split()))
        sentences = split_sentences(article)
        told = next((s.text for s in sentences if len(s.text.split()) >= 4), None)
        named = told and _shortened(_DATELINE.sub("", " ".join(told.split())))
        if named:
            return named
    return "Untitled"


def _shortened(text: str) -> str:
    """At most a line, cut where a clause or at least a word ends."""
    if len(text) <= _LONGEST_TITLE:
        return text.rstrip(".")
    line = text[:_LONGEST_TITLE]
    clause = max(line.rfind(mark) for mark in (", ", "; ", " – ", " — ", " - "))
    if clause >= _SHORTEST_TITLE:
        return line[:clause]
    return line.rsplit(" ", 1)[0].rstrip(",;:") + "…"
