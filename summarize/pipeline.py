"""From a folder to a digest: the stages in order. Read this first.

    files → articles → cleaned → without duplicates → placed in time → stories
          → ranked passages → candidates → verified sentences → summaries → digest

Every stage takes frozen values and returns new ones; none reaches back.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from summarize.cleaning import clean_all
from summarize.coherence import put_right
from summarize.composition import fit, in_reading_order, moments, pack, reach, room
from summarize.conflicts import find_conflicts
from summarize.dating import place
from summarize.dating.events import EventMention, mentions
from summarize.dating.parsing import parse_told
from summarize.dedup import deduplicate
from summarize.errors import NothingToReadError
from summarize.reading import read_paths
from summarize.reading.kinds import SUFFIXES
from summarize.reading.text.english import only_english
from summarize.records import (
    Article,
    Candidate,
    Conflict,
    Digest,
    Failure,
    Sentence,
    Story,
    Summary,
    SummarySentence,
)
from summarize.scoring import SIGNATURE, SourceIndex
from summarize.selection import Passage, rank
from summarize.sentences import split_sentences
from summarize.settings import Length, Settings
from summarize.stories import group
from summarize.verify import Verifier
from summarize.writer import Source, Writer, load_writer

__all__ = ["Plan", "Progress", "complete", "digest", "digest_articles", "outline", "summaries"]

Progress = Callable[[str], None]
"""Called with the name of each stage as it begins."""

_NO_CONTENT = "it holds no sentence of an article, only titles or page furniture"


def digest(
    paths: Sequence[str | Path],
    settings: Settings,
    progress: Progress = lambda _: None,
    stdin: BinaryIO | None = None,
) -> Digest:
    """Read the articles under `paths`, summarize each of them and each story, check every claim.

    The path "-" stands for `stdin`. Inputs that fail one by one are in `Digest.failures`; raises
    NothingToReadError when no article comes out of `paths`, and ModelUnavailableError when the
    writer cannot be loaded.
    """
    progress("reading")
    articles, failures = read_paths(paths, jobs=settings.jobs, stdin=stdin)
    if not articles:
        raise NothingToReadError(*_nothing(paths, failures))
    progress("loading the writer")
    writer = load_writer(settings.model, settings.jobs, settings.device)
    made = digest_articles(articles, settings, writer, progress)
    if not made.stories:
        raise NothingToReadError(*_nothing(paths, (*failures, *made.failures)))
    return replace(made, failures=(*failures, *made.failures))


def digest_articles(
    articles: Sequence[Article],
    settings: Settings,
    writer: Writer,
    progress: Progress = lambda _: None,
) -> Digest:
    """The digest of articles that are read already, written by a writer that is loaded already.

    Articles in which cleaning finds no content, and those in another language than English unless
    `settings.any_language`, are in `Digest.failures`.
    """
    made, plans = outline(articles, settings, writer, progress)
    return complete(made, summaries(plans, writer, progress))


def outline(
    articles: Sequence[Article],
    settings: Settings,
    writer: Writer,
    progress: Progress = lambda _: None,
) -> tuple[Digest, list["Plan"]]:
    """A digest that lacks its summaries only, and the plan of each of them, for `summaries`."""
    articles, foreign = (articles, ()) if settings.any_language else only_english(articles)
    progress("cleaning")
    articles, removed = clean_all(articles)
    articles, empty = _with_content(articles)
    progress("comparing")
    unique = deduplicate(articles)
    progress("placing in time")
    chronology = place(unique.articles)
    wires = tuple(frozenset(wire.article_ids) for wire in unique.wires)
    repeated = {drop.duplicate_of for drop in unique.dropped}
    stories = group(unique.articles, chronology, wires, repeated, one_story=settings.one_story)
    times = [moments(story.articles, chronology) for story in stories]
    progress("selecting")
    plans = [*_plans(stories, times, wires, writer, settings)]
    made = Digest(
        stories=stories,
        story_summaries={},
        article_summaries={},
        placements=chronology.placements,
        wires=tuple(tuple(sorted(wire)) for wire in wires),
        removed=removed,
        dropped=unique.dropped,
        failures=(*foreign, *empty),
        settings=_stated(settings, writer),
        wire_pairs=tuple(pair for wire in unique.wires for pair in wire.pairs if pair.passage),
        ties=tuple(tie for pair in zip(stories, times, strict=True) for tie in _ties(*pair)),
        conflicts=tuple(_conflicts(stories, times, wires)),
    )
    return made, plans


def complete(made: Digest, told: Mapping[tuple[str, str], Summary]) -> Digest:
    """The digest of an outline with its summaries, by the keys of their plans."""
    return replace(
        made,
        story_summaries={story.id: told["story", story.id] for story in made.stories},
        article_summaries={id_: summary for (of, id_), summary in told.items() if of == "article"},
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """What one summary is made from: its ranked passages and what the writer is to read of them.

    `sources` are the writer's inputs, one per passage for a fuse writer, one for a document writer.
    """

    key: tuple[str, str]
    length: Length
    articles: tuple[Article, ...]
    documents: tuple[tuple[Sentence, ...], ...]
    passages: tuple[Passage, ...]
    sources: tuple[Source, ...]
    times: Mapping[str, int]


def summaries(
    plans: Sequence[Plan], writer: Writer, progress: Progress = lambda _: None
) -> dict[tuple[str, str], Summary]:
    """The summary of each plan, by its key. Nothing but the plan and the writer decides it."""
    progress("writing")
    drafts = _write(writer, plans)
    progress("checking")
    return {
        plan.key: _summary(plan, candidates, writer)
        for plan, candidates in zip(plans, drafts, strict=True)
    }


def _with_content(
    articles: Sequence[Article],
) -> tuple[tuple[Article, ...], tuple[Failure, ...]]:
    """The articles of which cleaning left something, and failures for the others."""
    kept = tuple(article for article in articles if article.paragraphs)
    return kept, tuple(
        Failure(article.named or article.path, _NO_CONTENT)
        for article in articles
        if not article.paragraphs
    )


def _ties(story: Story, times: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    """The articles of what a story tells, by id, that have their moment in common."""
    ids = [article.id for article in story.told]
    ties = (tuple(together) for _, together in groupby(ids, key=times.__getitem__))
    return (tie for tie in ties if len(tie) > 1)


def _conflicts(
    stories: Sequence[Story],
    times: Sequence[Mapping[str, int]],
    wires: Sequence[frozenset[str]],
) -> Iterator[Conflict]:
    """Where the articles of each story disagree, story by story."""
    for story, moment in zip(stories, times, strict=True):
        if len(story.told) > 1:
            sentences = {article.id: split_sentences(article) for article in story.told}
            yield from find_conflicts(story, sentences, moment, wires)


def _nothing(paths: Sequence[str | Path], failures: Sequence[Failure]) -> tuple[str, str]:
    places = ", ".join(str(path) for path in paths)
    if not failures:
        return (
            f"There is no article in {places}.",
            f"summarize reads {' '.join(SUFFIXES)} files.",
        )
    reasons = "; ".join(f"{failure.path}: {failure.reason}" for failure in failures[:3])
    more = f"; and {len(failures) - 3} more" if len(failures) > 3 else ""
    return f"No article could be read. {reasons}{more}.", ""


def _plans(
    stories: Sequence[Story],
    times: Sequence[Mapping[str, int]],
    wires: Sequence[frozenset[str]],
    writer: Writer,
    settings: Settings,
) -> Iterator[Plan]:
    """One plan for each story and, if wanted, for each of its articles."""
    for story, moment in zip(stories, times, strict=True):
        sentences = {article.id: split_sentences(article) for article in story.articles}
        news = _news(tuple(sentences.values()))
        wanted = [(("story", story.id), story.told, settings.story_length)]
        if settings.articles:
            wanted += [(("article", a.id), (a,), settings.article_length) for a in story.articles]
        for key, articles, length in wanted:
            documents = tuple(sentences[article.id] for article in articles)
            passages = rank(articles, sentences, news, length, wires)
            sources = _sources(passages, documents, length, writer)
            yield Plan(key, length, articles, documents, passages, sources, moment)


def _news(documents: Sequence[Sequence[Sentence]]) -> dict[Sentence, list[EventMention]]:
    """The events that sentences report as their article's news, or recall as past."""
    news: dict[Sentence, list[EventMention]] = {}
    for document, parsed in zip(documents, parse_told(documents), strict=True):
        at = {sentence.start: sentence for sentence in document}
        for event in mentions(document, parsed):
            if event.aspect in ("fresh", "past"):
                news.setdefault(at[event.start], []).append(event)
    return news


