"""Digits that are no quantity: addresses, telephone numbers, versions, and numbers in names."""

import re
from collections.abc import Callable, Iterable

__all__ = ["blanked", "without_codes"]

# Web and mail addresses, telephone numbers, versions, dates in digits, sports formations.
_CODE = re.compile(
    r"(?<!\S)[^\s@]{1,200}@\S+|https?://\S+|www\.\S+|[0-9]{16,}|(?<![\w,.])[0-9]+(?:\.[0-9]+){2,}"
    r"|(?<![\w$€£.,])\+?0[0-9]{2,4}(?:[\s-][0-9]{3,})+|(?<![\w$€£.,])[0-9]{3}-[0-9]{3,4}(?:-[0-9]{4})?\b"
    r"|\+[0-9]{1,3}(?:[\s-]?\(?[0-9]{2,4}\)?){2,}|\([0-9]{3}\)\s?[0-9]{3}-[0-9]{4}"
    r"|\b(?:24/7|24-7|9/11|7/7|50/50|20/20)\b|(?<![\w/])[0-9]+/[0-9]+/[0-9]+"
    r"|(?<![\w-])[1-5](?:-[1-5]){2,4}(?![\w-])"
)
_WORD_WITH_DIGITS = re.compile(
    r"(?<![\w.,$€£])(?:[^\W\d_]{1,40}[0-9]|(?=[^\W\d_]*[A-Z])[^\W\d_]+-[0-9]|[0-9]+[^\W\d_])"
    r"\w*(?:-\w+)*"
)

# Words whose number is a name, also where letters are small: "section 427", "s&p 500", "iphone 11".
_NAMED_BY = (
    r"s\s?(?:&|&amp;)\s?p|sp(?=\s500)|ftse|nikkei|cac|dax|stoxx|russell|nasdaq(?=[\s-]100\b)|asx"
    r"|topix|fortune|section|article|highway|route|interstate|flight|boeing|airbus|version|windows"
    r"|android|ios|iphone|ipad|playstation|xbox|apollo|soyuz|voyager|formula|covid|sars-cov|vitamin"
    r"|type(?=[\s-][12]\b)"
)
# The same where the word is capitalised: "Phase 2", "Planet 9", "Game 7".
_NAMED_BY_CAPITAL = (
    r"Big|Pac|Area|Zone|Phase|Stage|Planet|Game|Week|Round|Act|Category|Unit|District|Block|Sector"
    r"|Row|Lane|Camp|Studio|Building|Tower|Volume|Episode|Season|Figure|Table|Level|Model|Mark|Mk"
    r"|Radio|Catch|Ocean['’]s|Maroon|Blink|Group\sof(?=\s(?:7|8|10|20|77)\b)|Annex|Appendix|Protocol"
    r"|Subsection|Clause|Chapter|Paragraph|Title|Rule|Proposition|Prop\.?|Resolution|Amendment|Form"
    r"|Motorway|Junction|Exit|Runway|Gate|Terminal|Platform|Channel|Pier|Apartment|Apt\.?|Suite"
    r"|Room|Galaxy|Note|Pixel|Psalm|Page|Precinct|Local|Forbes|Falcon|Forever|Le\sMans|Daytona"
)
_NAME = re.compile(
    rf"\b(?:(?i:{_NAMED_BY})|{_NAMED_BY_CAPITAL})[\s-](?:[Nn]o\.?\s)?"
    r"(?:[0-9]{1,5}(?:\.[0-9]{1,2})?(?:\((?:[0-9]{1,2}|[a-z])\)){0,4}|(?:Ten|One|Two|Three)\b)"
    r"(?![\w%]|[.,:][0-9]|\s?(?:%|(?:per\s?cent|million|billion|people|points?|minutes|hours|days"
    r"|weeks|months|years?|miles)\b))"
    # Aircraft, ages of sports teams, shows.
    r"|\b(?:[Aa]|[Tt]he|[Ii]ts|[Oo]ld)\s7[0-9]7s?\b(?!\s[a-z]+s\b|,[0-9]|-[a-z])"
    r"|\b(?i:under)-(?:1[5-9]|2[0-3])s?\b|\b(?:24\sHours?(?=\s(?:of|Fitness))|50\sCent|60\sMinutes)\b"
)
_STREET = re.compile(
    r"(?<![\w.,$€£#-])[0-9]{1,5}[A-Z]?\s(?:[NSEW]\.?\s|(?:North|South|East|West)\s)?"
    r"(?:(?:[A-Z][\w'’.]{1,20}|[0-9]{1,3}(?:st|nd|rd|th))\s){1,3}"
    r"(?:Street|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Blvd|Terrace|Crescent|Parkway|Highway|St)\b"
    r"(?!\s[a-z]{2,}s\b)"
)

_Found = Callable[[str, "re.Match[str]"], bool]


def without_codes(text: str, is_quantity: _Found) -> str:
    """`text` with its codes blanked; `is_quantity` says which words with digits are no codes."""
    if not _DIGIT.search(text):
        return text
    text = _CODE.sub(_blank, text)
    text = _STREET.sub(_blank, text)
    text = _NAME.sub(_blank, text)
    return _WORD_WITH_DIGITS.sub(
        lambda match: match[0] if is_quantity(text, match) else _blank(match), text
    )


_DIGIT = re.compile("[0-9]|Big|Formula")


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with the stretches `spans` replaced by signs that are no part of any number."""
    signs = list(text)
    for start, end in spans:
        signs[start:end] = "\0" * (end - start)
    return "".join(signs)
