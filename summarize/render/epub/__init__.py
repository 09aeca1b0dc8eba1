"""The digest as a book (EPUB 3): a chapter for each story, and the articles behind them."""

import io
import zipfile
from collections.abc import Iterator

from summarize.records import Article, Digest
from summarize.render.atom import news_time
from summarize.render.html.view import Page
from summarize.render.markup import asset, filled, urn

__all__ = ["to_epub"]

# The earliest time an archive can hold: the same digest gives the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)


def to_epub(digest: Digest) -> bytes:
    """The book; the same digest gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in _files(digest):
            entry = zipfile.ZipInfo(name, _TIME)
            # The first entry says what the file is, and must be readable without unpacking.
            stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode())
    return buffer.getvalue()


def _files(digest: Digest) -> Iterator[tuple[str, str]]:
    page = Page(digest)
    articles = [article for story in digest.stories for article in story.articles]
    yield "mimetype", "application/epub+zip"
    yield "META-INF/container.xml", asset("epub/container.xml")
    yield (
        "book/package.opf",
        filled(
            "epub/package.opf",
            digest,
            page,
            id=urn("digest", *(story.id for story in digest.stories)),
            modified=news_time(digest, articles),
            articles=articles,
        ),
    )
    yield "book/nav.xhtml", filled("epub/nav.xhtml", digest, page, articles=articles)
    yield "book/book.css", asset("epub/book.css")
    for number, story in enumerate(digest.stories, start=1):
        yield (
            f"book/story-{number}.xhtml",
            filled("epub/story.xhtml", digest, page, story=story),
        )
    for article in articles:
        yield f"book/article-{page.numbers[article.id]}.xhtml", _article(digest, page, article)
    yield "book/checks.xhtml", filled("epub/checks.xhtml", digest, page)


def _article(digest: Digest, page: Page, article: Article) -> str:
    return filled(
        "epub/article.xhtml",
        digest,
        page,
        article=article,
        placement=digest.placements[article.id],
        summary=digest.article_summaries.get(article.id),
    )
