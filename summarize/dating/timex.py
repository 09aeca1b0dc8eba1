"""The words of the calendar in English news text, as far as they tell without knowing "today".

"May 2015" is a period; "in March", "last year" and "on Sunday" become one only once the day of
publication is known: `resolve` does that. What only looks like a date is left alone: ages
("2,000-year-old"), phone numbers, durations ("24 hours"), names ("April Jones"). `tagger` puts
these and all other expressions together; nothing else should look for them here.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from summarize.dating.cues import DIGITS, MONTH_CUES, WEEKDAY_CUES, cues_in
from summarize.timewords import MONTH_NUMBER, MONTHS, SEASONS, WEEKDAY, WEEKDAY_NUMBER, count

__all__ = ["CUES", "Period", "TimeExpression", "claim", "find", "month_period"]

Kind = Literal["absolute", "bare", "relative", "horizon"]
Unit = Literal["day", "week", "month", "season", "year"]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression at `start` to `end` of a text.

    `kind` says how it is anchored: "absolute" has a year; "bare" is a month or a day of a month
    without one (`offset` -1 for "last March", 1 for "next March", else 0); "relative" counts from
    the day of publication (`offset` units back or forth; `weekday` 0 = Monday for "on Sunday"; "25
    June last year" has all three);
    "horizon" reaches `offset` days ahead ("within the next 48 hours" is 2). `part` is "early",
    "mid" or "late" of the unit. `covers` are the days of an absolute expression that no year, month
    or day gives ("the third quarter of 1987").
    """

    start: int
    end: int
    text: str
    kind: Kind
    unit: Unit
    year: int | None = None
    month: int | None = None
    day: int | None = None
    offset: int = 0
    weekday: int | None = None
    part: str = ""
    covers: Period | None = None

    @property
    def period(self) -> Period | None:
        """The days an absolute expression covers; None for every other kind."""
        if self.covers is not None:
            return self.covers
        if self.kind != "absolute" or self.year is None:
            return None
        if self.month is None:
            return Period(date(self.year, 1, 1), date(self.year, 12, 31))
        if self.day is None:
            return month_period(self.year, self.month, self.part)
        day = date(self.year, self.month, self.day)
        return Period(day, day)


# Month names that are also words or given names: alone they need a word like "in" before them.
_AMBIGUOUS_MONTHS = frozenset(("march", "may", "april", "june", "august"))
_PART_DAYS = {"early": (1, 10), "mid": (10, 20), "late": (20, 31)}

_MONTH = (
    rf"(?P<month>(?:{'|'.join(MONTHS)})(?![A-Za-z])"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?:\.|(?=\s\d)))"
)
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:]|,\d{3}|\.\d|-(?:year|day|month))"
_YEAR = r"(?P<year>1[89]\d\d|20\d\d)(?![\d%]|,\d{3}|\.\d|s\b|['’]s\s+\w+s\b|-\w|\s*(?:km|GMT)\b)"
_PART = r"(?:(?P<part>[Ee]arly|[Ll]ate|[Mm]id|[Ee]nd)(?:\s+in\s+|\s+of\s+|\s+|-))"
_NUMBER = r"\d{1,3}|(?i:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_THIS = r"[Ee]arlier this|[Ll]ater this"
_SPAN = rf"(?P<unit>week|weekend|month|year|{'|'.join(SEASONS)})"
_DAY_WORDS = (
    r"[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow|[Oo]vernight|"
    r"[Tt]his (?:morning|afternoon|evening)|[Ll]ast night"
)
_DAY_CUES = frozenset(
    "today tonight yesterday tomorrow overnight morning afternoon evening night".split()  # noqa: SIM905
)
_SPAN_CUES = frozenset(("week", "weekend", "month", "year", *SEASONS))
_SHIFTED_YEAR = r",?\s+(?:of\s+)?(?P<shift>last|this|next)\s+year\b"
_UNIT = r"(?P<unit>hour|day|week|month|year)s?"

