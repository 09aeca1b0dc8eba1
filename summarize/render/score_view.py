"""A score in the form that was asked for."""

from summarize.render import Format
from summarize.scoring.scores import ScoreReport

__all__ = ["render_score"]


def render_score(
    report: ScoreReport,
    form: Format,
    *,
    width: int = 80,
    colour: bool = False,
    encoding: str = "utf-8",
) -> str:
    """The report as text, Markdown or JSON, ending in a line end.

    `width` (columns), `colour` (ANSI codes) and `encoding` (of the terminal) matter for text only.
    """
    if form == "json":
        from summarize.render.score_json import to_json

        return to_json(report)
    if form == "markdown":
        from summarize.render.score_markdown import to_markdown

        return to_markdown(report)
    from summarize.render.score_text import to_text

    return to_text(report, width=width, colour=colour, encoding=encoding)
