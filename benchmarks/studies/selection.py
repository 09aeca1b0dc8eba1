"""Fits and measures the weights of `summarize.selection` on human summaries.

    python -m benchmarks.studies.selection DATA [--fit]

DATA is a folder with train/ and dev/ of JSON Lines (documents, summary). For each record the ranked
sentences are taken until the human summary's length in words is reached, and compared with it by
the F1 of shared word stems and of shared pairs of stems (ROUGE-1 and ROUGE-2 without the
library). `--fit` searches the weights on train/ coordinate by coordinate; without it the present
weights and the first sentences (lead) are measured on dev/.
"""

import argparse
import json
import lzma
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from summarize.records import Article, Sentence, Span
from summarize.selection import Weights, rank
from summarize.sentences import split_sentences
from summarize.words import stem, words

SETS = ("cnn", "neus_fulltext", "multinews")
GRID = {
    "position": (0.0, 0.25, 0.5, 1.0, 1.5, 2.0),
    "centrality": (0.0, 0.5, 1.0, 1.5, 2.0, 3.0),
    "title": (0.0, 0.15, 0.3, 0.6),
    "retold": (0.0, 0.15, 0.3, 0.6),
    "redundancy": (0.0, 0.5, 1.0, 1.5, 2.0),
}

Record = tuple[tuple[Article, ...], dict[str, tuple[Sentence, ...]], str]


def records(data: Path, split: str, name: str, limit: int) -> Iterator[Record]:
    """The first `limit` records of a set as articles, their sentences, and the human summary."""
    with lzma.open(data / split / f"{name}.jsonl.xz", "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number >= limit:
                return
            record = json.loads(line)
            titles = record.get("titles") or []
            articles = tuple(
                _article(f"{number}-{i}", text, titles[i] if i < len(titles) else "")
                for i, text in enumerate(record["documents"])
            )
            yield articles, {a.id: split_sentences(a) for a in articles}, record["summary"]


def _article(id_: str, text: str, title: str) -> Article:
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return Article(id_, id_, text, title=title or None, paragraphs=tuple(spans))


def _f1(text: str, reference: str, size: int) -> float:
    def grams(value: str) -> Counter[tuple[str, ...]]:
        stems = [stem(word) for word in words(value)]
        return Counter(zip(*(stems[i:] for i in range(size)), strict=False))

    got, want = grams(text), grams(reference)
    shared = sum((got & want).values())
    return 2 * shared / max(1, sum(got.values()) + sum(want.values()))


def _cut(sentences: Sequence[str], budget: int) -> str:
    chosen: list[str] = []
    used = 0
    for sentence in sentences:
        if chosen and used + len(sentence.split()) > budget:
            break
        chosen.append(sentence)
        used += len(sentence.split())
    return " ".join(chosen)


def evaluate(
    sets: dict[str, list[Record]], weights: Weights | None
) -> dict[str, tuple[float, float]]:
    """Mean F1 of stems and of stem pairs for each set; `weights` None is the lead."""
    result = {}
    for name, rows in sets.items():
        ones, twos = [], []
        for articles, sentences, summary in rows:
            if weights is None:
                by_turn = [s for turn in zip(*sentences.values(), strict=False) for s in turn]
                told = [sentence.text for sentence in by_turn]
            else:
                told = [p.quote.text for p in rank(articles, sentences, weights=weights)]
            text = _cut(told, len(summary.split()))
            ones.append(_f1(text, summary, 1))
            twos.append(_f1(text, summary, 2))
        result[name] = (sum(ones) / len(ones), sum(twos) / len(twos))
    return result


def _goal(result: dict[str, tuple[float, float]]) -> float:
    return sum(one + two for one, two in result.values()) / len(result)


def fit(sets: dict[str, list[Record]]) -> Weights:
    """Coordinate search from the present weights, two rounds."""
    best = Weights()
    score = _goal(evaluate(sets, best))
    for _ in range(2):
        for name, values in GRID.items():
            for value in values:
                trial = replace(best, **{name: value})
                if trial != best and (got := _goal(evaluate(sets, trial))) > score:
                    best, score = trial, got
            print(f"{name}: {asdict(best)[name]} -> {score:.4f}", flush=True)
    return best


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--limit", type=int, default=150)
    arguments = parser.parse_args()
    split = "train" if arguments.fit else "dev"
    sets = {name: [*records(arguments.data, split, name, arguments.limit)] for name in SETS}
    if arguments.fit:
        print(fit(sets))
        return
    for label, weights in (("lead", None), ("ours", Weights())):
        for name, (one, two) in evaluate(sets, weights).items():
            print(f"{label:5} {name:14} R1 {one:.3f}  R2 {two:.3f}  n={len(sets[name])}")


if __name__ == "__main__":
    main()
