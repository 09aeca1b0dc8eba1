"""What the ledger can tell: `batch status`, `why`, `retry` and `gc`."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from summarize.batch.files import TEMPORARY, remove
from summarize.batch.job import ledger_path
from summarize.batch.ledger import Ledger, reading
from summarize.batch.lock import is_held, locked
from summarize.errors import UsageError
from summarize.render.phrases import count, harmless

__all__ = ["collect_garbage", "retry_failed", "status_lines", "why_lines"]

_SHOWN = 20


@contextmanager
def _ledger(out: Path, *, alone: bool = False) -> Iterator[Ledger]:
    """The ledger of a batch, `alone` without another run; raises UsageError where there is none."""
    path = ledger_path(out.absolute())
    if not path.is_file():
        raise UsageError(f"{out} is no output folder of a batch.", "Name what --out was given.")
    if alone:
        with (
            locked(path.parent / "lock", wait=False, waiting=lambda _: None),
            closing(Ledger(path)) as found,
        ):
            yield found
        return
    with reading(path) as ledger:
        yield ledger


def status_lines(out: Path) -> Iterator[str]:
    """How much is done, how the last run ended, and what failed."""
    with _ledger(out) as ledger:
        runs = ledger.rows("SELECT id, state FROM runs ORDER BY id DESC LIMIT 1")
        yield f"run {runs[0][0]}: {_state(out, runs[0][1])}" if runs else "nothing has run yet"
        for kind, state, number, seconds in ledger.rows(
            "SELECT kind, state, count(*), sum(seconds) FROM items GROUP BY kind, state"
        ):
            yield f"{kind} {state}: {number} ({seconds:.1f} s of work)"
        for state, number in ledger.rows("SELECT state, count(*) FROM digests GROUP BY state"):
            yield f"digest {state}: {number}"
        shown = 0
        for made in ledger.digests():
            for path, reason in made.failures:
                shown += 1
                if shown <= _SHOWN:
                    yield harmless(f"failed in {made.name}: {path}: {reason}")
        if shown > _SHOWN:
            yield f"and {shown - _SHOWN} more: see run.json"


def _state(out: Path, state: str) -> str:
    """How the last run ended; one that was killed, or had no room on the disk, could not say so."""
    if state != "running" or is_held(ledger_path(out.absolute()).parent / "lock"):
        return state
    return "broke off (killed, or the disk was full); run it again to go on"


def why_lines(out: Path, name: str) -> Iterator[str]:
    """What the last run made, and why; of what has `name` in its path."""
    with _ledger(out) as ledger:
        found = ledger.rows(
            "SELECT kind, subject, because, state FROM items "
            "WHERE run = (SELECT max(id) FROM runs) UNION ALL "
            "SELECT 'digest', name, because, state FROM digests "
            "WHERE run = (SELECT max(id) FROM runs) ORDER BY 2, 1, 3"
        )
        shown = [row for row in found if name in row[1]]
        for kind, subject, reason, state in shown:
            ending = "" if state == "done" else f" ({state})"
            yield harmless(f"{kind} {subject}: {reason}{ending}")
        if not shown:
            yield "The last run made nothing" + (f" with {name!r} in its path." if name else ".")


def retry_failed(out: Path) -> str:
    """Forget the failures; what was forgotten, as a sentence."""
    with _ledger(out, alone=True) as ledger:
        number = ledger.retry()
    if not number:
        return "No failure is kept: what cannot be read is looked at again when it has changed."
    return f"{count(number, 'failure')} forgotten; the next run tries again."


def collect_garbage(out: Path) -> str:
    """Remove what nothing uses; what was removed, as a sentence."""
    with _ledger(out, alone=True) as ledger:
        number = ledger.collect()
    left = [path for path in out.rglob(f".*{TEMPORARY}") if path.is_file()]
    for path in left:
        remove(path)
    return f"{count(number, 'unused result')} and {count(len(left), 'unfinished file')} removed."
