"""What workers are told to do, and what they answer with; `tasks` says how it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarize.records import Failure
from summarize.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "Compared", "Finish", "Finished", "Outline", "Outlined", "Page", "Planned", "Prepare",
    "Prepared", "Probe", "Read", "Search", "Shingle", "Summarize",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """Read a file: `data` are its bytes, or None where they are too many to be sent.

    `content` is the hash that its bytes must have.
    """

    location: Path
    data: bytes | None
    content: str


@dataclass(frozen=True, slots=True)
class Outline:
    """Outline the digest of files, given as what `read` gave for each.

    `failures` are of files that were not read, `poisoned` the reasons to leave articles out by id.
    With `since`, a packed `Earlier`, it is the outline of an update. `compared` is what the texts
    of a large digest have in common.
    """

    files: tuple[tuple[str, str, bytes], ...]
    failures: tuple[Failure, ...]
    poisoned: Mapping[str, str]
    settings: Settings
    since: bytes = b""
    compared: "Compared | None" = None


@dataclass(frozen=True, slots=True)
class Probe:
    """Outline and summarize, and throw it away: to see whether it works at all."""

    outline: Outline


@dataclass(frozen=True, slots=True)
class Planned:
    """A summary to be made: its plan's key, what it depends on, and the plan, packed."""

    key: tuple[str, str]
    subject: str
    article_ids: tuple[str, ...]
    basis: dict[str, str]
    plan: bytes


@dataclass(frozen=True, slots=True)
class Outlined:
    """The outline of a digest, packed, with its plans. Without stories there is no digest.

    `article_ids` are of the articles in it, duplicates included.
    """

    made: bytes
    planned: tuple[Planned, ...]
    stories: int
    failures: tuple[Failure, ...]
    article_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summarize:
    """Make the summary of a packed plan."""

    plan: bytes
    settings: Settings


@dataclass(frozen=True, slots=True)
class Finish:
    """Complete an outline with its packed summaries and render it; one page, or one a day."""

    made: bytes
    summaries: dict[tuple[str, str], bytes]
    name: str
    formats: tuple[str, ...]
    by_day: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A digest as its readers get it: `texts` by format, and what the index says of it.

    `newest` is the last day that its articles are known to be of, as ISO date, or empty.
    """

    name: str
    titles: tuple[str, ...]
    articles: int
    newest: str
    texts: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Finished:
    """All pages of a digest, and the `Earlier` that it is to a later one, packed."""

    pages: tuple[Page, ...]
    told: bytes


@dataclass(frozen=True, slots=True)
class Prepare:
    """Clean the articles of a large digest, for others to compare."""

    outline: Outline


@dataclass(frozen=True, slots=True)
class Prepared:
    """The `count` texts to be compared, packed in pieces that are numbered from `firsts` on."""

    count: int
    firsts: tuple[int, ...]
    pieces: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Shingle:
    """Cut the shingles of packed texts, of `count` in all, numbered from `first`, for shards."""

    texts: bytes
    first: int
    count: int
    shards: int


@dataclass(frozen=True, slots=True)
class Search:
    """Find the shingles that several texts have, of one shard: given as each `Shingle` cut it."""

    parts: tuple["NDArray[Any]", ...]
    count: int


@dataclass(frozen=True, slots=True)
class Compared:
    """What `dedup.shared.joined` needs."""

    sizes: "NDArray[Any]"
    told: "NDArray[Any]"
    found: tuple["NDArray[Any]", ...]
