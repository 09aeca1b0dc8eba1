from dataclasses import replace
from datetime import date

import pytest

from summarize.coherence import dated_wordings, put_right
from summarize.records import Article, Origin, SummarySentence
from summarize.scoring import SourceIndex
from summarize.sentences import split_sentences
from tests.conftest import make_article

TEXT = """\
The Harbour Bridge in Norville collapsed on Sunday during a storm, killing four workers.
Mayor Ada Wills said the bridge had been closed to lorries in May.
Wills told reporters on Monday that an inquiry would begin next week.
“We saw cracks on Friday,” said Jon Reed, an engineer.
Reed resigned yesterday after the council asked for his report.
The council will meet on Thursday.
A Tuesday meeting was called off, and the next one may be on Friday.
"""
PUBLISHED = date(2016, 12, 13)  # a Tuesday


def told(text: str, *indices: int, room: int | None = None, published: date | None) -> list[str]:
    """What becomes of these sentences of an article when they are the summary."""
    article = replace(make_article(text), published=published)
    return [sentence.text for sentence in put(article, *indices, room=room)]


def dated(text: str) -> Article:
    return replace(make_article(text), published=PUBLISHED)


def put(
    article: Article, *indices: int, room: int | None = None, origin: Origin = "quoted"
) -> tuple[SummarySentence, ...]:
    sentences = split_sentences(article)
    days = {article.id: article.published} if article.published else {}
    index = SourceIndex(sentences, {}, days)
    chosen = [SummarySentence(sentences[i].text, (sentences[i],), origin, ()) for i in indices]
    days_told = [next(dated_wordings(one, article.published, index.judge)) for one in chosen]
    return put_right(days_told, (article,), index.judge, room)


def test_a_weekday_becomes_its_date() -> None:
    (text,) = told(TEXT, 0, published=PUBLISHED)
    assert text == (
        "The Harbour Bridge in Norville collapsed on 11 December 2016 during a storm, killing four "
        "workers."
    )


def test_a_changed_sentence_is_repaired_and_its_date_derived() -> None:
    (sentence,) = put(dated(TEXT), 0)
    assert sentence.origin == "repaired"
    verdicts = {evidence.claim.text: evidence.verdict for evidence in sentence.verdicts}
    assert verdicts["11 December 2016"] == "derived"


def test_a_written_sentence_stays_written() -> None:
    (sentence,) = put(dated(TEXT), 0, origin="written")
    assert sentence.origin == "written"
    assert "11 December 2016" in sentence.text


def test_the_year_is_said_once() -> None:
    first, second = told(
        "The bridge fell on Sunday.\nDivers searched the river on Sunday.\n",
        0,
        1,
        published=PUBLISHED,
    )
    assert first == "The bridge fell on 11 December 2016."
    assert second == "Divers searched the river on 11 December."


def test_the_year_of_a_later_day_goes_too_unless_another_year_was_told() -> None:
    text = (
        "The bridge fell on Sunday.\nThe council met on Monday.\nIt had opened in 1968.\n"
        "Divers searched the river on Monday.\n"
    )
    assert told(text, 0, 1, 3, published=PUBLISHED) == [
        "The bridge fell on 11 December 2016.",
        "The council met on 12 December.",
        "Divers searched the river on 12 December.",
    ]
    assert told(text, 0, 2, 3, published=PUBLISHED)[-1] == (
        "Divers searched the river on 12 December 2016."
    )


def test_a_day_is_offered_as_a_date_without_its_year_and_as_it_stands() -> None:
    article = dated(TEXT)
    sentences = split_sentences(article)
    index = SourceIndex(sentences, {}, {article.id: PUBLISHED})
    quoted = SummarySentence(sentences[0].text, sentences[:1], "quoted", ())
    longest, shorter, as_it_is = dated_wordings(quoted, PUBLISHED, index.judge)
    assert "on 11 December 2016 during" in longest.text
    assert "on 11 December during" in shorter.text
    assert as_it_is == quoted


def test_a_surname_that_comes_first_gets_its_full_name() -> None:
    (text,) = told(TEXT, 2, published=PUBLISHED)
    assert text == (
        "Ada Wills told reporters on 12 December 2016 that an inquiry would begin next week."
    )


@pytest.mark.parametrize("full", ["Ada Jane Wills", "Adaline (Ada) Jane Wills"])
def test_headlines_that_hang_behind_a_name_are_taken_out(full: str) -> None:
    text = (
        f"Mayor Ada Wills {full}Harbour Bridge closed for a year Norville counts its bridges"
        " MORE (I) asked the council on Sunday for a new bridge."
    )
    (told_,) = told(text, 0, published=PUBLISHED)
    assert told_ == "Mayor Ada Wills (I) asked the council on 11 December 2016 for a new bridge."


