"""`summarize doctor`: what is here, what is missing, and what to install. Loads nothing."""

import hashlib
import json
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Annotated, Literal

import typer

from summarize.errors import ModelUnavailableError, SummarizeError

__all__ = ["CHECKSUMS", "Check", "checks", "doctor"]

CHECKSUMS = "SHA256SUMS"
"""The file of a bundled model with the checksums of its others, as `sha256sum` writes it."""

_EXIT_UNAVAILABLE = 3

State = Literal["ok", "absent", "broken"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `said` is what was found, `hint` what to do about it (may be empty).

    "absent" is something one can do without, "broken" is what keeps `summarize run` from working.
    """

    name: str
    state: State
    said: str
    hint: str = ""


def doctor(
    form: Annotated[Literal["text", "json"], typer.Option("--format", help="text or json.")] = (
        "text"
    ),
) -> None:
    """Say what is installed, whether it is whole, and what to install for what.

    Exit codes: 0 'summarize run' can work, 3 it cannot.
    """
    from summarize.render.phrases import harmless

    found = list(checks())
    if form == "json":
        typer.echo(json.dumps([asdict(check) for check in found], indent=2))
    else:
        for check in found:
            typer.echo(f"{check.name:15} {check.state:7} {harmless(check.said)}")
            if check.hint:
                typer.echo(f"{'':23} {harmless(check.hint)}")
    if any(check.state == "broken" for check in found):
        raise typer.Exit(_EXIT_UNAVAILABLE)


def checks() -> Iterator[Check]:
    """Everything that is looked at, in the order it is shown."""
    yield Check(
        "summarize", "ok", f"{metadata.version('summarize')} in {Path(__file__).parents[1]}"
    )
    yield Check("python", "ok", f"{platform.python_version()}, {sys.platform} {platform.machine()}")
    yield _libraries()
    yield _language_model()
    yield _bundled_writer()
    yield _settings()
    yield from _extras()
    yield _gpu()
    yield _known_models()
    yield _cache()


def _libraries() -> Check:
    """What the package depends on, without its extras; whether versions fit is the installer's."""
    needed = [line for line in metadata.requires("summarize") or () if "extra ==" not in line]
    have, lack = [], []
    for name in (re.split(r"[^\w.-]", line)[0] for line in needed):
        try:
            have.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            lack.append(name)
    if lack:
        return Check("libraries", "broken", f"missing: {', '.join(lack)}", "Reinstall the package.")
    return Check("libraries", "ok", ", ".join(have))


def _language_model() -> Check:
    from summarize.language import parser_version

    try:
        return Check("language model", "ok", parser_version())
    except ModelUnavailableError as error:
        return Check("language model", "broken", error.args[0], error.hint)


def _bundled_writer() -> Check:
    from summarize.models import find_model
    from summarize.settings import BUNDLED_MODEL

    folder = find_model(BUNDLED_MODEL).folder
    assert folder is not None
    try:
        wrong = [name for name, wanted in _sums(folder) if _sum(folder / name) != wanted]
    except OSError:
        wrong = [CHECKSUMS]
    if wrong:
        hint = "Reinstall the package, or use --model quote."
        return Check("bundled writer", "broken", f"damaged or missing: {', '.join(wrong)}", hint)
    size = sum(path.stat().st_size for path in folder.iterdir())
    return Check("bundled writer", "ok", f"{BUNDLED_MODEL}, {size / 1e6:.0f} MB, checksums right")


def _sums(folder: Path) -> list[tuple[str, str]]:
    lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    return [(line.split()[1], line.split()[0]) for line in lines]


def _sum(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settings() -> Check:
    from summarize.config import settings
    from summarize.models import find_model

    try:
        found = {setting.name: setting for setting in settings()}
        find_model(str(found["model"].value))
    except SummarizeError as error:
        return Check("settings", "broken", error.args[0], error.hint)
    changed = [f"{s.name} ({s.origin})" for s in found.values() if s.origin != "default"]
    return Check("settings", "ok", ", ".join(changed) or "the defaults")


def _extras() -> Iterator[Check]:
    """What the extras of the package are for, and whether they are here."""
    from summarize.reading.kinds import KINDS

    for name, kind in KINDS.items():
        if not kind.library:
            continue
        hint = f'To read it: pip install "summarize[{kind.extra}]"'
        try:
            yield Check(f"reads {name}", "ok", f"{kind.library} {metadata.version(kind.library)}")
        except metadata.PackageNotFoundError:
            yield Check(f"reads {name}", "absent", f"{kind.library} is not installed", hint)
    if "ray" in (metadata.metadata("summarize").get_all("Provides-Extra") or ()):
        try:
            yield Check("many machines", "ok", f"ray {metadata.version('ray')}")
        except metadata.PackageNotFoundError:
            hint = 'For batches on a cluster: pip install "summarize[ray]"'
            yield Check("many machines", "absent", "ray is not installed", hint)


def _gpu() -> Check:
    """A GPU only matters to checkpoints; CTranslate2 is asked, as torch takes seconds to load."""
    try:
        import ctranslate2

        count = int(ctranslate2.get_cuda_device_count())
    except (ImportError, OSError, RuntimeError):
        return Check("gpu", "absent", "CTranslate2 cannot be loaded, checkpoints run on PyTorch")
    torch = metadata.version("torch")
    if count and torch.endswith("+cpu"):
        said = f"{count} for CTranslate2; this PyTorch ({torch}) is built without"
        return Check("gpu", "ok", said, "For models that PyTorch runs, install torch for CUDA.")
    if count:
        return Check("gpu", "ok", f"{count}, used by checkpoints (--device)")
    return Check("gpu", "absent", "none; nothing needs one, large checkpoints are faster on one")


def _known_models() -> Check:
    from summarize.hub import cached
    from summarize.models import KNOWN_MODELS

    hub = [known.name for known in KNOWN_MODELS if "/" in known.name]
    here = [name for name in hub if cached(name)]
    if here:
        return Check("models here", "ok", ", ".join(here))
    return Check(
        "models here", "absent", "none but the bundled writer", "Get one: summarize models pull"
    )


def _cache() -> Check:
    from summarize.cache.store import Store, digests_folder
    from summarize.writer.conversion import cache_folder

    store = Store(digests_folder())
    size = sum(path.lstat().st_size for path in cache_folder().rglob("*") if path.is_file())
    said = (
        f"{store.folder.parent}: {sum(store.sizes()) / 1e6:,.0f} MB of digests, "
        f"{size / 1e6:,.0f} MB of converted checkpoints"
    )
    if store.is_usable():
        return Check("cache", "ok", said)
    return Check("cache", "absent", f"{said}; it cannot be written to, so no digest is kept")
