"""The digest as one HTML file with its receipts: no network, no framework, no need of scripts.

What the page says is made by the template `page.html`; `page.css` and `page.js` stand in the file
itself, allowed by their hashes. Nothing an article holds can become markup: every value passes
`shown` and is then escaped.
"""

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from summarize.records import Digest
from summarize.render import notes, phrases
from summarize.render.html.timeline import timeline
from summarize.render.html.view import Page
from summarize.render.phrases import harmless

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["environment", "render", "shown"]

# What no document may hold: halves of characters from broken names of files, and non-characters.
_NO_TEXT = re.compile(r"[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

_MANY = 24
"""Rows of a timeline that are shown at once; a longer one is folded away."""


def render(digest: Digest) -> str:
    """The digest as a complete HTML document; the same digest gives the same bytes."""
    css, script = _asset("page.css"), _asset("page.js")
    return (
        environment()
        .get_template("page.html")
        .render(
            page=Page(digest),
            digest=digest,
            css=css,
            script=script,
            policy=_policy(css, script),
            version=version("summarize"),
            many=_MANY,
        )
    )


def shown(value: Any) -> Any:
    """A value as it may stand in a document: a text without what rewrites or breaks it.

    Unlike `harmless`, it keeps a blank at either end: pieces of a sentence stand side by side.
    """
    if not isinstance(value, str) or hasattr(value, "__html__") or not value:
        return value
    plain = harmless(_NO_TEXT.sub("\ufffd", value))
    return f"{' ' if value[0].isspace() else ''}{plain}{' ' if value[-1].isspace() else ''}"


@lru_cache(maxsize=1)
def environment() -> "Environment":
    """The templates of all forms that are markup, with the words that the text form uses."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=PackageLoader("summarize.render.html", ""),
        autoescape=True,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters["trusted"] = Markup
    made.globals.update({name: getattr(phrases, name) for name in phrases.__all__})
    made.globals.update({name: getattr(notes, name) for name in notes.__all__})
    made.globals["timeline"] = timeline
    return made


def _asset(name: str) -> str:
    return (files("summarize.render.html") / name).read_text(encoding="utf-8")


def _policy(css: str, script: str) -> str:
    """What a browser may run: this style and this script, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src '{_hash(css)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
