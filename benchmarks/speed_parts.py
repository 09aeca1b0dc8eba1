"""What `benchmarks.speed` measures besides whole digests, each part in a process of its own."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from summarize.records import Article

__all__ = ["machine", "rates", "writing"]

_PASSAGES = 24
_WIDTH = 1024
_COPIED = 64 * 2**20
# Writes passages with the code of whatever version is on the path.
_OTHER_VERSION = """
import json, sys, time
from pathlib import Path
from summarize.writer.copying import CopyingWriter
writer = CopyingWriter.load(Path(sys.argv[1]), 1)
passages = [tuple(p) for p in json.loads(Path(sys.argv[2]).read_text())]
writer.write(passages[:2])
def seconds():
    begin = time.process_time()
    writer.write(passages)
    return time.process_time() - begin
print(json.dumps(min(seconds() for _ in range(3))))
"""


def _seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _articles(folder: str, count: int) -> tuple[Article, ...]:
    """Cleaned articles of the folder."""
    from summarize.cleaning import clean_all
    from summarize.reading import read_paths

    paths = sorted(Path(folder).iterdir())[:count]
    articles, _ = clean_all(read_paths(paths, jobs=1)[0])
    return tuple(article for article in articles if article.paragraphs)


def rates(folder: str, count: str) -> dict[str, float | None]:
    """Articles a CPU second of single stages, and of the libraries that do the same."""
    from summarize.claims import extract
    from summarize.dating import place
    from summarize.dedup import deduplicate
    from summarize.scoring import SourceIndex
    from summarize.sentences import split_sentences
    from summarize.stories import group

    articles = _articles(folder, int(count))
    told = {article.id: split_sentences(article) for article in articles}
    place(articles[:2])

    def score() -> None:
        for sentences in told.values():
            index = SourceIndex(sentences)
            for sentence in sentences[:3]:
                index.judge(sentence.text, (sentence,))

    chronology = place(articles)
    work: dict[str, Callable[[], object] | None] = {
        "duplicates": lambda: deduplicate(articles),
        "duplicates: datasketch": _datasketch(articles),
        "dating": lambda: place(articles),
        "grouping": lambda: group(articles, chronology),
        "claims of the first three sentences": lambda: [
            extract(sentence.text) for found in told.values() for sentence in found[:3]
        ],
        "scoring a lead of three sentences": score,
        "quantities: quantulum3": _quantulum([s for found in told.values() for s in found[:3]]),
        "a ranking: sumy's LexRank": _sumy(told),
    }  # fmt: skip
    from summarize import language

    def rate(job: Callable[[], object] | None) -> float | None:
        for kept in (language._parsed, language._packed):  # noqa: SLF001
            kept.clear()  # what another stage has parsed is not free
        extract.cache_clear()
        return None if job is None else len(articles) / max(1e-9, _seconds(job))

    return {name: rate(job) for name, job in work.items()}


def _datasketch(articles: Sequence[Article]) -> Any:
    try:
        library = import_module("datasketch")
    except ImportError:
        return None

    def find() -> None:
        index = library.MinHashLSH(threshold=0.5, num_perm=128)
        for number, article in enumerate(articles):
            words, made = article.body.lower().split(), library.MinHash(num_perm=128)
            for start in range(len(words) - 4):
                made.update(" ".join(words[start : start + 5]).encode())
            index.query(made)
            index.insert(str(number), made)

    return find


def _quantulum(sentences: Sequence[Any]) -> Any:
    try:
        parser = import_module("quantulum3.parser")
    except ImportError:
        return None
    return lambda: [parser.parse(sentence.text) for sentence in sentences]


def _sumy(told: dict[str, Any]) -> Any:
    from summarize.errors import SummarizeError

    try:
        from benchmarks.records import Example
        from benchmarks.systems.tools_extractive import sumy
        from summarize.settings import Length

        tool = sumy("lexrank")
    except SummarizeError:
        return None
    examples = [
        Example(id=key, documents=(" ".join(s.text for s in found),)) for key, found in told.items()
    ]
    return lambda: [tool.choose(example, Length(3, "sentences")) for example in examples]


def machine() -> dict[str, float]:
    """GFLOP a second of a float32 matrix product, and GB a second of a copy, on one thread."""
    import numpy as np
    from threadpoolctl import threadpool_limits

    one = np.ones((_WIDTH, _WIDTH), np.float32)
    much = np.ones(_COPIED, np.float32)
    with threadpool_limits(1):
        took = min(_seconds(lambda: one @ one) for _ in range(5))
        copied = min(_seconds(much.copy) for _ in range(3))
    return {"gflops": 2e-9 * _WIDTH**3 / took, "gigabytes": 8e-9 * _COPIED / copied}


def writing(folder: str, before: str) -> dict[str, float]:
    """CPU seconds of the bundled writer, GFLOP of its layers, and the seconds of a version before.

    The version is any commit whose code reads the present weights; "" for none.
    """
    from summarize.models import find_model
    from summarize.sentences import split_sentences
    from summarize.writer.copying import CopyingWriter
    from summarize.writer.copying_layers import Linear

    weights = find_model("copyist").folder
    assert weights is not None
    sentences = [split_sentences(a)[1:3] for a in _articles(folder, _PASSAGES // 2)]
    passages = [(s.text,) for found in sentences for s in found]
    writer = CopyingWriter.load(weights, 1)
    # The pipeline has parsed what it asks for; as elsewhere, the best of three.
    writer.write(passages)
    took = min(_seconds(lambda: writer.write(passages)) for _ in range(3))
    found = {"passages": float(len(passages)), "seconds": took}
    done: list[float] = []
    layer = Linear.__call__

    def counted(self: Linear, x: Any) -> Any:
        done.append(2e-9 * x.size * len(self.bias))
        return layer(self, x)

    with patch.object(Linear, "__call__", counted):
        writer.write(passages)
    found["gflop"] = sum(done)
    if before:
        found["before"] = _written_before(before, weights, passages)
    return found


def _written_before(commit: str, weights: Path, passages: Sequence[tuple[str, ...]]) -> float:
    """CPU seconds that the writer of another commit takes for the same passages."""
    with TemporaryDirectory() as scratch:
        pack = ["git", "archive", commit, "summarize", "prompts"]
        packed = subprocess.run(pack, stdout=subprocess.PIPE, check=True)  # noqa: S603
        unpack = ["tar", "-x", "-C", scratch]
        subprocess.run(unpack, input=packed.stdout, check=True)  # noqa: S603
        asked = Path(scratch) / "passages.json"
        asked.write_text(json.dumps(passages), encoding="utf-8")
        command = [sys.executable, "-c", _OTHER_VERSION, str(weights), str(asked)]
        done = subprocess.run(  # noqa: S603
            command, stdout=subprocess.PIPE, check=True, cwd=scratch, env=_path(scratch)
        )
        return float(json.loads(done.stdout))


def _path(folder: str) -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": folder, "OMP_NUM_THREADS": "1"}
