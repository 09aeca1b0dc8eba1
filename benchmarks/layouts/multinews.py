"""Multi-News as its authors publish it.

The layout is described in the repository Alex-Fabbri/Multi-News (README.md and
data/scripts/prep_data.py), and read alike by datasets/multi_news of huggingface/datasets.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from benchmarks.layouts.common import Document, LayoutError, clean, example, lines, shown, stem
from benchmarks.records import Example

__all__ = ["clusters", "multi_news", "without_dash"]

_SEPARATOR = re.compile(r"\|{5}|story_separator_special_tag", re.IGNORECASE)
_LINE_END = re.compile(r"newline_char|\n", re.IGNORECASE)
_SOURCE = re.compile(r"\.src(?=\.|$)")


def multi_news(path: Path) -> Iterator[Example]:
    """The clusters of a .src file, each with its line of the .tgt file beside it.

    Known names are test.src, test.src.cleaned, test.src.txt and what else has ".src" where the
    other has ".tgt". Documents are separated by "|||||" (raw data) or "story_separator_special_tag"
    (preprocessed data), line ends spelled NEWLINE_CHAR; the dash with which the summaries begin is
    dropped. The preprocessed data are in lower case and tokenized, hence no text to be read by
    people: prefer the raw data.
    """
    target = path.with_name(_SOURCE.sub(".tgt", path.name))
    if target == path:
        raise LayoutError(f"{shown(path)} is no .src file.", "Name the file of the documents.")
    for source, summary in zip_longest(lines(path), lines(target)):
        if source is None or summary is None:
            short, long = (path, target) if source is None else (target, path)
            raise LayoutError(f"{shown(short)} has fewer lines than {shown(long)}.")
        number, cluster = source
        documents = [Document(found) for found in clusters(cluster)]
        reference = without_dash(_restored(summary[1]))
        if documents and not reference:
            raise LayoutError(f"{shown(target)}, line {number}: the summary is empty.")
        yield from example(f"{stem(path)}/{number}", documents, [reference])


def clusters(line: str) -> list[str]:
    """The documents of a cluster that is written in one text; empty ones left out."""
    return list(filter(None, map(_restored, _SEPARATOR.split(line))))


def without_dash(summary: str) -> str:
    """The summary without the dash that the site it comes from prints before each."""
    return re.sub(r"^[–—-]\s+", "", summary)


def _restored(value: str) -> str:
    return "\n".join(filter(None, map(str.strip, _LINE_END.split(clean(value)))))
