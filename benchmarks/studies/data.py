"""The collections that the studies read: `NAME.jsonl.xz`, a record a line."""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["records"]


def records(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The records of the collection of that name, which lies in the folder or below it."""
    path = min(folder.rglob(f"{name}.jsonl.xz"))
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
