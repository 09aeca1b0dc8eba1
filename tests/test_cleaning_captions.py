"""Captions, pull quotes, links and writers: what goes beside the text, and what must not."""

import pytest

from summarize.cleaning import clean
from summarize.reading.build import Draft, to_article
from summarize.records import Article

STORY = (
    "The harbour bridge reopened on Thursday, five weeks after a storm damaged it.",
    "Engineers replaced 14 steel beams and 220 metres of road, the council said.",
    "“Today people get their mornings back,” said the mayor, who cut a ribbon at dawn.",
    "The southern approach will be inspected in June.",
    "It carries about 9,000 cars a day and is the only road to the island.",
    "Repairs cost the county twice what the council had planned to spend.",
)


def article(*lines: str) -> Article:
    return to_article(Draft("\n".join(lines), "Bridge"), "one.json")


def reasons(*lines: str) -> dict[str, str]:
    return {removed.text: removed.reason for removed in clean(article(*lines))[1]}


def kept(*lines: str) -> list[str]:
    return clean(article(*lines))[0].body.split("\n")


@pytest.mark.parametrize(
    "line",
    [
        "The mayor cuts a ribbon on the bridge in Port Ellery, May 3, 2018. REUTERS/Jane Doe",
        "The mayor cuts a ribbon on the harbour bridge, Thursday, May 3, 2018. (AP Photo/Jane Doe)",
        "FILE - In this May 3, 2018 photo, the mayor cuts a ribbon at dawn. (Jane Doe/Pool via AP)",
        "Jane Doe/Reuters The mayor cuts a ribbon on the harbour bridge at dawn.",
        "Image copyright Jane Doe Image caption The mayor says that the bridge is safe",
        "A crack in the old pier. Jane Doe/The Example Courier",
        "The mayor (left) and the engineer Ann Poe (right) on the bridge.",
        "A crack in the old pier. (Photo: Jane Doe, Example Courier)",
        "The mayor cut a ribbon at dawn. (Port Ellery Harbour Office)",
    ],
)
def test_a_caption_with_a_credit_goes(line: str) -> None:
    assert reasons(*STORY[:3], line, *STORY[3:]) == {line: "caption"}


@pytest.mark.parametrize(
    "line",
    [
        "The photo shows a crack in the old pier, the engineers told the council.",
        "In this town, the bridge was news for five weeks.",
        "The candidate (D) beat her rival (R) by 330 votes, the county said.",
        "The report by Reuters was wrong, the council said.",
        "The mayor praised a man from the north, Mr. Bloomberg.",
        "In this picture of the town, the council said, something was missing.",
        "Many drivers (and some cyclists) waited (for an hour) at the old pier.",
    ],
)
def test_a_sentence_about_pictures_and_agencies_stays(line: str) -> None:
    assert line in kept(*STORY[:3], line, *STORY[3:])


def test_the_line_above_a_photographers_credit_is_a_caption() -> None:
    caption = "The mayor of Port Ellery looks down from the harbour bridge."
    credit = "Jane Doe | Getty Images"
    assert reasons(caption, credit, *STORY) == {caption: "caption", credit: "credit"}
    assert caption in kept(caption, *STORY)


def test_captions_without_a_full_stop_go_where_two_are_sure() -> None:
    points = "Cars wait on the northern bank on Thursday morning (pictured)"
    labelled = "Good as new: The bridge opened to cars again after five weeks of work"
    repeats = "Engineers replaced 14 steel beams and 220 metres of road on the harbour bridge"
    other = "Several of the children wave their flags from the deck of a fishing boat in 2018"
    lines = [*STORY[:2], points, STORY[2], other, *STORY[3:]]
    assert reasons(*lines) == {points: "caption"}
    for second in (labelled, repeats):
        found = reasons(*lines[:5], second, *lines[5:])
        assert found == {points: "caption", other: "caption", second: "caption"}


def test_one_sentence_that_lost_its_full_stop_stays() -> None:
    line = "The county council wants to build a second bridge at the northern end of the harbour"
    assert line in kept(*STORY[:3], line, *STORY[3:])


@pytest.mark.parametrize(
    "line",
    [
        "Cast: Jane Doe, John Roe, Ann Poe, Max Moe and Lou Coe",
        "He added: 'The bridge is open and it will stay open for all of us'",
        "MAYOR: The bridge is open and it will stay open for all of us",
        "'I never thought that they would open the bridge again so soon",
        "Great day for the whole town and its bridge! — Jane Doe (@janedoe) May 3, 2018",
    ],
)
def test_casts_quotes_and_posts_are_no_captions(line: str) -> None:
    sure = (
        "Cars wait on the northern bank on Thursday morning (pictured)",
        "Good as new: The bridge opened to cars again after five weeks of work",
    )
    lines = [*STORY[:2], sure[0], STORY[2], sure[1], STORY[3], line, *STORY[4:]]
    assert reasons(*lines).get(line) != "caption"


def test_a_pull_quote_goes_and_the_sentence_it_is_from_stays() -> None:
    quote = "Today people get their mornings back"
    full = STORY[2]
    assert reasons(*STORY[:1], quote, *STORY[1:]) == {quote: "repeated passage"}
    assert full in kept(*STORY[:1], quote, *STORY[1:])