@pytest.mark.parametrize("more", ["", "Harbour Bridge 'lost,' says port Norville counts bridges "])
def test_what_a_page_hung_behind_a_name_goes_with_its_quotations(more: str) -> None:
    text = f"Mayor Ada Wills Ada Jane Wills{more}MORE asked the council for a new bridge in May."
    (told_,) = told(text, 0, published=PUBLISHED)
    assert told_ == "Mayor Ada Wills asked the council for a new bridge in May."


def test_a_name_that_was_told_stays_short() -> None:
    _, second = told(TEXT, 1, 2, published=PUBLISHED)
    assert second.startswith("Wills told reporters")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The inquiry was announced on Monday night.",
            "The inquiry was announced on the night of 12 December 2016.",
        ),
        ("The ferry sank late Monday.", "The ferry sank late on 12 December 2016."),
        ("Last night the ferry sank.", "On the night of 12 December 2016 the ferry sank."),
        (
            "Last Wednesday no one came to the harbour.",
            "On 7 December 2016 no one came to the harbour.",
        ),
        (
            "Mayor Ada Wills on Monday said the ferry had been safe.",
            "Mayor Ada Wills on 12 December 2016 said the ferry had been safe.",
        ),
        (
            "Wills denied it in an interview on Monday.",
            "Wills denied it in an interview on 12 December 2016.",
        ),
        (
            "The port reported a return to normal work on Monday after the storm.",
            "The port reported a return to normal work on 12 December 2016 after the storm.",
        ),
        ("Wills denied it late on Monday.", "Wills denied it late on 12 December 2016."),
        (
            "Sunday's storm in Norville killed four people.",
            "The storm of 11 December 2016 in Norville killed four people.",
        ),
        (
            "Divers searched the river after yesterday’s rescue attempt.",
            "Divers searched the river after the rescue attempt of 12 December 2016.",
        ),
        (
            "The '90s ferry of the workers' union sank on Monday.",
            "The '90s ferry of the workers' union sank on 12 December 2016.",
        ),
        ("Last Tuesday the ferry sank.", "On 6 December 2016 the ferry sank."),
        (
            "In Monday's interview, Ada Wills did not deny it.",
            "In the interview of 12 December 2016, Ada Wills did not deny it.",
        ),
        ("Last year the ferry sank.", "In 2015 the ferry sank."),
        (
            "Ada Wills, who resigned last month, denied it.",
            "Ada Wills, who resigned in November 2016, denied it.",
        ),
        (
            "The play Freaky Friday opened in Norville on Monday.",
            "The play Freaky Friday opened in Norville on 12 December 2016.",
        ),
    ],
)
def test_a_day_on_which_something_happened_becomes_its_date(text: str, expected: str) -> None:
    assert told(text, 0, published=PUBLISHED) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry is to be raised on Tuesday.",
        "The council is set to meet Monday.",
        "Wills was preparing for Tuesday's vote in Norville.",
        "Norville is quiet before Tuesday’s vote.",
        "Wills announced a vote on Monday of all members.",
        "“The ferry sank on Monday,” Wills said.",
        "‘We don’t know who was here on Monday,’ Wills said.",
        "'The ferry sank on Monday,' Wills said.",
        "«The ferry sank on Monday,» Wills said.",
        "„The ferry sank on Monday,“ Wills said.",
        "Sunday’s storm will cost Norville millions.",
        "The bridge fell nine years ago today.",
        "Wills denied the newspaper's Monday report on the bridge.",
        "Wills resigned last Monday after a scandal.",
        "Wills resigned on Monday last week after a scandal.",
        "Wills resigned two weeks ago on Monday.",
        "The council closed the bridge Sunday through Monday.",
        "Wills told Today that the plan was dead.",
        "Ruby Monday closed 40 restaurants.",
        "Wills knew last year's report on the bridge.",
        "The port will earn more than last year.",
    ],
)
def test_a_day_that_may_not_be_over_or_none_stays_as_it_is(text: str) -> None:
    assert told(text, 0, published=PUBLISHED) == [text]


@pytest.mark.parametrize("index", [3, 5, 6])
def test_speech_plans_and_meetings_stay_as_they_are(index: int) -> None:
    article = dated(TEXT)
    (sentence,) = put(article, index)
    assert sentence.text == split_sentences(article)[index].text
    assert sentence.origin == "quoted"


