"""Numbers and dates with what their sentences tell by them, and whether two may both be right."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import log

from summarize.claims import extract
from summarize.claims.dates import find_dates
from summarize.claims.matching import amounts, follows
from summarize.claims.numbers import Bound, bound, scan
from summarize.claims.numerals import plain
from summarize.claims.units import convert
from summarize.conflicts.dates import exactness, is_of_reading, nearly_agree
from summarize.conflicts.measured import is_converted, kind_of, one_measure, spread
from summarize.language import parse_all
from summarize.records import Claim, Sentence
from summarize.words import STOP_WORDS, WORD, different_stems, stem, words

__all__ = ["Mention", "mentions", "reconciled"]

# The weight of a word halves at this distance from the number, in words. Chosen.
_REACH = 6

# The share by which dozens are rounded. Chosen.
_DOZENTH = Fraction(1, 12)
# The share by which a number in another unit may be off: 141,000 acres for 219 square miles, and
# where one of both is "about" that. Chosen.
_ROUNDED, _HEDGED = Fraction("0.02"), Fraction("0.1")


@dataclass(frozen=True, eq=False)
class Mention:
    """A number or a date where a source states it.

    `figures` are the numbers and dates of its sentence. `whole` has the weights of the sentence's
    stems, by how rare they are in the story; in `near` they fade with the distance from the number.
    Numbers themselves have no weight, and by dates no dates. `told` are the stems of its article,
    `choices` is how many values of the unit that states.
    """

    sentence: Sentence
    claim: Claim
    figures: tuple[Claim, ...]
    bound: Bound
    whole: Mapping[str, float]
    near: Mapping[str, float]
    told: frozenset[str]
    choices: int = 1

    @property
    def names(self) -> list[Claim]:
        """The names in its sentence, which is parsed for that."""
        return [claim for claim in extract(self.sentence.text) if claim.kind == "entity"]

    @property
    def is_date(self) -> bool:
        """Whether the value is a date."""
        return self.claim.kind == "date"

    @cached_property
    def unit(self) -> str:
        """What is compared: what a number measures, and dates by their exactness."""
        if self.is_date:
            return f"date: {exactness(self.claim.value)}"
        return kind_of(self.sentence.text, self.claim)

    @cached_property
    def amounts(self) -> tuple[Fraction, ...]:
        """The number, or both ends of a range or score, in the unit in which it is compared."""
        return one_measure(self.claim, self.unit)

    @cached_property
    def value(self) -> str:
        """What is compared: equal for "90 minutes" and "an hour and a half"."""
        return self.claim.value if self.is_date else "..".join(map(plain, self.amounts))

    def values(self, kind: str) -> frozenset[str]:
        """The values of the sentence's other figures of a kind."""
        return frozenset(c.value for c in self.figures if c.kind == kind and c != self.claim)


def mentions(documents: Sequence[Sequence[Sentence]]) -> list[Mention]:
    """The numbers of something and the dates that the sentences of some articles state, in order.

    Vague ones ("dozens") and spans of dates are left out.
    """
    stems = [[different_stems(sentence.text) for sentence in document] for document in documents]
    told = [frozenset().union(*document) for document in stems]
    counts = Counter(word for document in stems for sentence in document for word in sentence)
    total = sum(len(document) for document in documents)
    rarity = {word: log((total + 1) / number) for word, number in counts.items()}
    parse_all(s.text for document in documents for s in document if scan(s.text))
    found = [
        mention
        for document, said in zip(documents, told, strict=True)
        for sentence in document
        for mention in _mentions(sentence, rarity, said)
    ]
    values = defaultdict(set)
    for mention in found:
        values[_choice(mention)].add(mention.value)
    return [replace(mention, choices=len(values[_choice(mention)])) for mention in found]


def _choice(mention: Mention) -> tuple[str, str]:
    return mention.sentence.article_id, mention.claim.unit or mention.unit


def _mentions(
    sentence: Sentence, rarity: Mapping[str, float], told: frozenset[str]
) -> list[Mention]:
    text = sentence.text
    # What has no number needs no parse yet: most dates are never compared.
    numbers = [claim for claim in extract(text) if claim.kind == "number"] if scan(text) else []
    dates = find_dates(text)
    known = [c for c in dates if exactness(c.value) and not is_of_reading(text, c)]
    figures = (*numbers, *dates)
    found = [
        *_made(sentence, _measured(text, numbers), figures, numbers, rarity, told),
        *_made(sentence, known, figures, figures, rarity, told),
    ]
    return sorted(found, key=lambda mention: mention.claim.start)


def _measured(text: str, numbers: Sequence[Claim]) -> list[Claim]:
    """The numbers that count or measure something."""
    stated = [c for c in numbers if amounts(c.value) and not _is_vague(c) and kind_of(text, c)]
    return [
        claim
        for before, claim in zip([None, *stated], stated, strict=False)
        if before is None or not _is_converted(text, before, claim)
    ]


