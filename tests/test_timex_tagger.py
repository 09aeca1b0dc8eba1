"""TIMEX3 types and values: what the tagger reads in news sentences of a known day."""

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarize.dating.cues import cues_in
from summarize.dating.scene import Rule
from summarize.dating.tagger import _LAST_RULES, _RULES, tag
from summarize.dating.tense import looks_ahead, outlook
from summarize.dating.timex import _FORMS
from summarize.language import parse

PUBLISHED = date(1989, 10, 26)  # a Thursday


def values(text: str, published: date = PUBLISHED) -> list[tuple[str, str]]:
    return [(found.text, found.value) for found in tag(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The siege lasted three days.", ["P3D"]),
        ("She took a 16-hour flight.", ["PT16H"]),
        ("He led the club for nearly forty-two years.", ["P42Y"]),
        ("Prices fell over the past two years.", ["P2Y"]),
        ("Sales rose in the first nine months.", ["P9M"]),
        ("They lived in tents for 2 1/2 years.", ["P2Y6M"]),
        ("It took a minute and a half.", ["PT1M30S"]),
        ("The talks took half an hour.", ["PT30M"]),
        ("The court will sit for several weeks.", ["PXW"]),
        ("The road was closed for more than a month.", ["P1M"]),
        ("Traffic has doubled over the last year.", ["P1Y"]),
        ("The day-long strike ended.", ["P1D"]),
        ("It ran for two decades.", ["P20Y"]),
        ("Interest is due every quarter.", ["P1Q"]),
        ("The ferry sails twice a week.", ["P1W"]),
        ("The daily tally rose.", ["P1D"]),
        ("The court meets every Monday.", ["XXXX-WXX-1"]),
    ],
)
def test_lengths_and_repetitions(text: str, expected: list[str]) -> None:
    assert [value for _, value in values(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Profit rose in the third quarter.", ["1989-Q3"]),
        ("It posted a third-quarter loss.", ["1989-Q3"]),
        ("It will open in the first quarter.", ["1990-Q1"]),
        ("Orders fell in the second quarter of 1987.", ["1987-Q2"]),
        ("Orders fell in last year's fourth quarter.", ["1988-Q4"]),
        ("Net fell in the first half of 1987.", ["1987-H1"]),
        ("It lost money in fiscal 1988.", ["1988"]),
        ("Output fell in the 1980s.", ["198X"]),
        ("He wrote about the 19th century.", ["18XX"]),
        ("The plant opened five years ago.", ["1984"]),
        ("The strike began six weeks ago.", ["1989-W37"]),
        ("The mayor resigned a week or so ago.", ["1989-10-19"]),
        ("Prices had doubled by the end of the year.", ["1989"]),
        ("Fans met over the weekend.", ["1989-W42-WE"]),
        ("A trial is set for the week of Nov. 6.", ["1989-W45"]),
        ("It burned down in the summer of 1976.", ["1976-SU"]),
        ("Shops closed on Christmas Eve.", ["1989-12-24"]),
        ("They met on Labor Day.", ["1989-09-04"]),
        ("The form was filed on 10/25/1988.", ["1988-10-25"]),
        ("They bought 1988 models, 1,987 in all.", ["1988"]),
        ("The bank now has 12 branches.", ["PRESENT_REF"]),
        ("It recently moved.", ["PAST_REF"]),
        ("Nobody knows the future.", ["FUTURE_REF"]),
    ],
)
def test_dates_and_references(text: str, expected: list[str]) -> None:
    assert [value for _, value in values(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The deadline was 9 a.m. Tuesday.", "1989-10-24T09:00"),
        ("The vote will start Friday at 10:30 p.m.", "1989-10-27T22:30"),
        ("Guns fell silent at noon yesterday.", "1989-10-25T12:00"),
        ("The quake struck at 1745 GMT.", "1989-10-26T17:45"),
        ("It rained on Sunday night.", "1989-10-22TNI"),
        ("It rained last night.", "1989-10-25TNI"),
        ("It rained last Thursday night.", "1989-10-19TNI"),
        ("It rained this morning.", "1989-10-26TMO"),
    ],
)
def test_clock_times_and_parts_of_a_day(text: str, expected: str) -> None:
    (found,) = tag(text, PUBLISHED)
    assert (found.kind, found.value) == ("TIME", expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge fell on Thursday.", "1989-10-26"),
        ("The bridge fell last Thursday.", "1989-10-19"),
        ("The bridge fell last Wednesday.", "1989-10-18"),
        ("The bridge fell last Sunday.", "1989-10-22"),
        ("They will meet next Thursday.", "1989-11-02"),
    ],
)
def test_the_last_weekday_is_neither_today_nor_yesterday(text: str, expected: str) -> None:
    assert [found.value for found in tag(text, PUBLISHED)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "A 6-year-old boy and a man 52 years old were found.",
        "He scored in the second half of the match.",
        "Three quarters of voters agreed.",
        "She won for a second time.",
        "The 1988 miles cost $1990.",
        "The flood cost $10 million a year.",
    ],
)
def test_ages_shares_and_rates_are_left_alone(text: str) -> None:
    assert tag(text, PUBLISHED) == ()


