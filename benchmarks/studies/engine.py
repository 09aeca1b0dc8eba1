"""How much faster CTranslate2 writes than `transformers.generate()`, with the same weights.

    python -m benchmarks.studies.engine ROUNDS [t5-small|bart-base|distilbart ...] [--greedy]

No weights of real checkpoints are needed: networks of the published shapes with random weights take
the same time for the same number of tokens. Eight inputs of 400 random tokens, beam 4, exactly 48
new tokens, one thread for both (of more, those that wait would count as CPU time); the median of
ROUNDS rounds in which the two take turns, as CPU seconds of the process and as wall time. With
`--greedy` the outputs are compared instead: greedy texts in float32 by both, and the mean
log-probability a token that int8 and float32 give to the same texts.

Measured on a machine of two cores that ten other jobs kept busy, one round, one thread: T5-small
30.6 and 117.0 tokens a CPU second (3.8 times), BART-base 9.6 and 63.7 (6.6 times). Earlier, with
two threads, 128 new tokens and two to four other jobs: T5-small 39.4 and 7.6 CPU seconds, 95.7 and
18.1 seconds (5.2 and 5.3 times). With three other jobs, one thread, DistilBART 8.2 and 36.0 (4.4
times). Greedy texts in float32: 8 of 8 equal for T5-small and BART-base; int8 .0030 (T5-small) and
.0009 (BART-base) nats a token off, at most .0080.
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from typing import Any

from summarize.writer.conversion import _write_weights

_THREADS = 1
_BATCH, _READ, _WRITTEN, _BEAMS = 8, 400, 48, 4
_TOKENS = _BATCH * _WRITTEN

_SPECIAL = {"pad_token_id": 1, "eos_token_id": 2, "bos_token_id": 0, "decoder_start_token_id": 2}


def network(shape: str) -> Any:
    """A network of a published checkpoint's shape with random weights."""
    import torch
    import transformers as hf

    torch.manual_seed(0)
    if shape == "t5-small":
        t5 = {"d_model": 512, "d_ff": 2048, "d_kv": 64, "num_layers": 6, "num_heads": 8}
        made = hf.T5ForConditionalGeneration(hf.T5Config(vocab_size=32128, **t5, **_SPECIAL))
    else:
        width, layers, heads = (768, (6, 6), 12) if shape == "bart-base" else (1024, (12, 6), 16)
        config = hf.BartConfig(
            vocab_size=50264,
            d_model=width,
            encoder_layers=layers[0],
            decoder_layers=layers[1],
            encoder_attention_heads=heads,
            decoder_attention_heads=heads,
            encoder_ffn_dim=4 * width,
            decoder_ffn_dim=4 * width,
            **_SPECIAL,
        )
        made = hf.BartForConditionalGeneration(config)
    made.generation_config.forced_eos_token_id = None
    return made.eval()


class _Names:
    """The part of a tokenizer that a conversion asks for: a name for each number."""

    bos_token, pad_token, eos_token, unk_token = "<s>", "<pad>", "</s>", "<unk>"

    def __init__(self, size: int) -> None:
        marks = {0: "<s>", 1: "<pad>", 2: "</s>", 3: "<unk>"}
        self.names = [marks.get(number, f"t{number}") for number in range(size)]

    def get_vocab(self) -> dict[str, int]:
        """Names and numbers."""
        return {name: number for number, name in enumerate(self.names)}

    def convert_ids_to_tokens(self, ids: Any) -> Any:
        """The names of numbers, or of one."""
        return self.names[ids] if isinstance(ids, int) else [self.names[i] for i in ids]


def inputs(size: int) -> list[list[int]]:
    """Random token numbers, the same every time."""
    import torch

    chance = torch.Generator().manual_seed(1)
    rows: list[list[int]] = torch.randint(4, size, (_BATCH, _READ), generator=chance).tolist()
    return rows


def by_torch(net: Any, rows: Sequence[Sequence[int]], beams: int) -> list[list[int]]:
    """What transformers writes, best candidates only."""
    import torch

    ids = torch.tensor(rows)
    with torch.inference_mode():
        found = net.generate(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            num_beams=beams,
            do_sample=False,
            no_repeat_ngram_size=3,
            min_new_tokens=_WRITTEN,
            max_new_tokens=_WRITTEN,
        )
    return [row[1:] for row in found.tolist()]


