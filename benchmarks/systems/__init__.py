"""The systems that are compared, by name.

A *summarizer* writes a summary within a length; a *judge* says how wrong a summary looks. Each
states a `signature` of all that can change what it puts out: outputs are only reused under the same
one. Heavy libraries are imported when a system is loaded, never here.
"""

from typing import Protocol, runtime_checkable

from benchmarks.records import Example, Judgement, Output
from summarize.settings import Length

__all__ = ["Judge", "Summarizer", "System"]


class System(Protocol):
    """What every system states of itself; `weights` is the size of its model in bytes, or 0."""

    @property
    def name(self) -> str:
        """What it is called in results."""

    @property
    def signature(self) -> str:
        """All that can change what it puts out."""

    @property
    def weights(self) -> int:
        """The size on disk of the model it runs, in bytes; 0 for none."""


@runtime_checkable
class Summarizer(System, Protocol):
    """Writes summaries."""

    def summarize(self, example: Example, length: Length) -> Output:
        """A summary of `example.documents` that never overruns a word budget."""


@runtime_checkable
class Judge(System, Protocol):
    """Judges summaries."""

    def judge(self, example: Example) -> Judgement:
        """How wrong `example.summary` looks against `example.documents`."""
