from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarize.sentences import _segmented, _split, sentence_spans, split_sentences
from tests.conftest import make_article


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Gen. Ada Wills met U.S. Sen. Bo Reed at 5 p.m. Sunday. It cost $1.2 bn. last year.",
            2,
        ),
        ("He said it was “over”. “We will win,” she said.", 2),
        ("The U.N. Security Council met. Mr. Smith Jr. was there.", 2),
        ("HARBOR CITY (AP) -- The bridge fell on Monday.", 1),
        ("It was 3.5 percent vs. 4.2 percent a year ago.", 1),
        ("The bill by Rep. Ada Wills passed. It was signed by Gov. John Reed on Monday.", 2),
        ("Lt. Gov. Ann Moss agreed.", 1),
        ("It was signed by then-Gov. John Reed in May. He left.", 2),
        ("He is the rep. She is the manager.", 2),
        ("Shares rose to their highest since Jan. 18.Norland's index fell a little.", 1),
        ("Write to desk@example.org or call 555 0100", 1),
    ],
)
def test_news_is_split_where_sentences_end(text: str, expected: int) -> None:
    assert len(list(sentence_spans(text))) == expected


def test_sentences_know_their_place_in_the_article() -> None:
    article = make_article("A first one. A second one.\n\nThe last paragraph is here.")
    sentences = split_sentences(article)
    assert [sentence.text for sentence in sentences] == [
        "A first one.",
        "A second one.",
        "The last paragraph is here.",
    ]
    assert [sentence.index for sentence in sentences] == [0, 1, 2]
    assert all(article.text[s.start : s.end] == s.text for s in sentences)


@given(st.text(max_size=300))
def test_no_word_is_lost_and_nothing_overlaps(text: str) -> None:
    spans = list(sentence_spans(text))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    kept = "".join("".join(text[span.start : span.end].split()) for span in spans)
    assert sorted(kept) == sorted("".join(text.split()))


PIECES = [
    "He", "left", "the U.S.", "Mr.", "Ann Lee", "LONDON", "(Reuters)", "(he", "said)", "No. 5",
    "he said.", "it fell.", "“Why?”", "he asked.", '"We won."', "approx.", "Sept.", "12", "3.5",
    "He paid $1.2 bn.", "CBS46.com.", "She ran!", "A man; the boat", "...", "W. Bush", "Inc.",
    "-- It", "so", "I.",
]  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
@example(["approx.", "left", "(Reuters)", "He"])
def test_plain_sentences_are_cut_as_syntok_cuts_them(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert list(_split(text)) == list(_segmented(text, 0))
