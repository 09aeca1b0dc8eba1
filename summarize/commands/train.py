"""The command `summarize train`."""

from pathlib import Path
from typing import Annotated

import typer

from summarize.commands.exits import reported
from summarize.commands.options import DeviceOption, JobsOption
from summarize.settings import Settings, cores

__all__ = ["train"]


def train(  # noqa: PLR0913 (what Typer asks for)
    *,
    data: Annotated[
        Path,
        typer.Option(help='JSON Lines: {"source": text or "documents": [...], "summary": text}.'),
    ],
    base: Annotated[str, typer.Option(help="The model to begin with: a hub name or a folder.")],
    out: Annotated[Path, typer.Option(help="The model folder to write; has to be new.")],
    epochs: Annotated[int, typer.Option(min=1, help="How often all pairs are seen.")] = 3,
    steps: Annotated[
        int | None, typer.Option(min=1, help="Stop after so many batches, if that is earlier.")
    ] = None,
    rate: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="Peak learning rate. [default: the model family's]"),
    ] = None,
    tokens: Annotated[int, typer.Option(min=1, help="Tokens of one batch.")] = 4096,
    seed: Annotated[int, typer.Option(min=0, help="Decides order and chance.")] = 13,
    keep_unfaithful: Annotated[
        bool,
        typer.Option(
            "--keep-unfaithful",
            help="Also train on summaries with names, numbers or dates that their source lacks.",
        ),
    ] = False,
    save_minutes: Annotated[
        float, typer.Option(min=0.0, help="Save and report every so many minutes, to go on from.")
    ] = 5.0,
    jobs: JobsOption = None,
    device: DeviceOption = "auto",
) -> None:
    """Fine-tune a sequence-to-sequence model on your own pairs of source and summary.

    The folder then holds the weights with the lowest held-out loss, a model card and the losses. A
    training that was stopped goes on when the same command is given again.
    """
    from summarize.errors import UsageError
    from summarize.training.finetune import Job, Recipe, finetune

    with reported():
        if rate == 0:
            raise UsageError("At a learning rate of 0 nothing is learned.", "Give another --rate.")
        threads = Settings(jobs=cores() if jobs is None else jobs).jobs
        recipe = Recipe(epochs, steps, rate, tokens, seed, faithful=not keep_unfaithful)
        try:
            finetune(
                Job(data, base, out, recipe, threads, device, save_minutes),
                say=lambda line: typer.echo(line, err=True),
            )
        except KeyboardInterrupt:
            typer.echo("Stopped; the same command goes on from the last save.", err=True)
            raise typer.Exit(130) from None
