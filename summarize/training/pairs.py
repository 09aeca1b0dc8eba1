"""Pairs of source sentences and a sentence to write: `python -m summarize.training.pairs DATA OUT`.

Writes to the folder OUT

* `common.txt`: words that are usually written in lower case, by frequency,
* `natural.jsonl`, `dev_natural.jsonl`: sentences of human summaries with the source sentences they
  were made from, as {"sources": [...], "target": ..., "kind": "natural"}.

Only faithful targets are kept: each of their words stands in the sources, is a function word, or is
another form of a source word. DATA is a folder with `train/` and `dev/` of `*.jsonl.xz` records
that have `documents` and `summary`.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from summarize.training.lines import read_lines, write_lines
from summarize.writer.copying_words import (
    FREE_WORDS,
    MARKS,
    is_content,
    match_key,
    same_stem,
    split_words,
)

__all__ = [
    "align",
    "clean_target",
    "common_words",
    "is_faithful",
    "lost_apostrophe",
    "lost_attribution",
    "natural_pairs",
    "sentences",
]

SUMMARISED = ("cnn", "dailymail2020", "newsagg2026", "digitalgov", "multinews")
CLUSTERS = ("neus_fulltext", "neus_2021", "neus_excerpts")
PLAIN = ("allsides_articles", "cnn_july2024")
MAX_SOURCES = 4
MAX_SOURCE_WORDS = 130
MIN_TARGET_WORDS, MAX_TARGET_WORDS = 6, 45

_PRONOUNS = frozenset(
    """he she it they this these that those his her its their there here we i you our my your him
    them such both""".split()  # noqa: SIM905
)
_TRAILER = re.compile(
    r"\s*(\[[^\]]*\]|Read more.*|Continue reading.*|The post .* appeared first.*|\.\.\.|…)\s*$",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"scroll down|click here|read more|sign up|subscribe|copyright|@|http|www\.|follow us|photo:"
    r"|newsletter|all rights reserved|video:|image:|getty|NEW:",
    re.IGNORECASE,
)


# Where a sentence says on whose word it stands, and the words that say so in any sentence.
_ATTRIBUTED = re.compile(
    r", according to |^According to "
    r"|, [^,.]{0,60}\b(?:said|says|told|reported|reports)\b[^,.]{0,60}\W*$"
    r"|, [^,]{0,40} (?:said|says), |\b(?:allegedly|alleged|reportedly|suspected)\b"
)
_ATTRIBUTING = re.compile(
    r"\b(?:say|saying|says|said|tells|told|according|reported|reports|reportedly|alleg\w+|claim\w*"
    r"|suspected|accus\w+|insist\w*|believe\w*|argue\w*|suggest\w*|warn\w*|announced|confirmed"
    r"|admitted|revealed|added|wrote|tweeted|explained|stated)\b"
)


def sentences(text: str, limit: int = 10_000) -> list[str]:
    """Sentences of the first `limit` characters, page furniture and scraps left out."""
    import blingfire

    found: list[str] = []
    for paragraph in text[:limit].split("\n"):
        if len(paragraph) > 25:
            parts = blingfire.text_to_sentences(paragraph.strip()).split("\n")
            found.extend(part for part in parts if 20 < len(part) < 450)
    return [sentence for sentence in found if not _FURNITURE.search(sentence)]


def common_words(texts: Iterable[str], size: int = 16_000) -> list[str]:
    """The most frequent words that stand in lower case in at least 9 of 10 mid-sentence places."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    word = re.compile(r"(?<=[a-z,] )[A-Za-z][a-z]*\b|(?<=[a-z,] )[A-Za-z]+")
    for text in texts:
        for token in word.findall(text):
            (lower if token.islower() else upper)[token.lower()] += 1
    kept = [w for w, n in lower.most_common() if n >= 8 and n >= 9 * upper[w] and w != "i"]
    return kept[:size]


def clean_target(sentence: str) -> str | None:
    """The sentence made fit as a target (closing mark added), or None when it is none."""
    text = _TRAILER.sub("", sentence).strip()
    text = re.sub(r"^(NEW|UPDATE|WATCH|EXCLUSIVE|VIDEO):\s*", "", text)
    text = re.sub(r"^[A-Z][A-Z,./ ]{2,40}(\([A-Za-z ]+\))?\s*[-–—]+\s*", "", text)
    words = text.split()
    if not MIN_TARGET_WORDS <= len(words) <= MAX_TARGET_WORDS or _FURNITURE.search(text):
        return None
    first = re.sub(r"\W.*", "", words[0].lower())
    if first in _PRONOUNS or not (text[0].isupper() or text[0].isdigit() or text[0] in "\"'“‘"):
        return None
    if text[-1] in ",;:-–—" or text.count('"') % 2 or text.count("(") != text.count(")"):
        return None
    if sum(word[0].isupper() for word in words) > 0.6 * len(words):
        return None
    return text if re.search(r"[.!?][\"'”’]?$", text) else text + "."


