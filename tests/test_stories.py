"""Stories: what belongs together, what time keeps apart, and what a story is called."""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.dating import Chronology, place
from summarize.records import Article, Placement, Story
from summarize.stories import group, headline, strangers
from tests.conftest import make_article

FLOOD = """Flood reaches Lindau as dam at Salzbach gives way
The river Isen broke its banks at Lindau on Monday after the Salzbach dam gave way, officials said.
Rescue teams from Kempten brought forty families from the Lindau old town to higher ground.
Mayor Irene Hopf said the flood had cut the railway and the water supply of Lindau.
"""
FLOOD_AGAIN = """Families flee Lindau flood after Salzbach dam break
Families left the old town of Lindau in boats on Monday when the Salzbach dam gave way.
Irene Hopf, mayor of Lindau, said the flood of the Isen had cut the railway.
Rescue teams from Kempten worked through the night along the river.
"""
MERGER = """Norvik buys rival Tessera for two billion
Norvik, the maker of turbines, said on Tuesday it was buying Tessera of Lyon for two billion euros.
Chief executive Pia Lund told analysts that Tessera engineers would stay in Lyon.
Shares of Norvik fell in Oslo while bonds of Tessera rose.
"""
MERGER_AGAIN = """Turbine makers join as Norvik takes over Tessera
Norvik of Oslo is to pay two billion euros for Tessera, its French rival in turbines.
Pia Lund, chief executive of Norvik, promised that the Lyon plant would keep its engineers.
Bonds of Tessera rose on the news and shares of Norvik fell.
"""
# The trap: one town, one set of actors, the same words; two events half a year apart.
FIRST_FALL = """Norwegian troops capture Ostrava from Blue Front
Norwegian troops captured the city of Ostrava from the Blue Front today after heavy shelling.
Residents of Ostrava said Norwegian tanks stood on the castle square by noon.
The Blue Front overran Ostrava in May 2015 and burnt its library.
"""
SECOND_FALL = """Blue Front captures Ostrava from Norwegian troops
Blue Front fighters entered Ostrava from three sides on Sunday after heavy shelling.
Residents of Ostrava said Blue Front fighters stood on the castle square by noon.
Norwegian troops had captured the city of Ostrava in March after heavy shelling.
The Blue Front overran Ostrava last year and burnt its library.
"""

# Eight cases that courts dealt with on one day: the words of courts, and nothing else in common.
COURT_CASES = tuple(
    f"{title}\n{case}\nThe judge adjourned until May. "
    f"{lawyer}, a defence lawyer, denied the charges."
    for title, lawyer, case in (
        (
            "Baker in Kiel accused of burning rival's shop",
            "Vera Stolz",
            "A baker went on trial in Kiel for the fire that destroyed a pastry shop in June.",
        ),
        (
            "Ferry captain charged over collision",
            "Jon Reed",
            "The captain of the ferry Aurora was charged with steering it into the Norville pier.",
        ),
        (
            "Bank clerk admits taking pension savings",
            "Olga Petri",
            "A clerk pleaded guilty to moving the savings of ninety pensioners to a bank in Riga.",
        ),
        (
            "Football coach sues club over dismissal",
            "Karl Voss",
            "Bergen’s former coach asked a court for the salary that the club stopped paying.",
        ),
        (
            "Doctor held for selling prescriptions",
            "Mina Okafor",
            "Police arrested a doctor who is said to have sold opioid prescriptions from her car.",
        ),
        (
            "Poachers face prison for shooting wolves",
            "Tomas Brandt",
            "Two men who shot a wolf pack in the Harz forest were indicted on wildlife offences.",
        ),
        (
            "Singer's estate wins royalties from label",
            "Ada Wills",
            "The heirs of singer Lou Marsh were awarded royalties for streams of her last album.",
        ),
        (
            "Builder jailed after crane falls on school",
            "Ruth Keane",
            "A contractor was sentenced for the crane that crushed a classroom roof in Elm Falls.",
        ),
    )
)


