from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from summarize.claims import extract
from summarize.claims.dates import find_dates, same_date
from summarize.claims.entities import words_of
from summarize.claims.lookup import NameIndex, Place
from summarize.claims.matching import follows, same_counted, same_number
from summarize.claims.names import fold
from summarize.claims.numbers import Bound, bound, scan
from summarize.language import parse
from summarize.records import Claim, Evidence, Sentence, Verdict
from summarize.scoring.alignment import likeness
from summarize.scoring.arithmetic import worked_out
from summarize.scoring.retelling import rivals
from summarize.scoring.statements import Finding, findings
from summarize.words import content_stems, stem

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["SIGNATURE", "SourceIndex"]

SIGNATURE = "claims:1|entities:subname+alias+initials|numbers:value+unit|dates:subsumed"


# Share of the content stems of a summary sentence that a source sentence holds which it retells, the
# share of its words, in order, where it is nearly a copy of it, and the fewest stems that can tell.
_RETOLD = 0.6
_NEARLY = 0.7
_FEWEST_STEMS = 3
_MOST_COMPARED = 4

# Share of a summary sentence's content stems that a sentence holds whose numbers may be worked
# with, and how many such sentences are looked at.
_CLOSE = 0.25
_MOST_CLOSE = 3


@dataclass(frozen=True, slots=True)
class _Retold:
    """A source sentence with the share of the summary's stems it holds, and their Jaccard index."""

    share: float
    jaccard: float
    number: int