def is_faithful(target: Sequence[str], source: Sequence[str]) -> bool:
    """Whether every target word is a source word, a form of one, or free to be generated."""
    held = {match_key(word) for word in source}
    lower = [word for word in held if word.islower()]
    for word in map(match_key, target):
        if word in held or word in FREE_WORDS or word in MARKS:
            continue
        if not word.islower() or not any(same_stem(word, other) for other in lower):
            return False
    return True


def lost_attribution(target: str, sources: Iterable[str]) -> bool:
    """Whether the target states as a fact what a source only passes on."""
    passed_on = any(_ATTRIBUTED.search(source) for source in sources)
    return passed_on and _ATTRIBUTING.search(target) is None


def lost_apostrophe(target: Sequence[str], source: Sequence[str]) -> bool:
    """Whether a target word is a contraction of the source without its apostrophe ("dont")."""
    keys = [match_key(word).lower() for word in source]
    joined = {a + b for a, b in pairwise(keys) if b == "'s"} | {key for key in keys if "'" in key}
    bare = {key.replace("'", "") for key in joined} - set(keys)
    return any(word.lower() in bare for word in target)


def align(target: Sequence[str], sources: Sequence[set[str]]) -> list[int]:
    """Which source sentences (as sets of content words) hold the target's content words.

    Greedy cover, at most `MAX_SOURCES`, in source order; empty if less than 70 % is covered.
    """
    need = {match_key(word).lower() for word in target if is_content(word)}
    left, chosen = set(need), list[int]()
    while left and len(chosen) < MAX_SOURCES:
        gains = [len(left & held) - len(held) / 1000 for held in sources]
        best = max(range(len(sources)), key=gains.__getitem__, default=-1)
        if best < 0 or gains[best] < (1 if not chosen else 0.9):
            break
        chosen.append(best)
        left -= sources[best]
    if len(left) > 0.3 * len(need):
        return []
    return sorted(chosen)


def natural_pairs(
    record: dict[str, Any], common: set[str], counts: Counter[str]
) -> Iterator[dict[str, Any]]:
    """The faithful pairs of one record; `counts` collects what was kept and dropped, and why."""
    documents = [sentences(document)[:70] for document in record["documents"][:4]]
    sources = [sentence for document in documents for sentence in document]
    words = [[w.text for w in split_words(sentence, common)] for sentence in sources]
    held = [{match_key(w).lower() for w in ws if is_content(w)} for ws in words]
    for sentence in sentences((record.get("summary") or "").replace("\n", "\n\n")):
        counts["seen"] += 1
        target = clean_target(sentence)
        if target is None:
            counts["no sentence"] += 1
            continue
        written = [w.text for w in split_words(target, common)]
        chosen = align(written, held)
        source = [w for i in chosen for w in words[i]]
        if not chosen or not is_faithful(written, source):
            counts["unfaithful" if chosen else "unaligned"] += 1
        elif lost_apostrophe(written, source):
            counts["apostrophe"] += 1
        elif len(source) > MAX_SOURCE_WORDS:
            counts["long"] += 1
        elif lost_attribution(target, (sources[i] for i in chosen)):
            counts["attribution"] += 1
        else:
            counts[f"kept {len(chosen)}"] += 1
            kept = [sources[i] for i in chosen]
            yield {"sources": kept, "target": target, "kind": "natural"}


def main(data: Path, out: Path) -> None:
    """Write the pairs of `data` to the folder `out` and print what was kept."""
    out.mkdir(parents=True, exist_ok=True)
    texts = (d for r in read_lines(data / "train" / f"{PLAIN[0]}.jsonl.xz") for d in r["documents"])
    listed = common_words(texts)
    (out / "common.txt").write_text("\n".join(listed) + "\n", encoding="utf-8")
    common = set(listed)
    for part, prefix in (("dev", "dev_"), ("train", "")):
        pairs: dict[str, dict[str, Any]] = {}
        for name in SUMMARISED + CLUSTERS:
            path = data / part / f"{name}.jsonl.xz"
            if not path.exists():
                continue
            counts: Counter[str] = Counter()
            for record in read_lines(path):
                for pair in natural_pairs(record, common, counts):
                    pairs.setdefault(pair["target"], {**pair, "set": name})
            print(part, name, dict(counts), flush=True)
        write_lines(out / f"{prefix}natural.jsonl", pairs.values())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
