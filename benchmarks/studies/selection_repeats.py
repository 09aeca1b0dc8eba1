"""Sentences that a summary tells side by side, by how many words they share.

    python -m benchmarks.studies.selection_repeats DATA --cache DIR [--speech] [--stories 200]

DATA and DIR are those of `selection`. For stories of train/, the sentences that would fill 120
words without the rules of `summarize.selection.repeats` are paired where two articles tell them, or
with `--speech` where one article does and the later one is speech. Printed are the pairs that share
at least `--least` of their different content stems, least first, and whether the rules take them
for one thing. Whether they are is for the reader to say.
"""

import argparse
from itertools import combinations
from pathlib import Path
from unittest.mock import patch

from benchmarks.studies.selection import told
from benchmarks.studies.selection_stories import Prepared, stories
from summarize.records import Sentence
from summarize.selection import repeats
from summarize.settings import Length
from summarize.speech import quoted
from summarize.words import different_stems, says_the_same

LENGTH = Length(120, "words")


def share(one: Sentence, other: Sentence) -> float:
    """The share of all different content stems that both sentences hold."""
    stems, others = different_stems(one.text), different_stems(other.text)
    return len(stems & others) / max(1, len(stems | others))


def _by_words(one: Sentence, other: Sentence) -> bool:
    return says_the_same(one.text, other.text)


def pairs(story: Prepared, *, speech: bool = False) -> list[tuple[float, Sentence, Sentence]]:
    """The pairs of sentences that two articles of the story tell, with what they share.

    With `speech` instead those of one article, of which the later one is mostly speech.
    """
    without = ("summarize.selection.choice.repeats", "summarize.composition.repeats")
    with patch(without[0], _by_words), patch(without[1], _by_words):
        sources = [sentence.evidence[0] for sentence in told(story, LENGTH)]
    return [
        (share(one, other), one, other)
        for one, other in combinations(sources, 2)
        if (_is_followed_by_speech if speech else _are_of_two)(one, other)
    ]


def _are_of_two(one: Sentence, other: Sentence) -> bool:
    return one.article_id != other.article_id


def _is_followed_by_speech(one: Sentence, other: Sentence) -> bool:
    spoken = sum(end - start for start, end in quoted(other.text))
    follows = one.article_id == other.article_id and one.index < other.index
    return follows and 2 * spoken > len(other.text)


def main() -> None:
    """Print the pairs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--speech", action="store_true")
    parser.add_argument("--stories", type=int, default=200)
    parser.add_argument("--least", type=float, default=0.2)
    asked = parser.parse_args()
    rows = stories(asked.data, "train", "neus_fulltext", asked.cache, asked.stories)
    found = [
        pair
        for story in rows
        for pair in pairs(story, speech=asked.speech)
        if pair[0] >= asked.least
    ]
    for shared, one, other in sorted(found, key=lambda pair: pair[0]):
        leads = "leads" if one.index == other.index == 0 else f"{one.index}, {other.index}"
        taken = "one thing" if repeats(one, other) else "two"
        print(f"{shared:.2f} ({leads}): {taken}\n    {one.text}\n    {other.text}")
    print(f"{len(found)} pairs of {len(rows)} stories")


if __name__ == "__main__":
    main()
