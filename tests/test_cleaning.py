"""What cleaning promises: no sentence is lost, nothing vanishes unreported, boilerplate goes."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.cleaning import clean, clean_all
from summarize.cleaning.boilerplate import boilerplate_reason
from summarize.cleaning.bylines import author_of
from summarize.cleaning.datelines import Dateline, dateline
from summarize.cleaning.lines import Line
from summarize.reading import read_paths
from summarize.reading.build import Draft, to_article
from summarize.reading.text.plain import read_text
from summarize.records import Article, Removed

Samples = dict[str, tuple[Article, Article, tuple[Removed, ...]]]

SEEDS = Path(__file__).parents[1] / "seeds"
STORY = (
    "The harbour bridge reopened on Thursday, five weeks after a storm damaged it.",
    "Engineers replaced 14 steel beams and 220 metres of road, the council said.",
    "“Today people get their mornings back,” said the mayor, who cut a ribbon at dawn.",
    "The southern approach will be inspected in June.",
)


def plain(*lines: str) -> Article:
    return to_article(read_text("\n".join(lines)), "one.txt")


def stated(title: str, *lines: str) -> Article:
    return to_article(Draft("\n".join(lines), title), "one.json")


def kept(article: Article) -> list[str]:
    cleaned, _ = clean(article)
    return cleaned.body.split("\n") if cleaned.paragraphs else []


def reasons(article: Article) -> dict[str, str]:
    return {removed.text: removed.reason for removed in clean(article)[1]}


def check_whole(article: Article, cleaned: Article, removed: tuple[Removed, ...]) -> None:
    """Paragraphs, removals and the title's line are the text: in order, nothing twice."""
    assert cleaned.text == article.text
    assert list(cleaned.paragraphs) == sorted(cleaned.paragraphs)
    assert all(article.text[item.start : item.end] == item.text for item in removed)
    taken = Counter(
        place
        for start, end in [
            *((span.start, span.end) for span in cleaned.paragraphs),
            *((item.start, item.end) for item in removed),
        ]
        for place in range(start, end)
    )
    assert all(count == 1 for count in taken.values())
    left = "".join(
        "\n" if place in taken else char for place, char in enumerate(article.text)
    ).split("\n")
    assert [line.strip() for line in left if line.strip()] in ([], [cleaned.title])


# The sample articles


@pytest.fixture(scope="module")
def samples() -> Samples:
    articles, _ = read_paths([SEEDS])
    return {article.path[:3]: (article, *clean(article)) for article in articles}


def test_every_sample_is_accounted_for(
    samples: Samples,
) -> None:
    for article, cleaned, removed in samples.values():
        check_whole(article, cleaned, removed)


@pytest.mark.parametrize(
    ("name", "title", "source", "paragraphs"),
    [
        ("000", "ISIS recaptures Palmyra in Syria after 4,000 jihadis launch", None, 16),
        ("001", "IS Recaptures Palmyra in Syria", "AP", 13),
        ("002", "Backed by Russia, Syria forces retake Palmyra in major victory", None, 10),
        ("003", "Syrian forces battle IS on edge of ancient Palmyra", None, 13),
        ("004", "", "AP", 16),
    ],
)
def test_the_samples_come_out_clean(
    samples: Samples, name: str, title: str, source: str | None, paragraphs: int
) -> None:
    _, cleaned, _ = samples[name]
    assert (cleaned.title or "").startswith(title)
    assert cleaned.source == source
    assert len(cleaned.paragraphs) == paragraphs


def test_what_goes_from_the_samples_goes_for_its_reason(samples: Samples) -> None:
    gone = {
        name: dict(Counter(item.reason for item in removed))
        for name, (_, _, removed) in samples.items()
    }
    assert gone == {
        "000": {"subtitle": 1, "reader appeal": 1},
        "001": {"repeated title": 1, "dateline": 1},
        "002": {
            "repeated title": 1,
            "doubled caption": 1,
            "repeated paragraph": 1,
            "credit": 1,
            "section trail": 1,
        },
        "003": {"share line": 1, "advertisement": 2, "related headline": 1},
        "004": {"dateline": 1, "repeated paragraph": 16},
    }


