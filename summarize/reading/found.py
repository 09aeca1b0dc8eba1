"""What the records of a file come to: articles, and failures with their reasons."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from summarize.reading.build import (
    Draft,
    NoTextError,
    Record,
    UnreadableError,
    one_line,
    to_article,
)
from summarize.reading.files import InputFile
from summarize.reading.text.mojibake import repaired
from summarize.reading.text.plain import dated
from summarize.records import Article, Failure

__all__ = ["Result", "collected", "fault", "guarded", "joined"]

Result = tuple[tuple[Article, ...], tuple[Failure, ...]]

# How readers number the items of a feed, the mails of a mailbox and the records of an export, and
# name the pages of a crawl; "#3/scan.pdf" came with a mail.
_ENTRY = re.compile(r"#(?:\d+|[a-z]+:.*)")


@dataclass(frozen=True, slots=True)
class _Bare(Failure):
    """An entry of the list `of` without a text: no failure where another one has a text."""

    of: str
    name: str


def collected(
    file: InputFile, member: str, record: str, records: Iterator[Record]
) -> Iterator[Result]:
    """What each record of a part of a file gives, to be `joined`: an article or a failure.

    `member` and `record` are those of the part.
    """
    empty = True
    for suffix, draft in guarded(records):
        empty = False
        place = member + record + suffix
        try:
            yield (_article(file, place, draft),), ()
        except UnreadableError as error:
            failure = Failure(file.shown + place, str(error))
            if isinstance(error, NoTextError) and _ENTRY.fullmatch(record + suffix):
                title = draft.title if isinstance(draft, Draft) else None
                name = one_line(title) or record.removeprefix("#") or suffix
                failure = _Bare(failure.path, failure.reason, file.shown + member, name)
            yield (), (failure,)
    if empty:
        yield (), (Failure(file.shown + member + record, "it is empty"),)


def _article(file: InputFile, suffix: str, draft: Draft | UnreadableError) -> Article:
    if isinstance(draft, UnreadableError):
        raise draft
    try:
        return to_article(dated(repaired(draft)), file.path + suffix, file.shown + suffix)
    except UnreadableError:
        raise
    except Exception as error:
        raise fault(error) from error


def guarded(records: Iterator[Record]) -> Iterator[Record]:
    """The records, and as the last one what stopped their reader."""
    try:
        yield from records
    except UnreadableError as error:
        yield "", error
    except Exception as error:  # noqa: BLE001 (a parser's bug must not lose the other files)
        yield "", fault(error)


def fault(error: Exception) -> UnreadableError:
    """What to say of an error that no reader foresaw."""
    if isinstance(error, MemoryError):
        return UnreadableError("reading it needs more memory than one file may take")
    return UnreadableError(f"it could not be read ({type(error).__name__})")


def joined(results: Iterable[tuple[str, Result]]) -> Result:
    """The results of a file's parts in the order of their members' paths.

    What a list holds beside articles, entries without a text, its last article says (`enclosed`).
    """
    articles: list[Article] = []
    failures: list[Failure] = []
    for _, group in groupby(sorted(results, key=itemgetter(0)), itemgetter(0)):
        found = [result for _, result in group]
        bare = [f for _, failed in found for f in failed if isinstance(f, _Bare)]
        failures += (f for _, failed in found for f in failed if not isinstance(f, _Bare))
        own = [article for told, _ in found for article in told]
        if own and bare:
            names = tuple(failure.name for failure in bare)
            own[-1] = replace(own[-1], enclosed=(*own[-1].enclosed, *names))
        elif bare:
            failures.append(_nothing_but(bare))
        articles += own
    return tuple(articles), tuple(failures)


def _nothing_but(bare: Sequence[_Bare]) -> Failure:
    """Why a list without a single text gives no article."""
    if len(bare) == 1:
        return Failure(bare[0].path, bare[0].reason)
    reason = f"{len(bare):,} entries without a text, only titles, addresses or some words"
    return Failure(bare[0].of, reason)
