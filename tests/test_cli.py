"""The command as a user runs it: real processes, real exit codes."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from summarize.cli import app
from summarize.commands.progress import Spinner
from summarize.render.json import schema

BRIDGE = (
    "Bridge collapses in Norville\n\n"
    "The Harbor Bridge in Norville collapsed on Monday, killing four workers.\n\n"
    "Mayor Ada Wills said the 60-year-old bridge had been inspected in May 2021.\n\n"
    "Engineers had warned of cracks for two years, the Norville Herald reported.\n"
)


def run(
    *arguments: str, stdin: bytes | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    """`python -m summarize` with these arguments; its output decoded as UTF-8."""
    done = subprocess.run(
        [sys.executable, "-m", "summarize", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **env},
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good article, and a space and an emoji in its name."""
    made = tmp_path / "my news 🗞"
    made.mkdir()
    (made / "bridge é.txt").write_text(BRIDGE, encoding="utf-8")
    return made


def test_help_needs_no_heavy_library() -> None:
    code = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from summarize.cli import app\n"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0\n"
        "assert CliRunner().invoke(app, ['run', '--help']).exit_code == 0\n"
        "assert CliRunner().invoke(app, ['score', '--help']).exit_code == 0\n"
        "heavy = {'torch', 'transformers', 'spacy', 'sklearn', 'numpy', 'trafilatura', 'rich'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_every_command_says_what_it_does() -> None:
    for command in (
        ["run"],
        ["score"],
        ["schema"],
        ["models"],
        ["models", "list"],
        ["models", "info"],
    ):
        result = CliRunner().invoke(app, [*command, "--help"])
        assert result.exit_code == 0
        assert len(result.output.split("\n")) > 3


def test_version_names_what_changes_a_result() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert result.exit_code == 0
    names = {line.split()[0] for line in result.output.strip().split("\n")}
    assert {"summarize", "python", "torch", "transformers", "spacy", "copyist", "scorer"} <= names


def test_a_digest_on_the_terminal(folder: Path) -> None:
    done = run("run", str(folder), "--model", "quote")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "Harbor Bridge in Norville collapsed on Monday" in done.stdout
    assert "\x1b" not in done.stdout
    assert "bridge é.txt" in done.stdout


def test_json_on_stdout_validates(folder: Path) -> None:
    done = run("run", str(folder), "--model", "quote", "--format", "json")
    data = json.loads(done.stdout)
    jsonschema.validate(data, json.loads(schema()))
    assert data["stories"][0]["articles"][0]["title"] == "Bridge collapses in Norville"


@pytest.mark.parametrize(
    ("name", "start"), [("d.md", "# Digest"), ("d.json", "{"), ("d.txt", "Di")]
)
def test_the_output_file_says_the_format(
    folder: Path, tmp_path: Path, name: str, start: str
) -> None:
    done = run("run", str(folder), "--model", "quote", "-o", str(tmp_path / name))
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([folder.name, name])


def test_stdin_is_an_article() -> None:
    done = run("run", "-", "--model", "quote", stdin=BRIDGE.encode())
    assert done.returncode == 0
    assert "Harbor Bridge" in done.stdout


def test_an_empty_folder_is_nothing_to_read(tmp_path: Path) -> None:
    done = run("run", str(tmp_path), "--model", "quote")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no article" in done.stderr
    assert ".txt" in done.stderr


def test_a_missing_folder_is_nothing_to_read(tmp_path: Path) -> None:
    done = run("run", str(tmp_path / "nowhere"), "--model", "quote")
    assert done.returncode == 2
    assert "nowhere" in done.stderr


def test_a_variable_that_is_not_set_is_not_the_current_folder(folder: Path) -> None:
    nothing = run("run", "", "--model", "quote")
    assert (nothing.returncode, nothing.stdout) == (2, "")
    assert "an empty name is no file" in nothing.stderr
    some = run("run", "", str(folder), "--model", "quote")
    assert some.returncode == 1
    assert "Harbor Bridge" in some.stdout


@pytest.mark.parametrize("name", ["d.html", "d.md", "d.txt", "d.eml", "d.atom", "d.json"])
def test_a_digest_among_the_articles_is_not_told_again(folder: Path, name: str) -> None:
    assert run("run", str(folder), "--model", "quote", "-o", str(folder / name)).returncode == 0
    done = run("run", str(folder), "--model", "quote")
    assert done.returncode == 1
    assert done.stdout.startswith("Digest of 1 article in 1 story")
    assert f"{name}" in done.stderr
    assert "it is a digest" in done.stderr


