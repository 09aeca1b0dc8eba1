import random
from dataclasses import replace

import pytest
from rouge_score.rouge_scorer import RougeScorer

from benchmarks.metrics import METRICS, rouge, score, sentences_of, signature
from benchmarks.records import Example, Output
from benchmarks.similarity import similarity
from summarize.settings import Length

SENTENCES = (
    "The harbour of Port Elmo was closed on Sunday after 64 boats had sunk in a storm.",
    "Mayor Anna Lindqvist said 300 sailors were rescued by the Northern Ferry Union.",
    "Repairing the pier will cost $1.2 million and last until May 2016.",
    "Fishermen feared for their catches, and several shops stayed closed.",
)
INVENTED = "Carlo Benetti paid 725 workers in March 1998."
EXAMPLE = Example("storm", ("\n".join(SENTENCES),), references=(" ".join(SENTENCES),))
WORDS = Length(60, "words")


def values(*sentences: str, example: Example = EXAMPLE) -> dict[str, float | None]:
    return score(example, Output(sentences), WORDS)


def known(value: float | None) -> float:
    assert value is not None
    return value


def garbled(chance: random.Random) -> list[str]:
    """Some of the sentences, their words dropped, doubled and swapped; now and then no words."""
    texts = []
    for sentence in chance.sample(SENTENCES, chance.randint(0, len(SENTENCES))):
        said = [word for word in sentence.strip(".").split() if chance.random() > 0.2]
        for _ in range(chance.randint(0, 6)):
            i, j = chance.randrange(len(said)), chance.randrange(len(said))
            said[i], said[j] = chance.choice([(said[j], said[i]), (said[j], said[j])])
        texts.append(" ".join(said) + ".")
    return texts if chance.random() > 0.05 else ["?!", "..."]


def test_rouge_is_what_the_package_computes() -> None:
    chance = random.Random(20040725)  # noqa: S311
    theirs = RougeScorer(["rouge1", "rouge2", "rougeL", "rougeLsum"], use_stemmer=True)
    seen: set[float] = set()
    for _ in range(500):
        references = ["\n".join(garbled(chance)) for _ in range(chance.randint(1, 3))]
        summary = garbled(chance)
        expected = theirs.score_multi(references, "\n".join(summary))
        found = rouge(Output(tuple(summary)), references)
        assert found == {name: value.fmeasure for name, value in expected.items()}
        seen.update(known(value) for value in found.values())
    assert 0 in seen
    assert len(seen) > 500


def test_rouge_lsum_compares_sentence_by_sentence() -> None:
    reference, turned = " ".join(SENTENCES), SENTENCES[::-1]
    found = rouge(Output(turned), [reference])
    expected = RougeScorer(["rougeLsum"], use_stemmer=True).score(
        "\n".join(SENTENCES), "\n".join(turned)
    )
    assert found["rougeLsum"] == expected["rougeLsum"].fmeasure == 1
    assert known(found["rougeL"]) < 0.5


def test_rouge_takes_the_best_reference_for_each_measure() -> None:
    alone = [rouge(Output(SENTENCES[:2]), [text]) for text in SENTENCES]
    together = rouge(Output(SENTENCES[:2]), SENTENCES)
    assert together == {name: max(known(one[name]) for one in alone) for name in together}


def test_lines_and_sentences_divide_a_text() -> None:
    assert list(sentences_of("One boat sank. Two came home\n\nThree stayed out.")) == [
        "One boat sank.",
        "Two came home",
        "Three stayed out.",
    ]


def test_the_document_itself_is_a_perfect_summary() -> None:
    found = values(*SENTENCES)
    ones = ("rouge1", "rouge2", "rougeL", "rougeLsum", "precision", "coverage", "compression")
    assert {name: found[name] for name in ones} == dict.fromkeys(ones, 1)
    assert found["novelty"] == 0
    assert found["repetition"] == 0
    assert found["citation_support"] is None
    assert [metric.name for metric in METRICS] == list(found)


def test_an_empty_summary_scores_zero_and_has_nothing_to_judge() -> None:
    found = values()
    zeros = ("rouge1", "rouge2", "rougeL", "rougeLsum", "words", "sentences", "claims", "coverage")
    assert {name: found[name] for name in zeros} == dict.fromkeys(zeros, 0)
    assert found["precision"] is found["novelty"] is found["repetition"] is None
    assert found["length_error"] == -1


def test_a_summary_that_says_nothing_has_no_precision_and_no_coverage() -> None:
    found = values("Much was said and little was done.")
    assert found["precision"] is None
    assert found["coverage"] == 0


