import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.compression import compressions, longest_loss, loses_more, tightened
from summarize.language import parse

PLEA = "The plea came as a jury in Norville convicted Wills of eight charges of tax and bank fraud"


@pytest.mark.parametrize(
    ("sentence", "shorter"),
    [
        (
            "Mayor Ada Wills, a former ship's pilot, closed the harbour on Monday.",
            "Mayor Ada Wills closed the harbour on Monday.",
        ),
        (
            "The bridge, which was built in 1961, fell into the river.",
            "The bridge fell into the river.",
        ),
        (
            "The study, written by a team in Norville, found lead in the water.",
            "The study found lead in the water.",
        ),
        (
            "The Port Workers' Union (PWU) called a strike for Friday.",
            "The Port Workers' Union called a strike for Friday.",
        ),
        (
            "The ferry ran aground off Elm Point, blocking the channel for two days.",
            "The ferry ran aground off Elm Point.",
        ),
        (
            "The mayor wrote to Speaker Ada Wills, D-Calif., asking her to pay the bill.",
            "The mayor wrote to Speaker Ada Wills, D-Calif.",
        ),
        (
            "The council, however, refused to pay the bill.",
            "The council refused to pay the bill.",
        ),
        (
            "But the council refused to pay the bill.",
            "The council refused to pay the bill.",
        ),
        (
            "Flooded for a week, the town has asked the army for help.",
            "The town has asked the army for help.",
        ),
        (
            "The minister resigned on Tuesday, and her deputy took over the office the same day.",
            "The minister resigned on Tuesday.",
        ),
        (
            'Mayor Ada Wills called the bridge (a steel span) "safe" in May.',
            'Mayor Ada Wills called the bridge "safe" in May.',
        ),
    ],
)
def test_what_is_set_off_can_go(sentence: str, shorter: str) -> None:
    assert shorter in compressions(parse(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "The tax falls on incomes above 29,000 euros a year.",
        "In Norville, the sale of fireworks is forbidden.",
        "The island would leave the union, if the vote were lost.",
        "Four workers died, according to the harbour police.",
        "The law forbids the supply, possession or sale of the drug.",
        "The pilot said “the engine, which was new, had failed” on Monday.",
        "The mayor won in March, but the court threw the result out.",
        "A suspect was shot and killed.",
        "Jon Reed was held on suspicion of assault, reckless driving, fraud and theft of a boat.",
        "The Herald claims that Wills stayed away, going to parties and ‘acting like a king.’",
        "The books that the church keeps are the Book of Abraham, Wills–History, and the Songs.",
        "The men who had guns were arrested.",
        "Starting in 1996, the harbour gave its records to the museum.",
        "Asked about the bridge, the mayor said no.",
        "Ada Wills, a spokeswoman for the port, declined to comment.",
        "Ada Wills, who is a spokeswoman for the port, declined to comment.",
        "“We saw cracks,” said Jon Reed, the executive director of the centre.",
        "The list was based on cost, a small number of users, and the distance to the next port.",
        "The fines were also aimed at two firms in Norville.",
        "‘We don’t know why the ferry, which was new, sank,’ said Jon Reed.",
        "'The ferry, which was new, sank on Monday,' said Jon Reed.",
        "«The ferry, which was new, sank on Monday,» said Jon Reed.",
        "In the town of Norville — the largest in the state — nobody was hurt.",
        "The storm damaged parts of the pier, a hotel, a church and other buildings.",
        "The harbour chief broke with the mayor on Monday, saying she opposes the use of soldiers.",
    ],
)
def test_what_binds_the_statement_stays(sentence: str) -> None:
    assert compressions(parse(sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "tight"),
    [
        (
            "“The bridge was safe in May,” Mayor Ada Wills said in a written statement.",
            "“The bridge was safe in May,” Mayor Ada Wills said.",
        ),
        (
            "In an interview with the Herald, Mayor Ada Wills said that the port would open.",
            "Mayor Ada Wills said that the port would open.",
        ),
        (
            "Jon Reed, 34, was taken to a hospital in Norville on Monday.",
            "Jon Reed was taken to a hospital in Norville on Monday.",
        ),
        (
            "In addition, the council closed the bridge to lorries.",
            "The council closed the bridge to lorries.",
        ),
        ("Mayor Ada Wills said in a statement on Monday that the port would open.", ""),
        ("Mayor Ada Wills denied in an interview to have known of the cracks.", ""),
        ("But the council closed the bridge to lorries.", ""),
        ("On May 3, 2016, was the last day of the port.", ""),
        ("The port closed on Monday, killing trade in the town.", ""),
    ],
)
def test_an_editor_strikes_some_words_without_asking(sentence: str, tight: str) -> None:
    assert tightened(parse(sentence)) == tight


