"""Readers of the layouts in which summarization data sets are published, for users who have them.

A reader is a generator function from a local path to examples, one at a time. Nothing is ever
downloaded. What does not fit the layout raises `LayoutError` with the file, the line and what is
wrong, at the record in question. Articles without any text, which most published sets have a few
of, are left out of their cluster, and a cluster of which nothing is left is left out of the set, as
the papers do; the names of the other examples do not change by that.

Titles, dates and sources are given where the layout states them.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks.layouts.common import LayoutError
from benchmarks.layouts.duc import duc
from benchmarks.layouts.multinews import multi_news
from benchmarks.layouts.own import json_lines
from benchmarks.layouts.stories import cnn_dailymail, xsum
from benchmarks.layouts.tables import saved_table
from benchmarks.layouts.wcep import wcep
from benchmarks.records import Example

__all__ = [
    "LAYOUTS",
    "LayoutError",
    "cnn_dailymail",
    "duc",
    "json_lines",
    "multi_news",
    "saved_table",
    "wcep",
    "xsum",
]

LAYOUTS: Mapping[str, Callable[[Path], Iterator[Example]]] = {
    "jsonl": json_lines,
    "multinews": multi_news,
    "wcep": wcep,
    "duc": duc,
    "cnndm": cnn_dailymail,
    "xsum": xsum,
    "datasets": saved_table,
}
