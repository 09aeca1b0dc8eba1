"""Makes judge sets with labels from news: true sentences, and wrong ones with one known error each.

The kinds of error (`KINDS`), each one change to a sentence of the article:

    number           a value 20 to 80 % off, in the same form; no number of the article
    unit             the same value of another unit, or of another counted thing
    invented entity  a name of another article and of the same class that this one does not name
    swapped entity   another name of the same class from this article
    role             subject and object of a verb change places
    date             another weekday, month, year or day; one the article does not name
    negation         "not" put in, or "not", "n't" or "never" taken out

A kind is left out where no fluent and surely wrong sentence can be made. Names are classed by the
entity labels of spaCy, but only where something else agrees (a full name, "in", a known country):
the labels alone are wrong too often.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from benchmarks.records import Example
from benchmarks.systems.budget import source_sentences
from summarize.claims import extract
from summarize.claims.entities import keys, words_of
from summarize.claims.lookup import NameIndex
from summarize.claims.matching import amounts
from summarize.claims.names import ALIASES, DEMONYMS, ORGANISATIONS, TITLES, common_words, fold
from summarize.claims.numbers import bound
from summarize.language import parse_all
from summarize.records import Claim
from summarize.words import STOP_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

__all__ = ["KINDS", "corrupt"]

KINDS = ("number", "unit", "invented entity", "swapped entity", "role", "date", "negation")

_T = TypeVar("_T")

# Articles that are read together; they and the batch before lend each other names.
_BATCH = 50


@dataclass(frozen=True, slots=True)
class _Source:
    """An article as the makers of errors need it; its titles belong to its text.

    `numbers` are all its values; `counted` has for each unit or noun the values before it; `names`
    are those of a known class, with the class.
    """

    example: Example
    docs: "tuple[Doc, ...]"
    text: str
    numbers: tuple[Fraction, ...]
    counted: Mapping[str, list[str]]
    names: Mapping[str, str]
    index: NameIndex


def corrupt(examples: Iterable[Example], *, seed: int, per_article: int = 3) -> Iterator[Example]:
    """True sentences of each article, each followed by its corruptions, as examples to judge.

    Up to `per_article` sentences that make a claim are drawn, first those whose subject and object
    can be exchanged, because these are few. A true one is right and has the id "ARTICLE/SENTENCE";
    a wrong one has its kind as its only error type, and "/KIND" added to the id. Documents are
    kept, references dropped. The same `examples` and `seed` give the same result. Articles are read
    50 at a time; invented names come from these and the 50 before.
    """
    remaining = iter(examples)
    before: dict[str, str] = {}
    while batch := [_read(example) for example in islice(remaining, _BATCH)]:
        named = {name: kind for source in batch for name, kind in source.names.items()}
        for source in batch:
            chance = random.Random(f"{seed} {source.example.id}")  # noqa: S311
            yield from _examples(source, before | named, chance, per_article)
        before = named


def _read(example: Example) -> _Source:
    sentences = dict.fromkeys(s.text for row in source_sentences(example) for s in row)
    docs = tuple(parse_all(sentences))
    texts = [*sentences, *filter(None, example.titles)]
    claims = [claim for text in texts for claim in extract(text) if claim.kind == "number"]
    numbers = tuple(value for claim in claims for value in amounts(claim.value))
    counted: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        for claim, unit in _units(text):
            counted[unit["form"]].append(claim.value)
    whole = "\n".join(texts)
    return _Source(example, docs, whole, numbers, counted, _named(docs, whole), NameIndex(texts))


def _examples(
    source: _Source, pool: Mapping[str, str], chance: random.Random, size: int
) -> Iterator[Example]:
    rows = _shuffled(enumerate(source.docs), chance)
    rows.sort(key=lambda row: next(_other_roles(row[1], chance), "") == "")
    usable = (row for row in rows if _is_usable(row[1]))
    for number, doc in islice(usable, size):
        id_ = f"{source.example.id}/{number}"
        true = replace(source.example, id=id_, summary=doc.text, references=(), right=True)
        yield true
        for kind, wrong in _corruptions(doc, source, pool, chance):
            name = f"{id_}/{kind.replace(' ', '-')}"
            yield replace(true, id=name, summary=wrong, right=False, error_types=(kind,))


def _corruptions(
    doc: "Doc", source: _Source, pool: Mapping[str, str], chance: random.Random
) -> Iterator[tuple[str, str]]:
    """At most one wrong sentence of each kind, with the kind."""
    makers = (
        _other_numbers(doc, source, chance),
        _other_units(doc, source, chance),
        _invented_names(doc, source, pool, chance),
        _swapped_names(doc, source, chance),
        _other_roles(doc, chance),
        _other_dates(doc, source, chance),
        _other_polarity(doc, chance),
    )
    for kind, texts in zip(KINDS, makers, strict=True):
        for text in islice(texts, 1):
            yield kind, text


# Lines that editors add, and sentences cut after a title.
_UNFIT = re.compile(r"contributed to this report|opinions expressed in|\b(?:Gov|Sen|Rep|Dr|St)\.$")


def _is_usable(doc: "Doc") -> bool:
    """Whether it is one whole statement of ordinary length that makes a claim."""
    text, roots = doc.text, [token for token in doc if token.dep_ == "ROOT"]
    whole = text[-1] in '.!"”' and "--" not in text and text.count('"') % 2 == 0
    verbal = len(roots) == 1 and roots[0].pos_ in ("VERB", "AUX")
    claims = 6 <= len(text.split()) <= 40 and bool(extract(text))
    if not (whole and verbal and claims) or _UNFIT.search(text):
        return False
    return any(child.dep_.startswith("nsubj") for child in roots[0].children)


def _shuffled(items: Iterable[_T], chance: random.Random) -> list[_T]:
    listed = list(items)
    return chance.sample(listed, len(listed))


def _claims(doc: "Doc", kind: str, chance: random.Random) -> list[Claim]:
    return _shuffled((claim for claim in extract(doc.text) if claim.kind == kind), chance)


def _put(text: str, start: int, end: int, new: str) -> str:
    """`text` with `new` from `start` to `end`, a capital where it opens, and no dot doubled."""
    opens = not text[:start].strip("\"“‘'(") or text[start - 1] in '"“'
    if opens and text[start].isupper():
        new = new[0].upper() + new[1:]
    return text[:start] + new + text[end + (new[-1] == "." == text[end : end + 1]) :]


# Words and numerals that sound as if they began with a vowel.
_VOWEL = re.compile(r"[aeio]|u(?!ni|s|k)|8|1[18](?:,|(?![0-9]))", re.IGNORECASE)


def _keeps_article(text: str, start: int, new: str) -> bool:
    """Whether "a" or "an" before `start`, if there is one, also fits `new`."""
    article = re.search(r"\b(an?)\s$", text[:start], re.IGNORECASE)
    return article is None or (_VOWEL.match(new) is not None) == (len(article[1]) == 2)


_SMALL = """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
    ninety""".split()  # noqa: SIM905
_WORDS = dict(zip(_SMALL, [*range(2, 20), *range(20, 100, 10)], strict=True))
_NUMERAL = re.compile(
    rf"[0-9][0-9,]*(?:\.[0-9]+)?|\b(?:{'|'.join(_SMALL)})\b(?!-(?:one|{'|'.join(_SMALL[:8])})\b)",
    re.IGNORECASE,
)
# Round the clock, the numbers to call for help, years, ages such as "20s", and 3-D.
_FIXED = re.compile(r"(?:24|911|999|1[0-9]{3}|20[0-9]{2})(?![,.]?\w)|[0-9]+s|\w+-[A-Z]")
_LIST = re.compile(r"\W+(?:(?:and|or|to|even|by)\W+)*")


def _other_numbers(doc: "Doc", source: _Source, chance: random.Random) -> Iterator[str]:
    text = doc.text
    for claim in _claims(doc, "number", chance):
        found, values = list(_NUMERAL.finditer(claim.text)), amounts(claim.value)
        if len(found) != 1 or len(values) != 1 or values[0] <= 1 or _is_listed(text, claim):
            continue
        old, start, value = found[0][0], claim.start + found[0].start(), values[0]
        if _FIXED.match(text, start) or value % _value(old):
            continue
        limit = bound(text, claim.start)
        for numeral in _numerals(old, chance):
            new = value * _value(numeral) / _value(old)
            apart = all(abs(new - other) * 20 > abs(other) for other in source.numbers)
            entailed = limit == ("above" if new < value else "below")
            possible = claim.unit not in ("%", "year", "") or value > 100 or new <= 100
            if apart and possible and not entailed and _keeps_article(text, start, numeral):
                yield _put(text, start, start + len(old), numeral)


def _is_listed(text: str, claim: Claim) -> bool:
    """Whether another number stands right beside it: "three, four or five", "5 feet 10 inches"."""
    others = [c for c in extract(text) if c.kind == "number" and c != claim]
    return any(
        _LIST.fullmatch(text[min(claim.end, c.end) : max(claim.start, c.start)]) for c in others
    )


def _value(numeral: str) -> Fraction:
    return Fraction(_WORDS.get(numeral.lower()) or numeral.replace(",", ""))


def _numerals(old: str, chance: random.Random) -> Iterator[str]:
    """Numerals of the form of `old`, about as round, 20 to 80 % off and more than one."""
    value = _value(old)
    for percent in _shuffled([*range(20, 81, 3), *range(-80, -19, 3)], chance):
        wanted = value * (100 + percent) / 100
        if old[0].isalpha():
            new = min(_WORDS, key=lambda word: abs(_WORDS[word] - wanted))
        else:
            new = _rounded(old, wanted)
        alike = old[0].isdigit() or (_value(new) < 10) == (value < 10)
        off = abs(_value(new) / value - 1) * 100
        if alike and _value(new) > 1 and 20 <= off <= 80 and not re.search(r"\.[0-9]*0$", new):
            yield new


def _rounded(old: str, value: Fraction) -> str:
    """`value` in digits, with the decimal places of `old` or as many zeros at its end."""
    digits = old.replace(",", "")
    places = len(digits.partition(".")[2])
    zeros = 0 if places else len(digits) - len(digits.rstrip("0"))
    step = 10 ** (zeros - (zeros > 0 and digits[0] == "1"))
    number = float(value) if places else round(value / step) * step
    comma = "," if "," in old or len(digits) < 4 else ""
    return f"{number:{comma}.{places}f}"


# Units and things that may be counted in each other's place: a class a line, "/" between synonyms.
_KINDRED = """
seconds|minutes|hours
days|weeks|months|years|decades
hour|day|week|month|year
miles|kilometers/kilometres|yards
mile|kilometer/kilometre|yard
feet|meters/metres|inches
foot|meter/metre|inch
square miles|square kilometers|acres|hectares
square feet|square meters
kilograms|ounces|tons/tonnes
gallons|liters/litres|barrels
mph|kph
miles per hour|kilometers per hour
percent|percentage points
dollars|euros|yen
Fahrenheit|Celsius
people|men|women|boys|girls|children|soldiers/troops|civilians|police officers/officers|\
militants/rebels/insurgents/gunmen/fighters|doctors|nurses|teachers|students|lawyers|\
journalists/reporters|firefighters|tourists|passengers|prisoners/inmates|farmers
cars/vehicles|trucks|buses|motorcycles|helicopters|planes/aircraft|ships/boats
homes/houses/buildings|schools|hospitals|churches|shops/stores|hotels
games/matches|seasons|tournaments
goals|penalties
titles|medals
"""
# These say too little of who is counted: in place of another noun they may well be true.
_GENERAL = frozenset({"people", "men", "children", "passengers"})
_KIN = {
    form: [first for other in line.split("|") if group != other for first in other.split("/")[:1]]
    for line in _KINDRED.strip().split("\n")
    for group in line.split("|")
    for form in group.split("/")
}
_UNIT = re.compile(
    rf"[\s-](?P<form>{'|'.join(sorted(_KIN, key=len, reverse=True))})(?![\w’'])"
    r"(?!(?:[\s-]old|\sof\sage|\s[0-9])\b)"
)
_MODIFIES = frozenset({"compound", "amod", "nmod"})
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound"}
_CHANGED_BY = re.compile(r"\b(?:by|up|down|rose|fell|grew|\w+ed)\s$")


def _units(text: str) -> Iterator[tuple[Claim, re.Match[str]]]:
    """The numbers of `text` with the known unit or counted noun right after them."""
    for claim in extract(text):
        unit = _UNIT.search(text, claim.start)
        if claim.kind == "number" and unit and unit.start() <= claim.end <= unit.end():
            yield claim, unit


def _other_units(doc: "Doc", source: _Source, chance: random.Random) -> Iterator[str]:
    text, known = doc.text, source.text.lower()
    for claim, unit in _shuffled(_units(text), chance):
        span = doc.char_span(*unit.span("form"))
        modifier = span is None or (unit[0][0] == " " and span.root.dep_ in _MODIFIES)
        limited = bound(text, claim.start) in ("above", "below")
        if claim.value == "1" or modifier or limited or _is_listed(text, claim):
            continue
        if unit["form"].startswith("percent") and not _CHANGED_BY.search(text[: claim.start]):
            continue
        offers = [new for new in _shuffled(_KIN[unit["form"]], chance) if new not in _GENERAL]
        for new in sorted(offers, key=lambda form: form not in source.counted):
            said = claim.value in source.counted.get(new, ())
            if not said and (new in source.counted or new not in known):
                yield _put(text, unit.start("form"), unit.end("form"), new)
    for claim in _claims(doc, "number", chance):
        for sign, name in _shuffled(_SIGNS.items(), chance) if claim.text[0] in _SIGNS else ():
            if sign not in known and name not in known:
                yield _put(text, claim.start, claim.start + 1, sign)


_COUNTRIES = {*DEMONYMS.values(), *ALIASES.values()} - {"islam", "islamic state"}


def _named(docs: "Iterable[Doc]", text: str) -> dict[str, str]:
    """The names whose class is sure, with their class; one class fits the same places."""
    votes: dict[Claim, Counter[str]] = defaultdict(Counter)
    for doc in docs:
        for claim in extract(doc.text):
            label = _label(doc, claim)
            if claim.kind == "entity" and label:
                votes[replace(claim, start=0, end=0)][label] += 1
    labels = {claim: count.most_common(1)[0][0] for claim, count in votes.items()}
    surnames = {
        claim.text.split()[-1]
        for claim, label in labels.items()
        if label == "PERSON" and " " in claim.text
    }
    classes = {c.text: _class(c, label, text, surnames) for c, label in labels.items()}
    return {name: kind for name, kind in classes.items() if kind}


def _label(doc: "Doc", claim: Claim) -> str:
    """The entity label that all words of the name have, with "the" before it or a people's tag.

    Places and bodies that only modify a noun have none.
    """
    span = doc.char_span(claim.start, claim.end)
    if span is None or len({token.ent_type_ for token in span}) != 1:
        return ""
    label = span.root.ent_type_
    if label == "NORP":
        return f"NORP {span.root.tag_}"
    if label == "PERSON" or not label:
        return label
    article = "the " if span.start and doc[span.start - 1].lower_ == "the" else ""
    return "" if span.root.dep_ in _MODIFIES else article + label


def _class(claim: Claim, label: str, text: str, surnames: set[str]) -> str:
    """What fits where the name stands, the label first ("the GPE country"); empty if unsure."""
    name, words, kind = claim.text, claim.text.split(), label.removeprefix("the ")
    common = any(fold(word) in common_words() or fold(word) in DEMONYMS for word in words)
    if kind == "PERSON" and not common and all(w.isalpha() and w.istitle() for w in words):
        full = 2 <= len(words) <= 3
        return f"{label} full" if full else f"{label} surname" if name in surnames else ""
    if kind == "GPE" and (claim.value in _COUNTRIES or f"in {name}" in text):
        return f"{label} {'country' if claim.value in _COUNTRIES else 'place'}"
    if kind == "ORG" and len(words) > 1 and fold(words[-1]) in ORGANISATIONS:
        return f"{label} body"
    return label if kind.startswith("NORP") and fold(name) in DEMONYMS else ""


_BEFORE_NAMES = TITLES | STOP_WORDS
_GENDERED = re.compile(
    r"\b(?:he|she|his|hers?|him|(?:him|her)self|mr|mrs|ms|miss|lady|king|queen|prince(?:ss)?|actress"
    r"|father|mother|husband|wife|widow|son|daughter|brother|sister|\w*(?:man|woman|boy|girl))\b",
    re.IGNORECASE,
)


def _renamings(
    doc: "Doc", source: _Source, pool: Mapping[str, str], chance: random.Random
) -> Iterator[tuple[Claim, str]]:
    """The names of the sentence, each with names of the pool that fit its place."""
    text = doc.text
    for claim in _claims(doc, "entity", chance):
        kind = source.names.get(claim.text, "")
        if (
            kind
            and kind.startswith(_label(doc, claim) or "-")
            and _is_replaceable(text, claim, kind)
        ):
            for new in _shuffled((name for name in pool if pool[name] == kind), chance):
                if new not in text and _keeps_article(text, claim.start, new):
                    yield claim, new


def _is_replaceable(text: str, claim: Claim, kind: str) -> bool:
    """Whether nothing around the name belongs to it or hangs on it."""
    before, after = text[: claim.start], text[claim.end :]
    if text.count(claim.text) > 1 or re.match(r"\s(?:and the )?[A-Z]|-|['’]\W", after):
        return False
    word = re.search(r"([A-Z][\w.]*)\s$", before)
    if word and fold(word[1]) not in _BEFORE_NAMES:
        return False
    if kind.startswith("PERSON"):
        return not _GENDERED.search(text)
    part = re.search(r"(?:[A-Z][\w.]+(?:,|\sand|\sof|\sfor)|['’]s)\s$", before)
    return not part and not re.match(r",\s[A-Z]", after)


def _invented_names(
    doc: "Doc", source: _Source, pool: Mapping[str, str], chance: random.Random
) -> Iterator[str]:
    for claim, new in _renamings(doc, source, pool, chance):
        if next(source.index.find(new), None) is None:
            yield _put(doc.text, claim.start, claim.end, new)


def _swapped_names(doc: "Doc", source: _Source, chance: random.Random) -> Iterator[str]:
    for claim, new in _renamings(doc, source, source.names, chance):
        if not _are_related(claim.text, new, source.text):
            yield _put(doc.text, claim.start, claim.end, new)


def _are_related(one: str, other: str, text: str) -> bool:
    """Whether two names share a word or stand side by side in the article ("Austin, Texas")."""
    words = [{key for key, _, _ in keys(words_of(name))} for name in (one, other)]
    if words[0] & words[1]:
        return True
    names = (re.escape(one), re.escape(other))
    return any(
        re.search(rf"\b{first}\W+(?:(?:s|and|or|in|of|the|near)\W+)?{second}(?!\w)", text)
        for first, second in (names, names[::-1])
    )


# Verbs that say the same of both, whichever is the subject, or whose object can be no subject.
_ONE_WAY = frozenset(
    """attend battle be become call carry challenge date divorce enter face fight have join leave
    marry match meet name oppose play quit reach resemble tie visit win""".split()  # noqa: SIM905
)
_ACTORS = frozenset({"PERSON", "ORG"})


def _other_roles(doc: "Doc", chance: random.Random) -> Iterator[str]:
    """Of "A beat B" and "A was beaten by B", the sentences with A and B exchanged."""
    text = doc.text
    for verb in _shuffled((token for token in doc if token.pos_ == "VERB"), chance):
        subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
        objects = [c for c in verb.children if c.dep_ == "dobj"] + [
            c for by in verb.children if by.dep_ == "agent" for c in by.children
        ]
        if verb.lemma_ in _ONE_WAY or len(subjects) != 1 or len(objects) != 1:
            continue
        one, other = _phrase(subjects[0]), _phrase(objects[0])
        reported = verb.lemma_ == "tell" and other.root.ent_type_ != "PERSON"
        if one.end <= verb.i < other.start and _may_change_places(one, other) and not reported:
            changed = _put(text, other.start_char, other.end_char, _inside(one))
            yield _put(changed, one.start_char, one.end_char, _inside(other))


def _phrase(head: "Token") -> "Span":
    return head.doc[head.left_edge.i : head.right_edge.i + 1]


def _may_change_places(one: "Span", other: "Span") -> bool:
    """Whether both are simple, are headed by names of actors or of places, and agree in number."""
    labels = {one.root.ent_type_, other.root.ent_type_}
    plural = [
        span.root.tag_ in ("NNS", "NNPS") or any(True for _ in span.root.conjuncts)
        for span in (one, other)
    ]
    simple = all(
        len(span) <= 8 and not any(t.pos_ in ("ADP", "VERB", "AUX", "PRON") for t in span)
        for span in (one, other)
    )
    return simple and (labels <= _ACTORS or labels == {"GPE"}) and plural[0] == plural[1]


def _inside(phrase: "Span") -> str:
    """The phrase as it is written within a sentence."""
    common = phrase[0].pos_ != "PROPN" and not phrase[0].ent_type_
    if common or phrase[0].lower_ in ("the", "a", "an"):
        return phrase.text[0].lower() + phrase.text[1:]
    return phrase.text


_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
_MONTHS = """January February March April May June July August September October November
    December""".split()  # noqa: SIM905
_SHORT_MONTHS = "Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sept. Oct. Nov. Dec.".split()  # noqa: SIM905
_YEAR = r"\b[12][0-9]{3}\b"
_DATE_PART = re.compile(
    rf"(?P<weekday>{'|'.join(_WEEKDAYS)})|(?P<month>{'|'.join(_MONTHS)})"
    rf"|(?P<short>{'|'.join(map(re.escape, _SHORT_MONTHS))})"
    rf"|(?P<year>{_YEAR})|(?P<day>\b[0-9]{{1,2}}\b)"
)
_IN_MONTH = re.compile(r"\b(?:in|of|by|since|until|from|last|next|this|early|late|during)[\s-]$")


def _other_dates(doc: "Doc", source: _Source, chance: random.Random) -> Iterator[str]:
    text = doc.text
    for claim in _claims(doc, "date", chance):
        named = re.match(r"s?\s(?:[A-Z]|school\b)", text[claim.end :])
        bare = claim.text in _MONTHS and not _IN_MONTH.search(text[: claim.start])
        if named or bare or ".." in claim.value or claim.value.startswith("T"):
            continue
        for part in _shuffled(_DATE_PART.finditer(claim.text), chance):
            for new in _shuffled(_dates_like(part, text, source), chance):
                if not re.search(rf"\b{new[:3] if new[0].isalpha() else new}", source.text):
                    start = claim.start + part.start()
                    yield _put(text, start, start + len(part[0]), new)


def _dates_like(part: re.Match[str], text: str, source: _Source) -> Sequence[str]:
    """What may stand in the place of the part of a date; no year after the last of the article."""
    if part["weekday"]:
        return _WEEKDAYS
    if part["year"]:
        year, last = int(part["year"]), max(map(int, re.findall(_YEAR, source.text)))
        alone = len(re.findall(_YEAR, text)) == 1
        return [str(y) for y in range(year - 9, min(year + 9, last) + 1) if alone]
    if part["day"]:
        return [str(day) for day in range(1, 29)]
    return _MONTHS if part["month"] else _SHORT_MONTHS


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


def _other_polarity(doc: "Doc", chance: random.Random) -> Iterator[str]:
    """The sentence with its main verb, or the verb of what somebody says, denied or affirmed."""
    negations = [token for token in doc if token.lower_ in _NEGATIONS]
    sensitive = any(token.lower_ in _SENSITIVE for token in doc)
    if sensitive or len(negations) > 1 or doc.text.rstrip('"”').endswith("?"):
        return
    for verb in _shuffled(doc, chance):
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
