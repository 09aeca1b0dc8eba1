"""What is said of a newer version that takes the place of an older one."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.dedup import deduplicate
from summarize.dedup.revisions import revision
from summarize.dedup.shingles import Hasher
from summarize.reading.build import Draft, to_article
from summarize.records import Revision

OLD = """At least 12 people died when a ferry sank off Port Kellan late on Monday, officials said.
The ferry, the Morning Star, was carrying three hundred passengers from Kellan to the island of Ree.
Divers searched the wreck for survivors until the light failed, and were to go down again at dawn.
Harbour master Ines Falk said the weather had been calm when the ferry left the quay at 6 p.m.
"""
NEW = OLD.replace("12 people", "19 people").replace("6 p.m.", "7 p.m.") + (
    "Prosecutors opened an inquiry and questioned the captain, who was rescued from the water.\n"
)


def changes(old: str, new: str) -> Revision:
    return revision(to_article(Draft(old), "old"), to_article(Draft(new), "new"), Hasher())


def test_new_sentences_are_counted_and_changed_figures_named() -> None:
    assert changes(OLD, NEW) == Revision(1, 0, (("12 people", "19 people"), ("6 p.m", "7 p.m")))
    assert changes(NEW, OLD).removed == 1


def test_numbers_in_words_are_figures() -> None:
    assert changes(OLD, OLD.replace("three hundred", "four hundred")).figures == (
        ("three hundred", "four hundred"),
    )


def test_other_words_are_no_figures() -> None:
    assert changes(OLD, OLD.replace("Ines Falk", "Ines Holm").replace("dawn", "noon")).figures == ()


def test_the_log_says_what_a_newer_version_changed() -> None:
    old, new = (
        to_article(Draft(text, source="AP", published=date(2019, 6, day)), f"{day}.txt")
        for day, text in ((3, OLD), (4, NEW))
    )
    (drop,) = deduplicate([old, new]).dropped
    assert (drop.article, drop.reason) == (old, "earlier version")
    assert drop.revision is not None
    assert drop.revision.figures[0] == ("12 people", "19 people")
    assert drop.passage


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared(old: str, new: str) -> None:
    found = changes(f"{OLD}{old}", f"{NEW}{new}")
    assert len(found.figures) <= 5
    assert all(was != now for was, now in found.figures)