def test_the_samples_keep_their_sentences(
    samples: Samples,
) -> None:
    bodies = {name: cleaned.body for name, (_, cleaned, _) in samples.items()}
    assert bodies["001"].endswith(
        "7 square kilometers (4 square miles) remain in opposition hands."
    )
    assert bodies["001"].startswith("Islamic State militants seized")
    assert (
        "By nightfall, intense fighting was still taking place on the outskirts." in bodies["003"]
    )
    assert "A general view shows a palace complex" in bodies["003"]
    assert bodies["002"].count("Backed by Russian forces") == 1


def test_a_body_printed_twice_is_halved_without_loss(
    samples: Samples,
) -> None:
    _, cleaned, removed = samples["004"]
    first = cleaned.body.split("\n")
    second = [item.text for item in removed if item.reason == "repeated paragraph"]
    assert first == second


# Lines


@pytest.mark.parametrize(
    "line",
    [
        "Share",
        "ADVERTISEMENT",
        "Story Continued Below",
        "Share on Facebook",
        "share tweet pin email 0 Linkedin",
        "Facebook Twitter Pinterest",
        "12 shares",
        "Read more: Bridge repairs to cost millions",
        "READ MORE:",
        "RELATED Ferry timetable changes",
        "WATCH: Who broke the bridge?",
        "Related: Ferry timetable changes",
        "[Council to vote on harbour plan]",
        "(PHOTOS: The storm in pictures)",
        "Scroll down for video",
        "Sign up for our newsletter.",
        "Get the day's news delivered to your inbox.",
        "Copyright © 2019 Example Courier. All rights reserved.",
        "With Agency Inputs",
        "(Reporting by Jane Doe; Editing by John Roe)",
        "Jane Doe and The Associated Press contributed to this report.",
        "This article is more than 3 years old",
        "Updated at 1:53 p.m.",
        "1:57 PM PST · February 11, 2026",
        "Oslo, Norway | June 23-24, 2027",
        "$35 per 3 months",
        "To read this article for free, register now.",
        "Complete digital access to our journalism on any device. Cancel anytime.",
        "Get breaking news alerts and more on your iPhone or your Android.",
        "To learn more about the harbour fund, click here.",
        "FERRY WATCH: Who sails to the islands this summer",
        "Harbour plans:Council to vote on a new sea wall",
        "Source: Example Statistics Office",
        "Photo credit: Jane Doe",
        "Buy at Examplemart ($41.05)",
        "We want to hear from you. Write to us in the comments section.",
        "Reprinted from Example Weekly with permission.",
        "With assistance by Jane Doe and John Roe",
        "_© 2026 Example Courier. All rights reserved._",
        "We pay for your stories! Email us at [email protected] or call 020 7946 0000",
        "Write to Jane Doe at jane.doe@example.org",
        "This is a developing story. Please check back for updates.",
        "Starting in 1996, Alexa Internet has been donating their crawl data to the archive.",
        "These crawls are part of an effort to archive pages as they are created, as is.",
        "Latest World News",
        "Pitch in $5 to keep the harbour desk at work.",
        "Support the Courier’s journalism",
        "Help us watch the council by making a donation today.",
        "Your tax-deductible gift will keep our reporters on the islands all winter.",
        "Become a member of The Harbour Sun today! $5/month $20/month One-time contribution",
        "Price guarantee. FREE Shipping on orders over $35.",
        "Sign up for Harbour Morning, a daily e-mail on what sails and what sinks on our coast.",
        "You can read other views on our pages and in our daily Opinion newsletter.",
        "Every day at the Courier, we aim to answer your questions. "
        + "You read what we found. " * 20,
        "___",
    ],
)
def test_boilerplate_goes(line: str) -> None:
    assert line not in kept(stated("Bridge", *STORY[:3], line, STORY[3]))


