"""What a result of a batch depends on, and its name: a hash of all of that.

Each dependency has a name that a user understands, so that `why` can say which of them changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from summarize.batch.ledger import Basis, Item
from summarize.models import find_model, fingerprint
from summarize.provenance import READERS, WRITERS, WRITING, key_of, libraries, program
from summarize.settings import Settings

__all__ = ["Conditions", "because", "conditions", "item", "key_of"]

_READING = ("reading", "records.py", "batch/tasks.py")


@dataclass(frozen=True, slots=True)
class Conditions:
    """What every item of a kind depends on beside its own input."""

    reading: Basis
    writing: Basis
    digest: Basis


def conditions(settings: Settings, formats: tuple[str, ...], *, pooled: bool) -> Conditions:
    """The conditions of a run. Raises ModelUnavailableError when its model is not here."""
    model = find_model(settings.model)
    reading = {"the program": program(_READING), "a library": libraries(READERS)}
    writing = {
        "the program": program(),
        "a library": libraries(WRITERS),
        "the model": f"{model.name} {fingerprint(model)}",
    }
    if settings.device == "cuda":
        writing["the device"] = settings.device
    told = {
        "the length": f"{settings.article_length} {settings.story_length}",
        "--one-story": str(settings.one_story),
        "--no-articles": str(not settings.articles),
        "--any-language": str(settings.any_language),
        "the formats": " ".join(formats),
        "--group-all": str(pooled),
    }
    # The readers' part is in the names of the files' items, on which a digest depends.
    whole = {"the program": program((*WRITING, "batch")), **_but_program(writing), **told}
    return Conditions(reading, writing, whole)


def _but_program(basis: Basis) -> dict[str, str]:
    """A basis but for the program, which each kind states for itself."""
    return {name: value for name, value in basis.items() if name != "the program"}


def item(kind: str, subject: str, basis: Basis) -> Item:
    """The item that depends on `basis` and on nothing else; its subject is only what it is of."""
    return Item(key_of([kind, dict(basis)]), kind, subject, basis)


def because(basis: Basis, before: Mapping[str, str] | None) -> str:
    """Why something is made: it is new, or which of its dependencies changed."""
    if before is None:
        return "it is new"
    changed = [
        name if name in before else f"{name} (new)"
        for name in basis
        if basis[name] != before.get(name)
    ]
    changed += [f"{name} (gone)" for name in before if name not in basis]
    if not changed:
        return "its result was missing"
    shown = ", ".join(changed[:3]) + (f" and {len(changed) - 3} more" if changed[3:] else "")
    return f"changed: {shown}"
