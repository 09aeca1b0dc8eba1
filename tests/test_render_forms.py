"""The forms other programs read: a feed, an e-mail and a book."""

import email
import email.message
import email.policy
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from summarize.records import Digest, Failure
from summarize.render import encoded, render
from tests.digests import HOSTILE, make_digest
from tests.pages import make_page

ATOM = {"a": "http://www.w3.org/2005/Atom", "x": "http://www.w3.org/1999/xhtml"}
OPF = {"o": "http://www.idpf.org/2007/opf", "d": "http://purl.org/dc/elements/1.1/"}
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.mark.parametrize("form", ["html", "atom", "eml", "epub"])
def test_the_same_digest_gives_the_same_bytes(form: str) -> None:
    first, second = (encoded(make_page(more=2), form) for _ in range(2))  # type: ignore[arg-type]
    assert first == second


@pytest.mark.parametrize("form", ["text", "markdown", "json", "html", "atom", "eml", "epub"])
def test_a_digest_of_nothing_has_every_form(form: str) -> None:
    nothing = Digest((), {}, {}, {}, (), (), (), (Failure("a.txt", "it is empty"),), {})
    assert encoded(nothing, form)  # type: ignore[arg-type]


def test_a_feed_has_an_entry_for_each_story() -> None:
    digest = make_page()
    feed = etree.fromstring(render(digest, "atom").encode())
    for needed in ("id", "title", "updated", "author/a:name"):
        assert feed.xpath(f"string(a:{needed})", namespaces=ATOM)
    [entry] = feed.xpath("a:entry", namespaces=ATOM)
    assert entry.xpath("string(a:title)", namespaces=ATOM) == "Bridge falls in Norville"
    assert entry.xpath("string(a:updated)", namespaces=ATOM) == "2021-05-03T00:00:00Z"
    assert entry.xpath("string(a:id)", namespaces=ATOM).startswith("urn:uuid:")
    assert "fell on Monday" in entry.xpath("string(a:summary)", namespaces=ATOM)
    [content] = entry.xpath("a:content[@type='xhtml']/x:div", namespaces=ATOM)
    said = " ".join(" ".join(content.itertext()).split())
    assert "[ 1:1, 2:1 written]".replace("[ ", "[") in said
    assert "Sources differ: people (killed): 12 [1:1], 15 [2:1] (newest)" in said
    assert "Bob Lee: absent in the sources" in said


def test_a_feed_of_undated_news_says_so_with_the_first_day_of_time() -> None:
    digest = make_page()
    story = digest.stories[0]
    [undated] = [a for a in story.articles if a.id in story.off_topic]
    from summarize.render.atom import news_time

    assert news_time(digest, [undated]) == "1970-01-01T00:00:00Z"


def test_an_e_mail_parses_back_into_text_and_page() -> None:
    digest = make_page(hostile="Ünïcode – “quotes” " + "long " * 300)
    data = encoded(digest, "eml")
    assert max(len(line) for line in data.split(b"\r\n")) <= 998
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert not message.defects
    assert message["Subject"] == "Digest of 4 articles in 1 story"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        assert isinstance(body, email.message.EmailMessage)
        assert "Ünïcode – “quotes”" in body.get_content()
    assert isinstance(body, email.message.EmailMessage)
    page = body.get_content()
    # Mail programs drop what stands outside the tags, and run nothing.
    assert not re.search(r"<(style|script|link|img)\b", page)
    assert ' style="' in page


def book(digest: Digest) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(encoded(digest, "epub"))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_book_begins_with_what_it_is() -> None:
    data = encoded(make_digest(), "epub")
    assert data[30:58] == b"mimetypeapplication/epub+zip"


def test_a_book_holds_what_its_package_lists_and_every_link_works() -> None:
    files = book(make_page(more=2, hostile=HOSTILE))
    package = etree.fromstring(files["book/package.opf"])
    listed = {f"book/{item}" for item in package.xpath("//o:item/@href", namespaces=OPF)}
    assert listed == set(files) - {"mimetype", "META-INF/container.xml", "book/package.opf"}
    ids = set(package.xpath("//o:item/@id", namespaces=OPF))
    assert set(package.xpath("//o:itemref/@idref", namespaces=OPF)) <= ids
    pages = {n: etree.fromstring(files[n]) for n in listed if n.endswith(".xhtml")}
    targets = {f"{n}#{i}" for n, page in pages.items() for i in page.xpath("//@id")} | set(pages)
    links = [f"book/{link}" for page in pages.values() for link in page.xpath("//*/@href")]
    assert len(links) > 10
    assert set(links) <= targets | {"book/book.css"}
    assert not any(page.findall(f".//{XHTML}{tag}") for page in pages.values()
                   for tag in ("script", "img"))  # fmt: skip


def test_a_receipt_in_a_book_leads_to_the_cited_sentence() -> None:
    files = book(make_page())
    story = etree.fromstring(files["book/story-1.xhtml"])
    [link] = [a for a in story.iter(f"{XHTML}a") if a.text == "2:3"]
    name, target = link.get("href").split("#")
    [cited] = etree.fromstring(files[f"book/{name}"]).xpath(f"//*[@id='{target}']")
    assert "".join(cited.itertext()) == "The bridge was opened in 1954."


def _epubcheck() -> str | None:
    found = shutil.which("epubcheck")
    return found if found and shutil.which("java") else None


@pytest.mark.skipif(_epubcheck() is None, reason="epubcheck is not installed")
def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "digest.epub"
    path.write_bytes(encoded(make_page(more=2, hostile=HOSTILE), "epub"))
    command = ["java", "-jar", str(_epubcheck()), str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "No errors or warnings detected" in result.stdout + result.stderr, result.stderr
