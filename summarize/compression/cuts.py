"""What can be left out of a sentence, and a true sentence remains.

Only what is set off from the rest, and grammatically whole, may go: what an editor would strike
without asking. Everything that can bind the statement (a condition, a place, a time, an
attribution, a contrast, a restrictive clause, one part of a list) has to stay. Dependencies are
spaCy's; a wrong parse is met with conditions on commas and neighbours.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarize.compression.asides import FINITE, MONTHS, SPEECH, SUBJECTS, Cut, asides, is_set_off
from summarize.speech import quoted

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

__all__ = ["TITLES", "cuts", "loose"]


_ADVERBS = frozenset("additionally also furthermore however indeed meanwhile moreover".split())  # noqa: SIM905
# A clause that one of these opens binds what the sentence says.
_BINDING = frozenset(
    """according although asked assuming barring based before beginning citing but compared
    depending despite ending except excluding given if judging lest once pending provided providing
    questioned starting subject than though unless unlike until versus whenever whereas whether
    while without""".split()  # noqa: SIM905
)
# Only what stands so in a sentence, or is one of these words, heads a cut.
_RELATIONS = frozenset("acl advcl advmod appos cc conj relcl".split())  # noqa: SIM905
_EXAMPLES = frozenset({"including", "with"})
_CIRCUMSTANCES = frozenset({"alongside", "amid", "during", "following"})
# A joined clause of fewer words reads as one with what it is joined to. Chosen.
_SHORTEST_CONJUNCT = 4
# Who somebody is stays, unless a title before the name says it.
_ROLES = frozenset(
    """analyst aunt boss boy ceo chief child client coach cop counsel cousin daughter dean expert
    father fellow friend general girl graduate guard guest head husband judge lawyer mother
    neighbour nurse official pilot poet priest sister son student uncle wife witness""".split()  # noqa: SIM905
)
_OF_ROLES = re.compile(
    r"(?:er|or|man|men|woman|women|person|ist|ian|ant|ent|ary|ee|ess|eur|ate)s?$"
)
TITLES = frozenset(
    """attorney brother captain cardinal chairman chancellor chief col congressman congresswoman
    detective director dr gen gov governor judge justice king leader lieutenant lt mayor minister
    officer pope premier president prime prince princess prof professor queen rep representative
    secretary sen senator sgt sheriff sir speaker spokesman spokeswoman""".split()  # noqa: SIM905
)


def cuts(doc: "Doc") -> tuple[Cut, ...]:
    """What can be left out of the parsed sentence, in order, each on its own.

    Nothing where the main verb has no subject: there the parse is wrong, or it is no statement.
    """
    subjects = (
        child.dep_ in SUBJECTS for token in doc if token.dep_ == "ROOT" for child in token.children
    )
    if not any(subjects):
        return ()
    found = {cut for token in doc for cut in _cuts_at(doc, token)} | set(asides(doc))
    return _outside_speech(doc, found)


def _outside_speech(doc: "Doc", found: set[Cut]) -> tuple[Cut, ...]:
    spoken = _spoken(doc)
    outside = (cut for cut in found if not spoken & {cut.start, cut.end - 1})
    return tuple(sorted(cut for cut in outside if not _tears_quotation(doc[cut.start : cut.end])))


def _tears_quotation(span: "Span") -> bool:
    """Whether one of a pair of single quotation marks would go and the other stay."""
    marks = sum(token.text in {"'", "‘", "’"} and token.tag_ != "POS" for token in span)
    return marks % 2 == 1


def loose(doc: "Doc") -> Iterator[Cut]:
    """What can go only if the rest reads well without it, which a writer has to find."""
    yield from _outside_speech(doc, set(_loose(doc)))


def _loose(doc: "Doc") -> Iterator[Cut]:
    for token in doc:
        if token.dep_ not in {"conj", "prep"}:
            continue
        start, end = token.left_edge.i, token.right_edge.i + 1
        if end - start != sum(1 for _ in token.subtree) or _is_binding(doc, token, start):
            continue
        around = token.dep_ == "prep" and token.lower_ in _CIRCUMSTANCES
        if around and token.head.pos_ == "VERB" and not _tells_when(doc[start:end]):
            yield Cut(start, end, "circumstance")
        siblings = [c for c in (*token.head.children, *token.children) if c.dep_ == "conj"]
        verbal = token.pos_ == token.head.pos_ == "VERB" and end - start >= _SHORTEST_CONJUNCT
        verbal &= (token.tag_ == "VBG") == (token.head.tag_ == "VBG")
        joined = token.dep_ == "conj" and doc[start - 1].lower_ == "and"
        if joined and verbal and siblings == [token] and not _ends_a_list(doc, token, start - 1):
            yield Cut(start - 1, end, "conjunct")


def _tells_when(span: "Span") -> bool:
    """Whether a circumstance has a number, as a time has: "during the 2016 campaign"."""
    return any(character.isdigit() for character in span.text)


def _ends_a_list(doc: "Doc", token: "Token", joined: int) -> bool:
    """Whether more than one thing seems to stand before "and": "to mend roofs, clear roads and"."""
    between = doc[token.head.i : joined - (doc[joined - 1].text == ",")]
    return token.head.dep_ == "conj" or sum(one.text == "," for one in between) % 2 == 1


def _spoken(doc: "Doc") -> set[int]:
    """The tokens between quotation marks: nobody's words are shortened."""
    spans = quoted(doc.text)
    return {token.i for token in doc if any(s < token.idx < e - 1 for s, e in spans)}


