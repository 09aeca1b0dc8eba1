"""Datelines: the place and the agency before the first words of a report."""

import re

__all__ = ["dateline"]

_AGENCIES = (
    "AP", "Reuters", "AFP", "UPI", "CNN", "Bloomberg", "Xinhua", "dpa", "PTI", "ANI", "IANS",
    "TASS", "EFE", "Kyodo", "Kyodo News", "CBS News", "Fox News", "PA", "RNS", "CNS", "Interfax",
    "Anadolu", "SANA",
)  # fmt: skip
_AGENCY_NAMES = {name.lower(): name for name in _AGENCIES} | {
    "the associated press": "AP",
    "associated press": "AP",
    "thomson reuters foundation": "Reuters",
    "thomson reuters": "Reuters",
    "agence france-presse": "AFP",
    "cnn business": "CNN",
    "press association": "PA",
}
_AGENCY = "|".join(sorted(map(re.escape, _AGENCY_NAMES), key=len, reverse=True))
_DASH = r"\s*(?:--+|[-–—_])\s*"
_PLACE = r"[A-ZÀ-Þ][\w.'’/-]*(?:[ ,]+(?:[A-ZÀ-Þ][\w.'’/-]*|of|de|el|al|the|\d{1,2}))*"
_DATELINES = (
    # A place and an agency in brackets: BEIRUT (AP) --, NEW YORK, Dec 11 (Reuters) -, (CNN)
    re.compile(rf"(?:{_PLACE},?\s*)?\((?i:(?P<agency>{_AGENCY}))\)(?:{_DASH}|\s*:\s*|\s*)"),
    # The agency first, as in "AP, Beirut :"
    re.compile(rf"(?P<agency>(?i:{_AGENCY})), ?{_PLACE} ?(?::|{_DASH})\s*"),
    # A place in capitals and a dash; a name in small letters may as well begin a sentence
    re.compile(
        r"[A-Z][A-Z.'’-]+(?: [A-Z.'’-]{2,}){0,3}(?:, ?[A-Z][\w.]+(?: [A-Z][\w.]+)?)?"
        r"\s*(?:--+|[–—]|\s[-_])(?:\s+|$)"
    ),
)
_DATELINE_CHARS = 120


def dateline(line: str) -> tuple[int, str | None]:
    """How many characters of a line are its dateline (0: none), and the agency it names."""
    for pattern in _DATELINES:
        if match := pattern.match(line[:_DATELINE_CHARS]):
            agency = match.groupdict().get("agency")
            return match.end(), _AGENCY_NAMES[agency.lower()] if agency else None
    return 0, None
