"""A small digest, built by hand, that shows every kind of thing a digest can say."""

from datetime import date

from summarize.records import (
    Article,
    Claim,
    DateEvidence,
    Digest,
    Dropped,
    Evidence,
    Failure,
    Placement,
    Removed,
    Sentence,
    Span,
    Story,
    Summary,
    SummarySentence,
)

TEXT = "The Harbor Bridge collapsed on Monday.\nShare\nFour workers died, Mayor Ada Wills said."
HOSTILE = "<script>alert(1)</script> *bold* [x](javascript:alert(1)) \x1b[31mred\u202e"


def make_digest(*, input_read: float = 1.0, title: str = "Bridge collapses") -> Digest:
    """One story of one article, with a written and a quoted sentence and a claim that fails."""
    article = Article(
        id="a" * 16,
        path="bridge 1.txt",
        text=TEXT,
        title=title,
        source="AP",
        paragraphs=(Span(0, 38), Span(45, len(TEXT))),
    )
    one = Sentence(article.id, 0, 0, 38, TEXT[0:38])
    two = Sentence(article.id, 1, 45, len(TEXT), TEXT[45:])
    good = Evidence(Claim("Monday", "date", "monday", "", 13, 19), "supported", one.article_id,
                    31, 37, "Monday")  # fmt: skip
    bad = Evidence(Claim("Five", "number", "5", "worker", 0, 4), "absent")
    summary = Summary(
        sentences=(
            SummarySentence("It fell on Monday.", (one,), "written", (good,)),
            SummarySentence("Five workers died.", (two,), "quoted", (bad,)),
        ),
        article_ids=(article.id,),
        model="quote",
        input_read=input_read,
    )
    placement = Placement(
        article.id,
        date(2021, 5, 1),
        date(2021, 5, 31),
        "inferred",
        (DateEvidence(article.id, 31, 37, "Monday", "reports Monday's news"),),
    )
    copy = Article("b" * 16, "copy.txt", TEXT)
    return Digest(
        stories=(Story("c" * 16, title, (article,)),),
        story_summaries={"c" * 16: summary},
        article_summaries={article.id: summary},
        placements={article.id: placement},
        wires=(),
        removed=(Removed(article.id, 39, 44, "Share", "share line"),),
        dropped=(Dropped(copy, article.id, 0.97, "same document"),),
        failures=(Failure("broken.json", "line 3 is no JSON"),),
        settings={
            "model": "quote",
            "model_fingerprint": "0" * 16,
            "article_length": "2s",
            "story_length": "5s",
            "one_story": False,
            "articles": True,
            "scorer": "test",
        },
    )