# Characters before an expression in which its reader looks for a cue.
_BEFORE = 20
# A year or an ambiguous month alone is one only after these words.
_CUE = re.compile(
    r"(?:\b(?:in|since|by|of|from|until|till|to|and|or|during|before|after|through|for|between|"
    r"last|this|next|early|late|mid|around|about|spring|summer|autumn|fall|winter|year)|[(])\s*$",
    re.IGNORECASE,
)
# After "in" a number of that size is a year; after "by" or "of" it may count ("2000 people").
_POINT_CUE = re.compile(r"\b(?:in|since|during|early|late|mid)\s*$", re.IGNORECASE)
_NAME_AFTER = re.compile(r"\s+[A-Z][a-z]")
_FOLLOWER = re.compile(r"\s+([a-z]+)")
_AFTER_YEAR = frozenset(
    "a after and as at because before but by for from had has have he if in is it on or she since "  # noqa: SIM905
    "so that the they to until was we were when where which while who with would".split()
)
# "over the last year" is a stretch of time, not a point in it.
_STRETCH = re.compile(r"\b(?:over|during|for|in|within|of)\s+the\s+(?:past\s+)?$", re.IGNORECASE)


def find(text: str) -> tuple[TimeExpression, ...]:
    """The time expressions of `text` in order, none overlapping another."""
    taken = bytearray(len(text))
    found: list[TimeExpression] = []
    words = cues_in(text)
    for pattern, read, cues in _FORMS:
        for match in () if cues.isdisjoint(words) else pattern.finditer(text):
            if taken.find(1, *match.span()) >= 0:
                continue
            expression = read(match, text[max(0, match.start() - _BEFORE) : match.start()])
            if expression is not None and claim(taken, *match.span()):
                found.append(expression)
    return tuple(sorted(found, key=lambda e: e.start))


def claim(taken: bytearray, start: int, end: int) -> bool:
    """Mark the characters `start` to `end` as taken, unless one of them is already."""
    if start >= end or taken.find(1, start, end) >= 0:
        return False
    taken[start:end] = b"\1" * (end - start)
    return True


def _make(
    match: re.Match[str], kind: Kind, unit: str, **fields: int | str | None
) -> TimeExpression:
    part = str(match.groupdict().get("part") or "").lower()
    values = {"part": "late" if part == "end" else part, **fields}
    start, end = match.span()
    return TimeExpression(start, end, match[0], kind, unit, **values)  # type: ignore[arg-type]


def _read_calendar(match: re.Match[str], _before: str) -> TimeExpression | None:
    groups = match.groupdict()
    name = groups["month"]
    month = int(name) if name.isdigit() else MONTH_NUMBER[name[:3].lower()]
    year = int(groups["year"]) if groups.get("year") else None
    day = int(groups["day"]) if groups.get("day") else None
    # A leap year stands in for the unknown one, so that 29 February is a day.
    if not 1 <= month <= 12 or (day or 1) > monthrange(year or 2000, month)[1] or day == 0:
        return None
    weekday = WEEKDAY_NUMBER.get((groups.get("weekday") or "").lower())
    if groups.get("shift"):
        offset = {"last": -1, "this": 0, "next": 1}[groups["shift"]]
        return _make(match, "relative", "year", month=month, day=day, offset=offset)
    return _make(
        match,
        "absolute" if year else "bare",
        "day" if day else "month",
        year=year,
        month=month,
        day=day,
        weekday=weekday,
    )


def _read_month(match: re.Match[str], before: str) -> TimeExpression | None:
    name, shift = match["month"].lower(), (match["shift"] or "").lower()
    certain = bool(shift or match["part"] or _POINT_CUE.search(before))
    if not certain and _NAME_AFTER.match(match.string, match.end()):
        return None
    if not certain and name in _AMBIGUOUS_MONTHS and not _CUE.search(before):
        return None
    offset = {"last": -1, "past": -1, "next": 1}.get(shift, 0)
    return _make(match, "bare", "month", month=MONTH_NUMBER[name[:3]], offset=offset)


def _read_year(match: re.Match[str], before: str) -> TimeExpression | None:
    if not (match["part"] or _CUE.search(before)):
        return None
    follower = _FOLLOWER.match(match.string, match.end())
    if follower and follower[1] not in _AFTER_YEAR and not _POINT_CUE.search(before):
        return None
    return _make(match, "absolute", "year", year=int(match["year"]))


def _read_today(match: re.Match[str], _before: str) -> TimeExpression | None:
    word = match["word"].lower()
    offset = -1 if word in ("yesterday", "last night") else int(word == "tomorrow")
    return _make(match, "relative", "day", offset=offset)


def _read_weekday(match: re.Match[str], _before: str) -> TimeExpression | None:
    offset = {"last": -1, "next": 1}.get((match["shift"] or "").lower(), 0)
    number = WEEKDAY_NUMBER[match["weekday"].lower()]
    return _make(match, "relative", "day", weekday=number, offset=offset)


