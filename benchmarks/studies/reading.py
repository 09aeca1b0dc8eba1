"""Sentences that a digest prints, drawn at random beside their sources, for a person to judge.

    python -m benchmarks.studies.reading DATA_FOLDER [--seed 13] [--sentences 100] [--stories 16]
        [--origin written] [--model copyist]

DATA_FOLDER holds `dev/neus_fulltext.jsonl.xz`, `dev/multinews.jsonl.xz` and `dev/cnn.jsonl.xz`. Of
each, as many stories as said are digested at the default length, with the titles and dates that the
data has. Printed are the drawn sentences, each with its origin, the source sentences it cites, and
the one before the first of these; then, over all sentences of these stories, the shares of the
origins and of the names, numbers and dates that the scorer finds in the sources; and the share of
the writer's first candidates of which it finds all. Whether a sentence is right, reads well, and is
supported by what it cites, is for the reader to say: the scorer made the choice.
"""

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from benchmarks.datasets import find_dataset, load
from benchmarks.systems.ours import articles_of
from summarize.pipeline import digest_articles
from summarize.records import Article, Candidate, Evidence, SummarySentence
from summarize.scoring import SourceIndex
from summarize.sentences import split_sentences
from summarize.settings import Length, Settings
from summarize.writer import Source, Writer, load_writer

SETS = ("neus", "multinews", "cnn")


@dataclass(slots=True)
class _Recorded:
    """A writer whose first candidates are judged as they come."""

    writer: Writer
    name: str
    fingerprint: str
    task: Literal["quote", "fuse", "document"]
    held: list[bool] = field(default_factory=list)

    def room(self) -> int:
        return self.writer.room()

    def size(self, text: str) -> int:
        return self.writer.size(text)

    def write(self, sources: Sequence[Source], length: Length) -> list[tuple[Candidate, ...]]:
        found = self.writer.write(sources, length)
        for source, candidates in zip(sources, found, strict=True):
            read = [sentence for document in source for sentence in document]
            if candidates:
                first = SourceIndex(read).judge(candidates[0].text, read)
                self.held.append(all(map(_holds, first)))
        return found


@dataclass(frozen=True, slots=True)
class _Printed:
    """A sentence of a digest, and the sentence before the first one that it cites."""

    dataset: str
    sentence: SummarySentence
    before: str


def _holds(evidence: Evidence) -> bool:
    return evidence.verdict in {"supported", "derived"}


def _before(sentence: SummarySentence, articles: Sequence[Article]) -> str:
    first = sentence.evidence[0]
    article = next(a for a in articles if a.id == first.article_id)
    earlier = [s.text for s in split_sentences(article) if s.end <= first.start]
    return earlier[-1] if earlier else ""


def printed(
    data: Path, writer: _Recorded, stories: int, seed: int
) -> tuple[tuple[_Printed, ...], int]:
    """The sentences of the digests of `stories` random stories a set, and how many stories told."""
    made: list[_Printed] = []
    told = 0
    for name in SETS:
        examples = load(find_dataset(name), data)
        settings = Settings(one_story=True, articles=False)
        for example in random.Random(seed).sample(examples, min(stories, len(examples))):  # noqa: S311
            articles = articles_of(example)
            digest = digest_articles(articles, settings, writer)
            for summary in digest.story_summaries.values():
                told += 1
                made += [_Printed(name, s, _before(s, articles)) for s in summary.sentences]
    return tuple(made), told


def _show(number: int, one: _Printed) -> None:
    sentence = one.sentence
    print(f"{number}. {one.dataset}, {sentence.origin}\n    {sentence.text}")
    for source in sentence.evidence:
        same = source.text == sentence.text
        print("  = as its source" if same else f"  < {source.text}")
    print(f"    (before: {one.before})")


def main() -> None:
    """Print the drawn sentences and the shares."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--sentences", type=int, default=100)
    parser.add_argument("--stories", type=int, default=16)
    parser.add_argument("--origin", choices=("written", "repaired", "quoted"))
    parser.add_argument("--model", default="copyist")
    asked = parser.parse_args()
    loaded = load_writer(asked.model, 1)
    writer = _Recorded(loaded, loaded.name, loaded.fingerprint, loaded.task)
    made, told = printed(asked.data, writer, asked.stories, asked.seed)
    drawn = [one for one in made if asked.origin in (None, one.sentence.origin)]
    chosen = random.Random(asked.seed).sample(drawn, min(asked.sentences, len(drawn)))  # noqa: S311
    for number, one in enumerate(chosen, 1):
        _show(number, one)
    verdicts = [e for one in made for e in one.sentence.verdicts]
    print(f"\n{len(made)} sentences of {told} stories; drawn {len(chosen)}")
    for name in SETS:
        origins = Counter(one.sentence.origin for one in made if one.dataset == name)
        shares = (f"{o} {n / origins.total():.0%}" for o, n in sorted(origins.items()))
        print(f"{name:10} " + ", ".join(shares))
    print(f"names, numbers and dates found: {sum(map(_holds, verdicts))} of {len(verdicts)}")
    print(f"first candidates of which all are found: {sum(writer.held)} of {len(writer.held)}")


if __name__ == "__main__":
    main()
