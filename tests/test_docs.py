"""The README and the public names say what is there."""

import importlib
import inspect
import pkgutil
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from typer.main import get_command
from typer.testing import CliRunner

import summarize
from benchmarks.readme import commands_page, digest_block, judged, printed
from summarize.cli import app
from summarize.config import settings, user_file

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
WRITTEN = README + "".join(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))
)
SHELL = "\n".join(re.findall(r"(?ms)^```(?:sh|cron|ini)\n(.*?)^```", WRITTEN))
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


def commands(made: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, inner in getattr(made, "commands", {}).items():
        yield from commands(inner, (*path, name))


def test_every_flag_in_the_documentation_exists() -> None:
    blocks = re.findall(
        r"^```(?:sh|cron|ini)\n(.*?)^```|(`summarize .*?`)", WRITTEN, flags=re.MULTILINE | re.DOTALL
    )
    lines = "\n".join(map("".join, blocks)).splitlines()
    ours = [line for line in lines if not line.startswith("ray ")]
    shown = set(re.findall(r"(?<=\s)--?[a-z][a-z-]*", "\n".join(ours)))
    known = {"-m", "--install-completion"}
    for command in commands(get_command(app)):
        result = CliRunner().invoke(app, [*command, "--help"])
        known |= set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", result.output))
    assert len(shown) > 10
    assert shown <= known | {"--now"}, shown - known


def test_every_command_shown_can_be_given() -> None:
    """Each is parsed to its end, with its flags and arguments; none is run."""
    lines = re.findall(r"^(?:.*(?:^|\s))?(summarize [^#\n`|)]*)", SHELL, flags=re.MULTILINE)
    assert len(lines) >= 20
    for line in lines:
        words = line.partition("<")[0].split()[1:]
        command: Any = get_command(app)
        while inner := getattr(command, "commands", None):
            # `batch INBOX` is short for `batch run INBOX`.
            command = inner[words.pop(0)] if words[0] in inner else inner["run"]
        command.make_context("summarize", words)


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


def lines_in_order(shown: str, real: str) -> bool:
    """Whether all lines shown stand in the real output, in their order, but for "…"."""
    rest = iter(real.splitlines())
    return all(line in rest for line in shown.splitlines() if line.strip() != "…")


def test_the_digest_in_the_readme_is_what_is_printed() -> None:
    """When this fails, the digest has changed: python -m benchmarks.readme."""
    [shown] = re.findall(r"<!-- digest -->\n```text\n(.*?)```", README, flags=re.DOTALL)
    real = printed("run", str(ROOT / "seeds"))
    assert lines_in_order(shown, real)
    assert shown == digest_block(real)
    assert 30 < len(shown.splitlines()) < 70


@pytest.mark.parametrize("name", ["README.md", "docs/scoring.md"])
def test_the_score_that_is_shown_is_what_is_printed(name: str, tmp_path: Path) -> None:
    summary, shown = re.findall(
        r"\$ cat summary.txt\n(.*?)\n\$ summarize score [^\n]*\n(.*?)\n```",
        (ROOT / name).read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )[0]
    (tmp_path / "summary.txt").write_text(summary, encoding="utf-8")
    [source] = (ROOT / "seeds").glob("002*")
    real = printed("score", str(tmp_path / "summary.txt"), str(source))
    assert lines_in_order(shown, real)
    assert len(shown.splitlines()) > 10


def test_the_judged_share_is_what_was_measured() -> None:
    assert f"<!-- judged -->\n{judged()}<!-- end -->" in README


def test_the_page_of_commands_is_what_help_says() -> None:
    """When this fails, a command has changed: python -m benchmarks.readme."""
    page = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    assert page == commands_page()
    for path in commands(get_command(app)):
        assert f"# {' '.join(('summarize', *path))}\n" in page


def test_links_and_pictures_are_there() -> None:
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            assert target.startswith("https://") or (path.parent / target).exists(), target
    assert (ROOT / "docs/report.png").stat().st_size <= 300_000
    etree.parse(ROOT / "docs/how-it-works.svg")


def test_the_settings_page_lists_every_setting() -> None:
    page = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)
    user_file().parent.mkdir(parents=True, exist_ok=True)
    user_file().write_text(example, encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \|", page, flags=re.MULTILINE)
    assert listed == [setting.name for setting in settings()]


def units() -> dict[str, str]:
    page = (ROOT / "docs/batch.md").read_text(encoding="utf-8")
    return dict(
        re.findall(r"`/etc/systemd/system/([\w.]+)`:\n\n```ini\n(.*?)```", page, flags=re.DOTALL)
    )


def test_the_units_are_whole() -> None:
    assert set(units()) == {"digests.service", "digests.timer"}
    for name, text in units().items():
        unit = ConfigParser(interpolation=None)
        unit.optionxform = str  # type: ignore[assignment,method-assign]
        unit.read_string(text)
        assert "Description" in unit["Unit"]
        assert ("Service" in unit) == name.endswith("service")
        assert ("Timer" in unit) == name.endswith("timer")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for name, text in units().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = [str(tmp_path / name) for name in units()]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert not [line for line in done.stderr.decode().splitlines() if "digests." in line]


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_the_completion_for_a_shell_is_printed() -> None:
    # What follows keeps the shell there, which is asked what it is.
    command = f"'{sys.executable}' -m summarize --show-completion; true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, cwd=ROOT)
    assert b"COMP_WORDS" in done.stdout, done.stderr.decode()
