"""Words and numbers that the text and the Markdown form share."""

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sized
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from summarize.records import (
    Article,
    DateEvidence,
    Digest,
    Evidence,
    Placement,
    Sentence,
    Story,
    Summary,
)
from summarize.witnesses import independent, outlets

__all__ = [
    "LEGEND",
    "PLACES_SHOWN",
    "Tally",
    "article_name",
    "article_numbers",
    "count",
    "harmless",
    "heading",
    "last_day",
    "more_places",
    "not_told",
    "overview",
    "period",
    "place_of",
    "quotation",
    "shared_outlets",
    "shortened",
    "shown_facts",
    "shown_summaries",
    "story_period",
    "tally",
    "when",
    "witnesses",
]

# Control characters would let an article rewrite the terminal, bidirectional overrides the order in
# which its words are read (CVE-2021-42574).
_HARMFUL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def harmless(text: str) -> str:
    """`text` on one line, without control and direction characters."""
    return " ".join(_HARMFUL.sub("\ufffd", text).split())


def count(number: int, noun: str) -> str:
    """A number and what it counts: "1 story", "2 stories"."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("y") else f"{number:,} {noun}s"


def overview(digest: Digest) -> str:
    """The digest in one line: "5 articles in 2 stories"."""
    articles = sum(len(story.articles) for story in digest.stories)
    return f"{count(articles, 'article')} in {count(len(digest.stories), 'story')}"


def heading(digest: Digest) -> str:
    """What to call the digest: "Digest of 5 articles in 2 stories", or what an update has."""
    if not digest.settings.get("since"):
        return f"Digest of {overview(digest)}"
    return f"What is new: {overview(digest)}" if digest.stories else "Nothing new"


def article_numbers(digest: Digest) -> dict[str, int]:
    """The articles' numbers in the order in which they are shown, from 1."""
    ids = [article.id for story in digest.stories for article in story.articles]
    return {id_: number for number, id_ in enumerate(ids, start=1)}


_OPENING = re.compile(r"“|(?<!\S)\"(?=\S)")
_DOUBLE = re.compile(r"[\"”]")
# An interval that is longer rests on how soon news is written mostly. Chosen.
_VAGUE = timedelta(days=2 * 366)
_NAME_WORDS = 10
_QUOTE_LENGTH = 100
_FACTS_SHOWN = 3
_NAMES_SHOWN = 3
LEGEND = (
    "[2:4 quoted] is the fourth sentence of article 2, word for word; "
    "[2:4 written] was rewritten from it and checked; in [2:4 repaired] only a day, a name or "
    "a place was put right."
)
"""What the receipts say."""
PLACES_SHOWN = 5
"""How many places of one receipt are named: a sentence may stand in sixty articles."""


def shown_facts(placement: Placement, *, verbose: bool) -> tuple[DateEvidence, ...]:
    """The facts an article's place in time rests on: the strongest ones, or all."""
    return placement.evidence if verbose else placement.evidence[:_FACTS_SHOWN]


def shortened(quote: str) -> str:
    """A quote on one line; the middle of a long one is left out."""
    plain = harmless(quote)
    if len(plain) <= _QUOTE_LENGTH:
        return plain
    half = _QUOTE_LENGTH // 2
    return f"{plain[:half].rsplit(' ', 1)[0]} … {plain[-half:].split(' ', 1)[-1]}"


def quotation(quote: str) -> str:
    """A shortened quote between quotation marks; those within it become single ones."""
    inner = _DOUBLE.sub("’", _OPENING.sub("‘", shortened(quote)))
    return f"“{inner}”"


def article_name(article: Article) -> str:
    """What to call an article: its title, else its first words."""
    if article.title:
        return harmless(article.title)
    opening = harmless(article.body).split()
    return " ".join(opening[:_NAME_WORDS]) + (" …" if len(opening) > _NAME_WORDS else "")


def shared_outlets(story: Story) -> dict[str, list[str]]:
    """The articles told, by the outlet that published them, where several are of one."""
    names = {article.id: harmless(article.source or "") for article in story.told}
    found = ([a.id for a in story.told if a.id in ids] for ids in outlets(story.told))
    return {names[own[0]]: own for own in found}


def witnesses(story: Story, wires: Iterable[Iterable[str]]) -> int:
    """How many independent sources a story has: one outlet's articles are one, as are copies."""
    return independent((article.id for article in story.told), [*wires, *outlets(story.told)])


def period(earliest: date | None, latest: date | None) -> str:
    """An inclusive interval as a reader would say it: "March 2016", "March 2016 or later"."""
    if earliest is None and latest is None:
        return "date unknown"
    if latest is None:
        assert earliest is not None
        return f"{_opening_of(earliest)} or later"
    if earliest is None:
        return f"before {_day(latest + timedelta(days=1))}"
    if earliest == latest:
        return _day(earliest)
    last_day = calendar.monthrange(latest.year, latest.month)[1]
    if earliest.day == 1 and latest.day == last_day:
        if (earliest.year, earliest.month) == (latest.year, latest.month):
            return f"{earliest:%B %Y}"
        if (earliest.month, latest.month) == (1, 12) and earliest.year == latest.year:
            return str(earliest.year)
        return f"{earliest:%B %Y} to {latest:%B %Y}"
    return f"{_day(earliest)} to {_day(latest)}"


