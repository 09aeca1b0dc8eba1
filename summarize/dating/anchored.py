"""How time expressions are read that need the day of publication or what was named before."""

import re
from datetime import date, timedelta

from summarize.dating.scene import Rule, Scene, quarter_of, rule
from summarize.dating.timevalues import resolve
from summarize.dating.timewords import COUNT, WEEKDAY_NUMBER, WEEKDAYS, count
from summarize.dating.timex import find

__all__ = ["LAST_RULES", "RULES"]

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_NTH = rf"(?P<nth>{'|'.join(_ORDINALS)})"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_PARTS = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}
_PART = rf"(?P<part>{'|'.join(_PARTS)})"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_DAY = rf"(?P<day>today|yesterday|tomorrow|(?:(?:last|next|this)\s)?(?:{'|'.join(WEEKDAYS)}))"
_CLOCK = (
    r"(?:(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<word>noon|midday|midnight))(?:\s(?:E[SD]T|P[SD]T|C[SD]T|GMT|local\stime|sharp))?"
)
_YEAR_AGO = r"(?:(?:a\syear|one\syear)[\s-](?:ago|earlier|before)|year-(?:ago|earlier))"


def _quarter(match: re.Match[str], scene: Scene) -> str:
    number = _ORDINALS[match["nth"].lower()]
    words = match[0].lower()
    if match["year"]:
        return f"{match['year']}-Q{number}"
    year = scene.published.year
    if "last year" in words:
        year -= 1
    elif "this year" not in words:
        ahead = scene.ahead(*match.span())
        here = quarter_of(scene.published)
        # The quarter that has just ended is what is reported on, also by "will report".
        year += (ahead and number < here - 1) - (not ahead and number > here)
        year -= "year-ago" in words or "year-earlier" in words
    return f"{year}-Q{number}"


def _the_quarter(match: re.Match[str], scene: Scene) -> str:
    year, number = _latest_quarter(scene)
    words = match[0].lower()
    return f"{year - ('year-' in words or 'last year' in words)}-Q{number}"


def _latest_quarter(scene: Scene) -> tuple[int, int]:
    """The quarter that was last named, not as that of the year before; else the one just over."""
    named = re.fullmatch(r"(\d{4})-Q(\d)", scene.period)
    if named:
        return max(int(named[1]), _quarter_over(scene)[0]), int(named[2])
    return _quarter_over(scene)


def _quarter_over(scene: Scene) -> tuple[int, int]:
    number = quarter_of(scene.published) - 1
    return (scene.published.year, number) if number else (scene.published.year - 1, 4)


def _year_ago(match: re.Match[str], scene: Scene) -> str:
    if scene.period and re.fullmatch(r"\d{4}-Q\d", scene.period):
        year, number = _latest_quarter(scene)
        return f"{year - 1}-Q{number}"
    return str(scene.published.year - 1)


def _this_half(match: re.Match[str], scene: Scene) -> str:
    year = match["year"] or scene.published.year
    return f"{year}-H{_ORDINALS[match['nth'].lower()]}"


def _named_day(words: str, match: re.Match[str], scene: Scene) -> date:
    plain = words.lower()
    if plain in ("today", "yesterday", "tomorrow"):
        return scene.published + timedelta(days=("yesterday", "today", "tomorrow").index(plain) - 1)
    weekday = WEEKDAY_NUMBER[plain.split()[-1]]
    back = (scene.published.weekday() - weekday) % 7
    if plain.startswith("next") or scene.ahead(*match.span()):
        return scene.published + timedelta(days=(7 - back) % 7)
    return scene.published - timedelta(days=back)


def _part_of_day(match: re.Match[str], scene: Scene) -> str:
    return _named_day(match["day"], match, scene).isoformat() + _PARTS[match["part"].lower()]


def _part_of_today(match: re.Match[str], scene: Scene) -> str:
    words = match[0].lower()
    if words in ("tonight", "last night"):
        day = scene.published - timedelta(days=words != "tonight")
        return f"{day.isoformat()}TNI"
    return scene.published.isoformat() + _PARTS[match["part"].lower()]


def _clock(match: re.Match[str], scene: Scene) -> str:
    named = match.groupdict().get("day")
    day = _named_day(named, match, scene) if named else scene.published
    if match["word"]:
        hour = 0 if match["word"].lower() == "midnight" else 12
    else:
        hour = int(match["hour"]) % 12 + 12 * (match["half"].lower() == "p")
    return f"{day.isoformat()}T{hour:02}:{match['minute'] or '00'}"


def _day_from_there(match: re.Match[str], scene: Scene) -> str:
    step = -1 if match["way"].lower() in ("previous", "preceding") else 1
    return (scene.day + timedelta(days=step)).isoformat()


