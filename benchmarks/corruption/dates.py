"""Wrong dates: another weekday, month, year or day."""

import random
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from benchmarks.corruption.common import Source, claims_of, put, shuffled
from summarize.timewords import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["other_dates"]

_SHORT_MONTHS = "Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sept. Oct. Nov. Dec.".split()  # noqa: SIM905
_YEAR = r"\b[12][0-9]{3}\b"
_DATE_PART = re.compile(
    rf"(?P<weekday>{'|'.join(WEEKDAYS)})|(?P<month>{'|'.join(MONTHS)})"
    rf"|(?P<short>{'|'.join(map(re.escape, _SHORT_MONTHS))})"
    rf"|(?P<year>{_YEAR})|(?P<day>\b[0-9]{{1,2}}\b)"
)
_IN_MONTH = re.compile(r"\b(?:in|of|by|since|until|from|last|next|this|early|late|during)[\s-]$")


def other_dates(doc: "Doc", source: Source, chance: random.Random) -> Iterator[str]:
    """The sentence with one part of a date changed to one that the article does not name."""
    text = doc.text
    for claim in claims_of(doc, "date", chance):
        named = re.match(r"s?\s(?:[A-Z]|school\b)", text[claim.end :])
        bare = claim.text in MONTHS and not _IN_MONTH.search(text[: claim.start])
        if named or bare or ".." in claim.value or claim.value.startswith("T"):
            continue
        for part in shuffled(_DATE_PART.finditer(claim.text), chance):
            for new in shuffled(_dates_like(part, text, source), chance):
                if not re.search(rf"\b{new[:3] if new[0].isalpha() else new}", source.text):
                    start = claim.start + part.start()
                    yield put(text, start, start + len(part[0]), new)


def _dates_like(part: re.Match[str], text: str, source: Source) -> Sequence[str]:
    """What may stand in the place of the part of a date; no year after the last of the article."""
    if part["weekday"]:
        return WEEKDAYS
    if part["year"]:
        year, last = int(part["year"]), max(map(int, re.findall(_YEAR, source.text)))
        alone = len(re.findall(_YEAR, text)) == 1
        return [str(y) for y in range(year - 9, min(year + 9, last) + 1) if alone]
    if part["day"]:
        return [str(day) for day in range(1, 29)]
    return MONTHS if part["month"] else _SHORT_MONTHS
