"""Once, or again whenever the inboxes change."""

import time
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

from summarize.batch.inbox import groups
from summarize.batch.job import Options, run
from summarize.batch.watching import Watcher
from summarize.errors import NothingToReadError

__all__ = ["once_or_always", "seen"]

_POLL_SECONDS = 2.0
# What is still being copied in is left to settle for a look or two.
_SETTLED_LOOKS = 2


def once_or_always(options: Options, *, watch: bool, quiet: bool, metrics: Path | None) -> bool:
    """Run, and with `watch` again after each change of the inboxes, until interrupted.

    Whether no input failed; raises what `run` raises.
    """
    while True:
        before = seen(options.inboxes, options.out, pooled=options.pooled) if watch else ""
        with Watcher(quiet=quiet, metrics=metrics) as watcher:
            fine = run(options, watcher)
        if not watch:
            return fine
        _await_change(options, before)


def seen(inboxes: Sequence[Path], out: Path, *, pooled: bool) -> str:
    """A hash of what the inboxes look like: names, sizes and times, to notice a change by.

    What has to be done is decided by the files' content alone.
    """
    found = blake2b(digest_size=16)
    try:
        for group in groups(inboxes, out, pooled=pooled):
            for place in group.places:
                try:
                    state = place.stat()
                    facts = (str(place), state.st_size, state.st_mtime_ns, state.st_ino)
                except OSError as error:
                    facts = (str(place), error.errno or 0, 0, 0)
                found.update(repr(facts).encode("utf-8", "replace"))
    except NothingToReadError:  # an inbox that is gone may come back
        found.update(b"gone")
    return found.hexdigest()


def _await_change(options: Options, before: str) -> None:
    """Return when the inboxes have changed and then stayed as they are for a while."""
    last, same = before, 0
    while last == before or same < _SETTLED_LOOKS:
        time.sleep(_POLL_SECONDS)
        now = seen(options.inboxes, options.out, pooled=options.pooled)
        same = same + 1 if now == last else 0
        last = now
