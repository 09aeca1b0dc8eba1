"""The templates of the forms that are markup. Nothing an article holds can become markup in them.

Every value passes `shown` and is then escaped; what may stand as it is, is marked `trusted`.
"""

import re
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from summarize.records import Digest
from summarize.render import notes, phrases
from summarize.render.conflicts import conflict_lines
from summarize.render.html.timeline import timeline
from summarize.render.html.view import Page
from summarize.render.phrases import harmless

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["asset", "filled", "shown", "urn"]

# What no document may hold: halves of characters from broken names of files, and non-characters.
_NO_TEXT = re.compile(r"[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def filled(template: str, digest: Digest, page: Page | None = None, **values: Any) -> str:
    """A template of this package with a digest in it; the same digest gives the same text."""
    return (
        _environment()
        .get_template(template)
        .render(digest=digest, page=page or Page(digest), version=version("summarize"), **values)
    )


def asset(name: str) -> str:
    """A file of this package, as it is."""
    return (files("summarize.render") / name).read_text(encoding="utf-8")


def urn(*names: str) -> str:
    """A name for a thing that has these names, the same everywhere: "urn:uuid:…"."""
    return uuid5(NAMESPACE_URL, "summarize:" + ":".join(names)).urn


def shown(value: Any) -> Any:
    """A value as it may stand in a document: a text without what rewrites or breaks it.

    Unlike `harmless`, it keeps a blank at either end: pieces of a sentence stand side by side.
    """
    if not isinstance(value, str) or hasattr(value, "__html__") or not value:
        return value
    plain = harmless(_NO_TEXT.sub("\ufffd", value))
    return f"{' ' if value[0].isspace() else ''}{plain}{' ' if value[-1].isspace() else ''}"


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=PackageLoader("summarize.render", ""),
        autoescape=True,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters["trusted"] = Markup
    made.globals.update({name: getattr(phrases, name) for name in phrases.__all__})
    made.globals.update({name: getattr(notes, name) for name in notes.__all__})
    made.globals.update(conflict_lines=conflict_lines, timeline=timeline)
    return made
