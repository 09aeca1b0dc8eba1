"""Pages in the forms in which readers save them, and what only looks like one."""

import quopri
from pathlib import Path

import pytest

from summarize.reading import read_paths
from tests.test_reading import BODY, DATA, only, reason, write

PAGE = (DATA / "page.html").read_bytes()


def mhtml(page: bytes, kind: str = "text/html") -> bytes:
    """A page with a frame and a picture as Chromium saves it in one file."""
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.com/bridge\r\n"
        "Subject: =?utf-8?Q?Bridge_reopens?=\r\nDate: Fri, 3 Jul 2020 10:00:00 -0000\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        '\ttype="text/html";\r\n\tboundary="----MultipartBoundary--x----"\r\n\r\n\r\n'
    )
    parts = (
        (kind, "quoted-printable", quopri.encodestring(page).replace(b"\n", b"\r\n")),
        ("image/png", "base64", b"iVBORw0KGgo="),
        ("text/html", "7bit", f"<html><body><p>Advertisement: {BODY}</p></body></html>".encode()),
    )
    body = b"".join(
        b"------MultipartBoundary--x----\r\n"
        + f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {how}\r\n\r\n".encode()
        + content
        + b"\r\n"
        for kind, how, content in parts
    )
    return head.encode() + body + b"------MultipartBoundary--x------\r\n"


@pytest.mark.parametrize("name", ["bridge.mhtml", "bridge.mht", "bridge.eml", "bridge.txt"])
def test_a_page_in_one_file_is_the_page(tmp_path: Path, name: str) -> None:
    found = only(write(tmp_path, name, mhtml(PAGE)))
    page = only(DATA / "page.html")
    assert (found.id, found.title, found.source, found.published) == (
        page.id,
        page.title,
        page.source,
        page.published,
    )


def test_a_file_without_its_page_is_a_failure(tmp_path: Path) -> None:
    empty = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx"
    assert reason(write(tmp_path, "one.mhtml", empty)) == "it holds no page"


@pytest.mark.parametrize(
    "name", ["story.php", "story.aspx", "story.shtml", "story.xhtml", "story.pdf", "story.docx"]
)
def test_a_page_is_known_by_its_first_bytes(tmp_path: Path, name: str) -> None:
    assert only(write(tmp_path, name, PAGE)).id == only(DATA / "page.html").id


@pytest.mark.parametrize("name", ["one.text", "one.markdown"])
def test_other_names_of_plain_text_are_known(tmp_path: Path, name: str) -> None:
    assert only(write(tmp_path, name, BODY)).text == BODY


BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
<DT><A HREF="https://example.com/1" ADD_DATE="1">Bridge to be repaired at last</A>
<DT><A HREF="https://example.com/2">Library extends its opening hours</A>
</DL><p>"""
POCKET = """<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1>
<ul><li><a href="https://example.com/1" time_added="17">Bridge to be repaired at last</a></li>
<li><a href="https://example.com/2">Library extends its opening hours</a></li></ul></body></html>"""
ADVERTISEMENT = """<html><body><p>Advertisement</p><a href="/shop">The best shoes of the season,
delivered free of charge to every island</a></body></html>"""


@pytest.mark.parametrize("page", [BOOKMARKS, POCKET, ADVERTISEMENT])
def test_a_page_of_links_is_no_article(tmp_path: Path, page: str) -> None:
    assert "it holds links" in reason(write(tmp_path, "saved.html", page))


def test_an_article_with_a_link_of_its_own_line_stays(tmp_path: Path) -> None:
    page = (
        f"<html><body><article><h1>Bridge</h1><p>{BODY}</p><p><a href='/more'>Read how the bridge"
        f" was built in 1887</a></p><p>{BODY} {BODY}</p></article></body></html>"
    )
    articles, failures = read_paths([write(tmp_path, "saved.html", page)])
    assert len(articles) == 1
    assert failures == ()
