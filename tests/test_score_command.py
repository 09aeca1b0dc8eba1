"""`summarize score` as a user runs it."""

import io
import json
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import jsonschema
import pytest
from typer.testing import CliRunner

from summarize.cli import app
from summarize.render.score_json import schema
from summarize.scoring.inputs import BadPair, Pair, read_pairs, read_summary
from summarize.scoring.pairs import score_pairs
from tests.test_cli import BRIDGE, run

GOOD = "Four workers died when the Harbor Bridge in Norville collapsed on Monday."
BAD = "Nine workers died when the Harbor Bridge in Norville collapsed on Monday."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "bridge é.txt").write_text(BRIDGE, encoding="utf-8")
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.txt").write_text(BAD, encoding="utf-8")
    return tmp_path


def invoke(*arguments: str | Path, stdin: str | bytes = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["score", *map(str, arguments)], input=stdin)
    return result.exit_code, result.stdout, result.stderr


def test_a_true_summary_passes(folder: Path) -> None:
    done = run("score", str(folder / "good.txt"), str(folder / "articles"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Four[1✓] workers" in done.stdout
    assert "bridge é.txt: “" in done.stdout
    assert "accuracy                100.0 %" in done.stdout
    assert "\x1b" not in done.stdout


def test_too_low_an_accuracy_exits_with_1_and_one_sentence(folder: Path) -> None:
    assert invoke(folder / "bad.txt", folder / "articles")[0] == 0
    code, out, err = invoke(folder / "bad.txt", folder / "articles", "--min-accuracy", "0.98")
    assert code == 1
    assert "Nine[1" in out
    assert err == "The accuracy is 75.0 %, below the 98 % asked for.\n"
    assert invoke(folder / "bad.txt", folder / "articles", "--min-accuracy", "0.7")[0] == 0


def test_either_side_may_be_standard_input(folder: Path) -> None:
    assert invoke("-", folder / "articles", stdin=GOOD)[0] == 0
    assert invoke(folder / "good.txt", "-", stdin=BRIDGE)[0] == 0
    code, _, err = invoke("-", "-", stdin=GOOD)
    assert code == 2
    assert "both" in err


def test_an_empty_summary_passes_no_bar_one_without_claims_any(folder: Path) -> None:
    code, _, err = invoke("-", folder / "articles", stdin="")
    assert (code, err) == (0, "An empty summary was scored.\n")
    (folder / "empty.txt").write_bytes(b"")
    assert invoke(folder / "empty.txt", folder / "articles", "--min-accuracy", "0.5")[0] == 1
    code, _, err = invoke("-", folder / "articles", stdin="It rained.")
    assert (code, err) == (0, "Nothing could be checked: no name, number or date was found.\n")


def test_a_source_that_cannot_be_read_is_told(folder: Path) -> None:
    (folder / "articles" / "junk.txt").write_bytes(bytes(range(256)) * 9)
    code, out, err = invoke(folder / "good.txt", folder / "articles")
    assert code == 1
    assert "junk.txt: it is not text" in err
    assert "100.0 %" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "summarize score SUMMARY SOURCES"),
        (["good.txt"], "sources are needed"),
        (["none.txt", "articles"], "none.txt was not read: there is no such file"),
        (["articles", "articles"], "is a folder"),
        (["two.jsonl", "articles"], "holds 2 texts"),
        (["good.txt", "nowhere"], "no source"),
        (["good.txt", "articles", "--min-accuracy", "2"], "--min-accuracy"),
        (["good.txt", "articles", "--jobs", "0"], "--jobs"),
        (["good.txt", "articles", "-o", "no/where.md"], "does not exist"),
        (["good.txt", "articles", "-o", "s.html"], "text, Markdown or JSON, not html"),
        (["good.txt", "--pairs", "two.jsonl"], "--pairs takes no summary"),
        (["--pairs", "none.jsonl"], "none.jsonl cannot be read"),
        (["--pairs", "two.jsonl", "-o", "p.md"], "Name a file: -o p.jsonl"),
        (["--pairs", "two.jsonl", "-o", "p.csv"], "Name a file: -o p.jsonl"),
    ],
)
def test_wrong_usage_exits_with_2(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(folder)
    text = json.dumps({"text": BRIDGE})
    Path("two.jsonl").write_text(f"{text}\n{text.replace('four', 'five')}\n")
    code, out, err = invoke(*arguments)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("name", "start"), [("s.md", "# Score"), ("s.json", "{"), ("s.txt", "Four")]
)
def test_the_output_file_says_the_format(folder: Path, name: str, start: str) -> None:
    code, out, _ = invoke(folder / "good.txt", folder / "articles", "-o", folder / name)
    assert (code, out) == (0, "")
    assert (folder / name).read_text(encoding="utf-8").startswith(start)


