"""What a run can be told: one frozen value, made once, passed down."""

import os
import re
from dataclasses import dataclass, field
from typing import Literal

from summarize.errors import UsageError

__all__ = [
    "ARTICLE_LENGTH",
    "BUNDLED_MODEL",
    "STORY_LENGTH",
    "Device",
    "Length",
    "Settings",
    "cores",
]

BUNDLED_MODEL = "copyist"

Device = Literal["auto", "cpu", "cuda"]

_LENGTH = re.compile(r"(\d{1,5})\s*(s|w|sentences?|words?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Length:
    """How long a summary is: exactly `count` sentences, or at most `count` words.

    A summary has fewer sentences only when its sources have no more to give. Words are counted
    as white-space separated tokens; sentences stay whole, so a word budget is never overrun.
    """

    count: int
    unit: Literal["sentences", "words"]

    @classmethod
    def parse(cls, text: str) -> "Length":
        """Read "5s", "120w", "5 sentences" or "120 words"; raises UsageError for anything else."""
        match = _LENGTH.fullmatch(text.strip())
        if match is None or int(match[1]) == 0:
            raise UsageError(
                f"'{text}' is no length.",
                "Write a number of sentences or words, such as 5s or 120w.",
            )
        return cls(int(match[1]), "sentences" if match[2][0] in "sS" else "words")

    def __str__(self) -> str:
        return f"{self.count}{self.unit[0]}"


ARTICLE_LENGTH = Length(2, "sentences")
STORY_LENGTH = Length(5, "sentences")


def cores() -> int:
    """How many processor cores there are to work on."""
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Settings:
    """What changes a digest (`model` to `any_language`) and how it is made (`jobs`, `device`).

    `model` names a known model, a hub name or a folder. `length` applies to every summary; None
    means `ARTICLE_LENGTH` and `STORY_LENGTH`. `one_story` puts all articles into one story,
    `articles` asks for a summary of each article, `any_language` keeps articles that do not seem to
    be in English. `jobs` is the number of processor cores to use. `device` is where a checkpoint
    runs; what it writes on a GPU can differ in rounding, so the digest's model fingerprint tells
    the two apart.
    """

    model: str = BUNDLED_MODEL
    length: Length | None = None
    one_story: bool = False
    articles: bool = True
    any_language: bool = False
    jobs: int = field(default_factory=cores)
    device: Device = "auto"

    def __post_init__(self) -> None:
        """Refuse what cannot be meant: raises UsageError."""
        if self.jobs < 1:
            raise UsageError(f"--jobs {self.jobs} leaves no core to work.", "Use 1 or more.")

    @property
    def article_length(self) -> Length:
        """The length of an article's summary."""
        return self.length or ARTICLE_LENGTH

    @property
    def story_length(self) -> Length:
        """The length of a story's summary."""
        return self.length or STORY_LENGTH
