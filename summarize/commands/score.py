"""What `summarize score` does once its flags are read."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

import typer

from summarize.commands.output import form_of, width, write
from summarize.errors import NothingToReadError, UsageError
from summarize.render.phrases import count, harmless
from summarize.render.score_view import render_score
from summarize.scoring.inputs import read_sources, read_summary
from summarize.scoring.pairs import Totals, score_pairs

__all__ = ["Options", "score_file", "score_lines"]


@dataclass(frozen=True, slots=True)
class Options:
    """The flags of the command.

    `form` is None where the name of `output` says it; without `min_accuracy` every summary passes.
    """

    min_accuracy: float | None
    output: Path | None
    form: Literal["text", "markdown", "json"] | None
    jobs: int
    colour: bool


def score_file(summary: str, sources: Sequence[str], options: Options) -> bool:
    """Score one summary and print the report; whether it passes and every source was read.

    Raises UsageError when both sides are "-" or the summary cannot be read, NothingToReadError
    when no source can.
    """
    if summary == "-" and "-" in sources:
        raise UsageError("The summary and a source cannot both be -.", "Name a file for one.")
    form = options.form or form_of(options.output)
    text = read_summary(summary, sys.stdin.buffer, options.jobs)
    articles, failures = read_sources(sources, sys.stdin.buffer, options.jobs)
    from summarize.scoring.report import score

    report = score(text, articles)
    encoding = _encoding(options.output)
    shown = render_score(report, form, width=width(), colour=options.colour, encoding=encoding)
    write(shown, options.output, encoding if form == "text" else "utf-8")
    for failure in failures:
        _say(f"{failure.path}: {failure.reason}")
    passed = _passes(report.accuracy(), options.min_accuracy, empty=not report.sentences)
    return passed and not failures


def score_lines(pairs: str, options: Options) -> bool:
    """Score each line of the file `pairs`, or of standard input; whether all together pass.

    Raises UsageError when it cannot be read, NothingToReadError when there is no line in it.
    """
    totals = Totals()
    with _lines(pairs) as stream, _sink(options.output) as sink:
        for scored in score_pairs(stream, options.jobs):
            totals.add(scored)
            sink.write(scored.text.encode("utf-8", "replace"))
            sink.flush()
            if reason := scored.error or ("the summary is empty" if scored.is_empty else ""):
                _say(f"{pairs}, line {scored.line}: {reason}")
    if not totals.pairs:
        raise NothingToReadError(f"There is no pair in {pairs}.")
    _say(_total(totals))
    passed = _passes(totals.accuracy, options.min_accuracy, empty=totals.empty > 0)
    return passed and not totals.failed


def _total(totals: Totals) -> str:
    said = f"{count(totals.pairs, 'pair')}: {totals.held:,} of {count(totals.claims, 'claim')} hold"
    if totals.accuracy is not None:
        said += f" ({100 * totals.accuracy:.1f} %)"
    return f"{said}; {totals.failed} failed, {totals.empty} empty."


def _passes(accuracy: float | None, least: float | None, *, empty: bool) -> bool:
    """Whether the accuracy is high enough; if not, or if nothing was checked, says so."""
    if empty:
        _say("An empty summary was scored.")
        return least is None
    if accuracy is None:
        _say("Nothing could be checked: no name, number or date was found.")
    if accuracy is None or least is None:
        return True
    if accuracy < least:
        _say(f"The accuracy is {100 * accuracy:.1f} %, below the {100 * least:g} % asked for.")
    return accuracy >= least


def _say(message: str) -> None:
    typer.echo(harmless(message), err=True)


def _encoding(output: Path | None) -> str:
    """What the terminal can show; files are UTF-8."""
    return (sys.stdout.encoding or "utf-8") if output is None else "utf-8"


@contextmanager
def _lines(path: str) -> Iterator[BinaryIO]:
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(path).open("rb")  # noqa: SIM115 (what is done with it is not told as its fault)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    with stream:
        yield stream


@contextmanager
def _sink(output: Path | None) -> Iterator[BinaryIO]:
    if output is None:
        yield sys.stdout.buffer
        return
    try:
        with output.open("wb") as stream:
            yield stream
    except OSError as error:
        raise UsageError(f"{output} could not be written: {error.strerror}.") from error
