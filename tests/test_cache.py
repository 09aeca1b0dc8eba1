"""Kept digests: the same output without any model, and never another digest than a new one."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from summarize import pipeline
from summarize.cache.inputs import look
from summarize.cache.run import Asked, digest
from summarize.cache.store import Store, digests_folder
from summarize.codec import pack, unpack
from summarize.commands import doctor
from summarize.errors import NothingToReadError
from summarize.reading.found import fault
from summarize.reading.isolated import Patience
from summarize.records import Digest, Failure
from summarize.render import encoded
from summarize.settings import Settings
from summarize.summaries import summaries
from tests.digests import HOSTILE, make_digest

QUOTE = Settings(model="quote", jobs=1)
BUNDLED = Settings(jobs=1)
FORMS = ("text", "markdown", "json", "html", "atom", "eml", "epub")
BRIDGE = (
    "Bridge collapses in Norville\n\n"
    "The Harbor Bridge in Norville collapsed on Monday, killing four workers.\n\n"
    "Mayor Ada Wills said the 60-year-old bridge had been inspected in May 2021.\n\n"
    "Engineers had warned of cracks for two years, the Norville Herald reported.\n"
)
FERRY = (
    "Ferry service resumes\n\n"
    "The ferry between Eastport and Grand Isle sails again from Thursday, the harbor master said.\n"
    "Repairs to its engine had taken eleven days and cost 240,000 dollars.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good articles, one that is no text and one that is empty."""
    made = tmp_path / "news"
    made.mkdir()
    (made / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (made / "ferry.txt").write_text(FERRY, encoding="utf-8")
    (made / "noise.txt").write_bytes(b"\0\1\2" * 50)
    (made / "empty.txt").touch()
    return made


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "kept")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Grows by one with every digest that is made, and not kept from before."""
    calls: list[Any] = []
    real = pipeline.digest

    def counted(*arguments: Any) -> Digest:
        calls.append(arguments)
        return real(*arguments)

    monkeypatch.setattr(pipeline, "digest", counted)
    return calls


def run(*arguments: str, **env: str) -> tuple[int, bytes, str]:
    """Exit code and output of `python -m summarize`, which may keep digests."""
    done = subprocess.run(
        [sys.executable, "-m", "summarize", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "SUMMARIZE_CACHE": "1", **env},
    )
    return done.returncode, done.stdout, done.stderr.decode()


# Runs the command as a user would, and fails if a model's library was imported.
_WITHOUT_MODELS = """
import sys
from summarize.cli import app
try:
    app(sys.argv[1:])
except SystemExit as end:
    heavy = {"torch", "transformers", "spacy", "thinc", "ctranslate2", "tokenizers", "numpy",
             "sklearn", "scipy", "safetensors", "summarize.pipeline", "huggingface_hub"}
    if found := heavy & set(sys.modules):
        sys.exit(f"imported: {found}")
    raise
