"""What reading archives costs, and how far news expands: behind `reading/archives/budget.py`.

    python -m benchmarks.studies.archives DATA_FOLDER

DATA_FOLDER holds `train/cnn.jsonl.xz` and `dev/extraction.jsonl.xz`. Everything is made in memory
and in a temporary folder. Processor seconds include those of the worker processes.

Measured: 6,000 short articles expand 2-fold from a zip file and 4.2-fold from a tar.xz, 181 pages
5.1 and 8.2, articles that are each there a hundred times 189. Bombs (1 GB of zeros, a million files
in four layers) are given up after 1 to 1.6 processor seconds, each with its reason.
"""

import gzip
import lzma
import os
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from benchmarks.packing import tarred, zipped
from benchmarks.studies.data import records
from summarize.reading import read_paths
from summarize.reading.found import Result

_SMALL = 1000
_SMALL_CHARS = 1500
_MB = 1024**2


def expansions(kind: str, files: list[tuple[str, bytes]]) -> None:
    """Print how far files of a kind expand from the usual archives."""
    size = sum(len(data) for _, data in files)
    tar = tarred(files)
    print(
        f"{kind}: {len(files)} files, {size / _MB:.1f} MB; expands from zip"
        f" {size / len(zipped(files)):.1f}-fold, tar.gz {len(tar) / len(gzip.compress(tar)):.1f},"
        f" tar.xz {len(tar) / len(lzma.compress(tar)):.1f}"
    )


def bombs() -> Iterable[tuple[str, bytes]]:
    """Archives of some megabytes or less that expand to gigabytes."""
    zeros = zipped([("zeros.txt", bytes(1000 * _MB))])
    small = zipped([(f"{n}.txt", b"word and " * (_MB // 9)) for n in range(1000)])
    yield "10 files of 1 GB zeros, nested once", zipped((f"{n}.zip", zeros) for n in range(10))
    inner = [(f"{n}.zip", small) for n in range(10)]
    yield "10,000 files of 1 MB words, nested", zipped(inner)
    yield "the same, not compressed again", zipped(inner, zipfile.ZIP_STORED)
    tower = small
    for level in range(3):
        tower = zipped((f"{level}-{n}.zip", tower) for n in range(10))
    yield "1,000,000 files of 1 MB, nested four deep", tower
    yield "10 GB as .gz", b"".join([gzip.compress(bytes(1000 * _MB), 6)] * 10)
    stored = os.urandom(9 * _MB)
    yield (
        "1,000 files of 1 MB words behind 9 MB of noise",
        zipped([("0.txt", stored), ("1.zip", small)]),
    )


def measured(path: Path) -> tuple[float, Result]:
    """Processor seconds of reading a path, with those of the workers, and its result."""
    before = os.times()
    result = read_paths([path])
    after = os.times()
    return sum(after[:4]) - sum(before[:4]), result


def main() -> None:
    """Print expansions, the cost of bombs, and of a zip archive beside that of its folder."""
    data = Path(sys.argv[1])
    cnn = records(data / "train", "cnn")
    news = ["\n".join(record["documents"]) for record in islice(cnn, 6000)]
    pages = [record["html"] for record in records(data / "dev", "extraction")]
    expansions("articles", [(f"{n}.txt", text.encode()) for n, text in enumerate(news)])
    expansions("pages", [(f"{n}.html", page.encode()) for n, page in enumerate(pages)])
    copies = [(f"{n}.txt", f"{news[n // 100]}\n{n}".encode()) for n in range(3000)]
    expansions("articles, a hundred copies of each", copies)
    small = [(f"{n}.txt", text[:_SMALL_CHARS].encode()) for n, text in enumerate(news[:_SMALL])]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, content in bombs():
            (place / "bomb.zip").write_bytes(content)
            seconds, (articles, failures) = measured(place / "bomb.zip")
            print(
                f"{name} ({len(content) / _MB:.1f} MB): {seconds:.2f} s, {len(articles)} articles,"
                f" {len(failures)} failures: {failures[-1].reason if failures else ''}"
            )
        (place / "small").mkdir()
        for name, content in small:
            (place / "small" / name).write_bytes(content)
        (place / "small.zip").write_bytes(zipped(small))
        for name in ("small", "small.zip"):
            best = min(measured(place / name)[0] for _ in range(5))
            print(f"{_SMALL} small articles from {name}: {best:.2f} s")


if __name__ == "__main__":
    main()
