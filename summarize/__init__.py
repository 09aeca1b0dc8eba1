"""summarize: turns a folder of news articles into a digest a reader can trust, offline.

    from summarize import summarize

    digest = summarize("articles/", length="5s")
    digest.stories[0].title

`summarize` makes a `Digest`, `score` checks a summary that somebody else wrote; these three names
are stable. `summarize.render.render` writes a digest in any of its forms, `summarize.settings` and
`summarize.pipeline` are what they are made of, and the command line is `summarize.cli`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from summarize.records import Article, Digest
    from summarize.scoring.scores import ScoreReport
    from summarize.settings import Length

__all__ = ["Digest", "score", "summarize"]


def summarize(  # noqa: PLR0913 (what can be said on the command line)
    *paths: "str | Path",
    model: str | None = None,
    length: "str | Length | None" = None,
    one_story: bool = False,
    articles: bool = True,
    any_language: bool = False,
    jobs: int | None = None,
) -> "Digest":
    """Read the articles under `paths`, summarize each of them and each story, check every claim.

    A path is a folder, a file or an archive. `model` is a known model, a hub name or a folder;
    "quote" writes nothing itself, None is the one that comes with the package. `length` is that of
    every summary: "5s" is five sentences, "120w" at most 120 words. `one_story` takes all articles
    as one story, `articles=False` summarizes stories only, `any_language` keeps articles that are
    not in English. `jobs` is the number of processor cores to use, None for all.

    An input that cannot be read is in `Digest.failures`. Raises NothingToReadError when there is no
    article under `paths`, ModelUnavailableError when the model cannot be loaded and UsageError for
    settings that cannot be right, all of them kinds of `summarize.errors.SummarizeError`.

    >>> from summarize import summarize
    >>> digest = summarize("seeds/", model="quote", length="1s")
    >>> [(len(story.articles), story.title) for story in digest.stories][1]
    (3, 'IS Recaptures Palmyra in Syria')
    """
    # Not at the top: they load the language model's libraries, and `--help` needs none.
    from summarize.pipeline import digest
    from summarize.settings import BUNDLED_MODEL, Length, Settings, cores

    settings = Settings(
        model=model or BUNDLED_MODEL,
        length=Length.parse(length) if isinstance(length, str) else length,
        one_story=one_story,
        articles=articles,
        any_language=any_language,
        jobs=cores() if jobs is None else jobs,
    )
    return digest(paths, settings)


def score(summary: str, sources: "Iterable[str | Article]") -> "ScoreReport":
    """Judge every name, number and date of `summary` against `sources`, and what it leaves out.

    A source is a text, or an `Article` as the reading stage gives it; its whole text counts, also
    what cleaning would remove, and its title, publisher and date. Offsets in the report are
    characters of the texts given. An empty summary or source is no error.

    Raises ModelUnavailableError when the language model is not installed.

    >>> from summarize import score
    >>> report = score(
    ...     "Four workers died in Norville. The bridge was built in 1999.",
    ...     ["The Harbor Bridge in Norville fell on Monday, killing four workers."],
    ... )
    >>> [(e.claim.text, e.verdict, e.quote) for e in report.evidence]
    [('Four', 'supported', 'four'), ('Norville', 'supported', 'Norville'), ('1999', 'absent', '')]
    >>> round(report.accuracy(), 2), report.recall
    (0.67, 0.5)
    """
    # Not at the top: it loads the language model's libraries, and `--help` needs none.
    from summarize.scoring.report import score as judged

    return judged(summary, sources)


def __getattr__(name: str) -> object:
    """`Digest`, when it is asked for: `import summarize` stays quick."""
    if name == "Digest":
        from summarize.records import Digest

        return Digest
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
