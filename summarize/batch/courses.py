"""The course of one digest: from the files of a folder to pages on the disk."""

import time
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarize.batch.codec import unpack
from summarize.batch.files import content_hash, file_hash, put, remove
from summarize.batch.inbox import Group
from summarize.batch.keys import Conditions, because, item, key_of
from summarize.batch.ledger import Digested, Ledger
from summarize.batch.pages import address
from summarize.batch.scheduler import Course, Result, Work
from summarize.batch.tasks import Finish, Outline, Outlined, Page, Planned, Probe, Read, Summarize
from summarize.batch.watching import Watcher
from summarize.reading.build import UnreadableError
from summarize.reading.files import MAX_FILE_BYTES, InputFile, opened
from summarize.reading.formats import Result as Found
from summarize.records import Failure
from summarize.settings import Settings

__all__ = ["Job", "course", "wanted"]

# How many articles make the work on a digest wait twice as long before it is given up.
_PATIENT = 100


@dataclass(frozen=True, slots=True)
class Job:
    """What all digests of a run share."""

    out: Path
    settings: Settings
    formats: tuple[str, ...]
    pooled: bool
    conditions: Conditions
    ledger: Ledger
    watcher: Watcher


@dataclass(slots=True)
class _Making:
    """A digest that is being made: its files with the keys of what was read, and what failed."""

    group: Group
    files: dict[InputFile, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    poisoned: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    lost: bool = False


def course(group: Group, job: Job) -> Course:
    """Make the digest of a group, unless it is made already; keep in the ledger that it is."""
    began = time.monotonic()
    making = _Making(group)
    works = _reading(making, job)
    basis = _basis(making, job)
    key = key_of([group.name, basis])
    before = job.ledger.digest(group.name)
    if before is not None and before.key == key and _intact(before, job.out):
        job.watcher.count("digest", "failed" if before.state == "failed" else "reused")
        return
    reason = because(basis, before.basis if before else None)
    yield from _read(works, making)
    pages, failures, state = yield from _pages(making, job)
    if state == "failed" and before is not None:
        outputs, told = before.outputs, before.pages
    else:
        outputs, told = _write(pages, before, job), tuple(map(_told, pages))
    made = Digested(
        group.name, key, state, reason, basis, time.monotonic() - began, told, outputs,
        tuple((failure.path, failure.reason) for failure in failures),
    )  # fmt: skip
    job.ledger.put_digest(made, making.used)
    job.watcher.count("digest", "failed" if state == "failed" else "made")
    job.watcher.tell("digest", subject=group.name, because=reason, state=state,
                     failures=len(failures))  # fmt: skip


def wanted(group: Group, job: Job) -> tuple[str, int, int] | None:
    """Why a digest would be made, its files, and how many of them are not read yet.

    None when it is made already.
    """
    making = _Making(group)
    works = _reading(making, job)
    basis = _basis(making, job)
    before = job.ledger.digest(group.name)
    if before and before.key == key_of([group.name, basis]) and _intact(before, job.out):
        return None
    unread = sum(job.ledger.state(work.item.key) is None for work in works if work.item)
    return because(basis, before.basis if before else None), len(works), unread


def _basis(making: _Making, job: Job) -> dict[str, str]:
    """What a digest depends on."""
    return {
        **{file.path: key for file, key in making.files.items()},
        **{failure.path: failure.reason for failure in making.failures},
        **job.conditions.digest,
    }


def _reading(making: _Making, job: Job) -> list[Work]:
    """The work of reading the files; what cannot be opened has failed already."""
    files, failures = making.group.files()
    making.failures += failures
    works = []
    for file in files:
        try:
            with opened(file.location):
                content = file_hash(file.location) or ""
        except UnreadableError as error:
            making.failures.append(Failure(file.shown, str(error)))
            continue
        # What a file is depends on how its name ends, too.
        kind = "".join(file.location.suffixes).lower()
        basis = {"the file": content, "its suffix": kind, **job.conditions.reading}
        subject = f"{making.group.name}/{file.path}"
        kept = item("read", subject, basis)
        making.files[file] = kept.key
        works.append(Work("read", subject, _order(file, content), kept))
    return works


def _order(file: InputFile, content: str) -> Any:
    """Makes the order to read a file, with the bytes that its key was made of."""

    def order() -> Read:
        if file.location.stat().st_size > MAX_FILE_BYTES:
            return Read(file.location, None, content)
        return Read(file.location, file.location.read_bytes(), content)

    return order


def _read(works: list[Work], making: _Making) -> Generator[list[Work], list[Result], None]:
    """Have the files read; one that no worker survives is a failure."""
    results = yield works
    for file, result in zip(list(making.files), results, strict=True):
        if result.error:
            making.failures.append(Failure(file.shown, result.error))
            del making.files[file]
            making.lost = True
        else:
            making.used.add(making.files[file])


_Made = tuple[tuple[Page, ...], Sequence[Failure], str]


def _pages(making: _Making, job: Job) -> Generator[list[Work], list[Result], _Made]:
    """The pages, all failures and the state of a digest; poisoned articles are left out of it."""
    name = making.group.name
    while True:
        work = _outlining(making, job)
        (result,) = yield [work]
        if result.error:
            culprits = yield from _culprits(making, job, None)
            if not culprits:
                return (), [*making.failures, Failure(name, result.error)], "failed"
            making.poisoned |= culprits
            continue
        assert work.item is not None
        outlined: Outlined = unpack(Outlined, job.ledger.value(work.item.key))
        if not outlined.stories:
            return (), outlined.failures, "failed"
        works = {planned.key: _summarizing(planned, making, job) for planned in outlined.planned}
        results = dict(zip(works, (yield [*works.values()]), strict=True))
        errors = {key: result.error for key, result in results.items() if result.error}
        if not errors:
            break
        culprits = yield from _blamed(outlined.planned, errors, making, job)
        if not culprits:
            reason = "; ".join(sorted(set(errors.values())))
            return (), [*outlined.failures, Failure(name, reason)], "failed"
        making.poisoned |= culprits
    keys = {key: work.item.key for key, work in works.items() if work.item}
    making.used.update(keys.values())
    (result,) = yield [_finishing(outlined, keys, making, job)]
    if result.error:
        return (), [*outlined.failures, Failure(name, result.error)], "failed"
    state = "partial" if making.poisoned or making.lost else "done"
    return result.value, outlined.failures, state


def _outlining(making: _Making, job: Job) -> Work:
    def order() -> Outline:
        return _outline(making, job, making.files)

    basis = {
        **_basis(making, job),
        "what failed": key_of([[failure.path, failure.reason] for failure in making.failures]),
        "what is left out": key_of(making.poisoned),
    }
    kept = item("outline", making.group.name, basis)
    return Work("outline", making.group.name, order, kept, 1 + len(making.files) / _PATIENT)


def _outline(making: _Making, job: Job, files: Iterable[InputFile]) -> Outline:
    values = tuple((f.path, f.shown, job.ledger.value(making.files[f])) for f in files)
    failures = tuple(making.failures)
    return Outline(values, failures, dict(making.poisoned), job.settings)


def _summarizing(planned: Planned, making: _Making, job: Job) -> Work:
    subject = f"{making.group.name}/{planned.subject}"
    kept = item("summary", subject, {**planned.basis, **job.conditions.writing})
    return Work("summary", subject, lambda: Summarize(planned.plan, job.settings), kept)


def _finishing(
    outlined: Outlined, keys: dict[tuple[str, str], str], making: _Making, job: Job
) -> Work:
    def order() -> Finish:
        summaries = {plan: job.ledger.value(key) for plan, key in keys.items()}
        return Finish(outlined.made, summaries, making.group.name, job.formats, job.pooled)

    weight = 1 + len(making.files) / _PATIENT
    return Work("finish", making.group.name, order, weight=weight)


def _blamed(
    planned: Sequence[Planned], errors: dict[tuple[str, str], str], making: _Making, job: Job
) -> Generator[list[Work], list[Result], dict[str, str]]:
    """The articles that are to blame for summaries that failed, with the reason."""
    found = {id_: error for (kind, id_), error in errors.items() if kind == "article"}
    if not found:
        suspects = {id_ for plan in planned if plan.key in errors for id_ in plan.article_ids}
        found = yield from _culprits(making, job, suspects)
    return found


def _culprits(
    making: _Making, job: Job, suspects: set[str] | None
) -> Generator[list[Work], list[Result], dict[str, str]]:
    """The articles (of the suspects) that fail alone, with the reason. Each is tried by itself."""
    works: dict[str, Work] = {}
    for file, key in making.files.items():
        articles, _ = unpack(Found, job.ledger.value(key))
        ids = [article.id for article in articles]
        for id_ in ids:
            if id_ in making.poisoned or (suspects is not None and id_ not in suspects):
                continue
            others = {other: "" for other in ids if other != id_}
            works[id_] = _probing(making, job, file, id_, others)
    results = dict(zip(works, (yield [*works.values()]), strict=True))
    return {id_: result.error for id_, result in results.items() if result.error}


def _probing(making: _Making, job: Job, file: InputFile, id_: str, others: dict[str, str]) -> Work:
    def order() -> Probe:
        value = job.ledger.value(making.files[file])
        return Probe(Outline(((file.path, file.shown, value),), (), others, job.settings))

    subject = f"{making.group.name}/{file.path}"
    kept = item("probe", subject, {"the article": id_, **job.conditions.writing})
    return Work("probe", subject, order, kept)


def _intact(made: Digested, out: Path) -> bool:
    """Whether every output is as it was written."""
    return all(file_hash(out / path) == found for path, found in made.outputs.items())


def _write(pages: tuple[Page, ...], before: Digested | None, job: Job) -> dict[str, str]:
    """Put the pages on the disk, take away those that are no more; the files' hashes by path."""
    outputs = {
        address(page.name, form): text for page in pages for form, text in page.texts.items()
    }
    for path, text in outputs.items():
        put(job.out / path, text)
    for path in before.outputs if before else ():
        if path not in outputs:
            remove(job.out / path)
    return {path: content_hash(text) for path, text in outputs.items()}


def _told(page: Page) -> dict[str, Any]:
    """What the index and the feed say of a page."""
    return {
        "name": page.name,
        "titles": list(page.titles),
        "articles": page.articles,
        "newest": page.newest,
        "formats": list(page.texts),
    }
