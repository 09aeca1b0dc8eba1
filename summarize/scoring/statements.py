"""What a summary sentence says of its source sentence's actors and actions, against that sentence.

Names and numbers can all be right and the statement wrong: who did it to whom is turned round, a
"not" is lost or put in, or what was only planned is told as done. A finding is a verb that both
sentences have, with the reason in words for the reader.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarize.scoring.alignment import Change, changes, exchange
from summarize.scoring.grammar import VERBAL, acted, actors, fillers, key, lemma
from summarize.scoring.opposites import misquoted, opposed, replaced
from summarize.words import stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Finding", "bears_out", "findings"]

_NEGATIONS = frozenset("not n't n’t never nobody nothing neither nor hardly none no".split())  # noqa: SIM905
# Verbs and adjectives that deny what depends on them, so that a "not" below is another way to say
# it: "refused to sign" is "did not sign".
_DENYING = frozenset(
    """fail refuse deny decline avoid prevent stop reject doubt unable unlikely cease lack block
    without dispute oppose""".split()  # noqa: SIM905
)
# What depends on these has not happened: "is poised to retake" is not "retook".
_OPEN = frozenset(
    """aim ask attempt call consider demand eager expect hope intend likely offer plan poise poised
    prepare promise propose ready schedule seek set threaten try urge vow want willing
    wish""".split()  # noqa: SIM905
)
# Verbs that state something; those of other clauses are too easily misread.
_TOLD = frozenset({"ROOT", "conj", "ccomp", "parataxis"})
_MODALS = frozenset({"could", "may", "might", "must", "should", "will", "wo", "shall"})
_SAYING = frozenset("allege argue boast claim insist maintain report say state".split())  # noqa: SIM905
# Verbs that say the same of both, whichever is the subject.
_MUTUAL = frozenset(
    """agree battle be become clash compete date differ divorce equal face fight join marry match
    meet negotiate play resemble share talk tie""".split()  # noqa: SIM905
)


_ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "attr", "acomp", "agent", "xcomp", "ccomp")
_SAID_OF = ("attr", "acomp")
_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_SAID = "the source says “not”"
_NOT_SAID = "the source says no “not”"
_EXCHANGED = "who does it and to whom are exchanged"
# Words in a row that may be others where a "not" is put in: "did not tell" for "told".
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Finding:
    """A verb at `start` to `end` of the summary sentence that the source does not bear out.

    `source_start` and `source_end` are the place of the same verb in the source sentence.
    """

    start: int
    end: int
    reason: str
    source_start: int
    source_end: int


def findings(doc: "Doc", source: "Doc", *, nearly: bool) -> dict[int, Finding]:
    """The verbs of `doc` that say another thing than the same verbs of `source`, by their place.

    `nearly` says that `doc` is nearly a copy of `source`; then every changed word counts.
    """
    found = [*_other_words(doc, source, nearly=nearly)]
    for verb, other in _shared_verbs(doc, source):
        reason = next((why for check in _CHECKS if (why := check(verb, other))), "")
        if reason:
            found.append(_finding(verb, reason, other))
    if nearly:
        found += _exchanged(doc, source)
    if nearly and not any(finding.reason in (_SAID, _NOT_SAID) for finding in found):
        found += _denied_in_place(doc, source)
    return {finding.start: finding for finding in found}


def _other_words(doc: "Doc", source: "Doc", *, nearly: bool) -> Iterator[Finding]:
    pairs = [*opposed(doc, source), *(replaced(doc, source) if nearly else ())]
    for word, opposite in pairs:
        yield _finding(word, _says(opposite.text), opposite)
    for word, start, end in misquoted(doc, source):
        yield Finding(word.idx, word.idx + len(word), _says(source.text[start:end]), start, end)


def bears_out(verb: str, finding: Finding, source: "Doc") -> bool:
    """Whether `source` has the word with the stem `verb`, denied where the summary denies it."""
    held = [token for token in source if stem(token.lemma_) == verb]
    if finding.reason in (_SAID, _NOT_SAID):
        return any(_is_negated(token) == (finding.reason == _NOT_SAID) for token in held)
    return bool(held)


def _says(words: str) -> str:
    return f"the source says “{words}”"


def _shared_verbs(doc: "Doc", source: "Doc") -> Iterator[tuple["Token", "Token"]]:
    """The full verbs that stand once in each sentence."""
    ours, theirs = _verbs(doc), _verbs(source)
    for form, verbs in ours.items():
        others = theirs.get(form, [])
        if len(verbs) == len(others) == 1:
            yield verbs[0], others[0]


def _verbs(doc: "Doc") -> dict[str, list["Token"]]:
    found: dict[str, list[Token]] = {}
    for token in doc:
        if token.pos_ in VERBAL and not token.dep_.startswith("aux"):
            found.setdefault(key(token), []).append(token)
    return found


def _polarity(verb: "Token", other: "Token") -> str:
    both = verb.dep_ == other.dep_ == "relcl" and key(verb.head) == key(other.head)
    if not both and (verb.dep_ not in _TOLD or other.dep_ not in _TOLD):
        return ""
    denied, was_denied = _is_negated(verb), _is_negated(other)
    if _is_asked(verb) or _is_asked(other) or _has_opposite(verb.doc, other.doc):
        return ""
    if denied == was_denied or _is_denied_above(verb) or _is_denied_above(other):
        return ""
    if not _same_said(verb, other):
        return ""
    return _NOT_SAID if denied else _SAID


def _same_said(verb: "Token", other: "Token") -> bool:
    """Whether a verb is told of the same in both: "applies to Ost" says nothing of Elmo."""
    if lemma(verb) == "be":
        places = (_SUBJECTS, _SAID_OF)
        return all(fillers(verb, place) & fillers(other, place) for place in places)
    kept = fillers(verb, _ARGUMENTS) & fillers(other, _ARGUMENTS)
    ours, theirs = _complements(verb), _complements(other)
    return bool(kept) and not (ours and theirs and not ours & theirs)


def _complements(verb: "Token") -> set[str]:
    to = {key(word) for below in verb.children if below.lower_ == "to" for word in below.children}
    return to | fillers(verb, ("dobj", "attr", "acomp", "xcomp", "ccomp"))


def _same_people(verb: "Token", other: "Token") -> bool:
    """Whether neither who does it nor to whom it is done are others in the source."""
    places = [(actors(verb), actors(other)), (acted(verb), acted(other))]
    return not any(ours and theirs and not ours & theirs for ours, theirs in places)


def _is_told(verb: "Token") -> bool:
    """Whether the sentence states it, by itself or with "..., he said" behind it."""
    said = verb.dep_ == "ccomp" and verb.i < verb.head.i and lemma(verb.head) == "say"
    return said or verb.dep_ in ("ROOT", "conj")


def _is_asked(verb: "Token") -> bool:
    """Whether it is open ("whether"), or was so once ("no longer")."""
    before = {token.lower_ for token in verb.doc[max(0, verb.i - 3) : verb.i]}
    marks = {child.lower_ for child in verb.children}
    return "longer" in before or bool(marks & {"whether", "if"})


def _has_opposite(doc: "Doc", source: "Doc") -> bool:
    """Whether one denies by a prefix: "not to be challenged" is "to be unchallenged"."""
    ours, theirs = ({token.lower_ for token in words} for words in (doc, source))
    return any(
        f"{prefix}{word}" in others
        for words, others in ((ours, theirs), (theirs, ours))
        for word in words
        if len(word) > 3
        for prefix in ("un", "in", "im", "il", "dis", "non")
    )


def _is_negated(verb: "Token") -> bool:
    """Whether a negation belongs to the verb, its subject, its object or its verb above."""
    before = verb.doc[max(0, verb.i - 3) : verb.i + (2 if lemma(verb) == "be" else 0)]
    if any(token.lower_ in _NEGATIONS for token in before):
        return True
    children = list(verb.children)
    if any(child.lower_ in _NEGATIONS and child.i < verb.i for child in children):
        return True
    # The last one: before it the parser takes other words for a subject ("No changes, but they").
    subjects = [child for child in children if child.dep_ in _SUBJECTS][-1:]
    told = [*subjects, *(child for child in children if child.dep_ in ("dobj", "attr"))]
    return any(_is_none(below) for place in told for below in place.children)


def _is_none(word: "Token") -> bool:
    """Whether it denies the noun that it belongs to, by itself or before "enough" or "all"."""
    below = list(word.children) if word.dep_ in ("amod", "det", "advmod") else []
    return any(w.lower_ in ("no", "neither", "none", "not") for w in (word, *below))


def _is_denied_above(verb: "Token") -> bool:
    heads = [verb, *verb.ancestors][:3]
    return any(lemma(head) in _DENYING for head in heads[1:]) or any(
        child.lower_ in _DENYING or child.lower_ in ("without", "unless", "only", "until")
        for child in verb.children
    )


def _roles(verb: "Token", other: "Token") -> str:
    """Subject and object exchanged; the subject of a passive is an object."""
    if lemma(verb) in _MUTUAL:
        return ""
    doing, done = (actors(verb), acted(verb)), (actors(other), acted(other))
    turned = bool(doing[0] & done[1]) and bool(doing[1] & done[0])
    kept = doing[0] & done[0] or doing[1] & done[1]
    return _EXCHANGED if turned and not kept else ""


def _reality(verb: "Token", other: "Token") -> str:
    """Told as done, where the source only plans, expects or may, or denies it in other words."""
    if _is_refused(other) and _is_told_as_done(verb) and not _is_negated(verb):
        return _SAID
    if _is_refused(verb) and _is_told_as_done(other) and not _is_negated(other):
        return _NOT_SAID if _same_said(verb, other) else ""
    if _is_open(verb) or not _is_open(other):
        return ""
    if _is_asked(other) and _is_told(verb) and _same_said(verb, other):
        return _LEFT_OPEN
    if _is_told_as_done(verb) and _same_people(verb, other):
        return "the source does not say that it happened"
    return _UNSURE if _is_certain(verb) and _is_unsure(other) else ""


_UNSURE = "the source only says that it may"
_LEFT_OPEN = "the source leaves it open"


def _is_refused(verb: "Token") -> bool:
    above = verb.head
    return verb.dep_ == "xcomp" and lemma(above) in _DENYING and not _is_negated(above)


def _is_certain(verb: "Token") -> bool:
    return any(child.dep_ == "aux" and child.lower_ in ("will", "wo") for child in verb.children)


def _is_unsure(verb: "Token") -> bool:
    return any(child.dep_ == "aux" and child.lower_ in ("may", "might") for child in verb.children)


def _attribution(verb: "Token", other: "Token") -> str:
    """Told as a fact, where the source only has the actor's own word for it."""
    says = other.head
    if other.dep_ != "ccomp" or lemma(says) not in _SAYING or not _is_told_as_done(verb):
        return ""
    own = any(c.dep_ == "nsubj" and c.pos_ == "PRON" for c in other.children)
    same = fillers(verb, ("nsubj",)) & fillers(says, ("nsubj",))
    return "the source has only the actor's word for it" if own and same else ""