def test_without_references_there_is_nothing_to_compare_with() -> None:
    found = values(*SENTENCES, example=replace(EXAMPLE, references=()))
    assert found["rouge1"] is found["rougeLsum"] is found["coverage"] is None
    assert found["precision"] == 1


def test_an_invented_number_lowers_precision() -> None:
    false = SENTENCES[1].replace("300", "471")
    assert known(values(false)["precision"]) < known(values(SENTENCES[1])["precision"])


def test_a_claim_is_looked_for_in_all_documents_and_their_titles() -> None:
    said = "Anna Lindqvist met Carlo Benetti."
    example = replace(EXAMPLE, documents=(SENTENCES[0], SENTENCES[1]))
    assert values(said, example=example)["precision"] == 0.5
    titled = replace(example, titles=("", "Carlo Benetti comes to town"))
    assert values(said, example=titled)["precision"] == 1


def test_coverage_counts_only_what_the_documents_support() -> None:
    example = replace(EXAMPLE, references=(f"{SENTENCES[0]} {INVENTED}", INVENTED))
    assert values(SENTENCES[0], example=example)["coverage"] == 1


def test_coverage_is_averaged_over_the_references() -> None:
    example = replace(EXAMPLE, references=SENTENCES[:2])
    assert values(SENTENCES[0], example=example)["coverage"] == 0.5


def test_a_summary_is_judged_by_its_own_documents() -> None:
    other = replace(EXAMPLE, documents=(INVENTED,))
    found = [values(INVENTED, example=example)["precision"] for example in (EXAMPLE, other) * 2]
    assert found == [0, 1, 0, 1]


def test_a_sentence_has_to_be_borne_out_by_what_it_cites() -> None:
    def support(sentences: tuple[str, ...], *cited: tuple[str, ...]) -> float | None:
        return score(EXAMPLE, Output(sentences, cited), WORDS)["citation_support"]

    first, second, third, _ = SENTENCES
    assert support((first, second), (first,), (second,)) == 1
    assert support((first, second), (first,), (third,)) == 0.5
    assert support((first, second), (first,), ()) == 0.5
    joined = f"{first.strip('.')}, and 300 sailors were rescued by the Northern Ferry Union."
    assert support((joined,), (first,)) == 0
    assert support((joined,), (first, second)) == 1
    assert support((second.replace("300", "471"),), (second,)) == 0


def test_said_twice_is_repetition_but_not_novelty() -> None:
    found = values(SENTENCES[0], SENTENCES[3], SENTENCES[0])
    assert known(found["repetition"]) > 0.3
    assert found["novelty"] == 0


def test_novelty_is_the_share_of_new_word_pairs() -> None:
    assert values("the HARBOUR of Port Elmo fell silent")["novelty"] == pytest.approx(2 / 6)
    assert values("Harbour")["novelty"] is None


@pytest.mark.parametrize(
    ("length", "error"),
    [
        (Length(10, "words"), 0.5),
        (Length(20, "words"), -0.25),
        (Length(15, "words"), 0),
        (Length(1, "sentences"), 1),
        (Length(4, "sentences"), -0.5),
    ],
)
def test_length_error_is_relative_to_the_budget(length: Length, error: float) -> None:
    output = Output(
        ("One boat sank in the harbour.", "Two others came home very late on Sunday evening.")
    )
    assert score(EXAMPLE, output, length)["length_error"] == error


def test_the_signature_names_scorer_and_versions() -> None:
    assert signature().startswith("rouge-score:0.1.2,")
    assert "|scorer:claims:" in signature()
    assert "scorer" not in signature(faithfulness=False)


def test_similarity_is_highest_for_the_same_text_and_lowest_for_another_matter() -> None:
    said = "The mayor opened the new bridge on Monday."
    paraphrase = "On Monday the town's head inaugurated the new bridge."
    unrelated = "Fishermen fear that herring stocks will shrink."
    assert similarity(said, [said]) == pytest.approx(1, abs=1e-4)
    assert similarity(said, [paraphrase]) > similarity(said, [unrelated]) + 0.2
    assert similarity(said, [unrelated, said]) == pytest.approx(1, abs=1e-4)


def test_similarity_reads_long_texts_and_no_text() -> None:
    long = " ".join(SENTENCES * 6)
    endless = "boats and " * 400
    assert similarity(long, [" ".join(SENTENCES)]) == pytest.approx(1, abs=1e-4)
    assert similarity(endless, [endless]) == pytest.approx(1, abs=1e-4)
    assert similarity("", [long]) == similarity(long, [""]) == 0
