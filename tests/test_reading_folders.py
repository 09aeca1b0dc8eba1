"""What of a folder is looked at, for a run, an archive and a batch alike."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.packing import tarred, zipped
from summarize.batch.inbox import groups
from summarize.reading import read_paths
from tests.test_reading import BODY, DATA, write

PAGE = (DATA / "page.html").read_text("utf-8")


def save_page(
    folder: Path,
    name: str = "bridge",
    companion: str = "bridge_files",
    stated: str = "bridge_files",
) -> None:
    """A page as a browser saves it, its pictures, scripts and frames in a folder beside it."""
    page = PAGE.replace("</head>", f'<script src="./{stated}/app.js"></script></head>')
    write(folder, f"{name}.html", page)
    write(folder, f"{companion}/app.js", "function () {}")
    write(folder, f"{companion}/logo.png", b"\x89PNG\r\n")
    write(folder, f"{companion}/saved_resource.html", f"<html><body><p>{BODY}</p></body></html>")


@pytest.mark.parametrize(
    ("name", "ending", "stated"),
    [
        ("bridge", "_files", "bridge_files"),
        ("bridge", "-Dateien", "bridge-Dateien"),
        ("“Bridge” & tower — News", "_files", "“Bridge” &amp; tower — News_files"),
        ("Café opens", "_files", "Caf%C3%A9%20opens_files"),
    ],
)
def test_a_saved_page_is_one_article(tmp_path: Path, name: str, ending: str, stated: str) -> None:
    save_page(tmp_path, name, name + ending, stated)
    articles, failures = read_paths([tmp_path])
    assert [article.path for article in articles] == [f"{name}.html"]
    assert failures == ()


@pytest.mark.parametrize("ending", ["_files", "-Dateien"])
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_saved_page_is_one_article_of_an_archive(
    tmp_path: Path, ending: str, pack: Callable[[list[tuple[str, bytes]]], bytes]
) -> None:
    save_page(tmp_path / "saved", "bridge", f"bridge{ending}", f"bridge{ending}")
    write(tmp_path / "saved", "case_files/two.txt", BODY + "two")
    files = sorted(path for path in (tmp_path / "saved").rglob("*") if path.is_file())
    # What is in a tar archive is read in its order.
    files.sort(key=lambda path: path.name != "bridge.html")
    named = [(f"news/{file.relative_to(tmp_path / 'saved')}", file.read_bytes()) for file in files]
    archive = write(tmp_path, "saved.zip", pack(named))
    articles, failures = read_paths([archive])
    assert [article.path for article in articles] == [
        "saved.zip/news/bridge.html",
        "saved.zip/news/case_files/two.txt",
    ]
    assert failures == ()


def test_a_saved_page_is_one_digest_of_a_batch(tmp_path: Path) -> None:
    save_page(tmp_path / "inbox" / "monday")
    found = groups([tmp_path / "inbox"], tmp_path / "out", pooled=False)
    assert [(group.name, len(group.places)) for group in found] == [("monday", 1)]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_what_is_left_of_a_saved_page_is_not_read_in_an_archive(
    tmp_path: Path, pack: Callable[[list[tuple[str, bytes]]], bytes]
) -> None:
    # A tar archive is read in its order, and says in time what the folder is.
    left = {"ad.js": "x", "saved_resource.html": f"<html>{BODY * 3}</html>", "track.htm": "<html>"}
    named = [(f"bridge_files/{name}", content.encode()) for name, content in left.items()]
    named += [
        ("case_files/two.txt", (BODY + "two").encode()),
        ("three_files/a.html", PAGE.encode()),
    ]
    articles, failures = read_paths([write(tmp_path, "saved.tar", pack(named))])
    assert {article.path for article in articles} == {
        "saved.tar/case_files/two.txt",
        "saved.tar/three_files/a.html",
    }
    assert failures == ()


@pytest.mark.parametrize("script", ["app.js", "main.js.download", "style.CSS"])
def test_what_is_left_of_a_saved_page_is_not_looked_at(tmp_path: Path, script: str) -> None:
    save_page(tmp_path / "news", "renamed")
    save_page(tmp_path / "news", "gone", "gone_files")
    (tmp_path / "news/gone.html").unlink()
    for folder in ("bridge_files", "gone_files"):
        (tmp_path / "news" / folder / "app.js").rename(tmp_path / "news" / folder / script)
    articles, failures = read_paths([tmp_path / "news"])
    assert [article.path for article in articles] == ["renamed.html"]
    assert failures == ()
    (group,) = groups([tmp_path], tmp_path / "out", pooled=False)
    assert len(group.places) == 1


def test_a_folder_that_is_only_named_so_is_read(tmp_path: Path) -> None:
    write(tmp_path, "bridge.html", PAGE.replace("</p>", "<a href='/my_files/1'></a></p>"))
    write(tmp_path, "bridge_files/one.txt", BODY)
    write(tmp_path, "case_files/two.txt", BODY + "two")
    articles, failures = read_paths([tmp_path])
    assert [article.path for article in articles] == [
        "bridge.html",
        "bridge_files/one.txt",
        "case_files/two.txt",
    ]
    assert failures == ()


def test_what_systems_and_office_programs_leave_is_not_looked_at(tmp_path: Path) -> None:
    names = ("Thumbs.db", "desktop.ini", "~$report.docx", ".DS_Store", "__MACOSX/._one.txt")
    for name in names:
        write(tmp_path / "news", name, b"\0\1\2")
    write(tmp_path / "news", "one.txt", BODY)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, b"\0\1\2")
        archive.writestr("two.txt", BODY + "two")
    write(tmp_path / "news", "news.zip", packed.getvalue())
    articles, failures = read_paths([tmp_path / "news"])
    assert [article.path for article in articles] == ["news.zip/two.txt", "one.txt"]
    assert failures == ()


def test_a_projects_settings_are_no_article_of_a_batch(tmp_path: Path) -> None:
    write(tmp_path, "inbox/summarize.toml", 'length = "5s"')
    write(tmp_path, "inbox/one.txt", BODY)
    (group,) = groups([tmp_path / "inbox"], tmp_path / "out", pooled=False)
    files, failures = group.files()
    assert [file.path for file in files] == ["one.txt"]
    assert failures == ()
