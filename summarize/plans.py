"""What each summary is made from: the sentences that could be told, and what the writer reads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarize.composition import pack, reach
from summarize.records import Article, Sentence, Story
from summarize.selection import Passage, Weighed, Worth, rank, weigh, worth
from summarize.sentences import split_sentences
from summarize.settings import Length, Settings
from summarize.updates import Earlier
from summarize.writer import Source, Writer

__all__ = ["Plan", "Planner"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What one summary is made from: its ranked passages and what the writer is to read of them.

    `sources` are the writer's inputs, one per passage for a fuse writer, one for a document writer.
    `worth` is that of the passages a fuse writer reads, where words are counted.
    """

    key: tuple[str, str]
    length: Length
    articles: tuple[Article, ...]
    documents: tuple[tuple[Sentence, ...], ...]
    passages: tuple[Passage, ...]
    sources: tuple[Source, ...]
    times: Mapping[str, int]
    worth: Worth | None = None


@dataclass(frozen=True, slots=True)
class Planner:
    """What the plans of one digest have in common.

    `wires` are sets of ids of articles that carry one agency copy; of what `since`, an earlier
    digest, has told there are no plans.
    """

    writer: Writer
    settings: Settings
    wires: tuple[frozenset[str], ...]
    since: Earlier | None = None

    def plans(self, story: Story, times: Mapping[str, int]) -> Iterator[Plan]:
        """One plan for a story and, if wanted, for each of its articles, that has news to tell.

        `times` numbers the moments of its articles, as `composition.moments` does.
        """
        if self.since and not self.since.has_news(story):
            return
        sentences = {article.id: split_sentences(article) for article in story.articles}
        weighed: Weighed | None = None
        before: tuple[Article, ...] = ()
        for key, articles, length in self._wanted(story):
            documents = tuple(sentences[article.id] for article in articles)
            if articles != before:  # a story and its only article are weighed alike
                weighed, before = weigh(articles, sentences, times), articles
            passages = rank(articles, sentences, length, self.wires, weighed=weighed)
            passages = self.since.news(passages) if self.since else passages
            if passages:
                sources = self._sources(passages, documents, length)
                value = self._worth(weighed, passages[: len(sources)], length)
                yield Plan(key, length, articles, documents, passages, sources, times, value)
            elif key[0] == "story":
                return

    def _wanted(
        self, story: Story
    ) -> Iterator[tuple[tuple[str, str], tuple[Article, ...], Length]]:
        yield ("story", story.id), story.told, self.settings.story_length
        if self.settings.articles:
            for article in story.articles:
                yield ("article", article.id), (article,), self.settings.article_length

    def _worth(
        self, weighed: Weighed | None, read: Sequence[Passage], length: Length
    ) -> Worth | None:
        """What is needed to choose between the quotes and the rewrites of the passages `read`."""
        if weighed is None or self.writer.task != "fuse" or length.unit != "words":
            return None
        return worth(weighed, read, length)

    def _sources(
        self,
        passages: tuple[Passage, ...],
        documents: tuple[tuple[Sentence, ...], ...],
        length: Length,
    ) -> tuple[Source, ...]:
        """What the writer is to read: passages one by one, or the documents as far as they fit."""
        if self.writer.task == "document":
            packed = pack(passages, documents, self.writer.room(), self.writer.size)
            return (packed,) if any(packed) else ()
        if self.writer.task == "quote":
            return ()
        return tuple((p.sentences[:1],) for p in passages[: reach(passages, length)])
