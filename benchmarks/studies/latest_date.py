"""How long after the latest past date it tells, or shows, an article is published.

    python -m benchmarks.studies.latest_date DATA

DATA is a folder with the collections of `COUNTS` (in it or below it), of which so many random
articles with a known day of publication are read. The years by which 95 % were published are the
upper bounds that `summarize.dating.timeclues` gives; past is what no word nearby puts ahead.

What is shown are posts of social networks and the days in captions, here of the collections in
`SHOWN`: printed are the days between the latest of them and the day of publication, by share.
"""

import argparse
import random
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.studies.data import records
from summarize.cleaning import clean
from summarize.dating.tagger import expressions
from summarize.dating.tense import looks_ahead
from summarize.dating.timex import TimeExpression
from summarize.posts import dates_a_post
from summarize.reading.build import Draft, to_article

COUNTS = {
    "allsides_articles": 1500,
    "reuters21578": 800,
    "newsagg2026": 800,
    "dailymail2020": 400,
    "cnn_july2024": 300,
    "timebank": 122,
}
SHOWN = {"allsides_articles": 12_000, "neus_fulltext": 800}
SHOWN_SHARES = (0.0, 0.01, 0.05, 0.5, 0.75, 0.9, 0.95, 0.99)
SEED = 5
LEAST_CHARS = 400
SHARES = (0.5, 0.75, 0.9, 0.95, 0.98)


def dated(record: dict[str, Any]) -> Iterator[tuple[str, date]]:
    """The documents of a record whose day of publication is known."""
    texts = record.get("documents") or [record["text"]]
    for text, stated in zip(texts, record.get("dates") or [record["dct"]], strict=True):
        try:
            day = date.fromisoformat((stated or "")[:10])
        except ValueError:
            continue
        if len(text) > LEAST_CHARS:
            yield text, day


def sample(folder: Path, name: str) -> list[tuple[str, date]]:
    """Random dated articles of one collection."""
    found = [pair for record in records(folder, name) for pair in dated(record)]
    random.Random(SEED).shuffle(found)  # noqa: S311
    return found[: COUNTS[name]]


def past_dates(text: str) -> list[TimeExpression]:
    """The explicit dates of a text that lie behind it, the latest first."""
    told = [e for e in expressions(text) if e.period and not looks_ahead(text, e.start, e.end)]
    return sorted(told, key=lambda e: e.period.first if e.period else date.min, reverse=True)


def report(name: str, days: list[int]) -> None:
    """Print the years by which so many shares of the articles were published."""
    years = [sorted(days)[int(share * len(days))] / 366 for share in SHARES]
    print(f"{name:28} {len(days):6}  " + " ".join(f"{year:6.1f}" for year in years))


def latest_shown(text: str) -> dict[str, date]:
    """The latest day of a post and of a caption that the text of a page shows."""
    article, removed = clean(to_article(Draft(text), "page"))
    captions = [one.text for one in removed if one.reason in {"caption", "credit"}]
    kept = [
        article.text[span.start : span.end] for span in article.paragraphs if "@" in article.text
    ]
    days = {
        "post": [d for t in kept for e, d in _days(t) if dates_a_post(t[: e.start])],
        "caption": [d for t in captions for _, d in _days(t)],
    }
    return {kind: max(found) for kind, found in days.items() if found}


def _days(text: str) -> Iterator[tuple[TimeExpression, date]]:
    return ((e, e.period.last) for e in expressions(text) if e.period and e.day)


def report_shown(data: Path) -> None:
    """Print the days from what is shown to the publication, by share."""
    delays: dict[str, list[int]] = {"post": [], "caption": []}
    read = 0
    for name, count in SHOWN.items():
        for record in islice(records(data, name), count):
            for text, published in dated(record):
                read += 1
                for kind, day in latest_shown(text).items():
                    delays[kind].append((published - day).days)
    print(f"\n{read} articles; days after the latest day shown, by share")
    print(f"{'shown':28} {'n':>6}  " + " ".join(f"{share:6.0%}" for share in SHOWN_SHARES))
    for kind, days in delays.items():
        last = len(days) - 1
        found = [sorted(days)[min(last, int(share * len(days)))] for share in SHOWN_SHARES]
        print(f"{kind:28} {len(days):6}  " + " ".join(f"{day:6}" for day in found))
        print(f"{'  published before it':28} {sum(day < 0 for day in days):6}")


def main() -> None:
    """Print the figures by what the latest date is, and how many dates there are."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    articles = [pair for name in COUNTS for pair in sample(data, name)]
    delays: dict[str, list[int]] = {"day": [], "two or more dates": [], "one month or year": []}
    for text, published in articles:
        told = past_dates(text)
        if not told or told[0].period is None:
            continue
        delay = (published - told[0].period.last).days
        several = len({e.period for e in told}) > 1
        if told[0].day:
            delays["day"].append(delay)
        if several:
            delays["two or more dates"].append(delay)
        elif not told[0].day:
            delays["one month or year"].append(delay)
    print(f"{len(articles)} articles; years after the latest past date, by share")
    print(f"{'latest, or how many':28} {'n':>6}  " + " ".join(f"{share:6.0%}" for share in SHARES))
    for name, days in delays.items():
        report(name, days)
    report_shown(data)


if __name__ == "__main__":
    main()
