"""The README and the public names say what is there."""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import summarize
from summarize.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MODULES = [m.name for m in pkgutil.walk_packages(summarize.__path__, "summarize.")]


@pytest.mark.parametrize("name", [m for m in MODULES if not m.endswith("__main__")])
def test_every_public_name_exists_and_is_documented(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    for public in getattr(module, "__all__", ()):
        value = getattr(module, public)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert value.__doc__


def test_the_first_commands_are_the_set_up() -> None:
    commands = re.findall(r"^pip install .*$", README, flags=re.MULTILINE)
    assert commands == [
        "pip install . && summarize run seeds/",
        'pip install ".[dev]" && python -m pytest',
    ]


def test_every_flag_in_the_readme_exists() -> None:
    shown = set(re.findall(r"(?<=\s)--?[a-z][a-z-]*", README))
    known = {"-m"}
    for command in ([], ["run"], ["score"], ["models", "list"]):
        result = CliRunner().invoke(app, [*command, "--help"])
        known |= set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", result.output))
    assert shown <= known, shown - known


def test_every_option_of_run_is_explained() -> None:
    text = CliRunner().invoke(app, ["run", "--help"], env={"COLUMNS": "200"}).output
    for flag in ("--output", "--format", "--model", "--length", "--one-story", "--no-articles",
                 "--any-language", "--jobs", "--quiet", "--verbose", "--no-color"):  # fmt: skip
        [line] = [line for line in text.splitlines() if f"{flag} " in line]
        assert len(line.split(flag)[1].split()) >= 2


def test_the_python_example_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [code] = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    monkeypatch.chdir(ROOT)
    exec(code, {})  # noqa: S102
    assert capsys.readouterr().out.startswith("# Digest of 5 articles in 2 stories")


def test_the_score_in_the_readme_is_what_is_printed(tmp_path: Path) -> None:
    summary, printed = re.findall(
        r"\$ cat summary.txt\n(.*?)\n\$ summarize score [^\n]*\n(.*?)\n```", README, flags=re.DOTALL
    )[0]
    (tmp_path / "summary.txt").write_text(summary, encoding="utf-8")
    [source] = (ROOT / "seeds").glob("002*")
    arguments = ["score", str(tmp_path / "summary.txt"), str(source)]
    result = CliRunner().invoke(app, arguments, env={"COLUMNS": "80", "NO_COLOR": "1"})
    assert result.stdout.startswith(printed)
