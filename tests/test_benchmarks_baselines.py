import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rouge_score.rouge_scorer import RougeScorer  # type: ignore[import-untyped,unused-ignore]

from benchmarks.records import Example
from benchmarks.systems.baselines import (
    BASELINES,
    centroid,
    lexrank,
    oracle,
    pagerank,
    rouge_growth,
    textrank,
)
from benchmarks.systems.budget import source_sentences
from benchmarks.systems.ours import ABLATIONS, load_ours
from summarize.records import Sentence
from summarize.settings import Length

BRIDGE = Example(
    "bridge",
    documents=(
        """The Harbor Bridge in Norville collapsed on Monday, killing four workers.
        Mayor Ada Wills had the bridge inspected in May. Trains still run.""",
        """Four workers died when the Harbor Bridge in Norville collapsed.
        Bakers in distant Elm Falls sell purple bread. Divers searched the river until dark.""",
        """The collapse of Harbor Bridge killed four workers on Monday, Norville police said.
        Engineers had warned of cracks in the bridge for two years.""",
    ),
    references=(
        """Harbor Bridge in Norville collapsed on Monday and killed four workers. Engineers had
        warned of cracks for two years.""",
        "Four workers died in Norville; divers searched the river.",
    ),
)
FERRY = Example(
    "ferry",
    documents=(
        """A storm hit Norville Bay. Nine ferries were cancelled on Friday.
        The island of Tarn was without power, said the utility.""",
        """Nine ferries were cancelled in Norville Bay as a storm came in.
        Tourists slept in a school. The school has a new roof.""",
    ),
    references=("A storm cancelled nine ferries on Friday, and tourists slept in a school.",),
)
ODD_ONE = "Bakers in distant Elm Falls sell purple bread."
CENTRAL = ("textrank", "lexrank", "centroid")
ALL = tuple(BASELINES)
SAYING = tuple(name for name in ALL if name != "nothing")


def say(name: str, example: Example, length: str) -> tuple[str, ...]:
    return BASELINES[name].summarize(example, Length.parse(length)).sentences


def rouge(example: Example, text: str) -> float:
    scores = RougeScorer(["rouge1", "rouge2"], use_stemmer=True).score_multi(
        example.references, text
    )
    return float(scores["rouge1"].fmeasure + scores["rouge2"].fmeasure)


def test_lead_tells_the_first_document_before_the_second() -> None:
    told = say("lead", BRIDGE, "4s")
    assert told[0].startswith("The Harbor Bridge in Norville collapsed")
    assert told[2:] == (
        "Trains still run.",
        "Four workers died when the Harbor Bridge in Norville collapsed.",
    )


def test_round_robin_takes_turns_and_goes_on_when_a_document_is_out() -> None:
    example = Example("turns", ("Ada won. Bo lost. Cy drew.", "Dee ran.", "", "Eve sat. Flo lay."))
    told = ("Ada won.", "Dee ran.", "Eve sat.", "Bo lost.", "Flo lay.", "Cy drew.")
    assert say("round-robin", example, "9s") == told


def test_nothing_says_nothing() -> None:
    assert say("nothing", BRIDGE, "5s") == ()


def test_random_is_the_same_twice_and_differs_by_example() -> None:
    picks = {say("random", replace(BRIDGE, id=str(number)), "2s") for number in range(9)}
    assert say("random", BRIDGE, "2s") == say("random", BRIDGE, "2s")
    assert len(picks) > 3


@pytest.mark.parametrize("name", CENTRAL)
def test_central_sentences_are_preferred_to_the_odd_one_out(name: str) -> None:
    repeated = [document.split("\n")[0] for document in BRIDGE.documents]
    example = Example("odd", (ODD_ONE, "The mayor of Tarn resigned.", *repeated))
    assert say(name, example, "1s")[0] in repeated


@pytest.mark.parametrize("name", SAYING)
def test_no_sentence_is_said_twice(name: str) -> None:
    twice = replace(BRIDGE, documents=BRIDGE.documents + BRIDGE.documents)
    told = say(name, twice, "20s")
    assert len(told) == len(set(told)) > 1


@pytest.mark.parametrize("name", ["lexrank", "centroid"])
def test_a_sentence_that_retells_a_chosen_one_is_left_out(name: str) -> None:
    first = "The Harbor Bridge in Norville collapsed on Monday, killing four workers."
    again = "On Monday the Harbor Bridge in Norville collapsed, killing four workers there."
    told = say(name, Example("again", (first, again, ODD_ONE)), "9s")
    assert told == (first, ODD_ONE)


@pytest.mark.parametrize("name", [name for name in SAYING if name != "round-robin"])
def test_sentences_come_in_document_order_beyond_ten_documents(name: str) -> None:
    cargo = "corn salt tin wool rum silk coal tea lime jute zinc rice".split()  # noqa: SIM905
    texts = tuple(f"Port of Norville received {load}, {load} and {load}." for load in cargo)
    told = say(name, Example("port", texts, references=(" ".join(texts[::-1]),)), "12s")
    assert len(told) == 12
    assert list(told) == sorted(told, key=texts.index)


def test_equal_sentences_of_equal_worth_go_to_the_earlier_document() -> None:
    texts = tuple(f"The {letter * 5} boat sank." for letter in "abcdefghijklmnopqrstuvwxyz")
    for name in CENTRAL:
        assert say(name, Example("boats", texts), "5s") == texts[:5]


WORDS = st.sampled_from(["the", "Norville", "bridge", "fell", "It", "Monday.", "4,000", "“", "\n"])
TEXTS = st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=40)


