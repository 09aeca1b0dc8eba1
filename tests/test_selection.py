import pytest

from summarize.selection import rank, stands_alone
from summarize.sentences import split_sentences
from tests.conftest import make_article

LEAD = "The Harbor Bridge in Norville collapsed on Monday, killing four workers."
FIRST = make_article(
    f"{LEAD}\nMayor Ada Wills said the bridge had been inspected in May.\n"
    "He refused to answer questions.\nThe weather in Norville was fine.",
    "1" * 16,
    "Harbor Bridge collapses in Norville",
)
COPY = make_article(
    f"{LEAD}\nEngineers had warned of cracks in the bridge for two years.", "2" * 16
)
SENTENCES = {a.id: split_sentences(a) for a in (FIRST, COPY)}


def test_the_lead_comes_first_and_once_with_both_its_sources() -> None:
    passages = rank((FIRST, COPY), SENTENCES)
    assert passages[0].quote.text == LEAD
    assert {s.article_id for s in passages[0].sentences} == {FIRST.id, COPY.id}
    assert sum(p.quote.text == LEAD for p in passages) == 1


def test_every_sentence_is_in_exactly_one_passage() -> None:
    passages = rank((FIRST, COPY), SENTENCES)
    told = sorted(s for passage in passages for s in passage.sentences)
    assert told == sorted(s for sentences in SENTENCES.values() for s in sentences)


def test_a_sentence_that_hangs_on_another_one_is_told_last() -> None:
    passages = rank((FIRST,), SENTENCES)
    assert passages[-1].quote.text == "He refused to answer questions."


def test_what_several_articles_tell_counts_more() -> None:
    texts = [
        "Nine ferries were cancelled in Norville Bay.",
        "Six trains were stopped in Elm Falls.",
    ]
    other = make_article("Police closed the road.\n" + texts[1], "4" * 16)
    article = make_article("A storm hit the coast on Friday.\n" + "\n".join(texts), "5" * 16)
    sentences = {a.id: split_sentences(a) for a in (article, other)}
    alone = [p.quote.text for p in rank((article,), sentences)]
    retold = [p.quote.text for p in rank((article, other), sentences)]
    assert alone.index(texts[0]) < alone.index(texts[1])
    assert retold.index(texts[1]) < retold.index(texts[0])


def test_an_article_of_function_words_does_not_break() -> None:
    article = make_article("It was so and it is so.", "3" * 16)
    assert len(rank((article,), {article.id: split_sentences(article)})) == 1


def test_no_articles_give_no_passages() -> None:
    assert rank((), {}) == ()


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Officials in Norville closed the bridge.", True),
        ("After the bridge fell, Mayor Wills closed its approach.", True),
        ("The company said it would appeal.", True),
        ("But hours later the bridge fell.", False),
        ("It fell on Monday.", False),
        ("During that time it was closed.", False),
        ("After he resigned, the bridge was closed.", False),
        ("Why did the bridge fall?", False),
        ("“The bridge is gone”.", False),
        ("“The bridge is gone.”", False),
        ('"The bridge is gone," the mayor said.', True),
        ("“The bridge is gone, the mayor said.", False),
        ("Bridge closed until further notice", False),
        ("With agency inputs", False),
    ],
)
def test_stands_alone(text: str, *, alone: bool) -> None:
    assert stands_alone(text) is alone