@pytest.mark.parametrize(
    "line",
    [
        "By nightfall, intense fighting was still taking place on the outskirts.",
        "By Thursday the bridge was open.",
        "Share prices fell by 3 percent after the announcement.",
        "Follow-up tests showed that the bridge was safe.",
        "Read more than 40 books a year, she told the pupils.",
        "Climate change contributed to the storm, scientists said.",
        "Related costs will be paid by the county.",
        "Subscribe to the idea or not, the council will build it.",
        "The company said it would email customers on Monday.",
        "“Email me at mayor@example.org if the road floods again,” she told residents.",
        "Advertisement spending rose 4 percent, the company said.",
        "Copyright law does not apply, the judge ruled.",
        "The story was first published by the Guardian, he said.",
        "Photos showed a crack 3 metres long.",
        "More than 300 people were evacuated.",
        "He said:",
        "“No.”",
        "Palmyra: the city that fell twice was calm.",
        "Watch officers saw the ship at 4 a.m.",
        "LIVE music returned to the town.",
        "Register now for the ferry, the council told residents, or wait until the summer is over.",
        "The operator said anyone with information could email him at jane@example.org directly.",
        "MAYOR: “I never promised a second bridge.”",
        "The pass costs $35 per month for everybody who lives on the island.",
        "Sources told the Gazette that the bridge would close again.",
        "Readers want to hear what the council plans next.",
        "VIDEO showed the car hitting the wall.",
    ],
)
def test_sentences_stay(line: str) -> None:
    assert line in kept(stated("Bridge", *STORY[:3], line, STORY[3]))


@pytest.mark.parametrize(
    ("line", "stretch", "place", "agency"),
    [
        ("BEIRUT (AP) -- Islamic State militants", "BEIRUT (AP) -- ", "BEIRUT", "AP"),
        ("HARROW BAY, Aug 21 (NTP) - A dam", "HARROW BAY, Aug 21 (NTP) - ", "HARROW BAY", "NTP"),
        (
            "KESSING VALE (Tidings Press) — A dam",
            "KESSING VALE (Tidings Press) — ",
            "KESSING VALE",
            "Tidings Press",
        ),
        ("NATO (and others) - a group", "", None, None),
        (
            "WASHINGTON (Reuters) - The president",
            "WASHINGTON (Reuters) - ",
            "WASHINGTON",
            "Reuters",
        ),
        (
            "NEW YORK, Dec 11 (Reuters) – Stocks",
            "NEW YORK, Dec 11 (Reuters) – ",
            "NEW YORK",
            "Reuters",
        ),
        (
            "NORVILLE, Jan. 3, 2020 (Reuters) - The bridge",
            "NORVILLE, Jan. 3, 2020 (Reuters) - ",
            "NORVILLE",
            "Reuters",
        ),
        (
            "NORVILLE, Jan. 3, 2020 (GLOBE NEWSWIRE) -- The bridge",
            "NORVILLE, Jan. 3, 2020 (GLOBE NEWSWIRE) -- ",
            "NORVILLE",
            "GLOBE NEWSWIRE",
        ),
        ("COCOA, Florida (CNN) -- Ask", "COCOA, Florida (CNN) -- ", "COCOA, Florida", "CNN"),
        ("(CNN)President", "(CNN)", None, "CNN"),
        ("(Elm Falls Weekly) -- The pier", "(Elm Falls Weekly) -- ", None, "Elm Falls Weekly"),
        ("(Music) The pier", "", None, None),
        ("The Associated Press (AP) said on Monday", "", None, None),
        (
            "Elm Point caves, Norville (CNN) The boys",
            "Elm Point caves, Norville (CNN) ",
            "Elm Point caves, Norville",
            "CNN",
        ),
        (
            "Near the Norville border (CNN) -- Hopes",
            "Near the Norville border (CNN) -- ",
            "Near the Norville border",
            "CNN",
        ),
        ("BREAKING: WASHINGTON (AP) — The", "BREAKING: WASHINGTON (AP) — ", "WASHINGTON", "AP"),
        ("UPDATE: The pier has closed", "UPDATE: ", None, None),
        ("BUDAPEST, Hungary (AP)_ Tired", "BUDAPEST, Hungary (AP)_ ", "BUDAPEST, Hungary", "AP"),
        ("ATLANTA _", "ATLANTA _", "ATLANTA", None),
        ("AP, Beirut :", "AP, Beirut :", "Beirut", "AP"),
        ("LOS ANGELES — Fire crews", "LOS ANGELES — ", "LOS ANGELES", None),
        ("Washington — and London — agreed", "", None, None),
        ("The Palestinian Authority (PA) President said", "", None, None),
        ("Associated Press (AP) Editor Jane Doe said", "", None, None),
        ("CNN, CBS-owned stations and others", "", None, None),
        ("NORVILLE (Norville Port Authority)-funded", "", None, None),
        ("BP (British Petroleum) - which owns the well", "", None, None),
        ("Jane Doe (Labour) - said", "", None, None),
        ("ISIS overran the ruins", "", None, None),
    ],
)
def test_datelines_are_measured(
    line: str, stretch: str, place: str | None, agency: str | None
) -> None:
    assert dateline(line) == Dateline(len(stretch), place, agency)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("SAN FRANCISCO Tidal Inc said on Monday it would buy a rival.", "SAN FRANCISCO"),
        ("BEIRUT/AMMAN Rebels left the town of Harrow on Monday.", "BEIRUT/AMMAN"),
        ("NEW YORK U.S. stocks rose on Friday.", "NEW YORK"),
        ("BRUSSELS, June 3 NATO said on Monday that it would wait.", "BRUSSELS"),
        ("SEOUL A court heard two ministers on Monday.", "SEOUL"),
    ],
)
def test_a_city_in_capitals_before_a_sentence_is_a_dateline(line: str, place: str) -> None:
    found = dateline(line)
    assert found.place == place
    assert line[found.length :] == line.removeprefix(place).removeprefix(", June 3").lstrip()


