"""Runs of the harness: resumable, repeatable, honest about what failed."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.__main__ import app
from benchmarks.journal import Journal, read_lines
from benchmarks.runs import COSTS, Work, work
from summarize.errors import UsageError

ROOT = Path(__file__).parent.parent

# Says the first sentence of its input, and leaves a mark for every call.
SLOW = """
import sys, time
open({log!r}, "a").write("call\\n")
time.sleep({pause})
print(open(sys.argv[1], encoding="utf-8").read().split(". ")[0] + ".")
"""


def command(folder: Path, pause: float = 0.0) -> tuple[str, Path]:
    """A system that runs a program, and the log of its calls."""
    log, script = folder / "calls.txt", folder / "tool.py"
    script.write_text(SLOW.format(log=str(log), pause=pause), encoding="utf-8")
    return f"command:{sys.executable} {script} {{input}}", log


def driver(system: str, out: Path) -> subprocess.Popen[bytes]:
    """A process of its own group that has `system` do the tiny set."""
    code = (
        "import sys; from pathlib import Path; from benchmarks.runs import COSTS, Work, work\n"
        "if __name__ == '__main__': work(Work('tiny', sys.argv[1]), Path(sys.argv[2]))"
    )
    script = out.parent / "driver.py"
    script.write_text(code, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, str(script), system, str(out)], env=environment, start_new_session=True
    )


def is_alive(group: int) -> bool:
    """Whether any process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def contents(out: Path) -> dict[str, list[dict[str, object]]]:
    """All lines of all files below `out`, without what a run cost."""
    found = {}
    for path in sorted(out.rglob("*.jsonl")):
        lines = read_lines(path)
        for line in lines:
            for cost in COSTS:
                line.pop(cost, None)
        found[str(path.relative_to(out))] = lines
    return found


def invoke(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*arguments])
    return result.exit_code, result.output


def test_two_runs_and_tables_are_the_same_apart_from_times(tmp_path: Path) -> None:
    quality = []
    for name in ("one", "two"):
        out = str(tmp_path / name)
        systems = ["--limit", "4", "--system", "lead", "--system", "random"]
        assert invoke("run", "--dataset", "tiny", *systems, "-o", out)[0] == 0
        code, text = invoke("table", "-o", out)
        assert code == 0
        quality.append(text[: text.index("| system | s per example")])
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert quality[0] == quality[1]
    assert "n = 4" in quality[0]


def test_a_finished_run_is_not_done_again(tmp_path: Path) -> None:
    system, log = command(tmp_path)
    assert work(Work("tiny", system, limit=3), tmp_path / "out") == 0
    assert work(Work("tiny", system, limit=5), tmp_path / "out") == 0
    assert len(log.read_text().splitlines()) == 5


