"""Writers: from source sentences to candidate texts.

Two kinds exist, and the pipeline asks a writer which one it is: a *fuse* writer turns a few
sentences about one thing into one sentence, a *document* writer turns everything it can read of an
article or a story into a whole summary. torch is imported by the engines, never here.
"""

from collections.abc import Sequence
from typing import Literal, Protocol

from summarize.models import find_model
from summarize.records import Candidate, Sentence
from summarize.settings import Device, Length

__all__ = ["Source", "Writer", "load_writer"]

Source = tuple[tuple[Sentence, ...], ...]


class Writer(Protocol):
    """What the pipeline needs of a model; `fingerprint` is `summarize.models.fingerprint`'s."""

    name: str
    fingerprint: str
    task: Literal["quote", "fuse", "document"]

    def room(self) -> int:
        """How many tokens one source may have."""

    def size(self, text: str) -> int:
        """How many tokens `text` takes of the room."""

    def write(self, sources: Sequence[Source], length: Length) -> list[tuple[Candidate, ...]]:
        """Candidates for each source, best first.

        A source is a sequence of documents, each a sequence of sentences, and has to fit the room.
        A *fuse* writer offers one-sentence candidates, a *document* writer texts of about `length`.
        No candidate is a promise: what a writer offers has to be verified.
        """


def load_writer(model: str, jobs: int, device: Device = "auto") -> Writer:
    """The writer for a known name, a hub name or a folder, on `jobs` cores or a GPU.

    Raises ModelUnavailableError when it is missing, is no sequence-to-sequence model, or holds
    nothing that is safe to load.
    """
    found = find_model(model)
    if found.engine == "quote":
        from summarize.writer.quoting import QuotingWriter

        return QuotingWriter(found)
    if found.engine == "copying":
        from summarize.writer.bundled import BundledWriter

        return BundledWriter(found, jobs)
    from summarize.writer.checkpoint import CheckpointWriter

    return CheckpointWriter(found, jobs, device)
