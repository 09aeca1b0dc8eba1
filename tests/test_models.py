import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summarize.cli import app
from summarize.commands.models import describe
from summarize.errors import ModelUnavailableError
from summarize.models import KNOWN_MODELS, find_model, fingerprint, prompt


def test_every_known_model_has_its_prompt() -> None:
    for known in KNOWN_MODELS:
        if known.prompt:
            assert prompt(known.prompt).beams >= 1
            assert prompt(known.prompt).max_input_tokens > 0


def test_the_bundled_writer_is_small_safe_and_here() -> None:
    folder = find_model("copyist").folder
    assert folder is not None
    weights = list(folder.glob("*.safetensors"))
    assert weights
    assert sum(path.stat().st_size for path in folder.iterdir()) < 70e6
    assert not [p for p in folder.iterdir() if p.suffix in {".bin", ".pt", ".pkl", ".py"}]


def test_a_folder_is_found_and_named_without_its_path(tmp_path: Path) -> None:
    folder = tmp_path / "my writer ✎"
    folder.mkdir()
    found = find_model(str(folder))
    assert (found.name, found.folder, found.engine) == ("my writer ✎", folder, "checkpoint")


@pytest.mark.parametrize("name", ["nowhere", "./nowhere/at/all", "/nowhere", "a/b/c", ""])
def test_a_missing_folder_is_said_with_the_next_step(name: str) -> None:
    with pytest.raises(ModelUnavailableError, match="models list"):
        find_model(name)


def test_a_hub_model_that_is_not_here_says_how_to_get_it() -> None:
    with pytest.raises(ModelUnavailableError, match="--model DIR"):
        find_model("google/flan-t5-small")


def test_a_file_is_no_model_folder(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(b"x")
    with pytest.raises(ModelUnavailableError, match="file, not a model folder"):
        find_model(str(path))


def test_fingerprint_changes_with_the_content_and_not_with_the_place(tmp_path: Path) -> None:
    prints = []
    for name, value in (("one", 1), ("two", 1), ("three", 2)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "config.json").write_text(json.dumps({"value": value}))
        prints.append(fingerprint(find_model(str(folder))))
    assert prints[0] == prints[1] != prints[2]


def test_describe_says_whether_a_known_model_is_here() -> None:
    assert describe("google/flan-t5-small")["here"].startswith("no")
    assert describe("copyist")["here"] == "yes"
    with pytest.raises(ModelUnavailableError):
        describe("nowhere")


def test_the_default_model_is_the_bundled_one_or_what_the_environment_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert CliRunner().invoke(app, ["models", "default"]).output == "copyist\n"
    monkeypatch.setenv("SUMMARIZE_MODEL", "google/flan-t5-small")
    assert CliRunner().invoke(app, ["models", "default"]).output == "google/flan-t5-small\n"


@pytest.mark.parametrize(
    ("family", "engine"), [("t5", "CTranslate2"), ("led", "PyTorch"), ("longt5", "PyTorch")]
)
def test_info_says_what_will_run_a_checkpoint(family: str, engine: str, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": family}))
    (tmp_path / "model.safetensors").touch()
    assert describe(str(tmp_path))["runs on"].startswith(engine)


def test_the_list_names_sizes_licences_and_published_scores() -> None:
    listed = CliRunner().invoke(app, ["models", "list"]).output
    for known in KNOWN_MODELS:
        assert known.name in listed
        assert known.licence in listed
    assert "CNN/DM 44.16/21.56/41.30" in listed


@pytest.mark.parametrize("command", [["models", "pull"], ["models", "default"], ["train"]])
def test_the_commands_say_what_they_do(command: list[str]) -> None:
    result = CliRunner().invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    assert len(result.output.split("\n")) > 3


@pytest.mark.parametrize("command", ["info", "path", "default"])
def test_a_folder_that_no_run_would_load_is_refused(command: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["models", command, str(tmp_path)])
    assert done.exit_code == 3
    assert "it has no config.json" in done.output


@pytest.mark.parametrize("name", ["copyist", "quote"])
def test_what_comes_with_the_package_is_not_fetched(name: str) -> None:
    done = CliRunner().invoke(app, ["models", "pull", name])
    assert done.exit_code == 2
    assert "nothing to fetch" in done.output
