"""Runs of the batch that are killed at random moments, resumed, and compared."""

import os
import random
import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.studies.batch_forked import Forked, driver, preload, wait_for
from benchmarks.studies.batch_inbox import fill

__all__ = ["acknowledged", "kills", "tree"]

_WAYS = ("worker", "driver", "everything")
_JOBS = 2


def tree(out: Path) -> dict[str, bytes]:
    """The outputs by path, but for what says when they were made; unfinished files as well."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != "run.json" and path.parent.name != ".summarize"
    }


def _outlined(out: Path) -> set[str]:
    """The digests of which an outline is acknowledged."""
    path = out / ".summarize" / "ledger.sqlite"
    if not path.is_file():
        return set()
    db = sqlite3.connect(path)
    try:
        query = "SELECT subject FROM items WHERE kind = 'outline' AND state = 'done'"
        return {row[0] for row in db.execute(query)}
    except sqlite3.OperationalError:  # killed before the tables were made
        return set()
    finally:
        db.close()


def acknowledged(out: Path) -> dict[str, tuple[int, int]]:
    """The acknowledged items, with the run and the number of attempts that made them."""
    path = out / ".summarize" / "ledger.sqlite"
    if not path.is_file():
        return {}
    db = sqlite3.connect(path)
    try:
        rows = db.execute(
            "SELECT key, run, attempts FROM items WHERE state = 'done' AND kind != 'outline'"
        ).fetchall()
    except sqlite3.OperationalError:  # killed before the tables were made
        rows = []
    finally:
        db.close()
    return {key: (run, attempts) for key, run, attempts in rows}


def _begun(notes: Path) -> Counter[str]:
    """How often each piece of work was begun, of those that are kept."""
    lines = notes.read_text(encoding="utf-8").splitlines() if notes.is_file() else []
    return Counter(line for line in lines if line.startswith(("read ", "summary ", "outline ")))


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
    outlined: set[str] = set()
    seen = Counter[str]()
    if way != "worker":
        process.wait(60)
        before, outlined = acknowledged(base / "out"), _outlined(base / "out")
        seen = _begun(base / "notes")
        process = driver(base / "in", base / "out", base / "notes", _JOBS)
    code = wait_for(process)
    after = acknowledged(base / "out")
    begun = _begun(base / "notes")
    # The outlines of finished digests are not kept.
    again = sum(begun.values()) - len(after) - len([b for b in begun if b.startswith("outline ")])
    redone = sum(after.get(key) != made for key, made in before.items())
    redone += sum((begun - seen)[f"outline {subject}"] for subject in outlined)
    return {
        "killed": int(killed),
        "resumed without error": int(code == 0),
        "acknowledged items redone": redone,
        "rounds that repeated more than one item per worker": int(again > _JOBS),
        "items repeated": again,
    }
