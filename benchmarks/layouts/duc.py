"""The multi-document tasks of DUC and TAC, as NIST hands them out.

Names of folders and files are described by sacrerouge/datasets/duc_tac of the repository
danieldeutsch/sacrerouge and by danieldeutsch/duc-tac-data. The documents are old SGML, whose tags
are not always closed: they are read by their tags alone, and nothing they name is ever loaded.
"""

import html
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.layouts.common import (
    Document,
    LayoutError,
    clean,
    day,
    example,
    existing,
    read,
    shown,
)
from benchmarks.records import Example

__all__ = ["duc"]

_TOPIC = re.compile(r"d\d+[a-z](?:-[a-z])?", re.IGNORECASE)
# Topic, document set, M for model, words, selector of the topic, author (systems are numbers).
_MODEL = re.compile(
    r"(d\d+)(-[a-z])?\.m\.(\d+)\.([a-z])\.[a-z](?:\.txt)?",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
# Typesetting commands of the New York Times, such as &LR; and &UR;.
_TYPESETTING = re.compile(r"&(?!LT;|GT;)[A-Z]{2};")
_PARAGRAPH = re.compile(r"\n[ \t]*\n|\n(?=\t| {2,})")
_DAY = re.compile(r"(?<!\d)((?:19|20)?\d{2})(\d{2})(\d{2})(?=[.-])")
_HINT = "Name a folder that holds the documents and the models of one task."

# Model summaries of a topic: file name to file, as a release has copies of them.
_Models = dict[str, Path]


def duc(path: Path) -> Iterator[Example]:
    """The topics of a task, by path; `path` holds the documents and, at any depth, the models.

    DUC 2003 to 2007 have docs/d30001t/APW19981016.0240 and models/D30001.M.100.T.A, TAC has
    D0801A/D0801A-A/AFP_ENG_20050115.0485 and models/D0801-A.M.100.A.A: a model's last letter is its
    author, and all of a topic's models become references, a sentence a line. A topic without a
    model, or with models of several lengths, raises `LayoutError`. Dates are read from the names of
    documents first.
    """
    models = _models(existing(path))
    topics = [
        folder
        for folder in sorted(path.rglob("*"))
        if _TOPIC.fullmatch(folder.name) and folder.is_dir() and _files(folder)
    ]
    if not topics:
        raise LayoutError(f"{shown(path)} has no topic folder such as d30001t or D0801A-A.", _HINT)
    for topic in topics:
        found = models.get(topic.name.casefold(), {})
        references = [_lines(found[name]) for name in sorted(found)]
        if not any(references):
            raise LayoutError(f"{shown(topic)} has no model summary with text.", _HINT)
        if len({name.split(".")[2] for name in found}) > 1:
            raise LayoutError(f"{shown(topic)} has model summaries of several lengths.", _HINT)
        documents = [document for file in _files(topic) for document in _documents(file)]
        name = shown(topic.relative_to(path))
        yield from example(name, documents, list(filter(None, references)))


def _models(path: Path) -> dict[str, _Models]:
    models: dict[str, _Models] = {}
    for file in sorted(path.rglob("*")):
        if (match := _MODEL.fullmatch(file.name)) and file.is_file():
            topic, documents, _, selector = match.groups()
            key = f"{topic}{selector}{documents or ''}".casefold()
            models.setdefault(key, {}).setdefault(file.name.casefold(), file)
    return models


def _files(folder: Path) -> list[Path]:
    return sorted(
        file
        for file in folder.iterdir()
        if file.is_file() and not file.name.startswith(".") and not _MODEL.fullmatch(file.name)
    )


def _lines(file: Path) -> str:
    return "\n".join(filter(None, map(str.strip, clean(read(file)).split("\n"))))


def _documents(file: Path) -> Iterator[Document]:
    content = clean(read(file))
    for attributes, body in list(_elements(content, "DOC")) or [("", content)]:
        text = _first(body, "TEXT", "GRAPHIC")
        if text is None:
            raise LayoutError(f"{shown(file)} holds a document without <TEXT>.")
        named = re.search(r"\bid\s*=\s*[\"']?([\w.-]+)", attributes, re.IGNORECASE)
        name = _flat(_first(body, "DOCNO") or "") or (named[1] if named else file.name)
        source = re.match("[A-Za-z]*", name)
        yield Document(
            text=_paragraphs(text),
            title=_flat(_first(body, "HEADLINE", "HEAD", "HL") or ""),
            date=_date(name, _flat(_first(body, "DATE_TIME", "DATE") or "")),
            source=source[0] if source else "",
        )


def _elements(content: str, tag: str) -> Iterator[tuple[str, str]]:
    """Attributes and content of each such element, up to the next tag of its name."""
    parts = re.split(rf"<(/?){tag}\b([^<>]*)>", content, flags=re.IGNORECASE)
    for slash, attributes, inside in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        if not slash:
            yield attributes, inside


def _first(content: str, *tags: str) -> str | None:
    found = [inside for tag in tags for _, inside in _elements(content, tag)]
    return next((inside for inside in found if _flat(inside)), found[0] if found else None)


def _paragraphs(content: str) -> str:
    """The text a paragraph a line: <P>, or else blank and indented lines, tell them apart."""
    parts = re.split(r"</?P\b[^<>]*>", content, flags=re.IGNORECASE)
    if len(parts) == 1:
        parts = _PARAGRAPH.split(content)
    return "\n".join(filter(None, map(_flat, parts)))


def _flat(content: str) -> str:
    plain = html.unescape(_TYPESETTING.sub(" ", _TAG.sub(" ", content)))
    return " ".join(plain.split())


def _date(name: str, stated: str) -> str:
    """The day in a document's name (AP880217-0100, NYT19981016.0240), or else the stated one."""
    if match := _DAY.search(name):
        year, *rest = map(int, match.groups())
        try:
            return date(year if year > 99 else 1900 + year, *rest).isoformat()
        except ValueError:
            pass
    return day(stated)
