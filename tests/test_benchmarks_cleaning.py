"""The study of cleaning finds the articles that its labels are of."""

import json
import lzma
from pathlib import Path

import pytest

from benchmarks.studies import cleaning


def test_the_labelled_articles_are_those_of_the_training_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {"file": "news", "id": 7, "document": 0, "lines": 2, "labels": {"share": [1]}}
    (tmp_path / "cleaning_development.json").write_text(json.dumps([{**row, "id": "7"}]))
    monkeypatch.setattr(cleaning, "LABELS", tmp_path)
    text = "The bridge of Norville reopened on Monday.\nShare this article"
    for half, found in (("dev", {"id": 1, "documents": ["x"]}), ("train", {"id": 7})):
        (tmp_path / half).mkdir()
        with lzma.open(tmp_path / half / "news.jsonl.xz", "wt") as lines:
            lines.write(json.dumps({"documents": [text], **found}))
    for folder in (tmp_path, tmp_path / "train"):
        (item,) = cleaning.labelled(folder, "development")
        assert item.classes == ("content", "share")
