"""Settings from files: which goes before which, what is refused, and where it is said."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summarize.cli import app
from summarize.config import PROJECT_FILE, settings, user_file
from summarize.errors import UsageError

ARTICLE = (
    "Bridge collapses in Norville\n\n"
    "The Harbor Bridge in Norville collapsed on Monday, killing four workers.\n\n"
    "Mayor Ada Wills said the 60-year-old bridge had been inspected in May 2021.\n\n"
    "Engineers had warned of cracks for two years, the Norville Herald reported.\n"
)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SUMMARIZE_CACHE", raising=False)


def project(text: str) -> None:
    PROJECT_FILE.write_text(text, encoding="utf-8")


def user(text: str) -> None:
    user_file().parent.mkdir(parents=True, exist_ok=True)
    user_file().write_text(text, encoding="utf-8")


def origins() -> dict[str, tuple[object, str]]:
    return {setting.name: (setting.value, setting.origin) for setting in settings()}


def test_without_files_everything_is_a_default() -> None:
    assert {origin for _, origin in origins().values()} == {"default"}
    assert origins()["model"][0] == "copyist"


def test_the_environment_goes_before_the_project_and_that_before_the_user(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user('model = "a/b"\nlength = "9s"\njobs = 3\ndevice = "cpu"\n')
    project('model = "quote"\nlength = "1s"\n')
    assert origins()["model"] == ("quote", "summarize.toml")
    assert origins()["length"] == ("1s", "summarize.toml")
    assert origins()["jobs"] == (3, str(user_file()))
    monkeypatch.setenv("SUMMARIZE_MODEL", "copyist")
    monkeypatch.setenv("SUMMARIZE_JOBS", "1")
    assert origins()["model"] == ("copyist", "environment SUMMARIZE_MODEL")
    assert origins()["jobs"] == (1, "environment SUMMARIZE_JOBS")
    assert origins()["device"] == ("cpu", str(user_file()))


def digest(tmp_path: Path, *flags: str) -> dict[str, object]:
    folder = tmp_path / "news"
    folder.mkdir(exist_ok=True)
    (folder / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    done = CliRunner().invoke(app, ["run", str(folder), *flags])
    assert done.exit_code == 0, done.output
    made: dict[str, object] = json.loads(done.stdout)["stories"][0]
    return made


def test_a_run_obeys_the_files_and_a_flag_goes_before_them(tmp_path: Path) -> None:
    user('format = "json"\n')
    project('model = "quote"\nlength = "1s"\narticles = false\n')
    made = digest(tmp_path)
    assert len(made["summary"]["sentences"]) == 1  # type: ignore[index]
    assert made["articles"][0]["summary"] is None  # type: ignore[index]
    made = digest(tmp_path, "--length", "2s", "--articles")
    assert len(made["summary"]["sentences"]) == 2  # type: ignore[index]
    assert made["articles"][0]["summary"] is not None  # type: ignore[index]


def test_a_project_file_among_the_articles_is_no_article(tmp_path: Path) -> None:
    project('model = "quote"\n')
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert CliRunner().invoke(app, ["run", "."]).exit_code == 0


def test_the_name_of_the_output_file_goes_before_a_form_in_a_file(tmp_path: Path) -> None:
    project('format = "json"\nmodel = "quote"\n')
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert CliRunner().invoke(app, ["run", "a.txt", "-o", "d.md"]).exit_code == 0
    assert (tmp_path / "d.md").read_text(encoding="utf-8").startswith("# Digest")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('lenght = "5s"', "Did you mean 'length'"),
        ('colour = "red"', "There are: model, length"),
        ('length = "5x"', "a length such as 5s"),
        ("length = 5", "a length such as 5s"),
        ("one_story = 1", "true or false"),
        ('format = "pdf"', "one of text, markdown"),
        ("format = [1]", "one of text, markdown"),
        ('model = " "', "a model's name"),
        ("length = ", "is not TOML"),
        ("a" * 70_000, "too large"),
        ("a = " + "[" * 5_000, "is not TOML"),
        ("a = " + "1" * 5_000, "is not TOML"),
        ("length = '5s\x1b[31m'", "is not TOML"),
    ],
)
def test_what_is_wrong_is_said_with_the_file_and_the_key(text: str, said: str) -> None:
    for write, name in ((project, "summarize.toml"), (user, "config.toml")):
        write(text)
        with pytest.raises(UsageError, match=name) as caught:
            settings()
        assert said in str(caught.value)
        if " = " in text and "TOML" not in said:
            assert text.partition(" = ")[0] in str(caught.value)
        PROJECT_FILE.unlink(missing_ok=True)


def test_bytes_that_are_no_text_are_said() -> None:
    PROJECT_FILE.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match=r"summarize\.toml is not UTF-8"):
        settings()


@pytest.mark.parametrize("text", ["jobs = 0", "jobs = true", "jobs = '2'", "jobs = 1.5"])
def test_a_number_of_cores_is_a_whole_number(text: str) -> None:
    user(text)
    with pytest.raises(UsageError, match="1 or more"):
        settings()


def test_the_user_says_whether_digests_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    user('model = "quote"\nformat = "json"\ncache = false\n')
    digest(tmp_path)
    assert not (tmp_path / "kept").exists()
    digest(tmp_path, "--cache")
    assert (tmp_path / "kept").exists()
    for told, value in (("1", True), ("on", True), ("0", False), ("False", False)):
        monkeypatch.setenv("SUMMARIZE_CACHE", told)
        assert origins()["cache"] == (value, "environment SUMMARIZE_CACHE")
    monkeypatch.setenv("SUMMARIZE_CACHE", "perhaps")
    with pytest.raises(UsageError, match="SUMMARIZE_CACHE cannot be 'perhaps'"):
        settings()


@pytest.mark.parametrize("value", ["0", "many"])
def test_the_environment_is_checked_too(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZE_JOBS", value)
    with pytest.raises(UsageError, match="SUMMARIZE_JOBS"):
        settings()


@pytest.mark.parametrize(
    "text",
    [
        "jobs = 64",
        'device = "cuda"',
        'output = "/etc/passwd"',
        'model = "./weights"',
        'model = "/tmp/weights"',
        'model = "someone/unknown"',
        'model = "../copyist"',
        "cache = true",
        "cache = false",
    ],
)
def test_a_project_file_can_only_say_how_digests_look(text: str) -> None:
    project(text)
    with pytest.raises(UsageError, match=r"summarize\.toml"):
        settings()


def test_a_folder_with_the_name_of_a_known_model_is_not_that_model(tmp_path: Path) -> None:
    project('model = "google/flan-t5-small"')
    assert origins()["model"][0] == "google/flan-t5-small"
    (tmp_path / "google" / "flan-t5-small").mkdir(parents=True)
    with pytest.raises(UsageError, match="known model"):
        settings()


def test_a_wrong_file_ends_a_run_with_2_and_one_line(tmp_path: Path) -> None:
    project('lenght = "5s"')
    for command in (["run", str(tmp_path)], ["batch", str(tmp_path), "--out", "o"]):
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 2
        assert "summarize.toml: 'lenght' is no setting." in done.stderr
    assert CliRunner().invoke(app, ["schema"]).exit_code == 0


def test_config_show_says_where_each_value_comes_from() -> None:
    project('length = "3s"\none_story = true\n')
    done = CliRunner().invoke(app, ["config", "show"])
    rows = [line.split() for line in done.stdout.splitlines()]
    assert ["length", "3s", "summarize.toml"] in rows
    assert ["one_story", "true", "summarize.toml"] in rows
    assert ["model", "copyist", "default"] in rows
    told = json.loads(CliRunner().invoke(app, ["config", "show", "--format", "json"]).stdout)
    assert {"name": "length", "value": "3s", "origin": "summarize.toml"} in told


def test_the_default_model_is_the_one_that_is_set() -> None:
    user('model = "quote"')
    assert CliRunner().invoke(app, ["models", "default"]).stdout == "quote\n"


def chosen(*name: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["models", "default", *name])
    return result.exit_code, result.stdout.strip(), result.stderr


def test_models_default_keeps_a_model_and_the_rest_of_the_file() -> None:
    assert chosen() == (0, "copyist", "")
    assert chosen("quote")[:2] == (0, "quote")
    assert origins()["model"] == ("quote", str(user_file()))
    lines = '# mine\r\njobs = 3\r\nmodel = "{}" # of all\r\nlength = "9s"\r\n'
    user_file().write_bytes(lines.format("quote").encode())
    user_file().chmod(0o600)
    assert chosen("copyist")[:2] == (0, "copyist")
    assert user_file().read_bytes().decode() == lines.format("copyist")
    assert user_file().stat().st_mode & 0o777 == 0o600
    assert [path.name for path in user_file().parent.iterdir()] == [user_file().name]


def test_models_default_says_when_something_goes_before_it() -> None:
    project('model = "quote"\n')
    code, printed, said = chosen("copyist")
    assert (code, printed) == (0, "quote")
    assert "summarize.toml names another" in said


def test_a_folder_is_kept_by_its_whole_path(tmp_path: Path) -> None:
    folder = tmp_path / 'a "model"'
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").touch()
    assert chosen(folder.name)[:2] == (0, str(folder))
    assert origins()["model"] == (str(folder), str(user_file()))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("model = ", "quote"),
        ('"model" = "quote"\n', "copyist"),
        ("", "no-such-model"),
        ("", ""),
        ("", "."),
    ],
)
def test_what_cannot_be_kept_changes_nothing(text: str, name: str) -> None:
    user(text)
    code, _, said = chosen(name)
    assert code in {2, 3}
    assert "Error" in said
    assert user_file().read_text() == text
