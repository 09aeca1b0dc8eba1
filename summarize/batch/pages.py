"""What ties the digests together: where each is, an index page and an Atom feed of them."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from html import escape
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from summarize.render.phrases import harmless

__all__ = ["address", "atom", "index"]

# A feed is for what is new; all digests are in the index.
_FEED_ENTRIES = 100
_LONGEST = 200
_UNDATED = "1970-01-01"

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Digests</title>
<link rel="alternate" type="application/atom+xml" href="feed.xml" title="Digests">
<style>
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 44rem; padding: 0 1rem }
li { margin: 0 0 1rem }
small { color: #555 }
@media (prefers-color-scheme: dark) {
  body { background: #111; color: #eee } a { color: #9cf } small { color: #aaa }
}
</style>
</head>
<body>
<h1>Digests</h1>
<ul>
"""


def address(name: str, form: str) -> str:
    """Where the page of a digest is, below the output folder; no two names share a place."""
    parts = [_short(part) for part in name.split("/")]
    return "/".join(["digests", *parts, f"digest.{form}"])


def _short(part: str) -> str:
    """A part of a path that the system takes and that is no page's own name."""
    if len(part.encode("utf-8", "replace")) <= _LONGEST and not part.startswith("digest."):
        return part
    return f"{part[:40]}~{blake2b(part.encode('utf-8', 'replace'), digest_size=6).hexdigest()}"


def index(pages: Iterable[dict[str, Any]]) -> bytes:
    """The page that leads to all digests, the newest first."""
    rows = [row for page in _newest_first(pages) for row in _row(page)]
    if not rows:
        rows = ["<li>There is no digest yet.</li>\n"]
    return "".join([_HEAD, *rows, "</ul>\n</body>\n</html>\n"]).encode("utf-8", "replace")


def _newest_first(pages: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    by_name = sorted(pages, key=lambda page: str(page["name"]))
    return sorted(by_name, key=lambda page: str(page["newest"]), reverse=True)


def _row(page: dict[str, Any]) -> Iterator[str]:
    links = [f'<a href="{_link(page, form)}">{escape(form)}</a>' for form in page["formats"][1:]]
    facts = [_articles(page), *([str(page["newest"])] if page["newest"] else []), *links]
    yield f'<li><a href="{_link(page, page["formats"][0])}">{_text(page["name"])}</a>\n'
    yield f"<small>{' · '.join(facts)}</small>\n"
    yield "".join(f"<br>{_text(title)}\n" for title in page["titles"][:3])
    yield "</li>\n"


def _articles(page: dict[str, Any]) -> str:
    number = page["articles"]
    return f"{number} article{'' if number == 1 else 's'}"


def _link(page: dict[str, Any], form: str) -> str:
    return escape(quote(address(str(page["name"]), form), errors="replace"))


def _text(value: str) -> str:
    """Text in markup, in which nothing is markup and nothing that XML forbids is left."""
    plain = harmless(" ".join(str(value).split()))
    return escape("".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in plain))


def atom(pages: Iterable[dict[str, Any]]) -> bytes:
    """An Atom feed (RFC 4287) of the newest digests.

    What is new is told by the news themselves, as nothing in an output depends on when it was made.
    """
    newest = _newest_first(pages)[:_FEED_ENTRIES]
    updated = _updated(newest[0]) if newest else f"{_UNDATED}T00:00:00Z"
    entries = [_entry(page) for page in newest]
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>Digests</title>\n<id>urn:uuid:{uuid5(NAMESPACE_URL, 'summarize')}</id>\n"
        f"<updated>{updated}</updated>\n<author><name>summarize</name></author>\n"
        '<link rel="self" href="feed.xml"/>\n<link rel="alternate" href="index.html"/>\n'
    )
    return "".join([head, *entries, "</feed>\n"]).encode("utf-8", "replace")


def _updated(page: dict[str, Any]) -> str:
    return f"{page['newest'] or _UNDATED}T00:00:00Z"


def _entry(page: dict[str, Any]) -> str:
    titles = "; ".join(map(str, page["titles"]))
    name = str(page["name"])
    number = uuid5(NAMESPACE_URL, f"summarize/{name}".encode("utf-8", "replace").decode())
    return (
        f"<entry>\n<title>{_text(name)}</title>\n<id>urn:uuid:{number}</id>\n"
        f"<updated>{_updated(page)}</updated>\n"
        f'<link rel="alternate" href="{_link(page, page["formats"][0])}"/>\n'
        f"<summary>{_text(titles)}</summary>\n</entry>\n"
    )