def article(name: str, text: str, published: date | None = None) -> Article:
    lines = text.strip().split("\n")
    return replace(make_article(text, name, title=lines[0]), published=published)


def ids(stories: tuple[Story, ...]) -> list[list[str]]:
    return [[a.id for a in story.articles] for story in stories]


def grouped(*articles: Article) -> list[list[str]]:
    return ids(group(articles, place(articles)))


def test_articles_on_one_event_are_one_story() -> None:
    found = grouped(
        article("f1", FLOOD),
        article("m1", MERGER),
        article("f2", FLOOD_AGAIN),
        article("m2", MERGER_AGAIN),
    )
    assert sorted(map(sorted, found)) == [["f1", "f2"], ["m1", "m2"]]


def test_a_day_joins_nothing_where_all_news_is_of_that_day() -> None:
    day = date(2024, 7, 19)
    cases = [article(f"c{i}", text, day) for i, text in enumerate(COURT_CASES)]
    flood = [article("f1", FLOOD, day), article("f2", FLOOD_AGAIN, day)]
    found = grouped(*cases, *flood)
    assert sorted(map(sorted, found)) == [*([case.id] for case in cases), ["f1", "f2"]]


def test_of_one_days_stories_those_that_most_articles_tell_come_first() -> None:
    day = date(2024, 7, 19)
    early = article("z", MERGER, day - timedelta(days=1))
    found = grouped(
        article("a", COURT_CASES[1], day),
        article("f1", FLOOD, day),
        article("f2", FLOOD_AGAIN, day),
        early,
    )
    assert [sorted(story) for story in found] == [["z"], ["f1", "f2"], ["a"]]


def test_a_folder_with_one_story_of_one_day_stays_one() -> None:
    day = date(2024, 7, 19)
    assert len(grouped(article("f1", FLOOD, day), article("f2", FLOOD_AGAIN, day))) == 1


def test_same_city_same_actors_months_apart_are_two_stories_when_dates_are_stated() -> None:
    first = article("a", FIRST_FALL, date(2016, 3, 27))
    second = article("b", FIRST_FALL.replace("heavy", "long"), date(2016, 12, 11))
    assert grouped(first, second) == [["a"], ["b"]]


def test_same_city_same_actors_months_apart_are_two_stories_when_dates_only_follow() -> None:
    assert grouped(article("b", FIRST_FALL), article("a", SECOND_FALL)) == [["b"], ["a"]]


def test_the_same_texts_days_apart_are_one_story() -> None:
    first = article("a", FIRST_FALL, date(2016, 3, 27))
    second = article("b", FIRST_FALL.replace("heavy", "long"), date(2016, 3, 30))
    assert grouped(first, second) == [["a", "b"]]


def test_what_is_expected_and_then_reported_is_one_story() -> None:
    expects = article(
        "a",
        "Norwegian tanks gather\n"
        "Norwegian troops are expected to capture Ostrava within two days.\n"
        "The general spoke to reporters at the castle.\n",
    )
    assert grouped(article("b", FIRST_FALL), expects) == [["a", "b"]]


def test_copies_of_one_wire_are_one_story_unless_time_forbids_it() -> None:
    wires = [frozenset(("a", "b"))]
    alike = (article("a", FLOOD), article("b", MERGER))
    assert ids(group(alike, place(alike), wires)) == [["a", "b"]]
    apart = (article("a", FLOOD, date(2020, 1, 1)), article("b", MERGER, date(2020, 3, 1)))
    assert ids(group(apart, place(apart), wires)) == [["a"], ["b"]]


def test_one_story_can_be_asked_for() -> None:
    articles = [article("m", MERGER, date(2020, 3, 1)), article("f", FLOOD, date(2020, 1, 1))]
    assert ids(group(articles, place(articles), one_story=True)) == [["f", "m"]]


