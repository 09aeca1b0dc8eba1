"""Days, months and years told from the day an article came out ("on Sunday"), as dates.

A wrong date is worse than none, so only a day on which something is known to have happened gets its
date: what is said of it is in the past tense, and it lies at most four days before the article. All
of 119 changes drawn from train/ were right when read, and all of 46 where a noun stands between the
day and its verb (`benchmarks/studies/days.py`); so were all of 20 in dev/ where it was last month
or year, and of 23 where "last week" went out of an article of no date.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from summarize.coherence.changes import Change, Judge, changed
from summarize.language import parse
from summarize.records import SummarySentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from summarize.dating.tagger import Timex

__all__ = ["dated_wordings", "day_changes", "year_changes"]

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_PARTS = {"TMO": "morning", "TAF": "afternoon", "TEV": "evening", "TNI": "night"}
_DAY_WORD = re.compile(
    rf"(?:(?P<when>[Ee]arly|[Ll]ate) )?"
    rf"(?:(?P<last>[Ll]ast )?{_WEEKDAY}|[Tt]oday|[Yy]esterday|[Ll]ast night)"
    rf"(?: (?:{'|'.join(_PARTS.values())}))?"
)
_PERIOD = re.compile(r"[Ll]ast (?:month|year)")
_UNKNOWN = re.compile(r"\b(?:today|yesterday|last (?:night|week)|this week)\b")
_WHEN = frozenset({"early", "earlier", "late", "later"})
_LENGTH_OF_A_DAY = len("2016-12-11")
_PAST = frozenset({"VBD", "VBN"})
# A weekday that lies further back may be the coming one: articles are filed on the day before they
# are dated, and zones differ. Of 47 changes in 40 dev stories read, the three wrong ones were such.
_RECENT = range(5)
# "Last Monday" on a Wednesday may be the one of the week before (5 of 12 read in train/); three
# days after it hardly is.
_LAST = range(3, 8)
# Between two expressions that tell one time: "on Friday last week", "Monday through Friday".
_JOINED = re.compile(
    r"[\s,]*(?:and|between|from|into|of|on|or|through|thru|till?|to|until|overnight)?[\s,]*"
)
# Beside these a day that nobody knows does not go: "it was only yesterday", "died late yesterday".
_LEANING = frozenset("ago earlier early even just later late on only".split())  # noqa: SIM905
# What these are about may come later: they announced a vote on Monday.
_PLANNING = frozenset(
    """agree announce arrange ask call cancel delay demand expect invite move order plan postpone
    prepare promise propose push schedule seek set threaten urge vow want""".split()  # noqa: SIM905
)
# After these an event is over, before the others it may not be.
_DURING, _AFTER = (
    frozenset({"at", "during", "from", "in"}),
    frozenset({"after", "following", "since"}),
)
_INSERTED = re.compile(r"\d{1,2} [A-Z][a-z]{2,8}(?P<year> \d{4})(?!\d)")
_YEAR = re.compile(r"(?<![\d,.])\d{4}(?![\d,]\d)")


def dated_wordings(
    sentence: SummarySentence, published: date | None, judge: Judge
) -> Iterator[SummarySentence]:
    """Wordings of the sentence, the longest first: its days as dates, without their year, as it is.

    `published` is the day of its article.
    """
    dated = changed(sentence, [*day_changes(sentence.text, published)], judge)
    yield dated
    yield changed(dated, [*_years(dated)], judge)
    yield sentence


def year_changes(sentence: SummarySentence, before: str) -> Iterator[Change]:
    """Leaves out the year of dates that `dated_wordings` made, where it is the last year told.

    `before` is the text in front of the sentence.
    """
    for change in _years(sentence):
        told = _YEAR.findall(f"{before} {sentence.text[: change.start]}")
        if told and told[-1] == sentence.text[change.start : change.end].strip():
            yield change


def _years(sentence: SummarySentence) -> Iterator[Change]:
    for found in _INSERTED.finditer(sentence.text):
        if not any(found[0] in source.text for source in sentence.evidence):
            yield Change(*found.span("year"), "")


def day_changes(text: str, published: date | None) -> Iterator[Change]:
    """The dates of the days in `text`; where nobody knows the day, "today" is left out."""
    from summarize.dating.tagger import tag

    if not any(pattern.search(text) for pattern in (_DAY_WORD, _PERIOD, _UNKNOWN)):
        return
    doc = parse(text)
    if published is None:
        yield from _days_of_no_date(doc)
        return
    times = tag(text, published)
    for before, found, after in zip((None, *times), times, (*times[1:], None), strict=False):
        named = _DAY_WORD.fullmatch(found.text)
        day, part = found.value[:_LENGTH_OF_A_DAY], found.value[_LENGTH_OF_A_DAY:]
        span = doc.char_span(found.start, found.end)
        if span is not None and _PERIOD.fullmatch(found.text) and _stands_for_a_day(span):
            yield Change(found.start, found.end, _in_period(found.value, opens=not found.start))
        if not named or span is None or len(day) < _LENGTH_OF_A_DAY or part not in {"", *_PARTS}:
            continue
        if _is_one_time(text, before, found) or _is_one_time(text, found, after):
            continue
        ago = (published - date.fromisoformat(day)).days
        if ago in (_LAST if named["last"] else _RECENT):
            yield from _dated(span, date.fromisoformat(day), part, named["when"] or "")


def _in_period(value: str, *, opens: bool) -> str:
    """For "2015-03" "in March 2015"."""
    year, _, month = value.partition("-")
    named = f"{date(int(year), int(month), 1):%B} {year}" if month else year
    return f"{'In' if opens else 'in'} {named}"


def _is_one_time(text: str, one: "Timex | None", following: "Timex | None") -> bool:
    """Whether two neighbouring expressions tell one time together: "last week on Friday"."""
    if one is None or following is None:
        return False
    return _JOINED.fullmatch(text[one.end : following.start]) is not None


def _dated(span: "Span", day: date, part: str, when: str) -> Iterator[Change]:
    """The change of one day's words."""
    full = f"{day.day} {day:%B} {day.year}"
    if span.root.dep_ == "poss":
        yield from _of_a_day(span, full)
    elif _stands_for_a_day(span):
        stated = f"the {_PARTS[part]} of {full}" if part else full
        lead = f"{when} on " if when else "on "
        bare = span.root.dep_ != "pobj"
        if bare and span.start == 0:
            lead = lead.capitalize()
        yield Change(span.start_char, span.end_char, (lead if bare else "") + stated)


