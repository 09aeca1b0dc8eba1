"""The memory of the driver by itself, with workers that only pretend to work.

What a worker would make of an article of 4 KB: measured on the made-up news and on CNN stories, an
outline has about 10 KB for each article, a plan 5 KB, a summary 2 KB, a page 40 KB.
"""

import os
import resource
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from summarize.batch.executor import Outcome
from summarize.batch.job import Options, run
from summarize.batch.orders import (
    Finish,
    Finished,
    Outline,
    Outlined,
    Page,
    Planned,
    Read,
    Summarize,
)
from summarize.batch.watching import Watcher
from summarize.codec import pack
from summarize.records import Article
from summarize.settings import Settings

__all__ = ["driver_peak"]


@dataclass(slots=True)
class Canned:
    """Answers every order with bytes that mean nothing."""

    _ended: list[Outcome] = field(default_factory=list)

    def free(self) -> int:
        """How many orders would be begun at once."""
        return 2 - len(self._ended)

    def submit(self, ticket: int, order: Any, patience: float) -> None:
        """Answer the order."""
        del patience
        self._ended.append(Outcome(ticket, "done", _answer(order), seconds=0.1))

    def wait(self, seconds: float) -> list[Outcome]:
        """The answers."""
        del seconds
        ended, self._ended = self._ended, []
        return ended

    def close(self) -> None:
        """Nothing to stop."""


def _answer(order: Any) -> Any:
    if isinstance(order, Read):
        text = (order.data or b"").decode()
        return pack(((Article(blake2b(text.encode()).hexdigest()[:16], "", text),), ()))
    if isinstance(order, Outline):
        names = [named for _, named, _ in order.files]
        planned = tuple(
            Planned(
                (kind, name), name, (name,), {"the text": name, "kind": kind}, os.urandom(5_000)
            )
            for name in names
            for kind in ("story", "article")
        )
        return pack(Outlined(os.urandom(10_000 * len(names)), planned, len(names), ()))
    if isinstance(order, Summarize):
        return os.urandom(2_000)
    assert isinstance(order, Finish)
    size = 20_000 * (1 + len(order.summaries) // 2)
    texts = {form: os.urandom(size) for form in order.formats}
    return Finished((Page(order.name, (order.name,) * 3, 3, "2024-01-01", texts),), b"")


def driver_peak(inbox: Path, out: Path) -> int:
    """Make all digests in this process; its largest memory so far, in KB."""
    options = Options((inbox,), out, Settings(model="quote", jobs=2), executor=lambda _: Canned())
    run(options, Watcher(quiet=True))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
