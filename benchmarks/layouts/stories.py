"""Sets of one article a file: the stories of CNN and the Daily Mail, and XSum.

The .story files are described in the repository abisee/cnn-dailymail (README.md,
make_datafiles.py); the files of XSum in EdinburghNLP/XSum (XSum-Dataset/README.md and its issue
22, which settles what is the reference) and datasets/xsum of huggingface/datasets.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.layouts.common import (
    Document,
    LayoutError,
    clean,
    example,
    files_under,
    read,
    shown,
)
from benchmarks.records import Example

__all__ = ["cnn_dailymail", "xsum"]

_HIGHLIGHT = re.compile(r"^[ \t]*@highlight\b", re.MULTILINE)
_SECTION = re.compile(r"^\[(?:SN|XSUM)\]([A-Z-]+)\[(?:SN|XSUM)\][ \t]*$", re.MULTILINE)
# Buttons of the page, which datasets/xsum of huggingface/datasets drops.
_BUTTONS = frozenset(
    {
        "Share this with",
        "Email",
        "Facebook",
        "Messenger",
        "Twitter",
        "Pinterest",
        "WhatsApp",
        "LinkedIn",
        "Linkedin",
        "Copy this link",
        "These are external links and will open in a new window",
    }
)


def cnn_dailymail(path: Path) -> Iterator[Example]:
    """The stories of a folder of .story files, at any depth, sorted by path; or one such file.

    A story is the paragraphs of the article, then "@highlight" and a line of the summary, as often
    as it has lines. The reference has one highlight a line. Put the stories of one split in a
    folder: the published lists of URLs name them by SHA-1.
    """
    for file in files_under(path, [".story"]):
        article, *highlights = map(_paragraphs, _HIGHLIGHT.split(clean(read(file))))
        reference = "\n".join(filter(None, highlights))
        if not reference:
            raise LayoutError(f"{shown(file)} has no @highlight with text.")
        yield from example(_name(path, file), [Document(article)], [reference])


def xsum(path: Path) -> Iterator[Example]:
    """The articles of a folder of .summary (or .data) files, at any depth; or one such file.

    The reference is the first sentence, the document the rest of the body. The title is not used,
    as in the paper. The published list of a split names the files by BBC id.
    """
    for file in files_under(path, [".summary", ".data"]):
        _, *parts = _SECTION.split(clean(read(file)))
        bodies = (_paragraphs(part, without=_BUTTONS) for part in parts[1::2])
        sections = dict(zip(parts[::2], bodies, strict=True))
        reference = sections.get("FIRST-SENTENCE") or sections.get("INTRODUCTION")
        if not reference:
            raise LayoutError(f"{shown(file)} has no [SN]FIRST-SENTENCE[SN] with text.")
        if "RESTBODY" not in sections:
            raise LayoutError(f"{shown(file)} has no [SN]RESTBODY[SN].")
        yield from example(_name(path, file), [Document(sections["RESTBODY"])], [reference])


def _paragraphs(value: str, without: frozenset[str] = frozenset()) -> str:
    found = (line.strip() for line in value.split("\n"))
    return "\n".join(line for line in found if line and line not in without)


def _name(path: Path, file: Path) -> str:
    relative = Path(file.name) if file == path else file.relative_to(path)
    return shown(relative.with_suffix(""))
