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
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from benchmarks.corruption.common import Source, shuffled
from benchmarks.corruption.dates import other_dates
from benchmarks.corruption.names import invented_names, sure_names, swapped_names
from benchmarks.corruption.negation import other_polarity
from benchmarks.corruption.numbers import other_numbers, other_units, units
from benchmarks.corruption.roles import other_roles
from benchmarks.records import Example
from benchmarks.systems.budget import source_sentences
from summarize.claims import extract
from summarize.claims.lookup import NameIndex
from summarize.claims.matching import amounts
from summarize.language import parse_all, with_entities

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["KINDS", "corrupt", "read_source"]

KINDS = ("number", "unit", "invented entity", "swapped entity", "role", "date", "negation")

# Articles that are read together; they and the batch before lend each other names.
_BATCH = 50


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
    while batch := [read_source(example) for example in islice(remaining, _BATCH)]:
        named = {name: kind for source in batch for name, kind in source.names.items()}
        for source in batch:
            chance = random.Random(f"{seed} {source.example.id}")  # noqa: S311
            yield from _examples(source, before | named, chance, per_article)
        before = named


def read_source(example: Example) -> Source:
    """The article or articles of an example, read for the makers of errors."""
    sentences = dict.fromkeys(s.text for row in source_sentences(example) for s in row)
    docs = tuple(with_entities(parse_all(sentences)))
    texts = [*sentences, *filter(None, example.titles)]
    claims = [claim for text in texts for claim in extract(text) if claim.kind == "number"]
    numbers = tuple(value for claim in claims for value in amounts(claim.value))
    counted: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        for claim, unit in units(text):
            counted[unit["form"]].append(claim.value)
    whole = "\n".join(texts)
    return Source(example, docs, whole, numbers, counted, sure_names(docs, whole), NameIndex(texts))


def _examples(
    source: Source, pool: Mapping[str, str], chance: random.Random, size: int
) -> Iterator[Example]:
    rows = shuffled(enumerate(source.docs), chance)
    rows.sort(key=lambda row: next(other_roles(row[1], chance), "") == "")
    usable = (row for row in rows if _is_usable(row[1]))
    for number, doc in islice(usable, size):
        id_ = f"{source.example.id}/{number}"
        true = replace(source.example, id=id_, summary=doc.text, references=(), right=True)
        yield true
        for kind, wrong in _corruptions(doc, source, pool, chance):
            name = f"{id_}/{kind.replace(' ', '-')}"
            yield replace(true, id=name, summary=wrong, right=False, error_types=(kind,))


def _corruptions(
    doc: "Doc", source: Source, pool: Mapping[str, str], chance: random.Random
) -> Iterator[tuple[str, str]]:
    """At most one wrong sentence of each kind, with the kind."""
    makers = (
        other_numbers(doc, source, chance),
        other_units(doc, source, chance),
        invented_names(doc, source, pool, chance),
        swapped_names(doc, source, chance),
        other_roles(doc, chance),
        other_dates(doc, source, chance),
        other_polarity(doc, chance),
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
