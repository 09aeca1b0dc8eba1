"""Whether hostile files cost more than themselves: what no input may bring about, tried at random.

    python -m benchmarks.studies.fuzz --seconds 600 [--format pdf] [--seed 1] [--keep FOLDER]

Well-formed samples of each format are damaged in the ways below, and with them files made to hurt
are read by `read_paths`, in a folder with a good neighbour. Nothing may crash, hang or be written;
the neighbour is read; each file gives articles or failures that are sentences; memory stays within
a bound. `--seconds` are of processor time, over all formats in turn. What breaks a rule is printed,
and written to the folder of `--keep`.

Measured: of a few minutes of the processor so far (225 PDF files, 1,650 Word files, 425 texts, 150
mails, 50 JSON files, 25 pages), three breaches: time with the square of a line's length in a PDF
file and of a run of blanks in a page, and a mail lost over comments in its sender. They are fixed.
"""

import argparse
import gzip
import io
import os
import random
import re
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from unittest import mock

from benchmarks.packing import tarred, zipped
from benchmarks.studies.fuzz_samples import NEIGHBOUR, hostile, samples
from summarize.reading import read_paths
from summarize.reading.found import Result

_BATCH = 25
_MOST_BYTES = 4 * 1024**2
# A file that takes longer is named, long before its worker is given up.
_SLOW_SECONDS = 20.0
_MOST_MEMORY = 2 * 1024**3
_FAULTS = re.compile(r"could not be read \(|crashed the parser|it took longer")
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

File = tuple[str, bytes]
Mutation = Callable[[bytes, random.Random], bytes]


def _flipped(data: bytes, rng: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 10, 100))):
        made[rng.randrange(len(made))] = rng.choice((rng.randrange(256), 0, 255, 10, 60, 92))
    return bytes(made)


