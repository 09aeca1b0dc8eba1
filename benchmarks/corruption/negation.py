"""Wrong polarity: a sentence denied that the article affirms, or the other way round."""

import random
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from benchmarks.corruption.common import shuffled

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["other_polarity"]

_PAST_TENSES = """
be:was beat:beat become:became begin:began bet:bet blow:blew break:broke bring:brought build:built
burn:burned buy:bought catch:caught choose:chose come:came cost:cost cut:cut deal:dealt die:died
do:did draw:drew drink:drank drive:drove eat:ate fall:fell feed:fed feel:felt fight:fought
find:found flee:fled fly:flew forbid:forbade forget:forgot forgive:forgave get:got give:gave
go:went grow:grew hang:hung have:had hear:heard hide:hid hit:hit hold:held hurt:hurt keep:kept
know:knew lay:laid lead:led leave:left lend:lent let:let lie:lied lose:lost make:made mean:meant
meet:met pay:paid put:put quit:quit read:read ride:rode rise:rose run:ran say:said see:saw
seek:sought sell:sold send:sent set:set shake:shook shoot:shot show:showed shut:shut sing:sang
sink:sank sit:sat sleep:slept speak:spoke spend:spent spread:spread stand:stood steal:stole
stick:stuck strike:struck sue:sued swear:swore sweep:swept swim:swam take:took teach:taught
tear:tore tell:told think:thought throw:threw tie:tied understand:understood undergo:underwent
wake:woke wear:wore win:won withdraw:withdrew write:wrote admit:admitted commit:committed
permit:permitted submit:submitted refer:referred occur:occurred prefer:preferred
transfer:transferred control:controlled
"""
_IRREGULAR = dict(pair.split(":") for pair in _PAST_TENSES.split())


def _past(lemma: str) -> str:
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", lemma):
        return f"{lemma}{lemma[-1]}ed"
    return re.sub(r"(?<=[^aeiou])y$", "i", lemma.removesuffix("e")) + "ed"


def _third(lemma: str) -> str:
    if lemma == "have":
        return "has"
    stem = re.sub(r"(?<=[^aeiou])y$", "ie", lemma)
    return stem + ("es" if re.search(r"(?:s|x|z|ch|sh|o)$", stem) else "s")


_SUPPORT: dict[str, tuple[str, Callable[[str], str]]] = {
    "VBD": ("did", _past), "VBZ": ("does", _third), "VBP": ("do", str),
}  # fmt: skip
_AUXILIARIES = frozenset(
    "am is are was were has have had will would can could may might must should".split()  # noqa: SIM905
)
_CONTRACTED = {"ca": "can", "wo": "will"}
_NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
# Beside one of these a "not" put in or taken out reads wrong, or makes no plain opposite.
_SENSITIVE = frozenset(
    """all already also although always any anybody anymore anyone anything anywhere both but each
    either enough even ever every everybody everyone everything exactly few hardly instead just
    least longer many most much necessarily neither no nobody none nor nothing now once only or
    rather so some someone something still too unless until well without yet""".split()  # noqa: SIM905
)


def other_polarity(doc: "Doc", chance: random.Random) -> Iterator[str]:
    """The sentence with its main verb, or the verb of what somebody says, denied or affirmed."""
    negations = [token for token in doc if token.lower_ in _NEGATIONS]
    if any(doc.text[t.idx + len(t) :].startswith("-") for t in negations):
        return
    sensitive = any(token.lower_ in _SENSITIVE for token in doc)
    if sensitive or len(negations) > 1 or doc.text.rstrip('"”').endswith("?"):
        return
    for verb in shuffled(doc, chance):
        main = verb.dep_ == "ROOT" or (verb.dep_ == "ccomp" and verb.head.dep_ == "ROOT")
        if main and _is_plain(verb):
            changed = _affirmed(verb, negations[0]) if negations else _denied(verb)
            if changed:
                yield changed


def _is_plain(verb: "Token") -> bool:
    """Whether a "not" belongs to this verb alone: a statement, the subject before the verb."""
    children = list(verb.children)
    subjects = [c.i for c in children if c.dep_ in ("nsubj", "nsubjpass")]
    shared = any(
        c.dep_ == "conj" and not any(s.dep_.startswith("nsubj") for s in c.children)
        for c in children
    )
    asks = any((c.dep_ == "mark" and c.lower_ != "that") or c.tag_[0] == "W" for c in children)
    trails = any(
        (c.dep_ == "ccomp" and c.i < verb.i) or (c.dep_ == "advcl" and c.tag_ == "VBG")
        for c in children
    )
    first = min([verb.i, *(c.i for c in children if c.dep_.startswith("aux"))])
    return bool(subjects) and subjects[0] < first and not (shared or asks or trails)


def _finite(verb: "Token") -> "Token":
    """The word of the verb that a "not" follows: its first auxiliary, or itself."""
    return next((c for c in verb.children if c.dep_.startswith("aux") and c.i < verb.i), verb)


def _denied(verb: "Token") -> str:
    text, finite = verb.doc.text, _finite(verb)
    end = finite.idx + len(finite)
    if finite.lower_ in _AUXILIARIES and (finite != verb or verb.lemma_ == "be"):
        return f"{text[:end]}{'' if finite.lower_ == 'can' else ' '}not{text[end:]}"
    adverb = any(c.dep_ == "advmod" and c.i == verb.i - 1 for c in verb.children)
    if finite != verb or verb.tag_ not in _SUPPORT or adverb:
        return ""
    auxiliary, inflect = _SUPPORT[verb.tag_]
    if inflect(verb.lemma_) != verb.text:
        return ""
    return f"{text[: verb.idx]}{auxiliary} not {verb.lemma_}{text[end:]}"


def _affirmed(verb: "Token", negation: "Token") -> str:
    text, finite = verb.doc.text, _finite(verb)
    after = text[negation.idx + len(negation) :]
    if negation.head != verb or negation.i < finite.i:
        return f"{text[: negation.idx]}{after.lstrip()}" if negation.lower_ == "never" else ""
    if not re.match(r"\s[\w“\"]", after):
        return ""
    before = text[: finite.idx]
    inflect = next((f for form, f in _SUPPORT.values() if form == finite.lower_), None)
    if inflect is None:
        word = _CONTRACTED.get(finite.text, finite.text)
        return before + word + text[finite.idx + len(finite) : negation.idx].rstrip() + after
    between = text[negation.idx + len(negation) : verb.idx].lstrip()
    return before + between + inflect(verb.lemma_) + text[verb.idx + len(verb) :]
