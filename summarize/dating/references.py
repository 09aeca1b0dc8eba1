"""How time expressions that point from the day of publication or from other ones are read.

"1998-08-06"  the day before    "1997"         a decade later     "1991-W08-WE"  the weekend
"198X"        the 1980s         "1998-12-25"   Christmas          "PRESENT_REF"  now
"""

import re
from datetime import date, timedelta

from summarize.dating.cues import DIGITS, SEASON_CUES, UNIT_CUES
from summarize.dating.scene import Rule, Scene, rule
from summarize.dating.timevalues import moved, resolve
from summarize.dating.timex import find
from summarize.timewords import COUNT, SEASONS, YEAR, count

__all__ = ["LAST_RULES", "RULES"]

_UNIT = r"(?P<unit>hour|day|week|month|year|decade)"
_TENS = {
    "twenties": 2,
    "thirties": 3,
    "forties": 4,
    "fifties": 5,
    "sixties": 6,
    "seventies": 7,
    "eighties": 8,
    "nineties": 9,
}
_HOLIDAYS = {
    "christmas": (12, 25),
    "christmas eve": (12, 24),
    "new year's": (1, 1),
    "new year's eve": (12, 31),
    "halloween": (10, 31),
    "valentine's": (2, 14),
    "fourth of july": (7, 4),
}


def _from_today(match: re.Match[str], scene: Scene) -> str | None:
    number = count(match["count"])
    if number is None:
        return None
    if match["roughly"] and match["unit"].lower() == "week":
        return moved(scene.published, "day", -7 * number)
    return moved(scene.published, match["unit"].lower(), -number)


def _from_there(match: re.Match[str], scene: Scene) -> str | None:
    number, unit = count(match["count"]), match["unit"].lower()
    if number is None:
        return None
    steps = number if match["way"].lower() == "later" else -number
    start = date(scene.year, 1, 1) if unit in ("year", "decade") else scene.day
    return moved(start, unit, steps)


def _next_day(match: re.Match[str], scene: Scene) -> str | None:
    step = -1 if match["way"].lower() in ("previous", "preceding") else 1
    return moved(scene.day, "day", step)


def _that_day(_match: re.Match[str], scene: Scene) -> str:
    return scene.day.isoformat()


def _that_month(_match: re.Match[str], scene: Scene) -> str:
    return scene.day.isoformat()[:7]


def _that_year(_match: re.Match[str], scene: Scene) -> str:
    return f"{scene.year:04}"


def _current(match: re.Match[str], scene: Scene) -> str | None:
    return moved(scene.published, match["unit"].lower(), 0)


def _weekend(match: re.Match[str], scene: Scene) -> str:
    which = match["which"].lower()
    weeks = {"last": -1, "next": 1}.get(which, 0)
    if which == "the" and scene.published.weekday() < 5:
        # Until Wednesday the last weekend is nearer than the next.
        near = scene.published.weekday() < 3
        weeks = -int(near or not scene.ahead(*match.span()))
    return f"{moved(scene.published, 'week', weeks)}-WE"


def _week_of(match: re.Match[str], scene: Scene) -> str | None:
    found = [e for e in find(match["day"]) if e.unit == "day" and e.day]
    value = resolve(found[0], scene.published) if found else None
    return moved(date.fromisoformat(value), "week", 0) if value else None


def _season(match: re.Match[str], scene: Scene) -> str:
    return f"{match['year'] or scene.published.year}-{SEASONS[match['season'].lower()]}"


def _decade(match: re.Match[str], _scene: Scene) -> str:
    return f"{match['century'] or '19'}{match['tens']}X"


def _named_decade(match: re.Match[str], _scene: Scene) -> str:
    return f"19{_TENS[match['word'].lower()]}X"


def _century(match: re.Match[str], _scene: Scene) -> str:
    return f"{int(match['nth']) - 1:02}XX"


def _holiday(match: re.Match[str], scene: Scene) -> str:
    name = match["name"].lower().replace("’", "'").removesuffix(" day")
    if match["year"]:
        return _holiday_in(name, int(match["year"])).isoformat()
    years = [y for y in (-1, 0, 1) if 1 <= scene.published.year + y <= 9999]
    days = [_holiday_in(name, scene.published.year + y) for y in years]
    shift = (match["shift"] or "").lower()
    if shift == "last":
        days = [day for day in days if day < scene.published] or days
    if shift == "next":
        days = [day for day in days if day > scene.published] or days
    return min(days, key=lambda day: abs((day - scene.published).days)).isoformat()


def _holiday_in(name: str, year: int) -> date:
    if name == "thanksgiving":
        return _first(3, date(year, 11, 22))
    if name == "labor":
        return _first(0, date(year, 9, 1))
    return date(year, *_HOLIDAYS[name])


def _first(weekday: int, start: date) -> date:
    """The first such weekday from `start` on."""
    return start + timedelta(days=(weekday - start.weekday()) % 7)


