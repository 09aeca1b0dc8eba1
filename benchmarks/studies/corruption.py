"""How much of what is wrong the scorer catches: true sentences of the news with one error put in.

    python -m benchmarks.studies.corruption DATA_FOLDER

DATA_FOLDER holds `dev/cnn.jsonl.xz` and `dev/neus_fulltext.jsonl.xz`. Errors are made by
`benchmarks.corruption`, five sentences an article. Caught is a sentence of which some claim is
absent or contradicted; the true sentences must not be. The rules were made on the even-numbered
records; the odd ones were only measured.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from benchmarks.corruption import KINDS, corrupt
from benchmarks.datasets import find_dataset, load
from benchmarks.records import Example
from benchmarks.systems.budget import source_sentences
from summarize.scoring import SourceIndex

SEED = 13
PER_ARTICLE = 5


def judged(examples: tuple[Example, ...]) -> Iterator[tuple[int, Example, bool]]:
    """The true and the corrupted sentences: the record's number, the example, whether flagged."""
    rows = corrupt(examples, seed=SEED, per_article=PER_ARTICLE)
    numbers = {example.documents: number for number, example in enumerate(examples)}
    for documents, group in groupby(rows, key=lambda row: row.documents):
        members = list(group)
        index = SourceIndex(s for document in source_sentences(members[0]) for s in document)
        for example in members:
            verdicts = {evidence.verdict for evidence in index.judge(example.summary)}
            yield numbers[documents], example, bool(verdicts & {"absent", "contradicted"})


def main() -> None:
    """Print the share caught of each kind of error, and of true sentences flagged, per half."""
    counts: dict[tuple[str, int], list[bool]] = defaultdict(list)
    for name in ("cnn", "neus"):
        for number, example, flagged in judged(load(find_dataset(name), Path(sys.argv[1]))):
            counts[(*example.error_types, "true")[0], number % 2].append(flagged)
            if "-v" in sys.argv and flagged == example.right and number % 2 == 0:
                print(f"{example.id}\n    {example.summary}")
    print(f"{'':17}{'even':>14}{'odd':>14}")
    for kind in (*KINDS, "true"):
        cells = [counts[kind, half] for half in (0, 1)]
        shares = [f"{sum(c) / len(c):8.3f} of {len(c):<3}" for c in cells if c]
        print(f"{kind:17}" + "".join(shares))


if __name__ == "__main__":
    main()