@pytest.mark.parametrize(
    "line",
    [
        "NATO Secretary General Ada Wills said on Monday that it would wait.",
        "IBM Chief Executive Tom Roe said the sale was off.",
        "WASHINGTON, D.C., UNITED STATES (POOL) The president spoke on Monday.",
        "LONDON MARKETS CLOSE LOWER FOR A THIRD DAY.",
        "MOSCOW Mills opens its second plant",
        "MILANO Holdings said it had no debts.",
    ],
)
def test_a_name_in_capitals_is_no_dateline(line: str) -> None:
    assert dateline(line).length == 0


@pytest.mark.parametrize("label", ["FOR IMMEDIATE RELEASE", "Press release", "News Release:"])
def test_a_press_release_is_read_from_its_title_on(label: str) -> None:
    place = "PORT ELLERY, May 3 -- "
    lines = (
        label,
        "",
        "Ferry company names a new harbour master",
        "",
        place + STORY[0],
        *STORY[1:],
    )
    cleaned, removed = clean(plain(*lines))
    assert cleaned.title == "Ferry company names a new harbour master"
    assert cleaned.place == "PORT ELLERY"
    assert cleaned.body.split("\n") == list(STORY)
    assert (label, "header") in [(item.text, item.reason) for item in removed]


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Story highlights Mayor closes the port of Norville", "Mayor closes the port of Norville"),
        ("STORY HIGHLIGHTSMayor closes the port", "Mayor closes the port"),
        ("Image caption The bridge after the storm", None),
        ("Updated 4:15 PM ET, Sun May 3", None),
    ],
)
def test_what_a_page_puts_beside_a_title_is_none(first: str, title: str | None) -> None:
    for article in (plain(first, *STORY), stated(first, first, *STORY)):
        cleaned, removed = clean(article)
        check_whole(article, cleaned, removed)
        assert cleaned.title == title
        assert cleaned.body.split("\n") == list(STORY)


