"""The writer that writes nothing: every summary is made of quoted source sentences."""

from collections.abc import Sequence
from typing import Literal

from summarize.models import Model, fingerprint
from summarize.records import Candidate
from summarize.settings import Length
from summarize.writer import Source

__all__ = ["QuotingWriter"]


class QuotingWriter:
    """Offers no candidates, so that the best source sentences are quoted. Needs no model."""

    task: Literal["quote", "fuse", "document"] = "quote"

    def __init__(self, model: Model) -> None:
        self.name = model.name
        self.fingerprint = fingerprint(model)

    def room(self) -> int:
        """Any source fits: nothing is read."""
        return 2**31

    def size(self, text: str) -> int:
        """One token per character."""
        return len(text)

    def write(self, sources: Sequence[Source], length: Length) -> list[tuple[Candidate, ...]]:
        """No candidate for any source."""
        del length
        return [() for _ in sources]