def _of_a_day(span: "Span", full: str) -> Iterator[Change]:
    """For "Tuesday's vote in Texas" "the vote of 6 November 2018 in Texas", once it is over."""
    noun, case = span.root.head, span.doc[span.end] if span.end < len(span.doc) else None
    if (
        case is None
        or case.dep_ != "case"
        or noun.i <= case.i
        or noun.pos_ not in {"NOUN", "PROPN"}
    ):
        return
    if any(token.text in "-–—" or token.like_num for token in noun.children if token.i > noun.i):
        return
    past = _is_past(_verb_above(noun))
    over = noun.dep_ in {"nsubj", "nsubjpass"} and past
    if noun.dep_ == "pobj":
        preposition = noun.head.lower_
        over = preposition in _AFTER or (preposition in _DURING and past)
    if over:
        the = "The" if span.start == 0 else "the"
        between = span.doc[case.i + 1 : noun.i + 1].text
        yield Change(span.start_char, noun.idx + len(noun), f"{the} {between} of {full}")


def _days_of_no_date(doc: "Doc") -> Iterator[Change]:
    """The words "today" and "last week" where nobody knows the day: they tell a reader nothing."""
    for found in _UNKNOWN.finditer(doc.text):
        span = doc.char_span(*found.span())
        if span is None or not span.start or not _stands_for_a_day(span):
            continue
        before, after = doc[span.start - 1], doc[span.end] if span.end < len(doc) else None
        set_off = before.i == 0 and after is not None and after.text == ","  # "But today, ..."
        if before.lower_ not in _LEANING and not set_off:
            yield Change(span.start_char - len(before.whitespace_), span.end_char, "")


def _stands_for_a_day(span: "Span") -> bool:
    """Whether a day's words say when something happened, all by themselves."""
    day = span.root
    if day.dep_ not in {"pobj", "npadvmod", "advmod"} or any(day.conjuncts):
        return False
    if _is_a_name(span):
        return False
    following = span.doc[span.end] if span.end < len(span.doc) else None
    joined = following is not None and not span[-1].whitespace_ and following.text not in ",.;:!?)"
    others = (c for c in day.children if not span.start <= c.i < span.end and c.dep_ != "punct")
    if joined or any(c.lower_ not in _WHEN for c in others):
        return False
    if day.dep_ == "pobj" and day.head.lower_ != "on":
        return False
    return _is_past(_verb_of(day.head if day.dep_ == "pobj" else day))


def _is_a_name(span: "Span") -> bool:
    """Whether the day is part of a name or one itself: "Ruby Tuesday closed", "told Today"."""
    if not span.start or not span[0].text[0].isupper():
        return False
    before = span.doc[span.start - 1]
    named = before.text[0].isupper() and before.pos_ in {"PROPN", "ADJ"}
    opens = named and span.root.head.i > span.root.i
    return opens or span[0].lower_ in {"today", "yesterday"}


def _verb_of(adverbial: "Token") -> "Token | None":
    """The verb whose day the adverbial tells, None where it may be that of a noun's."""
    head = adverbial.head
    head = head.head if head.lower_ in _WHEN else head
    if head.pos_ in {"VERB", "AUX"}:
        return head
    if head.dep_ in {"nsubj", "nsubjpass"}:
        verb = head.head if head.head.i > adverbial.i else None
        return verb if verb is not None and verb.pos_ in {"VERB", "AUX"} else None
    verb = _verb_above(head) if head.pos_ in {"NOUN", "PROPN"} else None
    if verb is None or verb.lemma_ in _PLANNING or _names_a_thing(adverbial):
        return None
    return verb


def _names_a_thing(adverbial: "Token") -> bool:
    """Whether the day is a noun's attribute: "a Tuesday claim", "on a spring Sunday"."""
    if adverbial.dep_ == "prep":
        return False
    after = adverbial.nbor(1) if adverbial.i + 1 < len(adverbial.doc) else adverbial
    return after.pos_ in {"NOUN", "PROPN"} or adverbial.head.head.lower_ == "on"


def _verb_above(token: "Token") -> "Token | None":
    return next((one for one in token.ancestors if one.pos_ in {"VERB", "AUX"}), None)


def _is_past(verb: "Token | None") -> bool:
    """Whether what the verb tells has happened: "is set", "to be held" and "will" have not."""
    if verb is None:
        return False
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    if verb.tag_ not in _PAST and not any(child.lower_ == "did" for child in helpers):
        return False
    tags = {child.tag_ for child in helpers}
    present = any(c.tag_ in {"VBZ", "VBP"} and c.lemma_ == "be" for c in helpers)
    return not tags & {"MD", "TO"} and not present
