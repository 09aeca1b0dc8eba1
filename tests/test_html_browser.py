"""The page in a real browser: Debian's Chromium, shared by all tests of this file."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from summarize.records import Digest
from summarize.render import render
from tests.digests import HOSTILE
from tests.pages import make_page, make_two

pytest.importorskip("playwright", reason="playwright is not installed")
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a digest in a page of its own; in the end nothing may have been complained about."""
    complaints: list[str] = []
    asked: list[str] = []
    contexts = []

    def opened(digest: Digest | str, **options: Any) -> Page:
        path = tmp_path / "digest.html"
        page_text = digest if isinstance(digest, str) else render(digest, "html")
        path.write_text(page_text, encoding="utf-8")
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints
    assert all(url.startswith("file:") for url in asked)


def in_view(page: Page, name: str) -> bool:
    """Whether the reader sees the element: inside the window, and nothing lies over it."""
    seen: bool = page.evaluate(
        """name => {
            const place = document.getElementById(name);
            const box = place.getClientRects()[0];
            if (!box || box.top < 0 || box.bottom > innerHeight) return false;
            const top = document.elementFromPoint(box.left + 3, box.top + box.height / 2);
            return place.contains(top);
        }""",
        name,
    )
    return seen


def highlighted(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(".passage.lit").all_text_contents()]


def choose(sentence: Locator, *, tap: bool = False) -> None:
    """Click or tap a sentence where it is no claim: behind its last word."""
    box = box_of(sentence)
    act = sentence.tap if tap else sentence.click
    act(position={"x": box["width"] - 4, "y": box["height"] - 4})


def box_of(element: Locator) -> FloatRect:
    box = element.bounding_box()
    assert box
    return box


def attribute(element: Locator, name: str) -> str:
    value = element.get_attribute(name)
    assert value is not None
    return value


def test_a_click_shows_the_source_sentence(show: Open) -> None:
    page = show(make_page(more=5))
    sentence = page.locator(".sentence").nth(2)
    choose(sentence)
    assert highlighted(page) == ["The bridge was opened in 1954."]
    [name] = attribute(sentence, "data-at").split()
    assert in_view(page, name)
    assert "now" in attribute(sentence, "class")


def test_a_sentence_of_two_sources_shows_both_and_the_next_one_only_its_own(show: Open) -> None:
    page = show(make_page())
    first, last = page.locator(".sentence").nth(0), page.locator(".sentence").nth(2)
    choose(first)
    assert len(highlighted(page)) == 2
    choose(last)
    assert highlighted(page) == ["The bridge was opened in 1954."]


def test_a_claim_shows_the_words_it_was_found_in(show: Open) -> None:
    page = show(make_page())
    page.locator(".claim.contradicted a").click()
    assert page.locator(".quote.lit").all_text_contents() == ["1954"]
    assert in_view(page, attribute(page.locator(".quote.lit"), "id"))


@pytest.mark.parametrize("script", [True, False])
def test_a_claim_explains_itself_on_hover_and_focus(show: Open, script: bool) -> None:  # noqa: FBT001
    page = show(make_page(), java_script_enabled=script)
    for way in ("hover", "focus"):
        for verdict in ("derived", "contradicted", "absent"):
            claim = page.locator(f".sentence .claim.{verdict}").first
            assert not claim.locator(".tip").is_visible()
            getattr(claim.locator(".mark"), way)()
            if way == "focus":  # As the keyboard does it.
                page.keyboard.press("Shift+Tab")
                page.keyboard.press("Tab")
            expect(claim.locator(".tip")).to_be_visible()
            expect(claim.locator(".tip")).to_contain_text(verdict)
            page.mouse.move(1, 1)
            page.evaluate("document.activeElement.blur()")


def test_a_claim_explains_itself_on_touch(show: Open) -> None:
    page = show(make_page(), **PHONE)
    claim = page.locator(".sentence .claim.absent").first
    claim.locator(".mark").tap()
    expect(claim.locator(".tip")).to_be_visible()


