"""How quarters, half-years and years of accounts are read, and "a year ago" in reports on them.

"1989-Q3"  the third quarter    "1987-H1"  the first half of 1987    "1989"  fiscal 1989
"""

import re

from summarize.dating.scene import Rule, Scene, rule
from summarize.timewords import YEAR

__all__ = ["RULES"]

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_NTH = rf"(?P<nth>{'|'.join(_ORDINALS)})"
_SHIFT = r"(?:(?P<shift>last|this|next)\syear)"
# Every rule has one of these words.
_CUES = "quarter period year half fiscal financial calendar model"
_BEFORE = r"(?P<before>year-(?:ago|earlier)\s)"


def _shifted_year(match: re.Match[str], scene: Scene) -> int | None:
    """The year that "last year" and its like mean in the match, if they are there."""
    groups = match.groupdict()
    shift = groups.get("shift") or groups.get("shift2")
    if groups.get("year"):
        return int(groups["year"])
    if not shift:
        return None
    return scene.published.year + {"last": -1, "this": 0, "next": 1}[shift.lower()]


def _nth_quarter(match: re.Match[str], scene: Scene) -> str:
    number, year = _ORDINALS[match["nth"].lower()], _shifted_year(match, scene)
    if year is None:
        here = (scene.published.month + 2) // 3
        year = scene.published.year - (number > here)
        # The quarter that has just ended is what is reported on, also by "will report".
        if scene.ahead(*match.span()):
            year = scene.published.year + (number < here - 1)
        year -= bool(match["before"])
    return f"{year}-Q{number}"


def _reported_quarter(scene: Scene) -> tuple[int, int]:
    """The quarter that the text is about, else the one that was over when it was published."""
    here = scene.published.year * 4 + (scene.published.month + 2) // 3 - 2
    year, number = here // 4, here % 4 + 1
    named = re.fullmatch(r"(\d{4})-Q(\d)", scene.period)
    return (int(named[1]), int(named[2])) if named else (year, number)


def _the_quarter(match: re.Match[str], scene: Scene) -> str:
    year, number = _reported_quarter(scene)
    before = match["before"] or (match["shift"] or "").lower() == "last"
    return f"{year - bool(before)}-Q{number}"


def _year_ago(_match: re.Match[str], scene: Scene) -> str:
    if "Q" not in scene.period:
        return f"{scene.published.year - 1:04}"
    year, number = _reported_quarter(scene)
    return f"{year - 1}-Q{number}"


def _nth_half(match: re.Match[str], scene: Scene) -> str:
    year = _shifted_year(match, scene) or scene.published.year
    return f"{year}-H{_ORDINALS[match['nth'].lower()]}"


def _named_period(match: re.Match[str], scene: Scene) -> str:
    """Read "the 1989 period" as that year's quarter where quarters are compared."""
    return match["year"] + (f"-Q{_reported_quarter(scene)[1]}" if "Q" in scene.period else "")


def _given_year(match: re.Match[str], _scene: Scene) -> str:
    return match["year"]


RULES: tuple[Rule, ...] = (
    rule(
        "DATE",
        rf"\b(?:(?:the|{_SHIFT}['’]s)\s)?{_BEFORE}?(?:fiscal\s)?{_NTH}[\s-]quarter\b"
        rf"(?:\s(?:of\s)?(?:(?:fiscal\s)?{YEAR}|{_SHIFT.replace('shift', 'shift2')}\b))?",
        _nth_quarter,
        _CUES,
    ),
    rule(
        "DATE",
        rf"\b(?:the|this|{_SHIFT}['’]s|the\s(?:latest|current|most\srecent))\s{_BEFORE}?quarter\b(?!-)",
        _the_quarter,
        _CUES,
    ),
    rule("DATE", r"\bthe\slatest\speriod\b(?P<before>)(?P<shift>)", _the_quarter, _CUES),
    rule(
        "DATE",
        r"\b(?:the\s)?year-(?:ago|earlier)(?:\s(?:quarter|period|month))?\b",
        _year_ago,
        _CUES,
    ),
    rule(
        "DATE",
        r"\bthe\s(?:corresponding|same|comparable)\s(?:quarter|period)(?:\sof)?\s(?:last\syear"
        r"|the\s(?:previous|prior)\syear|a\syear\s(?:ago|earlier))\b",
        _year_ago,
        _CUES,
    ),
    rule("DATE", r"\b(?:a|one)\syear\s(?:ago|earlier)\b", _year_ago, _CUES),
    rule(
        "DATE",
        rf"\b(?:the\s)?(?P<nth>first|second)[\s-]half\sof\s(?:{YEAR}|{_SHIFT}\b|the\syear\b)",
        _nth_half,
        _CUES,
    ),
    rule("DATE", rf"\bthe\s{YEAR}\s(?:quarter|period)\b", _named_period, _CUES),
    rule(
        "DATE",
        rf"\b(?:the\s)?(?:fiscal|financial|calendar|model)(?:\syear)?\s{YEAR}\b",
        _given_year,
        _CUES,
    ),
)
