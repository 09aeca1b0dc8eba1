import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.claims.dates import find_dates, same_date


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
