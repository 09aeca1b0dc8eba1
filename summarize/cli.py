"""The command line: flags in, one call, print. No logic of its own."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from summarize.commands.batch import batch_app
from summarize.commands.cache import cache_app
from summarize.commands.config import config_app
from summarize.commands.doctor import doctor
from summarize.commands.exits import EXIT_FAILED, Commands
from summarize.commands.exits import reported as _reported
from summarize.commands.models import models_app
from summarize.commands.options import (
    AnyLanguageOption,
    ArticlesOption,
    CacheOption,
    DeviceOption,
    JobsOption,
    LengthOption,
    ModelOption,
    OneStoryOption,
)
from summarize.commands.output import (
    colour,
    digest_form_of,
    json_lines_to,
    refuse_output,
    refuse_terminal,
    width,
    write,
)
from summarize.commands.train import train
from summarize.errors import UsageError
from summarize.settings import BUNDLED_MODEL, Length, Settings, cores

__all__ = ["app", "main"]


class _Commands(Commands):
    """A path in the place of a command is what people try first."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:
        if args and args[0] not in self.commands and (args[0] == "-" or Path(args[0]).exists()):
            ctx.fail(f"'{args[0]}' is no command. Did you mean: summarize run {' '.join(args)}")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="summarize",
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn a folder of news articles into a digest a reader can trust, offline.",
    epilog="Example: summarize run articles/ --length 5s -o digest.md",
)
app.add_typer(batch_app)
app.add_typer(models_app)
app.add_typer(config_app)
app.add_typer(cache_app)


def _printed_form() -> Any:
    """The form of a digest that is printed, when no flag says it."""
    from summarize.config import settings

    return next(setting.value for setting in settings() if setting.name == "format") or "text"


def _earlier(since: Path | None) -> Any:
    """What an earlier digest told."""
    if since is None:
        return None
    # Not with the others: it imports more than the showing of a kept digest.
    from summarize.updates import read_earlier

    return read_earlier(since)


def _refuse_terminal(paths: Sequence[str]) -> None:
    if "-" in paths and sys.stdin.isatty():
        raise UsageError("- reads standard input, and that is this terminal.", "Pipe a text in.")


def main() -> None:
    """Entry point of the console script."""
    app()


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
    ctx: typer.Context,
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
    # The others say what is set, and are not told.
    if ctx.invoked_subcommand in ("run", "score", "batch", "train"):
        from summarize.config import defaults

        with _reported():
            said = defaults()
        ctx.default_map = {"run": said, "score": said, "train": said, "batch": {"run": said}}


_Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        callback=lambda value: None if value == Path("-") else value,
        help="Write to this file instead.",
    ),
]
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
_NoColor = Annotated[bool, typer.Option("--no-color", help="No colours.")]


@app.command()
def run(
    paths: Annotated[
        list[str], typer.Argument(help="Folders, files and archives to read; - is standard input.")
    ],
    output: _Output = None,
    form: _DigestForm = None,
    model: ModelOption = BUNDLED_MODEL,
    length: LengthOption = None,
    one_story: OneStoryOption = False,
    articles: ArticlesOption = True,
    any_language: AnyLanguageOption = False,
    since: Annotated[
        Path | None,
        typer.Option(
            help="Tell only what is new since this digest (JSON), and those it was an update of."
        ),
    ] = None,
    jobs: JobsOption = None,
    device: DeviceOption = "auto",
    cache: CacheOption = True,
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
            articles=articles,
            any_language=any_language,
            device=device,
            jobs=cores() if jobs is None else jobs,
        )
        form = form or (digest_form_of(output) if output else _printed_form())
        refuse_output(output, paths)
        refuse_terminal(form, output)
        _refuse_terminal(paths)
        from summarize.cache.run import Asked, digest
        from summarize.cache.store import Store, digests_folder
        from summarize.commands.progress import Spinner
        from summarize.render import encoded
        from summarize.render.phrases import harmless

        asked = Asked(paths, settings, sys.stdin.buffer, _earlier(since))
        store = Store(digests_folder()) if cache else None
        with Spinner(quiet=quiet) as progress:
            result = digest(asked, store, progress)
        coloured = output is None and colour(no_color=no_color)
        data = encoded(result, form, width=width(), colour=coloured, verbose=verbose > 0)
        write(data, output)
        # On a terminal the digest itself has just named them.
        if not (form == "text" and output is None and sys.stdout.isatty()):
            for failure in result.failures:
                typer.echo(harmless(f"{failure.path}: {failure.reason}"), err=True)
    if result.failures:
        raise typer.Exit(EXIT_FAILED)


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
    jobs: JobsOption = None,
    no_color: _NoColor = False,
) -> None:
    """Check the names, numbers and dates of a summary against its sources.

    A line of --pairs is {"id"?, "summary": text, "sources": [text or {"text", "title"?,
    "published"?, "source"?}]} and gives one line of JSON.

    Exit codes: 0 fine; 1 the accuracy is below --min-accuracy or some input failed; 2 wrong usage
    or no source; 3 language model unavailable; 130 interrupted. A summary without any claim passes
    --min-accuracy with a note, an empty one does not pass.
    """
    from summarize.commands.score import Options, score_file, score_lines

    with _reported():
        refuse_output(output, [given for given in (summary, pairs, *(sources or ())) if given])
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
            json_lines_to(output)
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
        raise typer.Exit(EXIT_FAILED)


@app.command()
def schema(
    of: Annotated[Literal["digest", "score"], typer.Argument(help="Of which JSON.")] = "digest",
) -> None:
    """Print the JSON Schema of the JSON digest, or of a score."""
    from summarize.render import json, score_json

    typer.echo((json if of == "digest" else score_json).schema(), nl=False)


app.command()(train)
app.command()(doctor)
