"""Well-formed samples of every format that is read, and inputs made to hurt, for `fuzz.py`.

Everything is written here; nothing comes from publishers.
"""

import bz2
import gzip
import json
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Mapping

from benchmarks.packing import tarred, zipped
from benchmarks.studies.typesetting import Layout, typeset

__all__ = ["NEIGHBOUR", "hostile", "samples"]

NEIGHBOUR = "The harbour master said on Tuesday that the old lighthouse would be painted in May."

_TITLE = "Council agrees to repair the old bridge"
_PARAGRAPHS = (
    "The council met on Monday and agreed to repair the old bridge over the river Lea.",
    "Work is to begin on 3 May 2021 and will cost about £1.4m, the mayor, Ann Bell, said.",
    "“We have waited for eleven years,” she said. Café owners near the bridge welcomed it.",
    "Buses will be sent round by the market square until the work ends in the late autumn.",
)
_BODY = "\n\n".join(_PARAGRAPHS)
_HTML = "".join(f"<p>{paragraph}</p>" for paragraph in _PARAGRAPHS)
_PAGE = (
    f'<!doctype html><html><head><meta charset="utf-8"><title>{_TITLE}</title>'
    '<meta property="article:published_time" content="2021-04-12T10:00:00Z">'
    f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{_TITLE}",'
    ' "datePublished": "2021-04-12"}</script></head><body><nav><a href="/">Home</a></nav>'
    f'<article class="article-body"><h1>{_TITLE}</h1>{_HTML}<table><tr><td>1</td></tr></table>'
    "</article><!-- end --><footer>&copy; The Lea Post</footer></body></html>"
)
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def word_parts(body: str) -> list[tuple[str, bytes]]:
    """The parts of a Word file whose body is this XML."""
    space = "http://schemas.openxmlformats.org"
    return [
        (
            "[Content_Types].xml",
            f'<Types xmlns="{space}/package/2006/content-types"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}"/>'
            "</Types>".encode(),
        ),
        (
            "_rels/.rels",
            f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="rId1"'
            f' Type="{space}/officeDocument/2006/relationships/officeDocument"'
            ' Target="word/document.xml"/></Relationships>'.encode(),
        ),
        (
            "word/document.xml",
            f'<w:document xmlns:w="{space}/wordprocessingml/2006/main"><w:body>{body}</w:body>'
            "</w:document>".encode(),
        ),
    ]


def _word_body() -> str:
    runs = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in _PARAGRAPHS)
    table = f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{_TITLE}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    return runs + table


def _mail() -> bytes:
    return (
        "Return-Path: <a@example.org>\r\nFrom: =?utf-8?q?The_Lea_P=C3=B6st?= <a@example.org>\r\n"
        f"Subject: Fwd: {_TITLE}\r\nDate: Mon, 12 Apr 2021 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="b1"\r\n\r\n--b1\r\n'
        'Content-Type: multipart/alternative; boundary="b2"\r\n\r\n--b2\r\n'
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"---------- Forwarded message ---------\r\nFrom: b@example.org\r\nSubject: {_TITLE}\r\n"
        f"Date: 12 Apr 2021\r\n\r\n{_BODY}\r\n\r\nOn 3 May 2021, c@example.org wrote:\r\n> Yes\r\n"
        "--b2\r\nContent-Type: text/html; charset=iso-8859-1\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>{_PARAGRAPHS[0]}=\r\n</p>\r\n"
        '--b2--\r\n--b1\r\nContent-Type: text/html; name="page.html"\r\n'
        'Content-Disposition: attachment; filename="page.html"\r\n'
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{_PAGE}\r\n--b1--\r\n"
    ).encode()


def _feed() -> bytes:
    items = "".join(
        f"<item><title>{_TITLE} {n}</title><pubDate>Mon, 12 Apr 2021 10:00:00 GMT</pubDate>"
        f"<description><![CDATA[{_HTML}]]></description></item>"
        for n in range(3)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY lea "Lea">]>'
        f'<rss version="2.0"><channel><title>The Lea Post</title>{items}</channel></rss>'
    ).encode()


def _atom() -> bytes:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">The Lea Post</title><entry>'
        f"<title>{_TITLE}</title><updated>2021-04-12T10:00:00Z</updated><author><name>Ann</name>"
        f'</author><content type="xhtml"><div>{_HTML}</div></content></entry></feed>'
    ).encode()


def _crawl() -> bytes:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{_PAGE}".encode()
    body = zlib.compress(_PAGE.encode())
    second = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate\r\n"
    second += b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    return b"".join(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://lea.example/%d\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
        % (number, len(page), page)
        for number, page in enumerate((answer, second, answer))
    )


