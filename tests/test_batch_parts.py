"""The small parts of a batch: results as data, pages, names of files, hashes."""

import os
import re
import socket
import threading
import time
import xml.etree.ElementTree as ET
import zlib
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.batch import watch
from summarize.batch.days import UNDATED, by_day
from summarize.batch.errors import OutputError
from summarize.batch.files import file_hash, put
from summarize.batch.inbox import groups
from summarize.batch.job import Options
from summarize.batch.keys import because, item
from summarize.batch.ledger import Ledger
from summarize.batch.lock import locked
from summarize.batch.pages import address, atom, index
from summarize.batch.watching import Watcher
from summarize.codec import pack, unpack
from summarize.errors import NothingToReadError
from summarize.reading.found import Result
from summarize.records import Article, Failure, Span, Summary
from summarize.settings import Settings
from tests.digests import HOSTILE, make_digest

ATOM = "{http://www.w3.org/2005/Atom}"


@given(
    text=st.text(),
    title=st.none() | st.text(),
    published=st.none() | st.dates(),
    spans=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=3),
)
def test_articles_come_back_as_they_were(
    text: str, title: str | None, published: date | None, spans: list[tuple[int, int]]
) -> None:
    paragraphs = tuple(Span(*span) for span in spans)
    article = Article("a" * 16, "", text, title, None, published, paragraphs, named="x")
    found = unpack(Result, pack(((article,), (Failure("", text),))))
    assert found == ((article,), (Failure("", text),))
    assert found[0][0].named == "x"


def test_summaries_come_back_as_they_were() -> None:
    for summary in make_digest(input_read=1 / 3).story_summaries.values():
        assert unpack(Summary, pack(summary)) == summary
        assert pack(unpack(Summary, pack(summary))) == pack(summary)


@pytest.mark.parametrize(
    "data", [b"", b"junk", zlib.compress(b"[1]"), zlib.compress(b'["a",2,3,4]')]
)
def test_damaged_results_are_refused(data: bytes) -> None:
    with pytest.raises((ValueError, TypeError)):
        unpack(Summary, data)


def _page(name: str, newest: str = "", title: str = "News") -> dict[str, Any]:
    return {
        "name": name, "titles": [title], "articles": 1, "newest": newest,
        "formats": ["html", "json"], "updates": ["html"], "left": False,
    }  # fmt: skip


@given(name=st.text(min_size=1), title=st.text())
def test_the_feed_is_well_formed_whatever_the_names_are(name: str, title: str) -> None:
    feed = ET.fromstring(atom([_page(name, title=title)]))  # noqa: S314 (our own)
    assert feed.find(f"{ATOM}entry/{ATOM}title") is not None


def test_the_feed_has_what_atom_asks_for_newest_first() -> None:
    pages = [_page("a/b", "2024-01-02"), _page("c", "2024-03-04"), _page("undated")]
    feed = ET.fromstring(atom(pages))  # noqa: S314 (our own)
    entries = feed.findall(f"{ATOM}entry")
    assert [e.findtext(f"{ATOM}title") for e in entries] == ["c", "a/b", "undated"]
    assert len({e.findtext(f"{ATOM}id") for e in (feed, *entries)}) == 4
    for found in (feed, *entries):
        updated = found.findtext(f"{ATOM}updated") or ""
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", updated)
    links = [e.find(f"{ATOM}link") for e in entries]
    assert links[1] is not None
    assert links[1].get("href") == "digests/a/b/digest.html"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "summarize"


def test_no_name_or_title_adds_markup_to_the_index() -> None:
    page = index([_page("a <b>", title=HOSTILE)]).decode()
    assert "<script" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert 'href="digests/a%20%3Cb%3E/digest.html"' in page
    assert 'href="digests/a%20%3Cb%3E/update.html"' in page


