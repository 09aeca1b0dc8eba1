"""Lines that say again what the article says elsewhere: copies, pull quotes, captions."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from summarize.cleaning.lines import Line, folded, kept

__all__ = ["mark_repeats", "repeated_share"]

# Shorter lines ("No," he said) repeat by chance.
_REPEAT_WORDS = 5
_PASSAGE_WORDS = 6
# Every line is looked for in the whole text, so a text of very many lines is not searched.
_PASSAGE_LINES = 400
_LEAD_IN = re.compile(r"(?:\S+ ){0,2}\S{2,30}:\s*")


def mark_repeats(lines: Sequence[Line]) -> None:
    """Mark doubled captions, copies of a line, and lines that stand within a longer one.

    Of copies the first that ends as a sentence stays, else the first.
    """
    for line in kept(lines):
        half = len(line.key) // 2
        if half >= 2 and line.key[:half] == line.key[half:] and not line.sentence:
            line.reason = "doubled caption"
    _mark_copies(kept(lines))
    _mark_passages(kept(lines))


def _mark_copies(lines: Sequence[Line]) -> None:
    stays: dict[tuple[str, ...], Line] = {}
    for line in sorted(lines, key=lambda line: not line.sentence):
        lead_in = _LEAD_IN.match(line.text)
        behind = folded(line.text[lead_in.end() :]) if lead_in else ()
        keys = [key for key in (line.key, behind) if len(key) >= _REPEAT_WORDS]
        if any(key in stays for key in keys):
            line.reason = "repeated paragraph"
        for key in keys:
            stays.setdefault(key, line)


def _mark_passages(lines: Sequence[Line]) -> None:
    if len(lines) > _PASSAGE_LINES:
        return
    passages = [f" {' '.join(line.key)} " for line in lines]
    sentences = "\n".join(
        passage for line, passage in zip(lines, passages, strict=True) if line.sentence
    )
    for line, passage in zip(lines, passages, strict=True):
        if len(line.key) >= _PASSAGE_WORDS and sentences.count(passage) > line.sentence:
            line.reason = "repeated passage"


def repeated_share(line: Line, others: AbstractSet[tuple[str, ...]]) -> float:
    """The share of a line's word triples that are among the others."""
    triples = list(zip(line.key, line.key[1:], line.key[2:], strict=False))
    return sum(triple in others for triple in triples) / len(triples) if triples else 0.0
