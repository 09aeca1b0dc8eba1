"""The commands of the README, run as they stand there by a shell, in a folder like a user's."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.packing import zipped
from summarize.pipeline import digest
from summarize.render import render
from summarize.settings import Settings
from tests.archives import PAGE, gzipped_records, warc_record

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.split("  #")[0].rstrip()
    for block in re.findall(r"^```sh\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line.startswith("summarize ")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the commands name: the articles are the sample articles."""
    place = tmp_path_factory.mktemp("user")
    for name in ("seeds", "articles", "inbox/palmyra"):
        shutil.copytree(ROOT / "seeds", place / name)
    first = next(iter(sorted((place / "seeds").glob("000_*"))))
    text = first.read_text(encoding="utf-8")
    (place / "late.txt").write_text(text, encoding="utf-8")
    (place / "more.html").write_bytes(PAGE)
    (place / "summary.txt").write_text("Palmyra changed hands twice.", encoding="utf-8")
    (place / "inbox.zip").write_bytes(zipped([("a.txt", first.read_bytes())]))
    records = [warc_record("https://example.org/a")]
    (place / "crawl.warc.gz").write_bytes(gzipped_records(records))
    made = digest([first], Settings(model="quote", jobs=1))
    (place / "yesterday.json").write_text(render(made, "json"), encoding="utf-8")
    return place


def test_the_readme_shows_commands() -> None:
    assert len(COMMANDS) >= 10


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_runs(command: str, folder: Path) -> None:
    program = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PATH": f"{program}{os.pathsep}{os.environ['PATH']}",
        "SUMMARIZE_MODEL": "quote",
        "SUMMARIZE_JOBS": "1",
    }
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout or list(folder.glob("digest*"))
