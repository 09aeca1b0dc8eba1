r"""The values that flow between the stages. Frozen: a stage returns new values, it changes none.

All offsets are character positions (Python `str` indices, end exclusive) into `Article.text`,
which is the text as it was read, with line ends as "\n". Cleaning never rewrites that text: it
chooses the `paragraphs` that carry content, so that every receipt can be found in the file itself.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

__all__ = [
    "Article",
    "Candidate",
    "Claim",
    "ClaimKind",
    "Conflict",
    "DateEvidence",
    "Digest",
    "Dropped",
    "Evidence",
    "Failure",
    "Known",
    "Origin",
    "Placement",
    "Removed",
    "Revision",
    "Sentence",
    "Span",
    "StatedValue",
    "Story",
    "Summary",
    "SummarySentence",
    "Verdict",
    "WirePair",
]

Verdict = Literal["supported", "derived", "contradicted", "absent"]
Origin = Literal["written", "repaired", "quoted"]
ClaimKind = Literal["entity", "number", "date", "statement"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch `text[start:end]` of an article."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read.

    `id` is the hash of `text` (never of the path), so a moved file is the same article. `path` is
    relative to the folder the user named and uses "/"; `named` is the path as the user would type
    it, for messages, and does not tell articles apart. `title`, `source` (the publisher) and
    `published` are what the file states, or None. `paragraphs` are the stretches of `text` that
    carry content, in order; the whole text, cut at line ends, until cleaning has run.

    `author`, `place` and `agency` (a short name: "AP") are what the by-line and the dateline name,
    from cleaning on. `mailed` says that `source` and `published` are those of a letter, whose
    sender may only have passed the article on. `received` is the day of the letter that an article
    without a day came with, `enclosed` what came along and holds no text: pictures and cards of a
    letter, entries of a feed that are only titles.
    """

    id: str
    path: str
    text: str
    title: str | None = None
    source: str | None = None
    published: date | None = None
    paragraphs: tuple[Span, ...] = ()
    author: str | None = None
    place: str | None = None
    agency: str | None = None
    mailed: bool = False
    received: date | None = None
    enclosed: tuple[str, ...] = ()
    named: str = field(default="", compare=False)

    @property
    def body(self) -> str:
        """The paragraphs that carry content, joined by line ends."""
        return "\n".join(self.text[span.start : span.end] for span in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no article: where it is (as the user named it) and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A stretch that cleaning left out of an article's paragraphs, with the reason."""

    article_id: str
    start: int
    end: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What a newer version of an article changed.

    `added` and `removed` count the sentences of which the other version has less than half;
    `figures` are short wordings with a number, as they were and as they are now.
    """

    added: int
    removed: int
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """An article that repeats another one.

    `similarity` is the share (0 to 1) of its word 5-shingles that stand in the article kept;
    `passage` is the longest wording they share, cut to 200 characters, as evidence. `reason` also
    says how many sentences stand only in the article dropped; for an earlier version of the article
    kept, `revision` does.
    """

    article: Article
    duplicate_of: str
    similarity: float
    reason: str
    passage: str = ""
    revision: Revision | None = None


@dataclass(frozen=True, slots=True, order=True)
class WirePair:
    """Two articles of one wire, and the share of the smaller one's shingles the other has.

    Shingles of boilerplate and of speech are not counted: two who were there quote the same words.
    `passage` is the longest wording both have, cut to 200 characters; it is given for the closest
    pair of each article.
    """

    first: str
    second: str
    similarity: float
    passage: str = ""


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """Why an article stands where it stands in time: one fact, with the words it rests on.

    `article_id`, `start` and `end` point at `quote`; `bearing` says what follows from it, as a
    sentence for the reader ("after May 2015").
    """

    article_id: str
    start: int
    end: int
    quote: str
    bearing: str


@dataclass(frozen=True, slots=True)
class Placement:
    """When an article was published, as far as the texts tell.

    `earliest` and `latest` are inclusive days, None where open. `confidence` is "stated" when the
    file carries a date, "inferred" when it follows from the texts, "unknown" when nothing tells.
    """

    article_id: str
    earliest: date | None
    latest: date | None
    confidence: Literal["stated", "inferred", "unknown"]
    evidence: tuple[DateEvidence, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one event, in time order. `id` is the hash of the articles' ids.

    `off_topic` are the ids of articles that are on no other article's topic: an article that stays
    alone and that no other is like, or one that was put into the story because one story was asked
    for. What is told of a story of several articles is told without these.
    """

    id: str
    title: str
    articles: tuple[Article, ...]
    off_topic: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[Article, ...]:
        """The articles that the story's summary draws on."""
        on_topic = tuple(a for a in self.articles if a.id not in self.off_topic)
        return on_topic or self.articles


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A source sentence: the `index`-th of its article, at `start` to `end` of `Article.text`."""

    article_id: str
    index: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text a writer offers. `score` is its mean natural-log probability per token (≤ 0)."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Claim:
    """Something a sentence says that can be looked up: `text` stands at `start` to `end` of it.

    `value` is the normalised form that is compared: a number in plain decimal notation, an ISO
    date or part of one, an entity's folded name. `unit` is what a number counts or measures
    ("militant", "km²", "USD"), empty when nothing is named.
    """

    text: str
    kind: ClaimKind
    value: str
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The verdict on a claim, with the place in the sources that decides it.

    `quote` is `text[start:end]` of the article `article_id`; all four are empty or zero when the
    verdict is "absent". `working` says how a "derived" value follows ("12 + 7 = 19"), or what is
    wrong with a "contradicted" statement ("the source says “not”"), else it is empty.

    A claim of the kind "statement" is a verb whose sentence says another thing than its source,
    though its names and numbers may be right; it is only reported where it fails.
    """

    claim: Claim
    verdict: Verdict
    article_id: str = ""
    start: int = 0
    end: int = 0
    quote: str = ""
    working: str = ""


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence of a summary with its receipt.

    `evidence` are the source sentences it rests on (at least one), `verdicts` the judged claims.
    `origin` is "quoted" from the source, "repaired" where only a day, name or place was put right,
    or "written" by the model.
    """

    text: str
    evidence: tuple[Sentence, ...]
    origin: Origin
    verdicts: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A text about one or several articles.

    `input_read` is the share (0 to 1) of the articles' words that the writer could read. `missed`
    stand for what two or more independent articles tell and the summary does not, a sentence for
    each thing, the most worth telling first.
    """

    sentences: tuple[SummarySentence, ...]
    article_ids: tuple[str, ...]
    model: str
    input_read: float
    missed: tuple[Sentence, ...] = ()

    @property
    def text(self) -> str:
        """The sentences as one paragraph."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class StatedValue:
    """A number or date that a source sentence states; the claim counts from the sentence.

    `value` is what is compared: the claim's value, in one unit for all that a conflict holds.
    """

    sentence: Sentence
    claim: Claim
    value: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A thing that the articles of one story give different values for; none of them is judged.

    `subject` is what they count, and words that all of them say about it ("people (killed)").
    `values` are in time order, at least two of them different. `newest` is the `StatedValue.value`
    that the latest article states, None where it is not known which is the latest, or where it
    states several. `copies` is true where all who state a value carry one agency copy. It is an
    `update` where later articles give a running count anew: of the dead, the missing, the arrested.
    """

    story_id: str
    subject: str
    values: tuple[StatedValue, ...]
    newest: str | None
    copies: bool = False
    update: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What one digest knew: ids of articles, marks of their sentences, and source sentences told.

    The marks are those of `summarize.updates.mark`: a text of a sentence is not needed to know it
    again.
    """

    articles: tuple[str, ...]
    sentences: tuple[str, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything one run found: the stories, and all that was left out, with the reasons.

    `wires` are groups of article ids that carry one agency copy: one witness each; `wire_pairs`
    are the closest pairs in them, with what they share. `ties` are groups of article ids of one
    story whose order in time cannot be told. `settings` are those that change a digest; nothing in
    it depends on when, where or how fast it was made. `conflicts` are the stories' conflicts, in
    the stories' order. `unchanged` are the titles of stories that are left out because an earlier
    digest told them. `known` is what earlier digests knew, the last first, for an update of this.
    """

    stories: tuple[Story, ...]
    story_summaries: dict[str, Summary]
    article_summaries: dict[str, Summary]
    placements: dict[str, Placement]
    wires: tuple[tuple[str, ...], ...]
    removed: tuple[Removed, ...]
    dropped: tuple[Dropped, ...]
    failures: tuple[Failure, ...]
    settings: dict[str, str | int | bool]
    wire_pairs: tuple[WirePair, ...] = ()
    ties: tuple[tuple[str, ...], ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    unchanged: tuple[str, ...] = ()
    known: tuple[Known, ...] = ()

    def _repr_html_(self) -> str:
        """The HTML report in a frame of its own: what a notebook shows of a digest."""
        from summarize.render.html import framed

        return framed(self)
