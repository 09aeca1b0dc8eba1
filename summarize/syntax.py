"""What a rewritten sentence must keep of its source's grammar, to stay true and readable.

Lookup of names and numbers cannot see that a subject was swapped, a "not" lost or "claimed"
dropped. These checks compare dependency parses, and rather refuse a good sentence than let a false
one through.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summarize.language import parse, parse_all, with_entities
from summarize.words import STOP_WORDS, stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["changed_meaning", "is_clause", "is_fragment"]

_QUOTATION = re.compile(r"“[^“”]+”|\"[^\"]+\"|‘[^‘]+?’(?!\w)")
_LONE_TAIL = re.compile(r",\s[\w-]+\.$")
_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_ROLES = {
    "nsubj": "subject", "nsubjpass": "object", "dobj": "object", "dative": "object",
    "agent": "subject", "attr": "attribute", "acomp": "attribute", "oprd": "attribute",
}  # fmt: skip
_COMPLEMENTS = {
    "dobj": "object", "nsubjpass": "object", "attr": "attribute", "acomp": "attribute",
    "oprd": "attribute", "xcomp": "clause", "ccomp": "clause",
}  # fmt: skip
_PARTICLES = frozenset("against away back down into off onto out up".split())  # noqa: SIM905
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM"})
_VERBAL = frozenset({"VERB", "AUX"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MAIN = frozenset({"ROOT", "conj", "parataxis"})
_TOLD = _MAIN | {"ccomp"}
_NEGATIONS = frozenset("not n't never no none neither nor nobody nothing without hardly".split())  # noqa: SIM905

# Words that change what the words behind them mean; a rewrite keeps them or is refused.
_MODIFIERS = frozenset(
    """about accused acting alleged allegedly almost apparently approximately around attempted
    barely claimed could deputy ex-president expected failed fake few former half if least likely
    may maximum might minimum more most nearly only over planned possible possibly potential
    potentially presumed probably proposed purported reported reportedly roughly self-styled should
    so-called some supposed suspected threatened under unless unsuccessful until up vice
    would""".split()  # noqa: SIM905
)
_ALWAYS_KEPT = frozenset(
    "according citing except if provided quoted quoting than unless until when whenever".split()  # noqa: SIM905
)
# Statements that hold only within bounds: "more than at any point since 1986", "no call during the
# night". Without its preposition such a bound is gone.
_COMPARING = frozenset({"JJR", "JJS", "RBR", "RBS"})
_COUNTING = frozenset("fewer fewest least less more most".split())  # noqa: SIM905
_ALL = frozenset(
    "all always any ever every first last never no often only rarely seldom usually".split()  # noqa: SIM905
)


def is_clause(text: str) -> bool:
    """Whether `text` is a whole statement: a finite main verb that has a subject.

    A single comma between the two, a preposition without what belongs to it, a list without its
    "and", a sentence that ends in an article, and two sentences in one are refused.
    """
    doc = parse(text)
    roots = [token for token in doc if token.dep_ == "ROOT"]
    if len(roots) != 1 or roots[0].pos_ not in _VERBAL:
        return False
    root = roots[0]
    finite = root.tag_ in _FINITE or any(
        child.dep_ in {"aux", "auxpass"} and child.tag_ in _FINITE for child in root.children
    )
    spelled = [token for token in doc if token.is_alpha]
    dangling = bool(spelled) and spelled[-1].tag_ in {"IN", "DT", "CC", "TO", "PRP$", "WDT", "MD"}
    subjects = [child for child in root.children if child.dep_ in _SUBJECT]
    split = any(
        [token.text for token in doc[subject.i : root.i]].count(",") == 1 for subject in subjects
    )
    bare = any(token.dep_ == "prep" and not _has_object(token) for token in doc)
    return finite and bool(subjects) and not (dangling or split or bare or _cut_list(doc))


def is_fragment(text: str) -> bool:
    """Whether `text` has no finite verb, nor a verb with a subject: "Starring Ada Wills."."""
    return not any(
        token.tag_ in _FINITE or (token.dep_ in _SUBJECT and token.head.pos_ in _VERBAL)
        for token in parse(text)
    )


def _has_object(preposition: "Token") -> bool:
    return any(
        child.dep_ in {"pobj", "prep"} or (child.dep_ == "pcomp" and child.pos_ in _VERBAL)
        for child in preposition.children
    )


def _cut_list(doc: "Doc") -> bool:
    """Whether a list has no "and", or "between" only one side."""
    if _LONE_TAIL.search(doc.text):
        return True
    for token in doc:
        if token.dep_ == "conj" and not any(
            child.dep_ == "cc" for one in (token.head, token) for child in one.children
        ):
            return True
        if token.lower_ == "between" and "and" not in {t.lower_ for t in doc[token.i :]}:
            return True
    return False


def changed_meaning(text: str, sources: Sequence[str]) -> str | None:
    """Which check says that `text` does not mean what the source sentences mean; None if none does.

    The checks are those of `_CHECKS`, in that order.
    """
    doc, originals = parse(text), parse_all(sources)
    return next((reason for reason, fails in _CHECKS if fails(doc, originals)), None)


def _other_role(doc: "Doc", originals: "Sequence[Doc]") -> bool:
    """Two words of the sources stand in a relation here that they do not have there."""
    known = {_key(token) for original in originals for token in original}
    roles = {role for original in originals for role in _roles(original)}
    return any(
        verb in known and word in known and (verb, role, word) not in roles
        for verb, role, word in _roles(doc)
    )


def _other_main_verb(doc: "Doc", originals: "Sequence[Doc]") -> bool:
    """The main verb is one that the source only reports, plans or denies."""
    known = {_key(token) for original in originals for token in original}
    mains = {_key(token) for original in originals for token in original if _is_main(token)}
    return any(_key(t) in known - mains for t in doc if t.dep_ == "ROOT")


def _lost_complement(doc: "Doc", originals: "Sequence[Doc]") -> bool:
    """A verb lacks the object, clause or particle that completes it in the sources."""
    for verb in doc:
        if verb.pos_ == "VERB":
            needed = [
                _complements(token)
                for original in originals
                for token in original
                if token.pos_ == "VERB" and _key(token) == _key(verb)
            ]
            if needed and not any(needs <= _complements(verb) for needs in needed):
                return True
    return False


def _other_clause(doc: "Doc", originals: "Sequence[Doc]") -> bool:
    """A noun or number belongs to another verb than it does in the sources."""
    known = {_key(token) for original in originals for token in original}
    belongs = {pair for original in originals for pair in _clauses(original)}
    return any(word in known and (word, verb) not in belongs for word, verb in _clauses(doc))


def _lost_time(doc: "Doc", originals: "Sequence[Doc]") -> bool:
    """A main or reported verb that was kept has lost the date or time that is said of it."""
    kept = {token.lower_ for token in doc}
    verbs = {_key(token) for token in doc if token.pos_ in _VERBAL}
    for token in (token for original in with_entities(originals) for token in original):
        if token.ent_type_ in {"DATE", "TIME"} and token.lower_ not in kept:
            verb = token.head.head if token.dep_ == "pobj" else token.head
            direct = token.dep_ in {"pobj", "npadvmod"} and verb.pos_ in _VERBAL
            if direct and verb.dep_ in _TOLD and _key(verb) in verbs:
                return True
    return False


def _lost_article(doc: "Doc", originals: "Sequence[Doc]") -> bool:
    """A noun that has an article in the sources stands without one."""
    bare = {_key(token) for token in doc if token.pos_ in _NOMINAL} - _with_article(doc)
    return any(bare & _with_article(original) for original in originals)


def _torn_quotation(doc: "Doc", originals: "Sequence[Doc]") -> bool:
    """A quotation is not here, or not the whole of it."""
    return any(m[0] not in doc.text for o in originals for m in _QUOTATION.finditer(o.text))


def _other_negation(doc: "Doc", originals: "Sequence[Doc]") -> bool:
    """A negation was lost or added."""
    denied = {key for original in originals for key in _negated(original)}
    return _negated(doc) != denied & {_key(token) for token in doc}


def _lost_hedge(doc: "Doc", originals: "Sequence[Doc]") -> bool:
    """A condition, an attribution, or a hedge or bound of kept words is missing."""
    kept = {token.lower_ for token in doc}
    lost = [token for original in originals for token in original if token.lower_ not in kept]
    bounded = any(
        token.lower_ in _ALL or (token.tag_ in _COMPARING and token.lower_ not in _COUNTING)
        for token in doc
    )
    return any(
        token.lower_ in _ALWAYS_KEPT
        or (token.lower_ in _MODIFIERS and _next_word(token) in kept)
        or (bounded and token.dep_ in {"prep", "mark"})
        for token in lost
    )


_CHECKS = (
    ("role", _other_role),
    ("main verb", _other_main_verb),
    ("complement", _lost_complement),
    ("clause", _other_clause),
    ("time", _lost_time),
    ("article", _lost_article),
    ("quotation", _torn_quotation),
    ("negation", _other_negation),
    ("hedge", _lost_hedge),
)


def _key(token: "Token") -> str:
    return stem(token.lemma_ if token.pos_ in _VERBAL else token.text)


def _roles(doc: "Doc") -> Iterator[tuple[str, str, str]]:
    """Who does what to whom: verb, role and head word, by stem."""
    for token in doc:
        role = _ROLES.get(token.dep_)
        if role is None:
            continue
        fillers = (
            [c for c in token.children if c.dep_ == "pobj"] if token.dep_ == "agent" else [token]
        )
        for filler in fillers:
            for word in (filler, *filler.conjuncts):
                for verb in (token.head, *token.head.conjuncts):
                    yield _key(verb), role, _key(word)


def _is_main(token: "Token") -> bool:
    """Whether nothing but coordination stands between the token and the root."""
    while token.dep_ != "ROOT":
        if token.dep_ not in _MAIN:
            return False
        token = token.head
    return True


def _complements(verb: "Token") -> set[str]:
    """The kinds of complements of a verb; a passive subject is an object."""
    kinds = {_COMPLEMENTS[child.dep_] for child in verb.children if child.dep_ in _COMPLEMENTS}
    particles = {c.lower_ for c in verb.children if c.dep_ in {"prt", "prep", "advmod"}}
    return kinds | (particles & _PARTICLES)


def _clauses(doc: "Doc") -> Iterator[tuple[str, str]]:
    """Nouns, names and numbers with the verb of the clause they stand in."""
    for token in doc:
        if token.pos_ in _NOMINAL:
            yield _key(token), _key(_clause(token))


def _clause(token: "Token") -> "Token":
    """The verb of the clause that the token stands in, the root if there is none."""
    verb = token.head
    while verb.pos_ not in _VERBAL and verb.dep_ != "ROOT":
        verb = verb.head
    return verb


def _with_article(doc: "Doc") -> set[str]:
    return {_key(t) for t in doc if any(child.dep_ in {"det", "poss"} for child in t.children)}


def _negated(doc: "Doc") -> set[str]:
    """The heads of the negations."""
    return {_key(token.head) for token in doc if token.lower_ in _NEGATIONS}


def _next_word(token: "Token") -> str:
    """The first content word or number after the token, "" when there is none close by."""
    for follower in token.doc[token.i + 1 : token.i + 4]:
        if follower.lower_ not in STOP_WORDS and (follower.is_alpha or follower.like_num):
            return str(follower.lower_)
    return ""
