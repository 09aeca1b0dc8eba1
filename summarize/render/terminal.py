"""Lines of styled text for a terminal."""

import io
from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

__all__ = ["TIE", "Line", "wrapped"]

TIE = "\ufdd0"
"""A blank at which no line ends, as one that is no character: no article's text has it."""

Line = tuple[int, Text]
"""A line with the columns it is indented by; without text it is empty."""


def wrapped(lines: Iterable[Line], *, width: int, colour: bool) -> str:
    """The lines wrapped to `width` columns, with ANSI colours if `colour` is set."""
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        emoji=False,
        markup=False,
    )
    for indent, line in lines:
        console.print(Padding(line, (0, 0, 0, indent), expand=False) if line else "")
    shown = buffer.getvalue().replace(TIE, " ")
    return "\n".join(line.rstrip() for line in shown.splitlines()) + "\n"
