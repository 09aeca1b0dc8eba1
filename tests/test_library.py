"""The names that programs import."""

import subprocess
import sys
from pathlib import Path

import pytest

import summarize as package
from summarize import Digest, summarize
from summarize.errors import NothingToReadError, SummarizeError, UsageError
from summarize.pipeline import digest
from summarize.render import render
from summarize.settings import Length, Settings

SEEDS = Path(__file__).parent.parent / "seeds"


def test_the_stable_names() -> None:
    assert package.__all__ == ["Digest", "score", "summarize"]
    from summarize import records, score

    assert Digest is records.Digest
    assert callable(score)
    with pytest.raises(AttributeError, match="no attribute 'digests'"):
        package.digests  # noqa: B018


def test_the_import_loads_nothing_heavy() -> None:
    code = (
        "import sys, summarize\n"
        "from summarize import Digest, score, summarize\n"
        "heavy = {'torch', 'transformers', 'spacy', 'sklearn', 'numpy', 'jinja2', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_a_digest_of_the_seeds_is_that_of_the_command() -> None:
    found = summarize(SEEDS, model="quote", length="1s", articles=False, jobs=1)
    assert isinstance(found, Digest)
    settings = Settings(model="quote", length=Length(1, "sentences"), articles=False, jobs=1)
    assert render(found, "json") == render(digest([SEEDS], settings), "json")
    assert found._repr_html_().startswith("<iframe ")


def test_what_cannot_be_meant_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'long' is no length"):
        summarize(SEEDS, length="long")
    with pytest.raises(NothingToReadError):
        summarize(tmp_path, model="quote")
    with pytest.raises(SummarizeError):
        summarize(SEEDS, jobs=0)
