"""What a story is called."""

import re
from collections.abc import Sequence

from summarize.claims import extract
from summarize.claims.numbers import may_hold_number
from summarize.records import Article
from summarize.scoring import SourceIndex
from summarize.sentences import split_sentences

__all__ = ["headline"]

_DATELINE = re.compile(
    r"^[A-Z][\w .,'’/]{1,40}(?:\([^)]{2,30}\))?\s*(?:[-–—_]+|\s:)\s+(?=[A-Z“\"‘])"
)
_LONGEST_TITLE = 90
_SHORTEST_TITLE = 30
_TITLE_WORDS = range(4, 26)
# "Morning briefing: Bridge falls": the name of a newsletter, which tells many things.
_NEWSLETTER = re.compile(
    r"(?:first thing|(?:(?:the|your) )?(?:morning|noon|evening|afternoon|nightly|daily|weekly"
    r"|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:['’]s)?"
    r" (?:briefing|brief|mail|edition|digest|news|newsletter|report|rundown|roundup|update|wrap))"
    r"\s*(?::|[|–—]|-(?=\s))\s*",
    re.IGNORECASE,
)
# What such a title tells is a view, a question or a list, not what happened.
_NO_NEWS = re.compile(
    r"(?:opinion|analysis|editorial|commentary|column|watch|video|fact.?check|how|why|what|here['’]s"
    r"|\d+ (?:\w+ )?(?:things|takeaways|ways|reasons|facts|questions))\b|.*\?[”\"'’]?$",
    re.IGNORECASE,
)


def headline(articles: Sequence[Article]) -> str:
    """A title for a story: the full headline of its latest article that has one.

    The news of a story is where it ended. A headline with a number that its own article does not
    say is passed over, and so are opinions, questions and newsletters while another tells the news,
    without the newsletter's name where none does. Its names
    are not looked up: words in capitals are names to the scorer, and of 152 dev headlines it
    doubted 29 for that, 2 for a number. `articles` are in time order; without any headline the
    first sentence serves, cut at a clause or a word.
    """
    titled = [(" ".join((article.title or "").split()), article) for article in reversed(articles)]
    full = [
        (title, article)
        for title, article in titled
        if len(title.split()) in _TITLE_WORDS and not title.endswith(("…", "..."))
    ]
    full.sort(key=lambda pair: bool(_NEWSLETTER.match(pair[0]) or _NO_NEWS.match(pair[0])))
    told = next((title for title, article in full if _says_its_numbers(article, title)), None)
    if told or full:
        return _without_newsletter(told or full[0][0])
    for article in articles:
        if article.title and article.title.strip():
            return _shortened(" ".join(article.title.split()))
        sentences = split_sentences(article)
        told = next((s.text for s in sentences if len(s.text.split()) >= 4), None)
        named = told and _shortened(_DATELINE.sub("", " ".join(told.split())))
        if named:
            return named
    return "Untitled"


def _without_newsletter(title: str) -> str:
    told = _NEWSLETTER.sub("", title, count=1)
    return told[:1].upper() + told[1:]


def _says_its_numbers(article: Article, title: str) -> bool:
    """Whether the article says each number of its title."""
    if not may_hold_number(title) or not any(c.kind == "number" for c in extract(title)):
        return True
    verdicts = SourceIndex(split_sentences(article)).judge(title)
    return all(e.verdict in ("supported", "derived") for e in verdicts if e.claim.kind == "number")


def _shortened(text: str) -> str:
    """At most a line, cut where a clause or at least a word ends."""
    if len(text) <= _LONGEST_TITLE:
        return text.rstrip(".")
    line = text[:_LONGEST_TITLE]
    clause = max(line.rfind(mark) for mark in (", ", "; ", " – ", " — ", " - "))
    if clause >= _SHORTEST_TITLE:
        return line[:clause]
    return line.rsplit(" ", 1)[0].rstrip(",;:") + "…"
