"""The bundled writer: a copying network over a frozen sentence encoder."""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, repeat
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file
from threadpoolctl import threadpool_limits

from summarize.cleaning.datelines import without_dateline
from summarize.compression import compressions, tightened
from summarize.language import parse_all
from summarize.records import Candidate
from summarize.writer.copying_features import SentenceEncoder
from summarize.writer.copying_layers import Array, Numbers
from summarize.writer.copying_layout import END, KINDS, MAX_TARGET, Layout
from summarize.writer.copying_network import Choice, Control, CopyingNetwork, Memory
from summarize.writer.copying_passage import Passage, Vocabulary, batch_inputs, length_class
from summarize.writer.copying_rules import Rules
from summarize.writer.copying_scoring import log_likelihoods, read_targets
from summarize.writer.copying_search import Bounds, Hypothesis, search
from summarize.writer.copying_words import Word, join_words, split_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["CopyingWriter"]

MAX_WORDS = 150
"""A passage of more words is not written."""
_BEAMS = 4
# A sentence with a less probable word (natural log) was seldom grammatical on the dev sets.
_LEAST = -2.0
# About 2.5 hypotheses of a passage live at a time, and each step reads all weights: its products of
# 32 rows reach 57 GFLOP a second where those of 128 rows reach 85 (one core, weights not in cache).
# Larger batches gain little, take more memory and are shared worse among threads.
_BATCH = 48
# What is asked of the network for every passage: kind and length class. Chosen on the dev sets.
_CONTROLS = Control(np.full(2, KINDS.index("pruned")), np.array([3, 5]))


