"""What a sentence says that can be looked up: names, numbers and dates, with their places.

Dates are read first, then numbers with a unit ("US$5", "10kW"), names, and other numbers, and no
stretch is read twice: the "11" of "iPhone 11" is the name's, the "2015" of "May 2015" the date's.
The forms of the values stand in the modules `dates`, `entities` and `numbers` of this package.
"""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from summarize.claims.counted import counted, is_number
from summarize.claims.dates import find_dates
from summarize.claims.entities import find_entities
from summarize.claims.numbers import Number, scan
from summarize.language import parse
from summarize.records import Claim

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["extract"]


@lru_cache(maxsize=20_000)
def extract(text: str, published: date | None = None) -> tuple[Claim, ...]:
    """The claims of the sentence `text`, in order and apart: `text[c.start:c.end] == c.text`.

    The `unit` of a number is a unit of measure or, in the singular, the noun it counts. With the
    day the text was `published`, dates that count from it ("yesterday") are claims too.
    """
    if not text.strip():
        return ()
    doc = parse(text)
    dates = find_dates(text, published)
    taken = [(claim.start, claim.end) for claim in dates]
    measured = [n for n in scan(text, taken) if n.unit or n.scale != 1 or n.ranks]
    taken += [(number.start, number.end) for number in measured]
    names = find_entities(doc, taken)
    taken = [(claim.start, claim.end) for claim in [*dates, *names]]
    numbers = [_claim(doc, text, n) for n in scan(text, taken) if is_number(doc, text, n)]
    return tuple(sorted([*dates, *names, *numbers], key=lambda claim: claim.start))


def _claim(doc: "Doc", text: str, number: Number) -> Claim:
    start, end = number.start, number.end
    unit = number.unit or counted(doc, text, number)
    return Claim(text[start:end], "number", number.value, unit, start, end)
