"""A score for the terminal: the summary with its claims marked, then the evidence for each."""

from collections.abc import Iterator

from rich.text import Text

from summarize.records import Evidence
from summarize.render.phrases import harmless
from summarize.render.score_phrases import ERRORS, Quote, Quotes, figures, numbered, pieces
from summarize.render.terminal import Line, wrapped
from summarize.scoring.scores import ScoreReport

__all__ = ["to_text"]

_MARKS = {"supported": "✓", "derived": "≈", "contradicted": "✗", "absent": "?"}
_PLAIN_MARKS = {"supported": "+", "derived": "~", "contradicted": "x", "absent": "?"}
_STYLES = {"supported": "green", "derived": "cyan", "contradicted": "bold red", "absent": "red"}
_PLAIN = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "…": "...",
        "≈": "~",
        "×": "x",
        "·": "-",
        "\u00a0": " ",
    }
)


def to_text(
    report: ScoreReport, *, width: int = 80, colour: bool = False, encoding: str = "utf-8"
) -> str:
    """The report wrapped to `width` columns, with ANSI colours if `colour` is set.

    Only characters that `encoding` has: where it lacks the marks, plain ones take their place.
    """
    marks = _MARKS if _can(encoding) else _PLAIN_MARKS
    text = wrapped(_lines(report, marks, colour=colour), width=width, colour=colour)
    if marks is _MARKS:
        return text
    return text.translate(_PLAIN).encode(encoding, "replace").decode(encoding)


def _can(encoding: str) -> bool:
    try:
        "✓≈✗…“”".encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _lines(report: ScoreReport, marks: dict[str, str], *, colour: bool) -> Iterator[Line]:
    yield from _summary(report, marks)
    quotes = Quotes(report.sources)
    yield 0, Text()
    for number, found in numbered(report):
        yield 0, _verdict(number, found, marks)
        quote = quotes.around(found)
        if quote is not None:
            yield 4, _quoted(quote, colour=colour)
    if report.evidence:
        yield 0, Text()
    for name, value in figures(report):
        line = Text(f"{name:24}", style="bold" if name == "overall" else "")
        yield 0, line.append(value)
    yield 0, Text(ERRORS, style="dim")


def _summary(report: ScoreReport, marks: dict[str, str]) -> Iterator[Line]:
    number = 1
    for sentence in report.sentences:
        line = Text()
        for text, claim, found in pieces(sentence, number):
            line.append(_flat(text), style=_style(found) if found else "")
            if found:
                line.append(f"[{claim}{_mark(found, marks)}]", style=_style(found))
        number += len(sentence.evidence)
        yield 0, line
    if not report.sentences:
        yield 0, Text("The summary is empty.", style="yellow")


def _verdict(number: int, found: Evidence, marks: dict[str, str]) -> Text:
    line = Text(f"[{number}{_mark(found, marks)}] ", style=_style(found))
    line.append(f"{_flat(found.claim.text).strip()}: {found.verdict}")
    if found.working:
        line.append(f" ({harmless(found.working)})")
    return line


def _quoted(quote: Quote, *, colour: bool) -> Text:
    """File and sentence; the matched words are bold, or between >< where nothing can be bold."""
    line = Text(f"{harmless(quote.path)}: ", style="dim")
    if not quote.matched:
        return line.append(f"stated by the file{_titled(quote)}")
    matched = _flat(quote.matched)
    line.append(f"“{_flat(quote.before)}", style="dim")
    line.append(matched if colour else f">{matched}<", style="bold")
    return line.append(f"{_flat(quote.after)}”", style="dim")


def _titled(quote: Quote) -> str:
    return f" (title: “{harmless(quote.before)}”)" if quote.before else ""


def _flat(text: str) -> str:
    """`text` without control characters on one line; the blanks at its ends stay."""
    plain = harmless(text)
    left = " " if text[:1].isspace() else ""
    return f"{left}{plain}{' ' if plain and text[-1:].isspace() else ''}"


def _mark(found: Evidence, marks: dict[str, str]) -> str:
    return marks.get(found.verdict, "?")


def _style(found: Evidence) -> str:
    return _STYLES.get(found.verdict, "red")