class SourceIndex:
    """Source sentences prepared once, so that many summary sentences can be judged against them."""

    def __init__(
        self, sources: Iterable[Sentence], titles: Mapping[str, str] | None = None
    ) -> None:
        """`titles` (article id to title) also count as sources; evidence there has no quote."""
        self._sentences = list(sources)
        self._number_of = {sentence: number for number, sentence in enumerate(self._sentences)}
        for article_id, title in (titles or {}).items():
            self._sentences.append(Sentence(article_id, -1, 0, 0, title))
        texts = [sentence.text for sentence in self._sentences]
        self._stems = [frozenset(content_stems(text)) for text in texts]
        self._names = NameIndex(texts)
        self._dates = [find_dates(text) for text in texts]
        self._numbers = [_rough(*row) for row in zip(texts, self._dates, strict=True)]

    def judge(self, text: str, prefer: Sequence[Sentence] = ()) -> tuple[Evidence, ...]:
        """Evidence for each claim of the summary sentence `text`, in the order of the claims.

        A quote is looked for first in `prefer`, the sentences it cites, then in all sources.
        """
        cited = [self._number_of[s] for s in prefer if s in self._number_of]
        judged = tuple(self._judged(text, claim, cited) for claim in extract(text))
        retold = self._retold(text)
        if not retold or any(text in self._sentences[place.number].text for place in retold):
            return judged
        closest = retold[0].number
        if likeness(text, self._sentences[closest].text) >= _NEARLY:
            judged = self._replaced(text, judged, retold)
        return (*judged, *self._statements(text, retold))

    def _retold(self, text: str) -> list[_Retold]:
        """The source sentences that hold most of the words of `text`, the likest first."""
        stems = frozenset(content_stems(text))
        if len(stems) < _FEWEST_STEMS:
            return []
        found = [
            _Retold(len(stems & held) / len(stems), len(stems & held) / len(stems | held), number)
            for number, held in enumerate(self._stems)
            if len(stems & held) >= _RETOLD * len(stems)
        ]
        return sorted(found, key=lambda place: (-place.share, -place.jaccard, place.number))

    def _replaced(
        self, text: str, judged: tuple[Evidence, ...], retold: list[_Retold]
    ) -> tuple[Evidence, ...]:
        """The evidence, with what stands in place of another claim of the closest sentence."""
        closest = retold[0].number
        found = dict(rivals(text, self._sentences[closest].text))
        return tuple(
            self._evidence(
                e.claim,
                "contradicted",
                Place(closest, found[e.claim].start, found[e.claim].end),
            )
            if e.claim in found
            and not self._is_said(e.claim, retold[1:])
            and not self._names.are_joined(e.claim.text, found[e.claim].text)
            else e
            for e in judged
        )

    def _is_said(self, claim: Claim, retold: list[_Retold]) -> bool:
        """Whether another sentence that says much the same has the claim."""
        return any(self._holds(claim, place.number) for place in retold)

    def _holds(self, claim: Claim, number: int) -> bool:
        if claim.kind == "entity":
            return any(place.sentence == number for place in self._names.find(claim.text))
        if claim.kind == "date":
            return any(same_date(claim.value, date.value) for date in self._dates[number])
        return any(
            c.kind == "number" and same_number(claim, c)
            for c in extract(self._sentences[number].text)
        )

    def _statements(self, text: str, retold: list[_Retold]) -> Iterator[Evidence]:
        doc, closest = parse(text), retold[0].number
        found = self._findings(doc, closest)
        others = [place.number for place in retold[1:_MOST_COMPARED]]
        for finding in found.values():
            if any(self._bears_out(doc, finding, other) for other in others):
                continue
            word = text[finding.start : finding.end]
            claim = Claim(word, "statement", fold(word), "", finding.start, finding.end)
            place = Place(closest, finding.source_start, finding.source_end)
            yield self._evidence(claim, "contradicted", place, finding.reason)

    def _findings(self, doc: "Doc", number: int) -> dict[int, Finding]:
        source = self._sentences[number].text
        nearly = likeness(doc.text, source) >= _NEARLY
        return findings(doc, parse(source), nearly=nearly)

    def _bears_out(self, doc: "Doc", finding: Finding, number: int) -> bool:
        """Whether another source sentence has the verb, and says nothing else with it."""
        verb = stem(next(token.lemma_ for token in doc if token.idx == finding.start))
        held = any(stem(token.lemma_) == verb for token in parse(self._sentences[number].text))
        return held and finding.start not in self._findings(doc, number)

    def _judged(self, text: str, claim: Claim, cited: list[int]) -> Evidence:
        if claim.kind == "entity":
            return self._evidence(claim, "supported", _first(self._names.find(claim.text), cited))
        if claim.kind == "date":
            return self._evidence(claim, "supported", _first(self._dated(claim), cited))
        same = self._numeric(claim, same_counted, cited) or self._both_ends(claim, cited)
        if same is not None:
            return self._evidence(claim, "supported", same)
        alike = self._numeric(claim, same_number, cited)
        if alike is not None:
            swapped = self._swapped(claim, alike)
            return self._evidence(
                claim, "contradicted" if swapped else "supported", swapped or alike
            )
        rule = partial(follows, bound=bound(text, claim.start))
        derived = self._numeric(claim, rule, cited)
        if derived is not None:
            stated = self._sentences[derived.sentence].text[derived.start : derived.end]
            return self._evidence(claim, "derived", derived, f"{stated} = {claim.text}")
        worked = self._worked_out(text, claim, cited)
        if worked is not None:
            return worked
        return self._evidence(claim, "contradicted", self._rival(text, claim, cited))

    def _worked_out(self, text: str, claim: Claim, cited: list[int]) -> Evidence | None:
        """The claim as it follows from the numbers of the sentences closest to `text`."""
        limit = bound(text, claim.start)
        close = self._close(text, cited)
        for number in close:
            for stated in self._stated(number):
                if follows(claim, stated, bound=limit, loosely=True):
                    place = Place(number, stated.start, stated.end)
                    return self._evidence(claim, "derived", place, f"{stated.text} = {claim.text}")
        for number in close:
            for window in ((number,), (number, number + 1), (number - 1, number)):
                worked = self._from_two(text, claim, limit, window)
                if worked is not None:
                    return worked
        return None

    def _from_two(
        self, text: str, claim: Claim, limit: Bound, window: tuple[int, ...]
    ) -> Evidence | None:
        if not all(0 <= n < len(self._sentences) for n in window):
            return None
        articles = {self._sentences[n].article_id for n in window}
        stated = {c: n for n in window for c in (*self._stated(n), *self._dates[n])}
        worked = worked_out(claim, text, list(stated), limit) if len(articles) == 1 else None
        if worked is None:
            return None
        place = Place(stated[worked.stated], worked.stated.start, worked.stated.end)
        return self._evidence(claim, "derived", place, worked.text)

    def _stated(self, number: int) -> list[Claim]:
        """The numbers of a source sentence, with what they count."""
        if not self._numbers[number]:
            return []
        return [c for c in extract(self._sentences[number].text) if c.kind == "number"]

    def _close(self, text: str, cited: list[int]) -> list[int]:
        """The cited sentences, and those that share most content stems with `text`."""
        stems = frozenset(content_stems(text))
        shared = [(len(stems & held), n) for n, held in enumerate(self._stems)]
        likest = sorted((-count, n) for count, n in shared if count >= _CLOSE * len(stems))
        return list(dict.fromkeys([*cited, *(n for _, n in likest[:_MOST_CLOSE])]))

    def _dated(self, claim: Claim) -> Iterator[Place]:
        for number, dates in enumerate(self._dates):
            for date in dates:
                if same_date(claim.value, date.value):
                    yield Place(number, date.start, date.end)

    def _numeric(
        self, claim: Claim, matches: Callable[[Claim, Claim], bool], cited: list[int]
    ) -> Place | None:
        """The first number of a source that `matches` the claim; cited sentences come first.

        Only sentences that may hold it are parsed: that takes long.
        """
        order = [*cited, *(n for n in range(len(self._sentences)) if n not in cited)]
        for number in order:
            source = self._sentences[number].text
            if claim.text not in source and not any(
                matches(claim, n) for n in self._numbers[number]
            ):
                continue
            for stated in extract(source):
                named = stated.kind == "entity" and claim.text in stated.text.split()
                if named or (stated.kind == "number" and matches(claim, stated)):
                    return Place(number, stated.start, stated.end)
        return None

    def _both_ends(self, claim: Claim, cited: list[int]) -> Place | None:
        """A range whose ends one sentence states apart ("fell from 36,000 ... to 11,000 feet")."""
        ends = claim.value.split("..")
        if len(ends) == 1:
            return None
        first, last = (
            self._numeric(replace(claim, text="\0", value=end), same_number, cited) for end in ends
        )
        return first if first and last and first.sentence == last.sentence else None

    def _swapped(self, claim: Claim, place: Place) -> Place | None:
        """Another number of what the claim counts, beside its own number of something else."""
        for stated in extract(self._sentences[place.sentence].text):
            other = stated.kind == "number" and stated.start != place.start
            if other and stated.unit == claim.unit and stated.value != claim.value:
                return Place(place.sentence, stated.start, stated.end)
        return None

    def _rival(self, text: str, claim: Claim, cited: list[int]) -> Place | None:
        """The one other number of the same thing in a cited sentence that says the same words."""
        if not claim.unit:
            return None
        for number in cited:
            source = self._sentences[number].text
            rivals = [c for c in extract(source) if c.kind == "number" and c.unit == claim.unit]
            if len(rivals) == 1 and _overlap(text, source) >= _SAME_WORDS:
                return Place(number, rivals[0].start, rivals[0].end)
        return None

    def _evidence(
        self, claim: Claim, verdict: Verdict, place: Place | None, working: str = ""
    ) -> Evidence:
        if place is None:
            return Evidence(claim, "absent")
        sentence = self._sentences[place.sentence]
        if sentence.index < 0:
            return Evidence(claim, verdict, sentence.article_id, working=working)
        start, end = sentence.start + place.start, sentence.start + place.end
        quote = sentence.text[place.start : place.end]
        return Evidence(claim, verdict, sentence.article_id, start, end, quote, working)


def _rough(text: str, dates: list[Claim]) -> list[Claim]:
    """The numbers of `text`, without what they count: for that it must be parsed."""
    taken = [(date.start, date.end) for date in dates]
    return [
        Claim(text[n.start : n.end], "number", n.value, n.unit, n.start, n.end)
        for n in scan(text, taken)
    ]


# Share of a summary sentence's longer words that the cited sentence holds where it contradicts.
_SAME_WORDS = 0.6


def _overlap(text: str, source: str) -> float:
    said = {
        fold(word.text) for word in words_of(text) if len(word.text) > 3 and word.text.isalpha()
    }
    stated = {fold(word.text) for word in words_of(source)}
    return len(said & stated) / len(said) if said else 0.0


def _first(places: Iterable[Place], cited: list[int]) -> Place | None:
    """The first place in a cited sentence, else the first of all."""
    first = None
    for place in places:
        if place.sentence in cited or not cited:
            return place
        first = first or place
    return first
