"""Word features of all source sentences: `python -m summarize.training.features PAIRS MODEL OUT`.

PAIRS is a folder of pairs (`*.jsonl`), MODEL one with `encoder.safetensors` and `tokenizer.json`.
Writes to the folder OUT, sentence by sentence in the order of `sentences.jsonl`,

* `features.f16`: raw float16 rows of `FEATURE_WIDTH` values, one a word,
* `sentences.jsonl`: the sentences, `counts.npy`: their numbers of words.

Work that was interrupted is taken up where it stopped.
"""

import random
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from summarize.training.lines import read_lines, write_lines
from summarize.writer.copying_features import FEATURE_WIDTH, SentenceEncoder
from summarize.writer.copying_words import split_words

__all__ = ["FeatureStore", "encode"]

CHUNK = 2_000


class FeatureStore:
    """The features that `encode` wrote, memory-mapped."""

    def __init__(self, folder: Path) -> None:
        sentences = read_lines(folder / "sentences.jsonl")
        counts = np.load(folder / "counts.npy")
        self._ends = np.cumsum(counts)
        self._rows = np.memmap(folder / "features.f16", np.float16, "r").reshape(-1, FEATURE_WIDTH)
        self.index = {sentence: i for i, sentence in enumerate(islice(sentences, len(counts)))}
        """The number of each sentence that has features."""

    def __getitem__(self, number: int) -> np.ndarray:
        start = self._ends[number - 1] if number else 0
        return self._rows[start : self._ends[number]]


def list_sentences(pairs: Path, seed: int) -> list[str]:
    """The different source sentences of all pairs: dev first, then natural, then shuffled."""
    files = [*sorted(pairs.glob("dev_*.jsonl")), pairs / "natural.jsonl"]
    first: dict[str, None] = {}
    for path in files:
        _collect(path, first)
    rest: dict[str, None] = {}
    _collect(pairs / "synthetic.jsonl", rest)
    others = [sentence for sentence in rest if sentence not in first]
    random.Random(seed).shuffle(others)  # noqa: S311 (no secret)
    return [*first, *others]


def _collect(path: Path, into: dict[str, None]) -> None:
    if path.exists():
        for pair in read_lines(path):
            into.update(dict.fromkeys(pair["sources"]))


def encode(encoder: SentenceEncoder, sentences: Sequence[str], out: Path) -> None:
    """Append the features of the sentences that have none yet."""
    counts_path = out / "counts.npy"
    counts: list[int] = np.load(counts_path).tolist() if counts_path.exists() else []
    with (out / "features.f16").open("r+b" if counts else "wb") as rows:
        rows.truncate(sum(counts) * FEATURE_WIDTH * 2)
        rows.seek(0, 2)
        for start in range(len(counts), len(sentences), CHUNK):
            # Case does not matter to the encoder, so no list of common words is needed here.
            words = [[w.text for w in split_words(s)] for s in sentences[start : start + CHUNK]]
            for found in encoder.features(words):
                rows.write(found.astype(np.float16).tobytes())
            rows.flush()
            counts.extend(map(len, words))
            np.save(counts_path, np.array(counts))
            print(len(counts), "of", len(sentences), flush=True)


def main(pairs: Path, model: Path, out: Path) -> None:
    """Encode the sentences of `pairs` that `out` does not have yet."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / "sentences.jsonl"
    known = list(read_lines(path)) if path.exists() else []
    held = set(known)
    known += [s for s in list_sentences(pairs, seed=7) if s not in held]
    write_lines(path, known)
    encode(SentenceEncoder.load(model), known, out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
