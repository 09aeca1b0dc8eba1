from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.claims.dates import find_dates, same_date
from summarize.claims.relative import working


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("on 11 December 2016", "11 December 2016", "2016-12-11"),
        ("on December 11, 2016", "December 11, 2016", "2016-12-11"),
        ("on the 11th of December", "11th of December", "XXXX-12-11"),
        ("on Dec. 2", "Dec. 2", "XXXX-12-02"),
        ("on 27 February", "27 February", "XXXX-02-27"),
        ("on Sept. 20-24", "Sept. 20-24", "XXXX-09-20..XXXX-09-24"),
        ("on 2016-12-11", "2016-12-11", "2016-12-11"),
        ("in May 2015", "May 2015", "2015-05"),
        ("last March", "March", "XXXX-03"),
        ("in late November", "November", "XXXX-11"),
        ("in May", "May", "XXXX-05"),
        ("in 2014", "2014", "2014"),
        ("the 2014-15 season", "2014-15", "2014..2015"),
        ("the 2019 Rich List", "2019", "2019"),
        ("the 1990s", "1990s", "199X"),
        ("the '80s", "'80s", "XX8X"),
        ("the 20th century", "20th century", "19XX"),
        ("the summer of 2014", "summer of 2014", "2014-summer"),
        ("on Sunday", "Sunday", "sunday"),
        ("Sunday's vote", "Sunday", "sunday"),
        ("at 5:25 a.m. on", "5:25 a.m.", "T05:25"),
        ("at 7pm", "7pm", "T19:00"),
        ("at 10.30pm", "10.30pm", "T22:30"),
        ("at 15:40", "15:40", "T15:40"),
        ("at six o’clock", "six o’clock", "T06:00"),
        ("by noon", "noon", "noon"),
        ("on 10 may 2016 ;", "10 may 2016", "2016-05-10"),
    ],
)
def test_dates_and_times(text: str, quote: str, value: str) -> None:
    assert [(claim.text, claim.value) for claim in find_dates(text)] == [(quote, value)]


@pytest.mark.parametrize(
    "text",
    [
        "May said she may march on",
        "Theresa May and April Jones",
        "the Sunday Times",
        "Black Friday",
        "in her 80s",
        "2000 people",
        "1500 men",
        "$2015",
        "at 3000 rpm",
        "a 1:36.6 lap",
        "last year, today and this week",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("claimed", "stated"),
    [
        ("2015", "2015-05"),
        ("2015-05", "2015-05-20"),
        ("XXXX-05", "2015-05-20"),
        ("XXXX-02-27", "2016-02-27"),
        ("199X", "1995"),
        ("2015", "2014..2015"),
        ("T05:25", "T17:25"),
        ("sunday", "sunday"),
    ],
)
def test_a_source_may_say_more(claimed: str, stated: str) -> None:
    assert same_date(claimed, stated)


@pytest.mark.parametrize(
    ("claimed", "stated"),
    [
        ("2015-05", "2015"),
        ("2015-05", "2014-05"),
        ("2015-05", "XXXX-05"),
        ("1995", "199X"),
        ("sunday", "monday"),
        ("T05:25", "T05:30"),
        ("noon", "2015"),
    ],
)
def test_a_source_must_not_say_less_or_else(claimed: str, stated: str) -> None:
    assert not same_date(claimed, stated)


@given(st.text())
def test_places_are_exact_in_any_text(text: str) -> None:
    for claim in find_dates(text):
        assert text[claim.start : claim.end] == claim.text
        assert same_date(claim.value, claim.value)


MONDAY = date(2016, 12, 12)


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("They left yesterday.", "yesterday", "2016-12-11"),
        ("They left last Friday.", "last Friday", "2016-12-09"),
        ("he left last friday .", "friday", "2016-12-09"),
        ("It happened on Sunday.", "Sunday", "2016-12-11"),
        ("They will meet on Sunday.", "Sunday", "2016-12-18"),
        ("They came three days ago.", "three days ago", "2016-12-09"),
        ("It fell last month.", "last month", "2016-11"),
        ("It fell last year.", "last year", "2015"),
        ("It fell last week.", "last week", "2016-12-05..2016-12-11"),
        ("It opened last March.", "last March", "2016-03"),
        ("It met on Sept. 20-24.", "Sept. 20-24", "2016-09-20..2016-09-24"),
        ("It met on 27 November.", "27 November", "2016-11-27"),
        ("It rained this summer.", "this summer", "2016-summer"),
        ("It snowed last winter.", "last winter", "2016-winter"),
        ("It was 11 December 2014.", "11 December 2014", "2014-12-11"),
    ],
)
def test_dates_count_from_the_day_of_publication(text: str, quote: str, value: str) -> None:
    assert [(c.text, c.value) for c in find_dates(text, MONDAY)] == [(quote, value)]
    assert all(text[c.start : c.end] == c.text for c in find_dates(text, MONDAY))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They rest on Sundays.", "sunday"),
        ("They rest every Sunday.", "sunday"),
        ("It fell on 30 February.", "XXXX-02-30"),
        ("It happened in March.", "XXXX-03"),
    ],
)
def test_what_has_no_one_day_stays_open(text: str, value: str) -> None:
    assert [claim.value for claim in find_dates(text, MONDAY)] == [value]


def test_the_working_of_a_relative_date_is_a_sentence() -> None:
    (claim,) = find_dates("They left last Friday.", MONDAY)
    assert working(claim, MONDAY) == (
        "“last Friday” in an article of Monday 12 December 2016 is Friday 9 December 2016."
    )
    (claim,) = find_dates("They left on 11 December 2014.", MONDAY)
    assert working(claim, MONDAY) == ""


def test_a_day_of_a_week_is_in_that_week() -> None:
    assert same_date("2016-12-05..2016-12-11", "2016-12-09")
    assert not same_date("2016-12-05..2016-12-11", "2016-12-12")
    assert not same_date("2016-12-09", "2016-12-05..2016-12-11")


def test_the_day_belongs_to_the_month_before_it() -> None:
    values = [claim.value for claim in find_dates("on Sept. 27, Sept. 28 Oct. 1")]
    assert values == ["XXXX-09-27", "XXXX-09-28", "XXXX-10-01"]


@given(st.text(), st.dates())
def test_relative_places_are_exact_in_any_text(text: str, published: date) -> None:
    for claim in find_dates(text, published):
        assert text[claim.start : claim.end] == claim.text


@given(st.lists(st.sampled_from(
    "last next three days weeks years ago month on Sunday 29 February will met yesterday".split()  # noqa: SIM905
)), st.dates())  # fmt: skip
def test_any_words_of_time_resolve_on_any_day(words: list[str], published: date) -> None:
    text = " ".join(words)
    for claim in find_dates(text, published):
        assert text[claim.start : claim.end] == claim.text
        assert same_date(claim.value, claim.value)
        assert isinstance(working(claim, published), str)


@pytest.mark.parametrize("piece", ["2015 ", "May ", "Sunday ", "1990s ", "1:", "A-2015 ", "1 "])
def test_long_hostile_text_is_read(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    assert all(claim.value for claim in find_dates(text))
