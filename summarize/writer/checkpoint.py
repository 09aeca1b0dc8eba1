"""Writers from Hugging Face sequence-to-sequence checkpoints.

T5, FLAN-T5, BART, DistilBART, PEGASUS, LED, PRIMERA, LongT5 and what else `AutoModelForSeq2SeqLM`
knows. Weights come from safetensors, no code that lies in a model folder is run, and a checkpoint
that lacks weights is refused rather than filled up with random ones.
"""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from summarize.errors import ModelUnavailableError
from summarize.models import Model, fingerprint, prompt_for
from summarize.records import Candidate
from summarize.settings import Length
from summarize.writer import Source

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["CheckpointWriter"]

# Room for a summary, in tokens: generous guesses, since what is too long is cut by sentences.
_TOKENS_PER_SENTENCE = 40
_TOKENS_PER_WORD = 1.5

# Sources written in one call; longer ones fill the memory of a small machine.
_BATCH = 8

# A summary that says the same three words twice is degenerate (Paulus et al., 2018).
_NO_REPEAT = 3

# Tokens kept free for the marks a tokenizer adds at the ends.
_RESERVE = 8

_NO_LIMIT = 10**6

_DOCUMENT_MARK = "<doc-sep>"


class CheckpointWriter:
    """Writes a whole summary from what it can read of an article or a story."""

    task: Literal["quote", "fuse", "document"] = "document"

    def __init__(self, model: Model, jobs: int) -> None:
        """Load tokenizer and network onto `jobs` cores.

        Raises ModelUnavailableError, with what is wrong, for a folder that is no sequence-to-
        sequence checkpoint, has no safetensors weights, lacks some of them, or wants to run code.
        """
        import torch
        from transformers.utils.logging import disable_progress_bar, set_verbosity_error

        set_verbosity_error()
        disable_progress_bar()
        logging.getLogger("transformers").setLevel(logging.CRITICAL)
        torch.set_num_threads(jobs)
        assert model.folder is not None
        _refuse_unsafe(model.folder)
        self.name = model.name
        try:
            self._tokenizer, self._network = _load(model.folder)
        except ModelUnavailableError:
            raise
        except Exception as error:
            reason = str(error).strip().splitlines()[0] if str(error).strip() else repr(error)
            raise ModelUnavailableError(
                f"The model in {model.folder} could not be loaded: {reason}",
                "Check that the folder is a complete, unmodified checkpoint.",
            ) from error
        self.fingerprint = fingerprint(model)
        self._prompt = prompt_for(
            model,
            self._network.config.model_type,
            separates_documents=_DOCUMENT_MARK in self._tokenizer.get_vocab(),
        )

    def room(self) -> int:
        """How many tokens one source may have, after the prompt."""
        return self._limit() - self.size(self._prompt.prefix) - _RESERVE

    def size(self, text: str) -> int:
        """How many of the model's tokens `text` is."""
        return len(self._tokenizer(f" {text}", add_special_tokens=False)["input_ids"])

    def write(self, sources: Sequence[Source], length: Length) -> list[tuple[Candidate, ...]]:
        """Summaries of about `length` for each source, the likeliest first."""
        texts = [self._present(source) for source in sources]
        order = sorted(range(len(texts)), key=lambda i: (-len(texts[i]), i))
        written: dict[int, tuple[Candidate, ...]] = {}
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            written.update(
                zip(batch, self._generate([texts[i] for i in batch], length), strict=True)
            )
        return [written[i] for i in range(len(texts))]

    def _limit(self) -> int:
        """The input limit in tokens: the smallest of prompt, tokenizer and position table."""
        config = self._network.config
        stated = [
            getattr(config, "max_encoder_position_embeddings", None),
            None
            if hasattr(config, "max_encoder_position_embeddings")
            else getattr(config, "max_position_embeddings", None),
            self._tokenizer.model_max_length,
        ]
        limits = [limit for limit in stated if isinstance(limit, int) and 0 < limit < _NO_LIMIT]
        return min([self._prompt.max_input_tokens, *limits])

    def _present(self, source: Source) -> str:
        """The source as the model family wants to see it."""
        documents = [" ".join(s.text for s in document) for document in source if document]
        return self._prompt.prefix + self._prompt.separator.join(documents)

    def _generate(self, texts: list[str], length: Length) -> list[tuple[Candidate, ...]]:
        """Beam search over one batch; every text fits the model, so nothing is cut off."""
        import torch

        inputs = self._tokenizer(texts, return_tensors="pt", padding=True, truncation=False)
        inputs.pop("token_type_ids", None)
        if self._prompt.global_tokens:
            wanted = self._tokenizer.convert_tokens_to_ids(list(self._prompt.global_tokens))
            is_global = torch.isin(inputs["input_ids"], torch.tensor(wanted))
            inputs["global_attention_mask"] = is_global.long()
        with torch.inference_mode():
            output = self._network.generate(
                **inputs,
                num_beams=self._prompt.beams,
                num_return_sequences=self._prompt.beams,
                do_sample=False,
                no_repeat_ngram_size=_NO_REPEAT,
                max_new_tokens=_new_tokens(length),
                return_dict_in_generate=True,
                output_scores=True,
            )
        decoded = self._tokenizer.batch_decode(output.sequences, skip_special_tokens=True)
        scores = output.sequences_scores.tolist()
        pairs = [Candidate(t.strip(), s) for t, s in zip(decoded, scores, strict=True)]
        beams = self._prompt.beams
        return [tuple(pairs[i : i + beams]) for i in range(0, len(pairs), beams)]


