"""What is known at a place of a text when a time expression is read there."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

__all__ = ["Kind", "Read", "Rule", "Scene", "rule"]

Kind = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(slots=True)
class Scene:
    """The day of publication, and what the expressions read so far have brought up.

    `day` and `year` are the last calendar day and year that were named ("the next day", "that
    year"); `period` is the last quarter ("1989-Q3") or year that figures were given for, "" when
    there was none. `ahead` tells whether the words around the characters of an expression look
    ahead.
    """

    published: date
    ahead: Callable[[int, int], bool]
    day: date = field(init=False)
    year: int = field(init=False)
    period: str = ""

    def __post_init__(self) -> None:
        self.day, self.year = self.published, self.published.year

    def note(self, value: str) -> None:
        """Remember the value of an expression for those that refer back to it.

        Raises ValueError for a day that the calendar does not have.
        """
        if re.fullmatch(r"\d{4}-\d\d-\d\d(?:T.*)?", value):
            self.day = date.fromisoformat(value[:10])
        if re.match(r"\d{4}(?:-|$)", value):
            self.year = int(value[:4])
        if re.fullmatch(r"\d{4}-Q\d", value):
            # An earlier quarter is one that is compared with.
            self.period = max(self.period, value)
        elif re.fullmatch(r"P[69]M", value) and self.period:
            self.period = self.period[:4]


# The TIMEX3 value of a match, or None when it is no time expression after all.
Read = Callable[[re.Match[str], Scene], str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of time expressions: its `kind` (TIMEX3 type), how it looks and how it is read.

    Every match holds one of the `cues`, as `cues_in` finds them.
    """

    kind: Kind
    pattern: re.Pattern[str]
    read: Read
    cues: frozenset[str]


def rule(kind: Kind, pattern: str, read: Read | str, cues: frozenset[str] | str) -> Rule:
    """A rule with its pattern compiled and its cues parted by blanks.

    A string as `read` stands for the value of every match.
    """
    compiled = re.compile(pattern, re.IGNORECASE)
    reader = (lambda _match, _scene, value=read: value) if isinstance(read, str) else read
    return Rule(kind, compiled, reader, frozenset(cues.split()) if isinstance(cues, str) else cues)
