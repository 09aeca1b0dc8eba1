"""The bundled writer, as the pipeline sees it."""

from collections.abc import Sequence
from typing import Literal

from summarize.errors import ModelUnavailableError
from summarize.models import Model, fingerprint, prompt
from summarize.records import Candidate
from summarize.settings import Length
from summarize.words import words
from summarize.writer import Source

__all__ = ["BundledWriter"]


class BundledWriter:
    """Rewrites a few source sentences as one, with words copied from them."""

    task: Literal["quote", "fuse", "document"] = "fuse"

    def __init__(self, model: Model, jobs: int) -> None:
        """Load the network; `jobs` cores change the speed, not the output.

        Raises ModelUnavailableError when its files are missing or damaged.
        """
        from summarize.writer.copying import CopyingWriter

        assert model.folder is not None
        self.name = model.name
        self._prompt = prompt(model.name)
        try:
            self._network = CopyingWriter.load(model.folder, threads=jobs)
        except (OSError, ValueError) as error:
            raise ModelUnavailableError(
                f"The bundled writer could not be loaded: {error}",
                "Reinstall the package, or use --model quote.",
            ) from error
        self.fingerprint = fingerprint(model)

    def room(self) -> int:
        """How many words one source may have."""
        return self._prompt.max_input_tokens

    def size(self, text: str) -> int:
        """Words and punctuation marks, counted on the safe side."""
        return len(words(text)) + sum(not c.isalnum() and not c.isspace() for c in text)

    def write(self, sources: Sequence[Source], length: Length) -> list[tuple[Candidate, ...]]:
        """One-sentence candidates for each source; `length` has no say in a single sentence."""
        del length
        passages = [tuple(s.text for document in source for s in document) for source in sources]
        return self._network.write(passages, n_best=self._prompt.beams)
