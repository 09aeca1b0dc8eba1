"""summarize: turns a folder of news articles into a digest a reader can trust, offline.

The main job is `summarize.pipeline.digest`; the command line is `summarize.cli`. `score` checks a
summary that somebody else wrote.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summarize.records import Article
    from summarize.scores import ScoreReport

__all__ = ["score"]


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
    from summarize.report import score as judged

    return judged(summary, sources)
