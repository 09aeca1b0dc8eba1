"""What the batch promises, measured: it survives kills, redoes nothing, and stays small.

    python -m benchmarks.studies.batch kills --rounds 100
    python -m benchmarks.studies.batch again --articles 1000 [--model copyist]
    python -m benchmarks.studies.batch workers --articles 200
    python -m benchmarks.studies.batch memory
    python -m benchmarks.studies.batch trouble     # as root: mounts small and read-only disks

Each prints one line of JSON. `kills` forks its drivers and workers off a process that has loaded
the libraries (`batch_forked`); `memory` gives the driver workers that answer at once with results
of the usual size, as what the driver needs does not depend on who made them; the others run the
command as a user does, on made-up news (`batch_inbox`).
"""

import argparse
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.studies.batch_forked import Forked, driver, preload, wait_for
from benchmarks.studies.batch_inbox import fill

__all__ = ["kills", "main", "tree"]

_WAYS = ("worker", "driver", "everything")
_JOBS = 2


def tree(out: Path) -> dict[str, bytes]:
    """The outputs by path, but for what says when they were made; unfinished files as well."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != "run.json" and path.parent.name != ".summarize"
    }


def _done(out: Path) -> dict[str, tuple[int, int]]:
    """The acknowledged items, with the run and the number of attempts that made them."""
    path = out / ".summarize" / "ledger.sqlite"
    if not path.is_file():
        return {}
    db = sqlite3.connect(path)
    try:
        rows = db.execute("SELECT key, run, attempts FROM items WHERE state = 'done'").fetchall()
    except sqlite3.OperationalError:  # killed before the tables were made
        rows = []
    finally:
        db.close()
    return {key: (run, attempts) for key, run, attempts in rows}


def _begun(notes: Path) -> Counter[str]:
    """How often each piece of work was begun, of those that are kept."""
    lines = notes.read_text(encoding="utf-8").splitlines() if notes.is_file() else []
    return Counter(line for line in lines if line.startswith(("read ", "summary ")))


def _workers(notes: Path) -> list[int]:
    lines = notes.read_text(encoding="utf-8").splitlines() if notes.is_file() else []
    return [int(line.split()[1]) for line in lines if line.startswith("worker ")]


def _alive(notes: Path) -> list[int]:
    return [pid for pid in _workers(notes) if Path(f"/proc/{pid}").exists()]


def _kill(way: str, process: Forked, notes: Path, chance: random.Random) -> bool:
    """Kill what `way` says, if it still runs; whether it did."""
    if process.poll() is not None:
        return False
    alive = _alive(notes)
    while way == "worker" and not alive and process.poll() is None:
        alive = _alive(notes)
    victims = [chance.choice(alive)] if way == "worker" and alive else []
    if way != "worker":
        victims = [process.pid, *(alive if way == "everything" else [])]
    for pid in victims:
        if _is_ours(pid):
            os.kill(pid, 9)
    return bool(victims)


def _is_ours(pid: int) -> bool:
    """Whether the process is a child of this one, or of one of its children."""
    try:
        parent = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
        above = int(Path(f"/proc/{parent}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError, ValueError):
        return False
    return os.getpid() in (parent, above)


def kills(rounds: int, folders: int, each: int, seed: int = 1) -> dict[str, Any]:
    """Kill runs at random moments, resume them, and compare with a run left in peace."""
    preload()
    chance = random.Random(seed)  # noqa: S311 (no secret)
    told: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="batch-") as place:
        base = Path(place)
        fill(base / "in", folders, each)
        began = time.monotonic()
        assert wait_for(driver(base / "in", base / "whole", base / "notes")) == 0
        whole, seconds = tree(base / "whole"), time.monotonic() - began
        once = sum(_begun(base / "notes").values())
        for number in range(rounds):
            way = _WAYS[number % len(_WAYS)]
            found = _round(base, way, chance.uniform(0, seconds), chance)
            told.update(found)
            told[f"same after {way}"] += found["killed"] and tree(base / "out") == whole
            told[f"rounds {way}"] += 1
            shutil.rmtree(base / "out", ignore_errors=True)
            (base / "notes").unlink(missing_ok=True)
    return {"rounds": rounds, "items": once, "seconds of a run": round(seconds, 2), **told}


def _round(base: Path, way: str, delay: float, chance: random.Random) -> dict[str, int]:
    """One run, killed after `delay` seconds and resumed, and what had to be done again."""
    (base / "notes").unlink(missing_ok=True)
    process = driver(base / "in", base / "out", base / "notes", _JOBS)
    time.sleep(delay)
    killed = _kill(way, process, base / "notes", chance)
    before: dict[str, tuple[int, int]] = {}
    if way != "worker":
        process.wait(60)
        before = _done(base / "out")
        process = driver(base / "in", base / "out", base / "notes", _JOBS)
    code = wait_for(process)
    after = _done(base / "out")
    begun = _begun(base / "notes")
    again = sum(begun.values()) - len(after)
    lines = (base / "notes").read_text(encoding="utf-8").splitlines()
    outlines = Counter(line for line in lines if line.startswith("outline "))
    redone = sum(after.get(key) != made for key, made in before.items())
    return {
        "killed": int(killed),
        "resumed without error": int(code == 0),
        "acknowledged items redone": redone,
        "rounds that repeated more than one item per worker": int(again > _JOBS),
        "items repeated": again,
        "outlines repeated": sum(outlines.values()) - len(outlines),
    }


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


def _again(asked: argparse.Namespace) -> dict[str, Any]:
    """A first run, one with nothing changed, and one with an article changed."""
    with tempfile.TemporaryDirectory(prefix="batch-") as place:
        inbox, out = Path(place) / "in", Path(place) / "out"
        fill(inbox, asked.articles // 5, 5)
        first = _command(inbox, out, asked.model, _JOBS)
        second = _command(inbox, out, asked.model, _JOBS)
        changed = next(inbox.rglob("2.txt"))
        changed.write_text(changed.read_text().replace("inspected", "examined"))
        third = _command(inbox, out, asked.model, _JOBS)
        why = subprocess.run(  # noqa: S603 (our own program)
            [sys.executable, "-m", "summarize", "batch", "why", str(out)],
            check=False, capture_output=True, text=True,
        ).stdout.splitlines()  # fmt: skip
    times = {unit: round(first[unit] / max(second[unit], 1e-9), 1) for unit in ("wall", "cpu")}
    return {"first": first, "second": second, "times quicker": times, "changed": third, "why": why}


def _workers_compared(asked: argparse.Namespace) -> dict[str, Any]:
    """The same articles by one worker and by two, in turns, twice."""
    walls: dict[int, list[float]] = {1: [], 2: []}
    busy: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory(prefix="batch-") as place:
        inbox = Path(place) / "in"
        fill(inbox, asked.articles // 5, 5)
        for turn in range(4):
            jobs = 1 + turn % 2
            found = _command(inbox, Path(place) / f"out{turn}", asked.model, jobs)
            walls[jobs].append(found["wall"])
            busy[jobs].append(found["workers busy"])
    return {"wall": walls, "workers busy": busy, "ratio": round(sum(walls[1]) / sum(walls[2]), 2)}


def _memory(asked: argparse.Namespace) -> dict[str, Any]:
    """The driver's peak for some articles and for ten times as many, each in a new process."""
    peaks = {}
    for articles in (asked.articles, 10 * asked.articles):
        with tempfile.TemporaryDirectory(prefix="batch-") as place:
            fill(Path(place) / "in", articles // 5, 5)
            code = (
                "import sys; from pathlib import Path; "
                "from benchmarks.studies.batch_memory import driver_peak; "
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
            kept = _done(disk / "out")
            told["full: acknowledged"] = len(kept)
            _remount(disk, "size=64m")
            told["more space"] = _spoken(base / "in", disk / "out")
            now = _done(disk / "out")
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