def _opening_of(day: date) -> str:
    """The month or year that the day opens, else the day."""
    if day.day > 1:
        return _day(day)
    return f"{day:%B %Y}" if day.month > 1 else str(day.year)


def _span(earliest: date | None, latest: date | None, *, vague: bool) -> str:
    """The interval, of which a vague one tells its years only."""
    if vague and earliest is not None and latest is not None:
        return f"between {earliest.year} and {latest.year}"
    return period(earliest, latest)


def _is_vague(placement: Placement) -> bool:
    if placement.earliest is None or placement.latest is None:
        return False
    return placement.latest - placement.earliest > _VAGUE


def when(placement: Placement) -> str:
    """When an article was published, and how well that is known: "3 April 2016 (stated)"."""
    told = _span(placement.earliest, placement.latest, vague=_is_vague(placement))
    return told if placement.confidence == "unknown" else f"{told} ({placement.confidence})"


def story_period(story: Story, placements: Mapping[str, Placement]) -> str:
    """The time that those of a story's articles span whose time is known at all."""
    placed = [placements[article.id] for article in story.told]
    dated = [p for p in placed if p.earliest or p.latest]
    starts = [p.earliest for p in dated if p.earliest]
    ends = [p.latest for p in dated if p.latest]
    return _span(
        min(starts) if starts and len(starts) == len(dated) else None,
        max(ends) if ends and len(ends) == len(dated) else None,
        vague=any(map(_is_vague, dated)),
    )


def last_day(placements: Iterable[Placement]) -> date | None:
    """The last day that articles are known to be of; where none is known, the first it may be.

    What is only placed in time may be of any day up to years after the news it tells.
    """
    placed = list(placements)
    known = [p.latest for p in placed if p.latest and p.latest == p.earliest]
    return max(known or [day for p in placed if (day := p.earliest or p.latest)], default=None)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True, slots=True)
class Tally:
    """What the checks of some summaries found."""

    sentences: int
    written: int
    repaired: int
    quoted: int
    claims: int
    held: int

    @property
    def origins(self) -> str:
        """How many sentences came from where: "12 written, 3 repaired, 8 quoted"."""
        repaired = f"{self.repaired:,} repaired, " if self.repaired else ""
        return f"{self.written:,} written, {repaired}{self.quoted:,} quoted"


def tally(*summaries: Iterable[Summary]) -> Tally:
    """Count sentences and claims over summaries."""
    sentences = [sentence for summary in chain(*summaries) for sentence in summary.sentences]
    verdicts = [evidence for sentence in sentences for evidence in sentence.verdicts]
    origins = Counter(sentence.origin for sentence in sentences)
    return Tally(
        sentences=len(sentences),
        written=origins["written"],
        repaired=origins["repaired"],
        quoted=origins["quoted"],
        claims=len(verdicts),
        held=sum(_held(evidence) for evidence in verdicts),
    )


def _held(evidence: Evidence) -> bool:
    return evidence.verdict in ("supported", "derived")


def place_of(sentence: Sentence, numbers: Mapping[str, int]) -> str:
    """Where a source sentence stands: "2:4" is the fourth sentence of article 2."""
    return f"{numbers[sentence.article_id]}:{sentence.index + 1}"


def more_places(places: Sized) -> str:
    """What stands behind those that are shown: " and 57 more", or nothing."""
    return f" and {len(places) - PLACES_SHOWN:,} more" if len(places) > PLACES_SHOWN else ""


def not_told(digest: Digest, *, verbose: bool = False) -> str:
    """What is not told of the articles, or empty: lines by reason, and what came without a text.

    Of the names of that the first, or with `verbose` all.

    "18 lines (16 repeated paragraph, 2 share line); 2 pieces without a text (“logo.png”, “Storm”)".
    """
    reasons = Counter(removed.reason for removed in digest.removed)
    ordered = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    lines = ", ".join(f"{number} {harmless(reason)}" for reason, number in ordered)
    found = [f"{count(len(digest.removed), 'line')} ({lines})"] if lines else []
    told = [article for story in digest.stories for article in story.articles]
    articles = (*told, *(dropped.article for dropped in digest.dropped))
    enclosed = [name for article in articles for name in article.enclosed]
    if enclosed:
        names = [quotation(name) for name in dict.fromkeys(enclosed)]
        shown = names if verbose or len(names) <= _NAMES_SHOWN else [*names[:_NAMES_SHOWN], "…"]
        found.append(f"{count(len(enclosed), 'piece')} without a text ({', '.join(shown)})")
    return "; ".join(found)


def shown_summaries(digest: Digest) -> dict[str, list[Summary]]:
    """The summaries of the "stories", and of the "articles" of every story that has several."""
    several = [story for story in digest.stories if len(story.articles) > 1]
    ids = [article.id for story in several for article in story.articles]
    told = [digest.article_summaries[id_] for id_ in ids if id_ in digest.article_summaries]
    stories = [digest.story_summaries[story.id] for story in digest.stories]
    return {"stories": stories, **({"articles": told} if told else {})}
