"""Archives are read like the folders they hold, and cannot do harm."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.packing import tarred, zipped
from summarize.reading import read_paths
from summarize.reading.archives import budget
from summarize.reading.files import InputFile
from summarize.reading.formats import read_file
from summarize.reading.found import Result
from tests.archives import BODY, PAGE, articles, gzipped_records, warc_record

Make = Callable[[list[tuple[str, bytes]]], bytes]


def read(name: str, data: bytes) -> Result:
    """The result for a file of that name, read in this process."""
    return read_file(InputFile(name, name, Path(name)), data)


def paths(result: Result) -> list[str]:
    assert result[1] == ()
    return [article.path for article in result[0]]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.zip", zipped),
        ("a.tar", tarred),
        ("a.tar.gz", lambda files: tarred(files, "w:gz")),
        ("a.tgz", lambda files: tarred(files, "w:gz")),
        ("a.tar.bz2", lambda files: tarred(files, "w:bz2")),
        ("a.tar.xz", lambda files: tarred(files, "w:xz")),
    ],
)
def test_an_archive_reads_like_the_folder(tmp_path: Path, name: str, make: Make) -> None:
    files = [*articles("c.txt", "b/x.txt", "b/a.txt"), ("page.html", PAGE)]
    hidden = [(".hidden.txt", b"x"), ("__MACOSX/c.txt", b"x"), ("b/.git/c.txt", b"x")]
    for path, data in files:
        (tmp_path / "folder" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / path).write_bytes(data)
    (tmp_path / name).write_bytes(make([*files, *hidden]))
    found, failures = read_paths([tmp_path / name])
    expected, _ = read_paths([tmp_path / "folder"])
    assert failures == ()
    assert [a.path for a in found] == [f"{name}/{a.path}" for a in expected]
    assert [(a.id, a.text, a.title) for a in found] == [(a.id, a.text, a.title) for a in expected]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "folder"])


@pytest.mark.parametrize(("suffix", "module"), [("gz", gzip), ("bz2", bz2), ("xz", lzma)])
def test_a_compressed_file_is_read_as_what_it_holds(suffix: str, module: ModuleType) -> None:
    compress = module.compress
    lines = b'{"text": "%s"}\n' % BODY.strip().encode()
    assert paths(read(f"one.txt.{suffix}", compress(BODY.encode()))) == [f"one.txt.{suffix}"]
    assert paths(read(f"two.jsonl.{suffix}", compress(lines * 2))) == [
        f"two.jsonl.{suffix}#1",
        f"two.jsonl.{suffix}#2",
    ]


def test_archives_in_archives_are_read_to_a_depth() -> None:
    data = zipped(articles("a.txt"))
    for level in range(budget.MAX_DEPTH + 1):
        data = zipped([(f"{level}.zip", data), *articles("b.txt")])
    found, failures = read("top.zip", data)
    assert [article.path.count("/") for article in found] == [5, 4, 3, 2, 1]
    assert len(failures) == 1
    assert "nested" in failures[0].reason


def test_names_in_an_archive_are_only_names() -> None:
    names = ["/etc/abs.txt", "../../up.txt", "a\\win.txt", "./dot.txt", "bad\x1b[31m\n\u202e.txt"]
    for data in (zipped(articles(*names)), tarred(articles(*names))):
        assert paths(read("in.zip", data)) == [
            "in.zip/a/win.txt",
            "in.zip/bad\ufffd[31m\ufffd\ufffd.txt",
            "in.zip/dot.txt",
            "in.zip/etc/abs.txt",
            "in.zip/up.txt",
        ]


def test_links_and_devices_are_named_and_not_followed() -> None:
    special = []
    for name, kind in (
        ("link.txt", tarfile.SYMTYPE),
        ("hard.txt", tarfile.LNKTYPE),
        ("device.txt", tarfile.CHRTYPE),
        ("pipe.txt", tarfile.FIFOTYPE),
    ):
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        special.append(info)
    found, failures = read("a.tar", tarred(articles("ok.txt"), others=special))
    assert [article.path for article in found] == ["a.tar/ok.txt"]
    assert {f.path: f.reason.partition(",")[0] for f in failures} == {
        "a.tar/link.txt": "it is a link",
        "a.tar/hard.txt": "it is a link",
        "a.tar/device.txt": "it is no regular file",
        "a.tar/pipe.txt": "it is no regular file",
    }


def test_a_link_in_a_zip_is_no_article() -> None:
    made = io.BytesIO(zipped(articles("ok.txt")))
    with zipfile.ZipFile(made, "a") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "a long way to some other file of this archive")
    found, failures = read("a.zip", made.getvalue())
    assert [article.path for article in found] == ["a.zip/ok.txt"]
    assert "link" in failures[0].reason


def test_an_encrypted_member_costs_only_itself() -> None:
    data = bytearray(zipped(articles("a.txt", "b.txt")))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    found, failures = read("a.zip", bytes(data))
    assert [article.path for article in found] == ["a.zip/b.txt"]
    assert failures[0].path == "a.zip/a.txt"
    assert "encrypted" in failures[0].reason


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("make", [zipped, tarred])
def test_of_two_files_of_one_name_the_first_is_read(make: Make) -> None:
    found, failures = read("a.zip", make(articles("a.txt", "a.txt", "./a.txt")))
    assert ["number 0" in article.text for article in found] == [True]
    assert [failure.path for failure in failures] == ["a.zip/a.txt"] * 2
    assert "same name" in failures[0].reason


def test_a_damaged_member_costs_only_itself() -> None:
    data = bytearray(zipped(articles("a.txt", "b.txt", "c.txt")))
    data[data.index(b"b.txt") + 9] ^= 0xFF
    found, failures = read("a.zip", bytes(data))
    assert [article.path for article in found] == ["a.zip/a.txt", "a.zip/c.txt"]
    assert [failure.path for failure in failures] == ["a.zip/b.txt"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_without_its_list_of_contents_still_gives_its_files(method: int) -> None:
    whole = zipped(articles("a.txt", "b/c.txt", "d.txt"), method)
    cut = whole[: whole.index(b"PK\x01\x02")]
    found, failures = read("a.zip", cut)
    assert [article.path for article in found] == ["a.zip/a.txt", "a.zip/b/c.txt", "a.zip/d.txt"]
    assert [failure.path for failure in failures] == ["a.zip"]
    assert "damaged" in failures[0].reason


# Found by changing bytes at random: the end of the list says where it begins and how long it is.
@pytest.mark.parametrize(
    ("mark", "offset"),
    [
        (b"PK\x05\x06", 10),  # number of files
        (b"PK\x05\x06", 13),  # size of the list
        (b"PK\x05\x06", 16),  # where it begins
        (b"PK\x05\x06", 18),
        (b"PK\x01\x02", 33),  # length of the first comment: as long as all that follows
        (b"PK\x01\x02", 28),  # length of the first name
        (b"PK\x01\x02", 43),  # where the first file is
    ],
)
def test_a_zip_with_a_wrong_list_of_contents_still_gives_its_files(
    mark: bytes, offset: int
) -> None:
    data = bytearray(zipped(articles("a.txt", "b.txt", "c.txt")))
    data[data.index(mark) + offset] ^= 0x80
    found, failures = read("a.zip", bytes(data))
    assert [article.path for article in found] == ["a.zip/a.txt", "a.zip/b.txt", "a.zip/c.txt"]
    assert ["damaged" in failure.reason for failure in failures] == [True]


def test_a_tar_that_is_cut_off_gives_what_is_there() -> None:
    whole = tarred(articles("a.txt", "b.txt", "c.txt"))
    for data in (whole[: 512 * 5 - 300], gzip.compress(whole)[:-12]):
        found, failures = read("a.tar.gz", data)
        assert "a.tar.gz/a.txt" in [article.path for article in found]
        assert any("cut off" in failure.reason for failure in failures)


def test_a_damaged_header_of_a_tar_costs_only_its_file() -> None:
    data = bytearray(tarred(articles("a.txt", "b.txt", "c.txt")))
    data[1024 + 150] ^= 0xFF
    found, failures = read("a.tar", bytes(data))
    assert [article.path for article in found] == ["a.tar/a.txt", "a.tar/c.txt"]
    assert [failure.path for failure in failures] == ["a.tar"]
    assert "damaged at byte 1,024" in failures[0].reason


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_long_names_of_tar_archives(form: int) -> None:
    made = io.BytesIO()
    name = "ä" * 60 + "/" + "b" * 120 + ".txt"
    with tarfile.open(fileobj=made, mode="w", format=form) as archive:
        info = tarfile.TarInfo(name)
        info.size = len(BODY)
        archive.addfile(info, io.BytesIO(BODY.encode()))
    assert paths(read("a.tar", made.getvalue())) == [f"a.tar/{name}"]


def test_unsupported_files_inside_are_named_and_what_holds_nothing_says_so() -> None:
    found, failures = read("a.zip", zipped([("photo.jpg", b"\xff\xd8"), *articles("a.txt")]))
    assert [article.path for article in found] == ["a.zip/a.txt"]
    assert [failure.path for failure in failures] == ["a.zip/photo.jpg"]
    for name, empty in (("e.zip", zipped([])), ("e.tar", tarred([]))):
        assert read(name, empty)[1][0].reason == "the archive holds no files"


@pytest.mark.parametrize(
    ("name", "what"), [("xl/workbook.xml", "Excel"), ("META-INF/container.xml", "e-book")]
)
def test_office_files_are_not_taken_for_archives(name: str, what: str) -> None:
    found, failures = read("a.xlsx", zipped([(name, b"<x/>"), *articles("notes.txt")]))
    assert found == ()
    assert [what in failure.reason for failure in failures] == [True]


# What lies about its kind


def test_the_first_bytes_decide_where_the_name_lies() -> None:
    assert paths(read("news.txt", zipped(articles("a.txt")))) == ["news.txt/a.txt"]
    assert paths(read("noname", tarred(articles("a.txt"), "w:gz"))) == ["noname/a.txt"]
    assert paths(read("noname", BODY.encode())) == ["noname"]
    assert read("page.txt", PAGE)[0][0].title == "Bridge to be repaired"
    assert paths(read("crawl.dat", warc_record("https://example.org/a"))) == [
        "crawl.dat#https://example.org/a"
    ]
    assert read("photo.zip", b"\xff\xd8\xff\xe0JFIF" * 50)[0] == ()


def test_a_sentence_that_begins_with_from_is_no_mailbox() -> None:
    text = f"From Monday 10:15 the bridge of 1932 is closed: for good.\n{BODY}"
    assert paths(read("a.txt", text.encode())) == ["a.txt"]


# Bombs: what they are is said, and the neighbours are read


def bomb(inner: bytes, levels: int) -> bytes:
    for level in range(levels):
        inner = zipped([(f"{level}-{n}.zip", inner) for n in range(10)])
    return inner


def test_a_bomb_is_refused_and_its_neighbours_are_read() -> None:
    megabytes = zipped([(f"{n}.txt", b"word " * (4 * 1024**2)) for n in range(12)])
    data = zipped([*articles("a.txt"), ("bomb.zip", bomb(megabytes, 2)), *articles("z.txt")])
    assert len(data) < 3_000_000
    found, failures = read("a.zip", data)
    assert {"a.zip/a.txt", "a.zip/z.txt"} <= {article.path for article in found}
    assert any("50-fold" in failure.reason for failure in failures)


def test_a_bomb_of_many_files_is_given_up_and_its_neighbours_are_read() -> None:
    small = zipped([(f"{n}.txt", b"word and " * 120_000) for n in range(200)])
    data = zipped([*articles("a.txt"), ("b.zip", small), ("c.zip", small), *articles("z.txt")], 0)
    found, failures = read("a.zip", data)
    assert {"a.zip/a.txt", "a.zip/z.txt"} <= {article.path for article in found}
    assert len(failures) < 60
    assert sum("the rest is not read" in failure.reason for failure in failures) == 2


def test_a_compressed_file_of_zeros_is_refused() -> None:
    layer = gzip.compress(bytes(200 * 1024**2), 9)
    _, failures = read("a.txt.gz", layer)
    assert len(failures) == 1
    assert "50-fold" in failures[0].reason
    _, failures = read("a.tar.gz", layer)
    assert "50-fold" in failures[0].reason


def test_the_number_of_files_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_MEMBERS", 5)
    found, failures = read("a.zip", zipped(articles(*(f"{n}.txt" for n in range(9)))))
    assert len(found) == 5
    assert "more than 5 files" in failures[0].reason


def test_an_archive_that_holds_itself_ends() -> None:
    name = "quine.gz"
    data = gzip.compress(gzip.compress(gzip.compress(BODY.encode())))
    assert paths(read(name, data)) == [name]
    for _ in range(10):
        data = gzip.compress(data)
    assert "nested" in read(name, data)[1][0].reason


# Whatever comes

SAMPLES = {
    "a.zip": zipped([*articles("a.txt", "b.txt"), ("in.zip", zipped(articles("c.txt")))]),
    "a.tar": tarred(articles("a.txt", "b.txt", "d/e.txt")),
    "a.tar.gz": tarred(articles("a.txt", "b.txt"), "w:gz"),
    "a.txt.gz": gzip.compress(BODY.encode(), mtime=0),
    "a.txt.xz": lzma.compress(BODY.encode()),
    "a.txt.bz2": bz2.compress(BODY.encode()),
    "a.warc": warc_record("https://example.org/a") + warc_record("https://example.org/b"),
    "a.warc.gz": gzipped_records([warc_record("https://example.org/a")] * 2),
}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(sorted(SAMPLES)),
    changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=8),
    cut=st.integers(0, 10**6),
    junk=st.binary(max_size=40),
)
def test_any_damage_gives_articles_or_failures(
    name: str, changes: list[tuple[int, int]], cut: int, junk: bytes
) -> None:
    data = bytearray(SAMPLES[name])
    for position, value in changes:
        data[position % len(data)] = value
    cut %= len(data)
    found, failures = read(name, bytes(data[:cut]) + junk + bytes(data[cut:]))
    assert found or failures
    for article in found:
        article.path.encode("utf-8", "surrogatepass")
        assert "\n" not in article.path


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=600), suffix=st.sampled_from(["zip", "tar", "gz", "xz", "warc", ""]))
def test_any_bytes_give_articles_or_failures(data: bytes, suffix: str) -> None:
    found, failures = read(f"a.{suffix}" if suffix else "a", data)
    assert found or failures