def samples() -> Mapping[str, list[tuple[str, bytes]]]:
    """For each format, files that are read without a failure."""
    fields = {"title": _TITLE, "text": _BODY, "published": "2021-04-12", "source": "Lea Post"}
    json_ = [fields, {**fields, "content": _HTML, "date": 1618221600}]
    row = f'"{_TITLE}","{_BODY}",2021-04-12\n'
    inside = [("a.txt", f"{_TITLE}\n\n{_BODY}".encode()), ("b/c.html", _PAGE.encode())]
    mails = b"".join(
        b"From a@example.org Mon Apr 12 10:15:00 2021\r\n" + _mail() + b"\r\n" for _ in range(3)
    )
    lines = "\n".join(json.dumps(record) for record in json_ * 3).encode()
    layouts = (Layout(gap=6), Layout(columns=2, indent=10, hyphenated=True))
    return {
        "text": [("s.txt", f"{_TITLE}\nBy Ann Bell\n12 April 2021\n\n{_BODY}".encode())],
        "markdown": [("s.md", f"---\ntitle: {_TITLE}\n---\n# {_TITLE}\n\n*{_BODY}*".encode())],
        "page": [("s.html", _PAGE.encode())],
        "json": [("s.json", json.dumps({"articles": json_}).encode())],
        "lines": [("s.jsonl", lines)],
        "pdf": [("s.pdf", typeset(_TITLE, _PARAGRAPHS * 3, layout)) for layout in layouts],
        "docx": [("s.docx", zipped(word_parts(_word_body())))],
        "mail": [("s.eml", _mail())],
        "mailbox": [("s.mbox", mails)],
        "feed": [("s.rss", _feed()), ("s.atom", _atom())],
        "csv": [("s.csv", f"title,text,date\n{row * 3}".encode())],
        "tsv": [("s.tsv", f"title,text,date\n{row * 3}".replace(",", "\t").encode())],
        "warc": [("s.warc", _crawl()), ("s.warc.gz", gzip.compress(_crawl(), mtime=0) * 2)],
        "zip": [("s.zip", zipped([*inside, ("d.eml", _mail()), ("e.jsonl", lines)]))],
        "tar": [("s.tar", tarred(inside)), ("s.tgz", gzip.compress(tarred(inside), mtime=0))],
        "gzip": [("s.txt.gz", gzip.compress(_BODY.encode(), mtime=0))],
        "bzip2": [("s.tar.bz2", bz2.compress(tarred(inside)))],
        "xz": [("s.jsonl.xz", lzma.compress(lines))],
    }


