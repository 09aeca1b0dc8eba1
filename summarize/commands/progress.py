"""A sign of life on stderr."""

import signal
import sys
import threading
import time
from types import FrameType, TracebackType
from typing import Self

__all__ = ["Spinner"]

_PATIENCE = 2.0


class Spinner:
    """Shows the running stage after two seconds, only when stderr is a terminal.

    Use as a context manager and call it with each stage's name. Some libraries swallow the
    KeyboardInterrupt that reaches them while they are imported: it is raised again at the next
    stage, or at the end.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._active = not quiet and sys.stderr.isatty()
        self._stage = "starting"
        self._interrupted = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._spin, daemon=True)

    def __call__(self, stage: str) -> None:
        """Name the stage that begins; raises KeyboardInterrupt if one was swallowed before."""
        self._stage = stage
        if self._interrupted:
            raise KeyboardInterrupt

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self._interrupt)
        if self._active:
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        if self._active:
            self._thread.join()
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, signal.default_int_handler)
        if self._interrupted and kind is None:
            raise KeyboardInterrupt

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._interrupted = True
        raise KeyboardInterrupt

    def _spin(self) -> None:
        began = time.monotonic()
        if self._stop.wait(_PATIENCE):
            return
        from rich.console import Console

        console = Console(stderr=True)
        with console.status("") as status:
            while not self._stop.wait(0.2):
                said = f"{self._stage} ({time.monotonic() - began:.0f} s)"
                # A second line would be left behind; the spinner and a blank stand before it.
                status.update(said[: console.width - 3])
