import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.claims.entities import find_entities
from summarize.claims.words import is_cased, words_of
from summarize.language import parse


def names(text: str) -> list[str]:
    return [claim.text for claim in find_entities(parse(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Activists of the Syrian Observatory for Human Rights left.",
            ["Syrian Observatory for Human Rights"],
        ),
        ("They met Osama al-Khatib in Deir al-Zor.", ["Osama al-Khatib", "Deir al-Zor"]),
        ("Troops took the Bank of England.", ["Bank of England"]),
        ("Fighters left Aleppo for Damascus.", ["Aleppo", "Damascus"]),
        ("The T4 airbase was hit.", ["T4"]),
        ("She bought an iPhone 11 in Homs.", ["iPhone 11", "Homs"]),
        ("The S&P 500 fell.", ["S&P 500"]),
        ("The COVID-19 rules ended.", ["COVID-19"]),
        ("A Britain-based group spoke.", ["Britain"]),
        ("A U.S.-backed force left.", ["U.S."]),
        ("Syria’s largest province is Homs.", ["Syria", "Homs"]),
        ("The U.S. Defense Secretary Ash Carter came.", ["U.S.", "Ash Carter"]),
        ("They saw Prime Minister Boris Johnson there.", ["Boris Johnson"]),
        ("The Russian president spoke.", ["Russian"]),
        ("In New York City it rained.", ["New York City"]),
        ("The UN and the BBC agreed.", ["UN", "BBC"]),
        ("He met J. K. Rowling there.", ["J. K. Rowling"]),
        ("Retaking Palmyra would be a victory.", ["Palmyra"]),
        ("Backing Clinton was a mistake, he said.", ["Clinton"]),
        ("Housing Authority officials left.", ["Housing Authority"]),
        ("Sterling Brown left.", ["Sterling Brown"]),
    ],
)
def test_names(text: str, wanted: list[str]) -> None:
    assert names(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Militants take over the ancient city.",
        "Backed by troops, the rebels won.",
        "Families are trapped there.",
        "He said that they were OUT of the city.",
        "New rules were announced by the government.",
        "“We vow new operations,” he said.",
        "Official says the plan is dead.",
        "I said so.",
    ],
)
def test_capitals_that_make_no_name(text: str) -> None:
    assert names(text) == []


def test_names_in_a_title() -> None:
    assert names("Syrian Army Takes Back Palmyra from the Islamic State") == [
        "Syrian Army",
        "Palmyra",
        "Islamic State",
    ]


def test_text_without_usable_case_gives_known_names_only() -> None:
    assert names("militants in syria and the united states said the polish troops left") == [
        "syria",
        "united states",
    ]
    assert names("SYRIAN TROOPS LEAVE THE OLD TOWN AFTER LONG FIGHTING") == ["SYRIAN"]
    assert not is_cased(words_of("all small letters"))
    assert not is_cased(words_of("ALL IN CAPITALS HERE"))
    assert is_cased(words_of("Some have a capital"))


def test_a_number_after_a_name_that_counts_something_is_not_the_names() -> None:
    assert names("In Syria 300 militants died.") == ["Syria"]


def test_taken_stretches_hold_no_name() -> None:
    assert [c.text for c in find_entities(parse("On Sunday Homs fell."), [(3, 9)])] == ["Homs"]


def test_one_value_for_one_name() -> None:
    def value(text: str) -> str:
        return find_entities(parse(f"They saw {text} there."))[0].value

    assert value("Bashar al-Assad") == value("Bashar Assad") == value("Bashar al Assad")
    assert value("ISIS") == value("IS") == value("Daesh") == value("Islamic State")
    assert value("U.S.") == value("US") == value("America") == value("the United States")
    assert value("Britain") == value("the UK") == value("British")
    assert value("Syrians") == value("Syria")
    assert value("Gaza") != value("Homs")


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60))
def test_any_text_is_read_with_exact_places(text: str) -> None:
    assert all(text[word.start : word.end] == word.text for word in words_of(text))
    if text.strip():
        for claim in find_entities(parse(text)):
            assert text[claim.start : claim.end] == claim.text
