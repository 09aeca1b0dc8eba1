"""A user's own pairs of source and summary, as a checkpoint of some family is to read them."""

import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from summarize.errors import UsageError
from summarize.models import Prompt
from summarize.records import Sentence
from summarize.sentences import sentence_spans

__all__ = [
    "Data",
    "Example",
    "Pair",
    "Reader",
    "batches",
    "faithful",
    "read_pairs",
    "split",
    "tokenize",
]

# A sentence longer than this is none, and the time to read one grows with its square.
_LONGEST = 2000

# Pairs whose summaries are parsed together: one by one takes three times as long.
_TOGETHER = 64

# A twentieth of the pairs is held out, at most so many. Chosen, not measured.
_HELD_OUT = 500


@dataclass(frozen=True, slots=True)
class Pair:
    """The documents of one source, and its summary."""

    documents: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Reader:
    """How a checkpoint reads: its tokenizer and prompt, and its limits in tokens."""

    tokenizer: Any
    prompt: Prompt
    reads: int
    writes: int


@dataclass(frozen=True, slots=True)
class Example:
    """The token numbers of a source and of its summary, both with their end marks."""

    source: tuple[int, ...]
    target: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Data:
    """What is trained on and what is held out; `counts` says what became of the lines read."""

    train: tuple[Example, ...]
    held: tuple[Example, ...]
    counts: dict[str, int]


def read_pairs(path: Path, counts: Counter[str]) -> list[Pair]:
    """The pairs of a JSON Lines file; a line is {"summary", "source" or "documents"}.

    `counts` takes in the lines, the unreadable ones and the repeated ones. Raises UsageError when
    the file cannot be read.
    """
    pairs: dict[Pair, None] = {}
    try:
        with path.open("rb") as lines:
            for line in lines:
                if not line.strip():
                    continue
                counts["lines"] += 1
                pair = _pair(line)
                counts["unreadable"] += pair is None
                counts["repeated"] += pair in pairs
                if pair is not None:
                    pairs.setdefault(pair)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    return list(pairs)


def _pair(line: bytes) -> Pair | None:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    documents = data.get("documents", [data.get("source")])
    texts = [*documents, data.get("summary")] if isinstance(documents, list) else [None]
    if not all(isinstance(text, str) for text in texts):
        return None
    *sources, summary = (" ".join(str(text).split()) for text in texts)
    sources = [text for text in sources if text]
    return Pair(tuple(sources), summary) if sources and summary else None


def faithful(pairs: Iterable[Pair], counts: Counter[str]) -> Iterator[Pair]:
    """The pairs whose summary holds no name, number or date that its source does not hold.

    `counts` takes in the others, as "unfaithful".
    """
    from summarize.language import parse_all
    from summarize.scoring import SourceIndex

    todo = iter(pairs)
    while some := list(islice(todo, _TOGETHER)):
        told = [_sentences(pair.summary) for pair in some]
        parse_all(sentence.text for sentences in told for sentence in sentences)
        for pair, sentences in zip(some, told, strict=True):
            index = SourceIndex(s for text in pair.documents for s in _sentences(text))
            whole = sum(len(s.text) for s in sentences) >= len(pair.summary.replace(" ", ""))
            if whole and all(_holds(index, sentence.text) for sentence in sentences):
                yield pair
            else:
                counts["unfaithful"] += 1


def _sentences(text: str) -> list[Sentence]:
    found = enumerate(sentence_spans(text))
    return [
        Sentence("", number, span.start, span.end, text[span.start : span.end])
        for number, span in found
        if span.end - span.start <= _LONGEST
    ]


def _holds(index: Any, sentence: str) -> bool:
    return all(
        evidence.verdict in ("supported", "derived")
        for evidence in index.judge(sentence)
        if evidence.claim.kind in ("entity", "number", "date")
    )


def split(pairs: Sequence[Pair], seed: int) -> tuple[list[Pair], list[Pair]]:
    """The pairs to train on and those held out, whatever the order of the lines was."""
    ordered = sorted(pairs, key=lambda pair: _key(pair, seed))
    held = min(_HELD_OUT, max(1, len(ordered) // 20))
    return ordered[held:], ordered[:held]


def _key(pair: Pair, seed: int) -> bytes:
    return hashlib.sha256(repr((seed, pair.documents, pair.summary)).encode()).digest()


def tokenize(
    pairs: Iterable[Pair],
    reader: Reader,
    counts: Counter[str],
) -> tuple[Example, ...]:
    """The pairs as token numbers; `counts` takes in what was cut."""
    tokenizer = reader.tokenizer
    examples = []
    for pair in pairs:
        text = reader.prompt.present(pair.documents)
        source = _ended(tokenizer(text)["input_ids"], tokenizer, reader.reads)
        target = _ended(tokenizer(text_target=pair.summary)["input_ids"], tokenizer, reader.writes)
        counts["sources at the limit"] += len(source) == reader.reads
        counts["summaries at the limit"] += len(target) == reader.writes
        examples.append(Example(source, target))
    return tuple(examples)


def _ended(ids: list[int], tokenizer: Any, most: int) -> tuple[int, ...]:
    """The token numbers with the end mark, also where a tokenizer sets none."""
    end = tokenizer.eos_token_id
    body = ids[:-1] if ids and ids[-1] == end else ids
    return (*body[: most - 1], end)


def batches(examples: Sequence[Example], tokens: int, seed: int) -> list[list[Example]]:
    """All examples once, in batches of like length of at most `tokens` (padding counted)."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    order = list(examples)
    chance.shuffle(order)
    order.sort(key=lambda e: -(len(e.source) + len(e.target)) // 16)
    made: list[list[Example]] = []
    source = target = 0
    for example in order:
        source, target = max(source, len(example.source)), max(target, len(example.target))
        if not made or (len(made[-1]) + 1) * (source + target) > tokens:
            made.append([])
            source, target = len(example.source), len(example.target)
        made[-1].append(example)
    chance.shuffle(made)
    return made
