"""Words of a quotation that stand in the place of those that the source quotes."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarize.scoring.alignment import changes, likeness
from summarize.words import STOP_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["misquoted"]

_QUOTATION = re.compile(r"“([^“”]+)”|\"([^\"]+)\"")
# Words that a quotation must have to be compared, and their share that is the source's; with 2 to 8
# and .4 to .8 nothing changes (benchmarks/studies/thresholds.py).
_SHORTEST = 4
_QUOTED = 0.6
# Words in a row that may be others in a quotation: of the edits of SummEdits 60 are caught with 1,
# 65 with 2 and 3, 66 with 5 and 8; no true text is flagged by any.
_LONGEST = 3


def misquoted(doc: "Doc", source: "Doc") -> Iterator[tuple["Token", int, int]]:
    """Words that stand in a quotation in the place of others, with the place of those.

    What the source says must else be the quotation, word for word; "[he]" may stand for anything.
    """
    spans = [match.span() for match in _QUOTATION.finditer(doc.text)]
    spans = [span for span in spans if _is_nearly_in(doc.text[span[0] + 1 : span[1] - 1], source)]
    for change in changes(doc.text, source.text) if spans else ():
        ours = [t for t in doc if change.start <= t.idx < change.end]
        theirs = [t for t in source if change.source_start <= t.idx < change.source_end]
        quoted = any(start < change.start and change.end < end for start, end in spans)
        if not quoted or not (0 < len(ours) <= _LONGEST and 0 < len(theirs) <= _LONGEST):
            continue
        words = [t for t in ours if t.lower_ not in STOP_WORDS and t.is_alpha]
        others = [t for t in theirs if t.is_alpha]
        same = {t.lower_[:4] for t in words} & {t.lower_[:4] for t in others}
        if words and others and not same:
            yield words[0], change.source_start, change.source_end


def _is_nearly_in(quoted: str, source: "Doc") -> bool:
    plain = "[" not in quoted and "…" not in quoted and "..." not in quoted
    return plain and len(quoted.split()) >= _SHORTEST and likeness(quoted, source.text) >= _QUOTED
