"""Names in a sentence, without types: who or what is named, and where.

A name is a run of capitalised words with the particles inside it ("Syrian Observatory for Human
Rights"), an acronym, or a word with digits ("T4"). Titles before it, possessives and compounds
after it ("Britain-based") are left out. Text without usable case, all in capitals or all in small
letters, gives only names known beforehand (countries, `summarize.claims.names`).
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from summarize.claims.names import (
    ALIASES,
    DEMONYMS,
    ORGANISATIONS,
    TITLE_MODIFIERS,
    TITLES,
    common_words,
    fold,
)
from summarize.claims.words import Word, is_cased, is_headline, keys, words_of
from summarize.records import Claim

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["find_entities", "name_claim"]


def find_entities(doc: "Doc", taken: Iterable[tuple[int, int]] = ()) -> list[Claim]:
    """The names in the parsed sentence `doc`, in order, outside the stretches `taken` (dates)."""
    text = doc.text
    words = words_of(text)
    barred = [any(start < word.end and word.start < end for start, end in taken) for word in words]
    if not is_cased(words):
        return _known_names(text, words, barred)
    parsed = _Parsed(doc, words, barred)
    named = parsed.named()
    found: list[Claim] = []
    index = 0
    while index < len(words):
        if not named[index]:
            index += 1
            continue
        end = _run_end(parsed, named, index)
        if index and words[index].gap == "-" and words[index - 1].text in _INNER:
            index -= 1
        for first, last in _without_titles(words, index, end):
            found.append(name_claim(text, words[first:last]))
        index = end
    return found


def name_claim(text: str, words: Sequence[Word]) -> Claim:
    """The claim that `words` of `text`, which follow one another, are a name."""
    start, end = words[0].start, words[-1].end
    value = " ".join(key for key, _, _ in keys(words)) or fold(text[start:end])
    return Claim(text[start:end], "entity", value, "", start, end)


_OPENING = re.compile(r"^$|[\"“”‘:•\n(\[]|\s[-–—]+\s|[.!?]\s")
# Inside a name these join two capitalised words; "of" and "for" only after an organisation.
_INNER = frozenset(
    """al el ez ul as ad de del della da di do dos du van von der den bin ibn bint abu la le
    y""".split()  # noqa: SIM905
)
_LINKS = frozenset({"of", "for", "the", "on"})
_PRONOUNS = frozenset({"i", "im", "ive", "id", "ill"})
# Words that stand in capitals for emphasis or as a label, not as acronyms.
_EMPHASISED = frozenset(
    """out not no himself herself they never all and the do did off up on you my a an so what why
    how now very be have has new exclusive update updated breaking video watch live ok tv unk read
    more just""".split()  # noqa: SIM905
)


class _Parsed:
    """The words of a parsed sentence with their tokens; those `barred` belong to other claims."""

    def __init__(self, doc: "Doc", words: list[Word], barred: list[bool]) -> None:
        places = {place: t for t in doc for place in range(t.idx, t.idx + len(t))}
        self.words = words
        self.barred = barred
        self.text = doc.text
        self.tokens = [places[word.start] for word in words]
        self._title_case = _is_title_case(doc, words)

    def named(self) -> list[bool]:
        """Which of the words are names or belong to one."""
        aliases = _alias_words(self.words)
        return [
            not self.barred[i] and (i in aliases or self._is_name(i))
            for i in range(len(self.words))
        ]

    def _is_name(self, index: int) -> bool:
        word, token = self.words[index], self.tokens[index]
        if not word.capital or fold(word.text) in _PRONOUNS:
            return False
        if word.text.isupper() and token.lower_ in _EMPHASISED:
            return False
        known = fold(word.text) in DEMONYMS or (fold(word.text),) in ALIASES
        odd = len(word.text) > 1 and any(c.isupper() or c.isdigit() for c in word.text[1:])
        if known or (odd and any(c.isalpha() for c in word.text)):
            return True
        opening = index == 0 or _OPENING.search(word.gap) is not None
        proper = token.tag_ in ("NNP", "NNPS")
        if opening and self._acts_on_name(index):
            return False
        if fold(word.text) in common_words():
            alone = opening and not (proper and self._before_capital(index))
            return not (self._title_case or token.is_stop or alone)
        # "Health spending" names nothing, "Health Canada" does.
        plain = opening and token.tag_ == "NN" and fold(word.text) in TITLE_MODIFIERS
        unknown = not opening or token.tag_ in ("NN", "JJ")
        if plain and not self._before_capital(index):
            unknown = False
        return proper or (not token.is_stop and unknown)

    def _before_capital(self, index: int) -> bool:
        """Whether the next word may carry on a name: "Will Smith", but not "New rules"."""
        following = self.words[index + 1 : index + 2]
        return bool(following) and following[0].gap == " " and following[0].capital

    def _acts_on_name(self, index: int) -> bool:
        """Whether the word is a verb and the next one a name: "Retaking Palmyra"."""
        word = fold(self.words[index].text)
        verb = word.endswith("ing") and not common_words().isdisjoint(
            {word, word.removeprefix("re")}
        )
        if not (verb and self._before_capital(index)):
            return False
        following = fold(self.words[index + 1].text)
        return following not in common_words() and following not in ORGANISATIONS

    def is_name_number(self, index: int) -> bool:
        """Whether the digits after a name belong to it ("iPhone 11") and count nothing."""
        word, token = self.words[index], self.tokens[index]
        if self.barred[index] or word.gap != " " or not re.fullmatch("[0-9]{1,4}", word.text):
            return False
        if re.match(r"[-–/,.:]?[0-9]|\s?%|-[a-z]", self.text[word.end :]):
            return False
        if re.match(r"\s[A-Z]", self.text[word.end :]):
            return True
        return not (token.dep_ == "nummod" and token.head.i > token.i and token.head.tag_ == "NNS")


def _is_title_case(doc: "Doc", words: list[Word]) -> bool:
    """Whether all longer words have capitals, as in a headline: no verb is in small letters."""
    if any(token.text[0].islower() and token.tag_[:2] in ("VB", "MD") for token in doc):
        return False
    return is_headline(words)


def _alias_words(words: list[Word]) -> set[int]:
    """The words of names like "New York", which are common words but for their neighbours."""
    return {
        place
        for _, first, last in keys(words)
        if last - first > 1 and words[first].capital and words[last - 1].capital
        for place in range(first, last)
    }


def _run_end(parsed: _Parsed, named: list[bool], start: int) -> int:
    """The index after the last word of the name that begins at `start`."""
    end = start + 1
    while end < len(named):
        follower = _follower(parsed.words, named, end)
        if follower is not None:
            end = follower + 1
        elif parsed.is_name_number(end):
            end += 1
        else:
            break
    return end


def _joins(words: list[Word], index: int) -> bool:
    gap, before = words[index].gap, words[index - 1].text
    if gap in (" ", "-", "\u00a0", " & ", "/"):
        return True
    return gap in (". ", ".") and (len(before) == 1 or fold(before) in TITLES)


def _follower(words: list[Word], named: list[bool], index: int) -> int | None:
    """The next word of a name that is not finished before `index`; None where it is."""
    linked = fold(words[index - 1].text) in ORGANISATIONS
    for place in range(index, min(index + 3, len(words))):
        if not _joins(words, place):
            return None
        if named[place]:
            return place
        word = words[place].text
        if word not in _INNER and not (linked and word in _LINKS):
            return None
    return None


def _without_titles(words: list[Word], start: int, end: int) -> list[tuple[int, int]]:
    """The names in a run, without the titles: "U.S. Defense Secretary Ash Carter" holds two."""
    for place in range(end - 1, start - 1, -1):
        word = fold(words[place].text)
        before_name = place + 1 < end and fold(words[place + 1].text) not in ORGANISATIONS
        if word in TITLES and (before_name or place + 1 == end):
            first = place
            while first > start and fold(words[first - 1].text) in TITLE_MODIFIERS:
                first -= 1
            name = [(place + 1, end)] if place + 1 < end else []
            return _without_titles(words, start, first) + name if first > start else name
    return [(start, end)]


# Words that are names of a country or people only when they have a capital.
_COMMON = frozenset(
    """turkey jordan chad polish pole poles swede turk turks scot finn dane china christian
    christians democratic democrat democrats la""".split()  # noqa: SIM905
)


def _known_names(text: str, words: list[Word], barred: list[bool]) -> list[Claim]:
    found = []
    for _, first, last in keys(words, cased=False):
        form = tuple(fold(word.text) for word in words[first:last])
        known = form in ALIASES or form[0] in DEMONYMS
        if known and not any(barred[first:last]) and form[0] not in _COMMON:
            found.append(name_claim(text, words[first:last]))
    return found