def _read_horizon(match: re.Match[str], _before: str) -> TimeExpression | None:
    unit = match["unit"]
    singular = not match["count"] and not match[0].endswith("s")
    if singular:
        number = {"hour": 0, "day": 1, "week": 1, "month": 1, "year": 1}[unit]
        return _make(match, "relative", "day" if unit == "hour" else unit, offset=number)
    days = {"hour": 1 / 24, "day": 1, "week": 7, "month": 31, "year": 366}[unit] * _counted(match)
    return _make(match, "horizon", "day", offset=max(1, round(days)))


def _read_shifted(match: re.Match[str], before: str) -> TimeExpression | None:
    if match["shift"].lower() in ("last", "previous") and _STRETCH.search(before):
        return None
    offset = {"last": -1, "previous": -1, "next": 1}.get(match["shift"].lower(), 0)
    unit = match["unit"]
    if unit in SEASONS:
        return _make(match, "relative", "season", offset=offset, part=unit)
    return _make(match, "relative", "week" if unit == "weekend" else unit, offset=offset)


def _read_ago(match: re.Match[str], _before: str) -> TimeExpression | None:
    unit = "day" if match["unit"] == "hour" else match["unit"]
    return _make(match, "relative", unit, offset=0 if match["unit"] == "hour" else -_counted(match))


def _counted(match: re.Match[str]) -> int:
    """The count of the match; "a few" and their like stand for three, as does none at all."""
    number = count(match["count"] or "")
    return 3 if number is None else number


_Reader = Callable[[re.Match[str], str], TimeExpression | None]
# How time expressions look, the surest first, and what reads a match with the words before it.
_FORMS: tuple[tuple[re.Pattern[str], _Reader, frozenset[str]], ...] = tuple(
    (re.compile(pattern), read, cues)
    for pattern, read, cues in (
        (
            r"\b(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\d-])",
            _read_calendar,
            DIGITS,
        ),
        (
            rf"\b(?:{WEEKDAY},?\s+)?{_MONTH}\s+{_DAY}(?:(?:,\s*|\s+){_YEAR}|{_SHIFTED_YEAR})?",
            _read_calendar,
            MONTH_CUES,
        ),
        (
            rf"\b(?:{WEEKDAY},?\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s*{_YEAR}|{_SHIFTED_YEAR})?",
            _read_calendar,
            MONTH_CUES,
        ),
        (rf"\b{_PART}?{_MONTH}(?:,\s*|\s+(?:of\s+)?){_YEAR}", _read_calendar, MONTH_CUES),
        (rf"\b{_PART}?{_MONTH}{_SHIFTED_YEAR}", _read_calendar, MONTH_CUES),
        (
            rf"\b(?:(?P<shift>[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast)\s+)?{_PART}?{_MONTH}(?![\w-]|\s*\d)",
            _read_month,
            MONTH_CUES,
        ),
        (rf"(?<![\w$£€#.,/-]){_PART}?{_YEAR}", _read_year, DIGITS),
        (rf"\b(?P<word>{_DAY_WORDS})\b", _read_today, _DAY_CUES),
        (
            rf"\b(?:(?P<shift>[Ll]ast|[Nn]ext)\s+)?{WEEKDAY}(?:\s+(?:morning|afternoon|evening|night))?\b",
            _read_weekday,
            WEEKDAY_CUES,
        ),
        (
            rf"\b(?:next|coming)\s+(?:(?P<count>{_NUMBER}|few|couple of|several)\s+)?{_UNIT}\b",
            _read_horizon,
            frozenset(("next", "coming")),
        ),
        (
            rf"\b(?P<shift>[Ll]ast|[Tt]his|[Nn]ext|[Pp]revious|{_THIS})\s+{_SPAN}\b",
            _read_shifted,
            _SPAN_CUES,
        ),
        (
            rf"\b(?P<count>{_NUMBER}|(?:a\s+)?(?:couple|few|several)(?:\s+of)?)\s+{_UNIT}\s+ago\b",
            _read_ago,
            frozenset(("ago",)),
        ),
    )
)


# The words of which a text has one where `find` finds anything.
CUES = frozenset[str]().union(*(cues for *_, cues in _FORMS))


def month_period(year: int, month: int, part: str = "") -> Period:
    """The days of a month, or of its early, mid or late third."""
    length = monthrange(year, month)[1]
    first, last = _PART_DAYS.get(part, (1, length))
    return Period(date(year, month, first), date(year, month, min(last, length)))