def _new_tokens(length: Length) -> int:
    per_unit = _TOKENS_PER_SENTENCE if length.unit == "sentences" else _TOKENS_PER_WORD
    return max(16, round(length.count * per_unit))


def _refuse_unsafe(folder: "Path") -> None:
    """Raise ModelUnavailableError unless the folder looks like a checkpoint safe to load."""
    if not (folder / "config.json").is_file():
        raise ModelUnavailableError(
            f"{folder} is no model folder: it has no config.json.",
            "Name the folder of a Hugging Face checkpoint.",
        )
    if not any(folder.glob("*.safetensors")):
        raise ModelUnavailableError(
            f"{folder} has no safetensors weights; pickled weights are never loaded.",
            "Convert it with save_pretrained(), which writes safetensors.",
        )
    for name in ("config.json", "tokenizer_config.json"):
        path = folder / name
        if path.is_file() and '"auto_map"' in path.read_text(encoding="utf-8", errors="replace"):
            raise ModelUnavailableError(
                f"The model in {folder} wants to run code of its own, which is never done.",
                "Use a checkpoint of a family that transformers knows.",
            )


def _load(folder: "Path") -> tuple[Any, Any]:
    """Tokenizer and network from a folder, everything offline."""
    from transformers import AutoConfig, AutoModelForSeq2SeqLM, AutoTokenizer
    from transformers.models.auto.modeling_auto import MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING

    safe: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    config = AutoConfig.from_pretrained(folder, **safe)
    if type(config) not in MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING:
        raise ModelUnavailableError(
            f"{folder} holds a {config.model_type} model, which is no sequence-to-sequence model.",
            "Summaries need an encoder and a decoder: T5, BART, PEGASUS, LED, LongT5 ...",
        )
    tokenizer = AutoTokenizer.from_pretrained(folder, **safe)
    network, report = AutoModelForSeq2SeqLM.from_pretrained(
        folder, config=config, use_safetensors=True, output_loading_info=True, **safe
    )
    if missing := sorted(report["missing_keys"]):
        raise ModelUnavailableError(
            f"The weights in {folder} are incomplete: {len(missing)} tensors such as "
            f"{missing[0]} are missing.",
            "Check that the folder is a complete checkpoint.",
        )
    return tokenizer, network.eval().float()
