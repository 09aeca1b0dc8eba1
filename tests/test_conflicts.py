"""Where sources differ: what is listed, what is not, and how a reader sees it."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize import summarize
from summarize.conflicts import find_conflicts
from summarize.pipeline import digest_articles
from summarize.reading import read_paths
from summarize.records import Article, Conflict, Digest, Span, Story
from summarize.render import render
from summarize.render.conflicts import disputed
from summarize.render.json import schema
from summarize.sentences import split_sentences
from summarize.settings import Settings
from summarize.writer import load_writer


def _article(name: str, text: str) -> Article:
    return Article(name, f"{name}.txt", text, paragraphs=(Span(0, len(text)),))


def _conflicts(
    *texts: str, times: tuple[int, ...] = (), wires: tuple[tuple[str, ...], ...] = ()
) -> tuple[Conflict, ...]:
    articles = tuple(_article(f"a{n}", text) for n, text in enumerate(texts))
    moments = dict(zip((a.id for a in articles), times or range(len(texts)), strict=True))
    sentences = {a.id: split_sentences(a) for a in articles}
    return find_conflicts(Story("s", "", articles), sentences, moments, wires)


def _values(conflict: Conflict) -> list[tuple[str, str]]:
    return [(v.sentence.article_id, v.claim.text) for v in conflict.values]


FERRY = "The ferry sank off Port Alder on Monday. The captain was questioned by the coast guard."


def test_two_tolls_of_one_accident_are_a_conflict_with_the_newest_marked() -> None:
    (conflict,) = _conflicts(
        f"{FERRY} The sinking of the ferry killed 49 people, the mayor of Port Alder said.",
        f"{FERRY} The mayor of Port Alder said that the ferry sinking killed 53 people.",
    )
    assert _values(conflict) == [("a0", "49"), ("a1", "53")]
    assert conflict.newest == "53"
    assert "people" in conflict.subject
    assert not conflict.copies


def test_values_stand_in_time_order_and_nothing_is_newest_in_a_tie() -> None:
    texts = (
        f"{FERRY} The sinking of the ferry killed 49 people, the mayor of Port Alder said.",
        f"{FERRY} The mayor of Port Alder said that the ferry sinking killed 53 people.",
    )
    (later_first,) = _conflicts(*texts, times=(1, 0))
    assert [text for _, text in _values(later_first)] == ["53", "49"]
    assert later_first.newest == "49"
    (tied,) = _conflicts(*texts, times=(0, 0))
    assert tied.newest is None


def test_a_third_source_is_listed_with_the_value_it_states() -> None:
    (conflict,) = _conflicts(
        "The ferry sinking killed 49 people, the mayor of Port Alder said.",
        "The mayor of Port Alder said the ferry sinking killed 53 people.",
        "The ferry sinking off Port Alder killed 53 people, according to the mayor.",
    )
    assert [text for _, text in _values(conflict)] == ["49", "53", "53"]


def test_copies_of_one_wire_that_differ_are_named_copies() -> None:
    line = "Rescuers pulled {} survivors from the cold water near Port Alder before dawn."
    (conflict,) = _conflicts(line.format(12), line.format(21), wires=(("a0", "a1"),))
    assert conflict.copies


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("49 people", "49 people"),
        ("1.88 percent of the people", "1.9 percent of the people"),
        ("2.55 million people", "2.5 million people"),
        ("more than 400 people", "430 people"),
        ("up to 60 people", "53 people"),
        ("about 1,500 people", "1,520 people"),
        ("between 40 and 60 people", "53 people"),
        ("12,000 people", "11,840 people"),
        ("50 percent of the people", "49.9 percent of the people"),
    ],
)
def test_numbers_that_may_both_be_right_are_no_conflict(one: str, other: str) -> None:
    line = "The flood in Port Alder drove {} from their homes, the mayor said."
    assert not _conflicts(line.format(one), line.format(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Each counts something of its own.
        ("The quake killed 40 people in Alder.", "The quake killed 45 people in Birchfield."),
        (
            "Police in Alder arrested 12 people on Monday.",
            "Police in Alder arrested 15 people on Friday.",
        ),
        ("Police in Alder arrested 12 people.", "Police in Alder arrested 15 more people."),
        (
            "The plan leaves 30 percent of Alder to the state.",
            "The plan leaves 70 percent of Alder to the city.",
        ),
        (
            "In Alder 55 percent of homes are without water.",
            "In Alder 47 percent of homes have water.",
        ),
        (
            "A poll found that 45 percent approve of the mayor.",
            "A survey found that 41 percent approve of the mayor.",
        ),
        ("The Alder fire destroyed 20 homes.", "The Alder fire destroyed 900 homes."),
        ("The Alder fire destroyed 20 homes.", "The Alder fire destroyed 25 cars."),
        (
            "The Alder jury found him guilty on three charges of fraud.",
            "The Alder jury found him guilty on three of five charges of fraud.",
        ),
        ("A boy of Alder, aged 12, was saved.", "A girl of Alder, aged 16, was saved."),
        (
            "Lake Orrin lies 400 km north of Alder, near the border.",
            "Lake Orrin lies 300 km north of Birchfield, near the border.",
        ),
        (
            "The fire service covers six counties: Alder, Birch and four more.",
            "The inquiry covers six of the state's eight counties: Alder, Birch and four more.",
        ),
        (
            "The storm near Alder moved north at 16 mph on its way to the coast.",
            "The storm near Alder moved north at 19 mph on its way to the coast.",
        ),
        (
            "The council of Alder said on Monday that the dam is safe.",
            "The council of Alder closed the dam on Friday, residents said.",
        ),
        (
            "Alder held its harbour fair and boat race on Monday, and Birchfield on Friday.",
            "Alder held its harbour fair and boat race on Friday, and Birchfield on Monday.",
        ),
        (
            "The Alder Star left the port of Alder for Birchfield on Sunday, Japan time.",
            "The Alder Star left the port of Alder for Birchfield on Saturday.",
        ),
        # Too few words to say what they are of, and moves of two moments.
        ("See it at the Alder shop: $20", "See it at the Alder shop: $30"),
        (
            "Orrin Steel climbed 1.2 percent in Alder, ahead of Birch Metals and two other lines.",
            "Orrin Steel climbed 1.6 percent in Alder, ahead of Birch Metals and two other lines.",
        ),
        (
            "Shares of Orrin Steel retreated to $41.20 in Alder, the lowest since the merger.",
            "Shares of Orrin Steel slid to $43.10 in Alder, near the lowest since the merger.",
        ),
        # When something was read, and years of two events.
        (
            "As of May 3 the refund of the harbour tax in Port Alder was $340 on average.",
            "As of May 10 the refund of the harbour tax in Port Alder was $340 on average.",
        ),
        (
            "The council of Port Alder passed the harbour act in 1962, the clerk said.",
            "The council of Port Alder passed the harbour act in 1974, the clerk said.",
        ),
        # Few of the words are shared, and one is a line of a table.
        (
            "In the winter storm the harbour board of Port Alder closed 12 roads near the dam.",
            "Engineers who had inspected the dam for the harbour board found 14 roads with cracks.",
        ),
        (
            "Port Alder harbour board: 340 berths at the north pier, 12 cranes",
            "Port Alder harbour board: 360 berths at the north pier, 12 cranes",
        ),
        (
            "The mayor of Alder met 20 people at the school.",
            "The Alder fire drove 25 people from the hills.",
        ),
    ],
)
def test_two_facts_are_not_taken_for_one(one: str, other: str) -> None:
    assert not _conflicts(one, other)


LAPTOP = (
    "The {} laptop of Birch Metals comes with {} gigabytes of memory and a screen. "
    "The battery of the laptop lasts {} hours, its maker in Orrin says. "
    "With the charger and the bag the laptop weighs {} kilograms. "
    "Buyers in Port Alder pay {} pounds for the laptop in the shop."
)


def test_articles_that_differ_in_most_things_tell_of_the_like() -> None:
    one = LAPTOP.format("small", 16, 9, "1.2", 900)
    assert not _conflicts(one, LAPTOP.format("small", 24, 12, "1.6", 1340))
    (conflict,) = _conflicts(one, LAPTOP.format("small", 16, 12, "1.2", 900))
    assert [text for _, text in _values(conflict)] == ["9 hours", "12 hours"]


def test_running_counts_of_one_event_may_all_change() -> None:
    line = (
        "The ferry sinking off Port Alder killed {} people. The sinking injured {} passengers. "
        "Divers have rescued {} survivors from the ferry. The coast guard evacuated {} residents "
        "of the pier. Police have arrested {} sailors of the ferry."
    )
    found = _conflicts(line.format(12, 30, 41, 52, 3), line.format(15, 40, 45, 61, 4))
    assert len(found) > 3
    assert all(conflict.update for conflict in found)


def test_numbers_beside_names_that_the_other_article_does_not_know_are_of_two_things() -> None:
    line = "The {} offers a fast charger with {} ports for the car."
    one, other = line.format("Orrin Volt", 5), line.format("Birch Spark", 6)
    assert not _conflicts(one, other)
    assert _conflicts(f"{one} The Birch Spark was first.", f"{other} The Orrin Volt was first.")


def test_a_number_said_in_another_unit_is_not_compared_again() -> None:
    line = "The survivors were flown from Port Alder to Birchfield, 200 km ({} miles) to the west."
    assert not _conflicts(line.format(125), line.format(120))


@pytest.mark.parametrize(
    ("one", "other"),
    [("$171", "$192"), ("$3.6 billion", "$4.3 billion"), ("30 percent", "36 percent")],
)
def test_sentences_that_differ_in_a_value_alone_are_a_conflict(one: str, other: str) -> None:
    line = "The harbour board of Port Alder gave {} to three schools, 12 clubs and the old library."
    (conflict,) = _conflicts(line.format(one), line.format(other))
    assert [text for _, text in _values(conflict)] == [one, other]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tuesday", "Wednesday"),
        ("Tuesday evening", "Wednesday"),
        ("11 December", "10 December 2016"),
        ("May 2015", "June 2015"),
        ("2015", "2016"),
    ],
)
def test_two_dates_of_one_happening_are_a_conflict(one: str, other: str) -> None:
    joint = "on" if one.startswith("T") or one[:2] == "11" else "in"
    (conflict,) = _conflicts(
        f"The school board of Port Alder voted {joint} {one} to close the old library.",
        f"The Port Alder school board voted {joint} {other} to close the library, it said.",
    )
    assert [text for _, text in _values(conflict)] == [one.removesuffix(" evening"), other]
    assert conflict.subject.startswith("date")


@pytest.mark.parametrize(
    ("one", "other"),
    [("27 February", "27 February 2016"), ("2015", "May 2015"), ("Sunday", "11 December")],
)
def test_dates_that_may_be_one_are_no_conflict(one: str, other: str) -> None:
    line = "The school board of Port Alder voted on {} to close the old library."
    assert not _conflicts(line.format(one), line.format(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The storm tore roofs from homes in Alder and closed schools and a 120-mile road.",
            "The storm tore roofs from homes in Alder and closed schools and a 144-mile road.",
        ),
        (
            "The clerk of Port Alder had not disclosed two meetings with the owner of the ferry.",
            "The clerk of Port Alder disclosed three meetings with the owner of the ferry.",
        ),
        (
            "Two people were killed and seven injured in the Alder ferry fire.",
            "At least three people were killed in the Alder ferry fire.",
        ),
    ],
)
def test_words_far_from_a_number_do_not_hide_a_conflict(one: str, other: str) -> None:
    assert _conflicts(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The council of Port Alder will spend £38 million on the new harbour bridge.",
            "The new harbour bridge will cost the council of Port Alder 42 million pounds.",
        ),
        (
            "Orrin Steel agreed to buy its rival Birch Metals for €1.2bn, the companies said.",
            "Orrin Steel agreed to buy Birch Metals for 1.4 billion euros, the two companies said.",
        ),
        (
            "Unemployment in Orrin rose 0.4 percentage points in March, the bank said.",
            "Unemployment in Orrin rose 0.6 points in March, the bank said.",
        ),
        (
            "The blackout in Port Alder lasted 90 minutes, the grid operator said.",
            "The blackout in Port Alder lasted three hours, the grid operator said.",
        ),
        (
            "The suspect was arrested 40 km north of Port Alder, police said.",
            "Police said the suspect was arrested 40 miles north of Port Alder.",
        ),
        (
            "The 34-year-old teacher Ada Wills was found alive on the island near Port Alder.",
            "Teacher Ada Wills, 36, was found alive on the island near Port Alder.",
        ),
        (
            "The Senate voted 52-48 to confirm Ada Wills as head of the harbour agency.",
            "The Senate confirmed Ada Wills as head of the harbour agency by a vote of 51-49.",
        ),
        (
            "The flood forced a dozen families from their homes in Port Alder, firefighters said.",
            "Firefighters said the flood forced 15 families from their homes in Port Alder.",
        ),
        (
            "The death toll of the ferry sinking off Port Alder stands at 49, the mayor said.",
            "The mayor said the ferry sinking off Port Alder killed 53 people.",
        ),
        (
            "The ferry had 180 on board when it sank off Port Alder, the coast guard said.",
            "The coast guard said 196 were aboard the ferry when it sank off Port Alder.",
        ),
    ],
)
def test_values_in_other_spellings_are_compared(one: str, other: str) -> None:
    (conflict,) = _conflicts(one, other)
    assert len({v.value for v in conflict.values}) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The blackout in Port Alder lasted 90 minutes, the grid operator said.",
            "The blackout in Port Alder lasted an hour and a half, the grid operator said.",
        ),
        (
            "The blast at the Alder plant happened around 9:20 a.m., the fire chief said.",
            "The blast at the Alder plant happened at 9:22 a.m., the fire chief said.",
        ),
        (
            "The fire near Alder burned 30 square kilometres of forest, officials said.",
            "Officials said the fire near Alder burned about 7,400 acres of forest.",
        ),
        (
            "The flood forced a dozen families from their homes in Port Alder, the mayor said.",
            "The mayor said the flood forced 13 families from their homes in Port Alder.",
        ),
        (
            "The treaty forbids Orrin to build missiles with a range of 500 to 5,500 km.",
            "The treaty forbids Orrin to build missiles with a range of 300 to 3,400 miles.",
        ),
        # What became of them and who else differ.
        (
            "The ferry sinking off Port Alder killed 49 people, the mayor said.",
            "The ferry sinking off Port Alder injured 53 people, the mayor said.",
        ),
        (
            "The earthquake killed the mayor and three other people in Alder, officials said.",
            "The earthquake killed four people in Alder, officials said.",
        ),
        # A post is seen on another day in another time zone.
        (
            "The bridge is safe and the bridge stays open! — Ada Wills (@adawills) May 3, 2021",
            "The bridge is safe and the bridge stays open! — Ada Wills (@adawills) May 4, 2021",
        ),
    ],
)
def test_one_value_said_twice_or_two_counts_are_no_conflict(one: str, other: str) -> None:
    assert not _conflicts(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Two heavy bombers on Saturday flew near the border of Orrin in a show of force.",
            "Two bombers flew near the border of Orrin on Sunday in a show of force, it said.",
        ),
        (
            "The council of Port Alder approved the plan for the harbour bridge on Friday.",
            "The plan for the harbour bridge of Port Alder was passed by the council on Thursday.",
        ),
    ],
)
def test_days_of_one_happening_in_other_words_are_a_conflict(one: str, other: str) -> None:
    assert _conflicts(one, other)


def test_a_later_count_is_an_update_and_one_of_the_same_time_is_not() -> None:
    texts = (
        "The sinking of the ferry killed 49 people, the mayor of Port Alder said.",
        "The mayor of Port Alder said that the ferry sinking killed 53 people.",
    )
    (later,) = _conflicts(*texts)
    assert later.update
    (tied,) = _conflicts(*texts, times=(0, 0))
    assert not tied.update
    price = "The council of Port Alder will spend {} on the new harbour bridge, it said."
    (cost,) = _conflicts(price.format("$38 million"), price.format("$42 million"))
    assert not cost.update


def test_what_one_source_says_in_many_words_is_compared_with_what_another_says_in_few() -> None:
    (conflict,) = _conflicts(
        "The Alder county medical examiner in Port Orrin identified one of the victims as"
        " 6-year-old Tom Birch.",
        "One of the victims was a 7-year-old boy named Tom Birch. Tom Birch's father, Jo Birch, 43,"
        " was hurt. The Alder county medical examiner, Ada Wills, 51, identified the victims in"
        " Port Orrin.",
    )
    assert [text for _, text in _values(conflict)] == ["6-year-old", "7-year-old"]


def test_a_sentence_that_stands_twice_is_compared_with_its_like() -> None:
    line = "Rescuers pulled {} survivors from the cold water near Port Alder before dawn."
    (conflict,) = _conflicts(
        f"{line.format(12)} The boats came late.\n{line.format(12)}", line.format(15)
    )
    assert {text for _, text in _values(conflict)} == {"12", "15"}


def test_numbers_of_one_sentence_are_not_paired_across() -> None:
    assert not _conflicts(
        "Sales in Alder rose 2.5 percent and sales in Birchfield rose 1.2 percent.",
        "Sales in Birchfield rose 1.2 percent while sales in Alder rose 2.5 percent.",
    )


def test_a_value_that_both_state_is_no_conflict() -> None:
    assert not _conflicts(
        "The Alder fire destroyed 20 homes. By night the Alder fire had destroyed 25 homes.",
        "The Alder fire destroyed 25 homes.",
    )


_LINES = st.sampled_from(["The fire in Alder killed {} people.", "{} homes burned in Alder.", "{}"])


@settings(deadline=None)
@given(st.lists(st.tuples(_LINES, st.text(alphabet="0123456789.,-/% \n", max_size=9)), max_size=5))
def test_whatever_numbers_look_like_values_are_found_where_they_stand(
    rows: list[tuple[str, str]],
) -> None:
    for conflict in _conflicts(*(line.format(number) for line, number in rows)):
        assert len({v.claim.value for v in conflict.values}) > 1
        for v in conflict.values:
            assert v.sentence.text[v.claim.start : v.claim.end] == v.claim.text


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    folder = tmp_path_factory.mktemp("news")
    (folder / "early.txt").write_text(
        "The ferry sinking off Port Alder killed 49 people, Mayor Ada Wills said.\n"
        "Divers searched the wreck of the Alder Star until dark. Relatives waited at the pier.\n"
    )
    (folder / "late.txt").write_text(
        "The sinking of the Alder Star ferry killed 53 people, Mayor Ada Wills said.\n"
        "Prosecutors opened an inquiry into the owner of the vessel and seized its papers.\n"
    )
    settings = Settings(model="quote", one_story=True)
    articles, _ = read_paths([folder])
    dated = [replace(a, published=date(2021, 5, 3 if "early" in a.path else 4)) for a in articles]
    return digest_articles(dated, settings, load_writer("quote", 1))


def test_a_later_toll_is_shown_as_an_update(made: Digest) -> None:
    text = " ".join(render(made, "text", width=200).split())
    assert "Updated: people dead" in text
    assert "49 [1:1], then 53 [2:1] (newest)" in text
    assert "53 (49 in" not in text
    (summary,) = made.story_summaries.values()
    (told,) = (s for s in summary.sentences if "killed" in s.text)
    early = next(a for a in made.stories[0].articles if "49 people" in a.text)
    at = early.text.index("49")
    verdict = replace(
        next(e for e in told.verdicts if e.claim.kind == "number"),
        article_id=early.id,
        start=at,
        end=at + 2,
    )
    claim = replace(verdict.claim, text="49", value="49")
    outdated = replace(told, verdicts=(replace(verdict, claim=claim),))
    assert disputed(outdated, made.stories[0], made) == ("outdated: 49 (53 in [2])",)


def test_text_and_markdown_name_the_values_and_mark_the_summary(tmp_path: Path) -> None:
    line = "The council of Port Alder will spend {} on the new harbour bridge, Ada Wills said.\n"
    for name, sum_ in (("a.txt", "£38 million"), ("b.txt", "42 million pounds")):
        (tmp_path / name).write_text(line.format(sum_))
    digest = summarize(tmp_path, model="quote", one_story=True)
    shown_as = {
        "[disputed: {}": render(digest, "text"),
        "(disputed: {}": render(digest, "markdown"),
    }
    for mark, page in shown_as.items():
        shown = " ".join(page.split())
        assert "Sources differ: " in shown
        assert mark.format("£38 million (42 million pounds in ") in shown.replace("\\", "") or (
            mark.format("42 million pounds (£38 million in ") in shown.replace("\\", "")
        )


def test_a_disputed_day_is_marked_in_the_summary(tmp_path: Path) -> None:
    line = "The school board of Port Alder voted on {} to close the old library.\n"
    for name, day in (("a.txt", "Tuesday"), ("b.txt", "Wednesday")):
        (tmp_path / name).write_text(line.format(day))
    text = render(summarize(tmp_path, model="quote", one_story=True), "text", width=200)
    assert "Sources differ: date" in text
    assert re.search(r"\[disputed: (?:Tuesday \(Wednesday|Wednesday \(Tuesday) in \[\d\]\)\]", text)


def test_json_has_the_conflict_with_offsets(made: Digest) -> None:
    value = json.loads(render(made, "json"))
    jsonschema.validate(value, json.loads(schema()))
    (conflict,) = value["stories"][0]["conflicts"]
    texts = {a["id"]: a["text"] for a in value["stories"][0]["articles"]}
    for stated in conflict["values"]:
        assert texts[stated["article_id"]][stated["start"] : stated["end"]] == stated["text"]
    assert [stated["newest"] for stated in conflict["values"]] == [False, True]
    assert conflict["in_summary"]


def test_without_a_conflict_there_is_no_line(made: Digest) -> None:
    assert "disagree" not in render(replace(made, conflicts=()), "text")
