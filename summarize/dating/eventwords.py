"""Whether a sentence may tell an event that happens to a name, before its grammar is known.

Seven of ten sentences with a word for an event tell none: the word is another part of speech
("close to"), or what it happens to has no name. Of 6,719 such sentences of 600 articles of
train/allsides_articles 3,717 are left, and 558 of the 562 that tell one. Where windows reached over
the end of the clause, 4,171 and 559; of six words 3,907 and 555, of ten 4,372 and 561.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from summarize.dating.predicates import IRREGULAR, NOUNS, VERBS
from summarize.dating.roles import KINDS

__all__ = ["may_tell_event"]

# How many words before or behind a verb the name is looked for that the event happens to.
_WINDOW = 8
# What a verb happens to stands in its clause: one event in 554 is lost by that, on dev/ none that
# dates or orders an article.
_ENDS = frozenset(
    [*',;:."“”()—–', *"because but if said says that when where which while who".split()]  # noqa: SIM905
)
# "The fall last year of N" and "N's long expected fall".
_OF_WITHIN, _OWNER_WITHIN = 4, 5

_TOKEN = re.compile(r"[^\W\d_]+|['’]s\b|\S")
_OWNERS = frozenset({"'s", "’s", "'", "’"})
_PRONOUNS = frozenset({"he", "it", "she", "they"})


def _active(word: str) -> Iterator[str]:
    """Forms of a verb that is not passive, and some that no verb has."""
    yield from (word, f"{word}s", f"{word}es", f"{word.removesuffix('e')}ing")
    yield f"{word}{word[-1]}ing"
    if word.endswith("y"):
        yield f"{word[:-1]}ies"


def _participles(word: str) -> Iterator[str]:
    yield from (f"{word.removesuffix('e')}ed", f"{word}{word[-1]}ed")
    yield f"{word.removesuffix('y')}ied"


def _plurals(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        yield from (word, f"{word}s", f"{word}es", f"{word.removesuffix('y')}ies")


_UNCHANGED = ("hit", "overrun", "quit", "shut", "wed")  # "was hit"
_BY_OBJECT = frozenset(
    form for word, known in VERBS.items() if known.patient == "object" for form in _active(word)
)
# Forms with which the patient may stand before the verb.
_BY_SUBJECT = frozenset(
    (
        *IRREGULAR,
        *_UNCHANGED,
        *(form for word in VERBS for form in _participles(word)),
        *(f for word, known in VERBS.items() if known.patient == "subject" for f in _active(word)),
    )
)
_NOMINAL = frozenset(_plurals(NOUNS))
_WORDS = _BY_OBJECT | _BY_SUBJECT | _NOMINAL
_KINDS = frozenset(_plurals(KINDS))


def may_tell_event(text: str) -> bool:
    """Whether a word of `text` may be one that `predicates.lookup` knows, beside a name.

    A name is any word with a capital letter, or what may stand for one: "it", "the city".
    """
    tokens = _TOKEN.findall(text)
    words = [token.casefold() for token in tokens]
    found = [(i, known) for i, word in enumerate(words) if (known := _known(word))]
    if not found:
        return False
    named = [
        token[0].isupper() or word in _PRONOUNS or word in _KINDS
        for token, word in zip(tokens, words, strict=True)
    ]
    return any(_may_happen(word, i, words, named) for i, word in found)


def _known(word: str) -> str:
    """The word for an event that `word` is, without its "re-"; "" when it is none."""
    if word in _WORDS:
        return word
    bare = word.removeprefix("re")
    return bare if bare in _WORDS else ""


def _may_happen(word: str, place: int, words: Sequence[str], named: Sequence[bool]) -> bool:
    before, behind = words[max(0, place - _OWNER_WITHIN) : place], words[place + 1 :]
    if word in _NOMINAL and ("of" in behind[:_OF_WITHIN] or not _OWNERS.isdisjoint(before)):
        return True
    verbal = word in _BY_OBJECT or word in _BY_SUBJECT
    reach = next((n for n, other in enumerate(behind[:_WINDOW]) if other in _ENDS), _WINDOW)
    if verbal and any(named[place + 1 : place + 1 + reach]):
        return True
    return word in _BY_SUBJECT and any(named[max(0, place - _WINDOW) : place])
