import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.claims import extract
from summarize.sentences import split_sentences
from tests.conftest import make_article


def found(text: str, kind: str) -> list[tuple[str, str]]:
    return [(claim.value, claim.unit) for claim in extract(text) if claim.kind == kind]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("They killed 300 militants.", "300", "militant"),
        ("They sold 1.2 million cars.", "1200000", "car"),
        ("Hundreds of innocent families fled.", "100..1000", "family"),
        ("They ran more than 40 combat sorties.", "40", "sortie"),
        ("A dozen tower tombs were lost.", "12", "tomb"),
        ("Only 4 remain.", "4", ""),
        ("It lasted ten months.", "10", "month"),
        ("They had one goal.", "1", "goal"),
        ("The 300 or so militants fled.", "300", "militant"),
        ("They freed 300 of the militants.", "300", "militant"),
        ("Two-thirds of voters agreed.", "0.6667", "voter"),
        ("It is a three-bedroom house.", "3", "bedroom"),
        ("It was an attack killing at least 40.", "40", ""),
        ("Some 300 of those arrested were freed.", "300", ""),
    ],
)
def test_what_a_number_counts(text: str, value: str, unit: str) -> None:
    assert found(text, "number") == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "One of them fled.",
        "No one came, and one must go.",
        "It could one day be true.",
        "He waited a second.",
        "It flew from the T4 base in a Boeing 737.",
        "They left on 27 February 2016 at 5:25 p.m.",
        "They left at 3 p.m. and came at 15:00 GMT.",
        "The S&P 500, the Big 12 and Fortune 100 firms agreed.",
        "He lives at 221 Baker Street.",
    ],
)
def test_what_is_not_counted(text: str) -> None:
    assert found(text, "number") == []


def test_what_each_of_two_numbers_counts() -> None:
    text = "12 civilians and 3 soldiers were killed."
    assert found(text, "number") == [("12", "civilian"), ("3", "soldier")]


def test_dates_resolve_on_the_day_of_publication() -> None:
    text = "They left yesterday."
    assert extract(text) == ()
    assert [claim.value for claim in extract(text, date(2016, 12, 12))] == ["2016-12-11"]


def test_names_numbers_and_dates_stand_apart_and_in_order() -> None:
    text = "On 11 December 2016 the U.S. sent 12 iPhone 11 phones and US$5 to Bashar al-Assad."
    claims = extract(text)
    assert [(c.kind, c.text) for c in claims] == [
        ("date", "11 December 2016"),
        ("entity", "U.S."),
        ("number", "12"),
        ("entity", "iPhone 11"),
        ("number", "US$5"),
        ("entity", "Bashar al-Assad"),
    ]
    assert all(a.end <= b.start for a, b in pairwise(claims))


# The numbers of the seeds, read by a person; years, ordinals and "one" are left out.
SEED_NUMBERS = {
    "000": "4000 64 300 2000 10 20 17 4",
    "001": "2000 64 300 10 20 45 17 7 4",
    "002": "3 2 12 82 400 40 24 158",
    "003": "3 48 2 500 1800 1",
    "004": "2000 64 300 10 10 6",
}


@pytest.mark.parametrize("seed", SEED_NUMBERS)
def test_every_number_of_the_seeds_is_found(seed: str, seeds: Path) -> None:
    (path,) = seeds.glob(f"{seed}_*.txt")
    article = make_article(path.read_text(encoding="utf-8"))
    values = [
        claim.value
        for sentence in split_sentences(article)
        for claim in extract(sentence.text)
        if claim.kind == "number"
    ]
    wanted = SEED_NUMBERS[seed].split()
    assert set(wanted) <= set(values)
    assert all(values.count(value) >= wanted.count(value) for value in wanted)


def test_importing_claims_loads_no_model() -> None:
    code = "import sys, summarize.claims, summarize.scoring; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=80))
def test_places_are_exact_in_any_text(text: str) -> None:
    claims = extract(text)
    assert all(text[claim.start : claim.end] == claim.text for claim in claims)
    assert all(a.end <= b.start for a, b in pairwise(claims))


def test_an_endless_sentence_of_numbers_is_read() -> None:
    text = " and ".join(f"{number} dogs" for number in range(3, 1503))
    claims = extract(text)
    assert [claim.text for claim in claims] == [str(number) for number in range(3, 1503)]
    assert {claim.unit for claim in claims[:20]} == {"dog"}
