import json
import re
from dataclasses import replace
from datetime import date

import jsonschema
import pytest

from summarize.errors import UsageError
from summarize.records import Article, Placement
from summarize.render import TextFormat, render
from summarize.render.json import schema
from summarize.render.phrases import count, harmless, last_day, period, quotation
from summarize.render.score_json import schema as score_schema
from tests.digests import HOSTILE, TEXT, make_digest


def test_json_validates_against_the_published_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema()))
    jsonschema.validate(json.loads(render(make_digest(), "json")), json.loads(schema()))


def test_what_is_left_untold_and_what_is_new_is_valid_json() -> None:
    digest = make_digest()
    (story,) = digest.stories
    summary = digest.story_summaries[story.id]
    missed = replace(summary, missed=(summary.sentences[0].evidence[0],))
    digest = replace(
        digest,
        story_summaries={story.id: missed},
        settings={**digest.settings, "since": "0" * 16, "any_language": True},
    )
    jsonschema.validate(json.loads(render(digest, "json")), json.loads(schema()))


@pytest.mark.parametrize("width", range(20, 60))
def test_a_receipt_is_not_cut_in_two(width: int) -> None:
    text = render(make_digest(), "text", width=width)
    assert "[1:1 written]" in text
    assert "[1:2 quoted]" in text
    assert max(map(len, text.splitlines())) <= width


def test_no_reference_in_the_schemas_leads_nowhere() -> None:
    for text in (schema(), score_schema()):
        names = set(re.findall(r'"#/\$defs/(\w+)"', text))
        assert names <= json.loads(text)["$defs"].keys()


def test_every_offset_in_json_opens_its_quote() -> None:
    data = json.loads(render(make_digest(), "json"))
    [article] = data["stories"][0]["articles"]
    assert article["text"] == TEXT
    sentences = data["stories"][0]["summary"]["sentences"]
    spans = [c for s in sentences for c in s["citations"]]
    spans += [v["evidence"] for s in sentences for v in s["verdicts"] if v["evidence"]]
    spans += article["placed"]["evidence"]
    assert len(spans) == 4
    assert all(TEXT[span["start"] : span["end"]] == span["quote"] for span in spans)


def test_json_counts_what_was_written_and_what_holds() -> None:
    scores = json.loads(render(make_digest(), "json"))["scores"]["stories"]
    assert (scores["sentences"], scores["written"], scores["quoted"]) == (2, 1, 1)
    assert scores["claims"]["accuracy"] == 0.5
    assert scores["by_kind"]["number"]["absent"] == 1
    assert scores["by_kind"]["entity"]["accuracy"] is None


def test_text_says_everything_a_reader_has_to_know() -> None:
    text = render(make_digest(), "text")
    for part in (
        "Digest of 1 article in 1 story",
        "Bridge collapses",
        "May 2021 (inferred)",
        "[1:1 written]",
        "[1:2 quoted]",
        "✗ Five: absent in the sources",
        "1 of 2 names",
        "Dropped: copy.txt, same document (97% of it stands in bridge 1.txt)",
        "Failed: broken.json: line 3 is no JSON",
        "Left out: 1 line (1 share line)",
    ):
        assert part in text


def test_verbose_text_lists_verdicts_and_removed_lines() -> None:
    text = render(make_digest(), "text", verbose=True)
    assert "✓ Monday: “Monday”" in text
    assert "Share (share line)" in text


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_text_keeps_to_its_width(width: int) -> None:
    lines = render(make_digest(), "text", width=width, verbose=True).splitlines()
    assert max(len(line) for line in lines) <= width


def test_colour_is_only_there_when_asked_for() -> None:
    assert "\x1b[" not in render(make_digest(), "text")
    assert "\x1b[" in render(make_digest(), "text", colour=True)


@pytest.mark.parametrize("form", ["pdf", "epub", ""])
def test_a_form_that_is_no_text_is_refused(form: str) -> None:
    with pytest.raises(UsageError, match="no form"):
        render(make_digest(), form)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_short_reading_is_admitted(form: str) -> None:
    assert "room for 40%" in render(make_digest(input_read=0.4), form)  # type: ignore[arg-type]
    assert "room for" not in render(make_digest(), form)  # type: ignore[arg-type]


