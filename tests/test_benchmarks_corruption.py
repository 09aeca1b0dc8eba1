import os
import re
import subprocess
import sys
from collections import Counter
from difflib import SequenceMatcher
from fractions import Fraction
from functools import lru_cache
from itertools import islice

import pytest

from benchmarks.corruption import KINDS, corrupt
from benchmarks.records import Example
from summarize.claims import extract
from summarize.claims.matching import amounts
from summarize.records import Claim, ClaimKind

FLOOD = """\
Maria Kovacs opened the new dam in Hungary on Tuesday after two years of work.
The dam cost $1.2 billion and holds 350 million gallons of water.
About 48 soldiers and 12 farmers helped to build it in March 2014.
Kovacs praised Peter Novak for the design of the gates.
Farmers in Romania did not welcome the dam near the border.
About 60 trucks brought stone from a quarry 25 miles away.
Critics said water levels in Austria fell by 15 percent in 2013.
Twelve engineers from the Danube Commission checked the walls on Friday.
Officials in Hungary will publish the full report of the Danube Commission on Friday.
Peter Novak defended Maria Kovacs in a speech on Tuesday.
"""
ELECTION = """\
Voters in Kenya chose a new president on Sunday in a peaceful vote.
Grace Wanjiru won 54 percent of the ballots, the Electoral Commission said.
The count took three days and 9,000 observers watched it.
Daniel Otieno accused Grace Wanjiru of fraud in a speech on Monday.
Otieno has never won a vote in Tanzania or in Kenya.
Supporters of Wanjiru danced in Nairobi until the early hours of Thursday.
Election officials from Uganda arrived in Nairobi in August 2010.
"""
EXAMPLES = [Example("flood", (FLOOD,)), Example("election", (ELECTION,))]

# Each denies the one before it, and the other way round.
OPPOSITES = [
    ("Anna Lind told the truth on Friday.", "Anna Lind did not tell the truth on Friday."),
    ("The council closed 12 schools in May.", "The council did not close 12 schools in May."),
    ("Norway has sent 40 doctors to the camp.", "Norway has not sent 40 doctors to the camp."),
    ("The ferry to Malta will sail on Sunday.", "The ferry to Malta will not sail on Sunday."),
    ("Peter Novak is the owner of two farms.", "Peter Novak is not the owner of two farms."),
    ("The villagers were moved to Graz.", "The villagers were not moved to Graz."),
    ("Residents can return to Split on Friday.", "Residents cannot return to Split on Friday."),
    ("Grace Wanjiru knows the judge in Lyon.", "Grace Wanjiru does not know the judge in Lyon."),
    ("The nurses know 30 of the patients.", "The nurses do not know 30 of the patients."),
    ("The court freed three sailors in May.", "The court did not free three sailors in May."),
    ("Police stopped 20 trucks near Lyon.", "Police did not stop 20 trucks near Lyon."),
    ("The clinic in Perth tries 15 new drugs.", "The clinic in Perth does not try 15 new drugs."),
    ("Daniel Otieno left the party in 2012.", "Daniel Otieno did not leave the party in 2012."),
    ("The storm could reach Cuba on Thursday.", "The storm could not reach Cuba on Thursday."),
    ("The museum has 90 works from Spain.", "The museum does not have 90 works from Spain."),
]  # fmt: skip


def made(*examples: Example, seed: int = 1, per_article: int = 100) -> list[Example]:
    return list(corrupt(examples or EXAMPLES, seed=seed, per_article=per_article))


@lru_cache
def pairs(kind: str) -> list[tuple[str, str]]:
    """True sentences with a corruption of `kind`, over several seeds."""
    found = []
    for seed in range(8):
        rows = made(seed=seed)
        true = {row.id: row.summary for row in rows if row.right}
        found += [
            (true[row.id.rpartition("/")[0]], row.summary)
            for row in rows
            if row.error_types == (kind,)
        ]
    assert found
    return found


def change(true: str, wrong: str) -> tuple[str, str]:
    """The one stretch of words in which two sentences differ."""
    old, new = (re.findall(r"[\w.,]*\w|\W", text) for text in (true, wrong))
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    edits = [code for code in codes if code[0] != "equal"]
    first, last = edits[0], edits[-1]
    return "".join(old[first[1] : last[2]]), "".join(new[first[3] : last[4]])


def article_of(sentence: str) -> str:
    return FLOOD if sentence in FLOOD else ELECTION


