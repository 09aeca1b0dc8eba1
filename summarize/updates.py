"""What is new since an earlier digest: stories, and what an update of a story has to tell.

The earlier digest is read from its JSON, which holds its articles and what was told of them. News
is a sentence that stands in no earlier article, be it an older version of its own, and that either
says something else than they did and than what was told, or says it with another number.

An update leaves most articles out. What it knew of them goes with it, so that a chain of updates
tells each thing once, for as long as an article is there and `REMEMBERED` updates more.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from summarize.claims import extract
from summarize.errors import UsageError
from summarize.records import Article, Known, Sentence, Story
from summarize.selection import Passage
from summarize.sentences import sentence_spans
from summarize.words import different_stems, says_the_same

__all__ = ["REMEMBERED", "Earlier", "mark", "read_earlier"]

REMEMBERED = 30
"""How many digests back a chain of updates knows what was told: a month of daily ones."""


def mark(sentence: str) -> str:
    """A short name of a sentence: of a million, two have the same once in five hundred times."""
    return blake2b(sentence.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


@dataclass(frozen=True)
class Earlier:
    """An earlier digest, and those it was an update of: what they knew, the last first.

    `fingerprint` is a hash of it all.
    """

    known: tuple[Known, ...]
    fingerprint: str

    @classmethod
    def of(cls, known: Sequence[Known]) -> "Earlier":
        """What a chain of digests knew, each thing once, as the last of them that knew it."""
        parts = _without_repeats(known)
        ids = sorted(id_ for part in parts for id_ in part.articles)
        stated = json.dumps([ids, *(told for part in parts for told in part.told)],
                            ensure_ascii=False)  # fmt: skip
        return cls(parts, sha256(stated.encode("utf-8", "surrogatepass")).hexdigest()[:16])

    def after(self, before: "Earlier") -> "Earlier":
        """The same with what was known before it."""
        return Earlier.of((*self.known, *before.known))

    @cached_property
    def article_ids(self) -> frozenset[str]:
        """The articles that were there."""
        return frozenset(id_ for known in self.known for id_ in known.articles)

    @cached_property
    def _sentences(self) -> frozenset[str]:
        return frozenset(name for known in self.known for name in known.sentences)

    @cached_property
    def _told(self) -> Mapping[str, Sequence[str]]:
        """The sentences that were told, by the stems of their words."""
        found: dict[str, list[str]] = {}
        for sentence in dict.fromkeys(told for known in self.known for told in known.told):
            for stem in different_stems(sentence):
                found.setdefault(stem, []).append(sentence)
        return found

    def had(self, article: Article) -> bool:
        """Whether the article was there, told or dropped."""
        return article.id in self.article_ids

    def has_news(self, story: Story) -> bool:
        """Whether an article of the story is not in the earlier digest."""
        return not all(self.had(article) for article in story.articles)

    def news(self, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """The passages that tell something new, in their order; of each what is new comes first."""
        return tuple(news for passage in passages if (news := self._news(passage)) is not None)

    def with_seen(self, articles: Iterable[Article]) -> tuple[Known, ...]:
        """What is known with the articles that were there again and are not told."""
        last, *others = self.known
        seen = [(article.id, *_marks(article.text)) for article in articles]
        ids = dict.fromkeys((*last.articles, *(id_ for id_, *_ in seen)))
        marks = dict.fromkeys((*last.sentences, *(name for _, *names in seen for name in names)))
        return replace(last, articles=tuple(ids), sentences=tuple(marks)), *others

    def _news(self, passage: Passage) -> Passage | None:
        new = [sentence for sentence in passage.sentences if not self._is_known(sentence)]
        known = [sentence.text for sentence in passage.sentences if self._is_known(sentence)]
        for sentence in new:
            same = [*known, *self._told_like(sentence.text)]
            if not same or not _numbers(sentence.text) <= _numbers(*same):
                others = (other for other in passage.sentences if other != sentence)
                return replace(passage, sentences=(sentence, *others))
        return None

    def _is_known(self, sentence: Sentence) -> bool:
        return sentence.article_id in self.article_ids or mark(sentence.text) in self._sentences

    def _told_like(self, text: str) -> Iterator[str]:
        """What was told that says the same."""
        alike = (told for stem in different_stems(text) for told in self._told.get(stem, ()))
        return (told for told in dict.fromkeys(alike) if says_the_same(text, told))


def _numbers(*sentences: str) -> set[str]:
    claims = (claim for sentence in sentences for claim in extract(sentence))
    return {claim.value for claim in claims if claim.kind == "number"}


def _marks(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for span in sentence_spans(line):
            yield mark(line[span.start : span.end])


def read_earlier(path: Path) -> Earlier:
    """The digest in the JSON file `path`. UsageError if it cannot be read or is no digest."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        known = (_own(value), *map(_passed_on, value.get("known", ())))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            f"{path} is no digest of summarize in JSON.", "Make one with: -o digest.json"
        ) from error
    return Earlier.of(known)


def _own(value: Any) -> Known:
    """What a digest itself tells."""
    articles = [article for story in value["stories"] for article in story["articles"]]
    summaries = [story["summary"] for story in value["stories"]]
    summaries += [article["summary"] for article in articles if article["summary"]]
    sentences = [sentence for summary in summaries for sentence in summary["sentences"]]
    return Known(
        articles=_texts(found["id"] for found in (*articles, *value["dropped"])),
        sentences=tuple(name for article in articles for name in _marks(_text(article["text"]))),
        told=_texts(found["quote"] for sentence in sentences for found in sentence["citations"]),
    )


def _passed_on(value: Any) -> Known:
    return Known(*(_texts(value[name]) for name in ("articles", "sentences", "told")))


def _without_repeats(known: Sequence[Known]) -> tuple[Known, ...]:
    """What the last of them knew, and of each one before what none after it did, if anything."""
    left: list[Known] = []
    seen: tuple[set[str], set[str], set[str]] = (set(), set(), set())
    for part in known:
        lists = zip((part.articles, part.sentences, part.told), seen, strict=True)
        new = Known(*(tuple(_new(found, before)) for found, before in lists))
        if not left or new.articles or new.sentences or new.told:
            left.append(new)
    return tuple(left[:REMEMBERED])


def _new(found: Iterable[str], seen: set[str]) -> Iterator[str]:
    for item in found:
        if item not in seen:
            seen.add(item)
            yield item


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(map(_text, values))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
