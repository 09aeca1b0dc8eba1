"""Comparing the texts of a large digest by many workers: a sharded index of their shingles.

One worker cleans the articles, all hash the texts piece by piece, and all search the shards. Where
a part of that fails for good nothing is lost: the outline then compares the texts by itself.
"""

from collections.abc import Callable, Generator
from functools import partial

from summarize.batch.keys import item
from summarize.batch.orders import Compared, Prepare, Prepared, Search, Shingle
from summarize.batch.scheduler import Result, Work
from summarize.batch.works import Job, Making, outline_basis, outline_of, weight_of
from summarize.codec import unpack, unpack_arrays

__all__ = ["Loading", "compare"]

# So many bytes of articles, packed as they are read, make a shard: about 10,000 of 5 KB, for which
# a worker takes 170 MB. Fewer are compared by who outlines the digest, in 3 seconds and 120 MB:
# cleaning them once more for the shards takes 30 seconds (`benchmarks.studies.dedup_shards`).
_SHARD_BYTES = 25_000_000

Loading = Callable[[], Compared | None]
"""Gives what the texts have in common, from the ledger; None where it is not known."""


def compare(making: Making, job: Job) -> Generator[list[Work], list[Result], Loading]:
    """Have the texts of a digest compared, if it is large and nothing of that fails."""
    shards = sum(map(job.ledger.size, {*making.files.values()})) // _SHARD_BYTES
    if not shards:
        return _unknown
    (texts,) = (yield from _kept([_preparing(making, job)], making)) or ("",)
    if not texts:
        return _unknown
    prepared: Prepared = unpack(Prepared, job.ledger.value(texts))
    basis = {"the texts": texts, "the shards": str(shards)}
    pieces = yield from _kept(_shingling(prepared, basis, making), making)
    if not pieces:
        return _unknown
    count = prepared.count
    del prepared
    found = yield from _kept(_searching(pieces, count, basis, making, job), making)
    return partial(_loaded, job, pieces, found) if found else _unknown


def _unknown() -> None:
    """Nothing is known of what the texts have in common."""


def _loaded(job: Job, pieces: tuple[str, ...], shards: tuple[str, ...]) -> Compared:
    """What was found, from the ledger."""
    import numpy as np

    counts = [unpack_arrays(job.ledger.value(key), "sizes", "told") for key in pieces]
    sizes, told = map(np.concatenate, zip(*counts, strict=True))
    found = [unpack_arrays(job.ledger.value(key), "found")[0] for key in shards]
    return Compared(sizes, told, tuple(found))


def _kept(
    works: list[Work], making: Making
) -> Generator[list[Work], list[Result], tuple[str, ...]]:
    """Have works done; the keys of the results until the digest is made, none if one failed."""
    keys = tuple(work.item.key for work in works if work.item)
    making.spent.update(keys)
    results = yield works
    return () if any(result.error for result in results) else keys


def _preparing(making: Making, job: Job) -> Work:
    """To clean the articles."""
    name = making.group.name
    kept = item("compare", f"{name}: its texts", {"the digest": name, **outline_basis(making, job)})
    weight = weight_of(making)
    return Work("compare", kept.subject, lambda: Prepare(outline_of(making, job)), kept, weight)


def _shingling(prepared: Prepared, basis: dict[str, str], making: Making) -> list[Work]:
    """To hash each piece of the texts."""

    def work(first: int, piece: bytes) -> Work:
        order = Shingle(piece, first, prepared.count, int(basis["the shards"]))
        subject = f"{making.group.name}: texts from {first}"
        kept = item("compare", subject, {**basis, "from": str(first)})
        return Work("compare", subject, lambda: order, kept)

    return list(map(work, prepared.firsts, prepared.pieces))


def _searching(
    pieces: tuple[str, ...], count: int, basis: dict[str, str], making: Making, job: Job
) -> list[Work]:
    """To search each shard."""

    def work(shard: str) -> Work:
        def order() -> Search:
            values = map(job.ledger.value, pieces)
            return Search(tuple(unpack_arrays(value, shard)[0] for value in values), count)

        subject = f"{making.group.name}: shard {shard}"
        kept = item("compare", subject, {**basis, "shard": shard})
        return Work("compare", subject, order, kept, weight_of(making))

    return [work(str(shard)) for shard in range(int(basis["the shards"]))]
