"""How time expressions that name a length or a repetition are read, as TIMEX3 values.

    "P3D"   three days     "PT16H"  a 16-hour flight    "PXM"  for several months
    "P1D"   daily          "P2Y6M"  2 1/2 years         "XXXX-WXX-1"  every Monday
"""

import re

from summarize.dating.scene import Rule, Scene, rule
from summarize.dating.timewords import COUNT, WEEKDAY_NUMBER, WEEKDAYS, count

__all__ = ["RULES"]

_UNITS = {
    "second": "T{}S",
    "minute": "T{}M",
    "hour": "T{}H",
    "day": "{}D",
    "week": "{}W",
    "month": "{}M",
    "quarter": "{}Q",
    "year": "{}Y",
}
# Longer units count in years.
_YEARS = {"decade": 10, "century": 100, "centurie": 100}
_HALVES = {"minute": "30S", "hour": "30M", "day": "T12H", "year": "6M"}
_UNIT = r"(?P<unit>second|minute|hour|day|week|month|quarter|year|decade)"
_UNITS_WORD = r"(?P<unit>second|minute|hour|day|week|month|quarter|year|decade|centurie)s"
# Ages are no time expressions in TIMEX3 terms of news: "the 6-year-old boy", "52 years old".
_NO_AGE = r"\b(?![- ](?:old|olds|of\sage)\b)"
_ABOUT = (
    r"(?:(?:more|less|fewer|longer)\sthan\s|at\sleast\s|as\slong\sas\s|nearly\s|almost\s|about\s"
    r"|around\s|roughly\s|over\s|under\s|only\s|just\s|some\s|up\sto\s|another\s)?"
)
# "A year" alone is more often a rate ("$10 a year") than a length.
_AFTER_LENGTH = "(?:{})".format(
    "|".join(
        rf"(?<=\b{word}\s)"
        for word in "for within than over nearly almost about lasting full as of after in".split()  # noqa: SIM905
    )
)
_WINDOW = r"(?:(?:the|these|those|his|her|its|their)\s)?(?:last|past|next|first|coming|previous|final|latest|following|preceding|year-earlier|year-ago)\s"
_WEEKDAY = "|".join(WEEKDAYS)


def _length(number: int | str, unit: str) -> str:
    if unit in _YEARS:
        return f"P{number if number == 'X' else int(number) * _YEARS[unit]}Y"
    return "P" + _UNITS[unit].format(number)


def _counted(match: re.Match[str], _scene: Scene) -> str | None:
    number, unit = count(match["count"]), match["unit"].lower()
    return None if number is None else _length(number, unit)


def _and_half(match: re.Match[str], _scene: Scene) -> str | None:
    number, unit = count(match["count"]), match["unit"].lower()
    if number is None or unit not in _HALVES:
        return None
    half = _HALVES[unit]
    return _length(number, unit) + half


def _half(match: re.Match[str], _scene: Scene) -> str:
    return {"hour": "PT30M", "day": "PT12H", "year": "P6M"}[match["unit"].lower()]


def _one(match: re.Match[str], _scene: Scene) -> str:
    return _length(1, match["unit"].lower())


def _vague(match: re.Match[str], _scene: Scene) -> str:
    return _length("X", match["unit"].lower())


_OFTEN = {"hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M"}


def _adverb(match: re.Match[str], _scene: Scene) -> str:
    return _OFTEN[match[0].lower()]


def _weekdays(match: re.Match[str], _scene: Scene) -> str:
    return f"XXXX-WXX-{WEEKDAY_NUMBER[match['weekday'].lower()] + 1}"


RULES: tuple[Rule, ...] = (
    rule("SET", rf"\b(?:each|every)\s{_UNIT}\b", _one),
    rule("SET", rf"\bevery\s(?P<count>{COUNT})\s{_UNITS_WORD}\b", _counted),
    rule("SET", rf"\b(?:once|twice|times)\s(?:a|per)\s{_UNIT}\b", _one),
    rule("SET", rf"\b(?:every|each)\s(?P<weekday>{_WEEKDAY})\b", _weekdays),
    rule("SET", rf"(?<!-)\b(?P<weekday>{_WEEKDAY})s\b", _weekdays),
    rule("SET", r"\b(?:hourly|daily|nightly|weekly|monthly)\b", _adverb),
    rule(
        "DURATION", rf"\b{_ABOUT}(?P<count>a|an|{COUNT})\s{_UNIT}s?\sand\sa\shalf\b", _and_half
    ),
    rule("DURATION", rf"\b{_ABOUT}(?P<count>{COUNT})(?:\s|-)(?:and\sa\shalf|1/2)[\s-]{_UNIT}s?{_NO_AGE}", _and_half),
    rule("DURATION", r"\b(?:a\s)?half[\s-](?:an?\s)?(?P<unit>hour|day|year)\b", _half),
    rule(
        "DURATION",
        rf"\b{_ABOUT}(?:{_WINDOW}|the\s)?(?P<count>{COUNT}|(?:a\s)?couple(?:\sof)?|(?:a\s)?dozen)"
        rf"(?:\s|-)(?:(?:more|consecutive|straight|full|calendar|business|whole|long)\s)?{_UNIT}s?(?:-long)?{_NO_AGE}"
        r"(?!\s(?:ago|earlier|later|before)\b)",
        _counted,
    ),
    rule(
        "DURATION",
        rf"\b(?:{_WINDOW})?(?:a\s)?(?:few|several|many|recent)[\s-]{_UNIT}s?\b",
        _vague,
    ),
    rule("DURATION", rf"\b(?:for|in|within|after|just)\s(?P<unit>hour|day|week|month|year|decade)s\b", _vague),
    rule("DURATION", rf"(?<=\bthe\s)(?:past)\s{_UNIT}\b", _one),
    rule(
        "DURATION",
        rf"{_AFTER_LENGTH}(?:a|an|one)\s{_UNIT.replace('quarter|', '')}\b(?!-|\s(?:ago|earlier|later|before)\b)",
        _one,
    ),
    rule("DURATION", rf"\b{_UNIT}-?long\b", _one),
)
