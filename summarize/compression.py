"""Sentence compression: what can be left out of a sentence so that a true sentence remains.

Only what is set off from the rest, and grammatically whole, may go: what an editor would strike
without asking. Everything that can bind the statement (a condition, a place, a time, an
attribution, a contrast, a restrictive clause, one part of a list) has to stay. Dependencies are
spaCy's; a wrong parse is met with conditions on commas and neighbours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Cut", "compressions", "cuts", "longest_loss", "loses_more", "without"]


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """Tokens `start` to `end` (exclusive) of a parsed sentence that can go, commas not counted."""

    start: int
    end: int
    kind: str


_ADVERBS = frozenset("additionally also furthermore however indeed meanwhile moreover".split())  # noqa: SIM905
# A clause that one of these opens binds what the sentence says.
_BINDING = frozenset(
    """although assuming barring before citing but depending despite except excluding given if lest
    once pending provided providing subject than though unless unlike until versus whenever whereas
    whether while without""".split()  # noqa: SIM905
)
_COMMAS = frozenset({",", ";"})
_DASHES = frozenset({"–", "—", "--", "-"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CIRCUMSTANCES = frozenset({"alongside", "amid", "during", "following"})
_MONTHS = frozenset("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())  # noqa: SIM905
_MOST_CUTS = 4
# Brackets and dashes among the first tokens belong to a dateline.
_DATELINE = 4
_SHORTEST_CONJUNCT = 4


def cuts(doc: "Doc") -> tuple[Cut, ...]:
    """What can be left out of the parsed sentence, in order, each on its own.

    Nothing where the main verb has no subject: there the parse is wrong, or it is no statement.
    """
    subjects = (
        child.dep_ in _SUBJECTS for token in doc if token.dep_ == "ROOT" for child in token.children
    )
    if not any(subjects):
        return ()
    found = {cut for token in doc for cut in _cuts_at(doc, token)} | set(_asides(doc))
    return _outside_speech(doc, found)


def _outside_speech(doc: "Doc", found: set[Cut]) -> tuple[Cut, ...]:
    spoken = _spoken(doc)
    return tuple(sorted(cut for cut in found if not spoken & {cut.start, cut.end - 1}))


def compressions(doc: "Doc") -> list[str]:
    """The sentence without one or several of its widest cuts: shorter sentences, all different."""
    possible = _widest(cuts(doc))[:_MOST_CUTS]
    sets = (s for size in range(1, len(possible) + 1) for s in combinations(possible, size))
    texts = (without(doc, chosen) for chosen in sets)
    return [text for text in dict.fromkeys(texts) if text]


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
    allowed = (*cuts(source), *_outside_speech(source, set(_loose(source))))
    whole = ({t.i for t in words if cut.start <= t.i < cut.end} for cut in allowed)
    return bool(lost - {i for cut in whole if cut <= lost for i in cut})


def longest_loss(source: "Doc") -> int:
    """How many words of the sentence can go at most before `loses_more` holds of what is left."""
    allowed = (*cuts(source), *_outside_speech(source, set(_loose(source))))
    gone = {i for cut in allowed for i in range(cut.start, cut.end)}
    return sum(token.i in gone for token in _spelled(source))


def _loose(doc: "Doc") -> Iterator[Cut]:
    """What can go only if the rest reads well without it, which a writer has to find."""
    for token in doc:
        start, end = token.left_edge.i, token.right_edge.i + 1
        if end - start != sum(1 for _ in token.subtree) or _is_binding(doc, token, start):
            continue
        if token.dep_ == "prep" and token.lower_ in _CIRCUMSTANCES and token.head.pos_ == "VERB":
            yield Cut(start, end, "circumstance")
        siblings = [c for c in (*token.head.children, *token.children) if c.dep_ == "conj"]
        verbal = token.pos_ == token.head.pos_ == "VERB" and end - start >= _SHORTEST_CONJUNCT
        joined = token.dep_ == "conj" and doc[start - 1].lower_ == "and"
        if joined and verbal and siblings == [token]:
            yield Cut(start - 1, end, "conjunct")


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
        space = token.whitespace_
        if following is not None and following.i > token.i + 1:
            closing = following.is_punct and following.text not in {"(", "[", "“", "‘", *_DASHES}
            space = "" if closing or following.text.startswith(("'", "’")) else " "
        text += token.text + space
    first = kept[0]
    if first.i > 0 and first.text.islower():
        text = text[0].upper() + text[1:]
    return text.strip()


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
    above = {following.i, *(token.i for token in following.ancestors)}
    while last.head.i not in above and last.dep_ != "ROOT":
        if last.left_edge.i and doc[last.left_edge.i - 1].text == ",":
            return True
        last = last.head
    return last.i < following.i and last.dep_ in {"advcl", "ccomp", "npadvmod", "prep"}


def _spoken(doc: "Doc") -> set[int]:
    """The tokens between quotation marks: nobody's words are shortened."""
    inside: set[int] = set()
    opened: int | None = None
    for token in doc:
        if token.text in {'"', "“", "”"}:
            if opened is not None and token.text != "“":
                inside.update(range(opened + 1, token.i))
                opened = None
            else:
                opened = token.i
    return inside | (set(range(opened, len(doc))) if opened is not None else set())


