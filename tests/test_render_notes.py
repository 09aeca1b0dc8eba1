"""What was decided before anything was written stands in every form of the digest."""

import json
from dataclasses import replace
from datetime import date

import jsonschema
import pytest

from summarize.records import (
    Article,
    Digest,
    Dropped,
    Placement,
    Removed,
    Revision,
    Story,
    WirePair,
)
from summarize.render import TextFormat, render
from summarize.render.json import schema
from summarize.render.notes import credit, listed
from tests.digests import HOSTILE, make_digest

SHARED = "Four workers died when the Harbor Bridge collapsed"


def with_others(*, off_topic: tuple[str, ...] = (), count: int = 3) -> Digest:
    """The small digest, its article one of several."""
    digest = make_digest()
    (story,) = digest.stories
    (first,) = story.articles
    others = [
        Article(f"{n}" * 16, f"other {n}.txt", f"Something else, number {n}.", f"Other {n}")
        for n in range(1, count)
    ]
    articles = (replace(first, agency="AP", place="BEIRUT", author="Ada Wills"), *others)
    placed = {a.id: Placement(a.id, date(2021, 5, 1), None, "inferred", ()) for a in others}
    return replace(
        digest,
        stories=(Story(story.id, story.title, articles, off_topic),),
        placements={**digest.placements, **placed},
    )


def wired(count: int = 3) -> Digest:
    digest = with_others(count=count)
    ids = [article.id for article in digest.stories[0].articles]
    pairs = [WirePair(ids[0], id_, 0.5 - n / 20, f"{SHARED} {n}") for n, id_ in enumerate(ids[1:])]
    return replace(digest, wires=(tuple(ids),), wire_pairs=tuple(pairs))


def valid(digest: Digest) -> dict:  # type: ignore[type-arg]
    data = json.loads(render(digest, "json"))
    jsonschema.validate(data, json.loads(schema()))
    return data  # type: ignore[no-any-return]


def flat(digest: Digest, form: str, *, verbose: bool = False) -> str:
    """The digest without line ends and without the marks Markdown needs."""
    text = render(digest, form, verbose=verbose)  # type: ignore[arg-type]
    return " ".join(text.replace("\\", "").split())


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_copies_of_a_wire_are_shown_with_what_they_share(form: str) -> None:
    text = flat(wired(), form)
    assert "1 independent source" in text
    assert "[1]–[3] carry the same AP copy and count as one source." in text
    assert "Same AP copy, one source: [1]–[3]" in text
    assert f"[1] and [2] share 50%: “{SHARED} 0”" in text
    assert f"[1] and [3] share 45%: “{SHARED} 1”" in text


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_what_dressed_a_mail_is_counted_in_a_line(form: str) -> None:
    digest = make_digest()
    (story,) = digest.stories
    article = replace(story.articles[0], enclosed=("logo.png", "me.vcf", "invite.ics", "a.p7s"))
    dressed = replace(digest, removed=(), stories=(replace(story, articles=(article,)),))
    assert "4 pieces without a text (“logo.png”, “me.vcf”, “invite.ics”, …)" in flat(dressed, form)
    if form != "html":
        assert "“invite.ics”, “a.p7s”)" in flat(dressed, form, verbose=True)
    assert valid(dressed)["stories"][0]["articles"][0]["enclosed"] == list(article.enclosed)


@pytest.mark.parametrize(
    ("form", "row"), [("markdown", "| articles |"), ("html", ">articles</th>")]
)
def test_a_summary_that_is_shown_once_is_counted_once(form: str, row: str) -> None:
    digest = make_digest()
    (summary,) = digest.story_summaries.values()
    told = {article.id: summary for article in digest.stories[0].articles}
    assert row not in flat(replace(digest, article_summaries=told), form)
    several = with_others()
    assert row in flat(replace(several, article_summaries=told), form)


@pytest.mark.parametrize("form", ["text", "markdown", "html", "eml"])
def test_of_many_places_the_first_are_named_and_the_others_counted(form: str) -> None:
    digest = make_digest()
    (story,) = digest.stories
    summary = digest.story_summaries[story.id]
    (sentence, *_) = summary.sentences
    places = tuple(replace(sentence.evidence[0], index=n) for n in range(60))
    told = replace(summary, sentences=(replace(sentence, evidence=places, origin="quoted"),))
    digest = replace(digest, story_summaries={story.id: told})
    assert "and 55 more" in flat(digest, form)
    (shown,) = valid(digest)["stories"][0]["summary"]["sentences"]
    assert len(shown["citations"]) == 60


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_of_many_pairs_the_closest_are_shown_and_the_others_counted(form: str) -> None:
    digest = wired(count=7)
    assert "and 3 pairs more (-v lists them)" in flat(digest, form)
    assert "[1] and [7] share" not in flat(digest, form)
    assert "[1] and [7] share" in flat(digest, form, verbose=True)
    assert len(valid(digest)["same_wire"][0]["pairs"]) == 6


