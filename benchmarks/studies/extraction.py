"""Measure how well and how fast articles are taken out of web pages.

    python -m benchmarks.studies.extraction DATA [--pages 181] [--rounds 3] [--worst 10]

DATA is a folder with `extraction.jsonl.xz` (in it or below it): a page a line with `html` and
`body`, its true article text, from scrapinghub/article-extraction-benchmark (MIT). The scores are
those of that benchmark's evaluate.py: counts of word 4-shingles, normalised for each page; mean
precision, mean recall and the F1 of the two means. Speed is processor time on one core, the best
of the rounds. `--worst` prints the pages with the lowest scores, `--spot` the title, source and
day found on random pages, to be judged by hand.
"""

import argparse
import logging
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.studies.data import records
from summarize.reading.build import UnreadableError
from summarize.reading.web.html import read_html

SHINGLE = 4
RESAMPLES = 1000

_WORD = re.compile(r"\w+")

Extractor = Callable[[str], str]
# Shares of the shingles of a page: found and true, found only, true only.
Shares = tuple[float, float, float]


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """How often each run of four words occurs; a shorter text is one run."""
    words = _WORD.findall(text)
    runs = (tuple(words[start : start + SHINGLE]) for start in range(len(words)))
    return Counter(run for run in runs if len(run) == min(SHINGLE, len(words)))


def shares(found: str, true: str) -> Shares:
    """The page's shingles, divided so that a long page does not count for more."""
    ours, theirs = shingles(found), shingles(true)
    both = (ours & theirs).total()
    total = (ours | theirs).total() or 1
    return both / total, (ours - theirs).total() / total, (theirs - ours).total() / total


def scores(pages: Sequence[Shares]) -> tuple[float, float, float]:
    """F1, precision and recall over pages. A page without text counts only where it must."""
    precision = statistics.mean(both / (both + extra) for both, extra, _ in pages if both + extra)
    recall = statistics.mean(both / (both + missed) for both, _, missed in pages if both + missed)
    return 2 * precision * recall / (precision + recall), precision, recall


def ours(page: str) -> str:
    """The reader of this project, dates and titles included."""
    try:
        return read_html(page).text
    except UnreadableError:
        return ""


def plain(page: str) -> str:
    """The text by trafilatura's `favor_precision` alone, without dates and titles."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return trafilatura.extract(page, favor_precision=True, include_comments=False) or ""


def plain_dated(page: str) -> str:
    """The same with the title, source and date that every article needs."""
    import trafilatura

    document: Any = trafilatura.bare_extraction(
        page, favor_precision=True, include_comments=False, with_metadata=True
    )
    return document.text or "" if document is not None else ""


EXTRACTORS: dict[str, Extractor] = {
    "summarize": ours,
    "trafilatura precision": plain,
    "trafilatura precision + metadata": plain_dated,
}


def interval(pages: Sequence[Shares], seed: int) -> float:
    """Half the width of the 95 % interval of F1, by resampling pages."""
    drawn = random.Random(seed)  # noqa: S311
    values = [scores(drawn.choices(pages, k=len(pages)))[0] for _ in range(RESAMPLES)]
    return 1.96 * statistics.stdev(values)


def seconds(extract: Extractor, pages: Sequence[str], rounds: int) -> float:
    """Processor seconds for all pages, the best of some rounds."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        for page in pages:
            extract(page)
        taken.append(time.process_time() - start)
    return min(taken)


def main() -> None:
    """Print scores and speed of each extractor, then pages to be judged by hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--pages", type=int, default=181)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worst", type=int, default=0, help="pages with the lowest scores")
    parser.add_argument("--spot", type=int, default=0, help="pages whose metadata are shown")
    args = parser.parse_args()
    sample = list(islice(records(args.data, "extraction"), args.pages))
    pages = [record["html"] for record in sample]
    for name, extract in EXTRACTORS.items():
        judged = [shares(extract(record["html"]), record["body"]) for record in sample]
        f1, precision, recall = scores(judged)
        speed = len(pages) / seconds(extract, pages, args.rounds)
        print(
            f"{name:34} F1 {f1:.4f} ± {interval(judged, args.seed):.3f}  P {precision:.4f}  "
            f"R {recall:.4f}  {speed:.1f} pages a second"
        )
        if name == "summarize":
            for (_, extra, missed), record in sorted(
                zip(judged, sample, strict=True), key=lambda pair: pair[0][0]
            )[: args.worst]:
                print(f"  extra {extra:.2f} missed {missed:.2f} {record['url']}")
    for record in random.Random(args.seed).sample(sample, args.spot):  # noqa: S311
        draft = read_html(record["html"])
        print(f"{draft.title!r} | {draft.source!r} | {draft.published} | {record['url']}")


if __name__ == "__main__":
    main()