def _sources(
    passages: tuple[Passage, ...],
    documents: tuple[tuple[Sentence, ...], ...],
    length: Length,
    writer: Writer,
) -> tuple[Source, ...]:
    """What the writer is to read: passages one by one, or the documents as far as they fit."""
    if writer.task == "document":
        packed = pack(passages, documents, writer.room(), writer.size)
        return (packed,) if any(packed) else ()
    if writer.task == "quote":
        return ()
    return tuple((p.sentences[:1],) for p in passages[: reach(passages, length)])


def _write(writer: Writer, plans: Sequence[Plan]) -> list[list[tuple[Candidate, ...]]]:
    """The candidates for each plan's sources. Equal sources of one length are written once."""
    unique: dict[tuple[Source, Length], tuple[Candidate, ...]] = {}
    for length in dict.fromkeys(plan.length for plan in plans):
        sources = [s for plan in plans if plan.length == length for s in plan.sources]
        todo = list(dict.fromkeys((source, length) for source in sources))
        written = writer.write([source for source, _ in todo], length)
        unique.update(zip(todo, written, strict=True))
    return [[unique[source, plan.length] for source in plan.sources] for plan in plans]


def _summary(plan: Plan, candidates: Sequence[tuple[Candidate, ...]], writer: Writer) -> Summary:
    """The verified summary of a plan, at its exact length and in reading order."""
    sources = [sentence for document in plan.documents for sentence in document]
    titles = {article.id: article.title for article in plan.articles if article.title}
    published = {article.id: article.published for article in plan.articles if article.published}
    index = SourceIndex(sources, titles, published)
    told = fit(_told(plan, candidates, writer, Verifier(sources, index)), plan.length)
    ordered = in_reading_order(told, plan.times)
    return Summary(
        sentences=put_right(ordered, plan.articles, index.judge, room(ordered, plan.length)),
        article_ids=tuple(article.id for article in plan.articles),
        model=writer.name,
        input_read=_share_read(plan, writer),
    )