"""


def run_without_models(*arguments: str) -> tuple[int, bytes, str]:
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_MODELS, *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "SUMMARIZE_CACHE": "1"},
    )
    return done.returncode, done.stdout, done.stderr.decode()


def test_a_second_run_prints_the_same_bytes_and_loads_no_model(folder: Path) -> None:
    run("run", str(folder), "--model", "quote")
    for form in ("text", "json", "html"):
        arguments = ("run", str(folder), "--model", "quote", "--format", form, "-v")
        fresh = run(*arguments, "--no-cache")
        kept = run_without_models(*arguments)
        assert kept == fresh
        assert fresh[0] == 1
        assert "noise.txt: it is not text" in fresh[2]
        assert "empty.txt: it is empty" in fresh[2]
    assert len(Store(digests_folder()).sizes()) == 2, "the form is no part of a digest"


def test_the_bundled_writer_is_not_asked_again(folder: Path) -> None:
    fresh = run("run", str(folder), "--no-cache")
    assert run("run", str(folder)) == fresh
    assert run_without_models("run", str(folder)) == fresh


def test_what_is_piped_in_is_told_apart_by_its_bytes(store: Store, made: list[Any]) -> None:
    import io

    def title(text: str) -> str:
        asked = Asked(["-"], QUOTE, io.BytesIO(text.encode()))
        return digest(asked, store).stories[0].title

    assert title(BRIDGE) == title(BRIDGE) == "Bridge collapses in Norville"
    assert len(made) == 1
    assert title(FERRY) == "Ferry service resumes"


def test_every_setting_that_shapes_a_digest_makes_another_one(
    folder: Path, store: Store, made: list[Any], tmp_path: Path
) -> None:
    earlier = tmp_path / "earlier.json"
    first = digest(Asked([folder], QUOTE), store)
    earlier.write_bytes(encoded(first, "json"))
    from summarize.settings import Length
    from summarize.updates import read_earlier

    others = [
        replace(QUOTE, model="copyist"),
        replace(QUOTE, length=Length(1, "sentences")),
        replace(QUOTE, one_story=True),
        replace(QUOTE, articles=False),
        replace(QUOTE, any_language=True),
        replace(QUOTE, device="cpu"),
    ]
    asked = [Asked([folder], settings) for settings in others]
    asked += [Asked([folder], QUOTE, since=read_earlier(earlier))]
    asked += [Asked([folder / "bridge.txt", folder / "ferry.txt"], QUOTE)]
    assert len(digest(asked[2], store).stories) == 1
    for one in asked:
        digest(one, store)
    assert len(made) == 1 + len(asked)
    digest(Asked([folder], replace(QUOTE, jobs=2)), store)
    assert len(made) == 1 + len(asked), "how it is made is no part of it"


def test_every_setting_is_either_told_or_known_not_to_matter() -> None:
    """When this fails, a setting is new: does it shape a digest? Then say so in the test above."""
    assert set(Settings.__dataclass_fields__) == {
        "model", "length", "one_story", "articles", "any_language", "jobs", "device",
    }  # fmt: skip


def test_every_library_that_a_run_needs_is_told_or_known_not_to_matter() -> None:
    import re
    from importlib import metadata

    from summarize.provenance import READERS, WRITERS

    # Tools that build a package write a name with a dash or as it stands.
    needed = {re.split(r"[^\w.-]", line)[0].replace("_", "-")
              for line in metadata.requires("summarize") or ()
              if "extra ==" not in line or "pdf" in line or "docx" in line}  # fmt: skip
    only_show = {"typer", "rich", "jinja2", "huggingface-hub", "summarize", "threadpoolctl"}
    assert needed - only_show <= {*READERS, *WRITERS}


@pytest.mark.parametrize("change", ["a byte", "a new file", "a file less", "another name", "kind"])
def test_a_change_among_the_articles_is_seen(
    change: str, folder: Path, store: Store, made: list[Any]
) -> None:
    digest(Asked([folder], QUOTE), store)
    bridge = folder / "bridge.txt"
    if change == "a byte":
        status = bridge.stat()
        bridge.write_text(BRIDGE.replace("four", "five"), encoding="utf-8")
        os.utime(bridge, ns=(status.st_atime_ns, status.st_mtime_ns))
    elif change == "a new file":
        (folder / "third.txt").write_text(FERRY.replace("Thursday", "Friday"), encoding="utf-8")
    elif change == "a file less":
        bridge.unlink()
    elif change == "another name":
        bridge.rename(folder / "a bridge.txt")
    else:
        bridge.rename(folder / "bridge.md")
    again = digest(Asked([folder], QUOTE), store)
    assert len(made) == 2
    assert encoded(again, "json") == encoded(pipeline.digest([folder], QUOTE), "json")


def test_articles_that_were_only_touched_are_the_same(
    folder: Path, store: Store, made: list[Any]
) -> None:
    digest(Asked([folder], QUOTE), store)
    os.utime(folder / "bridge.txt", (1, 1))
    digest(Asked([folder], QUOTE), store)
    assert len(made) == 1


def test_what_changes_while_it_is_read_is_not_kept(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.digest
    bridge = folder / "bridge.txt"

    def disturbed(*arguments: Any) -> Digest:
        bridge.write_text(BRIDGE.replace("four", "nine"), encoding="utf-8")
        found = real(*arguments)
        bridge.write_text(BRIDGE, encoding="utf-8")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "digest", disturbed)
        assert b"nine workers" in encoded(digest(Asked([folder], QUOTE), store), "json")
    assert b"four workers" in encoded(digest(Asked([folder], QUOTE), store), "json")


def test_a_file_that_comes_while_a_digest_is_made_is_not_overlooked(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.digest

    def disturbed(*arguments: Any) -> Digest:
        (folder / "third.txt").write_text(FERRY.replace("Thursday", "Friday"), encoding="utf-8")
        return real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "digest", disturbed)
        assert b"Friday" in encoded(digest(Asked([folder], QUOTE), store), "json")
    (folder / "third.txt").unlink()
    assert b"Friday" not in encoded(digest(Asked([folder], QUOTE), store), "json")


def test_an_article_that_changed_costs_itself_and_its_story(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[tuple[str, str]] = []

    def counted(plans: Any, *more: Any) -> Any:
        written.extend(plan.key for plan in plans)
        return summaries(plans, *more)

    monkeypatch.setattr("summarize.cache.told.summaries", counted)
    for text, kinds in (
        (FERRY, ["article", "article", "story", "story"]),
        (FERRY.replace("eleven", "twelve"), ["article", "story"]),
        (FERRY.replace("eleven", "thirteen"), ["article", "story"]),
    ):
        written.clear()
        (folder / "ferry.txt").write_text(text, encoding="utf-8")
        made = digest(Asked([folder], BUNDLED), store)
        assert sorted(kind for kind, _ in written) == kinds
        assert encoded(made, "json") == encoded(pipeline.digest([folder], BUNDLED), "json")


def test_changed_weights_are_another_model(
    folder: Path, store: Store, made: list[Any], checkpoint: Any
) -> None:
    import shutil

    model = folder.parent / "model"
    shutil.copytree(checkpoint("t5"), model)
    asked = Asked([folder], replace(QUOTE, model=str(model), articles=False))
    for _ in range(2):
        digest(asked, store)
    assert len(made) == 1
    weights = model / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-2] ^= 1
    weights.write_bytes(data)
    digest(asked, store)
    assert len(made) == 2


def test_a_model_that_is_not_here_is_told_as_ever(folder: Path) -> None:
    arguments = ("run", str(folder), "--model", "google/flan-t5-small")
    assert run(*arguments) == run(*arguments, "--no-cache")
    assert run(*arguments)[0] == 3


def test_where_there_is_no_article_nothing_is_kept(tmp_path: Path, store: Store) -> None:
    for _ in range(2):
        with pytest.raises(NothingToReadError):
            digest(Asked([tmp_path], QUOTE), store)
    assert store.sizes() == ()


def too_slow() -> str:
    over = threading.Event()
    patience = Patience(0.01, over.set)
    assert over.wait(10)
    return str(patience.reason)


@pytest.mark.parametrize(
    "reason", [too_slow, lambda: str(fault(MemoryError())), lambda: "it crashed the parser"]
)
def test_what_a_busy_machine_could_not_read_is_read_again(
    reason: Callable[[], str],
    folder: Path,
    store: Store,
    made: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow = Failure("news/page.html", reason())
    real = pipeline.digest

    def hurried(*arguments: Any) -> Digest:
        found = real(*arguments)
        return replace(found, failures=(*found.failures, slow))

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "digest", hurried)
        assert slow in digest(Asked([folder], QUOTE), store).failures
    for _ in range(2):
        assert slow not in digest(Asked([folder], QUOTE), store).failures
    assert len(made) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_be_read_again_is_read(folder: Path, store: Store, made: list[Any]) -> None:
    (folder / "bridge.txt").chmod(0)
    for _ in range(2):
        reasons = [failure.reason for failure in digest(Asked([folder], QUOTE), store).failures]
        assert "it cannot be opened (permission denied)" in reasons
    assert len(made) == 1
    (folder / "bridge.txt").chmod(0o600)
    assert len(digest(Asked([folder], QUOTE), store).stories) == 2


@pytest.mark.parametrize(
    "harm", ["cut", "flipped", "empty", "other", "not JSON", "deep", "swapped"]
)
def test_a_damaged_entry_is_made_again(
    harm: str, folder: Path, store: Store, made: list[Any]
) -> None:
    import zlib

    fresh = digest(Asked([folder], QUOTE), store)
    whole = {path: path.read_bytes() for path in store.folder.iterdir()}
    other = replace(fresh, unchanged=("something else",))
    for path, data in whole.items():
        harmed = {
            "cut": data[:-9],
            "flipped": data[:99] + bytes([data[99] ^ 4]) + data[100:],
            "empty": b"",
            "other": zlib.compress(f'["{path.stem}", 5]'.encode()),
            "not JSON": zlib.compress(b"import os"),
            "deep": zlib.compress(b"[" * 100_000),
            "swapped": pack(["0" * 32, other]),
        }
        path.write_bytes(harmed[harm])
    assert digest(Asked([folder], QUOTE), store) == fresh
    assert len(made) == 2
    assert {path: path.read_bytes() for path in store.folder.iterdir()} == whole
    assert digest(Asked([folder], QUOTE), store) == fresh
    assert len(made) == 2


@pytest.mark.parametrize("title", ["Bridge collapses", "", HOSTILE])
def test_what_is_kept_is_what_was_made(title: str, store: Store) -> None:
    made = make_digest(title=title)
    assert store.put("k", made)
    kept = store.get(Digest, "k")
    assert kept == made
    assert kept is not None
    for form in FORMS:
        assert encoded(kept, form, verbose=True) == encoded(made, form, verbose=True)  # type: ignore[arg-type]
    assert unpack(Digest, pack(kept)) == made


def test_runs_at_the_same_time_do_not_disturb_each_other(folder: Path) -> None:
    command = [sys.executable, "-m", "summarize", "run", str(folder), "--model", "quote"]
    env = {**os.environ, "SUMMARIZE_CACHE": "1"}
    runs = [subprocess.Popen(command, stdout=-1, stderr=-1, env=env) for _ in range(3)]
    outputs = {process.communicate() for process in runs}
    assert len(outputs) == 1
    assert {process.returncode for process in runs} == {1}
    assert [kept.suffix for kept in digests_folder().iterdir()] == [".kept", ".kept"]
    assert run_without_models(*command[3:])[1] == outputs.pop()[0]


def test_only_the_user_can_read_what_is_kept(folder: Path, store: Store) -> None:
    digest(Asked([folder], QUOTE), store)
    assert store.folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in store.folder.iterdir()} == {0o600}


def test_a_folder_that_others_can_write_to_is_not_used(
    folder: Path, store: Store, made: list[Any]
) -> None:
    digest(Asked([folder], QUOTE), store)
    store.folder.chmod(0o777)
    digest(Asked([folder], QUOTE), store)
    assert len(made) == 2
    assert not store.is_usable()


def test_where_nothing_can_be_written_a_run_is_as_without(folder: Path) -> None:
    """A file where the folder would be: unlike a lack of rights, it stops root as well."""
    arguments = ("run", str(folder), "--model", "quote")
    fresh = run(*arguments, "--no-cache")
    digests_folder().parent.parent.mkdir(parents=True, exist_ok=True)
    digests_folder().parent.write_text("no folder")
    assert run(*arguments) == fresh
    assert "nothing is kept" in run("cache", "info")[1].decode()
    [said] = [check for check in doctor.checks() if check.name == "cache"]
    assert said.state == "absent"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_cache_that_can_only_be_read_is_read(folder: Path, store: Store, made: list[Any]) -> None:
    digest(Asked([folder], QUOTE), store)
    store.folder.chmod(0o500)
    digest(Asked([folder], QUOTE), store)
    assert len(made) == 1
    assert digest(Asked([folder], replace(QUOTE, articles=False)), store).stories
    assert len(store.sizes()) == 2
    store.folder.chmod(0o700)


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    one = make_digest()
    size = len(pack(["0", one]))
    store = Store(tmp_path / "kept", limit=int(3.5 * size))
    for number in range(3):
        assert store.put(str(number), one)
        os.utime(store.folder / f"{number}.kept", (number, number))
    assert store.get(Digest, "0") == one
    store.put("3", one)
    left = [number for number in range(4) if store.get(Digest, str(number))]
    assert left == [0, 2, 3]
    assert sum(store.sizes()) <= store.limit


def test_what_is_larger_than_all_may_be_is_not_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept", limit=10)
    assert not store.put("one", make_digest())
    assert not store.folder.exists()


def test_what_a_killed_run_left_is_removed_in_time(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept")
    store.put("one", make_digest())
    old, new = store.folder / "old.part", store.folder / "new.part"
    for path in (old, new):
        path.write_bytes(b"half")
    long_ago = time.time() - 100_000
    os.utime(old, (long_ago, long_ago))
    store.put("two", make_digest())
    assert [path.name for path in sorted(store.folder.iterdir())] == [
        "new.part", "one.kept", "two.kept",
    ]  # fmt: skip


def test_the_cache_can_be_seen_and_emptied(folder: Path) -> None:
    assert "0 files" in run("cache", "info")[1].decode()
    assert run("cache", "clear")[:2] == (0, b"Removed 0 files.\n")
    run("run", str(folder), "--model", "quote")
    told = run("cache", "info")[1].decode()
    assert str(digests_folder()) in told
    assert "2 files," in told
    assert run("cache", "clear")[1] == b"Removed 2 files.\n"
    assert list(digests_folder().iterdir()) == []


@pytest.mark.parametrize(("flags", "env"), [(["--no-cache"], {}), ([], {"SUMMARIZE_CACHE": "off"})])
def test_nothing_is_kept_where_it_is_not_wanted(
    flags: list[str], env: dict[str, str], folder: Path
) -> None:
    run("run", str(folder), "--model", "quote", *flags, **env)
    assert not digests_folder().exists()


def test_the_look_at_the_files_is_what_is_read(folder: Path) -> None:
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    seen = look([folder, folder / "missing.txt"])
    assert [file.path for file in seen.files] == [
        "bridge.txt", "empty.txt", "ferry.txt", "noise.txt",
    ]  # fmt: skip
    assert [failure.reason for failure in seen.failures] == [
        "the link leads nowhere", "there is no such file or folder",
    ]  # fmt: skip
    assert look([folder]).piped == ""
    assert look([folder], b"") != look([folder])


def test_of_what_no_reader_takes_only_the_beginning_is_read(folder: Path) -> None:
    film = folder / "film.mp4"
    with film.open("wb") as file:
        file.truncate(2**40)  # a terabyte of nothing
    [seen] = [file for file in look([folder]).files if file.path == "film.mp4"]
    film.write_bytes(bytes(5_000))
    assert seen in look([folder]).files
    film.write_bytes(b"%PDF-1.7" + bytes(5_000))
    assert seen not in look([folder]).files


def test_the_json_names_what_it_was_made_with(folder: Path) -> None:
    for _ in range(2):
        _, out, _ = run("run", str(folder), "--model", "quote", "--format", "json")
        assert json.loads(out)["settings"]["model"] == "quote"
