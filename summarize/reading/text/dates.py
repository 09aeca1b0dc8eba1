"""Dates as files state them, in a field or on a line of their own. None when unsure."""

import re
from datetime import UTC, date, datetime

from summarize.timewords import MONTH_NUMBER

__all__ = ["find_date", "parse_date"]

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_CALENDAR = [
    re.compile(r"(?<!\d)(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"^(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?=T|$)"),
    re.compile(rf"\b{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_DAY}[\s-]+(?:of\s+)?{_MONTH}[\s,-]+{_YEAR}\b", re.IGNORECASE),
]
# Mails and feeds of the last century: "Sun, 11 Dec 16 10:00:00 GMT".
_SHORT_YEAR = re.compile(
    rf"^(?:[a-z]{{3}},\s*)?{_DAY}[\s-]+{_MONTH}[\s-]+(?P<year>\d{{2}})\s+\d{{1,2}}:\d{{2}}\b",
    re.IGNORECASE,
)
# 3/4/2016 is March in one country and April in another: read only where one reading is possible.
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?!\d)")
_SECONDS = re.compile(r"^\d{10}(?:\d{3})?$")
_EARLIEST, _LATEST = 1600, 2200
_LONGEST = 200


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if _EARLIEST <= year <= _LATEST else None
    except ValueError:
        return None


def find_date(text: str) -> date | None:
    """The first full date (day, month and year) written in a short text, else None."""
    text = text[:_LONGEST]
    for pattern in _CALENDAR:
        if found := pattern.search(text):
            name = found["month"]
            month = int(name) if name.isdigit() else MONTH_NUMBER[name[:3].lower()]
            return _day(int(found["year"]), month, int(found["day"]))
    if found := _SHORT_YEAR.search(text):
        year = int(found["year"])  # RFC 2822, section 4.3: up to 49 it is this century
        month = MONTH_NUMBER[found["month"][:3].lower()]
        return _day(year + (2000 if year < 50 else 1900), month, int(found["day"]))
    if found := _SLASHED.search(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if first > 12 or first == second:
            return _day(year, second, first)
        if second > 12:
            return _day(year, first, second)
    return None


def parse_date(value: object) -> date | None:
    """The date a field holds: a text in a usual notation, or seconds (milliseconds) since 1970."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    if not text.isascii() or not _SECONDS.match(text.removesuffix(".0")):
        return find_date(text)
    seconds = int(text.removesuffix(".0"))
    return datetime.fromtimestamp(seconds if seconds < 10**11 else seconds / 1000, tz=UTC).date()
