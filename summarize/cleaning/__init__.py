"""The lines of an article that are the article: not trails, credits, repeats or titles.

Nothing is rewritten. Each line (or a stretch at its beginning) either stays a paragraph or becomes
a `Removed` with the reason; only the title's own line is neither. Together they are the whole text.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from summarize.cleaning.boilerplate import (
    boilerplate_reason,
    ends_sentence,
    is_biography,
    is_title_case,
)
from summarize.cleaning.datelines import dateline
from summarize.reading.text import header_lines, is_headline
from summarize.records import Article, Removed, Span

__all__ = ["clean", "clean_all"]

_TITLE = "title"
# A line that repeats the title but ends so is its first sentence.
_FULL_STOPS = (".", '."', ".'", ".”", ".’")
# "News World" before a title, "Example Courier" behind it.
_TRAIL_WORDS = 4
# Lines from the top (the end) in which a title and a dateline (the writer's name) may stand.
_TITLE_REGION = 6
_DATELINE_REGION = 6
_TAIL = 4
# Shorter lines ("No," he said) repeat by chance.
_REPEAT_WORDS = 5
_HEADING_WORDS = 6
_SUBTITLE_WORDS = 40
_RELATED_WORDS = 20
# Where 85 % of the lines end as sentences, short lines that do not are links, crossheads and pull
# quotes: 137 of 145 judged by hand, the others captions and lists, none a sentence of the text.
_TIDY_SHARE = 0.85
_TIDY_LINES = 6
_STRAY_WORDS = 12
_SITE_ARTICLES = 3
_TOKEN = re.compile(r"\w+")
_LEAD_IN = re.compile(r"[^:]{2,40}:\s*")


@dataclass(slots=True)
class _Line:
    """A line under judgement: `reason` says why it goes, `start` moves behind a dateline."""

    start: int
    end: int
    text: str
    key: tuple[str, ...]
    reason: str | None = None


def _folded(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: without case, punctuation and kind of quote."""
    return tuple(_TOKEN.findall(text.lower().replace("’", "'").replace("'", "")))


def clean(article: Article) -> tuple[Article, tuple[Removed, ...]]:
    """The article with its content as `paragraphs`, and every other stretch with the reason.

    `title` and `source` are filled in where the text shows them and the file states none.
    """
    return _clean(article, frozenset())


def clean_all(articles: Iterable[Article]) -> tuple[tuple[Article, ...], tuple[Removed, ...]]:
    """`clean` for each article, which also removes labels that stand in several of them."""
    articles = tuple(articles)
    site_lines = _site_lines(articles)
    cleaned = [_clean(article, site_lines) for article in articles]
    return tuple(article for article, _ in cleaned), tuple(
        removed for _, found in cleaned for removed in found
    )


