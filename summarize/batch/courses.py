"""The course of one digest: from the files of a folder to pages on the disk."""

import time
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from summarize.batch.files import content_hash, file_hash, put, remove
from summarize.batch.inbox import Group
from summarize.batch.keys import because, key_of
from summarize.batch.ledger import Digested
from summarize.batch.making import Made, make
from summarize.batch.orders import Page
from summarize.batch.pages import address
from summarize.batch.scheduler import Course, Result, Work
from summarize.batch.works import Job, Making, basis_of, reading
from summarize.records import Failure

__all__ = ["course", "wanted"]


def course(group: Group, job: Job) -> Course:
    """Make the digest of a group, unless it is made already; keep in the ledger that it is."""
    began = time.monotonic()
    making = Making(group)
    works = reading(making, job)
    basis = basis_of(making, job)
    key = key_of([group.name, basis])
    before = job.ledger.digest(group.name)
    if before is not None and before.key == key and _intact(before, job.out):
        job.watcher.count("digest", "failed" if before.state == "failed" else "reused")
        return
    reason = because(basis, before.basis if before else None)
    yield from _read(works, making)
    made = yield from make(making, job, before)
    kept = Digested(
        group.name, key, made.state, reason, basis, time.monotonic() - began,
        pages=tuple(_told(page, made.updates) for page in made.pages),
        outputs={},
        failures=tuple((failure.path, failure.reason) for failure in made.failures),
        told=made.told, since=made.since,
    )  # fmt: skip
    if made.state == "failed" and before is not None:
        kept = replace(kept, pages=before.pages, outputs=before.outputs,
                       told=before.told, since=before.since)  # fmt: skip
    else:
        kept = replace(kept, outputs=_write(made, before, job))
    job.ledger.put_digest(kept, making.used, making.spent)
    job.watcher.count("digest", "failed" if made.state == "failed" else "made")
    job.watcher.tell("digest", subject=group.name, because=reason, state=made.state,
                     failures=len(made.failures))  # fmt: skip
    job.watcher.tell_failures(group.name, made.failures)


def wanted(group: Group, job: Job) -> tuple[str, int, int] | None:
    """Why a digest would be made, its files, and how many of them are not read yet.

    None when it is made already.
    """
    making = Making(group)
    works = reading(making, job)
    basis = basis_of(making, job)
    before = job.ledger.digest(group.name)
    if before and before.key == key_of([group.name, basis]) and _intact(before, job.out):
        return None
    unread = sum(job.ledger.state(work.item.key) is None for work in works if work.item)
    return because(basis, before.basis if before else None), len(works), unread


def _read(works: list[Work], making: Making) -> Generator[list[Work], list[Result], None]:
    """Have the files read; one that no worker survives is a failure."""
    results = yield works
    for file, result in zip(list(making.files), results, strict=True):
        if result.error:
            making.failures.append(Failure(file.shown, result.error))
            del making.files[file]
            making.lost = True
        else:
            making.used.add(making.files[file])


def _intact(made: Digested, out: Path) -> bool:
    """Whether every output is as it was written."""
    return all(file_hash(out / path) == found for path, found in made.outputs.items())


def _write(made: Made, before: Digested | None, job: Job) -> dict[str, str]:
    """Put the pages on the disk, take away those that are no more; the files' hashes by path."""
    outputs = {
        address(page.name, form, stem): text
        for stem, pages in (("digest", made.pages), ("update", made.updates))
        for page in pages
        for form, text in page.texts.items()
    }
    for path, text in outputs.items():
        put(job.out / path, text)
    for path in before.outputs if before else ():
        if path not in outputs:
            remove(job.out / path)
    return {path: content_hash(text) for path, text in outputs.items()}


def _told(page: Page, updates: Sequence[Page]) -> dict[str, Any]:
    """What the index and the feed say of a page."""
    return {
        "name": page.name,
        "titles": list(page.titles),
        "articles": page.articles,
        "newest": page.newest,
        "formats": list(page.texts),
        "updates": [
            form
            for update in updates
            if update.name == page.name and update.titles
            for form in update.texts
        ],
    }
