"""The main job on the five sample articles."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from summarize.errors import NothingToReadError
from summarize.pipeline import digest
from summarize.records import Digest, Sentence
from summarize.render import render
from summarize.render.json import schema
from summarize.settings import Length, Settings

MARCH = ["003_560f2c95493abdef.txt", "002_012f68bf7cf4bf3f.txt"]
DECEMBER = {
    "000_16c2cae6a665d118.txt",
    "001_36e2a39de44453c6.txt",
    "004_3784f92d68c1ce55.txt",
}


@pytest.fixture(scope="module")
def made() -> Digest:
    """The digest of the seeds by the bundled writer."""
    return digest([Path(__file__).parent.parent / "seeds"], Settings())


def test_two_stories_in_time_order(made: Digest) -> None:
    march, december = [[a.path for a in story.articles] for story in made.stories]
    assert march == MARCH
    assert set(december) == DECEMBER


def test_every_article_says_what_its_place_rests_on(made: Digest) -> None:
    for placement in made.placements.values():
        assert placement.confidence == "inferred"
        assert placement.evidence
    placed = {a.path: made.placements[a.id] for story in made.stories for a in story.articles}
    march, december = placed[MARCH[1]], [placed[path] for path in DECEMBER]
    assert march.latest is not None
    assert all(p.earliest is not None and march.latest < p.earliest for p in december)


def test_three_copies_of_one_wire_are_one_witness(made: Digest) -> None:
    [wire] = made.wires
    paths = {a.path for story in made.stories for a in story.articles if a.id in wire}
    assert paths == DECEMBER
    assert made.dropped == ()


def test_every_sentence_has_a_receipt_that_opens(made: Digest) -> None:
    texts = {a.id: a.text for story in made.stories for a in story.articles}
    for summary in (*made.story_summaries.values(), *made.article_summaries.values()):
        assert summary.sentences
        for sentence in summary.sentences:
            assert sentence.evidence
            for source in sentence.evidence:
                assert texts[source.article_id][source.start : source.end] == source.text
            if sentence.origin == "quoted":
                assert sentence.text == sentence.evidence[0].text


def test_nothing_unchecked_is_told(made: Digest) -> None:
    texts = {a.id: a.text for story in made.stories for a in story.articles}
    verdicts = [
        evidence
        for summary in (*made.story_summaries.values(), *made.article_summaries.values())
        for sentence in summary.sentences
        for evidence in sentence.verdicts
    ]
    assert len(verdicts) > 40
    for evidence in verdicts:
        assert evidence.verdict in ("supported", "derived")
        assert texts[evidence.article_id][evidence.start : evidence.end] == evidence.quote


def test_story_summaries_draw_on_every_moment(made: Digest) -> None:
    march = made.stories[0]
    cited = {s.article_id for t in made.story_summaries[march.id].sentences for s in t.evidence}
    assert cited == {article.id for article in march.articles}


def test_no_page_furniture_is_told(made: Digest) -> None:
    for summary in (*made.story_summaries.values(), *made.article_summaries.values()):
        for word in ("Advertisement", "[email", "Latest World News", "With Agency Inputs"):
            assert word not in summary.text


def test_summaries_have_their_length(made: Digest) -> None:
    assert {len(s.sentences) for s in made.story_summaries.values()} == {5}
    assert {len(s.sentences) for s in made.article_summaries.values()} == {2}


def test_two_runs_give_the_same_bytes_wherever_the_folder_is(
    made: Digest, tmp_path: Path, seeds: Path
) -> None:
    moved = tmp_path / "elsewhere"
    shutil.copytree(seeds, moved)
    again = digest([moved], Settings(jobs=1))
    for form in ("json", "markdown", "text"):
        assert render(again, form) == render(made, form)


def test_json_of_the_seeds_validates(made: Digest) -> None:
    jsonschema.validate(json.loads(render(made, "json")), json.loads(schema()))


def test_one_story_takes_everything(seeds: Path) -> None:
    [story] = digest([seeds], Settings(model="quote", one_story=True)).stories
    assert [a.path for a in story.articles][:2] == MARCH
    assert {a.path for a in story.articles[2:]} == DECEMBER


SCHOOL = """Pupils of Hallen plant trees
Pupils of the primary school of Hallen planted two hundred oaks along the cycle path on Friday.
The oaks were given by a nursery whose owner, Greta Holm, once went to the school herself.
The path is to be opened for the summer fair, when the school turns fifty years old.
"""
BAKERY = """Old bakery of Norvik closes
The bakery on the harbour of Norvik, which has sold rye bread for ninety years, closes in May.
Its owner, Pia Lund, found nobody who wanted to rise at three in the morning.
"""


def test_what_is_off_topic_feeds_no_summary_of_the_one_story(tmp_path: Path, seeds: Path) -> None:
    folder = tmp_path / "mixed"
    shutil.copytree(seeds, folder)
    (folder / "school.txt").write_text(SCHOOL)
    made = digest([folder], Settings(model="quote", one_story=True))
    (story,) = made.stories
    (school,) = [a for a in story.articles if a.path == "school.txt"]
    assert story.off_topic == (school.id,)
    summary = made.story_summaries[story.id]
    assert school.id not in summary.article_ids
    assert school.id not in {s.article_id for t in summary.sentences for s in t.evidence}
    assert made.article_summaries[school.id].sentences
    assert not any(school.id in tie for tie in made.ties)


def test_where_nothing_hangs_together_everything_is_told(tmp_path: Path) -> None:
    (tmp_path / "school.txt").write_text(SCHOOL)
    (tmp_path / "bakery.txt").write_text(BAKERY)
    (story,) = digest([tmp_path], Settings(model="quote", one_story=True)).stories
    assert (len(story.told), story.off_topic) == (2, ())


def test_articles_on_one_topic_each_are_said_to_be_alone(tmp_path: Path) -> None:
    (tmp_path / "school.txt").write_text(SCHOOL)
    (tmp_path / "bakery.txt").write_text(BAKERY)
    text = render(digest([tmp_path], Settings(model="quote")), "text")
    assert text.count("on no other article's topic") == 2


def test_a_wire_is_shown_with_what_proves_it(made: Digest) -> None:
    texts = {a.id: " ".join(a.body.split()) for story in made.stories for a in story.articles}
    assert {id_ for pair in made.wire_pairs for id_ in (pair.first, pair.second)} == {
        *made.wires[0]
    }
    for pair in made.wire_pairs:
        assert pair.passage.removesuffix(" …") in texts[pair.first]
        assert pair.similarity >= 0.1
    assert "Same AP copy, one source: [3]–[5]" in render(made, "text")


def test_the_order_of_the_copies_cannot_be_told_and_that_is_said(made: Digest) -> None:
    (tie,) = made.ties
    assert set(tie) == {*made.wires[0]}
    assert "nothing tells their order" in " ".join(render(made, "text").split())


def test_the_same_article_under_two_names_is_told_once(tmp_path: Path, seeds: Path) -> None:
    for name in ("one.txt", "two.txt"):
        shutil.copy(seeds / MARCH[0], tmp_path / name)
    made = digest([tmp_path], Settings(model="quote"))
    assert len(made.stories) == len(made.stories[0].articles) == 1
    [dropped] = made.dropped
    assert dropped.similarity == 1.0
    assert dropped.duplicate_of == made.stories[0].articles[0].id


def test_page_furniture_alone_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "menu.txt").write_text(
        "Share\nAdvertisement\nRead more\nSubscribe to our newsletter\n"
    )
    with pytest.raises(NothingToReadError, match=r"menu\.txt"):
        digest([tmp_path], Settings(model="quote"))


def test_sentences_in_one_summary_do_not_repeat_each_other(made: Digest) -> None:
    for summary in made.story_summaries.values():
        sources: list[Sentence] = [told.evidence[0] for told in summary.sentences]
        assert len(sources) == len(set(sources))


def test_a_length_that_no_sentence_fits_tells_nothing(tmp_path: Path) -> None:
    text = "The Harbor Bridge in Norville collapsed on Monday, killing four workers."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    made = digest([tmp_path], Settings(length=Length.parse("3w")))
    assert [summary.sentences for summary in made.story_summaries.values()] == [()]


def test_what_is_no_sentence_is_told_only_where_nothing_else_is_left(tmp_path: Path) -> None:
    cast = "Starring Ada Wills and Jon Reed in the leading roles."
    film = (
        "A film about the Harbor Bridge of Norville opened to long queues on Friday.\n\n"
        f"{cast}\n\nThe council of Norville paid for half of the film.\n"
    )
    (tmp_path / "film.txt").write_text(film, encoding="utf-8")
    for count, told in ((2, False), (3, True)):
        settings = Settings(model="quote", length=Length(count, "sentences"))
        (summary,) = digest([tmp_path], settings).article_summaries.values()
        assert (cast in summary.text) is told
        assert len(summary.sentences) == count
