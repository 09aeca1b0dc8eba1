"""What cleaning knows about a line before it judges it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Line", "ends_sentence", "folded", "is_title_case", "kept", "list_items", "unmarked"]

_SENTENCE_END = re.compile(r"[.!?…][\"'“”’»)\]_*\s]*$")
# Not the underscore within a name of a file or an account.
_EMPHASIS = re.compile(r"(?<!\w)_+|_+(?!\w)")
_TOKEN = re.compile(r"\w+")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_SMALL_WORD = re.compile(
    r"an?|and|as|at|but|by|for|from|in|into|is|nor|of|off|on|onto|or|over|per|so|than|that|the|to"
    r"|up|via|vs?|with",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Line:
    """A line under judgement: `reason` says why it goes; a cut moves `start` or `end`.

    `key` are its words as they are compared, `sentence` whether it ends as a sentence does.
    """

    start: int
    end: int
    text: str
    key: tuple[str, ...]
    sentence: bool
    reason: str | None = None

    @classmethod
    def read(cls, text: str, start: int, end: int) -> "Line":
        """The line `text[start:end]`."""
        own = text[start:end]
        return cls(start, end, own, folded(own), ends_sentence(own))

    def cut(self, front: int = 0, back: int = 0) -> None:
        """Take characters away from the front or the back."""
        self.start, self.end = self.start + front, self.end - back
        self.text = self.text[front : len(self.text) - back]
        self.key, self.sentence = folded(self.text), ends_sentence(self.text)


def kept(lines: Sequence[Line]) -> list[Line]:
    """The lines that nothing was found against."""
    return [line for line in lines if line.reason is None]


def list_items(lines: Sequence[Line]) -> list[bool]:
    """Whether each line is an item of a list: it has no full stop, and a "three reasons:" above."""
    items: list[bool] = []
    for index, line in enumerate(lines):
        led_in = index > 0 and (items[-1] or lines[index - 1].text.endswith(":"))
        items.append(led_in and not line.sentence)
    return items


def folded(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: without case, punctuation and kind of quote."""
    return tuple(_TOKEN.findall(unmarked(text).lower().replace("’", "'").replace("'", "")))


def unmarked(text: str) -> str:
    """A line without the signs of emphasis that a page's mark-up leaves ("_By_ _Jane Doe_")."""
    return _EMPHASIS.sub("", text) or text if "_" in text else text


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _SENTENCE_END.search(text[-12:]) is not None


def is_title_case(text: str) -> bool:
    """Whether a line is written Like This, as many outlets write headlines."""
    words = [word for word in _WORD.findall(text) if not _SMALL_WORD.fullmatch(word)]
    return len(words) >= 2 and all(word[0].isupper() for word in words)
