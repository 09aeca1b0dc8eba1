"""Files of JSON values, one a line: collections of articles, and the pairs made of them."""

import json
import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

__all__ = ["read_lines", "write_lines"]


def read_lines(path: Path) -> Iterator[Any]:
    """The values of a file, which may be packed (`.xz`)."""
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def write_lines(path: Path, values: Iterable[object]) -> None:
    """Write one value a line."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
