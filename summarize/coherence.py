"""A summary's sentences put right for a reader who has not read the articles.

A sentence that stood in an article of a known day may say "on Sunday"; in a summary it says which
day that was, and where the day is not known "today" is left out. One that names a person by
surname, as second mentions do, gets the full name at the first mention, and "the town" its name.
Headlines that a page hangs behind a name are taken out. Nothing inside quotation marks is touched,
and a sentence is changed only if every name, number and date of the changed one is found in its
sources.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from summarize.language import parse, parse_all, with_entities
from summarize.records import Article, Evidence, Origin, Sentence, SummarySentence
from summarize.sentences import split_sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["put_right"]

Judge = Callable[[str, Sequence[Sentence]], tuple[Evidence, ...]]
"""The verdicts on a text's claims, the given sentences looked at first."""

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY_WORD = re.compile(rf"(?:last )?{_WEEKDAY}|[Tt]oday|[Yy]esterday")
_SPOKEN = re.compile(r"“[^”]*”?|\"[^\"]*\"?|(?<!\w)‘[^’]*’?")
_FULL_NAME = re.compile(
    r"[A-Z][\w.'’-]+(?: [A-Z]\.)?(?: (?:al-|bin |de |van |von )?[A-Z][\w'’-]+)+"
)
# Some pages hang a person's full name and the headlines of other stories behind the name, up to
# the word "MORE". All of 36 such stretches read, of 1,369 in the training articles, were that.
_HOVER = re.compile(
    r"(?P<name>[A-Z][\w'’-]*[a-z])(?P<more> ?(?:[A-Z][\w.'’()-]* ?){1,5}?(?P=name)(?=[A-Z])"
    r"[^“”\n]{0,400}? MORE)\b"
)
_PLACE = re.compile(r"(?<![^\s(—–-])(?P<the>[Tt]he )(?P<kind>city|town|village)(?![\w-]|['’]s)")
_CAPITALISED = r"[A-Z][\w'’-]*[a-z]"
_OF_PLACE = re.compile(
    rf"\b(?:city|town|village) of (?P<name>{_CAPITALISED}(?:[ -](?:al-)?{_CAPITALISED})*)"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_PAST = frozenset({"VBD", "VBN"})
# A weekday that lies further back may be the coming one: articles are filed on the day before they
# are dated, and zones differ. Of 47 changes in 40 dev stories read, the three wrong ones were such.
_RECENT = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class _Change:
    """`text` is to stand at `start` to `end` of a sentence; `source` says so where another does."""

    start: int
    end: int
    text: str
    source: Sentence | None = None


def put_right(
    sentences: Sequence[SummarySentence],
    articles: Sequence[Article],
    judge: Judge,
    room: int | None,
) -> tuple[SummarySentence, ...]:
    """The sentences, in reading order, with days, names and places put right where they come first.

    `room` is how many words may be added in all, None if any number.
    """
    by_id = {article.id: article for article in articles}
    told: list[SummarySentence] = []
    for sentence in sentences:
        article = by_id[sentence.evidence[0].article_id]
        before = " ".join(earlier.text for earlier in told)
        changes = [
            *_days(sentence.text, article.published, before),
            *_names(sentence, article, before),
            *_places(sentence, article, articles, before),
            *(_Change(*m.span("more"), "") for m in _HOVER.finditer(sentence.text)),
        ]
        changed = _changed(sentence, changes, judge)
        added = len(changed.text.split()) - len(sentence.text.split())
        if room is not None and added > room:
            changed, added = sentence, 0
        room = None if room is None else room - added
        told.append(changed)
    return tuple(told)


def _changed(
    sentence: SummarySentence, changes: Sequence[_Change], judge: Judge
) -> SummarySentence:
    """The sentence with the changes that its sources bear out, or as it was."""
    spoken = [match.span() for match in _SPOKEN.finditer(sentence.text)]
    free = [c for c in changes if not any(s < c.end and c.start < e for s, e in spoken)]
    gone = [c for c in free if not c.text]
    free = [c for c in free if not any(g != c and g.start <= c.start < g.end for g in gone)]
    text = sentence.text
    for change in sorted(free, key=lambda change: -change.start):
        text = text[: change.start] + change.text + text[change.end :]
    if text == sentence.text:
        return sentence
    sources = (change.source for change in free if change.source)
    evidence = tuple(dict.fromkeys((*sentence.evidence, *sources)))
    verdicts = judge(text, evidence)
    if any(e.verdict not in ("supported", "derived") for e in verdicts):
        return sentence
    origin: Origin = "repaired" if sentence.origin == "quoted" else sentence.origin
    return replace(sentence, text=text, evidence=evidence, origin=origin, verdicts=verdicts)


def _days(text: str, published: date | None, before: str) -> Iterator[_Change]:
    """The days that a text names by weekday, or from the day of publication, with their dates."""
    from summarize.dating.tagger import tag

    if not _DAY_WORD.search(text):
        return
    doc = parse(text)
    if published is None:
        yield from _days_of_no_date(doc)
        return
    for found in tag(text, published):
        if not _DAY_WORD.fullmatch(found.text) or len(found.value) != len("2016-12-11"):
            continue
        day = date.fromisoformat(found.value)
        span = doc.char_span(found.start, found.end)
        if span is None or not timedelta(0) <= published - day <= _RECENT:
            continue
        if not _stands_for_a_day(span.root):
            continue
        stated = f"{day.day} {day:%B}"
        full = stated if f"{stated} {day.year}" in before else f"{stated} {day.year}"
        bare = span.root.dep_ != "pobj"
        lead = ("On " if found.start == 0 else "on ") if bare else ""
        yield _Change(found.start, found.end, lead + full)


def _days_of_no_date(doc: "Doc") -> Iterator[_Change]:
    """The words "today" and "yesterday" where nobody knows the day: they tell a reader nothing."""
    for token in doc:
        if token.i and token.lower_ in {"today", "yesterday"} and _stands_for_a_day(token):
            yield _Change(token.idx - len(doc[token.i - 1].whitespace_), token.idx + len(token), "")


def _stands_for_a_day(token: "Token") -> bool:
    """Whether a day's word says when something happened, all by itself."""
    if token.dep_ not in {"pobj", "npadvmod", "advmod"} or any(token.conjuncts):
        return False
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    joined = following is not None and not token.whitespace_ and following.text not in ",.;:!?)"
    if joined or any(child.dep_ not in {"amod", "punct"} for child in token.children):
        return False
    if token.dep_ == "pobj" and token.head.lower_ != "on":
        return False
    verb = token.head.head if token.dep_ == "pobj" else token.head
    if verb.pos_ not in {"VERB", "AUX"}:
        return False
    modal = any(child.tag_ == "MD" for child in verb.children)
    return verb.tag_ in _PAST and not modal


def _names(sentence: SummarySentence, article: Article, before: str) -> Iterator[_Change]:
    """Surnames that come first in the summary, with the full name that the article gives before."""
    doc = parse(sentence.text)
    seen: set[str] = set()
    for token in doc:
        name = token.text[0].isupper() and token.pos_ in {"PROPN", "NOUN"}
        if not name or token.dep_ == "compound" or token.text in before or token.text in seen:
            continue
        seen.add(token.text)
        left = doc[token.i - 1] if token.i else None
        right = doc[token.i + 1] if token.i + 1 < len(doc) else None
        alone = left is None or (left.pos_ not in {"PROPN", "DET", "ADJ"} and left.text != "-")
        if alone and (right is None or right.pos_ != "PROPN"):
            full, source = _full_name(token.text, article, sentence.evidence[0].start)
            if full and with_entities([doc])[0][token.i].ent_type_ in {"", "PERSON"}:
                yield _Change(token.idx, token.idx + len(token.text), full, source)


def _full_name(surname: str, article: Article, end: int) -> tuple[str, Sentence | None]:
    """The one full name of a person of that surname before `end` of the article, and where."""
    if f" {surname}" not in article.text[:end]:
        return "", None
    before = [s for s in split_sentences(article) if s.end <= end and f" {surname}" in s.text]
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


def _places(
    sentence: SummarySentence, article: Article, articles: Sequence[Article], before: str
) -> Iterator[_Change]:
    """The one name that all articles give "the town", where nothing told before says which."""
    found = _PLACE.search(sentence.text)
    if found is None or found["kind"] in before.lower():
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
        yield _Change(found.start("the"), found.end("kind"), name, source)