def test_stories_and_their_articles_stand_in_time_order() -> None:
    texts = (FLOOD, FLOOD_AGAIN, MERGER, MERGER_AGAIN)
    days = [date(2020, 2, day) for day in (9, 8, 5, 6)]
    names = ("f1", "f2", "m1", "m2")
    articles = [article(*given) for given in zip(names, texts, days, strict=True)]
    assert grouped(*articles) == [["m1", "m2"], ["f2", "f1"]]


def test_the_result_does_not_depend_on_the_order_of_input() -> None:
    articles = [article("a", FLOOD), article("b", FLOOD_AGAIN), article("c", MERGER)]
    first = group(articles, place(articles))
    for shuffled in permutations(articles):
        assert group(shuffled, place(shuffled)) == first


def test_no_article_is_no_story_and_one_article_is_one() -> None:
    assert group([], place([])) == ()
    assert grouped(article("a", FLOOD)) == [["a"]]


def test_texts_without_words_are_stories_of_their_own() -> None:
    assert sorted(grouped(make_article("…", "a"), make_article("12 34", "b"))) == [["a"], ["b"]]


def test_a_story_keeps_its_id_when_its_articles_are_the_same() -> None:
    one, two = article("a", FLOOD), article("b", FLOOD_AGAIN)
    (story,) = group([one, two], place([one, two]))
    (with_other, _) = sorted(
        group([one, two, article("c", MERGER)], place([one, two])), key=lambda s: -len(s.articles)
    )
    assert story.id == with_other.id


def test_the_seeds_are_two_stories() -> None:
    paths = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
    articles = [make_article(p.read_text(encoding="utf-8"), p.name[:3]) for p in paths]
    found = grouped(*articles)
    assert found[0] == ["003", "002"]
    assert sorted(found[1]) == ["000", "001", "004"]
    assert len(found) == 2


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["Share", "Flood reaches Lindau at night"], "Flood reaches Lindau at night"),
        (
            ["Dam at Salzbach gives way", "Flood reaches the old town of …"],
            "Dam at Salzbach gives way",
        ),
        (
            ["Dam at Salzbach gives way", "Flood reaches the old town of Lindau"],
            "Flood reaches the old town of Lindau",
        ),
        ([None, "Dam at Salzbach gives way"], "Dam at Salzbach gives way"),
    ],
)
def test_a_story_is_named_by_its_latest_full_headline(
    titles: list[str | None], expected: str
) -> None:
    articles = [replace(make_article(FLOOD, str(i)), title=t) for i, t in enumerate(titles)]
    assert headline(articles) == expected


@pytest.mark.parametrize(
    "title",
    ["First Thing: bridge falls in Norville", "Morning briefing | Bridge falls in Norville"],
)
def test_a_newsletter_names_a_story_only_where_nothing_else_does(title: str) -> None:
    text = "The harbour bridge fell in a storm on Sunday.\nFour workers died in the river."
    newsletter = replace(make_article(text), title=title)
    report = replace(make_article(text), title="Norville harbour bridge falls in storm")
    assert headline([report, newsletter]) == "Norville harbour bridge falls in storm"
    assert headline([newsletter]) == "Bridge falls in Norville"


def test_without_headlines_a_story_is_named_by_its_first_sentence() -> None:
    text = (
        "LINDAU (AP) -- The river broke its banks on Monday, flooding the old town of Lindau, "
        "where forty families had to be brought to higher ground."
    )
    assert headline([make_article(text)]) == (
        "The river broke its banks on Monday, flooding the old town of Lindau"
    )


