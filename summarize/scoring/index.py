"""Source sentences, prepared once, and the verdicts on what a summary sentence says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from summarize.claims import extract
from summarize.claims.dates import same_date
from summarize.claims.lookup import NameIndex, Place
from summarize.claims.matching import same_number
from summarize.claims.names import fold
from summarize.claims.relative import is_day, resolved, working
from summarize.language import parse
from summarize.records import Claim, Evidence, Sentence, Verdict
from summarize.scoring.alignment import likeness
from summarize.scoring.exchanges import exchanged
from summarize.scoring.overstated import overstated
from summarize.scoring.passages import Passages
from summarize.scoring.people import People
from summarize.scoring.quantities import NumberIndex, dates_in
from summarize.scoring.retelling import rivals
from summarize.scoring.statements import Finding, bears_out, findings
from summarize.words import content_stems, different_stems, stem

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["SIGNATURE", "SourceIndex"]

SIGNATURE = (
    "claims:9|entities:subname+alias+initials+place+case|numbers:value+unit+arithmetic"
    "|dates:subsumed+published"
    "|statements:roles+exchange+negation+modality+persons+extent"
)

# Chosen, then checked by benchmarks/studies/verdicts.py: the share of a summary sentence's content
# stems that a source sentence holds which it may retell, and which it does retell; the share of its
# words, in order, where it is nearly a copy; the fewest stems that can tell; and how many retold
# sentences are compared.
_SIMILAR = 0.4
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
        self,
        sources: Iterable[Sentence],
        titles: Mapping[str, str] | None = None,
        published: Mapping[str, date] | None = None,
    ) -> None:
        """`titles` (article id to title) also count as sources; evidence there has no quote.

        `published` (article id to day) says what "on Sunday" means in an article.
        """
        self._sentences = list(sources)
        self._number_of = {sentence: number for number, sentence in enumerate(self._sentences)}
        for article_id, title in (titles or {}).items():
            self._sentences.append(Sentence(article_id, -1, 0, 0, title))
        self._names = NameIndex([sentence.text for sentence in self._sentences])
        self._published = published or {}
        self._counted: dict[int, list[Claim]] = {}
        self._verdicts: dict[tuple[str, tuple[Sentence, ...]], tuple[Evidence, ...]] = {}
        self._passages = Passages(self._sentences)
        self._people = People(self._passages, self._names.are_joined)
        self._numbers = NumberIndex(self._sentences, self._published)

    def judge(self, text: str, prefer: Sequence[Sentence] = ()) -> tuple[Evidence, ...]:
        """Evidence for each claim of the summary sentence `text`, in the order of the claims.

        Behind it stand the statements of the sentence that a source contradicts, if any.

        A quote is looked for first in `prefer`, the sentences it cites, then in all sources.
        """
        asked = text, tuple(prefer)
        if asked not in self._verdicts:
            cited = [self._number_of[s] for s in prefer if s in self._number_of]
            self._verdicts[asked] = self._judge(text, cited)
        return self._verdicts[asked]

    def _judge(self, text: str, cited: list[int]) -> tuple[Evidence, ...]:
        claims = self._names.read(text, extract(text))
        judged = tuple(self._judged(text, claim, cited) for claim in claims)
        if any(text in sentence.text for sentence in self._sentences):
            return judged
        retold = self._retold(text)
        apart = [*self._people.findings(text), *overstated(parse(text), self._passages)]
        if not retold:
            return (*judged, *self._stated(text, apart))
        closest = self._sentences[retold[0].number].text
        found = dict(exchanged(text, closest, claims, extract(closest)))
        if found and not self._is_said_so(list(found), retold[1:]):
            judged = self._contradicted(judged, retold[0].number, found)
        if likeness(text, closest) >= _NEARLY:
            judged = self._replaced(text, judged, retold)
        return (*judged, *self._stated(text, [*self._of_closest(text, retold), *apart]))

    def _retold(self, text: str) -> list[_Retold]:
        """The source sentences that hold most of the words of `text`, the likest first."""
        stems = different_stems(text)
        if len(stems) < _FEWEST_STEMS:
            return []
        found = [
            _Retold(len(stems & held) / len(stems), len(stems & held) / len(stems | held), number)
            for number, held in enumerate(self._passages.stems)
            if len(stems & held) >= _SIMILAR * len(stems)
        ]
        return sorted(found, key=lambda place: (-place.share, -place.jaccard, place.number))

    def _replaced(
        self, text: str, judged: tuple[Evidence, ...], retold: list[_Retold]
    ) -> tuple[Evidence, ...]:
        """The evidence, with what stands in place of another claim of the closest sentence."""
        closest = retold[0].number
        found = dict(rivals(text, self._sentences[closest].text))
        others = [place for place in retold[1:] if place.share >= _RETOLD]
        held = {
            claim: other
            for claim, other in found.items()
            if not self._counts_to(claim, closest)
            and not self._is_said(claim, others)
            and not self._names.are_joined(claim.text, other.text)
        }
        return self._contradicted(judged, closest, held)

    def _contradicted(
        self, judged: tuple[Evidence, ...], number: int, found: Mapping[Claim, Claim]
    ) -> tuple[Evidence, ...]:
        """The evidence, where for each claim of `found` the sentence has the other one."""
        places = {claim: Place(number, other.start, other.end) for claim, other in found.items()}
        return tuple(
            self._evidence(e.claim, "contradicted", places[e.claim]) if e.claim in places else e
            for e in judged
        )

    def _is_said_so(self, claims: list[Claim], retold: list[_Retold]) -> bool:
        """Whether another sentence has all the claims, in their order."""
        for place in retold:
            text = self._sentences[place.number].text
            starts = [
                next((c.start for c in extract(text) if c.value == claim.value), -1)
                for claim in sorted(claims, key=lambda c: c.start)
            ]
            if -1 not in starts and starts == sorted(starts):
                return True
        return False

    def _is_said(self, claim: Claim, retold: list[_Retold]) -> bool:
        """Whether another sentence that says much the same has the claim."""
        return any(self._holds(claim, place.number) for place in retold)

    def _holds(self, claim: Claim, number: int) -> bool:
        if claim.kind == "entity":
            return any(place.sentence == number for place in self._names.find(claim.text))
        if claim.kind == "date":
            said = any(same_date(claim.value, stated.value) for stated in self._dates(number))
            return said or self._counts_to(claim, number)
        return any(same_number(claim, c) for c in self._numbers.stated(number))

    def _of_closest(self, text: str, retold: list[_Retold]) -> Iterator[tuple[int, Finding]]:
        """The findings against the closest sentence that no other one bears out."""
        doc, closest = parse(text), retold[0].number
        least = min(_RETOLD, retold[0].share)
        others = [place.number for place in retold[1:_MOST_COMPARED] if place.share >= least]
        for finding in self._findings(doc, closest).values():
            if not any(self._bears_out(doc, finding, other) for other in others):
                yield closest, finding

    def _stated(self, text: str, found: list[tuple[int, Finding]]) -> Iterator[Evidence]:
        """The evidence against statements, for each word the first."""
        first = {finding.start: (number, finding) for number, finding in reversed(found)}
        for number, finding in sorted(first.values(), key=lambda pair: pair[1].start):
            word = text[finding.start : finding.end]
            claim = Claim(word, "statement", fold(word), "", finding.start, finding.end)
            place = Place(number, finding.source_start, finding.source_end)
            yield self._evidence(claim, "contradicted", place, finding.reason)

    def _findings(self, doc: "Doc", number: int) -> dict[int, Finding]:
        source = self._sentences[number].text
        nearly = likeness(doc.text, source) >= _NEARLY
        return findings(doc, parse(source), nearly=nearly)

    def _bears_out(self, doc: "Doc", finding: Finding, number: int) -> bool:
        """Whether another source sentence has the verb, and says nothing else with it."""
        verb = stem(next(token.lemma_ for token in doc if token.idx == finding.start))
        other = parse(self._sentences[number].text)
        return finding.start not in self._findings(doc, number) and bears_out(verb, finding, other)

    def _judged(self, text: str, claim: Claim, cited: list[int]) -> Evidence:
        if claim.kind == "entity":
            return self._evidence(claim, "supported", _first(self._names.find(claim.text), cited))
        if claim.kind == "date":
            place = next(self._dated(claim, cited), None)
            return self._evidence(claim, "supported", place) if place else self._days(claim, cited)
        found = self._numbers.judge(text, claim, cited, partial(self._close, text, claim))
        return self._evidence(claim, *found)

    def _close(self, text: str, claim: Claim) -> list[int]:
        """The sentences that share most content stems with `text`, its `claim` left out."""
        stems = frozenset(content_stems(f"{text[: claim.start]} {text[claim.end :]}"))
        shared = [(len(stems & held), n) for n, held in enumerate(self._passages.stems)]
        likest = sorted((-count, n) for count, n in shared if count >= _CLOSE * len(stems))
        return [n for _, n in likest[:_MOST_CLOSE]]

    def _dates(self, number: int) -> Sequence[Claim]:
        return dates_in(self._sentences[number].text)

    def _dated(self, claim: Claim, cited: list[int]) -> Iterator[Place]:
        for number in self._in_turn(sorted(cited)):
            for stated in self._dates(number):
                if same_date(claim.value, stated.value):
                    yield Place(number, stated.start, stated.end)

    def _in_turn(self, cited: list[int]) -> Iterator[int]:
        """The sentences, those that are cited first."""
        yield from cited
        yield from (n for n in range(len(self._sentences)) if n not in cited)

    def _days(self, claim: Claim, cited: list[int]) -> Evidence:
        """The verdict on a date that no source states, but one may count from its own day."""
        for number in self._in_turn(cited) if self._published else ():
            for stated in self._relative(number):
                published = self._published[self._sentences[number].article_id]
                if is_day(claim.value, stated.value, published):
                    place = Place(number, stated.start, stated.end)
                    return self._evidence(claim, "derived", place, working(stated, published))
        return Evidence(claim, "absent")

    def _relative(self, number: int) -> list[Claim]:
        """The dates of a sentence that count from the day its article was published."""
        sentence = self._sentences[number]
        published = self._published.get(sentence.article_id)
        if published is None:
            return []
        if number not in self._counted:
            found = resolved(sentence.text, self._dates(number), published)
            self._counted[number] = [day for day in found if working(day, published)]
        return self._counted[number]

    def _counts_to(self, claim: Claim, number: int) -> bool:
        """Whether a date of the sentence that counts from its article's day is the `claim`."""
        return claim.kind == "date" and any(
            is_day(claim.value, stated.value, self._published[self._sentences[number].article_id])
            for stated in self._relative(number)
        )

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


def _first(places: Iterable[Place], cited: list[int]) -> Place | None:
    """The first place in a cited sentence, else the first of all."""
    first = None
    for place in places:
        if place.sentence in cited or not cited:
            return place
        first = first or place
    return first
