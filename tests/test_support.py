import json
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.support import SupportIndex, support, threshold
from summarize.support.index import TokenIndex, overlap
from summarize.support.tokens import tokens, weight

SOURCES = (
    "The mayor of Larkford, Ida Holm, opened the rebuilt harbour bridge on Tuesday.",
    "The bridge had been closed since a barge struck its middle pier in March 2019.",
    "Repairs cost 14 million pounds, twice what the council had planned.",
    "Fishermen said the long detour had ruined two seasons.",
    "The council did not say who would pay for the overrun.",
    "A ferry company has asked for a licence to run boats to the island of Skerra.",
)


def _score(sentence: str) -> float:
    return support(sentence, SOURCES).score


@pytest.mark.parametrize("number", range(len(SOURCES)))
def test_a_source_sentence_is_supported_by_itself(number: int) -> None:
    found = support(SOURCES[number], SOURCES)
    assert found.score >= 0.99
    assert found.supported
    assert found.evidence == number
    assert found.weakest == ()


def test_a_source_sentence_in_small_letters_cut_into_tokens_is_still_itself() -> None:
    source = "Ida Holm's deputy didn't attend, (she can't swim), the U.S. visitor said."
    cut = (
        "ida holm 's deputy did n't attend , -lrb- she ca n't swim -rrb- , the u.s. visitor said ."
    )
    assert support(cut, (source,)).score >= 0.99


def test_shortened_sentences_are_supported() -> None:
    found = support("Ida Holm opened the rebuilt harbour bridge on Tuesday.", SOURCES)
    assert found.supported
    assert found.evidence == 0


@pytest.mark.parametrize(
    "sentence",
    [
        "A burglar from Denmark has been jailed for nine years after robbing a jeweller.",
        "The queen visited a hospital in the capital for the first time since her illness.",
    ],
)
def test_what_no_source_says_is_not_supported(sentence: str) -> None:
    found = support(sentence, SOURCES)
    assert not found.supported
    assert found.score < threshold() / 2


def test_each_invention_costs_support() -> None:
    said = [
        "Repairs cost 14 million pounds, twice what the council had planned last year.",
        "Repairs cost 14 million pounds, twice what the parliament had feared last year.",
        "Repairs cost 90 million euros, half of what the parliament had feared last year.",
    ]
    scores = [_score(sentence) for sentence in said]
    assert all(one > other for one, other in pairwise(scores))


def test_pieces_of_several_sentences_put_together_score_less_than_one_shortened() -> None:
    fused = "The mayor of Larkford asked fishermen for a licence to ruin two seasons of repairs."
    assert _score(fused) < _score("The mayor of Larkford opened the rebuilt bridge on Tuesday.")


def test_the_weakest_words_are_the_invented_ones() -> None:
    sentence = "The bridge had been closed since a zeppelin struck its middle pier."
    found = support(sentence, SOURCES)
    assert "zeppelin" in [sentence[word.start : word.end] for word in found.weakest]


def test_evidence_is_the_sentence_that_says_it_most() -> None:
    assert support("A company wants to run boats to Skerra.", SOURCES).evidence == 5
    assert support("Volcanoes erupt.", SOURCES).evidence is None


def test_without_words_nothing_is_said_that_could_be_wrong() -> None:
    for nothing in ("", "   ", "...", "—", "🙂"):
        assert support(nothing, SOURCES).score == 1.0
    assert support("Anything at all happened.", ()).score < threshold()
    assert support("Anything at all happened.", ("", "...")).score < threshold()


def test_numbers_only() -> None:
    assert support("14 2019", SOURCES).score > support("15 2021", SOURCES).score


def test_other_scripts_are_compared_as_they_are() -> None:
    hebrew = "ראש העיר פתח את הגשר ביום שלישי"
    arabic = "افتتح رئيس البلدية الجسر يوم الثلاثاء"
    assert support(hebrew, (*SOURCES, hebrew)).evidence == len(SOURCES)
    assert support(hebrew, (hebrew,)).score >= 0.99
    assert support(hebrew, (arabic,)).score < threshold()


def test_two_hundred_articles() -> None:
    many = [f"{text[:-1]} in village {n}." for n in range(200) for text in SOURCES]
    found = support(many[700], many)
    assert found.evidence == 700
    assert found.score >= 0.99


@pytest.mark.parametrize("text", ["no " * 20_000, "ab" * 100_000, "1," * 50_000, "n't " * 10_000])
def test_endless_repetition_ends(text: str) -> None:
    assert 0 <= support(text, (text + "x", "no, no, no")).score <= 1


@settings(max_examples=80, deadline=None)
@given(st.text(), st.lists(st.text(), max_size=4))
def test_any_text_gets_a_probability_and_words_that_stand_in_it(
    sentence: str, sources: list[str]
) -> None:
    found = support(sentence, sources)
    assert 0 <= found.score <= 1
    assert found == support(sentence, sources)
    assert len(found.weakest) <= 3
    assert list(found.weakest) == sorted(found.weakest)
    assert all(sentence[word.start : word.end].strip() for word in found.weakest)
    assert found.evidence is None or 0 <= found.evidence < len(sources)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=5))
def test_identity_holds_for_any_text(sources: list[str]) -> None:
    index = SupportIndex(sources)
    assert all(index.judge(source).score >= 0.99 for source in sources)


def test_torch_is_not_needed() -> None:
    code = (
        "import sys, json; from summarize.support import support;"
        "support('A bridge opened.', ['The bridge opened.']);"
        "print(json.dumps([name in sys.modules for name in ('torch', 'spacy', 'sklearn')]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert json.loads(done.stdout) == [False, False, False]


def test_tokens_know_where_they_stand() -> None:
    text = "Holm's team can't pay $1,400 to the U.S."
    assert [text[t.start : t.end] for t in tokens(text)] == [
        "Holm", "team", "ca", "n't", "pay", "1,400", "to", "the", "U.S.",
    ]  # fmt: skip
    assert [t.key for t in tokens(text)] == [
        "holm", "team", "can", "not", "pay", "1400", "to", "the", "us",
    ]  # fmt: skip


def test_common_words_weigh_less() -> None:
    common, rarer, rare = (weight(token.key) for token in tokens("people houses zeppelins"))
    assert 0 <= common < rarer < rare <= 1


def test_words_are_near_within_a_sentence_only() -> None:
    index = TokenIndex(["holm had a boat", "long ago one ship with ten men and two dogs sank"])
    assert index.near("holm", "boat")
    assert index.near("boat", "holm")
    assert index.near("long", "men")
    assert not index.near("long", "sank")
    assert not index.near("boat", "ship")
    assert not index.near("boat", "zeppelin")


def test_names_that_changed_their_sentences_cost_support() -> None:
    sources = (
        "Ida Holm opened the rebuilt harbour bridge on Tuesday.",
        "Emil Brandt repaired the old lighthouse of Skerra in March.",
    )
    swapped = "Emil Brandt opened the rebuilt harbour bridge on Tuesday."
    assert support(swapped, sources).score < support(sources[0][4:], sources).score


def test_runs_and_order() -> None:
    index = TokenIndex(["a long red boat sank", "a red boat swam home"])
    said = ("red", "boat", "swam", "sank")
    runs = [(run.start, run.end, run.sentence) for run in index.fragments(said)]
    assert runs == [(0, 3, 1), (3, 4, 0)]
    assert overlap(said, ("red", "old", "boat", "sank")) == 3
    assert overlap(said, ()) == 0
