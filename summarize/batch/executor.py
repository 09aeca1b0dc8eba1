"""Where work runs: the seam between the driver and whatever machines there are."""

from dataclasses import dataclass
from typing import Any, Literal, Protocol

__all__ = ["Executor", "Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a piece of work ended.

    `state` is "done" with the task's `value`; "failed" when it raised, "lost" when the worker died
    or was given up over it, with the `reason` as a phrase; or "unusable" when there is no model
    to work with, with the `reason` as a sentence. `seconds` is what it took.
    """

    ticket: int
    state: Literal["done", "failed", "lost", "unusable"]
    value: Any = None
    reason: str = ""
    seconds: float = 0.0


class Executor(Protocol):
    """Workers that do the orders of `tasks`, one at a time each, and keep nothing.

    The driver alone writes the ledger and the outputs, so a worker may die at any time. Both
    `submit` and `wait` raise StoppedError where no worker can be started.
    """

    def free(self) -> int:
        """How many orders would be begun at once."""

    def submit(self, ticket: int, order: Any, patience: float) -> None:
        """Begin an order; it is given up as lost after `patience` seconds."""

    def wait(self, seconds: float) -> list[Outcome]:
        """What ended, after at most so many seconds; empty when nothing did."""

    def close(self) -> None:
        """Stop all workers, whatever they do."""
