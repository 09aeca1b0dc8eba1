"""`summarize batch`: flags in, one call, print."""
# ruff: noqa: FBT002, PLR0913, PLR0917 (what Typer asks for)

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from summarize.commands.exits import reported
from summarize.commands.options import (
    AnyLanguageOption,
    ArticlesOption,
    LengthOption,
    ModelOption,
    OneStoryOption,
)
from summarize.commands.output import refuse_folder
from summarize.errors import UsageError
from summarize.settings import BUNDLED_MODEL, Device, Length, Settings, cores

if TYPE_CHECKING:
    from summarize.batch.executor import Executor

__all__ = ["batch_app"]

_EXIT_FAILED = 1
_EXIT_INTERRUPTED = 130


class _Group(TyperGroup):
    """`batch INBOX` is short for `batch run INBOX`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


batch_app = typer.Typer(
    name="batch",
    cls=_Group,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Turn many folders into digests, again and again; nothing is lost or done twice. "
    "'batch INBOX --out DIR' is short for 'batch run INBOX --out DIR'.",
    epilog="Example: summarize batch inbox/ --out digests/",
)


@contextmanager
def _reported() -> Iterator[None]:
    """As everywhere on the command line, but for what an interrupt means here."""
    signal.signal(signal.SIGTERM, _interrupt)
    interrupted = False
    with reported():
        try:
            yield
        except KeyboardInterrupt:
            interrupted = True
    if interrupted:
        typer.echo("Interrupted; what is done is kept, run it again to go on.", err=True)
        raise typer.Exit(_EXIT_INTERRUPTED)


def _interrupt(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise KeyboardInterrupt


_Out = Annotated[Path, typer.Argument(help="The output folder of the batch.")]


@batch_app.command("run")
def run_batch(
    inboxes: Annotated[
        list[str], typer.Argument(help="Folders; each folder in them with files is a digest.")
    ],
    out: Annotated[Path, typer.Option(help="Where the digests go, and the ledger of the work.")],
    group_all: Annotated[
        bool, typer.Option("--group-all", help="Take all articles as one pool: a digest a day.")
    ] = False,
    model: ModelOption = BUNDLED_MODEL,
    length: LengthOption = None,
    one_story: OneStoryOption = False,
    articles: ArticlesOption = True,
    any_language: AnyLanguageOption = False,
    since: Annotated[
        str | None,
        typer.Option(help="'last': beside each digest that changes, what is new in it."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(help="Worker processes. [default: all cores]", envvar="SUMMARIZE_JOBS"),
    ] = None,
    executor: Annotated[
        str, typer.Option(help="Where the workers are: local, or ray for a cluster.")
    ] = "local",
    address: Annotated[
        str, typer.Option(help="The Ray cluster: auto, local (a new one here) or host:port.")
    ] = "auto",
    gpus: Annotated[
        float, typer.Option(min=0.0, help="The part of a GPU that each Ray worker is given.")
    ] = 0.0,
    attempts: Annotated[
        int, typer.Option(min=1, help="How often a piece of work is tried before it has failed.")
    ] = 3,
    patience: Annotated[
        float, typer.Option(min=1.0, help="Seconds after which a piece of work is given up.")
    ] = 300.0,
    wait: Annotated[
        bool, typer.Option("--wait", help="Wait for another run on the same output folder.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be made and why; do nothing.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Run again whenever the inboxes change.")
    ] = False,
    metrics: Annotated[
        Path | None, typer.Option(help="Write counts for Prometheus to this file.")
    ] = None,
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help="Say nothing but errors, each once.")
    ] = False,
) -> None:
    """Bring the digests of all folders up to date.

    Progress is shown on a terminal, and told as lines of JSON on stderr otherwise.

    Exit codes: 0 fine, 1 finished but some input failed, 2 wrong usage or nothing to read, 3 model
    unavailable, 4 the output folder cannot be written, 5 another run is using it, 130 interrupted.
    """
    with _reported():
        found = _cores(executor, address)
        settings = Settings(
            model=model,
            length=Length.parse(length) if length else None,
            one_story=one_story,
            articles=articles,
            any_language=any_language,
            jobs=found if jobs is None else jobs,
            device=_device(executor, gpus),
        )
        refuse_folder(metrics)
        from summarize.batch.job import Options
        from summarize.batch.watch import once_or_always

        options = Options(
            _different(inboxes), out, settings, pooled=group_all, attempts=attempts,
            patience=patience, wait=wait, since=_since(since),
            executor=_executor(executor, settings, gpus),
        )  # fmt: skip
        if dry_run:
            from summarize.batch.plans import would_run

            for line in would_run(options):
                typer.echo(line)
            return
        fine = once_or_always(options, watch=watch, quiet=quiet, metrics=metrics)
    if not fine:
        raise typer.Exit(_EXIT_FAILED)


def _cores(executor: str, address: str) -> int:
    """How many workers there can be, where they are to be; a cluster is joined."""
    if executor == "local":
        return cores()
    if executor != "ray":
        raise UsageError(f"--executor {executor} is not known.", "Use local or ray.")
    from summarize.batch.cluster import connect

    return connect(address)


def _device(executor: str, gpus: float) -> Device:
    """On a cluster, what a node happens to have must not change what is written."""
    if executor == "local":
        return "auto"
    return "cuda" if gpus else "cpu"


def _executor(executor: str, settings: Settings, gpus: float) -> "Callable[[int], Executor]":
    if executor == "local":
        from summarize.batch.local import LocalExecutor

        return LocalExecutor
    from summarize.batch.cluster import RayExecutor

    return lambda jobs: RayExecutor(jobs, settings, gpus)


def _since(value: str | None) -> bool:
    if value not in (None, "last"):
        raise UsageError(
            f"--since {value} is not known here.", "Only: --since last, the digest before."
        )
    return value is not None


def _different(inboxes: Sequence[str]) -> tuple[Path, ...]:
    # An empty name, as of a variable that is not set, would be the current folder.
    if not all(inboxes):
        raise UsageError("An inbox is needed.", "summarize batch INBOX --out DIR")
    return tuple(dict.fromkeys(map(Path, inboxes)))


@batch_app.command()
def status(out: _Out) -> None:
    """Show what is done, what failed and why."""
    from summarize.batch.report import status_lines

    with _reported():
        for line in status_lines(out):
            typer.echo(line)


@batch_app.command()
def why(
    out: _Out,
    name: Annotated[
        str, typer.Argument(help="Only of digests and files whose path holds this.")
    ] = "",
) -> None:
    """Show what the last run made, and why each piece was not there already."""
    from summarize.batch.report import why_lines

    with _reported():
        for line in why_lines(out, name):
            typer.echo(line)


@batch_app.command()
def retry(out: _Out) -> None:
    """Let the next run try again what failed for good."""
    from summarize.batch.report import retry_failed

    with _reported():
        typer.echo(retry_failed(out))


@batch_app.command()
def gc(out: _Out) -> None:
    """Remove kept results that no digest uses any more, and what killed runs left behind."""
    from summarize.batch.report import collect_garbage

    with _reported():
        typer.echo(collect_garbage(out))
