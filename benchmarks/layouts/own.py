"""Our own layout, one JSON object a line, for data sets that were brought into one form."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.layouts.common import (
    Document,
    LayoutError,
    Row,
    day,
    example,
    required,
    rows,
    text,
    texts,
)
from benchmarks.records import Example, Task

__all__ = ["json_lines"]

_PARALLEL = ("titles", "dates", "sources")


def json_lines(path: Path, task: Task = "summarize") -> Iterator[Example]:
    """The examples of a .jsonl file, which may be packed (.jsonl.gz, .jsonl.xz, .jsonl.bz2).

    Every object has `documents`, a list of texts (or `document`, one text), and may have `id`, and
    `titles`, `dates` and `sources` parallel to the documents; a date of which it is not clear what
    day it is counts as unknown. To *summarize*, it has `summary` or `references` (a list) or both.
    To *judge*, `summary` is the text to be judged and `label` says whether people found it true (1,
    true) or not (0, false); `error_types` may list what they found wrong with it. Other fields are
    ignored. An `id` that comes twice is an error, as is an object without any text.
    """
    seen: set[str] = set()
    for row in rows(path):
        if row.name in seen:
            raise LayoutError(f'{row.where}: its "id" has come before.')
        seen.add(row.name)
        read = _judged if task == "judge" else _summarized
        found = list(read(row, _documents(row)))
        if not found:
            raise LayoutError(f'{row.where}: "documents" is missing or holds no text.')
        yield from found


def _summarized(row: Row, documents: list[Document]) -> Iterator[Example]:
    references = [found for found in [text(row, "summary"), *texts(row, "references")] if found]
    if not references:
        raise LayoutError(f'{row.where}: it has neither "summary" nor "references".')
    return example(row.name, documents, list(dict.fromkeys(references)))


def _judged(row: Row, documents: list[Document]) -> Iterator[Example]:
    label = row.fields.get("label")
    if not isinstance(label, int) or label not in (0, 1):
        raise LayoutError(
            f'{row.where}: "label" is neither 1 (right) nor 0 (wrong), as it is where summaries are'
            " judged; to make summaries, name their length behind the path: @60w"
        )
    references = list(filter(None, texts(row, "references")))
    for found in example(row.name, documents, references):
        yield replace(
            found,
            summary=required(row, "summary"),
            right=bool(label),
            error_types=tuple(filter(None, texts(row, "error_types"))),
        )


def _documents(row: Row) -> list[Document]:
    bodies = texts(row, "documents") or texts(row, "document")
    columns = {name: texts(row, name) or [""] * len(bodies) for name in _PARALLEL}
    for name, values in columns.items():
        if len(values) != len(bodies):
            raise LayoutError(f'{row.where}: "{name}" and "documents" differ in length.')
    dates = map(day, columns["dates"])
    return [
        Document(*values)
        for values in zip(bodies, columns["titles"], dates, columns["sources"], strict=True)
    ]
