"""Which claims of the sources a summary should state, and which of them it does.

Important is what stands in the title or one of the first `OPENING` sentences of a source; its
weight is the number of sources that say it there, as in the pyramid method (Nenkova and Passonneau
2004), where a content unit weighs as much as the people who chose it. Only these sentences are
parsed, so that many sources cost little. A name is stated by its longer and its shorter form, a
date by one that says more or less, a number by itself or by one that follows from it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from summarize.claims import extract
from summarize.claims.dates import same_date
from summarize.claims.matching import same_number
from summarize.claims.names import ALIASES, DEMONYMS
from summarize.records import Article, Claim, Evidence, Sentence
from summarize.scoring.scores import KeyClaim

__all__ = ["OPENING", "key_claims", "openings"]

OPENING = 1
"""How many sentences of a source count as its opening.

With 1, people's summaries beat as many words of drawn sentences most often: in 84 of 100 clusters
of two to three articles (81 with 3 sentences), and in 67 of 100 single articles (66 with 3). Leads
have the highest recall by construction. `benchmarks/studies/recall.py` measures it.
"""

_COUNTRIES = frozenset(ALIASES.values()) | frozenset(DEMONYMS.values())

# A line of fewer words is no sentence but a label or a section.
_FEWEST_WORDS = 5


@dataclass(frozen=True, slots=True)
class _Mention:
    """A claim where a source states it."""

    claim: Claim
    article_id: str
    start: int
    end: int


def openings(
    articles: Sequence[Article], sentences: Sequence[Sequence[Sentence]], size: int = OPENING
) -> list[Sentence]:
    """The titles (at -1) and opening sentences of the articles, without word-for-word copies.

    `sentences` are those of each article's whole text; of them, only what stands in the article's
    content (`Article.paragraphs`) counts.
    """
    found: dict[str, Sentence] = {}
    for article, all_ in zip(articles, sentences, strict=True):
        titles = [Sentence(article.id, -1, -1, -1, article.title)] if article.title else []
        for sentence in [*titles, *_first(article, all_, size)]:
            found.setdefault(sentence.text, sentence)
    return list(found.values())


def _first(article: Article, sentences: Sequence[Sentence], size: int) -> Iterator[Sentence]:
    """The first sentences of the content; a dateline before one is cut off."""
    for sentence in sentences:
        for span in article.paragraphs:
            start, end = max(span.start, sentence.start), min(span.end, sentence.end)
            text = article.text[start:end]
            if start < end and len(text.split()) >= _FEWEST_WORDS:
                yield Sentence(article.id, sentence.index, start, end, text)
                size -= 1
                break
        if size == 0:
            return


def key_claims(
    opening: Iterable[Sentence], judged: Sequence[Sequence[Evidence]]
) -> tuple[KeyClaim, ...]:
    """The important claims of the opening sentences, the heaviest first.

    `judged` are the verdicts on the claims of each sentence of the summary; a claim that does not
    hold states nothing.
    """
    said = [(number, e) for number, row in enumerate(judged) for e in row if _holds(e)]
    keys = [_key(group, said) for group in _grouped(_mentions(opening))]
    return tuple(sorted(keys, key=lambda k: (-k.weight, k.article_id, k.start, k.claim.start)))


def _holds(evidence: Evidence) -> bool:
    return evidence.verdict in ("supported", "derived")


def _mentions(opening: Iterable[Sentence]) -> Iterator[_Mention]:
    for sentence in opening:
        for claim in extract(sentence.text):
            if sentence.index < 0:
                yield _Mention(claim, sentence.article_id, -1, -1)
            else:
                start, end = sentence.start + claim.start, sentence.start + claim.end
                yield _Mention(claim, sentence.article_id, start, end)


def _grouped(mentions: Iterable[_Mention]) -> list[list[_Mention]]:
    """The mentions of one thing together; its fullest form comes first."""
    groups: list[list[_Mention]] = []
    near: dict[tuple[str, str], list[int]] = defaultdict(list)
    # Fullest first, so that "Lee" joins "Ann Lee" and never binds her to "Bo Lee".
    for mention in sorted(mentions, key=_fullness):
        signs = _signs(mention.claim)
        known = sorted({number for sign in signs for number in near[sign]})
        home = next((n for n in known if _same(mention.claim, groups[n][0].claim)), None)
        if home is not None:
            groups[home].append(mention)
            continue
        for sign in signs:
            near[sign].append(len(groups))
        groups.append([mention])
    return groups


def _fullness(mention: _Mention) -> tuple[object, ...]:
    claim = mention.claim
    size = len(claim.value.split())
    return (-size, -len(claim.value), not claim.unit, claim.value, mention.article_id,
            mention.start, claim.start)  # fmt: skip


def _signs(claim: Claim) -> list[tuple[str, str]]:
    """What claims about the same thing have in common."""
    if claim.kind == "entity":
        return [(claim.kind, word) for word in dict.fromkeys(claim.value.split())]
    return [(claim.kind, "" if claim.kind == "date" else claim.value)]


def _same(one: Claim, other: Claim) -> bool:
    """Whether one of the claims says what the other says, perhaps less fully."""
    if one.kind != other.kind:
        return False
    if one.kind == "entity":
        return _short_for(one.value, other.value) or _short_for(other.value, one.value)
    if one.kind == "date":
        return same_date(one.value, other.value) or same_date(other.value, one.value)
    return same_number(one, other) or same_number(other, one)


def _short_for(short: str, long: str) -> bool:
    """Whether a name may stand for a longer one: "Assad" may, "Syria" not for "Syrian Navy"."""
    return short == long or (short not in _COUNTRIES and _within(short, long))


def _within(short: str, long: str) -> bool:
    return f" {short} " in f" {long} "


def _key(group: Sequence[_Mention], said: Sequence[tuple[int, Evidence]]) -> KeyClaim:
    first = min(group, key=lambda m: (m.article_id, m.start, m.claim.start))
    stated = {n for n, e in said if any(_states(e, mention) for mention in group)}
    weight = len({mention.article_id for mention in group})
    place = (first.article_id, first.start, first.end)
    return KeyClaim(_usual(group), *place, weight, tuple(sorted(stated)))


def _usual(group: Sequence[_Mention]) -> Claim:
    """The claim in its most frequent form, among equals the fullest."""
    counts = Counter(mention.claim.value for mention in group)
    return max((mention.claim for mention in group), key=lambda claim: counts[claim.value])


def _states(evidence: Evidence, mention: _Mention) -> bool:
    """Whether a claim of the summary says what is mentioned, or rests on this very mention."""
    said, asked = evidence.claim, mention.claim
    if said.kind != asked.kind:
        return False
    if _same(said, asked) or (said.kind == "entity" and _within(asked.value, said.value)):
        return True
    return (
        evidence.article_id == mention.article_id
        and evidence.start < mention.end
        and mention.start < evidence.end
    )
