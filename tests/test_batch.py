"""What a batch makes, reuses and makes again."""

import json
import os
import pickle
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from summarize.batch.errors import LockedError, OutputError
from summarize.batch.job import Options
from summarize.batch.lock import locked
from summarize.batch.orders import Outline, Probe, Summarize
from summarize.batch.plans import would_run
from summarize.batch.report import collect_garbage, retry_failed, status_lines, why_lines
from summarize.batch.watch import seen
from summarize.pipeline import digest
from summarize.render import render
from summarize.settings import Settings
from tests.batches import BAKERY, BRIDGE, SCHOOL, batch, inbox_of, outputs, stop_parser

MIXED = {"a/bridge.txt": BRIDGE, "a/school.txt": SCHOOL, "b/deep/bakery.txt": BAKERY}


@pytest.fixture(scope="module", autouse=True)
def _parser() -> Iterator[None]:
    yield
    stop_parser()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Two folders with three articles."""
    return inbox_of(tmp_path / "in", MIXED)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the digests go."""
    return tmp_path / "out"


def test_each_folder_is_the_digest_that_run_makes_of_it(inbox: Path, out: Path) -> None:
    with zipfile.ZipFile(inbox / "b/deep/more.zip", "w") as archive:
        archive.writestr("one.txt", SCHOOL)
        archive.writestr("two.txt", "Hi")
    (inbox / "b/deep/page.html").write_text(
        f"<html><title>Bridge</title><body><article><p>{BRIDGE}</p></article></body></html>"
    )
    fine, _ = batch(inbox, out)
    assert not fine
    for folder in ("a", "b/deep"):
        alone = digest([inbox / folder], Settings(model="quote"))
        for form, suffix in (("json", "json"), ("markdown", "md"), ("html", "html")):
            page = out / "digests" / folder / f"digest.{suffix}"
            assert page.read_text(encoding="utf-8") == render(alone, form)  # type: ignore[arg-type]
    assert 'href="digests/b/deep/digest.html"' in (out / "index.html").read_text()


def test_a_second_run_makes_nothing_and_changes_nothing(inbox: Path, out: Path) -> None:
    batch(inbox, out)
    before = outputs(out)
    fine, watcher = batch(inbox, out)
    assert fine
    assert {key: n for key, n in watcher.counts.items() if key[1] == "made"} == {}
    assert watcher.counts["digest", "reused"] == 2
    assert outputs(out) == before


def test_an_article_in_two_folders_is_read_and_summarized_once(tmp_path: Path, out: Path) -> None:
    inbox = inbox_of(tmp_path / "in", {"a/x.txt": BRIDGE, "b/y.txt": BRIDGE})
    _, watcher = batch(inbox, out)
    assert (watcher.counts["read", "made"], watcher.counts["summary", "made"]) == (1, 2)
    paths = [
        json.loads((out / f"digests/{name}/digest.json").read_text())["stories"][0]["articles"][0]
        for name in ("a", "b")
    ]
    assert [article["path"] for article in paths] == ["x.txt", "y.txt"]


def test_a_changed_article_costs_its_own_story_only(inbox: Path, out: Path) -> None:
    batch(inbox, out)
    (inbox / "a/school.txt").write_text(SCHOOL.replace("two hundred", "ninety"))
    _, watcher = batch(inbox, out)
    assert watcher.counts["read", "made"] == 1
    assert watcher.counts["summary", "made"] == 2
    assert watcher.counts["summary", "reused"] == 2
    assert (watcher.counts["digest", "made"], watcher.counts["digest", "reused"]) == (1, 1)
    told = [*why_lines(out, "")]
    assert "read a/school.txt: changed: the file" in told
    assert "digest a: changed: school.txt" in told
    assert any(line.startswith("summary a/school.txt: changed: the articles") for line in told)
    assert not any("bridge" in line or "bakery" in line for line in told)