def _cuts_at(doc: "Doc", token: "Token") -> Iterator[Cut]:
    """The cut that the token heads, if any."""
    start, end = token.left_edge.i, token.right_edge.i + 1
    if end - start != sum(1 for _ in token.subtree) or token.dep_ == "ROOT":
        return
    end -= doc[end - 1].text in {".", ",", ";"}
    if token.dep_ in {"advmod", "cc"}:
        yield from _word(doc, token)
    elif token.dep_ == "conj":
        yield from _conjunct(doc, token, start, end)
    elif not _is_binding(doc, token, start) and _can_go(doc, token, start, end):
        yield Cut(start, end, token.dep_)


def _can_go(doc: "Doc", token: "Token", start: int, end: int) -> bool:
    """Whether a subtree that binds nothing is an aside: an apposition, a clause, examples."""
    set_off = _is_set_off(doc, start, end)
    if token.dep_ in {"appos", "relcl"}:
        return set_off and _is_aside_of(doc, token, start, end)
    if token.dep_ in {"advcl", "acl"} and token.tag_ in {"VBG", "VBN"}:
        return _is_participle(doc, token, start, end)
    ends = all(t.is_punct for t in doc[end:])
    if token.dep_ == "advcl":
        return set_off and ends and doc[start].lower_ == "as"
    if token.lower_ == "with":
        return set_off and ends and token.head.dep_ == "ROOT" and token.head.lemma_ != "be"
    return set_off and token.text.lower() == "including"


def _word(doc: "Doc", token: "Token") -> Iterator[Cut]:
    """A connective that only links the sentence to the one before."""
    if token.dep_ == "cc" and token.i == 0 and token.lower_ in {"and", "but"}:
        yield Cut(0, 1, "connective")
    elif token.lower_ in _ADVERBS and token.left_edge == token.right_edge == token:
        before = doc[token.i - 1].lower_ if token.i else ""
        if before not in {"but", "not", "n't", "only"}:
            yield Cut(token.i, token.i + 1, "connective")


def _is_binding(doc: "Doc", token: "Token", start: int) -> bool:
    """Whether the subtree states what the rest of the sentence depends on."""
    opening = {doc[start].lower_, *(child.lower_ for child in token.children)}
    return bool(opening & _BINDING)


def _is_set_off(doc: "Doc", start: int, end: int) -> bool:
    """Whether commas stand around the tokens, or a comma and the sentence's end."""
    if start == 0 or doc[start - 1].text != "," or end >= len(doc):
        return False
    return doc[end].text in {",", ".", ";"} and end - start > 1


