"""Summaries in small letters, cut into tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize import score
from summarize.scoring.tokenised import Casing, summary_spans

SOURCES = (
    "Harbour bridge falls in Norville",
    "BRIDGE FALLS",
    "The mayor of Norville, Ida Holm, told the BBC on Monday that four people had died.",
    "May Holm, a nurse, may run for office; the mayor may not.",
    "Ferries of the Green Line sailed past the green hills of New Skerra.",
)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (
            "the mayor of norville , ida holm , told the bbc that four people died .",
            "The mayor of Norville , Ida Holm , told the BBC that four people died .",
        ),
        ("her sister may holm may run .", "Her sister May Holm may run ."),
        ("the green line sailed past green hills", "The Green Line sailed past green hills"),
        ("ferries sailed to new skerra", "Ferries sailed to New Skerra"),
        ("UNK told the bbc on monday", "UNK told the BBC on Monday"),
    ],
)
def test_capitals_are_those_of_the_sources(given: str, wanted: str) -> None:
    assert Casing(SOURCES).restored(given) == wanted


def test_a_sentence_with_capitals_stays_as_it_is() -> None:
    text = "Holm may be related to may and the bbc."
    assert Casing(SOURCES).restored(text) == text


def test_a_mark_between_blanks_ends_a_sentence() -> None:
    text = "the bridge fell . four died ! holm 's sister , u.s. citizen may holm , did n't ."
    assert [text[span.start : span.end] for span in summary_spans(text)] == [
        "the bridge fell .",
        "four died !",
        "holm 's sister , u.s. citizen may holm , did n't .",
    ]


def test_names_in_small_letters_are_judged() -> None:
    summary = "ida holm is mayor of norville . nine people died , the bbc said ."
    report = score(summary, ["\n".join(SOURCES)])
    found = {e.claim.text: e.verdict for e in report.evidence}
    assert found["ida holm"] == found["norville"] == found["bbc"] == "supported"
    assert found["nine"] in ("contradicted", "absent")
    assert len(report.sentences) == 2
    for sentence in report.sentences:
        for evidence in sentence.evidence:
            claim = evidence.claim
            assert sentence.text[claim.start : claim.end] == claim.text


@given(st.text(), st.lists(st.text(), max_size=3))
def test_every_character_keeps_its_place(text: str, sources: list[str]) -> None:
    restored = Casing([*sources, text.upper(), text.title()]).restored(text)
    assert len(restored) == len(text)
    assert restored.casefold() == text.casefold()
    spans = list(summary_spans(text))
    assert all(text[span.start : span.end].strip() for span in spans)
    assert [*spans] == sorted(spans)
