"""What is new since an earlier digest: stories, and what an update of a story has to tell.

The earlier digest is read from its JSON, which holds its articles and what was told of them. News
is a sentence that stands in no earlier article, be it an older version of its own, and that either
says something else than they did and than what was told, or says it with another number.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from summarize.claims import extract
from summarize.errors import UsageError
from summarize.records import Sentence, Story
from summarize.selection import Passage
from summarize.sentences import sentence_spans
from summarize.words import says_the_same

__all__ = ["Earlier", "read_earlier"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier digest.

    The ids of its articles, their sentences, those of them that were told, a hash of what was known
    and told, and whether it was an update of an earlier one, so that it knows only what was new.
    """

    article_ids: frozenset[str]
    sentences: frozenset[str]
    told: tuple[str, ...]
    fingerprint: str
    is_update: bool = False

    def has_news(self, story: Story) -> bool:
        """Whether an article of the story is not in the earlier digest."""
        return any(article.id not in self.article_ids for article in story.articles)

    def news(self, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """The passages that tell something new, in their order; of each what is new comes first."""
        return tuple(news for passage in passages if (news := self._news(passage)) is not None)

    def _news(self, passage: Passage) -> Passage | None:
        new = [sentence for sentence in passage.sentences if not self._is_known(sentence)]
        known = [sentence.text for sentence in passage.sentences if self._is_known(sentence)]
        for sentence in new:
            same = [*known, *(told for told in self.told if says_the_same(sentence.text, told))]
            if not same or not _numbers(sentence.text) <= _numbers(*same):
                others = (other for other in passage.sentences if other != sentence)
                return replace(passage, sentences=(sentence, *others))
        return None

    def _is_known(self, sentence: Sentence) -> bool:
        return sentence.article_id in self.article_ids or sentence.text in self.sentences


def _numbers(*sentences: str) -> set[str]:
    claims = (claim for sentence in sentences for claim in extract(sentence))
    return {claim.value for claim in claims if claim.kind == "number"}


def read_earlier(path: Path) -> Earlier:
    """The digest in the JSON file `path`. UsageError if it cannot be read or is no digest."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        articles = [article for story in value["stories"] for article in story["articles"]]
        summaries = [story["summary"] for story in value["stories"]]
        summaries += [article["summary"] for article in articles if article["summary"]]
        sentences = [sentence for summary in summaries for sentence in summary["sentences"]]
        known = {_text(article["id"]) for article in articles}
        lines = (line for article in articles for line in _text(article["text"]).splitlines())
        known |= {_text(dropped["id"]) for dropped in value["dropped"]}
        is_update = bool(value.get("settings", {}).get("since"))
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
        frozenset(line[span.start : span.end] for line in lines for span in sentence_spans(line)),
        tuple(told),
        sha256(stated.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        is_update,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
