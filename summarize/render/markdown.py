"""The digest as Markdown, with a footnote for every sentence."""

import re
from collections.abc import Iterator

from summarize.records import Article, Digest, Story, Summary, SummarySentence
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
    PLACES_SHOWN,
    article_name,
    article_numbers,
    harmless,
    heading,
    more_places,
    not_told,
    quotation,
    shown_facts,
    shown_summaries,
    story_period,
    tally,
    when,
)

__all__ = ["escaped", "to_markdown"]

_SPECIAL = re.compile(r"([\\`*_\[\]#|~$]|^\s*[-+](?=\s)|^\s*\d+(?=[.)]\s)|!(?=\[))")


def to_markdown(digest: Digest, *, verbose: bool) -> str:
    """The digest in Markdown as the common forges render it; article text cannot add markup."""
    page = _Page(digest, verbose=verbose)
    return "\n".join([*page.lines(), "", *page.footnotes]).rstrip() + "\n"


def escaped(text: str) -> str:
    """`text` on one line, so that a forge shows it as it is: nothing in it is markup or a web link.

    GitHub makes a link of an e-mail address whatever stands around it.
    """
    plain = harmless(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # A bare address would become a link on most forges.
    inert = _SPECIAL.sub(r"\\\1", plain).replace("://", ":&#47;/").replace("@", "&#64;")
    return inert.replace("www.", "www&#46;")


class _Page:
    """Collects the footnotes while the lines are made."""

    def __init__(self, digest: Digest, *, verbose: bool) -> None:
        self.footnotes: list[str] = []
        self._digest = digest
        self._verbose = verbose
        self._numbers = article_numbers(digest)

    def lines(self) -> Iterator[str]:
        yield f"# {heading(self._digest)}"
        for number, story in enumerate(self._digest.stories, start=1):
            yield ""
            yield from self._story(number, story)
        if self._digest.stories:
            yield from self._checks()
        yield from self._same_wire()
        yield from self._left_out()

    def _story(self, number: int, story: Story) -> Iterator[str]:
        digest = self._digest
        yield f"## {number}. {escaped(story.title)}"
        yield ""
        yield f"*{story_period(story, digest.placements)} · {story_facts(story, digest)}*"
        if notes := story_notes(story, digest, self._numbers):
            yield ""
            yield f"*{escaped(notes)}*"
        yield ""
        yield from self._summary(digest.story_summaries[story.id], story)
        for line in conflict_lines(story, digest, self._numbers):
            yield ""
            yield escaped(line)
        for line in left_untold(story, digest, self._numbers, verbose=self._verbose):
            yield ""
            yield f"*{escaped(line)}*"
        for article in story.articles:
            yield ""
            yield from self._article(article, story)

    def _article(self, article: Article, story: Story) -> Iterator[str]:
        digest, placement = self._digest, self._digest.placements[article.id]
        yield f"### [{self._numbers[article.id]}] {escaped(article_name(article))}"
        yield ""
        known = [escaped(part) for part in (article.path, *credit(article))]
        yield f"*{' · '.join(known)} · {when(placement)}*"
        summary = digest.article_summaries.get(article.id)
        if summary and len(story.articles) > 1:
            yield ""
            yield from self._summary(summary)
        yield ""
        for fact in shown_facts(placement, verbose=self._verbose):
            other = fact.article_id != article.id
            where = f"\\[{self._numbers[fact.article_id]}\\] " if other else ""
            quote = f"{where}{escaped(quotation(fact.quote))}: " if fact.quote else ""
            yield f"- {quote}{escaped(fact.bearing)}"

    def _summary(self, summary: Summary, story: Story | None = None) -> Iterator[str]:
        if summary.sentences:
            yield " ".join(self._sentence(sentence, story) for sentence in summary.sentences)
        else:
            yield "*No whole sentence fits this length.*"
        if summary.input_read < 1:
            yield ""
            yield (
                f"*The writer had room for {summary.input_read:.0%} of the text, "
                "chosen by importance.*"
            )

    def _sentence(self, sentence: SummarySentence, story: Story | None) -> str:
        number = len(self.footnotes) + 1
        receipts = "; ".join(
            f"\\[{self._numbers[source.article_id]}\\] characters {source.start}–{source.end}"
            + (f": “{escaped(source.text)}”" if sentence.origin != "quoted" else "")
            for source in sentence.evidence[:PLACES_SHOWN]
        ) + more_places(sentence.evidence)
        shown = [
            f"{escaped(e.claim.text)} {'✓' if e.verdict in ('supported', 'derived') else '✗'}"
            + (f" {e.verdict}" if e.verdict not in ("supported", "derived") else "")
            + (f" ({escaped(e.working)})" if e.working else "")
            for e in sentence.verdicts
        ]
        checked = f" Checked: {', '.join(shown)}." if shown else ""
        stop = "" if receipts.endswith((".”", "!”", "?”")) else "."
        note = f"{sentence.origin.capitalize()}. {receipts}{stop}{checked}"
        self.footnotes.append(f"[^{number}]: {note}")
        doubts = disputed(sentence, story, self._digest) if story else ()
        mark = f" ({escaped('; '.join(doubts))})" if doubts else ""
        return f"{escaped(sentence.text)}[^{number}]{mark}"

    def _checks(self) -> Iterator[str]:
        yield ""
        yield "## What was checked"
        yield ""
        yield (
            "| summaries | sentences | written | repaired | quoted | names, numbers, dates "
            "| in sources |"
        )
        yield "|---|---|---|---|---|---|---|"
        for name, summaries in shown_summaries(self._digest).items():
            found = tally(summaries)
            yield (
                f"| {name} | {found.sentences} | {found.written} | {found.repaired} "
                f"| {found.quoted} "
                f"| {found.claims} | {found.held} |"
            )

    def _same_wire(self) -> Iterator[str]:
        notes = [*wire_notes(self._digest, self._numbers, verbose=self._verbose)]
        if notes:
            yield ""
            yield "## What counts once"
            yield ""
        for wire, pairs in notes:
            yield f"- {escaped(wire)}"
            yield from (f"  - {escaped(pair)}" for pair in pairs)

    def _left_out(self) -> Iterator[str]:
        digest = self._digest
        if note := unchanged_note(digest):
            yield ""
            yield escaped(note)
        gone = not_told(digest, verbose=self._verbose)
        if not (digest.dropped or digest.failures or gone):
            return
        places = paths(digest)
        yield ""
        yield "## What was left out"
        yield ""
        for dropped in digest.dropped:
            yield f"- dropped: {escaped(dropped_note(dropped, places))}"
        for failure in digest.failures:
            yield f"- failed: {escaped(failure.path)}: {escaped(failure.reason)}"
        if gone:
            yield f"- {escaped(gone)}"
        for removed in digest.removed if self._verbose else ():
            path = escaped(places.get(removed.article_id, EARLIER))
            yield f"- {path}: “{escaped(removed.text)}” ({escaped(removed.reason)})"
