from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from summarize.composition import fit, in_reading_order, moments, pack, reach
from summarize.dating import place
from summarize.records import Article, Sentence, SummarySentence
from summarize.selection import Passage
from summarize.settings import Length
from tests.conftest import make_article


def told(*texts: str, article_id: str = "a") -> list[SummarySentence]:
    return [
        SummarySentence(text, (Sentence(article_id, i, 0, len(text), text),), "quoted", ())
        for i, text in enumerate(texts)
    ]


BRIDGE = "The Harbor Bridge collapsed on Monday."
AGAIN = "On Monday the Harbor Bridge collapsed, police said."
FIRE = "A fire destroyed nine houses in Elm Falls."
STRIKE = "Teachers went on strike."


def texts(sentences: Sequence[SummarySentence]) -> list[str]:
    return [sentence.text for sentence in sentences]


def test_a_number_of_sentences_is_met_exactly() -> None:
    chosen = fit(zip(told(BRIDGE, FIRE, STRIKE)), Length(2, "sentences"))
    assert texts(chosen) == [BRIDGE, FIRE]


def test_a_thing_is_told_once_and_the_next_one_moves_up() -> None:
    chosen = fit(zip(told(BRIDGE, AGAIN, FIRE)), Length(2, "sentences"))
    assert texts(chosen) == [BRIDGE, FIRE]


def test_words_are_filled_with_what_still_fits() -> None:
    chosen = fit(zip(told(BRIDGE, FIRE, STRIKE)), Length(10, "words"))
    assert texts(chosen) == [BRIDGE, STRIKE]


def test_the_first_wording_that_fits_is_told() -> None:
    long = "A fire closed the market on 11 December 2016."
    dated = told(long, FIRE)
    assert texts(fit([dated], Length(9, "words"))) == [long]
    assert texts(fit([dated], Length(8, "words"))) == [FIRE]
    assert texts(fit([dated], Length(1, "words"))) == []


@given(st.lists(st.integers(1, 30), max_size=30), st.integers(1, 60))
def test_a_word_budget_is_never_overrun(sizes: list[int], budget: int) -> None:
    sentences = told(*(" ".join(f"w{n}x{i}" for i in range(s)) for n, s in enumerate(sizes)))
    chosen = fit(zip(sentences), Length(budget, "words"))
    assert sum(len(text.split()) for text in texts(chosen)) <= budget


def test_reach_covers_what_can_be_told() -> None:
    passages = [Passage((s.evidence[0],)) for s in told(*[BRIDGE] * 20)]
    assert 5 <= reach(passages, Length(5, "sentences")) <= 20
    assert reach(passages[:2], Length(5, "sentences")) == 2
    assert reach(passages, Length(12, "words")) * 6 >= 12


def test_reading_order_is_time_first_then_place() -> None:
    late, early = told(BRIDGE, FIRE, article_id="a"), told(STRIKE, article_id="b")
    ordered = in_reading_order([late[1], early[0], late[0]], {"a": 1, "b": 0})
    assert texts(ordered) == [STRIKE, BRIDGE, FIRE]


def test_the_news_comes_before_the_background_of_an_older_article() -> None:
    news = told(BRIDGE, FIRE, article_id="a")
    background = told(AGAIN, STRIKE, article_id="b")[1]
    written = {"b": date(2021, 5, 1)}
    for day, expected in (
        (None, [BRIDGE, FIRE, STRIKE]),
        (date(2021, 5, 7), [BRIDGE, FIRE, STRIKE]),
        (date(2021, 5, 9), [STRIKE, BRIDGE, FIRE]),
    ):
        published = {**written, "a": day} if day else written
        ordered = in_reading_order([background, *news], {"a": 1, "b": 0}, published)
        assert texts(ordered) == expected
        later = in_reading_order([background, news[1]], {"a": 1, "b": 0}, published)
        assert texts(later) == [STRIKE, FIRE]


def test_a_first_sentence_that_hangs_on_a_picture_is_told_where_there_is_nothing_else() -> None:
    teaser = told("It is a strange end for the mayor of Norville.", FIRE)
    assert texts(fit(zip(teaser), Length(30, "words"))) == [FIRE]
    assert texts(fit(zip(teaser[:1]), Length(1, "sentences"))) == texts(teaser[:1])


def test_what_hangs_on_a_sentence_is_told_with_it_and_behind_it() -> None:
    mayor, refused = "Mayor Ada Wills had seen the cracks.", "She refused to answer any questions."
    sentences = told(BRIDGE, mayor, refused, FIRE)
    alone = fit(zip([sentences[2], sentences[0]]), Length(20, "words"))
    assert texts(alone) == [BRIDGE]
    with_it = fit(zip([sentences[1], sentences[2], sentences[0]]), Length(20, "words"))
    assert texts(with_it) == [mayor, refused, BRIDGE]
    assert texts(fit(zip([sentences[2]]), Length(1, "sentences"))) == [refused]


def test_neighbours_in_an_article_stay_together() -> None:
    first, second = told(BRIDGE, FIRE, article_id="a"), told(STRIKE, AGAIN, article_id="b")
    ordered = in_reading_order([*second, *first], {"a": 0, "b": 0})
    assert texts(ordered) == [BRIDGE, FIRE, STRIKE, AGAIN]


def _dated(id_: str, day: int | None) -> Article:
    article = make_article(f"Something happened in Norville, said {id_}.", id_ * 16)
    return Article(
        article.id,
        article.path,
        article.text,
        published=date(2021, 5, day) if day else None,
        paragraphs=article.paragraphs,
    )


def test_articles_of_one_day_share_a_moment() -> None:
    articles = (_dated("1", 3), _dated("2", 3), _dated("3", 7), _dated("4", None))
    numbers = moments(articles, place(articles))
    assert [numbers[article.id] for article in articles] == [0, 0, 1, 1]


def test_packing_takes_the_most_important_that_fits_in_reading_order() -> None:
    sentences = [s.evidence[0] for s in told(BRIDGE, FIRE, STRIKE)]
    passages = [Passage((sentences[i],)) for i in (2, 0, 1)]
    packed = pack(passages, [sentences], 11, lambda text: len(text.split()))
    assert packed == ((sentences[0], sentences[2]),)


def test_everything_is_packed_when_it_fits() -> None:
    sentences = tuple(s.evidence[0] for s in told(BRIDGE, FIRE, STRIKE))
    assert pack([], [sentences], 30, lambda text: len(text.split())) == (sentences,)
