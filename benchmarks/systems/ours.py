"""This project's own writers, as a whole pipeline, and with single parts of it taken out.

`ours:MODEL` is what `summarize run --one-story --model MODEL` does with a story's articles.
`ours:MODEL-no-PART` is the same without a part, so that what the part is worth can be measured; the
part is replaced in the pipeline of the benchmark's process, and the package knows nothing of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unittest.mock import patch

from benchmarks.records import Example, Output
from summarize.provenance import program
from summarize.reading.build import Draft, UnreadableError, to_article
from summarize.records import Article, Candidate, SummarySentence
from summarize.settings import Length, Settings

__all__ = ["ABLATIONS", "OurPipeline", "load_ours"]


class OurPipeline:
    """The package's pipeline with one writer, without the parts in `without`."""

    def __init__(self, model: str, without: Sequence[str]) -> None:
        from summarize.models import find_model
        from summarize.writer import load_writer

        self.name = "-no-".join([f"ours:{model}", *without])
        self._settings = Settings(model=model, one_story=True, articles=False, jobs=1)
        self._writer = load_writer(model, 1)
        folder = find_model(model).folder
        self.weights = _weights(folder) if folder else 0
        self.signature = (
            f"model:{self._writer.fingerprint}|package:{program()}"
            f"|without:{'+'.join(without) or '-'}"
        )
        self._without = without

    def summarize(self, example: Example, length: Length) -> Output:
        """The summary of all documents as one story, with its receipts."""
        from summarize.pipeline import digest_articles

        settings = replace(self._settings, length=length)
        with ExitStack() as changes:
            for part in self._without:
                target, substitute = ABLATIONS[part]
                changes.enter_context(patch(target, substitute))
            digest = digest_articles(articles_of(example), settings, self._writer)
        told = [s for summary in digest.story_summaries.values() for s in summary.sentences]
        return Output(
            tuple(sentence.text for sentence in told),
            tuple(tuple(source.text for source in sentence.evidence) for sentence in told),
        )


def articles_of(example: Example) -> tuple[Article, ...]:
    """The documents as the reading stage would give them; equal texts are one article."""
    made: dict[str, Article] = {}
    for number, text in enumerate(example.documents):
        draft = Draft(
            text=text,
            title=_at(example.titles, number),
            source=_at(example.sources, number),
            published=_day(_at(example.dates, number)),
        )
        with suppress(UnreadableError):
            article = to_article(draft, f"{number:03}.txt")
            made.setdefault(article.id, article)
    return tuple(made.values())


def load_ours(name: str) -> OurPipeline:
    """The system behind "MODEL" or "MODEL-no-PART-no-PART"."""
    without: list[str] = []
    while (found := name.rpartition("-no-"))[2] in ABLATIONS and found[0]:
        without.insert(0, found[2])
        name = found[0]
    return OurPipeline(name, without)


def _no_cleaning(articles: Iterable[Article]) -> tuple[tuple[Article, ...], tuple[()]]:
    return tuple(articles), ()


def _no_deduplication(articles: Iterable[Article], *_: object) -> Any:
    from summarize.dedup import Deduplicated

    return Deduplicated(tuple(articles), (), ())


def _no_ranking(
    articles: Sequence[Article], sentences: Mapping[str, Sequence[Any]], *_: object, **__: object
) -> Any:
    """The sentences by turns, as a lead over all articles gives them."""
    from summarize.selection import Passage

    turns = zip_longest(*(sentences[article.id] for article in articles))
    return tuple(Passage((s,)) for turn in turns for s in turn if s is not None)


def _no_verification(
    self: object, passage: Any, candidates: Sequence[Candidate]
) -> tuple[SummarySentence, ...]:
    """The writer's likeliest sentence, unchecked."""
    del self
    return tuple(
        SummarySentence(candidate.text, passage.sentences[:1], "written", ())
        for candidate in candidates[:1]
    )


ABLATIONS: Mapping[str, tuple[str, Callable[..., Any]]] = MappingProxyType(
    {
        "cleaning": ("summarize.pipeline.clean_all", _no_cleaning),
        "deduplication": ("summarize.pipeline.deduplicate", _no_deduplication),
        "ranking": ("summarize.plans.rank", _no_ranking),
        "verification": ("summarize.verify.Verifier.rewrites", _no_verification),
    }
)


def _weights(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*.safetensors"))


def _at(values: Sequence[str], number: int) -> str:
    return values[number] if number < len(values) else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
