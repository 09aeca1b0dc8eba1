"""What a user relies on when exports of other tools are read, and when pages are.

The field names are those the tools document; the values are written for these tests.
"""

import json
from datetime import date
from typing import Any

import pytest

from summarize.reading.build import Draft, UnreadableError
from summarize.reading.exports.jsonl import read_json
from summarize.reading.web.html import read_html

BODY = "The council met on Monday and agreed to repair the old bridge."
MORE = "Work is to begin in May and will take about six weeks, the council said."
LONG = " ".join([BODY, MORE] * 6)
PAGE = f"<div><p>{BODY}</p><p>{MORE}</p></div>"
DAY = date(2019, 6, 3)
DAY_MS = 1559563200000
LATER = "2024-12-24T10:00:00Z"

WALLABAG = {
    "is_archived": 1, "tags": [], "title": "Bridge", "url": "https://gazette.example/bridge",
    "content": PAGE, "created_at": LATER, "updated_at": LATER, "published_by": [""],
    "published_at": "2019-06-03T12:00:00+0000", "domain_name": "gazette.example",
}  # fmt: skip
READWISE = {
    "id": "01", "source": "Reader RSS", "category": "article", "site_name": "The Gazette",
    "created_at": LATER, "saved_at": LATER, "published_date": DAY_MS, "title": "Bridge",
    "html_content": PAGE,
}  # fmt: skip
FEEDLY = {
    "title": "Bridge", "crawled": 1735034400000, "published": DAY_MS,
    "origin": {"streamId": "feed/x", "title": "The Gazette"},
    "summary": {"content": PAGE, "direction": "ltr"},
}  # fmt: skip
INOREADER = {
    "crawlTimeMsec": "1735034400000", "timestampUsec": "1735034400000000", "published": 1559563200,
    "title": "Bridge", "origin": {"title": "The Gazette"}, "summary": {"content": PAGE},
}  # fmt: skip
NEWS_PLEASE = {
    "authors": ["Jane"], "date_download": LATER, "date_modify": LATER, "title_page": "Bridge - x",
    "date_publish": "2019-06-03 12:00:00", "maintext": f"{BODY}\n{MORE}", "title": "Bridge",
    "source_domain": "gazette.example",
}  # fmt: skip
TRAFILATURA = {
    "title": "Bridge", "hostname": "gazette.example", "date": "2019-06-03", "filedate": LATER,
    "source": "https://www.gazette.example/bridge", "source-hostname": "The Gazette",
    "raw_text": f"{BODY} {MORE}", "text": f"{BODY}\n{MORE}",
}  # fmt: skip
NEWSPAPER = {
    "title": "Bridge", "publish_date": "2019-06-03", "text": f"{BODY}\n{MORE}",
    "source_url": "https://gazette.example",
}  # fmt: skip
WORDPRESS = {
    "date": "2019-06-03T12:00:00", "title": {"rendered": "Bridge"}, "modified": LATER,
    "content": {"rendered": PAGE, "protected": False},
}  # fmt: skip
MINIFLUX = {
    "title": "Bridge", "content": PAGE, "published_at": "2019-06-03T12:00:00Z",
    "created_at": LATER, "feed": {"title": "The Gazette"},
}  # fmt: skip


def drafts(value: Any) -> list[Draft]:
    found = [draft for _, draft in read_json(json.dumps(value))]
    return [draft for draft in found if isinstance(draft, Draft)]


@pytest.mark.parametrize(
    ("record", "source"),
    [
        (WALLABAG, "gazette.example"), (READWISE, "The Gazette"), (FEEDLY, "The Gazette"),
        (INOREADER, "The Gazette"), (NEWS_PLEASE, "gazette.example"),
        (TRAFILATURA, "The Gazette"), (NEWSPAPER, None), (WORDPRESS, None),
        (MINIFLUX, "The Gazette"),
    ],
)  # fmt: skip
def test_exports_give_text_title_source_and_day(record: dict[str, Any], source: str | None) -> None:
    assert drafts([record]) == [Draft(f"{BODY}\n{MORE}", "Bridge", source, DAY)]


