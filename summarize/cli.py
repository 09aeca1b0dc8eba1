"""The command line: flags in, one call, print. No logic of its own."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from summarize.errors import SummarizeError, UsageError
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


def main() -> None:
    """Entry point of the console script."""
    app()


@contextmanager
def _reported() -> Iterator[None]:
    """Turn errors into a line on stderr and an exit code; into a trace with SUMMARIZE_DEBUG."""
    try:
        yield
    except SummarizeError as error:
        typer.echo(f"Error: {error}", err=True)
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


@app.command()
def run(
    paths: Annotated[
        list[str], typer.Argument(help="Folders, files and archives to read; - is standard input.")
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file instead.")
    ] = None,
    form: Annotated[
        Literal["text", "markdown", "json"] | None,
        typer.Option("--format", help="text, or what the name of the output file says."),
    ] = None,
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
    jobs: Annotated[
        int | None,
        typer.Option(help="Processor cores to use. [default: all]", envvar="SUMMARIZE_JOBS"),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help="Say nothing but errors on stderr.")
    ] = False,
    verbose: Annotated[
        int,
        typer.Option("-v", "--verbose", count=True, help="Show every verdict and removed line."),
    ] = 0,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours.")] = False,
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
        form = form or _form_of(output)
        _refuse_output(output)
        if "-" in paths and sys.stdin.isatty():
            raise UsageError(
                "- reads standard input, and that is this terminal.", "Pipe a text in."
            )
        from summarize.pipeline import digest
        from summarize.progress import Spinner
        from summarize.render import render

        with Spinner(quiet=quiet) as progress:
            result = digest(paths, settings, progress, stdin=sys.stdin.buffer)
        colour = output is None and _colour(no_color=no_color)
        text = render(result, form, width=_width(), colour=colour, verbose=verbose > 0)
        _write(text, output)
        if not quiet and not (form == "text" and output is None and sys.stdout.isatty()):
            for failure in result.failures:
                typer.echo(f"{failure.path}: {failure.reason}", err=True)
    if result.failures:
        raise typer.Exit(_EXIT_FAILED)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the JSON digest."""
    from summarize.render.json import schema as text

    typer.echo(text(), nl=False)


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


def _form_of(output: Path | None) -> Literal["text", "markdown", "json"]:
    """The form that an output file's name asks for."""
    suffix = output.suffix.lower() if output else ""
    if suffix in {".md", ".markdown"}:
        return "markdown"
    return "json" if suffix == ".json" else "text"


def _refuse_output(output: Path | None) -> None:
    """Fail before the work when the output could not be written after it."""
    if output is None:
        return
    if output.is_dir():
        raise UsageError(f"{output} is a folder.", "Name a file: -o digest.md")
    if not output.parent.is_dir():
        raise UsageError(f"The folder {output.parent} does not exist.", "Create it first.")
    if not os.access(output.parent, os.W_OK):
        raise UsageError(f"The folder {output.parent} cannot be written to.")


def _colour(*, no_color: bool) -> bool:
    """Colours only on a terminal, and as NO_COLOR, FORCE_COLOR and TERM ask."""
    if no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


def _width() -> int:
    """Columns of the terminal, at most 100 for easy reading; 80 when piped."""
    import shutil

    return min(100, shutil.get_terminal_size((80, 24)).columns) if sys.stdout.isatty() else 80


def _write(text: str, output: Path | None) -> None:
    """To stdout, or to a file that appears whole or not at all."""
    data = text.encode("utf-8", "replace")
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    scratch = output.with_name(f".{output.name}.{os.getpid()}.tmp")
    try:
        scratch.write_bytes(data)
        scratch.replace(output)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise UsageError(f"{output} could not be written: {error.strerror}.") from error