def test_a_page_is_read_with_its_title_and_other_formats_as_they_are(folder: Path) -> None:
    page = folder / "s.html"
    page.write_text(
        f"<html><head><title>Lisbon mourns</title></head><body><p>{GOOD * 3}</p></body></html>"
    )
    assert read_summary(str(page), io.BytesIO()).startswith("Lisbon mourns\n")
    assert read_summary("-", io.BytesIO("Four died.\r\n".encode("utf-16"))) == "Four died.\n"


def test_an_ascii_terminal_gets_ascii(folder: Path) -> None:
    done = run(
        "score", str(folder / "good.txt"), str(folder / "articles"), PYTHONIOENCODING="ascii"
    )
    assert "Four[1+] workers" in done.stdout
    assert done.stdout.isascii()


LINES = [
    json.dumps({"id": "a", "summary": GOOD, "sources": [BRIDGE]}),
    "{broken",
    "",
    json.dumps({"id": 2, "summary": BAD, "sources": [{"text": BRIDGE, "published": "2021-05-03"}]}),
    json.dumps({"summary": 3, "sources": []}),
    json.dumps({"summary": "x", "sources": [{"title": "no text"}]}),
    json.dumps({"summary": "x", "sources": [{"text": "y", "published": "soon"}]}),
    "[" * 5000,
    json.dumps({"id": "e", "summary": "", "sources": [], "other": [1]}),
]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_pairs_give_a_line_each_and_totals(folder: Path, jobs: str) -> None:
    path = folder / "pairs.jsonl"
    path.write_text("\n".join(LINES), encoding="utf-8")
    code, out, err = invoke("--pairs", path, "--jobs", jobs)
    assert code == 1
    rows = [json.loads(row) for row in out.splitlines()]
    for row in rows:
        jsonschema.validate(row, json.loads(schema()))
    assert [(row["line"], row.get("id")) for row in rows] == [
        (1, "a"), (2, None), (4, "2"), (5, None), (6, None), (7, None), (8, None), (9, "e"),
    ]  # fmt: skip
    assert [row["line"] for row in rows if "error" in row] == [2, 5, 6, 7, 8]
    assert [row["claims"]["accuracy"] for row in rows if "claims" in row] == [1.0, 0.75, None]
    assert f"{path}, line 2: it is no JSON" in err
    assert f"{path}, line 9: the summary is empty" in err
    assert "8 pairs: 7 of 8 claims hold (87.5 %); 5 failed, 1 empty." in err


def test_good_pairs_from_standard_input_pass() -> None:
    code, out, err = invoke("--pairs", "-", stdin=LINES[0])
    assert code == 0
    assert json.loads(out)["overall"] == 1.0
    assert err == "1 pair: 4 of 4 claims hold (100.0 %); 0 failed, 0 empty.\n"


def test_a_pair_that_cannot_be_scored_is_found_by_its_id() -> None:
    line = json.dumps({"id": "b7", "summary": GOOD, "sources": BRIDGE})
    code, out, _ = invoke("--pairs", "-", stdin=line)
    assert code == 1
    assert json.loads(out) == {"line": 1, "id": "b7", "error": 'its "sources" are no list'}


def test_no_pair_at_all_passes_no_bar(tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_text("\n", encoding="utf-8")
    code, out, err = invoke("--pairs", tmp_path / "pairs.jsonl", "--min-accuracy", "0.9")
    assert (code, out) == (2, "")
    assert "There is no pair in" in err


def test_a_closed_pipe_is_not_blamed_on_the_pairs(tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_text("{}\n" * 3, encoding="utf-8")
    command = f"{sys.executable} -m summarize score --jobs 1 --pairs {tmp_path}/pairs.jsonl | true"
    script = f"{command}; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=False)
    assert done.returncode == 141
    assert b"cannot be read" not in done.stderr


def test_pairs_are_read_only_as_far_as_they_are_scored() -> None:
    class Endless(io.RawIOBase):
        lines = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            del size
            Endless.lines += 1
            return LINES[0].encode() + b"\n"

    results = score_pairs(Endless())  # type: ignore[arg-type]
    assert [next(results).line for _ in range(3)] == [1, 2, 3]
    assert Endless.lines <= 4


def test_a_line_too_long_is_skipped_and_not_held() -> None:
    with patch("summarize.scoring.inputs.MAX_FILE_BYTES", 2000):
        stream = io.BytesIO(b'"' + b"x" * 9000 + b'"\n' + LINES[0].encode())
        first, second = read_pairs(stream)
    assert isinstance(first, BadPair)
    assert "longer than" in first.reason
    assert isinstance(second, Pair)
    assert (second.line, second.id) == (2, "a")


def test_a_process_that_dies_costs_its_pair_only(monkeypatch: pytest.MonkeyPatch) -> None:
    serve = "import os, pickle, sys; pickle.load(sys.stdin.buffer); os._exit(1)"
    monkeypatch.setattr("summarize.scoring.pairs._SERVE", serve)
    results = list(score_pairs(io.BytesIO("\n".join(LINES[:2]).encode()), jobs=2))
    assert [result.line for result in results] == [1, 2]
    assert all("died" in result.error for result in results)