def test_a_dateline_is_cut_and_names_the_source_only_if_none_is_stated() -> None:
    lines = ("PORT ELLERY (AP) -- " + STORY[0], *STORY[1:])
    cleaned, removed = clean(stated("Bridge", *lines))
    assert (cleaned.source, cleaned.agency, cleaned.place) == ("AP", "AP", "PORT ELLERY")
    assert cleaned.body.split("\n") == list(STORY)
    assert [(item.text, item.reason) for item in removed] == [("PORT ELLERY (AP) --", "dateline")]
    named = to_article(Draft("\n".join(lines), "Bridge", "Example Gazette"), "one.json")
    cleaned, _ = clean(named)
    assert (cleaned.source, cleaned.agency) == ("Example Gazette", "AP")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("By Jane Doe", ("Jane Doe", None)),
        ("By Jane Doe, Reuters", ("Jane Doe", "Reuters")),
        ("BY JANE DOE and JOHN ROE | The Associated Press", ("JANE DOE and JOHN ROE", "AP")),
        ("By Jane Doe, Example Gazette", ("Jane Doe", None)),
        ("By Jane Doe June 3, 2019", ("Jane Doe", None)),
        ("By Jane Doe, Reuters, Monday 3rd June 2019, 4:15 p.m.", ("Jane Doe", "Reuters")),
        ("By JANE DOE Updated June 3, 2019", ("JANE DOE", None)),
        ("By Jane Doe • 06/03/2019", ("Jane Doe", None)),
        ("By April Jones, June Roe and May Doe", ("April Jones", None)),
        ("By nightfall it was over.", None),
        ("By Thursday the bridge was open", None),
    ],
)
def test_bylines_name_the_writer_and_the_agency(
    line: str, found: tuple[str, str | None] | None
) -> None:
    assert author_of(line) == found


@pytest.mark.parametrize("place", [0, 4])
def test_a_byline_is_kept_as_author_wherever_it_stands(place: int) -> None:
    lines = [*STORY]
    lines.insert(place, "By Jane Doe, Reuters")
    cleaned, removed = clean(stated("Bridge", *lines))
    assert (cleaned.author, cleaned.agency, cleaned.source) == ("Jane Doe", "Reuters", "Reuters")
    assert cleaned.body.split("\n") == list(STORY)
    assert [item.reason for item in removed] == ["byline"]


def test_a_long_paragraph_that_mentions_such_words_stays() -> None:
    line = "Read more: " + "the council said that the bridge was safe and open to all " * 8
    assert boilerplate_reason(Line.read(line, 0, len(line))) is None
    assert boilerplate_reason(Line.read("x" * 100_000, 0, 100_000)) is None


# Titles and what stands around them


def test_a_title_is_learned_below_a_share_line_and_its_repeats_go() -> None:
    title = "Harbour bridge reopens after storm"
    article = plain("Share", title, *STORY, f"News Local {title}", f"{title} - Example Courier")
    cleaned, removed = clean(article)
    assert cleaned.title == title
    assert cleaned.body.split("\n") == list(STORY)
    assert [item.reason for item in removed] == ["share line", "repeated title", "repeated title"]


def test_a_first_sentence_equal_to_the_title_stays() -> None:
    assert STORY[0] in kept(stated(STORY[0], *STORY))


def test_an_opening_question_of_a_text_without_title_stays() -> None:
    question = "What would you do if the only bridge out of your town fell into the sea one night?"
    cleaned, _ = clean(plain(question, *STORY))
    assert cleaned.title is None
    assert question in cleaned.body


def test_a_deck_below_the_title_is_a_subtitle_but_a_sentence_is_not() -> None:
    title, deck = "Harbour bridge reopens", "Town was cut off for five weeks after the storm"
    assert reasons(plain(title, deck, *STORY)) == {deck: "subtitle"}
    assert reasons(plain(title, deck + ".", *STORY)) == {}


def test_header_lines_and_bylines_go() -> None:
    lines = ("Source: Example Gazette", "Published: 3 June 2019", "By Jane Doe, Reuters")
    article = plain("Harbour bridge reopens", *lines, *STORY)
    assert reasons(article) == dict(zip(lines, ("header", "header", "byline"), strict=True))
    assert article.source == "Example Gazette"