def _same_day(_match: re.Match[str], scene: Scene) -> str:
    return scene.day.isoformat()


def _same_year(_match: re.Match[str], scene: Scene) -> str:
    return str(scene.year)


def _this_year(_match: re.Match[str], scene: Scene) -> str:
    return str(scene.published.year)


def _given_year(match: re.Match[str], _scene: Scene) -> str:
    return match["year"]


def _weekend(match: re.Match[str], scene: Scene) -> str:
    words = match[0].lower()
    weeks = -1 if "last" in words else int("next" in words)
    if words.startswith("the"):
        # Until Wednesday the last weekend is nearer than the next.
        near = scene.published.weekday() < 3
        over = scene.published.weekday() < 5 and (near or not scene.ahead(*match.span()))
        weeks = -int(over)
    year, week, _ = (scene.published + timedelta(weeks=weeks)).isocalendar()
    return f"{year}-W{week:02}-WE"


def _week_of(match: re.Match[str], scene: Scene) -> str | None:
    found = find(match["date"])
    if len(found) != 1:
        return None
    value = resolve(found[0], scene.published, future=scene.ahead(*match.span()))
    if value is None or len(value) != 10 or not value[5:7].isdigit():
        return None
    year, week, _ = date.fromisoformat(value).isocalendar()
    return f"{year}-W{week:02}"


def _decade(match: re.Match[str], _scene: Scene) -> str:
    return f"{match['century'] or '19'}{match['tens']}X"


_TENS = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7,
         "eighties": 8, "nineties": 9}  # fmt: skip


def _decade_word(match: re.Match[str], _scene: Scene) -> str:
    return f"19{_TENS[match['word'].lower()]}X"


def _century(match: re.Match[str], _scene: Scene) -> str:
    return f"{int(match['nth']) - 1:02}XX"


def _holiday(match: re.Match[str], scene: Scene) -> str:
    name = match["name"].lower().removesuffix(" day")
    shift = (match["shift"] or "").lower()
    year = int(match["year"] or scene.published.year)
    day = _holiday_in(name, year)
    if not match["year"]:
        ahead = shift == "next" or scene.ahead(*match.span())
        if ahead and day < scene.published:
            day = _holiday_in(name, year + 1)
        elif not ahead and day > scene.published and (day - scene.published).days > 30 or (shift == "last" and day > scene.published):
            day = _holiday_in(name, year - 1)
    return day.isoformat()


_FIXED = {"christmas": (12, 25), "christmas eve": (12, 24), "new year's": (1, 1), "new year's eve": (12, 31),
          "halloween": (10, 31), "valentine's": (2, 14), "fourth of july": (7, 4), "boxing": (12, 26)}  # fmt: skip


def _holiday_in(name: str, year: int) -> date:
    if name in _FIXED:
        return date(year, *_FIXED[name])
    # Thanksgiving is the fourth Thursday of November, Labor Day the first Monday of September.
    first = date(year, 11, 1) if name == "thanksgiving" else date(year, 9, 1)
    weekday, weeks = (3, 3) if name == "thanksgiving" else (0, 0)
    return first + timedelta(days=(weekday - first.weekday()) % 7, weeks=weeks)


def _counted_from(match: re.Match[str], scene: Scene) -> str | None:
    """Read "two years earlier" and "three days later" from what was named before."""
    number, unit = count(match["count"]), match["unit"].lower()
    if number is None:
        return None
    step = -number if match["way"].lower() in ("earlier", "before") else number
    if unit == "year":
        return str(scene.year + step)
    if unit == "month":
        months = scene.day.year * 12 + scene.day.month - 1 + step
        return f"{months // 12}-{months % 12 + 1:02}"
    return (scene.day + timedelta(days=step * (7 if unit == "week" else 1))).isoformat()


def _bare_year(match: re.Match[str], _scene: Scene) -> str:
    return match["year"]


_HOLIDAYS = r"(?P<name>Thanksgiving(?:\sDay)?|Christmas(?:\sEve|\sDay)?|New\sYear's(?:\sEve|\sDay)?|Halloween|Labor\sDay|Valentine's\sDay|Fourth\sof\sJuly|Boxing\sDay)"
_COUNTING = (
    r"(?![\w%]|[-.,]\d|-\w|\s?[-–]\s?\d{4}\s[a-z]+s\b|['’]?s\b\s[a-z]+s\s(?:are|were)"
    r"|\s(?:people|men|women|children|sq|square|miles?|km|feet|points?|votes|jobs|tons?|dollars|shares"
    r"|votes|troops|soldiers|members|workers|employees|copies|units|pounds|barrels)\b)"
)

