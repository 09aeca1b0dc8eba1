"""What the page shows of a digest: texts, marks and targets, ready for the template."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from summarize.records import (
    Article,
    Conflict,
    Digest,
    Evidence,
    Origin,
    Sentence,
    Span,
    Story,
    Summary,
    SummarySentence,
    Verdict,
)
from summarize.render.conflicts import disputed
from summarize.render.html.passages import Anchors
from summarize.render.phrases import article_numbers, place_of, shown_summaries
from summarize.scoring.scores import wilson

__all__ = ["Mark", "Page", "Receipt", "Value"]

_WORST: tuple[Verdict, ...] = ("contradicted", "absent", "derived", "supported")


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a summary sentence; with a verdict and what explains it where it is a claim."""

    text: str
    verdict: Verdict | None = None
    notes: tuple[str, ...] = ()
    target: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A source sentence: where it stands ("2:4"), its name in the page, and its words."""

    place: str
    target: str
    article: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a conflict and the receipts of those who state it."""

    text: str
    newest: bool
    receipts: tuple[Receipt, ...]


class Page:
    """A digest with the numbers and the names that its parts have in the page."""

    def __init__(self, digest: Digest) -> None:
        self.digest = digest
        self.numbers = article_numbers(digest)
        self.anchors = Anchors(digest)

    def marks(self, sentence: SummarySentence) -> Iterator[Mark]:
        """The sentence cut at its claims; claims that overlap are one piece."""
        at = 0
        for start, end, found in _claims(sentence):
            if at < start:
                yield Mark(sentence.text[at:start])
            verdict = min((e.verdict for e in found), key=_WORST.index)
            placed = next((e for e in found if e.verdict == verdict and e.article_id), None)
            yield Mark(
                sentence.text[start:end],
                verdict,
                tuple(self.note(e) for e in found),
                self.anchors.quote(placed.article_id, placed.start) if placed else "",
            )
            at = end
        if at < len(sentence.text):
            yield Mark(sentence.text[at:])

    def note(self, evidence: Evidence) -> str:
        """Why a claim got its verdict, as a sentence."""
        claim, working = evidence.claim.text, f" ({evidence.working})" if evidence.working else ""
        if not evidence.article_id:
            said = ""
        elif evidence.quote:
            said = f"[{self.numbers[evidence.article_id]}] says “{evidence.quote}”"
        else:
            said = f"[{self.numbers[evidence.article_id]}]"
        if evidence.verdict == "contradicted":
            found = f"contradicted by the sources{working}"
        elif evidence.verdict == "absent":
            found = f"absent in the sources{working}"
        else:
            found = f"{evidence.verdict}{working}"
        return f"{claim}: {found}{'; ' if said else ''}{said}"

    def failing(self, sentence: SummarySentence) -> list[str]:
        """The claims of a sentence that do not hold."""
        failing = [e for e in sentence.verdicts if e.verdict not in ("supported", "derived")]
        return [self.note(evidence) for evidence in failing]

    def receipts(self, sentence: SummarySentence) -> list[Receipt]:
        """The source sentences that a summary sentence rests on."""
        return [self._receipt(source) for source in sentence.evidence]

    def _receipt(self, source: Sentence) -> Receipt:
        return Receipt(
            place_of(source, self.numbers),
            self.anchors.place(source.article_id, source.start),
            self.numbers[source.article_id],
            source.start,
            source.end,
            source.text,
        )

    def doubts(self, sentence: SummarySentence, story: Story) -> tuple[str, ...]:
        """The numbers of a sentence for which other sources have other values."""
        return disputed(sentence, story, self.digest)

    def conflicts(self, story: Story) -> list[tuple[Conflict, list[Value]]]:
        """Each conflict of a story with its values, in time order."""
        return [
            (conflict, list(self._values(conflict)))
            for conflict in self.digest.conflicts
            if conflict.story_id == story.id
        ]

    def _values(self, conflict: Conflict) -> Iterator[Value]:
        for value in dict.fromkeys(stated.value for stated in conflict.values):
            same = [stated for stated in conflict.values if stated.value == value]
            receipts = dict.fromkeys(self._receipt(stated.sentence) for stated in same)
            yield Value(same[0].claim.text, value == conflict.newest, tuple(receipts))

    def scores(self) -> list[tuple[str, dict[str, int], dict[str, int]]]:
        """For stories and articles: sentences of each origin, and claims of each verdict."""
        return [(name, *_counts(shown)) for name, shown in shown_summaries(self.digest).items()]

    def holding(self) -> list[str]:
        """For stories and articles: the share of the claims that hold, with its interval."""
        return [_holding(verdicts) for _, _, verdicts in self.scores()]

    def removed(self) -> list[tuple[Article, list[tuple[str, str]]]]:
        """What cleaning left out of each article: reason and words."""
        lines: dict[str, list[tuple[str, str]]] = {}
        for line in self.digest.removed:
            lines.setdefault(line.article_id, []).append((line.reason, line.text))
        articles = [a for story in self.digest.stories for a in story.articles]
        return [(a, lines[a.id]) for a in articles if a.id in lines]


def _holding(verdicts: dict[str, int]) -> str:
    total, held = sum(verdicts.values()), verdicts["supported"] + verdicts["derived"]
    if not total:
        return "–"
    low, high = wilson(held, total)
    return f"{held / total:.0%} ({low:.0%}–{high:.0%})"


def _counts(summaries: Iterable[Summary]) -> tuple[dict[str, int], dict[str, int]]:
    sentences = [sentence for summary in summaries for sentence in summary.sentences]
    verdicts = Counter(evidence.verdict for s in sentences for evidence in s.verdicts)
    origins = Counter(sentence.origin for sentence in sentences)
    return (
        {origin: origins[origin] for origin in get_args(Origin)},
        {verdict: verdicts[verdict] for verdict in get_args(Verdict)},
    )


def _claims(sentence: SummarySentence) -> Iterator[tuple[int, int, Sequence[Evidence]]]:
    """The stretches of a sentence that hold claims, with their verdicts."""
    length = len(sentence.text)
    placed = sorted(
        (e for e in sentence.verdicts if 0 <= e.claim.start < e.claim.end <= length),
        key=lambda e: (e.claim.start, -e.claim.end),
    )
    groups: list[tuple[Span, list[Evidence]]] = []
    for evidence in placed:
        start, end = evidence.claim.start, evidence.claim.end
        if groups and start < groups[-1][0].end:
            span, found = groups[-1]
            groups[-1] = (Span(span.start, max(span.end, end)), [*found, evidence])
        else:
            groups.append((Span(start, end), [evidence]))
    for span, found in groups:
        yield span.start, span.end, found
