"""What dedup promises: repeats are dropped once, copies of a wire story count as one witness."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarize.cleaning import clean_all
from summarize.dedup import Deduplicated, deduplicate
from summarize.dedup.index import MIN_SHARED, Index
from summarize.dedup.shared import shared_shingles
from summarize.dedup.shingles import Hasher
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


def shingles(text: str) -> set[tuple[str, ...]]:
    tokens = text.lower().split()
    return {tuple(tokens[start : start + 5]) for start in range(len(tokens) - 4)}


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


def test_text_handed_on_from_one_article_to_the_next_makes_no_wire_of_all() -> None:
    parts = [words(n, 60) for n in range(31)]
    chain = [article(f"{parts[n]} {words(99 + n, 60)} {parts[n + 1]}", f"{n}") for n in range(30)]
    wires = deduplicate(chain).wires
    assert sum(len(wire.article_ids) for wire in wires) == 30
    assert max(len(wire.article_ids) for wire in wires) < 10


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


def test_the_later_version_of_a_source_stays_though_it_is_shorter() -> None:
    text = words(1, 300)
    old = article(text, "old.txt", source="AP", published=date(2019, 6, 3))
    new = article(" ".join(text.split()[:250]), "new.txt", source="AP", published=date(2019, 6, 4))
    result = deduplicate([old, new])
    assert paths(result) == ["new.txt"]
    (drop,) = result.dropped
    assert drop.reason.startswith("earlier version")
    assert drop.similarity == pytest.approx(246 / 296)


def test_a_later_version_is_not_dropped_for_the_longer_earlier_one() -> None:
    text = words(1, 300)
    old = article(text, "old.txt", source="AP", published=date(2019, 6, 3))
    new = article(" ".join(text.split()[:90]), "new.txt", source="AP", published=date(2019, 6, 4))
    result = deduplicate([old, new])
    assert paths(result) == ["old.txt", "new.txt"]
    assert groups(result) == [{"old.txt", "new.txt"}]


@pytest.mark.parametrize("more", ["", " sent from a phone"])
def test_an_article_stays_rather_than_the_mail_that_passes_it_on(more: str) -> None:
    text = words(1, 300)
    page = article(text, "page.html", title="Bridge", published=date(2019, 6, 3), source="Courier")
    mail = article(
        text + more,
        "a.eml",
        title="Bridge",
        published=date(2019, 6, 5),
        source="Courier",
        mailed=True,
    )
    assert paths(deduplicate([mail, page])) == ["page.html"]
    unsigned = replace(page, source=None)
    assert paths(deduplicate([mail, unsigned])) == ["page.html"]


def test_a_dated_mail_stays_rather_than_an_article_that_nothing_dates() -> None:
    text = words(1, 300)
    bare = article(text, "a.txt", title="Bridge")
    mail = article(text, "z.eml", title="Bridge", published=date(2019, 6, 5), mailed=True)
    assert paths(deduplicate([bare, mail])) == ["z.eml"]


def test_versions_of_different_sources_are_no_versions() -> None:
    text = words(1, 300)
    short = " ".join(text.split()[:280])
    old = article(text, "old.txt", source="AP", published=date(2019, 6, 3))
    new = article(short, "new.txt", source="Courier", published=date(2019, 6, 4))
    (drop,) = deduplicate([old, new]).dropped
    assert (drop.article, drop.reason) == (new, "same document")


def test_a_chain_of_versions_names_the_one_that_stays() -> None:
    text = words(1, 300).split()
    versions = [
        article(
            " ".join(text[: 270 + 10 * day]),
            f"{day}.txt",
            source="AP",
            published=date(2019, 6, day),
        )
        for day in (1, 2, 3)
    ]
    result = deduplicate(versions)
    assert paths(result) == ["3.txt"]
    assert {drop.duplicate_of for drop in result.dropped} == {versions[2].id}


def test_what_only_the_dropped_article_says_is_counted() -> None:
    text = ". ".join(words(n, 20) for n in range(20))
    copy = article(text + f".\n{words(99, 12)}.\n{words(98, 12)}.", "copy.txt")
    longer = article(text + ". " + words(97, 60), "longer.txt", title="Bridge")
    result = deduplicate([copy, longer])
    (drop,) = result.dropped
    assert drop.article == copy
    assert drop.reason == "same document, 2 sentences stand only there"


def test_an_article_that_says_much_of_its_own_stays() -> None:
    notice = words(1, 600)
    reports = [
        article(notice + "".join(f"\n{words(n + k, 12)}." for k in range(6)), f"{n}.txt")
        for n in (100, 200)
    ]
    result = deduplicate(reports)
    assert len(result.articles) == 2
    assert result.dropped == ()


@pytest.mark.parametrize("marks", ["“”", '""', "‘’", "''"])
def test_the_same_speech_in_two_reports_makes_no_wire(marks: str) -> None:
    speech = f"{marks[0]}{words(1, 120)}{marks[1]}"
    reports = [
        article(f"{words(n, 150)}.\n{speech} she said.\n{words(n + 1, 50)}.", f"{n}.txt")
        for n in (10, 20)
    ]
    assert deduplicate(reports).wires == ()


def test_an_apostrophe_opens_no_speech() -> None:
    text = words(1, 120).replace(" ", " don't ", 1) + " the workers' vote in the '90s"
    reports = [article(f"{words(n, 150)}.\n{text} {words(n, 9)}", f"{n}.txt") for n in (10, 20)]
    assert len(deduplicate(reports).wires) == 1


def test_speech_may_hold_apostrophes_and_a_line_may_hold_marks_that_none_closes() -> None:
    speech = f"'{words(1, 60)} don't {words(2, 60)} '90s {words(3, 9)}'"
    reports = [article(f"{words(n, 150)}.\n{speech} she said.", f"{n}.txt") for n in (10, 20)]
    assert deduplicate(reports).wires == ()
    # Ten minutes, where each mark looks for its end in all that follows.
    reports = [article(f"{words(n, 9)} " + f"'{n} " * 60_000) for n in (10, 20)]
    assert len(deduplicate(reports).articles) == 2


def test_little_shared_is_a_wire_only_if_it_stands_in_several_places() -> None:
    shared = words(1, 48).split()
    parts = [" ".join(shared[start : start + 16]) for start in (0, 16, 32)]
    statement = [article(f"{words(n, 700)} {' '.join(parts)}", f"{n}.txt") for n in (10, 20)]
    assert deduplicate(statement).wires == ()
    copies = [
        article(" ".join(f"{words(n + k, 230)} {part}" for k, part in enumerate(parts)), f"{n}.txt")
        for n in (10, 20)
    ]
    (wire,) = deduplicate(copies).wires
    assert 0.04 < wire.pairs[0].similarity < 0.10


def test_a_wire_shows_what_its_articles_share() -> None:
    shared = "The river rose four metres overnight and cut off the old town of Harrow from the west"
    first = article(f"{words(1, 40)} {words(2, 13)} {shared} {words(3, 40)}", "a.txt")
    second = article(f"{words(2, 13)}\n{words(4, 60)}. {shared.upper()}!", "b.txt")
    (wire,) = deduplicate([first, second]).wires
    assert wire.pairs[0].passage.lower() == shared.lower()


@settings(deadline=None)
@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_text_can_be_compared(texts: list[str]) -> None:
    known = "The bridge over the river fell."
    articles = [article(f"{known} {text}", f"{number}.txt") for number, text in enumerate(texts)]
    result = deduplicate(articles)
    assert len(result.articles) + len(result.dropped) == len(articles)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=6), min_size=1, max_size=12))
def test_the_index_finds_what_comparing_all_with_all_finds(parts: list[list[int]]) -> None:
    texts = [" ".join(words(part, 9) for part in chosen) for chosen in parts]
    shared, sets = shared_shingles(texts, len(texts), Hasher()), [shingles(text) for text in texts]
    index = Index(shared)
    for number, own in enumerate(sets):
        assert shared.sizes[number] == len(own)
        brute = {other: len(own & sets[other]) for other in range(number)}
        found = dict(index.overlaps(number, 1))
        assert found == {other: count for other, count in brute.items() if count}
        index.add(number)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=5), min_size=2, max_size=9))
@example([[0, 1], [0, 2], [0, 3], [0, 4], [1, 5], [2, 3]])  # one that joins no group
def test_wires_are_groups_of_what_comparing_all_with_all_finds(parts: list[list[int]]) -> None:
    texts = [" ".join(words(part, 40) for part in chosen) for chosen in parts]
    result = deduplicate([article(text, f"{n}.txt") for n, text in enumerate(texts)])
    sets = {found.id: shingles(found.body) for found in result.articles}
    brute = {
        (first, second): len(sets[first] & sets[second]) / min(len(sets[first]), len(sets[second]))
        for first, second in combinations(sorted(sets), 2)
        if len(sets[first] & sets[second]) >= MIN_SHARED
    }
    group = {id_: -n for n, id_ in enumerate(sets, start=1)}
    group |= {id_: n for n, wire in enumerate(result.wires) for id_ in wire.article_ids}
    within = {pair: group[pair[0]] for pair in brute if group[pair[0]] == group[pair[1]]}
    pairs = {(p.first, p.second): p.similarity for wire in result.wires for p in wire.pairs}
    assert pairs == pytest.approx({pair: brute[pair] for pair in within})
    sizes = Counter(group.values())
    between = Counter(
        tuple(sorted((group[one], group[other]))) for one, other in brute.keys() - within.keys()
    )
    assert all(links < sizes[one] * sizes[other] / 4 for (one, other), links in between.items())


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