def test_of_two_copies_the_one_that_ends_as_a_sentence_stays() -> None:
    caption = STORY[1].rstrip(".")
    assert reasons(STORY[0], caption, *STORY[1:]) == {caption: "repeated paragraph"}


def test_a_sentence_within_a_caption_is_not_lost() -> None:
    sentence = "The mayor cut a ribbon at dawn on Thursday."
    caption = "The mayor cut a ribbon at dawn on Thursday while cars waited on the bank (pictured)"
    lines = kept(*STORY[:2], sentence, caption, *STORY[3:])
    assert sentence in lines
    assert caption not in lines


def test_a_speaker_before_words_said_elsewhere_is_kept() -> None:
    line = "We began with the question: “How do we pay for the bridge?”"
    lines = kept("“How do we pay for the bridge?”", *STORY, line)
    assert line in lines


def test_headlines_below_a_label_go_until_the_text_goes_on() -> None:
    links = (
        "Read more harbour news",
        "Ferry to run until September 2019 at the old price of $4",
        "Who paid for the 14 beams of the bridge?",
    )
    assert reasons(*STORY[:3], *links, *STORY[3:]) == {
        links[0]: "read more",
        links[1]: "related headline",
        links[2]: "related headline",
    }


@pytest.mark.parametrize(
    "lines",
    [
        ("Jane Doe is a senior writer at the Example Courier.",),
        ("• Jane Doe is editor emeritus of the Example Courier.",),
        ("Jane Doe covers harbours and bridges at the Example Courier.",),
        ("Jane Doe’s latest book is “The Long Pier: A History of Harbours.”",),
        ("_Jane Doe is a freelance writer for the Courier who lives by the sea._",),
        (
            "Jane Doe is a reporter at the Example Courier covering harbours.",
            "She has also written for the Port Ellery Post.",
        ),
        ("Jane Doe is the mayor of Port Ellery. The views expressed here are her own.",),
        ("Jane Doe can be reached at jane@example.org.",),
    ],
)
def test_the_writers_biography_goes_from_the_end(lines: tuple[str, ...]) -> None:
    assert kept(*STORY, *lines) == list(STORY)


@pytest.mark.parametrize(
    "line",
    [
        "Jane Doe is the mayor of Port Ellery.",
        "The council is a body of twelve people, and it meets in June.",
        "The mayor gave her full support to the views expressed in the letter.",
        "She has written to the county twice.",
        "_The Long Pier_ is the ninth film of the series and its best.",
    ],
)
def test_a_last_sentence_about_a_person_or_a_work_stays(line: str) -> None:
    assert kept(*STORY, line)[-1] == line


def test_a_link_behind_a_paragraph_is_cut_and_reported() -> None:
    link = "(RELATED: Who Paid For The Bridge?)"
    cleaned, removed = clean(article(STORY[0], f"{STORY[1]} {link}", *STORY[2:]))
    assert cleaned.body.split("\n") == list(STORY)
    assert [(item.text, item.reason) for item in removed] == [(link, "read more")]


def test_brackets_that_belong_to_the_sentence_are_not_cut() -> None:
    line = "The bridge is 220 metres long (see the council's report for the rest)"
    assert line in kept(*STORY, line, "It rained.")


def test_title_and_deck_in_one_line_are_a_repeated_title() -> None:
    title = "Harbour bridge of Port Ellery reopens after storm"
    lines = (f"The council had promised May. | AP Photo {title}", *STORY)
    draft = to_article(Draft("\n".join(lines), title), "one.json")
    assert [item.reason for item in clean(draft)[1]] == ["repeated title"]


def test_a_text_of_very_many_lines_is_cleaned_all_the_same() -> None:
    lines = [f"Line {n} says that beam {n} of the bridge was replaced." for n in range(3000)]
    cleaned, _ = clean(article(*lines, lines[7]))
    assert len(cleaned.paragraphs) == 3000


@pytest.mark.parametrize(
    "caption",
    [
        "A man crosses the harbour bridge in Port Ellery [Jane Doe/Reuters]",
        "The bridge seen from the quay. | Image credit: Harbour Board",
        "The new deck of the bridge. Photo: Jane Doe for The Port Courier",
        "The mayor of Port Ellery speaks on the harbour bridge on May 3, 2018.",
    ],
)
def test_captions_with_other_credits_and_dates_go(caption: str) -> None:
    assert reasons(caption, *STORY)[caption] == "caption"


def test_a_dated_sentence_in_the_past_tense_stays() -> None:
    line = "The mayor was holding a speech on the bridge on May 3, 2018."
    assert line in kept(line, *STORY)


@pytest.mark.parametrize(
    "line",
    [
        "Commuters wait outside the harbour station in Port Ellery on Friday.",
        "An engineer gestures to the crowd behind a fence in Port Ellery Friday morning.",
    ],
)
def test_a_caption_below_the_lead_that_names_only_the_day_goes(line: str) -> None:
    assert line not in kept(STORY[0], line, *STORY[1:])


@pytest.mark.parametrize(
    "line",
    [
        "The mayor said that commuters would wait outside the harbour station on Friday.",
        "Here is what speaks for the new bridge, which is to open on Friday.",
        "The council hopes to celebrate the new bridge in Port Ellery on Friday.",
    ],
)
def test_a_sentence_below_the_lead_that_names_a_day_stays(line: str) -> None:
    assert line in kept(STORY[0], line, *STORY[1:])
