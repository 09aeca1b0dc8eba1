"""Which articles are about one event.

Articles are alike when they share rare words and rare names; the most alike are joined first, by
average link. Time decides against words: the same city and the same actors months apart are two
stories, however alike the texts.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from summarize.dating import Chronology, in_time_order
from summarize.records import Article, Story
from summarize.sentences import split_sentences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["group", "headline"]

# Fitted on dev/ecbplus, as a whole and in small folders of it (benchmarks/studies/stories.py): half words,
# half names, joined up to this mean distance.
_NAME_SHARE = 0.5
_FURTHEST = 0.80
# A follow-up needs this much in common with what it follows.
_FOLLOW_UP_ALIKE = 0.10
# News of one story keeps coming for this long; articles provably further apart are two stories.
_LONGEST_PAUSE = 14
# So far apart that no mean with other pairs comes back below the cut.
_NEVER = 1e9

_WORD = r"(?u)\b[^\W\d_]\w+\b"
# Capitals within a sentence; at its start every word has one.
_NAME = re.compile(r"(?<![.!?:\"”“]\s)(?<!^)(?<!^[\"“‘])\b[A-Z][\w’'-]+", re.MULTILINE)
_POSSESSIVE = re.compile(r"['’]s$")
_DATELINE = re.compile(
    r"^[A-Z][\w .,'’/]{1,40}(?:\([^)]{2,30}\))?\s*(?:[-–—_]+|\s:)\s+(?=[A-Z“\"‘])"
)
_LONGEST_TITLE = 90
_SHORTEST_TITLE = 30
_TITLE_WORDS = range(4, 26)


def group(
    articles: Sequence[Article],
    chronology: Chronology,
    wires: Iterable[frozenset[str]] = (),
    *,
    one_story: bool = False,
) -> tuple[Story, ...]:
    """The stories of the articles, ordered by their first article; each in time order.

    `wires` are sets of ids of articles that are copies of one agency text: they are one story
    unless time forbids it. `one_story` puts everything into one. The result does not depend on the
    order of `articles`.
    """
    known = sorted({article.id: article for article in articles}.values(), key=lambda a: a.id)
    if not known:
        return ()
    groups = [known] if one_story else _clusters(known, chronology, tuple(wires))
    place = {article.id: i for i, article in enumerate(in_time_order(known, chronology))}
    ordered = [tuple(sorted(found, key=lambda a: place[a.id])) for found in groups]
    ordered.sort(key=lambda found: place[found[0].id])
    return tuple(Story(_identity(found), headline(found), found) for found in ordered)


def _identity(articles: Sequence[Article]) -> str:
    ids = "\n".join(sorted(article.id for article in articles))
    return blake2b(ids.encode(), digest_size=8).hexdigest()


def _clusters(
    articles: Sequence[Article], chronology: Chronology, wires: Sequence[frozenset[str]]
) -> list[list[Article]]:
    alike = similarity([_text(article) for article in articles])
    far = _distances(articles, alike, chronology, wires)
    labels = _average_link(far)
    groups: dict[int, list[Article]] = defaultdict(list)
    for article, label in zip(articles, labels, strict=True):
        groups[label].append(article)
    return list(groups.values())


def _text(article: Article) -> str:
    return f"{article.title or ''}\n{article.body or article.text}"


def similarity(texts: Sequence[str]) -> "NDArray[np.float64]":
    """How alike each two of the texts are, from 0 (nothing in common) to 1."""
    words = _cosines(texts, stop_words="english", token_pattern=_WORD)
    names = _cosines(texts, analyzer=_names)
    return (1 - _NAME_SHARE) * words + _NAME_SHARE * names


def _cosines(texts: Sequence[str], **options: object) -> "NDArray[np.float64]":
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    try:
        weights = TfidfVectorizer(sublinear_tf=True, **options).fit_transform(texts)
    except ValueError:  # no text has a word that counts
        return np.zeros((len(texts), len(texts)))
    cosines: NDArray[np.float64] = (weights @ weights.T).toarray()
    return cosines


def _names(text: str) -> list[str]:
    return [_POSSESSIVE.sub("", name).casefold() for name in _NAME.findall(text)]


def _distances(
    articles: Sequence[Article],
    alike: "NDArray[np.float64]",
    chronology: Chronology,
    wires: Sequence[frozenset[str]],
) -> "NDArray[np.float64]":
    """Distances from the similarities, wires, follow-ups and, above all, time."""
    import numpy as np

    far: NDArray[np.float64] = np.clip(1 - alike, 0, 1)
    place = {article.id: i for i, article in enumerate(articles)}
    for one, other in (*_wire_pairs(wires, place), *_follow_ups(chronology, place, alike)):
        far[one, other] = far[other, one] = 0
    for one, other in _apart(articles, chronology, place):
        far[one, other] = far[other, one] = _NEVER
    np.fill_diagonal(far, 0)
    return far


def _wire_pairs(
    wires: Sequence[frozenset[str]], place: dict[str, int]
) -> Iterator[tuple[int, int]]:
    for wire in wires:
        members = sorted(place[key] for key in wire if key in place)
        for i, one in enumerate(members):
            for other in members[i + 1 :]:
                yield one, other


def _follow_ups(
    chronology: Chronology, place: dict[str, int], alike: "NDArray[np.float64]"
) -> Iterator[tuple[int, int]]:
    """What one article expects and another reports is one story."""
    for made in chronology.links:
        if made.kind == "expected" and made.earlier_id in place and made.later_id in place:
            one, other = place[made.earlier_id], place[made.later_id]
            if alike[one, other] >= _FOLLOW_UP_ALIKE:
                yield one, other


def _apart(
    articles: Sequence[Article], chronology: Chronology, place: dict[str, int]
) -> Iterator[tuple[int, int]]:
    """The pairs that time keeps in different stories."""
    for made in chronology.links:
        if made.apart and made.earlier_id in place and made.later_id in place:
            yield place[made.earlier_id], place[made.later_id]
    known = [(i, chronology.placements.get(a.id)) for i, a in enumerate(articles)]
    ends = sorted((p.latest, i) for i, p in known if p and p.latest)
    starts = sorted((p.earliest, i) for i, p in known if p and p.earliest)
    for latest, one in ends:
        for earliest, other in reversed(starts):
            if (earliest - latest).days <= _LONGEST_PAUSE:
                break
            yield one, other


def _average_link(far: "NDArray[np.float64]") -> list[int]:
    if len(far) < 2:
        return [0] * len(far)
    from sklearn.cluster import AgglomerativeClustering

    clustering = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=_FURTHEST
    )
    labels: list[int] = clustering.fit_predict(far).tolist()
    return labels


def headline(articles: Sequence[Article]) -> str:
    """A title for a story: the full headline of its latest article that has one.

    The news of a story is where it ended. `articles` are in time order; without any headline the
    first sentence serves, cut at a clause or a word.
    """
    for article in reversed(articles):
        title = " ".join((article.title or "").split())
        if len(title.split()) in _TITLE_WORDS and not title.endswith(("…", "...")):
            return title
    for article in articles:
        if article.title and article.title.strip():
            return _shortened(" ".join(article.title.split()))
        sentences = split_sentences(article)
        told = next((s.text for s in sentences if len(s.text.split()) >= 4), None)
        named = told and _shortened(_DATELINE.sub("", " ".join(told.split())))
        if named:
            return named
    return "Untitled"


def _shortened(text: str) -> str:
    """At most a line, cut where a clause or at least a word ends."""
    if len(text) <= _LONGEST_TITLE:
        return text.rstrip(".")
    line = text[:_LONGEST_TITLE]
    clause = max(line.rfind(mark) for mark in (", ", "; ", " – ", " — ", " - "))
    if clause >= _SHORTEST_TITLE:
        return line[:clause]
    return line.rsplit(" ", 1)[0].rstrip(",;:") + "…"
