"""Persons of whom a summary tells what the sources tell of another: a deed, words, an office.

Only where both are persons, the sources tell it nearly so, and no sentence that may tell it of the
named one is among those that tell it. A company for its boss, or a country for its army, is how
people write; a senator for another is not.
"""

from collections.abc import Callable, Iterator, Sequence

from summarize.claims import extract
from summarize.language import parse, with_entities
from summarize.records import Claim
from summarize.scoring.deeds import Deed, are_one, deeds, told_of
from summarize.scoring.grammar import is_pronoun
from summarize.scoring.offices import Office, holders_of, is_called, offices
from summarize.scoring.passages import Passages
from summarize.scoring.statements import Finding
from summarize.speech import quoted
from summarize.words import stem

__all__ = ["People"]

# Sentences before a pronoun in which the one that it means may be named. Of 80 errors 41 are caught
# with none, 50 with 1 to 4 (benchmarks/studies/thresholds.py).
_BACK = 2
# Words of a quotation that tell whose it is.
_QUOTED = 3


class People:
    """Who does, says and is what in the source sentences."""

    def __init__(self, passages: Passages, are_joined: Callable[[str, str], bool]) -> None:
        """`are_joined` says whether two names stand side by side somewhere, as those of one do."""
        self._passages = passages
        self._are_joined = are_joined
        self._persons: dict[str, bool] = {}

    def findings(self, text: str) -> Iterator[tuple[int, Finding]]:
        """What `text` tells of a wrong person, with the number of the sentence that says so."""
        doc, names = parse(text), [c for c in extract(text) if c.kind == "entity"]
        for deed in deeds(doc, names):
            found = self._of_another(deed, _quotations(text) if deed.is_said else [])
            if found is not None and self._are_persons(deed.name, found[1].text):
                number, claim = found
                place = deed.verb.idx, deed.verb.idx + len(deed.verb)
                yield number, _finding(*place, f"the source tells it of {claim.text}", claim)
        for office in offices(doc, names):
            for number, claim in self._held(office):
                reason = f"the source calls {claim.text} so"
                yield number, _finding(office.start, office.end, reason, claim)

    def _of_another(self, deed: Deed, quotations: Sequence[str]) -> tuple[int, Claim] | None:
        """Whom the sources tell `deed` of; None where that may be the same one, or anybody."""
        found: list[tuple[int, Claim]] = []
        for number in self._passages.telling(deed, quotations):
            told = [*self._told_there(deed, number)]
            if not told and any(are_one(deed.name, c.text) for c in self._passages.names(number)):
                return None
            for place, claim in told:
                if claim is None or self._may_be(deed.name, claim.text):
                    return None
                found.append((place, claim))
        return found[0] if found else None

    def _told_there(self, deed: Deed, number: int) -> Iterator[tuple[int, Claim | None]]:
        """Whom a sentence tells the deed of: where the name stands, None for one without."""
        names, found = self._passages.names(number), False
        for held in told_of(deed, self._passages.doc(number)):
            found = True
            named = [c for c in names if any(c.start <= token.idx < c.end for token in held)]
            if named:
                yield from ((number, claim) for claim in named)
            elif any(is_pronoun(token) and token.lower_ != "it" for token in held):
                yield from ((number, c) for c in names if c.start < held[0].idx)
                yield from self._before(number)
            else:
                yield number, None
        text = self._passages.text(number)
        if deed.is_said and not found and _is_speech(text):
            yield from self._before(number)

    def _before(self, number: int) -> Iterator[tuple[int, Claim | None]]:
        """The persons named last before a sentence, of whom a pronoun there may mean any."""
        article = self._passages.sentences[number].article_id
        for before in range(number - 1, max(-1, number - _BACK - 1), -1):
            if self._passages.sentences[before].article_id != article:
                break
            people = [c for c in self._passages.names(before) if self._is_person(c.text)]
            if people:
                yield from ((before, claim) for claim in people)
                return
        yield number, None

    def _held(self, office: Office) -> Iterator[tuple[int, Claim]]:
        """Where the sources give the office to another, and call this one otherwise."""
        last = office.name.split()[-1]
        holding = self._passages.holding(stem(office.noun))
        if any(last in self._passages.text(number) for number in holding):
            return
        about = (s.text for s in self._passages.sentences if last in s.text)
        if not any(is_called(office.name, text) for text in about):
            return
        for number in holding:
            for claim in holders_of(office, self._passages.text(number)):
                other = not self._may_be(office.name, claim.text)
                if other and self._are_persons(office.name, claim.text):
                    yield number, claim
                    return

    def _may_be(self, name: str, other: str) -> bool:
        return are_one(name, other) or self._are_joined(name, other)

    def _are_persons(self, *names: str) -> bool:
        return all(map(self._is_person, names))

    def _is_person(self, name: str) -> bool:
        """Whether the first sentence that names this one in full names a person."""
        if name not in self._persons:
            self._persons[name] = self._is_named_in_full(name)
        return self._persons[name]

    def _is_named_in_full(self, name: str) -> bool:
        last = name.rsplit(maxsplit=1)[-1]
        for number, sentence in enumerate(self._passages.sentences):
            for claim in self._passages.names(number) if last in sentence.text else ():
                if " " in claim.text and are_one(name, claim.text):
                    doc = with_entities([self._passages.doc(number)])[0]
                    words = [t for t in doc if claim.start <= t.idx < claim.end]
                    return words[-1].ent_type_ == "PERSON"
        return False


def _quotations(text: str) -> list[str]:
    """What stands between quotation marks, but for the last mark of it."""
    said = [text[start + 1 : end - 1].rstrip(",.?!") for start, end in quoted(text)]
    return [words for words in said if len(words.split()) >= _QUOTED]


def _is_speech(text: str) -> bool:
    """Whether the whole sentence is a quotation, or goes on with one."""
    return text.startswith(_MARKS) and text.endswith(_MARKS)


_MARKS = ('"', "“", "”")


def _finding(start: int, end: int, reason: str, claim: Claim) -> Finding:
    return Finding(start, end, reason, claim.start, claim.end)
