"""Words as the copying network sees them: splitting, true case, what may be generated, joining.

Words keep the source's letters. A word that is capitalised only because it begins a sentence is
lower-cased (`Word.text`), so that it can be copied into the middle of a sentence and matched there.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

__all__ = [
    "FREE_WORDS",
    "MARKS",
    "SHAPES",
    "Word",
    "is_content",
    "join_words",
    "match_key",
    "same_stem",
    "split_words",
]

_TITLES = (
    "Mr|Mrs|Ms|Dr|St|Sen|Rep|Reps|Sens|Gov|Gen|Jr|Sr|Lt|Col|Sgt|Capt|Prof|Rev|Maj|Adm|vs|Inc|Corp"
    "|Ltd|Jan|Feb|Aug|Sept|Sep|Oct|Nov|Dec"
)
_WORD = re.compile(
    rf"(?:[A-Za-z]\.){{2,}}"
    rf"|\b(?:{_TITLES})\."
    r"|\.\.\.|-{2,}"
    r"|['’](?:s|S)\b"
    r"|\d+(?:[.,:]\d+)*\w*(?:-\w+)*"
    r"|\w+(?:(?:[-.&/@]|['’](?![sS]\b))\w+)*"
    r"|[^\w\s]"
)
_KEYS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "´": "'"})
_FIRST_MARKS = frozenset("\"'“”‘’(-–—•*…[")

SHAPES = ("mark", "lower", "capitalised", "upper", "digit", "initial")
"""Word shapes, in the order of their embedding; "initial" is a capitalised first word."""

MARKS = (",", ".", "!", "?", "'s", "'", '"', ":", ";", "(", ")", "-")
"""Punctuation that may be generated, as match keys."""

FREE_WORDS = frozenset(
    """a an the of to in on at by for with from as that who which whose and but while when where is
    are was were be been being has have had having will would its his her their he she it they
    them him said says say saying also than into over about up out do does did there""".split()  # noqa: SIM905
)
"""Function words that the network may generate for any passage. Negations, numerals, and words that
turn a meaning round (before, without, may, unless) are missing on purpose: they must be copied."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or punctuation mark. `text` is in true case, `space` tells whether space precedes it.

    `shape` is an index into `SHAPES`.
    """

    text: str
    space: bool
    shape: int


def split_words(sentence: str, common: Collection[str] = ()) -> list[Word]:
    """The words of one sentence; `common` are the words usually written in lower case."""
    found = list(_WORD.finditer(sentence))
    texts = [match.group() for match in found]
    first = next((i for i, text in enumerate(texts) if text[0] not in _FIRST_MARKS), -1)
    words: list[Word] = []
    for i, match in enumerate(found):
        text = texts[i]
        shape = "initial" if i == first and text[0].isupper() else _shape(text)
        if i == first:
            following = texts[i + 1] if i + 1 < len(texts) else ""
            text = _true_case(text, following, common)
        space = match.start() > 0 and sentence[match.start() - 1].isspace()
        words.append(Word(text, space, SHAPES.index(shape)))
    return words


def _shape(text: str) -> str:
    if any(character.isdigit() for character in text):
        return "digit"
    if not text[0].isalnum():
        return "mark"
    if text.isupper() and len(text) > 1:
        return "upper"
    return "capitalised" if text[0].isupper() else "lower"


def _true_case(text: str, following: str, common: Collection[str]) -> str:
    lower = text.lower()
    if not text[0].isupper() or lower not in common:
        return text
    if text.isupper() and len(text) > 1:
        return text
    names = following[:1].isupper() and lower not in _OPENERS
    return text if names else lower


# Words that stand before a name without being part of it.
_OPENERS = (FREE_WORDS - {"will"}) | frozenset(
    """this these those some many most several both all no another each every after before since
    during under if because although though despite until unless whether not only even our my
    your we you what how why more former two three four five six seven eight nine ten""".split()  # noqa: SIM905
)


def match_key(text: str) -> str:
    """The form in which two words are compared: typographic quotes and dashes made plain."""
    return text.translate(_KEYS)


def is_content(text: str) -> bool:
    """Whether a word carries content: a letter or digit in it, and no function word."""
    return any(c.isalnum() for c in text) and text.lower() not in FREE_WORDS


def same_stem(first: str, second: str) -> bool:
    """Whether two lower-case words look like forms of one word: "abandon" and "abandoned"."""
    shorter = min(len(first), len(second))
    shared = 0
    while shared < shorter and first[shared] == second[shared]:
        shared += 1
    ends = max(len(first), len(second)) - shared
    return shared >= max(3, 0.6 * shorter) and ends <= 3


_NO_SPACE_BEFORE = frozenset(",.;:!?%)]'…") | {"'s", "..."}
_NO_SPACE_AFTER = frozenset("([$£€#")


def join_words(words: Sequence[Word], follows: Sequence[bool]) -> str:
    """Words as a sentence. `follows[i]`: word i stood right after word i-1 in the source too."""
    pieces: list[str] = []
    quoted = False
    tight = True
    for word, follow in zip(words, follows, strict=True):
        key = match_key(word.text)
        if key == "." and pieces and pieces[-1].endswith("."):
            continue
        closing = key == '"' and quoted
        apart = not (tight or key in _NO_SPACE_BEFORE or closing)
        space = word.space if follow else apart
        pieces.append((" " if space and pieces else "") + word.text)
        tight = key in _NO_SPACE_AFTER or (key == '"' and not closing)
        quoted ^= key == '"'
    text = "".join(pieces)
    start = next((i for i, character in enumerate(text) if character.isalnum()), 0)
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]
