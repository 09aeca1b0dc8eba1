"""Time expressions: what is found, what is left alone, what it means on a given day."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.dating.timevalues import resolve
from summarize.dating.timex import Period, find, month_period

PUBLISHED = date(2021, 6, 16)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge opened in May 2015.", "2015-05"),
        ("It closed on February 27, 2014, for repairs.", "2014-02-27"),
        ("It closed on 27 February 2014 for repairs.", "2014-02-27"),
        ("The factory was sold in 2014.", "2014"),
        ("The truce began on February 27 and has held.", "2021-02-27"),
        ("The strike began late November.", "2020-11"),
        ("Prices have fallen since June 2014.", "2014-06"),
        ("They entered parliament last September.", "2020-09"),
        ("It rained today.", "2021-06-16"),
        ("It rained yesterday.", "2021-06-15"),
        ("He landed earlier Sunday.", "2021-06-13"),
        ("On Thursday, the mayor resigned.", "2021-06-10"),
        ("The town flooded last year.", "2020"),
        ("The town flooded last month.", "2021-05"),
        ("The town floods again this month.", "2021-06"),
        ("Sales rose last fall.", "2020-FA"),
        ("He died on 25 June last year.", "2020-06-25"),
        ("She left in July last year.", "2020-07"),
        ("The museum closed two years ago.", "2019"),
        ("Filed 2021-03-04 at noon.", "2021-03-04"),
    ],
)
def test_expressions_mean_a_day_or_a_part_of_the_calendar(text: str, expected: str) -> None:
    (expression,) = find(text)
    assert resolve(expression, PUBLISHED) == expected
    assert text[expression.start : expression.end] == expression.text


@pytest.mark.parametrize(
    "text",
    [
        "Its 2,000-year-old ruins and a 500-year-old shrine draw visitors.",
        "Call 0207 782 4368 or (020) 2015 4368.",
        "The warplanes flew 40 sorties in just 24 hours.",
        "It may rain, and they march on.",
        "April Jones and August Wilson met May Brown.",
        "Some 2000 people came; 1,987 of them stayed.",
        "It sold 2016 cars by 2000 dealers.",
        "The flat costs $1950 and has 1900 km on it.",
        "Over the last year, the group has lost ground.",
        "The Boeing 737 and the 1990s are gone.",
        "He was born on Feb. 30.",
    ],
)
def test_what_only_looks_like_a_date_is_left_alone(text: str) -> None:
    assert find(text) == ()


def test_a_sentence_that_looks_ahead_means_the_next_such_day() -> None:
    (sunday,) = find("They will vote on Sunday.")
    (may,) = find("They will vote in May.")
    assert resolve(sunday, PUBLISHED, future=True) == "2021-06-20"
    assert resolve(may, PUBLISHED, future=True) == "2022-05"


def test_the_last_month_of_that_name_is_never_the_present_one() -> None:
    (expression,) = find("It was sold last June.")
    assert resolve(expression, PUBLISHED) == "2020-06"


def test_the_last_month_of_that_name_is_past_also_where_the_sentence_looks_ahead() -> None:
    (expression,) = find("What it sold last March, it will buy back.")
    assert resolve(expression, PUBLISHED, future=True) == "2021-03"


def test_a_count_may_open_the_sentence() -> None:
    (expression,) = find("Two years ago, the museum closed.")
    assert resolve(expression, PUBLISHED) == "2019"


def test_a_horizon_says_how_far_ahead_the_text_looks() -> None:
    (expression,) = find("They expect to arrive within the next 48 hours.")
    assert (expression.kind, expression.offset) == ("horizon", 2)


def test_only_an_expression_with_a_year_is_a_period_of_its_own() -> None:
    late, bare = find("It began in late May 2015 and ended in March.")
    assert late.period == Period(date(2015, 5, 20), date(2015, 5, 31))
    assert bare.period is None


@given(st.text(max_size=300))
def test_any_text_gives_ordered_expressions_that_stand_in_it(text: str) -> None:
    found = find(text)
    assert all(text[e.start : e.end] == e.text for e in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(
    st.lists(
        st.sampled_from(
            "in on May march 2015 last next Sunday 27 , late year week ago two a few 31 February . "  # noqa: SIM905
            "the of today 2016-02-30 coming days January-".split()
        ),
        max_size=12,
    ),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.booleans(),
)
def test_every_expression_resolves_on_every_day(words: list[str], day: date, future: bool) -> None:  # noqa: FBT001
    for expression in find(" ".join(words)):
        value = resolve(expression, day, future=future)
        assert (value is None) == (expression.kind == "horizon")


@pytest.mark.parametrize(("year", "last"), [(2015, 28), (2016, 29)])
def test_a_month_ends_with_its_last_day(year: int, last: int) -> None:
    assert month_period(year, 2).last.day == last
    assert month_period(year, 2, "late").last.day == last


def test_a_word_that_begins_like_a_month_is_none() -> None:
    assert [e.text for e in find("The 20 Mayors met 3 Marchers in May 2019.")] == ["May 2019"]
