"""Numbers that say a share or multiple in two words: "four in five", "two to one"."""

import re
from dataclasses import replace

from summarize.claims.matching import amounts
from summarize.claims.numerals import SMALL_WORDS, plain
from summarize.claims.numerals import amount as read
from summarize.records import Claim

__all__ = ["ratio"]

_TO_ONE = re.compile(r"\sto\s(?:one|1)$", re.IGNORECASE)
_IN = re.compile(
    rf"\b({SMALL_WORDS}|[0-9]{{1,2}})(?:\s[a-z]+)?\s(?:in\severy|out\sof|of\severy|in|every)\s"
    rf"({SMALL_WORDS}|[0-9]{{1,2}})\b",
    re.IGNORECASE,
)


def ratio(text: str, claim: Claim) -> Claim | None:
    """The share or multiple of which `claim` is a part in `text`; None where it is of none.

    The value of the claim returned is a fraction ("4/5"); it begins where the phrase begins.
    """
    ends = amounts(claim.value)
    if len(ends) == 2 and _TO_ONE.search(claim.text) and max(ends) > 1:
        return replace(claim, value=plain(max(ends)), unit="time")
    for match in _IN.finditer(text):
        if match.start() <= claim.start < match.end():
            part, whole = read(match[1].lower()), read(match[2].lower())
            if 0 < part < whole:
                value = str(part / whole)
                return Claim(match[0], "number", value, "", match.start(), match.end())
    return None