def test_content_counts_not_size_or_time(inbox: Path, out: Path) -> None:
    batch(inbox, out)
    path = inbox / "a/bridge.txt"
    times = path.stat()
    path.write_text(BRIDGE.replace("four", "nine"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    _, watcher = batch(inbox, out)
    assert watcher.counts["digest", "made"] == 1
    assert b"nine workers" in (out / "digests/a/digest.md").read_bytes()
    os.utime(path, (0, 0))
    assert batch(inbox, out)[1].counts["digest", "made"] == 0


def test_other_settings_reuse_what_was_read(inbox: Path, out: Path) -> None:
    batch(inbox, out)
    _, watcher = batch(inbox, out, length="1s")
    assert (watcher.counts["read", "made"], watcher.counts["summary", "made"]) == (0, 3)
    assert "digest b/deep: changed: the length" in [*why_lines(out, "deep")]
    _, watcher = batch(inbox, out)
    assert (watcher.counts["digest", "made"], watcher.counts["summary", "made"]) == (2, 0)


def test_an_output_that_was_lost_or_damaged_is_made_again(inbox: Path, out: Path) -> None:
    batch(inbox, out)
    before = outputs(out)
    (out / "digests/a/digest.md").unlink()
    (out / "digests/b/deep/digest.json").write_text("{")
    _, watcher = batch(inbox, out)
    assert (watcher.counts["digest", "made"], watcher.counts["summary", "made"]) == (2, 0)
    assert outputs(out) == before


def test_a_pool_gives_a_digest_a_day(tmp_path: Path, out: Path) -> None:
    dated = {
        f"{day}.json": json.dumps({"title": "News", "text": text, "published": day})
        for day, text in (("2024-03-01", BRIDGE), ("2024-03-02", SCHOOL))
    }
    inbox = inbox_of(tmp_path / "in", {**dated, "sub/c.txt": BAKERY})
    assert batch(inbox, out, pooled=True)[0]
    assert {path.parent.name for path in out.glob("digests/*/digest.md")} == {
        "2024-03-01", "2024-03-02", "undated",
    }  # fmt: skip
    second = json.loads((out / "digests/2024-03-02/digest.json").read_text())
    assert [a["path"] for s in second["stories"] for a in s["articles"]] == ["2024-03-02.json"]
    (inbox / "2024-03-02.json").unlink()
    batch(inbox, out, pooled=True)
    assert not (out / "digests/2024-03-02").exists()


def test_what_cannot_be_read_is_said_again_each_time(inbox: Path, out: Path) -> None:
    (inbox / "a/empty.txt").write_bytes(b"")
    (inbox / "a/gone.txt").symlink_to(inbox / "nowhere")
    (inbox / "c").mkdir()
    (inbox / "c/picture.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(64))
    for _ in range(2):
        fine, _ = batch(inbox, out)
        assert not fine
        report = json.loads((out / "run.json").read_text())
        named = {Path(failure["path"]).name for failure in report["failures"]}
        assert named == {"empty.txt", "gone.txt", "picture.jpg"}
    assert (out / "digests/a/digest.md").is_file()
    assert any("empty.txt" in line for line in status_lines(out))
    assert retry_failed(out).startswith("No failure is kept")
    assert 'c <span class="meta">no digest: ".jpg" files are not' in (
        (out / "index.html").read_text("utf-8").replace("&quot;", '"')
    )


def _about(word: bytes) -> Any:
    """Whether an order is about an article that holds the word."""

    def dies(order: Any) -> bool:
        return isinstance(order, Summarize) and word in zlib.decompress(order.plan)

    return dies


def test_a_poisoned_article_fails_alone_with_its_reason(inbox: Path, out: Path) -> None:
    fine, watcher = batch(inbox, out, dies=_about(b"planted two hundred oaks"))
    assert not fine
    assert watcher.counts["summary", "failed"] == 2
    (failure,) = json.loads((out / "run.json").read_text())["failures"]
    assert failure["path"].endswith("a/school.txt")
    assert failure["reason"] == "it killed the worker (SIGSEGV) (tried 3 times)"
    page = (out / "digests/a/digest.md").read_text()
    assert "Harbor Bridge" in page
    assert "school.txt" in page
    assert "planted" not in page
    # It is not tried again until it is asked for.
    assert batch(inbox, out)[1].counts["digest", "reused"] == 2
    assert "2 failures" in retry_failed(out)
    fine, _ = batch(inbox, out)
    assert fine
    assert "planted" in (out / "digests/a/digest.md").read_text()


def test_what_poisons_a_whole_folder_is_found(inbox: Path, out: Path) -> None:
    def dies(order: Any) -> bool:
        if isinstance(order, Probe):
            order = order.outline
        if not isinstance(order, Outline):
            return False
        return any(path == "school.txt" for path, _, _ in order.files) and not order.poisoned

    fine, watcher = batch(inbox, out, dies=dies)
    assert not fine
    assert (watcher.counts["probe", "failed"], watcher.counts["probe", "made"]) == (1, 1)
    (failure,) = json.loads((out / "run.json").read_text())["failures"]
    assert failure["path"].endswith("a/school.txt")
    assert "Harbor Bridge" in (out / "digests/a/digest.md").read_text()


def test_a_digest_that_fails_as_a_whole_keeps_its_old_page(inbox: Path, out: Path) -> None:
    batch(inbox, out)
    before = outputs(out)
    (inbox / "b/deep/bridge.txt").write_text(BRIDGE)
    fine, watcher = batch(
        inbox, out, dies=lambda order: isinstance(order, Outline) and len(order.files) == 2
    )
    assert not fine
    assert watcher.counts["digest", "failed"] == 1
    assert outputs(out) == before
    retry_failed(out)
    assert batch(inbox, out)[0]
    assert b"Harbor Bridge" in (out / "digests/b/deep/digest.md").read_bytes()


def test_one_lost_worker_costs_nothing(inbox: Path, out: Path) -> None:
    lost: list[Any] = []

    def dies(order: Any) -> bool:
        lost.append(order)
        return len(lost) % 3 == 1

    assert batch(inbox, out, dies=dies)[0]
    assert batch(inbox, out.with_name("calm"))[0]
    assert outputs(out) == outputs(out.with_name("calm"))


def test_gc_keeps_what_is_used(inbox: Path, out: Path) -> None:
    batch(inbox, out)
    (inbox / "a/school.txt").write_text(SCHOOL.replace("two hundred", "ninety"))
    batch(inbox, out)
    (out / "digests/a/.digest.md.part").write_text("half")
    assert collect_garbage(out) == "3 unused results and 1 unfinished file removed."
    assert collect_garbage(out) == "0 unused results and 0 unfinished files removed."
    assert batch(inbox, out, length="1s")[1].counts["read", "made"] == 0


def test_dry_run_says_what_and_why_and_writes_nothing(inbox: Path, out: Path) -> None:
    options = Options((inbox,), out, Settings(model="quote", jobs=1))
    assert [*would_run(options)] == [
        "a: 2 files, 2 to read: it is new",
        "b/deep: 1 file, 1 to read: it is new",
        "2 of 2 digests would be made.",
    ]
    assert not out.exists()
    batch(inbox, out)
    (inbox / "a/third.txt").write_text(BAKERY.replace("ninety", "eighty"))
    assert [*would_run(options)] == [
        "a: 3 files, 1 to read: changed: third.txt (new)",
        "1 of 2 digests would be made.",
    ]


def test_a_full_disk_stops_with_a_sentence_and_the_next_run_goes_on(
    inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(inbox, out.with_name("calm"))
    calls: list[int] = []
    sync = os.fsync

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 2:
            raise OSError(28, "No space left on device")
        sync(handle)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match="no space left on device") as stopped:
            batch(inbox, out)
    assert stopped.value.exit_code == 4
    assert not [path for path in outputs(out) if path.endswith(".part")]
    fine, watcher = batch(inbox, out)
    assert fine
    assert (watcher.counts["summary", "reused"], watcher.counts["summary", "made"]) == (4, 2)
    assert outputs(out) == outputs(out.with_name("calm"))


def test_two_runs_at_once_are_told_apart(inbox: Path, out: Path) -> None:
    batch(inbox, out)
    lock = out / ".summarize" / "lock"
    with locked(lock, wait=False, waiting=lambda _: None):
        with pytest.raises(LockedError, match=rf"process {os.getpid()} on ") as refused:
            batch(inbox, out)
        with pytest.raises(LockedError):
            retry_failed(out)
        assert next(iter(status_lines(out))) == "run 1: finished"
    assert refused.value.exit_code == 5
    assert batch(inbox, out)[0]


def test_a_folder_that_cannot_be_written_can_be_asked(inbox: Path) -> None:
    with TemporaryDirectory() as place:
        out = Path(place) / "out"
        batch(inbox, out)
        for path in (Path(place), out, *out.rglob("*")):
            path.chmod(path.stat().st_mode & 0o555 | 0o555)
        before = outputs(out)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)  # nobody; root may write everywhere
        try:
            assert next(iter(status_lines(out))) == "run 1: finished"
            assert [*why_lines(out, "deep")]
            with pytest.raises(OutputError, match="permission denied"):
                retry_failed(out)
        finally:
            os.seteuid(user)
        assert outputs(out) == before
        for path in (Path(place), out, *out.rglob("*")):
            path.chmod(0o755)


def test_the_output_inside_the_inbox_is_no_input(inbox: Path) -> None:
    out = inbox / "out"
    for _ in range(2):
        assert batch(inbox, out)[1].counts["digest", "failed"] == 0
    assert {path.parent.name for path in out.rglob("digest.md")} == {"a", "deep"}


def test_metrics_are_there_for_prometheus(inbox: Path, out: Path, tmp_path: Path) -> None:
    batch(inbox, out, metrics=tmp_path / "batch.prom")
    lines = (tmp_path / "batch.prom").read_text().splitlines()
    assert 'summarize_items{kind="digest",outcome="made"} 2' in lines
    assert "summarize_run_finished 1" in lines
    assert "summarize_failures 0" in lines
    (inbox / "a/blob.bin").write_bytes(b"\0\1")
    for _ in range(2):
        assert not batch(inbox, out, metrics=tmp_path / "batch.prom")[0]
        assert "summarize_failures 1" in (tmp_path / "batch.prom").read_text().splitlines()


@pytest.mark.parametrize("pooled", [False, True])
def test_a_link_to_itself_costs_only_itself(inbox: Path, out: Path, *, pooled: bool) -> None:
    (inbox / "a/loop").symlink_to("loop")
    fine, watcher = batch(inbox, out, pooled=pooled)
    assert not fine
    assert watcher.failures == 1
    assert watcher.counts["digest", "failed"] == 0


def test_a_folder_that_is_gone_fails_no_run(inbox: Path, out: Path) -> None:
    inbox_of(inbox, {"bad/empty.txt": "", "b/deep/empty.txt": ""})
    assert not batch(inbox, out)[0]
    shutil.rmtree(inbox / "bad")
    shutil.rmtree(inbox / "b")
    assert batch(inbox, out)[0]
    assert not any(line.startswith("failed in bad") for line in status_lines(out))
    assert (out / "digests/b/deep/digest.html").exists()
    index = (out / "index.html").read_text()
    assert "b/deep" in index
    assert index.count("its folder has left the inbox") == 1


def test_a_digest_whose_folder_and_pages_are_gone_is_forgotten(inbox: Path, out: Path) -> None:
    batch(inbox, out)
    shutil.rmtree(inbox / "b")
    shutil.rmtree(out / "digests/b")
    batch(inbox, out)
    assert "b/deep" not in (out / "index.html").read_text()
    assert "b/deep" not in (out / "feed.xml").read_text()
    assert not collect_garbage(out).startswith("0 ")


def test_what_arrives_is_noticed(inbox: Path, out: Path) -> None:
    first = seen([inbox], out, pooled=False)
    assert seen([inbox], out, pooled=False) == first
    (inbox / "b/new.txt").write_text(BRIDGE)
    second = seen([inbox], out, pooled=False)
    (inbox / "b/new.txt").write_text(SCHOOL)
    assert len({first, second, seen([inbox], out, pooled=False)}) == 3


def test_the_ledger_holds_no_pickles(inbox: Path, out: Path) -> None:
    batch(inbox, out)
    db = sqlite3.connect(out / ".summarize" / "ledger.sqlite")
    values = [row[0] for row in db.execute("SELECT value FROM items")]
    db.close()
    assert len(values) == 9
    for value in values:
        json.loads(zlib.decompress(value))
        with pytest.raises(pickle.UnpicklingError):
            pickle.loads(value)  # noqa: S301