def test_a_comma_before_speech_that_goes_on_stays() -> None:
    sentence = "“It is bad,” said Jon Reed, who lives nearby, “and it will get worse.”"
    shorter = "“It is bad,” said Jon Reed, “and it will get worse.”"
    assert shorter in compressions(parse(sentence))
    sentence = "Reed, who left in May, “did not know” of the cracks, he said."
    assert "Reed “did not know” of the cracks, he said." in compressions(parse(sentence))


def test_a_comma_that_is_still_needed_stays() -> None:
    sentence = "On Monday, when the storm hit Norville, a harbour town, the ferry stayed in port."
    shorter = "On Monday, when the storm hit Norville, the ferry stayed in port."
    assert shorter in compressions(parse(sentence))


def test_cuts_can_be_made_together() -> None:
    sentence = "The bridge, a steel span, fell on Monday (2 May), killing four workers."
    assert "The bridge fell on Monday." in compressions(parse(sentence))


PIECES = [
    *("Mayor Ada Wills", "a former pilot", "the bridge", "who was", "said", "closed", "34"),
    *("in a statement", "blocking the road", "written in May", "In addition", "for example"),
    *("including", "and", "but", "also", "while", ",", ".", "(", ")", "–", "“", "”", '"'),
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
@settings(max_examples=300, deadline=None)
def test_a_sentence_of_any_form_is_only_made_shorter(pieces: list[str]) -> None:
    text = " ".join(pieces)
    words = text.lower().split()
    for shorter in compressions(parse(text)):
        left = iter(words)
        assert all(word in left for word in re.findall(r"\w+", shorter.lower()))


@pytest.mark.parametrize(
    ("text", "source", "more"),
    [
        (
            "The bridge fell on Monday.",
            "The bridge, a steel span, fell on Monday during a storm.",
            False,
        ),
        (
            "Wills said the bridge would be closed.",
            "During the 2016 campaign, Wills said the bridge would be closed.",
            True,
        ),
        (
            "The union will recognise the island.",
            "The union will recognise the island as a member.",
            True,
        ),
        (
            f"{PLEA}.",
            f"{PLEA} and failing to disclose foreign accounts.",
            True,
        ),
        ("The tax falls on incomes.", "The tax falls on incomes above 29,000 euros.", True),
        ("The bridge fell.", "The bridge fell.", False),
        (
            "“We closed the bridge,” said Jon Reed.",
            "“We closed the bridge during a storm,” said Jon Reed.",
            True,
        ),
    ],
)
def test_a_loss_that_is_no_cut_is_seen(text: str, source: str, *, more: bool) -> None:
    assert loses_more(parse(text), parse(source)) is more


@pytest.mark.parametrize(
    "sentence",
    ["The council has sold the old hall, built in 1961", "Flooded", "The hall stands, flooded"],
)
def test_a_sentence_without_a_stop_can_be_read(sentence: str) -> None:
    assert all(len(text) < len(sentence) for text in compressions(parse(sentence)))


def test_the_last_of_three_things_stays_with_its_and() -> None:
    source = "Soldiers came to mend the roofs, clear the roads and help families during the strike."
    assert loses_more(parse("Soldiers came to mend the roofs, clear the roads."), parse(source))


def test_no_more_can_go_than_the_cuts_hold() -> None:
    assert longest_loss(parse("The council refused to pay the bill.")) == 0
    assert longest_loss(parse("The bridge, which was built in 1961, fell into the river.")) == 5
