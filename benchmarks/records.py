"""The values that flow between the parts of the harness. Frozen, and plain enough for JSON."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["Example", "Judgement", "Output", "Task"]

Task = Literal["summarize", "judge"]


@dataclass(frozen=True, slots=True)
class Example:
    """A unit of work: documents to be summarized, or a summary of them to be judged.

    `documents` are texts whose paragraphs end at line ends; `titles`, `dates` (ISO) and `sources`
    (publishers) are parallel to them, "" where unknown. For a *summarize* task `references` are
    summaries by people. For a *judge* task `summary` is the text to judge, `right` whether people
    found it true to the documents, and `error_types` what they found wrong with it.
    """

    id: str
    documents: tuple[str, ...]
    titles: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    summary: str = ""
    right: bool = True
    error_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """A summary as a system wrote it, sentence by sentence.

    `citations` holds, parallel to `sentences`, the source sentences each of them names as its
    receipt; it is empty for a system that names none.
    """

    sentences: tuple[str, ...]
    citations: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """The sentences as one paragraph."""
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge says of a summary.

    `suspicion` orders summaries from surely right (0) to surely wrong (1). `flagged` is its
    decision; None for a judge that has no threshold of its own.
    """

    suspicion: float
    flagged: bool | None = None
