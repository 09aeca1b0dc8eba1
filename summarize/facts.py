"""Numbers with what their sentences tell by them, and whether two of them tell one fact."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import log

from summarize.claims import extract
from summarize.claims.matching import amounts, follows
from summarize.claims.numbers import Bound, bound
from summarize.language import parse
from summarize.records import Claim, Sentence
from summarize.words import STOP_WORDS, stem

__all__ = ["Mention", "likeness", "mentions", "reconciled", "told_apart"]

_WORD = re.compile(r"[^\W_]+(?:['’.\-,][^\W_]+)*")
# The weight of a word halves at this distance from the number, in words. Chosen.
_REACH = 6
# Values further apart than this are of two things. Chosen: no real conflict was seen above.
_RATIO = 3
# A name this near to a number, in characters, says what it is the number of. Chosen.
_NEAR = 30
# Sentences more alike than this may have other verbs: what they tell is one fact all the same.
_VERBS_FREE = 0.45

# Words at a number that say which one of several it is.
_MARKS = frozenset(
    """additional another average earlier extra first further last least less maximum median minimum
    more most new next other others previous remaining second""".split()  # noqa: SIM905
)
_NEGATIONS = frozenset("no not never without lost lack lacked".split())  # noqa: SIM905
# Shares of these are measured again and again: two values are of two moments or of two polls.
_REPEATED = frozenset(
    stem(word)
    for word in """closed trading dow nasdaq market markets index shares stocks futures poll polls
    polling survey surveyed respondents surveys approval rating favorability""".split()  # noqa: SIM905
)
_AGED = frozenset({"age", "aged"})
_MOVING = frozenset({"%", "$", "USD", "EUR", "GBP", "point", "percentage point"})
_SYNONYMS = tuple(
    frozenset(stem(word) for word in line.split())
    for line in (
        "kill die leave shoot gun slay murder claim perish slaughter massacre lose",
        "injure wound hurt",
        "arrest detain charge",
    )
)


@dataclass(frozen=True, eq=False)
class Mention:
    """A number where a source states it.

    `claims` are all claims of its sentence. `whole` has the weights of the sentence's stems, by how
    rare they are in the story; in `near` they fade with the distance from the number. Numbers
    themselves have no weight.
    """

    sentence: Sentence
    claim: Claim
    claims: tuple[Claim, ...]
    bound: Bound
    whole: Mapping[str, float]
    near: Mapping[str, float]

    @property
    def unit(self) -> str:
        """The claim's unit; ages are told from years that pass."""
        before = self.sentence.text[: self.claim.start].lower().split()[-2:]
        aged = self.claim.text.endswith("old") or not _AGED.isdisjoint(before)
        return "age" if aged else self.claim.unit

    def values(self, kind: str) -> frozenset[str]:
        """The values of the sentence's claims of a kind."""
        return frozenset(claim.value for claim in self.claims if claim.kind == kind)


def mentions(documents: Sequence[Sequence[Sentence]]) -> list[Mention]:
    """The numbers of something that the sentences of some articles state, in order.

    Vague ones ("dozens") are left out.
    """
    counts = Counter(word for document in documents for s in document for word in _stems(s.text))
    total = sum(len(document) for document in documents)
    rarity = {word: log((total + 1) / number) for word, number in counts.items()}
    return [
        mention
        for document in documents
        for sentence in document
        for mention in _mentions(sentence, rarity)
    ]


def _mentions(sentence: Sentence, rarity: Mapping[str, float]) -> list[Mention]:
    claims = extract(sentence.text)
    numbers = [claim for claim in claims if claim.kind == "number"]
    stated = [c for c in numbers if c.unit and amounts(c.value) and not _is_vague(c)]
    if not stated:
        return []
    content = _content(sentence.text, numbers)
    whole = {word: rarity[word] for _, word in content}
    return [
        Mention(
            sentence, claim, claims, bound(sentence.text, claim.start), whole,
            _fading(sentence.text, claim, content, rarity),
        )
        for claim in stated
    ]  # fmt: skip


def _is_vague(claim: Claim) -> bool:
    return ".." in claim.value and not any(character.isdigit() for character in claim.text)


def _stems(text: str) -> set[str]:
    return {stem(word) for word in _WORD.findall(text) if word.lower() not in STOP_WORDS}


def _content(text: str, numbers: Sequence[Claim]) -> list[tuple[int, str]]:
    """The stems that are no part of a number, with their places among the words."""
    return [
        (place, stem(match[0]))
        for place, match in enumerate(_WORD.finditer(text))
        if match[0].lower() not in STOP_WORDS
        and not any(number.start <= match.start() < number.end for number in numbers)
    ]


def _fading(
    text: str, claim: Claim, content: Sequence[tuple[int, str]], rarity: Mapping[str, float]
) -> dict[str, float]:
    at = len(_WORD.findall(text[: claim.start]))
    weights: dict[str, float] = {}
    for place, word in content:
        weight = rarity[word] / (1 + abs(place - at) / _REACH)
        weights[word] = max(weights.get(word, 0.0), weight)
    return weights


def likeness(one: Mention, other: Mention) -> float:
    """How much the words around two numbers are the same, 0 to 1.

    The mean, over the whole sentences and the words near the numbers, of the Bhattacharyya
    coefficient of the words' weights.
    """
    return (_overlap(one.whole, other.whole) + _overlap(one.near, other.near)) / 2


