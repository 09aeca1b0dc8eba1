"""Dates that count from the day an article was published."""

from datetime import date

import pytest

from summarize.records import Evidence, Sentence
from summarize.scoring import SourceIndex

TUESDAY = date(2016, 12, 13)
SOURCE = "The council of Port Elmo closed its harbour to all ferries on Sunday."


def judged(source: str, text: str, published: date | None) -> Evidence:
    index = SourceIndex(
        [Sentence("a", 0, 0, len(source), source)], None, {"a": published} if published else None
    )
    (found,) = [e for e in index.judge(text) if e.claim.kind == "date"]
    return found


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        (SOURCE, "11 December 2016"),
        (SOURCE, "11 December"),
        (SOURCE, "December 2016"),
        (SOURCE.replace("on Sunday", "two days ago"), "11 December 2016"),
        (SOURCE.replace("on Sunday", "yesterday"), "12 December 2016"),
        (SOURCE.replace("on Sunday", "yesterday"), "Monday"),
        (SOURCE.replace("on Sunday", "on 11 December"), "Sunday"),
        (SOURCE.replace("on Sunday", "last year"), "2015"),
    ],
)
@pytest.mark.parametrize("text", ["It happened on {}.", SOURCE.replace("Sunday", "{}")])
def test_a_date_that_the_articles_day_gives_is_derived(source: str, claim: str, text: str) -> None:
    found = judged(source, text.format(claim), TUESDAY)
    assert found.verdict == "derived"
    assert found.quote in source
    assert judged(source, text.format(claim), None).verdict in ("absent", "contradicted")


def test_the_working_names_the_articles_day() -> None:
    assert judged(SOURCE, "Ferries stopped on 11 December 2016.", TUESDAY).working == (
        "“Sunday” in an article of Tuesday 13 December 2016 is Sunday 11 December 2016."
    )


def test_a_date_that_another_source_states_is_not_contradicted_by_the_weekday_it_fell_on() -> None:
    stated = "Its harbour was closed on 11 December 2016."
    sentences = [Sentence("a", 0, 0, len(SOURCE), SOURCE), Sentence("b", 0, 0, len(stated), stated)]
    text = SOURCE.replace("Sunday", "11 December 2016")
    found = SourceIndex(sentences, None, {"a": TUESDAY}).judge(text)
    assert {e.verdict for e in found} == {"supported"}
    assert "contradicted" in {e.verdict for e in SourceIndex(sentences).judge(text)}


def test_the_same_weekday_is_supported() -> None:
    assert judged(SOURCE, "It happened on Sunday.", TUESDAY).verdict == "supported"


@pytest.mark.parametrize(
    "claim",
    ["12 December 2016", "11 December 2015", "4 December 2016", "Monday", "November 2016", "2015"],
)
def test_another_date_does_not_hold(claim: str) -> None:
    assert judged(SOURCE, f"It happened on {claim}.", TUESDAY).verdict == "absent"
    near = SOURCE.replace("Sunday", claim)
    assert judged(SOURCE, near, TUESDAY).verdict == "contradicted"


def test_a_weekday_of_another_week_is_not_meant() -> None:
    source = SOURCE.replace("on Sunday", "on 27 November")
    assert judged(source, "It happened on Sunday.", TUESDAY).verdict == "absent"


def verdicts(text: str, *sources: str) -> dict[str, str]:
    index = SourceIndex([Sentence("a", n, 0, len(s), s) for n, s in enumerate(sources)])
    return {e.claim.text: e.verdict for e in index.judge(text) if e.claim.kind == "entity"}


SHIPS = "The Norland Shipping Union (NSU) met in Port Elmo."
CARTER = "U.S. Defense Secretary Ash Carter met the Bank of England governor in Elmo."


@pytest.mark.parametrize(
    ("source", "text", "name"),
    [
        (SHIPS, "They met the NSU.", "NSU"),
        (SHIPS, "They met the Norland Shipping Union.", "Norland Shipping Union"),
        ("The Norland Shipping Union met.", "They met the NSU.", "NSU"),
        ("The NSU (Norland Shipping Union) met.", "They met the Norland Shipping Union.",
         "Norland Shipping Union"),
        (CARTER, "They met Carter.", "Carter"),
        (CARTER, "They met Mr. Carter.", "Carter"),
        (CARTER, "They met Ash Carter’s wife.", "Ash Carter"),
        (CARTER, "They met the Bank of England governor.", "Bank of England"),
        ("Carter's wife came.", "They met Carter.", "Carter"),
        ("They met James.", "James’s wife came in.", "James"),
        ("They left Syria.", "The Syrian army left.", "Syrian"),
        ("The Dutch army left.", "They left the Netherlands.", "Netherlands"),
        ("They left the Netherlands.", "The Dutch army left.", "Dutch"),
        ("Fighters of al-Qaeda left.", "They met al-Qaida men.", "al-Qaida"),
        ("Colonel Muammar Gaddafi left.", "They met Moammar Qadhafi.", "Moammar Qadhafi"),
        ("The Houthis left.", "They met Huthi men.", "Huthi"),
    ],
)  # fmt: skip
def test_other_forms_of_a_name_are_supported(source: str, text: str, name: str) -> None:
    assert verdicts(text, source)[name] == "supported"


@pytest.mark.parametrize(
    ("source", "text", "name"),
    [
        (SHIPS, "They met the NSA.", "NSA"),
        (SHIPS, "They met the Norland Fishing Union.", "Norland Fishing Union"),
        (CARTER, "They met Bill Carter.", "Bill Carter"),
        (CARTER, "They met the Bank of Scotland governor.", "Bank of Scotland"),
        ("Mr. Carter came.", "They met Ash Carter.", "Ash Carter"),
        ("The Danish army left.", "They left the Netherlands.", "Netherlands"),
        ("Fighters of al-Qaeda left.", "They met al-Nusra men.", "Nusra"),
        ("Colonel Muammar Gaddafi left.", "They met Hamid Qadhafi.", "Hamid Qadhafi"),
    ],
)
def test_other_names_are_not(source: str, text: str, name: str) -> None:
    assert verdicts(text, source)[name] != "supported"


def test_a_headline_is_cut_at_words_that_the_sources_write_small() -> None:
    source = "On Sunday IS recaptured Palmyra, where Bo Reed unveils his statue."
    assert verdicts("IS Recaptures Palmyra", source) == {"IS": "supported", "Palmyra": "supported"}
    assert verdicts("Bo Reed Unveils Statue", source) == {"Bo Reed": "supported"}
    assert verdicts("Bo Lee Unveils Statue", source) == {"Bo Lee": "absent"}


def test_names_of_the_sources_are_found_where_capitals_tell_nothing() -> None:
    source = "Troops left Palmyra, said Ann Lee of the market, who will mark it."
    small = verdicts("troops left palmyra , ann lee said at the mark .", source)
    assert small == {"palmyra": "supported", "ann lee": "supported"}
    capital = verdicts("TROOPS LEAVE PALMYRA, SAYS ANN LEE", source)
    assert capital == {"PALMYRA": "supported", "ANN LEE": "supported"}
    assert verdicts("the reed will grow at the market .", "Bo Reed saw a reed.") == {}
    assert verdicts("TROOPS MET THE NSU", source) == {}


@pytest.mark.parametrize("text", ["Families left.", "Negotiators met.", "Bystanders filmed it."])
def test_a_capital_at_the_start_makes_no_name(text: str) -> None:
    assert verdicts(text, "They went away.") == {}
