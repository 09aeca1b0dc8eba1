"""`summarize run` that is killed: real processes, real kills, at moments that matter."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.archives import PAGE
from tests.batches import BRIDGE, SCHOOL
from tests.test_cache import run

OLD = b"an older digest\n"


def after(seconds: float) -> Callable[[Path], bool]:
    ends: list[float] = []

    def is_over(_: Path) -> bool:
        ends.append(time.monotonic() + seconds)
        return time.monotonic() > ends[0]

    return is_over


def when(pattern: str) -> Callable[[Path], bool]:
    """When the cache has such a file."""
    return lambda cache: any(cache.glob(pattern))


def killed(arguments: list[str], moment: Callable[[Path], bool], cache: Path) -> bool:
    """Start a run and kill it at a moment; whether it came to that."""
    process = subprocess.Popen(
        [sys.executable, "-m", "summarize", *arguments],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        env={**os.environ, "SUMMARIZE_CACHE": "1"},
    )  # fmt: skip
    while process.poll() is None and not moment(cache):
        time.sleep(0.0005)
    process.kill()
    returned = process.wait()
    _wait_for_children(process.pid)
    return returned == -signal.SIGKILL


def _wait_for_children(group: int) -> None:
    """Those that read files end with the run that asked them."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("a process of the killed run goes on")


@pytest.mark.skipif(os.name != "posix", reason="kills")
def test_a_killed_run_leaves_the_old_output_or_the_new_and_a_cache_that_works(
    tmp_path: Path,
) -> None:
    folder, output = tmp_path / "news", tmp_path / "digest.md"
    folder.mkdir()
    (folder / "bridge.txt").write_text(BRIDGE)
    (folder / "school.txt").write_text(SCHOOL)
    (folder / "page.html").write_bytes(PAGE)
    cache = Path(os.environ["XDG_CACHE_HOME"]) / "summarize" / "digests"
    plain = ["run", str(folder), "--model", "quote", "--format", "markdown"]
    whole = run(*plain, "--no-cache")[1]
    moments = [after(0.7), *map(when, ("*.part", "*.kept"))]
    kills = 0
    for moment in moments:
        shutil.rmtree(cache, ignore_errors=True)
        output.write_bytes(OLD)
        kills += killed([*plain, "-o", str(output)], moment, cache)
        assert output.read_bytes() in (OLD, whole)
        assert run(*plain)[1] == whole
    assert kills