@pytest.mark.parametrize("command", ["run", "score"])
def test_an_input_is_never_overwritten(folder: Path, command: str) -> None:
    article = folder / "bridge é.txt"
    inputs = [str(article)] if command == "run" else [str(article), str(folder)]
    done = run(command, *inputs, "-o", str(folder / ".." / folder.name / article.name))
    assert done.returncode == 2
    assert "is one of the inputs" in done.stderr
    assert article.read_text(encoding="utf-8") == BRIDGE


def test_pairs_are_not_overwritten_by_their_scores(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text('{"summary": "Four died.", "sources": ["Four people died on Monday."]}\n')
    before = pairs.read_bytes()
    assert run("score", "--pairs", str(pairs), "-o", str(pairs)).returncode == 2
    assert pairs.read_bytes() == before


def test_an_output_keeps_its_link_and_who_may_read_it(folder: Path, tmp_path: Path) -> None:
    real, link = tmp_path / "private" / "digest.md", tmp_path / "latest.md"
    real.parent.mkdir()
    real.write_text("yesterday's")
    real.chmod(0o600)
    link.symlink_to(real)
    assert run("run", str(folder), "--model", "quote", "-o", str(link)).returncode == 0
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("# Digest")
    assert real.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in real.parent.iterdir()] == ["digest.md"]


def test_a_pipe_is_written_to_and_stays_one(folder: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        done = run("run", str(folder), "--model", "quote", "-o", str(pipe))
        assert (done.returncode, done.stderr) == (0, "")
        assert os.read(reader, 6) == b"Digest"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_dash_is_standard_output(folder: Path) -> None:
    done = run("run", str(folder), "--model", "quote", "-o", "-")
    assert done.stdout.startswith("Digest of 1 article")
    assert not Path("-").exists()


def test_a_name_of_an_output_may_be_as_long_as_the_system_takes(
    folder: Path, tmp_path: Path
) -> None:
    name = "n" * 252 + ".md"
    assert run("run", str(folder), "--model", "quote", "-o", str(tmp_path / name)).returncode == 0
    done = run("run", str(folder), "--model", "quote", "-o", str(tmp_path / f"n{name}"))
    assert done.returncode == 2
    assert "could not be written: File name too long" in done.stderr


def test_bad_files_are_reported_and_the_good_ones_summarized(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "junk.txt").write_bytes(bytes(range(256)) * 50)
    (folder / "word.txt").write_text("Hello")
    (folder / "café.txt").write_bytes(
        "The café in Norville closed on Friday after a fire.".encode("cp1252")
    )
    good = json.dumps(
        {"title": "Dam", "text": "The dam at Elm Falls broke on Friday, police said."}
    )
    (folder / "list.jsonl").write_text(f"{good}\n{{broken\n")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    done = run("run", str(folder), "--model", "quote", "--format", "json")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    failed = {Path(failure["path"].split("#")[0]).name for failure in data["failures"]}
    assert {"empty.txt", "junk.txt", "word.txt", "list.jsonl"} <= failed
    read = {article["path"] for story in data["stories"] for article in story["articles"]}
    assert read == {"bridge é.txt", "café.txt", "list.jsonl#1"}
    texts = [article["text"] for story in data["stories"] for article in story["articles"]]
    assert any("café" in text for text in texts)
    assert all(name in done.stderr for name in ("empty.txt", "junk.txt", "word.txt", "list.jsonl"))


def test_a_file_of_200_mb_is_refused_at_once(folder: Path) -> None:
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(200_000_000)
    done = run("run", str(folder), "--model", "quote")
    assert done.returncode == 1
    assert "huge.txt" in done.stderr
    assert "Harbor Bridge" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--length", "5x"], "5s"),
        (["--jobs", "0"], "--jobs"),
        (["--format", "pdf"], "--format"),
        (["-o", "/nowhere/at/all.md"], "does not exist"),
        (["-o", "digest.pdf"], ".pdf files cannot be written"),
    ],
)
def test_wrong_usage_exits_with_2(folder: Path, arguments: list[str], said: str) -> None:
    done = run("run", str(folder), *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_model_exits_with_3(folder: Path, tmp_path: Path) -> None:
    for model in (str(tmp_path / "none"), "google/flan-t5-small"):
        done = run("run", str(folder), "--model", model)
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.startswith("Error: ")
        assert done.stderr.count("\n") == 1


def test_a_folder_that_is_no_model_exits_with_3(folder: Path) -> None:
    done = run("run", str(folder), "--model", str(folder))
    assert done.returncode == 3
    assert "config.json" in done.stderr


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_length_in_sentences_is_exact(folder: Path, count: int) -> None:
    done = run("run", str(folder), "--model", "quote", "--length", f"{count}s", "--format", "json")
    summary = json.loads(done.stdout)["stories"][0]["summary"]
    assert len(summary["sentences"]) == count


@pytest.mark.parametrize("words", [12, 25, 200])
def test_a_length_in_words_is_never_overrun(folder: Path, words: int) -> None:
    done = run("run", str(folder), "--model", "quote", "--length", f"{words}w", "--format", "json")
    summary = json.loads(done.stdout)["stories"][0]["summary"]
    assert 0 < len(summary["text"].split()) <= words


def test_articles_can_be_left_out(folder: Path) -> None:
    done = run("run", str(folder), "--model", "quote", "--no-articles", "--format", "json")
    [article] = json.loads(done.stdout)["stories"][0]["articles"]
    assert article["summary"] is None


def test_control_c_ends_with_130(folder: Path) -> None:
    for number in range(300):
        text = BRIDGE.replace("four", str(number)).replace("Harbor", f"Number {number}")
        (folder / f"{number}.txt").write_text(text)
    terminal, stderr = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "summarize", "run", str(folder)],
        stdout=subprocess.PIPE,
        stderr=stderr,
    )
    os.close(stderr)
    # The spinner's first words say that the run has begun.
    err = os.read(terminal, 1000)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    # The terminal ends with an error when nobody has it open any more.
    with contextlib.suppress(OSError):
        while more := os.read(terminal, 1000):
            err += more
    os.close(terminal)
    assert process.returncode == 130
    assert out == b""
    assert b"Interrupted" in err
    assert b"Traceback" not in err


