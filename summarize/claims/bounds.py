"""Bounds and hedges: what the words around a number make of it."""

import re
from typing import Literal

__all__ = ["Bound", "bound_between"]

# "more than 300" is above, "nearly 300" and "up to 300" below, "about 300" near.
Bound = Literal["", "above", "below", "near"]

_ABOVE = (
    r"more\sthan|over|above|at\sleast|at\sa\sminimum|minimum(?:\sof)?|upwards\sof|in\sexcess\sof"
    r"|(?:no|not)\s(?:less|fewer)\sthan|(?:greater|higher|longer|larger|bigger|better)\sthan|exceed(?:s|ed|ing)?|topp(?:ed|ing)"
    r"|surpass(?:ed|ing)|beyond|as\s(?:few|little|low|early)\sas"
)
_BELOW = (
    r"nearly|almost|(?:less|fewer|lower|shorter|smaller)\sthan|under|below|at\smost|up\sto|maximum(?:\sof)?|close\sto"
    r"|(?:no|not)\s(?:more|greater|higher|longer)\sthan|as\s(?:many|much|high|long)\sas"
    r"|(?:just|little)\sshort\sof|(?:just\s)?shy\sof|approaching|nearing|not\squite|virtually"
)
_NEAR = (
    r"about|around|some|approximately|roughly|approx\.?|circa|ca\.|estimated|an?\sestimated"
    r"|in\sthe\sregion\sof|in\sthe\sneighbou?rhood\sof|or\sso"
)
# The leftmost phrase that ends at the number is the longest: "no more than", not "more than".
_BEFORE = re.compile(
    rf"(?:\b(?:(?P<above>{_ABOVE})|(?P<below>{_BELOW})|(?P<near>{_NEAR}))[\s-]"
    r"|(?P<sign>[~≈><≥≤])\s?)$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?P<above>\+|[\s-]plus\b|\sor\s(?:more|over|above|older)\b|\sat\sleast\b|\sand\s(?:counting|over|up)\b)"
    r"|(?P<below>\sor\s(?:less|fewer|under|below|younger)\b|\sat\s(?:the\s)?most\b|\sand\sunder\b)"
    r"|(?P<near>\sor\sso\b|\sor\sthereabouts\b|-odd\b|-ish\b)",
    re.IGNORECASE,
)
_SIGNS: dict[str, Bound] = {"~": "near", "≈": "near", ">": "above", "≥": "above", "<": "below",
                            "≤": "below"}  # fmt: skip
_REACH = 28  # characters before a number that the longest phrase takes


def bound_between(text: str, start: int, end: int) -> Bound:
    """What the words before `start` and after `end` of `text` make of the number between them."""
    match = _BEFORE.search(text[max(0, start - _REACH) : start]) or _AFTER.match(text, end)
    if match is None:
        return ""
    found = match.lastgroup or ""
    return _SIGNS[match["sign"]] if found == "sign" else _NAMES[found]


_NAMES: dict[str, Bound] = {"above": "above", "below": "below", "near": "near"}
