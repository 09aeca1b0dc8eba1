"""What dating leaves unparsed tells nothing, and entities are there for those who ask."""

import pytest

from summarize.dating.eventwords import may_tell_event
from summarize.dating.parsing import parse_told
from summarize.language import parse_all, with_entities
from summarize.sentences import split_sentences
from tests.conftest import make_article

TEXT = """The Amber Guard praised the harvest.
It was overrun by rebels on Sunday.
The town of Elmsford has a market.
The fair was first held in June 1998.
Bread is sold there every morning.
"""


def test_only_what_may_tell_something_is_parsed() -> None:
    sentences = split_sentences(make_article(TEXT, "a.txt"))
    [parsed] = parse_told([sentences])
    assert [doc.text if doc is not None else "" for doc in parsed] == [
        "", sentences[1].text, "", sentences[3].text, ""
    ]  # fmt: skip


def test_dates_tell_nothing_of_a_known_day_and_events_nothing_of_one_article_alone() -> None:
    sentences = split_sentences(make_article(TEXT, "a.txt"))
    [dated] = parse_told([sentences], {sentences[0].article_id})
    [alone] = parse_told([sentences], events=False)
    parsed = [[doc.text for doc in docs if doc is not None] for docs in (dated, alone)]
    assert parsed == [[sentences[1].text], [sentences[3].text]]


@pytest.mark.parametrize(
    "text",
    [
        "They RETOOK the port.",
        "Two dying men, Brandt and Moss, were found.",
        "Gambling was banned in Ostrava.",
        "Rebels spoke of re-taking the old port of Ostrava.",
        "The regiment purchases Harrow Foods.",
        "The fall last year of Ostrava was a shock.",
        "Ostrava’s long expected fall was a shock.",
        "It was overrun.",
    ],
)
def test_every_form_of_an_event_word_beside_a_name_is_seen(text: str) -> None:
    assert may_tell_event(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bread is sold there every morning.",
        "Analysts think that by the end of next year food prices will fall.",
        "Most of them thought that the election was over.",
    ],
)
def test_what_names_no_event_or_nothing_that_it_happens_to_tells_none(text: str) -> None:
    assert not may_tell_event(text)


def test_entities_are_found_also_when_the_sentence_was_parsed_before() -> None:
    [plain] = parse_all(["The fair opened in June 1998."])
    assert not any(token.ent_type_ for token in plain)
    [named] = with_entities([plain])
    assert {token.text for token in named if token.ent_type_ == "DATE"} >= {"June", "1998"}