def _is_aside_of(doc: "Doc", token: "Token", start: int, end: int) -> bool:
    """Whether an apposition or relative clause is one, and no part of a list or restrictive."""
    if any(child.dep_ in {"conj", "cc"} for child in token.head.children if child.i < start):
        return False
    follows = doc[end + 1] if end + 1 < len(doc) else None
    if doc[end].text == "," and follows is not None and follows.dep_ == "cc":
        return False
    if token.dep_ == "appos":
        named = token.pos_ == "PROPN" and token.head.pos_ != "PROPN"
        dated = token.text[:3] in _MONTHS
        return (
            token.head.dep_ != "conj" and token.pos_ in {"NOUN", "PROPN"} and not (named or dated)
        )
    return doc[start].tag_ in {"WDT", "WP", "WP$", "WRB", "IN"} or doc[start + 1].tag_ in {
        "WDT", "WP", "WP$",
    }  # fmt: skip


def _is_participle(doc: "Doc", token: "Token", start: int, end: int) -> bool:
    """Whether a participle's clause opens the sentence, or ends it behind a comma."""
    if any(child.dep_ in {*_SUBJECTS, "mark"} for child in token.children):
        return False
    following = doc[end].text if end < len(doc) else ""
    if start == 0:
        return token.i <= 1 and following == "," and token.head.dep_ in {"ROOT", "ccomp"}
    if doc[start - 1].text != "," or token.i - start > 1:
        return False
    inside = token.dep_ == "acl" and token.tag_ == "VBN" and following == ","
    return inside or all(t.is_punct for t in doc[end:])


def _conjunct(doc: "Doc", token: "Token", start: int, end: int) -> Iterator[Cut]:
    """The second of two main statements, joined by a comma and "and"."""
    head = token.head
    if head.dep_ != "ROOT" or token.pos_ not in {"VERB", "AUX"} or start < 2:
        return
    joined = doc[start - 1]
    alone = sum(child.dep_ == "conj" for child in (*head.children, *token.children)) == 1
    finite = token.tag_ in _FINITE or any(
        c.dep_ in {"aux", "auxpass"} and c.tag_ in _FINITE for c in token.children
    )
    ends = all(t.is_punct for t in doc[end:])
    set_off = joined.lower_ == "and" and doc[start - 2].text == ","
    if set_off and alone and finite and ends and end - start >= _SHORTEST_CONJUNCT:
        yield Cut(start - 1, end, "conjunct")


def _asides(doc: "Doc") -> Iterator[Cut]:
    """What stands in brackets or between dashes, and "for example"."""
    yield from _bracketed(doc)
    yield from _dashed(doc)
    for token in doc[1:-2]:
        example = token.lower_ == "for" and doc[token.i + 1].lower_ in {"example", "instance"}
        if example and _is_set_off(doc, token.i, token.i + 2):
            yield Cut(token.i, token.i + 2, "connective")


def _bracketed(doc: "Doc") -> Iterator[Cut]:
    opened: int | None = None
    for token in doc[_DATELINE:]:
        if token.text == "(":
            opened = token.i
        elif token.text == ")" and opened is not None:
            yield Cut(opened, token.i + 1, "aside")
            opened = None


def _dashed(doc: "Doc") -> Iterator[Cut]:
    """What stands between two dashes, or between one and the end if it is an apposition."""
    dashes = [t.i for t in doc if t.text in _DASHES and t.whitespace_ and doc[t.i - 1].whitespace_]
    if not dashes or dashes[0] <= _DATELINE:
        return
    if len(dashes) == 2:
        after = doc[dashes[1] + 1]
        if after.tag_ not in {"VBG", "VBN"} and after.dep_ != "cc":
            yield Cut(dashes[0], dashes[1] + 1, "aside")
    elif len(dashes) == 1 and doc[-1].text == ".":
        heads = [t for t in doc[dashes[0] + 1 : -1] if t.head.i < dashes[0]]
        if len(heads) == 1 and heads[0].dep_ == "appos" and heads[0].pos_ == "NOUN":
            yield Cut(dashes[0], len(doc) - 1, "aside")


def _widest(found: Sequence[Cut]) -> list[Cut]:
    """The cuts that lie in no other one."""
    return [
        cut
        for cut in found
        if not any(o != cut and o.start <= cut.start and cut.end <= o.end for o in found)
    ]
