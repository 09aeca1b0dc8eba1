"""A worker process: orders in, results out, until the driver is gone."""

import os
import select
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection
from typing import Any

from summarize.errors import ModelUnavailableError

__all__ = ["answer", "serve"]


def answer(tools: Any, order: Any) -> tuple[str, Any, float]:
    """An order done: state and value as in `executor.Outcome`, and the seconds it took."""
    from summarize.batch.tasks import TASKS

    began = time.monotonic()
    try:
        value = TASKS[type(order)](tools, order)
    except ModelUnavailableError as error:
        return "unusable", str(error), time.monotonic() - began
    except MemoryError:
        return "failed", "it needs more memory than there is", time.monotonic() - began
    except Exception as error:  # noqa: BLE001 (one bad article must not stop the others)
        told = " ".join(str(error).split())[:200]
        reason = f"{type(error).__name__}: {told}" if told else type(error).__name__
        return "failed", reason, time.monotonic() - began
    return "done", value, time.monotonic() - began


def serve(handle: int) -> None:
    """The child's side of `local.LocalExecutor`, on the socket of that number."""
    # The driver decides what an interrupt from the keyboard means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    driver = Connection(handle)
    threading.Thread(target=_end_with_driver, args=(handle,), daemon=True).start()
    from summarize.batch.tasks import Tools

    tools = Tools()
    try:
        driver.send(("ready", None, 0.0))
        while True:
            driver.send(answer(tools, driver.recv()))
    except (EOFError, OSError):
        sys.exit()


def _end_with_driver(handle: int) -> None:
    """End this process when the driver is gone, in the middle of whatever it does."""
    poll = select.poll()
    poll.register(handle, 0)
    poll.poll()
    os._exit(1)