RULES: tuple[Rule, ...] = (
    rule("TIME", rf"\b{_CLOCK}\s(?:on\s)?{_DAY}\b", _clock),
    rule("TIME", rf"\b{_DAY}\sat\s(?:about\s)?{_CLOCK}", _clock),
    rule("TIME", rf"\b(?:late\s|early\s)?{_DAY}\s{_PART}\b", _part_of_day),
    rule("TIME", rf"\b(?:tonight|last\snight|(?:earlier\s)?this\s{_PART})\b", _part_of_today),
    rule("TIME", rf"\bmid-?\s?{_PART}\b", _part_of_today),
    rule("TIME", rf"\b{_CLOCK}", _clock),
    rule("DATE", rf"\b(?:the\s)?week\sof\s(?P<date>\w+\.?\s\d{{1,2}})\b", _week_of),
    rule("DATE", r"\b(?:(?:the|this|last|next)\s)weekend\b", _weekend),
    rule(
        "DATE",
        rf"\b(?:(?:the|this|last)\s)?(?:(?:this|last)\syear's\s)?(?:year-(?:ago|earlier)\s)?(?:fiscal\s)?{_NTH}[\s-]quarter\b(?:\s(?:of\s)?(?:(?:fiscal\s)?{_YEAR}|(?:this|last)\syear\b))?",
        _quarter,
    ),
    rule("DATE", rf"\b(?:the\s)?year-(?:ago|earlier)(?:\s(?:quarter|period))?\b", _year_ago),
    rule("DATE", rf"\b(?:the\s(?:corresponding|same|comparable)\s(?:quarter|period)\s(?:of\s)?last\syear)\b", _year_ago),
    rule("DATE", r"\b(?:the|this|last\syear's|the\slatest)\squarter\b(?!-)", _the_quarter),
    rule("DATE", r"\bthe\slatest\speriod\b", _the_quarter),
    rule("DATE", rf"\b{_YEAR_AGO}\b", _year_ago),
    rule("DATE", rf"\b(?:the\s)?(?P<nth>first|second)\shalf(?:\sof\s(?:{_YEAR}|(?:this|next|last)\syear|the\syear))\b", _this_half),
    rule("DATE", rf"\b(?:the\s)?(?:fiscal|calendar|model)(?:\syear)?\s{_YEAR}\b", _given_year),
    rule("DATE", rf"\b(?:the\s)?year\s{_YEAR}\b", _given_year),
    rule("DATE", r"\bthe\syear\stwo\sthousand\b", "2000"),
    rule("DATE", r"\b(?:the\sfull|the\send\sof\sthe|for\sthe|the\scurrent)\syear\b", _this_year),
    rule("DATE", r"\b(?:the\s)?(?P<way>next|following|previous|preceding)\s(?:day|morning)\b", _day_from_there),
    rule("DATE", r"\b(?:that|the\ssame)\sday\b", _same_day),
    rule("DATE", r"\b(?:that|the\ssame)\syear\b", _same_year),
    rule(
        "DATE",
        rf"\b(?P<count>a|{COUNT})\s(?P<unit>day|week|month|year)s?\s(?P<way>earlier|later|before)\b",
        _counted_from,
    ),
    rule("DATE", r"(?<![\w$£.,])(?:the\s)?(?:early\s|late\s|mid-?\s?)?(?:(?P<century>1[5-9]|20)|['’`])(?P<tens>\d)0['’]?s\b", _decade),
    rule("DATE", rf"\bthe\s(?P<word>{'|'.join(_TENS)})\b", _decade_word),
    rule("DATE", r"\b(?:the\s)?(?P<nth>1\d|2[01])(?:th|st)[\s-]century\b", _century),
    rule("DATE", rf"\b(?:(?P<shift>last|this|next)\s)?{_HOLIDAYS}(?:,?\s{_YEAR})?\b", _holiday),
    rule("DATE", r"\b(?:now|currently|nowadays|at\spresent|at\sthe\smoment|these\sdays|right\snow)\b", "PRESENT_REF"),
    rule("DATE", r"\b(?:recently|recent)\b", "PAST_REF"),
    rule("DATE", r"\b(?:the\s(?:near\s|foreseeable\s)?future|the\snear\sterm|as\ssoon\sas\spossible|(?:the\s)?coming\s(?:days|weeks|months|years)|future\s(?:days|weeks|months|quarters|years))\b", "FUTURE_REF"),
)

# What is read only where nothing else is found.
LAST_RULES = (rule("DATE", rf"(?<![\w$£€#.,/-])(?:post-|pre-)?{_YEAR}{_COUNTING}", _bare_year),)