def _truncated(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def _cut_out(data: bytes, rng: random.Random) -> bytes:
    begin, end = _stretch(data, rng)
    return data[:begin] + data[end:]


def _repeated(data: bytes, rng: random.Random) -> bytes:
    begin, end = _stretch(data, rng)
    times = min(rng.choice((2, 50, 5_000, 100_000)), _MOST_BYTES // (end - begin))
    return data[:begin] + data[begin:end] * times + data[end:]


def _moved(data: bytes, rng: random.Random) -> bytes:
    begin, end = _stretch(data, rng)
    rest, at = data[:begin] + data[end:], rng.randrange(len(data))
    return rest[:at] + data[begin:end] + rest[at:]


def _tag_repeated(data: bytes, rng: random.Random) -> bytes:
    """A tag, a bracket or a line many times: what parsers nest."""
    found = re.findall(rb"<[^<>]{1,40}>|[\[{(<]|[^\r\n]{1,60}\r?\n|\"[^\"]{1,20}\":", data)
    if not found:
        return _repeated(data, rng)
    token = rng.choice(found)
    return data.replace(
        token, token * min(rng.choice((9, 999, 99_999)), _MOST_BYTES // len(token)), 1
    )


def _numbers(data: bytes, rng: random.Random) -> bytes:
    odd = (b"99999999999999999999", b"-1", b"0", b"1e400", b"9" * 5000, b"2147483648", b"0x7f", b"")
    share = rng.choice((0.02, 0.2, 1.0))
    return re.sub(
        rb"\d+", lambda found: rng.choice(odd) if rng.random() < share else found[0], data
    )


def _charset(data: bytes, rng: random.Random) -> bytes:
    names = (b"utf-7", b"utf-16", b"idna", b"punycode", b"hex", b"undefined", b"unicode_escape",
             b"iso-2022-jp", b"utf-8-sig", b"cp037", b"mbcs", b"none", b"gb18030")  # fmt: skip
    return re.sub(rb"(?i)utf-8|iso-8859-1", lambda _: rng.choice(names), data)


def _recoded(data: bytes, rng: random.Random) -> bytes:
    name = rng.choice(("utf-16", "utf-16-le", "utf-32", "utf-7", "cp1252", "cp037", "utf-8-sig"))
    return data.decode("utf-8", "replace").encode(name, "replace")


def _line_ends(data: bytes, rng: random.Random) -> bytes:
    marks = (b"\r", b"\n\r", b"\0\n", b"\x0b", b"\x85", "\u2028".encode(), b"")
    return data.replace(b"\r\n", b"\n").replace(b"\n", rng.choice(marks))


def _inserted(data: bytes, rng: random.Random) -> bytes:
    what = rng.choice((
        b"\0", "\u202e".encode(), b"\xed\xa0\x80", b"\\ud800", b"\\u0000", b"&#0;", b"\x1b[2J",
        b"\xff\xfe", b"<!--", b"]]>", b"<![CDATA[", b'"', b"&x;", b"--", b"\x1a", b"=?utf-8?b?",
    ))  # fmt: skip
    for _ in range(rng.choice((1, 5, 50))):
        at = rng.randrange(len(data))
        data = data[:at] + what + data[at:]
    return data


def _stretch(data: bytes, rng: random.Random) -> tuple[int, int]:
    begin = rng.randrange(len(data))
    return begin, min(len(data), begin + rng.choice((1, 4, 30, 300, 3000)))


_MUTATIONS: Sequence[Mutation] = (
    _flipped, _truncated, _cut_out, _repeated, _moved, _tag_repeated, _numbers, _charset, _recoded,
    _line_ends, _inserted,
)  # fmt: skip


def mutated(name: str, data: bytes, rng: random.Random) -> bytes:
    """The file damaged once or a few times, at times inside its compression."""
    if name.endswith((".zip", ".docx")) and rng.random() < 0.6:
        return _inside_zip(data, rng)
    if name.endswith((".gz", ".tgz")) and rng.random() < 0.6:
        return gzip.compress(_damaged(gzip.decompress(data), rng), 1, mtime=0)
    return _damaged(data, rng)


def _damaged(data: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 1, 2, 4))):
        if data:
            data = rng.choice(_MUTATIONS)(data, rng)[:_MOST_BYTES]
    return data


def _inside_zip(data: bytes, rng: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = [(info.filename, archive.read(info)) for info in archive.infolist()]
    at = rng.randrange(len(files))
    files[at] = (files[at][0], _damaged(files[at][1], rng))
    return zipped(files)


def _files(kind: str, rng: random.Random) -> Iterator[File]:
    """First what is made to hurt, then samples damaged at random, without end."""
    made = samples()[kind]
    yield from hostile().get(kind, ())
    number = 0
    while True:
        name, data = rng.choice(made)
        number += 1
        name, data = f"{number}-{name}", mutated(name, data, rng)
        if rng.random() < 0.05:
            name, data = f"{name}.zip", zipped([(name, data), ("last.txt", NEIGHBOUR.encode())])
        elif rng.random() < 0.05:
            name, data = f"{name}.tar", tarred([(name, data), ("last.txt", NEIGHBOUR.encode())])
        elif rng.random() < 0.05:
            name = f"{number}-{rng.choice(('wrong.txt', 'wrong.json', 'noname', 'wrong.pdf'))}"
        yield name, data


def _batches(files: Iterator[File]) -> Iterator[tuple[File, ...]]:
    while True:
        yield tuple(islice(files, _BATCH))


def broken_rules(files: Sequence[File]) -> list[str]:
    """What reading the files in a folder with a good neighbour did that nothing may do."""
    with tempfile.TemporaryDirectory() as outer:
        folder, empty = Path(outer, "in"), Path(outer, "empty")
        folder.mkdir()
        empty.mkdir()
        for name, data in files:
            (folder / name).write_bytes(data)
        (folder / "zz-neighbour.txt").write_text(NEIGHBOUR, encoding="utf-8")
        before = sorted(path.name for path in folder.iterdir())
        with mock.patch.dict(os.environ, TMPDIR=str(empty)):
            result = read_paths([folder])
        found = list(_unreported(files, folder, result))
        if before != sorted(path.name for path in folder.iterdir()) or any(empty.iterdir()):
            found.append("something was written")
    if resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 > _MOST_MEMORY:
        found.append("more than 2 GB of memory was used, here or before")
    return found


def _unreported(files: Sequence[File], folder: Path, result: Result) -> Iterator[str]:
    articles, failures = result
    if not any(article.path == "zz-neighbour.txt" for article in articles):
        yield "the neighbour was not read"
    for name, _ in files:
        shown = f"{folder}/{name}"
        if not any(_is_of(item.named, shown) for item in articles) and not any(
            _is_of(failure.path, shown) for failure in failures
        ):
            yield f"{name}: neither an article nor a failure"
    for failure in failures:
        if _FAULTS.search(failure.reason):
            yield f"{failure.path}: {failure.reason}"
        if _ODD.search(failure.path + failure.reason) or not 10 < len(failure.reason) < 400:
            yield f"no sentence: {failure!r}"
    for article in articles:
        if _ODD.search(article.path + (article.title or "") + (article.source or "")):
            yield f"no name: {article.path!r} {article.title!r} {article.source!r}"
        article.text.encode()


def _is_of(path: str, shown: str) -> bool:
    return path == shown or path.startswith((f"{shown}/", f"{shown}#"))


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _study(kind: str, seconds: float, seed: int, keep: Path | None) -> None:
    """Read files of a kind for so long, and print what was found."""
    begun, tried = _spent(), 0
    told: Counter[str] = Counter()
    rng = random.Random(f"{seed} {kind}")  # noqa: S311 (to try things, not to keep secrets)
    for batch in _batches(_files(kind, rng)):
        since = _spent()
        if broken_rules(batch) or _spent() - since > _SLOW_SECONDS:
            for file in batch:
                found = _alone(file)
                told.update(found)
                if found and keep:
                    (keep / f"{kind}-{seed}-{file[0]}").write_bytes(file[1])
        tried += len(batch)
        if _spent() - begun > seconds:
            break
    print(f"{kind:9} {tried:6} files {_spent() - begun:6.0f} s  {len(told)} findings")
    for finding in told:
        print(f"    {finding}")
    sys.stdout.flush()


def _alone(file: File) -> list[str]:
    """What a file does by itself. On a busy machine the worker's patience ends too early."""
    since = _spent()
    found = broken_rules([file])
    if (spent := _spent() - since) > _SLOW_SECONDS:
        return [*found, f"{file[0]}: took {spent:.0f} s of the processor"]
    return [finding for finding in found if "it took longer" not in finding]


def main() -> None:
    """Try the formats in turn."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--format", action="append", choices=tuple(samples()), dest="formats")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    kinds = given.formats or tuple(samples())
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
    for kind in kinds:
        _study(kind, given.seconds / len(kinds), given.seed, given.keep)


if __name__ == "__main__":
    main()