def _overlap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sorted(one.keys() & other.keys())
    total = sum(one.values()) * sum(other.values())
    return sum((one[word] * other[word]) ** 0.5 for word in shared) / total**0.5 if total else 0.0


def reconciled(one: Mention, other: Mention) -> bool:
    """Whether both numbers may be right: equal, rounded, within a bound or a range."""
    a, b = sorted((amounts(one.claim.value), amounts(other.claim.value)), key=len)
    if one.claim.value == other.claim.value or not a or sorted(a) == sorted(b):
        return True
    if len(b) == 2:
        return min(b) <= min(a) and max(a) <= max(b) and len(a) == 1
    a, b = amounts(one.claim.value), amounts(other.claim.value)
    off = max(_grain(one.claim), _grain(other.claim))
    return abs(a[0] - b[0]) < off or _may_be(one, a[0], b[0]) or _may_be(other, b[0], a[0])


def _may_be(said: Mention, value: Fraction, exact: Fraction) -> bool:
    """Whether a number, as it is said, may be `exact`."""
    if said.bound == "above":
        return exact >= value
    if said.bound == "below":
        return exact <= value
    plain = str(exact) if exact.denominator == 1 else str(float(exact))
    stated = Claim(plain, "number", plain, said.claim.unit, 0, 0)
    return follows(said.claim, stated, bound=said.bound)


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


def told_apart(one: Mention, other: Mention, score: float) -> str:
    """Which check says that two numbers of the likeness `score` are of two things, "" for none."""
    found = next((name for name, check in _CHECKS.items() if check(one, other)), "")
    if not found and score < _VERBS_FREE and _other_verbs(one, other):
        return "verbs"
    return found


def _stands_there(one: Mention, other: Mention) -> bool:
    """One of the numbers stands in the other's sentence, for another thing."""
    values = (one.values("number"), other.values("number"))
    return other.claim.value in values[0] or one.claim.value in values[1]


def _far_apart(one: Mention, other: Mention) -> bool:
    values = amounts(one.claim.value) + amounts(other.claim.value)
    return min(values) <= 0 or max(values) > _RATIO * min(values)


def _other_dates(one: Mention, other: Mention) -> bool:
    """Both sentences name dates, and none is the same or a part of another ("2018")."""
    days, others = one.values("date"), other.values("date")
    same = any(a in b or b in a for a in days for b in others)
    return bool(days and others) and not same


def _other_marks(one: Mention, other: Mention) -> bool:
    return _marks(one) != _marks(other)


def _marks(mention: Mention) -> set[str]:
    before, after = _around(mention)
    near = [*before[-2:], *after[:2], ""]
    return {word for word, following in pairwise(near) if word in _MARKS and following != "than"}


def _around(mention: Mention) -> tuple[list[str], list[str]]:
    text, claim = mention.sentence.text.lower(), mention.claim
    return _WORD.findall(text[: claim.start]), _WORD.findall(text[claim.end :])


def _one_denied(one: Mention, other: Mention) -> bool:
    return _is_denied(one) != _is_denied(other)


def _is_denied(mention: Mention) -> bool:
    before, after = _around(mention)
    return not _NEGATIONS.isdisjoint([*before[-6:], *after[:8]])


def _rest_of_whole(one: Mention, other: Mention) -> bool:
    """30 percent and 70 percent: who has the one has not the other."""
    return one.claim.unit == "%" and sum(
        amounts(one.claim.value) + amounts(other.claim.value)
    ) == 100  # fmt: skip


def _measured_again(one: Mention, other: Mention) -> bool:
    moves = one.claim.unit in _MOVING
    return moves and not _REPEATED.isdisjoint([*one.whole, *other.whole])


def _other_names(one: Mention, other: Mention) -> bool:
    names, others = (
        {n for c in m.claims if c.kind == "entity" for n in _stems(c.text)} for m in (one, other)
    )
    return bool(names and others) and not names & others


def _other_neighbours(one: Mention, other: Mention) -> bool:
    """Other names stand right before or right after the two numbers."""
    sides = zip(_neighbours(one), _neighbours(other), strict=True)
    return any(mine and its and not mine & its for mine, its in sides)


def _neighbours(mention: Mention) -> tuple[set[str], set[str]]:
    names = [claim for claim in mention.claims if claim.kind == "entity"]
    start, end = mention.claim.start, mention.claim.end
    before = [name for name in names if start - _NEAR <= name.start and name.end <= start]
    after = [name for name in names if end <= name.start and name.end <= end + _NEAR]
    return _stems(before[-1].text) if before else set(), _stems(after[0].text) if after else set()


_CHECKS: dict[str, Callable[[Mention, Mention], bool]] = {
    "stands there": _stands_there,
    "far apart": _far_apart,
    "dates": _other_dates,
    "marks": _other_marks,
    "denied": _one_denied,
    "rest": _rest_of_whole,
    "measured again": _measured_again,
    "names": _other_names,
    "neighbours": _other_neighbours,
}


def _other_verbs(one: Mention, other: Mention) -> bool:
    verb, its = _verb(one), _verb(other)
    if not verb or not its or verb in other.whole or its in one.whole:
        return False
    return not any(verb in line and its in line for line in _SYNONYMS)


def _verb(mention: Mention) -> str:
    """The stem of the verb that governs the number; empty for "be" and "have" as auxiliaries."""
    token = next(t for t in parse(mention.sentence.text) if t.idx + len(t) > mention.claim.start)
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    return stem(token.lemma_) if token.pos_ == "VERB" else ""