def test_without_a_day_of_publication_no_date_is_made_up() -> None:
    (text,) = told(TEXT, 0, published=None)
    assert "on Sunday" in text


def test_without_a_day_of_publication_today_is_left_out() -> None:
    text = (
        "The bridge fell today in a storm.\n“It fell today,” he said.\nToday's talks failed.\n"
        "The port lost its ferries despite a warning last week.\n"
        "But last week, the council paid for repairs.\n"
    )
    assert told(text, 0, 1, 2, 3, 4, published=None) == [
        "The bridge fell in a storm.",
        "“It fell today,” he said.",
        "Today's talks failed.",
        "The port lost its ferries despite a warning.",
        "But last week, the council paid for repairs.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It was only yesterday that the mayor resigned.",
        "The mayor died late yesterday at his home.",
        "The mayor appeared on Today on Thursday.",
    ],
)
def test_what_leans_on_an_unknown_day_keeps_it(text: str) -> None:
    assert told(text, 0, published=None) == [text]


def test_a_town_that_was_not_named_before_gets_its_name() -> None:
    text = (
        "Rebels stormed the town of Marbury.\nTaking the town gave them the only bridge.\n"
        "The town’s mayor fled.\n“Leave the town,” they said.\n"
    )
    assert told(text, 1, 2, 3, published=PUBLISHED) == [
        "Taking Marbury gave them the only bridge.",
        "The town’s mayor fled.",
        "“Leave the town,” they said.",
    ]
    both = "Rebels stormed the town of Marbury.\nTaking the town gave them the only bridge.\n"
    assert told(both, 0, 1, published=PUBLISHED)[1] == "Taking the town gave them the only bridge."


@pytest.mark.parametrize(
    "text",
    [
        "Rebels lost the town of 300 people.",
        "Wills left the town where she was born.",
        "Wills spoke in the town hall on taxes.",
    ],
)
def test_a_town_that_is_described_gets_no_name(text: str) -> None:
    both = f"Rebels stormed the town of Marbury.\n{text}\n"
    assert told(both, 1, published=PUBLISHED) == [text]


def test_with_two_towns_none_is_named() -> None:
    text = (
        "Rebels stormed the town of Marbury.\nThey came from the city of Easton.\n"
        "Taking the town gave them the only bridge.\n"
    )
    assert told(text, 2, published=PUBLISHED) == ["Taking the town gave them the only bridge."]


def test_a_weekday_that_may_be_the_coming_one_stays() -> None:
    (text,) = told("Crowds gathered on Wednesday for the march.\n", 0, published=PUBLISHED)
    assert "on Wednesday" in text


def test_the_budget_is_kept() -> None:
    kept, right = (told(TEXT, 2, published=PUBLISHED, room=room)[0] for room in (0, 1))
    assert kept.startswith("Wills told reporters")
    assert right.startswith("Ada Wills told reporters")


SAFE = "The port sued the town.\nMr. Reed said the bridge was safe.\n"


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Jon Reed, an engineer, saw cracks in the bridge in May.", "Jon Reed"),
        ("Ada Reed, an engineer, saw cracks.\nMs. Reed was asked to leave the port.", "Mr. Reed"),
    ],
)
def test_a_first_name_takes_the_place_of_mister(before: str, speaker: str) -> None:
    text = f"{before}\n{SAFE}"
    last = text.strip().count("\n")
    assert told(text, last, published=None) == [f"{speaker} said the bridge was safe."]
    if speaker == "Jon Reed":
        assert told(text, 0, last, published=None)[1] == "Mr. Reed said the bridge was safe."


def test_two_people_of_one_surname_are_not_mixed_up() -> None:
    text = "Ada Wills ran the port.\nJohn Wills ran the bank.\nWills resigned after the storm.\n"
    assert told(text, 2, published=PUBLISHED) == ["Wills resigned after the storm."]


def test_a_namesake_who_was_told_of_is_another_person() -> None:
    jon = make_article("Jon Wills ran the port until May.\n", "a" * 16)
    ada = make_article("Ada Wills was there.\nWills told reporters of the storm.\n", "b" * 16)
    sources = [*split_sentences(jon), *split_sentences(ada)]
    judge = SourceIndex(sources, {}, {}).judge
    chosen = [SummarySentence(s.text, (s,), "quoted", ()) for s in (sources[0], sources[2])]
    assert [sentence.text for sentence in put_right(chosen, (jon, ada), judge, None)] == [
        "Jon Wills ran the port until May.",
        "Ada Wills told reporters of the storm.",
    ]
