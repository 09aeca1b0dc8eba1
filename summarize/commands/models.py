"""The commands `summarize models …`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarize.commands.exits import reported

if TYPE_CHECKING:
    from summarize.models import Model

__all__ = ["describe", "models_app"]

models_app = typer.Typer(
    name="models",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The models that can write summaries.",
)

_Name = Annotated[str, typer.Argument(help="A known model, hub name or folder.")]


@models_app.command("list")
def models_list() -> None:
    """List the known models. Any other sequence-to-sequence checkpoint works as well."""
    from summarize.models import KNOWN_MODELS, PUBLISHED_SCORES

    width = max(len(known.name) for known in KNOWN_MODELS)
    typer.echo(f"{'NAME':{width}}  {'SIZE':>6}  {'READS':>6}  LICENCE     ABOUT")
    for known in KNOWN_MODELS:
        size = f"{known.parameters}M" if known.parameters else "-"
        reads = f"{known.reads}" if known.reads else "-"
        about = "; ".join(filter(None, (known.about, PUBLISHED_SCORES.get(known.name))))
        typer.echo(f"{known.name:{width}}  {size:>6}  {reads:>6}  {known.licence:10}  {about}")
    typer.echo(
        "For orientation; a model's own card decides, also on its licence. Scores are ROUGE-1/2/L, "
        "or -2/L, as published.",
        err=True,
    )


@models_app.command("pull")
def models_pull(
    name: Annotated[str, typer.Argument(help="A model's name on the hub: owner/name.")],
) -> None:
    """Download a model from the Hugging Face hub. This is the only command that uses the network.

    Only safetensors weights, configuration and tokenizer are fetched, and checked.
    """
    from summarize.errors import UsageError
    from summarize.hub import fetch, plan
    from summarize.settings import BUNDLED_MODEL

    with reported():
        if name in (BUNDLED_MODEL, "quote"):
            raise UsageError(f"'{name}' comes with summarize; there is nothing to fetch.")
        wanted = plan(name)
        typer.echo(
            f"Fetching {name}: {len(wanted.files)} files, {_megabytes(wanted.size)}, over the "
            f"network from {wanted.endpoint}",
            err=True,
        )
        folder = fetch(wanted, lambda file: typer.echo(f"  {file}", err=True))
        typer.echo(str(folder))


@models_app.command("info")
def models_info(name: _Name) -> None:
    """Show what is known about a model, whether it is on this machine, and what will run it."""
    with reported():
        for key, value in describe(name).items():
            typer.echo(f"{key}: {value}")


@models_app.command("path")
def models_path(name: _Name) -> None:
    """Print the folder of a model on this machine."""
    from summarize.errors import UsageError

    with reported():
        found = _usable(name)
        if found.folder is None:
            raise UsageError(f"The writer '{name}' needs no model, so it has no folder.")
        typer.echo(str(found.folder))


@models_app.command("default")
def models_default(
    name: Annotated[
        str | None, typer.Argument(help="A known model, hub name or folder to write from now on.")
    ] = None,
) -> None:
    """Print the model that writes where no --model is given, or with NAME make it that.

    NAME is kept in the user's file of settings. SUMMARIZE_MODEL and a project's summarize.toml go
    before it.
    """
    from summarize.config import settings

    with reported():
        if name is not None:
            _keep_default(name)
        chosen = next(setting for setting in settings() if setting.name == "model")
        typer.echo(chosen.value)
        if name is not None and chosen.value != _kept_name(name):
            typer.echo(f"Kept, but {chosen.origin} names another, which goes before.", err=True)


def _keep_default(name: str) -> None:
    from summarize.user_settings import keep

    _usable(name)
    typer.echo(f"Kept in {keep('model', _kept_name(name))}.", err=True)


def _kept_name(name: str) -> str:
    """A folder by its whole path, which is right wherever a run begins."""
    from summarize.models import find_model

    found = find_model(name)
    folder = Path(name).expanduser()
    return str(folder.resolve()) if found.engine == "checkpoint" and folder.is_dir() else name


def _usable(name: str) -> "Model":
    """The model on this machine; ModelUnavailableError where a run would refuse its folder."""
    from summarize.models import find_model
    from summarize.writer.pytorch import refuse_unsafe

    found = find_model(name)
    if found.folder is not None and found.engine == "checkpoint":
        refuse_unsafe(found.folder)
    return found


def describe(name: str) -> dict[str, str]:
    """What is known about a model, as label and value: from the table and from this machine.

    Raises ModelUnavailableError for a name that is neither in the table nor on this machine.
    """
    from summarize.errors import ModelUnavailableError
    from summarize.models import KNOWN_MODELS, PUBLISHED_SCORES, fingerprint

    row = next((known for known in KNOWN_MODELS if known.name == name), None)
    facts: dict[str, str] = {"name": name}
    if row is not None:
        facts |= {"about": row.about, "licence": row.licence}
        if row.parameters:
            facts |= {
                "size": f"{row.parameters} million parameters",
                "reads": f"{row.reads} tokens",
            }
        if name in PUBLISHED_SCORES:
            facts["published scores"] = f"ROUGE {PUBLISHED_SCORES[name]}"
    try:
        found = _usable(name)
    except ModelUnavailableError as error:
        if row is None:
            raise
        return facts | {"here": f"no. {error.hint}"}
    facts["here"] = "yes"
    if found.folder is None:
        return facts
    facts["folder"] = str(found.folder)
    weights = sum(path.stat().st_size for path in found.folder.glob("*.safetensors"))
    facts |= {"weights": _megabytes(weights), "fingerprint": fingerprint(found)}
    if found.engine == "checkpoint":
        from summarize.writer.engines import engine_for

        engines = {"ctranslate2": "CTranslate2 (int8 on the CPU)", "pytorch": "PyTorch"}
        facts["runs on"] = engines[engine_for(found.folder)]
    return facts


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
