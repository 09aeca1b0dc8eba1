"""The Wikipedia Current Events Portal data set, in both published forms.

The original form is described in the repository complementizer/wcep-mds-dataset (README.md,
dataset_reproduction/), WCEP-10 in allenai/PRIMER (script/dataloader.py) and on the card of the
data set ccdv/WCEP-10 (its "list" form; the .pt files of PRIMER are pickles, which are not read).
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.layouts.common import (
    Document,
    LayoutError,
    Row,
    day,
    example,
    required,
    row_of,
    rows,
    text,
    texts,
)
from benchmarks.records import Example

__all__ = ["wcep"]


def wcep(path: Path) -> Iterator[Example]:
    """The events of a JSON Lines file, which may be packed ({train,val,test}.jsonl.gz).

    An event has a `summary` and either `articles`, objects with `text`, `title`, `time` and `url`
    (original), or `document`, a list of texts (WCEP-10). Articles that could not be downloaded have
    no text and are left out. A text that stands in a cluster twice is kept twice, as published.
    """
    for row in rows(path):
        reference = required(row, "summary")
        yield from example(row.name, _documents(row), [reference])


def _documents(row: Row) -> list[Document]:
    if (articles := row.fields.get("articles")) is not None:
        if not isinstance(articles, list):
            raise LayoutError(f'{row.where}: "articles" is no list.')
        return [
            _article(row_of(article, f"{row.where}, article {number}", row.name))
            for number, article in enumerate(articles, start=1)
        ]
    if "document" in row.fields:
        return [Document(body) for body in texts(row, "document")]
    raise LayoutError(f'{row.where}: it has neither "articles" nor "document".')


def _article(row: Row) -> Document:
    published = day(row.fields.get("time"))
    return Document(text(row, "text"), text(row, "title"), published, _host(text(row, "url")))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
