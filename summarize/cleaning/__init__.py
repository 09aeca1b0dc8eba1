"""The lines of an article that are the article: not trails, credits, repeats or titles.

Nothing is rewritten. Each line (or a stretch at its beginning or end) either stays a paragraph or
becomes a `Removed` with the reason; only the title's own line is neither. Together they are the
whole text.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from summarize.cleaning.boilerplate import boilerplate_reason, cut_tails
from summarize.cleaning.bylines import author_of, mark_bylines, writer_of
from summarize.cleaning.captions import mark_captions, mark_credited
from summarize.cleaning.datelines import cut_datelines
from summarize.cleaning.headings import mark_headings, mark_link_lists
from summarize.cleaning.lines import Line, ends_sentence, folded, kept
from summarize.cleaning.repeats import mark_repeats
from summarize.cleaning.titles import TITLE, cut_panels, mark_titles, stated_title
from summarize.reading.text.plain import header_lines
from summarize.records import Article, Removed, Span

__all__ = ["clean", "clean_all"]

# Two articles may share a line by chance or as a wire copy. Chosen.
_SITE_ARTICLES = 3


def clean(article: Article) -> tuple[Article, tuple[Removed, ...]]:
    """The article with its content as `paragraphs`, and every other stretch with the reason.

    `title`, `source`, `author`, `place` and `agency` are filled in where the text shows them and
    the file states none.
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

    Sentences are left alone, as wire copies share them, and so are titles. Articles with one
    longest line are copies of one another, and count as one.
    """
    holders: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for article in articles:
        lines = [article.text[span.start : span.end] for span in article.paragraphs]
        longest = max(lines, key=len, default="")
        keys = {folded(line) for line in lines if not ends_sentence(line)}
        for key in keys - {folded(article.title or "")}:
            holders[key].add(longest)
    return frozenset(
        key for key, different in holders.items() if len(different) >= _SITE_ARTICLES and key
    )


def _clean(
    article: Article, site_lines: frozenset[tuple[str, ...]]
) -> tuple[Article, tuple[Removed, ...]]:
    lines = [Line.read(article.text, span.start, span.end) for span in article.paragraphs]
    cuts, stated = cut_panels(lines), stated_title(article.title)
    author, wire = _mark_labels(lines, folded(stated or ""), site_lines)
    title = mark_titles(lines, stated)
    mark_credited(lines)
    cut, dateline = cut_datelines(lines)
    cuts += [*cut, *cut_tails(lines)]
    mark_repeats(lines)
    mark_link_lists(lines)
    mark_bylines(lines)
    mark_captions(lines)
    mark_headings(lines)
    named = [found for line in lines if line.reason == "byline" and (found := writer_of(line.text))]
    if named and author is None:
        author, wire = named[0]
    agency = article.agency or dateline.agency or wire
    cleaned = replace(
        article,
        title=title,
        source=article.source or agency,
        author=article.author or author,
        place=article.place or dateline.place,
        agency=agency,
        paragraphs=tuple(Span(line.start, line.end) for line in kept(lines)),
    )
    return cleaned, _removed(article, lines, cuts)


def _removed(
    article: Article, lines: Sequence[Line], cuts: Sequence[tuple[int, int, str]]
) -> tuple[Removed, ...]:
    whole = [
        (line.start, line.end, line.reason)
        for line in lines
        if line.reason is not None and line.reason != TITLE
    ]
    return tuple(
        Removed(article.id, start, end, article.text[start:end], reason)
        for start, end, reason in sorted([*cuts, *whole])
    )


def _mark_labels(
    lines: Sequence[Line], title: tuple[str, ...], site_lines: frozenset[tuple[str, ...]]
) -> tuple[str | None, str | None]:
    """Mark what a line's own words give away; return the writer and agency of a header line.

    The title is left alone: "UPDATE: Trust corrects figure" reads like a link elsewhere.
    """
    headers = header_lines([line.text for line in lines])
    named = None
    for index, line in enumerate(lines):
        if index in headers:
            field, value = headers[index]
            line.reason = "byline" if field == "by" else "header"
            if field == "by" and named is None:
                named = author_of(f"By {value}")
        elif title and line.key == title:
            continue
        elif line.key in site_lines:
            line.reason = "repeated across articles"
        else:
            line.reason = boilerplate_reason(line)
    return named or (None, None)