def test_markdown_has_a_footnote_for_every_sentence() -> None:
    page = render(make_digest(), "markdown")
    assert page.count("[^1]") == page.count("[^2]") == 2
    assert "Written. \\[1\\] characters 0–38" in page
    assert "Five ✗ absent" in page
    assert "failed: broken.json" in page


def test_hostile_text_stays_text() -> None:
    digest = make_digest(title=HOSTILE)
    page = render(digest, "markdown")
    assert "<script>" not in page
    assert "[x](" not in page
    for text in (page, render(digest, "text")):
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert json.loads(render(digest, "json"))["stories"][0]["title"] == HOSTILE


def test_a_file_name_that_is_no_text_does_not_break_the_output() -> None:
    digest = make_digest(title="name \udcff here")
    for form in ("text", "markdown", "json"):
        render(digest, form).encode("utf-8", "replace")


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        (None, None, "date unknown"),
        (date(2021, 5, 3), date(2021, 5, 3), "3 May 2021"),
        (date(2021, 5, 1), date(2021, 5, 31), "May 2021"),
        (date(2020, 2, 1), date(2020, 2, 29), "February 2020"),
        (date(2021, 1, 1), date(2021, 12, 31), "2021"),
        (date(2021, 2, 1), date(2021, 4, 30), "February 2021 to April 2021"),
        (date(2021, 5, 2), date(2021, 5, 9), "2 May 2021 to 9 May 2021"),
        (date(2021, 5, 1), None, "May 2021 or later"),
        (date(2021, 1, 1), None, "2021 or later"),
        (date(2021, 5, 3), None, "3 May 2021 or later"),
        (None, date(2020, 12, 31), "before 1 January 2021"),
    ],
)
def test_period(earliest: date | None, latest: date | None, expected: str) -> None:
    assert period(earliest, latest) == expected


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_day_that_is_hardly_known_is_told_by_its_years(form: TextFormat) -> None:
    digest = make_digest()
    placements = {
        id_: replace(p, earliest=date(2013, 3, 1), latest=date(2022, 4, 7), confidence="inferred")
        for id_, p in digest.placements.items()
    }
    told = render(replace(digest, placements=placements), form)
    assert "between 2013 and 2022" in told
    assert "7 April 2022" not in told


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_one_undated_article_does_not_hide_when_the_others_are_from(form: TextFormat) -> None:
    digest = make_digest()
    (story,) = digest.stories
    other = Article("d" * 16, "other.txt", "The bridge was closed on Sunday.", "Closed before")
    digest = replace(
        digest,
        stories=(replace(story, articles=(*story.articles, other)),),
        placements={**digest.placements, other.id: Placement(other.id, None, None, "unknown", ())},
    )
    page = render(digest, form)
    assert "May 2021 · 2 articles, 1 undated · " in page
    assert "date unknown" in page
    assert "(unknown)" not in page


def test_the_last_day_is_one_that_is_known_before_one_that_is_possible() -> None:
    stated = Placement("a", date(2024, 7, 23), date(2024, 7, 23), "stated", ())
    possible = Placement("b", date(2022, 1, 1), date(2032, 1, 7), "inferred", ())
    before = Placement("c", None, date(2030, 5, 1), "inferred", ())
    assert last_day([possible, stated, before]) == date(2024, 7, 23)
    assert last_day([possible]) == date(2022, 1, 1)
    assert last_day([]) is None


def test_quotes_within_a_quote_are_single() -> None:
    assert quotation('"See you in court," she said.') == "“‘See you in court,’ she said.”"
    assert quotation("He called it “a shame”.") == "“He called it ‘a shame’.”"


def test_small_words() -> None:
    assert [count(1, "story"), count(2, "story"), count(1200, "article")] == [
        "1 story",
        "2 stories",
        "1,200 articles",
    ]
    assert harmless("a\n b\x00c") == "a b\ufffdc"
