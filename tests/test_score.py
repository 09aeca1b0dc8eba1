"""`summarize.score`: what a program gets that checks a summary somebody else wrote."""

import doctest
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import summarize
from summarize import score
from summarize.records import Article, Sentence
from summarize.scoring.importance import key_claims, openings
from summarize.scoring.scores import wilson
from tests.conftest import SEEDS, make_article

BRIDGE = """The Harbor Bridge in Norville collapsed on Monday, killing four workers.
Mayor Ada Wills said the 60-year-old bridge had been inspected in May 2021.
Photo: Rolf Berger
By Jane Doe"""
RIVER = """A bridge fell into the Elm River in Norville on Monday, killing four workers.
Governor Bo Lee promised $2 million."""


def test_the_example_of_the_docstring_runs() -> None:
    assert doctest.testmod(summarize).attempted > 0
    assert doctest.testmod(summarize).failed == 0


def test_importing_loads_no_heavy_library() -> None:
    code = (
        "import sys\nfrom summarize import score\nassert 'Judge' in score.__doc__\n"
        "heavy = {'torch', 'transformers', 'spacy', 'numpy', 'sklearn', 'typer', 'syntok'}\n"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "score" in summarize.__all__


def test_precision_is_told_by_kind() -> None:
    report = score(
        "On Monday 4 workers and 9 boats fell in Norville. On Friday Bo Lee left.", [BRIDGE]
    )
    assert report.accuracy("entity") == pytest.approx(1 / 2)
    assert report.accuracy("number") == pytest.approx(1 / 2)
    assert report.accuracy("date") == pytest.approx(1 / 2)
    assert report.accuracy() == pytest.approx(3 / 6)
    assert [s.held for s in report.sentences] == [pytest.approx(3 / 4), 0.0]


def test_a_copied_sentence_is_closer_than_an_invented_one() -> None:
    copied = "A barge struck its middle pier on Monday."
    report = score(f"{copied} Volcanoes near Rome erupt twice a year.", [copied + " It sank."])
    close, far = (sentence.closeness for sentence in report.sentences)
    assert close > 0.9
    assert 0 <= far < 0.5


def test_a_contradicted_statement_stands_at_its_verb_and_counts_once() -> None:
    source = "The council of Norville approved the plan for the bridge, Ida Holm said."
    report = score("The council of Norville did not approve the plan for the bridge.", [source])
    [verb] = [e for e in report.evidence if e.claim.kind == "statement"]
    assert (verb.claim.text, verb.verdict, bool(verb.working)) == ("approve", "contradicted", True)
    assert report.contradicted_statements == 1
    assert report.accuracy() == pytest.approx((len(report.evidence) - 1) / len(report.evidence))
    starts = [e.claim.start for e in report.sentences[0].evidence]
    assert starts == sorted(starts)


def test_offsets_stand_in_the_texts_as_given() -> None:
    summary = "  Four workers died.\r\n\r\nAda Wills spoke in \x1bMay 2021. "
    source = "\r\n" + BRIDGE.replace("\n", "\r\n")
    report = score(summary, [source])
    found = [(e.claim.text, e.quote) for e in report.evidence]
    assert found == [("Four", "four"), ("Ada Wills", "Ada Wills"), ("May 2021", "May 2021")]
    for sentence in report.sentences:
        assert report.summary[sentence.start : sentence.end] == sentence.text
        for e in sentence.evidence:
            assert summary[sentence.start + e.claim.start :].startswith(e.claim.text)
            assert source[e.start : e.end] == e.quote


def test_captions_by_lines_and_what_the_file_states_are_sources() -> None:
    article = make_article(BRIDGE, title="Disaster at Elm Falls")
    article = Article(
        article.id, article.path, BRIDGE, article.title, "Norville Herald", date(2021, 6, 7)
    )
    summary = "Rolf Berger, Jane Doe, Elm Falls, the Norville Herald, 7 June 2021."
    report = score(summary, [article])
    assert report.accuracy() == 1.0
    assert len(report.evidence) == 5


def test_a_summary_is_true_to_itself() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.iterdir())]
    for text in texts[2:4]:
        report = score(text, [text])
        assert (report.accuracy(), report.recall, report.overall) == (1.0, 1.0, 1.0)


def test_what_the_openings_say_is_important_and_weighs_by_sources() -> None:
    report = score("Four workers died in Norville on Monday.", [BRIDGE, RIVER])
    keys = {key.claim.text.lower(): (key.weight, key.stated_in) for key in report.key_claims}
    assert keys == {
        "norville": (2, (0,)),
        "monday": (2, (0,)),
        "four": (2, (0,)),
        "harbor bridge": (1, ()),
        "elm river": (1, ()),
    }
    assert report.recall == pytest.approx(6 / 8)
    assert report.overall == pytest.approx(2 * 1 * 0.75 / 1.75)


def test_saying_less_lowers_the_overall_figure() -> None:
    full = score("Four workers died in Norville on Monday. The Harbor Bridge fell.", [BRIDGE])
    part = score("Four workers died.", [BRIDGE])
    wrong = score("Five workers died in Norville on Friday. The Harbor Bridge fell.", [BRIDGE])
    assert full.overall == 1.0
    assert part.accuracy() == 1.0
    for worse in (part, wrong):
        assert worse.overall is not None
        assert 0 < worse.overall < 1


