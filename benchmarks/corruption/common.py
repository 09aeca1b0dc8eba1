"""What the makers of errors share: the article they read, and the change of a stretch of text."""

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from benchmarks.records import Example
from summarize.claims import extract
from summarize.claims.lookup import NameIndex
from summarize.records import Claim

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["MODIFIES", "Source", "claims_of", "keeps_article", "put", "shuffled"]

_T = TypeVar("_T")

# What a noun is to another that it only modifies.
MODIFIES = frozenset({"compound", "amod", "nmod"})


@dataclass(frozen=True, slots=True)
class Source:
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


def shuffled(items: Iterable[_T], chance: random.Random) -> list[_T]:
    """All `items`, in an order that `chance` draws."""
    listed = list(items)
    return chance.sample(listed, len(listed))


def claims_of(doc: "Doc", kind: str, chance: random.Random) -> list[Claim]:
    """The claims of one kind that the sentence makes, shuffled."""
    return shuffled((claim for claim in extract(doc.text) if claim.kind == kind), chance)


def put(text: str, start: int, end: int, new: str) -> str:
    """`text` with `new` from `start` to `end`, a capital where it opens, and no dot doubled."""
    opens = not text[:start].strip("\"“‘'(") or text[start - 1] in '"“'
    if opens and text[start].isupper():
        new = new[0].upper() + new[1:]
    return text[:start] + new + text[end + (new[-1] == "." == text[end : end + 1]) :]


# Words and numerals that sound as if they began with a vowel.
_VOWEL = re.compile(r"[aeio]|u(?!ni|s|k)|8|1[18](?:,|(?![0-9]))", re.IGNORECASE)


def keeps_article(text: str, start: int, new: str) -> bool:
    """Whether "a" or "an" before `start`, if there is one, also fits `new`."""
    article = re.search(r"\b(an?)\s$", text[:start], re.IGNORECASE)
    return article is None or (_VOWEL.match(new) is not None) == (len(article[1]) == 2)
