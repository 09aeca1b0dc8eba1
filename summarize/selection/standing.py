"""What a sentence needs around it to be understood: a check of form, not a parse."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from summarize.records import Article, Sentence
from summarize.speech import without_speech
from summarize.timewords import MONTHS
from summarize.words import words

__all__ = ["Standing", "hangs", "in_open_speech", "standing"]

Standing = Literal["alone", "hanging", "unfit"]
"""A *hanging* sentence is understood behind the one before it, an *unfit* one is never told."""

# Fewer words are a label or a fragment; more are a list or several sentences that were not split.
_SHORT, _LONG = 6, 60

_TIMES = r"(?:time|day|week|weekend|month|year|morning|afternoon|evening|night|season)\b"
# Of 28 that were told without the one before them, in summaries of train/, and begin with an answer
# ("Well,") or a "nonetheless,", or stand in brackets, all but one lean on it.
_OPENING = re.compile(
    r"[\"'“‘]?(?:but|and|or|nor|so|yet|still|also|however|instead|meanwhile|moreover|furthermore|"
    r"then|thus|therefore|besides|otherwise|he|she|it|they|we|i|you|his|her|its|their|our|my|"
    r"this|that|these|those|such|another|both|others|here|there|later|earlier|afterwards?|"
    r"in addition|as a result|after all|for example|for instance|at the same time|during that|"
    r"(?:by|since|until) then|(?:accordingly|actually|additionally|by contrast|consequently|"
    r"conversely|even so|finally|in contrast|in fact|in other words|in short|indeed|likewise|"
    r"nevertheless|no|nonetheless|of course|second|similarly|specifically|sure|that said|well|yes)"
    r"(?=,)|"
    r"after that|(?:after|at|by|despite|for|from|given|in|on|under|with) (?:this|that|these|those)"
    rf"(?! {_TIMES}))\b",
    re.IGNORECASE,
)
# "Two more were arrested", "A third waited": of whom, the sentence before tells. Of 49 such
# openings in dev/ all but four hang.
_COUNTED = re.compile(
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|several|"
    r"many|most|some|none|neither|either|each|all|an? (?:second|third|fourth|fifth|few)|"
    r"the (?:first|second|third|fourth|last|latter|former|two|three|four|pair|rest)) "
    r"(?:of (?:them|these|those(?! who))|more|was|were|is|are|had|has|have|died|did|said|also|then|"
    r"later|even|say|(?<!one )(?:can|could|may|might|will|would|should|must)|"
    r"[a-z]+ed(?= (?:an?|the|to|in|on|that|as|at|with|for|by)\b)))\b",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"[\"'“‘]?(?:but|and|so|he|she|it|they|his|her|that|those|these|another|others)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:he|she|they|him|his|hers?|them|their|it|its)\b")
_NAME_OR_NOUN = re.compile(r"(?<=\s)[A-Z]|\b(?:the|a|an)\s+\w+")
# A place and a day with nothing between them end the captions of one agency: all of 10 read.
_CAPTION = re.compile(
    r"\b(?:in this|file|handout|undated|aerial) (?:picture|photo|photograph|image|frame|still)\b|"
    r"\b(?:is|are) (?:seen|pictured|shown) (?:in|on|at|here|during|after)\b|"
    r"\((?:L|C|far left|far right|left|right|center|centre)\)|"
    rf"(?<![\w'’-])[A-Z][\w'’-]+ (?:{'|'.join(MONTHS)}) \d{{1,2}}, \d{{4}}\.$|\w / [A-Z]|"
    r"\bphoto(?:graph)? by\b|\b(?:Photo|Picture|Image|Credit)s?:|/(?:AP|AFP|Reuters|Getty)\b",
)
# The writer of the article speaks, or those whose statement it is, or a page to its reader: none of
# them is there in a summary. Without what is said to "you" ROUGE-2 on multinews rises by .13, on
# train/cnn by .12.
_ADDRESS = re.compile(
    r"(?<![\w-])(?<!War )I(?: [a-z]|['’](?:m|ve|d|ll)\b)|\b(?:my|me|myself)\b|^My\b|"
    r"\b[Ww]e\b|\b[Ll]et['’]s\b|\b[Yy]ou(?:rs?)?\b|\b[Pp]lease\b|"
    r"^(?:Below is|Here(?: is| are|['’]s))\b|\bshown (?:here|above|below)\b"
)
# A cry, or words that a page has cut short.
_OPEN_ENDS = ("!", "...", "…")
# Speech of a "he" or that goes on, what also happened, a case, and what somebody "said it was": of
# these another sentence tells. Of 15 told with an "also" alone, in summaries of train/, 13 left the
# reader asking beside what; of 12 that say what "it was", 10.
_GOES_ON = re.compile(
    r"(?<![\w.'’-])(?:[A-Z][\w.'’-]*|he|she|they) (?:added|continued|concluded|went on)\W*$|"
    r"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)* (?:added|went on to)\b|"
    r"^(?:[^\s,]+ ){1,9}(?<!and )(?<!but )(?<!that )(?<!which )(?<!who )also\b|"
    r"\bin (?:this|that|these|those) cases?\.$|(?:^\W*|, )(?:he|she|they) (?:added|noted|said|says|"
    r"told|wrote)\b|"
    r"\b(?:said|says) (?:that )?(?:it|this|that)(?: is| was|['’]s) (?:an?|the|one of)\b"
    r"(?! first time)"
)
# What a newsroom did to get an answer, and did not get: no news.
_UNANSWERED = re.compile(
    r"\breach(?:ed|ing) out\b.{0,80}\bfor\b|"
    r"\b(?:did|do|does|has|have|had|was|were)(?: not|n['’]t)(?: \w+)? (?:respond|return|repl[iy]|"
    r"reached|available).{0,60}\b(?:requests?|messages?|calls?|e-?mails?|inquir\w+|comment)\b|"
    r"\bcould not (?:immediately )?be reached\b|"
    r"\b(?:not|n['’]t) (?:\w+ ){0,3}independently (?:\w+ ){0,2}(?:confirm|verif)\w+",
)
# An item of a list, a post, or the rest of a sentence that a page has torn apart; a family may be
# called "de Blasio".
_PIECE = re.compile(r"\d{1,2}[.)] |[@#]\w|(?!(?:al|bin|d[aei]|del|ten|ter|van|von) )[a-z]+[ ,]")
_QUOTES = frozenset('“"‘')
_ENDED = re.compile(r"[.!?…][\"'”’)\]]*$")
_OPENS_A_CLAUSE = frozenset(
    """after although as at because before by despite during for from if in on once since though to
    until when while with without""".split()  # noqa: SIM905
)


@lru_cache(maxsize=20_000)
def standing(text: str) -> Standing:
    """What the sentence needs to be told.

    Captions, questions, exclamations, fragments, lists and their items, torn quotations, what the
    writer of the article says in the first person, to the reader or was not told, and what does not
    end like a statement are *unfit*. Of the others those are *hanging* that open with an answer, a
    connective, a pronoun or a number of what they do not name, or have a pronoun before their first
    noun, asides in brackets, speech whose speaker is not named, and what goes on from another one.
    """
    own = without_speech(text)
    if _is_no_statement(text) or _ADDRESS.search(own) or _UNANSWERED.search(own):
        return "unfit"
    if own.rstrip().endswith(_OPEN_ENDS):
        return "unfit"
    return "hanging" if _leans(text, own) else "alone"


def hangs(sentence: Sentence) -> bool:
    """Whether the sentence is understood only behind the one before it in its article.

    The first one of an article has none; but where it opens with a pronoun or a connective, what it
    hangs on is a picture, or a headline that nobody tells.
    """
    if standing(sentence.text) != "hanging":
        return False
    return sentence.index > 0 or _REFERS.match(sentence.text) is not None


def in_open_speech(article: Article, sentences: Sequence[Sentence]) -> frozenset[Sentence]:
    """The sentences that are wholly inside a quotation which began in an earlier one.

    They carry no quotation marks: told by themselves, they would be the summary's own words. Each
    paragraph begins anew, as speech that goes on in the next one is opened again there.
    """
    found: set[Sentence] = set()
    spans = iter(article.paragraphs)
    end, spoken = 0, False
    for sentence in sentences:
        while sentence.start >= end and (span := next(spans, None)) is not None:
            end, spoken = span.end, False
        if spoken and not re.search('[“”"]', sentence.text):
            found.add(sentence)
        for mark in re.findall('[“”"]', sentence.text):
            spoken = mark == "“" or (mark == '"' and not spoken)
    return frozenset(found)


def _is_no_statement(text: str) -> bool:
    if not _SHORT <= len(words(text)) <= _LONG or text.isupper() or _PIECE.match(text):
        return True
    if text.count("“") != text.count("”") or text.count('"') % 2 or " | " in text:
        return True
    if _CAPTION.search(text) or not _ENDED.search(text) or "?" in text[-3:]:
        return True
    return text.count("(") != text.count(")")


def _leans(text: str, own: str) -> bool:
    """Whether the statement is understood only behind another one; `own` is it without speech."""
    if _GOES_ON.search(own):
        return True
    if text[0] in _QUOTES:  # of “It fell,” the source said, no name tells the speaker
        return not re.search(r"[A-Z]", own)
    if (text[0] == "(" and text[-1] == ")") or _OPENING.match(text) or _COUNTED.match(text):
        return True
    pronoun, noun = _PRONOUN.search(text), _NAME_OR_NOUN.search(text)
    if pronoun is None or text.split(maxsplit=1)[0].lower() not in _OPENS_A_CLAUSE:
        return False
    return noun is None or noun.start() > pronoun.start()
