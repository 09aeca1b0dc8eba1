"""What becomes of the files of a digest once they are read: its pages and those of its update."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from summarize.batch.comparing import Loading, compare
from summarize.batch.ledger import Digested
from summarize.batch.orders import Finished, Outlined, Page, Planned
from summarize.batch.scheduler import Result, Work
from summarize.batch.works import Job, Making, finishing, outlining, probing, summarizing
from summarize.codec import pack, unpack
from summarize.reading.found import Result as Found
from summarize.records import Failure
from summarize.updates import Earlier

__all__ = ["Made", "baseline", "make"]


@dataclass(frozen=True, slots=True)
class Made:
    """The pages of a digest, those of its update, all failures, and the rest as in `Digested`."""

    state: str
    failures: Sequence[Failure]
    pages: tuple[Page, ...] = ()
    updates: tuple[Page, ...] = ()
    told: bytes = b""
    since: bytes = b""


def make(
    making: Making, job: Job, before: Digested | None
) -> Generator[list[Work], list[Result], Made]:
    """The digest, with its update to an earlier one; poisoned articles are left out of both."""
    while True:
        compared = yield from compare(making, job)
        work = outlining(making, job, compared=compared)
        (result,) = yield [work]
        if result.error:
            culprits = yield from _culprits(making, job, None)
            if not culprits:
                return _failed(making.failures, making, result.error)
            making.poisoned |= culprits
            continue
        outlined = _outlined(work, job)
        if not outlined.stories:
            return Made("failed", outlined.failures)
        errors = yield from _summaries(outlined, making, job)
        if not errors:
            break
        culprits = yield from _blamed(outlined.planned, errors, making, job)
        if not culprits:
            return _failed(outlined.failures, making, "; ".join(sorted(set(errors.values()))))
        making.poisoned |= culprits
    (result,) = yield [finishing(outlined, making, job)]
    if result.error:
        return _failed(outlined.failures, making, result.error)
    since = baseline(before, outlined.article_ids) if job.since else b""
    updates, failed = yield from _update(making, job, since, compared)
    state = "partial" if making.poisoned or making.lost or failed else "done"
    finished: Finished = result.value
    failures = (*outlined.failures, *failed)
    return Made(state, failures, finished.pages, updates, _chained(finished.told, before), since)


def _failed(failures: Sequence[Failure], making: Making, reason: str) -> Made:
    return Made("failed", (*failures, Failure(making.group.name, reason)))


def baseline(before: Digested | None, article_ids: Sequence[str]) -> bytes:
    """The `Earlier`, packed, to which a digest of these articles has an update; empty for none.

    It is the digest before with all that it follows, if they lack one of the articles. Else nothing
    has arrived since, and the digest is only made again: its update stays one to what the update
    before was to. What another version of the program has kept in another form is none.
    """
    if before is None:
        return b""
    told = _earlier(before.told)
    if told is None:
        return b""
    if not told.article_ids.issuperset(article_ids):
        return before.told
    return before.since if _earlier(before.since) else b""


def _chained(told: bytes, before: Digested | None) -> bytes:
    """What a digest told, packed, with what those before it did: an update tells nothing twice."""
    earlier = _earlier(before.told) if before else None
    return pack(unpack(Earlier, told).after(earlier)) if earlier else told


def _earlier(packed: bytes) -> Earlier | None:
    try:
        found: Earlier | None = unpack(Earlier, packed) if packed else None
    except (ValueError, TypeError):
        return None
    return found


def _update(
    making: Making, job: Job, since: bytes, compared: Loading
) -> Generator[list[Work], list[Result], tuple[tuple[Page, ...], tuple[Failure, ...]]]:
    """The pages of what is new since an earlier digest, or why there are none."""
    if not since:
        return (), ()
    work = outlining(making, job, since, compared)
    (result,) = yield [work]
    error = result.error
    if not error:
        outlined = _outlined(work, job)
        errors = yield from _summaries(outlined, making, job)
        error = "; ".join(sorted(set(errors.values())))
    if not error:
        (result,) = yield [finishing(outlined, making, job)]
        error = result.error
    if error:
        return (), (Failure(making.group.name, f"its update: {error}"),)
    finished: Finished = result.value
    return finished.pages, ()


def _outlined(work: Work, job: Job) -> Outlined:
    assert work.item is not None
    found: Outlined = unpack(Outlined, job.ledger.value(work.item.key))
    return found


def _summaries(
    outlined: Outlined, making: Making, job: Job
) -> Generator[list[Work], list[Result], dict[tuple[str, str], str]]:
    """Have all summaries made; the errors of those that failed, by the keys of their plans."""
    works = [summarizing(planned, making, job) for planned in outlined.planned]
    results = yield works
    found = list(zip(outlined.planned, works, results, strict=True))
    errors = {planned.key: result.error for planned, _, result in found if result.error}
    if not errors:
        making.used.update(work.item.key for work in works if work.item)
    return errors


def _blamed(
    planned: Sequence[Planned], errors: dict[tuple[str, str], str], making: Making, job: Job
) -> Generator[list[Work], list[Result], dict[str, str]]:
    """The articles that are to blame for summaries that failed, with the reason."""
    found = {id_: error for (kind, id_), error in errors.items() if kind == "article"}
    if not found:
        suspects = {id_ for plan in planned if plan.key in errors for id_ in plan.article_ids}
        found = yield from _culprits(making, job, suspects)
    return found


def _culprits(
    making: Making, job: Job, suspects: set[str] | None
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
            works[id_] = probing(making, job, file, id_, others)
    results = dict(zip(works, (yield [*works.values()]), strict=True))
    return {id_: result.error for id_, result in results.items() if result.error}
