"""Cutting a parsed sentence so that a sentence remains: set-off clauses, appositions, adjuncts.

Conditions, hedges, negations and attributions are never cut. Tokens are spaCy's.
"""

import re
from collections.abc import Sequence
from typing import Any

__all__ = ["Cut", "cuttable", "prune"]

_KEPT_MARKS = frozenset(
    "if unless until once when before though although whether lest".split()  # noqa: SIM905
)
_DROPPED_ADVERBS = frozenset(
    "also however meanwhile moreover additionally furthermore indeed now still".split()  # noqa: SIM905
)
_CLOSING = frozenset(",.;")
Cut = tuple[int, int, str]
"""Start and end of a token range, and what stands there."""


def cuttable(doc: Any) -> list[Cut]:
    """Token ranges (start, end, what) that can be left out with the sentence still a sentence."""
    found: list[Cut] = []
    for token in doc:
        left, right = token.left_edge.i, token.right_edge.i
        if right - left + 1 != sum(1 for _ in token.subtree) or left == 0 == right:
            continue
        what = _adjunct(doc, token, left, right)
        if what:
            found.append((left, right + 1, what))
    for match in re.finditer(
        r"\([^()]{2,80}\)|(?<=\s)(–|—|--) [^–—]{5,80} (–|—|--)(?=\s)", doc.text
    ):
        span = doc.char_span(match.start(), match.end())
        if span is not None and span.start > 0:
            found.append((span.start, span.end, "aside"))
    return found


def _adjunct(doc: Any, token: Any, left: int, right: int) -> str:
    """What kind of cuttable adjunct the subtree of `token` is; empty if it must stay."""
    before = doc[left - 1].text if left else ""
    after = doc[right + 1].text if right + 1 < len(doc) else ""
    length = right - left + 1
    if token.dep_ in {"relcl", "appos"} and before == "," and after in _CLOSING and length > 1:
        return "apposition" if token.dep_ == "appos" else "clause"
    if token.dep_ == "advmod" and token.lower_ in _DROPPED_ADVERBS and length == 1:
        return "adverb"
    if token.dep_ == "cc" and left == 0 and token.lower_ in {"but", "and"}:
        return "opening"
    return _of_main_verb(token, before, left, (after, length))


def _of_main_verb(token: Any, before: str, left: int, end: tuple[str, int]) -> str:
    """What kind of cuttable adjunct of the main verb `token` heads, if any."""
    if token.head.dep_ != "ROOT":
        return ""
    if token.dep_ == "advcl":
        return _clause(token, before, left, end[0])
    if token.dep_ == "prep":
        return _phrase(token, before, left, end)
    ends = before in {"and", "while"} and end[0] == "." and token.pos_ in {"VERB", "AUX"}
    cut = token.dep_ == "conj" and ends and token.head.lower_ not in {"said", "says"}
    return "conjunct" if cut else ""


def _clause(token: Any, before: str, left: int, after: str) -> str:
    """What kind of cuttable adverbial clause of the main verb `token` heads, if any."""
    marks = {child.lower_ for child in token.children if child.dep_ in {"mark", "advmod"}}
    if marks & _KEPT_MARKS:
        return ""
    if before == "," and after in {".", ","}:
        return "clause"
    opens = left == 0 and after == "," and token.tag_ in {"VBG", "VBN", "VBD", "VBZ"}
    return "opening" if opens else ""


def _phrase(token: Any, before: str, left: int, end: tuple[str, int]) -> str:
    """What kind of cuttable prepositional phrase of the main verb `token` heads, if any."""
    after, length = end
    if token.lower_ in {"without", "unless"}:
        return ""
    if left == 0 and after == "," and length < 12:
        return "opening"
    if before == "," and after in _CLOSING:
        return "phrase"
    dated = any(child.ent_type_ in {"DATE", "TIME"} for child in token.children)
    return "date" if dated and left > token.head.i else ""


def prune(doc: Any, cuts: Sequence[Cut]) -> str:
    """The sentence without the token ranges `cuts`, its commas and spaces put right."""
    gone: set[int] = set()
    for start, end, what in cuts:
        gone.update(range(start, end))
        following = doc[end].text if end < len(doc) else ""
        if what == "opening" and following == ",":
            gone.add(end)
        if what == "conjunct":
            gone.add(start - 1)
            if doc[start - 2].text == ",":
                gone.add(start - 2)
        elif start and doc[start - 1].text == "," and following in {",", ".", ";"}:
            gone.add(start - 1)
            joins = end + 1 < len(doc) and doc[end + 1].dep_ == "cc"
            if what in {"clause", "apposition", "phrase"} and following == "," and not joins:
                gone.add(end)
    text = "".join(t.whitespace_ if t.i in gone else t.text_with_ws for t in doc)
    text = re.sub(r"\s+([,.;:!?])", r"\1", re.sub(r"\s+", " ", text)).strip()
    text = re.sub(r"^[,;]\s*", "", re.sub(r",+(?=[,.])", "", text))
    return text[:1].upper() + text[1:]
