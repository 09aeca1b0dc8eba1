"""Measure what cleaning takes out of news articles, and how fast.

    python -m benchmarks.studies.cleaning DATA [--labels development] [--show]

DATA is the folder of the training collections (`NAME.jsonl.xz`), or the one that has them in
`train/`: a record a line with `documents` and, where known, `titles`. The labels
(`labels/cleaning_*.json`) say of 220 articles, line by line, what is boilerplate; every other line
is content. They hold no text: collection, record, document, and the numbers of the lines that are
not blank.

`development` is for making rules, `held_out` for the final figures. `unpunctuated` judges nothing
but lines without a full stop that the other rules keep, in further articles: captions and links
(all called captions) against sentences and lists. `--show` prints what was lost and what was left.
"""

import argparse
import json
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.studies.data import records
from summarize.cleaning import clean
from summarize.cleaning.lines import folded
from summarize.reading.build import Draft, line_spans, to_article
from summarize.records import Article
from summarize.sentences import sentence_spans

LABELS = Path(__file__).parent / "labels"
CONTENT = "content"
# Crossheads, the line below the title, editors' notes and what nobody can tell apart from content:
# neither their loss nor their presence is an error.
NEUTRAL = ("heading", "deck", "note", "unclear")
ROUNDS = 5
HALVES = ("development", "held_out", "unpunctuated")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article, and the class of each of its lines."""

    article: Article
    classes: tuple[str, ...]


def labelled(folder: Path, half: str) -> list[Labelled]:
    """The articles of one half of the labels."""
    rows = json.loads((LABELS / f"cleaning_{half}.json").read_text())
    wanted = {(row["file"], row["id"], row["document"]): row for row in rows}
    found = {}
    # A collection of the same name beside them has other records.
    training = folder / "train" if (folder / "train").is_dir() else folder
    for name in sorted({row["file"] for row in rows}):
        for record in records(training, name):
            for number, text in enumerate(record["documents"]):
                if row := wanted.get((name, str(record["id"]), number)):
                    title = (record.get("titles") or [""] * (number + 1))[number]
                    found[id(row)] = _labelled(row, to_article(Draft(text, title or None), name))
    return [found[id(row)] for row in rows]


def _labelled(row: dict[str, Any], article: Article) -> Labelled:
    judged = "unclear" if row.get("partial") else CONTENT
    classes = [judged] * len(line_spans(article.text))
    assert len(classes) == row["lines"], (row["id"], "is not the text that was labelled")
    for label, numbers in row["labels"].items():
        for number in numbers:
            classes[number] = label
    return Labelled(article, tuple(classes))


def gone_lines(article: Article) -> tuple[dict[int, str], str]:
    """The lines of which nothing is left, by number, with the reason; and what is left, folded."""
    cleaned, removed = clean(article)
    spans = line_spans(article.text)
    reasons = {item.start: item.reason for item in removed}
    gone = {
        number: reasons.get(span.start, "title")
        for number, span in enumerate(spans)
        if not any(span.start <= kept.start < span.end for kept in cleaned.paragraphs)
    }
    return gone, " ".join(folded(cleaned.body))


def judge(articles: list[Labelled], *, show: bool) -> None:
    """Print how many lines of each class went, and the sentences of content that were lost."""
    total: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    sentences = lost = 0
    for item in articles:
        reasons, left = gone_lines(item.article)
        for number, span in enumerate(line_spans(item.article.text)):
            label, text = item.classes[number], item.article.text[span.start : span.end]
            # A sentence whose words stand elsewhere in what is left is not lost.
            out = number in reasons and not (label == CONTENT and " ".join(folded(text)) in left)
            total[label] += 1
            gone[label] += out
            if label == CONTENT:
                count = sum(1 for _ in sentence_spans(text))
                sentences += count
                lost += count * out
            if show and label not in NEUTRAL and out == (label == CONTENT):
                print(
                    f"{'LOST' if label == CONTENT else 'LEFT'} {label} "
                    f"({reasons.get(number, '')}) | {text[:160]}"
                )
    _table(total, gone)
    print(f"{sentences} sentences of content, {lost} lost ({lost / max(1, sentences):.2%})")


def _table(total: Counter[str], gone: Counter[str]) -> None:
    for label in sorted(total, key=lambda label: (label == CONTENT, label in NEUTRAL, label)):
        print(f"{label:16} {total[label]:6} {gone[label]:6} gone {gone[label] / total[label]:7.1%}")
    boilerplate = [label for label in total if label != CONTENT and label not in NEUTRAL]
    for name, labels in (
        ("all boilerplate", boilerplate),
        ("without captions", [label for label in boilerplate if label != "caption"]),
    ):
        lines, out = sum(total[label] for label in labels), sum(gone[label] for label in labels)
        print(f"{name:16} {lines:6} {out:6} gone {out / max(1, lines):7.1%}")


def speed(articles: list[Labelled]) -> None:
    """Print how many lines a second of processor time is enough for."""
    start = time.process_time()
    for _ in range(ROUNDS):
        for item in articles:
            clean(item.article)
    seconds = time.process_time() - start
    lines = ROUNDS * sum(len(item.classes) for item in articles)
    print(f"{lines / seconds:.0f} lines a second of processor time")


def main() -> None:
    """Judge one half of the labels."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--labels", choices=HALVES, default="development")
    parser.add_argument("--show", action="store_true", help="print the errors")
    args = parser.parse_args()
    articles = labelled(args.data, args.labels)
    judge(articles, show=args.show)
    speed(articles)


if __name__ == "__main__":
    main()
