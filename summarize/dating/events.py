"""Who did what to whom, and whether the article expects it, reports it as news, or recalls it.

An event is found by the grammar of its sentence: a word of `predicates`, the names among
its actors, and the name it happens to. Mentions of one event in several articles meet in the index
key `(predicate, patient)`; whether the actors agree is for the caller to see.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from summarize.dating.predicates import Predicate, lookup
from summarize.dating.roles import Names, actors, patient
from summarize.dating.tagger import expressions
from summarize.dating.tense import is_perfect, negated, outlook
from summarize.dating.timex import TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from summarize.records import Sentence

__all__ = ["Aspect", "EventMention", "mentions"]

Aspect = Literal["expected", "fresh", "done", "past"]

# News stands at the top: title, subtitle and lead (repeats are not counted); of the articles on
# one event in dev/ecbplus, many begin to recall it in the fourth sentence.
_LEAD_SENTENCES = 3
_LEAD_WORDS = 4


@dataclass(frozen=True, slots=True)
class EventMention:
    """A mention of an event in the sentence at `start` to `end` of the article.

    `aspect` is "expected" (ahead of the article or still under way), "fresh" (its news), "past"
    (recalled, as before some earlier time), or "done" (has happened, when is not said). `actors`
    and `patient` are stems of names; no actors means that none is named. `when` is the time
    expression that belongs to the event, with offsets into the sentence. `given` are the other
    words of the patient's name.
    """

    article_id: str
    start: int
    end: int
    quote: str
    predicate: Predicate
    actors: frozenset[str]
    patient: str
    aspect: Aspect
    when: TimeExpression | None = None
    given: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[str, str]:
        """What mentions of one event have in common."""
        return self.predicate.name, self.patient

    def agrees(self, other: "EventMention") -> bool:
        """Whether both may be the same event, as far as the actors tell."""
        if self.key != other.key or (self.given and other.given and not self.given & other.given):
            return False
        if self.predicate.once and not (self.actors and other.actors):
            return True
        return bool(self.actors & other.actors)


def mentions(
    sentences: Sequence["Sentence"], parsed: Sequence["Doc | None"]
) -> tuple[EventMention, ...]:
    """The events of one article, in order; `parsed` are its sentences as spaCy sees them.

    A sentence that is None there (`parsing.parse_told`) tells of no event.
    """
    names = Names([sentence.text for sentence in sentences])
    lead = _lead(sentences)
    return tuple(
        mention
        for sentence, doc in zip(sentences, parsed, strict=True)
        if doc is not None
        for mention in _in_sentence(sentence, doc, names, lead=sentence.index in lead)
    )


def _lead(sentences: Sequence["Sentence"]) -> frozenset[int]:
    """The indexes of the sentences in which an article says its news, repeats included."""
    seen: dict[str, None] = {}
    indexes = []
    for sentence in sentences:
        if len(sentence.text.split()) < _LEAD_WORDS:
            continue
        seen[sentence.text] = None
        if len(seen) > _LEAD_SENTENCES:
            break
        indexes.append(sentence.index)
    return frozenset(indexes)


def _in_sentence(
    sentence: "Sentence", doc: "Doc", names: Names, *, lead: bool
) -> Iterator[EventMention]:
    times = _times(doc, expressions(sentence.text))
    for token in doc:
        predicate = _predicate(token)
        if predicate is None or (not predicate.noun and negated(token)):
            continue
        whom, given = patient(token, predicate, names)
        if not whom:
            continue
        when = times.get(token.i)
        aspect = _aspect(token, predicate, when, lead=lead)
        if aspect is not None:
            yield EventMention(
                sentence.article_id,
                sentence.start,
                sentence.end,
                sentence.text,
                predicate,
                actors(token, predicate),
                whom,
                aspect,
                when,
                given,
            )


def _predicate(token: "Token") -> Predicate | None:
    noun = token.pos_ == "NOUN" and token.dep_ not in ("compound", "nmod")
    if not noun and token.pos_ not in ("VERB", "PROPN"):
        return None
    # Headline verbs in capitals are taken for names, never for the subject of one.
    if token.pos_ == "PROPN" and token.dep_ != "ROOT":
        return None
    found = lookup(token.lemma_, noun=noun)
    if found is None:
        return None
    again = any(
        c.dep_ in ("prt", "advmod") and c.lower_ in ("back", "again") for c in token.children
    )
    cut = token.i >= 2 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ == "re"
    return replace(found, repeated=True) if again or cut else found


def _times(doc: "Doc", found: Sequence[TimeExpression]) -> dict[int, TimeExpression]:
    """The first time expression that belongs to each token: to the nearest event word or verb."""
    times: dict[int, TimeExpression] = {}
    for expression in found:
        span = doc.char_span(expression.start, expression.end, alignment_mode="expand")
        for above in span.root.ancestors if span is not None else ():
            if above.i in times:  # and so is all above it that counts
                break
            times[above.i] = expression
            # Not a participle: "home to towering ruins" is taken for a clause of its own.
            clause = above.pos_ in ("VERB", "AUX") and above.tag_ != "VBG"
            if clause or (above.pos_ == "NOUN" and _predicate(above)):
                break
    return times


def _is_recent(when: TimeExpression) -> bool:
    """Whether a time expression names a day of the article's own week ("on Sunday", "today")."""
    return when.kind == "relative" and when.unit == "day" and -2 <= when.offset <= 0


def _aspect(  # noqa: PLR0911 - one return for each tense
    token: "Token", predicate: Predicate, when: TimeExpression | None, *, lead: bool
) -> Aspect | None:
    recalled = when is not None and when.kind != "horizon" and not _is_recent(when)
    if predicate.noun:
        return _noun_aspect(token, when, recalled=recalled)
    leads = lead and _leads(token)
    match outlook(token):
        case "ahead":
            return "expected"
        case "open":
            return None
        case "present" if token.tag_ == "VBG":
            return "expected"
        case "present":
            return "fresh" if leads else None
        case "pluperfect":
            return "past" if not recalled or _is_back(when) else None
    if recalled:
        # A report may give its own day in full.
        own_day = lead and when is not None and when.day is not None
        return "done" if own_day else ("past" if _is_back(when) else None)
    # A lead names the day or says "has"; a plain past at the top is background as often as news.
    news = when is not None or (leads and is_perfect(token))
    return "fresh" if news and token.dep_ not in ("pcomp", "acl") else "done"


def _is_back(when: TimeExpression | None) -> bool:
    return when is not None and when.offset < 1


def _leads(token: "Token") -> bool:
    """Whether the verb is that of the sentence, or on a par with it."""
    return token.dep_ == "ROOT" or (
        token.dep_ in ("conj", "ccomp", "parataxis") and token.head.dep_ == "ROOT"
    )


def _noun_aspect(token: "Token", when: TimeExpression | None, *, recalled: bool) -> Aspect | None:
    """An event named by a noun is presupposed, unless something of the kind is still to come."""
    head = token.head
    for above in (head, head.head):
        if above.pos_ == "VERB" and outlook(above) in ("ahead", "open"):
            return None
    if recalled:
        return "past" if _is_back(when) else None
    return "done"
