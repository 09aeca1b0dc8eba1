"""What workers do: a few tasks, each a plain function of a worker's tools and its order.

    read       a file's bytes            → its articles and failures
    outline    a digest's articles       → the digest without summaries, and their plans
    prepare    a large digest's articles → its texts in pieces, to be compared
    shingle    a piece                   → its shingles, cut for the shards of the index
    search     a shard                   → the shingles that several texts have
    probe      one article               → nothing, if it can be done at all
    summarize  a plan                    → its summary
    finish     an outline and summaries  → the pages of the digest, in every format, and what a
                                           later update has to know of it

Whatever is kept, or goes from one task to another, is packed by `codec`: the driver hands it on as
bytes that it never looks into.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from summarize.batch.files import content_hash, file_hash
from summarize.batch.formats import render
from summarize.batch.keys import key_of
from summarize.batch.orders import (
    Compared,
    Finish,
    Finished,
    Outline,
    Outlined,
    Page,
    Planned,
    Prepare,
    Prepared,
    Probe,
    Read,
    Search,
    Shingle,
    Summarize,
)
from summarize.codec import pack, pack_arrays, unpack
from summarize.reading.files import InputFile
from summarize.reading.formats import is_plain, read_file
from summarize.reading.found import Result
from summarize.reading.isolated import FILE_SECONDS, Parser
from summarize.records import Article, Digest, Failure, Summary
from summarize.render.phrases import last_day
from summarize.settings import Settings
from summarize.updates import Earlier, read_earlier

if TYPE_CHECKING:
    from summarize.dedup.shared import Shared
    from summarize.dedup.shingles import Hasher
    from summarize.plans import Plan
    from summarize.writer import Writer

__all__ = ["TASKS", "Tools"]


# Half a thousand articles: an order that takes a fraction of a second.
_PIECE_CHARACTERS = 2_500_000


class ChangedError(Exception):
    """A file is no longer what it was when its key was made."""


class Tools:
    """What a worker has for all its tasks: a parser process, the writer, a table of letters."""

    def __init__(self) -> None:
        self.parser = Parser(FILE_SECONDS)
        self._writers: dict[str, Writer] = {}

    @cached_property
    def hasher(self) -> "Hasher":
        """Turns texts into numbers."""
        from summarize.dedup.shingles import Hasher

        return Hasher()

    def writer(self, settings: Settings) -> "Writer":
        """The writer of the settings. Raises ModelUnavailableError."""
        from summarize.writer import load_writer

        if settings.model not in self._writers:
            self._writers[settings.model] = load_writer(settings.model, 1, settings.device)
        return self._writers[settings.model]


def read(tools: Tools, order: Read) -> bytes:
    """The articles and failures of a file, packed; their paths begin where the file's end."""
    file, data = InputFile("", "", order.location), order.data
    plain = is_plain(file, data)
    result = read_file(file, data) if plain else tools.parser.read((file, data))
    found = file_hash(order.location) if data is None else content_hash(data)
    if found != order.content:
        raise ChangedError("the file changed while it was read; the next run reads it")
    return pack(result)


def outline(tools: Tools, order: Outline) -> bytes:
    """The outline of a digest, packed. Raises what its articles make a stage raise."""
    from summarize import pipeline

    articles, failures = _articles(order)
    writer = tools.writer(order.settings)
    since = unpack(Earlier, order.since) if order.since else None
    shared = _joined(order.compared) if order.compared else None
    made, plans = pipeline.outline(articles, order.settings, writer, since=since, shared=shared)
    made = replace(made, failures=(*order.failures, *failures, *made.failures))
    planned = tuple(_planned(plan, made) for plan in plans)
    ids = [article.id for story in made.stories for article in story.articles]
    ids += [dropped.article.id for dropped in made.dropped]
    return pack(Outlined(pack(made), planned, len(made.stories), made.failures, tuple(ids)))


def _joined(compared: Compared) -> "Shared":
    from summarize.dedup.shared import joined

    return joined(compared.sizes, compared.told, compared.found)


def prepare(tools: Tools, order: Prepare) -> bytes:
    """The texts of a large digest that are to be compared, in pieces, packed."""
    from summarize import pipeline
    from summarize.dedup import compared_texts

    del tools
    articles, _ = _articles(order.outline)
    texts = compared_texts(pipeline.cleaned(articles, order.outline.settings)[0])
    pieces = list(_pieces(texts))
    firsts = accumulate(map(len, pieces), initial=0)
    return pack(Prepared(len(texts), tuple(firsts)[:-1], tuple(map(pack, pieces))))