def _cuts_at(doc: "Doc", token: "Token") -> Iterator[Cut]:
    """The cut that the token heads, if any."""
    if token.dep_ == "ROOT" or (token.dep_ not in _RELATIONS and token.lower_ not in _EXAMPLES):
        return
    start, end = token.left_edge.i, token.right_edge.i + 1
    if end - start != sum(1 for _ in token.subtree):
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
    set_off = is_set_off(doc, start, end)
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
        added = token.lower_ == "also" and token.head.lemma_ not in SPEECH
        if before not in {"but", "not", "n't", "only"} and not (token.i and added):
            yield Cut(token.i, token.i + 1, "connective" if token.lower_ == "however" else "link")


def _is_binding(doc: "Doc", token: "Token", start: int) -> bool:
    """Whether the subtree states what the rest of the sentence depends on."""
    opening = {doc[start].lower_, *(child.lower_ for child in token.children)}
    return bool(opening & _BINDING)


def _is_aside_of(doc: "Doc", token: "Token", start: int, end: int) -> bool:
    """Whether an apposition or relative clause is one, and no part of a list or restrictive."""
    if any(child.dep_ in {"conj", "cc"} for child in token.head.children if child.i < start):
        return False
    among = [*(token.subtree if token.dep_ == "appos" else token.children)]
    if any(one.dep_ == "cc" and doc[one.i - 1].text == "," for one in among):
        return False
    follows = doc[end + 1] if end + 1 < len(doc) else None
    if doc[end].text == "," and follows is not None and follows.dep_ == "cc":
        return False
    if token.dep_ == "appos":
        named = token.pos_ == "PROPN" and token.head.pos_ != "PROPN"
        dated = token.text[:3] in MONTHS
        listed = any(one.dep_ == "cc" for one in among) and not _has_determiner(token)
        common = token.pos_ == token.head.pos_ == "NOUN"
        chain = any(one.dep_ == "conj" and doc[one.left_edge.i - 1].text == "," for one in among)
        aside = token.head.dep_ != "conj" and token.pos_ in {"NOUN", "PROPN"}
        aside = aside and not chain and not (common and listed)
        return aside and not (named or dated or _is_role(token))
    if doc[start].lower_ == "who" and token.lemma_ == "be" and _is_bare_name(token.head):
        return False
    return doc[start].tag_ in {"WDT", "WP", "WP$", "WRB", "IN"} or doc[start + 1].tag_ in {
        "WDT", "WP", "WP$",
    }  # fmt: skip


def _has_determiner(token: "Token") -> bool:
    return any(child.dep_ in {"det", "poss", "nummod"} for child in token.children)


def _is_role(token: "Token") -> bool:
    """Whether an apposition says who somebody is, and nothing else does."""
    role = token.lower_.rstrip("s") in _ROLES or _OF_ROLES.search(token.lower_) is not None
    return role and _is_bare_name(token.head)


def _is_bare_name(token: "Token") -> bool:
    """Whether the token is a name that no title stands before."""
    before = (child.lower_.rstrip(".") for child in token.children if child.i < token.i)
    return token.pos_ == "PROPN" and not any(word in TITLES for word in before)


def _is_participle(doc: "Doc", token: "Token", start: int, end: int) -> bool:
    """Whether a participle's clause opens the sentence, or ends it behind a comma.

    One that tells what somebody says is the news: "broke with the mayor, saying the plan failed".
    """
    if any(child.dep_ in {*SUBJECTS, "mark"} for child in token.children):
        return False
    if token.tag_ == "VBG" and token.lemma_ in SPEECH and start > 0:
        return False
    followed = end < len(doc) and doc[end].text == ","
    if start == 0:
        return token.i <= 1 and followed and token.head.dep_ in {"ROOT", "ccomp"}
    if doc[start - 1].text != "," or token.i - start > 1:
        return False
    inside = token.dep_ == "acl" and token.tag_ == "VBN" and followed
    return inside or all(t.is_punct for t in doc[end:])


def _conjunct(doc: "Doc", token: "Token", start: int, end: int) -> Iterator[Cut]:
    """The second of two main statements, joined by a comma and "and"."""
    head = token.head
    if head.dep_ != "ROOT" or token.pos_ not in {"VERB", "AUX"} or start < 2:
        return
    joined = doc[start - 1]
    alone = sum(child.dep_ == "conj" for child in (*head.children, *token.children)) == 1
    finite = token.tag_ in FINITE or any(
        c.dep_ in {"aux", "auxpass"} and c.tag_ in FINITE for c in token.children
    )
    ends = all(t.is_punct for t in doc[end:])
    set_off = joined.lower_ == "and" and doc[start - 2].text == ","
    if set_off and alone and finite and ends and end - start >= _SHORTEST_CONJUNCT:
        yield Cut(start - 1, end, "conjunct")
