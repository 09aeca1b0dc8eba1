"""A score as Markdown: the summary with its claims marked, then a table of the evidence."""

from collections.abc import Iterator

from summarize.records import Evidence
from summarize.render.markdown import escaped
from summarize.render.score_phrases import ERRORS, Quotes, figures, numbered, pieces
from summarize.scoring.scores import ScoreReport

__all__ = ["to_markdown"]

_MARKS = {"supported": "✓", "derived": "≈", "contradicted": "✗", "absent": "?"}


def to_markdown(report: ScoreReport) -> str:
    """The report in Markdown as the common forges render it; no text in it can add markup."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def _lines(report: ScoreReport) -> Iterator[str]:
    yield "# Score"
    yield ""
    number = 1
    for sentence in report.sentences:
        parts = []
        for text, claim, found in pieces(sentence, number):
            parts.append(f"**{_flat(text)}** {_label(claim, found)}" if found else _flat(text))
        number += len(sentence.evidence)
        yield f"{''.join(parts)}  "
    if not report.sentences:
        yield "*The summary is empty.*"
    yield from _evidence(report)
    yield ""
    yield "| figure | value |"
    yield "|---|---|"
    for name, value in figures(report):
        yield f"| {name} | {escaped(value)} |"
    yield ""
    yield escaped(ERRORS)
    yield ""
    yield f"`{report.signature}`"


def _evidence(report: ScoreReport) -> Iterator[str]:
    if not report.evidence:
        return
    quotes = Quotes(report.sources)
    yield ""
    yield "| claim | verdict | source | evidence |"
    yield "|---|---|---|---|"
    for number, found in numbered(report):
        quote = quotes.around(found)
        path = escaped(quote.path) if quote else ""
        shown = ""
        if quote and quote.matched:
            shown = f"“{_flat(quote.before)}**{_flat(quote.matched)}**{_flat(quote.after)}”"
        elif quote:
            shown = (
                f"stated by the file: {escaped(quote.before)}"
                if quote.before
                else "stated by the file"
            )
        claim = f"{_label(number, found)} {escaped(found.claim.text)}"
        working = f" ({escaped(found.working)})" if found.working else ""
        yield f"| {claim} | {found.verdict}{working} | {path} | {shown} |"


def _label(number: int, found: Evidence) -> str:
    return f"\\[{number}{_MARKS.get(found.verdict, '?')}\\]"


def _flat(text: str) -> str:
    """`text` escaped; the blanks at its ends stay."""
    left = " " if text[:1].isspace() else ""
    plain = escaped(text)
    return f"{left}{plain}{' ' if plain and text[-1:].isspace() else ''}"
