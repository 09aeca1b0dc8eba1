"""What the batch promises, measured: it survives kills, redoes nothing, and stays small.

    python -m benchmarks.studies.batch kills --rounds 100
    python -m benchmarks.studies.batch again --articles 1000 [--model copyist --data DATA --jobs 1]
    python -m benchmarks.studies.batch workers --articles 200 [--model copyist --data DATA]
    python -m benchmarks.studies.batch memory
    python -m benchmarks.studies.batch trouble     # as root: mounts small and read-only disks
    python -m benchmarks.studies.batch_articles DATA
    python -m benchmarks.studies.batch_ray

Each prints one line of JSON. `kills` forks its drivers and workers off a process that has loaded
the libraries (`batch_forked`); `memory` has workers that answer at once (`batch_driver`); the
others run the command as a user does, on made-up news (`batch_inbox`), the folders of --inbox or,
with --data, train articles (`batch_articles`).

`again --model copyist --data DATA/dev --jobs 1`, 682 articles in 137 folders: first 199 s of
processor time (1,185 summaries), then 1.13 s with nothing changed and nothing made, 176 times less
(121 times by the clock, on a machine with much else to do); 3.9 s with one article changed.

`workers --articles 400 --model copyist --data DATA --turns 2`: one worker takes 287.4 s by the
clock for 400 articles in 200 folders, two take 155.9 s, 1.84 times less.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.studies.batch_articles import fill as news
from benchmarks.studies.batch_inbox import fill
from benchmarks.studies.batch_kills import acknowledged, kills, tree

__all__ = ["main"]


def main() -> None:
    """The figure that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("figure", choices=["kills", *_FIGURES])
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folders", type=int, default=8)
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--model", default="quote")
    parser.add_argument("--inbox", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--turns", type=int, default=4)
    asked = parser.parse_args()
    if asked.figure == "kills":
        found = kills(asked.rounds, asked.folders, asked.each, asked.seed)
    else:
        found = _FIGURES[asked.figure](asked)
    print(json.dumps(found))


def _command(inbox: Path, out: Path, model: str, jobs: int) -> dict[str, Any]:
    """Run the command; its time by the clock and by the processors, and what it counted."""
    flags = ["--out", str(out), "--model", model, "--jobs", str(jobs), "-q"]
    used, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-m", "summarize", "batch", str(inbox), *flags], check=False
    )
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    report = json.loads((out / "run.json").read_text())
    busy = sum(report["work_seconds"].values()) / (jobs * wall)
    made = {kind: counts["made"] for kind, counts in report["work"].items()}
    return {
        "exit": done.returncode, "wall": round(wall, 2), "cpu": round(spent, 2), "made": made,
        "workers busy": round(busy, 3),
    }  # fmt: skip


