"""Other summarization tools, by name, to be compared with ours where they are installed."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from benchmarks.systems import Summarizer
from benchmarks.systems.tools_command import command
from benchmarks.systems.tools_extractive import (
    PYTEXTRANK_METHODS,
    SUMY_METHODS,
    bert_extractive,
    pytextrank,
    sumy,
)
from benchmarks.systems.tools_generative import generate, textsum
from summarize.errors import UsageError

__all__ = ["TOOLS", "load_tool"]

_LOADERS: Mapping[str, Callable[[str], Summarizer]] = MappingProxyType(
    {
        "sumy": sumy,
        "pytextrank": pytextrank,
        "bert-extractive": bert_extractive,
        "textsum": textsum,
        "generate": generate,
        "command": command,
    }
)

TOOLS: Mapping[str, str] = MappingProxyType(
    {
        f"sumy:{'|'.join(SUMY_METHODS)}": "sentences ranked by sumy",
        f"pytextrank:{'|'.join(PYTEXTRANK_METHODS)}": "sentences ranked by pytextrank",
        "bert-extractive:FOLDER": "sentences clustered by bert-extractive-summarizer",
        "textsum:FOLDER": "a sequence-to-sequence checkpoint, batch by batch, run by textsum",
        "generate:FOLDER|OWNER/NAME": "a sequence-to-sequence checkpoint, run by transformers",
        "command:LINE": "any program; {input} or {folder}, {words} or {sentences} are filled in",
    }
)
"""What can be named, as a pattern, with one line on each."""


def load_tool(name: str) -> Summarizer:
    """The tool of that name, written as one of the patterns of `TOOLS`.

    Raises UsageError for a name that fits none of them or a library that is not installed (with
    the command that installs it), and ModelUnavailableError for a model that cannot be used.
    """
    kind, _, rest = name.partition(":")
    if kind not in _LOADERS or not rest.strip():
        raise UsageError(f"There is no tool '{name}'.", f"Write one of: {', '.join(TOOLS)}.")
    return _LOADERS[kind](rest)