def test_json_names_the_pairs_that_make_a_wire() -> None:
    data = valid(wired())
    (wire,) = data["same_wire"]
    assert wire["article_ids"] == data["stories"][0]["same_wire"][0]
    assert wire["pairs"][0]["similarity"] == 0.5
    assert wire["pairs"][0]["passage"] == f"{SHARED} 0"


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_articles_whose_order_cannot_be_told_are_named(form: str) -> None:
    digest = with_others()
    ids = [article.id for article in digest.stories[0].articles]
    tied = replace(digest, ties=((ids[1], ids[2]),))
    assert "Nothing tells the order of [2] and [3]." in flat(tied, form)
    assert "Nothing tells" not in flat(digest, form)
    assert valid(tied)["stories"][0]["ties"] == [ids[1:]]
    both = replace(wired(), ties=(tuple(ids),))
    assert "count as one source; nothing tells their order." in flat(both, form)


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_what_is_off_topic_is_said_to_be_left_out_of_the_summary(form: str) -> None:
    digest = with_others(off_topic=("2" * 16,))
    text = flat(digest, form)
    assert "[3] is off topic and not in this summary." in text
    assert "3 articles · 2 independent sources" in text
    articles = valid(digest)["stories"][0]["articles"]
    assert [article["off_topic"] for article in articles] == [False, False, True]


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_an_article_that_stays_alone_is_said_to(form: str) -> None:
    digest = make_digest()
    (story,) = digest.stories
    alone = replace(digest, stories=(replace(story, off_topic=(story.articles[0].id,)),))
    assert "1 article, on no other article's topic" in flat(alone, form)
    assert "1 article · 1 independent source" in flat(digest, form)


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_dropped_article_is_shown_with_what_stands_in_the_other(form: str) -> None:
    digest = make_digest()
    (dropped,) = digest.dropped
    shown = replace(digest, dropped=(replace(dropped, passage=SHARED),))
    assert f"(97% of it stands in bridge 1.txt: “{SHARED}”)" in flat(shown, form)
    assert valid(shown)["dropped"][0]["passage"] == SHARED


@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            Revision(2, 1, (("12 dead", "15 dead"),)),
            "2 sentences came, 1 went; “12 dead” became “15 dead”",
        ),
        (Revision(0, 0, (("6 p.m", "7 p.m"),)), "); “6 p.m” became “7 p.m”"),
        (Revision(0, 0, ()), "no sentence came or went"),
    ],
)
def test_what_a_newer_version_changed_is_told(form: str, changes: Revision, said: str) -> None:
    digest = make_digest()
    old = Dropped(digest.dropped[0].article, "a" * 16, 0.9, "earlier version", "", changes)
    shown = replace(digest, dropped=(old,))
    assert said in flat(shown, form)
    found = valid(shown)["dropped"][0]["revision"]
    assert (found["added"], found["removed"]) == (changes.added, changes.removed)
    assert [(f["before"], f["after"]) for f in found["figures"]] == list(changes.figures)


def test_every_form_names_who_stands_behind_an_article() -> None:
    for form in ("text", "markdown"):
        assert "By Ada Wills · BEIRUT (AP)" in flat(with_others(), form)
    article = valid(with_others())["stories"][0]["articles"][0]
    assert [article[key] for key in ("author", "place", "agency")] == ["Ada Wills", "BEIRUT", "AP"]


