"""A digest as text for the terminal, Markdown, JSON, a web page, a feed, an e-mail or a book."""

from typing import Literal, get_args

from summarize.errors import UsageError
from summarize.records import Digest

__all__ = ["DigestFormat", "Format", "TextFormat", "encoded", "render"]

Format = Literal["text", "markdown", "json"]
"""The forms that everything this program prints has."""

TextFormat = Literal["text", "markdown", "json", "html", "atom", "eml"]
"""The forms of a digest that are text."""

DigestFormat = Literal["text", "markdown", "json", "html", "atom", "eml", "epub"]
"""All forms of a digest."""

_NAMES = ", ".join(get_args(TextFormat))


def render(
    digest: Digest,
    form: TextFormat,
    *,
    width: int = 80,
    colour: bool = False,
    verbose: bool = False,
) -> str:
    """The digest in the given form, ending in a line end.

    `width` (columns) and `colour` (ANSI codes) matter for text only; `verbose` adds the verdict on
    every claim and every line that cleaning left out to text and Markdown. JSON and HTML are always
    complete. The same digest gives the same text in every form. Raises UsageError for other forms.
    """
    if form == "text":
        from summarize.render.text import to_text

        return to_text(digest, width=width, colour=colour, verbose=verbose)
    if form == "markdown":
        from summarize.render.markdown import to_markdown

        return to_markdown(digest, verbose=verbose)
    if form == "json":
        from summarize.render.json import to_json

        return to_json(digest)
    if form == "html":
        from summarize.render.html import render as to_html

        return to_html(digest)
    if form == "atom":
        from summarize.render.atom import to_atom

        return to_atom(digest)
    if form == "eml":
        from summarize.render.eml import to_eml

        return to_eml(digest)
    raise UsageError(f"There is no form {form!r} that is text.", f"Name one of {_NAMES}.")


def encoded(
    digest: Digest,
    form: DigestFormat,
    *,
    width: int = 80,
    colour: bool = False,
    verbose: bool = False,
) -> bytes:
    """The digest in any form as the bytes of a file, UTF-8 where it is text; see `render`."""
    if form == "epub":
        from summarize.render.epub import to_epub

        return to_epub(digest)
    if form == "json":
        from summarize.render.json import encoded as json_bytes

        return json_bytes(digest)
    text = render(digest, form, width=width, colour=colour, verbose=verbose)
    return text.encode("utf-8", "replace")
