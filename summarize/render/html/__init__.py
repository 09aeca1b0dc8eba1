"""The digest as one HTML file with its receipts: no network, no framework, no need of scripts.

What the page says is made by the template `page.html`; `page.css` and `page.js` stand in the file
itself, allowed by their hashes.
"""

from base64 import b64encode
from hashlib import sha256

from summarize.records import Digest

__all__ = ["framed", "render"]

_MANY = 24
"""Rows of a timeline that are shown at once; a longer one is folded away."""


def render(digest: Digest) -> str:
    """The digest as a complete HTML document; the same digest gives the same bytes."""
    from summarize.render.markup import asset, filled

    css, script = asset("html/page.css"), asset("html/page.js")
    return filled(
        "html/page.html",
        digest,
        css=css,
        script=script,
        policy=_policy(css, script),
        many=_MANY,
    )


def framed(digest: Digest) -> str:
    """The document in a frame that neither sees nor changes the page around it."""
    from html import escape

    from summarize.render.phrases import heading

    return (
        f'<iframe title="{heading(digest)}" sandbox="allow-scripts" '
        'style="width: 100%; height: 42rem; border: 0" '
        f'srcdoc="{escape(render(digest))}"></iframe>'
    )


def _policy(css: str, script: str) -> str:
    """What a browser may run: this style and this script, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src '{_hash(css)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
