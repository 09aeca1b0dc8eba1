"""The commands `summarize config …`."""

from typing import Annotated, Literal

import typer

from summarize.commands.exits import reported

__all__ = ["config_app"]

config_app = typer.Typer(
    name="config",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The settings that hold where no flag is given.",
)


@config_app.callback()
def _config() -> None:
    """Keep `show` a command of its own: a group of one would be that one."""


@config_app.command()
def show(
    form: Annotated[Literal["text", "json"], typer.Option("--format", help="text or json.")] = (
        "text"
    ),
) -> None:
    """Say each setting's value and where it comes from.

    Flags go before the environment, that before summarize.toml in the current folder, that before
    the user's file, that before the defaults.
    """
    import json
    from dataclasses import asdict

    from summarize.config import settings, user_file
    from summarize.render.phrases import harmless

    with reported():
        found = settings()
        if form == "json":
            typer.echo(json.dumps([asdict(setting) for setting in found], indent=2))
            return
        for setting in found:
            value = "-" if setting.value is None else str(setting.value)
            value = value.lower() if isinstance(setting.value, bool) else value
            typer.echo(f"{setting.name:13} {harmless(value):12} {harmless(setting.origin)}")
        if not user_file().is_file():
            typer.echo(f"There is no {user_file()} yet.", err=True)
