"""Where the sources tell what one clause of a summary tells."""

from collections.abc import Sequence
from functools import cached_property
from heapq import nsmallest
from typing import TYPE_CHECKING

from summarize.claims import extract
from summarize.language import parse
from summarize.records import Claim, Sentence
from summarize.scoring.deeds import Deed
from summarize.words import different_stems

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Passages"]

# Share of the words of a clause that a sentence has which may tell it (with .4 to .8 the same
# errors are caught), the fewest words that can tell (of 80 errors 51 are caught with 1 and 2, 50
# with 3, 47 with 4; benchmarks/studies/thresholds.py), and how many such sentences are read
# (with 1 to 8 the same errors are caught).
_SHARE = 0.6
_FEWEST = 3
_MOST = 3


class Passages:
    """The source sentences, and where they tell a thing."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences

    @cached_property
    def stems(self) -> list[frozenset[str]]:
        """The content stems of each sentence."""
        return [different_stems(sentence.text) for sentence in self.sentences]

    def telling(self, deed: Deed, quotations: Sequence[str] = ()) -> list[int]:
        """The numbers of the sentences that may tell `deed`, the likest first.

        Those that have one of the `quotations` word for word, if there are any.
        """
        quoting = [n for n, s in enumerate(self.sentences) if any(q in s.text for q in quotations)]
        if quoting or len(deed.words) < _FEWEST:
            return quoting
        shares = ((-deed.share(held), n) for n, held in enumerate(self.stems))
        return [n for share, n in nsmallest(_MOST, shares) if -share >= _SHARE]

    def holding(self, stem: str) -> list[int]:
        """The numbers of the sentences with the content stem."""
        return [number for number, held in enumerate(self.stems) if stem in held]

    def text(self, number: int) -> str:
        """The words of a sentence."""
        return self.sentences[number].text

    def doc(self, number: int) -> "Doc":
        """A sentence, parsed."""
        return parse(self.text(number))

    def names(self, number: int) -> list[Claim]:
        """The names of a sentence."""
        return [claim for claim in extract(self.text(number)) if claim.kind == "entity"]