def test_the_index_may_run_its_own_style_and_nothing_else() -> None:
    page = index([_page("a"), _page("b")]).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    hashed = b64encode(sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{hashed}'; ")
    assert "script" not in policy
    assert "<h1>2 digests of 2 articles</h1>" in page


def test_the_index_names_folders_that_gave_no_digest() -> None:
    page = index([_page("a")], [("b <b>", "it is empty")]).decode()
    assert 'b &lt;b&gt; <span class="meta">no digest: it is empty</span>' in page
    assert "<h1>1 digest of 1 article</h1>" in page


def test_an_index_of_nothing_says_so() -> None:
    assert "no digest yet" in index([]).decode()


def test_every_name_has_a_place_of_its_own_that_the_system_takes(tmp_path: Path) -> None:
    names = [
        "a", "a/b", "digest.md", "digest.md/c", "update.md", "é" * 120, "é" * 120 + "x", "x" * 250,
    ]  # fmt: skip
    places = [address(name, "md", stem) for name in names for stem in ("digest", "update")]
    assert len({*places}) == 2 * len(names)
    for place in places:
        put(tmp_path / place, place.encode())
    assert all((tmp_path / place).read_bytes() == place.encode() for place in places)


def test_a_file_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.md"
    put(path, b"old")

    def fails(scratch: Path, target: Path) -> None:
        raise OSError(122, "Disk quota exceeded", str(scratch), None, str(target))

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OutputError, match=r"page\.md cannot be written: disk quota exceeded"):
        put(path, b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["page.md"]
    assert path.read_bytes() == b"old"
    assert file_hash(tmp_path / "none") is None


def test_folders_with_files_are_groups_hidden_ones_are_not(tmp_path: Path) -> None:
    for name in ("b/x.txt", "a/deep/y.txt", "a/deep/z.txt", ".git/config", "c/.hidden", "top.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "in/a/loop").symlink_to(tmp_path / "in", target_is_directory=True)
    found = [*groups([tmp_path / "in"], tmp_path / "out", pooled=False)]
    assert [(g.name, len(g.places)) for g in found] == [("in", 1), ("a/deep", 2), ("b", 1)]
    (pool,) = groups([tmp_path / "in"], tmp_path / "out", pooled=True)
    assert len(pool.files()[0]) == 4
    (tmp_path / "in/a/loop").unlink()
    two = [*groups([tmp_path / "in/a", tmp_path / "in/b"], tmp_path / "out", pooled=False)]
    assert [group.name for group in two] == ["a/deep", "b"]
    with pytest.raises(NothingToReadError, match="nowhere"):
        [*groups([tmp_path / "nowhere"], tmp_path / "out", pooled=False)]


def test_a_reason_names_what_changed() -> None:
    assert because({"the file": "1"}, None) == "it is new"
    assert because({"the file": "1", "x": "2"}, {"the file": "0", "x": "2"}) == "changed: the file"
    assert because({"x": "2"}, {"x": "2", "y": "1"}) == "changed: y (gone)"
    assert because({"x": "2", "y": "1"}, {"x": "1"}) == "changed: x, y (new)"
    assert because({"x": "2"}, {"x": "2"}) == "its result was missing"


def test_the_same_basis_is_the_same_item_whatever_it_is_of() -> None:
    assert (
        item("read", "a/x", {"f": "1", "g": "2"}).key == item("read", "b", {"g": "2", "f": "1"}).key
    )
    assert item("read", "a/x", {"f": "1"}).key != item("summary", "a/x", {"f": "1"}).key


def test_a_ledger_that_is_none_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_text("this is no database, but some text that is long enough to be looked at" * 9)
    with pytest.raises(OutputError, match="not a database"):
        Ledger(path)


def test_what_was_acknowledged_is_there_when_the_file_is_opened_again(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.begin_run()
    done, bad = item("read", "a", {"f": "1"}), item("read", "b", {"f": "2"})
    ledger.acknowledge(done, "it is new", 0.5, b"value")
    states = [ledger.count_failure(bad, "it is new", "it crashed", 2) for _ in range(2)]
    assert [state.state for state in states] == ["retrying", "failed"]
    ledger.close()
    again = Ledger(tmp_path / "ledger.sqlite")
    assert again.value(done.key) == b"value"
    found = again.state(bad.key)
    assert found is not None
    assert (found.state, found.attempts, found.error) == ("failed", 2, "it crashed")
    with pytest.raises(KeyError):
        again.value(bad.key)
    again.close()


def test_a_day_has_its_stories_only() -> None:
    digest = make_digest()
    (name,) = by_day(digest)
    assert name == UNDATED
    (story,) = digest.stories
    (article,) = story.articles
    day = date(2024, 3, 1)
    other = replace(article, id="d" * 16, path="other.txt")
    second = replace(story, id="e" * 16, articles=(other,))
    placed = replace(digest.placements[article.id], earliest=day, latest=day)
    both = replace(
        digest,
        stories=(story, second),
        story_summaries={**digest.story_summaries, second.id: digest.story_summaries[story.id]},
        article_summaries={
            **digest.article_summaries,
            other.id: digest.article_summaries[article.id],
        },
        placements={**digest.placements, other.id: replace(placed, article_id=other.id)},
        wires=((article.id, other.id),),
    )
    days = by_day(both)
    assert [*days] == ["2024-03-01", UNDATED]
    assert days["2024-03-01"].stories == (second,)
    assert [*days["2024-03-01"].article_summaries] == [other.id]
    assert days["2024-03-01"].wires == ()
    assert days["2024-03-01"].removed == ()
    assert days[UNDATED].removed == digest.removed
    assert days["2024-03-01"].failures == digest.failures


def test_a_second_run_waits_when_asked(tmp_path: Path) -> None:
    path, told, order = tmp_path / "out/.summarize/lock", list[str](), list[str]()

    def second() -> None:
        with locked(path, wait=True, waiting=told.append):
            order.append("second")

    with locked(path, wait=False, waiting=told.append):
        thread = threading.Thread(target=second)
        thread.start()
        while not told:
            time.sleep(0.01)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert told == [f"Waiting for process {os.getpid()} on {socket.gethostname()}."]


def test_a_change_is_waited_for_until_it_has_settled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arriving = ["some", "some more", "all of it"]
    looks: list[float] = []

    def sleep(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) > 2 and arriving:
            (tmp_path / "in/new.txt").write_text(arriving.pop(0))

    runs: list[int] = []

    def run(options: Options, watcher: Watcher) -> bool:
        del options, watcher
        runs.append(len(looks))
        if len(runs) == 2:
            raise KeyboardInterrupt
        return True

    (tmp_path / "in").mkdir()
    monkeypatch.setattr(time, "sleep", sleep)
    monkeypatch.setattr(watch, "run", run)
    options = Options((tmp_path / "in",), tmp_path / "out", Settings(model="quote"))
    with pytest.raises(KeyboardInterrupt):
        watch.once_or_always(options, watch=True, quiet=True, metrics=None)
    assert not arriving
    assert runs[1] == 7
