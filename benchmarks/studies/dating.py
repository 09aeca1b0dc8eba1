"""How well undated articles are dated, with the creation time hidden.

    python -m benchmarks.studies.dating DATA

DATA is a folder with `timebank.jsonl.xz` (TimeBank and AQUAINT, unrelated news: a record a line
with `text` and `dct` for the creation time),
`timeline.jsonl.xz` (one topic over years: `documents` and `dates`) and `neus_fulltext.jsonl.xz`
(text of news pages: `documents`, `titles` and `dates`). The first two are placed as one folder, so
that the events its documents share count too; of the last each article is placed by itself.

On dev, TimeBank and the timeline: 22 % and 90 % of the documents are placed, and 96 % and 97 % of
the intervals hold the true day. Of the pairs of different days 0.9 % and 13.0 % are ordered (64 of
64 and 923 of 931 rightly), the rest is left open. Guessed is `likely_day`: the median error is 796
and 423 days, that of the latest date mentioned 638 and 564 (it dates 30 % and 74 %); within 7 days
are 4 % and 30 % of the dated documents, against 3 % and 31 %.

Of 313 articles of news pages 64 % are placed, 92 % of the intervals hold the true day, the median
error is 418 days, and 33 % of the dated ones lie within 7 days; 50 %, 91 %, 1,010 days and 3 %
before the dates of captions and of posts of social networks were read.
"""

import argparse
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from itertools import combinations
from pathlib import Path
from statistics import median

from benchmarks.studies.data import records
from benchmarks.studies.stories import as_article
from summarize.cleaning import clean
from summarize.dating import Chronology, likely_day, place
from summarize.dating.tagger import expressions
from summarize.dating.tense import looks_ahead
from summarize.dating.timex import Period
from summarize.reading.build import Draft, UnreadableError, to_article
from summarize.records import Article, Placement


def holds(placement: Placement, day: date) -> bool:
    """Whether the interval contains the day."""
    early = placement.earliest is None or placement.earliest <= day
    return early and (placement.latest is None or day <= placement.latest)


def report_intervals(placements: Sequence[Placement], days: Sequence[date]) -> None:
    """Print what share is placed, how often rightly, and how narrowly."""
    placed = [(p, d) for p, d in zip(placements, days, strict=True) if p.earliest or p.latest]
    closed = [(p, d) for p, d in placed if p.earliest and p.latest]
    widths = [(p.latest - p.earliest).days for p, _ in closed if p.latest and p.earliest]
    print(f"documents                      {len(days)}")
    print(f"placed                         {len(placed) / len(days):.3f}")
    print(
        f"interval holds the true day    {sum(holds(*pair) for pair in placed) / len(placed):.3f}"
    )
    print(f"closed on both sides           {len(closed) / len(days):.3f}")
    if closed:
        right = sum(holds(*pair) for pair in closed) / len(closed)
        print(f"  of these right               {right:.3f}, median width {median(widths)} days")
    slack = [(d - p.earliest).days for p, d in placed if p.earliest and p.earliest <= d]
    print(f"true day after lower bound     median {median(slack)} days")


def middle(period: Period) -> date:
    """The day in the middle of a period."""
    return date.fromordinal((period.first.toordinal() + period.last.toordinal()) // 2)


def latest_mentioned(text: str) -> date | None:
    """The baseline: the latest date with a year that no word nearby puts ahead.

    A month or year counts as its middle.
    """
    behind = (
        e.period for e in expressions(text) if e.period and not looks_ahead(text, e.start, e.end)
    )
    return max(map(middle, behind), default=None)


def report_errors(name: str, guesses: Sequence[date | None], days: Sequence[date]) -> None:
    """Print how far guessed days are from the true ones."""
    pairs = zip(guesses, days, strict=True)
    errors = [abs((guess - day).days) for guess, day in pairs if guess]
    if not errors:
        return
    within = [sum(error <= most for error in errors) / len(errors) for most in (7, 31, 366)]
    print(
        f"{name:30} {len(errors) / len(days):.3f} dated, median error {median(errors):.0f} days; "
        "within 7, 31, 366 days {:.3f} {:.3f} {:.3f}".format(*within)
    )


def report_guesses(
    articles: Sequence[Article], placements: Sequence[Placement], days: Sequence[date]
) -> None:
    """Print the errors of `place` and of the baseline, also on the documents both date."""
    ours = [likely_day(placement) for placement in placements]
    theirs = [latest_mentioned(article.text) for article in articles]
    closed = [p.earliest is not None and p.latest is not None for p in placements]
    both = [bool(a and b) for a, b in zip(ours, theirs, strict=True)]
    for name, asked in (
        ("all documents", [True] * len(days)),
        ("dated by both", both),
        ("closed intervals", closed),
    ):
        chosen = [i for i, ask in enumerate(asked) if ask]
        print(f"{name} ({len(chosen)})")
        for system, guesses in (("place", ours), ("latest date mentioned", theirs)):
            report_errors(f"  {system}", [guesses[i] for i in chosen], [days[i] for i in chosen])


def report_order(chronology: Chronology, ids: Sequence[str], days: Sequence[date]) -> None:
    """Print how often the order of two documents is told, and how often rightly."""
    links = {(made.earlier_id, made.later_id) for made in chronology.links}
    told = right = linked = linked_right = pairs = 0
    for (one, first), (other, second) in combinations(zip(ids, days, strict=True), 2):
        pairs += first != second
        says = chronology.order(one, other)
        if not says or first == second:
            continue
        agrees = (says < 0) == (first < second)
        told, right = told + 1, right + agrees
        if (one, other) in links or (other, one) in links:
            linked, linked_right = linked + 1, linked_right + agrees
    print(f"pairs of different days        {pairs}")
    print(f"order told                     {told / pairs:.4f} (abstained {1 - told / pairs:.4f})")
    print(f"  of these right               {right / max(1, told):.3f} ({right}/{told})")
    print(f"  by a shared event            {linked_right}/{linked}")


def report(name: str, articles: Sequence[Article], days: Sequence[date]) -> None:
    """Print the figures of placing the articles, published on `days`, as one folder."""
    print(f"-- {name}")
    chronology = place(articles)
    ids = [article.id for article in articles]
    placements = [chronology.placements[key] for key in ids]
    report_intervals(placements, days)
    report_guesses(articles, placements, days)
    report_order(chronology, ids, days)


def report_pages(data: Path) -> None:
    """Print the figures of placing articles of news pages, each by itself."""
    print("-- neus_fulltext")
    articles, placements, days = [], [], []
    for record in records(data, "neus_fulltext"):
        for text, title, day in zip(
            record["documents"], record["titles"], record["dates"], strict=True
        ):
            with suppress(UnreadableError, ValueError):
                article, removed = clean(to_article(Draft(text, title or None), record["id"]))
                stated = date.fromisoformat(day[:10])
                placements.append(place([article], removed).placements[article.id])
                articles.append(article)
                days.append(stated)
    report_intervals(placements, days)
    report_guesses(articles, placements, days)


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    news = list(records(data, "timebank"))
    articles = [as_article(record["id"], record["text"]) for record in news]
    report("timebank", articles, [date.fromisoformat(r["dct"][:10]) for r in news])
    for topic in records(data, "timeline"):
        articles = [as_article(str(i), text) for i, text in enumerate(topic["documents"])]
        report(topic["id"], articles, [date.fromisoformat(day[:10]) for day in topic["dates"]])
    report_pages(data)


if __name__ == "__main__":
    main()
