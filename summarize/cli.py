"""The command line: flags in, one call, print. No logic of its own."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from summarize.errors import SummarizeError, UsageError
from summarize.output import (
    colour,
    digest_form_of,
    refuse_output,
    refuse_terminal,
    width,
    write,
)
from summarize.settings import BUNDLED_MODEL, Length, Settings

__all__ = ["app", "main"]

_EXIT_FAILED = 1
_EXIT_INTERRUPTED = 130

app = typer.Typer(
    name="summarize",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn a folder of news articles into a digest a reader can trust, offline.",
    epilog="Example: summarize run articles/ --length 5s -o digest.md",
)
models_app = typer.Typer(
    name="models",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The models that can write summaries.",
)
app.add_typer(models_app)


def _refuse_terminal(paths: Sequence[str]) -> None:
    if "-" in paths and sys.stdin.isatty():
        raise UsageError("- reads standard input, and that is this terminal.", "Pipe a text in.")


def main() -> None:
    """Entry point of the console script."""
    app()


@contextmanager
def _reported() -> Iterator[None]:
    """Turn errors into a line on stderr and an exit code; into a trace with SUMMARIZE_DEBUG."""
    try:
        yield
    except SummarizeError as error:
        # Not at the top: only what fails needs it. Names of files are anybody's.
        from summarize.render.phrases import harmless

        typer.echo(f"Error: {harmless(str(error))}", err=True)
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        typer.echo("Interrupted; nothing was written.", err=True)
        raise typer.Exit(_EXIT_INTERRUPTED) from error
    except BrokenPipeError as error:
        # The reader (head, less) closed the pipe; Python would complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(_EXIT_FAILED) from error
    except Exception as error:
        if os.environ.get("SUMMARIZE_DEBUG"):
            raise
        typer.echo(
            f"Error: {type(error).__name__}: {error}. This is a fault in summarize; "
            "set SUMMARIZE_DEBUG=1 to see where.",
            err=True,
        )
        raise typer.Exit(_EXIT_FAILED) from error


def _show_version(*, wanted: bool) -> None:
    if not wanted:
        return
    from summarize.versions import versions

    with _reported():
        for name, version in versions().items():
            typer.echo(f"{name} {version}")
    raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=lambda value: _show_version(wanted=value),
            is_eager=True,
            help="Show the versions that change a result.",
        ),
    ] = False,
) -> None:
    del version


_Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file instead.")]
_Form = Annotated[
    Literal["text", "markdown", "json"] | None,
    typer.Option("--format", help="text, or what the name of the output file says."),
]
_DigestForm = Annotated[
    Literal["text", "markdown", "json", "html", "atom", "eml", "epub"] | None,
    typer.Option(
        "--format",
        metavar="FORM",
        help="text, markdown, json, html, atom, eml or epub. "
        "[default: by the output file's name, else text]",
    ),
]
_Jobs = Annotated[
    int | None,
    typer.Option(help="Processor cores to use. [default: all]", envvar="SUMMARIZE_JOBS"),
]
_NoColor = Annotated[bool, typer.Option("--no-color", help="No colours.")]


@app.command()
def run(
    paths: Annotated[
        list[str], typer.Argument(help="Folders, files and archives to read; - is standard input.")
    ],
    output: _Output = None,
    form: _DigestForm = None,
    model: Annotated[
        str,
        typer.Option(
            help="A known model, a hub name or a folder; 'quote' writes nothing itself.",
            envvar="SUMMARIZE_MODEL",
        ),
    ] = BUNDLED_MODEL,
    length: Annotated[
        str | None,
        typer.Option(help="Length of every summary: 5s is five sentences, 120w at most 120 words."),
    ] = None,
    one_story: Annotated[
        bool, typer.Option("--one-story", help="Take all articles as one story.")
    ] = False,
    no_articles: Annotated[
        bool, typer.Option("--no-articles", help="Summarize stories only.")
    ] = False,
    any_language: Annotated[
        bool, typer.Option("--any-language", help="Keep articles that are not in English.")
    ] = False,
    jobs: _Jobs = None,
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help="Say nothing but errors on stderr.")
    ] = False,
    verbose: Annotated[
        int,
        typer.Option("-v", "--verbose", count=True, help="Show every verdict and removed line."),
    ] = 0,
    no_color: _NoColor = False,
) -> None:
    """Summarize articles and the stories they tell, with every claim checked.

    Exit codes: 0 fine, 1 finished but some input failed, 2 wrong usage or nothing to read,
    3 model unavailable, 130 interrupted.
    """
    with _reported():
        settings = Settings(
            model=model,
            length=Length.parse(length) if length else None,
            one_story=one_story,
            articles=not no_articles,
            any_language=any_language,
            **({"jobs": jobs} if jobs is not None else {}),
        )
        form = form or digest_form_of(output)
        refuse_output(output)
        refuse_terminal(form, output)
        _refuse_terminal(paths)
        from summarize.pipeline import digest
        from summarize.progress import Spinner
        from summarize.render import encoded
        from summarize.render.phrases import harmless

        with Spinner(quiet=quiet) as progress:
            result = digest(paths, settings, progress, stdin=sys.stdin.buffer)
        coloured = output is None and colour(no_color=no_color)
        data = encoded(result, form, width=width(), colour=coloured, verbose=verbose > 0)
        write(data, output)
        if not quiet and not (form == "text" and output is None and sys.stdout.isatty()):
            for failure in result.failures:
                typer.echo(harmless(f"{failure.path}: {failure.reason}"), err=True)
    if result.failures:
        raise typer.Exit(_EXIT_FAILED)


@app.command()
def score(
    summary: Annotated[
        str | None, typer.Argument(help="The summary's file; - is standard input.")
    ] = None,
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="Folders, files and archives it was made from; - is standard input."),
    ] = None,
    pairs: Annotated[
        str | None,
        typer.Option(help="Score each line of this JSON Lines file instead; - is standard input."),
    ] = None,
    min_accuracy: Annotated[
        float | None,
        typer.Option(
            min=0.0, max=1.0, help="Exit with 1 when a smaller share of the claims holds: 0.98."
        ),
    ] = None,
    output: _Output = None,
    form: _Form = None,
    jobs: _Jobs = None,
    no_color: _NoColor = False,
) -> None:
    """Check the names, numbers and dates of a summary against its sources.

    A line of --pairs is {"id"?, "summary": text, "sources": [text or {"text", "title"?,
    "published"?, "source"?}]} and gives one line of JSON.

    Exit codes: 0 fine; 1 the accuracy is below --min-accuracy or some input failed; 2 wrong usage
    or no source; 3 language model unavailable; 130 interrupted. A summary without any claim passes
    --min-accuracy with a note, an empty one does not pass.
    """
    from summarize.score_command import Options, score_file, score_lines

    with _reported():
        refuse_output(output)
        options = Options(
            min_accuracy=min_accuracy,
            output=output,
            form=form,
            jobs=(Settings() if jobs is None else Settings(jobs=jobs)).jobs,
            colour=output is None and colour(no_color=no_color),
        )
        if pairs is not None:
            if summary is not None or form in ("text", "markdown"):
                raise UsageError("--pairs takes no summary, and gives JSON only.")
            _refuse_terminal([pairs])
            passed = score_lines(pairs, options)
        else:
            if summary is None or not sources:
                raise UsageError(
                    "A summary and its sources are needed.", "summarize score SUMMARY SOURCES"
                )
            _refuse_terminal([summary, *sources])
            passed = score_file(summary, sources, options)
    if not passed:
        raise typer.Exit(_EXIT_FAILED)


@app.command()
def schema(
    of: Annotated[Literal["digest", "score"], typer.Argument(help="Of which JSON.")] = "digest",
) -> None:
    """Print the JSON Schema of the JSON digest, or of a score."""
    from summarize.render import json, score_json

    typer.echo((json if of == "digest" else score_json).schema(), nl=False)


@models_app.command("list")
def models_list() -> None:
    """List the known models. Any other sequence-to-sequence checkpoint works as well."""
    from summarize.models import KNOWN_MODELS

    width = max(len(known.name) for known in KNOWN_MODELS)
    typer.echo(f"{'NAME':{width}}  {'SIZE':>6}  {'READS':>6}  LICENCE     ABOUT")
    for known in KNOWN_MODELS:
        size = f"{known.parameters}M" if known.parameters else "-"
        reads = f"{known.reads}" if known.reads else "-"
        typer.echo(
            f"{known.name:{width}}  {size:>6}  {reads:>6}  {known.licence:10}  {known.about}"
        )
    typer.echo("For orientation; a model's own card decides, also on its licence.", err=True)


@models_app.command("info")
def models_info(
    name: Annotated[str, typer.Argument(help="A known model, hub name or folder.")],
) -> None:
    """Show what is known about a model and whether it is on this machine."""
    from summarize.models import describe

    with _reported():
        for key, value in describe(name).items():
            typer.echo(f"{key}: {value}")


@models_app.command("path")
def models_path(
    name: Annotated[str, typer.Argument(help="A known model, hub name or folder.")],
) -> None:
    """Print the folder of a model on this machine."""
    from summarize.models import find_model

    with _reported():
        found = find_model(name, download=False)
        if found.folder is None:
            raise UsageError(f"The writer '{name}' needs no model, so it has no folder.")
        typer.echo(str(found.folder))
