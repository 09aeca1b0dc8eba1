"""Dates and clock times of an English news sentence, with their places.

Values of a date are as much of an ISO date as the words say, "X" for what they leave open:

    "2016-12-11"   11 December 2016        "2015-05"      May 2015         "2014"      in 2014
    "XXXX-02-27"   27 February             "XXXX-03"      last March       "199X"      the 1990s
    "19XX"         the 20th century        "2014..2015"   2014-15          "T17:25"    5:25 p.m.
    "sunday"       Sunday                  "2016-winter"  winter of 2016   "noon"      noon

A clock time without a.m. or p.m. is taken as written ("T05:25"). Words that only make sense on the
day of writing (today, last year) are left out unless that day is given (see `relative`), and so are
bare seasons.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

from summarize.claims.codes import blanked
from summarize.claims.numerals import ascii_digits
from summarize.claims.relative import resolved
from summarize.records import Claim
from summarize.timewords import MONTH_NUMBER, MONTHS, WEEKDAYS

__all__ = ["find_dates", "same_date"]

_WEEKDAYS = [name.lower() for name in WEEKDAYS]
_HOURS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
          "twelve"]  # fmt: skip

_MONTH = (
    rf"(?P<month>(?i:{'|'.join(MONTHS)})\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV"
    r"|DEC)\b\.?)"
)
_DAY = (
    r"(?P<day>0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
    r"(?:\s?[-–]\s?(?P<last>[12]?[0-9]|3[01])(?:st|nd|rd|th)?)?(?![\w:]|[.,][0-9]|%|\s(?:percent|per))"
)
_YEAR = r"(?P<year>1[0-9]{3}|2[01][0-9]{2})(?![\w%]|[.,:][0-9])"
_ISO = r"(?P<year>[12][0-9]{3})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3][0-9])"
_SPAN = r"(?P<year>1[5-9][0-9]{2}|20[0-9]{2})[-–/](?P<until>[0-9]{2}|[0-9]{4})"
_MINUTE = r"(?P<minute>[0-5][0-9])"
_HALF = r"(?P<half>[AaPp])(?:\.[Mm]\b\.?|[Mm]\b)"
_FREE = r"(?<![\w:.,$€£])"

_BARE_MONTH = rf"\b{_MONTH}"
_WEEKDAY = rf"\b(?P<weekday>(?i:{'|'.join(_WEEKDAYS)}))s?(?![^\W_])"
_FULL_HOUR = rf"\b(?P<hour>[0-9]{{1,2}}|(?i:{'|'.join(_HOURS)}))\so['’]clock\b"
_TIME_OF_DAY = r"\b(?P<word>(?i:noon|midday|midnight))\b"

_WITHOUT_DIGITS = [
    re.compile(pattern) for pattern in (_BARE_MONTH, _WEEKDAY, _FULL_HOUR, _TIME_OF_DAY)
]
_DATES = [
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w-]){_ISO}(?:T[0-9:.]+Z?)?(?![\w-])",
        rf"{_FREE}{_DAY}(?:\sof)?\s{_MONTH}(?:,?\s{_YEAR})?",
        rf"\b{_MONTH}\s(?:the\s)?{_DAY}(?:,?\s{_YEAR})?",
        rf"\b{_MONTH},?\s(?:of\s)?{_YEAR}",
        _BARE_MONTH,
        _WEEKDAY,
        r"(?<![\w,.])(?:(?P<century>1[0-9]|20)|['’‘])?(?P<tens>[0-9])0['’]?s(?!\w)",
        r"\b(?P<nth>[0-9]{1,2})(?:st|nd|rd|th)[\s-](?i:century)\b",
        rf"\b(?P<season>(?i:spring|summer|autumn|fall|winter))(?:\sof)?\s{_YEAR}",
        rf"(?<![\w$€£.,-]){_SPAN}(?![\w%]|[-.,][0-9])",
        rf"(?<![\w$€£.,]){_YEAR}",
        rf"{_FREE}(?P<hour>[01]?[0-9]|2[0-4])(?:[:.]{_MINUTE})?\s?{_HALF}",
        rf"{_FREE}(?P<hour>[01]?[0-9]|2[0-3]):{_MINUTE}(?![\w:]|\.[0-9])",
        rf"{_FREE}(?P<hour>[01][0-9]|2[0-3]){_MINUTE}(?=\s(?:GMT|BST|UTC|E[SD]T|hrs)\b)",
        _FULL_HOUR,
        _TIME_OF_DAY,
    )
]


# A date has a digit or one of these words. Most sentences have neither, which is seen in a tenth of
# the time in which all patterns are tried.
_ALPHA = re.compile("[a-z]+")
_DIGIT = re.compile("[0-9]")
_DATE_WORDS = frozenset((
    *(name.lower() for name in MONTHS), *MONTH_NUMBER, "sept", *_WEEKDAYS, "noon", "midday",
    *(f"{day}s" for day in _WEEKDAYS), "midnight", "clock",
))  # fmt: skip


def _may_hold(plain: str) -> bool:
    words = _ALPHA.findall(plain.casefold())
    return not _DATE_WORDS.isdisjoint(words) or _DIGIT.search(plain) is not None


def find_dates(text: str, published: date | None = None) -> list[Claim]:
    """The dates and times of `text` in order; see the module for their values.

    With the day its article was `published`, what counts from that day is resolved: "yesterday",
    "last Friday" and "27 February" become ISO dates, as does the coming one where the words around
    it look ahead ("will meet on Sunday").
    """
    plain = ascii_digits(text)
    found = _absolute(text, plain) if _may_hold(plain) else []
    return found if published is None else resolved(text, found, published)


def _absolute(text: str, plain: str) -> list[Claim]:
    found: list[Claim] = []
    rest = plain
    for pattern in _DATES if _DIGIT.search(plain) else _WITHOUT_DIGITS:
        spans = []
        for match in pattern.finditer(rest):
            value = _value(plain, match)
            if value:
                start, end = match.span()
                found.append(Claim(text[start:end], "date", value, "", start, end))
                spans.append((start, end))
        rest = blanked(rest, spans)
    return sorted(found, key=lambda claim: claim.start)


def _value(text: str, match: re.Match[str]) -> str:
    parts = match.groupdict()
    reader = next(reader for group, reader in _READERS if parts.get(group))
    return reader(text, match)


def _clock(_: str, match: re.Match[str]) -> str:
    parts = match.groupdict()
    word = parts["hour"].lower()
    hour = _HOURS.index(word) + 1 if word in _HOURS else int(word)
    if parts.get("half"):
        hour = hour % 12 + (12 if parts["half"] in "Pp" else 0)
    return f"T{hour:02}:{parts.get('minute') or '00'}"


def _day_word(_: str, match: re.Match[str]) -> str:
    return match["word"].lower().replace("midday", "noon")


def _season(_: str, match: re.Match[str]) -> str:
    return f"{match['year']}-{match['season'].lower().replace('fall', 'autumn')}"


def _century(_: str, match: re.Match[str]) -> str:
    return f"{int(match['nth']) - 1:02}XX"


# In "Sept. 27 Oct. 1" the day belongs to the month before it.
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\s$")


def _calendar(text: str, match: re.Match[str]) -> str:
    if not _is_month(text, match):
        return ""
    parts, begin = match.groupdict(), match.start()
    leads = parts.get("day") and match.start("day") == begin
    if leads and _MONTH_BEFORE.search(text, max(0, begin - 11), begin):
        return ""
    month = parts["month"].lower()
    number = int(month) if month.isdigit() else MONTH_NUMBER[month[:3]]
    start = f"{parts.get('year') or 'XXXX'}-{number:02}"
    if not parts.get("day"):
        return start
    first = f"{start}-{int(parts['day']):02}"
    return f"{first}..{start}-{int(parts['last']):02}" if parts.get("last") else first


def _years(_: str, match: re.Match[str]) -> str:
    first, last = match["year"], match["until"]
    last = first[: 4 - len(last)] + last
    return f"{first}..{last}" if first < last else ""


_CUE = re.compile(
    r"\b(?:in|on|since|until|till|by|during|of|from|before|after|around|late|early|mid|between|through"
    r"|throughout|to|last|this|next|and|or|every|each|for)[\s-]$",
    re.IGNORECASE,
)


_NAME_AFTER = re.compile(r"\s[A-Z][a-z]+")


def _is_month(text: str, match: re.Match[str]) -> bool:
    """May, March, August, April and June are also words and names."""
    month = match["month"]
    if month.lower() not in ("may", "march", "april", "june", "august", "mar"):
        return True
    cued = _CUE.search(text[max(0, match.start() - 12) : match.start()]) is not None
    parts = match.groupdict()
    if parts.get("year"):
        return True
    if parts.get("day"):
        return month[0].isupper() or cued
    named = _NAME_AFTER.match(text, match.end())
    if month.lower() in ("may", "march"):
        return month[0].isupper() and cued and not (named and month == "May")
    return (month[0].isupper() or cued) and not named


_NAMED_DAY = re.compile(r"\b(?:Black|Good|Cyber|Sheffield|Super|Palm|Easter|Ash|Bloody|The)\s$")
_PAPER = re.compile(r"\s(?:Times|Telegraph|Mirror|Mail|Express|Sun|World|People|Post|Night\s[A-Z])")


def _weekday(text: str, match: re.Match[str]) -> str:
    named = _PAPER.match(text, match.end()) or _NAMED_DAY.search(
        text, max(0, match.start() - 11), match.start()
    )
    return "" if named and match["weekday"][0].isupper() else match["weekday"].lower()


def _decade(text: str, match: re.Match[str]) -> str:
    """Read "the 1990s", "the '80s", "the 80s", but not the age in "her 80s"."""
    bare = not match["century"] and match[0][0].isdigit()
    if bare and text[max(0, match.start() - 4) : match.start()].lower() not in ("the ", "the\xa0"):
        return ""
    return f"{match['century'] or 'XX'}{match['tens']}X"


_COUNTING = re.compile(
    r"[\s-](?:people|men|women|children|sq|square|miles?|km|feet|ft|metres?|meters?|yards?|dollars"
    r"|euros|pounds|percent|per\scent|rpm|hp|tons?|tonnes?|points|votes|jobs|[kc]?[mg]|years?)\b"
    r"|\s?[-–]\s?[0-9]{4}\s[A-Za-z]+s\b|\sto\s[0-9]{4}\s[a-z]+s\b"
)
_PLURAL = re.compile(r"\s(?!was\b|is\b|has\b|does\b|as\b|its\b|this\b|[a-z]+ss\b)[a-z]+s\b")


_NUMBERED = re.compile(r"[#№]$|\b[A-Z]{2,10}-$")


def _year(text: str, match: re.Match[str]) -> str:
    return match["year"] if _is_year(text, match) else ""


def _is_year(text: str, match: re.Match[str]) -> bool:
    year, end = int(match["year"]), match.end()
    if _COUNTING.match(text, end) or _NUMBERED.search(
        text, max(0, match.start() - 12), match.start()
    ):
        return False
    if 1900 <= year < 2100:
        return year % 100 != 0 or not _PLURAL.match(text, end)
    cued = _CUE.search(text[max(0, match.start() - 12) : match.start()]) is not None
    return year >= 1400 and cued and not _PLURAL.match(text, end)


# The first of these groups that a match has decides how it is read.
_READERS: tuple[tuple[str, Callable[[str, re.Match[str]], str]], ...] = (
    ("hour", _clock),
    ("word", _day_word),
    ("weekday", _weekday),
    ("tens", _decade),
    ("nth", _century),
    ("season", _season),
    ("month", _calendar),
    ("until", _years),
    ("year", _year),
)


_IS_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_IS_DAYS = re.compile(rf"{_IS_DAY.pattern}\.\.{_IS_DAY.pattern}")


def same_date(claimed: str, stated: str) -> bool:
    """Whether the date `stated` in a source says all that the value `claimed` says.

    "2015" is said by "2015-05", "sunday" only by "sunday", "199X" by "1995"; an end of a range by
    the range, and "last week" by any day of it; clock times are the same twelve hours apart, as
    a.m. and p.m. may be left out.
    """
    if claimed == stated:
        return True
    if _IS_DAYS.fullmatch(claimed) and _IS_DAY.fullmatch(stated):
        first, last = claimed.split("..")
        return first <= stated <= last
    if ".." in stated and ".." not in claimed:
        return any(same_date(claimed, end) for end in stated.split(".."))
    if claimed.startswith("T") and stated.startswith("T"):
        hours = int(claimed[1:3]) - int(stated[1:3])
        return hours % 12 == 0 and claimed[3:] == stated[3:]
    if not claimed[0].isupper() and claimed[0].isalpha():
        return False
    return all(_says(*fields) for fields in _fields(claimed, stated))


def _fields(claimed: str, stated: str) -> Iterator[tuple[str, str]]:
    given = stated.split("-")
    for index, field in enumerate(claimed.split("-")):
        yield field, given[index] if index < len(given) else ""


def _says(claimed: str, stated: str) -> bool:
    if len(claimed) != len(stated):
        return claimed == "XXXX"
    return all(one in (other, "X") for one, other in zip(claimed, stated, strict=True))
