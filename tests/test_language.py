from typing import TYPE_CHECKING

import pytest

from summarize import language
from summarize.language import parse, parse_all, with_entities

if TYPE_CHECKING:
    from spacy.tokens import Doc


@pytest.fixture(autouse=True)
def _few_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_parsed", {})
    monkeypatch.setattr(language, "_packed", {})
    monkeypatch.setattr(language, "_MOST_READY", 3)
    monkeypatch.setattr(language, "_MOST_KEPT", 5)


def test_more_texts_than_are_kept_come_back_in_their_order() -> None:
    texts = [f"The council met {number} times." for number in range(12)]
    assert [doc.text for doc in parse_all([*texts, texts[0]])] == [*texts, texts[0]]


def test_what_was_parsed_last_is_kept() -> None:
    docs = parse_all(["The bridge fell.", "The mayor spoke.", "The river rose.", "It rained."])
    assert parse("It rained.") is docs[-1]
    assert parse("The bridge fell.") is not docs[0]


def test_names_are_found_in_what_was_parsed_before() -> None:
    doc = parse("Ada Wills met the council in London.")
    (found,) = with_entities([doc])
    assert {entity.text for entity in found.ents} >= {"Ada Wills", "London"}


def test_what_was_packed_comes_back_as_it_was_parsed() -> None:
    text = "Ada Wills, who  didn't resign, has led the council's 3 boards since May."
    (doc,) = with_entities([parse(text)])
    parse_all(["The bridge fell.", "The mayor spoke.", "The river rose.", "It rained."])
    again = parse(text)
    assert again is not doc
    assert again.text == text
    assert _grammar(again) == _grammar(doc)
    assert [(e.text, e.label_) for e in again.ents] == [(e.text, e.label_) for e in doc.ents]


def test_entities_are_found_in_what_was_packed_without() -> None:
    parse_all(["Ada Wills met the council in London.", *(f"It rained {n} days." for n in range(4))])
    (found,) = with_entities([parse("Ada Wills met the council in London.")])
    assert {entity.text for entity in found.ents} >= {"Ada Wills", "London"}


def _grammar(doc: "Doc") -> list[tuple[object, ...]]:
    return [
        (t.text, t.head.i, t.dep_, t.tag_, t.pos_, t.lemma_, str(t.morph), t.right_edge.i)
        for t in doc
    ]
