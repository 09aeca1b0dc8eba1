"""The formats a batch writes: a row each."""

from collections.abc import Callable

from summarize.records import Digest

__all__ = ["FORMATS", "render"]


def _markdown(digest: Digest) -> str:
    from summarize.render.markdown import to_markdown

    return to_markdown(digest, verbose=False)


def _json(digest: Digest) -> str:
    from summarize.render.json import to_json

    return to_json(digest)


FORMATS: dict[str, Callable[[Digest], str]] = {
    "md": _markdown,
    "json": _json,
}
"""How a digest is rendered, by the suffix of its file; the first is what the index links to."""


def render(digest: Digest, form: str) -> bytes:
    """The digest in one of `FORMATS`, as the bytes of a file."""
    return FORMATS[form](digest).encode("utf-8", "replace")
