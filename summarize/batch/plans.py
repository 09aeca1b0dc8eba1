"""`--dry-run`: what a run would make, and why."""

from collections.abc import Iterator
from contextlib import closing

from summarize.batch.courses import wanted
from summarize.batch.inbox import groups
from summarize.batch.job import Options, ledger_path
from summarize.batch.keys import conditions
from summarize.batch.ledger import Ledger, reading
from summarize.batch.watching import Watcher
from summarize.batch.works import Job
from summarize.render.phrases import count, harmless

__all__ = ["would_run"]


def would_run(options: Options) -> Iterator[str]:
    """A line for each digest that would be made, and one for all; nothing is written."""
    out = options.out.absolute()
    told = conditions(options.settings, options.formats, pooled=options.pooled)
    path = ledger_path(out)
    made = total = 0
    with reading(path) if path.is_file() else closing(Ledger(None)) as ledger:
        watcher = Watcher(quiet=True)
        job = Job(out, options.settings, options.formats, options.pooled, told, ledger, watcher)
        for group in groups(options.inboxes, out, pooled=options.pooled):
            total += 1
            found = wanted(group, job)
            if found is not None:
                made += 1
                reason, files, unread = found
                yield harmless(f"{group.name}: {count(files, 'file')}, {unread} to read: {reason}")
    yield f"{made} of {count(total, 'digest')} would be made."