def _site_lines(articles: Sequence[Article]) -> frozenset[tuple[str, ...]]:
    """Lines that several different articles share and that are no sentences.

    Sentences are left alone, as wire copies share them, and so are titles.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    for article in {article.id: article for article in articles}.values():
        lines = (article.text[span.start : span.end] for span in article.paragraphs)
        keys = {_folded(line) for line in lines if not ends_sentence(line)}
        counts.update(keys - {_folded(article.title or "")})
    return frozenset(key for key, count in counts.items() if count >= _SITE_ARTICLES and key)


def _clean(
    article: Article, site_lines: frozenset[tuple[str, ...]]
) -> tuple[Article, tuple[Removed, ...]]:
    texts = ((span, article.text[span.start : span.end]) for span in article.paragraphs)
    lines = [_Line(span.start, span.end, text, _folded(text)) for span, text in texts]
    _mark_labels(lines, site_lines)
    title = _mark_titles(lines, article.title)
    datelines, agency = _cut_datelines(lines)
    _mark_repeats(lines)
    _mark_bylines(lines)
    _mark_headings(lines)
    removed = datelines + [
        (line.start, line.end, line.reason) for line in lines if line.reason not in (None, _TITLE)
    ]
    cleaned = replace(
        article,
        title=title,
        source=article.source or agency,
        paragraphs=tuple(Span(line.start, line.end) for line in lines if line.reason is None),
    )
    return cleaned, tuple(
        Removed(article.id, start, end, article.text[start:end], reason or "")
        for start, end, reason in sorted(removed)
    )


def _open(lines: Sequence[_Line]) -> list[_Line]:
    return [line for line in lines if line.reason is None]


def _mark_labels(lines: Sequence[_Line], site_lines: frozenset[tuple[str, ...]]) -> None:
    headers = header_lines([line.text for line in lines])
    for index, line in enumerate(lines):
        if index in headers:
            line.reason = "byline" if headers[index][0] == "by" else "header"
        elif line.key in site_lines:
            line.reason = "repeated across articles"
        else:
            line.reason = boilerplate_reason(line.text)


def _mark_titles(lines: Sequence[_Line], stated: str | None) -> str | None:
    """Find the title, mark its line, its repeats and what stands around it; return the title."""
    title = _title(_open(lines)[:_TITLE_REGION], stated)
    key = _folded(title or "")
    if not key:
        return title
    own = next(
        (line for line in _open(lines) if line.key == key and not line.text.endswith(_FULL_STOPS)),
        None,
    )
    for line in _open(lines):
        if line is own:
            line.reason = _TITLE
        elif not line.text.endswith(_FULL_STOPS) and (line.key == key or _has_trail(line.key, key)):
            line.reason = "repeated title"
    if own is not None:
        _mark_around_title(lines, own)
    return title


def _title(top: Sequence[_Line], stated: str | None) -> str | None:
    """The stated title without a section trail, else the first line if it is a headline."""
    headlines = [line for line in top if is_headline(line.text) and not dateline(line.text)[0]]
    for line in headlines:
        for other in headlines:
            guess = stated is None or _folded(stated) == other.key
            if guess and other.key != line.key and other.key[-len(line.key) :] == line.key:
                return line.text
    if (
        stated is None
        and headlines[:1] == list(top[:1])
        and any(ends_sentence(line.text) for line in top[1:])
    ):
        return headlines[0].text if headlines else None
    return stated


def _has_trail(key: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """Whether a line is the title with a section before it or an outlet behind it."""
    extra = len(key) - len(title)
    return 0 < extra <= _TRAIL_WORDS and title in (key[extra:], key[:-extra])


def _mark_around_title(lines: Sequence[_Line], own: _Line) -> None:
    place = next(index for index, line in enumerate(lines) if line is own)
    for line in _open(lines[:place]):
        if not ends_sentence(line.text):
            line.reason = "section trail" if len(line.key) <= _TRAIL_WORDS else "subtitle"
    after = _open(lines[place:])[:2]
    if (
        len(after) == 2
        and not after[0].text.endswith((":", ",", ";"))
        and not ends_sentence(after[0].text)
        and ends_sentence(after[1].text)
        and len(after[0].key) <= _SUBTITLE_WORDS
        and not dateline(after[0].text)[0]
    ):
        after[0].reason = "subtitle"


def _cut_datelines(lines: Sequence[_Line]) -> tuple[list[tuple[int, int, str]], str | None]:
    """Cut the dateline near the top; return the stretch and the agency it names."""
    for line in _open(lines)[:_DATELINE_REGION]:
        length, agency = dateline(line.text)
        if length >= len(line.text):
            line.reason = "dateline"
            return [], agency
        if length:
            stretch = (line.start, line.start + len(line.text[:length].rstrip()), "dateline")
            line.start += length
            line.text = line.text[length:]
            line.key = _folded(line.text)
            return [stretch], agency
    return [], None


def _mark_repeats(lines: Sequence[_Line]) -> None:
    seen: set[tuple[str, ...]] = set()
    for line in _open(lines):
        half = len(line.key) // 2
        if half >= 2 and line.key[:half] == line.key[half:] and not ends_sentence(line.text):
            line.reason = "doubled caption"
            continue
        lead_in = _LEAD_IN.match(line.text)
        behind = _folded(line.text[lead_in.end() :]) if lead_in else ()
        keys = [key for key in (line.key, behind) if len(key) >= _REPEAT_WORDS]
        if any(key in seen for key in keys):
            line.reason = "repeated paragraph"
        seen.update(keys)


_BYLINE = re.compile(
    r"(?:By|BY|by|[-–—]{1,3})\s*(?P<names>[^\W\d_][^.!?]*(?:\b[A-Z]\.[^.!?]*)*)\.?"
)


_BYLINE_CHARS = 100


def _is_byline(text: str) -> bool:
    """Whether a line names the writer: "By Jane Doe, Reuters", not "By nightfall it was over."."""
    match = _BYLINE.fullmatch(text) if len(text) <= _BYLINE_CHARS else None
    return match is not None and is_title_case(match["names"])


def _mark_bylines(lines: Sequence[_Line]) -> None:
    content = _open(lines)
    for line in content[:_TAIL] + content[-_TAIL:]:
        if _is_byline(line.text):
            line.reason = "byline"
    for line in reversed(_open(lines)[-_TAIL:]):
        if not is_biography(line.text):
            break
        line.reason = "writer's biography"


_FIGURE = re.compile(r"(?!^)\d|^\d+(?! [a-z])")
_BULLETS = "-–—•*·■►▪"
_NO_LABEL_END = tuple(".!?…:;,\"'”’»)]-–—")


def _mark_headings(lines: Sequence[_Line]) -> None:
    """Mark crossheads and stray headlines, unless the text hardly uses full stops at all."""
    content = _open(lines)
    ends = [index for index, line in enumerate(content) if ends_sentence(line.text)]
    if not ends or 2 * len(ends) < len(content):
        return
    tidy = len(content) >= _TIDY_LINES and len(ends) >= _TIDY_SHARE * len(content)
    trail = len(content) - ends[-1] > 2
    for index, line in enumerate(content):
        follower = content[index + 1].text if index + 1 < len(content) else ""
        # A line that goes on in small letters is a sentence that was cut in two.
        if not follower[:1].islower():
            stray = tidy or (trail and index > ends[-1])
            line.reason = _heading_reason(line, stray=stray)


def _heading_reason(line: _Line, *, stray: bool) -> str | None:
    text, words = line.text, len(line.key)
    if ends_sentence(text) or text[0] in _BULLETS or not words:
        return None
    if text.isupper() and 3 <= words <= _RELATED_WORDS and not text.endswith((":", ",")):
        return "related headline"
    # Figures are what readers check, so a line that has some is kept ("5 things to know" has none).
    if text.endswith(_NO_LABEL_END) or _FIGURE.search(text):
        return None
    if is_title_case(text) and 3 <= words <= _RELATED_WORDS:
        return "related headline"
    if words <= _HEADING_WORDS and text[0].isupper():
        return "heading"
    return "related headline" if stray and words <= _STRAY_WORDS else None
