"""What is new since an earlier digest: stories, and what an update of a story has to tell.

The earlier digest is read from its JSON, which holds the articles' ids and what was told of them.
An article is known when its text is; a passage is news when none of its sentences stands in a known
article and none says the same as a sentence that was told.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from summarize.errors import UsageError
from summarize.records import Story
from summarize.selection import Passage
from summarize.words import says_the_same

__all__ = ["Earlier", "read_earlier"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier digest: the ids of its articles, what it told, and a hash of both."""

    article_ids: frozenset[str]
    told: tuple[str, ...]
    fingerprint: str

    def has_news(self, story: Story) -> bool:
        """Whether an article of the story is not in the earlier digest."""
        return any(article.id not in self.article_ids for article in story.articles)

    def news(self, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """The passages that tell something new, in their order."""
        return tuple(passage for passage in passages if self._is_news(passage))

    def _is_news(self, passage: Passage) -> bool:
        if any(sentence.article_id in self.article_ids for sentence in passage.sentences):
            return False
        return not any(says_the_same(passage.quote.text, told) for told in self.told)


def read_earlier(path: Path) -> Earlier:
    """The digest in the JSON file `path`. UsageError if it cannot be read or is no digest."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        articles = [article for story in value["stories"] for article in story["articles"]]
        summaries = [story["summary"] for story in value["stories"]]
        summaries += [article["summary"] for article in articles if article["summary"]]
        sentences = [sentence for summary in summaries for sentence in summary["sentences"]]
        known = {_text(article["id"]) for article in articles}
        known |= {_text(dropped["id"]) for dropped in value["dropped"]}
        told = dict.fromkeys(
            _text(citation["quote"]) for sentence in sentences for citation in sentence["citations"]
        )
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            f"{path} is no digest of summarize in JSON.", "Make one with: -o digest.json"
        ) from error
    stated = json.dumps([sorted(known), *told], ensure_ascii=False)
    return Earlier(
        frozenset(known),
        tuple(told),
        sha256(stated.encode("utf-8", "surrogatepass")).hexdigest()[:16],
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
