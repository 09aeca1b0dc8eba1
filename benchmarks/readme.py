"""Writes what the documentation shows of the program, from the program.

    python -m benchmarks.readme [--picture]

The digest in README.md is that of `seeds/`, shortened, and its share of judged summaries that in
`benchmarks/results/scorer.json`; docs/commands.md says what `--help` says; with `--picture`,
docs/report.png is taken of the HTML report in Chromium (needs playwright). Tests fail when what
stands there is not what the program says.
"""

import argparse
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from inspect import unwrap
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import fill
from typing import Any, Literal, get_args, get_origin, get_type_hints

from typer.main import get_command
from typer.testing import CliRunner

from summarize.cli import app

__all__ = ["commands_page", "digest_block", "judged", "main", "printed"]

_ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"(?<=<!-- digest -->\n```text\n).*?(?=```\n)", re.DOTALL)
_JUDGED = re.compile(r"(?<=<!-- judged -->\n).*?(?=<!-- end -->\n)", re.DOTALL)
_SENTENCES_OF_OTHERS = 2


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--picture", action="store_true")
    arguments = parser.parse_args()
    readme = _ROOT / "README.md"
    block = digest_block(printed("run", str(_ROOT / "seeds")))
    text = _BLOCK.sub(lambda _: block, readme.read_text(encoding="utf-8"), count=1)
    readme.write_text(_JUDGED.sub(lambda _: judged(), text, count=1), encoding="utf-8")
    (_ROOT / "docs/commands.md").write_text(commands_page(), encoding="utf-8")
    if arguments.picture:
        _picture(_ROOT / "docs/report.png")


def printed(*arguments: str) -> str:
    """What a command prints where nobody has said otherwise. Raises RuntimeError if it fails."""
    done = CliRunner().invoke(app, arguments, env={"COLUMNS": "80", "NO_COLOR": "1"})
    if done.exit_code:
        raise RuntimeError(done.output)
    return done.stdout


def judged() -> str:
    """How the scorer's verdicts agree with people's, by what `benchmarks.studies.support` wrote."""
    table = json.loads((_ROOT / "benchmarks/results/scorer.json").read_text(encoding="utf-8"))
    frank, edits = (table[name]["verdicts"]["all"] for name in ("frank", "summedits"))
    return (
        fill(
            f"of summaries that people judged wrong it flags {frank['recall']:.0%} (FRANK) and "
            f"{edits['recall']:.0%} (SummEdits), of those judged right {frank['false alarms']:.0%} "
            f"and {edits['false alarms']:.0%}\n".replace("%", " %"),
            100,
        )
        + "\n"
    )


def digest_block(digest: str) -> str:
    """A printed digest in which "…" stands for what repeats the form of what stands above it.

    Left are the first story with its first article, the first sentences of the others, and the
    figures at the end.
    """
    kept: list[str] = []
    story = 0
    for paragraph in digest.split("\n\n"):
        lines = paragraph.split("\n")
        story += bool(re.match(r"\d+\. ", lines[0]))
        if lines[0].startswith("   [1]") and story == 1:
            lines = _evidence(lines)
        elif lines[0].startswith("   ["):
            lines = ["   …"]
        elif lines[0].startswith("   ") and story > 1:
            lines = [*_first_sentences(lines), "   …"]
        elif lines[0].startswith("Checked"):
            lines = ["  …" if line.startswith(" ") else line for line in lines]
        kept += [*lines, ""]
    text = "\n".join(kept).replace("\n\n   …", "\n   …").rstrip() + "\n"
    return re.sub(r"(\n +…)+(?=\n)", r"\1", text)


def _evidence(lines: Sequence[str]) -> list[str]:
    """An article's head and the first two things that tell its date, without its summary."""
    marks = [i for i, line in enumerate(lines) if line.startswith("       ·")]
    told = lines[marks[0] : (*marks[2:], len(lines))[0]] if marks else []
    return [*lines[:3], "       …", *told, "   …"]


def _first_sentences(lines: Sequence[str]) -> list[str]:
    ends = [i for i, line in enumerate(lines, 1) if re.search(r"(written|quoted|ired)\]$", line)]
    return list(lines[: ends[min(_SENTENCES_OF_OTHERS, len(ends)) - 1]])


def commands_page() -> str:
    """Every command with what it does, its arguments and its options, as Markdown."""
    head = "# Commands\n\nMade from `--help` by `python -m benchmarks.readme`; do not edit.\n"
    return "\n".join([head, *_command("summarize", get_command(app))])


def _command(name: str, command: Any) -> Iterator[str]:
    level = 2 + (name.count(" ") > 1)
    yield f"{'#' * level} {name}\n"
    yield f"{_plain(command.help)}\n"
    hints = get_type_hints(unwrap(command.callback)) if command.callback else {}
    # Typer's own, in its own words: they differ from version to version.
    shown = [p for p in command.params if p.name not in ("install_completion", "show_completion")]
    if shown:
        yield "| | what | unless given |\n|---|---|---|"
        yield "\n".join(_row(parameter, hints.get(parameter.name)) for parameter in shown) + "\n"
    for inner, made in getattr(command, "commands", {}).items():
        yield from _command(f"{name} {inner}", made)


def _row(parameter: Any, hint: Any) -> str:
    if parameter.opts[0].startswith("-"):
        names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    else:
        names = f"`{parameter.name.upper()}{'…' * (parameter.nargs == -1)}`"
    choices = get_args(hint) if get_origin(hint) is Literal else ()
    names += f" {', '.join(choices)}" * bool(choices)
    text, told = re.fullmatch(r"(.*?)(?: \[default: (.*)\])?", parameter.help or "").groups()  # type: ignore[union-attr]
    return f"| {names} | {_plain(text)} | {_default(parameter, told)} |".replace("|  |", "| |")


def _default(parameter: Any, told: str | None) -> str:
    """What holds when it is not given; `told` is what its help says of that."""
    if parameter.required:
        return "has to be given"
    value = parameter.default
    # 0, False and "" are what anybody expects.
    shown = f"`{value}`" if value and not isinstance(value, bool) and not callable(value) else told
    environment = f"`{parameter.envvar}`" if parameter.envvar else None
    return ", else ".join(filter(None, (environment, shown)))


def _plain(text: str | None) -> str:
    """A help text as Markdown: what looks like markup is none."""
    return re.sub(r"([|<>*_\[\]])", r"\\\1", (text or "").strip())


def _picture(path: Path) -> None:
    from playwright.sync_api import sync_playwright

    with TemporaryDirectory() as folder, sync_playwright() as started:
        report = Path(folder) / "digest.html"
        printed("run", str(_ROOT / "seeds"), "-o", str(report))
        flags = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
        chromium = started.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        page = chromium.new_page(viewport={"width": 1180, "height": 760})
        page.goto(report.as_uri())
        page.locator(".told > .summary .receipt:visible").first.click()
        page.mouse.move(0, 0)
        page.locator(".told").first.scroll_into_view_if_needed()
        page.wait_for_timeout(500)
        page.screenshot(path=path)
        chromium.close()


if __name__ == "__main__":
    main()