def test_a_report_of_quarters_compares_with_the_same_quarter_a_year_ago() -> None:
    text = (
        "The brewer earned $3 million in the third quarter, up from $2 million a year earlier.\n\n"
        "In the year-ago quarter it sold a plant. Shipments slowed in the quarter."
    )
    assert [value for _, value in values(text)] == ["1989-Q3", "1988-Q3", "1988-Q3", "1989-Q3"]


def test_a_year_ago_is_a_year_where_no_quarters_are_named() -> None:
    assert values("The bridge was closed a year ago.") == [("a year ago", "1988")]


def test_expressions_refer_back_to_the_day_named_before() -> None:
    text = "She was arrested on Aug. 7, 1987. The next day she was freed, and left two years later."
    assert [value for _, value in values(text)] == ["1987-08-07", "1987-08-08", "1989"]


def test_words_around_a_weekday_say_which_one_is_meant() -> None:
    assert values("The council will meet on Monday.") == [("Monday", "1989-10-30")]
    assert values("The council met on Monday, the mayor said.") == [("Monday", "1989-10-23")]
    assert values("On Monday, the council will meet.") == [("Monday", "1989-10-30")]


def test_a_day_of_a_month_is_the_nearest_one() -> None:
    assert values("The rally of Dec. 2 was planned.")[0][1] == "1989-12-02"
    assert values("It will appeal the ruling of Sept. 30.")[0][1] == "1989-09-30"
    assert values("It was announced last December, and it will stay.")[0][1] == "1988-12"


def test_no_expression_reaches_over_a_blank_line() -> None:
    assert [text for text, _ in values("They met in May\n\n1988 was a bad year.")] == [
        "May",
        "1988",
    ]


def test_a_day_that_the_calendar_does_not_have_is_left_out() -> None:
    assert values("It was signed on 13/31/1988 and on Feb. 29.") == []


def test_the_caller_may_say_what_lies_ahead() -> None:
    (found,) = tag("Monday", PUBLISHED, lambda _text, _start, _end: True)
    assert found.value == "1989-10-30"


def test_looking_ahead_is_told_from_the_same_sentence_only() -> None:
    text = "They will leave. He came on Friday."
    assert not looks_ahead(text, text.index("Friday"), len(text) - 1)


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("The report will be released on Friday.", True),
        ("The vote is to be held on Friday.", True),
        ("The mayor said that talks would not be held on Friday.", True),
        ("The vote was held on Friday.", False),
        ("Ada Wills, who won Friday's election, vowed to fight corruption.", False),
    ],
)
def test_what_will_be_done_lies_ahead_and_what_was_won_behind(text: str, *, ahead: bool) -> None:
    start = text.index("Friday")
    assert looks_ahead(text, start, start + len("Friday")) is ahead


@pytest.mark.parametrize("text", ["To continue, press the button.", "To help."])
def test_an_infinitive_that_heads_its_sentence_has_no_tense_that_tells(text: str) -> None:
    (verb, *_) = (token for token in parse(text) if token.dep_ == "ROOT")
    assert outlook(verb) in ("open", "present")


_WORDS = (  # noqa: SIM905
    "the a last next this past year years week quarter third second of in for two 10 29 Feb. May "
    "Monday weekend ago later earlier before and half 1988 9999 a.m. noon GMT 1745 / - ' 's 80s "
    "month day that same every each Christmas Eve now 99 99,999 decade week-long old \n\n . ,"
).split(" ")


@given(
    st.lists(st.sampled_from(_WORDS), max_size=14),
    st.dates(),
    st.sampled_from((" ", "-", "")),
)
def test_any_order_of_words_on_any_day_gives_ordered_expressions(
    words: list[str], day: date, joint: str
) -> None:
    text = joint.join(words)
    found = tag(text, day)
    assert all(text[t.start : t.end] == t.text and t.value for t in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.text(max_size=300))
def test_any_text_gives_expressions_that_stand_in_it(text: str) -> None:
    assert all(text[found.start : found.end] == found.text for found in tag(text, PUBLISHED))


@pytest.mark.parametrize(
    "rule", [*_RULES, *_LAST_RULES], ids=lambda rule: rule.pattern.pattern[:40]
)
@given(data=st.data())
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
def test_what_a_rule_finds_holds_one_of_its_cues(rule: Rule, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(rule.pattern, alphabet=st.characters(codec="ascii")))
    assert not rule.cues.isdisjoint(cues_in(text))


@pytest.mark.parametrize(("pattern", "_read", "cues"), _FORMS, ids=range(len(_FORMS)))
@given(data=st.data())
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
def test_what_is_found_on_the_calendar_holds_one_of_its_cues(
    pattern: re.Pattern[str], _read: object, cues: frozenset[str], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(pattern, alphabet=st.characters(codec="ascii")))
    assert not cues.isdisjoint(cues_in(text))


def test_a_name_that_begins_like_noon_is_no_time() -> None:
    assert values("Peggy Noonan wrote it.") == []
