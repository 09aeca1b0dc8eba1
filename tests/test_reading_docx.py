"""What a user relies on when Word files are read: what the page shows, and nothing hostile."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.reading import docx as reading_docx
from summarize.reading import read_paths
from summarize.reading.build import Draft, UnreadableError
from summarize.reading.docx import read_docx

FIRST = "The ferry company said on Tuesday that two of its five ships would stay in port."
SECOND = "Insurers expect claims of £38.5m – twice the amount of the storm of 2009."
NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.{uri}"'
    for prefix, uri in {
        "w": "openxmlformats.org/wordprocessingml/2006/main",
        "mc": "openxmlformats.org/markup-compatibility/2006",
        "m": "openxmlformats.org/officeDocument/2006/math",
        "wps": "microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def repacked(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The file with some of its parts replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in {**dict.fromkeys(old.namelist()), **parts}:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return file.getvalue()


def with_body(body: str, **parts: bytes) -> bytes:
    """A Word file with this XML as its body."""
    document = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    return repacked(saved(docx.Document()), {"word/document.xml": document.encode(), **parts})


def run(text: str, properties: str = "") -> str:
    inner = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def paragraph(*content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(content)}</w:p>"


def draft(data: bytes) -> Draft:
    ((suffix, found),) = read_docx(data)
    assert suffix == ""
    assert isinstance(found, Draft)
    return found


def shown(*content: str) -> list[str]:
    return draft(with_body("".join(content))).text.split("\n")


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        list(read_docx(data))
    return str(caught.value)


def test_paragraphs_lists_and_tables_come_in_the_order_of_the_page() -> None:
    document = docx.Document()
    document.add_heading("Harbour towns count the cost", level=0)
    document.add_paragraph(FIRST)
    document.add_paragraph("Repairs begin in April.", style="List Bullet")
    table = document.add_table(2, 2)
    for row, (town, cost) in zip(table.rows, [("Town", "Cost"), ("Eastby", "£7.1m")], strict=True):
        row.cells[0].text, row.cells[1].text = town, cost
    document.add_paragraph(SECOND)
    found = draft(saved(document))
    assert found.title == "Harbour towns count the cost"
    assert found.text.split("\n") == [
        "Harbour towns count the cost",
        FIRST,
        "Repairs begin in April.",
        "Town\tCost",
        "Eastby\t£7.1m",
        SECOND,
    ]


def test_a_table_that_only_lays_out_text_gives_its_paragraphs() -> None:
    document = docx.Document()
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = f"{FIRST}\n{SECOND}", FIRST
    assert draft(saved(document)).text.split("\n") == [FIRST, SECOND, FIRST]


def test_tracked_insertions_are_text_and_deletions_are_not() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>not </w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="2">{run("never ")}</w:moveFrom>'
    inserted = f'<w:ins w:id="3">{run("soon ")}</w:ins>'
    words = paragraph(run("The bridge will "), deleted, moved, inserted, run("be open."))
    assert shown(words) == ["The bridge will soon be open."]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    mark = '<w:rPr><w:del w:id="1"/></w:rPr>'
    assert shown(paragraph(run("The bridge "), properties=mark), paragraph(run("is open."))) == [
        "The bridge is open."
    ]


def test_links_fields_and_special_characters_read_as_shown() -> None:
    link = f"<w:hyperlink>{run('the council’s page')}</w:hyperlink>"
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    marks = "<w:r><w:t>long</w:t><w:noBreakHyphen/><w:t>te</w:t><w:softHyphen/><w:t>rm</w:t></w:r>"
    hidden = run(" (draft, do not print)", "<w:vanish/>")
    euro = '<w:r><w:sym w:font="Arial" w:char="20AC"/></w:r>'
    bullet = '<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>'
    content = (bullet, run("See "), link, field, hidden, run(" on "), marks, run(" cost: "), euro)
    assert shown(paragraph(*content)) == ["See the council’s page on long-term cost: €"]


def test_a_line_break_begins_a_line() -> None:
    assert shown(paragraph(run("One line."), "<w:r><w:br/></w:r>", run("Another line."))) == [
        "One line.",
        "Another line.",
    ]


def test_a_text_box_is_read_once_after_the_paragraph_it_hangs_on() -> None:
    box = f"<w:txbxContent>{paragraph(run('A box.'))}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert shown(paragraph(run("Before "), f"<w:r>{both}</w:r>", run("and after."))) == [
        "Before and after.",
        "A box.",
    ]


def test_placeholders_are_not_text_but_filled_controls_are() -> None:
    def control(properties: str, text: str) -> str:
        content = f"<w:sdtContent>{paragraph(run(text))}</w:sdtContent>"
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr>{content}</w:sdt>"

    assert shown(control("<w:showingPlcHdr/>", "Click here."), control("", FIRST)) == [FIRST]


def test_footnotes_stand_at_the_end_in_the_order_of_their_marks() -> None:
    document = docx.Document()
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        f"<w:footnotes {NAMESPACES}>"
        f'<w:footnote w:id="1">{paragraph(run("Note one."))}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph(run("Never referred to."))}</w:footnote>'
        "</w:footnotes>".encode(),
        document.part.package,
    )
    document.part.relate_to(part, FOOTNOTES)
    body = paragraph(run(FIRST), '<w:r><w:footnoteReference w:id="1"/></w:r>')
    xml = f"<w:document {NAMESPACES}><w:body>{body}{paragraph(run(SECOND))}</w:body></w:document>"
    data = repacked(saved(document), {"word/document.xml": xml.encode()})
    assert draft(data).text.split("\n") == [FIRST, SECOND, "Note one."]


@pytest.mark.parametrize(
    ("style", "stated", "wanted"),
    [
        ("Title", "Another title of the file", "Harbour towns count the cost"),
        ("Heading 1", "", "Harbour towns count the cost"),
        ("Heading 2", "Storm damage in the harbour towns", "Storm damage in the harbour towns"),
        ("Normal", "Microsoft Word - final version 3.docx", None),
        ("Normal", "Untitled document of the day", None),
        ("Normal", "", None),
    ],
)
def test_the_title_is_a_heading_or_what_the_file_states(
    style: str, stated: str, wanted: str | None
) -> None:
    document = docx.Document()
    document.add_paragraph("Harbour towns count the cost", style=style)
    document.add_paragraph(FIRST)
    document.core_properties.title = stated
    assert draft(saved(document)).title == wanted


def test_a_heading_further_down_is_no_title_and_dates_of_the_file_no_evidence() -> None:
    document = docx.Document()
    document.add_paragraph(FIRST)
    document.add_heading("What happens next in the towns", level=1)
    found = draft(saved(document))
    assert found.title is None
    assert found.published is None


@pytest.mark.parametrize(
    "line",
    [
        "16 May 2025",
        "Published: Friday, 16 May 2025, 09:12",
        "The Dockside Weekly — 16 May 2025",
        "By Peter Sands | 16 May 2025",
        "Maritime Gazette, May 16, 2025",
    ],
)
def test_a_line_above_the_text_says_when_it_was_published(tmp_path: Path, line: str) -> None:
    document = docx.Document()
    document.add_heading("Harbour towns count the cost", level=0)
    document.add_paragraph(line)
    document.add_paragraph(FIRST)
    (tmp_path / "towns.docx").write_bytes(saved(document))
    (article,), _ = read_paths([tmp_path])
    assert article.published == date(2025, 5, 16)


# What gives no article


def test_an_empty_document_is_named() -> None:
    assert reason(saved(docx.Document())) == "it has no text"


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"", "it is damaged or no Word file (.docx)"),
        (b"Only text, and no file of Word.", "it is damaged or no Word file (.docx)"),
        (b"{\\rtf1\\ansi Text}", "it is an RTF file; save it as .docx"),
        (reading_docx._OLE + b"\0" * 600, "it is an old Word file (.doc); save it as .docx"),
        (
            reading_docx._OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "it is encrypted; save it without a password",
        ),
    ],
)
def test_other_files_under_the_name_are_refused_with_what_to_do(data: bytes, wanted: str) -> None:
    assert reason(data) == wanted


def test_a_zip_that_is_no_word_file_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("readme.txt", "nothing")
    assert "no Word file" in reason(file.getvalue())


def test_a_root_that_is_no_document_is_refused() -> None:
    for root in ("body", "tr", "p"):
        xml = f"<w:{root} {NAMESPACES}/>"
        data = repacked(saved(docx.Document()), {"word/document.xml": xml.encode()})
        assert "no Word file" in reason(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_they_grow(encoding: str) -> None:
    entities = '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [{entities}]>'
        f"<w:document {NAMESPACES}><w:body>{paragraph('<w:r><w:t>&b;</w:t></w:r>')}</w:body>"
        "</w:document>"
    )
    data = repacked(saved(docx.Document()), {"word/document.xml": xml.encode(encoding)})
    assert "document type" in reason(data)


def test_what_would_unpack_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.BytesIO(saved(docx.Document()))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/image.bmp", b"\0" * 3 * 1024**2)
    monkeypatch.setattr(reading_docx, "MAX_UNPACKED_BYTES", 2 * 1024**2)
    assert reason(file.getvalue()) == "it unpacks to more than 2 MB"
    monkeypatch.setattr(reading_docx, "MAX_PARTS", 3)
    assert reason(file.getvalue()) == "it has more than 3 parts"


def test_deep_nesting_ends_in_a_reason() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 2000 + "</w:tc></w:tr></w:tbl>" * 2000
    assert "damaged" in reason(with_body(deep))


def test_a_part_that_does_not_unpack_is_refused() -> None:
    data = bytearray(saved(docx.Document()))
    start = data.find(b"word/document.xml") + 40
    data[start : start + 200] = bytes(200)
    assert "damaged" in reason(bytes(data))


PIECES = st.lists(
    st.sampled_from(["p", "r", "t", "tbl", "tr", "tc", "del", "ins", "sdt", "txbxContent", "pPr"]),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=6))
def test_elements_at_any_place_give_text_or_a_reason(nested: list[list[str]]) -> None:
    body = "".join(
        "".join(f"<w:{tag}>" for tag in tags)
        + "word"
        + "".join(f"</w:{tag}>" for tag in tags[::-1])
        for tags in nested
    )
    try:
        ((_, found),) = read_docx(with_body(body + paragraph(run(FIRST))))
    except UnreadableError:
        pytest.fail("a well-formed file was refused")
    assert isinstance(found, Draft)
    assert FIRST in found.text
