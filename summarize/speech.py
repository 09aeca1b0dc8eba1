"""Where a sentence gives somebody's own words, which are never changed."""

import re

__all__ = ["quoted", "without_speech"]

# An apostrophe ends no quotation: not inside a word, and behind an s only where a comma or a stop
# stands before it. Rather more is taken for a quotation than less.
_CLOSED = r"(?s:.){{0,500}}?(?:(?<=[,.!?…;:—-]){0}|(?<!s){0}(?!\w){1})"
_QUOTED = re.compile(
    r"“[^”]*”?|\"[^\"]*\"?|„[^“”]*[“”]?|[«»][^«»]*[«»]?|"
    rf"(?<!\w)‘{_CLOSED.format('’', '|$')}|(?:``|(?<!\w)')(?!\d){_CLOSED.format(chr(39), '')}"
)


def quoted(text: str) -> list[tuple[int, int]]:
    """The stretches of `text` between quotation marks of any kind, with the marks."""
    return [match.span() for match in _QUOTED.finditer(text)]


def without_speech(text: str) -> str:
    """The text with a space for each stretch between quotation marks: what its writer says."""
    return _QUOTED.sub(" ", text)
