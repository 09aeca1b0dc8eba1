"""Datelines: the place and the agency before the first words of a report."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from summarize.cleaning.lines import Line, ends_sentence, kept

__all__ = ["Dateline", "agency_named", "cut_datelines", "dateline", "without_dateline"]

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
_PLACE = (
    r"[A-ZÀ-Þ][\w.'’/-]*(?:[ ,]+(?:[A-ZÀ-Þ][\w.'’/-]*|of|de|el|al|the|\d{1,2}|(?:19|20)\d\d|"
    r"[a-z]+(?=, [A-Z])))*"
)
# What a report may begin with behind a dateline without a sign: "The Associated Press (AP) said" is
# no dateline, nor is "The Palestinian Authority (PA) President".
_BEGIN = r"(?=[A-ZÀ-Þ0-9\"“'‘$€£]|$)"
# Before the dateline, in capitals. Of such labels in train/ most are these.
_FLASH = re.compile(
    r"(?:BREAKING(?: NEWS)?|DEVELOPING(?: STORY)?|EXCLUSIVE|JUST IN|SCOOP|UPDATED?(?: \d)?) ?: +"
)
_MONTH_DAY = r"[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?"
_CAPITALS = r"[A-Z][A-Z.'’-]+(?: [A-Z.'’-]{2,}){0,3}"
_DATELINES = (
    # A place and an agency in brackets: BEIRUT (AP) --, NEW YORK, Dec 11 (Reuters) -, (CNN)
    re.compile(
        rf"(?:(?P<place>{_PLACE}),?\s*)?\((?i:(?P<agency>{_AGENCY}))\)"
        rf"(?:{_DASH}|\s*:\s*|(?<!\(PA\))\s*{_BEGIN})"
    ),
    # Near the Israel-Gaza border (CNN) --
    re.compile(
        rf"(?P<place>[A-Z][^().:!?“”\"]{{2,60}}) \((?i:(?P<agency>{_AGENCY}))\) ?(?:--+|[–—]) ?"
    ),
    # The agency first, as in "AP, Beirut :"
    re.compile(rf"(?P<agency>(?i:{_AGENCY})), ?(?P<place>{_PLACE}) ?(?::|--+|[–—]|\s[-_])\s*"),
    # A place in capitals and any name in brackets: HARROW BAY, Aug 21 (NTP) --
    re.compile(
        rf"(?P<place>{_CAPITALS}(?:, ?[A-Z][\w.]+(?: \w+){{0,2}}(?:, \d{{4}})?)?),?\s*"
        rf"\((?P<agency>[A-Z][\w .&/-]{{1,30}})\){_DASH}{_BEGIN}"
    ),
    # Any name in brackets: (Entertainment Weekly) --
    re.compile(r"\((?P<agency>[A-Z][\w .&/-]{1,30})\)\s*(?:--+|[–—])\s*"),
    # A place in capitals and a dash; a name in small letters may as well begin a sentence
    re.compile(
        rf"(?P<place>{_CAPITALS}(?:, ?[A-Z][\w.]+(?: [A-Z][\w.]+)?)?(?:, ?{_MONTH_DAY})?)"
        r"\s*(?:--+|[–—]|\s[-_])(?:\s+(?=[A-ZÀ-Þ0-9\"“'‘$€£]|$)|$)"
    ),
)
# Cities that stand in datelines without a state or country, after the custom of the agencies.
_CITIES = (
    "ABU DHABI", "AMMAN", "AMSTERDAM", "ANKARA", "ATHENS", "ATLANTA", "BAGHDAD", "BALTIMORE",
    "BANGALORE", "BANGKOK", "BARCELONA", "BEIJING", "BEIRUT", "BELGRADE", "BENGALURU", "BERLIN",
    "BOGOTA", "BOSTON", "BRASILIA", "BRUSSELS", "BUCHAREST", "BUDAPEST", "BUENOS AIRES", "CAIRO",
    "CARACAS", "CHICAGO", "CINCINNATI", "CLEVELAND", "COPENHAGEN", "DALLAS", "DAMASCUS", "DENVER",
    "DETROIT", "DHAKA", "DOHA", "DUBAI", "DUBLIN", "FRANKFURT", "GAZA", "GENEVA", "HANOI",
    "HAVANA", "HELSINKI", "HONG KONG", "HONOLULU", "HOUSTON", "INDIANAPOLIS", "ISLAMABAD",
    "ISTANBUL", "JAKARTA", "JERUSALEM", "JOHANNESBURG", "KABUL", "KARACHI", "KHARTOUM", "KIEV",
    "KUALA LUMPUR", "KUWAIT CITY", "KYIV", "LAGOS", "LAS VEGAS", "LIMA", "LISBON", "LONDON",
    "LOS ANGELES", "LUXEMBOURG", "MADRID", "MANILA", "MEXICO CITY", "MIAMI", "MILAN", "MILWAUKEE",
    "MINNEAPOLIS", "MINSK", "MONTREAL", "MOSCOW", "MUMBAI", "MUNICH", "NAIROBI", "NEW DELHI",
    "NEW ORLEANS", "NEW YORK", "NICOSIA", "OKLAHOMA CITY", "OSLO", "OTTAWA", "PANAMA CITY",
    "PARIS", "PHILADELPHIA", "PHOENIX", "PITTSBURGH", "PRAGUE", "PRETORIA", "RIO DE JANEIRO",
    "RIYADH", "ROME", "SALT LAKE CITY", "SAN ANTONIO", "SAN DIEGO", "SAN FRANCISCO", "SANAA",
    "SANTIAGO", "SAO PAULO", "SARAJEVO", "SEATTLE", "SEOUL", "SHANGHAI", "SINGAPORE", "SOFIA",
    "ST. LOUIS", "STOCKHOLM", "SYDNEY", "TAIPEI", "TEHRAN", "TEL AVIV", "TOKYO", "TORONTO",
    "TRIPOLI", "TUNIS", "UNITED NATIONS", "VATICAN CITY", "VIENNA", "VIENTIANE", "WARSAW",
    "WASHINGTON", "YANGON", "ZURICH",
)  # fmt: skip
_CITY = "|".join(map(re.escape, _CITIES))
# Such a city and no sign before the first words, as pages print Reuters' copy: a sentence hardly
# writes a city in capitals. Of 74 thousand articles of train/ and dev/ eleven begin so, rightly.
_BARE = re.compile(
    rf"(?P<place>(?:{_CITY})(?:/(?:[A-Z][A-Z.'’-]+(?: [A-Z.'’-]{{2,}}){{0,2}}))?)"
    rf"(?:,? {_MONTH_DAY})?\s+"
    r"(?=[A-ZÀ-Þ][\w'’-]*[a-zß-ÿ]|[A-Z][A-Z.]{0,5} [a-z]|[A-Z]\.[A-Z]\.|[A-Z] [a-z]"
    r"|[\d\"“'‘$€£])"
)
# Longest with several places and an agency. Chosen.
_DATELINE_CHARS = 120
# Lines from the top in which a dateline may stand.
_REGION = 6
_NAMED = re.compile(rf"\W*(?:the )?(?P<agency>{_AGENCY})\W*", re.IGNORECASE)
_PLACE_END = re.compile(
    r"[ ,.:_–—-]*(?:\b(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?"
    r"[ ,.:_–—-]*$"
)


class Dateline(NamedTuple):
    """The `length` of a dateline in characters (0: none), and what it names."""

    length: int
    place: str | None = None
    agency: str | None = None


_NO_DATELINE = Dateline(0)


def dateline(line: str) -> Dateline:
    """The dateline that a line begins with, and what may stand before one ("BREAKING:")."""
    flash = _FLASH.match(line)
    start = flash.end() if flash else 0
    for pattern in _DATELINES:
        if match := pattern.match(line, start, start + _DATELINE_CHARS):
            named = match.groupdict()
            agency, place = named.get("agency"), named.get("place")
            if place and agency_named(place):  # "Associated Press (AP) editors said"
                break
            return Dateline(
                match.end(),
                _PLACE_END.sub("", place) or None if place else None,
                _AGENCY_NAMES.get(agency.lower(), agency) if agency else None,
            )
    if ends_sentence(line) and (match := _BARE.match(line, start)):
        return Dateline(match.end(), match["place"])
    return Dateline(start)


def without_dateline(sentence: str) -> str:
    """The sentence without the place and agency that news copy begins with."""
    length = dateline(sentence).length
    return sentence[length:] if length < len(sentence) / 2 else sentence


def agency_named(text: str) -> str | None:
    """The agency that a text consists of ("the Associated Press" is AP), or None."""
    match = _NAMED.fullmatch(text)
    return _AGENCY_NAMES[match["agency"].lower()] if match else None


def cut_datelines(lines: Sequence[Line]) -> tuple[list[tuple[int, int, str]], Dateline]:
    """Cut the dateline near the top; return the stretch, and what the dateline names."""
    for line in kept(lines)[:_REGION]:
        found = dateline(line.text)
        if found.length >= len(line.text):
            line.reason = "dateline"
            return [], found
        if found.length:
            stretch = (line.start, line.start + len(line.text[: found.length].rstrip()), "dateline")
            line.cut(found.length)
            return [stretch], found
    return [], _NO_DATELINE
