"""Which sentences are told as they stand and which as the writer has shortened them."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from summarize.records import Article
from summarize.selection import Passage, choose_wordings, rank, standing, weigh, worth
from summarize.sentences import split_sentences
from summarize.settings import Length
from tests.conftest import make_article

BRIDGE = (
    "The Harbor Bridge in Norville, which the city had closed to lorries twice since it was opened "
    "in the summer of 1968, collapsed on Monday, killing four workers."
)
SHORT = "The Harbor Bridge in Norville collapsed on Monday, killing four workers."
MAYOR = "Mayor Ada Wills of Norville said the bridge had been inspected in May."
HANGING = "She refused to say who had inspected it."
INQUIRY = "An inquiry into the collapse of the Harbor Bridge begins on Friday."
ARTICLE = make_article(f"{BRIDGE}\n{MAYOR}\n{HANGING}\n{INQUIRY}", "1" * 16)


def wordings(
    article: Article, rewrites: Mapping[str, Sequence[str]], length: Length
) -> tuple[list[str], list[tuple[int, int | None]], tuple[Passage, ...]]:
    """The texts that fill `length`, all that was chosen, and the passages."""
    weighed = weigh((article,), sentences := {article.id: split_sentences(article)})
    assert weighed is not None
    passages = rank((article,), sentences, length=length, weighed=weighed)
    texts = [rewrites.get(passage.quote.text, ()) for passage in passages]
    chosen = choose_wordings(passages, worth(weighed, passages, length), texts, length)
    told, left = [], length.count
    for number, which in chosen:
        text = passages[number].quote.text if which is None else texts[number][which]
        left -= len(text.split())
        if left >= 0:
            told.append(text)
    return told, chosen, passages


def test_a_rewrite_is_told_where_it_makes_room_for_another_fact() -> None:
    length = Length(len(f"{SHORT} {MAYOR}".split()), "words")
    assert length.count < len(f"{BRIDGE} {MAYOR}".split())
    told, _, _ = wordings(ARTICLE, {BRIDGE: [SHORT]}, length)
    assert sorted(told) == sorted([SHORT, MAYOR])


def test_of_several_rewrites_the_one_is_told_that_makes_room() -> None:
    longer = BRIDGE.replace(" since it was opened in the summer of 1968", "")
    length = Length(len(f"{SHORT} {MAYOR}".split()), "words")
    told, _, _ = wordings(ARTICLE, {BRIDGE: [longer, SHORT]}, length)
    assert sorted(told) == sorted([SHORT, MAYOR])


def test_where_there_is_room_for_the_whole_sentence_it_is_quoted() -> None:
    told, _, _ = wordings(ARTICLE, {BRIDGE: [SHORT]}, Length(200, "words"))
    assert BRIDGE in told
    assert SHORT not in told


def test_what_hangs_on_a_sentence_follows_its_quote() -> None:
    told, _, _ = wordings(ARTICLE, {}, Length(200, "words"))
    assert told.index(HANGING) == told.index(MAYOR) + 1


NOUN = st.sampled_from(["bridge", "fire", "inquiry", "market", "mayor", "strike", "train", "vote"])


@given(
    st.lists(st.lists(NOUN, min_size=1, max_size=14), min_size=1, max_size=12),
    st.data(),
)
def test_each_passage_is_told_once_and_never_in_words_nobody_offered(
    sentences: list[list[str]], data: st.DataObject
) -> None:
    lines = [
        f"The {' '.join(sentence)} of street {i} closed on Monday."
        for i, sentence in enumerate(sentences)
    ]
    offered = {
        line: [" ".join([*line.split()[:size], "closed on Monday."]) for size in sizes]
        for line in lines
        if (sizes := data.draw(st.lists(st.integers(1, 6), max_size=3)))
    }
    length = Length(data.draw(st.integers(1, 120)), "words")
    _, chosen, passages = wordings(make_article("\n".join(lines), "2" * 16), offered, length)
    numbers = [number for number, _ in chosen]
    assert len(numbers) == len(set(numbers))
    for number, which in chosen:
        quote = passages[number].quote.text
        assert standing(quote) != "unfit" if which is None else which < len(offered[quote])
