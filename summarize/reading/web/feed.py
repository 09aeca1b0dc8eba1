"""Feeds: RSS 0.9 to 2.0, RSS 1.0 (RDF) and Atom. JSON Feed is read as JSON.

Nothing is fetched and no entity of a document's own is expanded: its DOCTYPE is taken out before
the parser sees it.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from html.entities import html5
from typing import Any

from summarize.reading.build import Draft, Record, UnreadableError
from summarize.reading.files import decode
from summarize.reading.text.dates import parse_date
from summarize.reading.web.html import declared_charset, plain_text, read_html, tagged

__all__ = ["read_feed"]

Element = Any

# Names in order of preference; RSS, Atom, Dublin Core and the content module have no two meanings
# for one of them, and what other modules add (pictures, podcasts) is passed over.
_TEXT = ("encoded", "content", "body", "description", "summary")
_DATE = ("pubdate", "published", "issued", "date", "created", "updated", "modified")
_SOURCE = ("source", "publisher")
_AUTHOR = ("author", "creator")
_ITEMS = ("item", "entry")
_FEEDS = ("rss", "rdf", "feed", "channel")
_OTHER_MODULES = re.compile(r"mrss|itunes|podcast|media|googleplay|slash|georss", re.IGNORECASE)
_NOT_A_FEED = {
    "urlset": "it is a sitemap: a list of addresses without texts",
    "sitemapindex": "it is a sitemap: a list of addresses without texts",
    "opml": "it is a list of feeds (OPML) without articles",
}

_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*(?:\[.*?\]\s*)?>", re.DOTALL)
_ELEMENT = re.compile(r"<[A-Za-z_]")
_ITEM_START = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|blockquote|br|div|em|figure|figcaption|font|h[1-6]|hr|i|iframe|img|li|ol|p|pre|q|s"
    r"|span|strong|sub|sup|table|tbody|td|th|tr|tt|u|ul)(?:\s[^<>]*|/)?>",
    re.IGNORECASE,
)
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_ENTITY = re.compile(r"&(#?[A-Za-z0-9]{1,32};)?")
_XML_ENTITIES = ("amp;", "lt;", "gt;", "quot;", "apos;")
_END = re.compile(r"</(?:\w{1,20}:)?(?:rss|rdf|feed|channel)\s*>", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read_feed(data: bytes) -> Iterator[Record]:
    """The items of a feed, numbered from 1 ("#1").

    The source is what an item names as its own, else the feed's title, else the author. A web page
    in XML is read as a page; other XML raises `UnreadableError`, which says what it is.
    """
    text = _prepared(decode(data, declared_charset(data)))
    root, sound = _parsed(text)
    kind = _name(root)
    if kind == "html":
        yield "", read_html(text)
        return
    if kind not in _FEEDS:
        raise UnreadableError(_NOT_A_FEED.get(kind, f"it is no feed (its XML is <{kind[:40]}>)"))
    feed = _feed_title(root)
    number = 0
    for number, item in enumerate(_items(root) if sound else _broken_items(text), start=1):
        yield f"#{number}", _item(item, feed)
    if not number:
        yield "", UnreadableError("the feed has no items")
    elif _END.search(text) is None:
        yield "", UnreadableError(f"the feed breaks off in item {number} or after it")


def _etree() -> Any:
    from lxml import etree

    return etree


def _prepared(text: str) -> str:
    """The text from its root element on, without entities and signs that XML does not know."""
    root = _ELEMENT.search(text)
    start = text.find("<!DOCTYPE", 0, root.start() if root else 0)
    if start >= 0 and (doctype := _DOCTYPE.match(text, start)):
        root = _ELEMENT.search(text, doctype.end())
    pieces = _CDATA.split(_NOT_XML.sub("", text[root.start() if root else len(text) :]))
    pieces[::2] = [_ENTITY.sub(_escaped, piece) for piece in pieces[::2]]
    return "".join(pieces).strip()


def _parsed(text: str) -> tuple[Element, bool]:
    """The root element, and whether nothing had to be repaired to find it."""
    etree = _etree()
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError("it is no XML") from error
    if root is None:
        raise UnreadableError("it is no XML")
    return root, not parser.error_log


def _broken_items(text: str) -> Iterator[Element]:
    """The items of a broken feed, each parsed for itself, so that one does not spoil the others.

    Markup that was not escaped is what breaks feeds: it is escaped first.
    """
    begin = 0
    for end in (*(match.end() for match in _ITEM_END.finditer(text)), len(text)):
        if opened := _ITEM_START.search(text, begin, end):
            pieces = _CDATA.split(text[opened.start() : end])
            pieces[::2] = [_TAG.sub(lambda tag: escape(tag[0]), piece) for piece in pieces[::2]]
            yield _parsed("".join(pieces))[0]
        begin = end


def _escaped(entity: re.Match[str]) -> str:
    """XML knows five names; pages, and feeds made from them, know two thousand."""
    name = entity[1]
    if name is None:
        return "&amp;"
    if name in _XML_ENTITIES or name.startswith("#"):
        return entity[0]
    return html5.get(name, f"&amp;{name}")


def _name(element: Element) -> str:
    """The name without its namespace, folded; "" for what other modules add, and for entities."""
    if not isinstance(element.tag, str):
        return ""
    space, _, name = element.tag.rpartition("}")
    prefix, _, name = name.rpartition(":")
    return "" if _OTHER_MODULES.search(space or prefix) else name.lower()


def _items(root: Element) -> Iterator[Element]:
    for element in root:
        if _name(element) in _ITEMS:
            yield element
        elif _name(element) in ("channel", "items"):
            yield from _items(element)


def _feed_title(root: Element) -> str | None:
    for element in (root, *root):
        if _name(element) in ("channel", "feed") and (title := _first(element, ["title"])):
            return title
    return None


def _item(item: Element, feed: str | None) -> Draft | UnreadableError:
    try:
        days = (parse_date(_first(item, [name])) for name in _DATE)
        return Draft(
            _first(item, _TEXT) or "",
            _first(item, ["title"]),
            _first(item, _SOURCE) or feed or _first(item, _AUTHOR),
            next((day for day in days if day), None),
        )
    except UnreadableError as error:
        return error


def _first(element: Element, names: Sequence[str]) -> str | None:
    """The text of the first of these children that has one."""
    for name in names:
        for child in element:
            if _name(child) == name and (text := _text(child).strip()):
                return text
    return None


def _text(element: Element) -> str:
    kind = (element.get("type") or "").lower()
    if "/" in kind and not kind.startswith("text/") and "xhtml" not in kind:
        return ""  # a picture or a sound, as letters
    inner = _first_named(element)
    if inner is not None:
        return inner
    if len(element):
        text = _etree().tostring(element, encoding="unicode", method="html", with_tail=False)
        return plain_text(text)
    text = element.text or ""
    if kind in ("text", "text/plain"):
        return text
    return plain_text(text) if tagged(text) else unescape(text)


def _first_named(element: Element) -> str | None:
    """Atom wraps the names of people and of feeds: <author><name>, <source><title>."""
    if _name(element) in (*_SOURCE, *_AUTHOR) and len(element):
        return _first(element, ["title", "name"]) or ""
    return None
