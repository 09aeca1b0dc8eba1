"""Text that was decoded twice is put right; text in other languages is kept out."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.errors import NothingToReadError
from summarize.pipeline import digest
from summarize.reading import read_paths
from summarize.reading.text.english import foreign_language, only_english
from summarize.reading.text.mojibake import repair
from summarize.settings import Settings
from tests.conftest import make_article

FOREIGN: dict[str, list[str]] = json.loads(
    (Path(__file__).parent / "data" / "reading" / "languages.json").read_text("utf-8")
)
NEWS = (
    "The Harbor Bridge in Norville collapsed on Monday, killing four workers.\n"
    "Mayor Ada Wills said the bridge had been inspected in May, and that it was safe then.\n"
)

# Doubly encoded text


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Itâ€™s the mayorâ€™s bridge", "It’s the mayor’s bridge"),
        ("â€œNoâ€\x9d, she said â€“ twice", "“No”, she said – twice"),
        ("A cafÃ© in MÃ¼nchen sold it for â‚¬5", "A café in München sold it for €5"),
        ("cafÃƒÂ©", "café"),
        ("It�s what they don�t say", "It’s what they don’t say"),
    ],
)
def test_doubly_encoded_text_is_put_right(wrong: str, right: str) -> None:
    assert repair(wrong) == right
    assert repair(f"Clean line.\n{wrong}\nOther line.") == f"Clean line.\n{right}\nOther line."


@pytest.mark.parametrize(
    "text",
    [
        "It’s “clean” – the café’s owner… paid €5, ½ of 10 °C.",
        "SÃO PAULO and JOÃO; Â is a letter of Romanian, â of French: pâte, âge.",
        "Ä Ö Ü ä ö ü ß, ﬁ ligatures, ＦＵＬＬ width, &amp; entities, ‘single’ quotes…",
        "A caf� in M�nchen, �no�, �tis",
        "Ελλάδα, Москва, 東京, مرحبا, 👍🏽",
    ],
)
def test_clean_text_stays_as_it_is(text: str) -> None:
    assert repair(text) == text


@given(st.text())
def test_repair_keeps_lines_and_any_ascii_text(text: str) -> None:
    assert repair(text).count("\n") == text.count("\n")
    plain = text.encode("ascii", "ignore").decode()
    assert repair(plain) == plain


def test_offsets_count_in_the_repaired_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayorâ€™s bridge collapsed on Monday.\nNobody was hurt.")
    [article], _ = read_paths([tmp_path])
    assert [article.text[span.start : span.end] for span in article.paragraphs] == [
        "The mayor’s bridge collapsed on Monday.",
        "Nobody was hurt.",
    ]


# Languages


@pytest.mark.parametrize("name", sorted(FOREIGN))
def test_other_languages_are_recognised(name: str) -> None:
    assert [foreign_language(text) for text in FOREIGN[name]] == [name] * len(FOREIGN[name])


@pytest.mark.parametrize(
    "text",
    [
        NEWS,
        "",
        "Der Stadtrat hat die Brücke gesperrt.",  # too short to tell
        (
            "Results: Bayern München 2, Real Madrid 1; Paris Saint-Germain 0, Ajax 0; Brøndby 3, "
            "Malmö 3; Göteborg 1, København 4; São Paulo 2, Atlético de Madrid 2; Beşiktaş 0."
        ),
        (
            "Shr 15 cts vs nine cts. Net 2,131,000 vs 1,203,000. Revs 41.2 mln vs 38.9 mln. Nine "
            "mths shr 41 cts vs 30 cts. Net 6,021,000 vs 4,310,000. Revs 120.1 mln vs 111.4 mln."
        ),
        f"{NEWS}„Die Brücke war sicher und ist es noch“, sagte sie auf Deutsch. {NEWS}",
        f"{NEWS} Москва объявила в понедельник, что мост закрыт. {NEWS}",
        "\n".join("Aleksandr Karapetyan, Jürgen Müller, José de la Cruz" for _ in range(20)),
    ],
)
def test_english_and_short_texts_are_kept(text: str) -> None:
    assert foreign_language(text) is None


def test_articles_in_other_languages_are_named_with_the_way_to_keep_them() -> None:
    english = make_article(NEWS, "a" * 16)
    german = make_article(FOREIGN["German"][0], "b" * 16)
    kept, failures = only_english([english, german])
    assert kept == (english,)
    assert [(failure.path, failure.reason) for failure in failures] == [
        (german.path, "it seems to be in German; --any-language keeps it")
    ]


def test_a_digest_leaves_other_languages_out_unless_asked(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text(NEWS)
    (tmp_path / "fr.txt").write_text(FOREIGN["French"][0])
    plain = digest([tmp_path], Settings(model="quote"))
    assert [article.path for story in plain.stories for article in story.articles] == ["en.txt"]
    assert [failure.path for failure in plain.failures] == [str(tmp_path / "fr.txt")]
    assert "any_language" not in plain.settings
    every = digest([tmp_path], Settings(model="quote", any_language=True))
    paths = {article.path for story in every.stories for article in story.articles}
    assert paths == {"en.txt", "fr.txt"}
    assert every.failures == ()
    assert every.settings["any_language"] is True


def test_nothing_but_other_languages_is_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "fr.txt").write_text(FOREIGN["French"][0])
    with pytest.raises(NothingToReadError, match="seems to be in French"):
        digest([tmp_path], Settings(model="quote"))
