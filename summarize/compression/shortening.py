"""A sentence without some of its cuts, and whether a rewriting lost more than its cuts."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from typing import TYPE_CHECKING

from summarize.compression.asides import SURE, Cut
from summarize.compression.cuts import cuts, loose

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["compressions", "longest_loss", "loses_more", "tightened", "without"]

_COMMAS = frozenset({",", ";"})
_CLOSING = frozenset(".,;:!?…)]%”’'")
# So many give 15 compressions of a sentence; hardly any sentence has more. Chosen.
_MOST_CUTS = 4


def compressions(doc: "Doc") -> list[str]:
    """The sentence without one or several of its widest cuts: shorter sentences, all different."""
    possible = _widest(cuts(doc))[:_MOST_CUTS]
    sets = (s for size in range(1, len(possible) + 1) for s in combinations(possible, size))
    texts = (tightened(doc), *(without(doc, chosen) for chosen in sets))
    return [text for text in dict.fromkeys(texts) if text]


def tightened(doc: "Doc") -> str:
    """The sentence without its cuts that need no second opinion; "" where there are none."""
    sure = _widest([cut for cut in cuts(doc) if cut.kind in SURE])
    return without(doc, sure) if sure else ""


def loses_more(text: "Doc", source: "Doc") -> bool:
    """Whether `text`, made from `source`, lacks a word of it that is in no cut it lacks as a whole.

    Beside the cuts, a writer may leave out the second of two joined verbs with what belongs to it,
    and a circumstance ("during a storm"). Words are compared without case; those that `text` adds
    are not looked at.
    """
    kept, words = _spelled(text), _spelled(source)
    matcher = SequenceMatcher(
        None, [t.lower_ for t in words], [t.lower_ for t in kept], autojunk=False
    )
    matched = {
        words[i].i
        for block in matcher.get_matching_blocks()
        for i in range(block.a, block.a + block.size)
    }
    lost = {token.i for token in words} - matched
    allowed = (*cuts(source), *loose(source))
    whole = ({t.i for t in words if cut.start <= t.i < cut.end} for cut in allowed)
    return bool(lost - {i for cut in whole if cut <= lost for i in cut})


def longest_loss(source: "Doc") -> int:
    """How many words of the sentence can go at most before `loses_more` holds of what is left."""
    gone = {i for cut in (*cuts(source), *loose(source)) for i in range(cut.start, cut.end)}
    return sum(token.i in gone for token in _spelled(source))


def _spelled(doc: "Doc") -> "list[Token]":
    return [token for token in doc if not token.is_punct and not token.is_space]


def without(doc: "Doc", chosen: Sequence[Cut]) -> str:
    """The sentence without the cuts, its commas, spaces and first letter put right."""
    gone = {i for cut in chosen for i in range(cut.start, cut.end)}
    for cut in chosen:
        gone.update(_commas(doc, cut, gone))
    kept = [token for token in doc if token.i not in gone]
    if not kept:
        return ""
    text = ""
    for token, following in zip(kept, [*kept[1:], None], strict=True):
        if token.text == "." and text.endswith("."):  # behind an abbreviation: "D-Calif."
            continue
        space = token.whitespace_
        if following is not None and following.i > token.i + 1:
            space = "" if _closes(following) else " "
        text += token.text + space
    first = kept[0]
    if first.i > 0 and first.text.islower():
        text = text[0].upper() + text[1:]
    return text.strip()


def _closes(token: "Token") -> bool:
    """Whether no space stands before the token."""
    if token.text == '"':
        return bool(token.whitespace_) or token.i + 1 == len(token.doc)
    return token.text in _CLOSING or (len(token) > 1 and token.text[0] in "'’")


def _commas(doc: "Doc", cut: Cut, gone: set[int]) -> Iterator[int]:
    """The commas that go with a cut: all but one that the rest of the sentence still needs."""
    before = next((i for i in range(cut.start - 1, -1, -1) if i not in gone), None)
    after = next((i for i in range(cut.end, len(doc)) if i not in gone), None)
    closes = after is not None and doc[after].text in _COMMAS
    if before is None:
        if closes and after is not None:
            yield after
        return
    opens = doc[before].text in _COMMAS
    if opens and (closes or after is None or doc[after].text == "."):
        yield before
    if opens and closes and after is not None and not _needs_comma(doc, before, after):
        yield after


def _needs_comma(doc: "Doc", opening: int, closing: int) -> bool:
    """Whether what stands before the cut's commas is also set off from what stands behind them."""
    if opening == 0 or closing + 1 >= len(doc):
        return False
    last, following = doc[opening - 1], doc[closing + 1]
    if following.dep_ == "cc" or following.tag_ in {"VBG", "VBN", "WP", "WDT"}:
        return True
    if following.is_quote and doc[0].is_quote:  # "We lost," said Reed, "and ..."
        return True
    above = {following.i, *(token.i for token in following.ancestors)}
    while last.head.i not in above and last.dep_ != "ROOT":
        if last.left_edge.i and doc[last.left_edge.i - 1].text == ",":
            return True
        last = last.head
    return last.i < following.i and last.dep_ in {"advcl", "ccomp", "npadvmod", "prep"}


def _widest(found: Sequence[Cut]) -> list[Cut]:
    """The cuts that lie in no other one."""
    return [
        cut
        for cut in found
        if not any(o != cut and o.start <= cut.start and cut.end <= o.end for o in found)
    ]
