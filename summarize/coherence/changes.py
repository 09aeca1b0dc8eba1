"""Changes of a sentence's words, made only where its sources bear the changed sentence out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from summarize.records import Evidence, Origin, Sentence, SummarySentence
from summarize.speech import quoted

__all__ = ["Change", "Judge", "changed"]

Judge = Callable[[str, Sequence[Sentence]], tuple[Evidence, ...]]
"""The verdicts on a text's claims, the given sentences looked at first."""


@dataclass(frozen=True, slots=True)
class Change:
    """`text` is to stand at `start` to `end` of a sentence; `source` says so where another does."""

    start: int
    end: int
    text: str
    source: Sentence | None = None


def changed(sentence: SummarySentence, changes: Sequence[Change], judge: Judge) -> SummarySentence:
    """The sentence with the changes, or as it was where its sources do not bear them out.

    Nothing inside quotation marks is touched, but a quotation may go out with what is around it. Of
    changes that overlap, what goes out goes first.
    """
    spoken = quoted(sentence.text) if changes else []
    free = [c for c in changes if not any(_touches(c, start, end) for start, end in spoken)]
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


def _touches(change: Change, start: int, end: int) -> bool:
    """Whether a quotation from `start` to `end` would not be what it was."""
    gone = not change.text and change.start < start and end < change.end
    return start < change.end and change.start < end and not gone
