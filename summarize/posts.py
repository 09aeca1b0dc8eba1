"""Posts of social networks that a page shows between its paragraphs.

Each is signed: "Roads are closed. — Ada Wills (@awills) May 3, 2017". One in fifteen of 10,937
articles of news pages shows some (`benchmarks/studies/latest_date.py`).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from summarize.records import Article, Sentence

__all__ = ["dates_a_post", "in_posts"]

_SIGNER = r"(?:\(@[\w.-]{1,40}\),?|\bPosted by [^\n.]{1,60}?) (?:on )?(?:[A-Z][a-z]{2,5}day,? )?"
_BEFORE_DATE = re.compile(rf"{_SIGNER}$")
_DATE = r"[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}|\d{4}-\d\d-\d\d"
_TIME = r"T[\d:.]{5,12}Z?| at \d{1,2}:\d\d ?[AaPp]\.?[Mm]\.?(?: [A-Z]{2,4})?"
_SIGNED = re.compile(rf"{_SIGNER}(?:{_DATE})(?:{_TIME})?(?: Report)?\s*$")
_NOTHING_ELSE = re.compile(r"\s*[—–-]")
# No signature is longer. Chosen.
_LONGEST = 120


def dates_a_post(before: str) -> bool:
    """Whether a date that stands behind the text `before` is that of a post."""
    return _BEFORE_DATE.search(before[-_LONGEST:]) is not None


def in_posts(article: Article, sentences: Sequence[Sentence]) -> frozenset[Sentence]:
    """The sentences of the posts that an article shows.

    They are the words of others without quotation marks, and their "today" is another day. Where
    the signature is a paragraph of its own, the one before it is the post.
    """
    spans = article.paragraphs
    texts = [article.text[span.start : span.end] for span in spans]
    signed = {number for number, text in enumerate(texts) if _SIGNED.search(text[-_LONGEST:])}
    signed |= {number - 1 for number in signed if number and _NOTHING_ELSE.match(texts[number])}
    starts = [span.start for span in spans]
    return frozenset(s for s in sentences if bisect_right(starts, s.start) - 1 in signed)
