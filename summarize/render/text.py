"""The digest for a terminal."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from summarize.records import Article, Digest, Evidence, Story, Summary, SummarySentence
from summarize.render.conflicts import conflict_lines, disputed
from summarize.render.notes import (
    EARLIER,
    credit,
    dropped_note,
    left_untold,
    paths,
    story_facts,
    story_notes,
    unchanged_note,
    wire_notes,
)
from summarize.render.phrases import (
    LEGEND,
    PLACES_SHOWN,
    article_name,
    article_numbers,
    harmless,
    heading,
    more_places,
    not_told,
    place_of,
    quotation,
    shown_facts,
    shown_summaries,
    story_period,
    tally,
    when,
)
from summarize.render.terminal import TIE, Line, wrapped

__all__ = ["to_text"]


def to_text(digest: Digest, *, width: int, colour: bool, verbose: bool) -> str:
    """The digest wrapped to `width` columns, with ANSI colours if `colour` is set."""
    return wrapped(_lines(digest, verbose=verbose), width=width, colour=colour)


def _lines(digest: Digest, *, verbose: bool) -> Iterator[Line]:
    numbers = article_numbers(digest)
    yield 0, Text(heading(digest), style="bold")
    for number, story in enumerate(digest.stories, start=1):
        yield 0, Text()
        yield from _story(number, story, digest, numbers, verbose=verbose)
    yield 0, Text()
    if digest.stories:
        yield from _checks(digest)
    yield from _left_out(digest, verbose=verbose)
    if digest.stories:
        yield 0, Text()
        yield 0, Text(LEGEND, style="dim")


def _story(
    number: int, story: Story, digest: Digest, numbers: dict[str, int], *, verbose: bool
) -> Iterator[Line]:
    yield 0, Text(f"{number}. {harmless(story.title)}", style="bold cyan")
    facts = f"{story_period(story, digest.placements)} · {story_facts(story, digest)}"
    yield 3, Text(facts, style="dim")
    if notes := story_notes(story, digest, numbers):
        yield 3, Text(notes, style="dim")
    yield 0, Text()
    summary = digest.story_summaries[story.id]
    doubts = [disputed(sentence, story, digest) for sentence in summary.sentences]
    yield from _summary(summary, numbers, 3, verbose=verbose, doubts=doubts)
    for line in conflict_lines(story, digest, numbers):
        yield 3, Text(line, style="yellow")
    for line in left_untold(story, digest, numbers, verbose=verbose):
        yield 3, Text(line, style="dim")
    for article in story.articles:
        yield 0, Text()
        yield from _article(article, story, digest, numbers, verbose=verbose)


def _article(
    article: Article, story: Story, digest: Digest, numbers: dict[str, int], *, verbose: bool
) -> Iterator[Line]:
    title = Text(f"[{numbers[article.id]}] ", style="bold")
    title.append(article_name(article))
    yield 3, title
    yield 7, Text(" · ".join((harmless(article.path), *credit(article))), style="dim")
    placement = digest.placements[article.id]
    yield 7, Text(when(placement), style="dim")
    summary = digest.article_summaries.get(article.id)
    if summary and len(story.articles) > 1:
        yield from _summary(summary, numbers, 7, verbose=verbose)
    for fact in shown_facts(placement, verbose=verbose):
        where = "" if fact.article_id == article.id else f"[{numbers[fact.article_id]}] "
        quote = f"{where}{quotation(fact.quote)}: " if fact.quote else ""
        yield 7, Text(f"· {quote}{harmless(fact.bearing)}", style="dim")


def _summary(
    summary: Summary,
    numbers: dict[str, int],
    indent: int,
    *,
    verbose: bool,
    doubts: Sequence[Sequence[str]] = (),
) -> Iterator[Line]:
    if not summary.sentences:
        yield indent, Text("No whole sentence fits this length.", style="yellow")
    for number, sentence in enumerate(summary.sentences):
        yield indent, _sentence(sentence, numbers, doubts[number] if doubts else ())
        shown = sentence.verdicts if verbose else [e for e in sentence.verdicts if _fails(e)]
        for evidence in shown:
            yield indent + 2, _verdict(evidence)
    if summary.input_read < 1:
        yield (
            indent,
            Text(
                f"The writer had room for {summary.input_read:.0%} of the text, "
                "chosen by importance.",
                style="yellow",
            ),
        )


def _sentence(sentence: SummarySentence, numbers: dict[str, int], doubts: Sequence[str]) -> Text:
    shown = sentence.evidence[:PLACES_SHOWN]
    places = ", ".join(place_of(source, numbers) for source in shown)
    line = Text(harmless(sentence.text))
    line.append(f" [{places}{more_places(sentence.evidence)}{TIE}{sentence.origin}]", style="dim")
    if doubts:
        line.append(f" [{'; '.join(doubts)}]", style="yellow")
    return line


def _verdict(evidence: Evidence) -> Text:
    claim = harmless(evidence.claim.text)
    working = f" ({harmless(evidence.working)})" if evidence.working else ""
    if evidence.verdict == "contradicted":
        return Text(f"✗ {claim}: contradicted by the sources{working}", style="red")
    if _fails(evidence):
        return Text(f"✗ {claim}: {evidence.verdict} in the sources{working}", style="red")
    return Text(f"✓ {claim}: “{harmless(evidence.quote)}”{working}", style="green")


def _fails(evidence: Evidence) -> bool:
    return evidence.verdict not in ("supported", "derived")


def _checks(digest: Digest) -> Iterator[Line]:
    """One line on what the scorer found over all summaries."""
    found = tally(*shown_summaries(digest).values())
    yield (
        0,
        Text(
            f"Checked: {found.held:,} of {found.claims:,} names, numbers and dates are in the "
            f"sources. Sentences: {found.origins}.",
            style="bold" if found.held == found.claims else "bold red",
        ),
    )


def _left_out(digest: Digest, *, verbose: bool) -> Iterator[Line]:
    places = paths(digest)
    if note := unchanged_note(digest):
        yield 0, Text(note)
    for wire, pairs in wire_notes(digest, article_numbers(digest), verbose=verbose):
        yield 0, Text(f"{wire}.")
        for pair in pairs:
            yield 2, Text(pair, style="dim")
    for dropped in digest.dropped:
        yield 0, Text(f"Dropped: {dropped_note(dropped, places)}.")
    if gone := not_told(digest, verbose=verbose):
        hint = "" if verbose or not digest.removed else " (-v lists them)"
        yield 0, Text(f"Left out: {gone}{hint}.")
    for removed in digest.removed if verbose else ():
        path = places.get(removed.article_id, EARLIER)
        yield 2, Text(f"{path}: {harmless(removed.text)[:70]} ({removed.reason})", style="dim")
    for failure in digest.failures:
        yield 0, Text(f"Failed: {harmless(failure.path)}: {harmless(failure.reason)}", style="red")
