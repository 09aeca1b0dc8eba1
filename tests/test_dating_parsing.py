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
The fair first took place in June 1998.
Bread is sold there every morning.
"""


def test_only_what_may_tell_something_is_parsed() -> None:
    sentences = split_sentences(make_article(TEXT, "a.txt"))
    [parsed] = parse_told([sentences])
    # The first may be what "it" stands for, the third what "the town" does.
    assert [doc is not None for doc in parsed] == [True, True, True, True, False]
    assert [doc.text for doc in parsed if doc is not None] == [s.text for s in sentences[:4]]


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