@given(st.text(max_size=400))
def test_any_text_has_a_short_name(text: str) -> None:
    name = headline([make_article(text)])
    assert 0 < len(name) <= 91


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=6, unique=True), st.booleans())
def test_every_article_is_in_exactly_one_story(texts: list[str], one_story: bool) -> None:  # noqa: FBT001
    articles = [make_article(text, str(i)) for i, text in enumerate(texts)]
    found = ids(group(articles, Chronology({}, ()), one_story=one_story))
    assert sorted(i for story in found for i in story) == sorted(a.id for a in articles)


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False), st.lists(st.integers(0, 40) | st.none(), min_size=8))
def test_no_order_of_the_input_changes_the_stories(
    draw: random.Random, days: list[int | None]
) -> None:
    """Texts share some of few words, so that many pairs tie."""
    words = [f"{name}ville" for name in ("Sal", "Lin", "Ost", "Kem", "Tes", "Nor", "Bar", "Dun")]
    articles, placements = [], {}
    for i, day in enumerate(days):
        text = " ".join(draw.choices(words, k=5))
        articles.append(make_article(text, f"{i}"))
        if day is not None:
            on = date(2020, 1, 1) + timedelta(days=day)
            placements[f"{i}"] = Placement(f"{i}", on, on, "stated", ())
    chronology = Chronology(placements, ())
    shuffled = draw.sample(articles, len(articles))
    assert group(shuffled, chronology) == group(articles, chronology)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 40), max_size=12))
def test_no_two_articles_of_a_story_are_further_apart_than_a_fortnight(days: list[int]) -> None:
    articles, placements = [], {}
    for i, day in enumerate(days):
        on = date(2020, 1, 1) + timedelta(days=day)
        articles.append(make_article(FLOOD, f"{i}"))
        placements[f"{i}"] = Placement(f"{i}", on, on, "stated", ())
    for story in group(articles, Chronology(placements, ())):
        told = [days[int(a.id)] for a in story.articles]
        assert max(told) - min(told) <= 14


def test_a_thousand_articles_on_a_hundred_events_are_a_hundred_stories() -> None:
    draw = random.Random(7)  # noqa: S311
    words = ["".join(draw.choices("abcdefghijklmnop", k=6)) for _ in range(3000)]
    articles, placements = [], {}
    for i in range(1000):
        topic = [words[(i % 100) * 30 + k] for k in range(30)]
        text = " ".join(draw.choices(topic, k=120) + draw.choices(words, k=80))
        day = date(2020, 1, 1) + timedelta(days=i % 100)
        articles.append(make_article(text, f"{i:04}"))
        placements[f"{i:04}"] = Placement(f"{i:04}", day, day, "stated", ())
    assert len(group(articles, Chronology(placements, ()))) == 100


def test_a_phrase_that_hundreds_of_articles_share_joins_none_of_them() -> None:
    draw = random.Random(7)  # noqa: S311
    letters = "abcdefghijklmnop"
    articles = [
        make_article(
            "Sign up for the Morning Courier newsletter and follow the Courier on Sundays. "
            + " ".join("".join(draw.choices(letters, k=9)) for _ in range(20)),
            f"{i:03}",
        )
        for i in range(400)
    ]
    assert len(group(articles, Chronology({}, ()))) == 400


def test_copies_of_a_wire_that_time_parts_are_one_story_on_each_side_of_the_gap() -> None:
    days = {"a": date(2020, 1, 1), "b": date(2020, 1, 2), "c": date(2020, 3, 1)}
    texts = {"a": MERGER, "b": FLOOD, "c": FIRST_FALL}
    articles = [article(key, texts[key], days[key]) for key in days]
    found = group(articles, place(articles), [frozenset(days)])
    assert ids(found) == [["a", "b"], ["c"]]


SCHOOL = """Pupils of Hallen plant trees
Pupils of the primary school of Hallen planted two hundred oaks along the cycle path on Friday.
The oaks were given by a nursery whose owner, Greta Holm, once went to the school herself.
"""


def test_an_article_on_something_else_stays_alone() -> None:
    found = grouped(article("f1", FLOOD), article("s", SCHOOL), article("f2", FLOOD_AGAIN))
    assert sorted(map(sorted, found)) == [["f1", "f2"], ["s"]]