def test_a_claim_that_does_not_hold_states_nothing() -> None:
    index = [Sentence("a", 0, 0, 0, "Lisbon sent 12 boats.")]
    judged = [score("Lisbon sent 12 boats.", []).evidence]
    assert all(key.stated_in == () for key in key_claims(index, judged))


def test_a_copied_opening_is_one_source() -> None:
    copy = BRIDGE + "\nMore by the agency."
    report = score("Norville", [BRIDGE, copy, BRIDGE])
    assert {key.weight for key in report.key_claims} == {1}
    assert len(report.sources) == 2


def test_a_surname_belongs_to_one_of_its_bearers_and_a_country_to_no_navy() -> None:
    sources = [
        "Ann Lee met the Syrian Navy chiefs in Port Elmo.",
        "Bo Lee went to Syria then, he said.",
    ]
    keys = [key.claim.text for key in score("Lee", sources).key_claims]
    assert sorted(keys) == ["Ann Lee", "Bo Lee", "Port Elmo", "Syria", "Syrian Navy"]


def test_the_order_of_the_sources_changes_no_figure() -> None:
    summary = "Four workers died on Monday. Bo Lee promised $2 million."
    one, other = score(summary, [BRIDGE, RIVER]), score(summary, [RIVER, BRIDGE])
    assert (one.recall, one.overall, one.accuracy()) == (
        other.recall,
        other.overall,
        other.accuracy(),
    )
    assert one.key_claims == other.key_claims


def test_datelines_and_labels_are_no_openings() -> None:
    text = "NEWS\nNORVILLE (AP) -- The Harbor Bridge collapsed on Monday night. Four died.\n"
    article = make_article(text)
    assert openings([article], [[Sentence(article.id, 0, 0, 4, "NEWS")]]) == []
    report = score("The Harbor Bridge", [text])
    assert {key.claim.text for key in report.key_claims} <= {"Harbor Bridge", "Monday", "NORVILLE"}
    assert "Harbor Bridge" in {key.claim.text for key in report.key_claims}


def test_the_interval_holds_the_figure_and_repeats() -> None:
    summary = "Four workers died on Monday. Bo Lee promised $3 million. Norville mourned."
    report = score(summary, [BRIDGE, RIVER])
    assert report.interval is not None
    assert report.overall is not None
    low, high = report.interval
    assert 0 <= low < report.overall < high <= 1
    assert report == score(summary, [BRIDGE, RIVER])
    assert score("Four workers died.", [BRIDGE]).interval is None


def test_the_signature_names_versions_rules_and_seed() -> None:
    signature = score("", []).signature
    for part in ("summarize:0", "claims:", "parser:en_core_web_sm", "resamples:1000", "seed:"):
        assert part in signature


@pytest.mark.parametrize(
    ("summary", "sources", "accuracy", "recall", "overall"),
    [
        ("", [BRIDGE], None, 0.0, 0.0),
        ("", [], None, None, 0.0),
        (" \n\t", [""], None, None, 0.0),
        ("It rained.", [BRIDGE], None, 0.0, 0.0),
        ("It rained.", ["It snowed all day long."], None, None, None),
        ("Bo Lee left.", [], 0.0, None, 0.0),
        ("Bo Lee left.", [""], 0.0, None, 0.0),
    ],
)
def test_nothing_to_say_or_to_check(
    summary: str,
    sources: list[str],
    accuracy: float | None,
    recall: float | None,
    overall: float | None,
) -> None:
    report = score(summary, sources)
    assert (report.accuracy(), report.recall, report.overall) == (accuracy, recall, overall)


@pytest.mark.parametrize(
    "summary",
    [
        "12 13.5 8,900 10% $5 1/2 3:45 ٣٤ ४५ ½ ⅔ ② Ⅳ ３００ 5٫5",
        "انهار جسر في نورفيل يوم الاثنين وقتل 4 عمال. \u202eשלום 12 אנשים",
        "x" * 9000,
        "Four men and " * 400,
        "\x00\x1b[31m\ud800\x9b31m Four",
        "Four\n" * 60,
    ],
)
def test_odd_texts_are_true_to_themselves(summary: str) -> None:
    report = score(summary, [summary])
    assert report.accuracy() in (1.0, None)
    assert score(summary, [BRIDGE]).sources[0].text == BRIDGE


def test_many_sources_and_a_summary_longer_than_its_source() -> None:
    sources = [BRIDGE.replace("four", str(n)).replace("Ada", f"Ada{n}") for n in range(200)]
    report = score("The Harbor Bridge collapsed, killing 150 workers. " * 20, sources)
    assert report.accuracy() == 1.0
    assert len(report.sources) == 200
    assert len(report.sentences) == 20


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=3))
def test_any_texts_give_figures_in_range(summary: str, sources: list[str]) -> None:
    report = score(summary, sources)
    for figure in (report.accuracy(), report.recall, report.overall):
        assert figure is None or 0 <= figure <= 1
    texts = {article.id: article.text for article in report.sources}
    for e in report.evidence:
        assert texts.get(e.article_id, "")[e.start : e.end] == e.quote


@pytest.mark.parametrize(
    ("held", "total", "low", "high"),
    [(60, 60, 0.94, 1.0), (0, 10, 0.0, 0.28), (50, 100, 0.40, 0.60), (1, 1, 0.21, 1.0)],
)
def test_a_share_has_an_interval_also_where_all_hold(
    held: int, total: int, low: float, high: float
) -> None:
    assert wilson(held, total) == pytest.approx((low, high), abs=0.005)