def _fill(inbox: Path, asked: argparse.Namespace, each: int) -> None:
    """Folders of so many articles each, from --data or made up."""
    if asked.data:
        news(inbox, asked.data, asked.articles, each)
    else:
        fill(inbox, asked.articles // each, each)


def _again(asked: argparse.Namespace) -> dict[str, Any]:
    """A first run, one with nothing changed, and one with an article changed."""
    with tempfile.TemporaryDirectory(prefix="batch-") as place:
        inbox, out = Path(place) / "in", Path(place) / "out"
        _fill(inbox, asked, 5)
        first = _command(inbox, out, asked.model, asked.jobs)
        second = _command(inbox, out, asked.model, asked.jobs)
        changed = min(inbox.rglob("2.txt"))
        changed.write_text(changed.read_text() + "\n\nThe mayor asked for an inspection.\n")
        third = _command(inbox, out, asked.model, asked.jobs)
        why = subprocess.run(  # noqa: S603 (our own program)
            [sys.executable, "-m", "summarize", "batch", "why", str(out)],
            check=False, capture_output=True, text=True,
        ).stdout.splitlines()  # fmt: skip
    times = {unit: round(first[unit] / max(second[unit], 1e-9), 1) for unit in ("wall", "cpu")}
    return {"first": first, "second": second, "times quicker": times, "changed": third, "why": why}


def _workers_compared(asked: argparse.Namespace) -> dict[str, Any]:
    """The same articles by one worker and by two, in turns."""
    walls: dict[int, list[float]] = {1: [], 2: []}
    busy: dict[int, list[float]] = {1: [], 2: []}
    spent: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory(prefix="batch-") as place:
        inbox = asked.inbox or Path(place) / "in"
        if not asked.inbox:
            _fill(inbox, asked, 2)
        for turn in range(asked.turns):
            jobs = 1 + turn % 2
            found = _command(inbox, Path(place) / f"out{turn}", asked.model, jobs)
            walls[jobs].append(found["wall"])
            busy[jobs].append(found["workers busy"])
            spent[jobs].append(found["cpu"])
    ratio = round(sum(walls[1]) / sum(walls[2]), 2)
    return {"wall": walls, "workers busy": busy, "cpu": spent, "ratio": ratio}


def _memory(asked: argparse.Namespace) -> dict[str, Any]:
    """The driver's peak for some articles and for ten times as many, each in a new process."""
    peaks = {}
    for articles in (asked.articles, 10 * asked.articles):
        with tempfile.TemporaryDirectory(prefix="batch-") as place:
            fill(Path(place) / "in", articles // 5, 5)
            code = (
                "import sys; from pathlib import Path; "
                "from benchmarks.studies.batch_driver import driver_peak; "
                "print(driver_peak(Path(sys.argv[1]) / 'in', Path(sys.argv[1]) / 'out'))"
            )
            done = subprocess.run(  # noqa: S603 (our own program)
                [sys.executable, "-c", code, place], check=True, capture_output=True, text=True
            )
        peaks[articles] = int(done.stdout)
    few, many = peaks.values()
    return {"peak KB": peaks, "ratio": round(many / few, 3)}


def _trouble(asked: argparse.Namespace) -> dict[str, Any]:
    """What a full disk, a read-only one, and a second run at the same time do."""
    told: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="batch-") as place:
        base = Path(place)
        fill(base / "in", asked.folders, asked.each)
        assert _spoken(base / "in", base / "whole")[0] == 0
        disk = base / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)]
        subprocess.run(mount, check=True)  # noqa: S603 (a fixed command)
        try:
            told["full"] = _spoken(base / "in", disk / "out")
            kept = acknowledged(disk / "out")
            told["full: acknowledged"] = len(kept)
            _remount(disk, "size=64m")
            told["more space"] = _spoken(base / "in", disk / "out")
            now = acknowledged(disk / "out")
            told["full: redone"] = sum(now.get(key) != made for key, made in kept.items())
            told["full: same bytes"] = tree(disk / "out") == tree(base / "whole")
            _remount(disk, "ro")
            told["read-only"] = _spoken(base / "in", disk / "out")
            told["read-only, new"] = _spoken(base / "in", disk / "new")
        finally:
            subprocess.run(["umount", str(disk)], check=True)  # noqa: S603, S607 (fixed)
    return told


def _remount(disk: Path, option: str) -> None:
    command = ["mount", "-o", f"remount,{option}", str(disk)]
    subprocess.run(command, check=True)  # noqa: S603 (a fixed command)


def _spoken(inbox: Path, out: Path) -> tuple[int, str]:
    """The command's exit code and its last line on stderr."""
    flags = ["--out", str(out), "--model", "quote", "--jobs", "2", "-q"]
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-m", "summarize", "batch", str(inbox), *flags],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    return done.returncode, done.stderr.strip().rsplit("\n", 1)[-1]


_FIGURES: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "again": _again,
    "workers": _workers_compared,
    "memory": _memory,
    "trouble": _trouble,
}


if __name__ == "__main__":
    main()