@pytest.mark.parametrize(
    ("source", "author", "place", "agency", "said"),
    [
        (None, None, None, None, ()),
        ("The Post", "Ada Wills", None, None, ("The Post", "By Ada Wills")),
        ("AP", None, None, "AP", ("AP copy",)),
        ("The Post", None, None, "AP", ("The Post", "AP copy")),
        ("AP", "AP", "BEIRUT", "AP", ("BEIRUT (AP)",)),
        ("The Post", None, "BEIRUT", None, ("The Post", "BEIRUT")),
        ("CNN (Web News)", None, None, "CNN", ("CNN (Web News)",)),
    ],
)
def test_a_credit_says_everything_once(
    source: str | None,
    author: str | None,
    place: str | None,
    agency: str | None,
    said: tuple[str, ...],
) -> None:
    article = Article("a", "a.txt", "", None, source, author=author, place=place, agency=agency)
    assert credit(article) == said


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([2], "[2]"),
        ([5, 2], "[2] and [5]"),
        ([1, 2, 7], "[1], [2] and [7]"),
        ([4, 2, 3, 9], "[2]–[4] and [9]"),
    ],
)
def test_articles_are_listed_by_number(numbers: list[int], said: str) -> None:
    assert listed(map(str, numbers), {str(n): n for n in range(10)}) == said


def test_hostile_names_and_passages_stay_text() -> None:
    digest = wired()
    (story,) = digest.stories
    first, *others = story.articles
    first = replace(first, author=HOSTILE, place=HOSTILE, agency=HOSTILE, source=HOSTILE)
    digest = replace(
        digest,
        stories=(replace(story, articles=(first, *others)),),
        wire_pairs=tuple(replace(pair, passage=HOSTILE) for pair in digest.wire_pairs),
        dropped=(
            replace(
                digest.dropped[0], passage=HOSTILE, revision=Revision(0, 0, ((HOSTILE, HOSTILE),))
            ),
        ),
    )
    page = render(digest, "markdown")
    assert "<script>" not in page
    assert "[x](" not in page
    for text in (page, render(digest, "text")):
        assert "\x1b" not in text
        assert "\u202e" not in text
    valid(digest)


def test_lines_of_an_article_that_was_dropped_stand_under_its_file() -> None:
    digest = make_digest()
    line = Removed(digest.dropped[0].article.id, 39, 44, "Share", "share line")
    assert "copy.txt: Share (share line)" in flat(
        replace(digest, removed=(line,)), "text", verbose=True
    )


def of_one_outlet() -> Digest:
    digest = with_others()
    (story,) = digest.stories
    first, second, third = story.articles
    articles = (
        replace(first, agency=None, source="Dock Post"),
        replace(second, source="Herald"),
        replace(third, source="dock post"),
    )
    return replace(digest, stories=(replace(story, articles=articles),))


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_articles_of_one_outlet_are_one_source(form: str) -> None:
    text = flat(of_one_outlet(), form)
    assert "3 articles · 2 independent sources" in text
    assert "[1] and [3] are from Dock Post and count as one source." in text
    assert valid(of_one_outlet())["stories"][0]["independent_sources"] == 2


def test_a_text_that_one_outlet_prints_twice_is_its_own_copy() -> None:
    digest = of_one_outlet()
    first, second, third = (article.id for article in digest.stories[0].articles)
    text = flat(replace(digest, wires=((first, third),)), "text")
    assert "[1] and [3] carry the same Dock Post copy and count as one source." in text
    assert "are from Dock Post" not in text
    across = flat(replace(digest, wires=((first, second),)), "text")
    assert "[1] and [2] carry the same wire copy and count as one source." in across
    assert "3 articles · 1 independent source" in across


FORMS = ["text", "markdown", "html", "eml", "atom"]


@pytest.mark.parametrize("form", FORMS)
def test_an_update_is_called_one(form: TextFormat) -> None:
    digest = of_one_outlet()
    since = replace(digest, settings={**digest.settings, "since": "0" * 16})
    assert "What is new" in render(since, form)
    assert "What is new" not in render(digest, form)


@pytest.mark.parametrize("form", FORMS)
def test_an_update_without_news_says_so_and_counts_nothing(form: TextFormat) -> None:
    digest = make_digest()
    empty = replace(
        digest,
        stories=(),
        story_summaries={},
        article_summaries={},
        unchanged=("Bridge collapses",),
        settings={**digest.settings, "since": "0" * 16},
    )
    page = render(empty, form)
    assert "Nothing new" in page
    assert "0 articles" not in page
    assert "0 of 0" not in page
    assert digest.stories[0].articles[0].id not in page


def test_articles_of_an_update_that_gave_no_news_are_not_called_uncited() -> None:
    digest = of_one_outlet()
    since = replace(digest, settings={**digest.settings, "since": "0" * 16})
    assert "Not cited here: [2] and [3]." in flat(digest, "text")
    assert "Nothing new told from [2] and [3]." in flat(since, "text")
