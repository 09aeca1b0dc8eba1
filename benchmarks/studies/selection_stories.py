"""Stories of a data set as selection gets them, kept in a folder so that a trial takes seconds."""

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.layouts import json_lines
from benchmarks.records import Example
from benchmarks.systems.ours import articles_of
from summarize.cleaning import clean_all
from summarize.composition import moments
from summarize.dating import place
from summarize.dedup import deduplicate
from summarize.records import Article, Sentence
from summarize.sentences import split_sentences
from summarize.stories import group

__all__ = ["Prepared", "prepare", "stories"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A story on its way into selection, with its human summaries."""

    name: str
    articles: tuple[Article, ...]
    sentences: Mapping[str, Sequence[Sentence]]
    moments: Mapping[str, int]
    wires: tuple[frozenset[str], ...]
    references: tuple[str, ...]


def prepare(example: Example, articles: Sequence[Article] | None = None) -> Prepared:
    """What the pipeline's stages before selection make of an example, as one story."""
    found = articles_of(example) if articles is None else articles
    cleaned, _ = clean_all(found)
    unique = deduplicate(tuple(article for article in cleaned if article.paragraphs))
    references = tuple(example.references)
    if not unique.articles:
        return Prepared(example.id, (), {}, {}, (), references)
    chronology = place(unique.articles)
    wires = tuple(frozenset(wire.article_ids) for wire in unique.wires)
    repeated = {drop.duplicate_of for drop in unique.dropped}
    (story,) = group(unique.articles, chronology, wires, repeated, one_story=True)
    sentences = {article.id: split_sentences(article) for article in story.articles}
    times = moments(story.articles, chronology)
    return Prepared(example.id, story.told, sentences, times, wires, references)


def stories(
    data: Path, split: str, name: str, cache: Path, limit: int | None = None
) -> list[Prepared]:
    """The examples of a set; made once, and read from `cache` (a folder of our own) after that."""
    kept = cache / f"{split}-{name}-{limit or 'all'}.pickle"
    if kept.exists():
        return pickle.loads(kept.read_bytes())  # type: ignore[no-any-return]  # noqa: S301
    examples = islice(json_lines(data / split / f"{name}.jsonl.xz"), limit)
    made = [prepare(example) for example in examples]
    cache.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pickle.dumps(made))
    return made
