"""What a user relies on when a list has entries without a text: named, and no failure."""

import json
from pathlib import Path
from typing import Any

import pytest

from summarize.reading.files import InputFile
from summarize.reading.formats import read_file
from summarize.reading.found import Result
from summarize.reading.isolated import read_isolated
from tests.archives import warc_record

BODY = "The council met on Monday and agreed to repair the old bridge."
TITLE = "Ferry timetable changes"
MAIL = "From a@b.example Mon Jun  3 10:15:00 2019\nFrom: Desk <a@b.example>\nSubject: {}\n\n{}\n\n"
FEEDS = {
    "feed.rss": "<rss><channel>"
    f"<item><title>{TITLE}</title><link>https://a.example/1</link></item>"
    f"<item><title>Bridge</title><description>{BODY}</description></item>"
    f"<item><title>Comments</title><description>Comments</description></item></channel></rss>",
    "day.mbox": MAIL.format(TITLE, "") + MAIL.format("x", BODY)
    + MAIL.format("Comments", "Thanks!"),
    "links.json": json.dumps([
        {"title": TITLE, "url": "https://a.example/1"}, {"title": "Bridge", "text": BODY},
        {"title": "Comments", "text": ""},
    ]),
    "news.jsonl": "".join(
        json.dumps({"title": title, "text": text}) + "\n"
        for title, text in ((TITLE, ""), ("Bridge", BODY), ("Comments", None))
    ),
    "news.csv": f"title,text\n{TITLE},\nBridge,{BODY}\nComments,see below\n",
}  # fmt: skip
LINKS = [
    {"status": 1, "list": {"1": {"given_url": "https://a.example/b"}, "2": {"given_url": "x"}}},
    [{"_id": 1, "link": "https://a.example/b", "title": "B", "excerpt": BODY, "domain": "a"}] * 2,
    [{"slug": "b", "url": "https://a.example/b", "title": "B"}] * 2,
]


def found(name: str, data: str) -> Result:
    return read_file(InputFile(name, name, Path(name)), data.encode())


@pytest.mark.parametrize("name", FEEDS)
def test_entries_without_a_text_are_named_and_no_failures(name: str) -> None:
    (article,), failures = found(name, FEEDS[name])
    assert article.text.strip() == BODY
    assert article.enclosed == (TITLE, "Comments")
    assert failures == ()


def test_a_worker_finds_the_same() -> None:
    file = InputFile("feed.rss", "feed.rss", Path("feed.rss"))
    (result,) = read_isolated([(file, FEEDS["feed.rss"].encode())], 1)
    assert result == found("feed.rss", FEEDS["feed.rss"])


def test_a_page_of_links_in_a_crawl_is_named_and_no_failure() -> None:
    titles = [f"Council repairs the old bridge, part {n} of the long story" for n in range(40)]
    links = "".join(f'<li><a href="/{n}">{title}</a></li>' for n, title in enumerate(titles))
    section = f"<html><body><main><h1>News</h1><ul>{links}</ul></main></body></html>".encode()
    crawl = warc_record("https://a.example/one") + warc_record("https://a.example/news", section)
    (article,), failures = found("crawl.warc", crawl.decode())
    assert article.enclosed == ("https://a.example/news",)
    assert failures == ()
    _, (failure,) = found("news.html", section.decode())
    assert failure.reason.startswith("it holds links (40)")


@pytest.mark.parametrize("value", LINKS)
def test_a_list_without_a_text_has_failed_once(value: Any) -> None:
    articles, (failure,) = found("saved.json", json.dumps(value))
    assert articles == ()
    assert failure.path == "saved.json"
    assert failure.reason.startswith("2 entries without a text")


def test_what_could_not_be_read_has_failed_beside_articles_too() -> None:
    records = [{"title": "Bridge", "text": BODY}, {"title": "Lost", "story": BODY}, "no record"]
    (article,), failures = found("news.json", json.dumps(records))
    assert article.enclosed == ()
    assert [failure.path for failure in failures] == ["news.json#2", "news.json#3"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("note.txt", "Thanks, Jo!", "it has fewer than 5 words of text"),
        ("note.eml", "From: a@b.example\nSubject: Bridge to be repaired\n\n", "it has no text"),
    ],
)
def test_a_file_with_hardly_a_word_has_failed(name: str, data: str, reason: str) -> None:
    _, (failure,) = found(name, data)
    assert failure.reason == reason