@pytest.mark.parametrize("quiet", [["-q"], []])
def test_what_failed_is_said_however_quiet_the_run_is(folder: Path, quiet: list[str]) -> None:
    (folder / "budget.xls").write_bytes(b"PK")
    output = folder.with_name("digest.html")
    done = run("run", str(folder), "--model", "quote", "-o", str(output), *quiet)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "budget.xls" in line
    assert "not supported" in line


def test_the_spinner_stays_on_one_line_of_a_narrow_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal, screen = os.openpty()
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setattr("summarize.commands.progress._PATIENCE", 0.0)
    with os.fdopen(screen, "w") as stderr, monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", stderr)
        with Spinner() as progress:
            progress("loading the writer of these summaries")
            time.sleep(0.8)
    shown = os.read(terminal, 10_000).decode()
    os.close(terminal)
    assert "loading the" in shown
    # The one that is shown last is taken away from the line below it.
    assert shown.count("\n") == 1


@pytest.mark.parametrize("goes_on", [True, False])
def test_an_interrupt_that_a_library_swallows_is_raised_at_the_next_stage(goes_on: bool) -> None:  # noqa: FBT001
    def interrupted() -> None:
        with Spinner(quiet=True) as progress:
            with contextlib.suppress(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
            if goes_on:
                progress("writing")

    with pytest.raises(KeyboardInterrupt):
        interrupted()


@pytest.mark.parametrize("arguments", ["--help", "schema", "run '{}' --model quote", "doctor"])
def test_a_closed_pipe_ends_the_program_as_it_ends_others(folder: Path, arguments: str) -> None:
    command = f"{sys.executable} -m summarize {arguments.format(folder)} | true"
    script = f"{command}; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (141, b"", b"")


@pytest.mark.parametrize("arguments", ["schema", "run '{}' --model quote", "doctor"])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_told_in_a_sentence(folder: Path, arguments: str) -> None:
    command = f"{sys.executable} -m summarize {arguments.format(folder)} > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr == b"Error: The output could not be written: No space left on device.\n"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_closed_stream_is_not_missed(folder: Path, closed: str) -> None:
    target = folder.parent / "digest.json"
    run_it = f"{sys.executable} -m summarize run '{folder}' --model quote -o {target} {closed}"
    done = subprocess.run(["bash", "-c", run_it], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(target.read_text())["stories"]


def test_an_interrupt_while_libraries_are_imported_is_quiet() -> None:
    # The command line is looked for in a module that never finishes: the program is starting.
    code = (
        "import signal, sys, types, summarize.__main__ as begin\n"
        "class Slow:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'summarize.cli':\n"
        "            try:\n"
        "                signal.raise_signal(signal.SIGINT)\n"
        "            except BaseException:\n"
        "                pass\n"
        "            raise ImportError('the interrupt was swallowed')\n"
        "sys.meta_path.insert(0, Slow())\n"
        "begin.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_models_are_listed_and_found() -> None:
    listed = CliRunner().invoke(app, ["models", "list"])
    assert "copyist" in listed.output
    assert "allenai/PRIMERA" in listed.output
    path = CliRunner().invoke(app, ["models", "path", "copyist"])
    assert Path(path.output.strip()).is_dir()
    assert CliRunner().invoke(app, ["models", "path", "nowhere"]).exit_code == 3
    assert (
        "licence" in CliRunner().invoke(app, ["models", "info", "facebook/bart-large-cnn"]).output
    )
