"""`python -m benchmarks`: the command line of the harness. Flags in, one call, print."""

import functools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from summarize.commands.exits import Commands
from summarize.errors import SummarizeError, UsageError

__all__ = ["app"]

_EXIT_FAILED = 1
_EXIT_INTERRUPTED = 130

app = typer.Typer(
    name="benchmarks",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Compare writers, selections, scorers and other tools on the same work.",
    epilog="Example: python -m benchmarks run --dataset tiny --system lead --system ours:copyist "
    "&& python -m benchmarks table",
)

Out = Annotated[Path, typer.Option("-o", "--out", help="Folder of the runs.")]
Data = Annotated[
    Path | None,
    typer.Option(help="Folder of the datasets (the tiny ones need none).", envvar="SUMMARIZE_DATA"),
]
Datasets = Annotated[
    list[str], typer.Option("--dataset", help="A name, or LAYOUT:PATH@LENGTH; may be repeated.")
]
Metrics = Annotated[
    list[str] | None, typer.Option("--metric", help="A metric; may be repeated. [default: some]")
]
Jobs = Annotated[
    int | None, typer.Option(min=1, help="Processes that score. [default: one per core]")
]
Scores = Annotated[
    Literal["quick", "full", "meaning"],
    typer.Option(help="quick: ROUGE and surface; full: claims too; meaning: embeddings as well."),
]
_RUNS = Path("runs")


@contextmanager
def _reported() -> Iterator[None]:
    """Turn errors into a line on stderr and an exit code; into a trace with SUMMARIZE_DEBUG."""
    try:
        yield
    except SummarizeError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(error.exit_code) from error
    except OSError as error:
        # Of a file that a user named; what cannot be printed is told of elsewhere.
        if os.environ.get("SUMMARIZE_DEBUG") or not error.filename:
            raise
        typer.echo(f"Error: {error.filename}: {error.strerror}.", err=True)
        raise typer.Exit(SummarizeError.exit_code) from error
    except KeyboardInterrupt as error:
        typer.echo("Interrupted; what was finished is kept, run the same command again.", err=True)
        raise typer.Exit(_EXIT_INTERRUPTED) from error


@app.command()
def run(
    datasets: Datasets,
    systems: Annotated[
        list[str] | None, typer.Option("--system", help="A system; may be repeated.")
    ] = None,
    commands: Annotated[
        list[str] | None,
        typer.Option("--command", help="A command line, such as 'tool {input}'; may be repeated."),
    ] = None,
    out: Out = _RUNS,
    data: Data = None,
    split: Annotated[str | None, typer.Option(help="Another split than the first one.")] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="The first examples only. [default: all]")
    ] = None,
    length: Annotated[
        str, typer.Option(help="Another budget than the dataset's, such as 5s or 120w.")
    ] = "",
    jobs: Jobs = None,
    scores: Scores = "full",
    restart: Annotated[
        bool, typer.Option("--restart", help="Throw away outputs that are there.")
    ] = False,
) -> None:
    """Have systems do a dataset's examples, one after the other, and score what they put out.

    What is done already is not done again: a run that was killed goes on where it stopped.
    Exit codes: 0 fine, 1 finished but a system failed on some example, 2 wrong usage.
    """
    from benchmarks.runs import Work, work
    from benchmarks.scores import score_runs
    from summarize.render.phrases import count

    names = [*(systems or []), *(f"command:{command}" for command in commands or [])]
    failed = 0
    with _reported():
        if not names:
            raise UsageError("Nothing is to be run.", "Name it: --system or --command.")
        if length:
            from summarize.settings import Length

            Length.parse(length)
        for dataset in datasets:
            for system in names:
                typer.echo(f"{dataset}: {system}", err=True)
                job = Work(dataset, system, data, split, limit, length)
                failed += work(job, out, restart=restart)
        typer.echo("scoring", err=True)
        score_runs(out, data, extent=scores, jobs=jobs or os.cpu_count() or 1)
    if failed:
        typer.echo(f"{count(failed, 'example')} failed; the reasons are in the outputs.", err=True)
        raise typer.Exit(_EXIT_FAILED)


@app.command()
def score(
    out: Out = _RUNS,
    data: Data = None,
    jobs: Jobs = None,
    scores: Scores = "full",
) -> None:
    """Score the outputs of earlier runs again, without running any system."""
    from benchmarks.scores import score_runs

    with _reported():
        if not score_runs(out, data, extent=scores, jobs=jobs or os.cpu_count() or 1):
            raise UsageError(f"There is no run in {out}.", "Make one: python -m benchmarks run")


