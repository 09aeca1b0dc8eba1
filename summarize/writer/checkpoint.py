"""Writers from Hugging Face sequence-to-sequence checkpoints.

T5, FLAN-T5, BART, DistilBART, PEGASUS, LED, PRIMERA, LongT5 and what else `AutoModelForSeq2SeqLM`
knows. What a model is shown and how its output is searched is decided here, for every engine.
"""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from summarize.models import Model, fingerprint, prompt_for
from summarize.records import Candidate
from summarize.settings import Length
from summarize.writer import Source
from summarize.writer.engines import Decoding, Engine, engine_for
from summarize.writer.pytorch import refuse_unsafe

if TYPE_CHECKING:
    from summarize.settings import Device

__all__ = ["CheckpointWriter"]

# Room for a summary, in tokens: generous guesses, since what is too long is cut by sentences.
_TOKENS_PER_SENTENCE = 40
_TOKENS_PER_WORD = 1.5

# Tokens kept free for the marks a tokenizer adds at the ends.
_RESERVE = 8

_NO_LIMIT = 2**31


class CheckpointWriter:
    """Writes a whole summary from what it can read of an article or a story."""

    task: Literal["quote", "fuse", "document"] = "document"

    def __init__(self, model: Model, jobs: int, device: "Device" = "auto") -> None:
        """Make the checkpoint ready on a GPU or `jobs` cores, by the engine that suits it.

        Raises ModelUnavailableError, with what is wrong, for a folder that is no sequence-to-
        sequence checkpoint, has no safetensors weights, lacks some of them, or wants to run code;
        and when `device` is not there.
        """
        assert model.folder is not None
        refuse_unsafe(model.folder)
        self.name = model.name
        contents = fingerprint(model)
        self._engine = _engine(model, contents, jobs, device)
        facts = self._engine.facts
        self._prompt = prompt_for(model, facts.family, separates_documents=facts.marks_documents)
        self.fingerprint = hashlib.blake2b(
            f"{contents} {self._engine.signature} {self._prompt}".encode(), digest_size=8
        ).hexdigest()
        self._written: dict[tuple[str, Decoding], tuple[Candidate, ...]] = {}

    def room(self) -> int:
        """How many tokens one source may have, after the prompt."""
        limit = min(self._prompt.max_input_tokens, self._engine.facts.reads or _NO_LIMIT)
        return limit - self.size(self._prompt.prefix) - _RESERVE

    def size(self, text: str) -> int:
        """How many of the model's tokens `text` is."""
        return self._engine.size(f" {text}")

    def write(self, sources: Sequence[Source], length: Length) -> list[tuple[Candidate, ...]]:
        """Summaries of about `length` for each source, the likeliest first.

        What was written before, for the same text and length, is not written again.
        """
        decoding = self._decoding(length)
        texts = [self._present(source) for source in sources]
        new = [text for text in dict.fromkeys(texts) if (text, decoding) not in self._written]
        found = self._engine.generate(new, decoding) if new else []
        self._written.update(zip(((text, decoding) for text in new), found, strict=True))
        return [self._written[text, decoding] for text in texts]

    def _present(self, source: Source) -> str:
        """The source as the model family wants to see it."""
        return self._prompt.present(" ".join(s.text for s in document) for document in source)

    def _decoding(self, length: Length) -> Decoding:
        """The search for a summary of about `length`, within what the model can write.

        A model's own least length counts for half of that at most: the end is its own to choose.
        """
        per_unit = _TOKENS_PER_SENTENCE if length.unit == "sentences" else _TOKENS_PER_WORD
        facts = self._engine.facts
        most = max(16, round(length.count * per_unit))
        most = min(most, (facts.writes or _NO_LIMIT) - _RESERVE)
        least = max(1, min(facts.least, most // 2))
        return Decoding(self._prompt.beams, least, most, facts.length_penalty)


def _engine(model: Model, contents: str, jobs: int, device: "Device") -> Engine:
    from summarize.writer.pytorch import TorchEngine

    assert model.folder is not None
    if engine_for(model.folder) == "ctranslate2":
        from summarize.writer.conversion import Unconvertible
        from summarize.writer.converted import ConvertedEngine

        try:
            return ConvertedEngine(model, contents, jobs, device)
        except Unconvertible:
            pass
    return TorchEngine(model, jobs, device)