def claims(text: str, kind: ClaimKind) -> list[Claim]:
    return [c for line in text.splitlines() for c in extract(line) if c.kind == kind]


def named(text: str) -> set[str]:
    return {claim.text for claim in claims(text, "entity")}


def counts(text: str) -> set[tuple[str, str]]:
    return {(claim.value, claim.unit) for claim in claims(text, "number")}


def values(text: str) -> list[Fraction]:
    return [value for claim in claims(text, "number") for value in amounts(claim.value)]


def corruption(sentence: str, kind: str, seed: int = 1) -> str:
    """The corruption of a sentence that is an article by itself; empty where there is none."""
    rows = made(Example("one", (sentence,)), seed=seed)
    return next((row.summary for row in rows if row.error_types == (kind,)), "")


def test_right_examples_are_verbatim_sentences_that_make_a_claim() -> None:
    right = [row for row in made() if row.right]
    assert len(right) > 10
    for row in right:
        assert row.summary in row.documents[0].splitlines()
        assert extract(row.summary)
        assert row.error_types == ()


def test_every_kind_of_error_is_made_at_most_once_of_a_sentence() -> None:
    wrong = [row for row in made() if not row.right]
    assert {row.error_types for row in wrong} == {(kind,) for kind in KINDS}
    counts = Counter((row.id.rpartition("/")[0], row.error_types) for row in wrong)
    assert set(counts.values()) == {1}


def test_wrong_examples_keep_the_article_and_are_no_sentence_of_it() -> None:
    example = Example("a", (FLOOD,), ("Dam opens",), ("2014-03-05",), ("Post",), ("A summary.",))
    rows = made(example)
    assert {(row.documents, row.titles, row.dates, row.sources) for row in rows} == {
        (example.documents, example.titles, example.dates, example.sources)
    }
    assert all(row.references == () for row in rows)
    assert not {row.summary for row in rows if not row.right} & set(FLOOD.splitlines())


def test_ids_are_unique_and_name_article_sentence_and_kind() -> None:
    rows = made()
    assert len({row.id for row in rows}) == len(rows)
    assert all(re.fullmatch(r"(?:flood|election)/[0-9]+", row.id) for row in rows if row.right)
    assert all(
        row.id.endswith("/" + row.error_types[0].replace(" ", "-")) for row in rows if not row.right
    )


def test_no_more_sentences_are_drawn_than_asked_for() -> None:
    rows = made(per_article=2)
    drawn = Counter(row.id.partition("/")[0] for row in rows if row.right)
    assert drawn == {"flood": 2, "election": 2}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    code = "import tests.test_benchmarks_corruption as t; print(t.made(seed=5, per_article=3))"
    printed = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONHASHSEED": "1"},
        capture_output=True,
        check=True,
    ).stdout
    assert printed == f"{made(seed=5, per_article=3)}\n".encode()
    assert made(seed=5, per_article=3) != made(seed=6, per_article=3)


def test_articles_are_read_as_they_are_needed() -> None:
    endless = (Example(str(number), (FLOOD,)) for number in iter(int, 1))
    assert len(list(islice(corrupt(endless, seed=1), 20))) == 20


def test_a_changed_number_keeps_its_form_and_is_no_number_of_the_article() -> None:
    for true, wrong in pairs("number"):
        old, new = change(true, wrong)
        assert old[0].isdigit() == new[0].isdigit()
        assert old[0].isupper() == new[0].isupper()
        before, after = values(true), values(wrong)
        changed = [(b, a) for b, a in zip(before, after, strict=True) if b != a]
        assert len(changed) == 1
        assert Fraction(1, 5) <= changed[0][1] / changed[0][0] <= Fraction(9, 5)
        assert abs(changed[0][1] / changed[0][0] - 1) >= Fraction(1, 5)
        assert changed[0][1] not in values(article_of(true))
        assert ("$" in true) == bool(re.search(r"\$[0-9]\.[0-9] billion", wrong))


@pytest.mark.parametrize(
    ("sentence", "least", "most"),
    [
        ("About 93 percent of the voters in Kenya stayed away.", 18, 75),
        ("The storm in Cuba killed more than 50 people.", 60, 90),
        ("The storm in Cuba killed fewer than 50 people.", 10, 40),
    ],
)
def test_shares_stay_possible_and_bounds_are_not_kept(sentence: str, least: int, most: int) -> None:
    for seed in range(20):
        assert least <= values(corruption(sentence, "number", seed))[0] <= most


