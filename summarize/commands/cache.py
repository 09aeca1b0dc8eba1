"""The commands `summarize cache …`."""

import typer

from summarize.commands.exits import reported

__all__ = ["cache_app"]

cache_app = typer.Typer(
    name="cache",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="What is kept of runs, so that one on the same articles costs nothing.",
)


@cache_app.command()
def info() -> None:
    """Say where results are kept, how many, and how large they may become."""
    from summarize.cache.store import Store, digests_folder
    from summarize.render.phrases import count, harmless

    with reported():
        store = Store(digests_folder())
        sizes = store.sizes()
        used = f"{sum(sizes) / 1024**2:,.1f} of {store.limit / 1024**2:,.0f} MiB"
        typer.echo(harmless(f"{store.folder}: {count(len(sizes), 'file')}, {used}"))
        if not store.is_usable():
            typer.echo("It cannot be written to, so nothing is kept.")


@cache_app.command()
def clear() -> None:
    """Remove everything that is kept of runs."""
    from summarize.cache.store import Store, digests_folder
    from summarize.errors import UsageError
    from summarize.render.phrases import count

    with reported():
        store = Store(digests_folder())
        before = len(store.sizes())
        try:
            store.clear()
        except OSError as error:
            hint = "See: summarize cache info"
            raise UsageError(f"Not all could be removed: {error.strerror}.", hint) from error
        typer.echo(f"Removed {count(before, 'file')}.")
