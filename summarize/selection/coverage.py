"""What a summary leaves out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarize.records import Article, SummarySentence
from summarize.selection.repeats import repeats
from summarize.selection.units import Passage

__all__ = ["Coverage", "coverage"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What of a story stands in its summary and what does not.

    `cited` and `uncited` are article ids, in the articles' order; `missed` are the passages that
    two or more independent articles tell and the summary does not, in no words, the most worth
    telling first.
    """

    cited: tuple[str, ...]
    uncited: tuple[str, ...]
    missed: tuple[Passage, ...]


def coverage(
    articles: Sequence[Article],
    passages: Iterable[Passage],
    told: Iterable[SummarySentence],
) -> Coverage:
    """What of `articles` and their ranked `passages` the sentences of a summary leave out."""
    evidence = {source for sentence in told for source in sentence.evidence}
    cited = {source.article_id for source in evidence}
    return Coverage(
        cited=tuple(article.id for article in articles if article.id in cited),
        uncited=tuple(article.id for article in articles if article.id not in cited),
        missed=tuple(
            passage
            for passage in passages
            if passage.witnesses > 1
            and evidence.isdisjoint(passage.sentences)
            and not any(repeats(passage.quote, source) for source in evidence)
        ),
    )
