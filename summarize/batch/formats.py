"""The formats a batch writes, by the suffix of the file."""

from summarize.records import Digest
from summarize.render import DigestFormat, encoded

__all__ = ["FORMATS", "render"]

FORMATS: dict[str, DigestFormat] = {"html": "html", "md": "markdown", "json": "json"}
"""The form of a digest by the suffix of its file; the first is what the index links to."""


def render(digest: Digest, suffix: str) -> bytes:
    """The digest in one of `FORMATS`, as the bytes of a file."""
    return encoded(digest, FORMATS[suffix])
