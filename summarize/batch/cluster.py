"""Workers on the machines of a Ray cluster.

Each worker is an actor with a core of its own, which keeps its tools. Actors hold nothing that
cannot be made again and are never restarted by Ray: the driver finds one that is lost, begins
another, and the scheduler gives the order out again.
"""

import os
import signal
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from summarize.batch.errors import StoppedError
from summarize.batch.executor import Outcome
from summarize.batch.keys import because, conditions
from summarize.batch.local import LocalExecutor
from summarize.batch.orders import Read
from summarize.batch.tasks import Tools
from summarize.batch.worker import answer
from summarize.errors import ModelUnavailableError, UsageError
from summarize.settings import Settings

__all__ = ["RayExecutor", "connect"]

# So many workers in a row that end before they begin are no accident.
_MOST_STILLBORN = 3
# A node that an autoscaler orders takes minutes; a cluster without a free core for so long is full.
_START_SECONDS = 600.0
# How long the driver's own worker may have to wait to be asked for what it has done.
_LOOK_SECONDS = 0.1


def connect(address: str) -> int:
    """Join the cluster at `address` ("auto": this machine's, "local": a new one); its cores.

    Raises UsageError where Ray is not installed or no cluster is there.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError as error:
        raise UsageError("Ray is not installed.", "pip install 'summarize[ray]'") from error
    terminated = signal.getsignal(signal.SIGTERM)
    quiet = not os.environ.get("SUMMARIZE_DEBUG")
    try:
        ray.init(address=address, log_to_driver=not quiet, configure_logging=not quiet)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise UsageError(
            f"There is no Ray cluster at {address}.", "Begin one with: ray start --head"
        ) from error
    # Ray takes the signal for itself.
    signal.signal(signal.SIGTERM, terminated)
    return int(ray.cluster_resources().get("CPU", 0))


class Worker:
    """What an actor is: `worker.answer` with tools that last."""

    def __init__(self) -> None:
        self._tools = Tools()

    def ready(self, settings: Settings) -> tuple[str, Any]:
        """The node's name and what results depend on there, which must be the driver's."""
        node = os.uname().nodename
        try:
            return node, conditions(settings, (), pooled=False).digest
        except ModelUnavailableError as error:
            return node, str(error)

    def do(self, order: Any) -> tuple[str, Any, float]:
        """An order done."""
        return answer(self._tools, order)


@dataclass(slots=True)
class _Order:
    """An order, and for how many seconds it may be worked at."""

    ticket: int
    order: Any
    patience: float


@dataclass(slots=True)
class _Actor:
    """An actor, what the driver waits for of it (None when it is idle), and what it is at.

    It is `ready` for orders once it has said so, and `proven` if it ever has.
    """

    handle: Any
    answer: Any
    began: float
    ready: bool = False
    proven: bool = False
    at: _Order | None = None

    @property
    def deadline(self) -> float:
        """When it is given up."""
        return self.began + (self.at.patience if self.at else _START_SECONDS)


class RayExecutor:
    """Up to `jobs` actors on the cluster that `connect` joined.

    What is too large to be sent is read on the driver's machine, by a process of its own.
    """

    def __init__(self, jobs: int, settings: Settings, gpus: float = 0.0) -> None:
        """`gpus` is the part of a GPU that each actor is given."""
        import ray

        self._ray = ray
        self._jobs = jobs
        self._settings = settings
        self._expected = conditions(settings, (), pooled=False).digest
        self._kind = ray.remote(
            num_cpus=1, num_gpus=gpus, max_restarts=0, max_task_retries=0,
            scheduling_strategy="SPREAD",
        )(Worker)  # fmt: skip
        self._actors: list[_Actor] = []
        self._waiting: deque[_Order] = deque()
        self._near = LocalExecutor(1)
        self._large: deque[_Order] = deque()
        self._reading = 0
        self._stillborn = 0

    def free(self) -> int:
        """How many orders would be begun at once."""
        busy = sum(actor.at is not None for actor in self._actors)
        return self._jobs - busy - len(self._waiting) - len(self._large) - self._reading

    def submit(self, ticket: int, order: Any, patience: float) -> None:
        """Begin an order, on an actor as soon as there is one; its patience begins then."""
        large = isinstance(order, Read) and order.data is None
        (self._large if large else self._waiting).append(_Order(ticket, order, patience))
        self._give_out()

    def wait(self, seconds: float) -> list[Outcome]:
        """What ended, after at most so many seconds; empty when nothing did."""
        found = self._near.wait(_LOOK_SECONDS) if self._reading else []
        self._reading -= len(found)
        pending = {actor.answer: actor for actor in self._actors if actor.answer is not None}
        if pending:
            ended, _ = self._ray.wait([*pending], timeout=0 if self._reading or found else seconds)
            for told in ended:
                found += self._received(pending.pop(told))
        for actor in pending.values():
            if time.monotonic() >= actor.deadline:
                found += self._given_up(actor)
        self._give_out()
        return found

    def close(self) -> None:
        """Stop all actors, whatever they do, and leave the cluster."""
        self._near.close()
        for actor in self._actors:
            self._ray.kill(actor.handle)
        self._actors.clear()
        self._ray.shutdown()

    def _give_out(self) -> None:
        """Give the waiting orders to idle actors, and begin more actors for the rest."""
        while self._large and self._near.free() > 0:
            order = self._large.popleft()
            self._near.submit(order.ticket, order.order, order.patience)
            self._reading += 1
        for actor in self._actors:
            if self._waiting and actor.ready and actor.at is None:
                actor.at = self._waiting.popleft()
                actor.answer = actor.handle.do.remote(actor.at.order)
                actor.began = time.monotonic()
        starting = sum(not actor.ready for actor in self._actors)
        for _ in range(min(len(self._waiting) - starting, self._jobs - len(self._actors))):
            handle = self._kind.remote()
            ready = handle.ready.remote(self._settings)
            self._actors.append(_Actor(handle, ready, time.monotonic()))

    def _doubt(self) -> None:
        """Ask idle actors whether they live: the node that lost one may have been theirs."""
        for actor in self._actors:
            if actor.ready and actor.at is None:
                actor.ready, actor.began = False, time.monotonic()
                actor.answer = actor.handle.ready.remote(self._settings)

    def _received(self, actor: _Actor) -> list[Outcome]:
        """What an actor says: that it is ready, or how its order ended; or that it is lost."""
        try:
            told = self._ray.get(actor.answer)
        except self._ray.exceptions.RayError:
            return self._lost(actor, "its worker or the node of that was lost")
        actor.answer = None
        if not actor.ready:
            self._check(*told)
            actor.ready = actor.proven = True
            self._stillborn = 0
            return []
        assert actor.at is not None
        ticket, actor.at = actor.at.ticket, None
        state, value, seconds = told
        if state == "done":
            return [Outcome(ticket, "done", value, seconds=seconds)]
        return [Outcome(ticket, state, reason=value, seconds=seconds)]

    def _check(self, node: str, found: Any) -> None:
        """Refuse a node whose results would not be those of the driver's machine."""
        if found != self._expected:
            reason = found if isinstance(found, str) else because(found, self._expected)
            raise StoppedError(
                f"The node {node} cannot be used: {reason}.",
                "Install the same versions and the same model on all nodes.",
            )

    def _given_up(self, actor: _Actor) -> list[Outcome]:
        """An actor whose time is over; one that no node has room for yet may wait beside others."""
        if actor.ready:
            assert actor.at is not None
            return self._lost(actor, f"it took longer than {actor.at.patience:g} seconds")
        if any(other.ready for other in self._actors):
            actor.began = time.monotonic()
            return []
        raise StoppedError("The Ray cluster has no room for a worker.", "See: ray status")

    def _lost(self, actor: _Actor, reason: str) -> list[Outcome]:
        """Take an actor out of the number; what became of its order."""
        self._ray.kill(actor.handle)
        self._actors.remove(actor)
        self._doubt()
        if actor.ready:
            assert actor.at is not None
            seconds = time.monotonic() - actor.began
            return [Outcome(actor.at.ticket, "lost", reason=reason, seconds=seconds)]
        self._stillborn += not actor.proven
        if self._stillborn > _MOST_STILLBORN:
            raise StoppedError("No worker can be started on the Ray cluster.", "See: ray status")
        return []
