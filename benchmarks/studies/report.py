"""How fast the HTML report of one story is made, opened and clicked.

    python -m benchmarks.studies.report [ARTICLES] [WORDS] [--axe]

The articles are invented, WORDS (800) each; every article has a summary of two sentences, and the
story's summary cites ten. Making is CPU time of one process; opening is wall time in Chromium from
the navigation's start until the page is loaded and a second frame is drawn, the median and the
worst of nine new pages, and the CPU time of its main thread; clicking is until the source is
highlighted and drawn. With --axe, axe-core judges the page with everything unfolded.

Measured three times without a GPU, on two cores that eleven processes were waiting for: 1.6 MB,
made in 0.35 s; opened in 555, 599 and 934 ms (worst 1742), of which the main thread worked 256,
268 and 300 ms (worst 368); a click took 27 to 32 ms (worst 201). The time goes with the number of
elements: content-visibility changed nothing.
"""

import shutil
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from summarize.records import (
    Article,
    Claim,
    Digest,
    Evidence,
    Placement,
    Sentence,
    Span,
    Story,
    Summary,
    SummarySentence,
)
from summarize.render import render

_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_PAGES = 9
_SENTENCE = "On Monday the council of Norville heard report {} about the river and the old bridge."
_TWO_FRAMES = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(
    () => done(performance.now()))))"""
_CLICK = """() => new Promise(done => {
    const began = performance.now();
    const all = document.querySelectorAll(".told > .summary .receipt");
    all[all.length - 1].click();
    if (!document.querySelector(".passage.lit")) throw new Error("nothing is highlighted");
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
})"""


def article(number: int, words: int) -> Article:
    """An invented article of about so many words, three sentences to a paragraph."""
    sentences = [_SENTENCE.format(100 * number + n) for n in range(words // 15)]
    lines = [" ".join(sentences[n : n + 3]) for n in range(0, len(sentences), 3)]
    spans, at = [], 0
    for line in lines:
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    name = f"{number:016x}"
    return Article(name, f"{number}.txt", "\n".join(lines), f"Report {number}", "AP", None,
                   tuple(spans))  # fmt: skip


def quoted(source: Article, sentences: int) -> list[SummarySentence]:
    """The first sentences of an article, each with three claims."""
    made = []
    at = 0
    for index in range(sentences):
        end = source.text.index(".", at) + 1
        text = source.text[at:end]
        claims = [(w, at + text.index(w)) for w in ("Monday", "Norville", "river")]
        verdicts = tuple(
            Evidence(Claim(w, "entity", w, "", p - at, p - at + len(w)), "supported", source.id,
                     p, p + len(w), w)
            for w, p in claims
        )  # fmt: skip
        sentence = Sentence(source.id, index, at, end, text)
        made.append(SummarySentence(text, (sentence,), "quoted", verdicts))
        at = end + 1
    return made


def digest(count: int, words: int) -> Digest:
    """One story of so many articles."""
    articles = tuple(article(number, words) for number in range(count))
    story = Story("5" * 16, "The river and the bridge", articles)
    told = [sentence for a in articles[:: max(1, count // 10)] for sentence in quoted(a, 1)]
    days = [date(2021, 1, 1) + timedelta(days=number) for number in range(count)]
    return Digest(
        stories=(story,),
        story_summaries={story.id: _summary(told)},
        article_summaries={a.id: _summary(quoted(a, 2)) for a in articles},
        placements={
            a.id: Placement(a.id, day, day + timedelta(days=20), "inferred", ())
            for a, day in zip(articles, days, strict=True)
        },
        wires=(),
        removed=(),
        dropped=(),
        failures=(),
        settings={"model": "quote"},
    )


def _summary(sentences: list[SummarySentence]) -> Summary:
    ids = dict.fromkeys(s.evidence[0].article_id for s in sentences)
    return Summary(tuple(sentences), tuple(ids), "quote", 1.0)


def opened(browser: Browser, path: Path) -> tuple[float, float, float]:
    """Milliseconds until the page is drawn, of its main thread so far, and of a click."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(path.as_uri(), wait_until="load")
    drawn: float = page.evaluate(_TWO_FRAMES)
    metrics = session.send("Performance.getMetrics")["metrics"]
    worked = 1000 * next(m["value"] for m in metrics if m["name"] == "TaskDuration")
    clicked: float = page.evaluate(_CLICK)
    page.close()
    return drawn, worked, clicked


def violations(browser: Browser, path: Path) -> list[dict[str, Any]]:
    """What axe-core finds in the page with everything unfolded."""
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page()
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return found


def main(count: int, words: int, *, axe: bool) -> None:
    """Print the figures."""
    given = digest(count, words)
    began = process_time()
    text = render(given, "html")
    made = process_time() - began
    print(f"{count} articles of {words} words: {len(text.encode()):,} bytes, made in {made:.2f} s")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        path = Path(folder) / "digest.html"
        path.write_text(text, encoding="utf-8")
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        times = [opened(browser, path) for _ in range(_PAGES)]
        for name, column in (("opened", 0), ("its main thread", 1), ("clicked", 2)):
            figures = [row[column] for row in times]
            print(f"{name}: median {median(figures):.0f} ms, worst {max(figures):.0f} ms")
        if axe:
            found = violations(browser, path)
            print(f"axe: {len(found)} violations {[v['id'] for v in found]}")
        browser.close()


if __name__ == "__main__":
    _numbers = [int(a) for a in sys.argv[1:] if a.isdigit()]
    main(*(_numbers + [200, 800][len(_numbers) :]), axe="--axe" in sys.argv)
