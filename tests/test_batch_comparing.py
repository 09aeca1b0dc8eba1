"""A large digest is compared by many workers: the same bytes, whoever compares."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from summarize.batch.job import Options, ledger_path, run
from summarize.batch.orders import Outline, Prepare, Search, Shingle
from summarize.batch.watching import Watcher
from summarize.codec import pack_arrays, unpack_arrays
from summarize.settings import Settings
from tests.batches import BAKERY, BRIDGE, SCHOOL, Inline, batch, inbox_of, outputs

_LATER = "Rescue workers searched the river until dark for a lorry that witnesses had seen fall.\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Articles of which two are the same text, two the same document, and two share a passage."""
    files = {
        "a/1.txt": BRIDGE,
        "a/2.txt": BRIDGE + "\nAll trains were stopped.\n",
        "b/1.txt": BRIDGE.split("\n\n", 1)[1] + 12 * ("\n" + _LATER),
        "b/2.txt": SCHOOL,
        "c/1.txt": BAKERY,
        "c/2.txt": BAKERY,
    }
    return inbox_of(tmp_path / "in", files)


def sharded(monkeypatch: pytest.MonkeyPatch, inbox: Path, shards: int) -> None:
    """Let the pool of the inbox have so many shards, of a piece for each text."""
    out = inbox.parent / f"measured{shards}"
    batch(inbox, out, pooled=True)
    with sqlite3.connect(ledger_path(out)) as db:
        (size,) = db.execute("SELECT sum(length(value)) FROM items WHERE kind = 'read'").fetchone()
    monkeypatch.setattr("summarize.batch.comparing._SHARD_BYTES", int(size / (shards + 0.5)))
    monkeypatch.setattr("summarize.batch.tasks._PIECE_CHARACTERS", 1)


def compared(out: Path) -> int:
    """How many results of comparing the ledger holds."""
    with sqlite3.connect(ledger_path(out)) as db:
        found: int = db.execute("SELECT count(*) FROM items WHERE kind = 'compare'").fetchone()[0]
    return found


def done(inbox: Path, out: Path, **told: Any) -> list[Any]:
    """The orders that a batch of the pool was made by."""
    worker = Inline(**told)
    settings = Settings(model="quote", jobs=1)
    options = Options((inbox,), out, settings, pooled=True, executor=lambda _: worker)
    run(options, Watcher(quiet=True))
    return worker.done


@pytest.mark.parametrize("shards", [1, 2, 7])
def test_a_pool_is_the_same_however_many_shards_compare_it(
    inbox: Path, tmp_path: Path, shards: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(inbox, tmp_path / "alone", pooled=True)
    sharded(monkeypatch, inbox, shards)
    orders = done(inbox, tmp_path / "out")
    assert outputs(tmp_path / "out") == outputs(tmp_path / "alone")
    kinds = [type(order) for order in orders]
    assert (kinds.count(Prepare), kinds.count(Shingle), kinds.count(Search)) == (1, 5, shards)
    (outline,) = (order for order in orders if isinstance(order, Outline))
    assert outline.compared is not None
    assert sum(map(len, outline.compared.found)) > 0
    assert compared(tmp_path / "out") == 0


@pytest.mark.parametrize("kind", [Prepare, Shingle, Search])
def test_a_comparison_that_fails_costs_nothing(
    inbox: Path, tmp_path: Path, kind: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(inbox, tmp_path / "alone", pooled=True)
    sharded(monkeypatch, inbox, 2)
    orders = done(inbox, tmp_path / "out", dies=lambda order: isinstance(order, kind))
    assert outputs(tmp_path / "out") == outputs(tmp_path / "alone")
    (outline,) = (order for order in orders if isinstance(order, Outline))
    assert outline.compared is None


def test_what_was_compared_before_a_stop_is_not_compared_again(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sharded(monkeypatch, inbox, 2)

    def stops(order: Any) -> bool:
        if isinstance(order, Outline):
            raise KeyboardInterrupt
        return False

    with pytest.raises(KeyboardInterrupt):
        done(inbox, tmp_path / "out", dies=stops)
    assert compared(tmp_path / "out") == 1 + 5 + 2
    orders = done(inbox, tmp_path / "out")
    assert not any(isinstance(order, Prepare | Shingle | Search) for order in orders)
    assert compared(tmp_path / "out") == 0


def test_a_pool_without_a_text_is_said_to_have_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarize.batch.comparing._SHARD_BYTES", 1)
    inbox = inbox_of(
        tmp_path / "in", {"a/1.txt": 9 * "Das ist die Nachricht, und sie ist nicht lang. "}
    )
    fine, _ = batch(inbox, tmp_path / "out", pooled=True)
    assert not fine


def test_damaged_arrays_are_refused() -> None:
    import numpy as np

    data = pack_arrays({"found": np.arange(9)})
    assert unpack_arrays(data, "found")[0].tolist() == [*range(9)]
    assert data == pack_arrays({"found": np.arange(9)})
    for damaged in (data[:-30], b"", b"PK", data[:60] + b"\xff" * 8 + data[68:]):
        with pytest.raises(ValueError, match="damaged"):
            unpack_arrays(damaged, "found")
    with pytest.raises(ValueError, match="damaged"):
        unpack_arrays(data, "another")
