"""Scores many pairs of a summary and its sources, one line in, one line out.

Only some lines are in memory at a time, and the results come in the order of the input for any
number of processes. A line that cannot be scored gives a line that says so.
"""

import json
import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import BinaryIO

from summarize.errors import SummarizeError
from summarize.scoring.inputs import BadPair, Pair, read_pairs

__all__ = ["Scored", "Totals", "score_pairs", "serve"]

# How many lines each process may be ahead: enough that none waits for a slow neighbour.
_AHEAD = 4

_SERVE = f"from {__name__} import serve; serve()"


@dataclass(frozen=True, slots=True)
class Scored:
    """What became of one line: the JSON `text` to print, and its figures or its `error`."""

    line: int
    text: str
    claims: int = 0
    held: int = 0
    words: int = 0
    error: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether a summary without a word was scored."""
        return not self.error and not self.words


@dataclass(slots=True)
class Totals:
    """The sums over all lines so far."""

    pairs: int = 0
    failed: int = 0
    empty: int = 0
    claims: int = 0
    held: int = 0

    def add(self, scored: Scored) -> None:
        """Count one line in."""
        self.pairs += 1
        self.failed += bool(scored.error)
        self.empty += scored.is_empty
        self.claims += scored.claims
        self.held += scored.held

    @property
    def accuracy(self) -> float | None:
        """Share of all claims of all pairs that hold; None without claims."""
        return self.held / self.claims if self.claims else None


def score_pairs(stream: BinaryIO, jobs: int = 1) -> Iterator[Scored]:
    """The result of each line of `stream`, in order, on up to `jobs` processes."""
    pairs = read_pairs(stream)
    yield from map(_scored, pairs) if jobs == 1 else _spread(pairs, jobs)


def _scored(pair: Pair | BadPair) -> Scored:
    """The result of one line; whatever goes wrong with it is its result."""
    from summarize.render.score_json import line
    from summarize.scoring.report import score

    if isinstance(pair, BadPair):
        return _failed(pair, pair.reason)
    try:
        report = score(pair.summary, pair.sources)
    except SummarizeError:
        raise
    except Exception as error:  # noqa: BLE001 (one pair must not lose the others)
        return _failed(pair, f"it could not be scored ({type(error).__name__})")
    held = sum(e.verdict in ("supported", "derived") for e in report.evidence)
    text = line(report, pair.line, pair.id)
    return Scored(pair.line, text, len(report.evidence), held, len(pair.summary.split()))


def _failed(pair: Pair | BadPair, reason: str) -> Scored:
    value = {"line": pair.line, "id": pair.id, "error": reason}
    return Scored(pair.line, f"{json.dumps(value, ensure_ascii=False)}\n", error=reason)


def _spread(pairs: Iterator[Pair | BadPair], jobs: int) -> Iterator[Scored]:
    """The results on several processes: few pairs are under way, and the first is waited for."""
    idle: SimpleQueue[_Worker] = SimpleQueue()
    workers = [_Worker() for _ in range(jobs)]
    for worker in workers:
        idle.put(worker)

    def score(pair: Pair | BadPair) -> Scored:
        worker = idle.get()
        try:
            return worker.score(pair)
        finally:
            idle.put(worker)

    under_way: deque[Future[Scored]] = deque()
    threads = ThreadPoolExecutor(jobs)
    try:
        for pair in pairs:
            under_way.append(threads.submit(score, pair))
            if len(under_way) >= _AHEAD * jobs:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.end()


class _Worker:
    """A child process that scores; one that dies over a pair costs that pair only.

    It is a plain child, as a `multiprocessing` one would import the caller's main module again.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def score(self, pair: Pair | BadPair) -> Scored:
        try:
            return self._asked(pair)
        except (OSError, EOFError, pickle.UnpicklingError):
            self.end()
            return _failed(pair, "the process that scored it died")

    def _asked(self, pair: Pair | BadPair) -> Scored:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
                [sys.executable, "-c", _SERVE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        pickle.dump(pair, self._process.stdin)
        self._process.stdin.flush()
        answer: Scored | SummarizeError = pickle.load(self._process.stdout)  # noqa: S301 (our own child)
        if isinstance(answer, SummarizeError):
            raise answer
        return answer

    def end(self) -> None:
        """Stop the child, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def serve() -> None:
    """What a child runs: pairs from stdin, results to stdout, until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    while True:
        try:
            pair = pickle.load(sys.stdin.buffer)  # noqa: S301 (our own parent)
        except EOFError:
            return
        try:
            answer: Scored | SummarizeError = _scored(pair)
        except SummarizeError as error:
            answer = error
        pickle.dump(answer, answers)
        answers.flush()
