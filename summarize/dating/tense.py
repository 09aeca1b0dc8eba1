"""What the grammar of a sentence says about time: whether a verb is past, present or ahead.

Works on the tokens that `summarize.language.parse` gives, `looks_ahead` on plain text; imports no
library itself.
"""

import re
from itertools import islice
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "Outlook",
    "governing_verb",
    "is_perfect",
    "looks_ahead",
    "negated",
    "outlook",
]

Outlook = Literal["pluperfect", "past", "present", "ahead", "open"]

_AHEAD = frozenset("will 'll ’ll wo shall would".split())  # noqa: SIM905
_OPEN = frozenset("may might could can ca should must ought".split())  # noqa: SIM905
# What follows these as "to do" has been done.
_IMPLICATIVE = frozenset("manage help begin start continue go force use seem appear".split())  # noqa: SIM905
# What follows these is looked forward to, whatever their own tense.
_EXPECTING = frozenset(
    "expect poise plan vow prepare aim intend hope seek set threaten schedule try attempt push "  # noqa: SIM905
    "promise pledge want due about ready edge verge brink".split()
)
_REPORTING = frozenset(
    "say tell report claim add announce state confirm note quote write believe think allege".split()  # noqa: SIM905
)


def _auxiliaries(verb: "Token") -> list[str]:
    return [
        c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass") and not c.text.isupper()
    ]


def negated(verb: "Token") -> bool:
    """Whether the verb has a "not", "never" or "no longer" of its own."""
    return any(child.dep_ == "neg" for child in verb.children)


def is_perfect(verb: "Token") -> bool:
    """Whether the verb stands in the present perfect ("has left")."""
    return any(word in ("has", "have", "'ve", "’ve") for word in _auxiliaries(verb))


def _is_clause(token: "Token") -> bool:
    """Whether the token is a verb that can carry a tense."""
    return token.pos_ in ("VERB", "AUX") and token.dep_ not in (
        "aux",
        "auxpass",
        "amod",
        "compound",
    )


# In a list without an end each item hangs on the one before. Chosen: no sentence is so deep.
_MOST_ABOVE, _MOST_VERBS = 100, 20


def governing_verb(token: "Token") -> "Token | None":
    """The nearest verb above a token, or None when there is none."""
    for ancestor in islice(token.ancestors, _MOST_ABOVE):
        if _is_clause(ancestor):
            return ancestor
    return None


def outlook(verb: "Token") -> Outlook:
    """How the verb stands to the time of writing.

    "pluperfect" is before some past; "past" includes the present perfect; "ahead" is expected,
    planned or conditional; "open" is possible, or has no tense that tells.
    """
    return _outlook(verb, _MOST_VERBS)


def _outlook(verb: "Token", left: int) -> Outlook:  # noqa: PLR0911 - one return for each tense
    """What `outlook` tells, looking at so many verbs above."""
    auxiliaries = _auxiliaries(verb)
    if any(word in _AHEAD for word in auxiliaries):
        return "ahead"
    if any(word in _OPEN for word in auxiliaries):
        return "open"
    if "to" in auxiliaries:
        return _infinitive(verb, left)
    if "had" in auxiliaries:
        return "past" if _reported(verb) else "pluperfect"
    if verb.tag_ == "VBG" and any(word in ("is", "are", "'s", "’s") for word in auxiliaries):
        return "present"
    if verb.tag_ in ("VBD", "VBN") or any(w in ("was", "were", "has", "have") for w in auxiliaries):
        return _participle(auxiliaries)
    if verb.tag_ in ("VBZ", "VBP"):
        return "present"
    return _gerund(verb, left)


def _reported(verb: "Token") -> bool:
    """Whether a "had" only stands for a "has" after "he said"."""
    return verb.dep_ in ("ccomp", "conj") and any(
        a.lemma_.lower() in _REPORTING and a.tag_ in ("VBD", "VBN", "VBG")
        for a in islice(verb.ancestors, _MOST_ABOVE)
    )


def _infinitive(verb: "Token", left: int) -> Outlook:
    head = verb.head
    if head.lemma_.lower() in _IMPLICATIVE and head != verb:
        return _outlook(head, left - 1) if left and _is_clause(head) else "open"
    return "ahead" if _expected(verb) else "open"


def _participle(auxiliaries: list[str]) -> Outlook:
    passive = any(word in ("is", "are", "be", "been", "being") for word in auxiliaries)
    finished = any(word in ("has", "have", "was", "were") for word in auxiliaries)
    if passive and not finished:
        return "present"
    return "past"


def _gerund(verb: "Token", left: int) -> Outlook:
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("after", "since", "following"):
        return "past"
    if verb.dep_ in ("csubj", "pcomp", "xcomp", "advcl"):
        head = governing_verb(verb)
        if head is not None and left and _outlook(head, left - 1) == "ahead":
            return "ahead"
    return "ahead" if _expected(verb) else "open"


def _expected(verb: "Token") -> bool:
    """Whether what governs the verb looks forward to it ("poised to", "on the verge of")."""
    head = verb.head
    for _ in range(2):
        if head.lemma_.lower() in _EXPECTING or head.lower_ in _EXPECTING:
            return True
        head = head.head
    return False


# Words that put a time nearby ahead, or behind; the nearest before it in its sentence decides.
_CUES = re.compile(
    r"\b(?:(?P<ahead>(?:will|shall|won['’]t|would|(?:(?:is|are|was|were)\s+)?to)\s+(?:not\s+)?be\s+\w+"
    r"|will|shall|won['’]t|would|is\s+to|are\s+to|to\s+be|going\s+to|expect(?:s|ed)?"
    r"|schedul(?:es?|ed|ing)|due|plan(?:s|ned|ning)?|until|by|upcoming|begins|starts|set\s+(?:for|to)"
    r"|effective|hopes?|vow(?:s|ed)?|as\s+(?:soon|early)\s+as|no\s+later\s+than)"
    r"|(?:said|says|was|were|had|has|have|did|\w+ed|began|rose|fell|took|made|came|went|told|met"
    r"|since|won|lost|held|saw|got|gave|found|kept|led|left|ran|beat|broke|drew|struck|shot|became"
    r"|brought|heard|sent))\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]['\"”’]*\s+(?=[\"“`A-Z])|\n\0|\n\n")
_CLAUSE = 200  # characters either way that are looked at


def looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether the words around the characters `start` to `end` of `text` look ahead of its writing.

    Read from the nearest telling word, without parsing: on dev/timebank that resolves as many
    expressions as the parsed tense does, at six times the speed (benchmarks/studies/timex.py).
    """
    before = _SENTENCE_END.split(text[max(0, start - _CLAUSE) : start])[-1]
    cues = list(_CUES.finditer(before))
    if cues:
        return cues[-1]["ahead"] is not None
    after = _SENTENCE_END.split(text[end : end + _CLAUSE], maxsplit=1)[0]
    cue = _CUES.search(after)
    return cue is not None and cue["ahead"] is not None
