"""From a folder to a digest: the stages in order. Read this first.

    files → articles → cleaned → without duplicates → placed in time → stories
          → ranked passages → candidates → verified sentences → summaries → digest

Every stage takes frozen values and returns new ones; none reaches back.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from summarize.cleaning import clean_all
from summarize.composition import moments
from summarize.conflicts import find_conflicts
from summarize.dating import place
from summarize.dedup import deduplicate
from summarize.dedup.shared import Shared
from summarize.errors import NothingToReadError
from summarize.plans import Plan, Planner
from summarize.reading import read_paths
from summarize.reading.kinds import SUFFIXES
from summarize.reading.text.english import only_english
from summarize.records import (
    Article,
    Conflict,
    Digest,
    Failure,
    Removed,
    Story,
    Summary,
)
from summarize.scoring import SIGNATURE
from summarize.sentences import split_sentences
from summarize.settings import Settings
from summarize.stories import group
from summarize.summaries import Progress, summaries
from summarize.updates import Earlier
from summarize.writer import Writer, load_writer

__all__ = [
    "Summarizer",
    "cleaned",
    "closed",
    "complete",
    "digest",
    "digest_articles",
    "outline",
]

_NO_CONTENT = "it holds no sentence of an article, only titles or page furniture"


Summarizer = Callable[[Sequence[Plan], Writer, Progress], dict[tuple[str, str], Summary]]
"""What turns plans into summaries: `summarize.summaries.summaries`, or what saves it work."""


def digest(  # noqa: PLR0913, PLR0917 (what a run can be told)
    paths: Sequence[str | Path],
    settings: Settings,
    progress: Progress = lambda _: None,
    stdin: BinaryIO | None = None,
    since: Earlier | None = None,
    summarizer: Summarizer = summaries,
) -> Digest:
    """Read the articles under `paths`, summarize each of them and each story, check every claim.

    The path "-" stands for `stdin`; what an earlier digest told, `since`, is not told again. Inputs
    that fail one by one are in `Digest.failures`; raises NothingToReadError when no article comes
    out of `paths`, and ModelUnavailableError when the writer cannot be loaded.
    """
    progress("reading")
    articles, failures = read_paths(paths, jobs=settings.jobs, stdin=stdin)
    if not articles:
        raise NothingToReadError(*_nothing(paths, failures))
    progress("loading the writer")
    writer = load_writer(settings.model, settings.jobs, settings.device)
    made, plans = outline(articles, settings, writer, progress, since)
    made = complete(made, summarizer(plans, writer, progress))
    if not made.stories and not made.unchanged:
        raise NothingToReadError(*_nothing(paths, (*failures, *made.failures)))
    return replace(made, failures=(*failures, *made.failures))


def digest_articles(
    articles: Sequence[Article],
    settings: Settings,
    writer: Writer,
    progress: Progress = lambda _: None,
    since: Earlier | None = None,
) -> Digest:
    """The digest of articles that are read already, written by a writer that is loaded already.

    With an earlier digest, `since`, only stories with news are told, and of them only the news; the
    titles of the others are in `Digest.unchanged`. Articles in which cleaning finds no content, and
    those in another language than English unless `settings.any_language`, are in `Digest.failures`.
    """
    made, plans = outline(articles, settings, writer, progress, since)
    return complete(made, summaries(plans, writer, progress))


def outline(  # noqa: PLR0913 (what a pool knows before, beside what all digests are made of)
    articles: Sequence[Article],
    settings: Settings,
    writer: Writer,
    progress: Progress = lambda _: None,
    since: Earlier | None = None,
    *,
    shared: Shared | None = None,
) -> tuple[Digest, list[Plan]]:
    """A digest that lacks its summaries only, and the plan of each of them, for `summaries`.

    `shared` is what the cleaned articles have in common, where it is known already.
    """
    progress("cleaning")
    articles, removed, left_out = cleaned(articles, settings)
    progress("comparing")
    unique = deduplicate(articles, shared)
    progress("placing in time")
    chronology = place(unique.articles, removed)
    wires = tuple(frozenset(wire.article_ids) for wire in unique.wires)
    repeated = {drop.duplicate_of for drop in unique.dropped}
    stories = group(unique.articles, chronology, wires, repeated, one_story=settings.one_story)
    times = {story.id: moments(story.articles, chronology) for story in stories}
    progress("selecting")
    planner = Planner(writer, settings, wires, since)
    plans = [plan for story in stories for plan in planner.plans(story, times[story.id])]
    stories, unchanged = _with_plan(stories, plans)
    seen = [article for story in unchanged for article in story.articles]
    seen += [drop.article for drop in unique.dropped if since and since.had(drop.article)]
    shown = {article.id for story in stories for article in story.articles}
    named = {article.id for article in seen} - shown
    made = Digest(
        stories=stories,
        story_summaries={},
        article_summaries={},
        placements=chronology.placements,
        wires=tuple(tuple(sorted(wire)) for wire in wires),
        removed=tuple(line for line in removed if line.article_id not in named),
        dropped=tuple(drop for drop in unique.dropped if not (since and since.had(drop.article))),
        failures=left_out,
        settings=_stated(settings, writer, since),
        wire_pairs=tuple(pair for wire in unique.wires for pair in wire.pairs if pair.passage),
        ties=tuple(tie for story in stories for tie in _ties(story, times[story.id])),
        conflicts=tuple(_conflicts(stories, times, wires)),
        unchanged=tuple(story.title for story in unchanged),
        known=since.with_seen(seen) if since else (),
    )
    return made, plans


def cleaned(
    articles: Sequence[Article], settings: Settings
) -> tuple[tuple[Article, ...], tuple[Removed, ...], tuple[Failure, ...]]:
    """The articles with their content as paragraphs, what was removed, and what is left out."""
    articles, foreign = (articles, ()) if settings.any_language else only_english(articles)
    articles, removed = clean_all(articles)
    articles, empty = _with_content(articles)
    return articles, removed, (*foreign, *empty)


def complete(made: Digest, told: Mapping[tuple[str, str], Summary]) -> Digest:
    """The digest of an outline with its summaries, by the keys of their plans."""
    whole = replace(
        made,
        story_summaries={story.id: told["story", story.id] for story in made.stories},
        article_summaries={id_: summary for (of, id_), summary in told.items() if of == "article"},
    )
    return closed(whole)


def closed(digest: Digest) -> Digest:
    """The digest without evidence that stands in an article of none of its stories.

    An article may be dated by one that is told on another day, or was told already.
    """
    ids = {article.id for story in digest.stories for article in story.articles}
    return replace(
        digest,
        placements={
            id_: replace(
                placement, evidence=tuple(e for e in placement.evidence if e.article_id in ids)
            )
            for id_, placement in digest.placements.items()
        },
    )


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
    times: Mapping[str, Mapping[str, int]],
    wires: Sequence[frozenset[str]],
) -> Iterator[Conflict]:
    """Where the articles of each story disagree, story by story."""
    for story in stories:
        if len(story.told) > 1:
            sentences = {article.id: split_sentences(article) for article in story.told}
            yield from find_conflicts(story, sentences, times[story.id], wires)


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


def _with_plan(
    stories: Sequence[Story], plans: Sequence[Plan]
) -> tuple[tuple[Story, ...], tuple[Story, ...]]:
    """The stories that have something to tell, and the others."""
    planned = {id_ for kind, id_ in (plan.key for plan in plans) if kind == "story"}
    told = tuple(story for story in stories if story.id in planned)
    return told, tuple(story for story in stories if story.id not in planned)


def _stated(
    settings: Settings, writer: Writer, since: Earlier | None
) -> dict[str, str | int | bool]:
    """The settings that change a digest, as they stand in it."""
    return {
        "model": writer.name,
        "model_fingerprint": writer.fingerprint,
        "article_length": str(settings.article_length),
        "story_length": str(settings.story_length),
        "one_story": settings.one_story,
        "articles": settings.articles,
        **({"any_language": True} if settings.any_language else {}),
        **({"since": since.fingerprint} if since else {}),
        "scorer": SIGNATURE,
    }
