"""Inputs that broke a reader once, and one round of the fuzzer."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.studies import fuzz
from benchmarks.studies.fuzz_samples import samples
from summarize.pipeline import digest
from summarize.reading import read_paths
from summarize.reading.build import Draft
from summarize.reading.files import InputFile
from summarize.reading.formats import read_file
from summarize.reading.mail.messages import read_mail
from summarize.reading.pdf.hyphens import Joiner
from summarize.reading.web.html import read_html
from summarize.settings import Settings

ENGLISH = "The council met on Monday and agreed to repair the old bridge over the river.\n"
FRENCH = (
    "Le conseil municipal a décidé lundi de réparer le vieux pont sur la rivière. Les travaux "
    "doivent commencer en mai et durer environ six semaines, selon le maire de la ville.\n"
)


def test_a_line_of_letters_without_end_is_joined_at_once() -> None:
    line = "a" * 300_000 + " 1"
    assert Joiner([line, "bridge"]).joined([line, "bridge"]) == f"{line} bridge"


def test_a_run_of_blanks_in_a_page_is_read_at_once() -> None:
    page = f"<html><body><article><p>{ENGLISH}</p><pre>x{' ' * 400_000}y</pre></article></body>"
    assert ENGLISH.strip() in read_html(page).text


def test_comments_in_comments_of_an_address_cost_no_mail() -> None:
    mail = b"MIME-Version: 1.0\nSubject: Bridge\nFrom: " + b"(" * 5000 + b"\n\n" + ENGLISH.encode()
    [(_, draft)] = read_mail(mail, lambda *_: iter(()))
    assert isinstance(draft, Draft)
    assert draft.title == "Bridge"


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tgz", "a.pdf", "a.json", "a.xz"])
def test_an_empty_file_is_said_to_be_empty(name: str) -> None:
    [failure] = read_file(InputFile(name, name, Path(name)), b"")[1]
    assert failure.reason == "it is empty"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"[1, 2, 3]", "its JSON holds no articles"),
        (b'{"name": "x", "list": ["a", "b"]}', "its JSON holds no articles"),
        (
            b'[{"text": "Bri',
            "it is broken JSON (unterminated string starting at line 1, column 11)",
        ),
    ],
)
def test_json_without_an_article_is_one_failure(data: bytes, reason: str) -> None:
    [failure] = read_file(InputFile("a.json", "a.json", Path("a.json")), data)[1]
    assert failure.reason == reason


def test_files_of_other_word_processors_are_told_what_to_do() -> None:
    [failure] = read_file(InputFile("a.doc", "a.doc", Path("a.doc")), b"\xd0\xcf\x11\xe0")[1]
    assert failure.reason == '".doc" files are not supported; save it as .docx'


def test_failures_name_the_path_as_typed_whichever_stage_finds_them(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(ENGLISH)
    (folder / "b.jpg").write_bytes(b"x")
    (folder / "c.json").write_text(json.dumps([{"text": FRENCH}]))
    (folder / "d.txt").write_text("Share this article\n\nSign up for our newsletter\n")
    made = digest([folder], Settings(model="quote", jobs=1))
    assert [failure.path for failure in made.failures] == [
        f"{folder.as_posix()}/{name}" for name in ("b.jpg", "c.json#1", "d.txt")
    ]
    assert [article.path for article in made.stories[0].articles] == ["a.txt"]


def test_the_same_article_elsewhere_is_equal(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(ENGLISH)
    assert read_paths([tmp_path / "one"]) == read_paths([tmp_path / "two"])


def test_the_versions_load_no_model() -> None:
    script = (
        "import sys; from summarize.versions import versions; "
        "assert versions()['parser'].startswith('en_core_web_sm'); "
        "assert not {'spacy', 'torch'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[1])


def test_samples_are_read_and_damaged_ones_break_no_rule() -> None:
    files = [(f"{kind}-{name}", data) for kind, made in samples().items() for name, data in made]
    assert fuzz.broken_rules(files) == []
    rng = random.Random(1)  # noqa: S311
    damaged = [(name, fuzz.mutated(name, data, rng)) for name, data in files]
    assert fuzz.broken_rules(damaged) == []


def test_samples_are_well_formed() -> None:
    for kind, made in samples().items():
        for name, data in made:
            articles, failures = read_file(InputFile(name, name, Path(name)), data)
            assert articles, kind
            assert not failures, failures


def test_names_with_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(ENGLISH * 3)
    (tmp_path / "a\x1b[2Jb.csv").write_text("lin\x1b[2Jk,title\nx,y\n")
    for path in (tmp_path, tmp_path / "a\x1b[2Jb.csv"):
        command = [sys.executable, "-m", "summarize", "run", str(path), "--model", "quote"]
        done = subprocess.run(command, capture_output=True, check=False)
        assert b"b.csv" in done.stderr
        assert b"\x1b" not in done.stderr + done.stdout
    [failure] = read_paths([tmp_path])[1]
    assert "\x1b" not in failure.reason
