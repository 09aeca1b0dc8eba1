"""What is done, in SQLite: the one truth about a batch, written by the driver alone.

A row of `items` is a piece of work, named by a hash of everything its result depends on, so that a
row is either right or never looked up again. What is acknowledged is on the disk
(`synchronous=FULL`). Nothing in here is decided by a clock: runs are counted.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from summarize.batch.errors import OutputError, writing

__all__ = ["Digested", "Item", "Ledger", "State", "reading"]

_VERSION = 2
_SCHEMA = """
CREATE TABLE IF NOT EXISTS items (
    key TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, state TEXT NOT NULL,
    attempts INTEGER NOT NULL, error TEXT NOT NULL, seconds REAL NOT NULL, run INTEGER NOT NULL,
    because TEXT NOT NULL, basis TEXT NOT NULL, value BLOB
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS items_by_subject ON items (subject, kind, run);
CREATE INDEX IF NOT EXISTS items_by_run ON items (run);
CREATE TABLE IF NOT EXISTS digests (
    name TEXT PRIMARY KEY, key TEXT NOT NULL, state TEXT NOT NULL, run INTEGER NOT NULL,
    because TEXT NOT NULL, basis TEXT NOT NULL, seconds REAL NOT NULL,
    pages TEXT NOT NULL, outputs TEXT NOT NULL, failures TEXT NOT NULL,
    told BLOB NOT NULL, since BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS uses (
    digest TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (digest, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS uses_by_key ON uses (key);
CREATE TABLE IF NOT EXISTS runs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
"""

Basis = Mapping[str, str]
"""What a result depends on, each under the name that `why` says it by."""


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of work to be kept: its key, what it is, of what, and what it depends on."""

    key: str
    kind: str
    subject: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class State:
    """How far an item is: "done", "failed" for good or "retrying", after so many attempts."""

    state: str
    attempts: int
    error: str


@dataclass(frozen=True, slots=True)
class Digested:
    """A digest that was made: from what, its pages, output files (with hashes) and failures.

    `state` is "done", "partial" when a poisoned article is missing in it, or "failed". `told` is
    what an update of it needs to know of it, and `since` the same of the digest that it has an
    update to; both packed, and empty where there is none.
    """

    name: str
    key: str
    state: str
    because: str
    basis: Basis
    seconds: float
    pages: tuple[dict[str, Any], ...]
    outputs: dict[str, str]
    failures: tuple[tuple[str, str], ...]
    told: bytes = b""
    since: bytes = b""


@contextmanager
def reading(path: Path) -> Iterator["Ledger"]:
    """The ledger, to be read only; a copy of it where its folder cannot be written.

    SQLite needs files beside a ledger also to read it.
    """
    with ExitStack() as stack:
        if not os.access(
            path.parent, os.W_OK, effective_ids=os.access in os.supports_effective_ids
        ):
            copy = Path(stack.enter_context(TemporaryDirectory(prefix="summarize-")))
            for ending in ("", "-wal"):
                with suppress(FileNotFoundError):
                    shutil.copyfile(f"{path}{ending}", copy / f"{path.name}{ending}")
            path = copy / path.name
        yield stack.enter_context(closing(Ledger(path)))


class Ledger:
    """The open ledger. Everything that writes raises OutputError when it cannot."""

    def __init__(self, path: Path | None) -> None:
        """Open the ledger, or begin one, in memory without a path.

        Raises OutputError when it is damaged, or was written by another version.
        """
        self.path = path or Path()
        with writing(self.path):
            self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            found = self._db.execute("PRAGMA user_version").fetchone()[0]
            if found not in (0, _VERSION):
                raise OutputError(
                    f"{self.path} is of another version of summarize.", "Name a new --out."
                )
            self._db.executescript(_SCHEMA)
            if found != _VERSION:
                self._db.execute(f"PRAGMA user_version={_VERSION}")
        self.run = 0

    def close(self) -> None:
        """Let the file go."""
        self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with writing(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a query finds."""
        with writing(self.path):
            return self._db.execute(query, values).fetchall()

    def begin_run(self) -> int:
        """Count a new run; everything written from now on belongs to it."""
        with self._transaction() as db:
            db.execute("UPDATE runs SET state = 'stopped' WHERE state = 'running'")
            self.run = db.execute("INSERT INTO runs (state) VALUES ('running')").lastrowid or 0
        return self.run

    def end_run(self, state: str) -> None:
        """Say how the run ended."""
        with self._transaction() as db:
            db.execute("UPDATE runs SET state = ? WHERE id = ?", (state, self.run))

    def state(self, key: str) -> State | None:
        """How far an item is; None when nothing is known of it."""
        found = self.rows("SELECT state, attempts, error FROM items WHERE key = ?", key)
        return State(*found[0]) if found else None

    def value(self, key: str) -> bytes:
        """The result of an item that is done; raises KeyError when it is not."""
        found = self.rows("SELECT value FROM items WHERE key = ? AND state = 'done'", key)
        if not found:
            raise KeyError(key)
        return bytes(found[0][0])

    def size(self, key: str) -> int:
        """How many bytes the result of an item has; 0 when it is not done."""
        found = self.rows("SELECT length(value) FROM items WHERE key = ? AND state = 'done'", key)
        return int(found[0][0]) if found else 0

    def last_basis(self, item: Item) -> Basis | None:
        """What the newest other result for the same subject depended on."""
        found = self.rows(
            "SELECT basis FROM items WHERE subject = ? AND kind = ? AND key != ? "
            "ORDER BY run DESC, key LIMIT 1",
            item.subject, item.kind, item.key,
        )  # fmt: skip
        return json.loads(found[0][0]) if found else None

    def acknowledge(self, item: Item, because: str, seconds: float, value: bytes) -> None:
        """Keep the result of an item. When this returns, it is on the disk."""
        old = self.state(item.key)
        self._put(
            item, State("done", (old.attempts if old else 0) + 1, ""), because, seconds, value
        )

    def count_failure(self, item: Item, because: str, error: str, most: int) -> State:
        """Count a failed attempt; at the `most`-th the item has failed for good."""
        old = self.state(item.key)
        attempts = (old.attempts if old else 0) + 1
        state = State("failed" if attempts >= most else "retrying", attempts, error)
        self._put(item, state, because, 0.0, None)
        return state

    def _put(
        self, item: Item, state: State, because: str, seconds: float, value: bytes | None
    ) -> None:
        basis = json.dumps(item.basis, sort_keys=True)
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (item.key, item.kind, item.subject, state.state, state.attempts, state.error,
                 seconds, self.run, because, basis, value),
            )  # fmt: skip

    def digest(self, name: str) -> Digested | None:
        """The digest of that name as it was last made."""
        return next(self._digests("WHERE name = ?", name), None)

    def digests(self) -> Iterator[Digested]:
        """All digests by name, one at a time: there may be very many."""
        return self._digests("ORDER BY name")

    def _digests(self, where: str, *values: str) -> Iterator[Digested]:
        columns = "name, key, state, because, basis, seconds, pages, outputs, failures, told, since"
        with writing(self.path):
            for row in self._db.execute(f"SELECT {columns} FROM digests {where}", values):  # noqa: S608
                basis, pages, outputs, failures = map(json.loads, (row[4], *row[6:9]))
                told = tuple((path, reason) for path, reason in failures)
                name, key, state, because = map(str, row[:4])
                yield Digested(
                    name, key, state, because, basis, row[5], tuple(pages), outputs, told,
                    bytes(row[9]), bytes(row[10]),
                )  # fmt: skip

    def put_digest(self, made: Digested, keys: Iterable[str], spent: Iterable[str] = ()) -> None:
        """Keep that a digest is made, of which items; its outputs must be on the disk already.

        The `spent` items were of use only until now.
        """
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO digests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (made.name, made.key, made.state, self.run, made.because,
                 json.dumps(made.basis, sort_keys=True), made.seconds, json.dumps(made.pages),
                 json.dumps(made.outputs), json.dumps(made.failures), made.told, made.since),
            )  # fmt: skip
            db.execute("DELETE FROM uses WHERE digest = ?", (made.name,))
            # An outline is large, and of use only until its digest is made.
            db.execute(
                "DELETE FROM items WHERE subject = ? AND kind = 'outline' AND state = 'done'",
                (made.name,),
            )
            db.executemany("DELETE FROM items WHERE key = ?", ((key,) for key in spent))
            db.executemany(
                "INSERT OR IGNORE INTO uses VALUES (?, ?)", ((made.name, key) for key in keys)
            )

    def forget(self, names: Sequence[str]) -> None:
        """Forget digests; `collect` then removes what only they used."""
        with self._transaction() as db:
            for table, column in (("digests", "name"), ("uses", "digest")):
                db.executemany(
                    f"DELETE FROM {table} WHERE {column} = ?",  # noqa: S608
                    ((name,) for name in names),
                )

    def retry(self) -> int:
        """Forget every failure, and the digests that lack something for it; how many failures."""
        with self._transaction() as db:
            count = db.execute("DELETE FROM items WHERE state != 'done'").rowcount
            db.execute("UPDATE digests SET key = '' WHERE state != 'done'")
        return count

    def collect(self) -> int:
        """Remove every item that no digest uses, and give the space back; how many."""
        with self._transaction() as db:
            count = db.execute(
                "DELETE FROM items WHERE state = 'done' AND key NOT IN (SELECT key FROM uses)"
            ).rowcount
        with writing(self.path):
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return count
