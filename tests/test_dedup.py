"""What dedup promises: repeats are dropped once, copies of a wire story count as one witness."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.cleaning import clean_all
from summarize.dedup import Deduplicated, deduplicate
from summarize.reading import read_paths
from summarize.reading.build import Draft, to_article
from summarize.records import Article

SEEDS = Path(__file__).parents[1] / "seeds"


def words(seed: int, count: int) -> str:
    """Nonsense in which no five words in a row are ever repeated by chance."""
    source = random.Random(seed)  # noqa: S311
    return " ".join(f"w{source.randrange(10**9)}" for _ in range(count))


def article(text: str, path: str = "one.txt", **stated: object) -> Article:
    return replace(to_article(Draft(text), path), **stated)  # type: ignore[arg-type]


def paths(result: Deduplicated) -> list[str]:
    return [found.path for found in result.articles]


def groups(result: Deduplicated) -> list[set[str]]:
    names = {found.id: found.path for found in result.articles}
    return [{names[id_] for id_ in wire.article_ids} for wire in result.wires]


def test_the_samples_hold_one_wire_and_two_lone_articles() -> None:
    articles, _ = clean_all(read_paths([SEEDS])[0])
    result = deduplicate(articles)
    assert result.articles == articles
    assert result.dropped == ()
    ((wire),) = result.wires
    names = {found.id: found.path[:3] for found in articles}
    assert {names[id_] for id_ in wire.article_ids} == {"000", "001", "004"}
    assert len(wire.pairs) == 3
    assert all(0.14 <= pair.similarity <= 0.40 for pair in wire.pairs)


def test_nothing_in_nothing_out() -> None:
    assert deduplicate([]) == Deduplicated((), (), ())
    lone = article("It has just five words.")
    assert deduplicate([lone]).articles == (lone,)


def test_the_same_text_is_kept_once_and_the_better_stated_copy_stays() -> None:
    text = words(1, 50)
    bare = article(text, "a.txt")
    dated = article(text, "z.txt", title="Bridge", published=date(2019, 6, 3))
    result = deduplicate([bare, dated])
    assert result.articles == (dated,)
    (drop,) = result.dropped
    assert (drop.article, drop.duplicate_of, drop.similarity) == (bare, dated.id, 1.0)
    assert drop.reason == "same text"


def test_an_edited_copy_is_dropped_and_says_why() -> None:
    text = words(1, 300)
    copy = article(text + " and a new last line here", "copy.txt")
    result = deduplicate([article(text, "first.txt", title="Bridge"), copy])
    assert paths(result) == ["first.txt"]
    assert result.dropped[0].similarity > 0.95
    assert result.dropped[0].duplicate_of == result.articles[0].id
    assert result.dropped[0].reason == "same document"
    assert text.startswith(result.dropped[0].passage.removesuffix(" …"))


def test_of_unequal_copies_the_longer_stays_whatever_the_other_states() -> None:
    text = words(1, 300)
    teaser = article(" ".join(text.split()[:80]), "teaser.txt", title="T", source="S")
    result = deduplicate([teaser, article(text, "full.txt")])
    assert paths(result) == ["full.txt"]
    assert result.dropped[0].similarity == 1.0


def test_a_rewrite_is_kept_as_the_same_wire() -> None:
    text = words(1, 300)
    rewrite = words(2, 220) + " " + " ".join(text.split()[:80])
    result = deduplicate([article(text, "a.txt"), article(rewrite, "b.txt")])
    assert paths(result) == ["a.txt", "b.txt"]
    assert groups(result) == [{"a.txt", "b.txt"}]
    assert result.wires[0].pairs[0].similarity == pytest.approx(76 / 296)


def test_copies_are_joined_through_a_third() -> None:
    first, second = words(1, 100), words(2, 100)
    articles = [
        article(first + " " + words(3, 50), "a.txt"),
        article(second + " " + words(4, 50), "b.txt"),
        article(first + " " + words(5, 200) + " " + second, "c.txt"),
    ]
    assert groups(deduplicate(articles)) == [{"a.txt", "b.txt", "c.txt"}]


def test_a_shared_quotation_does_not_make_two_short_reports_one_wire() -> None:
    quote = words(1, 15)
    result = deduplicate([article(f"{words(n, 50)} {quote}", f"{n}.txt") for n in (2, 3)])
    assert result.wires == ()


def test_boilerplate_of_many_articles_joins_none() -> None:
    notice = words(1, 40)
    articles = [article(f"{words(n, 150)} {notice}", f"{n}.txt") for n in range(2, 40)]
    result = deduplicate(articles)
    assert result.wires == ()
    assert result.dropped == ()


def test_a_wire_in_many_papers_is_still_one_wire() -> None:
    wire = words(1, 200)
    articles = [article(f"{words(n, 100)} {wire}", f"{n}.txt") for n in range(2, 40)]
    result = deduplicate(articles)
    assert len(result.articles) == 38
    assert [len(found.article_ids) for found in result.wires] == [38]


def test_quotes_and_case_do_not_hide_a_copy() -> None:
    text = "The mayor’s office said “no” to the plan and the council’s lawyers agreed on Monday"
    other = text.replace("’", "'").replace("“", '"').replace("”", '"').upper() + "!"
    assert len(deduplicate([article(text), article(other)]).articles) == 1


def test_only_the_content_is_compared() -> None:
    notice = words(1, 60)
    first, second = (article(f"{words(n, 60)}\n{notice}", f"{n}.txt") for n in (2, 3))
    assert len(deduplicate([first, second]).wires) == 1
    cut = [replace(item, paragraphs=item.paragraphs[:1]) for item in (first, second)]
    assert deduplicate(cut).wires == ()


@settings(max_examples=60, deadline=None)
@given(
    parts=st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=4), min_size=1, max_size=7),
    data=st.data(),
)
def test_the_order_given_does_not_matter(parts: list[list[int]], data: st.DataObject) -> None:
    articles = [
        article(" ".join(words(part, 30) for part in chosen), f"{number}.txt")
        for number, chosen in enumerate(parts)
    ]
    shuffled = data.draw(st.permutations(articles))
    one, other = deduplicate(articles), deduplicate(shuffled)
    assert set(one.articles) == set(other.articles)
    assert one.dropped == other.dropped
    assert one.wires == other.wires
    assert len(one.articles) + len(one.dropped) == len(articles)
    left = {found.id for found in one.articles}
    assert all(drop.duplicate_of in left for drop in one.dropped)
