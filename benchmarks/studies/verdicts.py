"""How often the scorer is wrong about what is right: on sources, and on summaries by people.

    python -m benchmarks.studies.verdicts DATA_FOLDER [-v]

DATA_FOLDER holds `dev/cnn.jsonl.xz` and `dev/neus_fulltext.jsonl.xz`. Printed are, for even- and
odd-numbered records (the rules were made on the even ones):

* identity: source sentences as their own summaries; the share of the claims that hold must be 1;
* the verdicts on the claims of human-written summaries; `-v` shows what is contradicted;
* chance: numbers of these summaries put off by 20 to 80 %, and the share of them that is caught;
* persons: names of persons in these summaries that gave way to another person of the article, and
  the share of them that is caught (of a like draw 3 % when only near copies were compared);
* the processor time to judge a summary against five articles, nothing of which was parsed before.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corruption import read_source
from benchmarks.corruption.names import sure_names
from benchmarks.corruption.numbers import other_numbers
from benchmarks.datasets import find_dataset, load
from benchmarks.records import Example
from benchmarks.systems.budget import source_sentences
from summarize.claims import extract
from summarize.language import parse, parse_all, with_entities
from summarize.records import Evidence, Sentence
from summarize.scoring import SourceIndex
from summarize.sentences import sentence_spans

SEED = 13
IDENTITY = 1000
PERTURBED = 60
HOLDS = ("supported", "derived")


def sources(example: Example) -> list[Sentence]:
    """The sentences of all documents."""
    return [sentence for document in source_sentences(example) for sentence in document]


def summary_sentences(example: Example) -> Iterator[str]:
    """The sentences of the first human summary."""
    for line in example.references[0].split("\n"):
        for span in sentence_spans(line):
            yield line[span.start : span.end]


def identity(examples: tuple[Example, ...], chance: random.Random) -> Counter[str]:
    """Verdicts on claims of random source sentences against their own records."""
    found: Counter[str] = Counter()
    rows = [(example, sources(example)) for example in examples]
    drawn = chance.sample([(n, s) for n, row in enumerate(rows) for s in row[1]], IDENTITY // 2)
    for number in sorted({n for n, _ in drawn}):
        index = SourceIndex(rows[number][1])
        for sentence in (s for n, s in drawn if n == number):
            found.update(e.verdict for e in index.judge(sentence.text, (sentence,)))
    return found


def human(example: Example) -> Iterator[tuple[str, Evidence]]:
    """The evidence for each claim of the human summary, with its sentence."""
    index = SourceIndex(sources(example))
    for text in summary_sentences(example):
        for evidence in index.judge(text):
            yield text, evidence


def perturbed(example: Example, chance: random.Random) -> Iterator[bool]:
    """Whether each number of the summary is caught when it is changed."""
    source, index = read_source(example), SourceIndex(sources(example))
    for text in summary_sentences(example):
        if any(e.verdict not in HOLDS for e in index.judge(text)):
            continue
        wrong = next(other_numbers(parse(text), source, chance), None)
        if wrong is not None:
            yield any(e.verdict not in HOLDS for e in index.judge(wrong))


def other_persons(example: Example, chance: random.Random) -> Iterator[bool]:
    """Whether it is caught when another person of the article stands for one."""
    texts, told = [s.text for s in sources(example)], [*summary_sentences(example)]
    names = sure_names(with_entities(parse_all([*texts, *told])), " ".join(texts))
    persons = [name for name, kind in names.items() if kind == "PERSON full"]
    index = SourceIndex(sources(example))
    for text in told:
        named = [claim for claim in extract(text) if claim.text in persons]
        others = [name for name in persons if name.split()[-1] not in text]
        if named and others and all(e.verdict in HOLDS for e in index.judge(text)):
            first = named[0]
            wrong = f"{text[: first.start]}{chance.choice(others)}{text[first.end :]}"
            yield any(e.verdict not in HOLDS for e in index.judge(wrong))


def seconds(examples: tuple[Example, ...]) -> float:
    """Processor seconds to read five articles and judge one summary of them, in the middle."""
    spent = []
    for start in range(0, min(50, len(examples)), 5):
        rows = examples[start : start + 5]
        articles = [
            Sentence(str(n), s.index, s.start, s.end, s.text)
            for n, row in enumerate(rows)
            for s in source_sentences(row)[0]
        ]
        texts = list(summary_sentences(rows[0]))
        before = time.process_time()
        index = SourceIndex(articles)
        for text in texts:
            index.judge(text)
        spent.append(time.process_time() - before)
    return sorted(spent)[len(spent) // 2]


def shares(counts: Counter[str]) -> str:
    """Counts as shares of their sum."""
    total = counts.total()
    cells = [f"{verdict} {count / total:.4f}" for verdict, count in sorted(counts.items())]
    return f"{total} claims: " + ", ".join(cells)


def main() -> None:
    """Print all figures, per data set and half."""
    chance = random.Random(SEED)  # noqa: S311
    for name in ("cnn", "neus"):
        examples = load(find_dataset(name), Path(sys.argv[1]))
        print(f"{name}: a summary {seconds(examples) * 1000:.0f} ms")
        for half, label in enumerate(("even", "odd")):
            rows = examples[half::2]
            print(f"{name} {label}")
            print(f"    identity      {shares(identity(rows, chance))}")
            judged = [(row.id, *found) for row in rows for found in human(row)]
            print(f"    human         {shares(Counter(e.verdict for *_, e in judged))}")
            caught = [hit for row in rows[:PERTURBED] for hit in perturbed(row, chance)]
            print(f"    chance        {sum(caught) / len(caught):.3f} of {len(caught)} caught")
            persons = [hit for row in rows for hit in other_persons(row, chance)]
            print(f"    persons       {sum(persons) / len(persons):.3f} of {len(persons)} caught")
            if "-v" in sys.argv:
                for row, text, e in judged:
                    if e.verdict == "contradicted":
                        print(f"  {row} {e.claim.kind} {e.claim.text}: {e.quote} {e.working}")
                        print(f"  {text}")


if __name__ == "__main__":
    main()
