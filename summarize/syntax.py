"""What a rewritten sentence must keep of its source's grammar, to stay true and readable.

Lookup of names and numbers cannot see that a subject was swapped, a "not" lost or "claimed" dropped
("Intrinsic" errors: half of them hold no word that the source lacks). These checks compare
dependency parses, and rather refuse a good sentence than let a false one through.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summarize.language import parse, parse_all
from summarize.words import STOP_WORDS, stem, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["changed_meaning", "is_clause"]

_QUOTATION = re.compile(r"“[^“”]+”|\"[^\"]+\"|‘[^‘]+?’(?!\w)")
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
_ATTRIBUTIONS = frozenset("according citing quoted quoting".split())  # noqa: SIM905


def is_clause(text: str) -> bool:
    """Whether `text` is a whole statement: a finite main verb that has a subject.

    A single comma between the two, a preposition without what belongs to it, a sentence that ends
    in an article, and two sentences in one are refused.
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
    bare = any(
        token.dep_ == "prep"
        and not any(c.dep_ in {"pobj", "pcomp", "prep"} for c in token.children)
        for token in doc
    )
    return finite and bool(subjects) and not (dangling or split or bare)


def changed_meaning(text: str, sources: Sequence[str]) -> str | None:
    """Why `text` does not say what the source sentences say, or None when nothing was found.

    The reasons, in the order they are looked for: a role that a source word does not have there
    ("role"), a main verb that the source only reports, plans or denies ("main verb"), a verb without
    the object or particle that completes it there ("complement"), a noun or number that belongs to
    another verb there ("clause"), a time of the main verb that got lost ("time"), a noun
    without its article ("article"), words out of a quotation ("quotation"), a lost or added negation
    ("negation"), a lost hedge, bound or attribution ("hedge").
    """
    doc, originals = parse(text), parse_all(sources)
    known = {_key(token) for original in originals for token in original}
    roles = {role for original in originals for role in _roles(original)}
    for verb, role, word in _roles(doc):
        if verb in known and word in known and (verb, role, word) not in roles:
            return "role"
    mains = {_key(token) for original in originals for token in original if _is_main(token)}
    if any(_key(t) in known and _key(t) not in mains for t in doc if t.dep_ == "ROOT"):
        return "main verb"
    if any(_incomplete(verb, originals) for verb in doc if verb.pos_ == "VERB"):
        return "complement"
    belongs = {pair for original in originals for pair in _clauses(original)}
    if any(word in known and (word, verb) not in belongs for word, verb in _clauses(doc)):
        return "clause"
    if any(_lost_time(doc, original) for original in originals):
        return "time"
    if _without_article(doc) & {key for o in originals for key in _with_article(o)}:
        return "article"
    if any(
        _torn(quotation, text) for source in sources for quotation in _QUOTATION.finditer(source)
    ):
        return "quotation"
    if _negated(doc) != {v for o in originals for v in _negated(o)} & {_key(t) for t in doc}:
        return "negation"
    if any(_lost_modifier(doc, original) for original in originals):
        return "hedge"
    return None


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


def _incomplete(verb: "Token", originals: Sequence["Doc"]) -> bool:
    """Whether the verb, wherever the sources have it, has a complement that it lacks here."""
    needed = [
        _complements(token)
        for original in originals
        for token in original
        if token.pos_ == "VERB" and _key(token) == _key(verb)
    ]
    return bool(needed) and not any(needs <= _complements(verb) for needs in needed)


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


def _lost_time(doc: "Doc", original: "Doc") -> bool:
    """Whether a main verb that was kept has lost the date or time that is said of it."""
    kept = {token.lower_ for token in doc}
    verbs = {_key(token) for token in doc if token.pos_ in _VERBAL}
    for token in original:
        if token.ent_type_ in {"DATE", "TIME"} and token.lower_ not in kept:
            verb = token.head.head if token.dep_ == "pobj" else token.head
            direct = token.dep_ in {"pobj", "npadvmod"} and verb.pos_ in _VERBAL
            if direct and verb.dep_ in _MAIN and _key(verb) in verbs:
                return True
    return False


def _with_article(doc: "Doc") -> set[str]:
    return {_key(t) for t in doc if any(child.dep_ in {"det", "poss"} for child in t.children)}


def _without_article(doc: "Doc") -> set[str]:
    """Nouns that have no article, and have none anywhere in `doc`."""
    return {_key(token) for token in doc if token.pos_ in _NOMINAL} - _with_article(doc)


def _torn(quotation: re.Match[str], text: str) -> bool:
    """Whether words of the quotation stand in `text` without the whole of it."""
    inside = {word.lower() for word in words(quotation[0])} - STOP_WORDS
    return quotation[0] not in text and bool(inside & {word.lower() for word in words(text)})


def _negated(doc: "Doc") -> set[str]:
    """The heads of the negations."""
    return {_key(token.head) for token in doc if token.lower_ in _NEGATIONS}


def _lost_modifier(doc: "Doc", original: "Doc") -> bool:
    """Whether a modifier or an attribution of kept words is missing in `doc`."""
    kept = {token.lower_ for token in doc}
    for token in original:
        if token.lower_ in _ATTRIBUTIONS and token.lower_ not in kept:
            return True
        if token.lower_ in _MODIFIERS and token.lower_ not in kept and _next_word(token) in kept:
            return True
    return False


def _next_word(token: "Token") -> str:
    """The first content word or number after the token, "" when there is none close by."""
    for follower in token.doc[token.i + 1 : token.i + 4]:
        if follower.lower_ not in STOP_WORDS and (follower.is_alpha or follower.like_num):
            return str(follower.lower_)
    return ""
