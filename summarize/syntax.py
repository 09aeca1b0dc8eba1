"""What a rewritten sentence must keep of its source's grammar, to stay true and readable.

Lookup of names and numbers cannot see that a subject was swapped, a "not" lost or "claimed" dropped
("Intrinsic" errors: half of them hold no word that the source lacks). These checks compare
dependency parses, and rather refuse a good sentence than let a false one through.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summarize.language import parse, parse_all
from summarize.words import STOP_WORDS, stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["changed_meaning", "is_clause"]

_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_ROLES = {
    "nsubj": "subject", "nsubjpass": "object", "dobj": "object", "dative": "object",
    "agent": "subject", "attr": "attribute", "acomp": "attribute", "oprd": "attribute",
}  # fmt: skip
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
    """Whether `text` is a whole statement: a finite main verb that has a subject."""
    doc = parse(text)
    roots = [token for token in doc if token.dep_ == "ROOT"]
    if len(roots) != 1 or roots[0].pos_ not in {"VERB", "AUX"}:
        return False
    root = roots[0]
    finite = root.tag_ in _FINITE or any(
        child.dep_ in {"aux", "auxpass"} and child.tag_ in _FINITE for child in root.children
    )
    words = [token for token in doc if token.is_alpha]
    dangling = bool(words) and words[-1].tag_ in {"IN", "DT", "CC", "TO", "PRP$", "WDT", "MD"}
    return finite and any(child.dep_ in _SUBJECT for child in root.children) and not dangling


def changed_meaning(text: str, sources: Sequence[str]) -> str | None:
    """Why `text` does not say what the source sentences say, or None when nothing was found.

    The reasons, in the order they are looked for: a role that a source word does not have there
    ("role"), a main verb that the source only reports, plans or denies ("main verb"), a lost or
    added negation ("negation"), a lost hedge, bound or attribution ("hedge").
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
    if _negated(doc) != {v for o in originals for v in _negated(o)} & {_key(t) for t in doc}:
        return "negation"
    if any(_lost_modifier(doc, original) for original in originals):
        return "hedge"
    return None


def _key(token: "Token") -> str:
    return stem(token.lemma_ if token.pos_ in {"VERB", "AUX"} else token.text)


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