_CHECKS = (_polarity, _roles, _reality, _attribution)


def _is_told_as_done(verb: "Token") -> bool:
    passive = any(c.dep_ == "auxpass" and c.tag_ == "VBD" for c in verb.children)
    perfect = any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in verb.children)
    return verb.dep_ in ("ROOT", "conj") and (verb.tag_ == "VBD" or passive or perfect)


def _is_open(verb: "Token") -> bool:
    if any(child.dep_ == "aux" and child.lower_ in _MODALS for child in verb.children):
        # "Must have left" tells what was.
        return not any(child.lower_ == "have" for child in verb.children)
    if any(child.dep_ == "mark" and child.lower_ in ("if", "whether") for child in verb.children):
        return True
    if verb.dep_ == "xcomp":
        return lemma(verb.head) in _OPEN
    shared = verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.i != verb.i
    return shared and _is_open(verb.head)


def _exchanged(doc: "Doc", source: "Doc") -> Iterator[Finding]:
    """Two stretches that changed places around the same words, with a verb among these."""
    middle = exchange(doc.text, source.text)
    if middle is not None:
        verbs = [t for t in doc if middle.start <= t.idx < middle.end and t.pos_ in VERBAL]
        if verbs and not any(lemma(verb) in _MUTUAL for verb in verbs):
            place = middle.source_start + verbs[-1].idx - middle.start
            yield _placed(verbs[-1], _EXCHANGED, place)