def test_killed_at_random_moments_it_goes_on_and_repeats_nothing(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311
    system, log = command(tmp_path, pause=0.1)
    out, kills = tmp_path / "killed", 0
    for _ in range(4):
        process = driver(system, out)
        time.sleep(chance.uniform(0.5, 2.0))
        if process.poll() is None:
            kills += 1
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert kills
    assert driver(system, out).wait() == 0
    assert 16 <= len(log.read_text().splitlines()) <= 16 + kills
    assert driver(system, tmp_path / "undisturbed").wait() == 0
    assert contents(out) == contents(tmp_path / "undisturbed")


def test_a_driver_killed_alone_leaves_no_worker_behind(tmp_path: Path) -> None:
    system, log = command(tmp_path, pause=0.3)
    process = driver(system, tmp_path / "out")
    while not log.exists():
        time.sleep(0.05)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 30
    while is_alive(process.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not is_alive(process.pid)
    assert len(log.read_text().splitlines()) < 16


def test_a_system_that_fails_is_named_and_tried_again(tmp_path: Path) -> None:
    script = tmp_path / "tool.py"
    script.write_text(
        f"import os\nif not os.path.exists({str(tmp_path / 'key')!r}): "
        "raise SystemExit('no licence key')\nprint('A dam failed.')",
        encoding="utf-8",
    )
    system = f"command:{sys.executable} {script}"
    code, text = invoke(
        "run", "--dataset", "tiny", "--limit", "2", "--system", system, "-o", str(tmp_path / "out")
    )
    assert code == 1
    assert "2 examples failed" in text
    [path] = (tmp_path / "out").rglob("outputs.jsonl")
    assert all("no licence key" in line["error"] for line in read_lines(path))
    assert "| 2 |" in invoke("table", "-o", str(tmp_path / "out"))[1]
    (tmp_path / "key").touch()
    assert work(Work("tiny", system, limit=2), tmp_path / "out") == 0
    assert [line["sentences"] for line in read_lines(path)] == [["A dam failed."]] * 2


def test_outputs_of_another_length_are_not_mixed(tmp_path: Path) -> None:
    assert work(Work("tiny", "lead", limit=2), tmp_path) == 0
    with pytest.raises(UsageError, match="another length"):
        work(Work("tiny", "lead", limit=2, length="2s"), tmp_path)
    assert work(Work("tiny", "lead", limit=2, length="2s"), tmp_path, restart=True) == 0
    [path] = tmp_path.rglob("outputs.jsonl")
    assert [len(line["sentences"]) for line in read_lines(path)] == [2, 2]


def test_scoring_again_runs_no_system(tmp_path: Path) -> None:
    system, log = command(tmp_path)
    out = tmp_path / "out"
    assert (
        invoke("run", "--dataset", "tiny", "--limit", "2", "--system", system, "-o", str(out))[0]
        == 0
    )
    [scores] = out.rglob("scores.jsonl")
    before = scores.read_text()
    scores.unlink()
    assert invoke("score", "-o", str(out))[0] == 0
    assert scores.read_text() == before
    assert len(log.read_text().splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--dataset", "nowhere", "--system", "lead"], "no dataset 'nowhere'"),
        (["--dataset", "tiny", "--system", "nobody"], "no system 'nobody'"),
        (["--dataset", "tiny", "--system", "scorer"], "judges summaries"),
        (["--dataset", "tiny-judged", "--system", "lead"], "writes summaries"),
        (["--dataset", "multinews", "--system", "lead"], "--data DIR"),
        (["--dataset", "tiny", "--system", "lead", "--length", "much"], "is no length"),
        (["--dataset", "tiny", "--split", "dev", "--system", "lead"], "no split 'dev'"),
    ],
)
def test_what_cannot_be_run_is_said_in_a_sentence(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    code, text = invoke("run", *arguments, "-o", str(tmp_path))
    assert code == 2
    assert text.splitlines()[-1].startswith("Error: ")
    assert words in text


def test_a_judge_of_summaries_is_measured(tmp_path: Path) -> None:
    out = str(tmp_path)
    arguments = ["--system", "chance", "--system", "new-words", "-o", out]
    assert invoke("run", "--dataset", "tiny-judged", *arguments)[0] == 0
    text = invoke("table", "-o", out)[1]
    assert "| chance |" in text
    assert "(n 64)" in text
    assert "| negation |" in text


def test_ones_own_file_is_a_dataset(tmp_path: Path) -> None:
    record = {"id": "x", "documents": ["The mill at Orrin burned down. Nobody was hurt."],
              "summary": "A mill burned."}  # fmt: skip
    path = tmp_path / "mine.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    code, _ = invoke(
        "run", "--dataset", f"jsonl:{path}@6w", "--system", "lead", "-o", str(tmp_path)
    )
    assert code == 0
    [line] = read_lines(next(tmp_path.rglob("outputs.jsonl")))
    assert line["sentences"] == ["The mill at Orrin burned down."]


def test_a_journal_cuts_what_a_kill_left_of_a_line(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    with Journal(path) as journal:
        journal.append({"id": "a", "text": "café\u2028"})
    with path.open("a", encoding="utf-8") as file:
        file.write('{"id": "b", "te')
    with Journal(path) as journal:
        assert list(journal.lines) == ["a"]
        journal.append({"id": "b", "text": ""})
        journal.append({"id": "a", "text": "again"})
        journal.keep(["b", "a", "missing"])
    assert [line["id"] for line in read_lines(path)] == ["b", "a"]
    assert read_lines(path)[1]["text"] == "again"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "--dataset", "tiny"], "Nothing is to be run."),
        (["run", "--dataset", "tiny", "--system", "lead", "-o", "file"], "file"),
        (["run", "--dataset", "jsonl:none.jsonl@60w", "--system", "lead"], "LAYOUT:PATH@LENGTH"),
        (["run", "--dataset", "jsonl:mine.jsonl", "--system", "lead"], "behind the path: @60w"),
        (["score", "-o", "nothing"], "There is no run in nothing."),
        (["table", "-o", "nothing"], "There is no scored run in nothing."),
        (["gate", "--allow-lower", "it was lucky"], "Add --update."),
    ],
)
def test_what_cannot_be_done_has_a_sentence(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("", encoding="utf-8")
    Path("mine.jsonl").write_text('{"document": "A bridge fell.", "summary": "It fell."}\n')
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_table_is_written_into_a_new_folder(tmp_path: Path) -> None:
    out, page = str(tmp_path / "out"), tmp_path / "paper" / "table.md"
    assert invoke("run", "--dataset", "tiny", "--limit", "2", "--system", "lead", "-o", out)[0] == 0
    assert invoke("table", "-o", out, "--to", str(page))[0] == 0
    assert page.read_text(encoding="utf-8").startswith("## tiny")
    code, text = invoke("compare", "--dataset", "tiny", "--baseline", "lead", "-o", out)
    assert (code, "Only lead was run on tiny." in text) == (2, True)
