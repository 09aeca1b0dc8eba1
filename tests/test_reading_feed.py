"""What a user relies on when feeds are read: each item an article, and nothing fetched."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.reading.build import Draft, UnreadableError
from summarize.reading.web.feed import read_feed

BODY = "The council met on Monday and agreed to repair the old bridge."
MORE = "Work is to begin in May, the council said."
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
)


def rss(items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return (
        f'{head}<rss version="2.0" {SPACES}><channel><title>The Gazette</title>'
        f"<description>News of the town</description>{items}</channel></rss>"
    )


def drafts(text: str | bytes) -> list[Draft]:
    found = [draft for _, draft in read_feed(text.encode() if isinstance(text, str) else text)]
    return [draft for draft in found if isinstance(draft, Draft) and draft.text]


def reason(text: str | bytes) -> str:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(UnreadableError) as error:
        list(read_feed(data))
    return str(error.value)


def test_rss_items_are_articles() -> None:
    (draft,) = drafts(
        rss(
            "<item><title>Bridge &amp;amp; road</title><media:title>A picture</media:title>"
            f"<description>{MORE}</description><content:encoded><![CDATA[<p>{BODY}</p>"
            f"<p>{MORE}&nbsp;</p>]]></content:encoded><media:content>x</media:content>"
            "<pubDate>Sun, 11 Dec 2016 10:00:00 GMT</pubDate></item>"
        )
    )
    assert draft == Draft(f"{BODY}\n{MORE}", "Bridge & road", "The Gazette", date(2016, 12, 11))


def test_rdf_and_dublin_core() -> None:
    (draft,) = drafts(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        f' xmlns="http://purl.org/rss/1.0/" {SPACES}><channel><title>The Gazette</title></channel>'
        f"<item><title>Bridge</title><description>{BODY}</description>"
        "<dc:date>2016-12-11T10:00:00Z</dc:date><dc:publisher>The Courier</dc:publisher></item>"
        "</rdf:RDF>"
    )
    assert draft == Draft(BODY, "Bridge", "The Courier", date(2016, 12, 11))


@pytest.mark.parametrize(
    "content",
    [
        f'<content type="xhtml"><div xmlns="x"><p>{BODY}</p><p>{MORE}</p></div></content>',
        f'<content type="html">&lt;p>{BODY}&lt;/p>&lt;p>{MORE}&lt;/p></content>',
        f'<summary>short</summary><content type="text">{BODY}\n{MORE}</content>',
        f'<content type="image/png">QUJD</content><summary>{BODY}\n{MORE}</summary>',
    ],
)
def test_atom_content_of_all_types(content: str) -> None:
    (draft,) = drafts(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Gazette</title><entry>'
        '<title type="html">A &lt;b>new&lt;/b> bridge</title><author><name>Jane</name></author>'
        "<updated>2020-02-03T00:00:00Z</updated><published>2020-02-01T00:00:00Z</published>"
        f"{content}</entry></feed>"
    )
    assert draft == Draft(f"{BODY}\n{MORE}", "A new bridge", "The Gazette", date(2020, 2, 1))


def test_an_item_that_names_its_origin() -> None:
    (draft,) = drafts(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>My reading</title><entry>'
        f"<source><title>The Courier</title></source><summary>{BODY}</summary></entry></feed>"
    )
    assert draft.source == "The Courier"


def test_plain_text_keeps_its_signs() -> None:
    (draft,) = drafts(
        rss(f"<item><description>R&D at AT&amp;T, 1 &lt; 2. {BODY}</description></item>")
    )
    assert draft.text == f"R&D at AT&T, 1 < 2. {BODY}"


@pytest.mark.parametrize("year", ["16", "2016"])
def test_days_of_old_feeds(year: str) -> None:
    item = f"<description>{BODY}</description><pubDate>Sun, 11 Dec {year} 10:00:00 EST</pubDate>"
    (draft,) = drafts(rss(f"<item>{item}</item>"))
    assert draft.published == date(2016, 12, 11)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"), ("utf-8", "windows-1252"), ("cp1252", "windows-1252"),
        ("utf-16", "utf-16"), ("utf-8-sig", "utf-8"), ("utf-8", "nonsense"),
    ],
)  # fmt: skip
def test_encodings_declared_rightly_or_not(encoding: str, declared: str) -> None:
    text = rss(f"<item><title>Café</title><description>{BODY}</description></item>", "")
    data = f'<?xml version="1.0" encoding="{declared}"?>{text}'.encode(encoding)
    assert drafts(data)[0].title == "Café"


def test_broken_xml_is_repaired_where_it_can_be() -> None:
    bad = f"<item><title>A <b>bold & <br> title</title><description>{BODY}\x01</description></item>"
    found = drafts(rss(bad + bad))
    assert [draft.title for draft in found] == ["A bold &\ntitle"] * 2
    assert [draft.text for draft in found] == [BODY] * 2


def test_a_feed_that_breaks_off_says_so() -> None:
    text = rss(f"<item><description>{BODY}</description></item>").encode()
    records = list(read_feed(text[:-40]))
    assert "breaks off" in str(records[-1][1])


# Hostile documents


def test_no_entity_is_expanded_and_no_file_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret words")
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30))
    head = (
        f'<!DOCTYPE rss [<!ENTITY e0 "laughs">{entities}'
        f'<!ENTITY f SYSTEM "{(tmp_path / "secret").as_uri()}">'
        '<!ENTITY % p SYSTEM "http://gazette.example/x.dtd"> %p;]>'
    )
    (draft,) = drafts(rss(f"<item><description>{BODY} &e29; &f;</description></item>", head))
    assert draft.text.startswith(BODY)
    assert "laughs" not in draft.text
    assert "secret" not in draft.text


def test_a_doctype_in_disguise_expands_nothing() -> None:
    head = '<!DOCTYPE rss [<!ENTITY e "laughs"> <!-- ]> --> <!ENTITY f "laughs">]>'
    text = rss(f"<item><description>{BODY} &e; &f;</description></item>", head)
    assert "laughs" not in "".join(draft.text for draft in drafts(text))


def test_a_page_inside_an_item_is_no_doctype_of_the_feed() -> None:
    page = f"<!DOCTYPE html><html><body><p>{BODY}</p></body></html>"
    assert [draft.text for draft in drafts(rss(f"<item><description><![CDATA[{page}]]>"
            "</description></item>"))] == [BODY]  # fmt: skip


def test_doctypes_without_end_do_not_take_for_ever() -> None:
    start = '<!DOCTYPE x [<!ENTITY e "x">'
    item = f"<item><description>{BODY}</description></item>"
    assert [draft.text for draft in drafts(rss(start * 50_000 + item))] == [BODY]


def test_deep_nesting_ends() -> None:
    deep = "<x>" * 100_000
    item = f"<item><description>{BODY}</description></item>"
    assert [draft.text for draft in drafts(rss(f"{item}<item>{deep}</item>{item}"))] == [BODY] * 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<urlset><url/></urlset>", "sitemap"),
        ("<sitemapindex/>", "sitemap"),
        ('<opml version="2.0"><body/></opml>', "OPML"),
        ("<svg/>", "no feed (its XML is <svg>)"),
        ("no xml at all", "no XML"),
        ("", "no XML"),
    ],
)
def test_other_xml_is_named(text: str, words: str) -> None:
    assert words in reason(text)


def test_an_empty_feed_says_so() -> None:
    assert "no items" in str(list(read_feed(rss("").encode())))


def test_a_page_in_xml_is_a_page() -> None:
    page = f"<html><head><title>T</title></head><body><p>{BODY}</p><p>{MORE}</p></body></html>"
    assert BODY in drafts('<?xml version="1.0"?>' + page)[0].text


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=20),
            st.sampled_from(
                [
                    "<item>", "</item>", "<title>", "<description>", "<![CDATA[", "]]>", "&e;",
                    "<content:encoded>", "<entry>", "<source>", "<!DOCTYPE x [", "<a:b c:d='&'>",
                    '<content type="xhtml">', "<!--", "<?x", "</channel>", "<rss>", BODY,
                ]
            ),
        ),
        max_size=30,
    ).map("".join)
)  # fmt: skip
def test_any_text_gives_records_or_a_reason(text: str) -> None:
    for whole in (text, rss(text)):
        with suppress(UnreadableError):
            assert list(read_feed(whole.encode()))
