"""What all tests share: no network, no user folders, small articles written for the tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from summarize.records import Article, Span
from tests.checkpoints import Checkpoint, make_checkpoint

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session", autouse=True)
def _nothing_kept() -> Iterator[None]:
    """No digest is kept, but where a test asks for it: what runs twice is to be made twice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUMMARIZE_CACHE", "0")
        yield


@pytest.fixture(autouse=True)
def _isolated(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "HF_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    for name in ("SUMMARIZE_MODEL", "SUMMARIZE_JOBS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def seeds() -> Path:
    """The folder of the five sample articles."""
    return SEEDS


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    """Makes each family's checkpoint once."""
    made: dict[str, Path] = {}

    def get(family: str) -> Path:
        if family not in made:
            made[family] = make_checkpoint(family, tmp_path_factory.mktemp(family) / family)
        return made[family]

    return get


def make_article(text: str, id_: str = "a" * 16, title: str | None = None) -> Article:
    """An article whose lines are its paragraphs."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return Article(id_, f"{id_}.txt", text, title=title, paragraphs=tuple(spans))
