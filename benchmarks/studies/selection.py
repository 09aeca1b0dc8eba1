"""Measures `summarize.selection` on human summaries: quality, length, citing, and under stress.

    python -m benchmarks.studies.selection DATA --cache DIR [--stress]

DATA is a folder with dev/ of JSON Lines; DIR keeps what the stages before selection made of it. The
chosen sentences are quoted, as the writer `quote` does. ROUGE is the F1 of Porter stems, of pairs
of them and of their longest common subsequence, as the package rouge_score counts it. "even" and
"odd" are ROUGE-2 of every second story: choices were made on the even ones.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.studies.selection_stories import Prepared, stories
from summarize.composition import fit, in_reading_order
from summarize.records import SummarySentence
from summarize.selection import rank, weigh
from summarize.settings import Length

SETS = (("multinews", "230w"), ("neus_fulltext", "60w"), ("cnn", "3s"))


def told(story: Prepared, length: Length) -> tuple[SummarySentence, ...]:
    """The quoted summary of a story, in reading order."""
    articles, sentences = story.articles, story.sentences
    weighed = weigh(articles, sentences, story.moments)
    passages = rank(articles, sentences, length, story.wires, weighed=weighed)
    quoted = (SummarySentence(p.quote.text, p.sentences, "quoted", ()) for p in passages)
    published = {a.id: a.published for a in story.articles if a.published}
    return in_reading_order(fit(zip(quoted), length), story.moments, published)


def rouge(texts: Iterable[str], reference: str) -> tuple[float, float, float]:
    """ROUGE-1, ROUGE-2 and ROUGE-L, F1 x 100."""
    got, want = [stem for text in texts for stem in _stems(text)], _stems(reference)
    shared = [_common(got, want, size) for size in (1, 2)]
    both = [max(1, len(got) + len(want) - 2 * less) for less in (0, 1)]
    longest = 200 * _longest_common(got, want) / both[0]
    return 200 * shared[0] / both[0], 200 * shared[1] / both[1], longest


def _common(one: Sequence[str], other: Sequence[str], size: int) -> int:
    grams = [Counter(zip(*(text[i:] for i in range(size)), strict=False)) for text in (one, other)]
    return (grams[0] & grams[1]).total()


def _longest_common(one: Sequence[str], other: Sequence[str]) -> int:
    """The longest common subsequence, bit by bit (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for place, word in enumerate(other):
        places[word] = places.get(word, 0) | 1 << place
    every = (1 << len(other)) - 1
    open_ = every
    for word in one:
        match = open_ & places.get(word, 0)
        open_ = (open_ + match | open_ - match) & every
    return len(other) - open_.bit_count()


@cache
def _stems(text: str) -> tuple[str, ...]:
    from rouge_score.tokenize import tokenize  # type: ignore[import-untyped,unused-ignore]

    return tuple(tokenize(text, _stemmer()))


@cache
def _stemmer() -> object:
    from nltk.stem.porter import PorterStemmer  # type: ignore[import-untyped,unused-ignore]

    return PorterStemmer()


def measure(
    rows: Sequence[Prepared],
    length: Length,
    system: Callable[[Prepared, Length], Sequence[SummarySentence]] = told,
) -> str:
    """A line of figures: ROUGE, share of the budget used, share of the articles cited."""
    figures = []
    for story in rows:
        summary = system(story, length)
        scores = rouge((s.text for s in summary), story.references[0])
        words = sum(len(s.text.split()) for s in summary)
        cited = {source.article_id for s in summary for source in s.evidence}
        figures.append((*scores, words, len(cited) / max(1, len(story.articles))))
    table = np.array(figures)
    means = table.mean(axis=0)
    short = (table[:, 3] < 0.9 * length.count).mean() if length.unit == "words" else 0.0
    return (
        f"R1 {means[0]:.2f}  R2 {means[1]:.2f}  RL {means[2]:.2f}  even {table[::2, 1].mean():.2f}"
        f"  odd {table[1::2, 1].mean():.2f}  words {means[3]:.1f}  under 90 % {short:.3f}"
        f"  cited {means[4]:.3f}  n={len(rows)}"
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    arguments = parser.parse_args()
    for name, length in SETS:
        rows = stories(arguments.data, "dev", name, arguments.cache)
        print(f"{name:14} {length:5} {measure(rows, Length.parse(length))}", flush=True)


if __name__ == "__main__":
    main()