def test_crossheads_and_stray_headlines_go_but_captions_with_figures_stay() -> None:
    lines = [*STORY, "What happens next", *STORY[:0], "The work took five weeks.", "It rained."]
    article = stated("Bridge", *lines, "Town Council Votes for New Harbour Wall")
    assert reasons(article) == {
        "What happens next": "heading",
        "Town Council Votes for New Harbour Wall": "related headline",
    }
    caption = "Two cranes and 300 metres of new cable"
    assert caption in kept(stated("Bridge", *lines, caption))


def test_a_list_below_a_colon_stays() -> None:
    items = (
        "Open the second lane",
        "Paint The Railings",
        "Plant trees along the whole of the quay",
    )
    lines = [*STORY, "Three things are left to do:", *items, "The county will pay for all of them."]
    assert kept(stated("Bridge", *lines)) == lines


def test_a_sentence_cut_in_two_by_a_line_end_stays() -> None:
    lines = [*STORY, "The county council", "said that it would pay.", *STORY[:0], "It rained."]
    assert "The county council" in kept(stated("Bridge", *lines))


def test_a_text_without_full_stops_is_left_alone() -> None:
    lines = [f"line number {word} of a list without any stops" for word in "abcdefg"]
    assert kept(stated("List", *lines)) == lines


# Repeats


def test_repeats_go_and_one_copy_stays() -> None:
    article = stated("Bridge", *STORY, STORY[1].upper(), f"Port Ellery: {STORY[0]}")
    assert kept(article) == list(STORY)
    doubled = "Bridge open again Bridge open again"
    assert reasons(stated("Harbour", *STORY, doubled)) == {doubled: "doubled caption"}


def test_short_repeated_answers_stay() -> None:
    lines = ["“Did you see it?” he asked.", "“No.”", *STORY, "“Did you hear it?”", "“No.”"]
    assert kept(stated("Bridge", *lines)).count("“No.”") == 2


def test_labels_of_a_site_go_when_several_articles_share_them() -> None:
    label = "Port Ellery, 25 degrees"
    own = "Report {} says that the bridge and its approach were repaired in {} weeks and no more."
    articles = [stated(f"Title {n}", own.format(n, n), *STORY[n : n + 2], label) for n in range(3)]
    cleaned, removed = clean_all(articles)
    assert all(label not in article.body for article in cleaned)
    assert [item.reason for item in removed] == ["repeated across articles"] * 3
    assert all(label in article.body for article in clean_all(articles[:2])[0])


def test_lines_that_copies_of_one_article_share_stay() -> None:
    line = "• 220 metres of road were laid anew by the council in five weeks of night work"
    articles = [stated("Bridge", *STORY, line, f"This was report {n}.") for n in range(4)]
    cleaned, removed = clean_all(articles)
    assert all(line in article.body for article in cleaned)
    assert removed == ()


def test_sentences_that_wire_copies_share_stay() -> None:
    articles = [stated(f"Title {n}", f"Report {n} says so.", *STORY) for n in range(4)]
    cleaned, removed = clean_all(articles)
    assert removed == ()
    assert all(STORY[0] in article.body for article in cleaned)


# Whatever comes

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *STORY,
                "Share",
                "Harbour bridge reopens",
                "News Harbour bridge reopens",
                "BEIRUT (AP) --",
                "AP, Beirut :",
                "BEIRUT (AP) -- It rained.",
                "By Jane Doe",
                "\xa0",
                "",
                "Town Talk Town Talk",
            ]
        ),
        st.text(max_size=40),
    ),
    max_size=14,
)


@settings(max_examples=300, deadline=None)
@given(lines=LINES, title=st.sampled_from([None, "Harbour bridge reopens", "Share", "!"]))
def test_nothing_vanishes_and_cleaning_again_changes_nothing_it_should_not(
    lines: list[str], title: str | None
) -> None:
    text = "\n".join([*lines, "one two three four five"])
    article = to_article(read_text(text) if title is None else Draft(text, title), "one.txt")
    cleaned, removed = clean(article)
    check_whole(article, cleaned, removed)


