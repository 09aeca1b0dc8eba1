"""A digest as text for the terminal, Markdown, or JSON."""

from typing import Literal

from summarize.records import Digest

__all__ = ["Format", "render"]

Format = Literal["text", "markdown", "json"]


def render(
    digest: Digest, form: Format, *, width: int = 80, colour: bool = False, verbose: bool = False
) -> str:
    """The digest in the given form, ending in a line end.

    `width` (columns) and `colour` (ANSI codes) matter for text only; `verbose` adds the verdict on
    every claim and every line that cleaning left out to text and Markdown. JSON is always complete.
    """
    if form == "json":
        from summarize.render.json import to_json

        return to_json(digest)
    if form == "markdown":
        from summarize.render.markdown import to_markdown

        return to_markdown(digest, verbose=verbose)
    from summarize.render.text import to_text

    return to_text(digest, width=width, colour=colour, verbose=verbose)
