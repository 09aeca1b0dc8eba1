"""Web pages, and text fields that hold HTML."""

import logging
import re
from html.parser import HTMLParser
from typing import Any

from summarize.reading.build import MAX_TEXT_CHARS, Draft, UnreadableError
from summarize.reading.dates import find_date

__all__ = ["declared_charset", "is_page", "plain_text", "read_html", "tagged"]

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE
)
_HEAD = 4096
_TAG = re.compile(
    r"</?(?:p|div|br|h[1-6]|span|a|ul|ol|li|em|strong|b|i|blockquote|figure|img)\b[^<>]*>",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK = re.compile(
    r"address|article|aside|blockquote|body|br|d[dlt]|div|fig(?:caption|ure)|footer|h[1-6r]|header"
    r"|html|li|main|nav|ol|p|pre|section|table|t[dhr]|title|ul"
)
_SILENT = frozenset(["script", "style", "template", "noscript", "svg", "head"])
# Taken out beforehand, as the parser takes a minute over many comments that never end.
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SPACE = re.compile(r"[ \t\r\f\v\n]+")
# htmldate compares with today by default; a fixed far day keeps the output the same next year.
_LATEST_DATE = "2200-01-01"


def declared_charset(data: bytes) -> str | None:
    """The charset a page names in its first bytes."""
    match = _CHARSET.search(data[:_HEAD])
    return match[1].decode("ascii") if match else None


def is_page(text: str) -> bool:
    """Whether a text is a whole page: its article must be found among menus and trails."""
    return _PAGE.match(text[:_HEAD]) is not None


def tagged(text: str) -> bool:
    """Whether a text is marked up as HTML, not merely a text with "<" in it."""
    return _TAG.search(text) is not None


def read_html(page: str) -> Draft:
    """The article of a page: its main text, and the title, source and date its markup states."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    dates = {"original_date": True, "extensive_search": False, "max_date": _LATEST_DATE}
    for precise in (True, False):
        document: Any = trafilatura.bare_extraction(
            page,
            favor_precision=precise,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params=dates,
        )
        if document is not None and (document.text or "").strip():
            published = find_date(document.date or "")
            return Draft(document.text, document.title, document.sitename, published)
    raise UnreadableError("no article text was found in the page")


def plain_text(text: str) -> str:
    """The text of an HTML fragment, one line per block."""
    if len(text) > MAX_TEXT_CHARS:
        raise UnreadableError(f"its HTML has more than {MAX_TEXT_CHARS:,} characters")
    collector = _Collector()
    collector.feed(_COMMENT.sub("", text))
    collector.close()
    return collector.text()


class _Collector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[list[str]] = [[]]
        self._silent = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        if _BLOCK.fullmatch(tag):
            self._lines.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if _BLOCK.fullmatch(tag):
            self._lines.append([])

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._lines[-1].append(data)

    def text(self) -> str:
        lines = (_SPACE.sub(" ", "".join(parts)).strip() for parts in self._lines)
        return "\n".join(line for line in lines if line)
