"""How long a worker may be silent."""

import threading
import time
from collections.abc import Callable

__all__ = ["Patience"]

# What each article that comes adds to the time that is left: a page takes 0.06 s on average, so an
# archive of any size has time enough, and one of ten thousand slow pages ends.
_EARNED_SECONDS = 1.0


class Patience:
    """Calls `give_up` when `seconds` have passed; each renewal gives a second more, up to that.

    `reason` then says why, as a sentence for the user; until then it is None.
    """

    def __init__(self, seconds: float, give_up: Callable[[], None]) -> None:
        self.reason: str | None = None
        self._most = seconds
        self._give_up = give_up
        self._deadline = time.monotonic() + seconds
        self._over = threading.Event()
        self._lock = threading.Lock()
        threading.Thread(target=self._watch, daemon=True).start()

    def renew(self) -> None:
        """Something came."""
        latest = time.monotonic() + self._most
        self._deadline = min(self._deadline + _EARNED_SECONDS, latest)

    def stop(self) -> None:
        """It is done; `give_up` is not called any more."""
        with self._lock:
            self._over.set()

    def _watch(self) -> None:
        while (left := self._deadline - time.monotonic()) > 0:
            if self._over.wait(left):
                return
        with self._lock:
            if not self._over.is_set():
                self.reason = f"it took longer than {self._most:g} seconds"
                self._give_up()
