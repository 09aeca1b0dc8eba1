"""Tables of the library `datasets` that lie on this machine: saved folders and Parquet files.

The columns are those of the data sets cnn_dailymail, xsum, multi_news and ccdv/WCEP-10 in the
repository huggingface/datasets and on their cards.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.layouts.common import (
    Document,
    LayoutError,
    Row,
    example,
    existing,
    row_of,
    shown,
    stem,
    texts,
)
from benchmarks.layouts.multinews import clusters, without_dash
from benchmarks.records import Example

__all__ = ["saved_table"]

_COLUMNS = (("article", "highlights"), ("document", "summary"))
# How the default and the "bert" form of ccdv/WCEP-10 join the documents of a cluster.
_JOINTS = re.compile(r"</s>|\[SEP\]")


def saved_table(path: Path) -> Iterator[Example]:
    """The rows of one split of a data set, saved as a folder or as .parquet files.

    `path` is a folder from `Dataset.save_to_disk`, a .parquet file, or a folder of those of one
    split. The columns are `article` and `highlights` (CNN/Daily Mail), or `document` and `summary`:
    a text (XSum), a text with "|||||" between the documents (Multi-News) or a list of texts
    (WCEP-10); a list of summaries is a list of references. Rows are named by `id`, else by file and
    number from 0. Needs the library `datasets`, of which nothing that downloads is called.
    """
    for row in _rows(path):
        yield from _example(row, *_pair(row.fields, path))


def _pair(names: Collection[str], path: Path) -> tuple[str, str]:
    for pair in _COLUMNS:
        if set(pair) <= set(names):
            return pair
    wanted = " or ".join("/".join(pair) for pair in _COLUMNS)
    raise LayoutError(f"{shown(path)} has no columns {wanted}.")


def _example(row: Row, source: str, target: str) -> Iterator[Example]:
    documents = [
        Document(document)
        for value in texts(row, source)
        for part in _JOINTS.split(value)
        for document in clusters(part)
    ]
    references = [found for found in map(without_dash, texts(row, target)) if found]
    if documents and not references:
        raise LayoutError(f'{row.where}: "{target}" is missing or empty.')
    return example(row.name, documents, references)


def _rows(path: Path) -> Iterator[Row]:
    path = existing(path).resolve()
    library = _library()
    records = _saved(path, library) if _is_saved(path) else _parquet(path)
    number = 0
    try:
        for record in records:
            yield row_of(dict(record), f"{shown(path)}, row {number}", f"{stem(path)}/{number}")
            number += 1
    except LayoutError:
        raise
    except Exception as error:
        # Arrow has no common error for damaged files.
        reason = type(error).__name__
        raise LayoutError(f"{shown(path)} cannot be read at row {number} ({reason}).") from error


def _library() -> Any:
    try:
        return import_module("datasets")
    except ImportError as error:
        raise LayoutError(
            "Saved tables are read with the library datasets, which is not installed.",
            "Run: pip install datasets",
        ) from error


def _is_saved(path: Path) -> bool:
    return any((path / name).is_file() for name in ("state.json", "dataset_dict.json"))


def _saved(path: Path, library: Any) -> Iterator[Mapping[str, object]]:
    table = library.load_from_disk(str(path))
    if isinstance(table, dict):
        splits = ", ".join(sorted(table))
        raise LayoutError(f"{shown(path)} holds the splits {splits}.", "Name the folder of one.")
    wanted = {"id", *_pair(table.column_names, path)}
    yield from table.select_columns([name for name in table.column_names if name in wanted])


def _parquet(path: Path) -> Iterator[Mapping[str, object]]:
    files = [path] if path.is_file() else sorted(path.glob("*.parquet"))
    if not files:
        raise LayoutError(f"{shown(path)} is neither a saved data set nor holds .parquet files.")
    splits = {file.name.split("-")[0] for file in files}
    if len(splits) > 1:
        raise LayoutError(f"{shown(path)} holds several splits.", "Name the file of one.")
    # Read with pyarrow, as `datasets` would first copy them into a cache in the home folder.
    parquet = import_module("pyarrow.parquet")
    for file in files:
        with parquet.ParquetFile(file) as table:
            names = table.schema_arrow.names
            wanted = {"id", *_pair(names, file)}.intersection(names)
            for batch in table.iter_batches(batch_size=64, columns=list(wanted)):
                yield from batch.to_pylist()
