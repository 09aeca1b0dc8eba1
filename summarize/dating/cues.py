"""The words of which a time expression of some kind has one: most sentences have none of them.

To look for a word in a set takes a hundredth of what it takes to look for a pattern, and news has
some fifty patterns of time expressions.
"""

import re

from summarize.timewords import MONTHS, SEASONS, WEEKDAYS

__all__ = ["DIGITS", "MONTH_CUES", "SEASON_CUES", "UNIT_CUES", "WEEKDAY_CUES", "cues_in"]

_WORD_OR_DIGIT = re.compile("[a-z]+|[0-9]")
_UNITS = "second minute hour day week month quarter year decade".split()  # noqa: SIM905

DIGITS = frozenset("0123456789")
MONTH_CUES = frozenset(one.lower() for name in MONTHS for one in (name, name[:3])) | {"sept"}
SEASON_CUES = frozenset(SEASONS)
UNIT_CUES = frozenset(unit + end for unit in _UNITS for end in ("", "s", "long")) | {"centuries"}
WEEKDAY_CUES = frozenset(name.lower() + end for name in WEEKDAYS for end in ("", "s"))


def cues_in(text: str) -> frozenset[str]:
    """The different words and digits of `text`, in lower case, to be compared with cues."""
    return frozenset(_WORD_OR_DIGIT.findall(text.casefold()))
