"""CTranslate2 as the engine: int8 on the CPU, bfloat16 or float16 on a GPU.

Neither torch nor transformers is imported once a checkpoint is converted.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarize.models import Model
from summarize.records import Candidate
from summarize.writer.conversion import FACTS, TOKENIZER, converted
from summarize.writer.engines import NO_REPEAT, Decoding, Facts, chosen_device, tidy

if TYPE_CHECKING:
    from summarize.settings import Device

__all__ = ["ConvertedEngine"]

# Tokens of one batch, its padding counted: eight inputs of 512. Chosen, not measured.
_BATCH_TOKENS = 4096


class ConvertedEngine:
    """Beam search by CTranslate2, in batches of like length."""

    def __init__(
        self, model: Model, contents: str, jobs: int, device: "Device", kind: str = ""
    ) -> None:
        """Convert the checkpoint unless that was done before, and load it.

        `contents` is its fingerprint, `kind` another type of weights than the usual. Raises
        Unconvertible when CTranslate2 cannot run it, and ModelUnavailableError when it cannot be
        loaded at all or `device` is not there.
        """
        import ctranslate2
        from tokenizers import Tokenizer

        assert model.folder is not None
        where = chosen_device(device, has_cuda=ctranslate2.get_cuda_device_count() > 0)
        known = ctranslate2.get_supported_compute_types(where)
        kinds = ("int8",) if where == "cpu" else ("bfloat16", "float16", "float32")
        kind = kind or next(kind for kind in kinds if kind in known)
        with converted(model.folder, contents, kind) as folder:
            self.facts = Facts(**json.loads((folder / FACTS).read_text(encoding="utf-8")))
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            self._translator = ctranslate2.Translator(
                str(folder), device=where, compute_type=kind, intra_threads=jobs
            )
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.signature = f"ctranslate2 {ctranslate2.__version__} {where} {kind}"

    def size(self, text: str) -> int:
        """How many of the model's tokens `text` is, without the marks at its ends."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def generate(self, texts: Sequence[str], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        """As many candidates for each text as the search has beams, the likeliest first."""
        sources = [self._tokenizer.encode(text).tokens for text in texts]
        # Always in the same batches, whatever the order of the texts.
        order = sorted(range(len(texts)), key=lambda i: (-len(sources[i]), texts[i]))
        first = None if self.facts.first is None else [[self.facts.first]] * len(texts)
        results = self._translator.translate_batch(
            [sources[i] for i in order],
            target_prefix=first,
            max_batch_size=_BATCH_TOKENS,
            batch_type="tokens",
            beam_size=decoding.beams,
            num_hypotheses=decoding.beams,
            min_decoding_length=decoding.least,
            max_decoding_length=decoding.most,
            length_penalty=decoding.length_penalty,
            no_repeat_ngram_size=NO_REPEAT,
            max_input_length=0,
            return_scores=True,
        )
        written = {
            i: tuple(
                self._candidate(tokens, score, decoding)
                for tokens, score in zip(result.hypotheses, result.scores, strict=True)
            )
            for i, result in zip(order, results, strict=True)
        }
        return [written[i] for i in range(len(texts))]

    def _candidate(self, tokens: list[str], score: float, decoding: Decoding) -> Candidate:
        count = min(len(tokens) + 1, decoding.most)  # the end mark was written too
        ids = (self._tokenizer.token_to_id(token) for token in tokens)
        text = self._tokenizer.decode([id_ for id_ in ids if id_ is not None])
        return Candidate(tidy(text), score * count ** (decoding.length_penalty - 1))
