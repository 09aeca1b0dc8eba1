"""How time expressions that name a length or a repetition are read, as TIMEX3 values.

"P3D"   three days     "PT16H"  a 16-hour flight    "PXM"         several months
"P1D"   daily          "P2Y6M"  2 1/2 years         "XXXX-WXX-1"  every Monday
"""

import re

from summarize.dating.cues import UNIT_CUES, WEEKDAY_CUES
from summarize.dating.scene import Rule, Scene, rule
from summarize.timewords import COUNT, WEEKDAY, WEEKDAY_NUMBER, count

__all__ = ["LAST_RULES", "RULES"]

_VALUES = {
    "second": "PT{}S",
    "minute": "PT{}M",
    "hour": "PT{}H",
    "day": "P{}D",
    "week": "P{}W",
    "month": "P{}M",
    "quarter": "P{}Q",
    "year": "P{}Y",
}
# Longer units count in years.
_YEARS = {"decade": 10, "centurie": 100}
_HALVES = {"minute": "PT{}M30S", "hour": "PT{}H30M", "day": "P{}DT12H", "year": "P{}Y6M"}
_HALF = {"hour": "PT30M", "day": "PT12H", "year": "P6M"}
_OFTEN = {"hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M"}

_UNIT = r"(?P<unit>second|minute|hour|day|week|month|quarter|year|decade)"
# "A second" and "a quarter" are mostly no lengths.
_CLEAR_UNIT = r"(?P<unit>minute|hour|day|week|month|year|decade)"
_UNITS = r"(?P<unit>second|minute|hour|day|week|month|quarter|year|decade|centurie)s"
# "A 6-year-old boy" and "52 years old" are ages, and news corpora do not mark them; "two years
# ago" is a date.
_NOT_AGE = r"\b(?![- ](?:old|olds|of\sage)\b)"
_NOT_FROM = (
    r"(?:(?<=hour)|(?<=hours)|(?<=minute)|(?<=minutes)|(?!\s(?:earlier|later|before)\b))"
    r"(?!\s(?:or\sso\s)?ago\b)"
)
_ABOUT = (
    r"(?:(?:more|less|fewer|longer)\sthan\s|at\s(?:least|most)\s|as\slong\sas\s|nearly\s|almost\s"
    r"|about\s|around\s|roughly\s|over\s|under\s|up\sto\s|another\s)?"
)
_WINDOW = (
    r"(?:(?:the|these|those|his|her|its|their)\s)?(?:last|past|next|first|coming|previous|final"
    r"|latest|following|preceding|year-earlier|year-ago)\s"
)
_FULL = r"(?:(?:more|consecutive|straight|full|calendar|business|whole|long)\s)?"


def _after(words: str) -> str:
    """A pattern that holds after any of the words."""
    return "(?:{})".format("|".join(rf"(?<=\b{word}\s)" for word in words.split()))


# "A year" alone is more often a rate ("$10 a year") than a length.
_BEFORE_LENGTH = _after("for within than over nearly almost about lasting full as of after in")
# "Over the last year" is a length, "the last year" a date.
_STRETCH = _after("over during for in within")


def _length(number: int | str, unit: str) -> str:
    unit = unit.lower()
    if unit in _YEARS:
        return f"P{number if number == 'X' else int(number) * _YEARS[unit]}Y"
    return _VALUES[unit].format(number)


def _counted(match: re.Match[str], _scene: Scene) -> str | None:
    number, unit = count(match["count"]), match["unit"].lower()
    # "Three quarters of voters" is a share, "one second" mostly "one second-half goal".
    share = unit == "quarter" and match.string.startswith(" of ", match.end())
    ordinal = unit == "second" and match["count"].lower() == "one"
    return None if number is None or share or ordinal else _length(number, unit)


def _and_a_half(match: re.Match[str], _scene: Scene) -> str | None:
    number, form = count(match["count"]), _HALVES.get(match["unit"].lower())
    return None if number is None or form is None else form.format(number)