@pytest.mark.parametrize(
    "field",
    [
        "created_at", "createdAt", "saved_at", "savedAt", "crawled", "crawlTimeMsec", "updated_at",
        "date_download", "date_modify", "time_added", "Timestamp", "filedate", "lastUpdate",
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", [LATER, 1735034400, "1735034400000"])
def test_when_it_was_saved_or_crawled_is_no_day_of_publication(field: str, value: Any) -> None:
    assert drafts({"text": BODY, field: value}) == [Draft(BODY)]


@pytest.mark.parametrize(
    "value",
    [
        {"items": [FEEDLY]},
        {"entries": [FEEDLY], "total": 1},
        {"_embedded": {"items": [FEEDLY]}, "page": 1},
        {"results": [FEEDLY], "nextPageCursor": None},
    ],
)
def test_lists_are_found_where_interfaces_put_them(value: dict[str, Any]) -> None:
    assert len(drafts(value)) == 1


def test_items_of_a_json_feed_have_its_title_as_source() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "title": "The Gazette",
        "items": [{"title": "Bridge", "content_html": PAGE, "date_published": "2019-06-03"}],
    }  # fmt: skip
    assert drafts(feed) == [Draft(f"{BODY}\n{MORE}", "Bridge", "The Gazette", DAY)]


def test_a_summary_is_no_text() -> None:
    assert drafts([{"title": "Bridge", "summary": BODY, "description": BODY}]) == []


def test_an_address_as_source_gives_its_host_when_nothing_else_does() -> None:
    assert drafts({"text": BODY, "source": "https://www.a.example/b"})[0].source == "a.example"


# Pages


def page(body: str, title: str = "Bridge to be repaired") -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


def test_a_body_cut_into_boxes_by_advertisements_is_read_whole() -> None:
    boxes = "".join(
        f'<div class="grid"><div class="article-body"><p>Part {n}. {LONG}</p></div></div>'
        f'<div class="ad"><a href="/{n}">Buy</a></div>'
        for n in range(3)
    )
    text = read_html(page(f"<article><div>{boxes}</div></article>")).text
    assert [f"Part {n}." in text for n in range(3)] == [True] * 3


def test_boxes_under_headings_of_their_own_are_other_articles() -> None:
    boxes = "".join(
        f'<div class="story"><h1>Story {n}</h1><div class="article-body"><p>Part {n}. {LONG}</p>'
        "</div></div>"
        for n in range(3)
    )
    text = read_html(page(f"<div>{boxes}</div>")).text
    assert "Part 0." in text
    assert "Part 1." not in text


def test_the_title_is_not_repeated_as_the_first_line() -> None:
    heading = "<h1>Bridge to be repaired</h1>"
    draft = read_html(page(f"<article>{heading}<p>{LONG}</p><p>{MORE}</p></article>"))
    assert draft.title == "Bridge to be repaired"
    assert draft.text.split("\n")[0] == LONG


def test_a_page_laid_out_as_a_table_is_read_without_bars() -> None:
    table = f"<table><tr><td>{LONG}</td></tr><tr><td>{MORE}</td></tr></table>"
    lines = read_html(page(table)).text.strip().split("\n")
    assert [line for line in lines if line] == [LONG, MORE]


def test_title_source_and_day_of_json_ld() -> None:
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Bridge",
        "datePublished": "2019-06-03T12:00:00Z", "publisher": {"name": "The Gazette"},
    }  # fmt: skip
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    draft = read_html(page(f"{script}<article><p>{LONG}</p><p>{MORE}</p></article>"))
    assert (draft.title, draft.source, draft.published) == ("Bridge", "The Gazette", DAY)


@pytest.mark.parametrize("text", ["", "<html></html>", "<!doctype html>", "<p></p>"])
def test_pages_without_text_are_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_html(text)