def _pieces(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts in lists of about as many characters."""
    piece, size = list[str](), 0
    for text in texts:
        piece.append(text)
        size += len(text)
        if size >= _PIECE_CHARACTERS:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def shingle(tools: Tools, order: Shingle) -> bytes:
    """The shingles of some texts, packed: `sizes`, `told`, and "0", "1", … for the shards."""
    from summarize.dedup.shared import shingled

    texts = unpack(tuple[str, ...], order.texts)
    found = shingled(texts, order.first, order.count, order.shards, tools.hasher)
    parts = {str(shard): part for shard, part in enumerate(found.parts)}
    return pack_arrays({"sizes": found.sizes, "told": found.told, **parts})


def search(tools: Tools, order: Search) -> bytes:
    """The shingles of a shard that several texts have, packed as `found`."""
    from summarize.dedup.shared import in_company

    del tools
    return pack_arrays({"found": in_company(order.parts, order.count)})


def probe(tools: Tools, order: Probe) -> bytes:
    """Nothing, when the articles can be outlined and summarized."""
    from summarize import pipeline
    from summarize.summaries import summaries

    articles, _ = _articles(order.outline)
    writer = tools.writer(order.outline.settings)
    _, plans = pipeline.outline(articles, order.outline.settings, writer)
    summaries(plans, writer)
    return b""


def _articles(order: Outline) -> tuple[list[Article], list[Failure]]:
    """The articles of the files, each under its file's path, without the poisoned ones."""
    articles: list[Article] = []
    failures: list[Failure] = []
    for path, named, value in order.files:
        found, failed = unpack(Result, value)
        failures += [replace(failure, path=named + failure.path) for failure in failed]
        for article in found:
            if article.id in order.poisoned:
                reason = order.poisoned[article.id]
                failures.append(Failure(named + article.named, reason))
                continue
            here = replace(article, path=path + article.path, named=named + article.named)
            articles.append(here)
    return articles, failures


def _planned(plan: "Plan", made: Digest) -> Planned:
    """A plan with all that its summary depends on, but for the writer and the program."""
    kind, id_ = plan.key
    times = [plan.times[article.id] for article in plan.articles]
    ranks = {time: rank for rank, time in enumerate(sorted(set(times)))}
    basis = {
        "the articles": key_of([[a.id, a.title, _day(a.published)] for a in plan.articles]),
        "the sentences": key_of([[s.start, s.end] for d in plan.documents for s in d]),
        "the passages": key_of(
            [
                [passage.witnesses, *([s.article_id, s.index] for s in passage.sentences)]
                for passage in plan.passages
            ]
        ),
        "what the writer reads": key_of(
            [[[s.article_id, s.index] for s in d] for source in plan.sources for d in source]
        ),
        "the order in time": key_of([ranks[time] for time in times]),
        "the length": str(plan.length),
    }
    # Not those of the digest's stories: an update may lack the story of an article that it plans.
    paths = {article.id: article.path for article in plan.articles}
    titles = {story.id: story.title for story in made.stories}
    subject = paths[id_] if kind == "article" else f"story “{titles[id_]}”"
    ids = tuple(article.id for article in plan.articles)
    return Planned(plan.key, subject, ids, basis, pack(plan))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def summarize(tools: Tools, order: Summarize) -> bytes:
    """The summary of a plan, packed."""
    from summarize.plans import Plan
    from summarize.summaries import summaries

    plan = unpack(Plan, order.plan)
    (summary,) = summaries([plan], tools.writer(order.settings)).values()
    return pack(summary)


def finish(tools: Tools, order: Finish) -> Finished:
    """The pages of a digest; with `by_day` one for each day that has a story."""
    from summarize.batch.days import by_day
    from summarize.pipeline import complete

    del tools
    made = unpack(Digest, order.made)
    told = {key: unpack(Summary, value) for key, value in order.summaries.items()}
    whole = complete(made, told)
    parts = by_day(whole) if order.by_day else {order.name: whole}
    pages = tuple(_page(name, part, order.formats) for name, part in parts.items())
    return Finished(pages, pack(_earlier(whole)))


def _page(name: str, digest: Digest, formats: Sequence[str]) -> Page:
    articles = [article for story in digest.stories for article in story.articles]
    return Page(
        name=name,
        titles=tuple(story.title for story in digest.stories),
        articles=len(articles),
        newest=_day(last_day(digest.placements[article.id] for article in articles)),
        texts={form: render(digest, form) for form in formats},
    )


def _earlier(digest: Digest) -> Earlier:
    """What `run --since` would find in the digest's JSON."""
    with TemporaryDirectory(prefix="summarize-") as folder:
        path = Path(folder) / "digest.json"
        path.write_bytes(render(digest, "json"))
        return read_earlier(path)


TASKS: dict[type, Callable[[Tools, Any], Any]] = {
    Read: read,
    Outline: outline,
    Probe: probe,
    Prepare: prepare,
    Shingle: shingle,
    Search: search,
    Summarize: summarize,
    Finish: finish,
}
"""Which function does what kind of order."""