def _told(
    plan: Plan,
    candidates: Sequence[tuple[Candidate, ...]],
    writer: Writer,
    verifier: Verifier,
) -> Iterator[SummarySentence]:
    """Verified sentences, the most important first; as many as the sources give."""
    if writer.task == "document":
        for draft in candidates:
            yield from verifier.drafted(draft)
    for number, passage in enumerate(plan.passages):
        offered = candidates[number] if writer.task == "fuse" and number < len(candidates) else ()
        yield verifier.fused(passage, offered)


def _share_read(plan: Plan, writer: Writer) -> float:
    """The share of the articles' words that the summary could draw on."""
    if writer.task != "document":
        return 1.0
    total = sum(len(s.text.split()) for document in plan.documents for s in document)
    read = sum(
        len(s.text.split()) for source in plan.sources for document in source for s in document
    )
    return read / total if total else 1.0


def _stated(settings: Settings, writer: Writer) -> dict[str, str | int | bool]:
    """The settings that change a digest, as they stand in it."""
    return {
        "model": writer.name,
        "model_fingerprint": writer.fingerprint,
        "article_length": str(settings.article_length),
        "story_length": str(settings.story_length),
        "one_story": settings.one_story,
        "articles": settings.articles,
        **({"any_language": True} if settings.any_language else {}),
        "scorer": SIGNATURE,
    }
