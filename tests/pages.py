"""A digest of one story in several articles, with everything that a report can show."""

from dataclasses import replace
from datetime import date

from summarize.records import (
    Article,
    Claim,
    ClaimKind,
    Conflict,
    DateEvidence,
    Digest,
    Dropped,
    Evidence,
    Failure,
    Origin,
    Placement,
    Removed,
    Revision,
    Sentence,
    Span,
    StatedValue,
    Story,
    Summary,
    SummarySentence,
    Verdict,
    WirePair,
)
from tests.digests import make_digest

FIRST = (
    "Bridge falls in Norville\nShare\n"
    "The Harbor Bridge in Norville fell on Monday and killed 12 people.\n"
    "Mayor Ada Wills called it the darkest day of the town.\n"
    "Seven more died in hospital, doctors said."
)
SECOND = (
    "The Harbor Bridge in Norville fell on Monday, killing 15 people.\n"
    "Divers searched the river through the night.\n"
    "The bridge was opened in 1954."
)
THIRD = "A bakery in Easton won a prize.\nIts rolls are small."
_TEXTS = ((FIRST, "Bridge falls in Norville", "The Norville Post"), (SECOND, None, None))


def part(article: Article, words: str, index: int = 0) -> Sentence:
    """The sentence of an article that has these words."""
    start = article.text.index(words)
    return Sentence(article.id, index, start, start + len(words), words)


def verdict(
    text: str,
    words: str,
    judged: tuple[ClaimKind, Verdict],
    source: Sentence | None,
    quote: str = "",
) -> Evidence:
    """A verdict on the first `words` of a summary sentence, found as `quote` in a source."""
    at = text.index(words)
    kind, found = judged
    claim = Claim(words, kind, words.lower(), "", at, at + len(words))
    if source is None:
        return Evidence(claim, found)
    start = source.start + source.text.index(quote)
    working = "12 + 7 = 19" if found == "derived" else ""
    return Evidence(claim, found, source.article_id, start, start + len(quote), quote, working)


def make_page(*, more: int = 0, hostile: str = "") -> Digest:
    """The digest; `more` articles of 60 paragraphs, and what a `hostile` one has to say."""
    articles = [
        Article(f"{n:016x}", f"{n}.txt", text, title, source, paragraphs=_paragraphs(text, title))
        for n, (text, title, source) in enumerate((*_TEXTS, *_extra(more, hostile)), start=1)
    ]
    stray = Article("f" * 16, "bakery.txt", THIRD, hostile or None, paragraphs=_paragraphs(THIRD))
    told = (*articles, stray)
    story = Story("5" * 16, hostile or "Bridge falls in Norville", told, off_topic=(stray.id,))
    summaries = {article.id: _short(article) for article in told}
    return Digest(
        stories=(story,),
        story_summaries={story.id: _summary(articles)},
        article_summaries=summaries,
        placements={article.id: _placement(n, article) for n, article in enumerate(told)},
        wires=((articles[0].id, articles[1].id),),
        removed=(Removed(articles[0].id, 25, 30, "Share", "share line"),),
        dropped=(
            Dropped(
                Article("d" * 16, "old.txt", FIRST), articles[0].id, 0.91, "earlier version",
                "fell on Monday", Revision(1, 2, (("10 people", "12 people"),)),
            ),
        ),
        failures=(Failure("broken.json", "line 3 is no JSON"),),
        settings={"model": "quote", "one_story": False, "scorer": "test"},
        wire_pairs=(WirePair(articles[0].id, articles[1].id, 0.4, "The Harbor Bridge"),),
        conflicts=(_conflict(story, articles),),
    )  # fmt: skip


def make_two() -> Digest:
    """A digest of two stories with one title."""
    one, other = make_page(more=2), make_digest(title="Bridge falls in Norville")
    return replace(
        one,
        stories=one.stories + other.stories,
        story_summaries=one.story_summaries | other.story_summaries,
        article_summaries=one.article_summaries | other.article_summaries,
        placements=one.placements | other.placements,
        removed=one.removed + other.removed,
    )


def _paragraphs(text: str, title: str | None = None) -> tuple[Span, ...]:
    spans, at = [], 0
    for line in text.split("\n"):
        if line not in (title, "Share"):
            spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return tuple(spans)


def _extra(more: int, hostile: str) -> list[tuple[str, str | None, str | None]]:
    body = "\n".join(f"Paragraph {n} says that the river rose and fell again." for n in range(60))
    found: list[tuple[str, str | None, str | None]] = [
        (f"Report {n} of the flood.\n{body}", f"Report {n}", "AP") for n in range(more)
    ]
    return [(f"{hostile} he said.", hostile, hostile), *found] if hostile else found


def _short(article: Article) -> Summary:
    start = article.paragraphs[0].start
    words = article.text[start : article.paragraphs[0].end]
    source = Sentence(article.id, 0, start, start + len(words), words)
    return Summary((SummarySentence(words, (source,), "quoted", ()),), (article.id,), "quote", 1.0)


def _summary(articles: list[Article]) -> Summary:
    one = part(articles[0], FIRST.split("\n")[2])
    two = part(articles[0], FIRST.split("\n")[4], 2)
    three = part(articles[1], SECOND.split("\n", maxsplit=1)[0])
    fell = "The Harbor Bridge in Norville fell on Monday."
    died = "In all 19 people died, 12 of them at once, Bob Lee said in 1955."
    built = "The bridge was opened in 1999."
    opened = part(articles[1], SECOND.split("\n")[2], 2)
    rows: list[tuple[str, tuple[Sentence, ...], Origin, tuple[Evidence, ...]]] = [
        (fell, (one, three), "written", (
            verdict(fell, "Norville", ("entity", "supported"), one, "Norville"),
            verdict(fell, "Monday", ("date", "supported"), one, "Monday"),
        )),
        (died, (one, two), "repaired", (
            verdict(died, "19", ("number", "derived"), one, "12"),
            verdict(died, "12", ("number", "supported"), one, "12"),
            verdict(died, "Bob Lee", ("entity", "absent"), None),
        )),
        (built, (opened,), "written", (
            verdict(built, "1999", ("date", "contradicted"), opened, "1954"),
        )),
    ]  # fmt: skip
    sentences = tuple(SummarySentence(*row) for row in rows)
    return Summary(sentences, tuple(a.id for a in articles), "quote", 0.8)


def _placement(number: int, article: Article) -> Placement:
    start = article.text.find("Monday")
    fact = DateEvidence(article.id, start, start + 6, "Monday", "reports Monday's news")
    facts = (fact,) if start >= 0 else ()
    if number == 0:
        return Placement(article.id, date(2021, 5, 3), date(2021, 5, 3), "stated", facts)
    if number == 1:
        return Placement(article.id, date(2021, 5, 3), None, "inferred", facts)
    return Placement(article.id, None, None, "unknown", facts)


def _conflict(story: Story, articles: list[Article]) -> Conflict:
    return Conflict(
        story.id,
        "people (killed)",
        tuple(
            StatedValue(
                sentence,
                Claim(number, "number", number, "people", at, at + 2),
                number,
            )
            for sentence, number in (
                (part(articles[0], FIRST.split("\n")[2]), "12"),
                (part(articles[1], SECOND.split("\n", maxsplit=1)[0]), "15"),
            )
            for at in (sentence.text.index(number),)
        ),
        "15",
    )
