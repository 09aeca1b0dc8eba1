"""How clock times and parts of a day are read.

"2000-04-04T09:00"  9 a.m. Tuesday    "1998-01-19TNI"  last night    "1998-08-07TMO"  Friday morning
"""

import re
from datetime import date, timedelta

from summarize.dating.cues import DIGITS
from summarize.dating.scene import Rule, Scene, rule
from summarize.dating.timevalues import on_weekday
from summarize.timewords import WEEKDAY_NUMBER, WEEKDAYS

__all__ = ["RULES"]

_PARTS = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}
_PART = rf"(?P<part>{'|'.join(_PARTS)})"
_NOON = frozenset(("noon", "midday", "midnight"))
_PART_CUES = frozenset((*_PARTS, *(f"mid{part}" for part in _PARTS), "tonight"))
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_DAY = rf"(?P<day>{'|'.join(_DAYS)}|(?:(?:last|next|this)\s)?(?:{'|'.join(WEEKDAYS)}))"
_CLOCK = (
    r"(?:(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<word>noon|midday|midnight)\b)(?:\s(?:E[SD]?T|P[SD]?T|C[SD]T|GMT|local\stime|sharp)\b)?"
)


def _day(words: str | None, match: re.Match[str], scene: Scene) -> date:
    """The day of "yesterday" or "Friday"; of no words the day of publication."""
    plain = (words or "today").lower()
    if plain in _DAYS:
        return scene.published + timedelta(days=_DAYS[plain])
    weekday = WEEKDAY_NUMBER[plain.split()[-1]]
    ahead = plain.startswith("next") or scene.ahead(*match.span())
    shifted = plain.startswith(("last", "next"))
    return on_weekday(weekday, scene.published, future=ahead, shifted=shifted)


def _part_of_day(match: re.Match[str], scene: Scene) -> str:
    return f"{_day(match['day'], match, scene)}{_PARTS[match['part'].lower()]}"


def _part_of_today(match: re.Match[str], scene: Scene) -> str:
    return f"{scene.published}{_PARTS[(match['part'] or 'night').lower()]}"


def _last_night(_match: re.Match[str], scene: Scene) -> str:
    return f"{scene.published - timedelta(days=1)}TNI"


def _long_clock(match: re.Match[str], scene: Scene) -> str:
    return f"{scene.published}T{match['hour']:0>2}:{match['minute']}"


def _clock(match: re.Match[str], scene: Scene) -> str:
    day = _day(match.groupdict().get("day"), match, scene)
    if match["word"]:
        return f"{day}T{'00' if match['word'].lower() == 'midnight' else '12'}:00"
    hour = int(match["hour"]) % 12 + 12 * (match["half"].lower() == "p")
    return f"{day}T{hour:02}:{match['minute'] or '00'}"


RULES: tuple[Rule, ...] = (
    rule("TIME", rf"\b{_CLOCK}\s(?:on\s)?{_DAY}\b", _clock, DIGITS | _NOON),
    rule("TIME", rf"\b{_DAY}\sat\s(?:about\s|around\s)?{_CLOCK}", _clock, DIGITS | _NOON),
    rule("TIME", rf"\b{_CLOCK}", _clock, DIGITS | _NOON),
    rule(
        "TIME",
        r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-3]):?(?P<minute>[0-5]\d)\s(?:GMT|UTC|BST|E[SD]T)\b",
        _long_clock,
        DIGITS,
    ),
    rule("TIME", rf"\b(?:late\s|early\s)?{_DAY}\s{_PART}\b", _part_of_day, _PART_CUES),
    rule("TIME", r"\blast\snight\b", _last_night, _PART_CUES),
    rule(
        "TIME",
        rf"\b(?:tonight|(?:(?:earlier|later|early|late)\s)?(?:this\s|mid-?\s?){_PART})\b",
        _part_of_today,
        _PART_CUES,
    ),
)