def test_a_person_whom_only_the_last_line_names_is_the_writer() -> None:
    biography = "_Dr. Jane van Roe, a former pilot, is a fellow at the Harbour Institute._"
    named = "Jane van Roe is a fellow at the Harbour Institute."
    report = [*STORY, *(f"Ferry {name} was late." for name in ("Ann", "Bess", "Cora", "Dora"))]
    assert biography not in kept(stated("Bridge", *report, biography))
    assert named in kept(stated("Bridge", "Jane van Roe warned of the ferry.", *report, named))


def test_a_signed_quotation_names_no_writer() -> None:
    assert clean(stated("Bridge", *STORY, "-- The Evening Show with Jane Doe"))[0].author is None
    assert clean(stated("Bridge", *STORY, "-- Jane Doe"))[0].author == "Jane Doe"


@pytest.mark.parametrize(
    "line",
    [
        "Watch the full interview below.",
        "For more on the bridge, check out our guide to the islands.",
        "Be sure to check out our live blog for all the latest updates.",
        "For more deals on lamps, be sure to check out our guide to the best ones for boats.",
        "Planning a day out? Check out our guide to the islands.",
        '_This report is from this week\'s "Harbour Life" newsletter, which tells what is new._',
        "_Correction: A prior version of this story gave the wrong length of the bridge._",
        "A version of this article first appeared in the Harbour Life newsletter last week.",
        "The Courier has contacted the ferry company and the harbour authority for comment.",
        "CBS Harbour has reached out to the builder, Stone & Sons Inc., for a response.",
        "Would you take the ferry? Let us know in the comments.",
        "_— The Courier's_ _Jane Doe_ _contributed to this report._",
    ],
)
def test_pointers_and_credits_in_emphasis_go(line: str) -> None:
    assert line not in kept(stated("Bridge", *STORY, line))


@pytest.mark.parametrize(
    "line",
    [
        "He has reached out to the builders for comment on the cracks that divers found.",
        "The council asked drivers to check out our guide, the harbour master said.",
        "The builder, asked for comment, said the bridge was safe.",
        "The mayor has approached three banks for a loan and the state for a statement of support.",
        "Support for local journalism fell in the islands, a survey found.",
        "Thank you for supporting the campaign, read a banner on the bridge.",
        "Free shipping is what the islands’ shops ask the council for.",
        "Donations of $5 million paid for the bridge.",
    ],
)
def test_sentences_that_only_sound_like_appeals_stay(line: str) -> None:
    assert line in kept(stated("Bridge", *STORY, line))


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("“Nobody told us,” the mayor said. Read more", "“Nobody told us,” the mayor said."),
        ("The bridge was shut at noon. Continue reading…", "The bridge was shut at noon."),
        ('She said: "It is safe." READ MORE >', 'She said: "It is safe."'),
    ],
)
def test_a_link_behind_a_sentence_goes_and_the_sentence_stays(line: str, left: str) -> None:
    assert left in kept(stated("Bridge", *STORY, line))
    assert line not in kept(stated("Bridge", *STORY, line))


def test_a_headline_that_ends_in_a_link_goes() -> None:
    line = "Ferry owners ask for help after the storm Read more"
    assert line not in kept(stated("Bridge", *STORY, line))


def test_a_title_that_reads_like_a_link_is_the_title() -> None:
    article = stated("UPDATE: Council corrects figure", "UPDATE: Council corrects figure", *STORY)
    assert reasons(article) == {}
    assert kept(article) == list(STORY)


def test_what_copying_from_a_page_appends_is_no_part_of_the_title() -> None:
    title = "Harbor Bridge closes   Read more at: https://example.org/bridge#ixzz3a"
    assert clean(stated(title, *STORY))[0].title == "Harbor Bridge closes"


def test_a_separator_goes_from_an_article_without_a_title() -> None:
    article = to_article(Draft("\n".join([*STORY[:2], "* * *", *STORY[2:]])), "one.txt")
    assert reasons(article) == {"* * *": "separator"}