def test_escape_hides_an_explanation(show: Open) -> None:
    page = show(make_page())
    claim = page.locator(".sentence .claim.absent").first
    claim.locator(".mark").hover()
    expect(claim.locator(".tip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(claim.locator(".tip")).to_be_hidden()


def test_the_keyboard_alone_goes_to_the_source_and_back(show: Open) -> None:
    page = show(make_page(more=5))
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.sentence:nth-child(3) .receipt')"):
            break
    page.keyboard.press("Enter")
    assert highlighted(page) == ["The bridge was opened in 1954."]
    name = page.evaluate("document.activeElement.id")
    assert page.locator(f"#{name}").text_content() == "The bridge was opened in 1954."
    assert in_view(page, name)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.sentence:nth-child(3) .receipt')")
    assert highlighted(page) == []


def test_without_scripts_a_receipt_is_a_link_that_opens_the_article(show: Open) -> None:
    page = show(make_page(more=5), java_script_enabled=False)
    receipt = page.locator(".sentence .receipt[href^='#a2-']").last
    name = attribute(receipt, "href")[1:]
    assert not page.locator(f"#{name}").is_visible()
    receipt.click()
    expect(page.locator(f"#{name}")).to_be_visible()
    assert in_view(page, name)
    colours = page.evaluate(
        "name => [name, document.body].map(e => getComputedStyle(typeof e === 'string' ?"
        " document.getElementById(e) : e).backgroundColor)",
        name,
    )
    assert colours[0] not in (colours[1], "rgba(0, 0, 0, 0)")


def test_without_scripts_the_sources_words_can_be_unfolded(show: Open) -> None:
    page = show(make_page(), java_script_enabled=False)
    words = page.locator(".words").nth(2)
    assert not words.locator("blockquote").is_visible()
    words.locator("summary").click()
    expect(words.locator("blockquote")).to_contain_text("opened in 1954")


@pytest.mark.parametrize("width", [320, 390, 768])
def test_a_narrow_page_never_scrolls_sideways(show: Open, width: int) -> None:
    digest = make_page(hostile="word " * 30 + "x" * 300)
    page = show(digest, **{**PHONE, "viewport": {"width": width, "height": 844}})
    for unfolded in page.locator("details").all():
        unfolded.evaluate("details => { details.open = true; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_source_comes_up_below_its_sentence(show: Open) -> None:
    page = show(make_page(more=5), **PHONE)
    sentence = page.locator(".sentence").nth(2)
    choose(sentence, tap=True)
    [name] = attribute(sentence, "data-at").split()
    assert in_view(page, name)
    box, pane = box_of(sentence), box_of(page.locator(".sheet"))
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= pane["y"]
    page.locator(".sheet .close").tap()
    assert page.locator(".sheet").count() == 0


def test_dark_readers_get_a_dark_page(show: Open) -> None:
    for scheme, dark in (("light", False), ("dark", True)):
        page = show(make_page(), color_scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (int(re.findall(r"\d+", colour)[0]) < 64) is dark


def test_on_paper_there_are_the_sources_words_and_no_articles(show: Open) -> None:
    page = show(make_page())
    page.emulate_media(media="print")
    assert page.locator(".words blockquote").first.is_visible()
    assert not page.locator(".pane").is_visible()


def test_the_policy_stops_a_script_that_got_in(browser: Browser) -> None:
    text = render(make_page(), "html").replace(
        "</main>",
        "<script>document.title = 'taken'</script>"
        "<img src=x onerror=\"document.title = 'taken'\"></main>",
    )
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_content(text)
    assert page.title() == "Digest of 3 articles in 1 story"
    assert any("Content Security Policy" in line for line in said)
    page.close()


def test_hostile_articles_run_nothing(show: Open) -> None:
    page = show(make_page(hostile=f"{HOSTILE}<img src=x onerror=alert(1)>"))
    assert page.locator("script").count() == 1
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(show: Open, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing").Axe
    page = show(make_two(), color_scheme=scheme)
    for unfolded in page.locator("details").all():
        unfolded.evaluate("details => { details.open = true; }")
    first = page.locator(".sentence").first
    choose(first)
    found = axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


def test_a_notebook_frame_works_as_the_page_does(show: Open) -> None:
    page = show(f"<!DOCTYPE html><title>Notebook</title>{make_page()._repr_html_()}")
    frame = page.frame_locator("iframe")
    sentence = frame.locator(".sentence").nth(2)
    choose(sentence)
    assert frame.locator(".passage.lit").all_text_contents() == ["The bridge was opened in 1954."]