def _denied_in_place(doc: "Doc", source: "Doc") -> Iterator[Finding]:
    """A "not" that was put into words which are else (nearly) those of the source, or left out.

    "found no evidence" says the same as "did not find any evidence": one verb is denied in both.
    """
    for change in changes(doc.text, source.text):
        ours = [t for t in doc if change.start <= t.idx < change.end]
        theirs = [t for t in source if change.source_start <= t.idx < change.source_end]
        denied, was_denied = _denials(ours), _denials(theirs)
        if len(ours) > _LONGEST or len(theirs) > _LONGEST or bool(denied) == bool(was_denied):
            continue
        if any(lemma(token) in _DENYING for token in [*ours, *theirs]):
            continue
        other = source if denied else doc
        if any(_is_verb_denied(_verb_of(denial), other) for denial in denied or was_denied):
            continue
        verbs = _same_verb(_verb_of((denied or was_denied)[0]), doc, source, change)
        if verbs is not None:
            yield _finding(verbs[0], _NOT_SAID if denied else _SAID, verbs[1])


def _same_verb(
    denied: "Token", doc: "Doc", source: "Doc", change: Change
) -> "tuple[Token, Token] | None":
    """The verb that one sentence denies, in both, nearest to the change; None where it is in one.

    "The margin belies the debate" says what "does not reflect the debate" says.
    """
    pairs = [
        (one, other) for one in doc for other in source if key(one) == key(other) == key(denied)
    ]
    return min(
        pairs,
        key=lambda pair: abs(pair[0].idx - change.start) + abs(pair[1].idx - change.source_start),
        default=None,
    )


def _verb_of(denial: "Token") -> "Token":
    return next((above for above in denial.ancestors if above.pos_ in VERBAL), denial)


def _is_verb_denied(verb: "Token", doc: "Doc") -> bool:
    return any(token.lower_ in _NEGATIONS and key(_verb_of(token)) == key(verb) for token in doc)


def _denials(tokens: "list[Token]") -> "list[Token]":
    return [token for token in tokens if token.lower_ in _NEGATIONS]


def _finding(word: "Token", reason: str, other: "Token") -> Finding:
    place = other.idx
    return Finding(word.idx, word.idx + len(word), reason, place, place + len(other))


def _placed(verb: "Token", reason: str, place: int) -> Finding:
    return Finding(verb.idx, verb.idx + len(verb), reason, place, place + len(verb))
