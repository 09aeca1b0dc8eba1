"""Names as a reader who meets them for the first time needs them."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summarize.coherence.changes import Change
from summarize.compression.cuts import TITLES
from summarize.language import parse, parse_all, with_entities
from summarize.records import Article, Sentence, SummarySentence
from summarize.sentences import split_sentences
from summarize.words import STOP_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["name_changes"]

_PARTICLES = ("bin", "de", "van", "von")
_FULL_NAME = re.compile(
    r"[A-Z][\w.'’-]+(?: [A-Z]\.)?"
    rf"(?: (?:al-|(?:{'|'.join(_PARTICLES)}) )?[A-Z][\w'’-]+)+"
)
# Some pages hang a person's full name and the headlines of other stories behind the name, up to
# the word "MORE". All of 36 such stretches read, of 1,369 in the training articles, were that.
_HOVER = re.compile(
    r"(?P<name>[A-Z][\w'’-]*[a-z])(?P<more> ?(?:[(A-Z][\w.'’()-]* ?){1,5}?(?P=name)"
    r"(?:(?=[A-Z])[^“”\n]{0,400}? )?MORE)\b"
)
_PLACE = re.compile(r"(?<![^\s(—–-])(?P<the>[Tt]he )(?P<kind>city|town|village)(?![\w-]|['’]s)")
_CAPITALISED = r"[A-Z][\w'’-]*[a-z]"
_OF_PLACE = re.compile(
    rf"\b(?:city|town|village) of (?P<name>{_CAPITALISED}(?:[ -](?:al-)?{_CAPITALISED})*)"
)
_NO_NAMES = TITLES | STOP_WORDS | {"miss", "mr", "mrs", "ms"}
_POSSESSIVE = re.compile(r"['’]s?$")


def name_changes(
    sentence: SummarySentence, articles: Sequence[Article], before: str
) -> Iterator[Change]:
    """Full names of people, names of towns, and what a page hung behind a name taken out.

    `articles` are those of the summary, `before` is what it has told already.
    """
    article = next(one for one in articles if one.id == sentence.evidence[0].article_id)
    yield from _people(sentence, article, before)
    yield from _places(sentence, article, articles, before)
    yield from (Change(*found.span("more"), "") for found in _HOVER.finditer(sentence.text))


def _people(sentence: SummarySentence, article: Article, before: str) -> Iterator[Change]:
    """Surnames that come first in the summary, with the full name that the article gives before."""
    doc = parse(sentence.text)
    own = article.text[: sentence.evidence[0].start]
    seen: set[str] = set()
    for token in doc:
        name = token.text[0].isupper() and token.pos_ in {"PROPN", "NOUN"}
        if not name or token.dep_ == "compound" or token.text in seen:
            continue
        others = _namesakes(token.text, before)
        if token.text in before and (not others or _namesakes(token.text, own) <= others):
            continue
        seen.add(token.text)
        start = token.i - _is_titled(token, article)
        left = doc[start - 1] if start else None
        right = doc[token.i + 1] if token.i + 1 < len(doc) else None
        alone = left is None or (left.pos_ not in {"PROPN", "DET", "ADJ"} and left.text != "-")
        if alone and (right is None or right.pos_ != "PROPN"):
            full, source = _full_name(token.text, article, sentence.evidence[0].start)
            if others and full.split(" ", 1)[0] in others:
                continue
            if full and with_entities([doc])[0][token.i].ent_type_ in {"", "PERSON"}:
                yield Change(doc[start].idx, token.idx + len(token.text), full, source)


def _is_titled(surname: "Token", article: Article) -> bool:
    """Whether it follows a "Mr." or "Ms." that a full name replaces.

    Not in an article that gives the surname to a man and to a woman: one of them may have no first
    name there.
    """
    if not surname.i or surname.nbor(-1).text.rstrip(".") not in {"Mr", "Ms"}:
        return False
    titles = re.findall(rf"\b(Mr|Mrs|Ms|Miss)\b\.? {re.escape(surname.text)}\b", article.text)
    return len({title == "Mr" for title in titles}) == 1


def _namesakes(surname: str, text: str) -> set[str]:
    """First names, as it seems, of people of that surname whom a text tells of."""
    if f" {surname}" not in text:
        return set()
    found = re.findall(rf"({_CAPITALISED}) {re.escape(surname)}\b", text)
    return {name for name in found if name.lower() not in _NO_NAMES}


def _full_name(surname: str, article: Article, end: int) -> tuple[str, Sentence | None]:
    """The one full name of a person of that surname before `end` of the article, and where."""
    if f" {surname}" not in article.text[:end]:
        return "", None
    before = [s for s in split_sentences(article) if s.end <= end and _has_more(s.text, surname)]
    named: dict[str, Sentence] = {}
    for sentence, doc in zip(
        before, with_entities(parse_all(sentence.text for sentence in before)), strict=True
    ):
        for entity in doc.ents:
            name = _POSSESSIVE.sub("", entity.text)
            whole = _FULL_NAME.fullmatch(name) and name.endswith(f" {surname}")
            if entity.label_ == "PERSON" and whole:
                named.setdefault(name, sentence)
    if len({name.split(" ", 1)[0] for name in named}) != 1:
        return "", None
    shortest = min(named, key=len)
    return shortest, named[shortest]


def _has_more(text: str, surname: str) -> bool:
    """Whether what stands before the surname somewhere may be a part of the name."""
    before = (part.split()[-1:] for part in text.split(f" {surname}")[:-1])
    return any(word in _PARTICLES or word.lower() != word for words in before for word in words)


def _is_described(text: str, found: re.Match[str]) -> bool:
    """Whether other words belong to "the town": "the town of 300", "the town hall"."""
    span = parse(text).char_span(*found.span("kind"))
    return span is None or span.root.dep_ == "compound" or len([*span.root.children]) > 1


def _places(
    sentence: SummarySentence, article: Article, articles: Sequence[Article], before: str
) -> Iterator[Change]:
    """The one name that all articles give "the town", where nothing told before says which."""
    found = _PLACE.search(sentence.text)
    if found is None or found["kind"] in before.lower() or _is_described(sentence.text, found):
        return
    named = {m["name"]: (a, m.start()) for a in articles for m in _OF_PLACE.finditer(a.text)}
    if len(named) != 1:
        return
    ((name, (other, place)),) = named.items()
    known = f"{article.title} {article.text[: sentence.evidence[0].start]}"
    if name in before or name in sentence.text or name not in known:
        return
    source = next((s for s in split_sentences(other) if s.start <= place < s.end), None)
    if source is not None:
        yield Change(found.start("the"), found.end("kind"), name, source)
