"""Web archives give their pages, named by their addresses."""

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from summarize.reading.files import InputFile
from summarize.reading.formats import read_file
from summarize.reading.found import Result
from tests.archives import PAGE, gzipped_records, warc_record

Encode = Callable[[bytes], bytes]
A, B, C = (f"https://www.example.org/{name}" for name in "abc")


def read(data: bytes, name: str = "crawl.warc") -> Result:
    return read_file(InputFile(name, name, Path(name)), data)


def paths(result: Result) -> list[str]:
    assert result[1] == ()
    return [article.path for article in result[0]]


def test_pages_are_named_by_address_and_their_host_is_the_source() -> None:
    records = [warc_record(B), warc_record(A)]
    result = read(b"".join(records))
    assert paths(result) == [f"crawl.warc#{B}", f"crawl.warc#{A}"]
    assert {article.source for article in result[0]} == {"example.org"}
    assert {article.title for article in result[0]} == {"Bridge to be repaired"}
    compressed = read(gzipped_records(records), "crawl.warc.gz")
    assert paths(compressed) == [f"crawl.warc.gz#{B}", f"crawl.warc.gz#{A}"]


def test_the_source_a_page_states_comes_first() -> None:
    page = PAGE.replace(
        b"<head>", b'<head><meta property="og:site_name" content="The Example Courier">'
    )
    assert read(warc_record(A, page))[0][0].source == "The Example Courier"


@pytest.mark.parametrize(
    ("coding", "encode"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("identity", bytes),
        ("gzip", bytes),
    ],
)
def test_encoded_answers_are_decoded(coding: str, encode: Encode) -> None:
    body = encode(PAGE)
    cut = len(body) // 2
    chunked = b"%x;x=y\r\n%b\r\n%X\r\n%b\r\n0\r\n\r\n" % (
        cut, body[:cut], len(body) - cut, body[cut:],
    )  # fmt: skip
    plain = read(warc_record(A))[0][0].text
    header = f"Content-Encoding: {coding}"
    assert read(warc_record(A, body, header))[0][0].text == plain
    assert read(warc_record(A, chunked, header, "Transfer-Encoding: chunked"))[0][0].text == plain


def test_an_encoding_that_is_not_known_is_a_failure() -> None:
    _, failures = read(warc_record(A, b"\x8b\x02", "Content-Encoding: br") + warc_record(B))
    assert [failure.path for failure in failures] == [f"crawl.warc#{A}"]
    assert '"br"' in failures[0].reason


def test_the_charset_of_the_server_is_used() -> None:
    page = PAGE.replace(b"council", "мэр".encode("cp1251"))
    [article] = read(warc_record(A, page, content="text/html; charset=windows-1251"))[0]
    assert "мэр met on Monday" in article.text


def test_only_pages_that_were_found_are_articles() -> None:
    records = [
        warc_record(A, kind="request"),
        warc_record(A, kind="revisit"),
        warc_record(A, status="404 Not Found"),
        warc_record(A, b"\x89PNG", content="image/png"),
        warc_record(B, kind="resource"),
        warc_record(C, content="application/xhtml+xml"),
    ]
    assert paths(read(b"".join(records))) == [f"crawl.warc#{B}", f"crawl.warc#{C}"]
    assert "no web pages" in read(records[0])[1][0].reason


def test_a_page_that_comes_twice_is_told_apart() -> None:
    assert paths(read(warc_record(A) * 2)) == [f"crawl.warc#{A}", f"crawl.warc#{A} (2)"]


def test_addresses_are_fit_to_be_shown() -> None:
    result = read(warc_record("https://example.org/\x1b[31m\u202ex" + "y" * 900))
    [path] = paths(result)
    assert "\x1b" not in path
    assert "\u202e" not in path
    assert len(path) < 400


@pytest.mark.parametrize("damage", ["header", "length", "body"])
def test_a_damaged_record_costs_only_itself(damage: str) -> None:
    bad = bytearray(warc_record(B))
    if damage == "header":
        bad[3] ^= 0xFF
    elif damage == "length":
        at = bad.index(b"Content-Length: ")
        bad[at + 16 : at + 17] = b"x"
    plain = warc_record(A) + bytes(bad) + warc_record(C)
    compressed = [gzip.compress(record) for record in (warc_record(A), bytes(bad), warc_record(C))]
    if damage == "body":
        middle = bytearray(compressed[1])
        middle[len(middle) // 2] ^= 0xFF
        compressed[1] = bytes(middle)
    results = [read(b"".join(compressed), "crawl.warc.gz")]
    if damage != "body":
        results.append(read(plain))
    for found, failures in results:
        addresses = [article.path.partition("#")[2] for article in found]
        assert A in addresses
        assert C in addresses
        assert any("damaged" in failure.reason for failure in failures)


def test_a_header_that_claims_all_that_follows_costs_only_its_record() -> None:
    parts = [gzip.compress(warc_record(address)) for address in (A, B, C)]
    parts[1] = parts[1][:3] + b"\x1f" + parts[1][4:]
    found, failures = read(b"".join(parts), "crawl.warc.gz")
    assert [article.path.partition("#")[2] for article in found] == [A, C]
    assert failures


def test_an_archive_that_is_cut_off_gives_what_is_there() -> None:
    data = warc_record(A) + warc_record(B)[:-200]
    found, failures = read(data)
    assert [article.path for article in found] == [f"crawl.warc#{A}"]
    assert any("cut off" in failure.reason for failure in failures)


def test_a_page_that_expands_without_end_is_refused() -> None:
    body = gzip.compress(bytes(64 * 1024**2), 9)
    found, failures = read(warc_record(A, body, "Content-Encoding: gzip") + warc_record(B))
    assert [article.path for article in found] == [f"crawl.warc#{B}"]
    assert "50-fold" in failures[0].reason
