"""Who did or said it: a person of whom the summary tells what the sources tell of another."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarize.claims import extract
from summarize.language import parse, with_entities
from summarize.records import Claim, Sentence
from summarize.scoring.deeds import Deed, are_one, deeds, stems_of, told_in
from summarize.scoring.grammar import is_pronoun
from summarize.scoring.offices import Office, holders_of, is_called, offices
from summarize.speech import quoted
from summarize.words import stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Misplaced", "People"]

FEWEST = 3
SHARE = 0.6
LIKE = 0.6
BACK = 2
MOST = 3


def _quotations(text: str) -> list[str]:
    marked = [text[start + 1 : end - 1].rstrip(",.?!") for start, end in quoted(text)]
    return [said for said in marked if len(said.split()) >= 3]


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A verb of the summary, and who the sentence `number` tells it of, at `start` to `end`."""

    verb: "Token"
    name: str
    number: int
    start: int
    end: int


class People:
    """The source sentences, and who does what in them."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        stems: Sequence[frozenset[str]],
        are_joined: Callable[[str, str], bool],
    ) -> None:
        self._are_joined = are_joined
        self._sentences = sentences
        self._stems = stems

    def misplaced(self, text: str) -> Iterator[Misplaced]:
        """What `text` tells of a person that the sources tell of another one alone."""
        claims = extract(text)
        if not any(claim.kind == "entity" for claim in claims):
            return
        for deed in deeds(parse(text), claims):
            found = self._of_another(deed, _quotations(text) if deed.is_said else [])
            if found is not None and self._is_person(deed.name) and self._is_person(found.name):
                yield found

    def miscalled(self, text: str) -> Iterator[tuple[Office, int, int, int]]:
        """The offices that `text` gives a person, and where the sources give them another one."""
        for office in offices(parse(text), extract(text)):
            last = office.name.split()[-1]
            holding = [n for n, held in enumerate(self._stems) if stem(office.noun) in held]
            about = [s.text for s in self._sentences if last in s.text]
            if not any(last in self._sentences[n].text for n in holding) and any(
                is_called(office.name, text) for text in about
            ):
                yield from self._held(office, holding)

    def _held(self, office: Office, numbers: list[int]) -> Iterator[tuple[Office, int, int, int]]:
        for number in numbers:
            for name, start, end in holders_of(office.noun, self._sentences[number].text):
                if all(map(self._is_person, (office.name, name))) and not self._may_be(
                    office.name, name
                ):
                    yield office, number, start, end
                    return

    def _of_another(self, deed: Deed, quotations: list[str]) -> Misplaced | None:
        """Where the sources tell `deed` of somebody else; None where one may tell it of the same."""
        found = None
        for number in self._places(deed, quotations):
            told = [*self._told_there(deed, number)]
            if not told and self._is_named(deed.name, number):
                return None
            if any(name is None or self._may_be(deed.name, name.text) for _, _, name in told):
                return None
            if found is None and told:
                _, place, claim = told[0]
                found = Misplaced(deed.verb, claim.text, place, claim.start, claim.end)
        return found

    def _places(self, deed: Deed, quotations: list[str]) -> list[int]:
        """The sentences that may tell it, the likest first."""
        quoting = [n for n, s in enumerate(self._sentences) if any(q in s.text for q in quotations)]
        if quoting or len(deed.words) < FEWEST:
            return quoting
        shares = sorted((-deed.share(held), n) for n, held in enumerate(self._stems))
        return [n for share, n in shares[:MOST] if -share >= SHARE]

    def _may_be(self, name: str, other: str) -> bool:
        return are_one(name, other) or self._are_joined(name, other)

    def _told_there(self, deed: Deed, number: int) -> "Iterator[tuple[Token, int, Claim | None]]":
        """Whom a sentence tells the deed of: the name and where it stands; None for somebody."""
        any_told = False
        for verb, tokens in told_in(deed, parse(self._sentences[number].text)):
            if deed.share(stems_of(verb, tokens)) >= LIKE:
                any_told = True
                names = self._names(number)
                named = [c for c in names if any(c.start <= t.idx < c.end for t in tokens)]
                if named:
                    yield from ((verb, number, claim) for claim in named)
                elif not any(is_pronoun(t) for t in tokens):
                    yield verb, number, None
                else:
                    yield from ((verb, number, c) for c in names if c.start < tokens[0].idx)
                    yield from ((verb, *found) for found in self._before(number))
        text = self._sentences[number].text
        if deed.is_said and not any_told and text[:1] in "\"“" and text[-1:] in "\"”":
            yield from ((deed.verb, *found) for found in self._before(number))

    def _before(self, number: int) -> Iterator[tuple[int, Claim | None]]:
        """The people whom a pronoun in a sentence may mean: those named last before it."""
        article = self._sentences[number].article_id
        for before in range(number - 1, max(-1, number - BACK - 1), -1):
            if self._sentences[before].article_id != article:
                break
            people = [c for c in self._names(before) if self._is_person(c.text)]
            if people:
                yield from ((before, claim) for claim in people)
                return
        yield number, None

    def _names(self, number: int) -> list[Claim]:
        return [c for c in extract(self._sentences[number].text) if c.kind == "entity"]

    def _is_named(self, name: str, number: int) -> bool:
        claims = extract(self._sentences[number].text)
        return any(c.kind == "entity" and are_one(name, c.text) for c in claims)

    def _is_person(self, name: str) -> bool:
        """Whether a sentence names a person in full by this name."""
        last = name.split()[-1]
        for sentence in self._sentences:
            if last not in sentence.text:
                continue
            for claim in extract(sentence.text):
                if claim.kind == "entity" and " " in claim.text and are_one(name, claim.text):
                    doc = with_entities([parse(sentence.text)])[0]
                    inside = [t for t in doc if claim.start <= t.idx < claim.end]
                    return bool(inside) and inside[-1].ent_type_ == "PERSON"
        return False