def _half(match: re.Match[str], _scene: Scene) -> str:
    return _HALF[match["unit"].lower()]


def _one(match: re.Match[str], _scene: Scene) -> str:
    return _length(1, match["unit"])


def _some(match: re.Match[str], _scene: Scene) -> str:
    return _length("X", match["unit"])


def _often(match: re.Match[str], _scene: Scene) -> str:
    return _OFTEN[match[0].lower()]


def _every_weekday(match: re.Match[str], _scene: Scene) -> str:
    return f"XXXX-WXX-{WEEKDAY_NUMBER[match['weekday'].lower()] + 1}"


_SETS = (
    rule("SET", rf"\b(?:each|every)\s(?!second){_UNIT}\b", _one, UNIT_CUES),
    rule("SET", rf"\bevery\s(?P<count>{COUNT})\s{_UNITS}\b", _counted, UNIT_CUES),
    rule("SET", rf"\b(?:once|twice|times)\s(?:a|per)\s{_UNIT}\b", _one, UNIT_CUES),
    rule("SET", rf"\b(?:every|each)\s{WEEKDAY}\b", _every_weekday, WEEKDAY_CUES),
    rule("SET", rf"\b{WEEKDAY}s\b", _every_weekday, WEEKDAY_CUES),
    rule("SET", rf"\b(?:{'|'.join(_OFTEN)})\b", _often, frozenset(_OFTEN)),
)
RULES: tuple[Rule, ...] = (
    *_SETS,
    rule(
        "DURATION",
        rf"\b{_ABOUT}(?P<count>a|an|{COUNT})\s{_UNIT}s?\sand\sa\shalf\b",
        _and_a_half,
        UNIT_CUES,
    ),
    rule(
        "DURATION",
        rf"\b{_ABOUT}(?P<count>{COUNT})[\s-](?:and[\s-]a[\s-]half|1/2)[\s-]{_UNIT}s?{_NOT_AGE}"
        rf"{_NOT_FROM}",
        _and_a_half,
        UNIT_CUES,
    ),
    rule("DURATION", r"\b(?:a\s)?half[\s-](?:an?\s)?(?P<unit>hour|day|year)\b", _half, UNIT_CUES),
    rule(
        "DURATION",
        rf"\b{_ABOUT}(?:{_WINDOW}|the\s)?(?P<count>{COUNT}|(?:a\s)?couple(?:\sof)?|(?:a\s)?dozen)"
        rf"[\s-]{_FULL}{_UNIT}s?(?:-long)?{_NOT_AGE}{_NOT_FROM}",
        _counted,
        UNIT_CUES,
    ),
    rule(
        "DURATION",
        rf"\b(?:{_WINDOW})?(?:a\s)?(?:few|several|many|recent)[\s-]{_UNITS}\b",
        _some,
        UNIT_CUES,
    ),
    rule("DURATION", rf"\b(?:several|many)-{_UNIT}\b", _some, UNIT_CUES),
    rule("DURATION", rf"\b(?:for|in|within|after)\s{_UNITS}\b", _some, UNIT_CUES),
    rule("DURATION", rf"\b(?:the|this)\spast\s{_UNIT}\b", _one, UNIT_CUES),
    rule("DURATION", rf"{_STRETCH}the\slast\s{_UNIT}\b", _one, UNIT_CUES),
    rule(
        "DURATION",
        rf"{_BEFORE_LENGTH}(?:a|an|one)\s{_CLEAR_UNIT}\b(?!-){_NOT_FROM}",
        _one,
        UNIT_CUES,
    ),
    rule("DURATION", rf"\banother\s{_CLEAR_UNIT}\b", _one, UNIT_CUES),
    rule("DURATION", rf"\b{_UNIT}-?long\b", _one, UNIT_CUES),
)

# What is read only where nothing else is found.
LAST_RULES = (rule("DURATION", rf"\b{_UNITS}\s(?:ago|later)\b", _some, UNIT_CUES),)
