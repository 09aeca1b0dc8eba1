"""Adapters of sequence-to-sequence checkpoints: transformers' own generate() and textsum.

Both get the documents one after the other as one text, and what they write is cut to the length by
whole sentences. Nothing is downloaded; weights come from safetensors, no code of a model is run.
"""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.records import Example
from benchmarks.systems.tools_common import (
    ModelFolder,
    Tool,
    import_library,
    load_part,
    model_folder,
    text_sentences,
    versions,
)
from summarize.errors import ModelUnavailableError
from summarize.models import Prompt, prompt_for
from summarize.records import Sentence
from summarize.settings import Length

__all__ = ["generate", "textsum"]

_BEAMS = 4

# The settings for summaries that checkpoints from before generation_config.json carry.
_OLD_SETTINGS = (
    "early_stopping",
    "length_penalty",
    "max_length",
    "min_length",
    "no_repeat_ngram_size",
)

# Room for a summary, in tokens, for checkpoints that state none: generous guesses.
_TOKENS = {"sentences": 40.0, "words": 1.5}

_NO_LIMIT = 10**6

_DOCUMENT_MARK = "<doc-sep>"

# textsum reads in batches of 4096 tokens unless told otherwise, and never of fewer than 512.
_LEAST_BATCH, _MOST_BATCH = 512, 4096


def generate(name: str) -> Tool:
    """`transformers.generate()` with four beams and otherwise the checkpoint's own settings.

    `name` is a folder or the hub name of a checkpoint on this machine. The text is put as the
    family's prompt says, and what is beyond the model's limit is not read. Raises
    ModelUnavailableError.
    """
    found = model_folder(name)
    network, tokenizer = load_part(found, _load)
    prompt = prompt_for(
        found.model,
        network.config.model_type,
        separates_documents=_DOCUMENT_MARK in tokenizer.get_vocab(),
    )
    limit = min(prompt.max_input_tokens, _limit(network, tokenizer))

    def choose(example: Example, length: Length) -> Iterable[Sentence]:
        documents = [" ".join(text.split()) for text in example.documents if text.strip()]
        if not documents:
            return ()
        text = prompt.prefix + prompt.separator.join(documents)
        inputs = _read(tokenizer, prompt, text, limit)
        return text_sentences(_write(network, tokenizer, inputs, length))

    title = f"generate:{found.model.name}"
    settings = f"beams={_BEAMS} prompt={prompt.name} limit={limit}"
    used = versions("transformers", "torch")
    return Tool(title, f"{title} {found.fingerprint} {settings} {used} v1", choose, found.weights)


def textsum(name: str) -> Tool:
    """The library textsum with its own settings: a summary of each batch of tokens, in order.

    `name` as for `generate`; a batch is as long as the checkpoint can read, at most 4096 tokens.
    Raises UsageError, and ModelUnavailableError also for checkpoints that read fewer than 512.
    """
    # textsum sets up logging of everything at import, unless something is set up already.
    logging.getLogger().addHandler(logging.NullHandler())
    library = import_library("textsum.summarize", "textsum")
    found = model_folder(name)
    tool = load_part(found, lambda folder: _load_textsum(library, folder))
    batch = _batch(found, tool)
    tool.inference_params["max_length"] = int(batch * tool.max_len_ratio)

    def choose(example: Example, _length: Length) -> Iterable[Sentence]:
        text = "\n\n".join(example.documents)
        return text_sentences(
            tool.summarize_string(text, batch_length=batch) if text.strip() else ""
        )

    title = f"textsum:{found.model.name}"
    used = versions("textsum", "transformers", "torch")
    return Tool(
        title, f"{title} {found.fingerprint} batch={batch} {used} v1", choose, found.weights
    )


def _load(folder: Path) -> tuple[Any, Any]:
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    safe: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    network, report = AutoModelForSeq2SeqLM.from_pretrained(
        folder, use_safetensors=True, output_loading_info=True, **safe
    )
    if missing := sorted(report["missing_keys"]):
        raise ValueError(f"{len(missing)} tensors such as {missing[0]} are missing.")
    return network.eval().float(), AutoTokenizer.from_pretrained(folder, **safe)


def _load_textsum(library: Any, folder: Path) -> Any:
    tool = library.Summarizer(str(folder), disable_progress_bar=True)
    tool.is_general_attention_model = not hasattr(tool.model.config, "attention_window")
    return tool


def _batch(found: ModelFolder, tool: Any) -> int:
    """The tokens textsum reads at a time."""
    batch = min(_MOST_BATCH, _limit(tool.model, tool.tokenizer))
    if batch < _LEAST_BATCH:
        raise ModelUnavailableError(
            f"The model in {found.path} reads {batch} tokens; textsum needs {_LEAST_BATCH}.",
            "Use a checkpoint that reads more.",
        )
    return batch


def _limit(network: Any, tokenizer: Any) -> int:
    """The tokens that the model can read."""
    stated: int = tokenizer.model_max_length
    return min(_positions(network, "encoder"), stated)


def _positions(network: Any, side: str) -> int:
    """The size of the encoder's or decoder's table of positions; a large number for none."""
    own = getattr(network.config, f"max_{side}_position_embeddings", None)
    return own or getattr(network.config, "max_position_embeddings", None) or _NO_LIMIT


def _read(tokenizer: Any, prompt: Prompt, text: str, limit: int) -> dict[str, Any]:
    """The model's input, cut to `limit` tokens."""
    import torch

    inputs = tokenizer(text, return_tensors="pt", truncation=True, max_length=limit)
    inputs.pop("token_type_ids", None)
    if prompt.global_tokens:
        wanted = tokenizer.convert_tokens_to_ids(list(prompt.global_tokens))
        is_global = torch.isin(inputs["input_ids"], torch.tensor(wanted))
        inputs["global_attention_mask"] = is_global.long()
    return dict(inputs)


def _write(network: Any, tokenizer: Any, inputs: dict[str, Any], length: Length) -> str:
    """The best beam as text."""
    import torch

    old = (getattr(network.config, "task_specific_params", None) or {}).get("summarization", {})
    settings = {key: old[key] for key in _OLD_SETTINGS if key in old}
    own = network.generation_config
    if own.max_length is None and own.max_new_tokens is None and "max_length" not in settings:
        room = max(16, round(length.count * _TOKENS[length.unit]))
        settings["max_new_tokens"] = min(room, _positions(network, "decoder") - 1)
    with torch.inference_mode():
        output = network.generate(**inputs, **settings, num_beams=_BEAMS, do_sample=False)
    # PEGASUS writes <n> between sentences.
    text: str = tokenizer.decode(output[0], skip_special_tokens=True).replace("<n>", "\n")
    return text
