"""What a score looks like, and that no text in it can do harm."""

import json
import re
from importlib.metadata import version

import jsonschema
import pytest

from summarize import score
from summarize.records import Article
from summarize.render.score_json import line, schema, to_json
from summarize.render.score_view import render_score
from summarize.scoring.scores import ScoreReport
from tests.digests import HOSTILE

SOURCE = (
    "The Harbor Bridge in Norville collapsed on Monday. It killed four workers and 12 horses.\n"
    "About 1,213 people watched, and nobody else was hurt."
)
SUMMARY = "Four workers died in Norville on Friday. Some 1,200 people watched."


@pytest.fixture(scope="module")
def report() -> ScoreReport:
    return score(SUMMARY, [Article("a" * 16, "news/bridge 1.txt", SOURCE, "Bridge falls")])


def test_the_text_marks_claims_and_quotes_their_sources(report: ScoreReport) -> None:
    text = render_score(report, "text")
    assert "Four[1✓] workers died in Norville[2✓] on Friday[3?]." in text
    assert "[1✓] Four: supported\n    news/bridge 1.txt: “It killed >four< workers" in text
    assert "[3?] Friday: absent\n" in text
    assert "[4≈] 1,200: derived (1,213 ≈ 1,200)" in text
    assert "statements contradicted 0\n" in text
    assert "benchmarks/results/scorer.json" in text
    assert report.signature not in " ".join(text.split())
    assert "dates in the sources    0.0 % (0 of 1)" in text
    assert "accuracy                75.0 % (3 of 4)" in text
    assert max(len(row) for row in text.splitlines()) <= 80
    assert "\x1b" not in text


def test_colours_take_the_place_of_the_signs_around_the_match(report: ScoreReport) -> None:
    text = render_score(report, "text", colour=True)
    assert "\x1b[" in text
    assert ">four<" not in text


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_a_terminal_without_the_marks_gets_plain_ones(report: ScoreReport, encoding: str) -> None:
    text = render_score(report, "text", encoding=encoding)
    assert "Four[1+] workers died in Norville[2+] on Friday[3?]." in text
    assert "[4~] 1,200: derived" in text
    assert '"It killed >four< workers' in text
    assert text.isascii()


def test_the_markdown_has_a_row_for_each_claim(report: ScoreReport) -> None:
    text = render_score(report, "markdown")
    assert "**Four** \\[1✓\\] workers" in text
    assert "| \\[1✓\\] Four | supported | news/bridge 1.txt | “It killed **four** workers" in text
    assert "| \\[3?\\] Friday | absent |  |  |" in text
    assert "| derived (1,213 ≈ 1,200) |" in text
    assert "| recall | 33.3 % (1 of 3 important claims, by weight) |" in text


def test_the_json_validates_and_its_offsets_stand(report: ScoreReport) -> None:
    data = json.loads(to_json(report))
    jsonschema.validate(data, json.loads(schema()))
    assert data["generator"]["version"] == version("summarize")
    assert data["claims"]["total"] == 4
    assert data["by_kind"]["date"]["accuracy"] == 0.0
    for sentence in data["sentences"]:
        assert SUMMARY[sentence["start"] : sentence["end"]] == sentence["text"]
        for verdict in sentence["verdicts"]:
            assert SUMMARY[verdict["start"] : verdict["end"]] == verdict["text"]
            if verdict["evidence"]:
                place = verdict["evidence"]
                assert SOURCE[place["start"] : place["end"]] == place["quote"]
    titled = [key for key in data["important"] if key["start"] is None]
    assert all(key["article_id"] == "a" * 16 for key in titled)


def test_what_is_wrong_with_a_statement_is_told_in_every_form() -> None:
    source = "The council of Norville approved the plan for the bridge, Ida Holm said."
    found = score("The council of Norville did not approve the plan for the bridge.", [source])
    reason = "the source says no “not”"
    text = render_score(found, "text")
    assert "approve[2✗] the plan" in text
    assert f"approve: contradicted ({reason})" in text
    assert "statements contradicted 1\n" in text
    assert f"| contradicted ({reason}) |" in render_score(found, "markdown")
    data = json.loads(to_json(found))
    jsonschema.validate(data, json.loads(schema()))
    assert data["contradicted_statements"] == 1
    assert "statement" not in data["by_kind"]
    assert [v["working"] for v in data["sentences"][0]["verdicts"]] == ["", reason]


def test_a_line_of_json_has_no_source_text(report: ScoreReport) -> None:
    text = line(report, 3, "x")
    data = json.loads(text)
    jsonschema.validate(data, json.loads(schema()))
    assert text.count("\n") == 1
    assert (data["line"], data["id"]) == (3, "x")
    assert "text" not in data["sources"][0]


def test_what_the_file_states_is_named_as_such() -> None:
    titled = score("It fell in Lisbon.", [Article("b" * 16, "x.html", SOURCE, "Fall of Lisbon")])
    assert "x.html: stated by the file (title: “Fall of Lisbon”)" in render_score(titled, "text")
    data = json.loads(to_json(titled))
    jsonschema.validate(data, json.loads(schema()))
    assert data["sentences"][0]["verdicts"][0]["evidence"]["start"] is None


def test_long_sentences_are_cut_around_the_match() -> None:
    source = "and so on " * 60 + "to Norville " + "and so on " * 60
    text = render_score(score("Norville", [source]), "text", width=400)
    [row] = [row for row in text.splitlines() if ">Norville<" in row]
    assert len(row) < 300
    assert row.count("…") == 2


@pytest.mark.parametrize("colour", [True, False])
def test_hostile_text_is_harmless(colour: bool) -> None:  # noqa: FBT001
    hostile = f"Norville {HOSTILE} | \x9b31m \x07 `x` https://evil.example @all Norville"
    article = Article("c" * 16, f"a\x1b[31m|{HOSTILE}.txt", hostile, hostile)
    found = score(hostile, [article])
    text = render_score(found, "text", colour=colour)
    assert not re.search(r"[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202e]", text)
    assert colour or "\x1b" not in text
    assert not re.search(r"\x1b(?!\[[0-9;]*m)", text)
    page = render_score(found, "markdown")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", page)
    assert "<script" not in page
    assert not re.search(r"(?<!\\)\]\(", page)
    assert "https://" not in page
    assert all(
        len(re.findall(r"(?<!\\)\|", row)) == 5 for row in page.splitlines() if "upported" in row
    )
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", to_json(found))


def test_an_empty_summary_says_so() -> None:
    found = score("", [SOURCE])
    assert render_score(found, "text").startswith("The summary is empty.")
    assert "*The summary is empty.*" in render_score(found, "markdown")
    jsonschema.validate(json.loads(to_json(found)), json.loads(schema()))
