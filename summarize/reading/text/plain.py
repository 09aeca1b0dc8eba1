"""Plain text and Markdown: what their first lines state about the article."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import islice, pairwise

from summarize.reading.build import Draft
from summarize.reading.text.dates import find_date

__all__ = [
    "FURNITURE",
    "PANEL",
    "dated",
    "header_lines",
    "is_headline",
    "read_markdown",
    "read_text",
]

# Lines such as "Source: Reuters" are headers near the top only: further down they are content.
_HEADER_REGION = 8
_HEADER = re.compile(
    r"(?P<field>title|headline|source|publisher|published(?: on| at)?|publication date|date"
    r"|posted(?: on| at)?|(?:last |first )?updated(?: on| at)?|by|authors?|byline|url|link|section)"
    r"(?:\s*[:|]\s*|(?:(?<=by)|(?<=published)|(?<=posted)|(?<=updated)|(?<= on)|(?<= at))\s+)"
    r"(?P<value>\S.*)",
    re.IGNORECASE,
)
_FIELDS = {"headline": "title", "publisher": "source", "link": "url", "byline": "by"}
_MAX_HEADER_CHARS = 160
# What a press release says of itself above its title.
_RELEASE = re.compile(r"(?:for immediate|press|news|media) release\W*", re.IGNORECASE)
# "Sunday, 11 December 2016, 4:15 pm GMT" and nothing else on the line.
_DATE_LINE = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sun)(?:day)?,?\s+)?"
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}"
    r"|[a-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?\s*,?\s+\d{4}"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[a-z]{3,9}\.?,?\s+\d{4})"
    r"(?:[\s,|T–-]*(?:at\s+)?\d{1,2}[:.]\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?"
    r"\s*(?:Z|[+-]\d{2}:?\d{2}|[a-z]{2,4})?)?\.?",
    re.IGNORECASE,
)
# "The Dockside Weekly — 16 May 2025": who published it, and when. In 65 thousand articles of known
# days five have such a line above their first sentence, all right, four below it, all wrong.
_OUTLET = re.compile(
    r"[A-Z][\w.&'’-]*(?: (?:[A-Z&][\w.&'’-]*|of|the|and)){0,4}\s*(?:,|[|·•/—–-](?=\s))\s*"
)
# Of 2,500 titles of US outlets, 99 in 100 have 3 to 20 words.
_HEADLINE_WORDS = range(3, 21)
_HEADLINE_CHARS = 200
_NO_HEADLINE_END = tuple(".:;,…-–—")
_ABBREVIATED = "".join(
    rf"(?<!\b{word})"
    for word in ("Dr", "Gen", "Gov", "Jr", "Lt", "Mr", "Mrs", "Ms", "Rep", "Sen", "St")
)
# Two sentences, or a picture's credit: a caption that opens the article.
_CAPTION = re.compile(
    rf"[a-z\d)\"”’]{_ABBREVIATED}[.!?][\"”’)]? +[\"“‘(]?[A-Z]|\b(?:AP|Reuters|Getty|AFP)\)?$"
    r"|Getty Images|[Cc]aption|copyright|\((?:AP|Photo|Reuters|Getty|Image)|\bPhoto(?:graph)?:"
)
# What a page puts above its list of points. Glued to the first of them it seems a headline.
PANEL = re.compile(r"(?:Story [Hh]ighlights|STORY HIGHLIGHTS|KEY POINTS)\s*(?=[A-Z\d“\"‘'$£€])")
# What it puts before the words below a picture, and when it was changed: neither is a title.
FURNITURE = re.compile(
    r"(?:image|media|video|photo) (?:caption|copyright|source)\b"
    r"|(?:first |last )?(?:updated|published|posted):? (?:on |at )?"
    r"(?:\d|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]{0,6}\b[., ]*(?:\d|[a-z]{3,9}\b[., ]*\d))",
    re.IGNORECASE,
)
_QUESTION_WORDS = 10
_QUOTES = "\"'”’)"
_FULL_STOP = re.compile(r"[.!?…][\"'”’)]*$")

# In wrapped text every second line or so goes on in lower case; where a line is a paragraph, none.
_MIN_GOING_ON = 0.3
_MAX_WRAP_WIDTH = 120
_FULL_LINE = 0.6

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_FIELD = re.compile(r"^(\w+)[ \t]*:[ \t]*(\S.*)", re.MULTILINE)
_MARKUP = (
    (re.compile(r"^\s{0,3}(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)"), ""),
    (re.compile(r"\[([^\[\]\n]+)\]\([^()\s]*(?:\s+\"[^\"\n]*\")?\)"), r"\1"),
    (re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+", re.MULTILINE), ""),
    # An item that is a sentence is one; of the others the bullet says that they are items.
    (re.compile(r"^[ \t]{0,3}[-*+][ \t]+(?=\S.*[.!?…][\"'”’)*_]*[ \t]*$)", re.MULTILINE), ""),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])([^_\n]+?)(?<=\S)\1(?!\w)"), r"\2"),
)
_FIRST_HEADING = re.compile(r"\A\s*#[ \t]+(.+)")


def header_lines(lines: Sequence[str]) -> dict[int, tuple[str, str]]:
    """The lines near the top that state something about the article: index to (field, value).

    Fields are "title", "source", "date", "updated", "by", "url", "section" and "release"; "day" is
    a date that stands alone below a sentence, and seldom the article's (2 of 10 in articles with
    known dates).
    """
    found: dict[int, tuple[str, str]] = {}
    told = False
    for index, line in enumerate(lines[:_HEADER_REGION]):
        text = line.strip()
        if not text or len(text) > _MAX_HEADER_CHARS:
            told = told or bool(text)
        elif _is_day(text):
            found[index] = ("day" if told else "date", text)
        elif header := _header(text):
            found[index] = header
        elif _RELEASE.fullmatch(text):
            found[index] = ("release", text)
        elif not told and (outlet := _OUTLET.match(text)) and _is_day(text[outlet.end() :]):
            found[index] = ("date", text)
        else:
            told = told or (_FULL_STOP.search(text) is not None and not is_headline(text))
    return found


def _is_day(text: str) -> bool:
    return _DATE_LINE.fullmatch(text) is not None and find_date(text) is not None


def _header(text: str) -> tuple[str, str] | None:
    match = _HEADER.fullmatch(text)
    if match is None:
        return None
    field, value = match["field"].lower(), match["value"].strip()
    if field.startswith(("published", "publication", "posted", "last", "first", "updated", "date")):
        kind = "updated" if field.startswith(("last", "updated")) else "date"
        return (kind, value) if find_date(value) else None
    if field in ("by", "byline", "author", "authors"):
        # "By nightfall, fighting went on." is a sentence; "By Jane Doe, Reuters" is not.
        names = value[:1].isupper() and not _FULL_STOP.search(value) and len(value.split()) <= 12
        return ("by", value) if names else None
    if field == "section" and len(value.split()) > 4:
        return None
    return (_FIELDS.get(field, field), value)


def is_headline(line: str) -> bool:
    """Whether a line could be a title: some words, not many, and not a sentence of a report.

    Only a short question or exclamation counts, as longer ones open many an article.
    """
    text = line.strip()
    words = len(text.split())
    if len(text) > _HEADLINE_CHARS or text.endswith(_NO_HEADLINE_END) or _CAPTION.search(text):
        return False
    if PANEL.match(text) or FURNITURE.match(text):
        return False
    if _FULL_STOP.search(text):
        asks = "." not in text and text.rstrip(_QUOTES).endswith(("?", "!"))
        return asks and words in range(_HEADLINE_WORDS.start, _QUESTION_WORDS + 1)
    return words in _HEADLINE_WORDS


def read_text(text: str) -> Draft:
    """The draft of a plain text; title, source and date only from lines that state them."""
    text = _unwrapped(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    headers = header_lines(lines)
    stated: dict[str, str] = {}
    for field, value in headers.values():
        stated.setdefault(field, value)
    title = stated.get("title")
    if title is None:
        first = next((index for index in range(len(lines)) if index not in headers), None)
        if first is not None and is_headline(lines[first]) and _has_body(lines[first + 1 :]):
            title = lines[first]
    return Draft(text, title, stated.get("source"), _published(headers))


def dated(draft: Draft) -> Draft:
    """The draft of any kind of file with the day that its first lines state, if nothing else does.

    The line may be as short as "16 May 2025": whoever saves a page as a Word file keeps no more.
    """
    if draft.published:
        return draft
    lines = (line.strip() for line in draft.text.splitlines())
    top = list(islice((line for line in lines if line), _HEADER_REGION))
    return replace(draft, published=_published(header_lines(top)))


def _unwrapped(text: str) -> str:
    """The text with the line ends inside paragraphs as spaces, if its lines are cut at a width.

    One character for one, so offsets still point into the file. Most texts have a line for each
    paragraph and come back as they are.
    """
    lines = text.split("\n")
    pairs = [(above, below) for above, below in pairwise(lines) if above.strip() and below.strip()]
    width = max(map(len, lines))
    going_on = sum(below.lstrip()[0].islower() for _, below in pairs)
    if not pairs or width > _MAX_WRAP_WIDTH or going_on < _MIN_GOING_ON * len(pairs):
        return text
    joined = [lines[0]]
    for above, below in pairwise(lines):
        indented = len(below) - len(below.lstrip()) > len(above) - len(above.lstrip())
        full = len(above.rstrip()) >= _FULL_LINE * width
        ends = " " if above.strip() and below.strip() and full and not indented else "\n"
        joined += [ends, below]
    return "".join(joined)


def _has_body(lines: Sequence[str]) -> bool:
    return any(_FULL_STOP.search(line) for line in lines)


def _published(headers: dict[int, tuple[str, str]]) -> date | None:
    """The date line's date, else one of a change, else one that stands in a by-line."""
    for wanted in ("date", "updated", "by"):
        for field, value in headers.values():
            if field == wanted and (day := find_date(value)):
                return day
    return None


def read_markdown(text: str) -> Draft:
    """The draft of a Markdown text, without front matter and markup."""
    front: dict[str, str] = {}
    if match := _FRONT_MATTER.match(text):
        text = text[match.end() :]
        for name, value in _FRONT_FIELD.findall(match[1]):
            front.setdefault(name.lower(), value.strip().strip("\"'"))
    heading = _FIRST_HEADING.match(text) is not None
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    plain = read_text(text)
    first_line = text.strip().partition("\n")[0] if heading else None
    return Draft(
        text=plain.text,
        title=front.get("title") or first_line or plain.title,
        source=front.get("source") or front.get("publisher") or plain.source,
        published=find_date(front.get("date") or front.get("published") or "") or plain.published,
    )