def by_ctranslate2(translator: Any, rows: Sequence[Sequence[str]], beams: int) -> list[list[str]]:
    """What CTranslate2 writes, best candidates only."""
    results = translator.translate_batch(
        rows,
        beam_size=beams,
        no_repeat_ngram_size=3,
        min_decoding_length=_WRITTEN,
        max_decoding_length=_WRITTEN,
        max_input_length=0,
    )
    return [result.hypotheses[0] for result in results]


def timed(work: Callable[[], Sequence[Sequence[Any]]]) -> tuple[float, float]:
    """CPU seconds and wall seconds of `work`, which has to write all the tokens."""
    cpu, wall = time.process_time(), time.perf_counter()
    written = work()
    assert sum(map(len, written)) == _TOKENS
    return time.process_time() - cpu, time.perf_counter() - wall


def compare_speed(shape: str, net: Any, translator: Any, rounds: int) -> None:
    """Print tokens a second of both and the ratios."""
    rows = inputs(net.config.vocab_size)
    names = [_Names(net.config.vocab_size).convert_ids_to_tokens(row) for row in rows]
    took: dict[str, list[tuple[float, float]]] = {"torch": [], "int8": []}
    for _ in range(rounds):
        took["torch"].append(timed(lambda: by_torch(net, rows, _BEAMS)))
        took["int8"].append(timed(lambda: by_ctranslate2(translator, names, _BEAMS)))
    medians = {
        name: [median(part) for part in zip(*all_, strict=True)] for name, all_ in took.items()
    }
    for unit, at in (("CPU second", 0), ("second", 1)):
        slow, fast = medians["torch"][at], medians["int8"][at]
        print(
            f"{shape}: {_TOKENS / slow:.1f} and {_TOKENS / fast:.1f} tokens a {unit}, "
            f"{slow / fast:.1f} times",
            flush=True,
        )


def compare_outputs(shape: str, net: Any, folder: Path) -> None:
    """Print how often greedy outputs are equal, and how far int8's probabilities are off."""
    import ctranslate2

    known, rows = _Names(net.config.vocab_size), inputs(net.config.vocab_size)
    names = [known.convert_ids_to_tokens(row) for row in rows]
    theirs = [known.convert_ids_to_tokens(row) for row in by_torch(net, rows, 1)]
    scores = {}
    for kind in ("float32", "int8"):
        _write_weights(copy_of(net), known, kind, folder / kind)
        translator = ctranslate2.Translator(
            str(folder / kind), compute_type=kind, intra_threads=_THREADS
        )
        if kind == "float32":
            ours = by_ctranslate2(translator, names, 1)
            equal = sum(one == other for one, other in zip(ours, theirs, strict=True))
            print(f"{shape}: {equal} of {len(rows)} greedy texts are equal in float32")
        scored = translator.score_batch(names, theirs)
        scores[kind] = [mean(result.log_probs) for result in scored]
    apart = [abs(a - b) for a, b in zip(scores["float32"], scores["int8"], strict=True)]
    print(
        f"{shape}: int8 is {mean(apart):.4f} nats a token off, at most {max(apart):.4f}, "
        f"of {-mean(scores['float32']):.2f}",
        flush=True,
    )


def copy_of(net: Any) -> Any:
    """A copy, since a conversion scales the weights in place."""
    from copy import deepcopy

    return deepcopy(net)


def main(rounds: int, shapes: Sequence[str], *, greedy: bool) -> None:
    """Compare the engines for each shape."""
    import ctranslate2
    import torch

    torch.set_num_threads(_THREADS)
    for shape in shapes:
        net = network(shape)
        with TemporaryDirectory() as scratch:
            net.config.save_pretrained(scratch)
            net.config.name_or_path = scratch  # where the converter looks
            if greedy:
                compare_outputs(shape, net, Path(scratch))
                continue
            folder = Path(scratch) / "int8"
            _write_weights(copy_of(net), _Names(net.config.vocab_size), "int8", folder)
            translator = ctranslate2.Translator(
                str(folder), compute_type="int8", intra_threads=_THREADS
            )
            compare_speed(shape, net, translator, rounds)


if __name__ == "__main__":
    asked = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    main(
        int(asked[0]),
        asked[1:] or ["t5-small", "bart-base", "distilbart"],
        greedy="--greedy" in sys.argv,
    )
