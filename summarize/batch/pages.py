"""What ties the digests together: where each is, an index page and an Atom feed of them."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import blake2b, sha256
from html import escape
from importlib.metadata import version
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from summarize.render.markup import asset
from summarize.render.phrases import count, harmless

__all__ = ["address", "atom", "index"]

# A feed is for what is new; all digests are in the index.
_FEED_ENTRIES = 100
_LONGEST = 200
_TITLES = 3
_PAGES = ("digest.", "update.")
_UNDATED = "1970-01-01"

_STYLE = """
body { max-width: 48rem; }
.contents .meta { display: block; }
.contents .meta a { font-weight: 400; margin: 0; }
.titles { display: block; }
"""
"""What the index has beyond the style of the digests."""


def address(name: str, form: str, stem: str = "digest") -> str:
    """Where the page of a digest is, below the output folder; no two names share a place.

    The page of its update is there with the `stem` "update".
    """
    parts = [_short(part) for part in name.split("/")]
    return "/".join(["digests", *parts, f"{stem}.{form}"])


def _short(part: str) -> str:
    """A part of a path that the system takes and that is no page's own name."""
    if len(part.encode("utf-8", "replace")) <= _LONGEST and not part.startswith(_PAGES):
        return part
    return f"{part[:40]}~{blake2b(part.encode('utf-8', 'replace'), digest_size=6).hexdigest()}"


def index(pages: Iterable[dict[str, Any]], failed: Iterable[tuple[str, str]] = ()) -> bytes:
    """The page that leads to all digests, the newest first, and below them names what `failed`.

    That is the names of folders without a digest, each with the reason.
    """
    listed = _newest_first(pages)
    rows = [row for page in listed for row in _row(page)]
    rows += [
        f'<li>{_text(name)} <span class="meta">no digest: {_text(reason)}</span></li>\n'
        for name, reason in sorted(failed)
    ]
    rows = rows or ["<li>There is no digest yet.</li>\n"]
    head = _head(f"{count(len(listed), 'digest')} of {_articles(listed)}")
    foot = "</ul>\n</main>\n</body>\n</html>\n"
    return "".join([head, *rows, foot]).encode("utf-8", "replace")


def _head(title: str) -> str:
    """All above the list; the style is the digests' own, allowed by its hash, and nothing else."""
    style = asset("html/page.css") + _STYLE
    hashed = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<meta name="generator" content="summarize {version("summarize")}">\n'
        f"<title>{title}</title>\n"
        '<link rel="alternate" type="application/atom+xml" href="feed.xml" title="Digests">\n'
        f"<style>{style}</style>\n</head>\n<body>\n<header>\n"
        f'<p class="kicker">Digests</p>\n<h1>{title}</h1>\n</header>\n<main>\n'
        '<ul class="contents">\n'
    )


def _newest_first(pages: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    by_name = sorted(pages, key=lambda page: str(page["name"]))
    return sorted(by_name, key=lambda page: str(page["newest"]), reverse=True)


def _row(page: dict[str, Any]) -> Iterator[str]:
    links = [f'<a href="{_link(page, form)}">{escape(form)}</a>' for form in page["formats"][1:]]
    if page["updates"]:
        links.append(f'<a href="{_link(page, page["updates"][0], "update")}">what is new</a>')
    facts = [_articles([page]), *([f"up to {page['newest']}"] if page["newest"] else []), *links]
    facts += ["its folder has left the inbox"] if page["left"] else []
    yield f'<li><a href="{_link(page, page["formats"][0])}">{_text(page["name"])}</a>\n'
    yield "".join(f'<span class="titles">{_text(t)}</span>\n' for t in page["titles"][:_TITLES])
    if (more := len(page["titles"]) - _TITLES) > 0:
        yield f'<span class="titles">and {more} more</span>\n'
    yield f'<span class="meta">{" · ".join(facts)}</span></li>\n'


def _articles(pages: list[dict[str, Any]]) -> str:
    return count(sum(page["articles"] for page in pages), "article")


def _link(page: dict[str, Any], form: str, stem: str = "digest") -> str:
    return escape(quote(address(str(page["name"]), form, stem), errors="replace"))


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
        "<title>Digests of summarize</title>\n"
        f"<id>urn:uuid:{uuid5(NAMESPACE_URL, 'summarize')}</id>\n"
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