@pytest.mark.parametrize(
    "sentence",
    [
        "The shop in Nairobi is open 24 hours a day.",
        "Maria Kovacs is in her early 20s and lives in Graz.",
        "Only two-thirds of the voters in Kenya came.",
        "Callers in Nairobi dialed 911 and waited.",
    ],
)
def test_fixed_numbers_are_left_alone(sentence: str) -> None:
    assert corruption(sentence, "number") == ""


def test_a_changed_unit_leaves_the_value_and_counts_what_the_article_does_not() -> None:
    for true, wrong in pairs("unit"):
        assert re.fullmatch("[a-z ]+", "".join(change(true, wrong)))
        (new,) = counts(wrong) - counts(true)
        (old,) = counts(true) - counts(wrong)
        assert new[0] == old[0]
        assert new not in counts(article_of(true))
    assert ("soldiers", "farmers") in {change(*pair) for pair in pairs("unit")}


def test_an_invented_name_is_of_the_other_article_and_the_same_class() -> None:
    people = {"Maria Kovacs", "Peter Novak", "Grace Wanjiru", "Daniel Otieno"}
    countries = {"Hungary", "Romania", "Austria", "Kenya", "Tanzania", "Uganda"}
    for true, wrong in pairs("invented entity"):
        (new,) = named(wrong) - named(true)
        (old,) = named(true) - named(wrong)
        assert wrong == true.replace(old, new)
        assert new not in article_of(true)
        assert any({old, new} <= kind for kind in (people, countries)) or "Commission" in old
    assert ("invented entity",) not in {row.error_types for row in made(EXAMPLES[0])}


def test_a_swapped_name_is_another_of_the_same_article() -> None:
    for true, wrong in pairs("swapped entity"):
        (new,) = named(wrong) - named(true)
        (old,) = named(true) - named(wrong)
        assert wrong == true.replace(old, new)
        assert new in article_of(true)
        assert not set(old.split()) & set(new.split())


def test_a_role_changes_where_both_are_named_and_it_matters() -> None:
    sued = "The Labour Party was sued by Maria Kovacs in May 2012."
    assert corruption(sued, "role") == "Maria Kovacs was sued by the Labour Party in May 2012."
    beat = "Peter Novak defended Maria Kovacs in a speech."
    assert corruption(beat, "role") == "Maria Kovacs defended Peter Novak in a speech."
    assert corruption("Peter Novak met Maria Kovacs in Graz on Monday.", "role") == ""
    assert corruption("Peter Novak bought three paintings in Graz.", "role") == ""


def test_a_changed_date_is_one_the_article_does_not_name() -> None:
    for true, wrong in pairs("date"):
        old, new = change(true, wrong)
        assert any(old in claim.text for claim in claims(true, "date"))
        assert any(new in claim.text for claim in claims(wrong, "date"))
        assert old.isdigit() == new.isdigit()
        assert new not in article_of(true)


def test_names_of_days_and_people_called_like_months_are_no_dates() -> None:
    text = "April Jones spoke of her daughter May at a Sunday school in Graz."
    assert corruption(text, "date") == ""


@pytest.mark.parametrize(("plain", "denied"), OPPOSITES)
def test_a_denial_and_its_opposite_make_each_other(plain: str, denied: str) -> None:
    assert corruption(plain, "negation") == denied
    assert corruption(denied, "negation") == plain


@pytest.mark.parametrize(
    ("denied", "plain"),
    [
        ("Peter Novak has never visited Graz.", "Peter Novak has visited Graz."),
        ("Peter Novak didn't visit Graz on Friday.", "Peter Novak visited Graz on Friday."),
        ("The ferry won't sail to Malta on Friday.", "The ferry will sail to Malta on Friday."),
        ("The bridge in Graz isn't open.", "The bridge in Graz is open."),
    ],
)
def test_short_forms_and_never_are_taken_out(denied: str, plain: str) -> None:
    assert corruption(denied, "negation") == plain


@pytest.mark.parametrize(
    "sentence",
    [
        "Peter Novak did not say anything about Graz.",
        "Some villagers near Graz left on Monday.",
        "Peter Novak went to Graz on Monday and bought two cows.",
        "Did Peter Novak visit the fair in Graz?",
        "Peter Novak also visited the fair in Graz.",
    ],
)
def test_no_negation_where_it_would_read_wrong(sentence: str) -> None:
    assert corruption(sentence, "negation") == ""
