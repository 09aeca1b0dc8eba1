"""Dating: intervals that hold, each with the words it rests on, and an order that follows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.cleaning import clean
from summarize.dating import Chronology, in_time_order, place
from summarize.dating.bounds import Constraint, solve
from summarize.dating.dayrules import Apart, Recurring, Within
from summarize.dating.timex import Period
from summarize.records import Article, DateEvidence, Placement
from tests.conftest import make_article

EXPECTS = """Norwegian troops close in on Ostrava
Norwegian troops stood at the edge of the city of Ostrava on Thursday after heavy fighting.
Norwegian troops are expected to capture Ostrava within the next 48 hours, the general said.
A truce in the north that began on February 27 has held.
"""
REPORTS = """Norwegian troops capture Ostrava
Norwegian troops captured the city of Ostrava today after a long battle.
The Blue Front overran Ostrava in May 2015 and burnt its library.
"""
RECALLS = """Blue Front fighters return to Ostrava
Blue Front fighters attacked the walls of Ostrava on Sunday and drove the garrison out.
Norwegian troops had captured Ostrava in March, to great fanfare.
The Blue Front overran Ostrava last year and held it for ten months.
A drive on the coast that began in late November goes on.
"""
ELSEWHERE = "The bakery sells bread.\nIts owner sings in a choir.\n"


def article(name: str, text: str) -> Article:
    return make_article(text, name)


def dated(texts: dict[str, str]) -> tuple[Chronology, dict[str, Placement]]:
    chronology = place([article(name, text) for name, text in texts.items()])
    return chronology, chronology.placements


def test_a_stated_day_is_taken_as_it_is() -> None:
    guess = "Three soldiers were accused in a lawsuit filed in January.\n"
    stated = replace(article("a", REPORTS + guess), published=date(2020, 1, 2))
    placement = place([stated]).placements["a"]
    assert placement.confidence == "stated"
    assert [e.bearing for e in placement.evidence] == ["the file states this day"]
    assert placement.earliest == placement.latest == date(2020, 1, 2)


def test_what_was_mailed_was_written_before() -> None:
    text = "In March 2015 the bridge was closed. It has been repaired since."
    (placement,) = place(
        [replace(article("a", text), received=date(2019, 6, 3))]
    ).placements.values()
    assert placement.earliest == date(2015, 3, 1)
    assert placement.latest == date(2019, 6, 3)
    assert "by 3 June 2019, when it was mailed" in [e.bearing for e in placement.evidence]


def test_without_any_hint_nothing_is_claimed() -> None:
    placement = place([article("a", ELSEWHERE)]).placements["a"]
    assert (placement.earliest, placement.latest) == (None, None)
    assert placement.confidence == "unknown"
    assert placement.evidence == ()


def test_a_sentence_without_an_end_is_dated_as_others_are() -> None:
    # Minutes, where each date looks back to the beginning or up to the first verb.
    text = "The ferry sank on 12 May 2010 " + "and again on 11 May 2010 " * 2000
    assert place([article("a", text)]).placements["a"].earliest == date(2010, 5, 12)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels captured Ostrava" + " and captured Norvik" * 1100 + ".",
        "Bran and " + "Carl and Denby and " * 550 + "Bob captured Ostrava.",
        "Rebels began" + " to begin to help" * 550 + " to capture Ostrava.",
    ],
    ids=["verbs", "names", "infinitives"],
)
def test_a_sentence_however_deep_tells_of_its_events(text: str) -> None:
    news = f"Norwegian troops captured Ostrava on 12 May 2010.\n{text}\n"
    assert place([article("a", news)]).placements["a"].earliest == date(2010, 5, 12)


def test_a_past_date_is_a_lower_bound_with_its_words() -> None:
    placement = place([article("a", REPORTS)]).placements["a"]
    assert placement.earliest == date(2015, 5, 1)
    assert placement.latest is None
    assert placement.confidence == "inferred"
    (evidence,) = placement.evidence
    assert "May 2015" in evidence.quote
    assert REPORTS[evidence.start : evidence.end] == evidence.quote
    assert evidence.bearing == "written in or after May 2015"


@pytest.mark.parametrize(
    "text",
    [
        "The bridge will open in June 2031.",
        "The hall is closed until 2031.",
        "Its 2,000-year-old ruins are famous.",
        "Call 0207 782 4368.",
    ],
)
def test_what_lies_ahead_or_is_no_date_is_no_lower_bound(text: str) -> None:
    assert place([article("a", text)]).placements["a"].earliest is None


def test_a_date_line_dates_the_article_almost_exactly() -> None:
    placement = place([article("a", "Published: 4 March 2019\n" + ELSEWHERE)]).placements["a"]
    assert (placement.earliest, placement.latest) == (date(2019, 3, 4), date(2019, 3, 5))


@pytest.mark.parametrize(
    "stamp",
    [
        "Page last updated at 08:14 GMT, Tuesday, 8 November 2011 Talks go on in Ostrava.",
        "8 November 2011 Last updated at 14:07 GMT Help Talks go on in Ostrava.",
    ],
)
def test_the_stamp_of_a_page_dates_it_to_a_day(stamp: str) -> None:
    placement = place([article("a", f"{stamp}\n{ELSEWHERE}")]).placements["a"]
    assert (placement.earliest, placement.latest) == (date(2011, 11, 7), date(2011, 11, 8))
    assert "8 November 2011" in placement.evidence[0].quote


@pytest.mark.parametrize(
    "text",
    [
        "12th August 2011 - 23:07 This comment was removed because it broke the rules.",
        "At 23:29 28th Mar 2010, Ann wrote: I heard a good joke.",
        "The singer had been due to stage a run of concerts, beginning on 13 July 2009.",
    ],
)
def test_a_comment_or_a_plan_that_failed_is_no_lower_bound(text: str) -> None:
    placement = place([article("a", f"{ELSEWHERE}{text}\n")]).placements["a"]
    assert placement.earliest is None


@pytest.mark.parametrize(
    "text",
    [
        "The maker of bolts expects more income in the year ending June 30, 2031.",
        "Work on the bridge is set to begin in June 2031.",
    ],
)
def test_what_is_still_to_come_is_an_upper_bound(text: str) -> None:
    placement = place([article("a", f"{ELSEWHERE}{text}\n")]).placements["a"]
    assert placement.earliest is None
    assert placement.latest == date(2031, 6, 30)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Sales fell in the third quarter of 2019.", date(2019, 7, 1)),
        ("The mill burned down in the summer of 2018.", date(2018, 6, 1)),
        ("The council sold the mill in fiscal 2017.", date(2017, 1, 1)),
        ("The paper was signed on 10/25/2016.", date(2016, 10, 25)),
    ],
)
def test_every_form_of_date_that_needs_no_today_is_a_lower_bound(text: str, first: date) -> None:
    placement = place([article("a", f"{ELSEWHERE}{text}\n")]).placements["a"]
    assert placement.earliest == first


def test_an_article_is_hardly_much_later_than_the_latest_post_it_shows() -> None:
    text = (
        "The bridge in Norville fell on Monday.\nI saw it fall. — Jo Doe (@jo) May 3, 2017\n"
        "It held for years. — Ann Roe (@ann) June 9, 2014\nThe mayor was elected in 2015.\n"
    )
    placement = place([article("a", text)]).placements["a"]
    assert (placement.earliest, placement.latest) == (date(2017, 5, 2), date(2017, 5, 23))
    assert any("May 3, 2017" in evidence.quote for evidence in placement.evidence)


def test_a_picture_is_taken_before_the_article_that_shows_it() -> None:
    text = (
        "The bridge in Norville fell on Monday, and four workers were hurt.\n"
        "Workers stand beside the bridge in Norville, Maine, May 3, 2017. REUTERS/Jo Doe\n"
        "The mayor said the bridge had been inspected before it was opened again.\n"
    )
    cleaned, removed = clean(article("a", text))
    placement = place([cleaned], removed).placements["a"]
    assert placement.earliest == date(2017, 5, 3)
    assert placement.evidence[0].quote.endswith("May 3, 2017. REUTERS/Jo Doe")
    assert text[placement.evidence[0].start : placement.evidence[0].end] in text.splitlines()


def test_the_latest_day_that_is_told_is_hardly_many_years_back() -> None:
    text = "The mill burned down on 4 March 2015 and was sold in 2012.\n"
    placement = place([article("a", ELSEWHERE + text)]).placements["a"]
    assert placement.earliest == date(2015, 3, 4)
    assert placement.latest is not None
    assert date(2018, 3, 4) <= placement.latest <= date(2018, 3, 10)
    assert any("latest date it tells" in e.bearing for e in placement.evidence)


def test_the_single_year_that_is_told_may_be_long_ago() -> None:
    placement = place([article("a", ELSEWHERE + "The mill opened in 1954.\n")]).placements["a"]
    assert placement.latest is None


def test_bounds_that_exclude_each_other_do_not_drive_an_article_into_the_far_future() -> None:
    never = Recurring("a", lambda year: Period(date(year, 1, 1), date(year, 2, 1)))
    nor = Recurring("a", lambda year: Period(date(year, 7, 1), date(year, 8, 1)))
    evidence = (DateEvidence("a", 0, 0, "", ""),)
    told = Constraint((Within("a", date(2015, 5, 1), None),), 3.0, evidence)
    solution = solve(
        ("a",), (told, Constraint((never,), 2.0, evidence), Constraint((nor,), 1.0, evidence))
    )
    assert solution.bounds["a"].first == date(2016, 1, 1)
    assert [c.weight for c in solution.given_up] == [1.0]


def test_news_comes_before_its_memory_and_in_the_month_recalled() -> None:
    chronology, placements = dated({"news": REPORTS, "memory": RECALLS})
    (link,) = chronology.links
    assert (link.earlier_id, link.later_id, link.kind) == ("news", "memory", "recalled")
    assert link.apart
    assert placements["news"].earliest == date(2016, 3, 1)
    assert placements["news"].latest is not None
    assert placements["news"].latest < date(2016, 4, 15)


def test_last_march_may_be_a_month_more_than_a_year_back() -> None:
    news = replace(article("news", REPORTS), published=date(2016, 3, 25))
    recalled = "Norwegian troops had captured Ostrava last March, to great fanfare.\n"
    memory = place([news, article("memory", ELSEWHERE + recalled)]).placements["memory"]
    assert (memory.earliest, memory.latest) == (date(2016, 3, 25), date(2017, 4, 25))


def test_last_year_and_a_dated_mention_elsewhere_fix_the_year() -> None:
    _, placements = dated({"news": REPORTS, "memory": RECALLS})
    memory = placements["memory"]
    assert memory.earliest == date(2016, 11, 20)
    assert memory.latest == date(2016, 12, 31)
    assert any("“last year” is May 2015" in e.bearing for e in memory.evidence)


def test_an_article_that_expects_comes_shortly_before_the_report() -> None:
    chronology, placements = dated({"a": EXPECTS, "b": REPORTS, "c": RECALLS})
    assert ("a", "b", "expected") in {(k.earlier_id, k.later_id, k.kind) for k in chronology.links}
    assert placements["a"].earliest == date(2016, 2, 27)
    assert placements["a"].latest == placements["b"].latest


def test_the_order_follows_whatever_the_paths_and_the_input_order_are() -> None:
    texts = {"c": EXPECTS, "a": REPORTS, "b": RECALLS}
    articles = [article(name, text) for name, text in texts.items()]
    for shuffled in permutations(articles):
        ordered = in_time_order(shuffled, place(shuffled))
        assert [a.id for a in ordered] == ["c", "a", "b"]


def test_the_result_does_not_depend_on_the_order_of_input() -> None:
    articles = [article("a", EXPECTS), article("b", REPORTS), article("c", RECALLS)]
    first = place(articles)
    for shuffled in permutations(articles):
        assert place(shuffled) == first


def test_a_source_that_contradicts_itself_loses_only_its_weaker_claim() -> None:
    slip = (
        RECALLS + "The recapture of Ostrava last year by Norwegian troops was seen as a triumph.\n"
    )
    news = REPORTS.replace("captured the", "recaptured the").replace("capture O", "recapture O")
    memory = slip.replace("had captured", "had recaptured")
    _, placements = dated(
        {"news": news, "memory": memory, "other": memory.replace("the coast", "it")}
    )
    assert placements["news"].earliest == date(2016, 3, 1)
    assert placements["memory"].latest == date(2016, 12, 31)


def test_who_tells_of_a_death_that_two_others_date_writes_after_it() -> None:
    filler = ELSEWHERE + "The choir meets behind the station.\n"
    dates = filler + "Ada Brandt, the singer, died in June 2009 in Lindau.\n"
    again = filler + "On 25 June 2009 Ada Brandt died near the lake.\n"
    tells = filler + "Ada Brandt died in a rented house, the court heard.\n"
    _, alone = dated({"dates": dates, "tells": tells})
    assert alone["tells"].earliest is None
    _, placements = dated({"dates": dates, "again": again, "tells": tells})
    assert placements["tells"].earliest is not None
    assert placements["tells"].earliest.year == 2009
    assert placements["tells"].latest is None


def test_the_same_deed_by_others_orders_nothing() -> None:
    others = REPORTS.replace("Norwegian", "Danish")
    chronology, _ = dated({"news": others, "memory": RECALLS})
    assert chronology.links == ()


def test_an_article_that_knows_two_takings_is_not_mistaken_for_the_first() -> None:
    again = "Blue Front retakes Ostrava\nThe Blue Front recaptured Ostrava today.\n"
    chronology, _ = dated({"again": again, "first": REPORTS})
    assert chronology.links == ()


def test_articles_that_contradict_each_other_are_ordered_and_say_so() -> None:
    """Each recalls as past what the next one reports as news, round in a circle."""
    towns = ["Ostrava", "Lindau", "Tarnow"]
    texts = {
        name: f"Norwegian troops capture {news}\n"
        f"Norwegian troops captured the city of {news} today after a long battle.\n"
        f"{ELSEWHERE}Danish troops had captured {memory} in March, to great fanfare.\n"
        for name, news, memory in zip("abc", towns, towns[1:] + towns[:1], strict=True)
    }
    texts = {name: text.replace("Danish", "Norwegian") for name, text in texts.items()}
    chronology, placements = dated(texts)
    assert len(chronology.links) == 2
    contradicted = {
        name for name, p in placements.items() if any("set aside" in e.bearing for e in p.evidence)
    }
    assert len(contradicted) == 2
    articles = [article(name, text) for name, text in texts.items()]
    ordered = [a.id for a in in_time_order(articles, chronology)]
    for made in chronology.links:
        assert ordered.index(made.earlier_id) < ordered.index(made.later_id)


def test_ties_are_broken_by_the_bounds_and_then_by_the_path_and_can_be_seen() -> None:
    articles = [article(name, ELSEWHERE) for name in "abcd"]
    days = {
        "a": (date(2016, 3, 2), date(2016, 3, 20)),
        "b": (date(2016, 3, 1), date(2016, 3, 21)),
        "c": (date(2016, 3, 1), date(2016, 3, 21)),
        "d": (date(2016, 1, 1), date(2016, 1, 9)),
    }
    chronology = Chronology({k: Placement(k, *v, "inferred", ()) for k, v in days.items()}, ())
    for shuffled in permutations(articles):
        assert [a.id for a in in_time_order(shuffled, chronology)] == ["d", "b", "c", "a"]
    assert chronology.order("b", "a") == chronology.order("b", "c") == 0
    assert (chronology.order("d", "a"), chronology.order("a", "d")) == (-1, 1)


def test_articles_without_a_place_in_time_come_last() -> None:
    known = replace(article("z", REPORTS), published=date(2016, 1, 1))
    articles = [article("a", ELSEWHERE), known]
    assert [a.id for a in in_time_order(articles, place(articles))] == ["z", "a"]


def test_an_article_that_is_only_known_to_be_younger_than_long_ago_comes_last() -> None:
    days = {"a": date(2024, 7, 1), "b": date(2024, 7, 3), "c": date(2030, 1, 1)}
    articles = [replace(article(name, ELSEWHERE), published=day) for name, day in days.items()]
    vague = article("d", "The bakery opened on May 3, 2023, and its owner sings in a choir.\n")
    chronology = place([*articles, vague])
    assert chronology.placements["d"].latest == date(2026, 5, 5)
    ordered = [a.id for a in in_time_order([vague, *articles], chronology)]
    assert ordered == ["a", "b", "d", "c"]


def test_nothing_to_place_is_no_error() -> None:
    empty = place([])
    assert empty.placements == {}
    assert in_time_order([], empty) == ()


@pytest.fixture(scope="module")
def seeds() -> dict[str, Article]:
    paths = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
    return {p.name[:3]: article(p.name[:3], p.read_text(encoding="utf-8")) for p in paths}


def test_the_seeds_stand_in_their_true_order(seeds: dict[str, Article]) -> None:
    chronology = place(list(seeds.values()))
    ordered = [a.id for a in in_time_order(list(seeds.values()), chronology)]
    assert ordered[:2] == ["003", "002"]
    intervals = {key: (p.earliest, p.latest) for key, p in chronology.placements.items()}
    assert intervals["003"][0] == date(2016, 2, 27)
    assert intervals["002"][0] == date(2016, 3, 1)
    for key in ("000", "001", "004"):
        earliest, latest = intervals[key]
        assert earliest is not None
        assert date(2016, 11, 1) <= earliest <= date(2016, 12, 11)
        assert latest == date(2016, 12, 31)


def test_every_placement_of_the_seeds_can_be_looked_up(seeds: dict[str, Article]) -> None:
    for placement in place(list(seeds.values())).placements.values():
        assert placement.evidence
        for evidence in placement.evidence:
            assert seeds[evidence.article_id].text[evidence.start : evidence.end] == evidence.quote


def _constraint(rule: Within | Apart, weight: float, name: str) -> Constraint:
    return Constraint((rule,), weight, (DateEvidence(name, 0, 0, "", name),))


def test_the_weakest_of_contradicting_claims_is_given_up() -> None:
    weak = _constraint(Within("a", None, date(2010, 1, 1)), 1, "weak")
    strong = _constraint(Within("b", date(2015, 1, 1), None), 2, "strong")
    order = _constraint(Apart("b", "a"), 3, "order")
    solution = solve(["a", "b"], [weak, strong, order])
    assert solution.given_up == (weak,)
    assert solution.bounds["a"].first == date(2015, 1, 1)
    assert set(solution.bounds["a"].rests_on()) == {strong, order}


DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))
NAMES = st.sampled_from("abcde")


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(NAMES, DAYS, min_size=5, max_size=5),
    st.lists(st.tuples(NAMES, NAMES, st.integers(0, 400)), max_size=8),
    st.sets(NAMES),
)
def test_true_claims_never_exclude_the_truth(
    truth: dict[str, date], pairs: list[tuple[str, str, int]], known: set[str]
) -> None:
    claims = [_constraint(Within(n, truth[n], truth[n]), 1, n) for n in sorted(known)]
    for one, other, slack in pairs:
        if truth[one] <= truth[other]:
            most = (truth[other] - truth[one]).days + slack
            claims.append(_constraint(Apart(one, other, 0, most), 1, one + other))
    solution = solve("abcde", claims)
    assert solution.given_up == ()
    for name, bounds in solution.bounds.items():
        assert bounds.first <= truth[name] <= bounds.last


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(max_size=120), max_size=4, unique=True))
def test_any_texts_can_be_placed_and_ordered(texts: Sequence[str]) -> None:
    articles = [article(str(i), text) for i, text in enumerate(texts)]
    chronology = place(articles)
    assert set(chronology.placements) == {a.id for a in articles}
    assert sorted(a.id for a in in_time_order(articles, chronology)) == sorted(
        a.id for a in articles
    )


@pytest.mark.parametrize(
    ("line", "earliest"),
    [
        ("NORVILLE, Jan. 3, 2020 (Reuters) - ", date(2020, 1, 3)),
        ("NORVILLE, Jan. 3, 2020 (Reuters) -\n\n", date(2020, 1, 3)),
        # Without its year, the first such day that the text allows.
        ("NORVILLE, Jan. 3 (Reuters) - ", date(2020, 1, 3)),
    ],
)
def test_the_day_of_a_dateline_that_is_cut_counts(line: str, earliest: date) -> None:
    text = (
        f"{line}The Harbour Bridge fell on Friday, killing four workers.\n\n"
        "It had been built anew in June 2019 after a storm.\n"
    )
    cleaned, _ = clean(make_article(text))
    assert "Reuters" not in cleaned.body
    placed = place([cleaned]).placements[cleaned.id]
    assert placed.earliest == earliest
    assert any("dateline" in evidence.bearing for evidence in placed.evidence)
