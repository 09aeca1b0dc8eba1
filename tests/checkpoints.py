"""Tiny checkpoints with random weights, one per family, to test loading and reading limits."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Checkpoint = Callable[[str], Path]
"""Gives the folder of a family's checkpoint."""

FAMILIES = ("t5", "bart", "pegasus", "led", "primera", "longt5")

_TEXT = [
    "The Harbor Bridge in Norville collapsed on Monday, killing four workers and injuring nine.",
    "Mayor Ada Wills said on Tuesday that the 60-year-old bridge had been inspected in May 2021.",
    "summarize: Engineers had warned of cracks, and $1.2 million was set aside for repairs.",
]
_SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]


def make_checkpoint(family: str, folder: Path) -> Path:
    """Save a random one-layer checkpoint of `family` with a byte-level tokenizer into `folder`."""
    import torch

    torch.manual_seed(0)
    tokenizer = _tokenizer([*_SPECIAL, "<doc-sep>"] if family == "primera" else _SPECIAL)
    tokenizer.save_pretrained(folder)
    _network(family, len(tokenizer)).save_pretrained(folder)
    return folder


def _tokenizer(special: list[str]) -> Any:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    core = Tokenizer(models.BPE(unk_token="<unk>"))
    core.pre_tokenizer = pre_tokenizers.ByteLevel()
    core.decoder = decoders.ByteLevel()
    core.train_from_iterator(
        _TEXT,
        trainers.BpeTrainer(
            vocab_size=400,
            special_tokens=special,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=core,
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        mask_token="<mask>",
        model_max_length=512,
    )


def _network(family: str, vocabulary: int) -> Any:
    import transformers as hf

    tokens = {
        "vocab_size": vocabulary,
        "pad_token_id": 1,
        "eos_token_id": 2,
        "bos_token_id": 0,
        "decoder_start_token_id": 2,
    }
    t5 = {"d_model": 16, "d_ff": 32, "d_kv": 8, "num_layers": 1, "num_heads": 2, **tokens}
    bart = {
        "d_model": 16,
        "encoder_layers": 1,
        "decoder_layers": 1,
        "encoder_ffn_dim": 32,
        "decoder_ffn_dim": 32,
        "encoder_attention_heads": 2,
        "decoder_attention_heads": 2,
        **tokens,
    }
    led = {
        "max_encoder_position_embeddings": 256,
        "max_decoder_position_embeddings": 256,
        "attention_window": 16,
        **bart,
    }
    match family:
        case "t5":
            return hf.T5ForConditionalGeneration(hf.T5Config(**t5))
        case "longt5":
            return hf.LongT5ForConditionalGeneration(hf.LongT5Config(**t5))
        case "bart":
            return hf.BartForConditionalGeneration(
                hf.BartConfig(max_position_embeddings=128, **bart)
            )
        case "pegasus":
            return hf.PegasusForConditionalGeneration(
                hf.PegasusConfig(max_position_embeddings=128, **bart)
            )
        case _:
            return hf.LEDForConditionalGeneration(hf.LEDConfig(**led))
