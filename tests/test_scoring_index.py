"""Dates that count from the day an article was published."""

from datetime import date

import pytest

from summarize.records import Evidence, Sentence
from summarize.scoring import SourceIndex

TUESDAY = date(2016, 12, 13)
SOURCE = "The council of Port Elmo closed its harbour to all ferries on Sunday."


def judged(source: str, text: str, published: date | None) -> Evidence:
    index = SourceIndex(
        [Sentence("a", 0, 0, len(source), source)], None, {"a": published} if published else None
    )
    (found,) = [e for e in index.judge(text) if e.claim.kind == "date"]
    return found


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        (SOURCE, "11 December 2016"),
        (SOURCE, "11 December"),
        (SOURCE, "December 2016"),
        (SOURCE.replace("on Sunday", "two days ago"), "11 December 2016"),
        (SOURCE.replace("on Sunday", "yesterday"), "12 December 2016"),
        (SOURCE.replace("on Sunday", "yesterday"), "Monday"),
        (SOURCE.replace("on Sunday", "on 11 December"), "Sunday"),
        (SOURCE.replace("on Sunday", "last year"), "2015"),
    ],
)
@pytest.mark.parametrize("text", ["It happened on {}.", SOURCE.replace("Sunday", "{}")])
def test_a_date_that_the_articles_day_gives_is_derived(source: str, claim: str, text: str) -> None:
    found = judged(source, text.format(claim), TUESDAY)
    assert found.verdict == "derived"
    assert found.quote in source
    assert judged(source, text.format(claim), None).verdict in ("absent", "contradicted")


def test_the_working_names_the_articles_day() -> None:
    assert judged(SOURCE, "Ferries stopped on 11 December 2016.", TUESDAY).working == (
        "“Sunday” in an article of Tuesday 13 December 2016 is Sunday 11 December 2016."
    )


def test_the_same_weekday_is_supported() -> None:
    assert judged(SOURCE, "It happened on Sunday.", TUESDAY).verdict == "supported"


@pytest.mark.parametrize(
    "claim",
    ["12 December 2016", "11 December 2015", "4 December 2016", "Monday", "November 2016", "2015"],
)
def test_another_date_does_not_hold(claim: str) -> None:
    assert judged(SOURCE, f"It happened on {claim}.", TUESDAY).verdict == "absent"
    near = SOURCE.replace("Sunday", claim)
    assert judged(SOURCE, near, TUESDAY).verdict == "contradicted"


def test_a_weekday_of_another_week_is_not_meant() -> None:
    source = SOURCE.replace("on Sunday", "on 27 November")
    assert judged(source, "It happened on Sunday.", TUESDAY).verdict == "absent"