def _numeric(match: re.Match[str], _scene: Scene) -> str:
    """Read 10/25/1998 the American way, unless only the other one is a day."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    month, day = (second, first) if first > 12 else (first, second)
    return date(year, month, day).isoformat()


def _given_year(match: re.Match[str], _scene: Scene) -> str:
    return match["year"]


_FUTURE = (
    r"\b(?:the\s(?:(?:near|foreseeable|distant)\s)?future|the\snear\sterm|as\ssoon\sas\spossible"
    r"|(?:the\s)?coming\s(?:days|weeks|months|years|quarters)|future\s(?:months|quarters|years))\b"
)
_NOW = r"\b(?:now|currently|nowadays|at\spresent|at\sthe\smoment|these\sdays)\b"
# After "in the past" or "recent" no other time is meant.
_PAST = r"\b(?:recently|recent|in\sthe\s(?:distant\s|recent\s)?past(?=[.,;:?!]))(?!\w)"
# A number before these counts things.
_NOT_COUNTING = (
    r"(?![\w%]|[.,]\d|-[a-z]|\s?[-–]\s?\d{4}\s[a-z]+s\b|\s(?:people|men|women|children|square|miles?"
    r"|km|feet|points?|votes|jobs|tons?|dollars|shares|troops|soldiers|members|workers|employees|copies"
    r"|units|pounds|barrels)\b)"
)

RULES: tuple[Rule, ...] = (
    rule(
        "DATE",
        rf"\b(?P<count>an?|{COUNT})\s{_UNIT}s?\s(?P<roughly>or\s(?:so|two|more)\s)?ago\b",
        _from_today,
        "ago",
    ),
    rule(
        "DATE",
        rf"\b(?P<count>an?|{COUNT})\s(?!hour){_UNIT}s?\s(?P<way>earlier|later|before)\b",
        _from_there,
        UNIT_CUES,
    ),
    rule(
        "DATE",
        r"\bthe\s(?P<way>next|following|previous|preceding)\s(?:day|morning)\b",
        _next_day,
        "day morning",
    ),
    rule("DATE", r"\b(?:that|the\ssame)\sday\b", _that_day, "day"),
    rule("DATE", r"\b(?:that|the\ssame)\smonth\b", _that_month, "month"),
    rule("DATE", r"\b(?:that|the\ssame)\syear\b", _that_year, "year"),
    rule(
        "DATE",
        r"\b(?:(?:the\s(?:end|beginning|start|rest)\sof|(?:earlier|later|early|late)\sin|for)\sthe"
        r"|the\s(?:full|current))\s(?P<unit>year|month|week)\b(?!\sof\b)",
        _current,
        "year month week",
    ),
    rule("DATE", r"\b(?P<which>the|this|last|next)\sweekend\b", _weekend, "weekend"),
    rule("DATE", r"\b(?:the\s)?week\sof\s(?P<day>\w{3,9}\.?\s\d{1,2})\b", _week_of, "week"),
    rule(
        "DATE",
        rf"\b(?:the\s|in\s)?(?P<season>{'|'.join(SEASONS)})\s(?:of\s)?{YEAR}\b",
        _season,
        SEASON_CUES,
    ),
    rule(
        "DATE", rf"\bthis\spast\s(?P<season>{'|'.join(SEASONS)})\b(?P<year>)", _season, SEASON_CUES
    ),
    rule(
        "DATE",
        r"(?<![\w$£€.,])(?:the\s)?(?:early\s|late\s|mid-?\s?)?(?:(?P<century>1[5-9]|20)|['’`])"
        r"(?P<tens>\d)0['’]?s\b",
        _decade,
        DIGITS,
    ),
    rule("DATE", rf"\bthe\s(?P<word>{'|'.join(_TENS)})\b", _named_decade, frozenset(_TENS)),
    rule("DATE", r"\b(?:the\s)?(?P<nth>1\d|2[01])(?:th|st)[\s-]century\b", _century, "century"),
    rule(
        "DATE",
        r"\b(?:(?P<shift>last|this|next)\s)?(?P<name>Thanksgiving(?:\sDay)?|Christmas(?:\s(?:Eve|Day))?"
        r"|New\sYear['’]s\s(?:Eve|Day)|Halloween|Labor\sDay|Valentine['’]s\sDay|Fourth\sof\sJuly)"
        rf"(?:,?\s{YEAR})?\b",
        _holiday,
        "thanksgiving christmas year halloween labor valentine july",
    ),
    rule(
        "DATE", rf"(?<![\w/.-])(?P<first>\d\d?)/(?P<second>\d\d?)/{YEAR}(?![\w/])", _numeric, DIGITS
    ),
    rule("DATE", r"\bthe\syear\stwo\sthousand\b", "2000", "thousand"),
    rule("DATE", _NOW, "PRESENT_REF", "now currently nowadays present moment days"),
    rule("DATE", _PAST, "PAST_REF", "recently recent past"),
    rule("DATE", _FUTURE, "FUTURE_REF", "future term possible coming"),
)
# What is read only where nothing else is found.
LAST_RULES = (
    rule(
        "DATE",
        rf"(?<![\w$£€#.,/-])(?:(?:post|pre)-|the\syear\s)?{YEAR}{_NOT_COUNTING}",
        _given_year,
        DIGITS,
    ),
)
