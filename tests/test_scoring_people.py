"""Statements in words of their own: who did it, who said it, and whether it was only planned."""

import re

import pytest

from benchmarks.studies.retellings import FILES, HELD_OUT, RIGHT, WRONG, flags
from summarize.scoring import SourceIndex
from summarize.sentences import split_sentences
from tests.conftest import SEEDS, make_article

HARBOUR = """Ferry operator Westline will close its terminal in Port Elmo, it said on Monday.
Managing director Judith Harker said the terminal had lost 4 million euros a year since 2031.
"We looked for a buyer for two years and found none," she told reporters.
The mayor of Port Elmo, Samuel Ortiz, accused the company of ignoring an offer from the town.
Union leader Carla Mendes, who met the staff on Tuesday, promised a strike ballot before Easter.
"They heard it on the radio," she said.
Dockers fear for 260 jobs. Three of the nine ferry routes will be moved to Ost.
Westline is in talks to sell the terminal building to a hotel group.
A replacement service will start in July if the state pays half of the cost.
The engineer Paul Reston designed the terminal in 1974, and his brother Mark Reston built the pier.
Shares in Westline rose 6 percent, their largest daily gain since 2030.
Passenger numbers could fall below one million next year, according to the port authority."""


@pytest.fixture(scope="module")
def index() -> SourceIndex:
    return SourceIndex(split_sentences(make_article(HARBOUR)))


def against(index: SourceIndex, text: str) -> dict[str, str]:
    """The words of `text` that are contradicted, each with the reason."""
    return {e.claim.text: e.working for e in index.judge(text) if e.verdict == "contradicted"}


@pytest.mark.parametrize(
    ("text", "word", "named"),
    [
        ('"They heard it on the radio," said mayor Samuel Ortiz.', "said", "Carla Mendes"),
        ('"We looked for a buyer for two years," said Carla Mendes.', "said", "Judith Harker"),
        ("Samuel Ortiz said the terminal had lost 4 million euros a year.", "said", "Harker"),
        (
            "Carla Mendes accused the company of ignoring an offer from the town.",
            "accused",
            "Ortiz",
        ),
        ("Samuel Ortiz promised a strike ballot before Easter.", "promised", "Carla Mendes"),
        ("Mark Reston designed the terminal in 1974.", "designed", "Paul Reston"),
        ("Mayor Carla Mendes met the staff on Tuesday.", "Mayor", "Samuel Ortiz"),
    ],
)
def test_what_is_told_of_another_person_contradicts(
    index: SourceIndex, text: str, word: str, named: str
) -> None:
    assert named in against(index, text)[word]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Westline sold the terminal building to a hotel group.", "sold"),
        ("Westline ignored an offer from the town.", "ignored"),
        ("Passenger numbers will fall below one million next year.", "fall"),
        ("All ferry routes will be moved to Ost.", "routes"),
        ("Shares in Westline rose 6 percent, their largest daily gain ever.", "largest"),
    ],
)
def test_more_than_the_source_says_contradicts(index: SourceIndex, text: str, word: str) -> None:
    assert word in against(index, text)


@pytest.mark.parametrize(
    "text",
    [
        # The same one, by a shorter name, a pronoun's name or an office.
        "Harker said the terminal had lost 4 million euros a year since 2031.",
        '"They heard it on the radio," said Carla Mendes.',
        '"We looked for a buyer for two years and found none," Judith Harker said.',
        "Union leader Mendes promised a strike ballot before Easter.",
        "Paul Reston designed the terminal, and Mark Reston built the pier.",
        "Mayor Samuel Ortiz accused Westline of ignoring an offer.",
        # A party has a leader of its own.
        "Party leader Samuel Ortiz accused Westline of ignoring an offer.",
        # A company for its boss is how people write.
        "Westline said it had lost 4 million euros a year at the terminal.",
        # Told with its reserve.
        "Westline may sell the terminal building to a hotel group.",
        "According to the mayor, Westline ignored an offer from the town.",
        "A replacement service will start in July if the state pays half.",
        "Some ferry routes will be moved to Ost.",
        "Shares in Westline rose 6 percent, the largest daily gain since 2030.",
    ],
)
def test_true_retellings_are_not_contradicted(index: SourceIndex, text: str) -> None:
    assert not against(index, text)


def test_a_title_is_no_other_name() -> None:
    source = (
        "Counsellor Lister repeated her plea of innocence as she left Ost.",
        "The minister met Ann Lister in May.",
    )
    index = SourceIndex(split_sentences(make_article("\n".join(source))))
    assert not against(index, "Ann Lister repeated her plea of innocence in Ost.")


def test_who_said_it_as_well_is_no_contradiction() -> None:
    both = f"{HARBOUR}\nSamuel Ortiz said the terminal had lost 4 million euros a year, too."
    text = "Samuel Ortiz said the terminal had lost 4 million euros a year."
    for source, contradicted in ((HARBOUR, True), (both, False)):
        index = SourceIndex(split_sentences(make_article(source)))
        assert bool(against(index, text)) is contradicted


def test_any_of_the_persons_before_a_pronoun_may_be_meant() -> None:
    lines = (
        "Ann Lister met Bo Carver in Ost.",
        "“Nobody asked us before the vote,” she said.",
        "Dan Pike left.",
    )
    index = SourceIndex(split_sentences(make_article("\n".join(lines))))
    said = "“Nobody asked us before the vote,” {} said."
    assert not against(index, said.format("Ann Lister"))
    assert not against(index, said.format("Bo Carver"))
    assert against(index, said.format("Dan Pike"))


def test_it_is_no_person() -> None:
    lines = (
        "The singer Ann Lister opened a mill in Ost and designed a shirt with a logo.",
        "It proved a commercial and style success, as young sailors took it for an icon.",
        "The actor Bo Carver has a fashion brand of his own.",
    )
    index = SourceIndex(split_sentences(make_article("\n".join(lines))))
    assert not against(index, "Bo Carver proved a style icon and has a fashion brand.")


def test_the_readme_says_how_many_errors_of_models_are_caught() -> None:
    found = flags()
    counts = [
        sum(flagged)
        for row in (WRONG, RIGHT)
        for flagged in ([f for name in FILES for f in found[row, name]], found[row, HELD_OUT])
    ]
    wrong, wrong_held_out, right, right_held_out = counts
    readme = re.sub(r"\s+", " ", (SEEDS.parent / "README.md").read_text(encoding="utf-8"))
    assert f"it flags {wrong}, of 120 right ones {right};" in readme
    assert f"{wrong_held_out} of 40 and {right_held_out} of 40 (`…studies.retellings`)" in readme