@pytest.mark.parametrize("name", ALL)
@settings(deadline=None, max_examples=40)
@given(documents=st.lists(TEXTS, max_size=4).map(tuple), count=st.integers(1, 30))
def test_a_budget_is_never_overrun(name: str, documents: tuple[str, ...], count: int) -> None:
    example = Example("any", documents, references=("The bridge fell on Monday.",))
    assert len(" ".join(say(name, example, f"{count}w")).split()) <= count
    assert len(say(name, example, f"{count}s")) <= count


@pytest.mark.parametrize("name", SAYING)
def test_a_lone_sentence_is_said(name: str) -> None:
    text = "The bridge in Norville fell."
    assert say(name, Example("lone", ("", text, text), references=(text,)), "5s") == (text,)


@pytest.mark.parametrize("name", CENTRAL)
def test_sentences_of_function_words_break_nothing(name: str) -> None:
    assert say(name, Example("vague", ("It was so. And it is so.",)), "1s") == ("It was so.",)


def see_all(sentences: list[tuple[Sentence, ...]]) -> list[Sentence]:
    wanted = " ".join(sentence.text for sentence in sentences[0][::200])
    return oracle(sentences, [wanted], Length(230, "words"))


@pytest.mark.parametrize("rank", [textrank, lexrank, centroid, see_all])
def test_two_thousand_sentences_take_less_than_two_seconds(
    rank: Callable[[list[tuple[Sentence, ...]]], object],
) -> None:
    vocabulary = [f"{a}{b}" for a in ("storm", "dock", "crane", "vote") for b in "abcdefghijklmnop"]
    drawn = np.random.default_rng(5).choice(vocabulary, size=(2000, 20))
    texts = [f"Norville {' '.join(row)}." for row in drawn]
    sentences = [tuple(Sentence("0", i, 0, 0, text) for i, text in enumerate(texts))]
    start = time.process_time()
    rank(sentences)
    assert time.process_time() - start < 2


def test_pagerank_agrees_with_a_path_worked_out_by_hand() -> None:
    # Ends: a = .05 + .85 b / 2; middle: b = .05 + .85 (a + a).
    path = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
    assert pagerank(path) == pytest.approx([0.07125 / 0.2775, 0.135 / 0.2775, 0.07125 / 0.2775])


def test_pagerank_lets_a_node_without_edges_lead_everywhere() -> None:
    # c = .05 + .85 c / 3, and what it gives a and b keeps them above it.
    lone = 0.05 / (1 - 0.85 / 3)
    scores = pagerank(np.array([[0.0, 2.0, 0.0], [2.0, 0.0, 0.0], [0.0, 0.0, 0.0]]))
    assert scores == pytest.approx([(1 - lone) / 2, (1 - lone) / 2, lone])


@pytest.mark.parametrize("example", [BRIDGE, FERRY])
def test_the_oracles_rouge_is_that_of_rouge_score(example: Example) -> None:
    texts = [s.text for document in source_sentences(example) for s in document]
    growth = rouge_growth(texts, example.references)
    assert growth([]) == pytest.approx([rouge(example, text) for text in texts])
    # The bigram that spans two sentences is not counted, so the sum is close, not equal.
    pairs = [rouge(example, f"{texts[0]} {text}") for text in texts]
    assert growth([0]) == pytest.approx(pairs, abs=0.05)


@pytest.mark.parametrize("example", [BRIDGE, FERRY])
@pytest.mark.parametrize("length", ["1s", "2s", "3s", "20w", "30w"])
def test_no_baseline_beats_the_oracle(example: Example, length: str) -> None:
    scores = {name: rouge(example, " ".join(say(name, example, length))) for name in ALL}
    assert scores["oracle"] == max(scores.values()) > 0


def test_the_oracle_stops_when_nothing_helps() -> None:
    texts = ("The bridge fell on Monday.", "Purple bread sells well.")
    assert say("oracle", Example("stop", texts, references=(texts[0],)), "9s") == texts[:1]


def test_the_oracle_makes_the_most_of_what_fits() -> None:
    texts = ("The bridge fell on Monday in Norville.", "Bread sells.", "The bridge fell.")
    assert say("oracle", Example("fit", texts, references=(texts[0],)), "5w") == texts[2:]


def test_the_oracle_does_not_count_a_sentence_twice() -> None:
    texts = ("Bridges fell.", "Bridges fell.", "Bakers danced today.")
    wanted = "Bridges fell. Bridges fell. Bakers danced."
    assert say("oracle", Example("twice", texts, references=(wanted,)), "2s") == texts[1:]


def test_the_oracle_needs_references() -> None:
    with pytest.raises(ValueError, match="needs references"):
        oracle([], (), Length(3, "sentences"))


def test_signatures_tell_the_baselines_and_their_parameters_apart() -> None:
    signatures = {system.signature for system in BASELINES.values()}
    assert len(signatures) == len(BASELINES)
    assert "0.85" in BASELINES["lexrank"].signature
    assert all(name == system.name for name, system in BASELINES.items())


@pytest.mark.parametrize("part", sorted(ABLATIONS))
def test_the_pipeline_tells_something_without_any_one_of_its_parts(part: str) -> None:
    system = load_ours(f"copyist-no-{part}")
    told = system.summarize(BRIDGE, Length(3, "sentences"))
    assert 1 <= len(told.sentences) <= 3
    assert system.name == f"ours:copyist-no-{part}"
    assert f"|without:{part}" in system.signature