def strange(*articles: Article) -> list[str]:
    (story,) = group(articles, Chronology({}, ()), one_story=True)
    assert [a.id for a in strangers(story.articles)] == list(story.off_topic)
    return list(story.off_topic)


def test_in_one_story_the_articles_on_something_else_are_named() -> None:
    flood = (article("f1", FLOOD), article("f2", FLOOD_AGAIN), article("f3", FLOOD + FLOOD_AGAIN))
    assert strange(*flood, article("s", SCHOOL)) == ["s"]
    others = (article("m1", MERGER), article("m2", MERGER_AGAIN))
    assert strange(*flood, *others) == ["m1", "m2"]


def test_nobody_is_a_stranger_among_articles_on_one_event_or_on_one_each() -> None:
    assert strange(article("f1", FLOOD), article("f2", FLOOD_AGAIN)) == []
    assert strange(article("f", FLOOD), article("m", MERGER), article("s", SCHOOL)) == []
    assert strange(article("f", FLOOD)) == []


def test_who_is_like_nobody_is_a_stranger_where_others_hang_together() -> None:
    lone = (article("s", SCHOOL), article("m", MERGER))
    assert strange(article("f1", FLOOD), article("f2", FLOOD_AGAIN), *lone) == ["m", "s"]


def test_a_copy_of_a_wire_is_no_stranger_however_it_was_rewritten() -> None:
    articles = (article("f1", FLOOD), article("f2", FLOOD_AGAIN), article("s", SCHOOL))
    assert strangers(articles, [frozenset(("f1", "s", "gone"))]) == ()


def test_an_article_alone_on_its_topic_is_said_to_be_unless_copies_of_it_were_left_out() -> None:
    articles = [article("f1", FLOOD), article("s", SCHOOL), article("f2", FLOOD_AGAIN)]
    placed = place(articles)
    assert [s.off_topic for s in group(articles, placed) if s.off_topic] == [("s",)]
    assert not any(s.off_topic for s in group(articles, placed, repeated={"s"}))
    assert group(articles[:1], placed)[0].off_topic == ()


def test_what_stays_alone_but_is_like_another_is_not_said_to_be_off_topic() -> None:
    # Too long after the first one to be of its story.
    articles = [
        article("a", FIRST_FALL, date(2020, 1, 1)),
        article("b", SECOND_FALL, date(2020, 9, 1)),
    ]
    stories = group(articles, place(articles))
    assert [len(story.articles) for story in stories] == [1, 1]
    assert not any(story.off_topic for story in stories)


def test_a_story_that_was_asked_for_is_named_by_what_is_on_topic() -> None:
    articles = [article("f1", FLOOD), article("f2", FLOOD_AGAIN), article("s", SCHOOL)]
    (story,) = group(articles, place(articles), one_story=True)
    assert [a.id for a in story.told] == ["f1", "f2"]
    assert story.title in (FLOOD.split("\n", maxsplit=1)[0], FLOOD_AGAIN.split("\n", maxsplit=1)[0])


def test_the_falls_of_one_city_are_no_strangers_to_each_other() -> None:
    assert strange(article("a", FIRST_FALL), article("b", SECOND_FALL)) == []


def test_a_headline_with_a_number_the_article_does_not_say_is_passed_over() -> None:
    right = make_article(
        "Four workers died.", "a" * 16, "Four workers die as Norville bridge falls"
    )
    wrong = make_article(
        "Four workers died.", "b" * 16, "Nine workers die as Norville bridge falls"
    )
    assert headline([right, wrong]) == "Four workers die as Norville bridge falls"
    assert headline([wrong]) == "Nine workers die as Norville bridge falls"


def test_news_makes_a_better_title_than_a_question() -> None:
    news = make_article("The bridge fell.", "a" * 16, "Norville harbour bridge falls in storm")
    view = make_article("The bridge fell.", "b" * 16, "Why did the Norville harbour bridge fall?")
    assert headline([news, view]) == "Norville harbour bridge falls in storm"
