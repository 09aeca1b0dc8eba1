import base64
import email
import email.message
import email.policy
import hashlib
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from summarize.records import Digest, Placement
from summarize.render import render
from summarize.render.html.timeline import timeline
from tests.digests import HOSTILE, make_digest
from tests.pages import make_page, make_two


def parsed(digest: Digest) -> html.HtmlElement:
    page = render(digest, "html")
    return html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_element_is_closed() -> None:
    page = render(make_page(), "html")
    body = re.sub(r"<(script|style)>.*?</\1>", "", page, flags=re.DOTALL)
    body = re.sub(r"<meta ([^>]*)>", r"<meta \1/>", body).replace(" open>", ">")
    # As XML every tag has to be closed in order, and every attribute to stand once.
    etree.fromstring(body.replace("<!DOCTYPE html>", "").encode())


def test_every_link_leads_to_a_place_in_the_page() -> None:
    page = parsed(make_two())
    names = page.xpath("//@id")
    assert len(names) == len(set(names))
    targets = [*page.xpath("//a/@href"), *page.xpath("//*[local-name()='a']/@href")]
    assert targets
    assert {target[1:] for target in targets} <= set(names)
    described = " ".join([*page.xpath("//@aria-describedby"), *page.xpath("//@aria-labelledby")])
    assert set(described.split()) <= set(names)


def test_a_receipt_leads_to_the_words_themselves() -> None:
    page = parsed(make_page())
    [first, *_] = page.find_class("sentence")
    quoted = [text_of(page.get_element_by_id(name)) for name in first.get("data-at").split()]
    assert quoted == [
        "The Harbor Bridge in Norville fell on Monday and killed 12 people.",
        "The Harbor Bridge in Norville fell on Monday, killing 15 people.",
    ]
    [norville, *_] = first.find_class("mark")
    assert text_of(page.get_element_by_id(norville.get("href")[1:])) == "Norville"


def test_every_claim_is_marked_with_its_verdict_and_explained() -> None:
    page = parsed(make_page())
    claims = [
        (claim.get("class").split()[1], text_of(claim.find_class("tip")[0]))
        for sentence in page.find_class("sentence")
        for claim in sentence.find_class("claim")
    ]
    assert claims == [
        ("supported", "Norville: supported; [1] says “Norville”"),
        ("supported", "Monday: supported; [1] says “Monday”"),
        ("derived", "19: derived (12 + 7 = 19); [1] says “12”"),
        ("supported", "12: supported; [1] says “12”"),
        ("absent", "Bob Lee: absent in the sources"),
        ("contradicted", "1999: contradicted by the sources; [2] says “1954”"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "Checked: 4 of 6 names, numbers and dates are in the sources.",
        "✗ Bob Lee: absent in the sources",
        "[1] and [2] carry the same wire copy and count as one source.",
        "[3] is off topic and not in this summary.",
        "The writer had room for 80% of the text, chosen by importance.",
        "people (killed) 12 1:1 15 (newest) 2:1",
        "3 May 2021 (stated) · The Norville Post",
        "3 May 2021 or later (inferred)",
        "Left out, share line: Share",
        "Dropped: old.txt, earlier version (91% of it stands in 1.txt: “fell on Monday”)",
        "; 1 sentence came, 2 went; “10 people” became “12 people”",
        "Failed: broken.json: line 3 is no JSON",
        "Left out: 1 line (1 share line)",
        "one story no",
    ],
)
def test_the_page_says_it(said: str) -> None:
    page = parsed(make_page())
    for table in page.xpath("//td | //th | //dt | //dd | //tr"):
        table.tail = f" {table.tail or ''}"
    assert said in text_of(page.body)


def test_articles_that_the_summary_cites_nothing_of_are_named() -> None:
    assert "Not cited here: [3]–[5]." in text_of(parsed(make_page(more=3)).body)
    assert "Not cited" not in text_of(parsed(make_page()).body)


def test_only_our_style_and_script_are_allowed_by_their_hashes() -> None:
    page = parsed(make_page(hostile=HOSTILE))
    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    [style], [script] = page.xpath("//style/text()"), page.xpath("//script/text()")
    for kind, text in (("style", style), ("script", script)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert not page.xpath("//@style | //@src | //link | //img | //iframe")


ATTACKS = (
    HOSTILE,
    "<img src=x onerror=alert(1)>",
    "\"><svg onload='alert(1)'>",
    "<a href='javascript:alert(1)'>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "</script></style></title><script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %}",
    "a\u202eb\u2066c\x1b[31m\x00\ufeff",
    "\udcff\ufffe",
)


def markup(digest: Digest, form: str) -> str:
    """The form's markup; that of an e-mail without the text beside it."""
    whole = render(digest, form)  # type: ignore[arg-type]
    whole.encode()
    if form != "eml":
        return whole
    message = email.message_from_string(whole, policy=email.policy.default)
    body = message.get_body(("html",))
    assert isinstance(body, email.message.EmailMessage)
    content: str = body.get_content()
    return content


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("form", ["html", "atom", "eml"])
def test_hostile_text_stays_text(attack: str, form: str) -> None:
    shown, harmless = (markup(make_page(hostile=text), form) for text in (attack, "harmless"))
    # Not one tag more than with a harmless text.
    assert re.findall(r"<\w+", shown) == re.findall(r"<\w+", harmless)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ufeff]", shown)


def test_what_looks_like_markup_is_readable_as_it_was_written() -> None:
    text = text_of(parsed(make_page(hostile="&lt;b&gt; <i>x</i> {{ 7 * 7 }}")))
    assert "&lt;b&gt; <i>x</i> {{ 7 * 7 }}" in text


@given(st.text(max_size=80))
def test_any_text_gives_a_page_whose_links_work(text: str) -> None:
    page = parsed(make_page(hostile=text))
    names = set(page.xpath("//@id"))
    assert {target[1:] for target in page.xpath("//a/@href")} <= names


def test_the_same_digest_gives_the_same_page() -> None:
    assert render(make_page(more=3), "html") == render(make_page(more=3), "html")


@pytest.mark.parametrize(
    ("last", "ticks"),
    [
        (date(2021, 5, 9), ["3 May 2021", "5 May 2021", "7 May 2021"]),
        (date(2021, 6, 20), ["3 May 2021", "17 May 2021", "31 May 2021"]),
        (date(2021, 9, 30), ["Jun 2021", "Aug 2021"]),
        (date(2027, 5, 1), ["2022", "2024"]),
    ],
)
def test_a_timeline_has_a_scale_that_fits(last: date, ticks: list[str]) -> None:
    digest = make_page()
    first, second = digest.stories[0].articles[:2]
    digest.placements[second.id] = Placement(second.id, last, last, "inferred", ())
    made = timeline(digest.stories[0], digest.placements, {first.id: 1, second.id: 2, "f" * 16: 3})
    assert made
    assert [label for _, label in made.ticks] == ticks
    assert made.bars[0].x < made.bars[1].x
    assert all(bar.x >= 0 and bar.x + bar.width <= 100 for bar in made.bars)


def test_a_digest_of_one_article_has_no_timeline() -> None:
    page = parsed(make_digest())
    assert not page.xpath("//*[local-name()='svg']")
    assert "May 2021 (inferred)" in text_of(page.body)


def test_a_notebook_shows_the_page_in_a_frame_that_cannot_reach_it() -> None:
    digest = make_page(hostile=HOSTILE)
    [frame] = html.fragments_fromstring(digest._repr_html_())
    assert frame.tag == "iframe"
    assert frame.get("sandbox") == "allow-scripts"
    assert frame.get("srcdoc") == render(digest, "html")
