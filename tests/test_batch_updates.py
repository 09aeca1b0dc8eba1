"""`--since last`: what is new in a digest, beside it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from summarize.batch.errors import OutputError
from summarize.batch.job import ledger_path
from summarize.batch.ledger import Digested, Ledger
from summarize.codec import pack
from summarize.pipeline import digest
from summarize.render import TextFormat, render
from summarize.settings import Settings
from summarize.updates import read_earlier
from tests.batches import BAKERY, BRIDGE, SCHOOL, batch, inbox_of, outputs

FERRY = """Ferry of Port Sable runs again

The ferry between Port Sable and Lindow runs again from Sunday, its owner said.

It had been tied up since March, when its engine failed in a storm with ninety people on board.
"""
FORMS: dict[str, TextFormat] = {"html": "html", "md": "markdown", "json": "json"}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Two folders with an article each."""
    return inbox_of(tmp_path / "in", {"a/bridge.txt": BRIDGE, "b/bakery.txt": BAKERY})


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the digests go."""
    return tmp_path / "out"


def _new(out: Path) -> bytes:
    return (out / "digests/a/update.md").read_bytes()


def test_an_update_is_what_run_tells_since_the_digest_before(inbox: Path, out: Path) -> None:
    batch(inbox, out)
    assert not [*out.rglob("update.*")]
    before = out.with_name("before.json")
    before.write_bytes((out / "digests/a/digest.json").read_bytes())
    (inbox / "a/school.txt").write_text(SCHOOL)
    fine, watcher = batch(inbox, out, since=True)
    assert fine
    assert watcher.counts["summary", "made"] == 2
    alone = digest([inbox / "a"], Settings(model="quote"), since=read_earlier(before))
    for suffix, form in FORMS.items():
        told = (out / f"digests/a/update.{suffix}").read_text(encoding="utf-8")
        assert told == render(alone, form)
    assert "Bridge" in (out / "digests/a/digest.md").read_text()
    assert not (out / "digests/b/update.md").exists()
    page = (out / "index.html").read_text()
    assert 'href="digests/a/update.html"' in page
    assert "digests/b/update" not in page


def test_an_update_without_news_says_so(tmp_path: Path, out: Path) -> None:
    copy = SCHOOL.replace("Pupils of Hallen plant trees", "Hallen pupils have planted trees")
    copy = copy.replace("whose owner, Greta Holm,", "owned by Greta Holm, who")
    inbox = inbox_of(tmp_path / "in", {"a/school.txt": SCHOOL})
    batch(inbox, out)
    before = out.with_name("before.json")
    before.write_bytes((out / "digests/a/digest.json").read_bytes())
    inbox_of(inbox, {"a/copy.txt": copy})
    assert batch(inbox, out, since=True)[0]
    alone = digest([inbox / "a"], Settings(model="quote"), since=read_earlier(before))
    assert not alone.stories
    for suffix, form in FORMS.items():
        assert (out / f"digests/a/update.{suffix}").read_text() == render(alone, form)
    index = (out / "index.html").read_text()
    assert "update" not in index


def test_news_may_be_dated_by_an_article_that_was_told_before(tmp_path: Path, out: Path) -> None:
    first, _, third, *_ = sorted(Path("seeds").iterdir())
    inbox = inbox_of(tmp_path / "in", {"a/1.txt": first.read_text()})
    batch(inbox, out, since=True)
    inbox_of(inbox, {"a/2.txt": third.read_text()})
    assert batch(inbox, out, since=True)[0]
    assert "Palmyra" in _new(out).decode()


def test_an_update_stays_until_there_is_more_news(inbox: Path, out: Path) -> None:
    batch(inbox, out, since=True)
    (inbox / "a/school.txt").write_text(SCHOOL)
    batch(inbox, out, since=True)
    kept = outputs(out)
    assert batch(inbox, out, since=True)[1].counts["digest", "reused"] == 2
    assert outputs(out) == kept
    for lost in ("update.json", "digest.json"):
        (out / "digests/a" / lost).unlink()
        batch(inbox, out, since=True)
        assert outputs(out) == kept
    batch(inbox, out, since=True, length="1s")
    assert b"oaks" in _new(out)
    (inbox / "a/ferry.txt").write_text(FERRY)
    batch(inbox, out, since=True)
    assert b"ferry" in _new(out)
    assert b"planted" not in _new(out)
    (inbox / "a/bridge.txt").unlink()
    batch(inbox, out, since=True)
    assert b"ferry" in _new(out)


def test_what_was_told_two_nights_ago_is_not_told_again(inbox: Path, out: Path) -> None:
    batch(inbox, out, since=True)
    (inbox / "a/bridge.txt").unlink()
    (inbox / "a/school.txt").write_text(SCHOOL)
    batch(inbox, out, since=True)
    assert b"oaks" in _new(out)
    (inbox / "a/school.txt").unlink()
    (inbox / "a/ferry.txt").write_text(FERRY)
    (inbox / "a/weekly.txt").write_text(f"The week in Hallen\n\n{BRIDGE}")
    batch(inbox, out, since=True)
    assert b"ferry" in _new(out)
    lines = [line for line in BRIDGE.splitlines() if line.endswith(".")]
    assert not any(line.encode() in _new(out) for line in lines)


def test_a_run_without_updates_takes_old_ones_away(inbox: Path, out: Path) -> None:
    batch(inbox, out, since=True)
    (inbox / "a/school.txt").write_text(SCHOOL)
    batch(inbox, out, since=True)
    (inbox / "a/ferry.txt").write_text(FERRY)
    batch(inbox, out)
    assert not [*out.rglob("update.*")]
    assert "update" not in (out / "index.html").read_text()


def test_a_run_that_ends_before_the_ledger_knows_makes_the_same_update(
    inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calm = out.with_name("calm")
    for place in (calm, out):
        batch(inbox, place, since=True)
    (inbox / "a/school.txt").write_text(SCHOOL)
    batch(inbox, calm, since=True)

    def full(ledger: Ledger, made: Digested, *keys: set[str]) -> None:
        raise OutputError(f"{ledger} {made} {keys}")

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "put_digest", full)
        with pytest.raises(OutputError):
            batch(inbox, out, since=True)
    assert (out / "digests/a/update.md").is_file()
    batch(inbox, out, since=True)
    assert outputs(out) == outputs(calm)


def test_a_pool_has_updates_of_the_days_with_news(tmp_path: Path, out: Path) -> None:
    day = '{{"title": "News", "text": {}, "published": "{}"}}'
    quoted = [text.replace("\n", " ") for text in (BRIDGE, SCHOOL)]
    inbox = inbox_of(
        tmp_path / "in",
        {
            "1.json": day.format(f'"{quoted[0]}"', "2024-03-01"),
            "2.json": day.format(f'"{quoted[1]}"', "2024-03-02"),
        },
    )
    batch(inbox, out, pooled=True, since=True)
    inbox_of(inbox, {"3.json": day.format(f'"{FERRY}"'.replace("\n", " "), "2024-03-02")})
    batch(inbox, out, pooled=True, since=True)
    (update,) = out.rglob("update.md")
    assert update.parent.name == "2024-03-02"
    assert "ferry" in update.read_text()
    assert "oaks" not in update.read_text()


def test_an_update_that_fails_leaves_the_digest(inbox: Path, out: Path) -> None:
    batch(inbox, out, since=True)
    (inbox / "a/school.txt").write_text(SCHOOL)
    fine, _ = batch(inbox, out, since=True, dies=lambda order: bool(getattr(order, "since", b"")))
    assert not fine
    assert "oaks" in (out / "digests/a/digest.md").read_text()
    assert not (out / "digests/a/update.md").exists()


def test_what_an_older_version_kept_of_a_digest_does_not_stop_the_next(
    inbox: Path, out: Path
) -> None:
    batch(inbox, out, since=True)
    with closing(sqlite3.connect(ledger_path(out))) as ledger, ledger:
        ledger.execute("UPDATE digests SET told = ?", (pack(["in", "another", "form"]),))
    (inbox / "a/school.txt").write_text(SCHOOL)
    assert batch(inbox, out, since=True)[0]
    assert not (out / "digests/a/update.md").exists()
    (inbox / "a/ferry.txt").write_text(FERRY)
    batch(inbox, out, since=True)
    assert b"ferry" in _new(out)