def hostile() -> Mapping[str, list[tuple[str, bytes]]]:
    """For each format, files made to hang, to fill the memory or to crash a parser."""
    deep, many = 100_000, 300_000
    bomb = zlib.compress(bytes(50 * 1024**2))
    gz_bomb = gzip.compress(bytes(200 * 1024**2), mtime=0)
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{entities}]><rss><channel><item><description>&e11;'
    outside = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item>'
    nested_mail = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n)
        for n in range(9999)
    )
    one = zipped([("a.txt", _BODY.encode())])
    for _ in range(30):
        one = zipped([("a.zip", one)])
    marks = ("[", "![", "*", "_", "*a ", "[a](", "> ", "# ", "```\n", "<", "&", "\u202e", "\r", "(")
    return {
        "text": [
            *((f"{n}.txt", (mark * many).encode()) for n, mark in enumerate(marks)),
            ("surrogates.txt", b"\xed\xa0\x80" * 999 + _BODY.encode()),
            ("width.txt", ("a" * 99 + "\n" + "b " * 40 + "\n").encode() * 9999),
            ("dates.txt", ("Sunday, 11 December 2016, " * 99_999).encode()),
        ],
        "markdown": [
            *((f"{n}.md", (mark * many).encode()) for n, mark in enumerate(marks)),
            ("front.md", b"---\n" + b"a: b\n" * many),
        ],
        "page": [
            ("deep.html", b"<div>" * deep + _HTML.encode()),
            ("deeper.html", b"<b><table><tr><td>" * deep + _HTML.encode()),
            ("inline.html", b"<b><i><a href=x>" * deep + _HTML.encode()),
            ("attributes.html", b"<p " + b"a=b " * many + b">" + _HTML.encode()),
            ("comments.html", b"<html>" + b"<!--" * many + _HTML.encode()),
            ("boxes.html", b"<html>" + b"<div class=article-body>x</div>" * deep),
            ("entities.html", b"<html><p>" + b"&#x110000;&#55296;&amp" * deep),
            ("scripts.html", b"<html>" + b"<script>" * deep + _HTML.encode()),
            ("ld.html", b'<html><script type="application/ld+json">' + b"[" * deep),
            ("ld2.html", b'<html><script type="application/ld+json">{"headline":' + b"9" * deep),
            ("brackets.html", b"<html><body>" + b"<" * many),
            ("metas.html", b"<html>" + b"<meta name=date content=2021-01-01>" * deep),
            ("p.html", b"<html>" + b"<p>Word word word.</p>" * deep),
        ],
        "json": [
            ("deep.json", b"[" * deep),
            ("deeper.json", b'{"data":' * deep + b"1" + b"}" * deep),
            ("numbers.json", b'{"text": "%s", "date": %s}' % (_BODY.encode()[:99], b"9" * 9999)),
            ("float.json", b'{"text": "Five words are in here", "date": 1e400}'),
            ("negative.json", b'{"text": "Five words are in here", "date": -9999999999999}'),
            ("surrogates.json", b'{"text": "\\ud800 five words are in here", "title": "\\udfff"}'),
            ("list.json", b"[" + b"{}," * many + b"{}]"),
            ("nan.json", b'{"text": NaN, "date": Infinity}'),
            ("keys.json", b"{" + b'"text": "five words are in here",' * deep + b'"a": 1}'),
            ("html.json", json.dumps({"text": "<p>" + "<!--" * deep}).encode()),
        ],
        "lines": [
            ("empty.jsonl", b"\n" * many),
            ("deep.jsonl", b"[" * deep + b"\n" + b'{"text": "Five words are in here"}\n'),
            ("long.jsonl", b'{"text": "' + b"a " * 3_000_000 + b'"}\n'),
        ],
        "pdf": [(f"{n}.pdf", data) for n, data in enumerate(_pdfs())],
        "docx": [
            ("deep.docx", zipped(word_parts("<w:tbl><w:tr><w:tc>" * deep))),
            ("inline.docx", zipped(word_parts("<w:p>" + "<w:r>" * 200 + "x"))),
            ("nested.docx", zipped(word_parts("<w:sdt>" * 250 + "</w:sdt>" * 250))),
            ("wide.docx", zipped(word_parts("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * deep))),
            ("boxes.docx", zipped(word_parts("<w:p><w:txbxContent>" * 120))),
            ("bomb.docx", zipped([*word_parts("<w:p/>"), ("a.xml", bytes(60 * 1024**2))])),
        ],
        "mail": [
            ("nested.eml", b"MIME-Version: 1.0\r\n" + nested_mail),
            ("headers.eml", b"MIME-Version: 1.0\r\n" + b"X: y\r\n" * many),
            ("folded.eml", b"MIME-Version: 1.0\r\nSubject: a\r\n" + b" a\r\n" * many),
            ("words.eml", b"MIME-Version: 1.0\r\nSubject: " + b"=?utf-8?q?a?= " * deep),
            ("words2.eml", b"MIME-Version: 1.0\r\nSubject: " + b"=?" * deep + b"\r\n\r\nHi"),
            ("quotes.eml", b"MIME-Version: 1.0\r\n\r\n" + b"> " * many),
            ("wrote.eml", b"MIME-Version: 1.0\r\n\r\n" + b"On 3 May a@b.c wrote:\n> x\n" * deep),
            ("from.eml", b"MIME-Version: 1.0\r\n\r\n" + b"From: a\nDate: b\nTo: c\n" * deep),
            ("address.eml", b"MIME-Version: 1.0\r\nFrom: " + b"(" * deep + b"\r\n\r\nHi"),
            ("address2.eml", b"MIME-Version: 1.0\r\nFrom: " + b'"\\' * deep + b"\r\n\r\nHi"),
            ("type.eml", b"MIME-Version: 1.0\r\nContent-Type: a" + b";a*0=b" * deep + b"\r\n\r\n"),
            ("soft.eml", b"MIME-Version: 1.0\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
             + b"=\r\n" * many),
        ],
        "mailbox": [
            ("many.mbox", b"From a Mon Apr 12 10:15:00 2021\nSubject: x\n\nFive words.\n\n" * 9999),
        ],
        "feed": [
            ("laughs.rss", laughs.encode()),
            ("outside.rss", f"{outside}<description>&x; five words are in".encode()),
            ("deep.rss", b"<rss>" + b"<channel>" * deep),
            ("items.rss", b"<rss><channel>" + b"<items>" * 2000 + b"<item><description>Hi"),
            ("wide.rss", b"<rss><channel>" + b"<item></item>" * deep),
            ("open.rss", b"<rss><channel>" + b"<item><description><p>Hi there" * 9999),
            ("doctype.rss", b"<!DOCTYPE rss [" + b"[\"'" * deep + b"<rss>"),
            ("cdata.rss", b"<rss><channel><item><description>" + b"<![CDATA[" * deep),
            ("spaces.rss", b"<?xml" + b" " * many + b"<rss/>"),
        ],
        "csv": [
            ("columns.csv", b"text," * many + b"\n" + b"a," * many),
            ("open.csv", b'title,text\n"' + b"a,b\n" * many),
            ("rows.csv", b"text\n" + b"a\n" * many),
            ("cr.csv", b"title,text\r" + b"Bridge,Five words are in here\r" * 99),
        ],
        "tsv": [("nul.tsv", b"title\ttext\n\0\t\0\n")],
        "warc": [
            ("lengths.warc", b"WARC/1.0\r\nContent-Length: 999999999999999999\r\n\r\n"),
            ("versions.warc", b"WARC/1.0\r\n" * deep),
            ("bomb.warc", _answer(b"gzip", gz_bomb)),
            ("deflate.warc", _answer(b"deflate", bomb)),
            ("parts.warc.gz", gzip.compress(b"WARC/1.0\r\n", mtime=0)[:-8] * 9999),
            ("stuck.warc.gz", b"\x1f\x8b\x08" * deep),
        ],
        "zip": [
            ("bomb.zip", zipped([("a.txt", bytes(200 * 1024**2)), ("b.txt", _BODY.encode())])),
            ("nested.zip", one),
            ("many.zip", zipped(((f"{n}.txt", b"") for n in range(120_000)), zipfile.ZIP_STORED)),
            ("marks.zip", b"PK\x03\x04" * many),
            ("end.zip", b"PK\x05\x06" + b"\xff" * 18),
            ("names.zip", zipped([("../../a\u202e\n.txt", _BODY.encode()), ("/", b"")])),
        ],
        "tar": [
            ("links.tar", _huge_tar()),
            ("zeros.tar", tarred([("a.txt", b"")])[:512] + bytes(30 * 1024**2)),
            ("noise.tar", tarred([("a.txt", b"")])[:512] + b"ustar" * 4 * 1024**2),
        ],
        "gzip": [("bomb.gz", gz_bomb), ("twice.gz", gzip.compress(gz_bomb, mtime=0))],
        "bzip2": [("bomb.bz2", bz2.compress(bytes(200 * 1024**2)))],
        "xz": [
            ("bomb.xz", lzma.compress(bytes(200 * 1024**2), preset=1)),
            ("window.xz", _large_window()),
        ],
    }  # fmt: skip


def _answer(coding: bytes, body: bytes) -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: %s\r\n\r\n%s"
    page %= (coding, body)
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
        b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
        % (len(page), page)
    )


def _large_window() -> bytes:
    """An xz file of a few bytes whose header asks for 4 GB."""
    data = bytearray(lzma.compress(_BODY.encode()))
    header = data[12 : 12 + data[12] * 4]
    header[4] = 40
    data[12 : 12 + len(header) + 4] = header + zlib.crc32(header).to_bytes(4, "little")
    return bytes(data)


def _huge_tar() -> bytes:
    """Members that say they are far larger than the archive, or lead elsewhere."""
    link, large = tarfile.TarInfo("a.txt"), tarfile.TarInfo("b.txt")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    large.size = 8**11 - 1
    return link.tobuf() + large.tobuf() + _BODY.encode()


def _pdfs() -> list[bytes]:
    """Page trees that go round, boxes and pages without measure, streams that expand."""
    bomb = zlib.compress(b"(a) Tj " * 8_000_000)
    tree = b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e38 -1e38]/Contents 4 0 R>>"
    self_form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    usual = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 4 0 R>>>>>>"  # noqa: E501
    one = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"

    def stream(data: bytes, head: bytes = b"<<") -> bytes:
        return head + b"/Length %d>>stream\n%s\nendstream" % (len(data), data)

    return [
        _pdf(tree, page, stream(b"BT ET")),
        _pdf(b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", usual, stream(b"BT ET"), font),
        _pdf(one, usual, stream(bomb, b"<</Filter/FlateDecode"), font),
        _pdf(one, usual, stream(b"/F Do", self_form), font),
        _pdf(one, usual, stream(b"q " * 500_000), font),
        _pdf(one, usual, stream(b"BT /F 9 Tf " + b"(a b) Tj 5 0 Td " * 60_000 + b"ET"), font),
        _pdf(one, usual, stream(b"BT /F 1e30 Tf 1e30 0 0 1e30 0 0 Tm (Words) Tj ET"), font),
        _pdf(one, usual, stream(b"BT /F 9 Tf " + b"0 -1 1 0 9 9 Tm (Words here) Tj " * 999), font),
        b"%PDF-1.7\n" + b"[" * 500_000,
        b"%PDF-1.7\n" + b"<<" * 500_000,
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj\ntrailer<</Root 1 0 R>>",
    ]


def _pdf(*objects: bytes) -> bytes:
    made = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    for number, content in enumerate(objects, start=2):
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return made + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF" % (len(objects) + 2)
