import pytest

from summarize.records import Candidate, Sentence
from summarize.scoring import SourceIndex
from summarize.selection import Passage
from summarize.sentences import split_sentences
from summarize.verify import Verifier, may_be_shorter
from tests.conftest import make_article

LEAD = (
    "The Harbor Bridge in Norville, a steel span from 1961, collapsed on Monday during a storm, "
    "killing at least four workers."
)
WARNING = (
    "Engineers from Elm Falls had warned of cracks in the bridge for two years, according to the "
    "Norville Herald."
)
ARTICLE = make_article(f"{LEAD}\n{WARNING}\nMayor Ada Wills did not close the bridge in May.")
SENTENCES = split_sentences(ARTICLE)


@pytest.fixture
def verifier() -> Verifier:
    return Verifier(SENTENCES, SourceIndex(SENTENCES))


def fuse(verifier: Verifier, source: Sentence, *texts: str) -> tuple[str, str]:
    sentence = verifier.fused(Passage((source,)), [Candidate(text, -0.1) for text in texts])
    return sentence.text, sentence.origin


def test_a_candidate_that_holds_is_written(verifier: Verifier) -> None:
    text = "The Harbor Bridge in Norville collapsed on Monday, killing at least four workers."
    sentence = verifier.fused(Passage(SENTENCES[:1]), [Candidate(text, -0.1)])
    assert (sentence.text, sentence.origin) == (text, "written")
    assert sentence.evidence == SENTENCES[:1]
    assert {e.claim.text for e in sentence.verdicts} >= {"Norville", "Monday"}
    assert {e.verdict for e in sentence.verdicts} == {"supported"}


@pytest.mark.parametrize(
    "text",
    [
        "The Harbor Bridge in Norville collapsed on Monday, killing at least nine workers.",
        "The Harbor Bridge in Oakham collapsed on Monday.",
        "The Harbor Bridge in Norville collapsed on Friday.",
        "The Harbor Bridge in Norville collapsed on Monday, killing four workers.",
        "Workers collapsed the Harbor Bridge on Monday.",
        "The Harbor Bridge in Norville collapsed on Monday during a storm, killing",
        "It collapsed on Monday during a storm.",
        "The Harbor Bridge collapsed collapsed on Monday.",
        "The famous old cathedral of the town burned down on Monday evening.",
        "A steel span from 1961.",
        LEAD,
    ],
)
def test_a_candidate_that_fails_a_check_gives_way_to_the_quote(
    verifier: Verifier, text: str
) -> None:
    assert fuse(verifier, SENTENCES[0], text) == (LEAD, "quoted")


def test_losing_the_attribution_is_refused(verifier: Verifier) -> None:
    text = "Engineers from Elm Falls had warned of cracks in the bridge for two years."
    assert fuse(verifier, SENTENCES[1], text) == (WARNING, "quoted")


def test_losing_a_not_is_refused(verifier: Verifier) -> None:
    assert fuse(verifier, SENTENCES[2], "Mayor Ada Wills did close the bridge.")[1] == "quoted"


def test_a_question_does_not_become_a_statement() -> None:
    [question] = split_sentences(make_article("The Harbor Bridge in Norville collapsed on Monday?"))
    told = Verifier([question], SourceIndex([question])).fused(
        Passage((question,)), [Candidate("The Harbor Bridge collapsed on Monday.", -0.1)]
    )
    assert told.origin == "quoted"


def test_the_next_candidate_gets_its_chance(verifier: Verifier) -> None:
    good = "The Harbor Bridge in Norville collapsed on Monday, killing at least four workers."
    assert fuse(verifier, SENTENCES[0], "Bridge in the", good) == (good, "written")


def test_a_rewrite_without_the_figures_is_no_summary(verifier: Verifier) -> None:
    text = "The Harbor Bridge in Norville collapsed on Monday during a storm."
    assert fuse(verifier, SENTENCES[0], text) == (LEAD, "quoted")


def test_every_check_of_a_quote_passes(verifier: Verifier) -> None:
    for sentence in SENTENCES:
        quoted = verifier.quoted(Passage((sentence,)))
        assert quoted.text == sentence.text
        assert all(e.verdict == "supported" for e in quoted.verdicts)


def test_a_draft_keeps_what_holds_and_quotes_for_the_rest(verifier: Verifier) -> None:
    draft = (
        "The Harbor Bridge in Norville collapsed on Monday during a storm. "
        "Engineers from Elm Falls had warned of cracks for 20 years. "
        "Penguins live in Antarctica."
    )
    told = verifier.drafted([Candidate(draft, -0.5)])
    assert [(s.origin, s.evidence[0]) for s in told] == [
        ("written", SENTENCES[0]),
        ("quoted", SENTENCES[1]),
    ]


def test_of_several_drafts_the_truest_is_taken(verifier: Verifier) -> None:
    false = "The Harbor Bridge in Norville collapsed on Friday."
    true = "The Harbor Bridge in Norville collapsed on Monday."
    told = verifier.drafted([Candidate(false, -0.1), Candidate(true, -0.9)])
    assert [s.text for s in told] == [true]


def test_no_draft_tells_nothing(verifier: Verifier) -> None:
    assert verifier.drafted([]) == ()


@pytest.mark.parametrize(
    ("text", "may"),
    [
        (LEAD, True),
        ("The council refused to pay the bill.", False),
        ("Did the bridge, a steel span from 1961, collapse?", False),
        ("NORVILLE (AP) - The bridge, which was built in 1961, fell into the river.", True),
    ],
)
def test_a_writer_is_asked_only_where_something_can_go(text: str, *, may: bool) -> None:
    assert may_be_shorter(Sentence("a" * 16, 0, 0, len(text), text)) is may


def test_a_sentence_of_few_words_is_not_confirmed_by_one_on_the_same_matter() -> None:
    text = "Wills did not close the bridge.\nWith the bridge to close, Wills lost trade."
    quote, other = split_sentences(make_article(text))
    checked = Verifier((quote, other), SourceIndex((quote, other))).fused(
        Passage((quote, other)), []
    )
    assert checked.evidence == (quote,)
