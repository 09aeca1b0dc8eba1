"""Numbers of source sentences, and the verdict on a number of a summary."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial

from summarize.claims import extract
from summarize.claims.dates import find_dates
from summarize.claims.lookup import Place
from summarize.claims.matching import DAYS, amounts, falls_short, follows, same_counted, same_number
from summarize.claims.numbers import Bound, bound, scan
from summarize.claims.units import is_measure
from summarize.records import Claim, Sentence, Verdict
from summarize.scoring.arithmetic import worked_out
from summarize.scoring.ratios import ratio
from summarize.words import content_stems

__all__ = ["Judged", "NumberIndex", "dates_in"]

# A verdict, the place that decides it (None when absent), and how a derived number follows.
Judged = tuple[Verdict, Place | None, str]

# Sentences kept read: an article's stand in its own index and in that of its story.
_KEPT = 20_000

# Share of a summary sentence's content stems that the cited sentence holds where it contradicts.
_SAME_WORDS = 0.6


class NumberIndex:
    """The numbers of many sentences; what they count is only looked for where it matters."""

    def __init__(self, sentences: Sequence[Sentence], published: Mapping[str, date]) -> None:
        """`published` (article id to day) is what "for four years" may count to."""
        self._published = published
        self._sentences = sentences

    def judge(
        self, text: str, claim: Claim, cited: list[int], close: Callable[[], list[int]]
    ) -> Judged:
        """The verdict on a number of the summary sentence `text`.

        `cited` are the sentences it cites, which are looked at first; from those and the ones that
        are `close` to it in content a number may also be worked out.
        """
        found = self._said(text, claim, cited)
        if found is not None:
            return found
        near = close()
        found = self._followed(text, claim, cited, near)
        whole = ratio(text, claim) if found[0] == "absent" else None
        if whole is not None:
            limit = bound(text, whole.start)
            return self._worked_out(text, whole, limit, _both(cited, near)) or found
        return found

    def _said(self, text: str, claim: Claim, cited: list[int]) -> Judged | None:
        """The verdict where a source has the number, or one that rounds to it."""
        same = self._find(claim, same_counted, cited) or self._both_ends(claim, cited)
        if same is not None:
            return "supported", same, ""
        alike = self._find(claim, same_number, cited)
        if alike is not None:
            swapped = self._swapped(text, claim, alike)
            return ("contradicted", swapped, "") if swapped else ("supported", alike, "")
        derived = self._find(claim, partial(follows, bound=bound(text, claim.start)), cited)
        if derived is None:
            return None
        stated = self._sentences[derived.sentence].text[derived.start : derived.end]
        return "derived", derived, f"{stated} ≈ {claim.text}"

    def _followed(self, text: str, claim: Claim, cited: list[int], close: list[int]) -> Judged:
        """The verdict where none has."""
        limit = bound(text, claim.start)
        worked = self._worked_out(text, claim, limit, _both(cited, close))
        worked = worked or self._short(claim, limit, cited) or self._single(claim, close)
        rival = self._rival(text, claim, cited)
        return worked or (("contradicted", rival, "") if rival else ("absent", None, ""))

    def stated(self, number: int) -> list[Claim]:
        """The numbers of a sentence, with what they count."""
        if not rough_numbers(self._sentences[number].text):
            return []
        return [c for c in extract(self._sentences[number].text) if c.kind == "number"]

    def _dates(self, number: int) -> Sequence[Claim]:
        return dates_in(self._sentences[number].text)

    def _short(self, claim: Claim, limit: Bound, cited: list[int]) -> Judged | None:
        """A round number that a sentence's number is a little above, wherever it stands."""
        place = self._find(claim, partial(falls_short, bound=limit), cited) if limit else None
        if place is None:
            return None
        stated = self._sentences[place.sentence].text[place.start : place.end]
        return "derived", place, f"{stated} ≈ {claim.text}"

    def _single(self, claim: Claim, close: list[int]) -> Judged | None:
        """One of what a close sentence tells of in the singular: "a single dose"."""
        if claim.value != "1" or not claim.unit:
            return None
        singular = re.compile(rf"\b(?:an?|single)\s(?:[\w-]+\s){{0,2}}{re.escape(claim.unit)}\b")
        for number in close:
            found = singular.search(self._sentences[number].text)
            if found is not None:
                return "derived", Place(number, *found.span()), f"{found[0]} ≈ {claim.text}"
        return None

    def _worked_out(self, text: str, claim: Claim, limit: Bound, close: list[int]) -> Judged | None:
        """The claim as it follows from the numbers of the sentences closest to `text`."""
        for number in close:
            for stated in self.stated(number):
                decade = stated.text[-2:] == "0s"
                if not decade and follows(claim, stated, bound=limit, loosely=True):
                    place = Place(number, stated.start, stated.end)
                    return "derived", place, f"{stated.text} ≈ {claim.text}"
        for number in close:
            wide = [(number - 2, number - 1, number)] if is_measure(claim.unit) else []
            for window in ((number,), (number, number + 1), (number - 1, number), *wide):
                worked = self._from_two(text, claim, limit, window)
                if worked is not None:
                    return worked
        return None

    def _from_two(
        self, text: str, claim: Claim, limit: Bound, window: tuple[int, ...]
    ) -> Judged | None:
        if not all(0 <= n < len(self._sentences) for n in window):
            return None
        articles = {self._sentences[n].article_id for n in window}
        stated = [c for n in window for c in (*self.stated(n), *self._dates(n))]
        day = self._published.get(min(articles))
        if day is not None and claim.unit in DAYS and any(c.kind == "date" for c in stated):
            stated.append(Claim(f"{day:%-d %B %Y}", "date", day.isoformat(), "", -1, -1))
        worked = worked_out(claim, text, stated, limit) if len(articles) == 1 else None
        if worked is None:
            return None
        first = next(
            n for n in window if _stands_in(worked.stated, [*self.stated(n), *self._dates(n)])
        )
        place = Place(first, worked.stated.start, worked.stated.end)
        return "derived", place, worked.text

    def _find(
        self, claim: Claim, matches: Callable[[Claim, Claim], bool], cited: list[int]
    ) -> Place | None:
        """The first number of a source that `matches` the claim; cited sentences come first.

        Only sentences that may hold it are parsed: that takes long.
        """
        order = [*cited, *(n for n in range(len(self._sentences)) if n not in cited)]
        for number in order:
            source = self._sentences[number].text
            if not (claim.text in source or any(matches(claim, n) for n in rough_numbers(source))):
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
            self._find(replace(claim, text="\0", value=end), same_number, cited) for end in ends
        )
        return first if first and last and first.sentence == last.sentence else None

    def _swapped(self, text: str, claim: Claim, place: Place) -> Place | None:
        """Another number of what the claim counts, beside its own number of something else.

        Only in a sentence that says the same words as `text`; a rank or score counts nothing.
        """
        source = self._sentences[place.sentence].text
        counts = len(amounts(claim.value)) == 1 and claim.unit
        if not counts or _overlap(text, source) < _SAME_WORDS:
            return None
        for stated in extract(source):
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


def _stands_in(claim: Claim, claims: Sequence[Claim]) -> bool:
    return any((claim.start, claim.text) == (other.start, other.text) for other in claims)


@lru_cache(maxsize=_KEPT)
def dates_in(text: str) -> tuple[Claim, ...]:
    """The dates of a source sentence."""
    return tuple(find_dates(text))


@lru_cache(maxsize=_KEPT)
def rough_numbers(text: str) -> tuple[Claim, ...]:
    """The numbers of `text` without what they count, which takes parsing."""
    taken = [(date.start, date.end) for date in dates_in(text)]
    return tuple(
        Claim(text[n.start : n.end], "number", n.value, n.unit, n.start, n.end)
        for n in scan(text, taken)
    )


def _both(ones: list[int], others: list[int]) -> list[int]:
    return list(dict.fromkeys([*ones, *others]))


def _overlap(text: str, source: str) -> float:
    said = {word for word in content_stems(text) if word.isalpha()}
    return len(said.intersection(content_stems(source))) / len(said) if said else 0.0