def _made(  # noqa: PLR0913, PLR0917 (what a mention is made of)
    sentence: Sentence,
    stated: Sequence[Claim],
    figures: tuple[Claim, ...],
    weightless: Sequence[Claim],
    rarity: Mapping[str, float],
    told: frozenset[str],
) -> list[Mention]:
    if not stated:
        return []
    content = _content(sentence.text, weightless)
    whole = {word: rarity[word] for _, word in content}
    return [
        Mention(
            sentence, claim, figures, bound(sentence.text, claim.start), whole,
            _fading(sentence.text, claim, content, rarity), told,
        )
        for claim in stated
    ]  # fmt: skip


def _is_vague(claim: Claim) -> bool:
    return ".." in claim.value and not any(character.isdigit() for character in claim.text)


def _is_converted(text: str, before: Claim, claim: Claim) -> bool:
    """Whether a number only says the one before it in another unit: "45 km (28 miles)"."""
    gap = text[before.end : claim.start].split()
    bracketed = len(gap) in (1, 2) and gap[0][0] in "(/" and before.unit != claim.unit
    return bracketed and convert(Fraction(1), before.unit, claim.unit) is not None


def _content(text: str, weightless: Sequence[Claim]) -> list[tuple[int, str]]:
    """The stems that are no part of some claims, with their places among the words."""
    return [
        (place, stem(match[0]))
        for place, match in enumerate(WORD.finditer(text))
        if match[0].lower() not in STOP_WORDS
        and not any(claim.start <= match.start() < claim.end for claim in weightless)
    ]


def _fading(
    text: str, claim: Claim, content: Sequence[tuple[int, str]], rarity: Mapping[str, float]
) -> dict[str, float]:
    at = len(words(text[: claim.start]))
    weights: dict[str, float] = {}
    for place, word in content:
        weight = rarity[word] / (1 + abs(place - at) / _REACH)
        weights[word] = max(weights.get(word, 0.0), weight)
    return weights


def reconciled(one: Mention, other: Mention) -> bool:
    """Whether both values may be right: equal, rounded, within a bound or a range."""
    if one.is_date:
        return nearly_agree(one.claim.value, other.claim.value, (one.bound, other.bound))
    a, b = sorted((one.amounts, other.amounts), key=len)
    if one.value == other.value or not a or sorted(a) == sorted(b):
        return True
    if one.claim.unit != other.claim.unit and is_converted(one.unit) and len(a) == len(b):
        return _overlap(one, other)
    if len(b) == 2:
        return min(b) <= min(a) and max(a) <= max(b) and len(a) == 1
    value, exact = amounts(one.claim.value)[0], amounts(other.claim.value)[0]
    off = max(_grain(one.claim), _grain(other.claim), *_dozens(one.claim, other.claim))
    if round(value) == exact or round(exact) == value:
        return True
    return abs(value - exact) < off or _may_be(one, value, exact) or _may_be(other, exact, value)


def _overlap(one: Mention, other: Mention) -> bool:
    """Whether numbers or ranges in two units may be one, as they are rounded: 40 km, 25 miles."""
    share = _HEDGED if one.bound or other.bound else _ROUNDED
    ends, others = (
        sorted(zip(m.amounts, spread(m.claim, m.amounts), strict=True)) for m in (one, other)
    )
    return all(
        abs(a - b) <= off + its_off + share * max(a, b)
        for (a, off), (b, its_off) in zip(ends, others, strict=True)
    )


def _may_be(said: Mention, value: Fraction, exact: Fraction) -> bool:
    """Whether a number, as it is said, may be `exact`."""
    if said.bound == "above":
        return exact >= value
    if said.bound == "below":
        return exact <= value
    written = str(exact) if exact.denominator == 1 else str(float(exact))
    stated = Claim(written, "number", written, said.claim.unit, 0, 0)
    return follows(said.claim, stated, bound=said.bound)


def _dozens(*claims: Claim) -> list[Fraction]:
    """How far dozens may be off: 11 and 13 are called a dozen, 15 are not."""
    return [amounts(c.value)[0] * _DOZENTH + 1 for c in claims if "dozen" in c.text.lower()]


def _grain(claim: Claim) -> Fraction:
    """How far a rounded number may be off: a unit of its last decimal, or half of its zeros' one.

    Only two zeros and more are taken for rounding: 50 killed are not 49.
    """
    whole, _, decimals = claim.value.partition(".")
    if decimals:
        return Fraction(1, 10 ** len(decimals))
    zeros = len(whole) - len(whole.rstrip("0"))
    if zeros < 2:
        return Fraction(0)
    return Fraction(10**zeros) / (1 if "." in claim.text else 2)
