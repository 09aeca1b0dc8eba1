"""PyTorch as the engine: any checkpoint that `AutoModelForSeq2SeqLM` knows.

Weights come from safetensors, no code that lies in a model folder is run, and a checkpoint that
lacks weights is refused rather than filled up with random ones.
"""

import logging
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from summarize.errors import ModelUnavailableError
from summarize.models import Model, prompt_for
from summarize.records import Candidate
from summarize.writer.engines import NO_REPEAT, Decoding, Facts, chosen_device, tidy

if TYPE_CHECKING:
    from pathlib import Path

    from summarize.settings import Device

__all__ = ["DOCUMENT_MARK", "TorchEngine", "load", "load_tokenizer", "refuse_unsafe", "stated"]

DOCUMENT_MARK = "<doc-sep>"

# Tokens of one batch, its padding counted: eight inputs of 512. Chosen, not measured.
_BATCH_TOKENS = 4096

_NO_LIMIT = 10**6

_SAFE: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}


class TorchEngine:
    """Beam search by `generate()`, in batches of like length."""

    def __init__(self, model: Model, jobs: int, device: "Device") -> None:
        """Load tokenizer and network onto a GPU or `jobs` cores.

        Raises ModelUnavailableError as `load` does, and when `device` is not there.
        """
        import torch

        assert model.folder is not None
        torch.set_num_threads(jobs)
        self._device = chosen_device(device, has_cuda=torch.cuda.is_available())
        self._tokenizer, network = load(model.folder)
        self.facts = facts = stated(network, self._tokenizer)
        kind = torch.bfloat16 if self._device == "cuda" else torch.float32
        self._network = network.to(self._device, kind)
        prompt = prompt_for(model, facts.family, separates_documents=facts.marks_documents)
        self._global = self._tokenizer.convert_tokens_to_ids(list(prompt.global_tokens))
        self.signature = f"torch {torch.__version__} {self._device}"

    def size(self, text: str) -> int:
        """How many of the model's tokens `text` is, without the marks at its ends."""
        return len(self._tokenizer(text, add_special_tokens=False)["input_ids"])

    def generate(self, texts: Sequence[str], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        """As many candidates for each text as the search has beams, the likeliest first."""
        sizes = [len(self._tokenizer(text)["input_ids"]) for text in texts]
        written: dict[int, tuple[Candidate, ...]] = {}
        for batch in _batches(texts, sizes):
            found = self._search([texts[i] for i in batch], decoding)
            written.update(zip(batch, found, strict=True))
        return [written[i] for i in range(len(texts))]

    def _search(self, texts: list[str], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        """Beam search over one batch; every text fits the model, so nothing is cut off."""
        import torch

        inputs = self._tokenizer(texts, return_tensors="pt", padding=True, truncation=False)
        inputs.pop("token_type_ids", None)
        if self._global:
            is_global = torch.isin(inputs["input_ids"], torch.tensor(self._global))
            inputs["global_attention_mask"] = is_global.long()
        with torch.inference_mode():
            output = self._network.generate(
                **inputs.to(self._device),
                do_sample=False,
                num_beams=decoding.beams,
                num_return_sequences=decoding.beams,
                min_new_tokens=decoding.least,
                max_new_tokens=decoding.most,
                length_penalty=decoding.length_penalty,
                no_repeat_ngram_size=NO_REPEAT,
                # The three that make the search the same as CTranslate2's.
                early_stopping=True,
                renormalize_logits=True,
                forced_eos_token_id=None,
                return_dict_in_generate=True,
                output_scores=True,
            )
        texts = self._tokenizer.batch_decode(
            output.sequences, skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        offered = [
            Candidate(tidy(text), score * self._written(ids) ** (decoding.length_penalty - 1))
            for text, ids, score in zip(
                texts, output.sequences.tolist(), output.sequences_scores.tolist(), strict=True
            )
        ]
        beams = decoding.beams
        return [tuple(offered[i : i + beams]) for i in range(0, len(offered), beams)]

    def _written(self, ids: list[int]) -> int:
        """How many tokens were written, the start mark not counted, the end mark counted."""
        end = self._network.config.eos_token_id
        return ids.index(end, 1) if end in ids[1:] else len(ids) - 1


def _batches(texts: Sequence[str], sizes: Sequence[int]) -> Iterator[list[int]]:
    """Indices of the texts in batches of like length, the longest first."""
    batch: list[int] = []
    for i in sorted(range(len(texts)), key=lambda i: (-sizes[i], texts[i])):
        if batch and (len(batch) + 1) * sizes[batch[0]] > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def refuse_unsafe(folder: "Path") -> None:
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


def load(folder: "Path") -> tuple[Any, Any]:
    """Tokenizer and network (float32, on the CPU) from a folder, everything offline.

    Raises ModelUnavailableError, with what is wrong, for a folder that is no sequence-to-sequence
    checkpoint, has no safetensors weights, lacks some of them, or wants to run code.
    """
    from transformers.utils.logging import disable_progress_bar, set_verbosity_error

    set_verbosity_error()
    disable_progress_bar()
    logging.getLogger("transformers").setLevel(logging.CRITICAL)
    refuse_unsafe(folder)
    try:
        return load_tokenizer(folder), _load_network(folder)
    except ModelUnavailableError:
        raise
    except Exception as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else repr(error)
        raise ModelUnavailableError(
            f"The model in {folder} could not be loaded: {reason}",
            "Check that the folder is a complete, unmodified checkpoint.",
        ) from error


def load_tokenizer(folder: "Path") -> Any:
    """The tokenizer of a checkpoint."""
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(folder, **_SAFE)


def _load_network(folder: "Path") -> Any:
    from transformers import AutoConfig, AutoModelForSeq2SeqLM
    from transformers.models.auto.modeling_auto import MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING

    config = AutoConfig.from_pretrained(folder, **_SAFE)
    if type(config) not in MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING:
        raise ModelUnavailableError(
            f"{folder} holds a {config.model_type} model, which is no sequence-to-sequence model.",
            "Summaries need an encoder and a decoder: T5, BART, PEGASUS, LED, LongT5 ...",
        )
    network, report = AutoModelForSeq2SeqLM.from_pretrained(
        folder, config=config, use_safetensors=True, output_loading_info=True, **_SAFE
    )
    if missing := sorted(report["missing_keys"]):
        raise ModelUnavailableError(
            f"The weights in {folder} are incomplete: {len(missing)} tensors such as "
            f"{missing[0]} are missing.",
            "Check that the folder is a complete checkpoint.",
        )
    return network.eval().float()


def stated(network: Any, tokenizer: Any) -> Facts:
    """What the configuration and the tokenizer of a checkpoint say."""
    config, wishes = network.config, network.generation_config
    positions = getattr(config, "max_position_embeddings", None)
    reads = [
        getattr(config, "max_encoder_position_embeddings", positions),
        tokenizer.model_max_length,
    ]
    first = wishes.forced_bos_token_id
    return Facts(
        family=config.model_type,
        reads=_least(reads),
        writes=_least([getattr(config, "max_decoder_position_embeddings", positions)]),
        marks_documents=DOCUMENT_MARK in tokenizer.get_vocab(),
        least=wishes.min_length or 0,
        length_penalty=1.0 if wishes.length_penalty is None else float(wishes.length_penalty),
        first=None if first is None else tokenizer.convert_ids_to_tokens(first),
    )


def _least(limits: list[Any]) -> int | None:
    real = [limit for limit in limits if isinstance(limit, int) and 0 < limit < _NO_LIMIT]
    return min(real, default=None)