@app.command()
def table(
    out: Out = _RUNS,
    metrics: Metrics = None,
    to: Annotated[Path | None, typer.Option(help="Write to this file instead.")] = None,
) -> None:
    """Show all results as Markdown tables, with intervals and n."""
    from benchmarks.results import read_results
    from benchmarks.tables import COLUMNS, report

    with _reported():
        text = report(read_results(out), metrics or COLUMNS)
        if to is None:
            typer.echo(text, nl=False)
        else:
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_text(text, encoding="utf-8")


@app.command()
def compare(
    dataset: Annotated[str, typer.Option(help="The dataset.")],
    baseline: Annotated[str, typer.Option(help="The system that the others are compared with.")],
    out: Out = _RUNS,
    metrics: Metrics = None,
) -> None:
    """Show paired differences to a baseline, with intervals and corrected p-values."""
    from benchmarks.results import read_results
    from benchmarks.tables import comparison

    with _reported():
        wanted = metrics or ["rouge1", "rouge2", "rougeL"]
        typer.echo(comparison(read_results(out), dataset, baseline, wanted), nl=False)


@app.command()
def page(
    out: Out = _RUNS,
    to: Annotated[Path, typer.Option(help="Folder for the page and its pictures.")] = Path("page"),
    metrics: Metrics = None,
) -> None:
    """Write all tables and pictures as one Markdown page."""
    from benchmarks.plots import draw
    from benchmarks.results import read_results
    from benchmarks.tables import COLUMNS, report

    with _reported():
        results = read_results(out)
        pictures = "".join(f"\n![{path.stem}]({path.name})\n" for path in draw(results, to))
        text = f"# Results\n\n{report(results, metrics or COLUMNS)}{pictures}"
        (to / "README.md").write_text(text, encoding="utf-8")
        typer.echo(str(to / "README.md"))


@app.command()
def plot(
    out: Out = _RUNS,
    to: Annotated[Path, typer.Option(help="Folder for the pictures.")] = Path("plots"),
) -> None:
    """Draw quality against speed and faithfulness, and time against input size, as SVG files."""
    from benchmarks.plots import draw
    from benchmarks.results import read_results

    with _reported():
        for path in draw(read_results(out), to):
            typer.echo(str(path))


@app.command()
def speed(
    data: Data = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder of the page.")] = Path("page"),
    sizes: Annotated[
        list[int] | None,
        typer.Option("--size", help="Articles, with quotes. [default: 10 100 1000]"),
    ] = None,
    writer_sizes: Annotated[
        list[int] | None, typer.Option("--writer-size", help="With the writer. [default: 10 50]")
    ] = None,
    story_sizes: Annotated[
        list[int] | None, typer.Option("--story-size", help="In one story. [default: 10 50]")
    ] = None,
    rates: Annotated[int, typer.Option(min=10, help="Articles for rates of stages.")] = 50,
    shapes: Annotated[
        list[str] | None, typer.Option("--shape", help="Engines' networks: t5-small, bart-base ...")
    ] = None,
    before: Annotated[str, typer.Option(help="A commit whose writer is compared.")] = "",
) -> None:
    """Measure what articles cost, stage by stage, and write the performance page."""
    from benchmarks.speed import Sizes, measure

    found = Sizes(
        sizes or (10, 100, 1000),
        writer_sizes or (10, 50),
        story_sizes or (10, 50),
        rates,
        shapes or (),
        before,
    )
    with _reported():
        say = functools.partial(typer.echo, err=True)
        typer.echo(str(measure(data or Path("data"), out, found, say)))


@app.command()
def gate(
    update: Annotated[
        bool, typer.Option("--update", help="Pin the present figures as the new floors.")
    ] = False,
    allow_lower: Annotated[
        str, typer.Option(help="With --update: the reason why a floor may fall.")
    ] = "",
) -> None:
    """Measure the shipped systems on the tiny sets and fail where they fell below their floors."""
    from benchmarks.gate import check, pin

    with _reported():
        if allow_lower and not update:
            raise UsageError("--allow-lower says why floors may fall.", "Add --update.")
        if update:
            typer.echo(pin(reason=allow_lower))
            return
        falls = check()
    for fall in falls:
        typer.echo(fall, err=True)
    if falls:
        raise typer.Exit(_EXIT_FAILED)
    typer.echo("No figure fell below its floor.")


@app.command()
def datasets() -> None:
    """List the datasets: what they are, where their files belong, whose they are."""
    from benchmarks.datasets import DATASETS

    for row in DATASETS:
        files = ", ".join(f"{split}: {file}" for split, (file, _) in row.files.items())
        typer.echo(f"{row.name} ({row.task}{f', {row.length}' if row.length else ''})")
        typer.echo(f"    {row.about}\n    {files}\n    {row.licence}; {row.citation}")


@app.command()
def systems() -> None:
    """List the systems that can be compared."""
    from benchmarks.systems.table import list_systems

    for name, about in list_systems():
        typer.echo(f"{name:28} {about}")


if __name__ == "__main__":
    app()
