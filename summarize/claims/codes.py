"""Digits that are no quantity: addresses, telephone numbers, versions, and numbers in names."""

import re
from collections.abc import Callable, Iterable, Iterator

__all__ = ["blanked", "matches_at", "without_codes"]

_ADDRESS = re.compile(r"(?<!\S)[^\s@]{1,200}@\S+|https?://\S+|www\.\S+")
# Telephone numbers, versions, dates in digits, formations; they begin with a digit, "+" or "(".
_CODE = re.compile(
    r"[0-9]{16,}|[0-9][0-9,.]{39,}|(?<![\w,.])[0-9]+(?:\.[0-9]+){2,}|\([0-9]{3}\)\s?[0-9]{3}-[0-9]{4}"
    r"|(?<![\w$€£.,+])\+?0[0-9]{2,4}(?:[\s-][0-9]{3,})+|(?<![\w$€£.,])[0-9]{3}-[0-9]{3,4}(?:-[0-9]{4})?\b"
    r"|\+[0-9]{1,3}(?:[\s-]?\(?[0-9]{2,4}\)?){2,}"
    r"|\b(?:24/7|24-7|9/11|7/7|50/50|20/20)\b|(?<![\w/])[0-9]+/[0-9]+/[0-9]+"
    r"|(?<![\w-])[1-5](?:-[1-5]){2,4}(?![\w-])"
    # Aircraft ("a 737"), ages of teams ("under-21"), seats and shows.
    r"|(?<=\b[Aa]\s)7[0-9]7s?\b(?!\s[a-z]+s\b|,[0-9]|-[a-z])"
    r"|(?<=[Uu]nder-)(?:1[5-9]|2[0-3])s?\b(?!-)|(?<=[Ss]eat\s)[0-9]{1,2}[A-K]\b"
    r"|(?<![\w.,-])7[0-9]7-[1-9](?:00)?[A-Z]{0,3}s?(?![\w-])|24\sHours?\b(?=\s(?:of|Fitness))|50\sCent\b|60\sMinutes\b"
)
_CODE_LEAD = re.compile(r"[0-9+(]")
_WORD_WITH_DIGITS = re.compile(
    r"(?<![\w.,$€£])(?:[^\W\d_]{1,40}[0-9]|(?=[^\W\d_]*[A-Z])[^\W\d_]+-[0-9]|[0-9]+[^\W\d_])"
    r"\w*(?:-\w+)*"
)

# Words whose number is a name, also where letters are small: "section 427", "s&p 500", "iphone 11".
_NAMED_BY = (
    r"s\s?(?:&|&amp;)\s?p|sp|ftse|nikkei|cac|dax|stoxx|russell|nasdaq|asx"
    r"|topix|fortune|section|article|highway|route|interstate|flight|boeing|airbus|version|windows"
    r"|android|ios|iphone|ipad|playstation|xbox|apollo|soyuz|voyager|formula|covid|sars-cov|vitamin"
    r"|type"
)
# The same where the word is capitalised: "Phase 2", "Planet 9", "Game 7".
_NAMED_BY_CAPITAL = (
    r"Big|Pac|Area|Zone|Phase|Stage|Planet|Game|Week|Round|Act|Category|Unit|District|Block|Sector"
    r"|Row|Lane|Camp|Studio|Building|Tower|Volume|Episode|Season|Figure|Table|Level|Model|Mark|Mk"
    r"|Radio|Catch|Ocean['’]s|Maroon|Blink|(?<=[Tt]he\s)Group\sof|Annex|Appendix|Protocol"
    r"|Subsection|Clause|Chapter|Paragraph|Title|Rule|Proposition|Prop\.?|Resolution|Amendment|Form"
    r"|Motorway|Junction|Exit|Runway|Gate|Terminal|Platform|Channel|Pier|Apartment|Apt\.?|Suite"
    r"|Room|Galaxy|Note|Pixel|Psalm|Page|Precinct|Local|Forbes|Falcon|Forever|Le\sMans|Daytona"
)
_NAMED = re.compile(rf"\b(?:(?i:{_NAMED_BY})|{_NAMED_BY_CAPITAL})[\s-](?:[Nn]o\.?\s)?$")
_LONGEST_NAMED = 20
_NUMBER_OF_NAME = re.compile(
    r"[0-9](?<=[\s-].)[0-9]{0,4}(?:\.[0-9]{1,2})?(?:\((?:[0-9]{1,2}|[a-z])\)){0,4}"
    r"(?![\w%]|[.,:][0-9]|\s?(?:%|(?:per\s?cent|million|billion|people|points?|minutes|hours|days"
    r"|weeks|months|years?|miles)\b))"
)
_SPELT_NAME = re.compile(r"Big\sTen\b|Formula\s(?:One|Two|Three)\b|Group\sof\s(?:Seven|Eight)\b")
_STREET = re.compile(
    r"(?<![\w.,$€£#-])[0-9]{1,5}[A-Z]?\s(?:[NSEW]\.?\s|(?:North|South|East|West)\s)?"
    r"(?:(?:[A-Z][\w'’.]{1,20}|[0-9]{1,3}(?:st|nd|rd|th))\s){1,3}"
    r"(?:Street|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Blvd|Terrace|Crescent|Parkway|Highway|St)\b"
    r"(?!\s[a-z]{2,}s\b)"
)

_Found = Callable[[str, "re.Match[str]"], bool]


def without_codes(text: str, is_quantity: _Found) -> str:
    """`text` with its codes blanked; `is_quantity` says which words with digits are no codes."""
    text = _SPELT_NAME.sub(_blank, text)
    if not _DIGIT.search(text):
        return text
    if "@" in text or "://" in text or "www." in text:
        text = _ADDRESS.sub(_blank, text)
    spans = [match.span() for match in matches_at(_CODE, _CODE_LEAD, text)]
    spans += [match.span() for match in _NUMBER_OF_NAME.finditer(text) if _is_name(text, match)]
    spans += [match.span() for match in _STREET.finditer(text)]
    text = blanked(text, spans)
    words = _WORD_WITH_DIGITS.finditer(text)
    return blanked(text, [word.span() for word in words if not is_quantity(text, word)])


_DIGIT = re.compile("[0-9]")


def _is_name(text: str, number: re.Match[str]) -> bool:
    start = number.start()
    return _NAMED.search(text, max(0, start - _LONGEST_NAMED), start) is not None


def matches_at(
    pattern: re.Pattern[str],
    lead: re.Pattern[str],
    text: str,
    is_lead: Callable[[str], bool] = bool,
) -> Iterator[re.Match[str]]:
    """The matches of `pattern` that start where `lead` finds what `is_lead` holds true.

    As `finditer`, at a fraction of the time where few places can begin a match.
    """
    end = 0
    for place in lead.finditer(text):
        if place.start() >= end and is_lead(place[0]):
            match = pattern.match(text, place.start())
            if match is not None:
                end = match.end()
                yield match


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with the stretches `spans` replaced by signs that are no part of any number."""
    spans = list(spans)
    if not spans:
        return text
    signs = list(text)
    for start, end in spans:
        signs[start:end] = "\0" * (end - start)
    return "".join(signs)
