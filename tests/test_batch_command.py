"""`summarize batch` as a user runs it: real processes, real kills, real exit codes."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

from summarize.batch.lock import locked
from tests.batches import BRIDGE, SCHOOL, inbox_of, invoke
from tests.test_cli import run


def test_killed_runs_resume_to_the_same_bytes_and_redo_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.studies.batch", "kills", "--rounds", "3",
         "--folders", "3"],
        capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert told["resumed without error"] == 3
    assert told["acknowledged items redone"] == 0
    assert told["rounds that repeated more than one item per worker"] == 0
    # A round that ends before its kill compares nothing.
    assert told["killed"] > 0
    same = sum(told[f"same after {way}"] for way in ("worker", "driver", "everything"))
    assert same == told["killed"]


def test_a_batch_from_the_command_line(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path / "in", {"a/x.txt": BRIDGE, "b/y.txt": SCHOOL, "b/bad.txt": "Hi"})
    out = str(tmp_path / "out")
    flags = [str(inbox), "--out", out, "--model", "quote", "--jobs", "1"]
    done = run("batch", *flags)
    assert (done.returncode, done.stdout) == (1, "")
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert [event["event"] for event in events] == ["digest", "digest", "failed", "finished"]
    assert events[2]["subject"] == f"{inbox}/b/bad.txt"
    assert events[2]["reason"] == "it has fewer than 5 words of text"
    assert all(datetime.fromisoformat(event["time"]).tzinfo for event in events)
    assert events[-1]["failures"] == 1
    for name in ("index.html", "feed.xml", "run.json", "digests/a/digest.md"):
        assert (tmp_path / "out" / name).is_file()
    again = run("batch", "run", *flags, "-q")
    assert (again.returncode, again.stdout, again.stderr) == (1, "", "")
    status = invoke("batch", "status", out)
    assert "bad.txt: it has fewer than 5 words of text" in status.stdout
    assert "The last run made nothing" in invoke("batch", "why", out).stdout


def test_a_quiet_run_says_once_what_failed(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path / "in", {"a/x.txt": BRIDGE, "b/bad.txt": "Hi"})
    flags = [str(inbox), "--out", str(tmp_path / "out"), "--model", "quote", "--jobs", "1", "-q"]
    first = run("batch", *flags)
    assert (first.returncode, first.stdout) == (1, "")
    assert f"{inbox}/b/bad.txt: it has fewer than 5 words of text\n" in first.stderr
    assert run("batch", *flags).stderr == ""
    inbox_of(inbox, {"b/worse.bin": "\0\1\2"})
    assert "worse.bin: " in run("batch", *flags).stderr


def test_what_an_earlier_batch_left_in_the_inbox_is_not_told_again(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path / "in", {"a/x.txt": BRIDGE})
    flags = ["--model", "quote", "--jobs", "1", "-q"]
    assert run("batch", str(inbox), "--out", str(inbox / "old"), *flags).returncode == 0
    out = tmp_path / "out"
    assert run("batch", str(inbox), "--out", str(out), *flags).returncode == 1
    assert [path.parent.name for path in out.rglob("digest.md")] == ["a"]


def test_what_stops_a_batch_has_a_sentence_and_an_exit_code(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path / "in", {"a/x.txt": BRIDGE})
    out = tmp_path / "out"
    (tmp_path / "file").write_text("x")
    cases = [
        (["--out", str(out), "--model", str(tmp_path / "none")], 3, "no model folder"),
        (["--out", str(tmp_path / "file" / "out")], 4, "cannot be written"),
        (["--out", str(inbox)], 2, "both inbox and output"),
        (["--out", str(out), "--length", "5x"], 2, "5s"),
        (["--out", str(out), "--jobs", "0"], 2, "--jobs"),
        (["--out", str(out), "--since", "monday"], 2, "--since last"),
        (["--out", str(out), "--metrics", str(tmp_path)], 2, "is a folder"),
    ]
    for flags, code, said in cases:
        done = invoke("batch", str(inbox), "--model", "quote", *flags)
        assert (done.exit_code, done.stdout) == (code, "")
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    missing = invoke("batch", str(tmp_path / "nowhere"), "--out", str(out), "--model", "quote")
    assert (missing.exit_code, "nowhere" in missing.stderr) == (2, True)
    unset = invoke("batch", "", "--out", str(out), "--model", "quote")
    assert (unset.exit_code, "inbox is needed" in unset.stderr) == (2, True)
    assert invoke("batch", "status", str(tmp_path)).exit_code == 2


def test_metrics_may_go_to_a_pipe_which_stays_one(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path / "in", {"a/x.txt": BRIDGE})
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        flags = ["--out", str(tmp_path / "out"), "--model", "quote", "--metrics", str(pipe)]
        assert invoke("batch", str(inbox), *flags).exit_code == 0
        assert b"summarize_items" in os.read(reader, 1000)
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_who_holds_the_output_folder_is_said(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path / "in", {"a/x.txt": BRIDGE})
    with locked(tmp_path / "out/.summarize/lock", wait=False, waiting=lambda _: None):
        done = invoke("batch", str(inbox), "--out", str(tmp_path / "out"), "--model", "quote")
    assert done.exit_code == 5
    assert "is in use by process" in done.stderr
    assert "--wait" in done.stderr


def test_a_run_that_was_killed_is_told_from_one_that_goes_on(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path / "in", {"a/x.txt": BRIDGE})
    out = tmp_path / "out"
    invoke("batch", str(inbox), "--out", str(out), "--model", "quote", "--jobs", "1")
    # What a killed run leaves: nobody could write down how it ended.
    with closing(sqlite3.connect(out / ".summarize" / "ledger.sqlite")) as db:
        db.execute("UPDATE runs SET state = 'running'")
        db.commit()
    with locked(out / ".summarize" / "lock", wait=False, waiting=lambda _: None):
        assert invoke("batch", "status", str(out)).stdout.startswith("run 1: running\n")
    assert invoke("batch", "status", str(out)).stdout.startswith("run 1: broke off (killed, or")


def test_help_of_every_batch_command() -> None:
    for command in ([], ["run"], ["status"], ["why"], ["retry"], ["gc"]):
        done = invoke("batch", *command, "--help")
        assert done.exit_code == 0
        assert len(done.stdout.split("\n")) > 3


def test_an_interrupted_batch_says_that_it_goes_on_later(tmp_path: Path) -> None:
    # So many that it is still at work when the signal comes.
    texts = {f"a/{n}.txt": BRIDGE.replace("Norville", f"Norville-{n}") for n in range(60)}
    inbox = inbox_of(tmp_path / "in", texts)
    for sent in (signal.SIGINT, signal.SIGTERM):
        out = tmp_path / sent.name
        process = subprocess.Popen(
            [sys.executable, "-m", "summarize", "batch", str(inbox), "--out", str(out), "-q"],
            stderr=subprocess.PIPE,
            # A shell's background jobs ignore it, and so would what they start.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        )
        while not _running(out):
            time.sleep(0.05)
        process.send_signal(sent)
        told = process.communicate(timeout=60)[1].decode()
        assert (process.returncode, told.count("\n")) == (130, 1)
        assert "run it again to go on" in told
        assert invoke("batch", "status", str(out)).stdout.endswith("stopped\n")


def _running(out: Path) -> bool:
    path = out / ".summarize" / "ledger.sqlite"
    if not path.is_file():
        return False
    db = sqlite3.connect(path)
    try:
        return bool(db.execute("SELECT 1 FROM runs WHERE state = 'running'").fetchall())
    except sqlite3.OperationalError:
        return False
    finally:
        db.close()
