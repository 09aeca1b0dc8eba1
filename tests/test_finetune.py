"""`summarize train` on tiny checkpoints: real processes, killed and gone on with."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summarize.cli import app
from summarize.errors import UsageError
from summarize.training.finetune import Job, Recipe, finetune
from summarize.training.finetune_data import Pair, batches, faithful, read_pairs, split
from tests.checkpoints import Checkpoint

_TOWNS = ("Norville", "Easton", "Marbury", "Halden", "Ostrava", "Lindqvist")


def _lines(count: int = 24) -> list[dict[str, object]]:
    return [
        {
            "source": f"The old bridge in {_TOWNS[n % 6]} collapsed on Monday. {n + 3} workers "
            "were killed when it fell, the mayor said.",
            "summary": f"A bridge collapsed in {_TOWNS[n % 6]} and {n + 3} workers were killed.",
        }
        for n in range(count)
    ]


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    return _write(tmp_path / "pairs.jsonl", _lines())


def _write(path: Path, lines: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def _train(pairs: Path, base: Path, out: Path, **changes: object) -> list[str]:
    said: list[str] = []
    recipe = Recipe(**{"epochs": 6, "rate": 1e-2, "tokens": 600, **changes})  # type: ignore[arg-type]
    finetune(Job(pairs, str(base), out, recipe, 1, "cpu", 60.0), said.append)
    return said


@pytest.mark.parametrize("family", ["t5", "bart", "primera"])
def test_training_lowers_the_loss_and_the_model_writes(
    family: str, checkpoint: Checkpoint, pairs: Path, tmp_path: Path
) -> None:
    out = tmp_path / "writer"
    said = _train(pairs, checkpoint(family), out)
    losses = (out / "losses.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(losses.splitlines()))
    held = [float(row["held_out"]) for row in rows if row["held_out"]]
    assert held[-1] < 0.8 * held[0]
    assert any(line.startswith("step 10: loss") for line in said)
    assert not (out / "resume").exists()
    assert not [p for p in out.iterdir() if p.suffix in {".bin", ".pt", ".pkl", ".py"}]
    assert ET.parse(out / "losses.svg").getroot().tag.endswith("svg")  # noqa: S314 (our own)
    card = (out / "README.md").read_text(encoding="utf-8")
    assert "| lines | 24 |" in card
    assert "| seed | 13 |" in card
    assert f"{held[-1]:.3f}, at step {len(rows) - 1}" in card
    article = tmp_path / "bridge.txt"
    article.write_text(str(_lines()[0]["source"]), encoding="utf-8")
    command = ["run", str(article), "--model", str(out), "--no-articles", "--length", "1s"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output


def test_the_same_training_gives_the_same_weights(
    checkpoint: Checkpoint, pairs: Path, tmp_path: Path
) -> None:
    lines = _lines()
    other = _write(tmp_path / "turned.jsonl", lines[::-1])
    for data, name in ((pairs, "one"), (pairs, "two"), (other, "three")):
        _train(data, checkpoint("t5"), tmp_path / name, steps=4)
    weights = [(tmp_path / n / "model.safetensors").read_bytes() for n in ("one", "two", "three")]
    assert weights[0] == weights[1] == weights[2]
    _train(pairs, checkpoint("t5"), tmp_path / "four", steps=4, seed=14)
    assert (tmp_path / "four" / "model.safetensors").read_bytes() != weights[0]


def _command(pairs: Path, base: Path, out: Path) -> list[str]:
    flags = ["--data", str(pairs), "--base", str(base), "--out", str(out), "--rate", "0.01"]
    small = ["--tokens", "300", "--epochs", "4", "--jobs", "1", "--save-minutes", "0"]
    return [sys.executable, "-m", "summarize", "train", *flags, *small]


def test_a_full_disk_ends_with_a_sentence_and_the_training_goes_on(
    checkpoint: Checkpoint, pairs: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = _command(pairs, checkpoint("t5"), out)
    full = subprocess.run(
        ["bash", "-c", 'ulimit -f 8; exec "$@"', "bash", *command],
        capture_output=True,
        check=False,
        text=True,
    )
    assert full.returncode == 2
    assert "File too large" in full.stderr.splitlines()[-1]
    assert "fault" not in full.stderr
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert (out / "model.safetensors").is_file()


@pytest.mark.parametrize(
    ("flag", "value", "reason"), [("--jobs", "0", "jobs"), ("--rate", "0", "learning rate")]
)
def test_what_trains_nothing_is_refused(
    pairs: Path, tmp_path: Path, flag: str, value: str, reason: str
) -> None:
    command = [*_command(pairs, tmp_path, tmp_path / "out")[3:], flag, value]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 2
    assert reason in done.output
    assert not (tmp_path / "out").exists()


def test_a_killed_training_goes_on_and_ends_the_same(
    checkpoint: Checkpoint, pairs: Path, tmp_path: Path
) -> None:
    whole = subprocess.run(
        _command(pairs, checkpoint("bart"), tmp_path / "whole"), capture_output=True, check=False
    )
    assert whole.returncode == 0, whole.stderr.decode()
    out = tmp_path / "killed"
    process = subprocess.Popen(_command(pairs, checkpoint("bart"), out), stderr=subprocess.PIPE)
    until = time.monotonic() + 120
    while not [*out.glob("resume/step-*")] and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert (out / "resume").is_dir()
    again = subprocess.run(
        _command(pairs, checkpoint("bart"), out), capture_output=True, check=False, text=True
    )
    assert again.returncode == 0, again.stderr
    assert "Going on from step" in again.stderr
    one, other = (
        (folder / "losses.csv").read_text(encoding="utf-8") for folder in (tmp_path / "whole", out)
    )
    assert one == other
    assert (out / "model.safetensors").read_bytes() == (
        tmp_path / "whole" / "model.safetensors"
    ).read_bytes()


def test_another_training_does_not_go_on_from_this_one(
    checkpoint: Checkpoint, pairs: Path, tmp_path: Path
) -> None:
    out = tmp_path / "writer"
    _train(pairs, checkpoint("t5"), out, steps=2)
    with pytest.raises(UsageError, match="not empty"):
        _train(pairs, checkpoint("t5"), out, steps=2)
    (out / "resume").mkdir()
    (out / "resume" / "signature.json").write_text("another")
    with pytest.raises(UsageError, match="other data"):
        _train(pairs, checkpoint("t5"), out, steps=2)


def test_summaries_with_claims_of_their_own_are_dropped() -> None:
    source = "The Harbor Bridge in Norville collapsed on Monday, killing four workers."
    told = (
        "Four workers were killed in Norville.",
        "The bridge in Norville collapsed. Four workers died.",
        "Five workers were killed in Norville.",
        "Four workers were killed in Easton.",
        "Four workers were killed. Mayor Ada Wills resigned.",
        "Four workers died in May 2019.",
    )
    counts: Counter[str] = Counter()
    kept = [*faithful((Pair((source,), summary) for summary in told), counts)]
    assert [pair.summary for pair in kept] == list(told[:2])
    assert counts["unfaithful"] == 4


def test_what_was_dropped_is_said_and_can_be_kept(checkpoint: Checkpoint, tmp_path: Path) -> None:
    lines = _lines(6)
    lines[0]["summary"] = "A bridge collapsed in Paris."
    data = _write(tmp_path / "pairs.jsonl", lines)
    said = _train(data, checkpoint("t5"), tmp_path / "one", steps=1)
    assert "1 unfaithful" in said[0]
    assert "| unfaithful | 1 |" in (tmp_path / "one" / "README.md").read_text(encoding="utf-8")
    assert (
        "unfaithful"
        not in _train(data, checkpoint("t5"), tmp_path / "two", steps=1, faithful=False)[0]
    )


def test_lines_that_are_no_pairs_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_bytes(
        b'{"source": "A text.", "summary": "A text."}\n'
        b'{"documents": ["One.", " ", "Two."], "summary": "Both."}\n'
        b'{"source": "A text.", "summary": "A text."}\n'
        b'\n{"source": 1, "summary": "x"}\n{"source": "x"}\n[1]\n{"summary": "x"}\n'
        b'{"documents": [], "summary": "x"}\n{"documents": 3, "summary": "x"}\n'
        b'\xff\xfe\n{"source": ' + b"[" * 100_000 + b"\n"
    )
    counts: Counter[str] = Counter()
    pairs = read_pairs(path, counts)
    assert pairs == [Pair(("A text.",), "A text."), Pair(("One.", "Two."), "Both.")]
    assert counts == {"lines": 11, "unreadable": 8, "repeated": 1}


def test_nothing_to_train_on_is_said_with_the_form(checkpoint: Checkpoint, tmp_path: Path) -> None:
    data = _write(tmp_path / "pairs.jsonl", [{"text": "no pair"}])
    with pytest.raises(UsageError, match=r'1 unreadable.*"documents"'):
        _train(data, checkpoint("t5"), tmp_path / "out")
    with pytest.raises(UsageError, match="cannot be read"):
        _train(tmp_path / "none.jsonl", checkpoint("t5"), tmp_path / "out2")


@pytest.mark.parametrize("name", ["copyist", "quote"])
def test_a_writer_that_is_no_checkpoint_cannot_be_trained(
    name: str, pairs: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="cannot be trained"):
        _train(pairs, Path(name), tmp_path / "out")


def test_every_pair_is_in_one_batch_and_none_is_too_large() -> None:
    from summarize.training.finetune_data import Example

    examples = [Example((1,) * (1 + n * 7 % 50), (2,) * (1 + n * 11 % 40)) for n in range(200)]
    made = batches(examples, 120, 1)
    assert Counter(e for batch in made for e in batch) == Counter(examples)
    for batch in made:
        padded = max(len(e.source) for e in batch) + max(len(e.target) for e in batch)
        assert len(batch) * padded <= 120
    assert made != batches(examples, 120, 2)


def test_no_pair_is_both_trained_on_and_held_out() -> None:
    pairs = [Pair((f"text {n}",), "summary") for n in range(100)]
    train, held = split(pairs, 13)
    assert len(held) == 5
    assert {*train, *held} == {*pairs}
    assert not {*train} & {*held}


def test_the_command_is_refused_without_a_gpu_that_was_asked_for(
    checkpoint: Checkpoint, pairs: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [*_command(pairs, checkpoint("t5"), tmp_path / "out"), "--device", "cuda"],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "CUDA_VISIBLE_DEVICES": ""},
    )
    assert done.returncode == 3
    assert "--device cpu" in done.stderr
