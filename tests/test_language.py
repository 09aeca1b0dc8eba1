import pytest

from summarize import language
from summarize.language import parse, parse_all, with_entities


@pytest.fixture(autouse=True)
def _few_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_parsed", {})
    monkeypatch.setattr(language, "_CACHE_SIZE", 3)


def test_more_texts_than_are_kept_come_back_in_their_order() -> None:
    texts = [f"The council met {number} times." for number in range(7)]
    assert [doc.text for doc in parse_all([*texts, texts[0]])] == [*texts, texts[0]]


def test_what_was_parsed_last_is_kept() -> None:
    docs = parse_all(["The bridge fell.", "The mayor spoke.", "The river rose.", "It rained."])
    assert parse("It rained.") is docs[-1]
    assert parse("The bridge fell.") is not docs[0]


def test_names_are_found_in_what_was_parsed_before() -> None:
    doc = parse("Ada Wills met the council in London.")
    (found,) = with_entities([doc])
    assert {entity.text for entity in found.ents} >= {"Ada Wills", "London"}
