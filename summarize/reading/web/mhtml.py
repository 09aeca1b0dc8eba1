"""Pages that a browser saved in one file with their pictures (MHTML, RFC 2557)."""

import re

from summarize.reading.build import UnreadableError
from summarize.reading.files import decode
from summarize.reading.mail.mime import Limits, parse_message
from summarize.reading.web.html import declared_charset

__all__ = ["page_text"]

_PAGES = ("text/html", "application/xhtml+xml")
_HEADER = re.compile(rb"\s*[!-9;-~]{1,100}:[ \t]")


def page_text(data: bytes) -> str:
    """The HTML of a page's file, whether it holds that alone or also what belongs to the page.

    Raises UnreadableError where it is no text, or holds no page.
    """
    if not _HEADER.match(data):
        return decode(data, declared_charset(data))
    leaves = (part for part in parse_message(data, Limits()).walk() if not part.parts)
    # The page itself comes first, its frames after it.
    page = next((leaf for leaf in leaves if leaf.kind in _PAGES), None)
    if page is None:
        raise UnreadableError("it holds no page")
    content = page.content()
    return decode(content, page.header.get_content_charset() or declared_charset(content))
