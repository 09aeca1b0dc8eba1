"""The pieces of work on a digest: what each depends on, and the order that a worker gets."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from summarize.batch.files import file_hash
from summarize.batch.inbox import Group
from summarize.batch.keys import Conditions, item, key_of
from summarize.batch.ledger import Item, Ledger
from summarize.batch.orders import (
    Compared,
    Finish,
    Outline,
    Outlined,
    Planned,
    Probe,
    Read,
    Summarize,
)
from summarize.batch.scheduler import Work
from summarize.batch.watching import Watcher
from summarize.codec import unpack
from summarize.reading.build import UnreadableError
from summarize.reading.files import MAX_FILE_BYTES, InputFile, opened
from summarize.records import Failure
from summarize.settings import Settings
from summarize.updates import Earlier

__all__ = [
    "Job",
    "Making",
    "basis_of",
    "finishing",
    "outline_basis",
    "outline_of",
    "outlining",
    "probing",
    "reading",
    "summarizing",
    "summary_item",
    "weight_of",
]

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
    since: bool = False


@dataclass(slots=True)
class Making:
    """A digest that is being made: its files with the keys of what was read, and what failed.

    `used` are the keys of what it is made of, `spent` of what is of no use once it is made.
    """

    group: Group
    files: dict[InputFile, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    poisoned: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    spent: set[str] = field(default_factory=set)
    lost: bool = False


def basis_of(making: Making, job: Job) -> dict[str, str]:
    """What a digest depends on."""
    return {
        **{file.path: key for file, key in making.files.items()},
        **{failure.path: failure.reason for failure in making.failures},
        **job.conditions.digest,
    }


def reading(making: Making, job: Job) -> list[Work]:
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


def outlining(
    making: Making,
    job: Job,
    since: bytes = b"",
    compared: Callable[[], Compared | None] = lambda: None,
) -> Work:
    """To outline the digest of what was read, or its update `since` a packed `Earlier`.

    `compared` gives what the texts have in common, where that is known.
    """

    def order() -> Outline:
        return replace(outline_of(making, job), since=since, compared=compared())

    basis = outline_basis(making, job)
    if since:
        basis["the digest before"] = unpack(Earlier, since).fingerprint
    kept = item("outline", making.group.name, basis)
    return Work("outline", making.group.name, order, kept, weight_of(making))


def outline_basis(making: Making, job: Job) -> dict[str, str]:
    """What an outline depends on."""
    return {
        **basis_of(making, job),
        "what failed": key_of([[failure.path, failure.reason] for failure in making.failures]),
        "what is left out": key_of(making.poisoned),
    }


def weight_of(making: Making) -> float:
    """How much longer than for one article a worker may be at all of them."""
    return 1 + len(making.files) / _PATIENT


def outline_of(making: Making, job: Job) -> Outline:
    """The order to outline all that was read."""
    values = tuple((f.path, f.shown, job.ledger.value(key)) for f, key in making.files.items())
    failures = tuple(making.failures)
    return Outline(values, failures, dict(making.poisoned), job.settings)


def summary_item(planned: Planned, making: Making, job: Job) -> Item:
    """What is kept of a summary."""
    subject = f"{making.group.name}/{planned.subject}"
    return item("summary", subject, {**planned.basis, **job.conditions.writing})


def summarizing(planned: Planned, making: Making, job: Job) -> Work:
    """To make a summary."""
    kept = summary_item(planned, making, job)
    return Work("summary", kept.subject, lambda: Summarize(planned.plan, job.settings), kept)


def finishing(outlined: Outlined, making: Making, job: Job) -> Work:
    """To make the pages of an outline whose summaries are all made."""
    keys = {planned.key: summary_item(planned, making, job).key for planned in outlined.planned}

    def order() -> Finish:
        summaries = {plan: job.ledger.value(key) for plan, key in keys.items()}
        return Finish(outlined.made, summaries, making.group.name, job.formats, job.pooled)

    return Work("finish", making.group.name, order, weight=weight_of(making))


def probing(making: Making, job: Job, file: InputFile, id_: str, others: dict[str, str]) -> Work:
    """To see whether an article of a file can be done at all, without the `others` in the file."""

    def order() -> Probe:
        value = job.ledger.value(making.files[file])
        return Probe(Outline(((file.path, file.shown, value),), (), others, job.settings))

    subject = f"{making.group.name}/{file.path}"
    kept = item("probe", subject, {"the article": id_, **job.conditions.writing})
    return Work("probe", subject, order, kept)
