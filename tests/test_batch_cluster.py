"""A batch on a Ray cluster; its parts run in processes of their own."""

import json
import os
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from summarize.batch.errors import StoppedError
from summarize.batch.executor import Outcome
from summarize.batch.files import content_hash
from summarize.batch.job import Options, run
from summarize.batch.orders import Read
from summarize.batch.watching import Watcher
from summarize.settings import Settings
from tests.batches import BRIDGE, SCHOOL, batch, inbox_of, invoke, outputs

needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed")


@needs_ray
def test_a_node_that_is_lost_costs_nothing_but_time() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.studies.batch_ray", "--folders", "8", "--each", "3"],
        capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["exit"], told["same bytes"], told["redone"]) == (0, True, 0)
    assert told["outputs"] == 8 * 3 + 2
    assert told["acknowledged at the kill"] < told["in all"]


@needs_ray
def test_workers_of_a_cluster_that_die_hang_or_do_not_fit(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from tests.test_batch_cluster import drive; "
    done = subprocess.run(
        [sys.executable, "-c", f"{code} drive(Path(sys.argv[1]))", str(tmp_path)],
        capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()


@needs_ray
def test_a_pool_compared_by_a_cluster_is_that_of_local_workers(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from tests.test_batch_cluster import pool; "
    done = subprocess.run(
        [sys.executable, "-c", f"{code} pool(Path(sys.argv[1]))", str(tmp_path)],
        capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()


def pool(place: Path) -> None:
    """What that test looks at: a pool in seven shards on a cluster, and in none here."""
    from summarize.batch.cluster import RayExecutor, connect

    copy = BRIDGE + "\nAll trains were stopped.\n"
    inbox = inbox_of(place / "in", {"a/1.txt": BRIDGE, "a/2.txt": copy, "b/1.txt": SCHOOL})
    batch(inbox, place / "here", pooled=True)
    assert connect("local") > 0
    settings, watcher = Settings(model="quote", jobs=2, device="cpu"), Watcher(quiet=True)
    options = Options(
        (inbox,), place / "there", settings, pooled=True,
        executor=lambda jobs: RayExecutor(jobs, settings),
    )  # fmt: skip
    with patch("summarize.batch.comparing._SHARD_BYTES", 150):
        run(options, watcher)
    assert watcher.counts["compare", "made"] > 1 + 1 + 2
    assert outputs(place / "there") == outputs(place / "here")


class Ending:
    """An order that ends the worker which receives it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (7,)


class Hanging:
    """An order that never arrives."""

    def __reduce__(self) -> tuple[Any, ...]:
        return time.sleep, (600,)


def drive(place: Path) -> None:
    """What the second test looks at, in a process that Ray may do to as it likes."""
    from summarize.batch.cluster import RayExecutor, connect

    assert connect("local") > 0
    settings = Settings(model="quote")
    executor = RayExecutor(1, settings)

    def outcome(order: Any, patience: float = 60.0) -> Outcome:
        assert executor.free() == 1
        executor.submit(5, order, patience)
        assert executor.free() == 0
        for _ in range(1000):
            if found := executor.wait(0.1):
                assert [one.ticket for one in found] == [5]
                return found[0]
        raise TimeoutError

    data = BRIDGE.encode()
    elsewhere = outcome(Read(place / "on another machine.txt", data, content_hash(data)))
    (place / "large.txt").write_bytes(data)
    here = outcome(Read(place / "large.txt", None, content_hash(data)))
    assert (elsewhere.state, here.state) == ("done", "done")
    assert elsewhere.value == here.value
    assert outcome("no order").state == "failed"
    lost = outcome(Ending())
    assert (lost.state, lost.reason) == ("lost", "its worker or the node of that was lost")
    lost = outcome(Hanging(), 1.5)
    assert (lost.state, lost.reason) == ("lost", "it took longer than 1.5 seconds")
    executor._expected = {**executor._expected, "the model": "another"}
    with pytest.raises(StoppedError, match="cannot be used: changed: the model"):
        outcome("no order")
    executor.close()


def test_what_is_wrong_with_a_cluster_is_said(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path / "in", {"a/x.txt": BRIDGE})
    flags = ["batch", str(inbox), "--out", str(tmp_path / "out"), "--executor"]
    done = invoke(*flags, "spark")
    assert (done.exit_code, "local or ray" in done.stderr) == (2, True)
    if find_spec("ray") is None:
        done = invoke(*flags, "ray")
        assert (done.exit_code, "summarize[ray]" in done.stderr) == (2, True)
