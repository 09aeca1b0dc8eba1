"""Text that was decoded twice on its way ("itâ€™s"), put right before offsets refer to it."""

import re
from dataclasses import replace

from summarize.reading.build import Draft

__all__ = ["repair", "repaired"]

# UTF-8 read as Windows-1252: a lead byte with just as many continuation bytes as it asks for, each
# as the character that encoding makes of it. "Ã" before a capital (SÃO) or a space is none.
_TAIL = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_TWICE = re.compile(f"[Â-ß]{_TAIL}|[à-ï]{_TAIL}{{2}}|[ð-ô]{_TAIL}{{3}}")
# An apostrophe that somebody before us could not decode; what else was lost can't be told.
_LOST = re.compile("(?<=[A-Za-z])\N{REPLACEMENT CHARACTER}(?=(?:s|t|d|m|re|ve|ll)\\b)")


def repair(text: str) -> str:
    """The text with doubly encoded lines put right; any other line stays as it is.

    So do characters that were lost, but for the apostrophe of "it's". Curly quotes, ligatures and
    other typography are kept.
    """
    text = _LOST.sub("’", text)
    if not _TWICE.search(text):
        return text
    from ftfy import fix_encoding

    lines = text.split("\n")
    return "\n".join(fix_encoding(line) if _TWICE.search(line) else line for line in lines)


def repaired(draft: Draft) -> Draft:
    """The draft with text, title and source put right."""
    title, source = (text and repair(text) for text in (draft.title, draft.source))
    return replace(draft, text=repair(draft.text), title=title, source=source)
