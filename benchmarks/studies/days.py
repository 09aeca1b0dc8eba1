"""Days that `summarize.coherence.days` tells as dates, drawn at random, for a person to judge.

    python -m benchmarks.studies.days DATA [--changes 110] [--stories 400] [--seed 5]

DATA is a folder with `train/neus_fulltext.jsonl.xz`; of each article that has a date the first
eight sentences are looked at. A line gives that date and its weekday, and the changed words in
their sentence; the last line counts the changes, 614 in 400 stories.
"""

import argparse
import json
import lzma
import random
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from summarize.coherence.changes import Change
from summarize.coherence.days import day_changes
from summarize.sentences import sentence_spans

_SENTENCES = 8
_AROUND = 70


def changes(stories: list[dict[str, Any]]) -> Iterator[tuple[date, str, Change]]:
    """The changes, each with the article's date and the sentence."""
    for story in stories:
        for stated, text in zip(story["dates"], story["documents"], strict=True):
            if stated:
                day = date.fromisoformat(stated[:10])
                for span in islice(sentence_spans(text), _SENTENCES):
                    sentence = text[span.start : span.end]
                    yield from ((day, sentence, change) for change in day_changes(sentence, day))


def main() -> None:
    """Print the drawn changes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--changes", type=int, default=110)
    parser.add_argument("--stories", type=int, default=400)
    parser.add_argument("--seed", type=int, default=5)
    asked = parser.parse_args()
    with lzma.open(asked.data / "train/neus_fulltext.jsonl.xz", "rt", encoding="utf-8") as lines:
        stories = [json.loads(line) for line in lines]
    chance = random.Random(asked.seed)  # noqa: S311 (a sample)
    found = [*changes(chance.sample(stories, min(asked.stories, len(stories))))]
    for day, text, change in chance.sample(found, min(asked.changes, len(found))):
        before, after = text[max(0, change.start - _AROUND) : change.start], text[change.end :]
        words = f"[{text[change.start : change.end]} -> {change.text}]"
        print(f"{day} {day:%a} | {before}{words}{after[:_AROUND]}")
    print(f"{len(found)} changes in all")


if __name__ == "__main__":
    main()
