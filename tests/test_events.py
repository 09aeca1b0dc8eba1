"""Events: who did what to whom, and whether it is expected, news or remembered."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.dating.events import EventMention, mentions
from summarize.dating.namestems import stem
from summarize.language import parse_all
from summarize.sentences import split_sentences
from tests.conftest import make_article

FILLER = (
    "The weather in the valley was mild for the season.\n"
    "Shops on the main street stayed open until late.\n"
    "Children played football behind the old station.\n"
)


def events(text: str) -> tuple[EventMention, ...]:
    sentences = split_sentences(make_article(text))
    return mentions(sentences, parse_all(s.text for s in sentences))


def only(text: str) -> EventMention:
    (event,) = events(text)
    return event


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("Norwegian troops captured Ostrava today.", "fresh"),
        ("Norwegian troops have captured Ostrava.", "fresh"),
        ("Norwegian troops capture Ostrava after a long night", "fresh"),
        ("Norwegian troops seized Ostrava on Sunday, officials said.", "fresh"),
        ("Norwegian troops are poised to capture Ostrava.", "expected"),
        ("Norwegian troops will capture Ostrava within days, the general said.", "expected"),
        ("It is expected that Norwegian troops will liberate Ostrava.", "expected"),
        ("Norwegian troops had captured Ostrava to great fanfare.", "past"),
        ("Norwegian troops captured Ostrava in March.", "past"),
        ("Ostrava was captured by Norwegian troops last year.", "past"),
        ("The capture of Ostrava by Norwegian troops in May 2015 was a shock.", "past"),
    ],
)
def test_the_grammar_tells_expected_news_and_memory_apart(text: str, aspect: str) -> None:
    event = only(text)
    assert event.aspect == aspect
    assert event.key == ("take", stem("Ostrava"))
    assert event.actors == {stem("Norway")}


def test_news_deep_in_the_text_without_a_day_is_only_known_to_have_happened() -> None:
    event = only(FILLER + "Norwegian troops captured Ostrava.")
    assert event.aspect == "done"


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian troops did not capture Ostrava.",
        "Norwegian troops might capture Ostrava.",
        "The talks took place in the morning.",
    ],
)
def test_what_did_not_happen_is_no_event(text: str) -> None:
    assert events(text) == ()


def test_taking_and_retaking_are_one_kind_of_event() -> None:
    first = only("Norwegian troops captured Ostrava today.")
    for text in ("Norwegian forces retook Ostrava.", "Norway has taken back Ostrava."):
        again = only(text)
        assert again.agrees(first)
        assert again.predicate.repeated
    assert not first.predicate.repeated


def test_the_same_deed_by_another_actor_is_another_event() -> None:
    one = only("Norwegian troops captured Ostrava today.")
    other = only("Rebels of the Blue Front captured Ostrava today.")
    unknown = only("Ostrava was captured today.")
    assert one.key == other.key
    assert not one.agrees(other)
    assert not one.agrees(unknown)


def test_a_death_is_one_event_whoever_is_named() -> None:
    one = only("Ada Brandt was killed in her home on Friday.")
    other = only("Ada Brandt died in her home in March, police recalled.")
    assert one.agrees(other)


def test_two_people_of_one_family_name_are_two() -> None:
    ada = only("Ada Brandt was killed on Friday.")
    assert not ada.agrees(only("Otto Brandt was killed on Friday."))
    assert ada.agrees(only("Mrs. Brandt was killed on Friday."))


def test_an_undated_plain_past_at_the_top_may_be_background() -> None:
    assert only("Ada Brandt was killed by her neighbour, the court heard.").aspect == "done"


def test_the_city_is_the_one_the_article_calls_so() -> None:
    text = (
        "Norwegian troops entered the old city of Ostrava.\n"
        "Norwegian troops captured the town last year."
    )
    assert events(text)[-1].key == ("take", stem("Ostrava"))


def test_a_part_of_a_city_is_not_the_city() -> None:
    assert events("Norwegian troops captured an Ostrava suburb today.") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norway", "Norwegian"),
        ("Syria", "Syrians"),
        ("Germany", "German"),
        ("Turkey", "Turkish"),
        ("France", "French"),
        ("China", "Chinese"),
        ("Brazil", "Brazil’s"),
        ("U.S.", "American"),
        ("ISIS", "IS"),
    ],
)
def test_forms_of_one_name_share_their_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Iran", "Iraq"), ("Austria", "Australia"), ("Niger", "Nigeria"), ("UN", "UNESCO")],
)
def test_different_names_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_events_that_quote_it(text: str) -> None:
    article = make_article(text)
    sentences = split_sentences(article)
    for event in mentions(sentences, parse_all(s.text for s in sentences)):
        assert article.text[event.start : event.end] == event.quote
