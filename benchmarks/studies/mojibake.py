"""Which texts the repair of doubly encoded text changes, and whether it puts them right.

    python -m benchmarks.studies.mojibake DATA_FOLDER [-v]

DATA_FOLDER holds `train/*.jsonl.xz`; of each file at most 8,000 documents are read. Every third
clean document with characters beyond ASCII is also encoded doubly and must come back as it was.

Measured: 243 of 57,322 documents change, all that were looked at (70 lines at random) rightly;
4,824 of 4,838 doubly encoded ones come back as they were; 0.07 ms a document.
"""

import sys
import time
from collections.abc import Iterator
from itertools import islice
from os.path import commonprefix
from pathlib import Path

from benchmarks.studies.data import records
from summarize.reading.text.mojibake import repair

_PER_FILE = 8000


def documents(folder: Path) -> Iterator[str]:
    """The documents of all files."""
    for path in sorted((folder / "train").glob("*.jsonl.xz")):
        found = records(path.parent, path.name.partition(".")[0])
        yield from islice((text for record in found for text in record["documents"]), _PER_FILE)


def twice(text: str) -> str | None:
    """The text with its UTF-8 read as Windows-1252, as browsers do; None when that fails."""
    try:
        return text.encode("utf-8").decode("cp1252")
    except UnicodeDecodeError:
        return None


def main() -> None:
    """Print how many documents change, those that do with -v, and how many come back."""
    count = changed = broken = right = 0
    seconds = 0.0
    for number, text in enumerate(documents(Path(sys.argv[1]))):
        count += 1
        start = time.process_time()
        repaired = repair(text)
        seconds += time.process_time() - start
        if repaired != text:
            changed += 1
            for old, new in zip(text.split("\n"), repaired.split("\n"), strict=True):
                if old != new and "-v" in sys.argv:
                    at = max(0, len(commonprefix([old, new])) - 20)  # noqa: RUF071
                    print(f"{number}: {old[at : at + 40]!r}\n    {new[at : at + 40]!r}")
        elif not text.isascii() and number % 3 == 0 and (wrong := twice(text)):
            broken += 1
            right += repair(wrong) == text
    print(f"{changed} of {count:,} documents changed, in {1000 * seconds / count:.3f} ms each")
    print(f"{right:,} of {broken:,} documents that were encoded doubly came back as they were")


if __name__ == "__main__":
    main()
