"""Web pages, and text fields that hold HTML."""

import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from typing import Any

from summarize.reading.build import MAX_TEXT_CHARS, Draft, NoTextError, UnreadableError
from summarize.reading.text.dates import find_date
from summarize.reading.text.plain import dated

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
_HOST = re.compile(r"https?://(?:www\.|w[0-9]+\.)?([^/]+)")
_WORD = re.compile(r"\w+")

# benchmarks/studies/extraction.py: F1 .966 at 250 characters, .976 at 500 and 700, .974 at 1,000
# and slower with each; twice, three and five times give the same.
_SHORT_CHARS = 500
_FAR_LONGER = 3
# Lines that are a link make up at most .19 of the articles of the same pages, of lists all.
_LINKED_SHARE = 0.6
# The rules and outer bars that the extractor draws around tables.
_TABLE = re.compile(r"^\|(?:---\|)+[ \t]*\n|^\|[ \t]+|(?<![ \t])[ \t]+\|[ \t]*$", re.MULTILINE)
_BODY_BOX = re.compile(r"(?:article|story|post|entry)[-_]*(?:body|chunk)", re.IGNORECASE)


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
    from trafilatura.utils import load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    tree = load_html(page)
    if tree is None:
        raise UnreadableError("no article text was found in the page")
    page_title = tree.findtext(".//title")
    headings = [" ".join(found.itertext()) for found in tree.iter("h1")]
    try:
        stated = _stated(tree)
    except Exception:  # noqa: BLE001 (a bug in reading titles and dates must not lose the text)
        stated = Draft("")
    if stated.published is None:
        stated = replace(stated, published=_shown_day(page, headings))
    _join_pieces(tree)
    text = _without_title(_main_text(tree), [stated.title, page_title, *headings])
    if not text.strip():
        raise UnreadableError("no article text was found in the page")
    _refuse_links(tree, text)
    return replace(stated, text=text)


def _refuse_links(tree: Any, text: str) -> None:
    """A list of links is no article: saved bookmarks, a section's page, an advertisement."""
    links = {" ".join(" ".join(link.itertext()).split()) for link in tree.iter("a")}
    lines = [line.removeprefix("- ") for line in text.splitlines()]
    linked = sum(len(line) for line in lines if line in links)
    if linked > _LINKED_SHARE * sum(map(len, lines)):
        raise NoTextError(f"it holds links ({len(links):,}), not the text of an article")


def _main_text(tree: Any) -> str:
    """The strictest extraction first; the slower and looser ones only where it finds little.

    On the 181 pages of benchmarks/studies/extraction.py 8 need a second look and 4 a third; F1 is
    .964 with the slow one everywhere, .946 with the fast one alone.
    """
    text = _extracted(tree, favor_precision=True, fast=True)
    if len(text) < _SHORT_CHARS:
        text = max(_extracted(tree, favor_precision=True), text, key=len)
    if len(text) < _SHORT_CHARS:
        loose = _extracted(tree)
        # What a paywall leaves is short as well, so only a far longer text is taken for a better.
        text = loose if len(loose) > _FAR_LONGER * len(text) else text
    return text


def _extracted(tree: Any, *, favor_precision: bool = False, fast: bool = False) -> str:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(
        tree, favor_precision=favor_precision, fast=fast, include_comments=False
    )
    return _TABLE.sub("", found.text or "") if found is not None else ""


def _join_pieces(tree: Any) -> None:
    """Pages whose body is cut into boxes by advertisements: the first takes in the others.

    The extractor reads one box alone. Boxes under headings of their own are other articles.
    """
    boxes: dict[str, list[Any]] = {}
    for box in tree.iter("div", "section"):
        if _BODY_BOX.search(name := box.get("class") or ""):
            boxes.setdefault(name, []).append(box)
    for first, *others in boxes.values():
        frame = first.getparent()
        for box in others:
            around = box.getparent()
            if around is frame or (
                around.tag == frame.tag == "div"
                and around.get("class") == frame.get("class")
                and around.getparent() is frame.getparent()
                and next(around.iter("h1", "h2"), None) is None
            ):
                first.extend(list(box))


def _without_title(text: str, titles: Iterable[str | None]) -> str:
    """The text without a first line that is only the title."""
    first, _, rest = text.partition("\n")
    words = _WORD.findall(first.casefold())
    repeated = any(_WORD.findall(title.casefold()) == words for title in titles if title)
    return rest if repeated and rest.strip() else text


def _stated(tree: Any) -> Draft:
    """Title, source and date.

    They are found as by trafilatura's `extract_metadata`, which also looks for authors, categories,
    tags and a licence and takes as long as the extraction of the text.
    """
    from htmldate import find_date as page_date
    from trafilatura import metadata

    found: Any = metadata.extract_meta_json(tree, metadata.examine_meta(tree))
    url = found.url or metadata.extract_url(tree)
    day = page_date(
        tree, original_date=True, extensive_search=False, max_date=_LATEST_DATE, url=url
    )
    host = _HOST.match(url or "")
    source = found.sitename or metadata.extract_sitename(tree) or (host and host[1]) or ""
    source = source.lstrip("@")
    if "." not in source and not source[:1].isupper():
        source = source.title()
    title = found.title or metadata.extract_title(tree)
    return Draft("", unescape(title or "") or None, unescape(source) or None, find_date(day or ""))


def _shown_day(page: str, headings: Iterable[str]) -> date | None:
    """The day that the lines below a page's heading state: what is left where markup was removed.

    Of 181 pages of news sites two need it; of pages saved by readers and by mail programs, many.
    """
    wanted = {" ".join(heading.split()) for heading in headings}
    lines = plain_text(page[:MAX_TEXT_CHARS]).splitlines()
    below = next((number for number, line in enumerate(lines, 1) if line in wanted), len(lines))
    return dated(Draft("\n".join(lines[below:]))).published


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
