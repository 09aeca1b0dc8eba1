"""Words of the calendar and small numbers, for all that reads times and dates."""

__all__ = [
    "COUNT",
    "MONTHS",
    "MONTH_NUMBER",
    "SEASONS",
    "WEEKDAY",
    "WEEKDAYS",
    "WEEKDAY_NUMBER",
    "YEAR",
    "count",
]

MONTHS = (  # noqa: SIM905
    "January February March April May June July August September October November December"
).split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
# With their signs in ISO-like values.
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
WEEKDAY_NUMBER = {name.lower(): number for number, name in enumerate(WEEKDAYS)}

_SMALL = (  # noqa: SIM905
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_NUMBER = (
    {word: number for number, word in enumerate(_SMALL, 1)}
    | {word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)}
    | {"a": 1, "an": 1, "couple": 2, "dozen": 12, "hundred": 100, "thousand": 1000}
)
# Patterns, each with a group of its name.
WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
# A whole number in digits or words, below a hundred when in words.
COUNT = (
    rf"(?:\d{{1,3}}(?:,\d{{3}}|\d*)|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_SMALL[:9])})\b)?"
    rf"|(?:{'|'.join(reversed(_SMALL))}))"
)


def count(words: str) -> int | None:
    """The number that `words` (as `COUNT` finds them, or "a couple of") stand for, else None."""
    plain = words.replace(",", "").lower().strip()
    if plain.isdecimal():
        return int(plain)
    parts = [word for word in plain.replace("-", " ").split() if word != "of"]
    if len(parts) > 1 and parts[0] == "a":
        parts = parts[1:]
    numbers = [_NUMBER[word] for word in parts if word in _NUMBER]
    return sum(numbers) if parts and len(numbers) == len(parts) else None