class CopyingWriter:
    """Rewrites passages as single sentences, mostly in the words of the passage."""

    def __init__(
        self,
        encoder: SentenceEncoder,
        network: CopyingNetwork,
        vocabulary: Vocabulary,
        common: frozenset[str],
        threads: int = 1,
    ) -> None:
        self._encoder = encoder
        self._network = network
        self._threads = threads
        self._vocabulary = vocabulary
        self._common = common

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> "CopyingWriter":
        """Load the model in `folder`, to write in so many threads; they do not change what.

        ValueError, with a sentence that says what is wrong, if files are missing or do not fit.
        """
        try:
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            words = (folder / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
            common = (folder / "common.txt").read_text(encoding="utf-8").split()
            network = _load_network(folder / "decoder.safetensors", config, len(words))
            encoder = SentenceEncoder.load(folder)
        except (OSError, SafetensorError, UnicodeDecodeError, json.JSONDecodeError) as error:
            raise ValueError(f"The writer in {folder} cannot be read: {error}") from error
        return cls(encoder, network, Vocabulary(words), frozenset(common), threads)

    def write(
        self, passages: Sequence[tuple[str, ...]], n_best: int = 4
    ) -> list[tuple[Candidate, ...]]:
        """One-sentence candidates for each passage, best first.

        They are up to `n_best` that a beam search finds and, for a passage of one sentence, as many
        of its compressions.
        A passage is one to four source sentences about the same thing, in order; one of more than
        `MAX_WORDS` words, or without words, gets no candidates. Candidates that only repeat a
        source sentence are left out (one without its dateline too), so that a passage with nothing
        to cut may get none.
        """
        cleaned = [[without_dateline(text) for text in texts] for texts in passages]
        read = [Passage.read(texts, self._vocabulary, self._common) for texts in cleaned]
        fit = [i for i, p in enumerate(read) if 0 < len(p.words) <= MAX_WORDS]
        fit = [i for i in fit if len(passages[i]) <= 4]
        fit.sort(key=lambda i: len(read[i].words))
        shorter = self._compressions([cleaned[i] for i in fit])
        size = ceil(len(fit) / max(1, ceil(len(fit) / _BATCH)))
        starts = range(0, len(fit), max(1, size))
        batches = [[read[i] for i in fit[start : start + size]] for start in starts]
        cuts = [shorter[start : start + size] for start in starts]
        # The products are small: threads that share one wait longer than they work.
        with threadpool_limits(1, "blas"), ThreadPoolExecutor(self._threads) as pool:
            written = chain(*pool.map(self._write_batch, batches, cuts, repeat(n_best)))
            found: dict[int, tuple[Candidate, ...]] = dict(zip(fit, written, strict=True))
        return [found.get(i, ()) for i in range(len(read))]

    def _features(self, passages: Sequence[Passage]) -> list[Array]:
        """Word features of each passage; each different sentence is encoded once."""
        texts = [_sentence_texts(passage) for passage in passages]
        unique = list(dict.fromkeys(text for parts in texts for text in parts))
        known = dict(zip(unique, self._encoder.features(unique), strict=True))
        return [np.concatenate([known[text] for text in parts]) for parts in texts]

    def _compressions(self, passages: Sequence[Sequence[str]]) -> list[dict[str, float]]:
        """What each passage of one sentence can be cut to; nothing for the others.

        With each text, how probable the least probable of its words has to be.
        """
        docs = iter(parse_all(texts[0] for texts in passages if len(texts) == 1))
        return [_cuts(next(docs)) if len(texts) == 1 else {} for texts in passages]

    def _write_batch(
        self, passages: list[Passage], shorter: list[dict[str, float]], n_best: int
    ) -> list[tuple[Candidate, ...]]:
        inputs, ids, choice = batch_inputs(passages, self._features(passages))
        memory = self._network.encode(inputs)
        judged = self._judge(passages, (memory, ids, choice), shorter)
        rules = [Rules(passage, self._vocabulary) for passage in passages]
        told = (memory, ids, choice)
        results = search(self._network, rules, told, _CONTROLS, Bounds(_BEAMS, _LEAST))
        return [
            _best_first(self._candidates(passage, found)[:n_best], kept[:n_best])
            for passage, found, kept in zip(passages, results, judged, strict=True)
        ]

    def _judge(
        self,
        passages: Sequence[Passage],
        asked: tuple[list[Memory], Numbers, Choice],
        shorter: Sequence[Mapping[str, float]],
    ) -> list[list[Candidate]]:
        """The given shorter sentences of each passage that the network finds likely, best first."""
        memory, ids, choice = asked
        rows: list[tuple[int, str, tuple[int, ...]]] = []
        for row, (passage, texts) in enumerate(zip(passages, shorter, strict=True)):
            for text in texts:
                words = [word.text for word in split_words(text, self._common)]
                target = passage.number(words, self._vocabulary)
                if target is not None and len(target) < MAX_TARGET:
                    rows.append((row, text, (*target, END)))
        found: list[list[Candidate]] = [[] for _ in passages]
        if not rows:
            return found
        at = np.array([row for row, _, _ in rows])
        sizes = [length_class(len(target) - 1, len(passages[row].ids)) for row, _, target in rows]
        control = Control(np.full(len(rows), KINDS.index("pruned")), np.array(sizes))
        choice = choice.take(at)
        written = [target for _, _, target in rows]
        targets = read_targets(written, ids[at], choice, len(self._vocabulary))
        likely = log_likelihoods(
            self._network, ([memory[row] for row, _, _ in rows], choice, control), targets
        )
        least = likely.min(1).tolist()
        means = (likely.sum(1) / targets.real.sum(1, dtype=np.float32)).tolist()
        for (row, text, _), low, mean in zip(rows, least, means, strict=True):
            if low >= shorter[row][text]:
                found[row].append(Candidate(text, min(0.0, round(mean, 3))))
        return [list(_best_first(candidates)) for candidates in found]

    def _candidates(self, passage: Passage, found: list[Hypothesis]) -> tuple[Candidate, ...]:
        """The different texts of the hypotheses, best mean first; no source sentence as it is."""
        known = {_letters("".join(parts)) for parts in _sentence_texts(passage)}
        best: dict[str, float] = {}
        for hypothesis in sorted(found, key=lambda h: -h.mean):
            text = self._text(passage, hypothesis)
            if _letters(text) not in known:
                best.setdefault(text, hypothesis.mean)
        # Further digits depend on the order in which floating-point sums are taken.
        return tuple(Candidate(text, min(0.0, round(score, 3))) for text, score in best.items())

    def _text(self, passage: Passage, hypothesis: Hypothesis) -> str:
        words: list[Word] = []
        follows: list[bool] = []
        last = -2
        for number, position in zip(hypothesis.ids, hypothesis.positions, strict=True):
            if position >= 0:
                words.append(passage.words[position])
            else:
                words.append(Word(self._vocabulary.words[number], space=True, shape=1))
            follows.append(position >= 0 and position == last + 1)
            last = position if position >= 0 else -2
        return join_words(words, follows)


def _cuts(doc: "Doc") -> dict[str, float]:
    sure = tightened(doc)
    return {text: float("-inf") if text == sure else _LEAST for text in compressions(doc)}


def _best_first(*groups: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates of all groups, each text once, the likeliest first."""
    ordered = sorted(chain(*groups), key=lambda candidate: (-candidate.score, candidate.text))
    best: dict[str, Candidate] = {}
    for candidate in ordered:
        best.setdefault(candidate.text, candidate)
    return tuple(best.values())


def _sentence_texts(passage: Passage) -> list[tuple[str, ...]]:
    """The words of each sentence of a passage."""
    texts = [word.text for word in passage.words]
    starts = [i for i, place in enumerate(passage.place) if place == 0]
    ends = [*starts[1:], len(texts)]
    return [tuple(texts[start:end]) for start, end in zip(starts, ends, strict=True)]


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def _load_network(path: Path, config: object, vocabulary: int) -> CopyingNetwork:
    """The network of a configuration with the weights of a file, both checked."""
    if not isinstance(config, dict) or config.get("format") != 1:
        raise ValueError(f"{path.parent / 'config.json'} is not of a format this version knows.")
    sizes = {name: value for name, value in config.items() if name != "format"}
    if set(sizes) - set(Layout.__dataclass_fields__) or "vocabulary" not in sizes:
        raise ValueError(f"{path.parent / 'config.json'} has unexpected or missing entries.")
    layout = Layout(**sizes)
    if layout.vocabulary != vocabulary:
        raise ValueError(f"vocabulary.txt has {vocabulary} entries, not {layout.vocabulary}.")
    weights = load_file(path)
    if {name: value.shape for name, value in weights.items()} != layout.shapes():
        raise ValueError(f"The tensors of {path} do not fit {path.parent / 'config.json'}.")
    return CopyingNetwork(layout, weights)
